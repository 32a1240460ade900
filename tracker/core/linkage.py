"""Average linkage over a sparse graph: near-linear in its pairs, the same in any order.

Held are some numbers for each node, what parts agree on, the turns of one rank, and the rows of the
parts looked at last; scores, other rows and other turns lie on a shelf, which may be a file.
"""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import repeat
from types import MappingProxyType
from typing import Final

from tracker.core.agreed import FEW, Agreed, Told, cost
from tracker.core.pairs import BITS, FINE, LATE, LEADING, SPECIAL, Edge, Pairs, Rows
from tracker.core.shelf import Memory, Shelf
from tracker.core.turns import MASK, Turns

UNKNOWN: Final = -2.0
"""What a pair counts that was not compared: it shares neither days nor subject."""

PAIRED: Final = 32
"""Members of a part with whom each member of a smaller one is held to have been compared; of a
crowd only some are, so that no mean is taken over all its pairs."""

STEP: Final = 0.1
"""Means closer than this rank alike, and the order of names decides: a flood is not re-ranked."""

AGREED: Final = 16_000
"""Parts of which what they agree on is remembered; of others it is counted anew."""

RANKED: Final = 100_000
"""Pairs of parts whose rank is remembered while neither grows."""

NOBODY: Final[Mapping[int, float]] = MappingProxyType({})

_UNKNOWN: Final = round(UNKNOWN * FINE)
_STEP: Final = round(STEP * FINE)


def linked(
    count: int,
    edges: Iterable[Edge],
    apart: Iterable[tuple[int, int]],
    single: frozenset[int],
    least: float,
    guests: Mapping[int, float] = NOBODY,
    told: Callable[[int], Told] | None = None,
    *,
    together: Iterable[Sequence[int]] = (),
    shelf: Shelf | None = None,
) -> list[list[int]]:
    """``count`` numbers in clusters: pairs of them merge, the highest mean first, to ``least``.

    ``edges`` score pairs, each once. ``together`` are numbers that are one to begin with, ``apart``
    pairs that never come together; of ``single`` a cluster holds at most one. The mean counts every
    pair of members; one without an edge counts ``UNKNOWN``. ``guests`` only bring no others
    together: once the rest is done each joins the cluster it is nearest to, if its mean there is
    what ``guests`` asks for. ``told`` says what a number tells: what two clusters agree on apart
    from each other is taken off their mean. What is not held lies on the ``shelf``.

    >>> linked(3, [(0, 1, 2.0), (1, 2, 1.0)], [], frozenset(), 0.0)
    [[0, 1], [2]]
    >>> linked(3, [(0, 1, 2.0), (1, 2, 1.0)], [], frozenset(), 0.0, {1: 0.0})
    [[0, 1], [2]]
    """
    parts = _Parts(count, single, guests, told, shelf or Memory())
    parts.put_together(together)
    parts.keep_apart(apart)
    parts.join(edges, round(least * FINE))
    parts.seat()
    return parts.found()


