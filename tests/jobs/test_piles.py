"""Piles are the same, however many are compared before one is written."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.jobs.rooms import Room, copied
from tracker.jobs import derive, piles
from tracker.jobs.graph import Graph
from tracker.store import revisions

FIRMS = ("Huawei", "SMIC", "Inspur", "YMTC", "Cambricon", "Hygon")


class Busy:
    """Another's turn, who stores more, for as long as one would rather do something else."""

    def __init__(self, more: Callable[[], None]) -> None:
        self._more = more
        self.waited = 0

    def acquire(self, block: bool = True) -> bool:
        self._more()
        self.waited += block
        return block

    def release(self) -> None:
        """Nobody else waits."""


def reported(room: Room) -> tuple[sqlite3.Connection, Iterator[None]]:
    """A store of sixty texts of thirty items; each step reads ten of them."""
    db = room.house.writer()
    for number in range(60):
        day, firm = f"2026-07-{1 + number % 12:02}", FIRMS[(number % 30) % 6]
        what = f"US adds {firm} to Entity List" if number < 30 else f"US clears exports to {firm}"
        room.arrive(
            db, f"{what}, notice {number}", f"The Commerce Department said so on {day}.",
            published=f"{day}T12:00:00Z", item=f"{number % 30:016x}",
        )  # fmt: skip
    return db, read_by_tens(db, room)


def read_by_tens(db: sqlite3.Connection, room: Room) -> Iterator[None]:
    for batch in revisions.batches_after(db, 0, 10):
        derive.put_batch(db, room.rules, derive.texts_of(batch))
        yield


def held(db: sqlite3.Connection) -> list[tuple[object, ...]]:
    rows = db.execute(
        'SELECT key, node, 0 FROM blocks UNION ALL SELECT * FROM (SELECT "left", "right", score'
        " FROM joins) ORDER BY 1, 2"
    )
    return [tuple(row) for row in rows]


def test_while_it_is_anothers_turn_the_next_pile_is_compared(
    template: Path, tmp_path: Path
) -> None:
    """Items whose newer text comes meanwhile stand in the graph with that one alone."""
    db, steps = reported(copied(template, tmp_path / "alone"))
    for _ in steps:
        piles.join_all(db, Graph(db), 10, last=True)
    alone = held(db)

    db, steps = reported(copied(template, tmp_path / "beside"))
    next(steps)
    busy = Busy(lambda: next(steps, None))
    piles.join_all(db, Graph(db), 10, last=True, turn=busy)  # type: ignore[arg-type]  # a lock
    assert next(steps, "none is left") == "none is left"
    assert busy.waited == 2  # six piles, of which three are written together
    assert held(db) == alone
