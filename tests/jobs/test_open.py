"""Opening: the record is loaded again when it changed; readers never wait and never derive long."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from tests.jobs.rooms import Room, two_months
from tracker.errors import StoreError
from tracker.jobs import derive
from tracker.jobs import open as opening
from tracker.jobs.rebuild import rebuild
from tracker.store.derived import Derived
from tracker.store.schema import meta, set_meta, transaction
from tracker.store.waiting import GRAPHED, UNJOINED

EVENT = "2025-07-14-h20-mi308-licences-promised"


@pytest.fixture
def room(tmp_path: Path) -> Room:
    """A house over a record of its own, so that a test may change it."""
    return Room(tmp_path, two_months(tmp_path / "record"))


def again(room: Room) -> Room:
    """The next run of the program over the same files."""
    return Room(room.folder, room.record)


def retitled(room: Room, title: str) -> None:
    path = room.house.paths.record / "events" / "2025" / f"{EVENT}.toml"
    text = path.read_text("utf-8")
    old = next(line for line in text.splitlines() if line.startswith("title = "))
    path.write_text(text.replace(old, f'title = "{title}"', 1), "utf-8")


def listed(room: Room, db: sqlite3.Connection) -> str:
    """A report of a listing, stored and in no event yet."""
    return room.arrive(
        db, "US adds 12 Chinese chip firms to Entity List",
        "The US Commerce Department added 12 Chinese chip firms on Wednesday.",
        published="2026-07-09T02:00:00Z",
    )  # fmt: skip


def test_a_changed_record_is_loaded_again_and_what_arrived_stays(room: Room) -> None:
    db = room.house.writer()
    item = room.arrive(db, "US adds 12 Chinese chip firms to Entity List", "On Wednesday the"
                       " Commerce Department added 12 Chinese chip firms to its Entity List.",
                       published="2026-07-08T20:00:00Z")  # fmt: skip
    printed = room.derive(db).new
    room.house.close()
    retitled(room, "Another title")
    reader = again(room).house.reader()
    event = Derived(reader).event(EVENT)
    assert event is not None
    assert event.title == "Another title"
    assert [e.id for e in Derived(reader).events("origin = 'news'")] == list(printed)
    assert reader.execute("SELECT item_id FROM items").fetchone()[0] == item
    reader.close()


def test_words_of_the_user_added_later_are_read_into_what_is_stored(room: Room) -> None:
    """A ``[[watch]]`` in feeds.toml changes what is derived, as an edited lexicon does."""
    db = room.house.writer()
    room.arrive(db, "China restricts potash exports to the United States", "",
                published="2026-07-08T08:00:00Z")  # fmt: skip
    room.derive(db)
    room.house.close()
    later = again(room)
    later.house.paths.config.parent.mkdir(parents=True)
    watched = '# words\n[[watch]]\nid = "potash"\nnames = ["potash"]\nroles = ["mineral"]\n'
    later.house.paths.config.write_text(watched, "utf-8")
    found = Derived(later.house.reader()).events("origin = 'news'")
    assert [one.items for one in found] == [("potash",)]
    later.house.close()
    later = again(room)
    assert later.house.reader()
    assert "record" not in vars(later.house), "nothing changed since"
    later.house.close()


def test_an_unchanged_record_is_not_loaded_again(room: Room) -> None:
    room.house.writer()
    room.house.close()
    later = again(room)
    db = later.house.reader()
    assert "record" not in vars(later.house)
    assert "lexicon" not in vars(later.house)
    later.house.close()
    assert db


def test_a_reader_answers_from_the_last_derivation_while_a_poll_runs(room: Room) -> None:
    room.house.writer()
    room.house.close()
    retitled(room, "Another title")
    later = again(room)
    with room.house.lock():
        event = Derived(later.house.reader()).event(EVENT)
    assert event is not None
    assert event.title != "Another title"
    assert "a poll is running" in later.house.stderr.getvalue()
    later.house.close()


@pytest.mark.parametrize("changed", [False, True])
def test_a_wrong_line_of_decisions_is_told_by_a_question(room: Room, *, changed: bool) -> None:
    """The last derivation answers, also where the record changed since; it is written by none."""
    room.house.writer()
    room.house.close()
    room.house.paths.decisions.write_text("mine\n", "utf-8")
    if changed:
        retitled(room, "Another title")
    later = again(room)
    event = Derived(later.house.reader()).event(EVENT)
    later.house.close()
    assert event is not None
    assert event.title != "Another title"
    said = later.house.stderr.getvalue()
    assert "answering from the last derivation" in said
    assert f"{room.house.paths.decisions}:1: not JSON" in said


def test_much_to_read_again_waits_for_a_rebuild(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    db = room.house.writer()
    room.arrive(db, "One", published="2026-07-08T20:00:00Z")
    set_meta(db, "rules", "0 other")
    room.house.close()
    monkeypatch.setattr(opening, "A_MOMENT", 0)
    later = again(room)
    reader = later.house.reader()
    assert meta(reader, "rules") == "0 other"
    assert "tracker db rebuild" in later.house.stderr.getvalue()
    later.house.close()


@pytest.mark.parametrize("changed", ["rules", "derived_hash"])
def test_much_is_read_again_as_a_rebuild_does_it_and_once(
    room: Room, monkeypatch: pytest.MonkeyPatch, changed: str
) -> None:
    """By a writer after a change of rules or tables, and by ``db rebuild``: beside the database."""
    db = room.house.writer()
    room.arrive(db, "US adds 12 Chinese chip firms to Entity List", "",
                published="2026-07-08T20:00:00Z")  # fmt: skip
    printed = room.derive(db).new
    monkeypatch.setattr(opening, "A_MOMENT", 0)
    monkeypatch.setattr(derive, "rebuild", None)
    for whole in (False, True):
        set_meta(db, changed, "0 other")
        room.house.close()
        room = again(room)
        if whole:
            rebuild(room.house, lambda *_: None)
        db = room.house.writer()
        assert meta(db, "rules") == room.rules.version
        assert [one.id for one in Derived(db).events("origin = 'news'")] == list(printed)
        told = room.house.stderr.getvalue()
        assert ("read again" in told) is not whole
    assert not list(room.folder.glob("*.rebuild*"))
    room.house.close()


def test_new_tables_answer_with_the_record_where_reading_again_was_stopped(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    db = room.house.writer()
    room.arrive(db, "One", published="2026-07-08T20:00:00Z")
    set_meta(db, "derived_hash", "of another program")
    room.house.close()
    monkeypatch.setattr(opening, "A_MOMENT", 0)
    with pytest.raises(KeyboardInterrupt):
        rebuild(again(room).house, stop)
    later = again(room)
    assert Derived(later.house.reader()).event(EVENT)
    assert "tracker db rebuild" in later.house.stderr.getvalue()
    later.house.close()


def test_a_file_too_old_to_read_says_who_holds_it(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "PATIENCE", 1)
    db = room.house.writer()
    set_meta(db, "derived_hash", "of another program")
    room.house.close()
    with room.house.lock(), pytest.raises(StoreError, match="another command holds it"):
        again(room).house.reader()
    reader = again(room).house.reader()
    assert Derived(reader).count() == len(room.house.record.events) > 40
    reader.close()


def test_what_waits_for_decisions_to_be_mended_is_joined_by_the_next_question(room: Room) -> None:
    db = room.house.writer()
    item = listed(room, db)
    room.house.close()
    later = again(room)
    assert Derived(later.house.reader()).event_of_item(item) is not None
    assert not later.house.stderr.getvalue()
    later.house.close()


def test_much_that_waits_is_told_and_left(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    db = room.house.writer()
    for n in range(2):
        room.arrive(db, f"US adds {n} firms to Entity List", published="2026-07-09T02:00:00Z")
    room.house.close()
    monkeypatch.setattr(opening, "A_MOMENT", 1)
    later = again(room)
    later.house.reader()
    assert "stored reports wait to be joined: tracker poll" in later.house.stderr.getvalue()
    later.house.close()


def test_a_run_stopped_before_its_events_is_joined_or_told(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All is in the graph by then, and in no event."""
    db = room.house.writer()
    item = listed(room, db)
    room.derive(db)
    with transaction(db):
        Derived(db).drop_events([item])
        set_meta(db, UNJOINED, "yes")
        set_meta(db, GRAPHED, meta(db, "derived_upto") or "0")
    room.house.close()
    with monkeypatch.context() as few:
        few.setattr(opening, "A_MOMENT", 0)
        told = again(room)
        told.house.reader()
        assert "stored reports wait to be joined" in told.house.stderr.getvalue()
        told.house.close()
    later = again(room)
    assert Derived(later.house.reader()).event_of_item(item) is not None
    later.house.close()
