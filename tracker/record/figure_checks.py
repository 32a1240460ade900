"""Checks of series, observations and claims."""

from __future__ import annotations

from collections.abc import Iterator

from tracker.model import Observation
from tracker.record.lines import Page, Problem
from tracker.record.pages import Read


def cited_exist(read: Read) -> Iterator[Problem]:
    """Series that events, observations and claims cite, and events that claims cite, exist."""
    series = {row.id for row in read.record.series}
    events = {event.id for event in read.record.events} | set(read.pages.events)
    for what, name, page, at in _cited(read):
        if name not in (series if what == "series" else events):
            yield page.problem("cited-exist", f"there is no {what} {name!r}.", at=at,
                               hint="write its id as it stands in its own file")  # fmt: skip


def _cited(read: Read) -> Iterator[tuple[str, str, Page, tuple[str, int, str]]]:
    """(what, id, page, place) of everything that names a series or an event."""
    for event, page in read.events():
        yield from (("series", name, page, ("", 0, "series")) for name in event.series)
    for row, n, page in read.observations():
        yield "series", row.series, page, ("observation", n, "series")
    for claim, n, page in read.claims():
        if claim.series:
            yield "series", claim.series, page, ("claim", n, "series")
        if claim.event_id:
            yield "event", claim.event_id, page, ("claim", n, "event_id")
    for measure, page in read.measures():
        for n, state in enumerate(measure.states):
            if state.event_id:
                yield "event", state.event_id, page, ("states", n, "event_id")


def periods(read: Read) -> Iterator[Problem]:
    """Periods end after they begin, ranges hold their value, a percentage is one."""
    units = {row.id: row.unit for row in read.record.series}
    for row, n, page in read.observations():
        if row.period_end < row.period_start:
            what = f"period_end {row.period_end} lies before period_start {row.period_start}."
            yield page.problem("periods", what, hint="swap the two",
                               at=("observation", n, "period_end"))  # fmt: skip
        if not _range_holds(row):
            what = "value must lie between value_low and value_high, both given."
            yield page.problem("periods", what, hint="the value of a range is its middle",
                               at=("observation", n, "value"))  # fmt: skip
        if units.get(row.series) == "percent" and not 0 <= row.value <= 100:
            yield page.problem("periods", f"{row.value} is no percentage.", hint="value = 34.6",
                               at=("observation", n, "value"))  # fmt: skip


def _range_holds(row: Observation) -> bool:
    low, high = row.value_low, row.value_high
    if low is None or high is None:
        return low is high
    return low <= row.value <= high


def forecast_labels(read: Read) -> Iterator[Problem]:
    """A measured figure is of a closed period, a forecast of an open one, on its publication.

    A period is closed on its last day. Claims and targets stay what they are.
    """
    for row, n, page in read.observations():
        at = ("observation", n, "nature")
        is_open = row.period_end > row.published
        if is_open and row.nature in ("actual", "estimate"):
            what = f"{row.nature} of a period that ended {row.period_end}, published before."
            yield page.problem("forecast-labels", what, hint='nature = "forecast"', at=at)
        if not is_open and row.nature == "forecast":
            what = f"a forecast published {row.published}, after its period."
            yield page.problem("forecast-labels", what, hint='nature = "estimate"', at=at)


def duplicates(read: Read) -> Iterator[Problem]:
    """No figure of one series stands twice with the same page, period, value and day."""
    seen: dict[tuple[object, ...], int] = {}
    for row, n, page in read.observations():
        key = (row.series, row.variant, row.period_start, row.period_end, row.value,
               row.qualifier, row.published, row.publisher, row.via, row.url)  # fmt: skip
        if key in seen:
            other = page.line("observation", seen[key])
            yield page.problem("duplicate-figures", f"the figure of line {other} again.",
                               hint="keep one", at=("observation", n, "series"))  # fmt: skip
        seen.setdefault(key, n)
