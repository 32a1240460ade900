"""Which page speaks best for an act: its official page, else the text, else a page of its days."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from tracker.core.event_days import FORERUNNER, days_of_event, source_day
from tracker.dates import shifted
from tracker.model import Event, RecordEvent, Source

SOON: Final = timedelta(days=7)
LATE: Final = timedelta(days=120)
"""A page of months later speaks of what became of an act, not of the act."""


def best_first(event: RecordEvent | Event) -> list[Source]:
    """The pages of an event, the best witness first; the record's own order among equals.

    Pages that were not opened come last, before them those that only bear on the act, before these
    what came before it (a proposal, a consultation). Of the others an official page goes first,
    then a copy of the official text, then one that has the act's number, then, of news, the report
    whose words head it: it tells the day that the event has now; then a page of those days.

    >>> from tracker.core.build import build
    >>> from tracker.core.examples import mention
    >>> [page.url for page in best_first(build([mention()]))]
    ['https://example.org/a']
    """
    days = days_of_event(event)
    early, soon, late = (
        shifted(day, by.days)
        for day, by in ((days.first, -FORERUNNER), (days.last, SOON), (days.last, LATE))
    )

    def weight(source: Source) -> tuple[int, ...]:
        day = source_day(source)
        return (
            not source.opened, source.about, day is not None and day < early,
            not source.official, not source.official_text, day is not None and day > late,
            source.ref is None, not _heads(source, event), day is None or day > soon,
        )  # fmt: skip

    return sorted(event.sources, key=weight)


def _heads(source: Source, event: RecordEvent | Event) -> bool:
    """Whether a report gave an event of the news its title."""
    return (
        isinstance(event, Event) and event.origin == "news" and event.title in (source.title or "")
    )


def opened(event: RecordEvent | Event) -> list[Source]:
    """The pages that were read, the best witness first.

    >>> from tracker.core.build import build
    >>> from tracker.core.examples import mention
    >>> len(opened(build([mention()])))
    1
    """
    return [page for page in best_first(event) if page.opened]
