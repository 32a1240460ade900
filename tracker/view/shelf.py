"""Screens that every room of the browser shares: a list that narrows as one types, a page, help.

Needs the extra ``tui`` (Textual); only ``tracker.view.browse`` imports this module.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from rich.text import Text
from textual.actions import parse
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.events import Key
from textual.screen import ModalScreen, Screen
from textual.widgets import Footer, Input, OptionList, Static
from textual.widgets.option_list import Option

from tracker.core.clean import clean_line
from tracker.errors import TrackerError

FRAME: Final = 6  # cells of padding and scroll bar beside a page


@dataclass(frozen=True, slots=True)
class Spine:
    """One line of a list: what it opens, what is shown, and the folded words a filter looks in."""

    id: str
    line: Text
    words: str


@dataclass(frozen=True, slots=True)
class Shelved:
    """A whole list: what stands above it, and its lines from oldest to newest."""

    head: str
    spines: Sequence[Spine]


def words_of(*parts: str) -> str:
    """Words to filter by: cleaned, case folded.

    >>> words_of("Nvidia", "H20")
    'nvidia h20'
    """
    return clean_line(" ".join(parts)).casefold()


class Helpful(Screen[None]):
    """A screen that tells its keys, and goes back."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q", "back", "back"),
        Binding("question_mark", "keys", "keys"),
    ]

    def action_back(self) -> None:
        """To the screen below; from the last one out of the program."""
        if len(self.app.screen_stack) > 1:
            self.dismiss()
        else:
            self.app.exit()

    def action_keys(self) -> None:
        """What every key does here."""
        own = [one for kind in type(self).__mro__ if issubclass(kind, Helpful)
               for one in kind.__dict__.get("BINDINGS", ())]  # fmt: skip
        rows: dict[str, list[str]] = {}
        for binding in Binding.make_bindings(own):
            if self.check_action(*_parsed(binding.action)):
                keys = rows.setdefault(binding.description, [])
                keys.append(self.app.get_key_display(binding))
        self.app.push_screen(Keys([(" ".join(keys), name) for name, keys in rows.items()]))

    def trouble(self, error: TrackerError) -> None:
        """Say what went wrong and what helps; the screen stays as it was."""
        words = ". Try: ".join(filter(None, (error.what.rstrip("."), error.hint)))
        self.notify(clean_line(words or "busy: try again"), severity="error", markup=False)


def _parsed(action: str) -> tuple[str, tuple[object, ...]]:
    """An action's name and its parameters."""
    _, name, parameters = parse(action)
    return name, parameters


