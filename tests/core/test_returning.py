"""What comes back, and who acts. All headlines here are made up."""

from __future__ import annotations

from datetime import date

import pytest

from tests.core.conftest import Reader
from tracker.core.returning import comes_back
from tracker.core.text import fold

BACK = [
    "US lets 50% affiliates rule return after suspension ends",
    "The bureau said its 50% affiliates rule is in force again as of November 10",
    "US lifts suspension of 50% affiliates rule",
    "US ends year-long pause on export controls",
    "Affiliates rule back in force as truce collapses",
    "Commerce reinstates licence requirement for H20 chips",
    "China ends suspension of rare earth export controls",
    "Washington reimposes export ban on chip design software for China",
    "China resumes enforcement of rare earth export restrictions",
    "The one-year suspension of the affiliates rule expired on Monday",
    "商务部解除暂停对美镓锗锑出口管制",
    "美国恢复执行50%穿透规则",
    "中国恢复对美稀土出口管制",
    "商務部宣布恢復實施稀土出口管制",
    "美国取消对穿透规则的暂停",
    "暂停期满 美国50%穿透规则今起重新生效",
]
NOT_BACK = [
    "US lifts ban on H20 sales to China",
    "Nvidia resumes H20 sales to China",
    "US resumes issuing export licences",
    "US lifts suspension of export licences for chip software makers",
    "China lifts suspension of rare earth exports",
    "China resumes rare earth exports to US",
    "US suspends 50% affiliates rule for a year",
    "China extends suspension of gallium export ban to US until it expires in 2027",
    "Nvidia restores sales in China despite controls",
    "Rule lets exporters resume chip sales",
    "中国暂停对美稀土出口管制一年",
    "英伟达恢复对华销售H20",
    "中国解除对美镓锗锑出口禁令",
    "西门子恢复对华EDA供应 美国取消限制",
    "商務部宣布繼續暫停對美出口管制",
    "US pauses plan to reinstate affiliates rule",
    "US delays return of 50% rule",
    "美国暂缓恢复执行50%穿透规则",
    "China restores export licences for rare earths",
]


@pytest.mark.parametrize("words", BACK)
def test_what_comes_back(words: str) -> None:
    assert comes_back(fold(words).text)


@pytest.mark.parametrize("words", NOT_BACK)
def test_what_does_not(words: str) -> None:
    assert not comes_back(fold(words).text)


@pytest.mark.parametrize(
    ("title", "direction"),
    [
        *((title, "tighten") for title in BACK if "bureau" not in title),
        ("US lifts ban on H20 sales to China", "ease"),
        ("China resumes rare earth exports to US", "ease"),
        ("US suspends 50% affiliates rule for a year", "ease"),
        ("US extends suspension of 50% affiliates rule", "ease"),
        ("China lifted its temporary ban on helium exports", "ease"),
        ("中国解除氦气临时禁止出口措施", "ease"),
        ("中国暂停对美稀土出口管制一年", "ease"),
        ("Synopsys resumes sales in China after US lifts restrictions", "ease"),
        ("中方恢复加征对美关税", "tighten"),
        ("China restores export licences for rare earths", "ease"),
        ("US reinstates licences to ship chips to Huawei", "ease"),
        ("US delays return of 50% affiliates rule", "ease"),
        ("美国暂缓恢复执行50%穿透规则", "ease"),
    ],
)
def test_a_measure_that_comes_back_tightens(read: Reader, title: str, direction: str) -> None:
    one = read(title)
    assert one.relevant, one.reasons
    assert one.direction == direction, one.reasons


@pytest.mark.parametrize(
    ("title", "summary", "place"),
    [
        ("ASML wins Dutch licence to ship NXT:1980i tools to China",
         "The Dutch government on Monday granted ASML an export licence.", "NL"),
        ("Dutch government lets ASML ship 1980i to China.",
         "The Hague granted a licence on Monday.", "NL"),
        ("荷兰政府批准阿斯麦对华出口1980i光刻机", "", "NL"),
        ("荷蘭政府撤銷ASML對華出口許可", "", "NL"),
        ("Japan grants licences for photoresist exports to China", "", "JP"),
        ("日本正式出台半导体制造设备出口管制措施 商务部回应", "", "JP"),
        ("South Korea approves Samsung memory chip exports to China", "", "KR"),
        ("Taiwan adds China's Huawei and SMIC to export control list", "", "TW"),
        ("UK adds chipmaking tools to export control list", "", "GB"),
        ("Malaysia requires permits for exports of US AI chips", "", "MY"),
        ("Singapore charges three men over Nvidia server exports", "", "SG"),
        ("UAE government approves export licences for Nvidia chips to G42", "", "AE"),
        ("EU restricts exports of chip tools to China", "", "EU"),
        ("US allows Nvidia to export chips to UAE", "", "US"),
        ("US grants licence for Samsung to ship tools to China fab", "", "US"),
        ("Nvidia gets US licence to ship H20 to China",
         "Taiwan's TSMC makes the chips.", "US"),
        ("China restricts exports of tungsten and antimony",
         "Japan's industry ministry said it would respond.", "CN"),
    ],
)  # fmt: skip
def test_whose_act_it_is(read: Reader, title: str, summary: str, place: str) -> None:
    one = read(title, summary)
    assert one.relevant, one.reasons
    assert one.jurisdiction == (place,), one.reasons


def test_a_dutch_licence_eases_in_both_languages(read: Reader) -> None:
    english = read("Dutch government lets ASML ship 1980i to China",
                   "The Hague granted a licence on Monday.")  # fmt: skip
    chinese = read("荷兰政府批准阿斯麦对华出口1980i光刻机")
    assert {(one.kind, one.direction) for one in (english, chinese)} == {("licence", "ease")}


@pytest.mark.parametrize(
    "words",
    [
        "7月10日,商务部公告决定对氦气实施临时禁止出口管理,自公布之日起执行。",
        "商務部7月10日公告對氦氣實施出口管制,自公布之日起施行。",
        "China banned exports of helium on July 10, effective immediately.",
        "China on July 10 banned exports of helium with immediate effect.",
        "China banned helium exports on July 10; the order takes effect on publication.",
    ],
)
def test_what_is_in_force_at_once_is_effective_on_its_own_day(read: Reader, words: str) -> None:
    one = read("中国禁止出口氦气 China bans helium exports", words, "2026-07-10")
    assert one.dates == {"effective": (date(2026, 7, 10),)}
    assert "helium" in one.items


def test_a_use_is_not_the_item_controlled(read: Reader) -> None:
    words = "氦气在超导磁体运行中不可替代。Helium cools superconducting magnets."
    assert read("中国对氦气实施出口管制", words).items == ("helium",)


def test_a_count_up_to_the_day_of_the_report_ends_nothing(read: Reader) -> None:
    one = read("中国对氦气实施出口管制", "截至7月10日,氦气价格回落。", "2026-07-10")
    assert "expires" not in one.dates
