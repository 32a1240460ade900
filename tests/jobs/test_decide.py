"""Decisions on real events: written, effective, taken back, replayed by a rebuild."""

from __future__ import annotations

import json
import sqlite3
from datetime import date

import pytest

from tests.jobs.rooms import Room
from tracker.core.decisions import standing
from tracker.errors import Busy, RecordError, UsageProblem
from tracker.jobs import decide, derive
from tracker.jobs.ask import find_event
from tracker.model import Event
from tracker.record import journal
from tracker.store.derived import Derived
from tracker.view import review as view

LISTING = "US adds 12 Chinese chip firms to Entity List"
PROBE = "China opens antitrust probe into US chipmaker Qualcomm"
SAID = {"why": "read both", "by": "mw"}


def news(db: sqlite3.Connection) -> list[Event]:
    return Derived(db).events("origin = 'news'")


def two_events(room: Room, db: sqlite3.Connection) -> tuple[str, str]:
    """A listing and a probe; their item ids."""
    one = room.arrive(
        db, LISTING, "The US Commerce Department added 12 Chinese chip firms to its Entity List on"
        " Wednesday.", published="2026-07-09T02:00:00Z")  # fmt: skip
    two = room.arrive(
        db, PROBE, "The market regulator said on Tuesday it opened an antitrust investigation into"
        " Qualcomm.", published="2026-07-08T02:00:00Z")  # fmt: skip
    room.derive(db)
    assert len(news(db)) == 2
    return one, two


def again(room: Room, db: sqlite3.Connection) -> list[Event]:
    """The news events after everything was derived again from lines and revisions."""
    rules = derive.Rules(room.house.lexicon, standing(journal.read(room.house.paths.decisions)))
    derive.rebuild(db, room.house.record, rules, room.moment)
    return news(db)


def test_same_joins_and_undo_parts(room: Room, db: sqlite3.Connection) -> None:
    one, two = two_events(room, db)
    before = news(db)
    done = decide.same(room.house, [one, two], **SAID)
    assert [(line.verdict, set(line.items), line.by, line.why) for line in done.lines] == [
        ("same", {one, two}, "mw", "read both")
    ]
    joined = news(db)
    assert [set(event.mentions) for event in joined] == [{one, two}]
    (gone,) = {event.id for event in before} - {joined[0].id}
    assert (done.events, done.gone) == ((joined[0].id,), ((gone, joined[0].id),))
    assert f"  one with {joined[0].id} now: {gone}" in view.decided(done).splitlines()
    assert again(room, db) == joined
    room.clock.tick(minutes=1)
    decide.undo(room.house, **SAID)
    assert news(db) == before == again(room, db)


def test_events_called_the_same_bring_all_their_reports(room: Room, db: sqlite3.Connection) -> None:
    """None stays behind as an event of its own, though nothing else would join it."""
    reports = [
        room.arrive(db, f"{title}{tail}", "", published=f"2026-07-0{day}T02:00:00Z")
        for title, day in ((LISTING, 2), (PROBE, 6)) for tail in ("", ", officials say")
    ]  # fmt: skip
    room.derive(db)
    apart = news(db)
    assert [len(one.mentions) for one in apart] == [2, 2]
    done = decide.same(room.house, [one.id for one in apart], **SAID)
    assert set(done.lines[0].items) == set(reports)
    assert [set(one.mentions) for one in news(db)] == [set(reports)]
    assert [set(one.mentions) for one in again(room, db)] == [set(reports)]
    decide.undo(room.house, why="", by="mw")
    assert [one.mentions for one in news(db)] == [one.mentions for one in apart]


def test_many_reports_are_bound_in_several_lines() -> None:
    items = tuple(f"{n:03}" for n in range(120))
    found = [decide.Named((*items, "999/1"), None, "", one=False),
             decide.Named(("x",), None, "", one=True)]  # fmt: skip
    lines = decide._bound(("000", "x"), found)
    assert {item for line in lines for item in line} == {*items, "x"}
    assert all(len(line) <= decide.MOST and line[0] == "000" for line in lines)


