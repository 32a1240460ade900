"""The parent's side of parsing: a few child processes, started when first needed, and reused.

A child that hangs, dies or says nonsense costs the one document it had.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from tracker.feeds import child as children
from tracker.feeds.child import Child, failed, job_head
from tracker.feeds.program import PARSER, Program

if TYPE_CHECKING:  # a child is started before what reads its answers is loaded
    from tracker.feeds.document import Document, Hints

SECONDS: Final = 14.0  # of wall time for one body
WHOLE: Final = 40.0  # of fetching (at most 30) and reading one feed
SLOW: Final = 3.0  # seconds at one body after which another child takes the next
LOADING: Final = 6.0  # further seconds until the first answer: the rules are loaded by then
MUCH: Final = 400_000  # bytes that wait to be read, from which on a further child pays


class Parsers:
    """One child, ``usual`` while much waits to be read, ``most`` while all of these are slow.

    ``parse`` may be called from several threads. Nothing is read while there is no ``room`` for
    what it comes to: bodies take less memory. Whoever makes room says so (``made_room``).
    """

    def __init__(self, usual: int = 1, most: int = 2, seconds: float = SECONDS,
                 program: Program = PARSER, room: Callable[[], bool] = lambda: True
                 ) -> None:  # fmt: skip
        self._usual, self._most = usual, max(usual, most)
        self._program, self._room = program, room
        self._idle: list[Child] = []
        self._all: set[Child] = set()
        self._lock = threading.Lock()
        self._freed = threading.Condition(self._lock)
        self._seconds = seconds
        self._closed = False
        self._waiting = 0  # bytes
        self._copying = False
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
        from tracker.feeds.document import Document, from_plain

        head = job_head(hints, origin)
        child = self._taken(len(body))
        if child is None:
            return Document("", error="no process can be started to read it", kind="parser")
        self._copy_of(child)
        try:
            answer = child.ask(head, body, min(self._seconds, WHOLE - used))
        except (OSError, EOFError, ValueError) as error:
            return failed(error)
        finally:
            self._give_back(child)  # before its answer is looked at: others wait for it
        try:
            return from_plain(json.loads(answer))
        except (ValueError, KeyError, TypeError) as error:
            child.alive = False
            return failed(error)

    def _taken(self, size: int) -> Child | None:
        """A child for one body: an idle one, a new one, or the first that is done with its own."""
        with self._freed:
            self._waiting += size
            try:
                while not self._closed:
                    room = self._room()
                    child = self._idle.pop() if self._idle and room else None
                    if child is None and room and len(self._all) < self._enough():
                        child = self._started()
                        if child is None:
                            return None
                    if child:
                        child.since = time.monotonic()
                        return child
                    self._freed.wait(SLOW)
                return None
            finally:
                self._waiting -= size

    def made_room(self) -> None:
        """There may be room again."""
        with self._freed:
            self._freed.notify(self._most)

    def _enough(self) -> int:
        """How many children there should be: a slow body must not hold up all the others."""
        now = time.monotonic()
        if all(now > child.since + SLOW + LOADING * (not child.answered) for child in self._all):
            return self._most
        can_copy = self._copying or any(child.copies for child in self._all)
        return self._usual if self._waiting >= MUCH and not can_copy else 1

    def _copy_of(self, child: Child) -> None:
        """Have a child that was just taken copy itself, where so much waits that it pays."""
        with self._lock:
            much = self._waiting >= MUCH and len(self._all) < self._usual
            if not much or self._copying or not child.copies:
                return
            self._copying = True
        copy = child.copy(self._seconds)
        with self._freed:
            self._copying = False
            if copy and self._closed:
                copy.end()
            elif copy:
                self.started += 1
                self._all.add(copy)
                self._idle.append(copy)
                self._freed.notify()

    def _started(self) -> Child | None:
        copies = self._usual - 1 if children.CAN_COPY and not self._all else 0
        try:
            child = children.started(self._program, copies)
        except OSError:
            return None
        self._all.add(child)
        self.started += 1
        return child

    def _give_back(self, child: Child) -> None:
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
            for child in sorted(self._all, key=lambda child: not child.is_copy):
                # The pipes of a child at work belong to the thread that waits for its answer:
                # closed here, their numbers could go to another file under that thread's hands.
                (child.end if child in self._idle else child.kill)()
            self._all.clear()
            self._idle.clear()
