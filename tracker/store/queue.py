"""What waits for a person: doubtful joins, undated mentions, low scores, items nobody holds."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable

from tracker.codec import unpack
from tracker.model import RECORD, Join, Mention


def joins_between(db: sqlite3.Connection, low: float, high: float) -> list[Join]:
    """Joins whose score lies between ``low`` and ``high``, both inclusive."""
    rows = db.execute(
        'SELECT "left", "right", score FROM joins WHERE score BETWEEN ? AND ?', (low, high)
    )
    return [Join(row[0], row[1], row[2], ()) for row in rows]


def undated(db: sqlite3.Connection) -> list[Mention]:
    """Relevant mentions without a day: they make no event."""
    rows = db.execute("SELECT body FROM mentions WHERE relevant AND date IS NULL ORDER BY id")
    return [unpack(Mention, json.loads(row[0])) for row in rows]


def scored_between(db: sqlite3.Connection, low: float, high: float) -> list[Mention]:
    """Mentions, relevant or not, whose score lies from ``low`` up to, but not at, ``high``."""
    rows = db.execute(
        "SELECT body FROM mentions WHERE score >= ? AND score < ? ORDER BY id", (low, high)
    )
    return [unpack(Mention, json.loads(row[0])) for row in rows]


def newest_relevant(db: sqlite3.Connection, limit: int) -> list[str]:
    """Items of the ``limit`` relevant mentions stored last, newest first."""
    rows = db.execute(
        "SELECT DISTINCT item_id FROM mentions WHERE relevant ORDER BY id DESC LIMIT ?", (limit,)
    )
    return [row[0] for row in rows]


def known_items(db: sqlite3.Connection, names: Iterable[str]) -> set[str]:
    """Which of ``names`` (item ids or ``record:`` and a record id) are stored."""
    found = set()
    for name in names:
        record = name.removeprefix(RECORD)
        table, column = ("items", "item_id") if record == name else ("record_events", "id")
        if db.execute(f"SELECT 1 FROM {table} WHERE {column} = ?", (record,)).fetchone():
            found.add(name)
    return found