def test_a_former_id_leaves_no_choice_between_an_event_and_itself(
    room: Room, db: sqlite3.Connection
) -> None:
    _, probe = two_events(room, db)
    present = next(event.id for event in news(db) if probe in event.mentions)
    former = present.replace("2026", "2025")
    db.execute("INSERT INTO event_ids VALUES (?, ?, ?)", (former, probe, room.moment))
    assert find_event(room.house, db, present[11:-3], None).id == present
    assert find_event(room.house, db, former[:-3], None).id == present


def test_different_takes_a_report_out(room: Room, db: sqlite3.Connection) -> None:
    text = "The US Commerce Department added 12 Chinese chip firms to its Entity List on Wednesday."
    items = [room.arrive(db, f"{LISTING} ({n})", text, published="2026-07-09T02:00:00Z")
             for n in range(3)]  # fmt: skip
    room.derive(db)
    (event,) = news(db)
    done = decide.different(room.house, [event.id, items[0]], **SAID)
    assert len(done.lines) == 2
    assert sorted(sorted(e.mentions) for e in news(db)) == sorted([[items[0]], sorted(items[1:])])
    assert again(room, db) == news(db)
    decide.undo(room.house, **SAID)
    assert [sorted(e.mentions) for e in news(db)] == [sorted(items)]


def test_values(room: Room, db: sqlite3.Connection) -> None:
    one, _ = two_events(room, db)
    event = Derived(db).event_of_node(one)
    assert event is not None
    decide.redate(room.house, event.id, "2026-07-07", **SAID)
    decide.retitle(room.house, event.id, "\x1b[31mTwelve\x1b[0m firms\nlisted", **SAID)
    decide.rekind(room.house, event.id, "rule", **SAID)
    decide.redirect(room.house, event.id, "ease", **SAID)
    decide.rejurisdict(room.house, event.id, ["Holland", "美國"], **SAID)
    decide.mark(room.house, "confirm", [event.id], **SAID)
    now = Derived(db).event_of_node(one)
    assert now is not None
    assert (now.id, now.date, now.title, now.kind, now.status) == (
        event.id, date(2026, 7, 7), "Twelve firms listed", "rule", "confirmed",
    )  # fmt: skip
    assert (now.direction, now.jurisdiction) == ("ease", ("NL", "US"))
    assert now in again(room, db)
    decide.undo(room.house, **SAID)
    decide.undo(room.house, **SAID)
    decide.undo(room.house, **SAID)
    back = Derived(db).event_of_node(one)
    assert back is not None
    assert (back.direction, back.jurisdiction) == (event.direction, event.jurisdiction)


@pytest.mark.parametrize("typed", ["2026-07-07..2026-07-09", "2026-07-07..07-09", "2026-07-07..09"])
def test_an_act_of_several_days_has_its_span(
    room: Room, db: sqlite3.Connection, typed: str
) -> None:
    one, _ = two_events(room, db)

    def days() -> tuple[date, date | None]:
        now = Derived(db).event_of_node(one)
        assert now is not None
        assert now in again(room, db)
        return now.date, now.end_date

    event = Derived(db).event_of_node(one)
    assert event is not None
    decide.redate(room.house, event.id, typed, **SAID)
    assert days() == (date(2026, 7, 7), date(2026, 7, 9))
    assert decide.log(room.house).lines[-1].value == "2026-07-07..2026-07-09"
    decide.redate(room.house, event.id, "2026-07-08..08", **SAID)
    assert days() == (date(2026, 7, 8), None)
    decide.undo(room.house, **SAID)
    assert days() == (date(2026, 7, 7), date(2026, 7, 9))
    decide.undo(room.house, **SAID)
    assert days() == (event.date, event.end_date)


