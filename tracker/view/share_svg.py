"""The chart as a drawing: one panel a book, points by day of publication, events as lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Final

from tracker.core.clean import clean_line
from tracker.core.figures import house_of, nature_of
from tracker.core.vintages import Book, Shelf
from tracker.model import Event, Observation
from tracker.view import chart
from tracker.view.drawing import Dot, Line, Shape, Words, svg
from tracker.view.glyphs import day_words, is_hollow, observed, period
from tracker.view.lines import cut, wrap

WIDTH: Final = 1080
LEFT: Final = 150
RIGHT: Final = 220
PANEL: Final = 250
HEAD: Final = 62
"""Units above the axis, for the marks of events in rows."""

ROWS: Final = 5
"""Rows of marks: so many can fall together and still be told apart."""

LINE: Final = 18
LETTERS: Final = 118
"""Cells of a line below the chart that fit on the sheet."""

COLOURS: Final = ("#1f5fa8", "#a8327f", "#12807a", "#a87400", "#3b7d23", "#b3261e")


def drawing(shelf: Shelf) -> str:
    """One SVG document; every word in it is escaped, nothing is loaded from outside."""
    shapes, height = sheet(shelf)
    return svg(shapes, WIDTH, height)


def sheet(shelf: Shelf) -> tuple[list[Shape], int]:
    """The shapes of the whole drawing, and how high the sheet is."""
    shapes: list[Shape] = []
    top = 30
    for _, group in groupby(shelf.books, key=lambda book: book.series.id):
        books = list(group)
        marked, rest = chart.marked_events(shelf, books)
        shapes.append(Words(LEFT, top, books[0].series.title, "title", books[0].series.id))
        shapes.append(Words(LEFT, top + LINE, _scale(books[0], shelf), "small"))
        top += 3 * LINE
        days = chart.axis(shelf, books)
        for book in books:
            drawn, height = _panel(book, marked, days, top)
            shapes += drawn
            top += height
        told = chart.unmarked(books[0].series.id, rest)
        legend = list(_legend(marked, told, top, shelf.around))
        shapes += legend
        top = max((one.y for one in legend), default=top) + 3 * LINE
    return shapes, top


def _scale(book: Book, shelf: Shelf) -> str:
    known = f"as known on {day_words(shelf.day)}; " if shelf.as_of else ""
    return f"{book.series.id}, {book.series.unit}; {known}points stand where they were published"


def _legend(marked: Mapping[str, Event], rest: str, top: int, around: Event | None
            ) -> Iterator[Words]:  # fmt: skip
    """The events behind the marks, each in as many lines as its title needs; how many have none.

    The event that the drawing is ``around`` is pointed at.
    """
    y = top
    for mark, event in marked.items():
        for number, part in enumerate(wrap(clean_line(event.title), LETTERS - 18, most=2)):
            if number == 0:
                yield Words(LEFT, y, f"{mark}  {event.link_day}", "small")
                if around and event.id == around.id:
                    yield Words(LEFT - 14, y, ">", "small")
            yield Words(LEFT + 95, y, part, "small", "" if number else event.id)
            y += LINE
    if rest:
        yield Words(LEFT, y, rest, "small")


def _panel(book: Book, marked: Mapping[str, Event], days: tuple[date, date], top: int
           ) -> tuple[list[Shape], int]:  # fmt: skip
    """One book; every panel of a series has the same days."""
    rows = [one for one in book.rows if days[0] <= one.published <= days[1]]
    name = [Words(20, top + 12, f"[{book.variant}]", "small")] if book.variant else []
    if not rows:
        note = Words(LEFT, top + 2 * LINE, "no figure was published in this window", "small")
        return [*name, note], 3 * LINE
    span = chart.Span(*days, WIDTH - LEFT - RIGHT)
    foot = top + PANEL
    axis = Line(((LEFT, top + HEAD), (LEFT, foot), (WIDTH - RIGHT, foot)), "#999999")
    shapes: list[Shape] = [
        *name,
        *_events(marked, span, top, foot),
        axis,
        *_years(span, foot),
        *(_point(one, book, rows, span, top) for one in rows),
        *_scale_words(rows, book, top),
        *_houses(rows, book, top),
    ]
    return shapes, PANEL + 2 * LINE


def _y(value: float, rows: Sequence[Observation], top: int) -> int:
    high = max(one.value for one in rows)
    low = min(0.0, *(one.value for one in rows))
    return round(top + HEAD + 10 + (high - value) / ((high - low) or 1) * (PANEL - HEAD - 20))


def _years(span: chart.Span, foot: int) -> list[Shape]:
    """Each January; with few years the quarters between."""
    years = range(span.first.year, span.last.year + 1)
    months = (1, 4, 7, 10) if len(years) <= 3 else (1,)
    days = [date(year, month, 1) for year in years for month in months]
    return [
        Words(LEFT + span.cell(day), foot + 15, chart.tick_words(day), "mark")
        for day in days
        if span.holds(day)
    ]


def _events(marked: Mapping[str, Event], span: chart.Span, top: int, foot: int) -> list[Shape]:
    found: list[Shape] = []
    ends = [-99] * ROWS  # where the last mark of each row of marks stands
    for mark, event in marked.items():
        if not span.holds(event.link_day):
            continue
        x = LEFT + span.cell(event.link_day)
        row = next((n for n, end in enumerate(ends) if x - end >= 9), ends.index(min(ends)))
        ends[row] = x
        found.append(Line(((x, top + HEAD), (x, foot)), "#cccccc", dashed=True))
        found.append(Words(x, top + HEAD - 4 - row * 11, mark, "mark"))
    return found


def _point(one: Observation, book: Book, rows: Sequence[Observation], span: chart.Span,
           top: int) -> Dot:  # fmt: skip
    nature = nature_of(one)
    marks = [nature, *([one.flag] if one.flag else [])]
    marks += [f"accepted {one.accepted}"] if one.accepted else []
    title = (
        f"{house_of(one)}: {observed(one, book.series.unit)} for"
        f" {period(one.period_start, one.period_end)}, {', '.join(marks)},"
        f" published {day_words(one.published)}"
    )
    x, y = LEFT + span.cell(one.published), _y(one.value, rows, top)
    return _dot(x, y, book, house_of(one), is_hollow(nature), title)


def _dot(x: int, y: int, book: Book, house: str, hollow: bool, title: str = "") -> Dot:
    """A point in the colour and the form of its house."""
    number = book.houses.index(house)
    return Dot(x, y, COLOURS[number % len(COLOURS)], hollow, title, number)


def _scale_words(rows: Sequence[Observation], book: Book, top: int) -> list[Shape]:
    """The figures themselves label the scale; one that would cover another is left to its title."""
    found: dict[int, str] = {}
    for one in sorted(rows, key=lambda o: (o.value, o.number)):
        y = _y(one.value, rows, top)
        if all(abs(y - other) >= 12 for other in found):
            found[y] = observed(one, book.series.unit).removesuffix(" units")
    return [Words(LEFT - 8, y + 4, words, "scale") for y, words in found.items()]


def _houses(rows: Sequence[Observation], book: Book, top: int) -> Iterator[Shape]:
    x = WIDTH - RIGHT + 14
    for number, house in enumerate(dict.fromkeys(house_of(one) for one in rows)):
        own = [one for one in rows if house_of(one) == house]
        y = top + HEAD + 14 + number * LINE
        hollow = all(is_hollow(nature_of(one)) for one in own)
        yield _dot(x, y - 4, book, house, hollow)
        yield Words(x + 10, y, cut(clean_line(house), 30), "small")
    yield Words(x - 5, top + PANEL - 2, "hollow: not measured", "small")
