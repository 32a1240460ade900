"""A report that is only near the line, in a house: joined, asked about, decided on. Made up."""

from __future__ import annotations

import sqlite3

import pytest

from tests.core.conftest import entry
from tests.jobs.rooms import Room
from tracker.core.decisions import standing
from tracker.core.recognise import recognise
from tracker.jobs import decide, derive
from tracker.jobs.review import waiting
from tracker.model import NEAR_LINE
from tracker.record import journal
from tracker.store.derived import Derived

DAY = "2026-03-05"
PLAIN = "China adds 14 US defence firms to export control list over Taiwan arms sale"
SHORT = (
    "China hits 14 US defence firms over Taiwan arms sale",
    "Beijing punishes 14 American defence firms over Taiwan arms",
    "Beijing hits back at 14 US defence firms after Taiwan arms sale",
    "14 US defence firms hit by China over Taiwan arms sale",
)
"""Headlines that say less; one of them at least lies near the line, whatever was fitted last."""


@pytest.fixture
def near(filled: Room) -> str:
    """A headline near the line."""
    for title in SHORT:
        if recognise(entry(title, "", DAY), filled.house.lexicon)[-1].number == NEAR_LINE:
            return title
    pytest.fail("none of the headlines lies near the line any more")


@pytest.fixture
def stored(filled: Room, near: str) -> tuple[Room, sqlite3.Connection, str, str]:
    """A house that has read the plain report and the short one; their items."""
    db = filled.house.writer()
    plain = filled.arrive(db, PLAIN, published=f"{DAY}T08:00:00+00:00")
    short = filled.arrive(db, near, published=f"{DAY}T09:00:00+00:00", publisher="Other Wire")
    filled.derive(db)
    return filled, db, plain, short


def test_it_is_one_of_the_reports_and_the_review_says_of_what(
    stored: tuple[Room, sqlite3.Connection, str, str],
) -> None:
    room, db, plain, short = stored
    event = Derived(db).event_of_item(short)
    assert event is not None
    assert event == Derived(db).event_of_item(plain)
    assert (set(event.mentions), event.reports) == ({plain, short}, 2)
    asked = [one for one in waiting(room.house, ["score"]) if one.items == (short,)]
    assert [one.event for one in asked] in ([], [event.id])


def test_without_the_other_there_is_no_event(filled: Room, near: str) -> None:
    db = filled.house.writer()
    alone = filled.arrive(db, near, published=f"{DAY}T09:00:00+00:00")
    assert filled.derive(db).new == ()
    assert Derived(db).event_of_item(alone) is None


def test_who_hides_it_keeps_the_event(stored: tuple[Room, sqlite3.Connection, str, str]) -> None:
    room, db, plain, short = stored
    decide.mark(room.house, "hide", [short], why="of something else", by="mw")
    event = Derived(db).event_of_item(plain)
    assert event is not None
    assert event.mentions == (plain,)


def test_who_confirms_it_has_a_report_of_its_own(
    stored: tuple[Room, sqlite3.Connection, str, str],
) -> None:
    room, db, plain, short = stored
    decide.mark(room.house, "confirm", [short], why="the same act", by="mw")
    event = Derived(db).event_of_node(short)
    assert event is not None
    assert set(event.mentions) == {plain, short}
    assert Derived(db).event_of_node(f"{short}/{NEAR_LINE}") is None
    rules = derive.Rules(room.house.lexicon, standing(journal.read(room.house.paths.decisions)))
    derive.rebuild(db, room.house.record, rules, room.moment)
    assert Derived(db).event_of_node(short) == event


@pytest.mark.parametrize("verb", ["confirm", "hide"])
def test_the_events_id_hangs_by_a_report_of_its_own(
    stored: tuple[Room, sqlite3.Connection, str, str], verb: str
) -> None:
    room, db, plain, short = stored
    before = Derived(db).event_of_item(plain)
    decide.mark(room.house, verb, [short], why="tried", by="mw")
    after = Derived(db).event_of_item(plain)
    assert before is not None
    assert after is not None
    assert after.id == before.id
