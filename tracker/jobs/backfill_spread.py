"""Reading parts here, in several processes, or on a Dask cluster: the same results in any order."""

from __future__ import annotations

import logging
import pickle
import socket
import zlib
from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from tracker.archives.parts import Part
from tracker.core.lexicon import Lexicon
from tracker.errors import Unreachable, UsageProblem
from tracker.jobs import workers
from tracker.jobs.backfill_part import Result, Task, read_part

PATIENCE: Final = 30
"""Seconds in which a scheduler must answer and have a worker."""
DEATHS: Final = 3
"""Times that a part may take its process with it before it is given up."""


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
            for result in workers.in_any_order(read_part, list(left.values()), task, jobs):
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


# ---- on a cluster -------------------------------------------------------------------------------


def cluster(parts: Sequence[Part], task: Task, address: str) -> Iterator[Result]:
    """Read on the workers of a Dask scheduler, which see the archives at the same paths.

    Only items that go on come back, with their mentions. A worker that dies costs the parts that
    it had a second try on another one.

    Raises:
        Unreachable: no scheduler there, one without workers, or one that went away.
        UsageProblem: dask is not installed, or one part ended its workers again and again.
        OSError: a worker cannot reach an archive.
    """
    for answer in _answers(parts, task, address):
        if isinstance(answer, OSError):
            raise answer
        yield answer


def _answers(parts: Sequence[Part], task: Task, address: str) -> Iterator[Result | OSError]:
    """What the workers answer; every error of the connection itself ends in ``Unreachable``."""
    distributed = _distributed()
    client = _client(distributed, address)
    try:
        yield from _on_workers(distributed, client, parts, task, _effort(address))
    except distributed.KilledWorker as error:
        raise UsageProblem(
            f"Reading ends its worker again and again: {error.task}.",
            hint="the same command without --cluster; what was read is kept",
        ) from error
    except _lost(distributed) as error:
        raise Unreachable(
            f"The scheduler at {address} went away; what was read is kept.",
            hint="the same command when it is back, or with --jobs",
        ) from error
    finally:
        _close(client)


def _lost(distributed: Any) -> tuple[type[BaseException], ...]:
    """What a scheduler that went away shows itself by, whatever was just asked of it."""
    from distributed.client import ClosedClientError

    # A connection that closes or cannot be made again is an OSError, as is a time-out.
    return distributed.CancelledError, CancelledError, ClosedClientError, OSError


def _close(client: Any) -> None:
    """Take leave, also of a scheduler that does not listen any more."""
    with suppress(Exception):  # nothing is asked of it any more
        client.close(timeout=2)


def _on_workers(distributed: Any, client: Any, parts: Sequence[Part], task: Task, effort: int
                ) -> Iterator[Result | OSError]:  # fmt: skip
    # A result of a call, not scattered data: when its workers die, it is made again.
    shared = client.submit(_same, _packed(task, effort), pure=False)
    here = str(Path.cwd())
    rest = (replace(part, base=here) for part in parts)
    done = distributed.as_completed(loop=client.loop)
    waiting = 0
    while True:
        most = max(2, sum(client.nthreads().values())) * workers.AHEAD
        while waiting < most and (part := next(rest, None)):
            done.add(client.submit(_read, part, shared, effort, pure=False))
            waiting += 1
        if not waiting:
            return
        answer = done.next().result()
        waiting -= 1
        yield answer if isinstance(answer, OSError) else _unpacked(answer)


def _effort(address: str) -> int:
    """How much is done for fewer bytes: nothing where they do not leave this machine.

    >>> _effort("tcp://127.0.0.1:8786"), _effort("tls://[::1]:8786"), _effort("tcp://10.0.0.7:8786")
    (0, 0, 1)
    """
    host = address.rpartition("://")[2].rpartition(":")[0].strip("[]")
    return 0 if host in ("localhost", "::1") or host.startswith("127.") else 1


def _packed(value: object, effort: int) -> bytes:
    """Bytes, which pass through scheduler and workers as they are."""
    return zlib.compress(pickle.dumps(value, pickle.HIGHEST_PROTOCOL), effort)


def _unpacked(packed: bytes) -> Any:
    return pickle.loads(zlib.decompress(packed))  # noqa: S301 - as dask itself takes what comes


def _same(packed: bytes) -> bytes:
    return packed


def _read(part: Part, packed: bytes, effort: int) -> bytes | OSError:
    """The part's result, packed; an archive out of reach as an answer: it is no lost connection."""
    try:
        with workers.sweeping_seldom():
            return _packed(read_part(part, _task(packed)), effort)
    except OSError as error:
        return error


@lru_cache(maxsize=1)
def _task(packed: bytes) -> Task:
    """The task of a run, with the lexicon that this worker has ready from the last one."""
    task: Task = _unpacked(packed)
    digest = task.lexicon.digest
    if digest not in _ready:
        _ready.clear()
        _ready[digest] = task.lexicon
    return replace(task, lexicon=_ready[digest])


_ready: Final[dict[str, Lexicon]] = {}


def _distributed() -> Any:
    try:
        import distributed
    except ImportError as error:
        raise UsageProblem(
            "--cluster needs Dask, which is not installed.", hint="pip install 'tracker[cluster]'"
        ) from error
    return distributed


def _readable(address: str) -> tuple[str, tuple[str, int]]:
    """Scheme, host and port; refuses what is no address: a half-made client never ends."""
    from distributed.comm import addressing, registry

    try:
        scheme, place = addressing.parse_address(address)
        registry.get_backend(scheme)
        return scheme, addressing.parse_host_port(place)
    except ValueError as error:
        raise UsageProblem(
            f"--cluster does not understand {address!r}: {error}.", hint="tcp://HOST:8786"
        ) from error


def _knock(scheme: str, place: tuple[str, int]) -> None:
    """Connect once, so that nobody waits for a client that tries an empty address again and again.

    Raises:
        OSError: nobody listens there.
    """
    if scheme in ("tcp", "tls"):
        socket.create_connection(place, PATIENCE).close()


def _quiet() -> None:
    """What the connection says of itself is said by our messages; each logger has its own level."""
    for name in ["distributed", *logging.root.manager.loggerDict]:
        if name.split(".")[0] == "distributed":
            logging.getLogger(name).setLevel(logging.CRITICAL)


def _check_certificates(distributed: Any, scheme: str) -> None:
    """Before a client is made, which would leave a thread behind."""
    if scheme not in ("tls", "wss"):
        return
    if not distributed.Security().get_connection_args("client").get("ssl_context"):
        raise UsageProblem(
            f"{scheme}:// needs certificates, and dask's settings name none.",
            hint="tcp://HOST:8786, or distributed.comm.tls in dask's settings",
        )


def _client(distributed: Any, address: str) -> Any:
    scheme, place = _readable(address)
    _check_certificates(distributed, scheme)
    _quiet()
    try:
        _knock(scheme, place)
        client = distributed.Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, TimeoutError) as error:
        raise Unreachable(
            f"No scheduler answers at {address}.", hint="dask scheduler starts one; or --jobs 2"
        ) from error
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
    except TimeoutError as error:
        _close(client)
        raise Unreachable(
            f"The scheduler at {address} has no workers.", hint=f"dask worker {address}"
        ) from error
    except _lost(distributed) as error:
        _close(client)
        raise Unreachable(
            f"The scheduler at {address} went away; nothing was read.",
            hint="the same command when it is back, or with --jobs",
        ) from error
    return client
