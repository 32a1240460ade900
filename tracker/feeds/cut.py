"""Cutting entries out of a document before it is parsed.

Parsing is most of the work of a poll, and most entries of a changed document are unchanged. One
quick pass notes where each entry begins and ends; entries seen before, and those beyond a limit,
are left out of the bytes that the slow and forgiving parser gets.
"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import islice
from typing import Final
from xml.parsers import expat

from tracker.feeds.document import MOST_ENTRIES

MARK: Final = 8  # bytes of the hash of an entry
LARGEST: Final = 4 << 20  # bytes of a document that is cut
ABSURD: Final = 20  # times as many entries as are read
DEEPEST: Final = 200  # elements within each other; every open one costs memory
NAMES: Final = ("item", "entry")
_AFTER_NAME: Final = (b">", b" ", b"\t", b"\n", b"\r")
_OPENING: Final = re.compile(rb"<(?:[A-Za-z_][\w.-]{0,30}:)?(?:item|entry)[\s>/]")

_TAG: Final = re.compile(rb"""<(?:[^>"']|"[^"]*"|'[^']*')*>""")


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


def around(data: bytes, at: int) -> tuple[bytes, bytes]:
    """The tags of the elements that are open at a place of well-formed XML, and their ends.

    >>> around(b"<rss a='>'><channel><title>t</title><item/></channel></rss>", 36)
    (b"<rss a='>'><channel>", b'</channel></rss>')
    """
    parser = expat.ParserCreate("utf-8")
    still: list[tuple[int, str]] = []
    parser.StartElementHandler = lambda name, _: still.append((parser.CurrentByteIndex, name))
    parser.EndElementHandler = lambda _: still.pop()
    parser.Parse(data[:at], False)
    tags = (_TAG.match(data, begin) for begin, _ in still)
    ends = (f"</{name}>".encode() for _, name in reversed(still))
    return b"".join(tag[0] for tag in tags if tag), b"".join(ends)


def after_tag(data: bytes, index: int, name: str) -> int:
    """Where the closing tag at ``index`` is over; an empty tag is over at ``index`` already."""
    closing = f"</{name}".encode()
    after = index + len(closing)
    if data.startswith(closing, index) and data[after : after + 1] in _AFTER_NAME:
        return data.index(b">", index) + 1
    return index


def without_known(data: bytes, known: Container[bytes]) -> Parts | None:
    """The document without the entries whose hash is ``known``; None where it cannot be cut."""
    stubbed, stubs = _with_stubs(data, known)
    return _stubs_left_out(stubbed, stubs, known) or _known_left_out(data, known)


def _with_stubs(data: bytes, known: Container[bytes]) -> tuple[bytes, dict[int, bytes]]:
    """The document with an empty element for each known entry, and where these stand.

    Bytes that were an entry once are one again wherever an empty element could stand: whether it
    can, the parser tells, in a tenth of the time.
    """
    first = _OPENING.search(data)
    if first is None:
        return data, {}
    opening = first[0][:-1]
    closing, stub = b"</" + opening[1:] + b">", opening + b"/>"
    parts: list[bytes] = []
    stubs: dict[int, bytes] = {}
    at, size, begin = 0, 0, first.start()
    while begin >= 0 and (end := data.find(closing, begin) + len(closing)) >= len(closing):
        mark = mark_of(data[begin:end])
        if mark in known:
            parts += (data[at:begin], stub)
            size += begin - at + len(stub)
            stubs[size - len(stub)] = mark
            at = end
        begin = data.find(opening, end)
    return b"".join([*parts, data[at:]]), stubs


def _stubs_left_out(
    data: bytes, stubs: Mapping[int, bytes], known: Container[bytes]
) -> Parts | None:
    """The document without its stubs; None where one of them is no entry of its own."""
    ranges = spans(data, MOST_ENTRIES) if stubs else None
    if not ranges or not stubs.keys() <= {begin for begin, _ in ranges}:
        return None
    found = tuple(stubs.get(begin) or mark_of(data[begin:end]) for begin, end in ranges)
    return _without_marked(data, ranges, found, known)


def _known_left_out(data: bytes, known: Container[bytes]) -> Parts | None:
    ranges = spans(data, MOST_ENTRIES)
    if not ranges:
        return None
    return _without_marked(data, ranges, marks(data, ranges), known)


def _without_marked(
    data: bytes, ranges: Sequence[tuple[int, int]], found: tuple[bytes, ...],
    known: Container[bytes],
) -> Parts:  # fmt: skip
    drop = [n for n, mark in enumerate(found) if mark in known]
    kept = _without(data, [ranges[n] for n in drop])
    return Parts(kept, found, tuple(found[n] for n in drop))


def marks(data: bytes, ranges: Sequence[tuple[int, int]] | None) -> tuple[bytes, ...]:
    """The hashes of the entries that stand in these ranges."""
    return tuple(mark_of(data[begin:end]) for begin, end in ranges or ())


def mark_of(piece: bytes) -> bytes:
    """The hash by which an entry is known again."""
    return blake2b(piece, digest_size=MARK).digest()


def at_most(data: bytes, entries: int) -> tuple[bytes, int]:
    """The document with its first ``entries`` entries, and how many were left out.

    >>> at_most(b"<rss><channel><item>a</item><item/></channel></rss>", 1)
    (b'<rss><channel><item>a</item></channel></rss>', 1)
    """
    if data.count(b"<") <= entries:
        return data, 0
    openings = sum(1 for _ in _OPENING.finditer(data))
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
