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
from dataclasses import asdict
from typing import Any, Final

from tracker.feeds.document import Document, Hints, from_plain

SECONDS: Final = 14.0  # of wall time for one body
WHOLE: Final = 40.0  # of fetching (at most 30) and reading one feed
MOST_ANSWER: Final = 64 << 20


class Parsers:
    """Up to ``most`` children; ``parse`` may be called from several threads."""

    def __init__(self, most: int = 2, seconds: float = SECONDS) -> None:
        self._free = threading.Semaphore(most)
        self._idle: list[_Child] = []
        self._all: set[_Child] = set()
        self._lock = threading.Lock()
        self._seconds = seconds
        self._closed = False
        self._rules = b""
        self._alone = threading.Semaphore(most)
        self.started = self.parsed = 0

    def teach(self, rules: bytes) -> None:
        """From now on have entries recognised as well, by a lexicon; one child does it all.

        It works while the parent stores; what it knows would take as much memory in each child.
        """
        with self._lock:
            self._rules, self._alone = rules, threading.Semaphore(1)

    def parse(self, body: bytes, hints: Hints, used: float = 0.0,
              origin: Mapping[str, str] | None = None) -> Document:  # fmt: skip
        """Have one body read; never raises for what the body holds.

        ``origin`` (feed, lang, publisher, tier, seen) asks for the readings of its entries.
        ``used`` are the seconds that its feed took already: a slow one is read in less time.
        """
        with self._free, self._alone:
            child = self._child()
            if child is None:
                return _failed("no process can be started to read it")
            lesson = b"" if child.taught else self._rules
            child.taught = bool(self._rules)
            job = _job(body, hints, lesson, origin)
            document = child.ask(job, min(self._seconds, WHOLE - used))
            with self._lock:
                self.parsed += 1
                if child.alive and not self._closed and not (self._rules and self._idle):
                    self._idle.append(child)
                else:
                    self._all.discard(child)
                    child.end()
            return document

    def _child(self) -> _Child | None:
        with self._lock:
            if self._closed:
                return None
            if self._idle:
                return self._idle.pop()
            try:
                child = _Child()
            except OSError:
                return None
            self._all.add(child)
            self.started += 1
            return child

    def close(self) -> None:
        """End every child, also those at work; no other is started."""
        with self._lock:
            self._closed = True
            for child in self._idle:
                child.end()
            # The pipes of a child at work belong to the thread that waits for its answer: closed
            # here, their numbers could go to another file under that thread's hands.
            for child in self._all.difference(self._idle):
                child.kill()
            self._all.clear()
            self._idle.clear()


def _job(body: bytes, hints: Hints, rules: bytes, origin: Mapping[str, str] | None) -> bytes:
    values: dict[str, Any] = asdict(hints)
    values |= {"now": hints.now.isoformat(), "rules": len(rules), "origin": origin}
    return json.dumps(values).encode() + b"\n" + rules + body


def _failed(why: str) -> Document:
    return Document("", error=why, kind="parser")


class _Child:
    """One process and the two pipes to it."""

    def __init__(self) -> None:
        # Started by exec, so it is no matter that threads run; -P keeps the working directory out.
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "tracker.feeds.worker"],
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
        self.taught = False

    def ask(self, job: bytes, seconds: float) -> Document:
        """Send a job and wait for the answer, both within ``seconds``."""
        end = time.monotonic() + seconds
        try:
            self._send(len(job).to_bytes(8, "big") + job, end)
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
