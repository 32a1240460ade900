"""Two lanes on a wide terminal: Washington to the left, Beijing to the right, others in between."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import Final

from rich.text import Text

from tracker.core.timeline import EventRow, Row, Timeline
from tracker.view.glyphs import STYLES
from tracker.view.page import Page
from tracker.view.timeline import grouped, section

_LEFT: Final = "US"
_RIGHT: Final = "CN"
_GAP: Final = 3


def side_by_side(timeline: Timeline, page: Page) -> Iterator[Text]:
    """Each month with what the US did beside what China did; the rest below, over both lanes."""
    lane = replace(page, width=(page.width - _GAP) // 2)
    for title, rows in grouped(timeline.rows, page.by):
        left, right, rest = _dealt(rows)
        yield Text("")
        yield _beside(Text(title, STYLES["month"]), Text(), lane, page)
        for one, other in zip_longest(section(left, lane), section(right, lane)):
            yield _beside(one or Text(), other or Text(), lane, page)
        yield from section(rest, page)


def _dealt(rows: Sequence[Row]) -> tuple[list[Row], list[Row], list[Row]]:
    """By the capital that acted first; figures and other capitals belong to no lane."""
    lanes: dict[str, list[Row]] = {_LEFT: [], _RIGHT: [], "": []}
    for row in rows:
        acting = row.event.jurisdiction[:1] if isinstance(row, EventRow) else ()
        lanes[acting[0] if acting and acting[0] in lanes else ""].append(row)
    return lanes[_LEFT], lanes[_RIGHT], lanes[""]


def _beside(left: Text, right: Text, lane: Page, page: Page) -> Text:
    blank = " " * max(1, lane.width - left.cell_len + 1)
    bar = "|" if page.signs.ascii else "│"
    return Text.assemble(left, blank, (bar, "dim"), " ", right)
