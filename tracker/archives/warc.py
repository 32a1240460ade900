"""WARC files of news crawls (extra ``archives``): the web pages among the response records.

A part is a stretch of bytes: the records that begin inside it. What is damaged costs its own
record: reading goes on at the next one, found by its first bytes.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, Final

from tracker.archives.items import is_packed
from tracker.archives.parts import Archive, Part, Raw, Refused, stretches
from tracker.errors import UsageProblem

STRETCH: Final = 16 << 20
"""Bytes of one part of a large file; none of a smaller one is below a sixteenth."""
MOST: Final = 5_000_000
"""Bytes of one page; a longer one is no article."""
_BLOCK: Final = 1 << 20
_PACKED: Final = b"\x1f\x8b\x08"
_PLAIN: Final = b"\r\n\r\nWARC/"
_FIRST: Final = b"WARC/"


def cut(archive: Archive, number: int) -> list[Part]:
    """Parts of at most about ``STRETCH`` bytes.

    Raises:
        UsageProblem: warcio is not installed.
    """
    _warcio()
    return stretches(archive, number, STRETCH, STRETCH // 16)


def read(part: Part) -> Iterator[Raw]:
    """The pages among the records that begin inside the part, and what was damaged."""
    with Path(part.path()).open("rb") as file:
        at = record_at(file, part.start)
        while at is not None and at < part.stop:
            reader = _Reader(file, at, part.stop)
            yield from reader
            at = record_at(file, reader.damaged + 1) if reader.damaged >= 0 else None


def packed_whole(path: str) -> Refused | None:
    """Why a file cannot be read whose records were packed together, as ``gzip`` does; or None.

    Each record must be packed by itself, else none can be found in the middle.
    """
    if not is_packed(path):
        return None
    with Path(path).open("rb") as file:
        unpack, seen = zlib.decompressobj(31), b""
        try:
            while not unpack.eof and len(seen) < _BLOCK and (block := file.read(1 << 16)):
                seen += unpack.decompress(block, _BLOCK)
        except zlib.error:
            return None  # damage is told record by record
    if not seen.startswith(_FIRST) or _PLAIN not in seen:
        return None
    return Refused(path, "is packed as a whole, not record by record",
                   "warcio recompress OLD.warc.gz NEW.warc.gz, or gunzip it")  # fmt: skip


class _Reader:
    """Records from one place on, until the end of the part or the first damage."""

    def __init__(self, file: BinaryIO, at: int, stop: int) -> None:
        file.seek(at)
        self._file = file
        self._records = _warcio()(file)
        self._records.INC_RECORD = ""  # what it would write to stderr of a wrong length
        self._stop = stop
        self.damaged = -1

    def __iter__(self) -> Iterator[Raw]:
        at = self._records.offset
        try:
            for record in self._records:
                at = self._records.offset
                if at >= self._stop:
                    return
                found = _page(record, at)
                if found:
                    yield found
                if _left(record) or not _sized(record):
                    yield self._damage(at)
                    return
            if _anything(self._file, self._records.offset):  # a cut-off record has no error
                yield self._damage(self._records.offset)
        except Exception:  # noqa: BLE001 - whatever the bytes made the reader meet is damage
            yield self._damage(max(at, self._records.offset))

    def _damage(self, at: int) -> Raw:
        self.damaged = at
        return Raw(at, problem="a record is cut off or damaged")


def _page(record: Any, at: int) -> Raw | None:
    """The page of a response record; None for what is no web page."""
    if record.rec_type != "response" or record.http_headers is None:
        return None
    kind = (record.http_headers.get_header("content-type") or "").strip()
    name = record.rec_headers.get_header("WARC-Target-URI") or ""
    if not record.http_headers.get_statuscode().startswith("2") or "html" not in kind.lower():
        return None
    body = record.content_stream().read(MOST + 1)
    if _left(record) and len(body) <= MOST:
        return None
    if len(body) > MOST:
        return Raw(at, name=name, problem="a page is too long")
    return Raw(at, body=body, name=name, content_type=kind,
               moment=_moment(record.rec_headers.get_header("WARC-Date")))  # fmt: skip


def _left(record: Any) -> int:
    """How many bytes the record declares and does not have."""
    stream = record.raw_stream
    while stream.read(_BLOCK):
        pass
    return int(getattr(stream, "limit", 0))


def _sized(record: Any) -> bool:
    """Whether the record says how long it is, as each must: the first lines are whole."""
    return (record.rec_headers.get_header("Content-Length") or "").isdigit()


def _anything(file: BinaryIO, at: int) -> bool:
    """Whether more than padding lies at a place."""
    file.seek(at)
    return bool(file.read(_BLOCK).strip(b"\0\r\n "))


def _moment(words: str | None) -> datetime | None:
    try:
        moment = datetime.fromisoformat((words or "").strip())
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def record_at(file: BinaryIO, start: int) -> int | None:
    """The place of the first record that begins at ``start`` or later; None where none does."""
    file.seek(0)
    packed = file.read(3) == _PACKED
    if not start:
        return 0
    sign = _PACKED if packed else _PLAIN
    lead = 0 if packed else 4  # a plain record begins after the two ends of line of the one before
    base = max(0, start - lead)
    file.seek(base)
    held = b""
    while block := file.read(_BLOCK):
        held += block
        at = held.find(sign)
        while at >= 0:
            if not packed or _is_record(file, base + at):
                return base + at + lead
            at = held.find(sign, at + 1)
        keep = len(sign) - 1
        base, held = base + len(held) - keep, held[-keep:]
    return None


def _is_record(file: BinaryIO, at: int) -> bool:
    """Whether a packed record begins here: these three bytes also occur inside packed data."""
    here = file.tell()
    file.seek(at)
    head = file.read(4096)
    file.seek(here)
    try:
        return zlib.decompressobj(31).decompress(head, 16).startswith(_FIRST)
    except zlib.error:
        return False


def _warcio() -> Any:
    try:
        from warcio.archiveiterator import ArchiveIterator
    except ImportError as error:
        raise UsageProblem(
            "WARC needs warcio, which is not installed.", hint="pip install 'tracker[archives]'"
        ) from error
    return ArchiveIterator
