"""What contradicts, undoes or only plans an act is another event; a denial does not head one.

All headlines are made up.
"""

from __future__ import annotations

import pytest

from tests.core.conftest import Reader
from tracker.core.build import build
from tracker.core.match import SAME, compare

APART = (
    ("2026-07-03", "美方称中方同意放宽稀土出口", "2026-07-03", "中方否认同意放宽稀土出口"),
    ("2026-07-03", "Washington says Beijing agreed to lift rare earth curbs",
     "2026-07-03", "Beijing denies it agreed to lift rare earth curbs"),
    ("2026-07-05", "US adds YMTC to Entity List", "2026-07-08", "US removes YMTC from Entity List"),
    ("2026-07-05", "美国将长江存储列入实体清单", "2026-07-07", "美国将长江存储移出实体清单"),
    ("2026-07-03", "US bans H20 exports to China", "2026-07-05", "US allows H20 exports to China"),
    ("2026-07-03", "中国禁止采购H20", "2026-07-05", "中国允许采购H20"),
    ("2026-07-05", "Nvidia halts H20 production", "2026-07-08", "Nvidia restarts H20 production"),
)  # fmt: skip
PLANS = (
    ("China denies plan to ban gallium exports", "China bans gallium exports to US",
     "The ministry announced the ban on Tuesday."),
    ("US plans to add 20 Chinese firms to Entity List, sources say",
     "US adds 20 Chinese firms to Entity List",
     "The Commerce Department on Tuesday added 20 Chinese firms."),
    ("US plans to restrict exports of EDA software to China, sources say",
     "US restricts exports of EDA software to China",
     "The Commerce Department on Tuesday issued a rule."),
    ("美国拟将20家中国企业列入实体清单", "美国将20家中国企业列入实体清单", "美国商务部周二宣布。"),
)  # fmt: skip


@pytest.mark.parametrize(("day", "one", "later", "other"), APART)
def test_what_contradicts_or_undoes_an_act_is_another(
    read: Reader, day: str, one: str, later: str, other: str
) -> None:
    join = compare(read(one, day=day, name="a"), read(other, day=later, name="b"))
    assert join is None or join.score < SAME, join.reasons


@pytest.mark.parametrize(("plan", "act", "told"), PLANS)
def test_a_plan_is_not_the_act_of_a_later_day(read: Reader, plan: str, act: str, told: str) -> None:
    join = compare(read(plan, day="2026-03-03", name="a"), read(act, told, "2026-03-11", "b"))
    assert join is None or join.score < SAME, join.reasons


@pytest.mark.parametrize(
    ("denial", "act"),
    [
        ("US denies it has approved H20 sales to China", "US approves H20 sales to China"),
        ("商务部否认禁止企业采购英伟达H20", "中国禁止企业采购英伟达H20"),
    ],
)
def test_a_denial_heads_no_event_and_leaves_it_unconfirmed(
    read: Reader, denial: str, act: str
) -> None:
    event = build([read(denial, name="a"), read(act, name="b"), read(act + " ", name="c")])
    alone = build([read(act, name="b")])
    assert event is not None
    assert alone is not None
    assert (event.title, event.status) == (act, "reported")
    assert (event.kind, event.direction) == (alone.kind, alone.direction)


def test_a_plan_does_not_head_the_act_that_it_is_joined_to(read: Reader) -> None:
    plan = read("US plans to add 20 Chinese firms to Entity List, sources say", name="a")
    act = read("US adds 20 Chinese firms to Entity List", day="2025-07-17", name="b")
    event = build([plan, act])
    assert event is not None
    assert event.title == act.title


def test_a_licence_asked_for_is_proposed(read: Reader) -> None:
    asked = read("Nvidia applies for licences to sell H20 in China")
    assert (asked.kind, asked.status) == ("licence", "proposed")
    given = read("Nvidia gets licences that it applied for to sell H20 in China")
    assert given.status == "confirmed"


def test_the_answer_of_the_other_side_heads_no_event(read: Reader) -> None:
    answer = read(
        "商务部新闻发言人就美方将中国企业列入“实体清单”答记者问",
        "商务部新闻发言人4日表示，美方泛化国家安全概念，将27家中国实体列入“实体清单”。",
        "2026-12-04",
    )
    told = read(
        "美商務部把27家中國量子企業列入實體清單",
        "（中央社華盛頓3日綜合外電報導）美國商務部今天將27家中國量子電腦公司列入實體清單。",
        "2026-12-05",
    )
    event = build([answer, told])
    assert event
    assert event.title == told.title
