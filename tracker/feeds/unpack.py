"""Unpacking with a limit on what comes out: one layer of gzip or deflate, nothing else."""

from __future__ import annotations

import codecs
import zlib
from typing import Final

from tracker.feeds.answers import BadPacking, TooLarge

MOST_BYTES: Final = 15 << 20  # decoded bytes of one body
ACCEPTED: Final = "gzip, deflate"
_GZIP: Final = b"\x1f\x8b"


class Unpacker:
    """Takes the bytes of a body as they arrive; keeps what they mean, at most ``most`` bytes."""

    def __init__(self, encoding: str, most: int = MOST_BYTES) -> None:
        self._most = most
        self._parts: list[bytes] = []
        self._size = self.wire = 0
        self._kind = _kind(encoding)
        self._engine: zlib._Decompress | None = None
        self._started = False

    def feed(self, data: bytes) -> None:
        """Take some bytes.

        Raises:
            TooLarge: more than ``most`` bytes came out.
            BadPacking: what arrived does not unpack.
        """
        if not data:
            return
        self.wire += len(data)
        if self.wire > self._most:  # packed, it may mean nothing at all
            raise TooLarge(f"the body is larger than {self._most >> 20} MB")
        if not self._started:
            self._begin(data)
        if self._engine is None:
            self._keep(data)
            return
        try:
            self._unpack(data)
        except zlib.error as error:
            raise BadPacking(f"the {self._kind} body does not unpack") from error

    def so_far(self) -> bytes:
        """What came out by now, whether or not it is all."""
        return b"".join(self._parts)

    def finish(self) -> bytes:
        """The whole body.

        Raises:
            BadPacking: the packed stream was cut off.
        """
        if self._engine is not None and not self._engine.eof:
            raise BadPacking(f"the {self._kind} body was cut off")
        return b"".join(self._parts)

    def _begin(self, data: bytes) -> None:
        """Look at the first bytes: servers say gzip and send plain text, and the reverse."""
        self._started = True
        plain = data.removeprefix(codecs.BOM_UTF8).lstrip()[:1] in (b"<", b"{")
        if data[:2] == _GZIP:
            self._kind, self._engine = "gzip", zlib.decompressobj(31)
        elif plain:
            return  # also under a name like "utf-8", which is no packing
        elif self._kind not in ("", "gzip", "deflate"):
            raise BadPacking(f"the body is packed as {self._kind!r}, which was not asked for")
        elif self._kind == "deflate":
            # RFC 1950's own test; many servers send the bare stream without that header.
            wrapped = data[0] & 0x0F == 8 and int.from_bytes(data[:2], "big") % 31 == 0
            self._engine = zlib.decompressobj(15 if wrapped else -15)

    def _unpack(self, data: bytes) -> None:
        while data:
            assert self._engine is not None
            if self._engine.eof:
                if self._kind != "gzip" or data[:2] != _GZIP:
                    return  # junk after the end, as every browser ignores it
                self._engine = zlib.decompressobj(31)
            self._keep(self._engine.decompress(data, self._most - self._size + 1))
            data = self._engine.unconsumed_tail or self._engine.unused_data

    def _keep(self, data: bytes) -> None:
        self._size += len(data)
        if self._size > self._most:
            raise TooLarge(f"the body is larger than {self._most >> 20} MB")
        if data:
            self._parts.append(data)


def _kind(encoding: str) -> str:
    """The one encoding named; empty for none.

    Raises:
        BadPacking: several.

    >>> _kind(""), _kind("identity"), _kind("X-GZip")
    ('', '', 'gzip')
    """
    names = [name.strip().lower() for name in encoding.split(",")]
    layers = [name.removeprefix("x-") for name in names if name not in ("", "identity")]
    if len(layers) > 1:
        raise BadPacking("the body is packed in more than one layer")
    return layers[0][:40] if layers else ""
