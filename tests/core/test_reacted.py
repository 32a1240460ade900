"""Words about a control of Beijing are filed under it; what is done toward China is not its doing.

All headlines are made up.
"""

from __future__ import annotations

import pytest

from tests.core.conftest import Reader

ANSWERS = (
    "欧盟对中国限制镓出口表示关切", "日本就中国稀土出口管制提出抗议", "德国对中国收紧稀土出口深感担忧",
    "韩国政府对中国管制石墨出口表示担忧", "荷兰政府:欧盟必须对中国镓锗出口新规做出回应",
    "日本將監督中國鎵鍺出口管制", "美國商務部對中國鎵鍺管制表示強烈反對",
    "南韓針對中國石墨管制召開緊急會議", "美国回应中国管制镓和锗:将与盟友协商",
    "EU voices concern over China's export curbs on gallium",
    "EU concerned about China's rare earth export controls",
    "Germany worried by China's rare earth controls",
    "Dutch government says EU must respond to China's gallium curbs",
    "US strongly opposes China's gallium, germanium export controls",
    "Japan protests China's ban on dual-use exports",
)  # fmt: skip


@pytest.mark.parametrize("title", ANSWERS)
def test_words_about_a_control_of_beijing_belong_to_it(read: Reader, title: str) -> None:
    found = read(title)
    told = found.relevant, found.kind, found.direction, found.jurisdiction[:1]
    assert told == (True, "countermeasure", "tighten", ("CN",))


@pytest.mark.parametrize(
    ("title", "kind", "capital"),
    [
        ("日本对中国实施芯片设备出口管制", "rule", "JP"),
        ("荷兰对中国限制光刻机出口", "rule", "NL"),
        ("日本对中国芯片出口管制引发担忧", "rule", "JP"),
        ("Netherlands restricts exports of chip tools to China", "rule", "NL"),
        ("US tightens chip export controls on China over military concerns", "rule", "US"),
    ],
)
def test_what_is_done_toward_china_is_not_its_doing(
    read: Reader, title: str, kind: str, capital: str
) -> None:
    found = read(title)
    assert (found.kind, found.jurisdiction[:1]) == (kind, (capital,))


def test_the_day_of_a_quoted_answer_is_not_that_of_the_act(read: Reader) -> None:
    found = read("美国商务部对中国镓锗管制表示强烈反对", "据路透社7月15日报道,发言人当天作此表示。")
    assert {"dated", "dated-weakly"} <= set(found.keys)


def test_praise_of_an_end_is_no_answer_to_a_curb(read: Reader) -> None:
    found = read("EU reacts to China's suspension of rare earth export controls")
    assert "act:answers-cn-control" not in found.keys
