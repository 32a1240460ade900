"""Paths to archives: what lies there, told by content, not by name."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Final

from tracker.archives import history, items, parquet, values, warc
from tracker.archives.parts import Archive, Form, Found, Part, Raw, Refused
from tracker.core.clean import told_path

_HEAD: Final = 4096
_FEEDS: Final = 32
"""Captured files of one part."""
_ENDS: Final = (b"</item>", b"</entry>")
_MOST: Final = 16 << 20
"""Bytes of one of them, unpacked."""
KINDS: Final = (
    "JSON Lines or an array of items, Parquet, WARC, captured feeds (files, folders or git"
    " histories of them)"
)


def find(paths: Iterable[Path]) -> Found:
    """Every archive at ``paths``, folders searched, in the order given and then of names."""
    archives: list[Archive] = []
    refused: list[Refused] = []
    for path in paths:
        for one in _at(path):
            (archives if isinstance(one, Archive) else refused).append(one)  # type: ignore[arg-type]  # by its kind
    unique = {archive.path: archive for archive in archives}
    return Found(tuple(unique.values()), tuple(refused))


def cut(archives: Iterable[Archive]) -> list[Part]:
    """All parts of all archives, numbered in order."""
    parts: list[Part] = []
    for archive in archives:
        match archive.form:
            case "items":
                parts += items.cut(archive, len(parts))
            case "values":
                parts += values.cut(archive, len(parts))
            case "parquet":
                parts += parquet.cut(archive, len(parts))
            case "warc":
                parts += warc.cut(archive, len(parts))
            case "history":
                parts += history.cut(archive, len(parts))
            case "feeds":
                parts += _cut_files(archive, len(parts))
    return parts


def read(part: Part) -> Iterator[Raw]:
    """What a part holds, in its order.

    Raises:
        OSError: the archive cannot be reached.
    """
    match part.form:
        case "items":
            return items.read(part)
        case "values":
            return values.read(part)
        case "parquet":
            return parquet.read(part)
        case "warc":
            return warc.read(part)
        case "history":
            return history.read(part)
        case "feeds":
            return _read_files(part)


def _at(path: Path) -> Iterator[Archive | Refused]:
    if not path.exists():
        yield Refused(str(path), "is not there", "name a file or a folder")
    elif path.is_file():
        yield _file(path)
    elif history.is_repository(path):
        yield history.archive(path)
    elif path.is_dir():
        yield from _folder(path)
    else:
        yield Refused(str(path), "is neither a file nor a folder", KINDS)


def _folder(path: Path) -> Iterator[Archive | Refused]:
    """The archives in a folder; all captured feeds in it are one."""
    feeds: list[Archive] = []
    empty = True
    for file in sorted(one for one in path.rglob("*") if one.is_file()):
        if any(part.startswith(".") for part in file.relative_to(path).parts):
            continue
        empty = False
        one = _file(file)
        if isinstance(one, Archive) and one.form == "feeds":
            feeds.append(one)
        else:
            yield one
    if feeds:
        told = "\n".join(f"{told_path(one.path)} {one.stamp}" for one in feeds)
        stamp = hashlib.sha256(told.encode())
        yield Archive(
            str(path), "feeds", stamp.hexdigest()[:16], sum(f.size for f in feeds),
            tuple(f.path for f in feeds),
        )  # fmt: skip
    if empty:
        yield Refused(str(path), "is an empty folder", KINDS)


def _file(path: Path) -> Archive | Refused:
    try:
        known = path.stat()
        head = items.head(str(path), _HEAD)
    except items.DAMAGED as error:
        why = getattr(error, "strerror", None) or str(error)
        return Refused(str(path), f"cannot be read: {why}", "check the file")
    form = _form(head, path)
    archive = Archive(str(path), form or "feeds", f"{known.st_size}-{known.st_mtime_ns}",
                      known.st_size, (str(path),))  # fmt: skip
    if form is None and not head.strip():
        return Refused(str(path), "is empty", "check the file")
    if form is None:
        return Refused(str(path), "is no archive that can be read", KINDS)
    look = _LOOKS.get(form)
    return (look and look(str(path))) or archive


_LOOKS: Final[dict[str, Callable[[str], Refused | None]]] = {
    "items": items.columns, "values": values.columns, "parquet": parquet.columns,
    "warc": warc.packed_whole,
}  # fmt: skip
"""What looks into a file of a form before it is read: why it cannot be, or None."""


def _form(head: bytes, path: Path) -> Form | None:
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"PAR1"):
        return "parquet"
    if text.startswith(b"WARC/"):
        return "warc"
    if text.startswith(b"{") and not _one_document(text, path):
        return "items"
    if text[:1] in (b"{", b"[") and values.are_items(str(path), array=text[:1] == b"["):
        return "values"
    return "feeds" if text[:1] in (b"<", b"{", b"[") else None


def _one_document(text: bytes, path: Path) -> bool:
    """Whether the file is one JSON document (a JSON feed, the Federal Register), not lines."""
    first, _, rest = text.partition(b"\n")
    if path.suffix in (".jsonl", ".ndjson") or path.name.endswith((".jsonl.gz", ".ndjson.gz")):
        return False
    try:
        row = json.loads(first)
    except ValueError:
        return rest != b"" or any(sign in text for sign in (b'"results"', b"jsonfeed.org"))
    return isinstance(row, dict) and ("results" in row or "version" in row)


def _cut_files(archive: Archive, number: int) -> list[Part]:
    some = [archive.files[n : n + _FEEDS] for n in range(0, len(archive.files), _FEEDS)]
    return [
        Part(archive.path, "feeds", number + n, n * _FEEDS, n * _FEEDS + len(names), names)
        for n, names in enumerate(some)
    ]


def _read_files(part: Part) -> Iterator[Raw]:
    for n, name in enumerate(part.names, part.start):
        body, problem = _captured(part.path(name))
        yield Raw(n, body=body or None, name=name, problem=problem)


def _captured(path: str) -> tuple[bytes, str]:
    """A captured file and what is wrong with it; of one that is cut off what was before."""
    body = b""
    try:
        with closing(items.opened(path)) as file:
            while len(body) <= _MOST and (more := file.read1(items.LONGEST)):
                body += more
    except EOFError:
        return _whole(body), "a captured file is cut off"
    except items.DAMAGED as error:
        why = getattr(error, "strerror", None) or "damaged"
        return b"", f"a captured file cannot be read ({why})"
    return (b"", "a captured file is too long") if len(body) > _MOST else (body, "")


def _whole(body: bytes) -> bytes:
    """What was read of a feed, up to the end of the last item that is whole.

    >>> _whole(b"<rss><item>a</item><item>b</it"), _whole(b'{"items": [{}, {')
    (b'<rss><item>a</item>', b'')
    """
    return max((body[: body.rfind(tag) + len(tag)] for tag in _ENDS if tag in body),
               key=len, default=b"")  # fmt: skip
