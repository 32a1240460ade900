"""The queue of what waits for a person."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from tracker.core import doubts, match
from tracker.core.doubts import JOIN_BAND, SCORE_BAND, Doubt
from tracker.core.newcomers import doubtful_names
from tracker.core.recognise import RELEVANT
from tracker.jobs import decide
from tracker.jobs.house import House
from tracker.jobs.journalling import Decided
from tracker.jobs.reasons import explained
from tracker.model import RECORD, Join, RecordEvent
from tracker.store import queue, revisions
from tracker.store.curated import Curated
from tracker.store.derived import Derived
from tracker.store.joins import Joins

LOOKED_AT: Final = 1000
"""Of how many relevant reports, the newest, names are looked at."""


def waiting(house: House, sorts: Iterable[str] = doubts.SORTS, limit: int = 0) -> list[Doubt]:
    """Doubts of the wanted sorts, joins first; at most ``limit`` (0: all)."""
    db, decided, wanted = house.reader(), house.decided, set(sorts)
    found: list[Doubt] = []
    if "join" in wanted:
        near = explained(
            db, queue.joins_between(db, match.SAME - JOIN_BAND, match.SAME + JOIN_BAND)
        )
        asked = doubts.doubtful_joins(near, match.SAME, _titles(db, near), decided)
        found += _that_matter(db, asked)
    if "undated" in wanted:
        found += doubts.doubtful_mentions("undated", queue.undated(db), RELEVANT, decided)
    if "score" in wanted:
        low = queue.scored_between(db, RELEVANT - SCORE_BAND, RELEVANT + SCORE_BAND)
        found += doubts.doubtful_mentions("score", low, RELEVANT, decided)
    if "actor" in wanted:
        newest = queue.newest_relevant(db, LOOKED_AT)
        entries = [entry for _, entry in revisions.latest(db, newest)]
        found += doubtful_names(entries, house.lexicon, decided)
    derived = Derived(db)
    shown = [_placed(derived, doubt) for doubt in (found[:limit] if limit else found)]
    return _with_tellers(db, shown)


def _that_matter(db: sqlite3.Connection, asked: list[Doubt]) -> list[Doubt]:
    """Joins whose answer can change an event, by the events that hold their items now."""
    derived, joined = Derived(db), Joins(db)
    items = {item for doubt in asked for item in doubt.items}
    held = {item: event.id for item in items if (event := derived.event_of_item(item))}
    joins = {item: joined.of_node(item) for item in items}
    best = {item: round(js[0].score - match.SAME, 3) for item, js in joins.items() if js}
    return doubts.that_matter(asked, held, best)


def _placed(derived: Derived, doubt: Doubt) -> Doubt:
    """A report's doubt with the event that now holds it."""
    event = derived.event_of_item(doubt.items[0]) if len(doubt.items) == 1 else None
    return replace(doubt, event=event.id) if event else doubt


def _with_tellers(db: sqlite3.Connection, asked: Iterable[Doubt]) -> list[Doubt]:
    """The doubts with the day, the kind and the teller of each item."""
    asked = list(asked)
    nodes = {item for doubt in asked for item in doubt.items}
    mentions, curated = Derived(db).mentions(nodes), Curated(db)
    told = {node: doubts.told_of(mentions.get(node) or _curated(curated, node)) for node in nodes}
    return [replace(doubt, told=tuple(told[item] for item in doubt.items)) for doubt in asked]


def _curated(curated: Curated, node: str) -> RecordEvent | None:
    return curated.event(node.removeprefix(RECORD)) if node.startswith(RECORD) else None


def _titles(db: sqlite3.Connection, joins: Iterable[Join]) -> dict[str, str]:
    """Titles of the items and record events that joins name."""
    nodes = {node for join in joins for node in (join.left, join.right)}
    titles = {m.item_id: m.title for m in Derived(db).mentions(nodes).values()}
    curated = Curated(db)
    for node in nodes:
        if event := _curated(curated, node):
            titles[node] = event.title
    return titles


def answer(house: House, doubt: Doubt, key: str, *, why: str, by: str, day: str = "") -> Decided:
    """Write the decision that ``key`` stands for (``doubts.ANSWERS``); ``day`` is for a redating.

    Raises:
        KeyError: the key answers no doubt of this sort; the caller asks first.
        UsageProblem: not a day.
        Busy: a poll is running; nothing was written.
    """
    verb, items = doubts.ANSWERS[doubt.sort][key], doubt.items
    if verb == "redate":
        return decide.redate(house, items[0], day, why=why, by=by)
    if verb == "same":
        return decide.same(house, items, why=why, by=by)
    if verb == "different":
        return decide.different(house, items, why=why, by=by)
    return decide.mark(house, verb, items, why=why, by=by)
