"""Acts, near misses and days, in three scripts. All headlines here are made up."""

from __future__ import annotations

from datetime import date

import pytest

from tests.core.conftest import Reader, Teller
from tracker.core import zones as zones_module
from tracker.core.lexicon import MARKS, Lexicon
from tracker.core.rules import compiled
from tracker.core.text import fold
from tracker.core.zones import zones

ACTS = [
    ("US lets Nvidia sell H20 chips to China again", "licence", "ease"),
    ("美國批准輝達對華出口H20晶片", "licence", "ease"),
    ("US revokes licences to ship chips to Huawei", "licence", "tighten"),
    ("Commerce Department imposes new export controls on chipmaking tools for China", "rule", "tighten"),
    ("美国商务部发布对华芯片出口管制新规", "rule", "tighten"),
    ("US rescinds AI diffusion rule", "rule", "ease"),
    ("US adds 40 Chinese companies to Entity List", "listing", "tighten"),
    ("美国将40家中国企业列入实体清单", "listing", "tighten"),
    ("China restricts exports of tungsten and antimony", "countermeasure", "tighten"),
    ("商務部公告對鎢、銻實施出口管制", "countermeasure", "tighten"),
    ("中国暂停对美稀土出口管制一年", "countermeasure", "ease"),
    ("网信办约谈英伟达 就H20芯片后门风险要求说明", "countermeasure", "tighten"),
    ("China opens antitrust probe into Qualcomm", "countermeasure", "tighten"),
    ("China tells firms to avoid Nvidia chips", "countermeasure", "tighten"),
    ("US and China hold trade talks in Geneva", "talks", "neutral"),
    ("中美经贸会谈在日内瓦举行", "talks", "neutral"),
    ("Nvidia CEO Jensen Huang visits Beijing", "trip", "neutral"),
    ("黃仁勳抵達北京 出席鏈博會", "trip", "neutral"),
    ("Justice Department charges two men with smuggling Nvidia chips to China", "enforcement", "tighten"),
    ("Senators introduce bill to track exported AI chips", "legislation", "tighten"),
    ("Nvidia halts production of H20 chips", "company", "tighten"),
    ("Huawei unveils new Ascend AI chip to replace Nvidia", "substitution", "neutral"),
]  # fmt: skip
NEAR = [
    "Nvidia stock: should you buy before earnings?",
    "Why China's chip ambitions matter: an explainer",
    "A timeline of US chip export controls",
    "Review: Nvidia GeForce RTX 5080",
    "美股收盘:英伟达大涨 纳指创新高",
    "台積電二奈米製程量產 良率超預期",
    "华为发布新款折叠手机",
    "OpenAI launches new chatbot",
    "",
]


@pytest.mark.parametrize(("title", "kind", "direction"), ACTS)
def test_acts(read: Reader, title: str, kind: str, direction: str) -> None:
    one = read(title)
    assert one.relevant, one.reasons
    assert (one.kind, one.direction) == (kind, direction), one.reasons


@pytest.mark.parametrize("title", NEAR)
def test_near_misses_stay_out_with_a_reason(read: Reader, title: str) -> None:
    one = read(title)
    assert not one.relevant, one.reasons
    assert one.reasons


