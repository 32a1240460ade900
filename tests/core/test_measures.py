"""States of measures on a day: chains, lapses, what never applied, and which measure is meant."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.core.event_days import days_of_event, source_day
from tracker.core.measures import (
    Status,
    StatusRow,
    chains,
    disagree,
    find,
    lapsed,
    standings,
    witness,
)
from tracker.core.state_words import of_row, state_words
from tracker.core.touching import kinds_of, touching
from tracker.model import Event, Measure, MeasureState, Record, RecordEvent
from tracker.record.load import load
from tracker.view import status as status_view

RECORD: Record = load(Path(__file__).parents[2] / "db" / "record")
EVENTS: dict[str, RecordEvent] = {event.id: event for event in RECORD.events}
MEASURES = {measure.id: measure for measure in RECORD.measures}


def words_on(id_: str, day: str) -> dict[tuple[str, str], str]:
    """(by, strand) -> the words for the state on a day."""
    found = standings(MEASURES[id_], date.fromisoformat(day))
    return {(one.by, one.strand): state_words(one) for one in found}


@pytest.mark.parametrize(
    ("id_", "day", "by", "words"),
    [
        ("affiliates-50pct-rule", "2025-09-30", "Washington", "in force"),
        ("affiliates-50pct-rule", "2025-11-09", "Washington", "in force"),
        ("affiliates-50pct-rule", "2025-11-10", "Washington", "suspended"),
        ("affiliates-50pct-rule", "2026-11-09", "Washington", "suspended"),
        ("affiliates-50pct-rule", "2026-11-10", "Washington",
         "suspension lapsed on 2026-11-09, nothing known since"),
        ("us-china-tariff-truce", "2025-06-30", "Washington", "in force"),
        ("us-china-tariff-truce", "2026-03-01", "Washington", "contested"),
        ("us-china-tariff-truce", "2026-11-24", "Beijing",
         "term lapsed on 2026-11-10, nothing known since"),
        ("cn-october-2025-notices-55-58", "2026-01-20", "Beijing", "suspended, never in force"),
        ("cn-october-2025-controls", "2026-01-20", "Beijing", "suspended"),
        ("cn-gallium-germanium-antimony-ban-us", "2026-11-27", "Beijing", "suspended"),
        ("cn-gallium-germanium-antimony-ban-us", "2026-11-28", "Beijing",
         "suspension lapsed on 2026-11-27, nothing known since"),
        ("veu-samsung-skhynix", "2026-01-20", "Washington", "rescinded, by its text"),
        ("h200-licences", "2026-01-20", "Washington", "in force"),
        ("h200-licences", "2026-01-20", "Beijing", "contested"),
        ("match-act", "2026-06-30", "US Congress", "proposed"),
    ],
)  # fmt: skip
def test_the_state_on_a_day(id_: str, day: str, by: str, words: str) -> None:
    assert words_on(id_, day)[by, "text"] == words


@pytest.mark.parametrize(
    ("id_", "day", "words"),
    [
        ("cn-state-dc-foreign-chip-ban", "2026-11-24", "reported in force"),
        ("cn-h20-purchase-guidance", "2026-11-24", "reported in force"),
        ("cn-h200-import-block", "2026-01-20", "reported in force"),
        ("cn-rare-earth-april-2025", "2025-07-01", "relaxed"),
        ("cn-rtx-5090d-v2-block", "2026-11-24", "rumoured"),
        ("remote-access-security-act", "2025-12-01", "expired"),
        ("h20-licence-requirement", "2025-06-01", "in force"),
    ],
)
def test_what_only_reports_say_is_in_force_by_report(id_: str, day: str, words: str) -> None:
    measure, on = MEASURES[id_], date.fromisoformat(day)
    row = StatusRow(measure, standings(measure, on), EVENTS)

    assert of_row(row, row.standings[0]) == words


def test_a_confirmed_step_before_a_reported_one_keeps_the_state_confirmed() -> None:
    """The rule of January 2026 is law; that ten buyers were cleared in May is a report."""
    measure, day = MEASURES["h200-licences"], date(2026, 11, 24)
    row = StatusRow(measure, standings(measure, day), EVENTS)
    said = {one.by: status_view.span_words(row, one) for one in row.standings}

    assert said["Washington"].startswith("in force since 2026-01-15")
    assert "this step, reported, since 2026-05-14" in said["Washington"]


def said_on(measure: Measure, day: str) -> str:
    """The first chain of a measure on a day, as the screen says it."""
    row = StatusRow(measure, standings(measure, date.fromisoformat(day)), EVENTS)
    return status_view.span_words(row, row.standings[0])


def bill(*steps: tuple[str, str, str | None, str | None]) -> Measure:
    """A bill by its steps: state, first and last day, stage."""
    states = tuple(
        MeasureState(state, date.fromisoformat(since), date.fromisoformat(until) if until else None, None,
                     "US Congress", "text", None, stage)
        for state, since, until, stage in steps
    )  # fmt: skip
    return replace(MEASURES["match-act"], states=states)


def test_a_bill_met_under_way_is_not_said_to_begin_with_that_day() -> None:
    """H.R. 2683 was pending long before the vote with which the record begins."""
    passed = bill(
        ("proposed", "2024-09-09", "2025-01-02", "passed House"),
        ("expired", "2025-01-03", "2026-01-11", "lapsed with the Congress"),
        ("proposed", "2026-01-12", None, "passed House"),
    )
    assert said_on(passed, "2025-12-01") == (
        "expired since 2025-01-03, the next bill first seen in the record on 2026-01-12")  # fmt: skip
    assert said_on(passed, "2026-02-01") == "proposed, first seen in the record on 2026-01-12"
    assert said_on(passed, "2024-10-01") == (
        "proposed, first seen in the record on 2024-09-09 until 2025-01-02")  # fmt: skip

    filed = bill(
        ("proposed", "2025-05-08", "2026-03-25", "introduced in both chambers"),
        ("proposed", "2026-03-26", None, "reported by House committee"),
    )
    assert said_on(filed, "2026-04-01") == "proposed since 2025-05-08 · this step since 2026-03-26"


def test_what_never_was_law_is_not_rescinded() -> None:
    """An amendment is dropped, a draft withdrawn; of a rule that applied the word stands."""
    amendment = bill(
        ("proposed", "2025-09-02", "2025-12-02", "amendment filed"),
        ("rescinded", "2025-12-03", None, "dropped in conference"),
    )
    draft = bill(
        ("rumoured", "2026-03-05", "2026-03-12", None), ("rescinded", "2026-03-13", None, None)
    )
    rule = bill(
        ("in_force", "2024-03-05", "2026-03-12", None), ("rescinded", "2026-03-13", None, None)
    )

    assert said_on(amendment, "2026-06-01") == "dropped since 2025-12-03"
    assert said_on(draft, "2026-06-01") == "withdrawn since 2026-03-13"
    assert said_on(rule, "2026-06-01") == "rescinded since 2026-03-13"


def test_a_press_release_is_not_a_rule() -> None:
    """The diffusion rule has three answers on one day, and none replaces another."""
    assert words_on("ai-diffusion-rule", "2026-01-20") == {
        ("BIS", "text"): "in force",
        ("BIS", "enforcement"): "suspended",
        ("BIS", "compliance"): "suspended, never in force",
    }


def test_nothing_stands_before_it_began() -> None:
    assert standings(MEASURES["affiliates-50pct-rule"], date(2025, 9, 28)) == ()


def test_the_capitals_contradict_each_other() -> None:
    assert disagree(standings(MEASURES["h200-licences"], date(2026, 1, 20)))
    assert not disagree(standings(MEASURES["us-china-tariff-truce"], date(2025, 6, 30)))
    assert not disagree(standings(MEASURES["ai-diffusion-rule"], date(2026, 6, 5)))


def test_the_lapses_of_november_2026() -> None:
    found = [
        (measure.id, str(one.lapsed), one.ended)
        for measure, one in lapsed(RECORD.measures, date(2026, 11, 24))
    ]

    assert found == [
        ("cn-hanwha-countermeasures", "2026-11-10", "suspension"),
        ("cn-october-2025-controls", "2026-11-10", "suspension"),
        ("cn-october-2025-notices-55-58", "2026-11-10", "suspension"),
        ("cn-special-port-fees", "2026-11-10", "suspension"),
        ("cn-uel-april-2025", "2026-11-10", "suspension"),
        ("us-china-tariff-truce", "2026-11-10", "term"),
        ("affiliates-50pct-rule", "2026-11-09", "suspension"),
        ("us-301-port-fees", "2026-11-09", "suspension"),
    ]
    assert lapsed(RECORD.measures, date(2026, 7, 7)) == ()


@given(st.dates(date(2022, 1, 1), date(2030, 1, 1)), st.sampled_from(RECORD.measures))
def test_every_begun_chain_has_one_state_and_no_pause_ends_by_itself(
    day: date, measure: Measure
) -> None:
    found = {(one.by, one.strand): one for one in standings(measure, day)}

    assert set(found) == {key for key, states in chains(measure).items() if states[0].since <= day}
    for one in found.values():
        assert one.state.since <= day
        ended = one.state.until is not None and one.state.until < day
        assert bool(one.lapsed) == (ended or one.state.state == "lapsed_unknown")
        if one.lapsed:
            assert "in force" not in state_words(one)


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        (["H20"], ["cn-h20-purchase-guidance", "h20-licence-requirement", "h20-mi308-licences",
                   "us-15pct-revenue-share"]),
        (["h200"], ["cn-h200-import-block", "h200-25pct-levy", "h200-licences"]),
        (["稀土", "rare earths"], ["cn-october-2025-controls", "cn-october-2025-notices-55-58",
                                 "cn-rare-earth-april-2025"]),
        (["穿透规则"], ["affiliates-50pct-rule"]),
        (["穿透規則"], ["affiliates-50pct-rule"]),
        (["50% Rule"], ["affiliates-50pct-rule"]),
        (["H.R. 8170"], ["match-act"]),
        (["hr8170"], ["match-act"]),
        (["S.4281"], ["match-act"]),
        (["ai-diffusion-rule"], ["ai-diffusion-rule"]),
        (["91 FR 1684"], ["advanced-computing-rule-2022", "advanced-computing-rule-2023",
                          "h200-licences"]),
        (["KR"], ["kr-strategic-items-2025"]),
        (["The Hague"], ["nexperia", "nl-chip-tool-licences"]),
        (["nobody's measure"], []),
        ([" "], []),
    ],
)  # fmt: skip
def test_which_measures_are_meant(words: list[str], ids: list[str]) -> None:
    assert [measure.id for measure in find(RECORD.measures, EVENTS, words)] == ids


def test_a_term_of_art_finds_the_measures_whose_events_carry_it() -> None:
    found = {measure.id for measure in find(RECORD.measures, EVENTS, ["3A090"])}

    assert {"advanced-computing-rule-2022", "h200-licences", "hbm-rule-2024"} <= found
    for id_ in found - {"advanced-computing-rule-2022"}:
        cited = {state.event_id for state in MEASURES[id_].states}
        assert any("3A090" in EVENTS[event].terms for event in cited if event)


def test_the_witness_is_the_official_page_where_one_was_opened() -> None:
    match_act = MEASURES["match-act"].states[0]
    page = witness(match_act, EVENTS)

    assert page is not None
    assert (page.official, page.publisher) == (True, "US Government Publishing Office")


def test_without_an_official_page_the_document_number_decides() -> None:
    """The Federal Register's own page of the suspension was seen only as a link."""
    page = witness(MEASURES["affiliates-50pct-rule"].states[1], EVENTS)

    assert page is not None
    assert (page.ref, page.seen_as) == ("90 FR 50857; FR Doc. 2025-19846", None)


