"""Opening, migrating and refusing database files.

Kept tables come from ``db/migrations/NNNN_*.sql`` (numbered, one transaction each, never edited
once released); throw-away tables from ``db/derived.sql``, re-made when its hash changes. A file
carries our ``application_id``, so that somebody else's database is never written to.
"""

from __future__ import annotations

import errno
import os
import re
import sqlite3
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from tracker.errors import StoreError
from tracker.nouns import dataclass

APPLICATION_ID: Final = 0x54524B52  # "TRKR"
BUSY_MS: Final = 5000
_HELD: Final = -16_000  # KiB of pages a writer holds: the indexes that a batch changes
_HELD_BESIDE: Final = -1_800  # the same, beside other processes of its own
PUT_BACK: Final = 8000
"""Changed pages after which long work puts them back: those of joins change again and again."""
OLDEST_SQLITE: Final = (3, 38, 0)
"""Typed tables (``STRICT``) came with 3.37, JSON in every build with 3.38."""


@dataclass(frozen=True, slots=True)
class Plans:
    """Where the SQL of the schema lies."""

    migrations: tuple[Path, ...]
    derived: Path

    @property
    def version(self) -> int:
        """The schema version that this program knows."""
        return len(self.migrations)

    def derived_hash(self) -> str:
        """A sum of ``derived.sql``; tables made from another text are made again."""
        text = self.derived.read_bytes()
        return f"{zlib.crc32(text):08x}{len(text):08x}"


def plans(folder: Path) -> Plans:
    """The schema found in ``folder`` (a ``db/``)."""
    steps = tuple(sorted((folder / "migrations").glob("[0-9][0-9][0-9][0-9]_*.sql")))
    return Plans(steps, folder / "derived.sql")


def as_store_error(error: sqlite3.Error, path: str | Path) -> StoreError:
    """One sentence for what SQLite met, naming the file and the way out."""
    text = str(error)
    if "unable to open" in text and _is_read_only(Path(path)):
        text = "readonly"
    cases = (
        ("database or disk is full", "has no room to grow: the disk is full.", "free some space"),
        ("disk I/O error", "could not be written or read: disk I/O error.", "check the disk"),
        ("readonly", "is read-only.", "make it writable, or point --db at another file"),
        ("locked", "is locked by another program.", "wait for it to end, then try again"),
        ("not a database", "is not an SQLite database.", "point --db at another file"),
        ("malformed", "is damaged.", "tracker db restore, or tracker db check"),
        ("unable to open", "cannot be opened.", "check the path and its permissions"),
    )
    for sign, what, hint in cases:
        if sign in text:
            return StoreError(f"{path} {what}", hint=hint)
    return StoreError(f"{path} cannot be used: {text}.", hint="tracker db check")


def no_room(error: StoreError) -> bool:
    """Whether the disk was full."""
    cause = error.__cause__
    if isinstance(cause, OSError):
        return cause.errno in (errno.ENOSPC, errno.EDQUOT)
    return isinstance(cause, sqlite3.Error) and "disk is full" in str(cause)


def _is_read_only(path: Path) -> bool:
    """Whether a file can be read and not written; SQLite opens none on such a medium to write."""
    writable = os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
    return os.access(path, os.R_OK) and not writable


@contextmanager
def explained(path: str | Path) -> Iterator[None]:
    """Turn SQLite's errors inside the block into a ``StoreError`` naming ``path``."""
    try:
        yield
    except sqlite3.Error as error:
        raise as_store_error(error, path) from error


def open_reading(path: Path) -> sqlite3.Connection:
    """Open an existing file for reading only; also on a read-only medium.

    Raises:
        StoreError: missing, a directory, not ours, damaged or unreadable.
    """
    _refuse_non_files(path)
    with explained(path):
        for mode in ("mode=ro", "mode=ro&immutable=1"):
            db = _connect(f"{path.resolve().as_uri()}?{mode}")
            try:
                db.execute("SELECT count(*) FROM sqlite_master").fetchone()
            except sqlite3.Error as error:
                db.close()
                # A WAL file on a read-only medium opens only as immutable.
                read_only = "unable to open" in str(error) or "readonly" in str(error)
                if not read_only or "immutable" in mode:
                    raise
            else:
                return db
    raise StoreError(f"{path} cannot be opened.", hint="check the path and its permissions")


