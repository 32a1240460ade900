"""The child process that parses: limited in memory and time, fed through a pipe.

``python -m tracker.feeds.worker`` reads jobs from stdin and writes answers to stdout, each a
length (8 bytes, big-endian) and that many bytes. A job is a line of JSON, a line feed, the body.
An empty job asks for a copy of the process: the copy takes a pair of pipes whose numbers stand in
the command's words, and the first answers with one byte, or none where it could not.
Nothing that comes back is ever more than JSON values to the parent. A child that is to do more with
what it parsed is another module that calls ``main`` (``tracker.jobs.reading_child``).
"""

from __future__ import annotations

import fcntl
import gc
import json
import os
import resource
import select
import signal
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, Final, Protocol

from tracker.feeds.document import Document, Hints, to_plain

CPU_SECONDS: Final = 12  # for one body
WORK_SECONDS: Final = (
    9.0  # after which nothing is begun that could be left: it must be sent as well
)
MEMORY: Final = 220 << 20  # of address space for what is read, beyond what is mapped at the start
BEHIND: Final = 2
"""Steps of niceness behind the parent: it is alone with what it stores, and all wait for it."""
MAPPED: Final = 400 << 20  # what may be mapped at the start, where the system does not say


class Further(Protocol):
    """What is done with a document besides."""

    def __call__(self, document: Document, origin: Mapping[str, str], seconds: float) -> Document:
        """The document with more, given what is known of its feed; it never raises."""

    def ready(self) -> None:
        """Load what any document could need."""


def main(begin: Callable[[bytes], Further | None] | None = None) -> None:
    """Answer jobs until the pipe closes.

    ``begin`` makes of the first block (the lesson) what is done with every document besides.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
    signal.signal(signal.SIGXCPU, signal.SIG_DFL)
    signal.signal(signal.SIGIO, signal.SIG_DFL)
    _limit(resource.RLIMIT_AS, _mapped() + MEMORY)
    _limit(resource.RLIMIT_CORE, 0)
    os.nice(BEHIND)
    jobs, answers = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # a stray word must not break the protocol
    _more_time()
    lesson = read_block(jobs) if begin else None
    further = begin(lesson) if begin and lesson is not None else None
    spare = [tuple(map(int, word.split(","))) for word in sys.argv[1:]]
    while (job := read_block(jobs)) is not None:
        _more_time()
        if not job:
            _copy(spare, answers, further)
            continue
        _with_parent(jobs.fileno(), on=True)
        answer = _answer(job, further)
        _with_parent(jobs.fileno(), on=False)
        try:
            write_block(answers, answer)
        except BrokenPipeError:
            break
    os._exit(0)  # all is written; taking down what was loaded takes a while


def _copy(spare: list[tuple[int, ...]], answers: BinaryIO, further: Further | None) -> None:
    """Go on as two processes: this one, and one that answers the jobs of other pipes.

    No thread runs here, no file but the pipes is open, and what came by them was read to its end.
    """
    _load(further)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # a copy that ended is buried by the system
    gc.freeze()  # a page that is not written to stays shared
    theirs = spare.pop()
    try:
        process = os.fork()
    except OSError:
        process = -1
    if process == 0:
        os.dup2(theirs[0], 0)
        os.dup2(theirs[1], 1)
    for pair in [theirs, *(spare if process == 0 else ())]:
        for number in pair:
            os.close(number)
    if process == 0:
        spare.clear()
    else:
        write_block(answers, b"+" if process > 0 else b"")


def _load(further: Further | None) -> None:
    """Load what nearly every body needs, once for all copies."""
    from tracker.feeds import cut, parse, quick  # noqa: F401

    if further:
        further.ready()


def _with_parent(pipe: int, *, on: bool) -> None:
    """Die with the parent, also in the midst of a body: nobody waits for the answer any more.

    While a job is done nothing is sent, so the only event on the pipe of the jobs is that its
    other end closed; the system then sends SIGIO, which ends a process. (PR_SET_PDEATHSIG looks at
    the thread that started us, and threads of a poll end before it.)
    """
    flags = fcntl.fcntl(pipe, fcntl.F_GETFL)
    fcntl.fcntl(pipe, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(pipe, fcntl.F_SETFL, flags | os.O_ASYNC if on else flags & ~os.O_ASYNC)
    if on:
        watch = select.poll()
        watch.register(pipe, 0)  # a hang-up is always told
        if watch.poll(0):
            sys.exit(0)


def _mapped() -> int:
    """Bytes that the interpreter maps by itself; tables of locales alone can be 200 MB."""
    try:
        pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[0]
    except OSError:
        return MAPPED
    return int(pages) * resource.getpagesize()


def _limit(what: int, value: int) -> None:
    _, hard = resource.getrlimit(what)
    # A limit that is tighter already stays.
    most = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(what, (most, hard))


def _more_time() -> None:
    """Allow CPU_SECONDS from now; the limit of the system counts from the start of the process."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    spent = int(used.ru_utime + used.ru_stime) + 1
    _limit(resource.RLIMIT_CPU, spent + CPU_SECONDS)


def _answer(job: bytes, further: Further | None = None) -> bytes:
    try:
        return encoded(_parse(job, further))
    except MemoryError:
        document = Document("", error="reading it needs more memory than is allowed", kind="parser")
    except RecursionError:
        document = Document("", error="it is nested too deeply to be read", kind="parser")
    except Exception as error:  # noqa: BLE001 - one body must not end the worker
        document = Document("", error=f"the parser failed: {type(error).__name__}", kind="parser")
    return encoded(document)


def encoded(document: Document) -> bytes:
    """A document on its way back; characters that are no text are replaced."""
    try:
        return json.dumps(to_plain(document), ensure_ascii=False).encode("utf-8", "replace")
    except MemoryError:  # what was read in it can be read again, by the parent
        document = replace(document, readings=(), read_by="")
        return json.dumps(to_plain(document), ensure_ascii=False).encode("utf-8", "replace")


def _parse(job: bytes, further: Further | None) -> Document:
    from tracker.feeds.parse import parse

    head, _, body = job.partition(b"\n")
    values = json.loads(head)
    origin = values.pop("origin")
    begun = time.monotonic()
    document = parse(body, hints_from(values))
    left = WORK_SECONDS - (time.monotonic() - begun)
    return further(document, origin, left) if further and origin and document.entries else document


def hints_from(values: dict[str, Any]) -> Hints:
    """The hints of a job."""
    now = datetime.fromisoformat(values.pop("now"))
    options = tuple((str(key), str(value)) for key, value in values.pop("options"))
    return Hints(now=now, options=options, **values)


def read_block(stream: BinaryIO) -> bytes | None:
    """One block; None at the end of the stream."""
    head = stream.read(8)
    if len(head) < 8:
        return None
    size = int.from_bytes(head, "big")
    data = stream.read(size)
    return data if len(data) == size else None


def write_block(stream: BinaryIO, data: bytes) -> None:
    """Write one block."""
    stream.write(len(data).to_bytes(8, "big"))
    stream.write(data)
    stream.flush()


if __name__ == "__main__":
    main()
