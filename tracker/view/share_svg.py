"""The chart as a drawing: one panel a book, points by day of publication, events as lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from html import escape
from itertools import groupby
from typing import Final

from tracker.core.clean import clean_line
from tracker.core.shares import house_of, nature_of
from tracker.core.vintages import Book, Shelf
from tracker.model import Event, Observation
from tracker.view import chart
from tracker.view.glyphs import day_words, is_hollow, observed, period

WIDTH: Final = 1080
LEFT: Final = 150
RIGHT: Final = 220
PANEL: Final = 220
LINE: Final = 18
COLOURS: Final = ("#1f5fa8", "#a8327f", "#12807a", "#a87400", "#3b7d23", "#b3261e")


def drawing(shelf: Shelf) -> str:
    """One SVG document; every word in it is escaped, nothing is loaded from outside."""
    parts: list[str] = []
    top = 30
    for _, group in groupby(shelf.books, key=lambda book: book.series.id):
        books = list(group)
        marked = _marked(books, shelf)
        parts.append(_words(LEFT, top, books[0].series.title, "t"))
        parts.append(_words(LEFT, top + LINE, _scale(books[0]), "s"))
        top += 3 * LINE
        for book in books:
            drawn, height = _panel(book, marked, shelf.window, top)
            parts += drawn
            top += height
        parts += [
            _words(LEFT, top + n * LINE, f"{mark}  {event.link_day}  {event.title}", "s")
            for n, (mark, event) in enumerate(marked.items())
        ]
        top += len(marked) * LINE + 3 * LINE
    style = (
        "text{font:13px sans-serif;fill:#222}.t{font-weight:bold;font-size:15px}"
        ".s{fill:#666;font-size:12px}.m{fill:#888;font-size:11px;text-anchor:middle}"
        ".y{text-anchor:end;font-size:11px}"
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {top}" width="{WIDTH}"'
        f' height="{top}" role="img"><style>{style}</style>'
        f'<rect width="{WIDTH}" height="{top}" fill="#fff"/>\n' + "\n".join(parts) + "\n</svg>\n"
    )


def _scale(book: Book) -> str:
    return f"{book.series.id}, {book.series.unit}; points stand where they were published"


def _marked(books: Sequence[Book], shelf: Shelf) -> Mapping[str, Event]:
    rows = [one for book in books for one in book.rows]
    low, high = chart.span_of(rows, shelf.window)
    mine = [event for event in shelf.events if books[0].series.id in event.series]
    return chart.marks([event for event in mine if low <= event.link_day <= high])


def _panel(book: Book, marked: Mapping[str, Event], window: tuple[date, date] | None,
           top: int) -> tuple[list[str], int]:  # fmt: skip
    rows = [one for one in book.rows if not window or window[0] <= one.published <= window[1]]
    name = _words(LEFT, top + 2, f"[{book.variant}]" if book.variant else "", "s")
    if not rows:
        note = _words(LEFT, top + 2 * LINE, "no figure was published in this window", "s")
        return [name, note], 3 * LINE
    span = chart.Span(*chart.span_of(rows, window), WIDTH - LEFT - RIGHT)
    foot = top + PANEL
    lines = [
        name,
        f'<path d="M{LEFT} {top + 30}V{foot}H{WIDTH - RIGHT}" fill="none" stroke="#999"/>',
        *_years(span, foot),
        *_events(marked, span, top, foot),
        *(_point(one, book, rows, span, top) for one in rows),
        *_scale_words(rows, book, top),
        *_houses(rows, book, top),
    ]
    return lines, PANEL + 2 * LINE


def _y(value: float, rows: Sequence[Observation], top: int) -> int:
    high = max(one.value for one in rows)
    low = min(0.0, *(one.value for one in rows))
    return round(top + 40 + (high - value) / ((high - low) or 1) * (PANEL - 50))


def _years(span: chart.Span, foot: int) -> list[str]:
    days = [date(year, 1, 1) for year in range(span.first.year, span.last.year + 1)]
    return [
        _words(LEFT + span.cell(day), foot + 15, str(day.year), "m")
        for day in days
        if span.holds(day)
    ]


def _events(marked: Mapping[str, Event], span: chart.Span, top: int, foot: int) -> list[str]:
    found = []
    ends = [-99] * 3  # where the last mark of each row of marks stands
    for mark, event in marked.items():
        if not span.holds(event.link_day):
            continue
        x = LEFT + span.cell(event.link_day)
        row = next((n for n, end in enumerate(ends) if x - end >= 9), 0)
        ends[row] = x
        found.append(
            f'<path d="M{x} {top + 30}V{foot}" stroke="#ccc" stroke-dasharray="2 3"/>'
            f"{_words(x, top + 26 - row * 11, mark, 'm')}"
        )
    return found


def _point(one: Observation, book: Book, rows: Sequence[Observation], span: chart.Span,
           top: int) -> str:  # fmt: skip
    x, y = LEFT + span.cell(one.published), _y(one.value, rows, top)
    colour = COLOURS[book.houses.index(house_of(one)) % len(COLOURS)]
    nature = nature_of(one)
    fill = "#fff" if is_hollow(nature) else colour
    flag = f", {one.flag}" if one.flag else ""
    title = (
        f"{house_of(one)}: {observed(one, book.series.unit)} for"
        f" {period(one.period_start, one.period_end)}, {nature}{flag},"
        f" published {day_words(one.published)}"
    )
    return (
        f'<circle cx="{x}" cy="{y}" r="5" fill="{fill}" stroke="{colour}" stroke-width="2">'
        f"<title>{escape(clean_line(title))}</title></circle>"
    )


def _scale_words(rows: Sequence[Observation], book: Book, top: int) -> list[str]:
    """The figures themselves label the scale; one that would cover another is left to its title."""
    found: dict[int, str] = {}
    for one in sorted(rows, key=lambda o: (o.value, o.number)):
        y = _y(one.value, rows, top)
        if all(abs(y - other) >= 12 for other in found):
            found[y] = observed(one, book.series.unit).removesuffix(" units")
    return [_words(LEFT - 6, y + 4, words, "y") for y, words in found.items()]


def _houses(rows: Sequence[Observation], book: Book, top: int) -> list[str]:
    lines = []
    x = WIDTH - RIGHT + 14
    for number, house in enumerate(dict.fromkeys(house_of(one) for one in rows)):
        colour = COLOURS[book.houses.index(house) % len(COLOURS)]
        y = top + 44 + number * LINE
        lines.append(f'<circle cx="{x}" cy="{y - 4}" r="5" fill="{colour}"/>')
        lines.append(_words(x + 10, y, clean_line(house, 30), "s"))
    lines.append(_words(x - 5, top + PANEL - 2, "hollow: not measured", "s"))
    return lines


def _words(x: int, y: int, words: str, style: str) -> str:
    return f'<text x="{x}" y="{y}" class="{style}">{escape(clean_line(words))}</text>'