def open_writing(path: Path) -> sqlite3.Connection:
    """Open ``path`` for writing, made where missing; WAL, and every commit on the disk.

    Raises:
        StoreError: a directory, a folder that cannot be made, a foreign or read-only file.
    """
    _refuse_non_files(path, may_miss=True)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"{path.parent} cannot be made: {error.strerror}.", hint="point --db elsewhere"
        ) from error
    with explained(path):
        db = _connect(str(path))
        with _closed_on_error(db):
            # Before anything is written: a foreign file stays as it is, to the byte.
            version_of(db, path, sys.maxsize)
            db.execute("PRAGMA journal_mode = WAL")
            db.execute("PRAGMA synchronous = FULL")
            db.execute(f"PRAGMA cache_size = {_HELD}")
        return db


def _connect(where: str) -> sqlite3.Connection:
    _refuse_old(sqlite3.sqlite_version_info)
    db = sqlite3.connect(where, uri=where.startswith("file:"), isolation_level=None, timeout=5)
    with _closed_on_error(db):
        db.row_factory = sqlite3.Row
        db.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
        db.execute("PRAGMA foreign_keys = ON")
    return db


def _refuse_old(version: tuple[int, ...]) -> None:
    """Say that the library is too old, where else it would stumble over a word it does not know."""
    if version < OLDEST_SQLITE:
        here, needed = (".".join(map(str, one)) for one in (version, OLDEST_SQLITE))
        what = f"This Python has SQLite {here}; {needed} or newer is needed."
        raise StoreError(what, hint="a newer Python, or one built with a newer SQLite")


@contextmanager
def _closed_on_error(db: sqlite3.Connection) -> Iterator[None]:
    try:
        yield
    except BaseException:
        db.close()
        raise


def _refuse_non_files(path: Path, *, may_miss: bool = False) -> None:
    try:
        if path.is_dir():
            raise StoreError(
                f"{path} is a directory, not a database.", hint=f"--db {path / 'tracker.db'}"
            )
        if not path.exists() and not may_miss:
            raise StoreError(f"{path} does not exist.", hint="tracker timeline makes it")
    except PermissionError as error:
        raise StoreError(
            f"{path} cannot be reached: permission denied.", hint="check the folder's permissions"
        ) from error


def version_of(db: sqlite3.Connection, path: str | Path, known: int) -> int:
    """The schema version of a file: 0 where it is empty.

    Raises:
        StoreError: another program's database, or one written by a newer release.
    """
    with explained(path):
        version = int(db.execute("PRAGMA user_version").fetchone()[0])
        owner = int(db.execute("PRAGMA application_id").fetchone()[0])
        tables = int(db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0])
    if owner != APPLICATION_ID and (owner or version or tables):
        raise StoreError(
            f"{path} belongs to another program; nothing was changed.",
            hint="point --db at another file",
        )
    if version > known:
        raise StoreError(
            f"{path} has schema {version}; this program knows up to {known}.",
            hint="upgrade the program, or point --db at an older copy",
        )
    return version


def migrate(db: sqlite3.Connection, path: Path, plan: Plans, backups: Path) -> int:
    """Apply the migrations that ``db`` lacks, each in one transaction; a backup goes first.

    Returns:
        The schema version reached.

    Raises:
        StoreError: a foreign or newer file, or SQLite refused a step (nothing of it stays).
    """
    version = version_of(db, path, plan.version)
    if 0 < version < plan.version:
        backup(db, backups / f"{path.stem}-before-{plan.version:04}.db")
    with explained(path):
        for number in range(version + 1, plan.version + 1):
            script = plan.migrations[number - 1].read_text(encoding="utf-8")
            _step(db, script, number)
    return plan.version


def _step(db: sqlite3.Connection, script: str, number: int) -> None:
    """Run one migration, unless another program did since the file was looked at."""
    with transaction(db):
        if db.execute("PRAGMA user_version").fetchone()[0] >= number:
            return
        for statement in statements(script):
            db.execute(statement)
        db.execute(f"PRAGMA user_version = {number}")
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")


def derived_is_current(db: sqlite3.Connection, plan: Plans) -> bool:
    """Whether the throw-away tables were made from the ``derived.sql`` of this program."""
    return meta(db, "derived_hash") == plan.derived_hash()


