"""Processes of this machine that apply one function to many things; they end with their parent."""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from multiprocessing.context import BaseContext
from typing import Any, Final, TypeVar

Thing = TypeVar("Thing")
Answer = TypeVar("Answer")
PATIENCE: Final = 1.0
"""Seconds for the thread of a pool to end; one that hangs on half an answer is left alone."""
AHEAD: Final = 3
"""Things handed out for each process at a time; bounds what waits in memory."""
_SELDOM: Final = (100_000, 50, 50)  # new things, and rounds, after which a round is made

_shared: Any = None


def in_any_order(
    apply: Callable[[Thing, Any], Answer], things: Iterable[Thing], shared: Any, jobs: int
) -> Iterator[Answer]:
    """``apply(thing, shared)`` of each thing, as soon as it is there.

    Raises:
        BrokenProcessPool: a process died.
    """
    with crew(shared, jobs) as hands:
        yield from hands.in_any_order(apply, things)


def in_order(
    apply: Callable[[Thing, Any], Answer], things: Iterable[Thing], shared: Any, jobs: int,
    *, behind: int = 0,
) -> Iterator[tuple[Thing, Answer]]:  # fmt: skip
    """Each thing with ``apply(thing, shared)``, in the order given.

    The processes stand ``behind`` the others by so many steps of niceness.

    Raises:
        BrokenProcessPool: a process died.
    """
    with crew(shared, jobs, behind) as hands:
        yield from hands.in_order(apply, things)


class Crew:
    """Some processes that share something, for one kind of work after another or side by side."""

    def __init__(self, pool: ProcessPoolExecutor, jobs: int) -> None:
        self._pool, self._ahead = pool, jobs * AHEAD

    def in_any_order(
        self, apply: Callable[[Thing, Any], Answer], things: Iterable[Thing]
    ) -> Iterator[Answer]:
        """``apply(thing, shared)`` of each thing, as soon as it is there.

        Raises:
            BrokenProcessPool: a process died.
        """
        waiting: set[Future[Answer]] = set()
        rest = iter(things)
        while True:
            while len(waiting) < self._ahead and (thing := next(rest, None)) is not None:
                waiting.add(self._pool.submit(_apply, apply, thing))
            if not waiting:
                return
            done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
            for future in done:
                yield future.result()

    def in_order(
        self, apply: Callable[[Thing, Any], Answer], things: Iterable[Thing]
    ) -> Iterator[tuple[Thing, Answer]]:
        """Each thing with ``apply(thing, shared)``, in the order given.

        Raises:
            BrokenProcessPool: a process died.
        """
        waiting: deque[tuple[Thing, Future[Answer]]] = deque()
        rest = iter(things)
        while True:
            while len(waiting) < self._ahead and (thing := next(rest, None)) is not None:
                waiting.append((thing, self._pool.submit(_apply, apply, thing)))
            if not waiting:
                return
            first, future = waiting.popleft()
            yield first, future.result()


@contextmanager
def crew(shared: Any, jobs: int, behind: int = 0) -> Iterator[Crew]:
    """``jobs`` processes that hold ``shared``; they end with the block."""
    pool = _pool(shared, jobs, behind)
    try:
        yield Crew(pool, jobs)
    finally:
        _end(pool)


def context() -> BaseContext:
    """How processes are started: as copies of this one where that is safe, which costs nothing.

    A copy of a process with threads may hold locks that nobody will open; others start afresh.
    """
    alone = sys.platform == "linux" and threading.active_count() == 1
    return get_context("fork" if alone else "spawn")


def _pool(shared: Any, jobs: int, behind: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(jobs, context(), initializer=_begin, initargs=(shared, behind))


def _end(pool: ProcessPoolExecutor) -> None:
    """End the processes now: what they were at is asked for another time."""
    running = list((getattr(pool, "_processes", None) or {}).values())
    thread: threading.Thread | None = getattr(pool, "_executor_manager_thread", None)
    answers: Any = getattr(pool, "_result_queue", None)  # the pool lets go of it
    pool.shutdown(wait=False, cancel_futures=True)
    for process in running:
        process.kill()  # one that has just begun still has its parent's handler of gentler signals
    for process in running:
        process.join()
    if thread is not None:  # while it runs, further processes cannot be copies of this one
        with suppress(AttributeError, OSError):  # who waits for the rest of an answer meets its end
            answers._writer.close()
        thread.join(PATIENCE)


def seldom_swept() -> None:
    """Have this process look for garbage in rings seldom.

    Rows and nouns, made by the hundred thousand, hold none.
    """
    gc.freeze()  # what is here stays, and pages shared with a parent stay shared
    gc.set_threshold(*_SELDOM)


@contextmanager
def sweeping_seldom() -> Iterator[None]:
    """The same for as long as the block lasts, in a process that is somebody else's."""
    before = gc.get_threshold()
    gc.set_threshold(*_SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def give_back() -> None:
    """Give memory that nothing lies in back to the system, where its library can be told.

    Processes that begin as copies of this one need not have it either.
    """
    with suppress(ImportError, OSError, AttributeError, TypeError):
        import ctypes  # not where nothing grew

        ctypes.CDLL(None).malloc_trim(0)


def _begin(shared: Any, behind: int) -> None:
    global _shared
    _shared = shared
    if behind and sys.platform != "win32":
        os.nice(behind)
    # a copy has the handler of the command line: ended while it takes work, it would give the
    # lock back in the middle of a message, and the next would read the rest as one of its own
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    seldom_swept()
    end_with_parent()


def end_with_parent() -> None:
    """Have this process end when its parent does."""
    threading.Thread(target=_with_parent, daemon=True).start()


def _with_parent() -> None:
    """End with the parent, however that ended: nobody waits for the answer any more."""
    from multiprocessing import connection, parent_process

    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)


def _apply(apply: Callable[[Thing, Any], Answer], thing: Thing) -> Answer:
    return apply(thing, _shared)
