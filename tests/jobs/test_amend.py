"""Actors and other days of an event, mended by a person: written, replayed, found, taken back."""

from __future__ import annotations

import sqlite3
from datetime import date

import pytest

from tests.jobs.rooms import Room
from tests.jobs.test_decide import SAID, again, news, two_events
from tracker.errors import UsageProblem
from tracker.jobs import amend, ask, decide
from tracker.model import Event
from tracker.record import journal
from tracker.store.curated import Curated, body
from tracker.store.derived import Derived
from tracker.view.promote import as_toml


def of(db: sqlite3.Connection, item: str) -> Event:
    event = Derived(db).event_of_node(item)
    assert event is not None
    return event


def test_actors_are_put_in_and_taken_out_and_undo_gives_the_event_back_to_the_byte(
    room: Room, db: sqlite3.Connection
) -> None:
    listing, _ = two_events(room, db)
    before = of(db, listing)
    assert before.actors
    gone = before.actors[0]
    changes = ["+英伟达", "+=Anwar Ibrahim", f"-{gone.lower()}"]
    done = amend.actors(room.house, before.id, changes, **SAID)
    assert [(one.verdict, one.value, one.why) for one in done.lines] == [
        ("actor", "+Nvidia", "read both"), ("actor", "+Anwar Ibrahim", "read both"),
        ("actor", f"-{gone}", "read both"),
    ]  # fmt: skip
    assert done.events == (before.id,)
    assert all(before.title in one.seen for one in done.lines)
    after = of(db, listing)
    kept = tuple(one for one in before.actors if one != gone)
    assert after.actors == (*kept, "Anwar Ibrahim", "Nvidia")
    assert after in again(room, db)
    assert '"Anwar Ibrahim", "Nvidia"]' in as_toml(after)
    decide.undo(room.house, **SAID)
    assert body(of(db, listing)) == body(before)
    assert before in again(room, db)


def test_an_actor_whom_no_file_names_is_found_while_an_event_has_it(
    room: Room, db: sqlite3.Connection
) -> None:
    listing, _ = two_events(room, db)
    amend.actors(room.house, listing, ["+=Anwar  Ibrahim"], **SAID)
    amend.actors(room.house, listing, ["+Kim  Who"], **SAID)
    assert "Anwar Ibrahim" in ask.resolve(Curated(db), "actor", "ANWAR ibrahim")
    assert ask.resolve(Curated(db), "actor", "kim who") == ("Kim Who",)
    decide.undo(room.house, **SAID)
    with pytest.raises(UsageProblem, match="No actor is called"):
        ask.resolve(Curated(db), "actor", "Kim Who")


def test_a_day_is_set_moved_and_taken_out(room: Room, db: sqlite3.Connection) -> None:
    listing, _ = two_events(room, db)
    before = of(db, listing)
    amend.date(room.house, listing, "suspended-until", "2027-11-10", **SAID)
    amend.date(room.house, listing, "effective", "2026-12-14", **SAID)
    amend.date(room.house, listing, "Effective", "2026-12-15", **SAID)
    event = of(db, listing)
    told = {"effective": (date(2026, 12, 15),), "suspended_until": (date(2027, 11, 10),)}
    assert event.dates == {**before.dates, **told}
    assert event in again(room, db)
    assert 'suspended_until = "2027-11-10"' in as_toml(event)
    amend.date(room.house, listing, "suspended_until", "none", **SAID)
    assert "suspended_until" not in of(db, listing).dates
    with pytest.raises(UsageProblem, match="has no date called 'suspended_until'") as told_of:
        amend.date(room.house, listing, "suspended_until", "none", **SAID)
    assert "effective" in told_of.value.hint
    for _ in range(4):
        decide.undo(room.house, **SAID)
    assert body(of(db, listing)) == body(before)


@pytest.mark.parametrize(
    ("change", "told", "hint"),
    [
        ("Nvidia", "says neither", "+NAME"),
        ("+", "has a name", "+NAME"),
        ("+ \u200b", "has a name", "+NAME"),
        ("+" + "x" * 121, "120 letters", ""),
        ("-Nobody", "has no actor called 'Nobody'", "it has "),
    ],
)
def test_wrong_actors_write_nothing(
    room: Room, db: sqlite3.Connection, change: str, told: str, hint: str
) -> None:
    listing, _ = two_events(room, db)
    with pytest.raises(UsageProblem, match=told) as error:
        amend.actors(room.house, listing, ["+ASML", change], **SAID)
    assert hint in error.value.hint
    with pytest.raises(UsageProblem, match="put in and taken out"):
        amend.actors(room.house, listing, [f"{s}{of(db, listing).actors[0]}" for s in "+-"], **SAID)
    assert not room.house.paths.decisions.exists()


@pytest.mark.parametrize(
    ("name", "day", "told", "hint"),
    [
        ("effectiv", "2026-12-14", "No date of an event is called 'effectiv'", "effective"),
        ("zz", "2026-12-14", "No date of an event", "suspended_until"),
        ("act", "2026-12-14", "No date of an event", "redate"),
        ("effective", "soon", "'soon' is not a date", "none"),
        ("effective", "2026-12", "is not one day", "none"),
        ("effective", "2026-12-01..03", "is not one day", "none"),
        ("effective", "2026-02-30", "not in the calendar", "none"),
        ("effective", "1789-07-14", "improbable", "to 2036"),
        ("effective", "2099-01-01", "improbable", "to 2036"),
    ],
)
def test_wrong_days_write_nothing(
    room: Room, db: sqlite3.Connection, name: str, day: str, told: str, hint: str
) -> None:
    listing, _ = two_events(room, db)
    with pytest.raises(UsageProblem, match=told) as error:
        amend.date(room.house, listing, name, day, **SAID)
    assert hint in error.value.hint
    assert not room.house.paths.decisions.exists()


def test_events_of_the_record_and_unknown_ones_are_refused(
    room: Room, db: sqlite3.Connection
) -> None:
    id_ = "2025-07-14-h20-mi308-licences-promised"
    with pytest.raises(UsageProblem, match="event of the record"):
        amend.actors(room.house, id_, ["+ASML"], **SAID)
    with pytest.raises(UsageProblem, match="event of the record"):
        amend.date(room.house, id_, "expires", "2026-12-14", **SAID)
    with pytest.raises(UsageProblem, match="No event"):
        amend.actors(room.house, "nothing-of-the-kind", ["+ASML"], **SAID)
    assert journal.read(room.house.paths.decisions) == []
    assert {one.origin for one in news(db)} <= {"news"}