def remake_derived(db: sqlite3.Connection, plan: Plans) -> None:
    """Drop and make the throw-away tables, inside the caller's transaction."""
    db.execute("PRAGMA defer_foreign_keys = ON")  # tables go one by one, their references with them
    old = db.execute("SELECT value FROM meta WHERE key = 'derived_tables'").fetchone()
    for kind, name in (line.split(" ", 1) for line in (old[0] if old else "").splitlines()):
        db.execute(f'DROP {kind} IF EXISTS "{name}"')
    kept = {row[0] for row in db.execute("SELECT name FROM sqlite_master")}
    for statement in statements(plan.derived.read_text(encoding="utf-8")):
        db.execute(statement)
    made = db.execute(
        "SELECT type, name, sql FROM sqlite_master WHERE type IN ('table', 'view')"
    ).fetchall()
    virtual = [r["name"] for r in made if (r["sql"] or "").startswith("CREATE VIRTUAL")]
    fresh = [
        f"{row['type'].upper()} {row['name']}"
        for row in made
        if row["name"] not in kept
        and not any(row["name"].startswith(f"{owner}_") for owner in virtual)
    ]
    # Views go first: dropping a table that a view still names is refused by some versions.
    fresh.sort(key=lambda line: not line.startswith("VIEW"))
    set_meta(db, "derived_tables", "\n".join(fresh))
    set_meta(db, "derived_hash", plan.derived_hash())


def statements(script: str) -> Iterator[str]:
    """The single statements of an SQL script, so that they can share one transaction."""
    pending = ""
    for piece in re.split(r"(?<=;)", script):
        pending += piece
        if sqlite3.complete_statement(pending):
            yield pending
            pending = ""
    if pending.strip():
        yield pending


def hold_less(db: sqlite3.Connection) -> None:
    """Hold fewer pages in memory: a poll changes little at once, and its children need some."""
    db.execute(f"PRAGMA cache_size = {_HELD_BESIDE}")


def hold_none(db: sqlite3.Connection) -> None:
    """Let go of the pages held in memory; those asked for again are read again."""
    db.execute("PRAGMA shrink_memory")


@contextmanager
def synced_late(db: sqlite3.Connection) -> Iterator[None]:
    """Commits of the block wait for no disk, and changed pages go back to the file seldom.

    Without power the last of them may be lost, none in part: for long work that keeps its place
    beside what it did. The next commit after the block puts them all on the disk.
    """
    db.execute("PRAGMA synchronous = NORMAL")
    db.execute(f"PRAGMA wal_autocheckpoint = {PUT_BACK}")
    try:
        yield
    finally:
        db.execute("PRAGMA wal_autocheckpoint = 1000")
        db.execute("PRAGMA synchronous = FULL")


def meta(db: sqlite3.Connection, key: str) -> str | None:
    """A remembered value, or None."""
    row = db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    return None if row is None else str(row[0])


def set_meta(db: sqlite3.Connection, key: str, value: str) -> None:
    """Remember a value."""
    db.execute(
        "INSERT INTO meta (key, value) VALUES (?, ?)"
        " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (key, value),
    )


@contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[None]:
    """All of the block or nothing of it; a nested call joins the outer one."""
    if db.in_transaction:
        yield
        return
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        _roll_back(db)
        raise
    db.execute("COMMIT")


def _roll_back(db: sqlite3.Connection) -> None:
    # A full disk or an I/O error has rolled back by itself.
    if db.in_transaction:
        db.execute("ROLLBACK")


def backup(db: sqlite3.Connection, target: Path, *, sound: bool = False) -> Path:
    """Copy a live database page by page into ``target``; safe while a poll writes.

    With ``sound`` the copy is checked before it gets its name: a damaged one is none to rely on.

    Raises:
        StoreError: the target cannot be written, or ``db`` is damaged.
    """
    partial = target.with_name(f".{target.name}.partial")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with explained(target):
            _copy_into(db, partial, sound=sound)
        partial.replace(target)
    except OSError as error:
        raise not_written(target, error) from error
    finally:
        for tail in ("", "-journal", "-wal", "-shm"):  # SQLite's own stay where it met an error
            partial.with_name(partial.name + tail).unlink(missing_ok=True)
    return target


def not_written(target: Path, error: OSError) -> StoreError:
    """That a backup cannot be written."""
    what = f"{target} cannot be written: {error.strerror}."
    return StoreError(what, hint="choose another folder")


def _copy_into(db: sqlite3.Connection, partial: Path, *, sound: bool) -> None:
    copy = sqlite3.connect(partial)
    try:
        db.backup(copy)
        if sound and not is_sound(copy):
            here = db.execute("PRAGMA database_list").fetchone()[2]
            raise StoreError(
                f"{here} is damaged; no backup was written.",
                hint="tracker db check, or tracker db restore an earlier backup",
            )
    finally:
        copy.close()


def is_sound(db: sqlite3.Connection) -> bool:
    """Whether SQLite finds every page of a file as it must be.

    Raises:
        OperationalError: locked or unreadable, which says nothing of its content.
    """
    try:
        return bool(db.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok")
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError:
        return False
