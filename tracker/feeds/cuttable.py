"""urllib3's connections to a proxy, which the clock of a fetch can cut.

Connections are made and kept deep inside that library, so each tells the clock of the thread that
asks by itself which socket is its own.
"""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, ProxyManager
from urllib3.connection import HTTPConnection, HTTPSConnection

from tracker.feeds.deadline import Clock

_ASKING: Final = threading.local()


@contextmanager
def told(clock: Clock) -> Iterator[None]:
    """Within the block this thread asks by ``clock``; the socket it then names is for closing."""
    _ASKING.clock = clock
    try:
        yield
    except BaseException:
        let_go(clock.sock)
        clock.sock = None
        raise
    finally:
        _ASKING.clock = None


def let_go(sock: socket.socket | None) -> None:
    """Close the handle by which a connection could be cut."""
    if sock is not None:
        sock.close()


class _Cuttable(HTTPConnection):
    """A connection that hands the clock a second handle of its socket.

    The first goes elsewhere: encryption takes it over, an answer that ends with the connection too.
    """

    def _new_conn(self) -> socket.socket:
        sock = super()._new_conn()
        _hand_over(sock.fileno())
        return sock

    def request(self, *asked: Any, **more: Any) -> None:
        """Send a request; on a connection that was kept the clock has no socket yet."""
        if self.sock is not None:
            _hand_over(self.sock.fileno())
        super().request(*asked, **more)


def _hand_over(number: int) -> None:
    clock: Clock | None = getattr(_ASKING, "clock", None)
    if clock is not None and clock.sock is None:
        clock.sock = socket.socket(fileno=os.dup(number))


class _Secure(_Cuttable, HTTPSConnection):
    """The same, encrypted."""


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Cuttable


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _Secure


def manager(proxy: str) -> ProxyManager:
    """Connections through ``proxy``, kept for the feeds of a host.

    Raises:
        ValueError: no proxy, or one of another kind.
    """
    made = ProxyManager(proxy, maxsize=4, retries=False)
    made.pool_classes_by_scheme = {"http": _Pool, "https": _SecurePool}
    return made
