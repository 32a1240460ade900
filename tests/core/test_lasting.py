"""The days of talks and journeys, told by one of them and their number."""

from __future__ import annotations

from datetime import date

import pytest

from tracker.core.dating import date_of
from tracker.core.text import fold
from tracker.core.when import find_phrases

FRIDAY = date(2026, 6, 12)


def days_of(summary: str, kind: str = "talks", title: str = "Talks in Oslo") -> tuple[str, str]:
    found = date_of(fold(title), fold(summary), FRIDAY, "NO", kind)
    return str(found.date), str(found.end)


@pytest.mark.parametrize(
    ("summary", "first", "last"),
    [
        ("Three days of talks on lasers ended on Thursday.", "2026-06-09", "2026-06-11"),
        ("The two-day talks wrapped up on Thursday.", "2026-06-10", "2026-06-11"),
        ("Two-day talks on lasers began on Wednesday.", "2026-06-10", "2026-06-11"),
        ("It opened on Monday and ended on Wednesday.", "2026-06-08", "2026-06-10"),
        ("The talks, which started on Tuesday, closed on Thursday.", "2026-06-09", "2026-06-11"),
        ("为期三天的磋商11日在奥斯陆结束。", "2026-06-09", "2026-06-11"),
        ("双方10日起在奥斯陆举行为期两天的磋商。", "2026-06-10", "2026-06-11"),
        ("部長10日起訪問奧斯陸兩天。", "2026-06-10", "2026-06-11"),
        # A number alone tells no end, nor does the number of something else.
        ("They met on Wednesday for two days of talks.", "2026-06-10", "None"),
        ("Talks on a three-day truce ended on Thursday.", "2026-06-11", "None"),
        ("会谈第三天11日结束。", "2026-06-11", "None"),
    ],
)
def test_the_days_of_talks(summary: str, first: str, last: str) -> None:
    assert days_of(summary) == (first, last)


def test_an_act_of_another_kind_has_one_day() -> None:
    assert days_of("Two days of talks ended on Thursday.", "rule") == ("2026-06-11", "None")


def test_a_journey_of_three_days_is_one_in_a_text_of_any_kind() -> None:
    assert days_of("部长6月8日至11日访问奥斯陆。", "statement") == ("2026-06-08", "2026-06-11")


@pytest.mark.parametrize(
    ("text", "days"),
    [("周六和周日在奥斯陆会谈", 2), ("周一、二会谈", 2), ("周一和周三会谈", 1)],
)
def test_two_weekdays_side_by_side_are_a_span(text: str, days: int) -> None:
    first = find_phrases(text, FRIDAY)[0]
    assert (first.last - first.first).days + 1 == days