def test_every_state_of_the_record_has_a_witness() -> None:
    bare = [m.id for m in RECORD.measures for s in m.states if witness(s, EVENTS) is None]

    assert bare == []


def news(id_: str, known: date, **changes: object) -> Event:
    """A licence for H200 by Nvidia in Washington, as a news event."""
    event = Event(
        id=id_, date=known, precision="day", end_date=None, known=known, known_precision=None,
        link_day=known, dates={}, kind="licence", instrument="other", binding=None,
        direction="ease", title="A licence", summary="", note=None, jurisdiction=("US",),
        actors=("Nvidia",), items=("H200",), terms=(), measures=(), status="reported",
        evidence="one-page", origin="news", sources=(), series=(), witnesses=1, reports=3,
    )  # fmt: skip
    return replace(event, **changes)  # type: ignore[arg-type]  # names are those of Event


def test_what_may_change_a_measure_is_what_became_known_after_it_was_checked() -> None:
    measure = MEASURES["h200-licences"]
    after, day = measure.checked + timedelta(days=1), date(2026, 11, 24)
    events = [
        news("later", after),
        news("checked", measure.checked),
        news("tomorrow", day + timedelta(days=1)),
        news("result", after, kind="company"),
        news("named", after, kind="company", measures=("h200-licences",)),
        news("elsewhere", after, jurisdiction=("NL",)),
        news("other-chip", after, items=("H20",)),
        news("other-firm", after, actors=("Cambricon",)),
    ]

    assert [event.id for event in touching(measure, events, day)] == ["later", "named"]


