"""Why two nodes were compared as they were: the comparison made again, never stored."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import replace

from tracker.core import match
from tracker.model import Join
from tracker.store.curated import Curated
from tracker.store.derived import Derived


def nodes(db: sqlite3.Connection, ids: Iterable[str]) -> dict[str, match.Node]:
    """Mentions and record events by node id."""
    wanted = list(ids)
    found: dict[str, match.Node] = dict(Derived(db).mentions(wanted))
    curated = Curated(db)
    for id_ in wanted:
        if id_.startswith("record:"):
            event = curated.event(id_.removeprefix("record:"))
            if event:
                found[id_] = event
    return found


def explained(db: sqlite3.Connection, joins: Iterable[Join]) -> tuple[Join, ...]:
    """The same joins, their stored scores kept, with the reasons of the present rules."""
    asked = tuple(joins)
    known = nodes(db, {end for join in asked for end in (join.left, join.right)})
    compared = (
        match.compare(known[join.left], known[join.right])
        if join.left in known and join.right in known
        else None
        for join in asked
    )
    return tuple(
        replace(join, reasons=fresh.reasons) if fresh else join
        for fresh, join in zip(compared, asked, strict=True)
    )
