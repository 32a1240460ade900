"""What one request can come to: values for the expected, small exceptions inside this room."""

from __future__ import annotations

import errno
import socket
from datetime import datetime

from tracker.core.clean import clean_line
from tracker.core.polling import ErrorKind
from tracker.nouns import dataclass


@dataclass(frozen=True, slots=True)
class Headers:
    """What is remembered or judged of an answer's header; verbatim."""

    etag: str = ""
    last_modified: str = ""
    content_type: str = ""
    cache_control: str = ""
    expires: str = ""
    age: str = ""
    date: datetime | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """A body arrived, unpacked and within the limits.

    ``url`` is the address that gave it; ``moved_to`` the address to ask next time where every hop
    up to it was permanent (``moved_status`` 301 or 308), else empty. ``wire`` counts the bytes
    that travelled, ``seconds`` the time it took without waiting for turns.
    """

    body: bytes
    status: int
    url: str
    headers: Headers
    moved_to: str = ""
    moved_status: int = 0
    wire: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class NotModified:
    """The server says that nothing changed since the copy we described."""

    headers: Headers
    status: int = 304
    moved_to: str = ""
    moved_status: int = 0


@dataclass(frozen=True, slots=True)
class Failed:
    """No body. ``status`` is None where no answer arrived; ``why`` is for people.

    ``retry_after`` is the header as it came, ``host`` the host that sent it.
    """

    why: str
    kind: ErrorKind
    status: int | None = None
    retry_after: str = ""
    host: str = ""


Outcome = Fetched | NotModified | Failed


class Refusal(Exception):
    """An address that must not be asked; ``secret`` where a machine tells of itself there."""

    def __init__(self, host: str, *, secret: bool) -> None:
        super().__init__(f"{host} is a private or special address")
        self.host, self.secret = host, secret

    def words(self, *, redirected: bool) -> str:
        """Why, and how to allow it: somebody else's redirect is no reason to open much.

        >>> Refusal("169.254.169.254", secret=True).words(redirected=True)
        'redirected to 169.254.169.254, a private or special address: refused'
        """
        if not redirected:
            allowed = f'private_hosts = ["{self.host}"]'
            return f"{self}; to allow it, add it to private_hosts in feeds.toml: {allowed}"
        why = f"redirected to {self.host}, a private or special address: refused"
        return why if self.secret else f"{why}; private_hosts in feeds.toml can name it"


class TooLarge(Exception):
    """More bytes than are read."""


class BadPacking(Exception):
    """A content encoding that was not asked for, or does not unpack."""


def secured(error: Exception) -> bool:
    """Whether an error came of the encryption; a poll of plain addresses never loads it."""
    import ssl

    return isinstance(error, ssl.SSLError)


class Unreached(Exception):
    """No connection; ``kind`` says whether it is the network, this host or time."""

    def __init__(self, why: str, kind: ErrorKind) -> None:
        super().__init__(why)
        self.why, self.kind = why, kind

    @classmethod
    def of(cls, error: Exception, host: str) -> Unreached:
        """Put an error of the system in words."""
        if isinstance(error, socket.gaierror):
            if error.errno == socket.EAI_AGAIN:
                return cls(f"the name {host} cannot be looked up (no name service)", "network")
            return cls(f"the name {host} is not known", "unreachable")
        if isinstance(error, UnicodeError):
            return cls(f"{clean_line(host, 80)} is no host name", "unreachable")
        if isinstance(error, TimeoutError):
            return cls(f"{host} did not answer", "timeout")
        if secured(error):
            return cls(f"no secure connection to {host}: {clean_line(str(error), 200)}", "tls")
        number = getattr(error, "errno", None)
        if number in (errno.ENETUNREACH, errno.ENETDOWN, errno.EHOSTUNREACH):
            return cls("no route to the network", "network")
        if number == errno.ECONNREFUSED:
            return cls(f"{host} refused the connection", "unreachable")
        return cls(f"{host} broke the connection off: {clean_line(str(error), 120)}", "unreachable")