class _Parts:
    """The parts so far, each known by one of its numbers, its root; most are of one number."""

    def __init__(self, count: int, single: frozenset[int], guests: Mapping[int, float],
                 told: Callable[[int], Told] | None, shelf: Shelf) -> None:  # fmt: skip
        self.guests, self.told = guests, told
        self.parent = array("I", range(count))
        self.sizes = array("I", [1]) * count
        self.kinds = bytearray(count)
        self.members: dict[int, list[int]] = {}
        self.first = array("I", range(count))
        self.single = set(single)
        self.foes: dict[int, set[int]] = {}
        self.dissent: dict[int, set[int]] = {}
        self.agreed: OrderedDict[int, Agreed] = OrderedDict()
        self.ranked: dict[int, int] = {}
        self.pairs = Pairs(self.kinds, single, shelf)
        self.rows = Rows(self.pairs, shelf, self.root)
        self.turns = Turns(shelf, self._stands)
        self.least = 0
        for number in single:
            self.sizes[number], self.kinds[number] = LEADING, SPECIAL
        for number in guests:
            self.kinds[number] = LATE

    def put_together(self, units: Iterable[Sequence[int]]) -> None:
        for unit in units:
            a, *rest = sorted(unit)
            late = self.guests.keys() >= set(unit)
            for number in unit:
                self.kinds[number] = LATE if late else SPECIAL
            for b in rest:
                self._take_in(a, b)

    def keep_apart(self, pairs: Iterable[tuple[int, int]]) -> None:
        for a, b in pairs:
            one, two = self.root(a), self.root(b)
            self.foes.setdefault(one, set()).add(two)
            self.foes.setdefault(two, set()).add(one)

    def root(self, number: int) -> int:
        parent = self.parent
        while (above := parent[number]) != number:
            parent[number] = number = parent[above]
        return number

    def numbers(self, part: int) -> Sequence[int]:
        return self.members.get(part) or (part,)

    def link(self, a: int, b: int) -> int:
        """Sum and count of what joins two parts: the numbers of one in the row of the larger."""
        one, two = self.members.get(a), self.members.get(b)
        if two is None or (one is not None and len(one) > len(two)):
            a, b, one = b, a, two
        row = self.rows.of(b)
        return row.get(a, 0) if one is None else sum(map(row.get, one, repeat(0)))

    def rank(self, a: int, b: int, link: int, least: int) -> int | None:
        """The mean in steps of ``STEP``; None below ``least``. Whole numbers: no order matters."""
        total, count = link >> BITS, link & MASK
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
                self.dissent.setdefault(a, set()).add(b)
                self.dissent.setdefault(b, set()).add(a)
                total -= round(apart * FINE) * count
        return None if total < least * count else total // (count * _STEP)

    def agrees(self, part: int) -> Agreed:
        """What the members of a part agree on; most stay alone and are never asked."""
        found = self.agreed.get(part)
        if found is None:
            assert self.told
            found = self.agreed[part] = Agreed(map(self.told, self.numbers(part)))
            if len(self.agreed) > AGREED:
                self.agreed.popitem(last=False)
        else:
            self.agreed.move_to_end(part)
        return found

    def join(self, edges: Iterable[Edge], least: int) -> None:
        """Merge the best pair of parts, again and again, while there is one.

        A pair that waits is as high as its turn or lower: parts that grow fall or stay, but where
        dissent held them down. It is looked at again when its turn comes.
        """
        self.least = least
        self.pairs.take(edges, least, _STEP, self.turns)
        special = [n for n, kind in enumerate(self.kinds) if kind == SPECIAL]
        for number in special:
            if (part := self.root(number)) != number:
                self.rows.unite(part, number)
        for part in filter(self._is_root, special):
            for other in {self.root(one) for one in self.rows.of(part)} - {part}:
                self._put(part, other)
        for rank, pair in self.turns:
            self._turn(rank, pair)

    def _put(self, a: int, b: int) -> None:
        rank = self.rank(a, b, self.link(a, b), self.least)
        if rank is not None:
            self.turns.put(rank, self._pair(a, b))

    def _turn(self, rank: int, pair: int) -> None:
        """Merge a pair whose turn it is; one that fell meanwhile waits for another turn."""
        a, b, now = pair >> BITS, pair & MASK, pair
        found: int | None = rank
        if not self.sizes[a] == self.sizes[b] == 1:
            a, b = self.root(a), self.root(b)
            if a == b:
                return
            found, now = self._ranked(a, b), self._pair(a, b)
        if found is not None and (found < rank or (found == rank and now > pair)):
            self.turns.put(found, now)
        elif found is not None and self.may_meet(a, b):
            self._nearer(self.merge(a, b))
            return
        if now == pair:
            self.turns.passed(rank, pair)

    def _ranked(self, a: int, b: int) -> int | None:
        """The rank of two parts, which is remembered while neither grows: crowds ask often."""
        size = self.sizes[a] + self.sizes[b]
        pair = a << BITS | b if a < b else b << BITS | a
        had = self.ranked.get(pair, 0)
        if had >> BITS == size:
            return (had & MASK) - 1 if had & MASK else None
        rank = self.rank(a, b, self.link(a, b), self.least)
        if len(self.ranked) >= RANKED:
            self.ranked.clear()
        self.ranked[pair] = size << BITS | (0 if rank is None else rank + 1)
        return rank

    def _pair(self, a: int, b: int) -> int:
        """The parts by the first of their numbers: which took in the other leaves no trace."""
        one, two = self.first[a], self.first[b]
        return one << BITS | two if one < two else two << BITS | one

    def _stands(self, pair: int) -> bool:
        """Whether both numbers of a pair are the first of a part."""
        firsts = (self.first[self.root(one)] for one in (pair >> BITS, pair & MASK))
        return tuple(firsts) == (pair >> BITS, pair & MASK)

    def may_meet(self, a: int, b: int) -> bool:
        if a in self.single and b in self.single:
            return False
        few, many = sorted((a, b), key=lambda part: len(self.foes.get(part, ())))
        return not any(self.root(foe) == many for foe in self.foes.get(few, ()))

    def seat(self) -> None:
        """Each of the guests with the part it is nearest to; all choose before any moves."""
        late = [n for n, kind in enumerate(self.kinds) if kind == LATE and self._is_root(n)]
        chosen = array("q", map(self._nearest, late))
        for part, host in zip(late, chosen, strict=True):
            if host >= 0:
                self._add_members(host, part)
                self.parent[part] = host

    def _nearest(self, part: int) -> int:
        """The part that a guest belongs to, -1 where there is none."""
        least = round(max(self.guests[one] for one in self.numbers(part)) * FINE)
        near: dict[int, int] = {}
        for number in self.numbers(part):
            for other, link in self.pairs.row(number).items():
                host = self.root(other)
                near[host] = near.get(host, 0) + link
        found = [
            (-rank, self.first[host], host) for host, link in near.items()
            if (rank := self.rank(part, host, link, least)) is not None
            and self.may_meet(part, host)
        ]  # fmt: skip
        return min(found)[2] if found else -1

    def merge(self, a: int, b: int) -> int:
        """The part of fewer members becomes part of the other, which is returned."""
        if (len(self.numbers(a)), b) < (len(self.numbers(b)), a):
            a, b = b, a
        if self.told:
            self.agrees(a).add(self.agrees(b))
            self.agreed.pop(b, None)
        self.rows.unite(a, b)
        self._take_in(a, b)
        return a

    def _take_in(self, a: int, b: int) -> None:
        self.parent[b] = a
        self.sizes[a] += self.sizes[b]
        self.sizes[b] = 0  # no part any more
        self.first[a] = min(self.first[a], self.first[b])
        self._add_members(a, b)
        if b in self.single:
            self.single.add(a)
        for near in self.foes, self.dissent:
            if theirs := near.pop(b, None):
                near.setdefault(a, set()).update(theirs)

    def _add_members(self, a: int, b: int) -> None:
        self.members.setdefault(a, [a]).extend(self.members.pop(b, (b,)))

    def _nearer(self, part: int) -> None:
        """The pairs that dissent held down wait again: as a part grows its reports agree less."""
        if held := self.dissent.pop(part, None):
            for other in {self.root(one) for one in held} - {part}:
                self.dissent.setdefault(part, set()).add(other)
                self._put(part, other)

    def _is_root(self, number: int) -> bool:
        return self.parent[number] == number

    def found(self) -> list[list[int]]:
        roots = filter(self._is_root, range(len(self.parent)))
        return sorted(sorted(self.numbers(part)) for part in roots)
