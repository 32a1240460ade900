"""Headlines that string several stories together tell of no act of their own."""

from __future__ import annotations

import pytest

from tests.core.conftest import Reader
from tracker.core.lexicon import Lexicon
from tracker.core.stories import several_stories
from tracker.core.text import fold

DIGESTS = [
    "今日讀報時間-河北燕郊發生爆炸-美商務部管制對華晶片出口-美國封殺某應用法案-中國出口激增超預期｜中國經濟｜中美關係",
    "讀報：北京擬改革選舉制度｜中國恐嚇住在德國的示威人士｜美國禁令打壓華為無用｜新主委稱不清楚對岸定義",
    "Morning brief: US adds Huawei to list | China curbs rare earths | Apple opens a store"
    " | Oil falls to new low | Business",
    "工業軟件比芯片更落後，製造業斷板越來越嚴重，美國封殺將全面停產 #芯片 #精密儀器 #設計軟件 #美國制裁",
]
STORIES = [
    "US adds 140 Chinese firms to Entity List, widening its curbs on chipmaking tools - Reuters",
    "商务部、海关总署:对部分锑、超硬材料相关物项实施出口管制,9月15日起施行",
    "【大國博弈】荷蘭將部分光刻機納入出口管制，中國商務部表示不滿｜晶片戰",
    "US tightens AI chip rules | Insights & Resources | A Law Firm LLP",
    "Netherlands suspends Nexperia order — de-escalation could be welcome break for car industry",
]


@pytest.mark.parametrize("title", DIGESTS)
def test_a_digest_is_no_report_of_an_act(title: str, read: Reader, lexicon: Lexicon) -> None:
    assert several_stories(fold(title).text)
    found = read(title, day="2024-03-13")
    assert not found.relevant
    assert any(reason.name == "several stories" for reason in found.reasons)
    assert any(one.id == "several stories" and one.bars for one in lexicon.acts)


@pytest.mark.parametrize("title", STORIES)
def test_a_headline_of_one_act_is_none(title: str) -> None:
    assert not several_stories(fold(title).text)
