"""Market-share figures as screens: all series at a glance, or one whole with every vintage."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby
from typing import Final

from rich.text import Text

from tracker.core import hindsight
from tracker.core.figures import conflicts, house_of, is_measured, nature_of
from tracker.core.vintages import Book, Outcome, Shelf, compare, revises
from tracker.model import Observation
from tracker.view import chart
from tracker.view.glyphs import Signs, day_words, is_hollow, observed, period
from tracker.view.lines import Lines, cut, wrap

BARS: Final = "▁▂▃▄▅▆▇█"
_SLACK: Final = 3
"""Cells by which a line can grow when its signs are written in ASCII."""


def render(shelf: Shelf, *, width: int, ascii: bool = False) -> Lines:  # noqa: A002
    """The screen of ``share``: the glance over all series, or each series whole."""
    signs = Signs(ascii=ascii)
    width -= _SLACK if ascii else 0
    whole = shelf.whole or shelf.around is not None
    lines = [*_head(shelf, width)]
    for _, group in groupby(shelf.books, key=lambda book: book.series.id):
        books = list(group)
        lines += [Text(), *_title(books[0], shelf, width, whole=whole)]
        if whole:
            lines += _whole(books, shelf, width, ascii=ascii)
        else:
            lines += [line for book in books for line in _glance(book, shelf, width, ascii=ascii)]
    if not whole:
        lines += [Text(), Text("One series whole: tracker share SERIES", style="dim")]
    return Lines([_plain(line, signs) for line in lines])


def plain(shelf: Shelf) -> str:
    """The same without colour at 100 cells, for a pipe."""
    return str(render(shelf, width=100))


def _plain(line: Text, signs: Signs) -> Text:
    return Text(signs.text(line.plain)) if signs.ascii else line


def _head(shelf: Shelf, width: int) -> list[Text]:
    words = f"Figures as known on {day_words(shelf.day)}"
    lines = [Text(words, style="bold")]
    if shelf.around and shelf.window:
        last = min(shelf.window[1], shelf.as_of or shelf.window[1])
        low, high = day_words(shelf.window[0]), day_words(last)
        title = f"Around {shelf.around.link_day} {shelf.around.title}"
        lines += [Text(cut(title, width)), Text(f"published {low} to {high}", style="dim")]
    return lines


def _title(book: Book, shelf: Shelf, width: int, *, whole: bool) -> list[Text]:
    lines = [Text(line, style="bold") for line in wrap(book.series.title, width)]
    lines.append(Text(cut(f"{book.series.id} · {book.series.unit}", width), style="dim"))
    if whole:
        lines += [Text(line, style="dim") for line in wrap(scope(book, shelf), width)]
    return lines


def scope(book: Book, shelf: Shelf) -> str:
    """What a series counts; marked where it names a day later than the one asked for."""
    words = book.series.scope
    later = shelf.hindsight and shelf.as_of and hindsight.knows_later(words, shelf.as_of)
    return hindsight.marked(words) if later else words


def spark(rows: Sequence[Observation]) -> str:
    """One bar a measured period of one house; '' where there are fewer than two."""
    if len(rows) < 2:
        return ""
    values = [one.value for one in rows]
    low, high = min(0.0, *values), max(values)
    return "".join(BARS[round((v - low) / ((high - low) or 1) * (len(BARS) - 1))] for v in values)


def _glance(book: Book, shelf: Shelf, width: int, *, ascii: bool) -> list[Text]:  # noqa: A002
    """The latest figure of one variant, with house, period, age, trend and flags, in two lines."""
    shown = book.latest or book.ahead
    if shown is None:
        return []
    trend = "" if ascii else spark(book.line)
    flags = sum(one.flag is not None for one in book.rows)
    first = Text.assemble(
        ("  ", ""), (observed(shown, book.series.unit), "bold"),
        "  ".join(["", *filter(None, (_kind(shown), house_of(shown)))]),
        f", {_period(shown)}", ("  " + trend, "blue"),
    )  # fmt: skip
    notes = [
        *([book.variant] if book.variant else []),
        f"published {_published(shown)}",
        _age(shown, shelf.day),
        *([f"{flags} flagged"] if flags else []),
    ]
    return [
        *_fit(first, width),
        *(Text(f"    {line}", style="dim") for line in wrap(" · ".join(notes), width - 4)),
    ]


def _fit(line: Text, width: int) -> list[Text]:
    if line.cell_len <= width:
        return [line]
    return [Text(f"  {part}") for part in wrap(line.plain.strip(), width - 2)]


def _age(one: Observation, day: date) -> str:
    ended = (day - one.period_end).days
    since = f"period ended {ended} days ago" if ended >= 0 else f"period runs {-ended} days more"
    if one.published_precision == "approx":
        return since  # rule 17: no number of days is counted from such a date
    return f"{since}, out {(day - one.published).days} days"


def _period(one: Observation) -> str:
    return period(one.period_start, one.period_end)


def _published(one: Observation) -> str:
    return ("~" if one.published_precision == "approx" else "") + day_words(one.published)


def _kind(one: Observation) -> str:
    nature = nature_of(one)
    marks: list[str] = [nature] if is_hollow(nature) else []
    marks += ["derived"] if one.derived else []
    marks += [one.flag] if one.flag else []
    marks += ["accepted"] if one.accepted else []
    return f"({', '.join(marks)})" if marks else ""


# ---- one series whole -----------------------------------------------------------------------


def _whole(books: Sequence[Book], shelf: Shelf, width: int, *, ascii: bool) -> list[Text]:  # noqa: A002
    marked, rest = chart.marked_events(shelf, books)
    days = chart.axis(shelf, books)
    gutter = chart.gutter_of(books, days)
    lines: list[Text] = []
    for book in books:
        lines += [Text(), Text(f"[{book.variant}]", style="bold")] if book.variant else [Text()]
        lines += chart.chart(book, marked, width=width, window=days, gutter=gutter,
                             ascii=ascii)  # fmt: skip
        lines += _vintages(book, shelf, width)
        lines += _forecasts(book, shelf, width)
        lines += _repeats(book, shelf, width)
    lines += _said(books, shelf, width)
    told = chart.unmarked(books[0].series.id, rest)
    more = [Text(line, style="dim") for line in wrap(told, width)] if told else []
    told_of = chart.legend(marked, books, width, ascii=ascii, around=shelf.around)
    return [*lines, Text(), *told_of, *more]


def in_window(rows: Iterable[Observation], shelf: Shelf) -> list[Observation]:
    """The figures published in the days that the page is about."""
    days = shelf.window
    return [one for one in rows if not days or days[0] <= one.published <= days[1]]


def _vintages(book: Book, shelf: Shelf, width: int) -> list[Text]:
    """Every period with its vintages below each other; outcomes before forecasts."""
    lines: list[Text] = []
    for period_rows in book.periods:
        rows = in_window(period_rows, shelf)
        lines += [Text(_period(one), style="underline") for one in rows[:1]]
        for one in sorted(rows, key=lambda o: (not is_measured(o), o.published, o.number)):
            lines += _row(one, book, width)
    return lines + [Text(line, style="dim") for line in wrap(left_out(book, shelf), width) if line]


def left_out(book: Book, shelf: Shelf) -> str:
    """How many figures of a book were published on other days; '' where none was."""
    number = len(book.rows) - len(in_window(book.rows, shelf))
    figures = "1 figure" if number == 1 else f"{number} figures"
    return f"{figures} published before or after: --window shows more" if number else ""


def _row(one: Observation, book: Book, width: int) -> list[Text]:
    words = f"{observed(one, book.series.unit)} {_kind(one)}".strip()
    tail = [f"{house_of(one)}, {_published(one)}"]
    before = revises(one, book.rows)
    if before:
        tail.append(f"revises {observed(before, book.series.unit)} of {_published(before)}")
    if _via(one):
        tail.append(f"via {one.via}")
    if one.accepted:
        tail.append(f"accepted {one.accepted}")
    others = len(conflicts(one, book.rows))
    if others:
        tail.append(f"{others} other {'figure' if others == 1 else 'figures'} for the period")
    text = wrap(f"{words}  {' · '.join(tail)}", width - 4)
    style = "magenta" if is_hollow(nature_of(one)) else ""
    return [
        Text(("  " if number == 0 else "    ") + line, style=style)
        for number, line in enumerate(text)
    ]


def _via(one: Observation) -> bool:
    return bool(one.via) and one.via not in one.publisher


def _forecasts(book: Book, shelf: Shelf, width: int) -> list[Text]:
    """How forecasts did, where a measured figure came; else that none was found."""
    outcomes = [one for one in book.outcomes if in_window([one.forecast], shelf)]
    lines = [Text("how forecasts and claims did", style="italic")] if outcomes else []
    for outcome in outcomes:
        lines += [Text(f"  {line}") for line in wrap(_did(outcome, book, shelf.day), width - 2)]
    return lines


def _did(outcome: Outcome, book: Book, day: date) -> str:
    one, unit = outcome.forecast, book.series.unit
    said = f"{_period(one)}: {house_of(one)} said {observed(one, unit)} ({_published(one)})"
    if not outcome.came:
        still = one.period_end >= day
        return f"{said}; {'the period is not over' if still else 'no outcome found'}"
    came = (
        f"{house_of(o)} {observed(o, unit)} ({_published(o)}{_own(one, o)}): {compare(one, o)}"
        for o in outcome.came
    )
    return f"{said}; came {'; '.join(came)}"


def _own(forecast: Observation, outcome: Observation) -> str:
    """Marks an outcome by which a house judges itself."""
    return ", the same house" if house_of(forecast) == house_of(outcome) else ""


def _said(books: Sequence[Book], shelf: Shelf, width: int) -> list[Text]:
    """Figures of stored texts beside this series: claims, never observations."""
    series = {books[0].series.id: books[0].series}
    days = shelf.window or (date.min, date.max)
    mine = [one for one in shelf.said
            if books[0].series.id in one.series and days[0] <= one.known <= days[1]]  # fmt: skip
    if not mine:
        return []
    from tracker.view import article  # with the rules for texts

    lines = [Text(), Text("said in stored texts, not measured", style="italic")]
    for one in mine:
        words = f"{one.known} {one.publisher or one.item_id}: {article.brief(one.beside, series)}"
        lines += [Text(f"  {line}") for line in wrap(words, width - 2)]
    return lines


def _repeats(book: Book, shelf: Shelf, width: int) -> list[Text]:
    repeats = in_window(book.repeats, shelf)
    if not repeats:
        return []
    words = ", ".join(_again(one, book.series.unit) for one in repeats)
    return [Text(line, style="dim") for line in wrap(f"printed again: {words}", width)]


def _again(one: Observation, unit: str) -> str:
    return f"{observed(one, unit)} for {_period(one)} ({house_of(one)}, {_published(one)})"


def titles(books: Iterable[Book]) -> tuple[str, ...]:
    """The titles of the series on a shelf, once each."""
    return tuple(dict.fromkeys(book.series.title for book in books))
