"""Time and turns: one clock for the whole of a fetch, one request at a time to a host."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from typing import Any


class Clock:
    """The time left for one feed, and the socket to cut when there is none."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.end = time.monotonic() + seconds
        self.sock: Any = None

    def left(self) -> float:
        """Seconds left; never so few that a call with them would not wait at all."""
        return max(0.1, self.end - time.monotonic())

    def used(self) -> float:
        """Seconds that ran, without those spent waiting for one's turn."""
        return self.seconds - (self.end - time.monotonic())

    def over(self) -> bool:
        """Whether the time is up."""
        return time.monotonic() >= self.end


class Watch:
    """One thread that cuts connections whose time has run out.

    A timeout of the socket is no help against a server that sends a byte now and then.
    """

    def __init__(self) -> None:
        self._clocks: set[Clock] = set()
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None
        self._stopped = False

    @contextmanager
    def watched(self, seconds: float) -> Iterator[Clock]:
        """A clock that runs for the block; its connection is cut when it has run out."""
        clock = Clock(seconds)
        with self._changed:
            self._clocks.add(clock)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, daemon=True)
                self._thread.start()
        try:
            yield clock
        finally:
            with self._changed:
                self._clocks.discard(clock)

    def stop(self) -> None:
        """Watch no more."""
        with self._changed:
            self._stopped = True
            self._changed.notify()

    def _run(self) -> None:
        with self._changed:
            while not self._stopped:
                for clock in [clock for clock in self._clocks if clock.over()]:
                    _cut(clock.sock)
                self._changed.wait(0.25)


def _cut(sock: Any) -> None:
    """Shut a connection down under the thread that reads it."""
    if sock is not None:
        with suppress(OSError, ValueError, TypeError):  # it may be closed already
            # Not the method of an SSL socket, which would change it under its reader.
            socket.socket.shutdown(sock, socket.SHUT_RDWR)


class Gates:
    """One request at a time to a host, with a rest between two; none for the user's own hosts."""

    def __init__(self, pause: float, private: Collection[str]) -> None:
        self._pause, self._private = pause, private
        self._locks: dict[str, threading.Lock] = {}
        self._last: dict[str, float] = {}
        self._guard = threading.Lock()

    @contextmanager
    def through(self, host: str, clock: Clock) -> Iterator[None]:
        """Wait for one's turn; the wait does not count against the clock."""
        with self._guard:
            lock = self._locks.setdefault(host, threading.Lock())
        began = time.monotonic()
        with lock:
            pause = 0.0 if host in self._private else self._pause
            rest = self._last.get(host, -pause) + pause - time.monotonic()
            if rest > 0:
                time.sleep(rest)
            clock.end += time.monotonic() - began  # waiting for one's turn is not the host's fault
            try:
                yield
            finally:
                self._last[host] = time.monotonic()
