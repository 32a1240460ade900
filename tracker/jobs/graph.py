"""The stored graph of candidate joins, kept such that the order of arrival leaves no trace.

Only the first by name of exact copies stands in the blocks; it is joined to each copy. Every pair
of stand-ins that ``core.blocks`` asks for is compared once and kept where the score is near
enough. As a block grows nobody begins to lead or follow one, so the graph holds every pair that
the present nodes ask for, and some more, which ``edges_among`` leaves out.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from tracker.core import blocks, match
from tracker.core.blocks import COPY, block_keys, copy_key, followed, leaders, leading, looked_at
from tracker.core.traits import Node, Traits, told_in_passing, traits
from tracker.jobs.reasons import nodes
from tracker.model import RECORD, Join
from tracker.store.blocks import Blocks
from tracker.store.joins import Joins

_AT_ONCE = 500  # nodes read and compared at once
_HELD = 8000  # traits kept at once: the leaders of a crowd are asked for again and again


class Held(NamedTuple):
    """Nodes of the graph: the stand-in of each, and the keys of each stand-in's blocks."""

    stands: dict[str, str]
    keys: dict[str, tuple[str, ...]]


class Graph:
    """Keys, copies and joins of the nodes of one database."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._joined = Joins(db)
        self._blocks = Blocks(db)
        self._traits: dict[str, Traits] = {}
        self._follows: dict[str, frozenset[str]] = {}
        self._heirs: set[str] = set()
        self._gone: list[str] = []
        self._joins: list[Join] = []

    def remove(self, gone: Iterable[str]) -> None:
        """Forget nodes with all they hang by."""
        names = list(gone)
        held = self._blocks.keys_of(names)
        self._gone += names
        if self._joins and names:  # found since the last writing, with what is no more
            none = set(names)
            self._joins = [one for one in self._joins if none.isdisjoint((one.left, one.right))]
        lost = {key for keys in held.values() for key in keys}
        had = {key: self._first(key) for key in lost}
        for name, keys in held.items():
            self._blocks.take_out(name, keys)
        for name in names:
            self._traits.pop(name, None)
            self._follows.pop(name, None)
        for key in lost:
            self._heirs.update(self._who_inherits(key, had[key]))
        self._heirs.difference_update(names)

    def _first(self, key: str) -> list[str]:
        return self._blocks.first(key, 1 if key.startswith(COPY) else looked_at())

    def _who_inherits(self, key: str, had: list[str]) -> set[str]:
        """Those who stand in for a copy now, or lead or follow a block that they did not."""
        now = self._first(key)
        if key.startswith(COPY):
            return set(now)
        if len(had) > blocks.LEADERS >= len(now):  # no crowd any more: they follow others instead
            return set(now)
        return {*now[: leading(len(now))]} - {*had[: leading(len(had))]}

    def write(self) -> None:
        """Put what was changed into the tables."""
        self._joined.forget(self._gone)
        self._blocks.write()
        self._joined.put(self._joins, match.SAME)
        self._gone, self._joins = [], []

    def add(self, fresh: Mapping[str, Node]) -> None:
        """Put nodes in and compare them with those that they share a block with."""
        known = {**nodes(self._db, self._heirs - set(fresh)), **fresh}
        self._heirs.clear()
        copies = {name: copy_key(node) for name, node in known.items()}
        self._blocks.expect(set(copies.values()))
        standing = [name for name in sorted(known) if self._enter(name, known[name], copies[name])]
        keys = {name: block_keys(known[name]) for name in standing}
        self._blocks.expect({key for held in keys.values() for key in held})
        for name in standing:
            self._blocks.put(name, keys[name])
        self._compare(keys, {name: traits(known[name]) for name in standing})

    def _enter(self, name: str, node: Node, key: str) -> bool:
        """Whether a node stands in the blocks; a copy is joined to the one that does."""
        self._blocks.put(name, [key])
        held = self._blocks.first(key, 2)
        if held[0] == name and len(held) > 1:
            held = self._blocks.every(key)
        copies = held[1:] if held[0] == name else [name]
        alike = _alike(node) if copies else 0.0
        self._joins += [Join(held[0], copy, alike, ()) for copy in copies]
        if held[0] == name and copies:  # it came before the one that stood here
            self._blocks.take_out(copies[0], self._keys_of(copies[0]))
        return held[0] == name

    def _keys_of(self, name: str) -> set[str]:
        held = self._blocks.keys_of([name]).get(name, set())
        return {key for key in held if not key.startswith(COPY)}

    def _compare(self, keys: Mapping[str, frozenset[str]], own: Mapping[str, Traits]) -> None:
        self._traits.update(own)
        members: dict[str, list[str]] = {}
        first = {key: self._first(key) for key in {key for held in keys.values() for key in held}}
        heads = {key: leaders(names, self._blocks.curated(key)) for key, names in first.items()}
        full = {key for key, names in first.items() if len(names) > blocks.LEADERS}
        self._follow({name: frozenset(followed(held, full)) for name, held in keys.items()})
        for name, held in keys.items():
            near = self._near(name, held, heads, members)
            self._score(own[name], {o for o in near if o < name or o not in keys})

    def _near(self, name: str, keys: frozenset[str], heads: Mapping[str, frozenset[str]],
              members: dict[str, list[str]]) -> set[str]:  # fmt: skip
        """Who is compared with a node: whom it follows, who follows it, and the record."""
        if name.startswith(RECORD):
            return {one for key in keys for one in self._blocks.every(key)}
        near = {one for key in keys for one in self._blocks.curated(key)}
        near.update(one for key in self._follows[name] for one in heads[key])
        for key in keys:
            if name in heads[key]:
                if key not in members:
                    members[key] = self._followers(key)
                near.update(members[key])
        return near

    def _follow(self, keys: Mapping[str, frozenset[str]]) -> None:
        if len(self._follows) > _HELD:
            self._follows.clear()
        self._follows.update(keys)

    def _followers(self, key: str) -> list[str]:
        """Who follows a block, and everybody of whom it is not known: nobody begins to."""
        every, follows = self._blocks.every(key), self._follows
        return [one for one in every if one not in follows or key in follows[one]]

    def _leaders(self, key: str) -> frozenset[str]:
        return leaders(self._first(key), self._blocks.curated(key))

    def _score(self, own: Traits, others: Iterable[str]) -> None:
        wanted = sorted(others)
        for start in range(0, len(wanted), _AT_ONCE):
            near = self._seen(wanted[start : start + _AT_ONCE])
            scores = ((other, match.score(own, one)) for other, one in near.items())
            self._joins += [
                Join(own.name, o, s, ()) for o, s in scores if s is not None and s > match.FAR
            ]

    def _seen(self, names: list[str]) -> dict[str, Traits]:
        """The traits of some nodes; those looked at are kept, within bounds."""
        missing = [name for name in names if name not in self._traits]
        if len(self._traits) + len(missing) > _HELD:
            self._traits, missing = {}, names
        found = nodes(self._db, missing)
        self._traits.update((name, traits(node)) for name, node in found.items())
        return {name: self._traits[name] for name in names if name in self._traits}

    def held(self, nodes: Iterable[str]) -> Held:
        """The stand-in of each node that is in the graph, and the blocks of the stand-ins.

        Tuples, since a node of a crowd lies in dozens: sets of them would take ten times as much.
        """
        first: dict[str, str] = {}
        stands: dict[str, str] = {}
        keys: dict[str, tuple[str, ...]] = {}
        for name, held in self._blocks.each_with_keys(sorted(nodes)):
            copy = next(key for key in held if key.startswith(COPY))
            stands[name] = first.setdefault(copy, name)
            if stands[name] == name:
                keys[name] = tuple(held - {copy})
        return Held(stands, keys)

    def edges_among(
        self, keys: Mapping[str, tuple[str, ...]], follow: Collection[str] = ()
    ) -> Iterator[tuple[str, str, float]]:
        """The joins of stand-ins that the present nodes ask for; whole components are asked for.

        A join is asked for where one of the two leads a block that the other follows, and where one
        is a record event. Nobody asks for one between two of ``follow``, which are further
        mentions: among many they would be most.
        """
        crowded, led = self._crowds(keys)
        none: set[str] = set()
        also = json.dumps([name for name in keys if told_in_passing(name) and name not in follow])
        follows = {name: followed(own, crowded) for name, own in keys.items()}
        for left in sorted(keys):
            own = follows[left]
            heads = set(own) - crowded | led.get(left, none)
            for right, score in self._joined.from_left(left, also=also * (left in follow)):
                theirs = follows.get(right)
                if theirs is not None and (
                    right.startswith(RECORD)
                    or left.startswith(RECORD)
                    or not heads.isdisjoint(theirs)
                    or not led.get(right, none).isdisjoint(own)
                ):
                    yield left, right, score

    def _crowds(self, keys: Mapping[str, tuple[str, ...]]) -> tuple[set[str], dict[str, set[str]]]:
        """The crowded blocks of some nodes, and those of them that each of the nodes leads."""
        crowded = self._blocks.crowded(
            sorted({k for held in keys.values() for k in held}), blocks.LEADERS
        )
        led: dict[str, set[str]] = {}
        for key in crowded:
            for name in self._leaders(key):
                led.setdefault(name, set()).add(key)
        self._blocks.forget()  # of a crowd's blocks no more than who leads is asked
        return crowded, led


def _alike(node: Node) -> float:
    """What a copy counts beside its original; at least enough to join."""
    found = traits(node)
    return max(match.SAME, match.score(found, replace(found, item="", name="")) or 0.0)
