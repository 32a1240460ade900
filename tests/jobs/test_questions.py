"""A question as SQL and the same question in the core give the same events."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.jobs.rooms import Room
from tracker.core.question import Question, answers
from tracker.store.derived import Derived
from tracker.store.questions import prefilter

QUESTIONS = (
    Question(),
    Question(since=date(2025, 5, 10), until=date(2025, 5, 12)),
    Question(since=date(2025, 5, 12)),
    Question(until=date(2022, 10, 7)),
    Question(kinds=("rule", "talks"), directions=("ease",)),
    Question(statuses=("proposed",)),
    Question(instruments=("is-informed-letter",)),
    Question(actors=("Nvidia",), items=("H20", "H200")),
    Question(jurisdictions=("CN",), official=True),
    Question(terms=("Entity List",), min_witnesses=2),
    Question(series=("cn-accel-domestic-units-share",)),
    Question(measures=("us-china-tariff-truce",)),
    Question(since=date(2025, 1, 1), until=date(2025, 6, 30), date_field="known"),
    Question(since=date(2026, 1, 1), date_field="effective", kinds=("rule",)),
    Question(origins=("news",)),
    Question(grep="gallium"),
)


@pytest.fixture(scope="module")
def derived(template: Path) -> Iterator[Derived]:
    """The events of the record; these tests only read."""
    room = Room(template.parent)
    yield Derived(room.house.reader())
    room.house.close()


@pytest.mark.parametrize("question", QUESTIONS)
def test_sql_lets_through_what_answers_and_where_exact_nothing_else(
    derived: Derived, question: Question
) -> None:
    wanted = [event.id for event in derived.events() if answers(event, question)]
    where, values, exact = prefilter(question)
    found = [event.id for event in derived.events(where, values)]
    assert [id_ for id_ in found if id_ in set(wanted)] == wanted
    assert not exact or found == wanted
    assert wanted or question.origins
