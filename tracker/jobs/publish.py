"""The static set: everything a web host or a git repository needs, byte-stable without news."""

from __future__ import annotations

import os
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tracker.core.question import Question
from tracker.errors import UsageProblem
from tracker.jobs import ask
from tracker.jobs.house import House
from tracker.view import export

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
    """Write the set into ``folder``; a file whose bytes are the same is not touched.

    Everything is made before the first file is written, and each is renamed into place.

    Raises:
        UsageProblem: ``folder`` is a file or cannot be written.
    """
    page = ask.timeline(house, db, question)
    made = {name: _bytes(export.write(format_, page)) for name, format_ in FILES.items()}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        changed = [name for name, body in made.items() if _differs(folder / name, body)]
        for name in changed:
            partial = folder / f".{name}.partial"
            partial.write_bytes(made[name])
            os.replace(partial, folder / name)  # noqa: PTH105 - one call that is atomic
    except OSError as error:
        raise UsageProblem(
            f"{folder} cannot be written: {error.strerror}.", hint="tracker publish OTHER-FOLDER"
        ) from error
    return Published(tuple(changed), tuple(name for name in made if name not in changed))


def _differs(path: Path, body: bytes) -> bool:
    return not path.is_file() or path.read_bytes() != body


def _bytes(text: str | bytes) -> bytes:
    return text if isinstance(text, bytes) else text.encode()
