"""Looking after the file: counts, checks, copies."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Final, NamedTuple

from tracker.errors import StoreError
from tracker.store.schema import APPLICATION_ID, explained, is_sound, open_reading, transaction

COUNTED: Final = (
    "items", "revisions", "feeds", "polls", "gaps", "mentions", "joins", "events", "record_events",
    "series", "observations", "measures", "event_ids", "bodies",
)  # fmt: skip


def counts(db: sqlite3.Connection) -> dict[str, int]:
    """Rows of each documented table."""
    from sqlite_utils import Database  # maintenance only: 86 ms that no question pays

    tables = Database(db)
    return {name: int(tables.table(name).count) for name in COUNTED}


def columns(db: sqlite3.Connection, name: str) -> list[str]:
    """The columns of a table or view, in order."""
    rows = db.execute("SELECT name FROM pragma_table_info(?)", (name,))
    return [row[0] for row in rows]


def integrity(db: sqlite3.Connection) -> list[str]:
    """What SQLite and our own references find wrong; empty where nothing is."""
    problems = [row[0] for row in db.execute("PRAGMA integrity_check") if row[0] != "ok"]
    problems += [
        f"{row[0]} row {row[1]} points to a missing row of {row[2]}"
        for row in db.execute("PRAGMA foreign_key_check")
    ]
    questions = (
        ("items without a text", "SELECT count(*) FROM items WHERE latest = 0"),
        ("mentions of unknown items", "SELECT count(*) FROM mentions WHERE item_id NOT IN"
         " (SELECT item_id FROM items)"),
        ("events without a member", "SELECT count(*) FROM events WHERE number NOT IN"
         " (SELECT event FROM event_members)"),
    )  # fmt: skip
    for what, sql in questions:
        found = int(db.execute(sql).fetchone()[0])
        if found:
            problems.append(f"{found} {what}")
    return problems


def verify_backup(path: Path, known: int) -> None:
    """Refuse a file that is not a sound database of ours, of a schema up to ``known``.

    Raises:
        StoreError: foreign, damaged, unreadable, or written by a newer release.
    """
    with explained(path):
        copy = open_reading(path)
        try:
            owner = int(copy.execute("PRAGMA application_id").fetchone()[0])
            version = int(copy.execute("PRAGMA user_version").fetchone()[0])
            sound = is_sound(copy)
        finally:
            copy.close()
    if owner != APPLICATION_ID or not sound:
        raise StoreError(f"{path} is not a sound backup.", hint="choose another one")
    if version > known:
        raise StoreError(
            f"{path} has schema {version}; this program knows up to {known}.",
            hint="upgrade the program, or choose an older backup",
        )


class Compacted(NamedTuple):
    """What compacting did: documents dropped, bytes that are left, and whether a reader waits.

    While one reads, the file keeps its size; it has the new one as soon as nobody does.
    """

    dropped: int
    size: int
    waits: bool


def compact(db: sqlite3.Connection, keep_bodies: int) -> Compacted:
    """Drop feed bodies beyond the newest ``keep_bodies`` a feed and give pages back to the disk."""
    with transaction(db):
        dropped = db.execute(
            "DELETE FROM bodies WHERE number NOT IN (SELECT number FROM (SELECT number,"
            " row_number() OVER (PARTITION BY feed ORDER BY number DESC) AS n FROM bodies)"
            " WHERE n <= ?)",
            (keep_bodies,),
        ).rowcount
    from sqlite_utils import Database

    tables = Database(db)
    tables.analyze()
    tables.vacuum()
    _, written, moved = db.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
    waits = written != moved
    pages, size = (
        int(db.execute(f"PRAGMA {name}").fetchone()[0]) for name in ("page_count", "page_size")
    )
    return Compacted(dropped, pages * size, waits)