@pytest.mark.parametrize(
    ("title", "summary", "published", "day"),
    [
        (
            "US bans AI chips for China",
            "The rule was issued on Tuesday.",
            "2025-07-16",
            "2025-07-15",
        ),
        ("美国对华芯片出口管制新规", "商务部7月14日宣布。", "2025-07-16", "2025-07-14"),
        ("中國對鎵實施出口管制", "商務部昨日公告。", "2023-07-04", "2023-07-03"),
        ("US bans AI chips for China", "", "2025-07-16", "2025-07-16"),
        (
            "美国将9家中国企业列入实体清单",
            "北京时间6月18日凌晨,美国商务部公布名单。",
            "2024-06-18",
            "2024-06-17",
        ),
        (
            "US tightens chip export rules for China",
            "Shares of chip makers fell on Monday after the Commerce Department issued the rule"
            " last Friday.",
            "2024-06-18",
            "2024-06-14",
        ),
        (
            "China suspends export controls on gallium",
            "商务部即日起暂停实施5月9日发出的公告。",
            "2024-06-18",
            "2024-06-18",
        ),
        (
            "US and China agree to pause tariffs after London talks",
            "China will lift its countermeasures of March, a joint statement says.",
            "2024-06-18",
            "2024-06-18",
        ),
        (
            "中国副总理周五赴伦敦与美方磋商",
            "外交部宣布,磋商将谈出口管制。",
            "2024-06-20",
            "2024-06-21",
        ),
    ],
)
def test_the_day_of_the_act(
    read: Reader, title: str, summary: str, published: str, day: str
) -> None:
    assert read(title, summary, published).date == date.fromisoformat(day)


def test_a_span_keeps_both_ends(read: Reader) -> None:
    one = read("雷蒙多将访华", "雷蒙多将于8月27日至30日访问中国。", "2023-08-24")
    assert (one.date, one.end_date) == (date(2023, 8, 27), date(2023, 8, 30))


@pytest.mark.parametrize(
    ("title", "subject"),
    [
        ("China bars US chipmaker Micron from key projects", "subj-cn"),
        ("US bars China from buying chips", "subj-us"),
        ("Chinese chipmaker SMIC doubles output despite US curbs", "subj-firm"),
        ("SMIC placed on list by China's commerce ministry", "subj-cn"),
        ("Chip for China barred by US government", "subj-us"),
        ("China blocks imports of chips cleared by US", "subj-cn"),
        ("China hit by US chip curbs", "subj-us"),
        ("A day after new US chip limits, China stops gallium exports", "subj-cn"),
        ("US-China trade talks begin", ""),
        ("對華晶片出口遭美國叫停", "subj-us"),
        ("中国商务部:反对美方管制", "subj-cn"),
    ],
)
def test_whose_doing_a_headline_tells(lexicon: Lexicon, title: str, subject: str) -> None:
    mask = zones(fold(title), fold(""), lexicon)[0].mask
    found = {name for name in MARKS if name.startswith("subj-") and mask & lexicon.bit(name)}
    assert found == ({subject} if subject else set())


@pytest.mark.parametrize(
    ("title", "capital"),
    [
        ("路透:中国已批准进口首批英伟达H200芯片", "CN"),
        ("China approves imports of Nvidia's H200 chips", "CN"),
        ("US approves Nvidia's H200 exports to China", "US"),
        ("美国批准英伟达对华出口H200", "US"),
        ("商务部新闻发言人就荷兰光刻机出口管制问题答记者问", "NL"),
    ],
)
def test_imports_are_permitted_by_the_capital_of_the_buyer(
    read: Reader, title: str, capital: str
) -> None:
    assert read(title).jurisdiction == (capital,)


@pytest.mark.parametrize(
    ("title", "kind", "direction"),
    [
        ("Lam Research halts tool shipments to YMTC after US tightens chip export controls", "company", "tighten"),
        ("TSMC drops Chinese tools from new plants to avoid US restrictions", "company", "tighten"),
        ("DeepSeek switches to Huawei chips amid US export ban on Nvidia", "substitution", "neutral"),
        ("Nvidia plans a new chip for China that complies with US export controls", "company",
         "neutral"),
    ],
)  # fmt: skip
def test_what_stands_behind_a_firms_step_is_not_the_act(
    read: Reader, title: str, kind: str, direction: str
) -> None:
    one = read(title, "", "2025-07-16")
    assert (one.kind, one.direction) == (kind, direction)


def test_what_an_agency_publishes_is_its_own_doing(lexicon: Lexicon) -> None:
    title = fold("Export controls on semiconductor manufacturing items")
    own, other = (
        zones(title, fold(""), lexicon, name)[0].mask & lexicon.bit("by-gov")
        for name in ("Bureau of Industry and Security", "South China Morning Post")
    )
    assert own
    assert not other


