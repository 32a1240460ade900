"""A second set of throw-away tables in a file beside the database, put in place in one transaction.

The side file holds the derived tables alone; the kept ones are read from the attached database, as
their names are found nowhere else. Nothing in the database changes until the end.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple

from tracker.errors import StoreError
from tracker.store import schema
from tracker.store.schema import Plans, explained, meta, set_meta, transaction
from tracker.store.waiting import UNJOINED

_OWN: Final = (
    "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE TABLE event_ids (id TEXT PRIMARY KEY, anchor TEXT NOT NULL, since TEXT NOT NULL)"
    " STRICT, WITHOUT ROWID",
    "CREATE INDEX event_ids_by_anchor ON event_ids (anchor)",
    "INSERT INTO event_ids SELECT id, anchor, since FROM kept.event_ids",
)
_MADE: Final = "side_made"
_READ: Final = "side_read"
_RUN: Final = "side_run"
_OF_THE_FILE: Final = ("side_key", _MADE, _READ, _RUN, "derived_tables", "derived_hash")
_SIGN: Final = ("side_key", _RUN, "derived_upto", UNJOINED)
_CACHE: Final = -64_000  # KiB of pages held


class Change(NamedTuple):
    """What another set of events differs in: ids new, changed and gone."""

    new: int
    changed: int
    gone: int


@contextmanager
def opened(
    path: Path, db: Path, plan: Plans, key: str
) -> Iterator[tuple[sqlite3.Connection, bool]]:
    """The side file for one ``key`` (what its content depends on), and whether it had begun.

    A file made for another key or from other texts is thrown away, and one that is damaged:
    nothing but time is lost.

    Raises:
        StoreError: it cannot be made, read or written.
    """
    with explained(path):
        _throw_away_damaged(path)
        side = connected(path, db)
        try:
            begun = _begun(side, key)
            if not begun:
                side.close()
                remove(path)
                side = connected(path, db)
                _make(side, plan, key)
            set_meta(side, _RUN, os.urandom(8).hex())
            yield side, begun
        finally:
            side.close()


def _throw_away_damaged(path: Path) -> None:
    if not path.exists():
        return
    side = sqlite3.connect(path.resolve().as_uri(), uri=True, isolation_level=None, timeout=5)
    try:
        sound = side.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
    except sqlite3.DatabaseError as error:
        sound = isinstance(error, sqlite3.OperationalError)  # locked, or no room: told when used
    finally:
        side.close()
    if not sound:
        remove(path)


def file_of(db: Path) -> Path:
    """Where the side file of a database lies."""
    return db.with_name(f"{db.name}.rebuild")


def remove(path: Path) -> None:
    """Throw a file beside the database away, with what SQLite keeps of it."""
    for tail in ("", "-wal", "-shm"):
        path.with_name(path.name + tail).unlink(missing_ok=True)


def connected(path: Path, db: Path) -> sqlite3.Connection:
    """A connection to the side file of a database, which is attached."""
    side = sqlite3.connect(path.resolve().as_uri(), uri=True, isolation_level=None, timeout=5)
    try:
        side.row_factory = sqlite3.Row
        side.execute("PRAGMA journal_mode = WAL")
        side.execute("PRAGMA synchronous = OFF")  # thrown away where it is not whole
        side.execute(f"PRAGMA wal_autocheckpoint = {schema.PUT_BACK}")
        side.execute(f"PRAGMA cache_size = {_CACHE}")
        side.execute("ATTACH ? AS kept", (f"{db.resolve().as_uri()}?mode=ro",))
    except BaseException:
        side.close()
        raise
    return side


def _begun(side: sqlite3.Connection, key: str) -> bool:
    try:
        row = side.execute("SELECT value FROM main.meta WHERE key = 'side_key'").fetchone()
        made = side.execute("SELECT 1 FROM main.meta WHERE key = ?", (_MADE,)).fetchone()
        return row is not None and made is not None and row[0] == key and _of_these_texts(side)
    except sqlite3.DatabaseError:
        return False


def _make(side: sqlite3.Connection, plan: Plans, key: str) -> None:
    with transaction(side):
        for statement in _OWN:
            side.execute(statement)
        for statement in schema.statements(plan.derived.read_text(encoding="utf-8")):
            side.execute(statement)
        set_meta(side, "side_key", key)


def made(side: sqlite3.Connection) -> None:
    """The record is in it: from here on a later run goes on."""
    set_meta(side, _MADE, "1")


def has_read(side: sqlite3.Connection, since: int) -> None:
    """Remember which texts were derived after that of a number; in the transaction that did it."""
    set_meta(side, _READ, _sum(side, meta(side, _READ) or "", since))


def _of_these_texts(side: sqlite3.Connection) -> bool:
    """Whether what was derived are the first texts of this database.

    Another may lie under its name since: a backup that was brought back, or one made anew.
    """
    return (meta(side, _READ) or "") == _sum(side, "", 0)


def _sum(side: sqlite3.Connection, before: str, since: int) -> str:
    """A running sum over texts, the same however they were cut into batches."""
    rows = side.execute(
        "SELECT number, item_id, digest, seen FROM kept.revisions"
        " WHERE number > ? AND number <= ? ORDER BY number", (since, upto(side)),
    )  # fmt: skip
    for row in rows:
        before = hashlib.sha256("\0".join((before, *map(str, row))).encode()).hexdigest()
    return before


Sign = Mapping[str, str]


def sign_of(db: sqlite3.Connection, schema_name: str = "main") -> Sign:
    """By what a side file is known: for what it was made, by which run, and how far."""
    marks = ",".join("?" * len(_SIGN))
    rows = db.execute(
        f"SELECT key, value FROM {schema_name}.meta WHERE key IN ({marks})", _SIGN
    )  # fmt: skip
    return dict(rows.fetchall())


def put_in_place(db: sqlite3.Connection, path: Path, plan: Plans, sign: Sign) -> Change:
    """Replace the derived tables of ``db`` by those of the side file, all at once.

    ``db`` must be closed afterwards: the word indexes were replaced under it.

    Raises:
        StoreError: the file under the name is not that of ``sign``; nothing was replaced.
    """
    if not path.exists():  # attaching would make one
        raise _another(path)
    db.execute("ATTACH ? AS side", (str(path),))
    with transaction(db):
        if not _is_signed(db, sign):
            raise _another(path)
        change = _difference(db)
        schema.remake_derived(db, plan)
        for table, virtual in _tables(db):
            _copy(db, table, emptied=virtual)
        db.execute("INSERT OR IGNORE INTO event_ids SELECT id, anchor, since FROM side.event_ids")
        marks = ",".join("?" * len(_OF_THE_FILE))
        db.execute(
            "INSERT OR REPLACE INTO meta SELECT key, value FROM side.meta"
            f" WHERE key NOT IN ({marks})", _OF_THE_FILE,
        )  # fmt: skip
    db.execute("DETACH side")
    return change


def _is_signed(db: sqlite3.Connection, sign: Sign) -> bool:
    there = db.execute("SELECT 1 FROM side.sqlite_master WHERE name = 'meta'").fetchone()
    return there is not None and sign_of(db, "side") == sign


def _another(path: Path) -> StoreError:
    what = f"{path} is not what this run made: another program replaced it. Readers read the old."
    return StoreError(what, hint="tracker db rebuild, when the other has ended")


def _difference(db: sqlite3.Connection) -> Change:
    new, changed = db.execute(
        "SELECT count(*) FILTER (WHERE o.id IS NULL),"
        " count(*) FILTER (WHERE o.id IS NOT NULL AND o.body <> n.body)"
        " FROM side.events n LEFT JOIN main.events o ON o.id = n.id"
    ).fetchone()
    gone = db.execute(
        "SELECT count(*) FROM main.events o WHERE NOT EXISTS"
        " (SELECT 1 FROM side.events n WHERE n.id = o.id)"
    ).fetchone()[0]
    return Change(int(new), int(changed), int(gone))


def _tables(db: sqlite3.Connection) -> list[tuple[str, bool]]:
    """The derived tables that hold rows, parents first; shadow tables of a word index marked."""
    rows = db.execute(
        "SELECT name, sql FROM side.sqlite_master WHERE type = 'table'"
        " AND name NOT LIKE 'sqlite_%' ORDER BY rowid"
    ).fetchall()
    virtual = [row[0] for row in rows if row[1].startswith("CREATE VIRTUAL")]
    return [
        (row[0], any(row[0].startswith(f"{owner}_") for owner in virtual))
        for row in rows
        if row[0] not in (*virtual, "meta", "event_ids")
    ]


def _copy(db: sqlite3.Connection, table: str, *, emptied: bool) -> None:
    """Put the rows of a table in the place of none.

    Both were made by the same plan: where every column is asked for at once, whole pages are
    copied with those of the indexes. One that is computed cannot be asked to be stored.
    """
    if emptied or table == "searched":  # made with a first row of their own
        db.execute(f"DELETE FROM main.{table}")
    columns = [row[1] for row in db.execute(f"PRAGMA side.table_xinfo({table})")]
    stored = [row[1] for row in db.execute(f"PRAGMA side.table_info({table})")]
    if columns == stored:
        db.execute(f"INSERT INTO main.{table} SELECT * FROM side.{table}")
    else:
        names = ", ".join(f'"{name}"' for name in stored)
        db.execute(f"INSERT INTO main.{table} ({names}) SELECT {names} FROM side.{table}")


def withdrawn(db: sqlite3.Connection) -> list[str]:
    """The items that no answer may hold."""
    return [
        row[0] for row in db.execute("SELECT item_id FROM items WHERE withdrawn = 1 ORDER BY 1")
    ]


def upto(side: sqlite3.Connection) -> int:
    """The number of the last text that was derived."""
    return int(meta(side, "derived_upto") or 0)
