"""Mentions that were read into the graph, a pile of texts at a time, each written with its place.

So it makes no difference who does it, nor when he is stopped: whoever comes next goes on.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from tracker.core import match
from tracker.jobs.graph import Graph
from tracker.store import revisions
from tracker.store.derived import Derived
from tracker.store.schema import meta, set_meta, transaction
from tracker.store.waiting import GRAPHED, UNJOINED

if TYPE_CHECKING:  # a poll needs no processes
    from multiprocessing.synchronize import Lock

JOINED: Final = 1000
"""Texts whose mentions are compared at once; which they are does not depend on who does it when."""
AHEAD: Final = 3
"""Piles that are compared, and written together, while it is another's turn to write."""


def leave(db: sqlite3.Connection) -> None:
    """What is read from here on is not in the graph until it is joined."""
    if not unjoined(db):
        set_meta(db, GRAPHED, meta(db, "derived_upto") or "0")
        set_meta(db, UNJOINED, "yes")


def unjoined(db: sqlite3.Connection) -> bool:
    """Whether some of what was read has no event yet."""
    return bool(meta(db, UNJOINED))


def joined(db: sqlite3.Connection) -> None:
    """Every node that was read has its event."""
    set_meta(db, UNJOINED, "")


def compared(db: sqlite3.Connection) -> tuple[int, int]:
    """Up to which text those that were read are in the graph, and up to which they were read."""
    upto = _read_upto(db)
    return int(meta(db, GRAPHED) or 0) if unjoined(db) else upto, upto


def join_all(db: sqlite3.Connection, graph: Graph, size: int, *, last: bool,
             turn: Lock | None = None) -> None:  # fmt: skip
    """Put every full pile of ``size`` texts in the graph, and with ``last`` what is left.

    ``turn`` is held while it writes; while it is another's, the next pile is compared.
    """
    piles = _Piles(db, graph)
    while True:
        texts = piles.following(size, last=last)
        if texts:
            piles.compare(texts)
        wait = not texts or piles.held >= AHEAD
        if piles.held and (turn is None or turn.acquire(block=wait)):
            try:
                piles.write()
            finally:
                if turn is not None:
                    turn.release()
        if not texts:
            return


class _Piles:
    """Piles that were compared and are not written yet, with the place of the last one."""

    def __init__(self, db: sqlite3.Connection, graph: Graph) -> None:
        self._db, self._graph, self._derived = db, graph, Derived(db)
        self._place = int(meta(db, GRAPHED) or 0)
        self._old: list[str] = []
        self._added: dict[str, list[str]] = {}
        self.held = 0

    def following(self, size: int, *, last: bool) -> Sequence[tuple[int, str]]:
        """The next pile: number and item of each text; none where fewer were read since."""
        if not unjoined(self._db):
            return ()
        texts = revisions.between(self._db, self._place, _read_upto(self._db), size)
        return texts if last or len(texts) == size else ()

    def compare(self, texts: Sequence[tuple[int, str]]) -> None:
        """Put the mentions of some texts in the graph, in the place of those of older ones."""
        items = sorted({item for _, item in texts})
        held = (node for item in items for node in self._added.pop(item, ()))
        old = sorted({*self._derived.standing(items), *held})
        self._graph.remove(old)
        fresh = {match.node_id(one): one for one in self._derived.relevant_of(items)}
        self._graph.add(fresh)
        for node, one in fresh.items():
            self._added.setdefault(one.item_id, []).append(node)
        self._old += old
        self._place = texts[-1][0]
        self.held += 1

    def write(self) -> None:
        """Write what was compared, in one transaction with its place."""
        with transaction(self._db):
            self._derived.drop_events(self._old)
            self._graph.write()
            set_meta(self._db, GRAPHED, str(self._place))
        self._old, self._added, self.held = [], {}, 0


def _read_upto(db: sqlite3.Connection) -> int:
    return int(meta(db, "derived_upto") or 0)
