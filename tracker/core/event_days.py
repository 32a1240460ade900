"""The days of an event: possible, known, link day, and whether a past day knew it.

Source of the rules: ``docs/figures.md``, "The days of an event".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from tracker.dates import PartialDate, first_of, last_of, shifted
from tracker.model import Event, RecordEvent, Source
from tracker.nouns import dataclass

FORERUNNER = timedelta(days=1)
"""A page older than the first possible day less this reports something that came before."""

LATE_PAGE = 14
"""A page later than the last possible day plus this says nothing about when the act was known."""


@dataclass(frozen=True, slots=True)
class Days:
    """The possible days of an act.

    ``first`` is the first possible day, ``begun`` the last on which it can have begun, ``last``
    the last possible day.
    """

    first: date
    begun: date
    last: date


def days_of(day: date, precision: str, end_date: date | None) -> Days:
    """First and last possible day of an act, and the last on which it can have begun.

    >>> month = days_of(date(2025, 4, 1), "month", None)
    >>> f"{month.first} {month.begun} {month.last}"
    '2025-04-01 2025-04-30 2025-04-30'
    >>> talks = days_of(date(2025, 5, 10), "day", date(2025, 5, 12))
    >>> f"{talks.first} {talks.begun} {talks.last}"
    '2025-05-10 2025-05-10 2025-05-12'
    """
    begun = last_of(day, precision)
    return Days(first_of(day, precision), begun, last_of(end_date or day, precision))


def days_of_event(event: RecordEvent | Event) -> Days:
    """The possible days of a curated or computed event.

    >>> days_of_event(_example()).last
    datetime.date(2025, 4, 9)
    """
    return days_of(event.date, event.precision, event.end_date)


def known_of(event: RecordEvent) -> date | None:
    """The day on which the act became known; None where no page of the time shows it.

    The person's own ``known``; else ``dates["announced"]`` unless it announces an intention
    (earlier than the day before the act); else the earliest full-day source that is neither a
    forerunner nor more than ``LATE_PAGE`` days late.

    >>> known_of(_example())
    datetime.date(2025, 4, 15)
    """
    if event.known:
        return event.known
    days = days_of_event(event)
    earliest = _earliest(days)
    announced = [day for day in event.dates.get("announced", ()) if day >= earliest]
    if announced:
        return min(announced)
    published = [source.published for source in event.sources if source.published]
    first = min((day for day in published if day >= earliest), default=None)
    return first if first and first <= shifted(days.last, LATE_PAGE) else None


def met_on(event: RecordEvent) -> tuple[date, ...]:
    """Days beside its own on which reports tell of a curated act: it became known, took effect.

    >>> [day.isoformat() for day in met_on(_example())]
    ['2025-04-15']
    """
    known = known_of(event)
    return tuple(sorted({*((known,) if known else ()), *event.dates.get("effective", ())}))


def link_day(event: RecordEvent | Event) -> date:
    """The day that publications are compared with: known, or the last possible day.

    A computed event brings its own; a curated one is asked.

    >>> link_day(_example())
    datetime.date(2025, 4, 15)
    """
    if isinstance(event, Event):
        return event.link_day
    return known_of(event) or days_of_event(event).last


def source_day(source: Source) -> date | None:
    """The day from which a source is a witness; None where it carries no date at all.

    A source known to the month or year counts from the last day of that month or year.

    >>> source_day(_source(published_approx="2025-05"))
    datetime.date(2025, 5, 31)
    """
    if source.published:
        return source.published
    if not source.published_approx:
        return None
    try:
        return PartialDate.parse(source.published_approx).last
    except ValueError:
        return None


def sources_known(sources: Iterable[Source], as_of: date | None) -> tuple[Source, ...]:
    """The sources that a reader could have had by the end of ``as_of`` (None: all of them).

    >>> may = _source(published_approx="2025-05")
    >>> len(sources_known([may], date(2025, 5, 30))), len(sources_known([may], date(2025, 5, 31)))
    (0, 1)
    """
    if as_of is None:
        return tuple(sources)
    return tuple(source for source in sources if (source_day(source) or as_of) <= as_of)


def takes_part(event: RecordEvent | Event, as_of: date | None) -> bool:
    """Whether the act was known by the end of ``as_of``: its link day, and a witness, had come.

    Forerunners are no witnesses; an event without any dated source is there from its link day.

    >>> takes_part(_example(), date(2025, 4, 14)), takes_part(_example(), date(2025, 4, 15))
    (False, True)
    """
    return as_of is None or known_from(event) <= as_of


def known_from(event: RecordEvent | Event) -> date:
    """The first as-of day for which ``takes_part`` holds.

    An event of the news has the day of a report as its own: also of one that came before the act.

    >>> known_from(_example())
    datetime.date(2025, 4, 15)
    """
    day = link_day(event)
    if isinstance(event, Event) and event.origin == "news" and event.known:
        return event.known
    return max(day, _earliest_witness(event.sources, days_of_event(event)) or day)


def _earliest_witness(sources: Sequence[Source], days: Days) -> date | None:
    floor = _earliest(days)
    dated = (source_day(source) for source in sources)
    return min((day for day in dated if day and day >= floor), default=None)


def _earliest(days: Days) -> date:
    return shifted(days.first, -FORERUNNER.days)


def _source(published: date | None = None, published_approx: str | None = None) -> Source:
    return Source(
        url="https://example.org/a",
        publisher="Example",
        published=published,
        lang="en",
        official=False,
        title=None,
        published_approx=published_approx,
    )


def _example() -> RecordEvent:
    """An act of 9 April that the first page reports on 15 April; the doctests use it."""
    return RecordEvent(
        id="2025-04-09-example",
        date=date(2025, 4, 9),
        precision="day",
        kind="rule",
        instrument="is-informed-letter",
        binding=True,
        direction="tighten",
        status="confirmed",
        evidence="one-page",
        title="Example",
        summary="",
        jurisdiction=("US",),
        actors=(),
        items=("H20",),
        terms=(),
        sources=(_source(date(2025, 4, 15)),),
        series=(),
    )
