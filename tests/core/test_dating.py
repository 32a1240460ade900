"""Which of the days that an entry names is that of its act."""

from __future__ import annotations

from datetime import date

import pytest

from tracker.core import asides, force
from tracker.core.datelines import written
from tracker.core.dating import date_of
from tracker.core.text import fold
from tracker.core.undated import Dated


def dated(title: str, summary: str, report: str, place: str = "US", kind: str = "rule") -> Dated:
    return date_of(fold(title), fold(summary), date.fromisoformat(report), place, kind)


@pytest.mark.parametrize(
    ("summary", "report", "day"),
    [
        # An older act that is named by its day is not this one.
        ("The controls announced on October 9 rest for a year.", "2025-11-07", "2025-11-07"),
        ("The controls were announced on October 9.", "2025-10-10", "2025-10-09"),
        ("BIS updates October 7 rules and closes gaps.", "2025-11-07", "2025-11-07"),
        ("BIS released updates to its Oct. 7 China chip controls.", "2025-11-07", "2025-11-07"),
        ("BIS clarifies two rules released on October 17.", "2025-11-07", "2025-11-07"),
        ("The two rules were released on November 5.", "2025-11-07", "2025-11-05"),
        # What may come on a day if something else does is no act of that day.
        ("It will be put off if the leaders agree on Thursday.", "2025-10-28", "2025-10-28"),
        ("如果双方7月14日达成协议,管制将放宽", "2025-07-16", "2025-07-16"),
        # Words about an act give way to the act.
        ("商务部今天(5日)在发布会上回应美国12月2日的管制", "2024-12-05", "2024-12-02"),
        ("4月3日外交部记者会上,毛宁就日本3月31日宣布加强管制表示", "2023-04-03", "2023-03-31"),
        ("商务部4月3日在发布会上宣布实施管制", "2023-04-04", "2023-04-03"),
        (
            "商务部5月17日发布谈话:坚决反对美国商务部5月15日针对华为的新规",
            "2020-05-18",
            "2020-05-15",
        ),
        ("商務部5日下午開新聞發布會,回應時說美方12月2日再次發布管制", "2024-12-05", "2024-12-02"),
        ("在中美14日马德里会谈之前,美国商务部12日把23家列入", "2025-09-16", "2025-09-12"),
        (
            "Beijing said Monday it firmly opposes US curbs announced on Friday",
            "2024-02-27",
            "2024-02-23",
        ),
        # Of two days the first one named is that of the act, also where the other counts from it.
        ("China listed it on October 9. The next day shares fell.", "2025-10-12", "2025-10-09"),
        ("美国商务部10月7日列入28家机构,海康次日停牌", "2025-10-11", "2025-10-07"),
        # A day that leads up to another gives way to it, but not to words about itself.
        ("继6日加强对日管制后,商务部7日宣布立案调查", "2026-01-07", "2026-01-07"),
        ("美国6日宣布新规后,外交部发言人7日表示反对", "2026-01-07", "2026-01-06"),
        # A part of a week only bounds a day, so that one that is named is surer.
        ("美国本周稍早收紧管制,黄仁勋周四抵达北京", "2025-04-18", "2025-04-17"),
        ("The curbs came earlier this week.", "2025-04-18", "2025-04-18"),
        # What was before gives way to what is; a report's own day is that of the report.
        ("英特尔3日恢复供货;6月29日晚英特尔曾临时暂停", "2020-07-03", "2020-07-03"),
        ("6月29日晚英特尔曾临时暂停", "2020-07-03", "2020-06-29"),
        ("商务部8日开始发放许可,该公司执行长6日才与总统会面", "2025-08-09", "2025-08-08"),
        ("8月30日,商务部新闻发言人就美方29日移除授权答记者问", "2025-08-31", "2025-08-29"),
        ("路透30日报导,小米29日提起诉讼", "2021-01-31", "2021-01-29"),
        ("路透8日報導北京停止審批;商務部6日公布管制", "2026-01-09", "2026-01-08"),
        # A day that only names an older measure, and one on which a text will be printed.
        ("Officials fear for the truce of last weekend.", "2025-05-16", "2025-05-16"),
        ("Since the curbs of September 15 a permit is needed.", "2020-09-25", "2020-09-25"),
        (
            "It comes as controls that took effect last month begin to bite.",
            "2023-11-16",
            "2023-11-16",
        ),
        ("韩方称已获批准,为4月4日管制以来首批", "2025-05-27", "2025-05-27"),
        ("It puts the curbs of September 9 on hold for a year.", "2020-10-26", "2020-10-26"),
        ("It was done by an order of September 9.", "2020-09-11", "2020-09-09"),
        ("The order of September 9 is the first of its kind.", "2020-09-23", "2020-09-09"),
        ("It will go by a rule to be published on Monday.", "2021-07-09", "2021-07-09"),
        ("It lacks chips whose export China had curbed in October.", "2025-12-18", "2025-12-18"),
        ("It lacks chips that had been held up on October 4.", "2025-12-01", "2025-12-01"),
        ("Caps are expected soon, as reported on Wednesday.", "2025-01-10", "2025-01-10"),
        ("两国元首今上午会晤,将暂停10月9日稀土管制措施一年", "2025-10-30", "2025-10-30"),
        ("It suspends controls on rare earths announced on October 9.", "2025-11-07", "2025-11-07"),
        ("上周二H200刚获准出口,周三委员会通过提案", "2026-01-22", "2026-01-21"),
        # What came first gives way to the day behind it.
        (
            "It was agreed after they met on Wednesday; licences came on Friday.",
            "2025-08-11",
            "2025-08-08",
        ),
        # The market moves after the act.
        ("公司上周五(26日)表示将诉讼,今早股价低开", "2025-12-29", "2025-12-26"),
    ],
)
def test_the_day_of_the_act(summary: str, report: str, day: str) -> None:
    assert str(dated("A title", summary, report).date) == day


