"""A chart in the terminal: when each figure became known, with events as numbered marks.

One chart a (series, variant), so that no line holds two definitions. A point stands on the day its
figure was published; no line joins the points. The scale is labelled with the figures themselves.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import zip_longest
from typing import Final

from rich.text import Text

from tracker.core.clean import clean_line
from tracker.core.figures import house_of, nature_of
from tracker.core.vintages import Book, Shelf
from tracker.model import Event, Observation
from tracker.nouns import dataclass
from tracker.view.glyphs import amount, is_hollow
from tracker.view.lines import cut, wrap

TALL: Final = 10
NARROW: Final = 12
SOLID: Final = "●■▲◆▼★"
HOLLOW: Final = "○□△◇▽☆"
COLOURS: Final = ("blue", "magenta", "cyan", "yellow", "green", "red")
ASCII_SOLID: Final = "*#@%&$"
ASCII_HOLLOW: Final = "ox=+:~"
MARKS: Final = "123456789abcdefghijkmnpqrstuvwyzABCDEFGHJKLMNPQRSTUVWYZ"
TWO_COLUMNS: Final = 170
"""Cells from which a long legend stands in two columns."""


@dataclass(frozen=True, slots=True)
class Span:
    """The days on the time axis and the cells that they share."""

    first: date
    last: date
    width: int

    def cell(self, day: date) -> int:
        """The cell of a day, from 0 to ``width`` - 1."""
        days = max(1, (self.last - self.first).days)
        return round((day - self.first).days / days * (self.width - 1))

    def holds(self, day: date) -> bool:
        """Whether the day lies on the axis."""
        return self.first <= day <= self.last


def chart(
    book: Book,
    marked: Mapping[str, Event],
    *,
    width: int,
    window: tuple[date, date] | None = None,
    gutter: int = 0,
    ascii: bool = False,  # noqa: A002 - named like the option
) -> list[Text]:
    """The lines of one chart: scale and points, time axis, marks of events, houses.

    ``gutter`` cells at least are kept for the scale, so that charts below each other share a day's
    column.
    """
    rows = _within(book, window)
    if not rows:
        return [Text("no figure was published in this window", style="dim")]
    labels = _labels(rows, book)
    gutter = max(gutter, *(len(words) for words in labels.values()))
    room = max(NARROW, width - gutter - 2)
    span = Span(*span_of(rows, window), room)
    return [
        *_plot(rows, book, span, labels, gutter, ascii=ascii),
        *_axis(span, gutter, ascii=ascii),
        *_marks(marked, span, gutter),
        *_houses(book, rows, width, ascii=ascii),
    ]


def marks(events: Sequence[Event]) -> dict[str, Event]:
    """Each event with its mark, by day; what goes beyond the marks is left out of the chart."""
    by_day = sorted(events, key=lambda event: (event.link_day, event.id))
    return dict(zip(MARKS, by_day, strict=False))


def span_of(rows: Sequence[Observation], window: tuple[date, date] | None) -> tuple[date, date]:
    """First and last day of the axis: the window, else whole years around the publications."""
    return window or (
        date(min(one.published for one in rows).year, 1, 1),
        date(max(one.published for one in rows).year, 12, 31),
    )


def axis(shelf: Shelf, books: Sequence[Book]) -> tuple[date, date]:
    """The days of all charts of one series; of a past day it ends there."""
    low, high = span_of([one for book in books for one in book.rows], shelf.window)
    return (min(low, shelf.as_of), min(high, shelf.as_of)) if shelf.as_of else (low, high)


def _height(rows: Sequence[Observation]) -> int:
    """Rows of the plot: few figures need few."""
    return min(TALL, 2 + 2 * len({one.value for one in rows}))


def _level(value: float, rows: Sequence[Observation]) -> int:
    """The row of a value, the largest on top: zero is the axis itself, where none is below it."""
    high = max(one.value for one in rows)
    low = min(0.0, *(one.value for one in rows))
    foot = _height(rows) - 1
    steps = foot + 1 if low == 0 else foot
    return min(foot, round((high - value) / ((high - low) or 1) * steps))


def gutter_of(books: Sequence[Book], window: tuple[date, date] | None) -> int:
    """The cells that the widest scale of several charts takes."""
    found = ((_within(book, window), book) for book in books)
    words = (word for rows, book in found if rows for word in _labels(rows, book).values())
    return max(map(len, words), default=0)


def _within(book: Book, window: tuple[date, date] | None) -> list[Observation]:
    return [one for one in book.rows if not window or window[0] <= one.published <= window[1]]


def _labels(rows: Sequence[Observation], book: Book) -> dict[int, str]:
    """The figures of each row of the scale, as they were said.

    A range is there with its ends, for its middle is nobody's figure; of several figures that fall
    together the lowest stands for all, with a mark: they never look like a range.
    """
    found: dict[int, dict[str, None]] = {}
    for one in sorted(rows, key=lambda o: (o.value, o.number)):
        words = amount(one.value, one.value_low, one.value_high, "=", book.series.unit)
        found.setdefault(_level(one.value, rows), {})[words.removesuffix(" units")] = None
    return {level: _first_of(list(words)) for level, words in found.items()}


def _first_of(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{words[0]} .."


def glyph(one: Observation, houses: Sequence[str], *, ascii: bool) -> str:  # noqa: A002
    """The sign of a figure: its house's, hollow where nothing was measured."""
    place = houses.index(house_of(one)) % len(SOLID)
    solid, hollow = (ASCII_SOLID, ASCII_HOLLOW) if ascii else (SOLID, HOLLOW)
    return (hollow if is_hollow(nature_of(one)) else solid)[place]


