"""Mentions into the graph, by this process or by one beside it, while more of them are stored.

Each pile of texts is compared in one go and written in one short transaction with its place. So it
makes no difference who does it, nor whether that one is killed: whoever comes next goes on.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext, suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from multiprocessing.synchronize import Lock
from pathlib import Path
from typing import Final, Protocol

from tracker.jobs import piles, workers
from tracker.jobs.graph import Graph
from tracker.store import schema, side
from tracker.store.schema import transaction

FEW: Final = 5000
"""Texts that one process takes before another has started."""
LOOK: Final = 0.2
"""Seconds after which it is told how far the process has come for which all wait at the end."""
PATIENCE: Final = 1.0
"""Seconds after which it is asked whether the one whose turn it is still lives."""


Tick = Callable[[str, int, int], None]


def worth(jobs: int, texts: int) -> int:
    """How many of ``jobs`` processes so many texts are worth."""
    return jobs if texts > FEW else 1


class Joiner(Protocol):
    """Puts in the graph what was stored so far."""

    def turn(self) -> AbstractContextManager[object]:
        """The caller's turn to write."""

    def more(self) -> None:
        """More mentions were stored."""


class Here:
    """Does it when told, in this process."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db, self._graph = db, Graph(db)

    def turn(self) -> AbstractContextManager[object]:
        """Nobody else writes."""
        return nullcontext()

    def more(self, *, last: bool = False) -> None:
        """Put every full pile in the graph, and with ``last`` what is left."""
        piles.join_all(self._db, self._graph, piles.JOINED, last=last)


class Beside:
    """Has a process do it, which looks whenever it is told that there is more."""

    def __init__(self, pipe: Connection, lock: Lock, process: BaseProcess) -> None:
        self._pipe, self._lock, self._process = pipe, lock, process

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait until the other does not write: SQLite would look again after ever longer sleeps."""
        while (lives := self._process.is_alive()) and not self._lock.acquire(timeout=PATIENCE):
            pass  # one that dies as it writes gives nothing back, and writes no more
        try:
            yield
        finally:
            if lives:
                self._lock.release()

    def more(self) -> None:
        """Tell it; one that has ended is not missed."""
        with suppress(OSError):
            self._pipe.send(True)


@contextmanager
def joiner(db: sqlite3.Connection, path: Path, kept: Path | None, jobs: int,
           tick: Tick = lambda *_: None) -> Iterator[Joiner]:  # fmt: skip
    """Somebody who joins; at the end every mention that was stored is in the graph.

    ``path`` is the file of ``db``, ``kept`` the database beside which it lies, if it is a side
    file. With several ``jobs`` it is done by a process of its own; ``tick`` is told how many texts
    are compared while that one alone is at work.
    """
    if jobs < 2:
        here = Here(db)
        yield here
        here.more(last=True)
        return
    context = workers.context()
    own, other = context.Pipe()
    lock = context.Lock()
    process = context.Process(target=_beside, args=(path, kept, piles.JOINED, lock, own, other))  # type: ignore[attr-defined]  # every context has it
    process.daemon = True
    process.start()
    other.close()
    try:
        yield Beside(own, lock, process)
        with suppress(OSError):
            own.send(False)
        tick("Comparing", *piles.compared(db))
        while process.is_alive():
            process.join(LOOK)
            tick("Comparing", *piles.compared(db))
    finally:
        process.terminate()
        process.join()
        own.close()
    # What it left: less than a pile, or all where it met an error, which is met here again.
    Here(db).more(last=True)


@contextmanager
def begun_late(db: sqlite3.Connection, joining: Joiner) -> Iterator[Callable[[], None]]:
    """What the block calls before it writes: its turn and its transaction last from then on."""
    with ExitStack() as held:

        def writes() -> None:
            if not db.in_transaction:
                held.enter_context(joining.turn())
                held.enter_context(transaction(db))

        yield writes


def _beside(path: Path, kept: Path | None, size: int, lock: Lock, others: Connection,
            pipe: Connection) -> None:  # fmt: skip
    others.close()  # the parent's end: it alone may hold the pipe open
    workers.seldom_swept()
    workers.end_with_parent()
    db = side.connected(path, kept) if kept else schema.open_writing(path)
    graph = Graph(db)
    late = nullcontext() if kept else schema.synced_late(db)
    # The one who stores meets the same error, or finishes without us.
    with suppress(EOFError, OSError, KeyboardInterrupt, sqlite3.Error), late:
        while pipe.recv():
            piles.join_all(db, graph, size, last=False, turn=lock)
    db.close()