class Keys(ModalScreen[None]):
    """The keys of the screen below; any key closes."""

    def __init__(self, rows: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._told = rows

    def compose(self) -> ComposeResult:
        """One line a key."""
        width = max((len(keys) for keys, _ in self._told), default=0)
        lines = [f"{keys:<{width}}  {name}" for keys, name in self._told]
        yield Static(Text("\n".join(lines)), id="keys")

    def on_key(self, event: Key) -> None:
        """Whatever was pressed goes no further."""
        event.stop()
        event.prevent_default()
        self.dismiss()


class Ends(OptionList):
    """A list that does not go round: a key too many stays on the last line."""

    def action_cursor_down(self) -> None:
        """The next line, where there is one."""
        if self.highlighted != self.option_count - 1:
            super().action_cursor_down()

    def action_cursor_up(self) -> None:
        """The line before, where there is one."""
        if self.highlighted != 0:
            super().action_cursor_up()


class Shelf(Helpful):
    """A list, the newest line selected; typing after ``/`` narrows it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,o,l", "open", "open"),
        Binding("slash", "filter", "filter"),
        Binding("escape", "leave", "show all, then back", show=False),
        Binding("j", "move(1)", "down", show=False),
        Binding("k", "move(-1)", "up", show=False),
        Binding("g,home", "end(0)", "oldest", show=False),
        Binding("G,end", "end(-1)", "newest", show=False),
        Binding("n", "unread", "unread"),
        Binding("r", "reload", "reload"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._held = Shelved("", ())
        self._opened: set[str] = set()

    @abstractmethod
    def shelved(self) -> Shelved:
        """Ask for the list.

        Raises:
            TrackerError: the database cannot answer.
        """

    @abstractmethod
    def show(self, id_: str) -> None:
        """Open one line."""

    def compose(self) -> ComposeResult:
        """Head, list, filter line, keys."""
        yield Static(id="head")
        yield Ends(id="list")
        yield Input(placeholder="/ filter: all words must be there", id="filter")
        yield Footer()

    def on_mount(self) -> None:
        """Everything, the newest one selected."""
        self.action_reload()
        self.query_one("#list").focus()

    def action_reload(self) -> None:
        """Ask again; the filter and, where it is still there, the selected line stay."""
        try:
            self._held = self.shelved()
        except TrackerError as error:
            self.trouble(error)
        else:
            self._fill()

    def _fill(self) -> None:
        """The lines that hold all the words of the filter."""
        words = self.query_one("#filter", Input).value.casefold().split()
        shown = [one for one in self._held.spines if all(word in one.words for word in words)]
        selected = self._selected()
        options = self.query_one("#list", OptionList)
        options.clear_options()
        options.add_options([Option(self._drawn(one), id=one.id) for one in shown])
        ids = [one.id for one in shown]
        if ids:
            options.highlighted = ids.index(selected) if selected in ids else len(ids) - 1
        count = f"{len(shown)} of {len(self._held.spines)} · " if words else ""
        self.query_one("#head", Static).update(Text(count + self._held.head))

    def _drawn(self, spine: Spine) -> Text:
        line = spine.line.copy()
        if spine.id in self._opened:
            line.stylize("dim")
        return line

    def _selected(self) -> str | None:
        options = self.query_one("#list", OptionList)
        place = options.highlighted
        return None if place is None else options.get_option_at_index(place).id

    def on_input_changed(self) -> None:
        """Narrow with every letter."""
        self._fill()

    def on_input_submitted(self) -> None:
        """Enter in the filter line goes to the list."""
        self.query_one("#list").focus()

    def on_option_list_option_selected(self, chosen: OptionList.OptionSelected) -> None:
        """Open the line that was chosen; from now on it is dim."""
        if chosen.option.id is None:
            return
        try:
            self.show(chosen.option.id)
        except TrackerError as error:
            self.trouble(error)
            return
        self._opened.add(chosen.option.id)
        for spine in self._held.spines:
            if spine.id == chosen.option.id:
                chosen.option_list.replace_option_prompt(spine.id, self._drawn(spine))

    def action_filter(self) -> None:
        """Go to the filter line."""
        self.query_one("#filter").focus()

    def action_leave(self) -> None:
        """Show everything again; where everything is shown, go back."""
        typed = self.query_one("#filter", Input)
        if typed.value or typed.has_focus:
            typed.value = ""
            self.query_one("#list").focus()
        elif len(self.app.screen_stack) > 1:
            self.dismiss()

    def action_move(self, step: int) -> None:
        """One line down or up."""
        options = self.query_one("#list", OptionList)
        if step > 0:
            options.action_cursor_down()
        else:
            options.action_cursor_up()

    def action_end(self, place: int) -> None:
        """To the oldest or the newest line."""
        options = self.query_one("#list", OptionList)
        if options.option_count:
            options.highlighted = 0 if place == 0 else options.option_count - 1

    def action_unread(self) -> None:
        """To the next line not opened yet, back in time from here, then from the newest."""
        options = self.query_one("#list", OptionList)
        count, here = options.option_count, options.highlighted or 0
        for step in range(1, count + 1):
            place = (here - step) % count
            if options.get_option_at_index(place).id not in self._opened:
                options.highlighted = place
                return

    def action_open(self) -> None:
        """Open the line under the cursor."""
        self.query_one("#list", OptionList).action_select()


class Reading(Helpful):
    """A page that scrolls, drawn again for every new width."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "back", show=False),
        Binding("j", "scroll(1)", "down", show=False),
        Binding("k", "scroll(-1)", "up", show=False),
        Binding("space", "leaf", "a screen down", show=False),
    ]

    @abstractmethod
    def text(self, width: int) -> Text:
        """The page, ``width`` cells wide."""

    def compose(self) -> ComposeResult:
        """The page in a scrolling frame."""
        with VerticalScroll(id="frame"):
            yield Static(id="page")
        yield Footer()

    def on_mount(self) -> None:
        """Draw as soon as the width is known."""
        self.draw()

    def on_resize(self) -> None:
        """A new width is a new page."""
        self.draw()

    def draw(self) -> None:
        """Write the page as it is now."""
        width = max(20, self.app.size.width - FRAME)
        self.query_one("#page", Static).update(self.text(width))

    def top(self) -> None:
        """Draw another page from its first line."""
        self.draw()
        self.query_one("#frame", VerticalScroll).scroll_home(animate=False)

    def action_scroll(self, lines: int) -> None:
        """Move the frame by lines."""
        self.query_one("#frame", VerticalScroll).scroll_relative(y=lines, animate=False)

    def action_leaf(self) -> None:
        """Move the frame by a screen."""
        self.query_one("#frame", VerticalScroll).scroll_page_down(animate=False)
