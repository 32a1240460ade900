"""Why two nodes were compared as they were: the comparison made again, never stored."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from tracker.core import match
from tracker.core.agreed import Agreed, against, told
from tracker.core.blocks import stand_ins
from tracker.model import RECORD, Join, Reason, RecordEvent
from tracker.store.blocks import Blocks
from tracker.store.curated import Curated
from tracker.store.derived import Derived


def nodes(db: sqlite3.Connection, ids: Iterable[str]) -> dict[str, match.Node]:
    """Mentions and record events by node id, as joining sees them: without their reasons."""
    wanted = list(ids)
    found: dict[str, match.Node] = dict(Derived(db).acts(wanted))
    curated = Curated(db)
    for id_ in wanted:
        if id_.startswith(RECORD):
            event = curated.event(id_.removeprefix(RECORD))
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


def nearest(db: sqlite3.Connection, members: Iterable[str], count: int) -> tuple[Join, ...]:
    """The best joins with others of the same weeks and names, one for each of these.

    For where none was near enough to be kept. Some of a crowd are looked at, not all.
    """
    own = sorted(members)[:_OWN]
    blocks = Blocks(db)
    keys = {key for held in blocks.keys_of(own).values() for key in held}
    others = {name for key in keys for name in blocks.first(key, _LOOKED_AT)} - set(members)
    known = nodes(db, [*own, *sorted(others)[:_LOOKED_AT]])
    best: dict[str, Join] = {}
    for other in others & known.keys():
        tried = (match.compare(known[one], known[other]) for one in own if one in known)
        joins = [join for join in tried if join is not None]
        if joins:
            best[other] = min(joins, key=_nearest_first)
    return tuple(sorted(best.values(), key=_nearest_first)[:count])


def _nearest_first(join: Join) -> tuple[float, str, str]:
    return -join.score, join.left, join.right


_OWN: Final = 8
_LOOKED_AT: Final = 200
"""Reports of an event, and others, that are compared where a person asks for the nearest."""


def apart(db: sqlite3.Connection, one: Iterable[str], two: Iterable[str]) -> tuple[Reason, ...]:
    """What the nodes of two events agree on each, against the other's; copies count once."""
    sides = []
    for ids in (one, two):
        known = {name: node for name, node in nodes(db, ids).items() if _leads(node)}
        stands = sorted(set(stand_ins(known.values()).values()))
        sides.append(Agreed(told(known[name]) for name in stands))
    return tuple(Reason(name, -weight, why) for name, weight, why in against(*sides))


def _leads(node: match.Node) -> bool:
    """Whether a node may bring two events together: a further mention only follows."""
    return isinstance(node, RecordEvent) or node.number == 0
