"""Spans in which feeds could not be read, in words."""

from __future__ import annotations

from datetime import date, timedelta

from tracker.core.blindness import MOST_LINES, Outage, spans

LOW, HIGH = date(2025, 7, 1), date(2025, 7, 31)


def day(number: int) -> date:
    return date(2025, 7, number)


def test_nothing_was_blind() -> None:
    assert spans([], LOW, HIGH, 9) == ()
    assert spans([("a", date(2025, 6, 1), date(2025, 6, 30))], LOW, HIGH, 9) == ()


def test_an_outage_is_cut_to_the_answer() -> None:
    assert spans([("a", date(2025, 6, 1), date(2025, 9, 1))], LOW, HIGH, 9) == (
        "1-31 Jul 2025: 1 of 9 feeds blind (a)",
    )


def test_what_lasts_is_said_only_where_every_feed_of_the_run_is_still_blind() -> None:
    assert spans([("a", day(30), None)], LOW, HIGH, 9) == (
        "from 30 Jul 2025 on: 1 of 9 feeds blind (a)",
    )
    assert spans([("a", day(30), None), ("b", day(30), HIGH)], LOW, HIGH, 9) == (
        "30-31 Jul 2025: 2 of 9 feeds blind (a, b)",
    )


def test_a_clock_that_was_never_set_knows_no_beginning() -> None:
    assert spans([("a", date(1970, 1, 1), None)], LOW, HIGH, 9) == ()


def test_more_feeds_than_are_named_are_counted() -> None:
    blind: list[Outage] = [(name, day(3), day(3)) for name in "dcba"]
    assert spans(blind, LOW, HIGH, 2) == ("3 Jul 2025: 4 of 4 feeds blind (a, b, c ...)",)


def test_many_spans_are_joined_then_only_the_newest_stand() -> None:
    touching: list[Outage] = [(f"f{n}", day(n), day(n)) for n in range(1, 7)]
    assert spans(touching, LOW, HIGH, 9) == (
        "1-6 Jul 2025: up to 1 of 9 feeds blind (f1, f2, f3 ...)",
    )
    apart: list[Outage] = [("a", day(n), day(n)) for n in range(1, 20, 3)]
    lines = spans(apart, LOW, HIGH, 9)
    assert len(lines) == MOST_LINES + 1
    assert lines[0] == "1-7 Jul 2025: 3 earlier spans with blind feeds"
    assert lines[-1] == "19 Jul 2025: 1 of 9 feeds blind (a)"


def test_an_outage_of_decades_costs_ten_years() -> None:
    start = date(2001, 1, 1)
    (line,) = spans([("a", start, None)], start, date(2025, 7, 31), 1)
    end = start + timedelta(days=3659)
    assert line == f"1 Jan 2001 - {end.day} {end:%b %Y}: 1 of 1 feed blind (a)"
