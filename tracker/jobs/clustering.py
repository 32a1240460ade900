"""The events of many nodes, made a pile at a time when all of them are in the graph.

Piles are stretches of names, which depend on the number of nodes alone: so the same piles come
again after a stop, and it makes no difference to the database. One process stores them in order,
whoever builds them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures.process import BrokenProcessPool
from itertools import pairwise
from pathlib import Path
from typing import Final

from tracker.jobs import derive, piles
from tracker.jobs.builders import builders
from tracker.jobs.clusters import Clusters
from tracker.jobs.derive import Rules
from tracker.jobs.graph import Graph
from tracker.store.derived import Derived
from tracker.store.schema import transaction

FEW: Final = 2000
"""Nodes whose events one process makes before others have started."""

Tick = Callable[[str, int, int], None]
Pile = tuple[str, str]
"""The first name of a pile, and that of the next one."""
_NAMES: Final = 1 << 32
_LAST: Final = "\U0010ffff"


def make_events(db: sqlite3.Connection, rules: Rules, moment: str, tick: Tick, *, path: Path,
                kept: Path | None = None, jobs: int = 1) -> None:  # fmt: skip
    """Make the events of every node that has none, with ``jobs`` processes that build them.

    Some hundreds of nodes are put in place in one transaction; a run that is stopped goes on with
    those left, and so does this process where others died. ``path`` is the file of ``db``,
    ``kept`` the database beside which it lies, if it is a side file.
    """
    derived = Derived(db)
    total, done = derived.count_nodes(), 0
    jobs = jobs if total > FEW else 1
    tick("Joining", 0, total)
    try:
        with builders(db, path, kept, rules.decisions, jobs) as hands:
            for built in hands.built(_wholes(db, rules, total), derived.is_event):
                derive.put_events(db, rules, moment, built)
                done += sum(len(part) for part, _ in built)
                tick("Joining", min(done, total), total)
    except BrokenProcessPool:
        return make_events(db, rules, moment, tick, path=path, kept=kept)
    with transaction(db):
        piles.joined(db)
    tick("Joining", total, total)
    return None


def _wholes(db: sqlite3.Connection, rules: Rules, total: int) -> Iterator[set[str]]:
    """The components of the nodes without an event, pile by pile, each once."""
    derived, clusters = Derived(db), Clusters(db, rules.decisions, Graph(db))
    taken: set[str] = set()
    for first, last in piles_of(total):
        seeds = {*derived.without_event(first, last)} - taken
        if seeds:
            whole = clusters.whole(seeds)
            taken = {name for name in taken | whole if name >= last}
            yield whole


def piles_of(count: int) -> list[Pile]:
    """Stretches of names that hold about ``BATCH`` of ``count`` nodes each; most are hashes.

    >>> [first for first, _ in piles_of(3 * derive.BATCH)]
    ['', '55555555', 'aaaaaaaa']
    """
    many = -(-count // derive.BATCH)
    edges = ["", *(f"{_NAMES * n // many:08x}" for n in range(1, many)), _LAST]
    return list(pairwise(edges))
