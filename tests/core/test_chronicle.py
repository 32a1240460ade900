"""Articles that look back on several acts. All texts here are made up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.core.conftest import Reader
from tracker.core.build import build
from tracker.core.decisions import Decisions
from tracker.core.text import language_of_item
from tracker.core.traits import CHRONICLE
from tracker.model import Language, Mention

ROAD = (
    "Nvidia's long road back to China",
    "On April 9, 2025 Washington told Nvidia that exports of its H20 chip to China would need a"
    " licence. On July 14 the US government assured it that licences would be granted. On July 31"
    " China's cyberspace regulator summoned Nvidia over the H20. The affiliates rule was suspended"
    " on November 10, 2025. On January 13, 2026 BIS moved H200 exports to case-by-case review.",
)
ROAD_ZH = (
    "英伟达重返中国之路",
    "2025年4月9日,美国政府通知英伟达,H20芯片对华出口需要许可证。2025年7月31日,国家网信办就H20后门风险"
    "约谈英伟达公司。2024年12月3日,商务部宣布禁止镓、锗、锑对美出口。",
)


@pytest.mark.parametrize(("title", "text"), [ROAD, ROAD_ZH])
def test_a_look_back_is_no_event(read: Reader, title: str, text: str) -> None:
    one = read(title, text, "2026-02-20")
    assert not one.relevant
    assert any(why.name == "chronicle" and "months" in why.why for why in one.reasons)


def test_a_look_back_in_the_week_of_an_act_is_a_recap(read: Reader) -> None:
    one = read(*ROAD, "2026-01-15")
    assert (one.relevant, one.recap, one.date) == (True, True, date(2026, 1, 13))
    assert build([one]) is None


def test_news_with_a_history_stays_news(read: Reader) -> None:
    text = (
        "BIS on Tuesday moved H200 exports to case-by-case review. On April 9, 2025 it had asked"
        " for licences for the H20; on July 14 it promised them; on November 10, 2025 it suspended"
        " the affiliates rule."
    )
    one = read("US moves H200 exports to China to case-by-case review", text, "2026-01-14")
    assert (one.relevant, one.recap, one.date) == (True, False, date(2026, 1, 13))
    assert CHRONICLE not in one.keys


@pytest.fixture
def pair(read: Reader) -> tuple[Mention, Mention]:
    news = read(
        "US moves H200 exports to China to case-by-case review",
        "BIS moved H200 exports to case-by-case review on Tuesday.", "2026-01-14", "news",
    )  # fmt: skip
    back = replace(read(*ROAD, "2026-01-15", "back"), publisher="Other", date=date(2026, 1, 12))
    return news, back


def test_a_look_back_witnesses_no_other_day(pair: tuple[Mention, Mention]) -> None:
    event = build(pair)
    assert event is not None
    assert (event.witnesses, event.reports, event.status) == (1, 2, "reported")
    assert (event.date, event.title) == (date(2026, 1, 13), pair[0].title)


def test_what_a_person_confirms_counts(pair: tuple[Mention, Mention]) -> None:
    event = build(pair[1:], decisions=Decisions(confirmed=frozenset({"back"})))
    assert event is not None
    assert event.status == "confirmed"


@pytest.mark.parametrize(
    ("text", "said", "found"),
    [
        ("美国将40家中国企业列入实体清单", "en", "zh-Hans"),
        ("美國將40家中國企業列入實體清單", "zh-Hans", "zh-Hant"),
        ("US adds 40 Chinese companies to Entity List", "zh-Hans", "en"),
        ("高雄", "zh-Hant", "zh-Hant"),
        ("Новости", "other", "other"),
        ("US adds 40 Chinese companies to Entity List", "other", "en"),
        ("", "zh-Hant", "zh-Hant"),
    ],
)
def test_the_text_says_its_language(text: str, said: Language, found: Language) -> None:
    assert language_of_item(text, said) == found
    assert language_of_item(text, found) == found