def test_hidden_and_shown_again(room: Room, db: sqlite3.Connection) -> None:
    one, two = two_events(room, db)
    decide.mark(room.house, "hide", [two], **SAID)
    assert [event.mentions for event in news(db)] == [(one,)]
    decide.undo(room.house, **SAID)
    assert len(news(db)) == 2


def test_what_is_hidden_stays_so_when_it_is_confirmed_and_that_is_said(
    room: Room, db: sqlite3.Connection
) -> None:
    one, two = two_events(room, db)
    (hide,) = decide.mark(room.house, "hide", [two], **SAID).lines
    done = decide.mark(room.house, "confirm", [two, one], **SAID)
    words = view.decided(done).splitlines()[-1]
    command = f"tracker decide undo {hide.key}"
    assert words == f"  stays hidden until mw's line of 2026-07-10 is taken back: {command}"
    assert [event.mentions for event in news(db)] == [(one,)]
    back = decide.undo(room.house, **SAID, key=hide.key)
    assert [line.value for line in back.lines] == [hide.key]
    assert {(event.mentions, event.status) for event in news(db)} == {
        ((one,), "confirmed"), ((two,), "confirmed"),
    }  # fmt: skip
    assert "hidden" not in view.decided(decide.mark(room.house, "confirm", [two], **SAID))
    with pytest.raises(UsageProblem, match="No line in force has the key"):
        decide.undo(room.house, **SAID, key="000000-no")


def test_a_report_that_comes_later_is_not_hidden_with_those_before(
    room: Room, db: sqlite3.Connection
) -> None:
    """Whoever hides a rumour must still hear of the act."""
    rumour = reported_twice(
        room, db, "US plans to add 20 Chinese firms to Entity List, sources say"
    )
    decide.mark(room.house, "hide", [rumour.id], **SAID)
    assert not [event for event in news(db) if {"a", "b"} & {*event.mentions}]
    room.arrive(db, "US adds 20 Chinese firms to Entity List",
                "The Commerce Department added them on Wednesday.",
                published="2026-08-27T02:00:00Z", item="c")  # fmt: skip
    room.derive(db)
    assert [event.mentions for event in news(db) if "c" in event.mentions] == [("c",)]


def reported_twice(room: Room, db: sqlite3.Connection, title: str) -> Event:
    """The event of two reports of one day, ``a`` and ``b``."""
    for n in "ab":
        room.arrive(db, f"{title} ({n})", published="2026-08-20T02:00:00Z", item=n)
    room.derive(db)
    (event,) = [event for event in news(db) if {*event.mentions} == {"a", "b"}]
    return event


def test_one_hidden_report_leaves_the_others(room: Room, db: sqlite3.Connection) -> None:
    reported_twice(room, db, "US adds 20 Chinese firms to Entity List")
    decide.mark(room.house, "hide", ["a"], **SAID)
    assert [event.mentions for event in news(db) if "b" in event.mentions] == [("b",)]


def test_a_printed_id_stays_with_the_reports_that_stay(room: Room, db: sqlite3.Connection) -> None:
    event = reported_twice(room, db, "US adds 20 Chinese firms to Entity List")
    decide.different(room.house, [event.id, "a"], **SAID)
    held = {one.mentions: one.id for one in news(db)}
    assert held["b",] == event.id
    assert held["a",] != event.id
    assert {one.mentions: one.id for one in again(room, db)} == held
    decide.undo(room.house, **SAID)
    assert [one.id for one in news(db) if "a" in one.mentions] == [event.id]


def test_a_hidden_id_says_that_it_was_hidden(room: Room, db: sqlite3.Connection) -> None:
    _, two = two_events(room, db)
    (id_,) = [event.id for event in news(db) if two in event.mentions]
    done = decide.mark(room.house, "hide", [id_], **SAID)
    assert view.decided(done).splitlines()[1:] == [f"  no event any more: {id_}"]
    by = "it was hidden by mw's line of 2026-07-10"
    for ask in (lambda: find_event(room.house, db, id_, None),
                lambda: decide.mark(room.house, "confirm", [id_], **SAID)):  # fmt: skip
        with pytest.raises(UsageProblem, match=f"{id_} tells of nothing now: {by}") as told:
            ask()
        assert told.value.hint == f"tracker decide undo {done.lines[0].key}"


