"""The record as one file, so that 270 TOML files are not read at each start.

A snapshot is JSON: the nouns of ``tracker.model`` as ``tracker.codec`` writes them, with a format
number of its own. ``Record.digest`` in it names the files it was made from.
"""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tracker import codec
from tracker.errors import RecordError
from tracker.model import Record

FORMAT: Final = 2
"""Changes with the shape of a snapshot; one of another format is built again."""


def digest(folder: Path) -> str:
    """SHA-256 over names and contents of every TOML file below ``folder``, as hex."""
    import hashlib

    total = hashlib.sha256()
    for name, path in _files(folder):
        content = Path(path).read_bytes()
        total.update(f"{name}\0{len(content)}\0".encode())
        total.update(content)
    return total.hexdigest()


def stamp(folder: Path) -> str:
    """Names, sizes and modification times of the same files, as one short text.

    Nothing is opened: an equal stamp means that the folder need not be read again. Equal content
    under another stamp is possible (a copied tree), so a changed stamp asks for ``digest``.
    """
    lines = []
    for name, path in _files(folder):
        about = os.stat(path)  # noqa: PTH116 - a Path a file is half of this function's time
        lines.append(f"{name}\0{about.st_size}\0{about.st_mtime_ns}\n")
    text = "".join(lines).encode()
    return f"{zlib.crc32(text):08x}{len(text):x}"  # hashlib takes longer to load than all this


def _files(folder: Path) -> list[tuple[str, str]]:
    """(name below the folder, path) of every TOML file, in order of name."""
    root = str(folder)
    return sorted((path[len(root) :].replace(os.sep, "/"), path) for path in _walk(root))


def _walk(folder: str) -> Iterator[str]:
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_dir():
                    yield from _walk(entry.path)
                elif entry.name.endswith(".toml"):
                    yield entry.path
    except OSError as error:
        raise RecordError(
            f"{folder} cannot be read ({error.strerror}).", hint="check that the folder exists"
        ) from error


def pack(record: Record) -> bytes:
    """The record as a snapshot: the same record gives the same bytes."""
    body = {"format": FORMAT, "record": codec.pack(record)}
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()


def unpack(data: bytes) -> Record:
    """The record of a snapshot.

    Raises:
        RecordError: the snapshot is damaged or of another format; build it again.
    """
    try:
        body = json.loads(data)
        if body["format"] != FORMAT:
            raise ValueError(f"format {body['format']}, expected {FORMAT}")
        return codec.unpack(Record, body["record"])
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise RecordError(
            f"The snapshot of the record is damaged ({error}).", hint="reinstall tracker"
        ) from error