def test_a_call_is_dated_before_the_talks_it_settles_on() -> None:
    said = "In a Saturday video call they settled on a further round next week."
    assert str(dated("US and China to talk", said, "2025-10-18", kind="talks").date) == "2025-10-18"
    plain = "They will hold a further round next week."
    assert str(dated("US and China to talk", plain, "2025-10-18", kind="talks").date) > "2025-10-18"


def test_a_week_is_no_round_of_talks() -> None:
    told = dated("白宫公布特习会协议", "白宫周六公布上周达成的协议细节", "2025-11-03", kind="talks")
    assert (str(told.date), told.end) == ("2025-11-01", None)


@pytest.mark.parametrize(
    ("said", "first", "last"),
    [
        ("He is in the city this week, sources say.", "2026-01-19", "2026-01-24"),
        ("He will visit the city this week.", "2026-01-24", "2026-01-25"),
    ],
)
def test_the_week_of_the_report_names_no_day_of_a_trip(said: str, first: str, last: str) -> None:
    found = dated("Huang in Shanghai", said, "2026-01-24", kind="trip")
    assert (str(found.date), found.end, found.said) == ("2026-01-24", None, False)
    assert (str(found.first), str(found.last)) == (first, last)


def test_a_fair_that_opens_is_not_the_day_of_the_trip_to_it() -> None:
    said = "He arrived and will speak at a fair which opens on Wednesday."
    assert str(dated("Huang in Beijing", said, "2025-07-14", kind="trip").date) == "2025-07-14"


@pytest.mark.parametrize(
    ("title", "said"),
    [("荷蘭法院1/14聽審控制權案", "法院今天說,1月14日將開庭。"),
     ("Court on Nexperia", "The hearing is set for January 14.")],
)  # fmt: skip
def test_a_hearing_has_the_day_it_is_set_for(title: str, said: str) -> None:
    found = dated(title, said, "2026-01-05", "NL", "enforcement")
    assert str(found.date) == "2026-01-14"


@pytest.mark.parametrize(
    ("summary", "day"),
    [
        ("Last week Japan said it would restrict tools.", "2023-03-31"),
        ("上周日本宣布限制设备出口", "2023-03-31"),
        ("It follows the rule that Japan announced last week.", "2023-04-05"),
        ("Last week it ended; in February it began.", "2023-04-05"),
        ("Two weeks ago Japan said so.", "2023-04-05"),
    ],
)
def test_the_week_before_bounds_the_day(summary: str, day: str) -> None:
    """Of a week its last working day stands, and the whole week stays possible."""
    found = dated("Japan restricts tools", summary, "2023-04-05", "JP")
    assert str(found.date) == day
    assert not found.said
    if day != "2023-04-05":
        assert (found.first, found.last) == (date(2023, 3, 27), date(2023, 4, 2))


