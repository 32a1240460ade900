"""``db backup`` and ``db restore``: what was there is never lost, and no copy is taken for sound."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.jobs.rooms import Room
from tracker.errors import StoreError
from tracker.jobs import care
from tracker.store import schema


def items(path: Path) -> int:
    db = sqlite3.connect(path)
    try:
        return int(db.execute("SELECT count(*) FROM items").fetchone()[0])
    finally:
        db.close()


def with_an_item(room: Room) -> Path:
    """An empty backup, after which something arrived."""
    old = care.back_up(room.house, room.folder / "old.bak")
    room.arrive(room.house.writer(), "US bans H20 exports", published="2025-04-17T00:00:00Z")
    room.house.close()
    return old


def test_what_was_kept_at_one_restore_is_kept_at_the_next(filled: Room) -> None:
    old, path = with_an_item(filled), filled.house.paths.db
    told = [care.restore(filled.house, old) for _ in range(3)]
    names = [f"{path}.before-restore{tail}" for tail in ("", "-2", "-3")]
    assert [line.rpartition(" is ")[2] for line in told] == names
    assert [items(Path(name)) for name in (str(path), *names)] == [0, 1, 0, 0]


def test_what_was_kept_can_itself_be_brought_back(filled: Room) -> None:
    old, path = with_an_item(filled), filled.house.paths.db
    care.restore(filled.house, old)
    care.restore(filled.house, path.with_name(f"{path.name}.before-restore"))
    assert items(path) == 1


@pytest.mark.parametrize("folder", [None, "mine"])
def test_of_several_backups_within_a_second_each_is_kept(filled: Room, folder: str | None) -> None:
    target = filled.folder / folder if folder else None
    if target:
        target.mkdir()
    with ThreadPoolExecutor(3) as pool:
        made = list(pool.map(lambda _: care.back_up(_again(filled).house, target), range(3)))
    made.append(care.back_up(filled.house, target))
    names = [f"tracker-20260710T120000Z{tail}.db" for tail in ("", "-2", "-3", "-4")]
    assert sorted(one.name for one in made) == sorted(names)
    assert [items(one) for one in made] == [0] * 4
    assert sorted(one.name for one in made[0].parent.iterdir()) == sorted(names)


def _again(room: Room) -> Room:
    """The same house for another thread, which has connections of its own."""
    return Room(room.folder, room.record)


def test_a_backup_that_fails_leaves_no_name_behind(
    filled: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schema, "is_sound", lambda _: False)
    with pytest.raises(StoreError, match="no backup was written"):
        care.back_up(filled.house, None)
    assert not list(filled.house.paths.backups.iterdir())


def test_nothing_is_said_to_be_kept_where_nothing_was(filled: Room) -> None:
    old, path = with_an_item(filled), filled.house.paths.db
    path.unlink()
    assert care.restore(filled.house, old) == f"{path} is now {old}"
    assert items(path) == 0


def test_a_backup_of_a_newer_release_is_refused(filled: Room) -> None:
    """It would be in place and open for no command."""
    old, path = with_an_item(filled), filled.house.paths.db
    sqlite3.connect(old).execute("PRAGMA user_version = 99").connection.close()
    with pytest.raises(StoreError, match="has schema 99; this program knows up to"):
        care.restore(filled.house, old)
    assert items(path) == 1
    assert not list(path.parent.glob("*before-restore*"))


def damaged(path: Path, table: str = "") -> None:
    """Overwrite the first page of a table, or all of the file but its first pages."""
    db = sqlite3.connect(path)
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    size = db.execute("PRAGMA page_size").fetchone()[0]
    root = db.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    db.close()
    content = path.read_bytes()
    first = (root[0] - 1) * size if root else 4 * size
    last = first + size if root else len(content)
    path.write_bytes(content[:first] + b"\xa5" * (last - first) + content[last:])


def test_no_backup_is_made_of_a_damaged_database(filled: Room) -> None:
    path = filled.house.paths.db
    damaged(path, "event_words_data")
    with pytest.raises(StoreError, match=r"tracker\.db is damaged; no backup was written"):
        care.back_up(filled.house, filled.folder / "new.bak")
    assert not [name for name in filled.folder.iterdir() if "new.bak" in name.name]


def test_an_earlier_backup_stays_where_none_can_be_made(filled: Room) -> None:
    old = care.back_up(filled.house, filled.folder / "old.bak")
    before = old.read_bytes()
    filled.house.close()
    damaged(filled.house.paths.db, "event_words_data")
    with pytest.raises(StoreError, match="is damaged"):
        care.back_up(filled.house, old)
    assert old.read_bytes() == before


def test_a_backup_that_finds_no_room_leaves_nothing(filled: Room) -> None:
    db = filled.house.reader()
    partial = filled.folder / ".new.bak.partial"
    for tail in ("", "-journal", "-wal", "-shm"):  # as SQLite leaves them on a full disk
        partial.with_name(partial.name + tail).touch()
    schema.backup(db, filled.folder / "new.bak")
    assert not list(filled.folder.glob(".new.bak*"))


@pytest.mark.parametrize("damage", ["a table", "most", "all"])
def test_a_damaged_database_is_replaced_and_kept_as_it_is(filled: Room, damage: str) -> None:
    old, path = with_an_item(filled), filled.house.paths.db
    if damage == "all":
        path.write_bytes(b"\xa5" * 9000)
    else:
        damaged(path, "event_words_data" if damage == "a table" else "")
    care.restore(filled.house, old)
    assert items(path) == 0
    assert path.with_name(f"{path.name}.before-restore").exists()
    assert not list(filled.folder.glob("*restoring*"))


def test_what_still_stands_in_the_log_of_a_backup_is_brought_back_with_it(filled: Room) -> None:
    old, path = with_an_item(filled), filled.house.paths.db
    late = sqlite3.connect(old, isolation_level=None)
    late.execute("PRAGMA wal_autocheckpoint = 0")
    late.execute(
        "INSERT INTO items (item_id, feed, guid, link, first_seen) VALUES ('i', 'f', 'g', '', 't')"
    )
    care.restore(filled.house, old)
    late.close()
    assert items(path) == 1
