"""Reading parts here, in several processes, or on a Dask cluster: the same results in any order."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from typing import Any, Final

from tracker.archives.parts import Part
from tracker.errors import Unreachable, UsageProblem
from tracker.jobs.backfill_part import Result, Task, read_part

AHEAD: Final = 3
"""Parts handed out for each process at a time; bounds what waits in memory."""
PATIENCE: Final = 30
"""Seconds in which a scheduler must answer and have a worker."""
DEATHS: Final = 3
"""Times that a part may take its process with it before it is given up."""

_task: Task | None = None


def alone(parts: Sequence[Part], task: Task) -> Iterator[Result]:
    """Read in this process."""
    for part in parts:
        yield read_part(part, task)


def processes(parts: Sequence[Part], task: Task, jobs: int) -> Iterator[Result]:
    """Read in ``jobs`` processes of this machine; one that dies costs its parts a second try.

    Raises:
        UsageProblem: one part ended its process again and again.
    """
    left = {part.number: part for part in parts}
    deaths = 0
    while left:
        try:
            for result in _pooled(list(left.values()), task, jobs):
                del left[result.number]
                yield result
        except BrokenProcessPool as error:
            deaths += 1
            if deaths >= DEATHS:
                first = next(iter(left.values()))
                raise UsageProblem(
                    f"Reading ends its process again and again, near {first.archive}.",
                    hint="the same command with --jobs 1; what was read is kept",
                ) from error


def _pooled(parts: Sequence[Part], task: Task, jobs: int) -> Iterator[Result]:
    import multiprocessing

    pool = ProcessPoolExecutor(
        jobs, multiprocessing.get_context("spawn"), initializer=_begin, initargs=(task,)
    )
    waiting: set[Future[Result]] = set()
    rest = iter(parts)
    try:
        while True:
            for part in rest:
                waiting.add(pool.submit(_read, part))
                if len(waiting) >= jobs * AHEAD:
                    break
            if not waiting:
                return
            done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
            for future in done:
                yield future.result()
    finally:
        _end(pool)


def _end(pool: ProcessPoolExecutor) -> None:
    """End the processes now: what they were at is read again another time."""
    running = list((getattr(pool, "_processes", None) or {}).values())
    pool.shutdown(wait=False, cancel_futures=True)
    for process in running:
        process.terminate()
    for process in running:
        process.join()


def _begin(task: Task) -> None:
    global _task
    _task = task
    threading.Thread(target=_with_parent, daemon=True).start()


def _with_parent() -> None:
    """End with the parent, however that ended: nobody waits for the answer any more."""
    from multiprocessing import connection, parent_process

    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)


def _read(part: Part) -> Result:
    assert _task is not None
    return read_part(part, _task)


# ---- on a cluster -------------------------------------------------------------------------------


def cluster(parts: Sequence[Part], task: Task, address: str) -> Iterator[Result]:
    """Read on the workers of a Dask scheduler, which see the archives at the same paths.

    Only items that go on come back, with their mentions. A worker that dies costs the parts that
    it had a second try on another one.

    Raises:
        Unreachable: no scheduler there, one without workers, or one that went away.
        UsageProblem: dask is not installed, or one part ended its workers again and again.
    """
    distributed = _distributed()
    client = _client(distributed, address)
    try:
        yield from _on_workers(distributed, client, parts, task)
    except distributed.KilledWorker as error:
        raise UsageProblem(
            f"Reading ends its worker again and again: {error.task}.",
            hint="the same command without --cluster; what was read is kept",
        ) from error
    except (distributed.client.FutureCancelledError, distributed.comm.CommClosedError,
            TimeoutError) as error:  # fmt: skip
        raise Unreachable(
            f"The scheduler at {address} went away; what was read is kept.",
            hint="the same command when it is back, or with --jobs",
        ) from error
    finally:
        client.close(timeout=2)


def _on_workers(distributed: Any, client: Any, parts: Sequence[Part], task: Task
                ) -> Iterator[Result]:  # fmt: skip
    # A result of a call, not scattered data: when its workers die, it is made again.
    shared = client.submit(_same, task, pure=False)
    rest = iter(parts)
    done = distributed.as_completed(loop=client.loop)
    waiting = 0
    while True:
        most = max(2, sum(client.nthreads().values())) * AHEAD
        while waiting < most and (part := next(rest, None)):
            done.add(client.submit(read_part, part, shared, pure=False))
            waiting += 1
        if not waiting:
            return
        future = done.next()
        waiting -= 1
        yield future.result()


def _same(task: Task) -> Task:
    return task


def _distributed() -> Any:
    try:
        import distributed
    except ImportError as error:
        raise UsageProblem(
            "--cluster needs Dask, which is not installed.", hint="pip install 'tracker[cluster]'"
        ) from error
    return distributed


def _client(distributed: Any, address: str) -> Any:
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    try:
        client = distributed.Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, TimeoutError) as error:
        raise Unreachable(
            f"No scheduler answers at {address}.", hint="dask scheduler starts one; or --jobs 2"
        ) from error
    except ValueError as error:
        raise UsageProblem(
            f"--cluster does not understand {address!r}: {error}.", hint="tcp://HOST:8786"
        ) from error
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
    except TimeoutError as error:
        client.close(timeout=2)
        raise Unreachable(
            f"The scheduler at {address} has no workers.", hint=f"dask worker {address}"
        ) from error
    return client
