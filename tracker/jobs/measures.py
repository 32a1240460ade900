"""The measures of the record as answers show them: resting on no act that people hid."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Final

from tracker.jobs.house import House
from tracker.model import RECORD, Measure

HIDDEN: Final = "the act that this rests on is hidden by a decision"


def shown(house: House, measures: Iterable[Measure]) -> tuple[Measure, ...]:
    """The measures, of whose states none rests on an act that people hid.

    The state stands: without it the one before it would seem to last. It says what happened to its
    act, cites none of its pages and repeats none of its words.
    """
    hidden = {node.removeprefix(RECORD) for node in house.decided.hidden}
    return tuple(_shown(measure, hidden) for measure in measures)


def _shown(measure: Measure, hidden: Collection[str]) -> Measure:
    if not any(state.event_id in hidden for state in measure.states):
        return measure
    states = (
        replace(state, event_id=None, stage=None, note=HIDDEN)
        if state.event_id in hidden
        else state
        for state in measure.states
    )
    return replace(measure, states=tuple(states))
