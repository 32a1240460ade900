"""Whose day *today* is, where a feed gives its moments in UTC."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tracker.core.home_day import home_day


@pytest.mark.parametrize(
    ("moment", "offset", "text", "publisher", "place", "day"),
    [
        ("2026-06-03T23:30", 0, "部委今日公告", "某报", "CN", 4),
        ("2026-06-03T17:30", 0, "部委昨天公告", "某报", "CN", 4),
        ("2026-06-03T10:30", 0, "部委今日公告", "某报", "CN", 3),
        # Another zone is the publisher's own, an unknown one says nothing, and midnight is a day.
        ("2026-06-03T23:30", 480, "部委今日公告", "某报", "CN", 3),
        ("2026-06-03T23:30", None, "部委今日公告", "某报", "CN", 3),
        ("2026-06-03T00:00", 0, "It was listed today.", "A paper", "US", 3),
        # Chinese text from elsewhere, a year, and a text without such a word.
        ("2026-06-03T23:30", 0, "部委今日公告", "德国之声", "CN", 3),
        ("2026-06-03T23:30", 0, "部委今年公告", "某报", "CN", 3),
        ("2026-06-03T23:30", 0, "部委周三公告", "某报", "CN", 3),
        ("2026-06-03T01:15", 0, "It was listed today.", "A paper", "US", 2),
        ("2026-06-03T01:15", 0, "It was listed today.", "A paper", "CN", 3),
        ("2026-06-03T15:15", 0, "It was listed today.", "A paper", "US", 3),
        ("2026-06-03T01:15", 0, "It was listed on Tuesday.", "A paper", "US", 3),
        ("2026-06-03T01:15", 480, "美东时间今日上午公布", "某报", "US", 2),
    ],
)  # fmt: skip
def test_the_day_of_a_word_of_the_day(
    moment: str, offset: int | None, text: str, publisher: str, place: str, day: int
) -> None:
    at = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    assert home_day(at.date(), at, offset, text, publisher, place).day == day
