"""Components to the events of their parts, by this process or by several beside it; only reads.

The answers come in the order of the components, whoever builds: so the ids that are printed for
the first time do not depend on the number of processes.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from itertools import filterfalse
from pathlib import Path
from typing import Final, Protocol

from tracker.core.decisions import Decisions
from tracker.jobs import workers
from tracker.jobs.clusters import Built, Clusters, Part
from tracker.jobs.graph import Graph
from tracker.store import schema, side

PILE: Final = 500
"""Nodes whose events are built and stored at once."""

BEHIND: Final = 2
"""Steps of niceness of those who build behind the one that stores: it is the last to end."""

Wholes = Iterable[set[str]]
Stands = Callable[[Part], bool]
"""Whether the event of a part is stored already."""


class Builders(Protocol):
    """Builds the events of whole components."""

    def built(self, wholes: Wholes, stands: Stands) -> Iterator[list[Built]]:
        """The parts that do not stand yet with their events, about ``PILE`` nodes at a time."""


class Here:
    """Builds in this process, each pile when it is asked for."""

    def __init__(self, clusters: Clusters) -> None:
        self._clusters = clusters

    def built(self, wholes: Wholes, stands: Stands) -> Iterator[list[Built]]:
        """The parts that do not stand yet with their events, about ``PILE`` nodes at a time."""
        for whole in wholes:
            for pile in piles(filterfalse(stands, self._clusters.parts_of(whole))):
                yield [(part, self._clusters.event(part)) for part in pile]


class Beside:
    """Has processes build: a component is partitioned by one of them, its piles go to all."""

    def __init__(self, crew: workers.Crew) -> None:
        self._crew = crew

    def built(self, wholes: Wholes, stands: Stands) -> Iterator[list[Built]]:
        """The parts that do not stand yet with their events, about ``PILE`` nodes at a time.

        Raises:
            BrokenProcessPool: a process died; what was stored is no longer wanted.
        """
        found = self._crew.in_order(_parts, wholes)
        waiting = (pile for _, parts in found for pile in piles(filterfalse(stands, parts)))
        return (built for _, built in self._crew.in_order(_events, waiting))


@contextmanager
def builders(db: sqlite3.Connection, path: Path, kept: Path | None, decisions: Decisions,
             jobs: int) -> Iterator[Builders]:  # fmt: skip
    """Somebody who builds: with several ``jobs`` so many processes, which read the file ``path``.

    ``kept`` is the database beside which it lies, if it is a side file.
    """
    if jobs < 2:
        yield Here(Clusters(db, decisions, Graph(db)))
        return
    schema.hold_none(db)
    workers.give_back()  # what this process holds, its copies would count as theirs
    with workers.crew(_Place(path, kept, decisions), jobs, BEHIND) as crew:
        yield Beside(crew)


def piles(parts: Iterable[Part]) -> Iterator[list[Part]]:
    """The parts in order, of about ``PILE`` nodes each time."""
    pile: list[Part] = []
    size = 0
    for part in parts:
        pile.append(part)
        size += len(part)
        if size >= PILE:
            yield pile
            pile, size = [], 0
    if pile:
        yield pile


class _Place:
    """Where a process finds the graph; it opens the file when it is first asked."""

    def __init__(self, path: Path, kept: Path | None, decisions: Decisions) -> None:
        self._path, self._kept, self._decisions = path, kept, decisions

    @cached_property
    def clusters(self) -> Clusters:
        kept = self._kept
        db = side.connected(self._path, kept) if kept else schema.open_reading(self._path)
        schema.hold_less(db)  # a component takes more than any pages
        return Clusters(db, self._decisions, Graph(db))


def _parts(whole: set[str], place: _Place) -> Sequence[Part]:
    return place.clusters.parts_of(whole)


def _events(pile: Sequence[Part], place: _Place) -> list[Built]:
    return [(part, place.clusters.event(part)) for part in pile]