def colour(one: Observation, houses: Sequence[str]) -> str:
    """The colour of a figure's house."""
    return COLOURS[houses.index(house_of(one)) % len(COLOURS)]


def _plot(rows: Sequence[Observation], book: Book, span: Span, labels: dict[int, str],
          gutter: int, *, ascii: bool) -> list[Text]:  # fmt: skip  # noqa: A002
    grid: dict[tuple[int, int], Observation] = {}
    for one in rows:
        place = (_level(one.value, rows), span.cell(one.published))
        while place in grid and place[1] < span.width - 1:
            place = (place[0], place[1] + 1)
        grid[place] = one
    lines = []
    for level in range(_height(rows)):
        line = Text(f"{labels.get(level, ''):>{gutter}} {'|' if ascii else '┤'}", style="dim")
        last = max((cell for row, cell in grid if row == level), default=-1)
        for cell in range(last + 1):
            found = grid.get((level, cell))
            if found is None:
                line.append(" ")
            else:
                sign = glyph(found, book.houses, ascii=ascii)
                line.append(sign, style=f"not dim {colour(found, book.houses)}")
        lines.append(line)
    return lines


def _axis(span: Span, gutter: int, *, ascii: bool) -> list[Text]:  # noqa: A002
    rule, foot = ("-", "+") if ascii else ("─", "└")
    years = [" "] * (span.width + 5)
    ticks = [rule] * span.width
    for day, words in _ticks(span):
        at = span.cell(day)
        if "".join(years[max(0, at - 1) : at + len(words) + 1]).strip():
            continue
        ticks[at] = "+" if ascii else "┬"
        if at + len(words) > span.width:
            continue  # half a day would be another one
        years[at : at + len(words)] = words
    indent = " " * gutter
    scale = "".join(years)[: span.width].rstrip()
    return [
        Text(f"{indent} {foot}{''.join(ticks)}", style="dim"),
        Text(f"{indent}  {scale}", style="dim"),
    ]


def _ticks(span: Span) -> list[tuple[date, str]]:
    """A tick each January, and each July where there is room."""
    years = range(span.first.year, span.last.year + 1)
    days = [date(year, 1, 1) for year in years]
    if span.width // max(1, len(days)) >= 18:
        days += [date(year, 7, 1) for year in years]
    return [(day, tick_words(day)) for day in sorted(days) if span.holds(day)]


