"""The parent's side of parsing: a few child processes, started when first needed, and reused.

A child that hangs, dies or says nonsense costs the one document it had.
"""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import fields
from typing import Any, Final

from tracker.feeds.document import Document, Hints, from_plain
from tracker.nouns import dataclass

SECONDS: Final = 14.0  # of wall time for one body
WHOLE: Final = 40.0  # of fetching (at most 30) and reading one feed
MOST_ANSWER: Final = 64 << 20
SLOW: Final = 3.0  # seconds at one body after which another child takes the next
LESSON_SECONDS: Final = 5.0
_HINTS: Final = tuple(field.name for field in fields(Hints))


@dataclass(frozen=True, slots=True)
class Program:
    """What a child runs: ``worker``, or a module that does more; then it is told its ``lesson``."""

    module: str = "tracker.feeds.worker"
    lesson: bytes = b""


PARSER: Final = Program()


class Parsers:
    """Usually ``usual`` children, and up to ``most`` while all of these are slow.

    ``parse`` may be called from several threads.
    """

    def __init__(self, usual: int = 1, most: int = 2, seconds: float = SECONDS,
                 program: Program = PARSER) -> None:  # fmt: skip
        self._usual, self._most = usual, max(usual, most)
        self._program = program
        self._idle: list[_Child] = []
        self._all: set[_Child] = set()
        self._lock = threading.Lock()
        self._freed = threading.Condition(self._lock)
        self._seconds = seconds
        self._closed = False
        self.started = self.parsed = 0

    def prepare(self) -> None:
        """Start a child now: what it loads, it loads while the first body is on its way."""
        with self._lock:
            child = None if self._closed or self._all else self._started()
            self._idle += [child] if child else []

    def parse(self, body: bytes, hints: Hints, used: float = 0.0,
              origin: Mapping[str, str] | None = None) -> Document:  # fmt: skip
        """Have one body read; never raises for what the body holds.

        ``origin`` (feed, lang, publisher, tier, seen) is for a child that does more than parse.
        ``used`` are the seconds that its feed took already: a slow one is read in less time.
        """
        child = self._taken()
        if child is None:
            return _failed("no process can be started to read it")
        document = child.ask(_job(body, hints, origin), min(self._seconds, WHOLE - used))
        self._give_back(child)
        return document

    def _taken(self) -> _Child | None:
        """A child for one body: an idle one, a new one, or the first that is done with its own."""
        with self._freed:
            while not self._closed:
                child = self._idle.pop() if self._idle else None
                if child is None and len(self._all) < self._enough():
                    child = self._started()
                    if child is None:
                        return None
                if child:
                    child.since = time.monotonic()
                    return child
                self._freed.wait(SLOW)
            return None

    def _enough(self) -> int:
        """How many children there should be: a slow body must not hold up all the others."""
        late = time.monotonic() - SLOW
        return self._most if all(child.since < late for child in self._all) else self._usual

    def _started(self) -> _Child | None:
        try:
            child = _Child(self._program)
        except OSError:
            return None
        self._all.add(child)
        self.started += 1
        return child

    def _give_back(self, child: _Child) -> None:
        with self._freed:
            self.parsed += 1
            if child.alive and not self._closed:
                self._idle.append(child)
            else:
                self._all.discard(child)
                child.end()
            self._freed.notify()

    def close(self) -> None:
        """End every child, also those at work; no other is started."""
        with self._freed:
            self._closed = True
            self._freed.notify_all()
            for child in self._idle:
                child.end()
            # The pipes of a child at work belong to the thread that waits for its answer: closed
            # here, their numbers could go to another file under that thread's hands.
            for child in self._all.difference(self._idle):
                child.kill()
            self._all.clear()
            self._idle.clear()


def _job(body: bytes, hints: Hints, origin: Mapping[str, str] | None) -> bytes:
    values: dict[str, Any] = {name: getattr(hints, name) for name in _HINTS}
    values |= {"now": hints.now.isoformat(), "origin": origin}
    return json.dumps(values).encode() + b"\n" + body


def _failed(why: str) -> Document:
    return Document("", error=why, kind="parser")


class _Child:
    """One process and the two pipes to it."""

    def __init__(self, program: Program) -> None:
        # Started by exec, so it is no matter that threads run; -P keeps the working directory out.
        self._process = subprocess.Popen(  # noqa: S603 - a module of our own
            [sys.executable, "-P", "-m", program.module],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            env=_environment(),
        )  # fmt: skip
        assert self._process.stdin
        assert self._process.stdout
        self._in = self._process.stdin.fileno()
        self._out = self._process.stdout.fileno()
        os.set_blocking(self._in, False)
        os.set_blocking(self._out, False)
        self.alive = True
        self.since = time.monotonic()
        if program.lesson:
            with suppress(OSError):  # then it will not answer either
                self._send_block(program.lesson, time.monotonic() + LESSON_SECONDS)

    def ask(self, job: bytes, seconds: float) -> Document:
        """Send a job and wait for the answer, both within ``seconds``."""
        end = time.monotonic() + seconds
        try:
            self._send_block(job, end)
            size = int.from_bytes(self._receive(8, end), "big")
            if size > MOST_ANSWER:
                raise ValueError("an answer too large")
            return from_plain(json.loads(self._receive(size, end)))
        except TimeoutError:
            self.alive = False
            return _failed("reading it takes too long")
        except (OSError, EOFError, ValueError, KeyError, TypeError):
            self.alive = False
            return _failed("reading it takes too long or too much memory")

    def _send_block(self, block: bytes, end: float) -> None:
        self._send(len(block).to_bytes(8, "big") + block, end)

    def _send(self, data: bytes, end: float) -> None:
        view = memoryview(data)
        while view:
            _wait([], [self._in], end)
            view = view[os.write(self._in, view[: 1 << 16]) :]

    def _receive(self, size: int, end: float) -> bytes:
        parts, left = [], size
        while left:
            _wait([self._out], [], end)
            part = os.read(self._out, min(left, 1 << 20))
            if not part:
                raise EOFError("the child ended") from None
            parts.append(part)
            left -= len(part)
        return b"".join(parts)

    def kill(self) -> None:
        """Kill it; whoever waits for its answer sees the end of the pipe."""
        self._process.kill()
        self._process.wait()

    def end(self) -> None:
        """Kill it and close the pipes; only for the thread that uses them, or where none does."""
        self.alive = False
        self.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                pipe.close()


def _wait(readers: list[int], writers: list[int], end: float) -> None:
    left = end - time.monotonic()
    if left <= 0 or not any(select.select(readers, writers, [], left)):
        raise TimeoutError


def _environment() -> dict[str, str]:
    """The child needs no secrets: only what the interpreter itself looks at."""
    kept = ("PATH", "HOME", "LANG", "LC_ALL", "PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "TMPDIR")
    return {name: os.environ[name] for name in kept if name in os.environ}
