"""The events are the same, to the id, whoever builds them, and whoever dies meanwhile."""

from __future__ import annotations

import gc
import multiprocessing
import signal
import sqlite3
import sys
import threading
from pathlib import Path

import pytest

from tests.jobs.rooms import Room, copied
from tracker.jobs import builders, clustering, derive, piles, workers
from tracker.jobs.graph import Graph
from tracker.store import revisions

FIRMS = ("Huawei", "SMIC", "Inspur", "YMTC", "Cambricon", "Hygon")


def reported(room: Room) -> sqlite3.Connection:
    """A store of reports in the graph, of which no event was made yet."""
    db = room.house.writer()
    for number in range(72):
        day = f"2026-07-{1 + number % 12:02}"
        room.arrive(
            db, f"US adds {FIRMS[number % 6]} to Entity List, notice {number // 12}",
            f"The Commerce Department said so on {day}.", published=f"{day}T12:00:00Z",
        )  # fmt: skip
    for batch in revisions.batches_after(db, 0, 50):
        derive.put_batch(db, room.rules, derive.texts_of(batch))
    piles.join_all(db, Graph(db), piles.JOINED, last=True)
    return db


def made(db: sqlite3.Connection) -> list[tuple[object, ...]]:
    rows = db.execute(
        "SELECT e.id, e.body, m.node FROM events e JOIN event_members m ON m.event = e.number"
        " ORDER BY 1, 3"
    )
    return [tuple(row) for row in rows]


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Piles of few nodes, so that many are on their way at once."""
    monkeypatch.setattr(builders, "PILE", 5)
    monkeypatch.setattr(clustering, "FEW", 10)
    monkeypatch.setattr(derive, "BATCH", 20)


def made_by(room: Room, jobs: int, *, deaths: int = 0) -> list[tuple[object, ...]]:
    """What is made, where so many times every process that helps is killed."""
    db = reported(room)
    left = [deaths]

    def tick(_: str, done: int, __: int) -> None:
        if done and left[0]:
            left[0] -= 1
            children = multiprocessing.active_children()
            assert children
            for child in children:
                child.kill()
                child.join()

    clustering.make_events(
        db, room.rules, room.moment, tick, path=room.house.paths.db, jobs=jobs
    )  # fmt: skip
    assert not piles.unjoined(db)
    assert left == [0]
    return made(db)


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("deaths", [0, 1])
def test_two_build_what_one_builds_though_they_die(
    template: Path, tmp_path: Path, deaths: int
) -> None:
    one, two = copied(template, tmp_path / "one"), copied(template, tmp_path / "two")
    alone = made_by(one, 1)
    assert len({row[0] for row in alone}) > 20
    assert made_by(two, 2, deaths=deaths) == alone
    one.house.close()
    two.house.close()


def same(thing: int, _: None) -> int:
    return thing


def test_after_a_crew_others_can_be_copies_of_this_process() -> None:
    """A pool leaves a thread for a while, and who has threads is not copied but starts afresh."""
    before = threading.active_count()
    assert [found for _, found in workers.in_order(same, range(3), None, 2)] == [0, 1, 2]
    assert threading.active_count() == before


def sweeps(_: int, __: None) -> int:
    return gc.get_threshold()[0]


def test_processes_look_for_garbage_seldom_whatever_their_parent_does() -> None:
    """Rows and nouns hold no rings: looking through them all took a tenth of a long run."""
    before = gc.get_threshold()
    gc.set_threshold(700)
    try:
        found = [told for _, told in workers.in_order(sweeps, range(2), None, 2)]
    finally:
        gc.set_threshold(*before)
    assert min(found) >= 100_000


def ended_by(_: int, __: None) -> bool:
    return signal.getsignal(signal.SIGTERM) is signal.SIG_DFL


def test_processes_end_at_once_whatever_their_parent_does_with_the_signal() -> None:
    """A handler that unwinds lets go of the pipe in the middle of a message."""
    before = signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        found = [told for _, told in workers.in_order(ended_by, range(2), None, 2)]
    finally:
        signal.signal(signal.SIGTERM, before)
    assert all(found)