def test_a_report_that_names_the_rule_touches_it_and_the_lapse_says_so() -> None:
    """The 50% rule has no item of its own: its name is what reports of its return share with it."""
    measure, day = MEASURES["affiliates-50pct-rule"], date(2026, 11, 24)
    back = news("back", date(2026, 11, 10), terms=("Affiliates Rule",), items=(), actors=())
    other = news("other", date(2026, 11, 10), terms=("Entity List",), items=(), actors=())
    assert touching(measure, [back, other], day) == (back,)
    row = StatusRow(measure, standings(measure, day), EVENTS, (back,))
    text = status_view.markdown(Status(day, None, day, (row,)))
    assert "suspension lapsed on 2026-11-09, 1 event since, not checked" in text
    assert "nothing known since" not in text


def recorded(id_: str) -> Event:
    """An event of the record as ``touching`` sees it."""
    one = EVENTS[id_]
    filed = [m.id for m in RECORD.measures if id_ in {state.event_id for state in m.states}]
    return news(
        id_, one.date, kind=one.kind, title=one.title, jurisdiction=one.jurisdiction,
        actors=one.actors, items=one.items, terms=one.terms, measures=tuple(filed),
        origin="record",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("measure", "event", "may_change"),
    [
        ("safe-chips-act", "2026-05-21-senate-passes-stop-stealing-chips", False),
        ("chip-security-act", "2026-04-01-hfac-advances-match-act", True),
        ("veu-samsung-skhynix", "2026-01-01-tsmc-nanjing-annual-licence", False),
        ("veu-samsung-skhynix", "2025-12-30-us-annual-licence-samsung-skhynix", True),
        ("veu-tsmc-nanjing", "2026-01-01-tsmc-nanjing-annual-licence", True),
        ("eda-letters-2025", "2025-07-28-cadence-guilty-plea", False),
        ("cn-october-2025-controls", "2026-01-06-cn-dual-use-ban-japan", False),
        ("cn-october-2025-notices-55-58", "2025-12-02-cn-first-general-re-licences", False),
        ("cn-rtx-pro-6000d-ban", "2025-10-10-cn-customs-crackdown-nvidia", True),
    ],
)
def test_an_act_on_another_bill_firm_or_breach_changes_nothing(
    measure: str, event: str, may_change: bool
) -> None:
    old = replace(MEASURES[measure], checked=date(2025, 1, 1))
    found = touching(old, [recorded(event)], date(2026, 11, 24), kinds_of(old, EVENTS))

    assert bool(found) is may_change