def test_a_hidden_event_of_the_record_names_the_way_back(
    room: Room, db: sqlite3.Connection
) -> None:
    id_ = "2025-07-14-h20-mi308-licences-promised"
    (line,) = decide.mark(room.house, "hide", [id_], **SAID).lines
    with pytest.raises(UsageProblem) as told:
        find_event(room.house, db, id_, None)
    assert told.value.hint == f"tracker decide undo {line.key}"
    decide.undo(room.house, **SAID, key=line.key)
    assert find_event(room.house, db, id_, None).id == id_


def test_a_hidden_report_leaves_its_record_event_and_never_takes_it_along(
    room: Room, db: sqlite3.Connection
) -> None:
    one, two = two_events(room, db)
    record = "2025-07-14-h20-mi308-licences-promised"
    decide.same(room.house, [record, one], **SAID)
    decide.same(room.house, [record, two], **SAID)
    decide.mark(room.house, "hide", [one], **SAID)

    event = Derived(db).event(record)
    assert event is not None
    assert (event.origin, event.mentions) == ("both", (two,))
    decide.mark(room.house, "hide", [record], **SAID)
    assert Derived(db).event(record) is None
    decide.undo(room.house, **SAID)
    decide.undo(room.house, **SAID)
    event = Derived(db).event(record)
    assert event is not None
    assert event.mentions == tuple(sorted((one, two)))


def test_a_report_that_the_rules_left_out_is_confirmed(room: Room, db: sqlite3.Connection) -> None:
    item = room.arrive(db, "A quiet afternoon in Shenzhen", "Shops were open on Monday.",
                       published="2026-07-07T02:00:00Z")  # fmt: skip
    room.derive(db)
    assert news(db) == []
    decide.mark(room.house, "confirm", [item], **SAID)
    assert [event.mentions for event in news(db)] == [(item,)]
    decide.undo(room.house, **SAID)
    assert news(db) == []


def test_the_record_never_moves(room: Room, db: sqlite3.Connection) -> None:
    id_ = "2025-07-14-h20-mi308-licences-promised"
    with pytest.raises(UsageProblem, match="event of the record"):
        decide.redate(room.house, id_, "2025-07-15", **SAID)
    with pytest.raises(UsageProblem, match="Two events of the record"):
        decide.same(room.house, [id_, "2025-04-09-us-h20-licence-requirement"], **SAID)
    assert journal.read(room.house.paths.decisions) == []


def test_news_is_put_to_a_record_event(room: Room, db: sqlite3.Connection) -> None:
    one, _ = two_events(room, db)
    id_ = "2025-07-14-h20-mi308-licences-promised"
    before = Derived(db).event(id_)
    decide.same(room.house, [one, id_], **SAID)
    event = Derived(db).event(id_)
    assert event is not None
    assert before is not None
    assert one in event.mentions
    assert (event.date, event.title, event.origin) == (before.date, before.title, "both")
    decide.undo(room.house, **SAID)
    assert Derived(db).event(id_) == before


