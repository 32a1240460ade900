"""Whose act an item tells of: the country that acts, not the one that it acts against.

All headlines are made up.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.core.conftest import Reader, Teller
from tracker.core.examples import entry
from tracker.core.lexicon import Lexicon
from tracker.core.places import names_of
from tracker.core.recognise import recognise
from tracker.errors import UsageProblem
from tracker.record.lexicon import load_lexicon, watched
from tracker.settings import Watch

LEXICON = Path(__file__).parents[2] / "db" / "lexicon"

ACTS = {
    "India tightens chip export licences for China": "IN",
    "India's trade ministry bans exports of rare earth magnets to China": "IN",
    "Indian government adds 12 Chinese firms to export control list": "IN",
    "印度收紧对华芯片出口许可": "IN",
    "印度收緊對中國晶片出口許可": "IN",
    "印度商工部禁止对华出口稀土磁体": "IN",
    "Canada adds Chinese companies to export control list": "CA",
    "Ottawa imposes export controls on quantum chips, targeting China": "CA",
    "加拿大将中国企业列入出口管制名单": "CA",
    "加拿大將中國企業列入出口管制名單": "CA",
    "Chinese chipmakers put on export control list by Canada": "CA",
    "中企遭加拿大列入出口管制名单": "CA",
    "Australia bans exports of rare earths to Chinese magnet makers": "AU",
    "澳大利亚限制对华出口芯片设备": "AU",
    "澳洲限制對中國出口晶片設備": "AU",
    "Vietnam bans exports of raw rare earths to China": "VN",
    "越南禁止对华出口稀土原矿": "VN",
    "越南禁止對中國出口稀土原礦": "VN",
    "Germany restricts exports of chip chemicals to China": "DE",
    "German economy ministry revokes export licence for chip tools to China": "DE",
    "德国限制对华出口芯片化学品": "DE",
    "德國限制對中國出口晶片化學品": "DE",
    "France imposes export controls on quantum chips and chip tools": "FR",
    "法国对量子芯片实施出口管制": "FR",
    "法國對量子晶片實施出口管制": "FR",
    "UK adds chip tools to its export control list": "GB",
    "英国将芯片设备列入出口管制清单": "GB",
    "英國將晶片設備列入出口管制清單": "GB",
    "Malaysia requires export permits for Nvidia AI chips bound for China": "MY",
    "马来西亚要求英伟达AI芯片出口中国须获许可": "MY",
    "馬來西亞要求輝達AI晶片出口中國須獲許可": "MY",
    "Singapore charges two men over Nvidia chips sent to China": "SG",
    "新加坡起诉两人 涉英伟达芯片转运中国": "SG",
    "新加坡起訴兩人 涉輝達晶片轉運中國": "SG",
    "Russia bans exports of neon gas for chipmaking to China": "RU",
    "俄罗斯限制对华出口芯片用氖气": "RU",
    "Israel restricts exports of chip tools to China": "IL",
    "以色列限制对华出口芯片设备": "IL",
    "Saudi Arabia restricts re-export of Nvidia chips to China": "SA",
    "沙特限制英伟达芯片转口中国": "SA",
    "UAE bans re-export of Nvidia chips to China": "AE",
    "阿联酋禁止英伟达芯片转口中国": "AE",
    "South Korea tightens export licences for memory chips to China": "KR",
    "Japan's removal of South Korea from its export whitelist takes effect": "JP",
    "After new US curbs, Netherlands tightens chip tool export licences for China": "NL",
    "US adds Indian firms to Entity List over chip shipments to Russia": "US",
    "US tightens AI chip exports to India, Saudi Arabia and Vietnam": "US",
    "美国收紧对印度和越南的AI芯片出口": "US",
    "China bans rare earth exports to Japan and India": "CN",
    "中国禁止对日本和印度出口稀土": "CN",
    "反制实体清单！商务部将15家美企列入不可靠实体清单": "CN",
    "China hits back at Entity List, adds 15 US firms to unreliable entity list": "CN",
    "China's biggest chipmaker added to Entity List": "US",
    "2中國公民在美被捕 涉走私輝達晶片": "US",
    "商务部新闻发言人就美方拟扩大对华芯片出口限制答记者问": "US",
    "外交部回应荷兰限制光刻机对华出口": "NL",
    "Nvidia sales to Malaysia and Thailand need a US licence": "US",
}


@pytest.mark.parametrize(("title", "code"), ACTS.items())
def test_who_acts_is_not_who_is_acted_against(read: Reader, title: str, code: str) -> None:
    assert read(title).jurisdiction[:1] == (code,), read(title).reasons


PARTIES = {
    "Dutch minister meets China's commerce minister over Nexperia chip export controls": {
        "NL",
        "CN",
    },
    "German foreign minister travels to China for talks on rare earth export controls": {
        "DE",
        "CN",
    },
    "法国财长访华 谈稀土出口管制": {"FR", "CN"},
    "China and India hold talks on rare earth export licences": {"CN", "IN"},
    "中国与印度举行磋商 讨论稀土出口许可": {"CN", "IN"},
    "US and China hold trade talks in Malaysia, export controls on the table": {"US", "CN"},
    "中美在马来西亚举行经贸磋商 谈出口管制": {"US", "CN"},
}


@pytest.mark.parametrize(("title", "codes"), PARTIES.items())
def test_talks_and_trips_are_of_those_who_meet(read: Reader, title: str, codes: set[str]) -> None:
    one = read(title)
    assert (one.kind in ("talks", "trip"), set(one.jurisdiction)) == (True, codes), one.reasons


@pytest.mark.parametrize(
    "title",
    [
        "Licences for exports of advanced chips to be tightened, draft shows",
        "先进芯片出口许可将收紧 草案显示",
        "先進晶片出口許可將收緊 草案顯示",
    ],
)
def test_whose_doing_nobody_tells_stays_unknown(read: Reader, title: str) -> None:
    assert read(title).jurisdiction == ()


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("Infineon halts shipments to Huawei after US ban", "DE"),
        ("Chinese firms stockpile Samsung HBM ahead of US curbs", "CN"),
        ("Samsung stops selling used chip tools to China over US controls", "KR"),
        ("Bessent says China will ease rare earth export controls", "US"),
        ("黄仁勋:出口管制让英伟达失去中国市场", "US"),
    ],
)
def test_a_firm_and_a_speaker_are_of_their_own_country(read: Reader, title: str, code: str) -> None:
    assert read(title).jurisdiction[:1] == (code,), read(title).reasons


@pytest.mark.parametrize(
    ("title", "summary"),
    [
        ("外交部:打压阻挡不了中国的发展",
         "发言人7月3日主持例行记者会,就美国计划公布新规限制对华出口芯片设备答问,称中方坚决反对。"),
        ("商务部:美方出台新的制裁清单不利于两国",
         "商务部发言人就9家中国企业被列入实体清单表示,美方缺乏事实依据,中方强烈抗议。"),
    ],
)  # fmt: skip
def test_an_answer_belongs_to_the_act_of_the_other_side(
    read: Reader, title: str, summary: str
) -> None:
    assert read(title, summary).jurisdiction[:1] == ("US",)


PERU = (
    Watch("peru", ("Peru", "秘鲁"), "place", ("ally",), capital="PE", adjectives=("Peruvian",)),
    Watch("peru-government", ("Peru's mines ministry", "秘鲁矿业部"), "actor", ("ally-gov",),
          capital="PE"),
)  # fmt: skip


@pytest.fixture(scope="module")
def peru() -> Lexicon:
    return load_lexicon(LEXICON, PERU)


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("Peru tightens export licences for rare earths to China", "PE"),
        ("Peru's mines ministry restricts exports of antimony to China", "PE"),
        ("Chinese firms put on export control list by Peru", "PE"),
        ("秘鲁收紧对华稀土出口许可", "PE"),
        ("秘魯收緊對中國稀土出口許可", "PE"),
        ("US adds Peruvian firms to Entity List", "US"),
    ],
)
def test_another_country_is_a_few_lines_of_the_user(peru: Lexicon, title: str, code: str) -> None:
    one = recognise(entry(title), peru)[0]
    assert (one.relevant, one.jurisdiction) == (True, (code,)), one.reasons


def test_a_country_answers_to_all_its_names_and_to_no_pair(peru: Lexicon) -> None:
    names = names_of(peru)
    assert {"GB", "UK", "Britain", "British", "英国"} <= set(names["GB"])
    assert {"PE", "Peru", "Peruvian", "秘鲁"} <= set(names["PE"])
    assert "UK" not in names
    assert not any("中美" in known or "US-China" in known for known in names.values())


def test_a_code_that_is_none_is_told_with_its_line() -> None:
    with pytest.raises(UsageProblem, match=r"feeds.toml.*'Peru' is no code"):
        watched(Watch("peru", ("Peru",), "place", capital="Peru"))


def test_whom_an_act_is_aimed_at_does_no_further_one(told: Teller) -> None:
    said = "商务部发布公告,决定加强两用物项对日本出口管制,禁止向日本军事用户出口。"
    (only,) = told("商务部:加强两用物项对日本出口管制", said)
    assert only.jurisdiction == ("CN",)


def test_a_further_act_of_any_country_is_told(told: Teller) -> None:
    found = told(
        "US adds 40 Chinese firms to Entity List",
        "It did so on Monday, while the Indian government restricted exports of chip tools to"
        " China.",
    )
    assert [one.jurisdiction for one in found] == [("US",), ("IN",)]


@pytest.mark.parametrize(
    ("title", "capital"),
    [
        ("TSMC may face $1bn penalty over US export control probe", "US"),
        ("Samsung engineer arrested for leaking chip designs to China", "KR"),
    ],
)
def test_a_firm_that_is_accused_does_not_accuse(read: Reader, title: str, capital: str) -> None:
    assert read(title).jurisdiction == (capital,)
