"""Looking after the file: what is found wrong, what a backup must be, what retention drops."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.store.test_schema import DB, fresh
from tests.store.test_schema import plan as plan  # the plan of this program
from tracker.errors import StoreError
from tracker.jobs.care import table
from tracker.store import care, schema
from tracker.store.polls import Polls

KNOWN = schema.plans(DB).version
NOW = datetime(2025, 7, 15, 12, tzinfo=UTC)


@pytest.fixture
def db(tmp_path: Path, plan: schema.Plans) -> Iterator[sqlite3.Connection]:
    one = fresh(tmp_path / "a.db", plan)
    yield one
    one.close()


def test_a_fresh_file_is_sound_and_empty(db: sqlite3.Connection) -> None:
    assert care.integrity(db) == []
    assert set(care.counts(db)) == set(care.COUNTED)
    assert care.counts(db)["items"] == 0


def test_an_item_without_a_text_is_found(db: sqlite3.Connection) -> None:
    db.execute(
        "INSERT INTO items (item_id, feed, guid, link, first_seen) VALUES ('i', 'f', 'g', '', 't')"
    )
    assert care.integrity(db) == ["1 items without a text"]


def test_a_damaged_or_foreign_backup_is_refused(db: sqlite3.Connection, tmp_path: Path) -> None:
    good = schema.backup(db, tmp_path / "good.db")
    care.verify_backup(good, KNOWN)
    size = good.stat().st_size
    damaged = tmp_path / "damaged.db"
    damaged.write_bytes(good.read_bytes()[: size // 2] + b"\x5a" * (size // 2))
    foreign = tmp_path / "foreign.db"
    sqlite3.connect(foreign).execute("CREATE TABLE theirs (a)").connection.close()
    for bad in (damaged, foreign):
        with pytest.raises(StoreError):
            care.verify_backup(bad, KNOWN)


def test_a_backup_that_opens_and_breaks_its_own_rules_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "odd.db"
    odd = sqlite3.connect(path)
    odd.executescript(
        f"PRAGMA application_id = {schema.APPLICATION_ID};"
        "CREATE TABLE t (a); INSERT INTO t VALUES (NULL); PRAGMA writable_schema = ON;"
        "UPDATE sqlite_master SET sql = 'CREATE TABLE t (a NOT NULL)';"
    )
    odd.close()
    with pytest.raises(StoreError, match="not a sound backup"):
        care.verify_backup(path, KNOWN)


def test_compacting_keeps_the_newest_bodies_of_each_feed(db: sqlite3.Connection) -> None:
    polls = Polls(db)
    for n in range(4):
        polls.keep_body("a", NOW, f"a{n}", b"body", 9)
    polls.keep_body("b", NOW, "b0", b"body", 9)
    assert care.compact(db, 2).dropped == 2
    assert [row[0] for row in db.execute("SELECT digest FROM bodies")] == ["a2", "a3", "b0"]


def test_space_comes_back_when_the_last_reader_is_done(db: sqlite3.Connection) -> None:
    (path,) = (row[2] for row in db.execute("PRAGMA database_list"))
    db.execute("CREATE TABLE junk AS SELECT randomblob(3000000) AS b")
    db.execute("DROP TABLE junk")
    reader = sqlite3.connect(path, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM items").fetchone()
    waiting = care.compact(db, 0)
    assert waiting.waits
    assert Path(path).stat().st_size > waiting.size
    reader.close()
    done = care.compact(db, 0)
    assert not done.waits
    assert Path(path).stat().st_size == done.size == waiting.size


def test_sizes_and_counts_are_written_alike() -> None:
    facts = {"path": "t.db", "bytes": 10_604_544, "schema": 3, "record_day": "2026-07-07",
             "rows": {"items": 1_404}}  # fmt: skip
    shown = [line.split()[-1] for line in table(facts).splitlines()]
    assert shown == ["t.db", "10,604,544", "3", "2026-07-07", "1,404"]
