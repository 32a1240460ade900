"""The day of an event from what its reports name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tracker.core.examples import mention
from tracker.core.votes import day_of
from tracker.dates import Precision
from tracker.model import Kind, Mention

REPORT = date(2026, 1, 14)


def named(day: date, precision: Precision = "day", report: date = REPORT) -> Mention:
    return mention(date=day, report_day=report, precision=precision, keys=("dated",), kind="rule")


def unnamed(report: date) -> Mention:
    return mention(date=report, report_day=report, precision="day", keys=(), kind="rule")


def test_a_day_that_most_reports_name_stands_though_one_came_before_it() -> None:
    """A stray report of another act must not date the event that three reports name."""
    act = date(2026, 1, 12)
    stray = unnamed(act - timedelta(days=3))
    assert day_of([stray, named(act), named(act)])[0] == act


def test_one_report_of_a_later_day_does_not_outvote_what_came_before() -> None:
    act = date(2026, 1, 12)
    first = act - timedelta(days=3)
    assert day_of([unnamed(first), named(first), named(act)])[0] == first


def test_a_report_within_the_month_named_is_nearer_than_the_month() -> None:
    month = named(date(2025, 10, 1), "month", date(2025, 11, 3))
    told = [month, unnamed(date(2025, 10, 19)), unnamed(date(2025, 10, 17))]
    assert day_of(told) == (date(2025, 10, 17), None, "day")


def answer(day: date) -> Mention:
    keys = ("dated", "dated-weakly", "act:cn-protests")
    return mention(date=day, report_day=day, precision="day", keys=keys, kind="statement")


def test_the_day_of_an_answer_is_not_that_of_the_act() -> None:
    act = REPORT - timedelta(days=1)
    assert day_of([replace(unnamed(act), report_day=REPORT), answer(REPORT)])[0] == act
    assert day_of([answer(REPORT), answer(REPORT)])[0] == REPORT


def test_a_month_stands_where_no_report_of_it_is_there() -> None:
    month = named(date(2025, 10, 1), "month", date(2025, 11, 3))
    assert day_of([month, unnamed(date(2025, 11, 5))]) == (date(2025, 10, 1), None, "month")


def test_a_week_that_was_named_ahead_gives_way_to_the_days_of_the_trip() -> None:
    monday = date(2026, 1, 12)
    ahead = mention(date=monday, end_date=monday + timedelta(days=6), report_day=REPORT,
                    keys=("dated",), kind="trip")  # fmt: skip
    trip = mention(date=monday + timedelta(days=1), end_date=monday + timedelta(days=4),
                   report_day=REPORT, keys=("dated",), kind="trip")  # fmt: skip
    assert day_of([ahead, ahead, trip])[:2] == (trip.date, trip.end_date)


@pytest.mark.parametrize(("kind", "earlier", "later", "first"), [
    ("talks", 2, 3, True), ("talks", 1, 3, False), ("rule", 2, 3, False),
])  # fmt: skip
def test_of_the_days_of_a_round_of_talks_the_first_counts(
    kind: Kind, earlier: int, later: int, *, first: bool
) -> None:
    """Where hardly fewer reports name it; one report dates no round, and a rule has one day."""
    days = date(2026, 1, 12), date(2026, 1, 13)
    each = [*[days[0]] * earlier, *[days[1]] * later]
    told = [replace(named(day), kind=kind, item_id=f"a{n}") for n, day in enumerate(each)]
    assert day_of(told)[0] == days[0 if first else 1]


def test_talks_of_a_week_before_are_another_round() -> None:
    days = [date(2026, 1, 5)] * 2 + [date(2026, 1, 12)] * 3
    assert day_of([replace(named(day), kind="talks") for day in days])[0] == days[-1]


def test_a_month_that_one_of_many_names_is_that_of_something_before() -> None:
    """Who visited in late May is told by one report; the plan became known with the others."""
    before = named(date(2025, 11, 21), "month")
    reports = [unnamed(REPORT + timedelta(days=late)) for late in (0, 1, 1)]
    assert day_of([before, *reports])[0] == REPORT
    assert day_of([before, *reports[:2]])[0] == before.date


def test_no_report_of_a_crowd_is_compared_with_another(monkeypatch: pytest.MonkeyPatch) -> None:
    """Thousands of reports of one act are gone through once: their number is never squared."""

    def compared(one: Mention, other: object) -> bool:
        raise AssertionError(one)

    act = date(2026, 1, 12)
    reports = [named(act), named(act), unnamed(act), unnamed(act)]
    monkeypatch.setattr(Mention, "__eq__", compared)
    assert day_of(reports)[0] == act
