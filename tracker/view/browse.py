"""The timeline under the fingers: filter as you type, open an event, an entry, a doubt; go back.

Keys as in newsboat. Needs the extra ``tui`` (Textual); only ``tracker browse`` imports this module.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, Final, Protocol

from rich.text import Text
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen, Screen
from textual.widgets import Input

from tracker.core.clean import clean_line
from tracker.core.doubts import ANSWERS, Doubt
from tracker.core.timeline import EventCard, EventRow, Timeline
from tracker.errors import TrackerError
from tracker.model import Entry, Event
from tracker.view import entries as entry_view
from tracker.view import event as card_view
from tracker.view import review as doubt_view
from tracker.view.glyphs import STYLES, Signs, sign_of, when
from tracker.view.page import extent, state
from tracker.view.shelf import Reading, Shelf, Shelved, Spine, words_of

_KEYS: Final = {key: verb for keys in ANSWERS.values() for key, verb in keys.items()}


class Desk(Protocol):
    """What the browser asks; each may raise a ``TrackerError``, which is shown."""

    def timeline(self) -> Timeline:
        """The events that answer the question of the command line."""

    def card(self, id_: str) -> EventCard:
        """One event whole."""

    def entries(self) -> Sequence[Any]:
        """The newest stored items, rows as in ``tracker entries``, newest last."""

    def entry(self, id_: str) -> tuple[str, list[Entry], list[str]]:
        """One item: its id, all its texts, its events."""

    def doubts(self) -> Sequence[Doubt]:
        """What waits for a person."""

    def answer(self, doubt: Doubt, key: str, day: str = "") -> doubt_view.Written:
        """Write a decision: ``s d c h r`` as in the review queue, ``u`` takes the last one back."""


class CardScreen(Reading):
    """One event whole; ``w`` shows why, ``n`` and ``p`` go to its neighbours."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("w", "why", "why"),
        Binding("n", "beside(1)", "next"),
        Binding("p", "beside(-1)", "previous"),
    ]

    def __init__(self, desk: Desk, id_: str) -> None:
        super().__init__()
        self._desk, self._card, self._why = desk, desk.card(id_), False

    def text(self, width: int) -> Text:
        """The card, with its reasons where asked for."""
        return Text("\n").join(card_view.lines(self._card, width, why=self._why))

    def action_why(self) -> None:
        """Show or hide what the computed parts rest on."""
        self._why = not self._why
        self.draw()

    def action_beside(self, step: int) -> None:
        """Go to the event before or after, where there is one."""
        other = self._card.after if step > 0 else self._card.before
        if other is None:
            self.notify("there is none", markup=False)
            return
        try:
            self._card = self._desk.card(other.id)
        except TrackerError as error:
            self.trouble(error)
            return
        self.top()


class EntryScreen(Reading):
    """One stored item with all its texts."""

    def __init__(self, answer: tuple[str, list[Entry], list[str]]) -> None:
        super().__init__()
        self._answer = answer

    def text(self, width: int) -> Text:  # noqa: ARG002 - a page of running text wraps by itself
        """Its texts, oldest first, and the events that hold it."""
        return Text(entry_view.one(*self._answer))


class Day(ModalScreen[str]):
    """Asks for a day; escape gives none."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss('')", "back")]

    def compose(self) -> ComposeResult:
        """One line to type in."""
        yield Input(placeholder="the day: YYYY-MM-DD, YYYY-MM, YYYY or DAY..DAY", id="day")

    def on_input_submitted(self, typed: Input.Submitted) -> None:
        """Hand back what was typed."""
        self.dismiss(typed.value.strip())


class DoubtScreen(Reading):
    """One doubt after the other, answered with a key."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(key, f"answer('{key}')", verb) for key, verb in _KEYS.items()),
        Binding("u", "undo", "undo"),
        Binding("n", "next", "next"),
    ]

    def __init__(self, desk: Desk, doubts: Sequence[Doubt], place: int) -> None:
        super().__init__()
        self._desk, self._doubts, self._place = desk, doubts, place

    @property
    def doubt(self) -> Doubt:
        """The doubt on the screen."""
        return self._doubts[self._place]

    def text(self, width: int) -> Text:  # noqa: ARG002 - lines of the queue wrap by themselves
        """What is asked, the two titles, the reasons, the keys."""
        return doubt_view.card(self.doubt, self._place + 1, len(self._doubts))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only the keys that answer this sort of doubt are awake."""
        return action != "answer" or str(parameters[0]) in ANSWERS[self.doubt.sort]

    def action_answer(self, key: str) -> None:
        """Write a decision and go on; a new day is asked for first."""
        if key == "r":
            self.app.push_screen(Day(), self._redate)
        else:
            self._write(key)

    def _redate(self, day: str | None) -> None:
        if day:
            self._write("r", day)

    def _write(self, key: str, day: str = "") -> None:
        if self._told(key, day):
            self.action_next()

    def action_undo(self) -> None:
        """Take the last decision back; the doubt on the screen stays."""
        self._told("u", "")

    def _told(self, key: str, day: str) -> bool:
        try:
            done = self._desk.answer(self.doubt, key, day)
        except TrackerError as error:
            self.trouble(error)
            return False
        self.notify(doubt_view.decided(done), markup=False)
        return True

    def action_next(self) -> None:
        """The next doubt; after the last one back to the queue."""
        if self._place + 1 == len(self._doubts):
            self.dismiss()
            return
        self._place += 1
        self.refresh_bindings()
        self.top()


class Events(Shelf):
    """The timeline; ``e`` goes to the entries, ``v`` to the review queue."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e", "entries", "entries"),
        Binding("v", "queue", "review"),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk

    def shelved(self) -> Shelved:
        """The events, oldest first whatever the command line said about the order."""
        page = self._desk.timeline()
        events = sorted((row.event for row in page.rows if isinstance(row, EventRow)),
                        key=lambda event: (event.date, event.id))  # fmt: skip
        head = "\n".join([extent(page), " · ".join(state(page)), *page.notes])
        return Shelved(head, [Spine(one.id, _line(one), _words(one)) for one in events])

    def show(self, id_: str) -> None:
        """The event's card."""
        self.app.push_screen(CardScreen(self._desk, id_))

    def action_entries(self) -> None:
        """To the stored items."""
        self.app.push_screen(Entries(self._desk))

    def action_queue(self) -> None:
        """To what waits for a person."""
        self.app.push_screen(Queue(self._desk))


