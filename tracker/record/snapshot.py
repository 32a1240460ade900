"""The record as one file, so that 270 TOML files are not read at each start.

A snapshot is JSON of the standard library: rows of values in the order of the fields of
``tracker.model``, days as ISO text. It carries its own format number and the digest of the files
it was made from.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import astuple, fields
from datetime import date as Day
from pathlib import Path
from typing import Any, Final

from tracker.errors import RecordError
from tracker.model import (
    Measure,
    MeasureState,
    Observation,
    Record,
    RecordEvent,
    SeedClaim,
    Series,
    Source,
)

FORMAT: Final = 1
"""Changes with the shape of a snapshot; one of another format is built again."""

_PARTS: Final[dict[str, type[Any]]] = {
    "events": RecordEvent,
    "series": Series,
    "observations": Observation,
    "measures": Measure,
    "claims": SeedClaim,
}
_DAYS: Final[dict[type[Any], tuple[str, ...]]] = {
    RecordEvent: ("date", "end_date", "known"),
    Source: ("published",),
    Observation: ("period_start", "period_end", "published"),
    Measure: ("checked",),
    MeasureState: ("since", "until"),
}
_INNER: Final[dict[type[Any], tuple[str, type[Any]]]] = {
    RecordEvent: ("sources", Source),
    Measure: ("states", MeasureState),
}


def digest(folder: Path) -> str:
    """SHA-256 over names and contents of every TOML file below ``folder``, as hex."""
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
    total = hashlib.sha256()
    for name, path in _files(folder):
        about = os.stat(path)  # noqa: PTH116 - a Path a file is half of this function's time
        total.update(f"{name}\0{about.st_size}\0{about.st_mtime_ns}\n".encode())
    return total.hexdigest()


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
    body = {name: [astuple(row) for row in getattr(record, name)] for name in _PARTS}
    head = {"format": FORMAT, "digest": record.digest, "day": record.day}
    text = json.dumps(
        head | body, ensure_ascii=False, separators=(",", ":"), default=_as_json, sort_keys=False
    )
    return text.encode()


def unpack(data: bytes) -> Record:
    """The record of a snapshot.

    Raises:
        RecordError: the snapshot is damaged or of another format; build it again.
    """
    try:
        body = json.loads(data)
        if body["format"] != FORMAT:
            raise ValueError(f"format {body['format']}, expected {FORMAT}")
        parts = {name: tuple(_rows(kind, body[name])) for name, kind in _PARTS.items()}
        return Record(day=Day.fromisoformat(body["day"]), digest=body["digest"], **parts)
    except (ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        raise RecordError(
            f"The snapshot of the record is damaged ({error}).",
            hint="tracker db rebuild",
        ) from error


def _as_json(value: Any) -> str:
    if isinstance(value, Day):
        return value.isoformat()
    raise TypeError(f"a snapshot holds no {type(value).__name__}")


def _rows(kind: type[Any], rows: list[list[Any]]) -> Iterator[Any]:
    names = [item.name for item in fields(kind)]
    days = [names.index(name) for name in _DAYS.get(kind, ())]
    inner = _INNER.get(kind)
    place, inside = (names.index(inner[0]), inner[1]) if inner else (-1, kind)
    mapping = names.index("dates") if kind is RecordEvent else -1
    for row in rows:
        for index in days:
            row[index] = Day.fromisoformat(row[index]) if row[index] else None
        if mapping >= 0:
            row[mapping] = {name: _days(several) for name, several in row[mapping].items()}
        for index, value in enumerate(row):
            if index == place:
                row[index] = tuple(_rows(inside, value))
            elif isinstance(value, list):
                row[index] = tuple(value)
        yield kind(*row)


def _days(several: list[str]) -> tuple[Day, ...]:
    return tuple(Day.fromisoformat(day) for day in several)
