"""One conditional GET over untrusted networks -> Fetched, NotModified or Failed.

Redirects are followed by hand: every hop is checked, its body is never read, credentials stay with
the origin they were given for. There are no cookies. One clock runs for the whole of it, and when
it has run out the connection is cut, wherever the other side dawdles.
"""

from __future__ import annotations

import base64
import http.client
import socket
import ssl
import threading
import time
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import unquote, urlsplit

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import HTTPError, LocationParseError, ProxyError, ReadTimeoutError

from tracker.core import address
from tracker.core.clean import clean_line
from tracker.core.polling import ErrorKind, host_of, http_date
from tracker.feeds import guard
from tracker.feeds.answers import (
    BadPacking,
    Failed,
    Fetched,
    Headers,
    NotModified,
    Outcome,
    Refusal,
    TooLarge,
    Unreached,
)
from tracker.feeds.blocked import looks_blocked
from tracker.feeds.proxies import proxy_for
from tracker.feeds.unpack import ACCEPTED, MOST_BYTES, Unpacker

SECONDS: Final = 30.0  # for one feed, from the first look-up to the last byte
READ_SECONDS: Final = 20.0  # of silence
MOST_REDIRECTS: Final = 10
_REDIRECTS: Final = (301, 302, 303, 307, 308)
_PIECE: Final = 1 << 16
_LOOK_AT: Final = 8192  # bytes of an error page, to tell a challenge from a refusal
ACCEPT: Final = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml,"
    " application/xml;q=0.9, text/xml;q=0.8, application/json;q=0.7, */*;q=0.5"
)


@dataclass(frozen=True, slots=True)
class Request:
    """What to ask: an address, the validators of our copy, and the feed's own headers.

    ``login`` is ``user:password``; it and ``headers`` belong to the origin of ``home`` (the
    address the user configured) and go nowhere else.
    """

    url: str
    home: str
    etag: str = ""
    last_modified: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    login: str = ""
    user_agent: str = ""


