"""HTTP/1.1 as a poll needs it: the bytes of a GET, the head of its answer, the body in pieces.

The standard library's client loads a parser of mail and all of TLS, and reads each head as if it
were a letter: more than half of what an unchanged feed costs. Limits are as there, and tighter
where it trusts the server.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import BinaryIO, Final

MOST_LINE: Final = 1 << 16
MOST_HEADERS: Final = 100
MOST_INTERIM: Final = 20  # answers of the kind "100 Continue" before the real one
PIECE: Final = 1 << 16
_NO_BODY: Final = (204, 304)
_SWITCHING: Final = 101


class Garbled(Exception):
    """What answers does not speak HTTP as it should."""


class NoAnswer(Garbled):
    """It did not even begin to: perhaps an idle connection was closed meanwhile."""


class CutOff(Garbled):
    """The body ended early."""


def request(target: str, host: str, headers: Mapping[str, str]) -> bytes:
    r"""The bytes of a GET.

    >>> request("/f", "example.org", {"Accept": "*/*"})
    b'GET /f HTTP/1.1\r\nHost: example.org\r\nAccept: */*\r\n\r\n'

    Raises:
        ValueError: a header that would be more than one.
    """
    lines = [f"GET {target} HTTP/1.1", f"Host: {host}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    block = "\r\n".join(lines)
    if block.count("\r") != len(headers) + 1 or block.count("\n") != len(headers) + 1:
        raise ValueError("a header with a line feed in it")
    return b"\r\n".join(map(_as_bytes, lines)) + b"\r\n\r\n"


def _as_bytes(value: str) -> bytes:
    """A header's line; what a server sent goes back as the bytes that it was."""
    try:
        return value.encode("latin-1")
    except UnicodeEncodeError:
        return value.encode("utf-8", "replace")


class Answer:
    """The final answer on a connection: its head is read when it is made.

    Raises:
        Garbled: what comes is no answer.
        OSError: it broke off.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.version, self.status = _status(stream)
        self._headers = _headers(stream)
        for _ in range(MOST_INTERIM):
            if not 100 <= self.status < 200 or self.status == _SWITCHING:
                break
            self.version, self.status = _status(stream)
            self._headers = _headers(stream)
        else:
            raise Garbled(f"more than {MOST_INTERIM} answers before the answer")
        self.chunked = self.header("transfer-encoding").lower() == "chunked"
        self.left = self._length()
        self.whole = self.left == 0
        """Whether all of it was read."""

    def header(self, name: str) -> str:
        """A header; several of one name are joined; empty where there is none."""
        return self._headers.get(name.lower(), "")

    def _length(self) -> int | None:
        """Bytes of the body, as far as that is said."""
        if self.status in _NO_BODY or 100 <= self.status < 200:
            return 0
        if self.chunked:
            return None
        try:
            size = int(self.header("content-length"))
        except ValueError:
            return None
        return size if size >= 0 else None

    def lasts(self) -> bool:
        """Whether the connection can be asked again: all was read, and nobody means to close."""
        if not self.whole:
            return False
        said = self.header("connection").lower()
        return "close" not in said if self.version else "keep-alive" in said

    def pieces(self, size: int = PIECE) -> Iterator[bytes]:
        """The body, as it was packed.

        Raises:
            Garbled, OSError: it broke off.
        """
        if self.chunked:
            yield from self._chunks(size)
        else:
            yield from self._plainly(size)

    def _plainly(self, size: int) -> Iterator[bytes]:
        while self.left is None or self.left:
            piece = self._stream.read(size if self.left is None else min(size, self.left))
            if not piece and self.left is None:
                return  # it ends with the connection
            if not piece:
                raise CutOff("the body ended early")
            self.left = None if self.left is None else self.left - len(piece)
            self.whole = self.left == 0
            yield piece

    def _chunks(self, size: int) -> Iterator[bytes]:
        held, count = [], 0
        while left := self._chunk():
            while left:
                part = self._exactly(min(left, size - count))
                left -= len(part)
                held.append(part)
                count += len(part)
                if count >= size:
                    yield b"".join(held)
                    held, count = [], 0
            self._exactly(2)  # the end of its line
        if held:
            yield b"".join(held)
        _headers(self._stream)  # trailers: no more of them than of headers
        self.whole = True

    def _chunk(self) -> int:
        line = _line(self._stream, "the size of a chunk")
        try:
            size = int(line.partition(";")[0], 16)
        except ValueError:
            raise CutOff("the size of a chunk is no number") from None
        if size < 0:
            raise Garbled("a chunk of negative size")
        return size

    def _exactly(self, size: int) -> bytes:
        part = self._stream.read(size)
        if len(part) < size:
            raise CutOff("the body ended early")
        return part


def _line(stream: BinaryIO, what: str) -> str:
    line = stream.readline(MOST_LINE + 1)
    if len(line) > MOST_LINE:
        raise Garbled(f"{what} has more than {MOST_LINE} bytes")
    return line.decode("latin-1")


def _status(stream: BinaryIO) -> tuple[int, int]:
    """Version (the digit after the dot) and status."""
    line = _line(stream, "the first line")
    words = line.split(None, 2)
    if not line:
        raise NoAnswer("it hung up without an answer")
    if len(words) < 2 or not words[0].startswith("HTTP/"):
        raise NoAnswer(line.strip() or "an empty line")
    if not words[0].startswith(("HTTP/1.", "HTTP/0.9")):
        raise Garbled(f"it speaks {words[0]}")
    if not (len(words[1]) == 3 and words[1].isascii() and words[1].isdigit() and words[1] >= "100"):
        raise NoAnswer(line.strip())
    return int(words[0] not in ("HTTP/1.0", "HTTP/0.9")), int(words[1])


def _headers(stream: BinaryIO) -> dict[str, str]:
    """Names in small letters -> values; a line that begins with a blank goes on with the last."""
    found: dict[str, str] = {}
    last = ""
    for _ in range(MOST_HEADERS + 1):
        line = _line(stream, "a header")
        if not line.strip("\r\n"):
            return found
        name, colon, value = line.partition(":")
        if line[0] in " \t":
            found[last] = f"{found.get(last, '')} {line.strip()}"
        elif colon:
            last = name.lower()
            value = value.strip()
            found[last] = f"{found[last]}, {value}" if last in found else value
    raise Garbled(f"more than {MOST_HEADERS} headers")