def test_news_of_a_bill_is_known_by_its_name() -> None:
    bill_, day = MEASURES["safe-chips-act"], date(2026, 11, 24)
    shared: dict[str, object] = {
        "kind": "legislation", "items": ("advanced AI chips",), "actors": ("US Senate",),
    }  # fmt: skip
    own = news("own", date(2026, 8, 1), title="Senate passes the SAFE CHIPS Act", **shared)
    other = news("other", date(2026, 8, 1), title="Senate passes the GAIN AI Act", **shared)

    assert touching(bill_, [own, other], day, kinds_of(bill_, EVENTS)) == (own,)


def test_what_became_known_before_a_lapse_tells_nothing_of_what_came_after_it() -> None:
    """Reports of December 2025 cannot say what followed a pause that ran to 10 November 2026."""
    measure, day = MEASURES["cn-october-2025-notices-55-58"], date(2026, 11, 24)
    (chain,) = standings(measure, day)
    before = news("before", date(2025, 12, 2))
    last_day = news("last-day", date(2026, 11, 10))

    row = StatusRow(measure, (chain,), EVENTS, (before,))
    assert of_row(row, chain) == "suspension lapsed on 2026-11-10, nothing known since"
    text = status_view.markdown(Status(day, None, day, (row,)))
    assert "nothing known since" in text
    assert "1 event since 2025-11-10 may change this" in text

    both = replace(row, touching=(before, last_day))
    assert of_row(both, chain) == "suspension lapsed on 2026-11-10, 1 event since, not checked"