class Fetcher:
    """Asks; shared by the threads of one poll."""

    def __init__(
        self,
        *,
        user_agent: str,
        private_hosts: Collection[str] = (),
        pause: float = 0.0,
        environ: Mapping[str, str] | None = None,
        seconds: float = SECONDS,
        most_bytes: int = MOST_BYTES,
    ) -> None:
        self._agent = user_agent
        self._private = frozenset(private_hosts)
        self._environ = environ or {}
        self._seconds, self._most = seconds, most_bytes
        self._gates = _Gates(pause, self._private)
        self._watch = _Watch()
        self._here = threading.local()
        self._direct = self._pools()
        self._through: dict[str, urllib3.ProxyManager] = {}
        self._making = threading.Lock()

    def close(self) -> None:
        """Let go of every connection."""
        self._watch.stop()
        self._direct.clear()
        for manager in self._through.values():
            manager.clear()

    def proxied(self, url: str) -> str:
        """The proxy that requests for ``url`` go through; empty where there is none."""
        return proxy_for(url, self._environ)

    def fetch(self, request: Request) -> Outcome:
        """Ask for ``request``; never raises for anything the other side can do."""
        if why := address.why_not(request.url):
            return Failed(why, "refused")
        url, hops, moved, lasting = request.url, 0, ("", 0), True
        with self._watch.watched(self._seconds) as clock:
            self._here.clock = clock
            while True:
                answer = self._hop(request, url, clock, first=hops == 0)
                if not isinstance(answer, _Elsewhere):
                    return _with_move(answer, moved)
                hops += 1
                if hops > MOST_REDIRECTS:
                    return Failed(f"more than {MOST_REDIRECTS} redirects", "redirect")
                url = answer.url
                lasting = lasting and answer.status in (301, 308) and not _downgrade(request, url)
                if lasting:
                    moved = (address.without_password(url), answer.status)

    # ---- one hop ------------------------------------------------------------------------------

    def _hop(self, request: Request, url: str, clock: _Clock, *, first: bool) -> _Step:
        where: ErrorKind = "refused" if first else "redirect"
        try:
            parts = urlsplit(url)
            guard.check_name(parts.hostname or "", address.origin(url)[2], self._private)
            with self._gates.through(host_of(url), clock):
                return self._ask(request, url, clock)
        except Refusal as error:
            return Failed(str(error), where)
        except Unreached as error:
            return Failed(error.why, error.kind)
        except TooLarge as error:
            return Failed(str(error), "size")
        except BadPacking as error:
            return Failed(str(error), "encoding")
        except (HTTPError, http.client.HTTPException, OSError, ValueError, AttributeError) as error:
            # AttributeError: a connection that is cut by the watch while TLS is half-way.
            return _in_words(error, host_of(url), clock)

    def _ask(self, request: Request, url: str, clock: _Clock) -> _Step:
        response = self._manager(url).urlopen(
            "GET",
            address.without_password(url),
            headers=self._headers(request, url),
            redirect=False,
            retries=False,
            preload_content=False,
            decode_content=False,
            timeout=urllib3.Timeout(
                connect=guard.CONNECT_SECONDS, read=min(READ_SECONDS, clock.left())
            ),
        )
        try:
            return self._judge(request, url, response, clock)
        finally:
            if response.status == 304:
                response.release_conn()
            response.close()

    def _judge(self, request: Request, url: str, response: Any, clock: _Clock) -> _Step:
        status = int(response.status)
        if status in _REDIRECTS:
            return _redirect(url, response)
        if status == 304:
            if request.etag or request.last_modified:
                return NotModified(_headers(response))
            return Failed("304 although we have no copy", "status", 304)
        if status not in (200, 203, 226):
            return self._refused(url, response)
        body, wire = self._body(response, clock)
        return Fetched(body, status, url, _headers(response), wire=wire)

    def _body(self, response: Any, clock: _Clock) -> tuple[bytes, int]:
        length = response.headers.get("Content-Length", "")
        if length.isdigit() and int(length[:20]) > self._most:
            raise TooLarge(f"the body is larger than {self._most >> 20} MB")
        unpacker = Unpacker(response.headers.get("Content-Encoding", ""), self._most)
        for piece in response.stream(_PIECE, decode_content=False):
            unpacker.feed(piece)
            if clock.over():
                raise TimeoutError
        return unpacker.finish(), unpacker.wire

    def _refused(self, url: str, response: Any) -> Failed:
        """A status that is no feed: what it means, and whether it is a wall for robots."""
        status = int(response.status)
        head = b""
        if status in (401, 403, 405, 406, 429, 503):
            head = next(response.stream(_LOOK_AT, decode_content=False), b"")
        words = f"{status} {http.client.responses.get(status, '')}".strip()
        kind: ErrorKind = "status"
        if status == 410:
            kind = "gone"
        elif wall := looks_blocked(status, response.headers, head):
            kind, words = "blocked", f"{words}: blocked ({wall})"
        elif status in (401, 407):
            kind = "auth"
        elif status == 429:
            kind = "throttled"
        wait = response.headers.get("Retry-After", "") if status in (429, 503) else ""
        return Failed(words, kind, status, retry_after=wait, host=host_of(url))

    # ---- what is sent, and through what ---------------------------------------------------------

    def _headers(self, request: Request, url: str) -> dict[str, str]:
        headers = {
            "User-Agent": request.user_agent or self._agent,
            "Accept": ACCEPT,
            "Accept-Encoding": ACCEPTED,
        }
        if request.etag:
            headers["If-None-Match"] = request.etag
        if request.last_modified:
            headers["If-Modified-Since"] = request.last_modified
        if address.origin(url) == address.origin(request.home):
            headers |= request.headers
            login = request.login or _login(request.home)
            if login:
                token = base64.b64encode(login.encode()).decode()
                headers["Authorization"] = f"Basic {token}"
        return {name: _sendable(value) for name, value in headers.items()}

    def _manager(self, url: str) -> urllib3.PoolManager:
        proxy = self.proxied(url)
        if not proxy:
            return self._direct
        with self._making:
            if proxy not in self._through:
                self._through[proxy] = urllib3.ProxyManager(proxy, maxsize=4, retries=False)
            return self._through[proxy]

    def _pools(self) -> urllib3.PoolManager:
        """A pool manager whose connections go through the guard."""
        private, here = self._private, self._here

        class Guarded:
            host: str
            port: int
            sock: Any

            def _new_conn(self) -> socket.socket:
                clock: _Clock = here.clock
                sock = guard.connect(self.host, self.port, private, clock.left())
                clock.sock = sock
                return sock

            def request(self, *args: Any, **kwargs: Any) -> None:
                here.clock.sock = getattr(self, "sock", None)
                super().request(*args, **kwargs)  # type: ignore[misc]  # the next class has it

        class Plain(Guarded, HTTPConnection):
            pass

        class Secure(Guarded, HTTPSConnection):
            pass

        class PlainPool(HTTPConnectionPool):
            ConnectionCls = Plain

        class SecurePool(HTTPSConnectionPool):
            ConnectionCls = Secure

        manager = urllib3.PoolManager(num_pools=256, maxsize=1, retries=False)
        manager.pool_classes_by_scheme = {"http": PlainPool, "https": SecurePool}
        return manager


