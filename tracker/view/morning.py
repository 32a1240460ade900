"""``tracker`` alone: what happened lately, what came due, what comes, what could not be seen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from rich.console import RenderableType
from rich.text import Text

from tracker.core.clean import clean_line
from tracker.core.timeline import DueDate, Morning
from tracker.view import page as page_view
from tracker.view import piped
from tracker.view import timeline as rows
from tracker.view.glyphs import STYLES, Signs, day_words
from tracker.view.lines import Lines, wrap
from tracker.view.news import lines

_FAILING: Final = 5  # feeds named before the rest is only counted
_COMING: Final = 12
_MORE: Final = (
    "tracker timeline          every event      tracker event ID    one event whole",
    "tracker status            what is in force tracker ahead       all coming dates",
)


def render(morning: Morning, *, width: int, ascii: bool = False) -> RenderableType:  # noqa: A002
    """The morning view for a terminal ``width`` cells wide."""
    return Lines(list(_lines(morning, max(20, width), Signs(ascii))))


def plain(morning: Morning) -> str:
    """The same facts for a pipe: the rows of ``timeline --format plain``, then the dates due."""
    parts = [" · ".join(page_view.state(morning.timeline)) + "\n", piped.plain(morning.timeline)]
    for label, dates in (("passed", morning.passed), ("coming", morning.coming)):
        parts += ["\t".join(_cells(one, label)) + "\n" for one in dates]
    parts += [f"failing\t{feed.id}\t{clean_line(feed.error)}\n" for feed in morning.failing]
    return "".join(parts)


def _lines(morning: Morning, width: int, signs: Signs) -> Iterator[Text]:
    page = page_view.Page(
        min(width, rows.WIDE), signs, "month", True, (), rows.ids_of(morning.timeline)
    )
    yield from page_view.head(morning.timeline, page)
    yield from _failing(morning, page)
    yield from _due("Passed, outcome unknown", morning.passed, page, "yellow")
    for title, group in rows.grouped(morning.timeline.rows, "month"):
        yield Text("")
        yield Text(title, style=STYLES["month"])
        yield from rows.section(group, page)
    if not morning.timeline.rows:
        yield Text("")
        yield from _wrapped(f"No events since {day_words(morning.first)}.", page)
    yield from _due("Coming", morning.coming[:_COMING], page, "")
    left = len(morning.coming) - _COMING
    if left > 0:
        yield from _wrapped(f"and {left} more: tracker ahead", page, "dim")
    yield from page_view.foot(morning.timeline, page)
    yield Text("")
    for line in _MORE if page.width >= 80 else ("tracker timeline · event ID · status · ahead",):
        yield from _wrapped(line, page, "dim")


def _failing(morning: Morning, page: page_view.Page) -> Iterator[Text]:
    if not morning.failing:
        return
    names = [clean_line(feed.title or feed.id) for feed in morning.failing[:_FAILING]]
    more = len(morning.failing) - len(names)
    words = f"! {len(morning.failing)} of {morning.feeds} feeds failing: {', '.join(names)}"
    words += f" and {more} more" if more > 0 else ""
    yield from _wrapped(f"{words} · tracker feeds health", page, "yellow")


def _due(title: str, dates: Sequence[DueDate], page: page_view.Page, style: str) -> Iterator[Text]:
    if not dates:
        return
    yield Text("")
    yield Text(title, style=f"bold {style}".strip())
    for one in dates:
        day = f"{day_words(one.day):>11}"
        words = f"{one.what.replace('_', ' ')}: {clean_line(one.title)}"
        words += f" · {_id(one)}" if _id(one) else ""
        for n, row in enumerate(wrap(page.signs.text(words), page.width - 13)):
            yield Text.assemble((day if n == 0 else " " * 11, style or "dim"), "  ", row)
        for row in lines(one.news, page.width - 13):
            yield Text.assemble(" " * 13, (page.signs.text(row), "cyan"))


def _cells(one: DueDate, label: str) -> Iterator[str]:
    """Day, label, what, where it stands, title; the ids of what may change it, where any does."""
    yield from (one.day.isoformat(), label, one.what, _id(one) or "-", clean_line(one.title))
    if one.news:
        yield " ".join(news.id for news in one.news)


def _id(one: DueDate) -> str:
    return one.measure or (f"#{one.event_id}" if one.event_id else "")


def _wrapped(words: str, page: page_view.Page, style: str = "") -> Iterator[Text]:
    fits = len(words) <= page.width  # our own aligned columns are kept where they fit
    for row in [page.signs.text(words)] if fits else wrap(page.signs.text(words), page.width):
        yield Text(row, style=style)