class Entries(Shelf):
    """The stored items themselves."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk

    def shelved(self) -> Shelved:
        """One line an item."""
        rows = self._desk.entries()
        count = "No entry is stored yet: tracker poll" if not rows else (
            f"Entries: the newest {len(rows)}")  # fmt: skip
        return Shelved(count, [_entry(row) for row in rows])

    def show(self, id_: str) -> None:
        """All texts of an item."""
        self.app.push_screen(EntryScreen(self._desk.entry(id_)))


class Queue(Shelf):
    """What waits for a person."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self._doubts = desk, list[Doubt]()

    def shelved(self) -> Shelved:
        """One line a doubt, the most urgent last, under the cursor."""
        self._doubts = list(self._desk.doubts())
        count = f"Review: {len(self._doubts)} wait for a decision" if self._doubts else (
            "Review: nothing waits for a decision")  # fmt: skip
        spines = [_doubt(n, doubt) for n, doubt in enumerate(self._doubts)]
        return Shelved(count, spines[::-1])

    def show(self, id_: str) -> None:
        """The doubt and those after it; the queue is read again when one comes back."""
        screen = DoubtScreen(self._desk, tuple(self._doubts), int(id_))
        self.app.push_screen(screen, lambda _: self.action_reload())


class Browser(App[None]):
    """The rooms of the browser, the timeline first."""

    CSS = """
    Input { border: none; height: 1; padding: 0 1; }
    OptionList { border: none; height: 1fr; text-wrap: nowrap; text-overflow: ellipsis; }
    #head { height: auto; color: $text-muted; padding: 0 1; }
    #frame { padding: 0 1; }
    Keys, Day { align: center middle; }
    #keys { width: auto; height: auto; padding: 1 2; background: $panel; }
    #day { width: 44; height: 3; padding: 1; background: $panel; }
    """
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk

    def get_default_screen(self) -> Screen[Any]:
        """The timeline."""
        return Events(self._desk)


def _line(event: Event) -> Text:
    """One event in the list: day, sign, capital, title; outside text is never markup."""
    name = sign_of(event)
    day = f"~{when(event)}" if event.precision != "day" else event.date.isoformat()
    capital = event.jurisdiction[0] if event.jurisdiction else ""
    return Text.assemble(
        (f"{day:<11}", "dim"), (f"{Signs().glyph(name)} ", STYLES[name.removesuffix("?")]),
        (f"{capital:<3} ", "dim"), clean_line(event.title), no_wrap=True, overflow="ellipsis",
    )  # fmt: skip


def _words(event: Event) -> str:
    return words_of(event.id, event.title, event.summary, event.kind, event.direction,
                    event.status, *event.jurisdiction, *event.actors, *event.items,
                    *event.terms)  # fmt: skip


def _entry(row: Any) -> Spine:
    """One stored item: when, which feed, its newest headline, whether it changed."""
    moment = row["published"] or f"~{row['first_seen']}"
    line = Text.assemble(
        (f"{moment[:16].replace('T', ' '):<17}", "dim"), (f"{clean_line(row['feed'])[:14]:<15}",
        "dim"), clean_line(row["title"], 300) or "(no title)", no_wrap=True, overflow="ellipsis",
    )  # fmt: skip
    if row["revisions"] > 1:
        line.append(f" · {entry_view.changed(row['revisions'])}", style="yellow")
    return Spine(row["id"], line, words_of(row["id"], row["feed"], row["title"], row["summary"]))


def _doubt(place: int, doubt: Doubt) -> Spine:
    """One doubt: its sort, its distance from the threshold, the titles."""
    titles = " | ".join(clean_line(title) for title in doubt.titles)
    line = Text.assemble((f"{doubt.sort:<8}{doubt.score:+.2f}  ", "dim"), titles,
                         no_wrap=True, overflow="ellipsis")  # fmt: skip
    return Spine(str(place), line, words_of(doubt.sort, *doubt.titles, *doubt.items))
