"""The scores of a sparse graph as rows of numbers that lie on a shelf, some of them held."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import OrderedDict, defaultdict
from collections.abc import (
    Callable,
    Iterable,
    Iterator,
    Mapping,
    MutableSequence,
    Sequence,
)
from itertools import chain, islice
from typing import Final, TypeAlias

from tracker.core.shelf import Shelf
from tracker.core.turns import Turns

Edge: TypeAlias = tuple[int, int, float]
Row: TypeAlias = dict[int, int]
"""Neighbour to the sum of the scores that join the two and their count, in one number."""

Turned: TypeAlias = Mapping[int, MutableSequence[int]]
"""Rank to the pairs that have it, each two numbers in one, the lower above."""

LEADING: Final = 2
"""Members that a record event counts as: it was curated, so its own pairs say more."""

FINE: Final = 1000  # scores have three decimals: as whole numbers their sums are exact
BITS: Final = 32  # above them sums lie, below counts: two such numbers add up as one

WAITING: Final = 300_000
"""Scores that are held until they are laid down, each beside those of near numbers."""

FEW: Final = 40_000
"""Scores of which fewer are held as they are."""

HELD: Final = 300_000
"""Neighbours in the rows of parts that are held at once."""

PLAIN, SPECIAL, LATE = range(3)
"""A number alone in its part; a record event, or one of several in a part; one that only joins."""

_MANY: Final = 64
"""Neighbours of a row that nobody tidies."""

_WORD: Final = 8  # bytes of a score with its two numbers: 13 bits of the row's, 28 of the other's
_ROW, _OTHER = 50, 22  # bits below these
_LOW: Final = (1 << 13) - 1
_NUMBER: Final = (1 << 28) - 1
_SCORE: Final = (1 << _OTHER) - 1
_ZERO: Final = 1 << _OTHER - 1
_LEFT: Final = 7  # bits that tell one stretch of numbers from another


class Pairs:
    """The scores of numbers as given. Of two numbers that are late none is kept, as none is asked.

    >>> from tracker.core.shelf import Memory
    >>> pairs = Pairs(bytes(3), frozenset(), Memory())
    >>> turns = Turns(Memory(), lambda pair: True)
    >>> pairs.take([(0, 1, 0.5), (0, 2, -1.0)], 0, 100, turns)
    >>> list(turns)
    [(5, 1)]
    >>> sorted(pairs.row(0)), pairs.row(1) == {0: (500 << BITS) + 1}
    ([1, 2], True)
    """

    def __init__(self, kinds: bytes | bytearray, curated: frozenset[int], shelf: Shelf) -> None:
        self._kinds, self._curated, self._shelf = kinds, curated, shelf
        self._rows: list[Row] = []  # of few scores
        self._waiting: list[array[int]] = []
        self._pieces: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
        self._at = array("Q")
        self._count = array("I")

    def take(self, edges: Iterable[Edge], least: int, step: int, turns: Turns) -> None:
        """Read the scores, each pair once.

        Two plain numbers with at least the score ``least`` wait for their turn, ranked in steps of
        ``step``.
        """
        rest = iter(edges)
        few = list(islice(rest, FEW))
        if len(few) < FEW:
            self._keep(few, least, step, turns.waiting)
            return
        rest = chain(few, rest)
        del few
        self._stretch = array("I", map(_stretch, range(len(self._kinds))))
        self._waiting = [array("Q") for _ in range(self._stretch[-1] + 1)]
        while self._some(rest, least, step, turns.waiting):
            turns.lay_down()
            for stretch, words in enumerate(self._waiting):
                if words:
                    self._pieces[stretch].append((self._shelf.put(words.tobytes()), len(words)))
                    del words[:]
        for stretch in range(len(self._waiting)):
            self._sort(stretch)
        del self._waiting, self._stretch, self._pieces

    def _keep(self, edges: Sequence[Edge], least: int, step: int, first: Turned) -> None:
        """Few scores are rows at once."""
        self._rows, kinds = [{} for _ in self._kinds], self._kinds
        for a, b, score in edges:
            fine = round(score * FINE)
            link, one, two = (fine << BITS) + 1, kinds[a], kinds[b]
            if a in self._curated or b in self._curated:
                link *= LEADING
            if two < LATE:
                self._rows[a][b] = link
            if one < LATE:
                self._rows[b][a] = link
            if fine >= least and not (one or two):
                first[fine // step].append(a << BITS | b if a < b else b << BITS | a)

    def _some(self, edges: Iterator[Edge], least: int, step: int, first: Turned) -> bool:
        """Whether some were read and others may follow."""
        rows, stretch, kinds, count = self._waiting, self._stretch, self._kinds, 0
        for a, b, score in islice(edges, WAITING):
            count += 1
            fine = round(score * FINE)
            word, one, two = fine + _ZERO, kinds[a], kinds[b]
            if two < LATE:
                rows[stretch[a]].append((a & _LOW) << _ROW | b << _OTHER | word)
            if one < LATE:
                rows[stretch[b]].append((b & _LOW) << _ROW | a << _OTHER | word)
            if fine >= least and not (one or two):
                first[fine // step].append(a << BITS | b if a < b else b << BITS | a)
        return count == WAITING

    def _sort(self, stretch: int) -> None:
        """Lay the rows of a stretch down, one after the other."""
        found = self._waiting[stretch]
        for at, count in self._pieces.pop(stretch, ()):
            found.frombytes(self._shelf.get(at, count * _WORD))
        words = array("Q", sorted(found))
        del found[:]
        at, done = self._shelf.put(words.tobytes()), 0
        while len(self._count) < len(self._kinds):
            number = len(self._count)
            if self._stretch[number] != stretch:
                break
            upto = bisect_left(words, (number & _LOW) + 1 << _ROW, done)
            self._count.append(upto - done)
            self._at.append(at + done * _WORD)
            done = upto

    def row(self, number: int) -> Row:
        """The neighbours of a number that are not late; what joins a record event counts twice."""
        if self._rows:
            return self._rows[number]
        words = array("Q", self._shelf.get(self._at[number], self._count[number] * _WORD))
        row = {
            word >> _OTHER & _NUMBER: ((word & _SCORE) - _ZERO << BITS) + 1 for word in words
        }  # fmt: skip
        if number in self._curated:
            return {other: LEADING * link for other, link in row.items()}
        for other in self._curated.intersection(row):
            row[other] *= LEADING
        return row


class Rows:
    """What joins parts, which grow; the rows used last are held, the others lie on the shelf.

    A neighbour is named by any of its numbers; what joins a part to another is the sum of those
    under all numbers of the other. ``root`` names the part of a number.
    """

    def __init__(self, pairs: Pairs, shelf: Shelf, root: Callable[[int], int]) -> None:
        self._pairs, self._shelf, self._root = pairs, shelf, root
        self._held: OrderedDict[int, Row] = OrderedDict()
        self._grown: dict[int, int] = {}  # held and not on the shelf as they are: when to tidy
        self._lying: dict[int, tuple[int, int]] = {}
        self.held = 0

    def of(self, part: int) -> Row:
        """The row of a part; it is only looked at."""
        row = self._held.get(part)
        if row is None:
            row = self._read(part)
            self._hold(part, row)
        else:
            self._held.move_to_end(part)
        return row

    def unite(self, a: int, b: int) -> None:
        """Part ``b`` is in ``a`` from now on."""
        own, other = self._out(a), self._out(b)
        if len(own) < len(other):
            own, other = other, own
        get = own.get
        for one, link in other.items():
            own[one] = get(one, 0) + link
        self._lying.pop(b, None)
        self._grown.pop(b, None)
        if len(own) > self._grown.setdefault(a, _MANY):
            own = self._tidy(a, own)
            self._grown[a] = 2 * len(own) + _MANY
        self._hold(a, own)

    def _out(self, part: int) -> Row:
        row = self._held.pop(part, None)
        if row is None:
            return self._read(part)
        self.held -= len(row)
        return row

    def _hold(self, part: int, row: Row) -> None:
        self._held[part] = row
        self.held += len(row)
        while self.held > HELD and len(self._held) > 1:
            last, lost = self._held.popitem(last=False)
            self.held -= len(lost)
            if last in self._grown:
                self._write(last, lost if len(lost) <= _MANY else self._tidy(last, lost))

    def _tidy(self, part: int, row: Row) -> Row:
        """The row of a part with each neighbour under its root."""
        root = self._root
        near: Row = {}
        for number, link in row.items():
            other = root(number)
            near[other] = near.get(other, 0) + link
        near.pop(part, None)
        return near

    def _write(self, part: int, row: Row) -> None:
        at = self._shelf.put(array("q", row).tobytes() + array("q", row.values()).tobytes())
        self._lying[part] = at, len(row)
        del self._grown[part]

    def _read(self, part: int) -> Row:
        if part not in self._lying:
            return self._pairs.row(part)
        at, count = self._lying[part]
        found = array("q", self._shelf.get(at, 2 * count * _WORD))
        return dict(zip(found[:count], found[count:], strict=True))


def _stretch(number: int) -> int:
    """Stretches of numbers double as these do: the lower lead blocks, and have the longer rows.

    >>> [_stretch(number) for number in (0, 127, 128, 129, 130, 1 << 20)]
    [0, 127, 128, 128, 129, 960]
    """
    bits = min(13, max(0, number.bit_length() - _LEFT))
    return (bits << _LEFT - 1) + (number >> bits)
