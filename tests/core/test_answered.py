"""Days counted from another side's act, days of reactions and of measures that have a day's name."""

from __future__ import annotations

from datetime import date

import pytest

from tracker.core.dating import date_of
from tracker.core.text import fold

FRIDAY = date(2026, 8, 14)


@pytest.mark.parametrize(
    ("title", "summary", "day"),
    [
        ("中国禁止某物出口", "8月11日美国公布禁令,次日,商务部公告禁止某物出口。", "2026-08-12"),
        ("美禁令后,商务部收紧许可", "美国11日公布禁令,第二天商务部宣布收紧许可。", "2026-08-12"),
        ("陸管制某物", "荷蘭10日公布禁令,兩天後大陸商務部宣布管制。", "2026-08-12"),
        ("China bans it", "The US listed it on Tuesday; a day later China banned it.", "2026-08-12"),
        # Words are no act, and a headline of the first act means that.
        ("中国表示反对", "美国11日公布禁令,次日商务部回应。", "2026-08-11"),
        ("美国公布禁令", "美国11日公布禁令,次日商务部宣布管制。", "2026-08-11"),
        ("Probe of a firm", "It came a week after the U.S. on Aug. 3 acted; it began on Tuesday.",
         "2026-08-11"),
    ],
)  # fmt: skip
def test_the_day_of_an_answer(title: str, summary: str, day: str) -> None:
    found = date_of(fold(title), fold(summary), FRIDAY, "CN", "countermeasure")
    assert str(found.date) == day


@pytest.mark.parametrize(
    ("summary", "day"),
    [
        ("Makers warned on Thursday of shortages after it was banned on Tuesday.", "2026-08-11"),
        ("Makers warned on Thursday of shortages.", "2026-08-13"),
        ("周四A股某板块大跌。部委周三公布管制。", "2026-08-12"),
        ("部委上周五美股盘后宣布管制。", "2026-08-07"),
        ("部委13日表示,将展开调查。该交易于7月30日宣布。", "2026-08-13"),
        ("Oslo suspends July 9 laser controls.", "2026-08-14"),
        ("Oslo banned it on Monday, the eve of Super Tuesday.", "2026-08-10"),
    ],
)
def test_the_day_of_something_else_gives_way(summary: str, day: str) -> None:
    found = date_of(fold("Oslo acts"), fold(summary), FRIDAY, "NO", "rule")
    assert str(found.date) == day