# ---- pieces -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Elsewhere:
    """A redirect that may be followed."""

    url: str
    status: int


_Step = Outcome | _Elsewhere


def _redirect(url: str, response: Any) -> _Step:
    location = response.headers.get("Location", "")
    with suppress(UnicodeError):  # where it was not sent as UTF-8 it is escaped as it stands
        location = location.encode("latin-1").decode("utf-8")
    if not location.strip():
        return Failed(f"{response.status} without an address to go to", "redirect", response.status)
    target = address.joined(url, location)
    if not target or (why := address.why_not(target)):
        shown = clean_line(location, 100)
        why = why if target else "not an address"
        return Failed(f"redirected to {shown!r}: {why}", "redirect", response.status)
    return _Elsewhere(target, int(response.status))


def _with_move(answer: Outcome, moved: tuple[str, int]) -> Outcome:
    if isinstance(answer, Fetched):
        return Fetched(
            answer.body, answer.status, answer.url, answer.headers, moved[0], moved[1], answer.wire
        )
    if isinstance(answer, NotModified):
        return NotModified(answer.headers, 304, moved[0], moved[1])
    return answer


def _downgrade(request: Request, url: str) -> bool:
    """Whether a permanent redirect would give up encryption for good: followed, never stored."""
    return request.url.lower().startswith("https:") and url.lower().startswith("http:")


def _headers(response: Any) -> Headers:
    def get(name: str) -> str:
        value = response.headers.get(name, "")
        return value if len(value) <= 1000 else ""

    return Headers(
        etag=get("ETag"),
        last_modified=get("Last-Modified"),
        content_type=get("Content-Type"),
        cache_control=get("Cache-Control"),
        expires=get("Expires"),
        age=get("Age"),
        date=http_date(get("Date")) if get("Date") else None,
    )


def _login(home: str) -> str:
    parts = urlsplit(home)
    if parts.username is None:
        return ""
    return f"{unquote(parts.username)}:{unquote(parts.password or '')}"


def _sendable(value: str) -> str:
    """A header value without characters that end it; validators are kept as their bytes."""
    return "".join(letter for letter in value if letter >= " " and letter != "\x7f")


def _in_words(error: Exception, host: str, clock: _Clock) -> Failed:
    if clock.over():
        return Failed(f"{host} took longer than {clock.seconds:.0f} s", "timeout")
    if isinstance(error, ReadTimeoutError | TimeoutError):
        return Failed(f"{host} fell silent", "timeout")
    cause = error.args[-1] if error.args and isinstance(error.args[-1], Exception) else error
    if isinstance(error, ProxyError):
        return Failed(f"the proxy does not answer: {clean_line(str(cause), 120)}", "network")
    if isinstance(cause, ssl.SSLError) or "SSL" in type(error).__name__:
        return Failed(f"no secure connection to {host}: {clean_line(str(cause), 160)}", "tls")
    if isinstance(error, LocationParseError):
        return Failed(clean_line(str(error), 160), "refused")
    if isinstance(cause, http.client.IncompleteRead) or "IncompleteRead" in str(error):
        return Failed("the body ended early", "cut")
    if isinstance(cause, ConnectionError):
        words = Unreached.of(cause, host)
        return Failed(words.why, words.kind)
    what = clean_line(str(cause), 160) or type(cause).__name__
    return Failed(f"{host} does not speak HTTP as it should: {what}", "status")


class _Clock:
    """The time left for one feed, and the socket to cut when there is none."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.end = time.monotonic() + seconds
        self.sock: Any = None

    def left(self) -> float:
        return max(0.1, self.end - time.monotonic())

    def over(self) -> bool:
        return time.monotonic() >= self.end


class _Watch:
    """One thread that cuts connections whose time has run out.

    A timeout of the socket is no help against a server that sends a byte now and then.
    """

    def __init__(self) -> None:
        self._clocks: set[_Clock] = set()
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None
        self._stopped = False

    @contextmanager
    def watched(self, seconds: float) -> Iterator[_Clock]:
        clock = _Clock(seconds)
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


class _Gates:
    """One request at a time to a host, with a rest between two; none for the user's own hosts."""

    def __init__(self, pause: float, private: Collection[str]) -> None:
        self._pause, self._private = pause, private
        self._locks: dict[str, threading.Lock] = {}
        self._last: dict[str, float] = {}
        self._guard = threading.Lock()

    @contextmanager
    def through(self, host: str, clock: _Clock) -> Iterator[None]:
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
