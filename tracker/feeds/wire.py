"""Connections: to checked addresses, through the standard library, kept open between feeds.

A poll asks hundreds of hosts once; a client library's import and its work on each request would
cost more than all that asking. Only where a proxy is named does urllib3 do the talking.
"""

from __future__ import annotations

import select
import threading
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from typing import Any, Final, Protocol
from urllib.parse import quote, urlsplit

from tracker.core import address
from tracker.core.clean import clean_line
from tracker.feeds import guard
from tracker.feeds.answers import Unreached
from tracker.feeds.deadline import Clock
from tracker.feeds.http1 import PIECE, Answer, CutOff, Garbled, NoAnswer, request

READ_SECONDS: Final = 20.0  # of silence
MOST_IDLE: Final = 64  # connections kept open
_TARGET: Final = "%/:=&?~+!$,;'@()*[]|"  # what a path may hold as it stands


class Response(Protocol):
    """The head of an answer, and its body in pieces, as it was packed."""

    status: int

    def header(self, name: str) -> str:
        """A header; several of one name are joined; empty where there is none."""

    def pieces(self, size: int = PIECE) -> Iterator[bytes]:
        """The body.

        Raises:
            OSError, Garbled: it broke off.
        """

    def finish(self) -> None:
        """Keep the connection where its answer was read to the end; close it otherwise."""


class Connections:
    """At most one idle connection to each origin; its users take turns (``deadline.Gates``)."""

    def __init__(self, private_hosts: Collection[str]) -> None:
        self._private = private_hosts
        self._idle: dict[tuple[str, str, int], _Plain] = {}
        self._closed = False
        self._lock = threading.Lock()

    def ask(self, url: str, headers: Mapping[str, str], clock: Clock) -> Response:
        """Send a GET and read the head of the answer.

        Raises:
            Refusal, Unreached: the address is forbidden, or nothing answers there.
            OSError, ValueError, Garbled: what answers is no web server.
        """
        place, target = address.origin(url), _target(url)
        connection = self._taken(place)
        if connection:
            try:
                return self._answer(place, connection, target, headers, clock)
            except (ConnectionError, NoAnswer):
                connection.close()  # it was closed while idle; a fresh one tells the truth
                if clock.over():
                    raise
        connection = (_Secure if place[0] == "https" else _Plain)(place[1], place[2], self._private)
        return self._answer(place, connection, target, headers, clock)

    def _answer(
        self,
        place: tuple[str, str, int],
        connection: _Plain,
        target: str,
        headers: Mapping[str, str],
        clock: Clock,
    ) -> Response:
        try:
            return _Direct(*connection.ask(target, headers, clock), connection, self, place)
        except BaseException:
            connection.close()
            raise

    def _taken(self, place: tuple[str, str, int]) -> _Plain | None:
        """The idle connection to ``place``, unless the other side has hung up."""
        with self._lock:
            connection = self._idle.pop(place, None)
        if connection is None or connection.usable():
            return connection
        connection.close()
        return None

    def keep(self, place: tuple[str, str, int], connection: _Plain) -> None:
        """Take a connection back for the next feed of its host, if there will be one."""
        with self._lock:
            old = connection if self._closed else self._put(place, connection)
        if old:
            old.close()

    def _put(self, place: tuple[str, str, int], connection: _Plain) -> _Plain | None:
        """Keep a connection; the one that has to go for it."""
        old = self._idle.pop(place, None)
        if old is None and len(self._idle) >= MOST_IDLE:
            old = self._idle.pop(next(iter(self._idle)))
        self._idle[place] = connection
        return old

    def close(self) -> None:
        """Close what is idle, and from now on what is given back."""
        with self._lock:
            self._closed = True
            idle, self._idle = list(self._idle.values()), {}
        for connection in idle:
            connection.close()


def _target(url: str) -> str:
    parts = urlsplit(url)
    return quote((parts.path or "/") + (f"?{parts.query}" if parts.query else ""), safe=_TARGET)


class _Plain:
    """A connection whose address is checked when it is made, and whose clock can cut it."""

    default_port = 80
    clock: Clock

    def __init__(self, host: str, port: int, private_hosts: Collection[str]) -> None:
        self.host, self.port, self._private = host, port, private_hosts
        self.sock: Any = None

    def connect(self) -> None:
        """Connect to the first permitted address."""
        self.sock = guard.connect(self.host, self.port, self._private, self.clock.left())
        self.clock.sock = self.sock

    def ask(self, target: str, headers: Mapping[str, str], clock: Clock) -> tuple[Answer, Any]:
        """Send a request, connecting first where that is to be done; the answer and its stream."""
        self.clock = clock
        clock.sock = self.sock
        asked = request(target, self._name(), headers)
        if self.sock is None:
            self.connect()
        self.sock.sendall(asked)
        self.sock.settimeout(min(READ_SECONDS, clock.left()))
        stream = self.sock.makefile("rb")
        try:
            return Answer(stream), stream
        except BaseException:
            stream.close()
            raise

    def _name(self) -> str:
        """The host as it is named in a request."""
        host = self.host if self.host.isascii() else self.host.encode("idna").decode()
        host = f"[{host.partition('%')[0]}]" if ":" in host else host
        return host if self.port == self.default_port else f"{host}:{self.port}"

    def usable(self) -> bool:
        """Whether the other side is still there and silent, as it should be."""
        if self.sock is None:
            return False
        watch = select.poll()
        watch.register(self.sock, select.POLLIN)
        return not watch.poll(0)

    def close(self) -> None:
        """Hang up."""
        sock, self.sock = self.sock, None
        if sock is not None:
            sock.close()


