"""How far a named reader has read: what ``digest --since-last NAME`` remembers."""

from __future__ import annotations

import json
import sqlite3
from datetime import datetime
from typing import Any

from tracker.store.origin import moment


class Cursors:
    """The ``cursors`` table, one row a name."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def state(self, name: str) -> Any | None:
        """What was saved under ``name``; None where nothing was."""
        row = self._db.execute("SELECT state FROM cursors WHERE name = ?", (name,)).fetchone()
        return json.loads(row[0]) if row and row[0] else None

    def save(self, name: str, state: Any, now: datetime) -> None:
        """Remember ``state`` (JSON) under ``name``, in one transaction."""
        with self._db:
            self._db.execute(
                "INSERT INTO cursors (name, at, state) VALUES (?, ?, ?)"
                " ON CONFLICT (name) DO UPDATE SET at = excluded.at, state = excluded.state",
                (name, moment(now), json.dumps(state, ensure_ascii=False, sort_keys=True)),
            )

    def saved(self, name: str) -> tuple[str, str] | None:
        """When ``name`` was last saved, and what, as it lies there."""
        row = self._db.execute("SELECT at, state FROM cursors WHERE name = ?", (name,)).fetchone()
        return (row[0], row[1]) if row else None

    def put_back(self, name: str, before: tuple[str, str] | None) -> None:
        """Undo a ``save``: what ``saved`` gave before it."""
        if before is None:
            self._db.execute("DELETE FROM cursors WHERE name = ?", (name,))
        else:
            self._db.execute("UPDATE cursors SET at = ?, state = ? WHERE name = ?", (*before, name))

    def names(self) -> list[str]:
        """All names, in alphabetical order."""
        return [row[0] for row in self._db.execute("SELECT name FROM cursors ORDER BY name")]
