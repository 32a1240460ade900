"""A real house in a temporary folder: real SQLite, the real record, a clock that stands still."""

from __future__ import annotations

import hashlib
import io
import shutil
import sqlite3
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tracker.cli.options import Options
from tracker.jobs import derive
from tracker.layout import paths
from tracker.wiring import House

NOON = datetime(2026, 7, 10, 12, tzinfo=UTC)


@dataclass
class Clock:
    """A clock that stands still until told to move."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now

    def tick(self, **step: float) -> None:
        self.now += timedelta(**step)


def copied(template: Path, folder: Path, record: Path | None = None) -> Room:
    """A house in ``folder`` whose database holds the record already."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(template, folder / template.name)
    return Room(folder, record)


def two_months(folder: Path) -> Path:
    """A record of its own in ``folder``, with the events of May and July 2025 and all series.

    Where it does not matter what the record holds, a tenth of it is loaded in a tenth of the time.
    """
    record = paths(None, None, {"HOME": str(folder)}, folder).record
    shutil.copytree(record, folder, ignore=lambda *_: ["measures", "events"])
    (folder / "claims.toml").write_text("", "utf-8")
    year = folder / "events" / "2025"
    year.mkdir(parents=True)
    for month in ("05", "07"):
        for page in (record / "events" / "2025").glob(f"2025-{month}-*.toml"):
            shutil.copy(page, year)
    return folder


@dataclass
class Room:
    """A house and what a test does in it."""

    folder: Path
    record: Path | None = None
    """Another record than the project's."""
    clock: Clock = field(default_factory=Clock)
    house: House = field(init=False)

    def __post_init__(self) -> None:
        options = Options(db=str(self.folder / "tracker.db"))
        environ = {"HOME": str(self.folder), "COLUMNS": "100"}
        where = paths(options.db, None, environ, self.folder)
        where = replace(where, record=self.record or where.record)
        self.house = House(options, where, environ, self.clock, io.StringIO(), io.StringIO())

    @property
    def rules(self) -> derive.Rules:
        return derive.Rules(self.house.lexicon, self.house.decisions)

    @property
    def moment(self) -> str:
        return self.clock.now.strftime("%Y-%m-%dT%H:%M:%SZ")

    def arrive(
        self,
        db: sqlite3.Connection,
        title: str,
        summary: str = "",
        *,
        published: str,
        seen: str | None = None,
        item: str | None = None,
        lang: str = "en",
        publisher: str = "Example Wire",
        origin: str = "feed",
    ) -> str:
        """Store one revision as a poll would; return the item id."""
        item_id = item or hashlib.sha256(title.encode()).hexdigest()[:16]
        digest = hashlib.sha256(f"{title}\0{summary}".encode()).hexdigest()[:16]
        seen = seen or published
        url = f"https://news.example/{item_id}"
        db.execute(
            "INSERT OR IGNORE INTO items (item_id, feed, guid, link, first_seen, origin)"
            " VALUES (?, 'wire', ?, ?, ?, ?)",
            (item_id, item_id, url, seen, origin),
        )
        db.execute(
            "INSERT INTO revisions (item_id, digest, title, summary, url, published,"
            " published_raw, offset_minutes, seen, lang, publisher, tier)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?, 'wire')",
            (item_id, digest, title, summary, url, published, published, seen, lang, publisher),
        )
        return item_id

    def derive(self, db: sqlite3.Connection) -> derive.Derivation:
        """Derive what arrived."""
        return derive.derive_new(db, self.rules, self.moment)
