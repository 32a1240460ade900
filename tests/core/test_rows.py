"""Events and publications in date order, the headline figure only where it changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tests.core.test_measures import news
from tests.view.sample import observation
from tracker.core.question import Question
from tracker.core.rows import arrange
from tracker.core.timeline import EventRow, FigureRow, Row
from tracker.model import Event, Observation, Series

SERIES = (Series("cn-local", "Local share", "percent", "", "CN", "", ""),)
FIRST = observation(published=date(2025, 3, 31))
LATER = observation(value=41, published=date(2026, 4, 1), number=1,
                    period_start=date(2025, 1, 1), period_end=date(2025, 12, 31))  # fmt: skip


def rows(
    events: list[Event], figures: tuple[Observation, ...] = (FIRST, LATER), **asked: object
) -> tuple[Row, ...]:
    question = replace(Question(), **asked)  # type: ignore[arg-type]  # names are those of Question
    return arrange([(one, ()) for one in events], figures, SERIES, "cn-local", question)


def carried(found: tuple[Row, ...]) -> list[float | None]:
    """The figures on the lines of events, None where a line carries none."""
    events = [row for row in found if isinstance(row, EventRow)]
    return [row.figure.value if row.figure else None for row in events]


def published(found: tuple[Row, ...]) -> list[float]:
    return [row.observation.value for row in found if isinstance(row, FigureRow)]


def test_a_figure_stands_on_the_first_line_after_it_and_again_where_it_changed() -> None:
    days = (date(2025, 3, 31), date(2025, 4, 1), date(2025, 5, 1), date(2026, 4, 2))
    found = rows([news(f"e{n}", day) for n, day in enumerate(days)])
    assert carried(found) == [None, 30, None, 41]


def test_a_publication_stands_before_the_events_of_its_day() -> None:
    (first, second) = rows([news("e", date(2025, 3, 31))], (FIRST,))
    assert isinstance(first, FigureRow)
    assert isinstance(second, EventRow)


def test_publications_stand_where_only_days_were_asked_for() -> None:
    event = news("e", date(2025, 4, 1))
    assert published(rows([event])) == [30, 41]
    assert published(rows([event], since=date(2026, 1, 1))) == [41]
    assert published(rows([event], until=date(2025, 12, 31))) == [30]
    assert published(rows([event], as_of=date(2026, 3, 31))) == [30]
    assert published(rows([event], kinds=("licence",))) == []
    assert published(rows([event], kinds=("licence",), series=("cn-local",))) == [30, 41]


def test_the_newest_events_bring_only_the_publications_since_the_first_of_them() -> None:
    assert published(rows([news("e", date(2026, 1, 1))], limit=1)) == [41]


def test_a_flagged_figure_stands_only_where_its_series_was_asked_for() -> None:
    flagged = (replace(FIRST, flag="unverified"),)
    event = news("e", date(2025, 4, 1))
    assert rows([event], flagged)[0] == EventRow(event, (), None)
    assert published(rows([event], flagged, series=("cn-local",))) == [30]


def test_a_figure_that_a_person_accepted_is_on_no_line() -> None:
    accepted = (replace(FIRST, accepted="mw, 2026-01-01"),)
    assert carried(rows([news("e", date(2025, 4, 1))], accepted)) == [None]
