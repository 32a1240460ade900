"""Figures with a memory: what a printing revises, how forecasts did."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.view.sample import SERIES, observation
from tracker.core.vintages import books, compare, revises
from tracker.model import Observation

FIRST = observation(published=date(2025, 3, 31), number=0)
AGAIN = replace(FIRST, value=32, published=date(2025, 6, 30), number=1)


def test_a_later_printing_of_the_same_house_and_period_revises() -> None:
    assert revises(AGAIN, [FIRST, AGAIN]) == FIRST
    assert revises(FIRST, [FIRST, AGAIN]) is None


@pytest.mark.parametrize(
    "other",
    [
        replace(FIRST, publisher="Bernstein"),
        replace(FIRST, period_end=date(2024, 6, 30)),
        replace(FIRST, published=AGAIN.published),
        replace(FIRST, flag="unverified"),
        replace(FIRST, derived=True),
        replace(FIRST, nature="claim"),
    ],
)
def test_nothing_else_is_revised(other: Observation) -> None:
    assert revises(AGAIN, [other, AGAIN]) is None


@pytest.mark.parametrize(
    ("qualifier", "value", "outcome", "word"),
    [
        ("=", 40, 40, "met"), ("=", 40, 41, "below"), ("=", 40, 39, "above"),
        (">", 40, 90, "met"), (">", 40, 39, "above"), ("<=", 40, 1, "met"), ("<=", 40, 41, "below"),
    ],
)  # fmt: skip
def test_a_forecast_beside_its_outcome(
    qualifier: str, value: float, outcome: float, word: str
) -> None:
    ahead = observation(qualifier=qualifier, value=value)
    assert compare(ahead, observation(value=outcome, qualifier="=")) == word


@pytest.mark.parametrize(
    ("said", "came", "word"),
    [
        (">", "=", "above"), (">", "~", "not decided"), (">", ">", "met"), (">", "<=", "above"),
        (">", ">=", "not decided"), (">=", "=", "met"), (">=", "~", "not decided"),
        (">=", "<", "above"), ("<", "=", "below"), ("<", "~", "not decided"), ("<=", "<", "met"),
        ("<=", ">=", "not decided"), ("<=", ">", "below"),
    ],
)  # fmt: skip
def test_a_bound_beside_an_outcome_of_its_own_number(said: str, came: str, word: str) -> None:
    """Of "more than a million" a million is short, and "about a million" shows nothing."""
    ahead = observation(qualifier=said, value=1_000_000)
    assert compare(ahead, observation(value=1_000_000, qualifier=came)) == word


def test_a_range_is_met_inside_it() -> None:
    ahead = observation(value=45, value_low=40, value_high=50)
    assert [compare(ahead, observation(value=v)) for v in (39, 40, 50, 51)] == [
        "above", "met", "met", "below",
    ]  # fmt: skip


def test_only_what_was_said_before_its_period_ended_has_an_outcome() -> None:
    end = date(2025, 12, 31)
    ahead = observation(nature="forecast", period_end=end, number=0)
    late = observation(nature="claim", published=date(2026, 2, 1), period_end=end, number=1)
    came = observation(value=33, published=date(2026, 3, 1), period_end=end, number=2)
    (book,) = books([ahead, late, came], [SERIES])
    assert [(one.forecast.number, [o.number for o in one.came]) for one in book.outcomes] == [
        (0, [2])
    ]
    assert book.latest == came
