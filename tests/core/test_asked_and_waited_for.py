"""What is asked for, waited for, put off, ended or said last. All headlines here are made up."""

from __future__ import annotations

import pytest

from tests.core.conftest import Reader

SAID = {
    "US receives over 90 license requests to sell to SMIC: report": ("licence", "neutral"),
    "美商务部收到60份向中芯国际出口的许可证申请": ("licence", "neutral"),
    "US turns down Lam Research request to service Chinese fab": ("licence", "tighten"),
    "Validated end-user status yanked from TSMC Nanjing": ("licence", "tighten"),
    "美商務部准應材向SK海力士無錫廠供貨": ("licence", "ease"),
    "China warns foreign firms against stockpiling rare earths": ("countermeasure", "tighten"),
    "中国警告外企勿囤积稀土": ("countermeasure", "tighten"),
    "Beijing drops probe of American chipmaker after trade truce": ("countermeasure", "ease"),
    "政府数据中心禁用外国AI芯片 已装须拆": ("countermeasure", "tighten"),
    "Easing of chip rules no giveaway: Hassett": ("statement", "neutral"),
    "Chip rules will not be eased, says White House adviser": ("statement", "neutral"),
    "US, China agree to suspend new export controls for a year": ("talks", "ease"),
    "Commerce chief postpones trip to Beijing": ("trip", "neutral"),
    "小米勝訴 五角大廈同意除名": ("listing", "ease"),
    "英国将量子计算机、先进半导体设备列入管制清单": ("rule", "tighten"),
}


@pytest.mark.parametrize("title", SAID)
def test_a_headline_is_read_for_what_was_done(read: Reader, title: str) -> None:
    told = read(title)
    assert told.relevant, told.reasons
    assert (told.kind, told.direction) == SAID[title]


@pytest.mark.parametrize(
    "title",
    [
        "Hesai appeals to US court over Pentagon list",
        "YMTC takes Pentagon to court over blacklist",
        "大疆就五角大楼名单裁决提起上诉",
    ],
)
def test_a_firm_that_goes_to_court_over_a_list_acts_itself(read: Reader, title: str) -> None:
    told = read(title)
    assert (told.relevant, told.kind, told.direction) == (True, "company", "neutral")


def test_a_court_that_leaves_a_firm_on_a_list_has_the_last_word(read: Reader) -> None:
    told = read("大疆诉五角大楼一审败诉")
    assert (told.relevant, told.kind, told.direction) == (True, "listing", "tighten")
