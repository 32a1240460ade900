"""One conditional GET over untrusted networks -> Fetched, NotModified or Failed.

Redirects are followed by hand: every hop is checked, its body is never read, credentials stay with
the origin they were given for. There are no cookies. One clock runs for the whole of it, and when
it has run out the connection is cut, wherever the other side dawdles.
"""

from __future__ import annotations

from binascii import b2a_base64
from collections.abc import Collection, Container, Mapping
from contextlib import suppress
from dataclasses import field, replace
from typing import Final
from urllib.parse import unquote, urlsplit

from tracker.core import address
from tracker.core.clean import clean_line
from tracker.core.headers import http_date
from tracker.core.polling import ErrorKind, host_of
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
    secured,
)
from tracker.feeds.deadline import Clock, Gates, Watch
from tracker.feeds.http1 import CutOff, Garbled
from tracker.feeds.proxies import proxy_for
from tracker.feeds.unpack import ACCEPTED, MOST_BYTES, Unpacker
from tracker.feeds.wire import Connections, Proxied, Response
from tracker.nouns import dataclass

SECONDS: Final = 30.0  # for one feed, from the first look-up to the last byte
MOST_REDIRECTS: Final = 10
_REDIRECTS: Final = (301, 302, 303, 307, 308)
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
    """Asks; shared by the threads of one poll.

    ``silent`` are hosts that no redirect is followed to, because they asked for silence.
    """

    def __init__(
        self,
        *,
        user_agent: str,
        private_hosts: Collection[str] = (),
        pause: float = 0.0,
        environ: Mapping[str, str] | None = None,
        seconds: float = SECONDS,
        most_bytes: int = MOST_BYTES,
        silent: Container[str] = (),
    ) -> None:
        self._agent = user_agent
        self._private = frozenset(private_hosts)
        self._environ = environ or {}
        self._seconds, self._most, self._silent = seconds, most_bytes, silent
        self._gates = Gates(pause, self._private)
        self._watch = Watch()
        self._direct = Connections(self._private)
        self._through = Proxied()

    def close(self) -> None:
        """Let go of every connection."""
        self._watch.stop()
        self._direct.close()
        self._through.close()

    def proxied(self, url: str) -> str:
        """The proxy that requests for ``url`` go through; empty where there is none."""
        return proxy_for(url, self._environ)

    def fetch(self, request: Request) -> Outcome:
        """Ask for ``request``; never raises for anything the other side can do."""
        if why := address.why_not(request.url):
            return Failed(why, "refused")
        url, hops, moved, lasting = request.url, 0, ("", 0), True
        with self._watch.watched(self._seconds) as clock:
            while True:
                answer = self._hop(request, url, clock, first=hops == 0)
                if not isinstance(answer, _Elsewhere):
                    return _with_move(answer if lasting else _not_for_good(answer), moved)
                hops += 1
                if hops > MOST_REDIRECTS:
                    return Failed(f"more than {MOST_REDIRECTS} redirects", "redirect")
                url = answer.url
                if host_of(url) in self._silent:
                    return Failed(f"{host_of(url)} asked for silence", "silent", host=host_of(url))
                lasting = lasting and answer.status in (301, 308) and not _downgrade(request, url)
                if lasting:
                    moved = (address.without_password(url), answer.status)

    # ---- one hop ------------------------------------------------------------------------------

    def _hop(self, request: Request, url: str, clock: Clock, *, first: bool) -> _Step:
        where: ErrorKind = "refused" if first else "redirect"
        try:
            parts = urlsplit(url)
            guard.check_name(parts.hostname or "", address.origin(url)[2], self._private)
            with self._gates.through(host_of(url), clock):
                return self._ask(request, url, clock)
        except Refusal as error:
            return Failed(error.words(redirected=not first), where)
        except Unreached as error:
            return Failed(error.why, error.kind)
        except TooLarge as error:
            return Failed(str(error), "size")
        except BadPacking as error:
            return Failed(str(error), "encoding")
        except (Garbled, OSError, ValueError) as error:
            return _in_words(error, host_of(url), clock)

    def _ask(self, request: Request, url: str, clock: Clock) -> _Step:
        headers, proxy = self._headers(request, url), self.proxied(url)
        if proxy:
            response = self._through.ask(proxy, url, headers, clock)
        else:
            response = self._direct.ask(url, headers, clock)
        try:
            return self._judge(request, url, response, clock)
        finally:
            clock.sock = None  # perhaps kept for other feeds: no more ours to cut
            response.finish()

    def _judge(self, request: Request, url: str, response: Response, clock: Clock) -> _Step:
        if clock.over():  # the connection was cut, and a head cut off looks whole
            raise TimeoutError
        status = response.status
        if status in _REDIRECTS:
            return _redirect(url, response)
        if status == 304:
            if request.etag or request.last_modified:
                return NotModified(_headers(response))
            return Failed("304 although we have no copy", "status", 304)
        if status not in (200, 203, 226):
            return self._refused(url, response)
        body, wire = self._body(response, clock)
        return Fetched(body, status, url, _headers(response), wire=wire, seconds=clock.used())

    def _body(self, response: Response, clock: Clock) -> tuple[bytes, int]:
        length = response.header("Content-Length")
        if length.isdigit() and int(length[:20]) > self._most:
            raise TooLarge(f"the body is larger than {self._most >> 20} MB")
        unpacker = Unpacker(response.header("Content-Encoding"), self._most)
        for piece in response.pieces():
            unpacker.feed(piece)
            if clock.over():
                raise TimeoutError
        if clock.over():  # the connection was cut, and a body without a length looks whole
            raise TimeoutError
        return unpacker.finish(), unpacker.wire

    def _refused(self, url: str, response: Response) -> Failed:
        """A status that is no feed: what it means, and whether it is a wall for robots."""
        from tracker.feeds.blocked import looks_blocked

        status = response.status
        head = self._peeked(response) if status in (401, 403, 405, 406, 429, 503) else b""
        words = f"{status} {_phrase(status)}".strip()
        kind: ErrorKind = "status"
        if status == 410:
            kind = "gone"
        elif wall := looks_blocked(status, _wall_signs(response), head):
            kind, words = "blocked", f"{words}: blocked ({wall})"
        elif status in (401, 407):
            kind = "auth"
        elif status == 429:
            kind = "throttled"
        wait = response.header("Retry-After") if status in (429, 503) else ""
        return Failed(words, kind, status, retry_after=wait, host=host_of(url))

    def _peeked(self, response: Response) -> bytes:
        """How the page of a refusal begins; what it lacks takes nothing from what was said."""
        with suppress(OSError, Garbled, TooLarge, BadPacking):
            unpacker = Unpacker(response.header("Content-Encoding"), self._most)
            unpacker.feed(next(response.pieces(_LOOK_AT), b""))
            return unpacker.so_far()
        return b""

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
                token = b2a_base64(login.encode(), newline=False).decode()
                headers["Authorization"] = f"Basic {token}"
        return {name: _sendable(value) for name, value in headers.items()}


