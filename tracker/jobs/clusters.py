"""From nodes in the graph to the events of their whole components; nothing is stored here."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

from tracker.core import cluster
from tracker.core.decisions import Decisions
from tracker.jobs.graph import Graph
from tracker.jobs.reasons import nodes
from tracker.model import Event
from tracker.store.derived import Derived


class Part(NamedTuple):
    """The nodes of one event, by name, and the event; None where they make none."""

    nodes: tuple[str, ...]
    event: Event | None


class Clusters:
    """Builds the events of whole components; only reads."""

    def __init__(self, db: sqlite3.Connection, decisions: Decisions, graph: Graph) -> None:
        self._db, self._decisions = db, decisions
        self._derived, self._graph = Derived(db), graph

    def parts(self, seeds: set[str]) -> list[Part]:
        """Every part of the components of ``seeds``; news events have the id of a new one."""
        known = nodes(self._db, self._whole(seeds))
        ordered = [known[id_] for id_ in sorted(known)]
        joins = self._graph.joins_among(known)
        return [
            Part(names, cluster.build([known[id_] for id_ in names], decisions=self._decisions))
            for names in cluster.partition(ordered, joins, self._decisions)
        ]

    def _whole(self, seeds: set[str]) -> set[str]:
        """The component of ``seeds``, widened by what people declared the same."""
        found = self._derived.component(seeds)
        while True:
            wider = {node for pair in self._decisions.same if pair & found for node in pair} - found
            if not wider:
                return found
            found |= self._derived.component(wider)
