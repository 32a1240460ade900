"""When feeds were last asked, and when they could not be seen: what a question says at its head."""

from __future__ import annotations

import sqlite3


def last_run(db: sqlite3.Connection) -> sqlite3.Row | None:
    """The newest finished run that asked at least one feed."""
    return _newest(db, "asked > 0")


def last_answered(db: sqlite3.Connection) -> sqlite3.Row | None:
    """The newest finished run in which at least one feed answered."""
    return _newest(db, "asked > failed")


def _newest(db: sqlite3.Connection, where: str) -> sqlite3.Row | None:
    row = db.execute(
        f"SELECT * FROM runs WHERE finished IS NOT NULL AND {where} ORDER BY number DESC LIMIT 1"
    ).fetchone()
    return row if isinstance(row, sqlite3.Row) else None


def blind_spots(db: sqlite3.Connection) -> list[sqlite3.Row]:
    """Outages and gaps as ``feed, since, until, why, asked``.

    ``until`` is None while it lasts; ``asked`` is then when the feed was asked last.
    """
    return db.execute(
        "SELECT feed, since, until, why, CASE WHEN until IS NULL THEN coalesce((SELECT last_poll"
        " FROM feeds WHERE feeds.id = outages.feed), since) END AS asked FROM outages UNION ALL"
        " SELECT feed, since, until, 'gap', NULL FROM gaps ORDER BY since, feed"
    ).fetchall()
