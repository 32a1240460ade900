"""What is due: measures before events, one line a thing, outcomes never guessed."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from tests.core.test_measures import news
from tracker.core.ahead import Due, due, on_day
from tracker.model import Event, Source
from tracker.record.load import load

RECORD = load(Path(__file__).parents[2] / "db" / "record")
TODAY = date(2026, 11, 24)
ALL = (date(2020, 1, 1), date(2030, 1, 1))


def ask(events: list[Event], span: tuple[date, date] = ALL, today: date = TODAY) -> tuple[Due, ...]:
    """Due dates of the shipped measures and of some events."""
    return due(RECORD.measures, events, RECORD.day, today, span)


def test_what_lapsed_in_november_has_no_known_outcome() -> None:
    found = ask([], (date(2026, 11, 1), date(2026, 11, 23)))

    assert {row.outcome for row in found} == {"unknown"}
    assert {row.measure for row in found} == {
        "affiliates-50pct-rule", "cn-october-2025-controls", "cn-october-2025-notices-55-58",
        "cn-uel-april-2025", "us-china-tariff-truce", "us-301-port-fees", "cn-special-port-fees",
        "cn-hanwha-countermeasures",
    }  # fmt: skip


def test_the_gallium_ban_comes_back_into_question_on_27_november() -> None:
    (row,) = ask([], (TODAY, date(2026, 11, 30)))

    assert (row.day, row.what, row.outcome) == (date(2026, 11, 27), "suspension ends", "coming")
    assert row.checked == date(2025, 11, 9)


def test_text_and_compliance_that_end_alike_are_one_line() -> None:
    found = [row for row in ask([]) if row.measure == "cn-october-2025-controls"]

    assert [row.key for row in found] == ["cn-october-2025-controls.beijing.text.2.end"]


def test_an_event_does_not_repeat_what_its_measure_says() -> None:
    day = date(2026, 11, 27)
    event = news("e", date(2025, 11, 9), dates={"suspended_until": (day,)})
    named = replace(event, measures=("cn-gallium-germanium-antimony-ban-us",))

    assert len(ask([named], (day, day))) == 1
    around = (date(2026, 11, 26), date(2026, 11, 28))
    for near in around:  # "until" and "through" are a day apart
        moved = replace(named, dates={"suspended_until": (near,)})
        assert len(ask([moved], around)) == 1
    assert len(ask([event], (day, day))) == 2


def test_every_named_date_is_due_and_an_act_in_force_at_once_is_not() -> None:
    act = date(2026, 10, 1)
    dates = {
        "announced": (act,), "effective": (act, date(2026, 12, 1)), "compliance": (date(2026, 12, 2),),
        "comments_close": (date(2026, 12, 3),), "expires": (date(2026, 12, 4),),
        "suspended_until": (date(2026, 12, 5),),
    }  # fmt: skip
    found = [row for row in ask([news("e", act, dates=dates)]) if row.event_id == "e"]

    assert [(row.day.day, row.what) for row in found] == [
        (1, "takes effect"), (2, "compliance is due"), (3, "comments close"), (4, "expires"),
        (5, "suspension ends"),
    ]  # fmt: skip


def test_a_passed_date_is_known_only_where_somebody_looked_later() -> None:
    early, late = date(2026, 6, 1), date(2026, 8, 1)
    rows = ask([news("e", early, dates={"compliance": (early, late)})])
    outcomes = {row.day: row.outcome for row in rows if row.event_id == "e"}

    rows = ask([news("e", early, dates={"compliance": (RECORD.day,)})])
    assert [row.outcome for row in rows if row.event_id == "e"] == ["unknown"]

    assert outcomes[early] == "known"
    assert outcomes[late] == "unknown"


def test_news_was_looked_at_on_the_day_of_its_last_report() -> None:
    """Nobody checked in July what was announced in October."""
    told, due_on = date(2026, 10, 8), date(2026, 12, 1)
    pages = (source(told), source(told + timedelta(days=2)))
    event = news("e", told, dates={"effective": (due_on,)}, sources=pages)
    (row,) = [row for row in ask([event]) if row.event_id == "e"]
    assert (row.checked, row.outcome) == (date(2026, 10, 10), "coming")

    (row,) = [row for row in ask([event], today=date(2027, 1, 1)) if row.event_id == "e"]
    assert (row.checked, row.outcome) == (date(2026, 10, 10), "unknown")

    (row,) = [row for row in ask([replace(event, origin="record")]) if row.event_id == "e"]
    assert row.checked == RECORD.day


def source(day: date) -> Source:
    return Source("https://example.org/a", "Example Wire", day, "en", False, None)


def record_event(id_: str) -> Event:
    """An event of the record with its dates, and the measures that rest on it."""
    (one,) = [event for event in RECORD.events if event.id == id_]
    resting = [m.id for m in RECORD.measures if id_ in {state.event_id for state in m.states}]
    return news(id_, one.date, dates=one.dates, origin="record", measures=tuple(resting))


def test_a_rule_that_was_suspended_before_its_day_did_not_take_effect() -> None:
    """Announcement 61 was put off on 7 November 2025; its second day was 1 December."""
    event = record_event("2025-10-09-cn-rare-earth-extraterritorial")
    rows = [row for row in ask([event]) if row.event_id == event.id]

    assert [(row.day.isoformat(), row.what) for row in rows] == [
        ("2025-11-08", "was to take effect, suspended since 2025-11-07"),
        ("2025-12-01", "was to take effect for foreign-made items, suspended since 2025-11-07"),
    ]
    assert {(row.outcome, row.checked) for row in rows} == {("known", date(2025, 11, 10))}


def test_compliance_is_put_off_where_that_strand_is_though_the_text_stands() -> None:
    event = record_event("2025-01-13-bis-ai-diffusion-rule")
    (row,) = [row for row in ask([event]) if row.key.endswith(".compliance.1")]

    assert row.what == "compliance was due, suspended since 2025-05-13"


def test_what_was_due_before_the_pause_or_by_it_is_told_as_due() -> None:
    """Before the pause was known the day stood; the pause itself takes effect on its own day."""
    event = record_event("2025-10-09-cn-rare-earth-extraterritorial")
    (begun,) = [m for m in on_day(RECORD.measures, [event]) if m.id == "cn-october-2025-controls"]
    found = due([begun], [event], RECORD.day, TODAY, ALL)
    assert "takes effect for foreign-made items" in [row.what for row in found]

    pause = record_event("2025-11-05-cn-lists-paused-to-2026")
    moved = replace(pause, dates={"effective": (date(2025, 12, 1),)})
    (row,) = [row for row in ask([moved]) if row.key.startswith(pause.id)]
    assert row.what == "takes effect"


def test_an_event_on_which_a_measure_rests_was_checked_as_far_as_that_measure() -> None:
    event = record_event("2026-01-14-section-232-chip-tariff")
    (row,) = [row for row in ask([event]) if row.event_id == event.id]
    levy = next(one for one in RECORD.measures if one.id == "h200-25pct-levy")

    assert (row.measure, row.checked) == (levy.id, levy.checked)
    assert row.checked < RECORD.day


def test_the_day_itself_has_not_passed() -> None:
    found = ask([], (date(2026, 11, 10), date(2026, 11, 10)), today=date(2026, 11, 10))

    assert {row.outcome for row in found} == {"coming"}


def test_keys_name_one_thing_each_and_not_its_day() -> None:
    keys = Counter(row.key for row in ask([]))

    assert max(keys.values()) == 1
    moved = [replace(m, states=tuple(replace(s, until=date(2027, 1, 1)) if s.until == date(2026, 11, 27) else s
             for s in m.states)) for m in RECORD.measures]  # fmt: skip
    assert {row.key for row in due(moved, [], RECORD.day, TODAY, ALL)} == set(keys)


def test_a_measure_of_a_past_day_has_the_states_and_ends_known_then() -> None:
    """On 4 November 2025 the 50% rule was in force without an end; its pause was not announced."""
    rule = next(one for one in RECORD.measures if one.id == "affiliates-50pct-rule")
    first, paused = rule.states[0], rule.states[1]
    begun = news(first.event_id or "", first.since)
    (then,) = on_day([rule], [begun])
    assert [(one.state, one.until) for one in then.states] == [("in_force", None)]
    pause = news(paused.event_id or "", paused.since, dates={"suspended_until": (paused.until,)})
    (later,) = on_day([rule], [begun, pause])
    assert later.states[1].until == paused.until
    assert on_day([rule], []) == ()
