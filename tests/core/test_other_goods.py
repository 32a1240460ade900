"""Goods, laws and capitals beside chips and the two great ones; and what only looks like an act.

All headlines are made up.
"""

from __future__ import annotations

import pytest

from tests.core.conftest import Reader

SAID = {
    "Renesas gets US permission to sell chips to Huawei despite ban": ("licence", "ease"),
    "OmniVision receives licence to supply ZTE": ("licence", "ease"),
    "China issues rare earth licences to suppliers of carmakers": ("licence", "ease"),
    "US halts jet engine exports to COMAC": ("licence", "tighten"),
    "Trump blasts proposed curbs on jet engine exports to China": ("statement", "ease"),
    "China passes anti-foreign sanctions law": ("legislation", "tighten"),
    "全国人大常委会通过反外国制裁法": ("legislation", "tighten"),
    "China restricts exports of drone parts to Europe": ("countermeasure", "tighten"),
    "US fines Axcelis for illegal exports to China": ("enforcement", "tighten"),
    "China halts antitrust probe of DuPont": ("countermeasure", "ease"),
    "Germany adds quantum computers to export control list": ("rule", "tighten"),
    "Broadcom gets US nod to sell chips to ZTE in exception to ban": ("licence", "ease"),
    "Intel keeps licence to sell chips to Inspur": ("licence", "ease"),
    "Micron CEO slams US nod for Nvidia chip exports to China": ("statement", "neutral"),
    "China clears Cadence takeover of rival with conditions": ("countermeasure", "ease"),
    "EU and China agree on faster rare earth exports": ("talks", "ease"),
    "美官员警告中企若违反对俄出口管制将被切断供应": ("statement", "tighten"),
    "美商务部撤销供货许可 英特尔不得向浪潮供货": ("licence", "tighten"),
    "China revises Foreign Trade Law to widen its countermeasures": ("legislation", "tighten"),
    "孟晚舟获释回国 加拿大法院终止引渡": ("enforcement", "ease"),
    "美商务部授予英特尔许可 可向浪潮出售芯片": ("licence", "ease"),
    "KLA probed over suspected deliveries to SMIC": ("enforcement", "tighten"),
}


@pytest.mark.parametrize("title", SAID)
def test_an_act_on_other_goods_is_read(title: str, read: Reader) -> None:
    told = read(title)
    assert told.relevant, told.reasons
    assert (told.kind, told.direction) == SAID[title]


@pytest.mark.parametrize(
    "title",
    [
        "Imports of chip tools jump as customs data show record-breaking June",
        "US and Australia sign critical minerals deal",
        "Engineer indicted over leak of core technology to rival",
        "Government appoints new head of export control advisory committee",
        "SMIC forecasts lower gross margin",
        "US adds textile makers to UFLPA Entity List",
    ],
)
def test_figures_posts_and_leaks_are_none(title: str, read: Reader) -> None:
    told = read(title)
    assert not told.relevant, told.reasons
