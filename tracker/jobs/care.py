"""The jobs of ``tracker db``."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Mapping
from itertools import chain, count
from pathlib import Path
from typing import Final

from tracker.errors import StoreError
from tracker.jobs.house import House
from tracker.store import care, schema, side
from tracker.store.schema import meta


def info(house: House) -> dict[str, object]:
    """Path, size in bytes, schema, record day and rows a table."""
    db = house.reader()
    path = house.paths.db
    return {
        "schema_version": 1,
        "path": str(path),
        "bytes": path.stat().st_size,
        "schema": schema.version_of(db, path, house.plan().version),
        "record_day": meta(db, "record_day"),
        "rules": meta(db, "rules"),
        "rows": care.counts(db),
    }


def table(facts: Mapping[str, object]) -> str:
    """The same as lines for a person."""
    rows = facts["rows"]
    assert isinstance(rows, dict)
    shown = {**facts, "bytes": f"{facts['bytes']:,}"}
    head = [f"{name:<14} {shown[name]}" for name in ("path", "bytes", "schema", "record_day")]
    return "\n".join([*head, *(f"{name:<14} {count:>9,}" for name, count in rows.items())])


def check(house: House) -> str:
    """One line where all is well.

    Raises:
        StoreError: the problems, one a line.
    """
    problems = care.integrity(house.reader())
    if problems:
        raise StoreError(
            f"{house.paths.db}: " + "; ".join(problems), hint="tracker db rebuild, or db restore"
        )
    return f"{house.paths.db}: sound"


def back_up(house: House, target: Path | None) -> Path:
    """Copy the database to ``target``: a file, or a folder (by default that of the backups).

    In a folder it is named by the moment, and no other is written over.

    Raises:
        StoreError: it cannot be written, or would be none to rely on: the database is damaged.
    """
    name = house.now().strftime("tracker-%Y%m%dT%H%M%SZ.db")
    target = target or house.paths.backups
    db = house.reader()
    if target.is_dir() or target == house.paths.backups:
        return _named_anew(db, target / name)
    return schema.backup(db, target, sound=True)


def _named_anew(db: sqlite3.Connection, target: Path) -> Path:
    """A backup under a name that no other has, also where several are made within a second."""
    more = (target.with_stem(f"{target.stem}-{number}") for number in count(2))
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        taken = next(name for name in chain([target], more) if _takes(name))
    except OSError as error:
        raise schema.not_written(target, error) from error
    try:
        return schema.backup(db, taken, sound=True)
    except BaseException:
        taken.unlink(missing_ok=True)
        raise


def _takes(name: Path) -> bool:
    try:
        name.touch(exist_ok=False)
    except FileExistsError:
        return False
    return True


def restore(house: House, source: Path) -> str:
    """Put a checked backup in the place of the database, which is kept beside it.

    Raises:
        StoreError: the backup is missing, foreign, damaged or newer; nothing was changed.
        Busy: a poll is running.
    """
    if not source.is_file():
        raise StoreError(f"{source} is not a file.", hint="tracker db restore FILE")
    care.verify_backup(source, house.plan().version)
    path = house.paths.db
    with house.lock("nothing was brought back"):
        fresh = _copied(source, path.with_name(f"{path.name}.restoring"))
        try:
            kept = _kept(path) if path.exists() else None
            for tail in ("-wal", "-shm"):
                path.with_name(path.name + tail).unlink(missing_ok=True)
            fresh.replace(path)
        finally:
            fresh.unlink(missing_ok=True)
        side.remove(side.file_of(path))  # what a stopped rebuild read, it read in another file
    return f"{path} is now {source}" + (f"; what was there is {kept}" if kept else "")


def _copied(source: Path, target: Path) -> Path:
    """A copy with what still stands in the log beside the file."""
    db = schema.open_reading(source)
    try:
        return schema.backup(db, target)
    finally:
        db.close()


def _kept(path: Path) -> Path:
    """A copy of the database, under a name that nothing has: what was kept once stays."""
    first = path.with_name(f"{path.name}.before-restore")
    more = (first.with_name(f"{first.name}-{number}") for number in count(2))
    kept = next(name for name in chain([first], more) if not name.exists())
    try:
        return _copied(path, kept)
    except StoreError:
        return _bytes_of(path, kept)


def _bytes_of(path: Path, kept: Path) -> Path:
    """The same of a file that SQLite does not read, as it is: a damaged one is to be replaced."""
    copies = {path: kept, path.with_name(f"{path.name}-wal"): kept.with_name(f"{kept.name}-wal")}
    try:
        for file, copy in copies.items():
            if file.exists():
                shutil.copy2(file, copy)
    except OSError as error:
        for copy in copies.values():
            copy.unlink(missing_ok=True)
        raise StoreError(
            f"{kept} cannot be written: {error.strerror}; nothing was changed.",
            hint="free some space, or move the file that is there",
        ) from error
    return kept


def compact(house: House) -> str:
    """Drop what retention allows and shrink the file, in a line."""
    before = house.paths.db.stat().st_size if house.paths.db.exists() else 0
    with house.lock("nothing was compacted"):
        done = care.compact(house.writer(), house.settings.keep_bodies)
    after = f"{done.size:,} {'once nobody reads the old pages any more' if done.waits else 'now'}"
    documents = "document" if done.dropped == 1 else "documents"
    dropped = f"; {done.dropped:,} captured {documents} dropped" if done.dropped else ""
    return f"{before:,} bytes before, {after}{dropped}"


_TOLD: Final = {
    "timeline": "One row an event, in date order: the place to start.",
    "entries": "One row an item with its newest text.",
    "revisions": "Every text that ever arrived; never changed.",
    "events": "Computed events; body holds each whole as JSON.",
    "event_sources": "The pages that speak to an event.",
    "event_dates": "Announced, published, effective ... days of events.",
    "observations": "Published market-share figures with period and vintage.",
    "series": "What each figure is a share of.",
    "measures": "Rules, lists and truces that live through states.",
    "measure_states": "Their states, inclusive, per capital and strand.",
}
_COLUMNS: Final = {
    "date": "Day of the act in the actor's place, as far as precision goes.",
    "precision": "Of date: day, month, quarter or year.",
    "last": "The last possible day.",
    "known": "Day on which it was public.",
    "witnesses": "Independent origins, not articles.",
    "reports": "Entries joined to it.",
    "published": "UTC; empty where the date could not be read.",
    "event_sources.published": "Only where the full day is known.",
    "event_sources.opened": "0: only its address was seen, as a link.",
    "observations.published": "The figure's vintage.",
    "first_seen": "When the item first arrived, UTC.",
    "seen": "When this text first arrived, UTC.",
    "revisions": "Texts the item has had.",
    "period_start": "First day of the period the figure is of.",
    "period_end": "Last day of it.",
    "house": "Whose figure it is, where publisher does not say.",
    "nature": "actual, estimate, forecast, claim or target.",
    "checked": "Last day for which a source speaks to its state.",
}


def metadata(house: House) -> dict[str, object]:
    """``metadata.json`` for Datasette: what each table, view and column is, and where to search.

    Datasette knows a database by the name of its file.
    """
    db = house.reader()
    tables: dict[str, dict[str, object]] = {}
    for name, told in _TOLD.items():
        texts = {column: _COLUMNS.get(f"{name}.{column}", _COLUMNS.get(column, ""))
                 for column in care.columns(db, name)}  # fmt: skip
        columns = {column: text for column, text in texts.items() if text}
        tables[name] = {"description": told, "columns": columns}
    tables["events"] |= {
        "fts_table": "event_words", "fts_pk": "number", "label_column": "title",
        "sort_desc": "date",
    }  # fmt: skip
    tables["series"]["label_column"] = "title"
    tables["measures"]["label_column"] = "title"
    return {
        "title": "Tracker",
        "description": "Export-control events with sources, and market-share figures by vintage.",
        "databases": {house.paths.db.stem: {"tables": tables}},
    }