def test_reasons_name_file_and_words(read: Reader) -> None:
    reasons = read("US adds 40 Chinese companies to Entity List").reasons
    assert any("acts.toml:" in one.why and "Entity List" in one.why for one in reasons)


def test_hostile_text_is_read(read: Reader) -> None:
    for title in ("\x00\ud800H20", "芯" * 200_000, "‮H20 آب 🙂", "<script>alert(1)</script>"):
        assert read(title).number == 0


BOTH = "中方回應:在美方把多家中國企業列入實體清單後,中國商務部13日對美國模擬晶片啟動反傾銷調查。"


def test_a_second_act_of_the_other_capital_is_a_mention_of_its_own(told: Teller) -> None:
    found = told("商務部對美模擬晶片反傾銷調查", f"{BOTH}", "2025-09-14")
    assert [(one.number, one.kind, one.jurisdiction) for one in found] == [
        (0, "countermeasure", ("CN",)),
        (1, "listing", ("US",)),
    ]
    assert found[1].date is None, "no day is told for it"
    assert found[1].first is not None
    assert found[1].last == date(2025, 9, 14)


@pytest.mark.parametrize(
    ("title", "summary"),
    [
        ("US adds 40 Chinese firms to Entity List", "The rule restricts exports of chips to them."),
        ("Huawei plans chips as US curbs bite", "It faces export controls."),
        ("China tells firms to avoid Nvidia chips", "Nvidia had no comment."),
    ],
)
def test_another_reading_of_one_act_is_no_second(told: Teller, title: str, summary: str) -> None:
    assert len(told(title, summary)) == 1


@pytest.mark.parametrize(
    ("title", "summary", "published", "looks_back"),
    [
        ("US adds 40 Chinese firms to Entity List", "It did so on Tuesday.", "2025-07-16", False),
        ("US adds 40 Chinese firms to Entity List", "It did so on 1 July.", "2025-07-16", True),
        ("BIS adds 40 firms to Entity List: client alert", "", "2025-07-16", True),
        (
            "商务部回应对镓实施出口管制",
            "商务部发言人6日回应称,这不是禁止出口。",
            "2023-07-06",
            True,
        ),
        ("Nvidia halts H20 production", "It told suppliers on 3 July.", "2025-07-16", False),
    ],
)
def test_a_look_back_is_marked(
    read: Reader, title: str, summary: str, published: str, looks_back: bool
) -> None:
    one = read(title, summary, published)
    assert one.relevant, one.reasons
    assert one.recap is looks_back


def test_form_force_and_days_are_read_where_they_are_told(read: Reader) -> None:
    one = read(
        "中国对稀土相关技术实施出口管制",
        "商务部10月9日发布2025年第62号公告,自12月1日起实施,公告中的部分措施暂停至2026年11月10日。",
        "2025-10-09",
    )
    assert (one.instrument, one.binding) == ("mofcom-announcement", True)
    assert "公告2025年第62号" in one.terms
    assert one.dates["effective"] == (date(2025, 12, 1),)
    assert one.dates["suspended_until"] == (date(2026, 11, 10),)


def test_no_capital_acts_in_the_form_of_another(read: Reader) -> None:
    one = read("Dutch government requires licences for exports of ASML tools to China")
    assert (one.jurisdiction, one.instrument, one.binding) == (("NL",), "other", None)
    one = read("US requires licences for Nvidia chips, after MOFCOM announcement No. 61 of 2025")
    assert one.jurisdiction[0] == "US"
    assert one.instrument == "is-informed-letter"


def test_a_plan_binds_nobody(read: Reader) -> None:
    one = read("US considers new export controls on chips for China")
    assert (one.status, one.binding) == ("proposed", False)


def test_a_word_that_speaks_against_a_rule_only_doubts_it(read: Reader) -> None:
    """The chairman's bill is another matter: the refusal told beside it still is one."""
    plain = read("US refuses licences for Nvidia chips to China")
    beside = read("US refuses licences for Nvidia chips to China as Congress debates a bill")
    assert plain.kind == "licence"
    assert beside.relevant, beside.reasons


