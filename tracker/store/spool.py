"""What ``backfill`` has read but not stored yet: a working file beside the database.

Parts arrive in any order and are kept whole or not at all; items are given back in order of time.
The file can be thrown away at any moment: then the archives are read again.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple

from tracker.errors import Busy, StoreError
from tracker.store.schema import explained, transaction

_TABLES: Final = (
    "CREATE TABLE plan (key TEXT NOT NULL)",
    "CREATE TABLE parts (number INTEGER PRIMARY KEY, read INTEGER NOT NULL,"
    " unmatched INTEGER NOT NULL, repeated INTEGER NOT NULL, skipped TEXT NOT NULL,"
    " noted TEXT NOT NULL)",
    "CREATE TABLE items (day TEXT NOT NULL, part INTEGER NOT NULL, position INTEGER NOT NULL,"
    " archive INTEGER NOT NULL, document INTEGER NOT NULL, guid TEXT NOT NULL, body TEXT NOT NULL,"
    " place TEXT NOT NULL)",
)

Place = tuple[str, int, int]
"""Day, part and position: the order in which items are stored."""


class Spooled(NamedTuple):
    """One item to store; ``place`` is where in its archive it lies."""

    day: str
    part: int
    position: int
    archive: int
    document: int
    guid: str
    body: str
    place: str


class PartDone(NamedTuple):
    """What was counted in one part; ``skipped``, ``noted``: reason to (count, first place)."""

    number: int
    read: int
    unmatched: int
    repeated: int
    skipped: dict[str, tuple[int, str]]
    noted: dict[str, tuple[int, str]]


class Spool:
    """The working file, held alone while it is open."""

    def __init__(self, db: sqlite3.Connection, path: Path) -> None:
        self._db = db
        self._path = path
        self._asked = False

    def parts(self) -> list[PartDone]:
        """The parts that were read, in order."""
        rows = self._db.execute(
            "SELECT number, read, unmatched, repeated, skipped, noted FROM parts ORDER BY number"
        )
        return [
            PartDone(row[0], row[1], row[2], row[3], _counts(row[4]), _counts(row[5]))
            for row in rows
        ]

    def add(self, done: PartDone, rows: Iterable[Spooled]) -> None:
        """Keep one part with its items, whole or not at all."""
        with explained(self._path), transaction(self._db):
            self._db.execute(
                "INSERT OR REPLACE INTO parts VALUES (?, ?, ?, ?, ?, ?)",
                (*done[:4], *(json.dumps(one, ensure_ascii=False) for one in done[4:])),
            )
            self._db.executemany("INSERT INTO items VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)

    def in_order(self) -> None:
        """Put the items in order of time; once, when all parts are there."""
        with explained(self._path):
            self._db.execute("CREATE INDEX IF NOT EXISTS items_in_order"
                             " ON items (day, part, position)")  # fmt: skip

    def shows(self, archive: int, document: int, guid: str) -> list[tuple[str, str]]:
        """Link and title of each item that a document holds under a guid key.

        Of a new archive nobody asks.
        """
        if not self._asked:
            self._db.execute("CREATE INDEX IF NOT EXISTS items_of_document"
                             " ON items (archive, document, guid)")  # fmt: skip
            self._asked = True
        found = self._db.execute(
            "SELECT body FROM items WHERE archive = ? AND document = ? AND guid = ?",
            (archive, document, guid),
        )
        told = (json.loads(row[0])[0] for row in found)  # the arrival, as it was packed
        return [(one[1], one[2]) for one in told]

    def count(self) -> int:
        """Items to store."""
        return int(self._db.execute("SELECT count(*) FROM items").fetchone()[0])

    def batches(self, after: Place, size: int) -> Iterator[list[Spooled]]:
        """The items after a place in order of time, ``size`` at a time."""
        while True:
            rows = self._db.execute(
                "SELECT day, part, position, archive, document, guid, body, place FROM items"
                " WHERE (day, part, position) > (?, ?, ?) ORDER BY day, part, position LIMIT ?",
                (*after, size),
            ).fetchall()
            if not rows:
                return
            after = rows[-1][0], rows[-1][1], rows[-1][2]
            yield [Spooled(*row) for row in rows]


def _counts(text: str) -> dict[str, tuple[int, str]]:
    return {why: (count, place) for why, (count, place) in json.loads(text).items()}


@contextmanager
def opened(path: Path, key: str) -> Iterator[tuple[Spool, bool]]:
    """The working file of a plan, and whether it had begun; another plan's is thrown away.

    Raises:
        Busy: another backfill has it open.
        StoreError: it cannot be made or written.
    """
    db = _connect(path)
    try:
        begun = _prepared(db, key)
        yield Spool(db, path), begun
    except sqlite3.DatabaseError as error:
        if "locked" in str(error):
            raise Busy("Another backfill is running.", hint="wait for it to end") from error
        if "malformed" in str(error) or "not a database" in str(error):
            path.unlink(missing_ok=True)
            raise StoreError(
                f"{path} was damaged and thrown away; it held nothing that was stored.",
                hint="the same command again",
            ) from error
        with explained(path):
            raise
    finally:
        db.close()


def _connect(path: Path) -> sqlite3.Connection:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with explained(path):
            return sqlite3.connect(path, isolation_level=None, timeout=0.1)
    except OSError as error:
        raise StoreError(
            f"{path.parent} cannot be made: {error.strerror}.", hint="point --db elsewhere"
        ) from error


def _prepared(db: sqlite3.Connection, key: str) -> bool:
    db.execute("PRAGMA locking_mode = EXCLUSIVE")
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = OFF")  # a file to be thrown away: a crash costs reading again
    with transaction(db):
        tables = {row[0] for row in db.execute("SELECT name FROM sqlite_master")}
        if "plan" in tables and db.execute("SELECT key FROM plan").fetchone() == (key,):
            return bool(db.execute("SELECT count(*) FROM parts").fetchone()[0])
        for name in ("plan", "parts", "items"):
            db.execute(f"DROP TABLE IF EXISTS {name}")
        for statement in _TABLES:
            db.execute(statement)
        db.execute("INSERT INTO plan VALUES (?)", (key,))
    return False


def finished(db: sqlite3.Connection) -> dict[str, tuple[str, str]]:
    """The archives that were read whole: path to (stamp, rules)."""
    rows = db.execute("SELECT path, stamp, rules FROM archives")
    return {row[0]: (row[1], row[2]) for row in rows}


def finish(db: sqlite3.Connection, archives: Sequence[tuple[str, str, str, str]]) -> None:
    """Remember archives as read whole: path, stamp, rules, moment."""
    db.executemany("INSERT OR REPLACE INTO archives VALUES (?, ?, ?, ?)", archives)
