"""Decisions taken back, and what was taken back by mistake."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

import pytest

from tests.jobs.rooms import Room
from tests.jobs.test_decide import LISTING, PROBE, SAID, again, news, two_events
from tracker.errors import UsageProblem
from tracker.jobs import decide
from tracker.model import Event
from tracker.record import journal


def one_of_two(room: Room, db: sqlite3.Connection) -> Event:
    """The event that the rules make of the reports ``a`` and ``b``."""
    for name in "ab":
        room.arrive(db, f"{LISTING} ({name})", published="2026-08-20T02:00:00Z", item=name)
    room.derive(db)
    (event,) = [event for event in news(db) if {*event.mentions} == {"a", "b"}]
    return event


def test_two_names_of_one_event_name_the_line_that_joined_them(
    room: Room, db: sqlite3.Connection
) -> None:
    two_events(room, db)
    ids = [event.id for event in news(db)]
    (line,) = decide.same(room.house, ids, **SAID).lines
    with pytest.raises(UsageProblem, match=r"are one event, .* by mw's line of 2026-07-10") as told:
        decide.different(room.house, ids, **SAID)
    assert told.value.hint == f"tracker decide undo {line.key}"
    with pytest.raises(UsageProblem, match="Nothing differs from itself"):
        decide.different(room.house, [ids[0], ids[0]], **SAID)
    decide.undo(room.house, **SAID, key=line.key)
    assert [event.id for event in news(db)] == ids


def test_of_lines_whose_writers_clocks_differ_the_later_one_is_named(
    room: Room, db: sqlite3.Connection
) -> None:
    two_events(room, db)
    ids = [event.id for event in news(db)]
    (line,) = decide.same(room.house, ids, **SAID).lines
    early = replace(line, key="k1", by="li", at="2026-07-11T12:00:00+08:00")
    late = replace(line, key="k2", by="zl", at="2026-07-11T05:00:00Z")
    journal.append(room.house.paths.decisions, [late, early])
    assert [one.key for one in decide.log(room.house).lines] == [line.key, "k1", "k2"]
    with pytest.raises(UsageProblem, match="by zl's line of 2026-07-11") as told:
        decide.different(room.house, ids, **SAID)
    assert told.value.hint == "tracker decide undo k2"


def test_two_names_of_what_the_rules_joined_say_how_a_report_is_taken_out(
    room: Room, db: sqlite3.Connection
) -> None:
    event = one_of_two(room, db)
    with pytest.raises(UsageProblem, match="are one event") as told:
        decide.different(room.house, [event.id, event.id[:-3]], **SAID)
    assert told.value.hint == f"tracker decide different {event.id} ITEM takes a report out of it"


def test_undo_of_an_undo_writes_the_line_once_more(room: Room, db: sqlite3.Connection) -> None:
    one, two = two_events(room, db)
    (line,) = decide.same(room.house, [one, two], **SAID).lines
    joined = news(db)
    (back,) = decide.undo(room.house, **SAID).lines
    assert len(news(db)) == 2
    with pytest.raises(UsageProblem, match=f"{line.key} was taken back by {back.key}") as told:
        decide.undo(room.house, **SAID, key=line.key)
    assert told.value.hint == f"tracker decide undo {back.key} writes it once more"

    (fresh,) = decide.undo(room.house, why="", by="mw", key=back.key).lines
    assert (fresh.verdict, fresh.items, fresh.seen) == (line.verdict, line.items, line.seen)
    assert fresh.key not in (line.key, back.key)
    assert fresh.why == f"once more what {back.key} took back"
    assert news(db) == joined == again(room, db)
    with pytest.raises(UsageProblem, match=f"It stands again, as {fresh.key}"):
        decide.undo(room.house, **SAID, key=back.key)
    decide.undo(room.house, **SAID)
    assert {event.title for event in news(db)} == {LISTING, PROBE}


def test_a_report_that_leaves_once_more_leaves_the_printed_id(
    room: Room, db: sqlite3.Connection
) -> None:
    event = one_of_two(room, db)
    decide.different(room.house, [event.id, "a"], **SAID)
    apart = {one.mentions: one.id for one in news(db)}
    (back,) = decide.undo(room.house, **SAID).lines
    decide.undo(room.house, **SAID, key=back.key)
    assert {one.mentions: one.id for one in news(db)} == apart
