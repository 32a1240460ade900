"""Easing only asked for, opposed, denied or put off. All headlines are made up."""

from __future__ import annotations

import pytest

from tests.core.conftest import Reader
from tracker.core.text import fold
from tracker.core.wished import wished

NOT_EASED = [
    "中国加强对日出口管制 日本政府抗议并要求撤回",
    "商务部敦促美方立即取消对中国企业的制裁",
    "晶片商遊說白宮放寬對華銷售限制",
    "跨黨派參議員提案 阻止政府鬆綁對華晶片管制",
    "白宫:不会放宽对华芯片出口限制",
    "美国官员:该公司尚未从实体清单移除",
    "荷兰拒绝解除对光刻机的出口限制",
    "企业正向两国争取豁免",
    "外交部促美撤銷對中企的制裁",
    "荷兰推迟放宽光刻机出口限制",
    "US delays plan to relax chip export curbs",
    "Washington backs away from easing controls",
    "Senators unveil bill to block Trump from easing AI chip curbs on China",
    "Lawmakers would limit the president's power to lift chip export controls",
]
EASED = [
    "美国取消对华芯片设计软件的出口许可要求",
    "美国放宽对华晶片出口限制",
    "经游说后美国放宽对华限制",
    "三星申请豁免获批",
    "晶片商爭取到豁免",
    "许可要求被取消",
    "商务部暂停稀土管制 解除禁令",
    "Washington eases controls after a delay",
    "US delays new chip curbs",
    "US lifts ban that stopped Nvidia from selling H20 chips to China",
]


@pytest.mark.parametrize("words", NOT_EASED)
def test_what_is_only_wished_for(words: str) -> None:
    assert wished(fold(words).text)


@pytest.mark.parametrize("words", EASED)
def test_what_was_done(words: str) -> None:
    assert not wished(fold(words).text)


def test_the_act_behind_a_demand_keeps_its_direction(read: Reader) -> None:
    told = read("中国宣布对日本实施稀土出口管制 日本要求取消")
    assert (told.kind, told.direction) == ("countermeasure", "tighten")


@pytest.mark.parametrize(
    "title",
    [
        "Commerce has not yet issued any H20 licence, sources say",
        "US yet to approve Nvidia H200 sales to China",
        "No H20 licences have been issued yet by Commerce",
        "美方尚未批准H20对华出口许可",
        "美國尚未核發H20出口許可",
        "美国商务部仍未发放H20出口许可证",
    ],
)
def test_what_was_not_granted_yet_eases_nothing(read: Reader, title: str) -> None:
    told = read(title)
    assert (told.kind, told.direction) == ("licence", "tighten")


@pytest.mark.parametrize(
    ("title", "eases"),
    [
        ("Chip rules will not be eased, White House says", False),
        ("Commerce has no plan to relax curbs on chip sales to China", False),
        ("US won't lift export controls on AI chips for Beijing", False),
        ("US rules out easing AI chip export controls for China", False),
        ("US eases chip export controls on China", True),
    ],
)
def test_an_easing_that_is_refused_eases_nothing(read: Reader, title: str, eases: bool) -> None:
    assert (read(title).direction == "ease") is eases


@pytest.mark.parametrize(
    "title",
    [
        "Japan says China should lift rare earth curbs",
        "EU says China must remove rare earth export controls",
        "欧盟称中国应取消稀土管制",
        "商务部：美方应尽快取消对华芯片管制",
    ],
)
def test_what_ought_to_be_eased_is_not_eased(read: Reader, title: str) -> None:
    assert read(title).direction != "ease"


def test_what_answers_it_does_not_ask_for_it(read: Reader) -> None:
    assert read("商务部回应：美国取消H20出口限制").direction == "ease"