@pytest.mark.parametrize(
    ("report", "day"),
    [
        ("2025-07-15", "2025-07-14"),
        ("2025-07-14", "2025-07-14"),  # not the Sunday before
        ("2025-07-13", "2025-07-11"),  # but the Friday
        ("2025-07-12", "2025-07-11"),
    ],
)
def test_an_american_act_in_a_chinese_report_was_done_on_a_working_day(
    report: str, day: str
) -> None:
    assert str(dated("美国限制芯片出口", "", report).date) == day


@pytest.mark.parametrize(
    "text",
    ["公布之日起执行", "自公布日施行", "即日起生效", "立即生效", "即时实施", "effective immediately", "It takes effect"
     " upon its publication", "With immediate effect", "took effect at once"],
)  # fmt: skip
def test_the_quick_look_passes_over_no_act_in_force_at_once(text: str) -> None:
    assert force._AT_ONCE.search(text)
    assert force.at_once(text)


@pytest.mark.parametrize(
    "text", ["Shares of Nvidia fell on ", "The stock had dropped ", "Futures rose late ", "股价", "股價下跌于"]
)  # fmt: skip
def test_the_quick_look_passes_over_no_day_of_the_market(text: str) -> None:
    assert asides._MARKET.search(text)
    assert asides._of_shares(f"{text}Monday", len(text))


@pytest.mark.parametrize(
    ("summary", "name", "day"),
    [
        ("Exporters must apply; the rule takes effect on October 1.", "effective", "2026-10-01"),
        ("该规定自10月1日起生效。", "effective", "2026-10-01"),
        ("The measure is suspended until 1 October.", "suspended_until", "2026-10-01"),
        ("部分措施暂停至10月1日。", "suspended_until", "2026-10-01"),
        ("The rule, which took effect on October 1, covers tools.", "effective", "2025-10-01"),
        ("该规定已自10月1日起生效。", "effective", "2025-10-01"),
        ("自10月1日起生效的规定涉及设备。", "effective", "2025-10-01"),
        ("The rule takes effect on October 1, 2025.", "effective", "2025-10-01"),
        ("The rule takes effect on February 20.", "effective", "2026-02-20"),
        ("截至10月1日,许可仍未发放。", "expires", None),
    ],
)
def test_force_that_begins_or_ends_on_a_bare_day_is_to_come(
    summary: str, name: str, day: str | None
) -> None:
    """Months after the last day of that name an act reported now means the next one."""
    dates = date_of(fold("Rule"), fold(summary), date(2026, 3, 3), "US", "rule").dates
    assert dates.get(name) == ((date.fromisoformat(day),) if day else None)


def test_a_dateline_is_read_in_both_scripts() -> None:
    day = date(2025, 7, 15)
    found = [written(f"华盛顿14日{word} 美国", day) for word in ("电", "電", "专电")]
    assert found == [date(2025, 7, 14)] * 3


@pytest.mark.parametrize(
    ("title", "summary", "day"),
    [
        ("US bans H20", "On April 9, 2025 it asked. It banned H20 on July 15, 2025.", "2025-07-15"),
        (
            "中国限制镓出口",
            "商务部2025年7月15日宣布,自2025年8月1日起生效。7月15日当天",
            "2025-07-15",
        ),
        ("US bans H20", "It did so on Tuesday, nine years after 15 July 2016.", None),
        ("US bans H20", "Effective 1 August 2025.", None),
        ("US bans H20", "It was long feared. " * 40 + "It banned A100 on 7 October 2022.", None),
        ("US bans H20", "It did so on 31 February 2025.", None),
    ],
)
def test_without_a_day_of_publication_a_day_in_full_counts(
    title: str, summary: str, day: str | None
) -> None:
    """With its words as witness; a day that needs another to be read against stays unknown."""
    found = date_of(fold(title), fold(summary), None, "US", "rule")
    assert found.date == (date.fromisoformat(day) if day else None)
    assert found.said == bool(day)
    assert ("read as" in found.reasons[0].why) == bool(day)


