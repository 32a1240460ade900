"""Days that events and measures name: what comes, and what passed without a known outcome."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Final

from tracker.core.timeline import DueDate
from tracker.model import Event, Measure

NAMED: Final = {
    "effective": "takes effect",
    "effective_planned": "planned to take effect",
    "effective_foreign_made": "takes effect for foreign-made items",
    "compliance": "compliance day",
    "comments_close": "comments close",
    "expires": "expires",
    "suspended_until": "suspended until",
    "rate_change": "rate changes",
}


def dates(events: Iterable[Event], measures: Iterable[Measure]) -> tuple[DueDate, ...]:
    """Every due date, in order of day; an end that event and measure both name stands once.

    A suspension that ends on a day ends with that day: it is due the day after.
    """
    found: dict[tuple[date, str, str], DueDate] = {}
    for one in (*_of_events(events), *_of_measures(measures)):
        found.setdefault((one.day, one.what, one.event_id or one.measure or ""), one)
    return tuple(sorted(found.values(), key=lambda one: (one.day, one.title, one.what)))


def _of_events(events: Iterable[Event]) -> Iterator[DueDate]:
    for event in events:
        for name, words in NAMED.items():
            for day in event.dates.get(name, ()):
                if day > event.date:
                    measure = event.measures[0] if event.measures else None
                    yield DueDate(day, words, event.title, event.id, measure)


def _of_measures(measures: Iterable[Measure]) -> Iterator[DueDate]:
    """Ends of states that nothing known follows."""
    for measure in measures:
        chains: dict[tuple[str, str], list[int]] = {}
        for n, state in enumerate(measure.states):
            chains.setdefault((state.by, state.strand), []).append(n)
        for numbers in chains.values():
            ordered = sorted((measure.states[n] for n in numbers), key=lambda s: s.since)
            last = ordered[-1]
            if last.state == "lapsed_unknown" and len(ordered) > 1:
                day = last.since - timedelta(days=1)
                what = f"{ordered[-2].state.replace('_', ' ')} ends, outcome unknown"
                yield DueDate(day, what, measure.title, ordered[-2].event_id, measure.id)
            elif last.until:
                what = f"{last.state.replace('_', ' ')} ends"
                yield DueDate(last.until, what, measure.title, last.event_id, measure.id)