# ---- pieces -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Elsewhere:
    """A redirect that may be followed."""

    url: str
    status: int


_Step = Outcome | _Elsewhere


def _redirect(url: str, response: Response) -> _Step:
    location = response.header("Location")
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
        return replace(answer, moved_to=moved[0], moved_status=moved[1])
    if isinstance(answer, NotModified):
        return replace(answer, moved_to=moved[0], moved_status=moved[1])
    return answer


def _not_for_good(answer: Outcome) -> Outcome:
    """What is gone behind a temporary redirect says nothing of the address that led there."""
    if isinstance(answer, Failed) and answer.kind == "gone":
        return replace(answer, kind="status")
    return answer


def _downgrade(request: Request, url: str) -> bool:
    """Whether a permanent redirect would give up encryption for good: followed, never stored."""
    return request.url.lower().startswith("https:") and url.lower().startswith("http:")


def _headers(response: Response) -> Headers:
    def get(name: str) -> str:
        value = response.header(name)
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


def _phrase(status: int) -> str:
    """What a status is called."""
    from http import HTTPStatus

    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""


def _wall_signs(response: Response) -> dict[str, str]:
    return {"cf-mitigated": response.header("cf-mitigated")}


def _login(home: str) -> str:
    parts = urlsplit(home)
    if parts.username is None:
        return ""
    return f"{unquote(parts.username)}:{unquote(parts.password or '')}"


def _sendable(value: str) -> str:
    """A header value without characters that end it; validators are kept as their bytes."""
    if value.isprintable():
        return value
    return "".join(letter for letter in value if letter >= " " and letter != "\x7f")


def _in_words(error: Exception, host: str, clock: Clock) -> Failed:
    if clock.over():
        return Failed(f"{host} took longer than {clock.seconds:.0f} s", "timeout")
    if isinstance(error, TimeoutError):
        return Failed(f"{host} fell silent", "timeout")
    if secured(error):
        return Failed(f"no secure connection to {host}: {clean_line(str(error), 160)}", "tls")
    if isinstance(error, CutOff):
        return Failed("the body ended early", "cut")
    if isinstance(error, ConnectionError | UnicodeError):
        words = Unreached.of(error, host)
        return Failed(words.why, words.kind)
    what = clean_line(str(error), 160) or type(error).__name__
    return Failed(f"{host} does not speak HTTP as it should: {what}", "status")
