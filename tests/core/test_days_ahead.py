"""Days to come: meetings, journeys and plans announced beforehand, and days in court."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.core.conftest import Reader
from tracker.core.build import build
from tracker.core.dating import date_of
from tracker.core.examples import mention
from tracker.core.text import fold
from tracker.core.when import find_phrases
from tracker.model import Kind, Mention

TUESDAY = date(2025, 7, 15)


def day_of(title: str, summary: str, kind: str, report: date = TUESDAY) -> str:
    return str(date_of(fold(title), fold(summary), report, "US", kind).date)


@pytest.mark.parametrize(
    ("title", "day"),
    [
        ("Ministers begin tariff talks on Friday in Oslo", "2025-07-18"),
        ("The two sit down in Bern on Thursday", "2025-07-17"),
        ("Envoy flies to Seoul on Friday", "2025-07-18"),
        ("Ministers resume talks in the United States on Thursday", "2025-07-17"),
        # What is told on the next morning came on the day before.
        ("The two will meet on Monday", "2025-07-14"),
        ("The two are due to meet on Monday", "2025-07-21"),
        # Looking back, or a noun and no verb.
        ("Ministers met on Friday", "2025-07-11"),
        ("The start of the talks on Friday", "2025-07-11"),
        ("They did not meet on Friday", "2025-07-11"),
        ("It may drop out after a court on Friday ruled", "2025-07-11"),
        ("部长周五举行磋商", "2025-07-18"),
        ("部长周五举行了磋商", "2025-07-11"),
        ("最早于周五发布新规", "2025-07-18"),
        ("美国周五将把十家公司列入清单", "2025-07-18"),
    ],
)
def test_the_verb_tells_a_weekday_to_come(title: str, day: str) -> None:
    assert [str(one.first) for one in find_phrases(title, TUESDAY)] == [day]


@pytest.mark.parametrize(
    ("title", "summary"),
    [
        ("Envoy to visit Oslo on Friday", "She will go on Friday, the ministry said on Monday."),
        ("Envoy visits Oslo on Friday", "His office announced Monday."),
        ("Envoys start Friday in Oslo", "It made the announcement on Monday."),
        ("部长周五访问奥斯陆", "外交部周一宣布,部长周五将访问奥斯陆。"),
        ("磋商7月18日举行", "商务部14日宣布,磋商将于7月18日举行。"),
    ],
)
def test_the_day_of_an_announcement_gives_way_to_that_of_the_meeting(
    title: str, summary: str
) -> None:
    assert day_of(title, summary, "talks") == "2025-07-18"


def test_nobody_meets_on_the_day_of_the_report() -> None:
    told = "某社14日报道,两部长预计下周末在奥斯陆会谈。"
    assert day_of("两部长将会晤", told, "talks") == "2025-07-26"


def test_talks_of_yesterday_stay_before_the_next_round() -> None:
    said = "They were frank, the envoy said on Monday. The next round will be on July 28."
    assert day_of("Envoy on the talks", said, "talks") == "2025-07-14"
    held = "They met in Oslo on Monday and will meet again on July 28."
    assert day_of("Talks in Oslo", held, "talks") == "2025-07-14"


@pytest.mark.parametrize(
    "title",
    [
        "US to add ten firms to its list on Friday",
        "US could publish the curbs as soon as Friday",
        "Curbs that might be issued as early as Friday",
        "Senate to vote on chip bill Friday",
    ],
)
def test_a_plan_has_the_day_of_its_report(title: str) -> None:
    assert day_of(title, "Two people told of it.", "listing") == "2025-07-15"


@pytest.mark.parametrize(
    ("title", "summary"),
    [
        ("Two charged over chips", "They were charged on Monday; a hearing is set for August 4."),
        ("检方起诉两人", "检方14日起诉两人,将于8月4日开庭。"),
        ("US seizes servers", "Agents announced it on Monday. The trial is set for August 4."),
    ],
)
def test_a_charge_stands_before_the_day_in_court(title: str, summary: str) -> None:
    assert day_of(title, summary, "enforcement") == "2025-07-14"


def test_a_weekday_of_the_headline_is_that_of_the_text() -> None:
    said = "The maker will show the chip on Friday."
    assert day_of("Maker shows chip on Friday", said, "company") == "2025-07-15"
    done = "The maker showed the chip on Friday."
    assert day_of("Maker shows chip on Friday", done, "company") == "2025-07-11"


def test_a_trial_alone_has_its_day_in_court() -> None:
    for said in ("The trial is set for August 4", "A court will hear it on August 4"):
        told = f"{said}, a judge said on Monday."
        assert day_of("Judge on the case", told, "enforcement") == "2025-08-04"


@pytest.mark.parametrize(
    ("title", "day", "end", "precision", "status"),
    [
        ("Jensen Huang to visit Beijing in April", "2026-04-01", None, "month", "proposed"),
        ("Jensen Huang to visit Beijing next month", "2026-04-01", None, "month", "proposed"),
        ("黄仁勋将于下月访问北京", "2026-04-01", None, "month", "proposed"),
        ("中美将于下月在马德里举行经贸会谈", "2026-04-01", None, "month", "proposed"),
        ("Lutnick to visit Beijing from July 10 to 12 for trade talks",
         "2026-07-10", "2026-07-12", "day", "proposed"),
        ("美商务部长卢特尼克将于7月10日至12日访华", "2026-07-10", "2026-07-12", "day", "proposed"),
        ("Jensen Huang cancels Beijing trip planned for April 10", "2026-03-03", None, "day",
         "confirmed"),
        ("黄仁勋取消4月10日的北京之行", "2026-03-03", None, "day", "confirmed"),
        ("Jensen Huang visits Beijing", "2026-03-03", None, "day", "confirmed"),
    ],
)  # fmt: skip
def test_what_is_announced_stands_on_its_days_and_has_not_happened(
    read: Reader, title: str, day: str, end: str | None, precision: str, status: str
) -> None:
    found = read(title, day="2026-03-03")
    told = str(found.date), found.end_date and str(found.end_date), found.precision, found.status
    assert told == (day, end, precision, status)


@pytest.mark.parametrize(
    ("title", "summary", "day"),
    [
        ("Jensen Huang to visit Beijing next week", "The company said Monday.", "2026-03-09"),
        ("Jensen Huang to visit Beijing next month", "Nvidia said on Monday.", "2026-04-01"),
        ("US and China to hold trade talks in Madrid next week", "The Treasury said on Monday.",
         "2026-03-09"),
    ],
)  # fmt: skip
def test_the_day_of_an_announcement_is_not_that_of_the_journey(
    read: Reader, title: str, summary: str, day: str
) -> None:
    assert str(read(title, summary, "2026-03-03").date) == day


def test_reports_of_its_own_days_say_whether_a_journey_was_made(read: Reader) -> None:
    ahead = [read(f"黄仁勋将于3月10日访问北京 ({n})", day="2026-03-03", name=n) for n in "abc"]
    there = [read("Jensen Huang visits Beijing", "He arrived on Tuesday.", "2026-03-11", n)
             for n in "de"]  # fmt: skip
    announced, made = build(ahead), build([*ahead, *there])
    assert announced is not None
    assert made is not None
    assert (announced.status, made.status) == ("proposed", "reported")  # all of one publisher


@pytest.mark.parametrize(
    ("title", "summary", "status"),
    [
        ("US and China treasury chiefs to meet in Malaysia ahead of Trump-Xi talks",
         "Bessent and He agreed on a call on Saturday to meet on rare earths.", "proposed"),
        ("中美将于马来西亚举行新一轮经贸磋商", "双方周六视频通话,同意举行磋商。", "proposed"),
        ("何立峰抵达吉隆坡 将与贝森特举行经贸磋商", "", "confirmed"),
        ("US, China trade talks end in Kuala Lumpur, to resume in Seoul", "", "confirmed"),
        ("US, China to hold trade talks to end rare earth curbs", "", "proposed"),
        ("US-China trade talks to be held in Stockholm next week", "", "proposed"),
        ("中美将展开新一轮经贸谈判", "", "proposed"),
        ("中美展开新一轮经贸谈判", "", "confirmed"),
    ],
)  # fmt: skip
def test_a_meeting_to_come_is_proposed_though_no_day_is_named(
    read: Reader, title: str, summary: str, status: str
) -> None:
    found = read(title, summary, "2025-10-19")
    assert (found.kind, found.status) == ("talks", status)


def test_what_was_announced_is_known_from_its_first_report() -> None:
    """A meeting as it is announced; another act from its own day on, where that was reported."""
    told = mention(date=TUESDAY, keys=("dated",))
    early = replace(told, item_id="a", report_day=TUESDAY - timedelta(days=9))
    late = replace(told, item_id="b", report_day=TUESDAY + timedelta(days=1))

    def known(*news: Mention, kind: Kind) -> date | None:
        event = build([replace(one, kind=kind) for one in news])
        return event.known if event else None

    assert known(early, kind="talks") == known(early, kind="rule") == early.report_day
    assert known(early, late, kind="talks") == early.report_day
    assert known(early, late, kind="rule") == late.report_day


@pytest.mark.parametrize(
    ("title", "summary"),
    [
        ("Office opens probe into chips", "It opened one on Monday; a hearing is set for July 28."),
        ("商务部对芯片发起反倾销调查", "商务部14日发起调查，定于7月28日举行听证。"),
    ],
)
def test_a_probe_is_opened_before_it_is_heard(title: str, summary: str) -> None:
    assert day_of(title, summary, "countermeasure") == "2025-07-14"
