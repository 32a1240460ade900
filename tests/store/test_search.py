"""The word index itself: what it holds, what it forgets, what SQLite is given."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest

from tests.jobs.rooms import Room
from tracker.core.query import Node, read
from tracker.jobs import derive
from tracker.store import indexing, search
from tracker.store.entries import Entries


@pytest.fixture
def room(filled: Room) -> Iterator[Room]:
    yield filled
    filled.house.close()


def asked(text: str) -> Node:
    root = read(text).root
    assert root is not None
    return root


def found(db: sqlite3.Connection, text: str, most: int = 9) -> list[str]:
    return [entry.title for entry in search.entries(db, asked(text), most)]


def test_a_text_is_indexed_once_however_often_it_is_derived(room: Room) -> None:
    db = room.house.writer()
    room.arrive(db, "Zebra crossing", published="2025-07-01T00:00:00Z")
    room.derive(db)
    assert indexing.index_revisions(db) == 0
    derive.rebuild(db, room.house.record, room.rules, room.moment)
    assert found(db, "zebra") == ["Zebra crossing"]
    assert db.execute("SELECT count(*) FROM entry_words").fetchone()[0] == 1


def test_a_withdrawn_item_is_not_found_until_it_is_back(room: Room) -> None:
    db = room.house.writer()
    item = room.arrive(db, "Zebra crossing", published="2025-07-01T00:00:00Z")
    room.derive(db)
    Entries(db).withdraw(item)
    assert found(db, "zebra") == []
    Entries(db).withdraw(item, back=True)
    assert found(db, "zebra") == ["Zebra crossing"]


def test_an_event_that_news_changed_is_found_by_its_new_words(room: Room) -> None:
    db = room.house.writer()
    before = len(search.events(db, asked("entity list"), 500))
    room.arrive(db, "US adds 12 Chinese chip firms to Entity List",
                "The Commerce Department added 12 Chinese chip firms to the Entity List on"
                " Wednesday.", published="2026-07-09T02:00:00Z")  # fmt: skip
    room.derive(db)
    after = search.events(db, asked("entity list"), 500)
    assert [event.origin for event in after].count("news") == 1
    assert len(after) == before + 1
    numbers = "SELECT count(*) FROM event_words WHERE rowid NOT IN (SELECT number FROM events)"
    assert db.execute(numbers).fetchone()[0] == 0


def test_left_out_words_are_left_out_on_both_ways(room: Room) -> None:
    db = room.house.writer()
    for title in ("Zebra and lion", "Zebra alone", "Lion alone"):
        room.arrive(db, title, published="2025-07-01T00:00:00Z")
    room.derive(db)
    assert found(db, "zebra -lion") == ["Zebra alone"]
    assert sorted(found(db, "-lion")) == ["Zebra alone"]
    assert sorted(found(db, "(zebra -lion) OR (lion -zebra)")) == ["Lion alone", "Zebra alone"]
    assert found(db, "zebra -lion -alone") == []


def test_names_of_a_thing_are_those_of_every_script(room: Room) -> None:
    db = room.house.writer()
    assert {"nvidia", "nvda", "英伟达", "辉达"} <= set(search.names(db, "輝達"))
    assert search.names(db, "zebra") == []
    assert search.parts_of(db, "英伟达斑马") == ["英伟达", "斑马"]
    assert search.parts_of(db, "斑马") == ["斑马"]
