"""How the state of a measure is said: never more than its witnesses carry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from tracker.core import hindsight
from tracker.core.measures import Standing, StatusRow, chains
from tracker.model import Measure, MeasureState, RecordEvent

_HEARSAY: Final = frozenset({"reported", "disputed"})
"""What an event is that its actor has not confirmed; a proposal is one, and no hearsay."""

_DOUBTED: Final = frozenset({"rumoured", "contested", "proposed", "expired", "lapsed_unknown"})
"""States whose name says already that nothing is certain, or that rest on no act."""

_NO_LAW: Final = frozenset({"proposed", "rumoured"})
"""States of what was never more than somebody's text."""

_FIRST_STAGES: Final = ("introduced", "amendment filed", "House bill announced")
"""How the stage of a bill at its start begins; at any other it had been pending for a while."""


def of_row(row: StatusRow, standing: Standing) -> str:
    """The state of one chain of a row in words.

    After a lapse only what became known on its day or later counts as "since": a pause is
    prolonged on its last day as often as after it, and what is older tells of another time.
    """
    since = standing.lapsed
    later = [event for event in row.touching if since and event.link_day >= since]
    name = named(row.measure, standing.state)
    return state_words(standing, len(later), hearsay(standing, row.events), name)


def named(measure: Measure, state: MeasureState) -> str:
    """What a state is called: "rescinded" only where there was something to rescind.

    An amendment that was never voted into law is dropped, a draft never published withdrawn.

    >>> from tracker.core.measures import _example
    >>> [named(_example(), state) for state in _example().states]
    ['announced', 'suspended']
    """
    steps = chains(measure)[state.by, state.strand]
    before = {one.state for one in steps if one.since < state.since}
    if state.state == "rescinded" and before and before <= _NO_LAW:
        return "dropped" if state.stage else "withdrawn"
    return state.state.replace("_", " ")


def state_words(standing: Standing, later: int = 0, reported: bool = False, name: str = "") -> str:
    """The state as a person reads it; a lapse and a thing that never applied say so.

    ``later`` is how many events became known since a lapse and may tell what came after it, which
    nobody has checked. ``reported``: nobody but the press says that it is so. ``name`` is
    what the state is called where its own word would say too much.

    >>> from tracker.core.measures import _example, standings
    >>> paused = standings(_example(), date(2025, 12, 1))[0]
    >>> state_words(paused), state_words(paused, reported=True)
    ('suspended, never in force', 'reported suspended, never in force')
    >>> state_words(standings(_example(), date(2026, 12, 1))[0])
    'suspension lapsed on 2026-11-10, nothing known since'
    >>> state_words(standings(_example(), date(2026, 12, 1))[0], 2)
    'suspension lapsed on 2026-11-10, 2 events since, not checked'
    """
    if standing.lapsed:
        after = "nothing known since"
        if later:
            after = f"{later} {'event' if later == 1 else 'events'} since, not checked"
        return f"{standing.ended} lapsed on {standing.lapsed}, {after}"
    words = name or standing.state.state.replace("_", " ")
    if reported:
        words = f"reported {words}"
    if first_seen(standing.run):
        words += ", first seen in the record"
    if standing.never:
        words += ", never in force"
    return f"{words}, by its text" if standing.by_text else words


def first_seen(run: Sequence[MeasureState]) -> bool:
    """Whether a bill was pending before the first of its steps: the record met it under way.

    >>> from tracker.core.measures import _example, standings
    >>> first_seen(standings(_example(), _example().checked)[0].run)
    False
    """
    stage = run[0].stage if run and run[0].state == "proposed" else None
    return bool(stage) and not str(stage).startswith(_FIRST_STAGES)


def seen_next(row: StatusRow, standing: Standing) -> date | None:
    """The day on which the record met the next bill, where one follows that had a day before."""
    after = [
        s for s in chains(row.measure)[standing.by, standing.strand] if s.since > _last(standing)
    ]
    return after[0].since if first_seen(after[:1]) else None


def _last(standing: Standing) -> date:
    return standing.ends or date.max


def hearsay(standing: Standing, events: Mapping[str, RecordEvent]) -> bool:
    """Whether a chain is in its state by reports alone: no step of it was confirmed.

    >>> from tracker.core.measures import _example, standings
    >>> hearsay(standings(_example(), _example().checked)[0], {})
    False
    """
    return all(unconfirmed(state, events) for state in standing.run)


def unconfirmed(state: MeasureState, events: Mapping[str, RecordEvent]) -> bool:
    """Whether a step rests on an act that its actor has not confirmed, and its name hides that.

    >>> from tracker.core.measures import _example
    >>> unconfirmed(_example().states[0], {})
    False
    """
    event = events.get(state.event_id or "")
    return event is not None and event.status in _HEARSAY and state.state not in _DOUBTED


def told_on(remark: str, row: StatusRow, state: MeasureState, day: date) -> str:
    """A remark as it may stand under a past day: marked where it names a later one.

    Days that the act itself announced were known: when it runs out, when a rate changes.
    """
    event = row.events.get(state.event_id or "")
    coming = [one for days in (event.dates.values() if event else ()) for one in days]
    later = hindsight.knows_later(remark, day, coming)
    return hindsight.marked(remark) if later else remark


def event_status(row: StatusRow, state: MeasureState) -> str | None:
    """How far the act on which a state rests is confirmed."""
    event = row.events.get(state.event_id or "")
    return event.status if event else None
