"""The static set: everything a web host or a git repository needs, byte-stable without news."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tracker.core.question import Question
from tracker.errors import UsageProblem
from tracker.jobs import ask
from tracker.jobs.house import House
from tracker.placed import placed
from tracker.view import datapackage, export

FILES: Final = {
    "index.html": "html", "events.json": "json", "events.jsonl": "jsonl", "events.csv": "csv",
    "timeline.md": "md", "calendar.ics": "ics", "feed.atom": "atom",
    "timelinejs.json": "timelinejs",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Published:
    """The files written because they changed, and those that stayed."""

    written: tuple[str, ...]
    unchanged: tuple[str, ...]


def publish(house: House, db: sqlite3.Connection, folder: Path, question: Question) -> Published:
    """Write the set into ``folder``: the answer to ``question``, and the whole record as data.

    Raises:
        UsageProblem: ``folder`` is a file or cannot be written.
    """
    page = ask.timeline(house, db, question)
    made = {name: _bytes(export.write(format_, page)) for name, format_ in FILES.items()}
    return put(folder, made | datapackage.package(house.record))


def export_record(house: House, folder: Path) -> Published:
    """Write the record as a Data Package into ``folder``.

    Raises:
        UsageProblem: ``folder`` is a file or cannot be written.
    """
    return put(folder, datapackage.package(house.record))


def put(folder: Path, made: Mapping[str, bytes]) -> Published:
    """Write files that are already made; one whose bytes are the same is not touched.

    Each is renamed into place.

    Raises:
        UsageProblem: ``folder`` is a file or cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        changed = [name for name, body in made.items() if _differs(folder / name, body)]
        for name in changed:
            path = folder / name
            path.parent.mkdir(exist_ok=True)
            placed(path, made[name])
    except FileExistsError as error:
        what = f"{error.filename or folder} is a file, not a folder."
        raise UsageProblem(what, hint="name another folder") from error
    except OSError as error:
        raise UsageProblem(
            f"{folder} cannot be written: {error.strerror}.", hint="name another folder"
        ) from error
    return Published(tuple(changed), tuple(name for name in made if name not in changed))


def _differs(path: Path, body: bytes) -> bool:
    return not path.is_file() or path.read_bytes() != body


def _bytes(text: str | bytes) -> bytes:
    return text if isinstance(text, bytes) else text.encode()
