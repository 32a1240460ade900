"""The timeline under the fingers: filter as you type, open an event, go back; keys as in newsboat.

Needs the extra ``tui`` (Textual); nothing else imports this module.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.text import Text
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import Footer, Input, OptionList, Static
from textual.widgets.option_list import Option

from tracker.core.clean import clean_line
from tracker.core.timeline import EventCard, EventRow, Timeline
from tracker.model import Event
from tracker.view import event as card_view
from tracker.view.glyphs import STYLES, Signs, sign_of, when
from tracker.view.page import extent, state

_FRAME = 6  # cells of padding and scroll bar beside a card
_OF_THE_LIST = frozenset({"filter", "leave", "move", "end", "open"})

OpenCard = Callable[[str], EventCard]


class CardScreen(Screen[None]):
    """One event whole; ``w`` shows why, ``n`` and ``p`` go to its neighbours."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q,escape,h", "app.pop_screen", "back"),
        Binding("w", "why", "why"),
        Binding("n", "beside(1)", "next"),
        Binding("p", "beside(-1)", "previous"),
        Binding("j", "scroll(1)", "down", show=False),
        Binding("k", "scroll(-1)", "up", show=False),
    ]

    def __init__(self, card: EventCard, open_card: OpenCard) -> None:
        super().__init__()
        self._card, self._open, self._why = card, open_card, False

    def compose(self) -> ComposeResult:
        """The card in a scrolling frame."""
        with VerticalScroll(id="frame"):
            yield Static(id="card")
        yield Footer()

    def on_mount(self) -> None:
        """Draw as soon as the width is known."""
        self._draw()

    def on_resize(self) -> None:
        """A new width is a new card."""
        self._draw()

    def _draw(self) -> None:
        width = max(20, self.app.size.width - _FRAME)
        page = card_view.lines(self._card, width, why=self._why)
        self.query_one("#card", Static).update(Text("\n").join(page))

    def action_why(self) -> None:
        """Show or hide what the computed parts rest on."""
        self._why = not self._why
        self._draw()

    def action_scroll(self, lines: int) -> None:
        """Move the frame by lines."""
        self.query_one("#frame", VerticalScroll).scroll_relative(y=lines, animate=False)

    def action_beside(self, step: int) -> None:
        """Go to the event before or after, where there is one."""
        other = self._card.after if step > 0 else self._card.before
        if other:
            self._card = self._open(other.id)
            self._draw()
            self.query_one("#frame", VerticalScroll).scroll_home(animate=False)


class Browser(App[None]):
    """The list of events, newest selected; typing after ``/`` narrows it."""

    CSS = """
    Input { border: none; height: 1; padding: 0 1; }
    OptionList { border: none; height: 1fr; }
    #head { height: auto; color: $text-muted; padding: 0 1; }
    #frame { padding: 0 1; }
    """
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q", "quit", "quit"),
        Binding("slash", "filter", "filter"),
        Binding("escape", "leave", "all", show=False),
        Binding("j", "move(1)", "down", show=False),
        Binding("k", "move(-1)", "up", show=False),
        Binding("g,home", "end(0)", "oldest", show=False),
        Binding("G,end", "end(-1)", "newest", show=False),
        Binding("enter,o,l", "open", "open"),
    ]

    def __init__(self, timeline: Timeline, open_card: OpenCard) -> None:
        super().__init__()
        self._timeline, self._open_card = timeline, open_card
        self._events = [row.event for row in timeline.rows if isinstance(row, EventRow)]
        self._haystacks = {event.id: _haystack(event) for event in self._events}

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - the framework's signature
        """The keys of the list sleep while a card lies over it."""
        return action not in _OF_THE_LIST or len(self.screen_stack) == 1

    def compose(self) -> ComposeResult:
        """Head, list, filter line, keys."""
        words = [extent(self._timeline), " · ".join(state(self._timeline))]
        yield Static(Text("\n".join(words)), id="head")
        yield OptionList(id="events")
        yield Input(placeholder="/ filter: words, actor, kind, capital", id="filter")
        yield Footer()

    def on_mount(self) -> None:
        """All events, the newest one selected."""
        self._fill(self._events)
        self.query_one(OptionList).focus()

    def _fill(self, events: Sequence[Event]) -> None:
        shown = self.query_one(OptionList)
        shown.clear_options()
        shown.add_options([Option(_line(event), id=event.id) for event in events])
        if events:
            shown.highlighted = len(events) - 1

    def on_input_changed(self, typed: Input.Changed) -> None:
        """Narrow with every letter; all words must be there."""
        words = typed.value.casefold().split()
        self._fill([event for event in self._events
                    if all(word in self._haystacks[event.id] for word in words)])  # fmt: skip

    def on_input_submitted(self) -> None:
        """Enter in the filter line goes to the list."""
        self.query_one(OptionList).focus()

    def on_option_list_option_selected(self, chosen: OptionList.OptionSelected) -> None:
        """Open the event that was chosen."""
        if chosen.option.id:
            self.push_screen(CardScreen(self._open_card(chosen.option.id), self._open_card))

    def action_filter(self) -> None:
        """Go to the filter line."""
        self.query_one(Input).focus()

    def action_leave(self) -> None:
        """Show everything again."""
        self.query_one(Input).value = ""
        self.query_one(OptionList).focus()

    def action_move(self, step: int) -> None:
        """One event down or up."""
        shown = self.query_one(OptionList)
        if step > 0:
            shown.action_cursor_down()
        else:
            shown.action_cursor_up()

    def action_end(self, place: int) -> None:
        """To the oldest or the newest event."""
        shown = self.query_one(OptionList)
        if shown.option_count:
            shown.highlighted = 0 if place == 0 else shown.option_count - 1

    def action_open(self) -> None:
        """Open the event under the cursor."""
        self.query_one(OptionList).action_select()


def _line(event: Event) -> Text:
    """One event in the list: day, sign, capital, title; outside text is never markup."""
    name = sign_of(event)
    day = f"~{when(event)}" if event.precision != "day" else event.date.isoformat()
    capital = event.jurisdiction[0] if event.jurisdiction else ""
    return Text.assemble(
        (f"{day:<11}", "dim"), (f"{Signs().glyph(name)} ", STYLES[name.removesuffix("?")]),
        (f"{capital:<3} ", "dim"), clean_line(event.title), no_wrap=True, overflow="ellipsis",
    )  # fmt: skip


def _haystack(event: Event) -> str:
    parts = (event.id, event.title, event.summary, event.kind, event.direction, event.status,
             *event.jurisdiction, *event.actors, *event.items, *event.terms)  # fmt: skip
    return clean_line(" ".join(parts)).casefold()
