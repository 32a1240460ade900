"""One process that parses, as its parent sees it: two pipes, and one job at a time.

A child that knows its rules can copy itself (``worker``): a copy shares what the first one loaded,
and costs a third of its memory and none of its time. Pipes for copies are made before the child is
started, as that is when it can be given them.
"""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import fields
from functools import cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from tracker.feeds.program import Program

if TYPE_CHECKING:  # a child is started before what reads its answers is loaded
    from tracker.feeds.document import Document, Hints

MOST_ANSWER: Final = 64 << 20
LESSON_SECONDS: Final = 5.0
PARTING_SECONDS: Final = 0.5
CAN_COPY: Final = sys.platform == "linux"
"""Elsewhere system libraries do not bear a fork, or a child at work does not end with its pipe."""
_SPARING: Final = ("-X", "no_debug_ranges", "-m")
"""Where in its line an instruction stands nobody is told: code is a tenth smaller without."""
_RETURNED: Final = 128 << 10
"""Bytes from which on a piece of memory goes back to the system when it is let go. By itself the
system's library (of GNU) keeps room for what was the largest so far, in every child and copy."""
_AT_ONCE: Final = 1 << 16


class _Pipes(NamedTuple):
    """The parent's ends: where jobs go in and answers come out."""

    jobs: int
    answers: int


class Child:
    """A process, its pipes, and those kept for its copies."""

    def __init__(
        self,
        pipes: _Pipes,
        process: subprocess.Popen[bytes] | None = None,
        spare: tuple[_Pipes, ...] = (),
    ) -> None:
        self._pipes, self._process, self._spare = pipes, process, list(spare)
        for number in pipes:
            os.set_blocking(number, False)
        self.alive, self.answered = True, process is None
        self.since = time.monotonic()

    @property
    def copies(self) -> int:
        """How many copies it can still make."""
        return len(self._spare) if self.alive else 0

    @property
    def is_copy(self) -> bool:
        """Whether another child made it."""
        return self._process is None

    def teach(self, lesson: bytes) -> None:
        """Send what it must know before its first job."""
        with suppress(OSError):  # then it will not answer either
            self._send_block(time.monotonic() + LESSON_SECONDS, lesson)

    def copy(self, seconds: float) -> Child | None:
        """Have it copy itself, between two jobs; None where that fails."""
        pipes, end = self._spare.pop(), time.monotonic() + seconds
        try:
            self._send_block(end)
            if self._receive_block(end):
                return Child(pipes)
        except (OSError, EOFError, ValueError):
            self.alive = False
        _close(pipes)
        return None

    def ask(self, head: bytes, body: bytes, seconds: float) -> bytearray:
        """Send a job and wait for the answer, both within ``seconds``.

        Raises:
            TimeoutError, OSError, EOFError, ValueError: none comes; the child is of no more use.
        """
        end = time.monotonic() + seconds
        try:
            self._send_block(end, head, body)
            answer = self._receive_block(end)
        except BaseException:
            self.alive = False
            raise
        self.answered = True
        return answer

    def _send_block(self, end: float, *parts: bytes) -> None:
        self._send(sum(map(len, parts)).to_bytes(8, "big") + b"".join(parts[:1]), end)
        for part in parts[1:]:
            self._send(part, end)

    def _send(self, data: bytes, end: float) -> None:
        view = memoryview(data)
        while view:
            _wait([], [self._pipes.jobs], end)
            view = view[os.write(self._pipes.jobs, view[:_AT_ONCE]) :]

    def _receive_block(self, end: float) -> bytearray:
        size = int.from_bytes(self._receive(8, end), "big")
        if size > MOST_ANSWER:
            raise ValueError("an answer too large")
        return self._receive(size, end)

    def _receive(self, size: int, end: float) -> bytearray:
        data = bytearray(size)
        view = memoryview(data)
        while view:
            _wait([self._pipes.answers], [], end)
            got = os.readv(self._pipes.answers, [view])
            if not got:
                raise EOFError("the child ended") from None
            view = view[got:]
        return data

    def kill(self) -> None:
        """End it; whoever waits for its answer sees the end of the pipe.

        A copy is not ours to kill by its number. It ends, also in the midst of a body, when the
        pipe of its jobs does (``worker``); the pipe's own number stays taken, as another thread may
        be using it.
        """
        self.alive = False
        if self._process:
            self._process.kill()
            self._process.wait()
            return
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, self._pipes.jobs, inheritable=False)
        os.close(nowhere)

    def end(self) -> None:
        """Kill it and close the pipes; only for the thread that uses them, or where none does."""
        self.kill()
        if self.is_copy:  # its pages become its maker's: not both are to be held by one of them
            with suppress(TimeoutError):
                _wait([self._pipes.answers], [], time.monotonic() + PARTING_SECONDS)
        self.close()

    def close(self) -> None:
        """Close the pipes."""
        _close(self._pipes, *self._spare)
        self._spare.clear()


