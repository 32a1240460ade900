"""What could stand at the cursor: names, ids, series and measures that begin with some letters."""

from __future__ import annotations

import sqlite3
from typing import Final

Offer = tuple[str, str]
"""A word and what it means, '' where the word says it."""

MOST: Final = 300


def names(db: sqlite3.Connection, facet: str, start: str) -> list[Offer]:
    """Names of a facet; other names of them only where letters were typed.

    A shell compares letter by letter, so names come in the case that was begun, where one has it.
    """
    canonical = [
        row[0]
        for row in db.execute(
            "SELECT DISTINCT canonical FROM aliases WHERE facet = ? ORDER BY canonical", (facet,)
        )
    ]
    if not start:
        return [(name, "") for name in canonical[:MOST]]
    rows = db.execute(
        "SELECT folded, canonical FROM aliases WHERE facet = ? AND substr(folded, 1, ?) = ?"
        " ORDER BY folded LIMIT ?",
        (facet, len(start), start, MOST),
    )
    found = [(name, "") for name in canonical if name.startswith(start)]
    found += [(alias, name) for alias, name in rows if alias not in dict(found)]
    low = start.casefold()
    return found or [(name, "") for name in canonical if name.casefold().startswith(low)]


def events(db: sqlite3.Connection, start: str) -> list[Offer]:
    """Ids that begin so, newest first; else their parts behind the day; else one that holds it.

    Of several that hold it the parts that begin with it: what was typed stays.
    """
    mark = "#" if start.startswith("#") else ""
    bare = start.removeprefix("#").casefold()
    for column, place in (("id", 1), ("substr(id, 12)", 1), ("id", 0)):
        rows = db.execute(
            f"SELECT {column}, title FROM events"
            f" WHERE instr({column}, :bare) {'= 1' if place else ''} OR :bare = ''"
            " ORDER BY date DESC, id LIMIT :most",
            {"bare": bare, "most": MOST},
        )
        found = [(str(row[0]), str(row[1])) for row in rows]
        if found:
            held = found if place or len(found) == 1 else _parts(found, bare)
            return [(f"{mark}{word}", title) for word, title in held]
    return []


def _parts(found: list[Offer], typed: str) -> list[Offer]:
    """Each id from the letters on that were typed, once."""
    parts = {id_[id_.index(typed) :]: title for id_, title in reversed(found)}
    return list(parts.items())[::-1]


def series(db: sqlite3.Connection, start: str) -> list[Offer]:
    """Ids of market-share series."""
    rows = db.execute("SELECT id, title FROM series ORDER BY number")
    return [(row[0], row[1]) for row in rows if row[0].startswith(start)]


def measures(db: sqlite3.Connection, start: str) -> list[Offer]:
    """Ids of measures."""
    rows = db.execute("SELECT id, title FROM measures ORDER BY number")
    return [(row[0], row[1]) for row in rows if row[0].startswith(start)]
