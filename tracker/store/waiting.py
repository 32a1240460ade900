"""What is stored and in no event yet: a run was stopped, or could not read the decisions."""

from __future__ import annotations

import sqlite3
from typing import Final

from tracker.store.schema import meta

UNJOINED: Final = "unjoined"
"""Name in ``meta``: some of what was read is in no event yet."""

GRAPHED: Final = "graphed_upto"
"""Name in ``meta``: up to which text what was read is in the graph, where some is not joined."""


def waiting(db: sqlite3.Connection, most: int) -> bool:
    """Whether more than so many stored texts, or nodes of a run that was stopped, wait."""
    unjoined = bool(meta(db, UNJOINED))
    return _texts(db, GRAPHED if unjoined else "derived_upto", most) or (
        unjoined and _nodes(db, most)
    )


def _texts(db: sqlite3.Connection, name: str, most: int) -> bool:
    sql = (
        "SELECT 1 FROM revisions r JOIN items i ON i.item_id = r.item_id"
        " WHERE r.number > ? AND i.withdrawn = 0 LIMIT 1 OFFSET ?"
    )
    return bool(db.execute(sql, (int(meta(db, name) or 0), most)).fetchone())


def _nodes(db: sqlite3.Connection, most: int) -> bool:
    """Whether so many nodes stand in the graph and in no event; events come last in such a run."""
    sql = (
        "SELECT DISTINCT node FROM blocks WHERE NOT EXISTS"
        " (SELECT 1 FROM event_members m WHERE m.node = blocks.node) LIMIT 1 OFFSET ?"
    )
    return bool(db.execute(sql, (most,)).fetchone())
