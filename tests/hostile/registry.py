"""The behaviours by name, the connection they answer on, and the ways to write one down."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from tests.hostile.make import MB

LIMIT_BYTES = 200 * MB  # an endless stream stops here
LIMIT_SECONDS = 60.0  # or here
RSSH = "application/rss+xml; charset=utf-8"

Headers = dict[str, str | None]
Outcomes = str | Sequence[str]
Entries = int | tuple[int, int]


class Home(Protocol):
    """What a behaviour may ask of its server."""

    limit_seconds: float
    stopping: threading.Event

    def fill(self, text: str) -> str:
        """Fill {base}, {elsewhere} ... in."""


REASONS = {
    200: "OK",
    204: "No Content",
    206: "Partial Content",
    226: "IM Used",
    301: "Moved Permanently",
    302: "Found",
    303: "See Other",
    304: "Not Modified",
    307: "Temporary Redirect",
    308: "Permanent Redirect",
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    410: "Gone",
    429: "Too Many Requests",
    500: "Internal Server Error",
    502: "Bad Gateway",
    503: "Service Unavailable",
}


class Conn:
    def __init__(
        self,
        server: Home,
        sock: socket.socket,
        method: str,
        target: str,
        headers: dict[str, str],
        count: int,
    ) -> None:
        self.server, self.sock, self.method, self.target = server, sock, method, target
        self.headers, self.n = headers, count  # n: how many times this path was asked, from 1
        self.end = time.monotonic() + server.limit_seconds
        self.sent = 0

    def raw(self, data: bytes) -> bool:
        if time.monotonic() > self.end or self.sent > LIMIT_BYTES or self.server.stopping.is_set():
            return False
        self.sock.sendall(data)
        self.sent += len(data)
        return True

    def nap(self, seconds: float) -> bool:
        """Sleep, but stop when the limit passes or the client hangs up."""
        until = min(time.monotonic() + seconds, self.end)
        while time.monotonic() < until and not self.server.stopping.is_set():
            time.sleep(min(0.1, max(0.0, until - time.monotonic())))
        try:
            self.sock.setblocking(False)
            try:
                if self.sock.recv(1, socket.MSG_PEEK) == b"":
                    return False
            except (BlockingIOError, InterruptedError):
                pass
        except OSError:
            return False
        finally:
            self.sock.setblocking(True)
        return time.monotonic() < self.end

    def head(self, status: int, headers: Headers | None = None, version: str = "HTTP/1.1") -> None:
        h: Headers = {"Content-Type": "application/rss+xml; charset=utf-8", "Connection": "close"}
        h.update(headers or {})
        lines = [f"{version} {status} {REASONS.get(status, 'Status')}"]
        lines += [f"{k}: {v}" for k, v in h.items() if v is not None]
        self.raw(("\r\n".join(lines) + "\r\n\r\n").encode("utf-8", "surrogateescape"))

    def reply(self, status: int, data: bytes = b"", headers: Headers | None = None) -> None:
        h: Headers = {"Content-Length": str(len(data))}
        h.update(headers or {})
        self.head(status, h)
        if self.method != "HEAD":
            for at in range(0, len(data), 65536):
                if not self.raw(data[at : at + 65536]):
                    break


Answer = Callable[[Conn], None]


@dataclass
class Behaviour:
    """One way to misbehave, and what a good poller makes of it."""

    name: str
    group: str
    doc: str
    outcomes: tuple[str, ...]
    entries: tuple[int, int]
    fn: Answer | None
    polls: int = 1
    mode: str = "force"
    seconds: float = 45.0
    rss_mb: int | None = None
    url: str | None = None
    checks: tuple[str, ...] = ()
    title_has: str | None = None
    priority: int = 2

    def expected(self) -> str:
        lo, hi = self.entries
        n = f"{lo}" if lo == hi else f"{lo}-{hi}"
        words = {
            "ok": f"ok with {n} entries",
            "error": "feed error recorded",
            "moved": f"redirect stored, {n} entries",
            "gone": "gone: feed disabled",
            "skipped": "skipped",
            "refused": "refused, never requested",
            "not_modified": "not modified",
        }
        return " or ".join(words[o] for o in self.outcomes)

    def as_json(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "group": self.group,
            "priority": self.priority,
            "url": self.url or "{base}/b/" + self.name,
            "does": self.doc,
            "expected": self.expected(),
            "outcomes": list(self.outcomes),
            "entries": list(self.entries),
            "polls": self.polls,
            "mode": self.mode,
            "max_seconds": self.seconds,
            "max_rss_mb": self.rss_mb,
            "checks": list(self.checks),
            "title_has": self.title_has,
        }


REG: dict[str, Behaviour] = {}


def add(
    name: str, group: str, doc: str, outcomes: Outcomes, entries: Entries, fn: Answer | None,
    **more: Any,
) -> None:  # fmt: skip
    """Put a behaviour into the registry; ``entries`` is a number or the smallest and largest."""
    if name in REG:
        raise ValueError("twice: " + name)
    REG[name] = Behaviour(
        name,
        group,
        doc,
        (outcomes,) if isinstance(outcomes, str) else tuple(outcomes),
        (entries, entries) if isinstance(entries, int) else entries,
        fn,
        **more,
    )


def b(
    name: str, group: str, doc: str, outcomes: Outcomes, entries: Entries, **more: Any
) -> Callable[[Answer], Answer]:
    """The decorator for a behaviour that needs words of its own."""

    def keep(fn: Answer) -> Answer:
        add(name, group, doc, outcomes, entries, fn, **more)
        return fn

    return keep


def body(
    name: str,
    group: str,
    doc: str,
    outcomes: Outcomes,
    entries: Entries,
    make: bytes | Callable[[], bytes],
    ctype: str | None = RSSH,
    **more: Any,
) -> None:
    """A behaviour that is just a fixed body (made when first asked for) under a content type."""

    def fn(c: Conn) -> None:
        c.reply(200, make() if callable(make) else make, {"Content-Type": ctype} if ctype else {})

    add(name, group, doc, outcomes, entries, fn, **more)


def urlonly(
    name: str, doc: str, url: str, outcomes: Outcomes = ("refused", "error"), **more: Any
) -> None:
    """An address that must not be asked, or leads nowhere."""
    add(name, "address", doc, outcomes, more.pop("entries", 0), None, url=url, **more)


def listing() -> list[dict[str, Any]]:
    """Every behaviour for machines."""
    return [one.as_json() for one in REG.values()]