def started(program: Program, copies: int) -> Child:
    """A new process that runs ``program`` and can copy itself so many times.

    Raises:
        OSError: none can be started.
    """
    opened: list[int] = []
    try:
        ours, theirs = _pipes(1 + copies, opened)
        # Started by exec, so it is no matter that threads run; -P keeps the working directory out.
        process = subprocess.Popen(  # noqa: S603 - a module of our own
            [sys.executable, "-P", *_SPARING, program.module, *map(",".join, _words(theirs[1:]))],
            stdin=theirs[0][0], stdout=theirs[0][1], stderr=subprocess.DEVNULL,
            pass_fds=[number for pair in theirs[1:] for number in pair], env=_environment(),
        )  # fmt: skip
    except OSError:
        for number in opened:
            os.close(number)
        raise
    _close(*theirs)
    child = Child(ours[0], process, tuple(ours[1:]))
    if program.lesson:
        child.teach(program.lesson)
    return child


def job_head(hints: Hints, origin: Mapping[str, str] | None) -> bytes:
    """A job but for its body."""
    values: dict[str, Any] = {name: getattr(hints, name) for name in _of_hints()}
    values |= {"now": hints.now.isoformat(), "origin": origin}
    return json.dumps(values).encode() + b"\n"


@cache
def _of_hints() -> tuple[str, ...]:
    from tracker.feeds.document import Hints

    return tuple(field.name for field in fields(Hints))


def failed(error: Exception) -> Document:
    """What a body comes to that was not answered for."""
    from tracker.feeds.document import Document

    slow = isinstance(error, TimeoutError)
    why = "reading it takes too long" + ("" if slow else " or too much memory")
    return Document("", error=why, kind="parser")


def _pipes(count: int, opened: list[int]) -> tuple[list[_Pipes], list[tuple[int, int]]]:
    """Our ends and theirs of some pairs of pipes; ``opened`` is told of all."""
    ours, theirs = [], []
    for _ in range(count):
        jobs, answers = os.pipe(), None
        opened += jobs
        answers = os.pipe()
        opened += answers
        ours.append(_Pipes(jobs[1], answers[0]))
        theirs.append((jobs[0], answers[1]))
    return ours, theirs


def _words(pairs: list[tuple[int, int]]) -> list[tuple[str, str]]:
    return [(str(jobs), str(answers)) for jobs, answers in pairs]


def _close(*pairs: tuple[int, int]) -> None:
    for pair in pairs:
        for number in pair:
            os.close(number)


def _wait(readers: list[int], writers: list[int], end: float) -> None:
    left = end - time.monotonic()
    if left <= 0 or not any(select.select(readers, writers, [], left)):
        raise TimeoutError


def _environment() -> dict[str, str]:
    """The child needs no secrets: only what the interpreter itself looks at."""
    kept = ("PATH", "HOME", "LANG", "LC_ALL", "PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "TMPDIR")
    found = {name: os.environ[name] for name in kept if name in os.environ}
    return found | {"MALLOC_MMAP_THRESHOLD_": str(_RETURNED)}
