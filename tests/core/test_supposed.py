"""Questions, suppositions and laws made: what a headline tells of no act, or of one that is done."""

from __future__ import annotations

import pytest

from tests.core.conftest import Reader
from tracker.core.standing import enacted, given_up
from tracker.core.supposed import asks, supposes
from tracker.core.text import fold


@pytest.mark.parametrize(
    "title",
    [
        "Will US ban H20 sales to China again?",
        "Is Washington about to blacklist Alibaba?",
        "What if China bans gallium exports",
    ],
)
def test_a_question_is_no_act(title: str) -> None:
    assert asks(fold(title).text)


def test_what_is_told_before_a_colon_is_no_supposition() -> None:
    assert not supposes(fold("联电宣布断供中芯：若美国不解禁 10月起停供").text)
    assert supposes(fold("外交部：若美国不解禁 将采取反制").text)


@pytest.mark.parametrize("title", ["Did US just ban H20?", "US bans H20 sales", "美国会禁H20？"])
def test_what_may_tell_of_an_act_is_read_on(title: str) -> None:
    assert not asks(fold(title).text)


@pytest.mark.parametrize(
    "title",
    [
        "中方：美若撤销实体清单 将暂停管控名单",
        "若美方取消实体清单限制 中方将恢复采购",
        "一旦台湾限制芯片出口 商务部将采取反制",
        "China to retaliate if US adds more firms to Entity List",
        "Minister would suspend Nexperia order if chip supplies resume",
        "美国半导体企业呼吁放宽对华芯片设备出口限制",
    ],
)
def test_what_would_follow_is_only_said(title: str, read: Reader) -> None:
    assert supposes(fold(title).text)
    told = read(title)
    assert (told.kind, told.direction) == ("statement", "neutral"), told.reasons


def test_some_firms_are_no_condition() -> None:
    assert not supposes(fold("美国将若干中国企业列入实体清单").text)


@pytest.mark.parametrize(
    ("title", "status"),
    [
        ("Trump signs Chip Security Act into law", "confirmed"),
        ("House passes Chip Security Act", "proposed"),
        ("川普簽署晶片安全法 正式成法", "confirmed"),
        ("美众议院通过芯片安全法案", "proposed"),
        ("Trump vetoes bill barring H20 sales to China", "confirmed"),
    ],
)
def test_a_bill_is_proposed_until_it_is_law(title: str, status: str, read: Reader) -> None:
    told = read(title)
    assert (told.kind, told.status) == ("legislation", status), told.reasons
    assert enacted(fold(title).text) == (status == "confirmed")


@pytest.mark.parametrize(
    ("title", "status"),
    [
        ("US plans to add Alibaba to Entity List", "proposed"),
        ("US expected to publish chip tool rule next week", "proposed"),
        ("US drops plan to add Alibaba to Entity List", "confirmed"),
        ("Commerce pulls back proposed rule on AI chip exports", "confirmed"),
        ("美国放弃收紧对华芯片设备限制的计划", "confirmed"),
        ("美国考虑放宽对华芯片设备限制", "proposed"),
    ],
)
def test_a_plan_given_up_is_none(title: str, status: str, read: Reader) -> None:
    assert read(title).status == status
    assert given_up(fold(title).text) == (status == "confirmed")


@pytest.mark.parametrize(
    ("title", "direction"),
    [
        ("US lifts H20 ban", "ease"),
        ("US reimposes H20 ban", "tighten"),
        ("China lifts Micron ban", "ease"),
        ("Nvidia no longer needs US licence to ship H20 to China", "ease"),
        ("商务部批准对车企供应商出口稀土磁材", "ease"),
        ("傳美國考慮放寬輝達H20出口限制", "ease"),
    ],
)
def test_a_short_headline_tells_its_act(title: str, direction: str, read: Reader) -> None:
    told = read(title)
    assert (told.relevant, told.direction) == (True, direction), told.reasons
