"""Whose day *today* is, where a feed gives its moments in UTC."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tracker.core.home_day import home_day, today_there
from tracker.model import Language


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


@pytest.mark.parametrize(
    ("moment", "offset", "language", "text", "publisher", "day"),
    [
        # An evening in Washington is the next morning in Taipei.
        ("2026-06-03T23:30", 0, "zh-Hant", "美國司法部今天起訴四人", "某報", 3),
        ("2026-06-04T01:30", 0, "zh-Hant", "美國司法部今天起訴四人", "某報", 3),
        ("2026-06-04T14:30", 480, "zh-Hans", "美国商务部今日列入四家", "某报", 4),
        ("2026-06-04T01:30", 480, "zh-Hans", "美国商务部今日列入四家", "某报", 3),
        # Where only the day is known, papers of Taiwan and Hong Kong print such words a day later.
        ("2026-06-04T00:00", 0, "zh-Hant", "美國司法部今天起訴四人", "某報", 3),
        ("2026-06-04T00:00", None, "zh-Hans", "美国商务部今天列入四家", "某报", None),
        ("2026-06-04T00:00", 0, "zh-Hant", "美國司法部今天起訴四人", "worldjournal.com", None),
        ("2026-06-04T00:00", 0, "zh-Hant", "美國司法部週三起訴四人", "某報", None),
        ("2026-06-04T01:30", 0, "en", "It was listed today.", "A paper", None),
    ],
)  # fmt: skip
def test_the_american_day_that_a_chinese_report_calls_today(
    moment: str, offset: int | None, language: Language, text: str, publisher: str, day: int | None
) -> None:
    at = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    report = at.date()
    found = today_there(report, at, offset, language, text, publisher)
    assert (found.day if found else None) == day
