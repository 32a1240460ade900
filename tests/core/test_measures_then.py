"""Measures as they could be known: an end that a later act brought is open before that act."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tracker.core.measures import standings
from tracker.core.measures_then import as_known, events_known, known_since
from tracker.core.state_words import state_words
from tracker.model import Measure, RecordEvent
from tracker.record.load import load

RECORD = load(Path(__file__).parents[2] / "db" / "record")
EVENTS: dict[str, RecordEvent] = {one.id: one for one in RECORD.events}
RULE = next(one for one in RECORD.measures if one.id == "affiliates-50pct-rule")


def then(day: date, measure: Measure = RULE) -> list[tuple[str, date | None]]:
    known = as_known(measure, EVENTS, day)
    return [(one.state, one.until) for one in known.states] if known else []


@pytest.mark.parametrize(
    ("day", "states"),
    [
        (date(2025, 9, 1), []),
        (date(2025, 10, 15), [("in_force", None)]),
        (date(2025, 11, 20), [("in_force", date(2025, 11, 9)), ("suspended", date(2026, 11, 9))]),
        (date(2026, 11, 24), [("in_force", date(2025, 11, 9)), ("suspended", date(2026, 11, 9)),
                              ("lapsed_unknown", None)]),
    ],
)  # fmt: skip
def test_a_state_is_known_from_its_act_and_its_end_from_the_next(
    day: date, states: list[tuple[str, date | None]]
) -> None:
    assert then(day) == states


def test_a_lapse_that_was_to_come_is_told_from_the_end_alone() -> None:
    known = as_known(RULE, EVENTS, date(2025, 11, 20))
    assert known
    (one,) = standings(known, date(2026, 12, 1))
    assert state_words(one) == "suspension lapsed on 2026-11-09, nothing known since"
    assert known.checked == date(2025, 11, 20)
    assert (known.states[1].note or "").startswith("Written later: ")


def test_after_everything_nothing_is_missing() -> None:
    last = date(2030, 1, 1)
    assert [as_known(one, EVENTS, last) for one in RECORD.measures] == list(RECORD.measures)
    assert events_known(EVENTS, last) == EVENTS


def test_nothing_is_known_before_the_first_act() -> None:
    for measure in RECORD.measures:
        first = known_since([measure], EVENTS)
        assert first
        assert as_known(measure, EVENTS, first)
        assert as_known(measure, EVENTS, date.fromordinal(first.toordinal() - 1)) is None


def test_an_end_of_its_own_stays_where_nothing_follows() -> None:
    alone = replace(RULE, states=RULE.states[1:2])
    assert then(date(2025, 11, 20), alone) == [("suspended", date(2026, 11, 9))]
