"""What an archive is, the parts it is cut into, and what a part yields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import PurePath
from typing import Any, Final, Literal

Form = Literal["items", "values", "parquet", "warc", "feeds", "history"]

COLUMNS: Final = ("id", "title", "summary", "published", "lang", "url", "publisher")
"""The columns of an item; title and published must be there."""
NEEDED: Final = ("title", "published")


@dataclass(frozen=True, slots=True)
class Archive:
    """One archive: a file, a folder of captured feeds, or a git history of them.

    ``stamp`` changes when its content does; ``size`` is in bytes (of a history: in blobs).
    ``files`` are the captured files of a folder, in the order of their names.
    """

    path: str
    form: Form
    stamp: str
    size: int
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of an archive that one process reads: bytes, row groups, files or blobs.

    ``number`` orders all parts of a run; ``start`` and ``stop`` count what ``form`` counts.
    Paths are as the user wrote them, for they are shown; ``base`` is the folder where he was, for
    a process that is elsewhere.
    """

    archive: str
    form: Form
    number: int
    start: int
    stop: int
    names: tuple[str, ...] = ()
    base: str = ""

    def path(self, name: str = "") -> str:
        """Where the archive lies, or one of its files."""
        return str(PurePath(self.base, name or self.archive))


SHARE: Final = 64
"""Parts of an archive that is not large, so that several processes end together."""


def stretches(archive: Archive, number: int, most: int, least: int) -> list[Part]:
    """The bytes of an archive as parts of at most ``most`` bytes and, but for the last, ``least``.

    >>> [(one.start, one.stop) for one in stretches(Archive("a", "items", "1", 9), 0, 8, 4)]
    [(0, 4), (4, 8), (8, 12)]
    """
    step = min(max(archive.size // SHARE, least), most)
    return [
        Part(archive.path, archive.form, number + n, start, start + step)
        for n, start in enumerate(range(0, max(archive.size, 1), step))
    ]


@dataclass(frozen=True, slots=True)
class Raw:
    """One thing found in a part, in its order: a row of columns, a body, or a problem.

    Of a body that is cut off both are told.

    ``place`` is where it lies (byte, row, record); ``name`` the file or address of a body, and
    ``moment`` when it was captured, where that is known.
    """

    place: int
    row: Mapping[str, Any] | None = None
    body: bytes | None = None
    name: str = ""
    content_type: str = ""
    moment: datetime | None = None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that is no archive, or not one that can be read: in words, and the way out."""

    path: str
    why: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """The archives at some paths, and what was refused there."""

    archives: tuple[Archive, ...] = ()
    refused: tuple[Refused, ...] = field(default=())


def whole_number(digits: str) -> int | str:
    """A number of JSON; thousands of digits stay text, which Python would not read.

    >>> whole_number("-7"), len(str(whole_number("9" * 5000)))
    (-7, 5000)
    """
    return int(digits) if len(digits) < 400 else digits


def wrong_columns(path: str, columns: list[str]) -> Refused | None:
    """Why a table cannot be read as items; None where the needed columns are there.

    >>> wrong_columns("a.jsonl", ["titel", "published"]).hint
    'titel -> title; columns: id, title, summary, published, lang, url, publisher'
    """
    from tracker.errors import did_you_mean

    missing = [name for name in NEEDED if name not in columns]
    if not missing:
        return None
    spare = [name for name in columns if name not in COLUMNS]
    near = []
    for name in missing:
        meant = did_you_mean(name, spare, 1).removeprefix("did you mean ").removesuffix("?")
        near += [f"{meant} -> {name}"] if meant else []
    has = ", ".join(columns[:12]) or "none"
    hint = "; ".join([*near, f"columns: {', '.join(COLUMNS)}"])
    return Refused(path, f"has no column {' and '.join(missing)} (it has {has})", hint)
