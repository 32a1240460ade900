"""The dateline of a report: days are counted from it, and it dates no act that is dated itself."""

from __future__ import annotations

from datetime import date

import pytest

from tracker.core.datelines import by_dateline, written
from tracker.core.dating import date_of
from tracker.core.text import fold

FRIDAY = date(2026, 2, 27)


@pytest.mark.parametrize(
    ("summary", "day"),
    [
        ("OSLO, Feb. 26 (NTB) -- The ministry on Tuesday banned lasers.", "2026-02-24"),
        ("OSLO/BERGEN, Feb 26 (NTB) - The ministry banned lasers on Wednesday.", "2026-02-25"),
        ("Oslo, February 26, 2026 (AFP) \u2013 Lasers were banned on Tuesday.", "2026-02-24"),
        ("Feb 26 (NTB) - Oslo banned lasers, a paper reported on Wednesday.", "2026-02-25"),
        ("OSLO, Feb 26 (NTB) - The ministry banned lasers yesterday.", "2026-02-25"),
        ("(某社奥斯陆26日综合外电报道)部委昨天禁止激光器出口。", "2026-02-25"),
        ("(某社奧斯陸26日綜合報導)部會昨天禁止雷射出口。", "2026-02-25"),
        (
            "Nordic Chip Press (Feb 26) -- Lasers will be banned, it said late on Tuesday.",
            "2026-02-24",
        ),
        # Where nothing else is named it is the day.
        ("OSLO, Feb. 26 (NTB) -- The ministry banned lasers.", "2026-02-26"),
    ],
)
def test_the_act_is_not_of_the_dateline(summary: str, day: str) -> None:
    found = date_of(fold("Oslo bans lasers"), fold(summary), FRIDAY, "NO", "rule")
    assert str(found.date) == day


@pytest.mark.parametrize(
    "text",
    [
        "Feb 26 - a day to remember",
        "OSLO, Feb 2 (NTB) - too long ago",
        "On Feb. 26 - a day late - it came",
        "OSLO, Feb 31 (NTB) - no such day",
        "",
    ],
)
def test_no_dateline(text: str) -> None:
    assert written(text, FRIDAY) == FRIDAY
    assert all(one.role != "published" for one in by_dateline(text, FRIDAY, None)) or "NTB" in text
