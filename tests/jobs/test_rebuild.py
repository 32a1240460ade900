"""``db rebuild``: the same again, beside the old until the end, resumable, clean on a full disk."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.jobs.archives import rows
from tests.jobs.rooms import Room, copied, two_months
from tracker.errors import Busy, StoreError
from tracker.jobs import rebuild as job
from tracker.jobs.care import back_up, restore
from tracker.jobs.rebuild import rebuild
from tracker.jobs.search import search
from tracker.store import care, schema, side
from tracker.store.entries import Entries
from tracker.wiring import House

QUESTIONS = (
    "SELECT id, date, title, witnesses, reports, body FROM events ORDER BY id",
    "SELECT * FROM mentions ORDER BY id",
    "SELECT e.id, m.node FROM events e JOIN event_members m ON m.event = e.number ORDER BY 1, 2",
    "SELECT e.id, f.facet, f.value FROM events e JOIN event_facets f ON f.event = e.number"
    " ORDER BY 1, 2, 3",
    "SELECT * FROM event_ids ORDER BY id",
    "SELECT * FROM observations ORDER BY number",
    "SELECT * FROM aliases ORDER BY folded, facet, canonical",
    "SELECT key, value FROM meta WHERE key IN ('rules', 'derived_upto', 'record_digest')",
    "SELECT rowid FROM entry_words WHERE entry_words MATCH 'exports' ORDER BY rowid",
)


def silent(step: str, done: int, total: int) -> None:
    pass


def content(path: Path) -> list[object]:
    db = sqlite3.connect(path)
    try:
        return [db.execute(sql).fetchall() for sql in QUESTIONS]
    finally:
        db.close()


@pytest.fixture(scope="module")
def stock(tmp_path_factory: pytest.TempPathFactory) -> Room:
    """A small record and news beside it."""
    folder = tmp_path_factory.mktemp("stock")
    made = Room(folder, two_months(folder / "record"))
    db = made.house.writer()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tracker.jobs.derive.BATCH", 30)
        for one in rows(150):
            made.arrive(
                db, one["title"], one["summary"], published=one["published"], item=one["id"]
            )
        made.derive(db)
    made.house.close()
    return made


@pytest.fixture
def stocked(stock: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Room:
    """A house with news in it, and batches small enough that there are several."""
    monkeypatch.setattr("tracker.jobs.derive.BATCH", 30)
    return copied(stock.house.paths.db, tmp_path, stock.record)


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_rebuild_gives_what_was_there(
    stocked: Room, monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    monkeypatch.setattr("tracker.jobs.joiner.FEW", 10)
    path = stocked.house.paths.db
    before = content(path)

    done = rebuild(stocked.house, silent, jobs)

    assert (done.items, done.change) == (150, side.Change(0, 0, 0))
    assert content(path) == before
    assert not list(path.parent.glob("*.rebuild*"))


def test_afterwards_the_file_is_sound_and_takes_what_is_new(stocked: Room) -> None:
    rebuild(stocked.house, silent)
    db = stocked.house.writer()
    stocked.arrive(db, "US bans unobtainium exports to China", published="2025-04-17T00:00:00Z")
    stocked.derive(db)
    db.execute("INSERT INTO entry_words(entry_words) VALUES ('integrity-check')")
    db.execute("INSERT INTO event_words(event_words) VALUES ('integrity-check')")

    assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    assert [one.found.title for one in search(db, "unobtainium", 5).entries] == [
        "US bans unobtainium exports to China"
    ]


def test_what_the_rules_made_otherwise_is_told(stocked: Room) -> None:
    db = stocked.house.writer()
    gone = db.execute("SELECT number FROM events WHERE origin = 'news'").fetchone()[0]
    for table, key in (("event_members", "event"), ("event_sources", "event"),
                       ("event_dates", "event"), ("event_facets", "event"), ("events", "number")):  # fmt: skip
        db.execute(f"DELETE FROM {table} WHERE {key} = ?", (gone,))
    db.execute("UPDATE events SET body = replace(body, 'H20', 'H30') WHERE number ="
               " (SELECT number FROM events WHERE origin = 'news' AND body LIKE '%H20%')")  # fmt: skip

    assert rebuild(stocked.house, silent).change == side.Change(1, 1, 0)


def test_readers_read_the_old_until_the_end(stocked: Room) -> None:
    path = stocked.house.paths.db
    reader = schema.open_reading(path)
    counted: list[int] = []

    def tick(step: str, done: int, total: int) -> None:
        counted.append(reader.execute("SELECT count(*) FROM events").fetchone()[0])
        other = schema.open_reading(path)
        counted.append(other.execute("SELECT count(*) FROM events").fetchone()[0])
        other.close()

    done = rebuild(stocked.house, tick)

    assert len(counted) > 6
    assert set(counted) == {done.events}
    assert reader.execute("SELECT count(*) FROM events").fetchone()[0] == done.events
    reader.close()


@pytest.mark.parametrize("where", ["Reading again", "Joining"])
def test_a_rebuild_that_was_stopped_goes_on(stocked: Room, where: str) -> None:
    path = stocked.house.paths.db
    before = content(path)
    steps: list[int] = []

    def stop(step: str, done: int, total: int) -> None:
        if step == where and done >= 60:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rebuild(stocked.house, stop)
    assert content(path) == before

    def count(step: str, done: int, total: int) -> None:
        steps.append(done)

    done = rebuild(stocked.house, count)

    assert (done.resumed, steps[0]) == (True, 60 if where == "Reading again" else 150)
    assert content(path) == before


@pytest.mark.parametrize("damage", ["middle", "all"])
def test_a_damaged_side_file_is_thrown_away(stocked: Room, damage: str) -> None:
    """The database is sound: nobody is to be sent to a backup for a file of scratch."""
    path = stocked.house.paths.db
    before = content(path)

    def stop(step: str, done: int, total: int) -> None:
        if done >= 60:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rebuild(stocked.house, stop)
    beside = path.with_name(f"{path.name}.rebuild")
    bytes_ = bytearray(beside.read_bytes())
    third = len(bytes_) // 3 if damage == "middle" else 0
    bytes_[third : third + 60_000] = b"\xa5" * min(60_000, len(bytes_) - third)
    beside.write_bytes(bytes_)
    assert not rebuild(stocked.house, silent).resumed
    assert content(path) == before
    assert not beside.exists()


def test_what_was_withdrawn_meanwhile_starts_it_anew(stocked: Room) -> None:
    def stop(step: str, done: int, total: int) -> None:
        if done >= 60:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rebuild(stocked.house, stop)
    db = stocked.house.writer()
    first = db.execute("SELECT item_id FROM items ORDER BY number").fetchone()[0]
    Entries(db).withdraw(first)

    assert not rebuild(stocked.house, silent).resumed
    db = stocked.house.reader()
    assert (
        db.execute("SELECT count(*) FROM mentions WHERE item_id = ?", (first,)).fetchone()[0] == 0
    )


def stopped(room: Room) -> Path:
    """The side file of a rebuild that was stopped."""

    def stop(step: str, done: int, total: int) -> None:
        if done >= 60:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rebuild(room.house, stop)
    room.house.close()
    return side.file_of(room.house.paths.db)


@pytest.mark.parametrize("texts", [0, 40, 150])
def test_another_database_under_the_name_starts_it_anew(stocked: Room, texts: int) -> None:
    path = stocked.house.paths.db
    assert stopped(stocked).exists()
    path.unlink()
    db = stocked.house.writer()
    for one in rows(texts):
        stocked.arrive(
            db, one["title"], one["summary"], published=one["published"], item=one["id"][::-1]
        )
    stocked.derive(db)
    stocked.house.close()
    before = content(path)

    assert not rebuild(stocked.house, silent).resumed
    assert care.integrity(stocked.house.reader()) == []
    assert content(path) == before


def test_a_backup_that_was_brought_back_starts_it_anew(stocked: Room) -> None:
    old = back_up(stocked.house, stocked.folder / "old.bak")
    beside = stopped(stocked)
    restore(stocked.house, old)
    assert not beside.exists()
    assert not rebuild(stocked.house, silent).resumed


def test_what_arrives_between_two_tries_is_in_it(stocked: Room) -> None:
    def stop(step: str, done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rebuild(stocked.house, stop)
    db = stocked.house.writer()
    stocked.arrive(db, "US bans H20 exports to China again", published="2025-04-17T00:00:00Z")
    stocked.derive(db)
    stocked.house.close()
    before = content(stocked.house.paths.db)

    assert rebuild(stocked.house, silent).resumed
    assert content(stocked.house.paths.db) == before


def test_a_full_disk_stops_it_and_leaves_nothing_beside_the_database(
    stocked: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = stocked.house.paths.db
    before = content(path)
    connect = side.connected

    def small(beside: Path, db: Path) -> sqlite3.Connection:
        opened = connect(beside, db)
        pages = opened.execute("PRAGMA page_count").fetchone()[0]
        opened.execute(f"PRAGMA max_page_count = {max(pages, 1) + 280}")
        return opened

    monkeypatch.setattr(side, "connected", small)
    with pytest.raises(StoreError, match="disk is full"):
        rebuild(stocked.house, silent)
    assert content(path) == before
    assert not list(path.parent.glob("*.rebuild*"))
    monkeypatch.undo()

    rebuild(stocked.house, silent)

    assert content(path) == before


def test_a_full_disk_at_the_end_leaves_the_old(
    stocked: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = stocked.house.paths.db
    before = content(path)
    copy, copied = side._copy, []

    def full(db: sqlite3.Connection, table: str, *, emptied: bool) -> None:
        copied.append(table)
        if len(copied) > 12:
            raise sqlite3.OperationalError("database or disk is full")
        copy(db, table, emptied=emptied)

    monkeypatch.setattr(side, "_copy", full)
    with pytest.raises(StoreError, match="disk is full"):
        rebuild(stocked.house, silent)

    assert content(path) == before
    assert not list(path.parent.glob("*.rebuild*"))


def _another_begins(path: Path, house: House) -> None:
    with side.opened(side.file_of(path), path, house.plan(), "other rules"):
        pass


def _another_goes_on(path: Path, house: House) -> None:
    db = sqlite3.connect(side.file_of(path))
    (key,) = db.execute("SELECT value FROM meta WHERE key = 'side_key'").fetchone()
    db.close()
    with side.opened(side.file_of(path), path, house.plan(), key) as (_, begun):
        assert begun


def _another_is_done(path: Path, _: House) -> None:
    side.remove(side.file_of(path))


def _an_empty_one(path: Path, _: House) -> None:
    side.remove(side.file_of(path))
    side.file_of(path).touch()


@pytest.mark.parametrize(
    "does", [_another_begins, _another_goes_on, _another_is_done, _an_empty_one]
)
def test_what_another_program_put_under_the_name_is_not_taken(
    stocked: Room, monkeypatch: pytest.MonkeyPatch, does: Callable[[Path, House], None]
) -> None:
    """Nobody does it who holds the lock; were it done, no part must replace the whole."""
    path = stocked.house.paths.db
    before = content(path)
    swap = job._swap

    def outrun(house: House, *places: Any) -> side.Change:
        does(path, house)
        return swap(house, *places)

    monkeypatch.setattr(job, "_swap", outrun)
    with pytest.raises(StoreError, match="another program replaced it"):
        rebuild(stocked.house, silent)
    assert content(path) == before
    monkeypatch.undo()
    assert rebuild(stocked.house, silent).change == side.Change(0, 0, 0)


def test_a_poll_that_runs_is_left_alone(stocked: Room) -> None:
    with stocked.house.lock(), pytest.raises(Busy, match="nothing was read again"):
        rebuild(stocked.house, silent)
