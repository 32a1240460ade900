"""The queue of what waits for a person."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import replace

from tracker.core import doubts, match
from tracker.core.doubts import JOIN_BAND, SCORE_BAND, Doubt
from tracker.core.recognise import RELEVANT
from tracker.jobs.house import House
from tracker.model import Join
from tracker.store import queue
from tracker.store.curated import Curated
from tracker.store.derived import Derived


def waiting(house: House, sorts: Iterable[str] = doubts.SORTS, limit: int = 0) -> list[Doubt]:
    """Doubts of the wanted sorts, joins first; at most ``limit`` (0: all)."""
    db, decided, wanted = house.reader(), house.decisions, set(sorts)
    found: list[Doubt] = []
    if "join" in wanted:
        near = queue.joins_between(db, match.SAME - JOIN_BAND, match.SAME + JOIN_BAND)
        found += doubts.doubtful_joins(near, match.SAME, _titles(db, near), decided)
    if "undated" in wanted:
        found += doubts.doubtful_mentions("undated", queue.undated(db), RELEVANT, decided)
    if "score" in wanted:
        low = queue.scored_between(db, RELEVANT - SCORE_BAND, RELEVANT + SCORE_BAND)
        found += doubts.doubtful_mentions("score", low, RELEVANT, decided)
    derived = Derived(db)
    return [_placed(derived, doubt) for doubt in (found[:limit] if limit else found)]


def _placed(derived: Derived, doubt: Doubt) -> Doubt:
    """The doubt with the event that now holds its first item."""
    event = derived.event_of_node(doubt.items[0])
    return replace(doubt, event=event.id) if event else doubt


def _titles(db: sqlite3.Connection, joins: Iterable[Join]) -> dict[str, str]:
    """Titles of the items and record events that joins name."""
    nodes = {node for join in joins for node in (join.left, join.right)}
    titles = {m.item_id: m.title for m in Derived(db).mentions(nodes).values()}
    curated = Curated(db)
    for node in nodes:
        if node.startswith("record:"):
            event = curated.event(node.removeprefix("record:"))
            if event:
                titles[node] = event.title
    return titles