def _marks(marked: Mapping[str, Event], span: Span, gutter: int) -> list[Text]:
    """The marks under the axis; those that fall together stand below each other."""
    rows: list[dict[int, str]] = []
    shown = ((mark, event) for mark, event in marked.items() if span.holds(event.link_day))
    for mark, event in shown:
        cell = span.cell(event.link_day)
        free = next((row for row in rows if cell not in row), None)
        if free is None:
            free = {}
            rows.append(free)
        free[cell] = mark
    indent = " " * (gutter + 2)
    return [
        Text(indent + "".join(row.get(cell, " ") for cell in range(max(row) + 1)), style="bold")
        for row in rows
    ]


def _houses(book: Book, rows: Sequence[Observation], width: int, *,
            ascii: bool) -> list[Text]:  # fmt: skip  # noqa: A002
    lines = [Text()]
    for house in dict.fromkeys(house_of(one) for one in rows):
        own = [one for one in rows if house_of(one) == house]
        signs = "".join(dict.fromkeys(glyph(one, book.houses, ascii=ascii) for one in own))
        words = Text.assemble((f"{signs} ", colour(own[0], book.houses)), cut(house, width - 4))
        if lines[-1].cell_len and lines[-1].cell_len + 3 + words.cell_len > width:
            lines.append(Text())
        lines[-1] = Text.assemble(lines[-1], "   " if lines[-1].cell_len else "", words)
    return lines


def tick_words(day: date) -> str:
    """A tick of the axis: the year in January, else year and month.

    >>> tick_words(date(2025, 1, 1)), tick_words(date(2025, 7, 1))
    ('2025', '2025-07')
    """
    return f"{day.year:04}" if day.month == 1 else f"{day:%Y-%m}"


def marked_events(shelf: Shelf, books: Sequence[Book]) -> tuple[dict[str, Event], int]:
    """The events of a series on its axis with their marks, and how many have none."""
    low, high = axis(shelf, books)
    name = books[0].series.id
    mine = [one for one in shelf.events if name in one.series and low <= one.link_day <= high]
    found = marks(mine)
    return found, len(mine) - len(found)


def unmarked(name: str, rest: int) -> str:
    """How many events of the axis have no mark, in words; '' where all have one."""
    return f"{rest} later events without a mark: tracker timeline --series {name}" if rest else ""


def legend(marked: Mapping[str, Event], books: Sequence[Book], width: int, *,
           ascii: bool, around: Event | None = None) -> list[Text]:  # fmt: skip  # noqa: A002
    """What hollow means, and the events behind the marks, in two columns where there is room.

    The event that the chart is ``around`` is pointed at.
    """
    small = " ".join(ASCII_HOLLOW) if ascii else "hollow"
    hollow = any(is_hollow(nature_of(one)) for book in books for one in book.rows)
    words = f"{small}: forecast, claim or target. " if hollow else ""
    words += "Points stand where they were published"
    words += ", events where they became known." if marked else "."
    return [
        *(Text(line, style="dim") for line in wrap(words, width)),
        *_columns(marked, width, "..." if ascii else "…", around.id if around else ""),
    ]


def _columns(marked: Mapping[str, Event], width: int, mark: str, around: str) -> list[Text]:
    two = width >= TWO_COLUMNS and len(marked) > TALL
    room = (width - 2) // 2 if two else width
    cells = [
        line
        for name, event in marked.items()
        for line in _entry(name, event, room, mark, ">" if event.id == around else " ")
    ]
    if not two:
        return [Text(cell, style="bold" if cell[:1] == ">" else "") for cell in cells]
    half = (len(cells) + 1) // 2
    lines = []
    for left, right in zip_longest(cells[:half], cells[half:], fillvalue=""):
        line = Text(left)
        line.append(" " * (room + 2 - line.cell_len) + right)
        lines.append(line)
    return lines


def _entry(name: str, event: Event, room: int, mark: str, start: str) -> list[str]:
    """One event of the legend; a title too long for a line goes on below its beginning."""
    head = f"{start}{name}  {event.link_day}  "
    if room < len(head) + NARROW:
        return [cut(f"{head}{clean_line(event.title)}", room, mark)]
    parts = wrap(clean_line(event.title), room - len(head), most=2, mark=mark)
    return [(head if n == 0 else " " * len(head)) + part for n, part in enumerate(parts)]
