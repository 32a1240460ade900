"""Measures as they could be known on a past day: no act of later, and no end that it brought."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date as Day
from itertools import pairwise

from tracker.core import hindsight
from tracker.core.event_days import known_from, sources_known
from tracker.core.measures import chains
from tracker.model import Measure, MeasureState, RecordEvent

Events = Mapping[str, RecordEvent]


def events_known(events: Events, day: Day) -> dict[str, RecordEvent]:
    """The record's acts that were known by ``day``, with the pages there were.

    >>> events_known({}, Day(2025, 11, 1))
    {}
    """
    return {
        name: replace(event, sources=sources_known(event.sources, day))
        for name, event in events.items()
        if known_from(event) <= day
    }


def known_since(measures: Iterable[Measure], events: Events) -> Day | None:
    """The first day on which a state of one of ``measures`` could be known.

    >>> from tracker.core.measures import _example
    >>> known_since([_example()], {})
    datetime.date(2025, 10, 9)
    """
    days = (_since(state, events) for one in measures for state in one.states)
    return min(days, default=None)


def as_known(measure: Measure, events: Events, day: Day) -> Measure | None:
    """A measure as of ``day``; None where nobody could know of it.

    A state is known from its act on. It ends on the day its own text gave, or on the one before the
    next state of its chain; an end of the second sort is open until the act of that state is known.
    That nothing is known after a lapse is known only when it has come. It was checked to no later
    day, and what its texts say of later ones is marked.

    >>> from tracker.core.measures import _example
    >>> [(s.state, s.until) for s in as_known(_example(), {}, Day(2025, 11, 1)).states]
    [('announced', None)]
    >>> as_known(_example(), {}, Day(2025, 10, 1))
    """
    after = {one: next_ for chain in chains(measure).values() for one, next_ in pairwise(chain)}
    states = tuple(
        _then(state, after.get(state), events, day)
        for state in measure.states
        if _known(state, events, day)
    )
    if not states:
        return None
    named = [one.until for one in states if one.until]
    return replace(
        measure,
        states=states,
        checked=min(measure.checked, day),
        summary=_told(measure.summary, day, named),
    )


def _known(state: MeasureState, events: Events, day: Day) -> bool:
    begun = state.since <= day or state.state != "lapsed_unknown"
    return begun and _since(state, events) <= day


def _since(state: MeasureState, events: Events) -> Day:
    event = events.get(state.event_id or "")
    return known_from(event) if event else state.since


def _then(
    state: MeasureState, follower: MeasureState | None, events: Events, day: Day
) -> MeasureState:
    ended = follower is None or _since(follower, events) <= day
    event = events.get(state.event_id or "")
    coming = [one for days in (event.dates.values() if event else ()) for one in days]
    note = _told(state.note, day, coming) if state.note else None
    return replace(state, until=state.until if ended else None, note=note)


def _told(text: str, day: Day, coming: Iterable[Day]) -> str:
    return hindsight.marked(text) if hindsight.knows_later(text, day, coming) else text
