"""No question reads a whole table: the plans of all its statements are looked at."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from datetime import date

import pytest

from tests.jobs.rooms import Room
from tracker.core.question import Question
from tracker.jobs import ask, derive
from tracker.jobs.search import search
from tracker.store.blocks import Blocks
from tracker.store.derived import Derived
from tracker.store.entries import Entries, Wanted
from tracker.store.expected import Asked, Expected
from tracker.store.joins import Joins

LARGE = ("items", "revisions", "guids", "mentions", "blocks", "joins", "events", "event_members",
         "event_sources", "event_dates", "event_facets", "event_ids", "polls")  # fmt: skip
WHOLE = re.compile(
    rf"SCAN (?:{'|'.join(LARGE)}|[a-z]{{1,2}})\b"
    r"(?: USING (?:COVERING )?INDEX sqlite_autoindex|(?! USING)(?! VIRTUAL))"
)
"""All rows in no order, or in that of names that are hashes."""


def plans(db: sqlite3.Connection, ask_it: Callable[[], object]) -> dict[str, list[str]]:
    """Each statement that a question runs, with its plan."""
    asked: list[str] = []
    db.set_trace_callback(asked.append)
    ask_it()
    db.set_trace_callback(None)
    found = {}
    for sql in dict.fromkeys(asked):
        if sql.lstrip().upper().startswith(("SELECT", "WITH", "UPDATE", "DELETE", "INSERT")):
            rows = db.execute(f"EXPLAIN QUERY PLAN {sql}").fetchall()
            found[sql] = [str(row[3]) for row in rows]
    assert found
    return found


def whole_tables(found: dict[str, list[str]]) -> list[str]:
    return [f"{step}: {sql[:300]}" for sql, steps in found.items() for step in steps
            if WHOLE.search(step)]  # fmt: skip


@pytest.fixture
def stocked(filled: Room) -> Room:
    db = filled.house.writer()
    filled.arrive(db, "US bans H20 exports to China", published="2025-04-15T00:00:00Z")
    filled.arrive(db, "US adds 80 Huawei units to Entity List", published="2025-04-16T00:00:00Z")
    filled.derive(db)
    return filled


@pytest.mark.parametrize(
    "question",
    [
        Question(since=date(2025, 4, 1), until=date(2025, 4, 30)),
        Question(since=date(2025, 4, 1)),
        Question(limit=20),
        Question(kinds=("rule",), limit=20),
    ],
    ids=["month", "since", "newest", "kind"],
)
def test_the_timeline_reads_a_range(stocked: Room, question: Question) -> None:
    db = stocked.house.reader()
    found = plans(db, lambda: ask.events(stocked.house, db, question))

    assert whole_tables(found) == []
    assert any("events_by_" in step for steps in found.values() for step in steps)


def test_one_event_is_found_by_its_keys(stocked: Room) -> None:
    db = stocked.house.reader()
    derived = Derived(db)
    event = derived.event(derived.ids()[0])
    assert event

    def look() -> None:
        derived.resolve(event.id)
        derived.neighbours(event)
        Joins(db).of_node(f"record:{event.id}")

    assert whole_tables(plans(db, look)) == []


@pytest.mark.parametrize("words", ["h20", "出口管制", "nvidia -huawei", "actor:nvidia"])
def test_a_search_is_led_by_the_word_index(stocked: Room, words: str) -> None:
    db = stocked.house.reader()

    assert whole_tables(plans(db, lambda: search(db, words, 20))) == []


def test_what_is_new_is_derived_without_a_look_at_the_rest(stocked: Room) -> None:
    db = stocked.house.writer()
    stocked.arrive(db, "US bans H200 exports to China", published="2025-04-17T00:00:00Z")

    found = plans(db, lambda: derive.derive_new(db, stocked.rules, stocked.moment))

    assert whole_tables(found) == []


def test_an_article_known_elsewhere_is_looked_up_by_its_id(stocked: Room) -> None:
    db = stocked.house.reader()
    assert whole_tables(plans(db, lambda: Expected(db, []).feed_of("a"))) == []
    assert whole_tables(plans(db, lambda: Entries(db).find(Wanted()))) != []  # the whole is asked


def test_a_batch_of_an_archive_asks_by_its_own_keys(stocked: Room) -> None:
    """Not by its feed, under which everything may be stored; that is only asked for its first."""
    db = stocked.house.writer()
    batch = [Asked("wire", f"g{n}", f"news.example/{n}", f"{n:016x}") for n in range(3)]

    found = plans(db, lambda: Expected(db, batch))

    assert whole_tables(found) == []
    steps = [step for sql, steps in found.items() for step in steps
             if step.startswith("SEARCH") and "LIMIT 1" not in sql]  # fmt: skip
    assert len(steps) == 3
    assert [step for step in steps if not re.search(r"(guid|link|item_id)=\?", step)] == []


def test_a_pile_for_the_graph_is_looked_up_by_its_keys(stocked: Room) -> None:
    db = stocked.house.writer()

    def look() -> None:
        Derived(db).standing(["0" * 16, "1" * 16])
        Derived(db).relevant_of(["0" * 16])
        Blocks(db).expect(["a", "b"])
        Blocks(db).first("a", 3)

    assert whole_tables(plans(db, look)) == []
