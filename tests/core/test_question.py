"""Whether an event answers, and how it stood on a past day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.core.test_measures import news
from tests.view.sample import source
from tracker.core.hindsight import MARK
from tracker.core.question import Question, answers, as_known, is_official, within, without_pauses

DAY = date(2025, 7, 15)
PAGES = (
    source(1, published=DAY, official=True, publisher="BIS"),
    source(2, published=date(2025, 7, 20)),
    source(3, published=date(2025, 8, 1)),
)
EVENT = news(
    "2025-07-15-h20", DAY, title="H20 licences", sources=PAGES, witnesses=3, status="confirmed",
    evidence="official", origin="record", terms=("3A090",), measures=("h20-licence",),
    dates={"effective": (date(2025, 7, 20),), "suspended_until": (date(2026, 1, 1),)},
)  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ({}, True),
        ({"kinds": ("rule", "licence")}, True),
        ({"kinds": ("rule",)}, False),
        ({"directions": ("tighten",)}, False),
        ({"statuses": ("confirmed",)}, True),
        ({"statuses": ("reported",)}, False),
        ({"instruments": ("bill",)}, False),
        ({"actors": ("Nvidia", "AMD")}, True),
        ({"actors": ("AMD",)}, False),
        ({"items": ("H20",)}, False),
        ({"measures": ("h20-licence",)}, True),
        ({"jurisdictions": ("CN",)}, False),
        ({"terms": ("FDPR",)}, False),
        ({"series": ("cn-local",)}, False),
        ({"origins": ("record",)}, True),
        ({"origins": ("news",)}, False),
        ({"min_witnesses": 3}, True),
        ({"min_witnesses": 4}, False),
        ({"official": True}, True),
        ({"grep": "h20 LICENCES"}, True),
        ({"grep": "3a090"}, True),
        ({"grep": "nowhere"}, False),
        ({"kinds": ("licence",), "actors": ("AMD",)}, False),
    ],
)
def test_values_are_alternatives_and_fields_must_all_hold(
    asked: dict[str, Any], wanted: bool
) -> None:
    assert answers(EVENT, Question(**asked)) is wanted


def test_record_and_news_both_take_what_has_both() -> None:
    both = replace(EVENT, origin="both")
    for asked in ("record", "news", "both"):
        assert answers(both, Question(origins=(asked,)))


@pytest.mark.parametrize(
    ("field", "first", "last"),
    [
        ("act", DAY, DAY),
        ("known", DAY, DAY),
        ("published", DAY, DAY),
        ("effective", date(2025, 7, 20), date(2025, 7, 20)),
        ("expires", date(2026, 1, 1), date(2026, 1, 1)),
    ],
)
def test_both_bounds_are_inclusive(field: str, first: date, last: date) -> None:
    inside = Question(since=first, until=last, date_field=field)
    assert within(EVENT, inside)
    assert not within(EVENT, replace(inside, since=None, until=first.replace(day=first.day - 1)
                                     if first.day > 1 else date(2025, 12, 31)))  # fmt: skip
    assert not within(EVENT, replace(inside, since=last.replace(day=last.day + 1), until=None))


def test_an_act_known_to_the_month_is_inside_where_any_day_of_it_is() -> None:
    month = replace(EVENT, date=date(2025, 7, 1), precision="month")
    assert within(month, Question(since=date(2025, 7, 31)))
    assert not within(month, Question(since=date(2025, 8, 1)))


def test_a_page_about_the_act_did_not_publish_it() -> None:
    about = source(0, published=date(2025, 7, 1), about=True)
    event = replace(EVENT, sources=(about, *PAGES), dates={})
    assert not within(event, Question(until=date(2025, 7, 14), date_field="published"))
    assert within(event, Question(until=DAY, date_field="published"))


def test_without_a_day_of_the_kind_asked_for_an_event_is_left_out() -> None:
    assert not within(replace(EVENT, dates={}), Question(date_field="effective"))


def test_on_a_past_day_later_pages_are_gone_and_the_text_is_marked() -> None:
    known = as_known(EVENT, date(2025, 7, 19))
    assert known is not None
    assert (known.sources, known.witnesses, known.text_later) == (PAGES[:1], 1, True)
    assert known.status == "confirmed"
    assert as_known(EVENT, date(2025, 7, 14)) is None
    assert as_known(EVENT, None) is EVENT
    assert as_known(EVENT, date(2025, 8, 1)) is EVENT


def test_on_a_past_day_one_page_confirms_nothing_and_one_about_the_act_is_no_second() -> None:
    wires = (source(1, published=DAY), source(2, published=date(2025, 7, 20)))
    event = replace(EVENT, sources=wires, evidence="two-pages")
    alone = as_known(event, DAY)
    assert alone is not None
    assert (alone.status, alone.evidence) == ("reported", "one-page")
    about = (wires[0], source(2, published=DAY, about=True), source(3, published=date(2025, 8, 1)))
    aside = as_known(replace(event, sources=about), DAY)
    assert aside is not None
    assert aside.status == "reported"


def test_a_text_that_names_a_later_day_is_marked_unless_the_act_announced_it() -> None:
    dated = replace(EVENT, summary="It runs until 1 January 2026.")
    assert as_known(dated, date(2025, 8, 1)) is dated
    wise = replace(EVENT, summary="It was lifted on 3 March 2026.")
    known = as_known(wise, date(2025, 8, 1))
    assert known is not None
    assert known.summary.startswith(MARK)


def test_a_day_without_a_year_is_one_of_the_act_s_year() -> None:
    wise = replace(EVENT, summary="Licences were issued only from about 8 August.")
    known = as_known(wise, date(2025, 8, 1))
    assert known is not None
    assert known.summary.startswith(MARK)
    assert as_known(wise, date(2025, 8, 8)) is wise


def test_a_pause_is_known_from_the_act_that_brought_it() -> None:
    """The rule carries the end of its suspension; before the suspension nobody could know it."""
    until = {"suspended_until": (date(2026, 11, 9),)}
    rule = replace(EVENT, direction="tighten", dates={**EVENT.dates, **until})
    pause = replace(EVENT, id="2025-11-10-pause", direction="ease", dates=until)
    (before,) = without_pauses([rule])
    assert before.dates == {"effective": (date(2025, 7, 20),)}
    assert without_pauses([rule, pause]) == (rule, pause)
    told = replace(rule, summary="It was suspended until 9 November 2026.")
    known = as_known(told, date(2025, 8, 1))
    assert known is not None
    assert known.summary.startswith(MARK)


def test_an_official_page_that_nobody_opened_is_no_evidence() -> None:
    page = source(1, published=DAY, official=True)
    assert is_official(replace(EVENT, sources=(page,)))
    assert not is_official(replace(EVENT, sources=(replace(page, seen_as="a link"),)))
    assert not is_official(replace(EVENT, sources=(replace(page, about=True),)))
