"""JSON Lines of items: one object a line, plain or packed with gzip."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from contextlib import closing, suppress
from io import BufferedIOBase
from pathlib import Path
from typing import Any, Final

from tracker.archives import register
from tracker.archives.parts import (
    Archive,
    Part,
    Raw,
    Refused,
    stretches,
    whole_number,
    wrong_columns,
)

STRETCH: Final = 1 << 20
"""Bytes of one part of a large file; none of a smaller one is below an eighth."""
LONGEST: Final = 4 << 20
"""Bytes of one line; a longer one is no item."""
_BLOCK: Final = 1 << 16
"""Bytes in which an end of line is looked for."""
LOOKED_AT: Final = 200
"""Lines that are looked at for the columns."""
NOT_UTF8: Final = "not UTF-8"
"""What is wrong with a row whose letters nobody can be sure of."""
DAMAGED: Final = (OSError, EOFError, zlib.error)
"""What reading a packed file ends in where it is cut off or damaged."""


def opened(path: str) -> BufferedIOBase:
    """The file, unpacked where it is packed."""
    return gzip.GzipFile(path) if is_packed(path) else Path(path).open("rb")


def head(path: str, size: int) -> bytes:
    """The first bytes, unpacked; of a packed file that is damaged in them, those before.

    Raises:
        OSError, EOFError, zlib.error: there are none before.
    """
    found = b""
    with closing(opened(path)) as file:
        try:
            while len(found) < size and (more := file.read1(size - len(found))):
                found += more
        except DAMAGED:
            if not found:
                raise
    return found


def is_packed(path: str) -> bool:
    """Whether the file is packed with gzip."""
    with Path(path).open("rb") as file:
        return file.read(2) == b"\x1f\x8b"


def columns(path: str) -> Refused | None:
    """Look at the first rows: why the file cannot be read as items, or None.

    A packed file that is cut off after some rows is read up to there.
    """
    names: dict[str, None] = {}
    try:
        with closing(opened(path)) as file:
            for _ in range(LOOKED_AT):
                line = file.readline(LONGEST)
                row = _object(line, "replace")  # names of columns are ASCII in any encoding
                names |= dict.fromkeys(row if isinstance(row, dict) else ())
                if not line:
                    break
    except DAMAGED as error:
        if not names:
            return Refused(path, f"cannot be unpacked ({error})", "fetch it again")
    if not names:
        return Refused(path, "holds no JSON object", '{"title": ..., "published": ...} a line')
    return None if register.is_document(names) else wrong_columns(path, list(names))


def cut(archive: Archive, number: int) -> list[Part]:
    """Parts of at most about ``STRETCH`` bytes; a packed file is read in one piece."""
    if is_packed(archive.path):
        whole = max(archive.size, 1)
        return stretches(archive, number, whole, whole)
    return stretches(archive, number, STRETCH, STRETCH // 8)


def read(part: Part) -> Iterator[Raw]:
    """The rows whose lines begin inside the part."""
    packed = is_packed(part.path())
    with closing(opened(part.path())) as file:
        at = 0 if packed else _first_line(file, part.start, part.stop)
        try:
            while packed or at < part.stop:
                line = file.readline(LONGEST + 1)
                if not line:
                    return
                yield from _raw(at, line)
                at += len(line)
                while len(line) > LONGEST and not line.endswith(b"\n"):
                    line = file.readline(LONGEST + 1)
                    at += len(line)
                    if not packed and at >= part.stop:
                        return  # what comes next begins in another part
        except DAMAGED:
            yield Raw(at, problem="the packed file is cut off or damaged here")


def _first_line(file: BufferedIOBase, start: int, stop: int) -> int:
    """Where the first line begins at ``start`` or later; ``stop`` where none does before it."""
    if not start:
        return 0
    at = start - 1
    file.seek(at)
    while at < stop:
        block = file.read(min(_BLOCK, stop - at))
        end = block.find(b"\n")
        if end >= 0:
            file.seek(at + end + 1)
            return at + end + 1
        if not block:
            break
        at += len(block)
    return stop


def _raw(at: int, line: bytes) -> Iterator[Raw]:
    if len(line) > LONGEST:
        yield Raw(at, problem="a line is too long")
    elif line.strip():
        yield _row(at, line)


def _row(at: int, line: bytes) -> Raw:
    try:
        row = _object(line)
    except UnicodeDecodeError:
        return Raw(at, problem=NOT_UTF8)
    return Raw(at, row=row) if isinstance(row, dict) else Raw(at, problem="not a JSON object")


def _object(line: bytes, errors: str = "strict") -> Any:
    """The value of a line; None where it is no JSON.

    Raises:
        UnicodeDecodeError: it is in another encoding, unless ``errors`` says to read on.
    """
    text = line.decode("utf-8-sig", errors)
    try:
        return json.loads(text, parse_int=whole_number)
    except (ValueError, RecursionError):
        return None


def line_of(path: str, at: int) -> int:
    """The number of the line that begins at a byte, counted from 1."""
    left, lines = at, 1
    with closing(opened(path)) as file, suppress(*DAMAGED):
        while left > 0 and (block := file.read1(min(left, 1 << 20))):
            lines += block.count(b"\n")
            left -= len(block)
    return lines
