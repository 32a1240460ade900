"""Average linkage over a sparse graph: near-linear in its pairs, the same in any order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from heapq import heapify, heappop, heappush
from typing import Final, TypeAlias

from tracker.core.agreed import FEW, Agreed, Told, cost
from tracker.core.blocks import LEADERS

Edge: TypeAlias = tuple[int, int, float]

UNKNOWN: Final = -2.0
"""What a pair counts that was not compared: it shares neither days nor subject."""

LEADING: Final = 2
"""Members that a record event counts as: it was curated, so its own pairs say more."""

STEP: Final = 0.1
"""Means closer than this rank alike, and the order of names decides: a flood is not re-ranked."""

_FINE: Final = 1000  # scores have three decimals: as whole numbers their sums are exact
_UNKNOWN: Final = round(UNKNOWN * _FINE)
_STEP: Final = round(STEP * _FINE)


def linked(
    units: Sequence[Sequence[int]],
    edges: Iterable[Edge],
    apart: Iterable[tuple[int, int]],
    single: frozenset[int],
    least: float,
    guests: frozenset[int] = frozenset(),
    told: Sequence[Told] = (),
) -> list[list[int]]:
    """Numbers in clusters: pairs of clusters merge, the highest mean first, down to ``least``.

    ``units`` are the parts to begin with, ``apart`` pairs that never come together; of ``single``
    a cluster holds at most one. The mean counts every pair of members; one without an edge
    counts ``UNKNOWN``. Units of ``guests`` only bring no others together: once the rest is done
    each joins the cluster it is nearest to, if it is near enough to any. ``told`` says what each
    number tells: what two clusters agree on apart from each other is taken off their mean.

    >>> linked([[0], [1], [2]], [(0, 1, 2.0), (1, 2, 1.0)], [], frozenset(), 0.0)
    [[0, 1], [2]]
    >>> linked([[0], [1], [2]], [(0, 1, 2.0), (1, 2, 1.0)], [], frozenset(), 0.0, frozenset({1}))
    [[0, 1], [2]]
    """
    parts = _Parts(units, edges, apart, single, told)
    late = frozenset(part for part, unit in enumerate(units) if guests.issuperset(unit))
    floor_ = round(least * _FINE)
    heap = [
        (-rank, a, b)
        for a, near in enumerate(parts.links)
        if a not in late
        for b in near
        if a < b and b not in late and (rank := parts.rank(a, b, floor_)) is not None
    ]
    heapify(heap)
    waiting = set(heap)
    while heap:
        entry = heappop(heap)
        a, b = parts.root(entry[1]), parts.root(entry[2])
        if a == b or (rank := parts.rank(a, b, floor_)) is None:
            continue
        now = (-rank, a, b)
        if -rank > entry[0]:  # one of them has grown since
            if now not in waiting:
                waiting.add(now)
                heappush(heap, now)
        elif parts.may_meet(a, b):
            for entry in parts.nearer(parts.merge(a, b), floor_, late):
                if entry not in waiting:
                    waiting.add(entry)
                    heappush(heap, entry)
    parts.seat(late, floor_)
    roots = [part for part in range(len(parts.members)) if parts.root(part) == part]
    return sorted(sorted(parts.members[part]) for part in roots)


class _Parts:
    """The parts so far and, for each pair that was compared, sum and count."""

    def __init__(self, units: Sequence[Sequence[int]], edges: Iterable[Edge],
                 apart: Iterable[tuple[int, int]], single: frozenset[int],
                 told: Sequence[Told]) -> None:  # fmt: skip
        self.members = [list(unit) for unit in units]
        self.sizes = [sum(LEADING if number in single else 1 for number in unit) for unit in units]
        self.parent = list(range(len(units)))
        self.links: list[dict[int, tuple[int, int]]] = [{} for _ in units]
        self.foes: list[set[int]] = [set() for _ in units]
        self.agreed = [Agreed(told[n] for n in unit) for unit in units] if told else []
        home = {number: part for part, unit in enumerate(units) for number in unit}
        self.single = [any(number in single for number in unit) for unit in units]
        for a, b, score in edges:
            if home[a] != home[b]:
                many = LEADING if a in single or b in single else 1
                self._add(home[a], home[b], many * round(score * _FINE), many)
        for a, b in apart:
            self.foes[home[a]].add(home[b])
            self.foes[home[b]].add(home[a])

    def root(self, part: int) -> int:
        while self.parent[part] != part:
            self.parent[part] = self.parent[self.parent[part]]
            part = self.parent[part]
        return part

    def _add(self, a: int, b: int, total: int, count: int) -> None:
        had, many = self.links[a].get(b, (0, 0))
        self.links[a][b] = self.links[b][a] = (had + total, many + count)

    def rank(self, a: int, b: int, least: int) -> int | None:
        """The mean in steps of ``STEP``; None below ``least``. Whole numbers: no order matters."""
        total, count = self.links[a].get(b, (0, 0))
        small, large = self.sizes[a], self.sizes[b]
        if small > large:
            small, large = large, small
        pairs = small * (large if large < LEADERS else LEADERS)  # a crowd's leaders are compared
        if pairs > count:
            total += _UNKNOWN * (pairs - count)
            count = pairs
        if total >= least * count and small >= FEW and self.agreed:
            total -= round(cost(self.agreed[a], self.agreed[b]) * _FINE) * count
        return None if total < least * count else total // (count * _STEP)

    def may_meet(self, a: int, b: int) -> bool:
        if self.single[a] and self.single[b]:
            return False
        few, many = sorted((a, b), key=lambda part: len(self.foes[part]))
        return not any(self.root(foe) == many for foe in self.foes[few])

    def seat(self, late: Iterable[int], least: int) -> None:
        """Each of the late parts with the one it is nearest to; all choose before any moves."""
        chosen = []
        for part in sorted(late):
            near = [
                (-rank, min(self.members[host]), host)
                for host in {self.root(other) for other in self.links[part]}.difference(late)
                if (rank := self.rank(part, host, least)) is not None and self.may_meet(part, host)
            ]
            if near:
                chosen.append((part, min(near)[2]))
        for part, host in chosen:
            self.parent[part] = host
            self.members[host] += self.members[part]
            self.sizes[host] += self.sizes[part]

    def merge(self, a: int, b: int) -> tuple[int, list[int]]:
        """The part with fewer neighbours becomes part of the other; that one, and who was near."""
        if (len(self.links[a]), b) < (len(self.links[b]), a):
            a, b = b, a
        self.parent[b] = a
        self.members[a] += self.members[b]
        self.sizes[a] += self.sizes[b]
        self.foes[a] |= self.foes[b]
        self.single[a] = self.single[a] or self.single[b]
        if self.agreed:
            self.agreed[a].add(self.agreed[b])
        near, self.links[b] = self.links[b], {}
        for other, (total, count) in near.items():
            self.links[other].pop(b)
            if other != a:
                self._add(a, other, total, count)
        return a, [other for other in near if other != a]

    def nearer(self, merged: tuple[int, list[int]], least: int, late: frozenset[int]
               ) -> Iterator[tuple[int, int, int]]:  # fmt: skip
        """Entries of the pairs that may rank higher now, since more reports agree less."""
        part, near = merged
        for other in near if self.agreed else ():
            if len(self.members[other]) >= FEW and other not in late:
                rank = self.rank(part, other, least)
                if rank is not None:
                    yield -rank, min(part, other), max(part, other)
