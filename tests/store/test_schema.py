"""Opening, migrating and refusing files, on real ones."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from tracker.errors import StoreError
from tracker.store import schema

DB = Path(__file__).parents[2] / "db"


@pytest.fixture
def plan() -> schema.Plans:
    return schema.plans(DB)


def fresh(path: Path, plan: schema.Plans) -> sqlite3.Connection:
    db = schema.open_writing(path)
    schema.migrate(db, path, plan, path.parent / "backups")
    with schema.transaction(db):
        schema.remake_derived(db, plan)
    return db


def test_a_new_file_reaches_the_newest_schema_and_is_ours(
    tmp_path: Path, plan: schema.Plans
) -> None:
    db = fresh(tmp_path / "a.db", plan)
    assert db.execute("PRAGMA user_version").fetchone()[0] == plan.version
    assert db.execute("PRAGMA application_id").fetchone()[0] == schema.APPLICATION_ID
    assert schema.derived_is_current(db, plan)
    db.close()


def test_remaking_the_derived_tables_leaves_the_kept_ones(
    tmp_path: Path, plan: schema.Plans
) -> None:
    db = fresh(tmp_path / "a.db", plan)
    schema.set_meta(db, "mine", "kept")
    names = {row[0] for row in db.execute("SELECT name FROM sqlite_master")}
    with schema.transaction(db):
        schema.remake_derived(db, plan)
    assert {row[0] for row in db.execute("SELECT name FROM sqlite_master")} == names
    assert schema.meta(db, "mine") == "kept"
    db.close()


def test_a_failing_migration_leaves_nothing_of_itself(tmp_path: Path, plan: schema.Plans) -> None:
    folder = tmp_path / "migrations"
    folder.mkdir()
    for step in plan.migrations:
        (folder / step.name).write_text(step.read_text("utf-8"), "utf-8")
    (folder / "0999_broken.sql").write_text("CREATE TABLE half (a); CREATE TABLE half (a);")
    (tmp_path / "derived.sql").write_text("")
    path = tmp_path / "a.db"
    fresh(path, plan).close()
    db = schema.open_writing(path)
    with pytest.raises(StoreError):
        schema.migrate(db, path, schema.plans(tmp_path), tmp_path / "backups")
    assert db.execute("SELECT count(*) FROM sqlite_master WHERE name = 'half'").fetchone()[0] == 0
    assert db.execute("PRAGMA user_version").fetchone()[0] == plan.version
    assert [p.suffix for p in (tmp_path / "backups").iterdir()] == [".db"]
    db.close()


def test_what_another_program_migrated_meanwhile_is_left(
    tmp_path: Path, plan: schema.Plans, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.db"
    one, other = schema.open_writing(path), schema.open_writing(path)
    look = schema.version_of

    def outrun(db: sqlite3.Connection, path: Path, known: int) -> int:
        version = look(db, path, known)
        if db is one:
            schema.migrate(other, path, plan, tmp_path)
            schema.set_meta(other, "mine", "kept")
        return version

    monkeypatch.setattr(schema, "version_of", outrun)
    assert schema.migrate(one, path, plan, tmp_path) == plan.version
    assert schema.meta(one, "mine") == "kept"
    assert not one.in_transaction
    for db in (one, other):
        db.close()


def test_a_foreign_database_is_refused_and_untouched(tmp_path: Path, plan: schema.Plans) -> None:
    path = tmp_path / "other.db"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE theirs (a)")
    other.commit()
    other.close()
    db = sqlite3.connect(path)
    with pytest.raises(StoreError, match="another program"):
        schema.version_of(db, path, plan.version)
    db.close()


def test_a_library_that_is_too_old_is_named_before_anything_is_made(
    tmp_path: Path, plan: schema.Plans, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.db"
    fresh(path, plan).close()
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 34, 1))
    for open_, file in ((schema.open_reading, path), (schema.open_writing, tmp_path / "new.db")):
        with pytest.raises(StoreError, match=r"has SQLite 3\.34\.1; 3\.38\.0 or newer") as told:
            open_(file)
        assert told.value.exit_code == 4
    assert not (tmp_path / "new.db").exists()


def test_a_newer_database_is_refused(tmp_path: Path, plan: schema.Plans) -> None:
    path = tmp_path / "a.db"
    db = fresh(path, plan)
    db.execute(f"PRAGMA user_version = {plan.version + 1}")
    with pytest.raises(StoreError, match="upgrade the program"):
        schema.version_of(db, path, plan.version)
    db.close()


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda p: p.mkdir(), "is a directory"),
        (
            lambda p: p.write_text("not a database at all, only words" * 40),
            "not an SQLite database",
        ),
        (lambda _: None, "does not exist"),
    ],
)
def test_what_is_no_database_is_named(tmp_path: Path, make: object, words: str) -> None:
    path = tmp_path / "a.db"
    assert callable(make)
    make(path)
    with pytest.raises(StoreError, match=words):
        schema.open_reading(path)


def test_a_damaged_file_is_named(tmp_path: Path, plan: schema.Plans) -> None:
    path = tmp_path / "a.db"
    db = fresh(path, plan)
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()
    content = bytearray(path.read_bytes())
    content[100:4000] = b"\xff" * 3900
    path.write_bytes(bytes(content))
    with pytest.raises(StoreError, match="damaged"):
        schema.open_reading(path)


def test_a_reader_opens_a_file_in_a_folder_it_cannot_write(
    tmp_path: Path, plan: schema.Plans
) -> None:
    """A WAL database on a read-only medium opens only as immutable."""
    path = tmp_path / "a.db"
    fresh(path, plan).close()
    copy = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)
    assert copy.execute("SELECT count(*) FROM items").fetchone()[0] == 0
    copy.close()
    db = schema.open_reading(path)
    assert schema.meta(db, "derived_hash") == plan.derived_hash()
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        db.execute("DELETE FROM meta")
    db.close()


def test_a_transaction_is_all_or_nothing_and_nests(tmp_path: Path, plan: schema.Plans) -> None:
    db = fresh(tmp_path / "a.db", plan)

    def break_off() -> None:
        with schema.transaction(db):
            schema.set_meta(db, "a", "1")
            with schema.transaction(db):
                schema.set_meta(db, "b", "2")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        break_off()
    assert schema.meta(db, "a") is None
    assert schema.meta(db, "b") is None
    db.close()


def test_every_commit_is_on_the_disk_again_after_long_work(
    tmp_path: Path, plan: schema.Plans
) -> None:
    def kept() -> list[int]:
        asked = ("synchronous", "wal_autocheckpoint")
        return [int(db.execute(f"PRAGMA {name}").fetchone()[0]) for name in asked]

    db = schema.open_writing(tmp_path / "t.db")
    before = kept()
    with schema.synced_late(db):
        assert kept() == [1, schema.PUT_BACK]
    assert kept() == before == [2, 1000]


def test_a_backup_is_whole_while_a_writer_holds_the_file(
    tmp_path: Path, plan: schema.Plans
) -> None:
    path = tmp_path / "a.db"
    writer = fresh(path, plan)
    schema.set_meta(writer, "before", "yes")
    writer.execute("BEGIN IMMEDIATE")
    schema.set_meta(writer, "during", "no")
    reader = schema.open_reading(path)
    copy = schema.open_reading(schema.backup(reader, tmp_path / "copy" / "b.db"))
    assert schema.meta(copy, "before") == "yes"
    assert schema.meta(copy, "during") is None
    writer.execute("ROLLBACK")
    for db in (writer, reader, copy):
        db.close()


def test_statements_keep_a_trigger_whole() -> None:
    script = "CREATE TABLE t (a);\nCREATE TRIGGER x BEFORE UPDATE ON t\nBEGIN SELECT 1; END;\n"
    assert len(list(schema.statements(script))) == 2


def test_several_statements_of_a_line_are_several() -> None:
    script = "CREATE TABLE t (a); INSERT INTO t VALUES (';'); -- one; two\nSELECT 1"
    found = list(schema.statements(script))
    assert "".join(found) == script
    assert len(found) == 3