def test_an_office_and_a_broad_item_are_not_enough() -> None:
    """China's list of January 2025 is not what a list of Japanese firms changes."""
    measure, day = MEASURES["cn-control-list-january-2025"], date(2026, 11, 24)
    (kind,) = kinds = kinds_of(measure, EVENTS)
    shared: dict[str, object] = {
        "jurisdiction": ("CN",),
        "actors": ("MOFCOM",),
        "items": ("dual-use items",),
    }
    after = measure.checked + timedelta(days=1)
    events = [
        news("filed-elsewhere", after, kind=kind, origin="record", **shared),
        news("same-sort", after, kind=kind, **shared),
        news("other-sort", after, kind="talks", **shared),
    ]

    assert [event.id for event in touching(measure, events, day, kinds)] == ["same-sort"]
    firm = replace(events[0], items=("dual-use items", "gallium"))
    metal = replace(measure, items=("gallium",))
    assert touching(metal, [firm], day, kinds) == (firm,)


def test_a_state_that_took_several_steps_began_with_the_first() -> None:
    def step(id_: str, day: str) -> tuple[str | None, ...]:
        one = standings(MEASURES[id_], date.fromisoformat(day))[0]
        return tuple(map(str, (one.begun, one.ends, one.state.since, one.state.until)))

    assert step("advanced-computing-rule-2022", "2025-06-30") == (
        "2022-10-07", "2026-01-14", "2023-11-17", "2026-01-14")  # fmt: skip
    assert step("h20-mi308-licences", "2026-11-24")[:3] == ("2025-08-08", "None", "2026-02-03")
    assert step("affiliates-50pct-rule", "2025-12-01") == (
        "2025-11-10", "2026-11-09", "2025-11-10", "2026-11-09")  # fmt: skip


@given(st.dates(date(2022, 10, 7), date(2027, 1, 1)), st.sampled_from(RECORD.measures))
def test_the_days_of_a_state_hold_those_of_its_step(day: date, measure: Measure) -> None:
    for one in standings(measure, day):
        assert one.begun is not None
        assert one.begun <= one.state.since <= day
        steps = chains(measure)[one.by, one.strand]
        between = [s for s in steps if one.begun <= s.since <= (one.ends or date.max)]
        assert {s.state for s in between} == {one.state.state}
        assert (one.ends or date.max) >= (one.state.until or date.max)


def test_a_proposal_or_a_later_tale_is_no_witness_of_the_act() -> None:
    """Treasury's rule of 2024 has an official page of July, which is its proposal."""
    seen = 0
    for state in (state for measure in RECORD.measures for state in measure.states):
        page, act = witness(state, EVENTS), EVENTS.get(state.event_id or "")
        if page is None or act is None:
            continue
        first = days_of_event(act).first - timedelta(1)
        last = days_of_event(act).last + timedelta(120)
        days = [source_day(one) for one in act.sources if one.seen_as is None and not one.about]
        if not any(day and first <= day <= last for day in days):
            continue
        seen += 1
        day = source_day(page)
        assert day is None or day >= first, state
        assert page.official or page.official_text or day is None or day <= last, state
    assert seen > 100
