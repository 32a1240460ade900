"""Average linkage with every pair in memory, in dictionaries: what ``core.linkage`` is held to."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import heappop, heappush

from tracker.core.agreed import FEW, Agreed, Told, cost
from tracker.core.linkage import NOBODY, PAIRED, STEP, UNKNOWN
from tracker.core.pairs import FINE, LEADING, Edge

_UNKNOWN = round(UNKNOWN * FINE)
_STEP = round(STEP * FINE)
_BITS = 32
_MASK = (1 << _BITS) - 1
_TOP = 1 << _BITS


def linked(
    units: Sequence[Sequence[int]],
    edges: Iterable[Edge],
    apart: Iterable[tuple[int, int]],
    single: frozenset[int],
    least: float,
    guests: Mapping[int, float] = NOBODY,
    told: Sequence[Told] = (),
) -> list[list[int]]:
    """``units`` are the parts to begin with; the rest is as in ``core.linkage``."""
    parts = _Parts(units, edges, apart, single, told)
    late = {
        part: round(max(guests[one] for one in unit) * FINE)
        for part, unit in enumerate(units) if guests.keys() >= set(unit)
    }  # fmt: skip
    parts.join(round(least * FINE), frozenset(late))
    parts.seat(late)
    roots = [part for part in range(len(parts.members)) if parts.root(part) == part]
    return sorted(sorted(parts.members[part]) for part in roots)


class _Parts:
    """The parts so far and, for each pair that was compared, sum and count in one number.

    A crowd has hundreds of thousands of pairs; so they take a third of the memory of tuples.
    """

    def __init__(self, units: Sequence[Sequence[int]], edges: Iterable[Edge],
                 apart: Iterable[tuple[int, int]], single: frozenset[int],
                 told: Sequence[Told]) -> None:  # fmt: skip
        self.members = [list(unit) for unit in units]
        self.sizes = [sum(LEADING if number in single else 1 for number in unit) for unit in units]
        self.parent = list(range(len(units)))
        self.first = list(range(len(units)))
        self.links: list[dict[int, int]] = [{} for _ in units]
        self.foes: list[set[int]] = [set() for _ in units]
        self.dissent: list[set[int]] = [set() for _ in units]
        self.told = told
        self.agreed: dict[int, Agreed] = {}
        self.ranked: dict[int, int] = {}
        home = {number: part for part, unit in enumerate(units) for number in unit}
        self.single = [any(number in single for number in unit) for unit in units]
        for one, two, score in edges:
            a, b = home[one], home[two]
            if a != b:
                many = LEADING if one in single or two in single else 1
                near = self.links[a]
                link = near.get(b, 0) + many * (round(score * FINE) * _TOP + 1)
                near[b] = self.links[b][a] = link
        for a, b in apart:
            self.foes[home[a]].add(home[b])
            self.foes[home[b]].add(home[a])

    def root(self, part: int) -> int:
        while self.parent[part] != part:
            self.parent[part] = self.parent[self.parent[part]]
            part = self.parent[part]
        return part

    def rank(self, a: int, b: int, least: int) -> int | None:
        """The mean in steps of ``STEP``; None below ``least``. Whole numbers: no order matters."""
        link = self.links[a].get(b, 0)
        total, count = link >> _BITS, link & _MASK
        if total < least * count:
            return None
        small, large = self.sizes[a], self.sizes[b]
        if small > large:
            small, large = large, small
        pairs = small * (large if large < PAIRED else PAIRED)
        if pairs > count:
            total += _UNKNOWN * (pairs - count)
            count = pairs
        if small >= FEW and total >= least * count and self.told:
            apart = cost(self.agrees(a), self.agrees(b))
            if apart:
                self.dissent[a].add(b)
                self.dissent[b].add(a)
                total -= round(apart * FINE) * count
        return None if total < least * count else total // (count * _STEP)

    def agrees(self, part: int) -> Agreed:
        """What the members of a part agree on; most stay alone and are never asked."""
        if part not in self.agreed:
            self.agreed[part] = Agreed(self.told[number] for number in self.members[part])
        return self.agreed[part]

    def join(self, least: int, late: frozenset[int]) -> None:
        """Merge the best pair of parts, again and again, while there is one.

        An entry that waits is as high as its pair or higher: parts that grow fall or stay, but
        where dissent held them down. It is looked at again when its turn comes.
        """
        first = sorted(self._first(least, late))
        fresh: list[int] = []
        waited: set[int] = set()
        for entry in _in_turn(first, fresh):
            for new in self._step(entry, least):
                if new in waited:
                    continue
                waited.add(new)
                at = bisect_left(first, new)
                if first[at : at + 1] != [new]:
                    heappush(fresh, new)

    def _step(self, entry: int, least: int) -> Iterable[int]:
        """Merge the pair of an entry whose turn it is; the entries to look at because of it."""
        a, b = self.root(entry >> _BITS & _MASK), self.root(entry & _MASK)
        if a == b or (rank := self._ranked(a, b, least)) is None:
            return ()
        now = self._entry(rank, a, b)
        if now > entry:  # one of them has grown since
            return (now,)
        return list(self.nearer(self.merge(a, b), least)) if self.may_meet(a, b) else ()

    def _ranked(self, a: int, b: int, least: int) -> int | None:
        """The rank of two parts, which is remembered while neither grows: crowds ask often."""
        size = self.sizes[a] + self.sizes[b]
        pair = a << _BITS | b if a < b else b << _BITS | a
        had = self.ranked.get(pair, 0)
        if had >> _BITS == size:
            return (had & _MASK) - 1 if had & _MASK else None
        rank = self.rank(a, b, least)
        if size > FEW:  # two that are alone are asked for once
            self.ranked[pair] = size << _BITS | (0 if rank is None else rank + 1)
        return rank

    def _first(self, least: int, late: frozenset[int]) -> Iterator[int]:
        """Entries of the pairs there are at the beginning; most are of two numbers alone."""
        for a, near in enumerate(self.links):
            if a in late:
                continue
            alone = self.sizes[a] == 1
            for b, link in near.items():
                if b <= a or b in late:
                    continue
                if alone and self.sizes[b] == 1 and link & _MASK == 1:
                    total = link >> _BITS
                    rank = None if total < least else total // _STEP
                else:
                    rank = self.rank(a, b, least)
                if rank is not None:
                    yield _entry(rank, a, b)

    def _entry(self, rank: int, a: int, b: int) -> int:
        """The parts by the first of their units: which took in the other leaves no trace."""
        one, two = self.first[a], self.first[b]
        return _entry(rank, one, two) if one < two else _entry(rank, two, one)

    def may_meet(self, a: int, b: int) -> bool:
        if self.single[a] and self.single[b]:
            return False
        few, many = sorted((a, b), key=lambda part: len(self.foes[part]))
        return not any(self.root(foe) == many for foe in self.foes[few])

    def seat(self, late: Mapping[int, int]) -> None:
        """Each of the late parts with the one it is nearest to; all choose before any moves.

        ``late`` has the least mean that each asks for.
        """
        chosen = []
        for part, least in sorted(late.items()):
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

    def merge(self, a: int, b: int) -> int:
        """The part with fewer neighbours becomes part of the other, which is returned."""
        if (len(self.links[a]), b) < (len(self.links[b]), a):
            a, b = b, a
        if self.told:
            self.agrees(a).add(self.agrees(b))
            del self.agreed[b]
        self.parent[b] = a
        self.first[a] = min(self.first[a], self.first[b])
        self.members[a] += self.members[b]
        self.sizes[a] += self.sizes[b]
        self.foes[a] |= self.foes[b]
        self.dissent[a] |= self.dissent[b]
        self.single[a] = self.single[a] or self.single[b]
        near, self.links[b] = self.links[b], {}
        own = self.links[a]
        for other, link in near.items():
            theirs = self.links[other]
            del theirs[b]
            if other != a:
                own[other] = theirs[a] = own.get(other, 0) + link
        return a

    def nearer(self, part: int, least: int) -> Iterator[int]:
        """Entries of the pairs that dissent held down: as a part grows its reports agree less."""
        for other in {self.root(one) for one in self.dissent[part]} - {part}:
            rank = self.rank(part, other, least)
            if rank is not None:
                yield self._entry(rank, part, other)


def _in_turn(first: Iterable[int], fresh: list[int]) -> Iterator[int]:
    """Both in order, the lowest first; ``fresh`` is a heap, to which more may come meanwhile."""
    for entry in first:
        while fresh and fresh[0] < entry:
            yield heappop(fresh)
        yield entry
    while fresh:
        yield heappop(fresh)


def _entry(rank: int, a: int, b: int) -> int:
    """A pair in the queue as one number: the higher its rank the smaller."""
    return (_TOP - rank) << 2 * _BITS | a << _BITS | b
