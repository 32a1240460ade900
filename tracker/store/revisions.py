"""Stored revisions as nouns: what derivation, the past and the questions read."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from tracker.core import reading
from tracker.model import Entry
from tracker.store.entries import entry_of

_COLUMNS: Final = (
    "r.number, r.item_id, r.digest, i.feed, i.guid, r.title, r.summary, r.url, r.published,"
    " r.offset_minutes, r.published_raw, r.seen, r.lang, r.publisher, r.tier, i.origin"
)
_FROM: Final = "FROM revisions r JOIN items i ON i.item_id = r.item_id"

Numbered = tuple[int, Entry]
Keyed = tuple[int, str, str]


def batches_after(db: sqlite3.Connection, number: int, size: int) -> Iterator[list[Numbered]]:
    """Revisions stored after ``number``, in the order of arrival, ``size`` at a time."""
    while True:
        rows = db.execute(
            f"SELECT {_COLUMNS}, i.withdrawn {_FROM} WHERE r.number > ? ORDER BY r.number LIMIT ?",
            (number, size),
        ).fetchall()
        if not rows:
            return
        number = int(rows[-1]["number"])
        batch = [_numbered(row) for row in rows if not row["withdrawn"]]
        if batch:
            yield batch


def spans_after(db: sqlite3.Connection, number: int, size: int) -> Iterator[tuple[int, int]]:
    """Stretches of ``size`` numbers that were given to texts: after which, and up to which."""
    while True:
        row = db.execute(
            "SELECT max(number) FROM"
            " (SELECT number FROM revisions WHERE number > ? ORDER BY number LIMIT ?)",
            (number, size),
        ).fetchone()
        if row[0] is None:
            return
        yield number, int(row[0])
        number = int(row[0])


def span(db: sqlite3.Connection, after: int, upto: int) -> list[Numbered]:
    """The texts after a number up to another, of items that were not withdrawn, in order."""
    rows = db.execute(
        f"SELECT {_COLUMNS} {_FROM} WHERE r.number > ? AND r.number <= ? AND i.withdrawn = 0"
        " ORDER BY r.number", (after, upto),
    )  # fmt: skip
    return [_numbered(row) for row in rows]


def numbered(db: sqlite3.Connection, number: int) -> Entry:
    """The text of a number."""
    rows = db.execute(f"SELECT {_COLUMNS} {_FROM} WHERE r.number = ?", (number,))
    return entry_of(rows.fetchone())


def keyed_after(db: sqlite3.Connection, number: int, most: int = -1) -> list[Keyed]:
    """Number, item and ``reading.key_of`` of the first ``most`` texts after a number, in order.

    Of items that were not withdrawn; without ``most`` all of them.
    """
    rows = db.execute(
        "SELECT r.number, r.item_id, i.origin, r.seen, r.published, r.digest, r.offset_minutes,"
        f" r.url, r.publisher, r.lang, r.tier {_FROM} WHERE r.number > ? AND i.withdrawn = 0"
        " ORDER BY r.number LIMIT ?", (number, most),
    )  # fmt: skip
    return [(row[0], row[1], _key(*row[2:])) for row in rows]


def _key(origin: str, seen: str, published: str | None, digest: str, offset: int | None, url: str,
         publisher: str, lang: str, tier: str) -> str:  # fmt: skip
    known = published or seen
    if published and origin == "feed":
        known = max(published, seen)
    told = f"{published[:-1]}+00:00" if published else ""
    return reading.key(digest, told, offset, url, publisher, lang, tier, known[:10])


def between(db: sqlite3.Connection, after: int, upto: int, most: int) -> list[tuple[int, str]]:
    """Number and item of the first ``most`` texts after a number, up to another."""
    rows = db.execute(
        "SELECT number, item_id FROM revisions WHERE number > ? AND number <= ?"
        " ORDER BY number LIMIT ?",
        (after, upto, most),
    )
    return [(int(row[0]), row[1]) for row in rows]


def latest(db: sqlite3.Connection, item_ids: Iterable[str]) -> list[Numbered]:
    """The newest revision of each item that was not withdrawn."""
    found = []
    for item_id in item_ids:
        row = db.execute(
            f"SELECT {_COLUMNS} {_FROM} WHERE r.item_id = ? AND r.number = i.latest"
            " AND i.withdrawn = 0",
            (item_id,),
        ).fetchone()
        if row:
            found.append(_numbered(row))
    return found


def known_by(db: sqlite3.Connection, day: date) -> Iterator[Numbered]:
    """For each item the newest revision that could be known by the end of the UTC day ``day``.

    That of a feed counts from the day on which it was seen, or that which it names, if that is
    later; one of an added or backfilled article from its publication.
    """
    end = f"{day.isoformat()}T23:59:59Z"
    rows = db.execute(
        f"SELECT {_COLUMNS}, max(r.number) {_FROM} WHERE i.withdrawn = 0 AND"
        " (CASE WHEN r.published IS NULL THEN r.seen WHEN i.origin = 'feed' THEN"
        " max(r.seen, r.published) ELSE r.published END) <= ? GROUP BY r.item_id ORDER BY r.number",
        (end,),
    )
    yield from map(_numbered, rows)


def of_item(db: sqlite3.Connection, item_id: str) -> list[Numbered]:
    """Every revision of one item, oldest first."""
    rows = db.execute(
        f"SELECT {_COLUMNS} {_FROM} WHERE r.item_id = ? ORDER BY r.number", (item_id,)
    )
    return [_numbered(row) for row in rows]


def count(db: sqlite3.Connection) -> int:
    """How many revisions are stored."""
    return int(db.execute("SELECT count(*) FROM revisions").fetchone()[0])


def more_than(db: sqlite3.Connection, most: int) -> bool:
    """Whether more than so many revisions are stored; reads no more than that."""
    return bool(db.execute("SELECT 1 FROM revisions LIMIT 1 OFFSET ?", (most,)).fetchone())


def _numbered(row: sqlite3.Row) -> Numbered:
    return int(row["number"]), entry_of(row)