def test_a_part_of_a_month_dates_a_visit_and_a_whole_one_no_talks(read: Reader) -> None:
    visit = read("美国商务部长拟8月下旬访华", "知情人士称,行程将谈出口管制。", "2023-08-01")
    assert (visit.date, visit.precision) == (date(2023, 8, 21), "month")
    deal = read(
        "Trump and Xi agree one-year truce on rare earths in Seoul",
        "The US suspends its export controls until next November.",
        "2025-10-30",
    )
    assert deal.date == date(2025, 10, 30)


def test_a_count_up_to_now_ends_nothing(read: Reader) -> None:
    """截至 before a day of the past counts up to it; before one to come it ends something."""
    one = read("商务部对镓实施出口管制", "即日起施行。截至7月10日已发放许可12件。", "2025-07-10")
    assert "expires" not in one.dates
    later = read("商务部对镓实施出口管制", "即日起施行,至2026年7月10日止。", "2025-07-10")
    assert later.dates["expires"] == (date(2026, 7, 10),)


def test_rules_found_by_one_addition_are_all_that_can_be_fulfilled(
    lexicon: Lexicon,
) -> None:
    """Bits that run over leave no rule out, name none too many, and keep their order."""
    title = fold("US adds Huawei to Entity List despite talks; China bans gallium exports")
    mask = 0
    for part in zones(title, fold("Nvidia wins a licence for the H20."), lexicon):
        mask |= part.mask
    known = compiled(lexicon)
    tried = [rule for rule in known.rules.values() if all(mask & group for group in rule[1])]
    assert len(tried) > 5
    assert known.possible(mask) == tried


@pytest.mark.parametrize(
    "text",
    ["华为受美国管制影响减产", "华为由于美国管制减产", "华为因应美国管制减产", "华为为了规避美国管制减产",
     "华为为避开美国管制减产", "华为规避美国管制减产", "华为避开美国管制减产", "华为不满美国管制减产",
     "华为反击美国管制减产", "华为报复美国管制减产", "华为面对美国管制减产", "华为鉴于美国管制减产",
     "华为符合美国管制要求", "美国收紧管制后,华为减产", "美国收紧管制之际,华为减产",
     "美国收紧管制前夕,华为减产", "华为 despite us curbs 减产"],
)  # fmt: skip
def test_every_chinese_background_is_seen_at_once(text: str) -> None:
    """The same in Chinese."""
    assert (
        zones_module._behind(text)
        == [m.span() for m in zones_module._BACKGROUND.finditer(text)]
        != []
    )


@pytest.mark.parametrize(
    "words",
    ["despite us curbs on it", "amidst us curbs on it", "in response to us curbs on it",
     "in the wake of us curbs on it", "over fears of us curbs on it", "under pressure from us curbs",
     "that complies with us curbs", "to get around us curbs on it", "to comply with us curbs on it",
     "as the us curbs them more", "as beijing curbs them more", "because of us curbs on it",
     "due to us curbs on it", "to sidestep us curbs on it", "that meets the us curbs on it"],
)  # fmt: skip
def test_every_background_is_seen_at_once(words: str) -> None:
    """The quick look for a sign passes over no background that the grammar reads."""
    text = f"huawei moves {words}"
    assert (
        zones_module._behind(text)
        == [m.span() for m in zones_module._BACKGROUND.finditer(text)]
        != []
    )


def test_a_dateline_is_no_hearsay(read: Reader) -> None:
    said = "WASHINGTON, Aug 12 (Reuters) - The Commerce Department added 12 firms on Tuesday."
    assert read("US adds 12 Chinese firms to Entity List", said, "2025-08-12").status == "confirmed"
    said = "The Commerce Department added 12 firms, Reuters reported on Tuesday."
    assert read("US adds 12 Chinese firms to Entity List", said, "2025-08-12").status == "reported"