def test_a_day_in_full_leaves_the_days_of_force_beside_it() -> None:
    text = "商务部2025年7月15日宣布实施出口管制,自2025年8月1日起生效。"
    found = date_of(fold("中国限制镓出口"), fold(text), None, "CN", "rule")
    assert found.dates == {"effective": (date(2025, 8, 1),)}


@pytest.mark.parametrize(
    ("summary", "kind", "place", "day", "said"),
    [
        # The day of a Chinese report is not that of an act done half a day west of it,
        ("3月26日消息,美国商务部更新实体清单,列入80个实体。", "listing", "US", 25, False),
        ("C114讯3月26日消息,美国商务部更新实体清单。", "listing", "US", 25, False),
        # but words are reported as they are said, and nearer acts on their day;
        ("路透社3月26日报道,商务部长说不会放宽。", "statement", "US", 26, True),
        ("3月26日消息,商务部公布新的出口管制。", "countermeasure", "CN", 26, True),
        # and who quotes an older report knows whose day it is.
        ("据路透社3月25日报道,美国商务部更新实体清单。", "listing", "US", 25, True),
    ],
)
def test_the_day_of_a_chinese_report_is_none_of_an_american_act(
    summary: str, kind: str, place: str, day: int, said: bool
) -> None:
    found = dated("美国更新实体清单", summary, "2025-03-26", place, kind)
    assert found.date
    assert (found.date.day, found.said) == (day, said)


@pytest.mark.parametrize(
    ("title", "kind", "report", "day"),
    [
        # No office acts at weekends, and what is told on a Monday was not done on the Sunday;
        ("US adds firms to Entity List", "listing", "2025-05-17", 16),
        ("US adds firms to Entity List", "listing", "2025-05-18", 16),
        ("US adds firms to Entity List", "listing", "2025-05-19", 19),
        # people speak, meet and travel on any day;
        ("Secretary says curbs work", "statement", "2025-05-17", 17),
        ("Trade talks end", "talks", "2025-05-18", 18),
        # and what prosecutors do is told on the day after it.
        ("US charges four over chips", "enforcement", "2025-05-16", 15),
        ("US adds firms to Entity List", "listing", "2025-05-16", 16),
        ("美国起诉四人", "enforcement", "2025-05-18", 16),
    ],
)
def test_the_working_day_of_an_american_act_that_names_none(
    title: str, kind: str, report: str, day: int
) -> None:
    found = dated(title, "", report, kind=kind)
    assert found.date
    assert (found.date.day, found.said) == (day, False)
    assert dated(title, "", report, place="SG", kind=kind).date == date.fromisoformat(report)


@pytest.mark.parametrize(
    ("title", "summary", "kind", "day"),
    [
        # What Beijing says on a day was done in Washington before it,
        ("美国列入37家 外交部回应", "发言人林剑5月10日表示坚决反对。", "listing", 9),
        ("美国列入37家 商务部回应", "发言人5月10日答记者问时表示坚决反对。", "listing", 9),
        (
            "美国列入37家",
            "5月10日下午，外交部例行记者会上，发言人就美方此举表示反对。",
            "listing",
            9,
        ),
        ("美國列入37家", "中國商務部週五就美國此舉答問，稱堅決反對。", "listing", 9),
        ("美国列入37家 外交部回应", "外交部发言人林剑5月10日表示坚决反对。", "listing", 9),
        ("美国签署法案", "5月10日,中国商务部发言人表示坚决反对美方法案。", "legislation", 9),
        # what it does on that day itself,
        ("安世半导体出口 商务部回应", "商务部5月10日表示将予以豁免。", "licence", 10),
        # and words are of the day on which they are said.
        ("美国官员谈管制", "外交部发言人5月10日表示反对美方说法。", "statement", 10),
        ("美国商务部回应", "美国商务部5月10日表示将列入37家。", "listing", 10),
    ],
)
def test_the_day_of_an_answer_is_not_that_of_the_american_act(
    title: str, summary: str, kind: str, day: int
) -> None:
    found = dated(title, summary, "2024-05-10", kind=kind)
    assert found.date
    assert found.date.day == day
