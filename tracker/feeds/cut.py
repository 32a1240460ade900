"""Cutting entries out of a document before it is parsed.

Parsing is most of the work of a poll, and most entries of a changed document are unchanged. One
quick pass notes where each entry begins and ends; entries seen before, and those beyond a limit,
are left out of the bytes that the slow and forgiving parser gets.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Container, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final
from xml.parsers import expat

from tracker.feeds.document import MOST_ENTRIES

MARK: Final = 8  # bytes of the hash of an entry
LARGEST: Final = 4 << 20  # bytes of a document that is cut
ABSURD: Final = 20  # times as many entries as are read
DEEPEST: Final = 200  # elements within each other; every open one costs memory
NAMES: Final = ("item", "entry")
_OPENING: Final = re.compile(rb"<(?:[A-Za-z_][\w.-]{0,30}:)?(?:item|entry)[\s>/]")


@dataclass(frozen=True, slots=True)
class Parts:
    """A document with entries cut out; ``marks`` are the hashes of all entries, in order."""

    data: bytes
    marks: tuple[bytes, ...]
    left_out: tuple[bytes, ...]


class _Unfit(Exception):
    """A document that only the child with its limits may look at."""


def spans(data: bytes, most: int | None = None) -> list[tuple[int, int]] | None:
    """Byte ranges of the entries; None where the document is not well-formed UTF-8 XML.

    None as well where it declares a type (entities can unfold), nests deeply or has more than
    ``most`` entries: this also runs outside the child, where nothing limits time and memory.

    >>> spans(b"<rss><channel><item>a</item><item/></channel></rss>")
    [(14, 28), (28, 35)]
    """
    parser = expat.ParserCreate("utf-8")
    found: list[tuple[int, int]] = []
    depth: list[tuple[int, str]] = []
    level = 0

    def start(name: str, _: object) -> None:
        nonlocal level
        level += 1
        if level > DEEPEST or (most is not None and len(found) > most):
            raise _Unfit
        if depth or name.rpartition(":")[2] in NAMES:
            depth.append((parser.CurrentByteIndex, name))

    def end(_: str) -> None:
        nonlocal level
        level -= 1
        if not depth:
            return
        begin, name = depth.pop()
        if not depth:
            found.append((begin, after_tag(data, parser.CurrentByteIndex, name)))

    def refuse(*_: object) -> None:
        raise _Unfit

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, _Unfit):
        return None
    return found


def after_tag(data: bytes, index: int, name: str) -> int:
    """Where the closing tag at ``index`` is over; an empty tag is over at ``index`` already."""
    if data.startswith(f"</{name}".encode(), index):
        return data.index(b">", index) + 1
    return index


def without_known(data: bytes, known: Container[bytes]) -> Parts | None:
    """The document without the entries whose hash is ``known``; None where it cannot be cut."""
    ranges = spans(data, MOST_ENTRIES)
    if not ranges:
        return None
    found = marks(data, ranges)
    drop = [n for n, mark in enumerate(found) if mark in known]
    kept = _without(data, [ranges[n] for n in drop])
    return Parts(kept, found, tuple(found[n] for n in drop))


def marks(data: bytes, ranges: Sequence[tuple[int, int]] | None) -> tuple[bytes, ...]:
    """The hashes of the entries that stand in these ranges."""
    return tuple(mark_of(data[begin:end]) for begin, end in ranges or ())


def mark_of(piece: bytes) -> bytes:
    """The hash by which an entry is known again."""
    return hashlib.blake2b(piece, digest_size=MARK).digest()


def at_most(data: bytes, entries: int) -> tuple[bytes, int]:
    """The document with its first ``entries`` entries, and how many were left out.

    >>> at_most(b"<rss><channel><item>a</item><item/></channel></rss>", 1)
    (b'<rss><channel><item>a</item></channel></rss>', 1)
    """
    openings = sum(1 for _ in _OPENING.finditer(data)) if len(data) > entries * 6 else 0
    if openings <= entries:
        return data, 0
    ranges = spans(data) if openings <= entries * ABSURD else None
    if ranges is None:
        # Not well-formed, or not worth the memory of noting where each is: cut at the first opening
        # beyond; the forgiving parser closes the rest.
        place = next(islice(_OPENING.finditer(data), entries, None)).start()
        return data[:place], openings - entries
    return _without(data, ranges[entries:]), max(0, len(ranges) - entries)


def _without(data: bytes, ranges: Sequence[tuple[int, int]]) -> bytes:
    parts, at = [], 0
    for begin, end in ranges:
        parts.append(data[at:begin])
        at = end
    return b"".join([*parts, data[at:]])
