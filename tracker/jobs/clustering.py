"""The events of many nodes, made a pile at a time when all of them are in the graph.

Piles are stretches of names, which depend on the number of nodes alone: so the same piles come
again after a stop, and it makes no difference to the database.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Final

from tracker.jobs import derive
from tracker.jobs.clusters import Clusters, Part
from tracker.jobs.derive import Rules
from tracker.jobs.graph import Graph
from tracker.store.derived import Derived
from tracker.store.schema import transaction

Tick = Callable[[str, int, int], None]
Pile = tuple[str, str]
"""The first name of a pile, and that of the next one."""
_NAMES: Final = 1 << 32
_LAST: Final = "\U0010ffff"


def make_events(db: sqlite3.Connection, rules: Rules, moment: str, tick: Tick) -> None:
    """Make the events of every node that has none.

    So many nodes are put in place in one transaction; a run that is stopped goes on with those
    left.
    """
    derived = Derived(db)
    total, done = derived.count_nodes(), 0
    clusters = Clusters(db, rules.decisions, Graph(db))
    tick("Joining", 0, total)
    for number, pile in enumerate(piles_of(total), 1):
        for parts in _batches(clusters.parts(set(derived.without_event(*pile)))):
            derive.put_parts(db, rules, moment, clusters, parts)
            done += sum(map(len, parts))
            tick("Joining", min(done, total), total)
        done = max(done, number * derive.BATCH)
    with transaction(db):
        derive.joined(db)
    tick("Joining", total, total)


def _batches(parts: Sequence[Part]) -> Iterator[list[Part]]:
    """The parts in order, of about ``BATCH`` nodes each time."""
    batch: list[Part] = []
    size = 0
    for part in parts:
        batch.append(part)
        size += len(part)
        if size >= derive.BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def piles_of(count: int) -> list[Pile]:
    """Stretches of names that hold about ``BATCH`` of ``count`` nodes each; most are hashes.

    >>> [first for first, _ in piles_of(3 * derive.BATCH)]
    ['', '55555555', 'aaaaaaaa']
    """
    many = -(-count // derive.BATCH)
    edges = ["", *(f"{_NAMES * n // many:08x}" for n in range(1, many)), _LAST]
    return list(pairwise(edges))
