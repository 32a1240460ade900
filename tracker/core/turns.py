"""Pairs that wait for their turn: those of one rank are held, the others lie on a shelf."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from heapq import heappop, heappush
from typing import Final

from tracker.core.shelf import Shelf

HELD: Final = 200_000
"""Pairs of other ranks that are held until they are laid down together."""

SEEN: Final = 50_000
"""Turns remembered before those that cannot come again are forgotten."""

BITS: Final = 32
MASK: Final = (1 << BITS) - 1
_PAIR: Final = (1 << 2 * BITS) - 1
_TOP: Final = 1 << BITS
_WORD: Final = 8  # bytes of a pair


class Turns:
    """Each turn (rank and pair) comes once, however often it is put, the best of those there first.

    A pair is two numbers in one, the lower first. The higher its rank the earlier it comes, among
    pairs of one rank the lower. ``again`` says whether a pair that had its turn may get another.

    >>> from tracker.core.shelf import Memory
    >>> turns = Turns(Memory(), lambda pair: True)
    >>> for rank, pair in (3, 7), (5, 9), (3, 2), (3, 7):
    ...     turns.put(rank, pair)
    >>> list(turns)
    [(5, 9), (3, 2), (3, 7)]
    """

    def __init__(self, shelf: Shelf, again: Callable[[int], bool]) -> None:
        self._shelf, self._again = shelf, again
        self.waiting: defaultdict[int, array[int]] = defaultdict(_pairs)
        self._lying: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
        self._rank = _TOP  # of the turns that come now; nothing is as high
        self._now: list[int] = []
        self._fresh: list[int] = []  # a heap of turns: of the same rank or a better one
        self._pushed: set[int] = set()
        self._seen: set[int] = set()
        self._most = SEEN

    def put(self, rank: int, pair: int) -> None:
        """Have a pair come at its turn, unless that was there before."""
        if rank < self._rank:
            self.waiting[rank].append(pair)
            return
        turn = _turn(rank, pair)
        if (
            turn in self._pushed
            or turn in self._seen
            or (rank == self._rank and self._is_now(pair))
        ):
            return
        self._pushed.add(turn)
        heappush(self._fresh, turn)

    def _is_now(self, pair: int) -> bool:
        at = bisect_left(self._now, pair)
        return self._now[at : at + 1] == [pair]

    def passed(self, rank: int, pair: int) -> None:
        """Remember a turn that changed nothing, so that it does not come again."""
        self._seen.add(_turn(rank, pair))

    def lay_down(self) -> None:
        """Put what waits on the shelf, once there is much of it."""
        if sum(map(len, self.waiting.values())) < HELD:
            return
        for rank, pairs in self.waiting.items():
            self._lying[rank].append((self._shelf.put(pairs.tobytes()), len(pairs)))
        self.waiting.clear()

    def __iter__(self) -> Iterator[tuple[int, int]]:
        """Rank and pair of each turn; more may be put meanwhile."""
        fresh = self._fresh
        while self.waiting or self._lying:
            rank = self._rank = max((*self.waiting, *self._lying))
            self._now = sorted(set(self._taken(rank)))
            for pair in self._now:
                if fresh:
                    yield from self._before(_turn(rank, pair))
                yield rank, pair
            yield from self._before(_turn(rank, _PAIR))
            self._forget()

    def _taken(self, rank: int) -> Iterable[int]:
        """The pairs of a rank, which then wait no longer."""
        self.lay_down()
        found = self.waiting.pop(rank, None) or _pairs()
        for at, count in self._lying.pop(rank, ()):
            found.frombytes(self._shelf.get(at, count * _WORD))
        return found

    def _before(self, turn: int) -> Iterator[tuple[int, int]]:
        while self._fresh and self._fresh[0] < turn:
            best = heappop(self._fresh)
            yield _TOP - (best >> 2 * BITS), best & _PAIR

    def _forget(self) -> None:
        """Forget the turns of pairs that are no longer two parts: nobody puts them again."""
        self._pushed.clear()
        if len(self._seen) > self._most:
            self._seen = {turn for turn in self._seen if self._again(turn & _PAIR)}
            self._most = max(SEEN, 2 * len(self._seen))


def _turn(rank: int, pair: int) -> int:
    """The earlier it comes the smaller."""
    return (_TOP - rank) << 2 * BITS | pair


def _pairs() -> array[int]:
    return array("Q")