class _Secure(_Plain):
    """The same, encrypted; the certificate must fit the name."""

    default_port = 443

    def connect(self) -> None:
        """Connect and shake hands."""
        super().connect()
        self.sock = _context().wrap_socket(
            self.sock, server_hostname=self.host, do_handshake_on_connect=False
        )
        self.clock.sock = self.sock  # before the handshake: a slow one is cut as well
        self.sock.do_handshake()


@cache
def _context() -> Any:
    import ssl  # only where an address asks for it

    context = ssl.create_default_context()
    context.set_alpn_protocols(["http/1.1"])
    return context


class _Direct:
    """An answer from the host itself."""

    def __init__(
        self,
        answer: Answer,
        stream: Any,
        connection: _Plain,
        home: Connections,
        place: tuple[str, str, int],
    ) -> None:
        self.status = answer.status
        self.header, self.pieces = answer.header, answer.pieces
        self._answer, self._stream = answer, stream
        self._connection, self._home, self._place = connection, home, place

    def finish(self) -> None:
        self._stream.close()
        if self._answer.lasts():
            self._home.keep(self._place, self._connection)
        else:
            self._connection.close()


class Proxied:
    """What goes through a proxy. It looks names up and connects: address checks end there."""

    def __init__(self) -> None:
        self._managers: dict[str, Any] = {}
        self._lock = threading.Lock()

    def ask(self, proxy: str, url: str, headers: Mapping[str, str], clock: Clock) -> Response:
        """Send a GET through ``proxy``.

        Raises:
            Unreached: the proxy does not answer, or is of a kind that cannot be used.
            OSError, Garbled: what lies behind it does not.
        """
        from urllib3 import Timeout

        from tracker.feeds import cuttable

        left = clock.left()
        wait = Timeout(min(guard.CONNECT_SECONDS, left), min(READ_SECONDS, left))
        manager = self._manager(proxy)
        try:
            with cuttable.told(clock), _in_plain_errors():
                raw = manager.urlopen(
                    "GET", address.without_password(url), headers=dict(headers), redirect=False,
                    retries=False, preload_content=False, decode_content=False, timeout=wait,
                )  # fmt: skip
        except Unreached as error:
            if clock.over():  # it was cut
                raise TimeoutError from error
            raise
        return _Through(raw, clock.sock)

    def _manager(self, proxy: str) -> Any:
        from tracker.feeds import cuttable

        with self._lock:
            if proxy not in self._managers:
                try:
                    self._managers[proxy] = cuttable.manager(proxy)
                except ValueError as error:
                    raise Unreached(_no_use(proxy), "network") from error
            return self._managers[proxy]

    def close(self) -> None:
        """Let go of every connection."""
        for manager in self._managers.values():
            manager.clear()


def _no_use(proxy: str) -> str:
    """What is wrong with a proxy that is no http or https address; its password stays unsaid."""
    named = clean_line(address.without_password(proxy), 120) or "that the environment names"
    return f"the proxy {named} cannot be used: only http and https proxies can"


class _Through:
    """An answer that came through a proxy."""

    def __init__(self, raw: Any, handle: Any) -> None:
        self.status = int(raw.status)
        self._raw, self._handle = raw, handle

    def header(self, name: str) -> str:
        return str(self._raw.headers.get(name, ""))

    def pieces(self, size: int = PIECE) -> Iterator[bytes]:
        with _in_plain_errors():
            yield from self._raw.stream(size, decode_content=False)

    def finish(self) -> None:
        from tracker.feeds import cuttable

        self._raw.close()
        cuttable.let_go(self._handle)


@contextmanager
def _in_plain_errors() -> Iterator[None]:
    """What urllib3 wraps, as the standard library would have raised it."""
    from http.client import HTTPException, IncompleteRead

    from urllib3.exceptions import HTTPError, ProxyError, ReadTimeoutError

    try:
        yield
    except ProxyError as error:
        why = clean_line(str(error.original_error), 120)
        raise Unreached(f"the proxy does not answer: {why}", "network") from error
    except ReadTimeoutError as error:
        raise TimeoutError from error
    except HTTPError as error:
        cause = error.args[-1] if error.args else None
        if isinstance(cause, OSError):
            raise cause from error
        if isinstance(error, IncompleteRead) or isinstance(cause, IncompleteRead):
            raise CutOff("the body ended early") from error
        said = cause if isinstance(cause, HTTPException) else error
        raise Garbled(clean_line(str(said), 160) or type(said).__name__) from error
