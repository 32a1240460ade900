"""From nodes in the graph to the events of their whole components; nothing is stored here."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Sequence
from typing import Final

from tracker.core import cluster
from tracker.core.agreed import Told, told
from tracker.core.decisions import Decisions
from tracker.core.traits import Node, node_id
from tracker.jobs.graph import Graph
from tracker.jobs.reasons import nodes
from tracker.model import RECORD, Event
from tracker.store import shelf
from tracker.store.derived import Derived
from tracker.store.joins import Joins

HELD: Final = 4000
"""Texts kept from looking at a component until its events are made; the rest is read anew."""
_AT_ONCE: Final = 500  # texts read at once


Part = tuple[str, ...]
"""The nodes of one event by name, in order."""

Built = tuple[Part, Event | None]
"""A part with its event, which has the id of a new one; None where it makes none."""


class Clusters:
    """Builds the events of whole components; only reads."""

    def __init__(self, db: sqlite3.Connection, decisions: Decisions, graph: Graph) -> None:
        self._db, self._decisions = db, decisions
        self._joins, self._graph = Joins(db), graph
        self._held: dict[str, Node] = {}

    def parts(self, seeds: set[str]) -> Sequence[Part]:
        """Every part of the components of ``seeds``."""
        return self.parts_of(self.whole(seeds))

    def parts_of(self, nodes: Collection[str]) -> Sequence[Part]:
        """The parts of whole components; what joins them lies in a file where it is much."""
        stands, keys = self._graph.held(nodes)
        follow = cluster.only_follow(stands, self._decisions)
        tells = self._seen(sorted(keys.keys() - follow))
        edges = self._graph.edges_among(keys, follow)
        del keys, follow  # they go when the edges are read, before these are put together
        with shelf.beside(self._db) as lying:
            return cluster.partition(stands, tells, edges, self._decisions, lying)

    def event(self, part: Part) -> Event | None:
        """The event of a part, with the id of a new one; None where it makes none."""
        lacking = [name for name in part if name not in self._held]
        known = nodes(self._db, lacking)
        texts = [known.get(name) or self._held[name] for name in part]
        return cluster.build(texts, decisions=self._decisions)

    def _seen(self, names: Sequence[str]) -> dict[str, Told]:
        """What stand-ins tell."""
        tells: dict[str, Told] = {}
        shared: dict[Told, Told] = {}  # many of a crowd tell the same
        self._held.clear()
        for start in range(0, len(names), _AT_ONCE):
            known = nodes(self._db, names[start : start + _AT_ONCE])
            if len(self._held) < HELD:
                self._held.update(known)
            found = ((name, told(node)) for name, node in known.items())
            tells.update((name, shared.setdefault(one, one)) for name, one in found)
        return tells

    def whole(self, seeds: set[str]) -> set[str]:
        """The component of ``seeds``, widened by what people declared the same."""
        found = self._joins.component(seeds)
        while True:
            wider = {node for pair in self._decisions.same if pair & found for node in pair} - found
            if not wider:
                return found
            found |= self._joins.component(wider)


def printed(members: Sequence[Node], derived: Derived, decisions: Decisions) -> Event | None:
    """The event of one cluster, under the id that was printed for it where one was."""
    names = [node_id(node) for node in members]
    own = next((name.removeprefix(RECORD) for name in names if name.startswith(RECORD)), None)
    kept = own or next(iter(derived.kept_ids(names)), None)
    return cluster.build(members, kept_id=kept, decisions=decisions)