@pytest.mark.parametrize(
    ("verb", "value", "told"),
    [
        ("redate", "May", "is not a date"),
        ("redate", "1800", "1800 is an improbable date"),
        ("redate", "1989-12-31", "improbable"),
        ("redate", "2025-11-20..2025-11-19", "ends on 2025-11-19, before it begins"),
        ("redate", "2025-11..2025-12", "no span of days"),
        ("redate", "2025-11-19..9", "is not a date"),
        ("redate", "2025-11-19..31", "not in the calendar"),
        ("redate", "2025-11-19..", "is not a date"),
        ("redate", "2026-07-01..2031-07-01", "more than a year ahead"),
        ("redate", "2020-01-01..2025-01-01", "longer than a year"),
        ("rekind", "licnce", "No kind"),
        ("retitle", " \u200b", "words"),
        ("retitle", "long " * 300, "at most 1,000 characters"),
        ("redirect", "eases", "No direction"),
        ("rejurisdict", ["Atlantis"], "No capital"),
        ("rejurisdict", [" "], "No capital"),
    ],
)
def test_wrong_values_write_nothing(
    room: Room, db: sqlite3.Connection, verb: str, value: object, told: str
) -> None:
    one, _ = two_events(room, db)
    with pytest.raises(UsageProblem, match=told):
        getattr(decide, verb)(room.house, one, value, **SAID)
    assert not room.house.paths.decisions.exists()


def test_undo_takes_back_runs_one_by_one(room: Room, db: sqlite3.Connection) -> None:
    one, two = two_events(room, db)
    decide.retitle(room.house, one, "First", **SAID)
    decide.retitle(room.house, two, "Second", **SAID)
    decide.undo(room.house, **SAID)
    assert {event.title for event in news(db)} == {"First", PROBE}
    decide.undo(room.house, **SAID)
    assert {event.title for event in news(db)} == {LISTING, PROBE}
    with pytest.raises(UsageProblem, match="nothing to take back"):
        decide.undo(room.house, **SAID)
    assert len(journal.read(room.house.paths.decisions)) == 4


def test_the_later_of_two_in_one_second_holds(room: Room, db: sqlite3.Connection) -> None:
    one, _ = two_events(room, db)
    for n in range(6):
        decide.retitle(room.house, one, f"Title {n}", **SAID)
    event = Derived(db).event_of_node(one)
    assert event is not None
    assert event.title == "Title 5"


def test_two_files_merge_by_concatenation(room: Room, db: sqlite3.Connection) -> None:
    """In any order and with lines that stand twice."""
    one, two = two_events(room, db)
    decide.same(room.house, [one, two], why="", by="a")
    room.clock.tick(hours=1)
    decide.undo(room.house, why="", by="b")
    room.clock.tick(hours=1)
    decide.retitle(room.house, one, "New", why="", by="b")
    lines = journal.read(room.house.paths.decisions)
    merged = standing([*reversed(lines), *lines])
    assert merged == standing(lines)
    assert (len(merged.same), merged.retitled[one]) == (0, "New")


def test_the_log_names_what_is_gone(room: Room, db: sqlite3.Connection) -> None:
    two_events(room, db)
    line = {
        "key": "k1",
        "verdict": "hide",
        "items": ["gone"],
        "at": "2026-01-01T00:00:00Z",
        "by": "x",
    }
    back = {"key": "k2", "verdict": "withdrawn", "value": "k0", "at": line["at"]}
    text = "".join(json.dumps(one) + "\n" for one in (line, back))
    room.house.paths.decisions.write_text(text, encoding="utf-8")
    found = decide.log(room.house)
    assert (found.missing, found.adrift, len(found.lines)) == (("gone",), ("k0",), 2)


def test_a_wrong_line_is_named(room: Room, db: sqlite3.Connection) -> None:
    room.house.paths.decisions.write_text('{"key": "k", "verdict": "hidde"}\n', encoding="utf-8")
    with pytest.raises(RecordError, match=r"decisions\.jsonl:1: no verdict") as error:
        decide.log(room.house)
    assert error.value.hint == "did you mean hide?"


def test_a_running_poll_stops_a_decision(room: Room, db: sqlite3.Connection) -> None:
    one, two = two_events(room, db)
    with room.house.lock(), pytest.raises(Busy, match="is running; nothing was decided"):
        decide.same(room.house, [one, two], **SAID)
    assert not room.house.paths.decisions.exists()
