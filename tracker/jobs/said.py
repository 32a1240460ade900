"""Figures in stored texts, each beside the record: added articles first, then news."""

from __future__ import annotations

import sqlite3
from datetime import date
from typing import TYPE_CHECKING, Final

from tracker.model import Entry
from tracker.store.curated import Curated
from tracker.store.entries import Entries, Wanted

if TYPE_CHECKING:  # the rules for texts are loaded only where there is a text
    from tracker.core.claims import Beside, Said

MOST: Final = 500
"""Entries that are read for figures: so many added articles, and so many of the newest; others
are reached by ``--article``."""


def said(db: sqlite3.Connection, as_of: date | None = None, item: str = "") -> tuple[Said, ...]:
    """The figures of the newest entries known by ``as_of`` (of one ``item``), oldest first."""
    entries = Entries(db)
    ids = entries.resolve(item) if item else _newest(entries)
    if not ids:
        return ()
    from tracker.core import claims

    curated = Curated(db)
    observations, series = curated.observations(), curated.series()
    found: list[Said] = []
    for item_id in ids:
        entry = _known(entries.revisions(item_id), as_of)
        if entry is None:
            continue
        day = entry.published.date() if entry.published else None
        for claim in claims.read(_text(entry), day):
            beside = claims.beside(claim, observations, series, as_of)
            found.append(_said(entry, beside))
    return tuple(found)


def _newest(entries: Entries) -> list[str]:
    """Added articles, however old, then the newest entries; each once."""
    added = entries.find(Wanted(feeds=("added",), limit=MOST))
    return list(dict.fromkeys(row["id"] for row in (*added, *entries.find(Wanted(limit=MOST)))))


def _known(revisions: list[Entry], as_of: date | None) -> Entry | None:
    """The newest text that could be known by ``as_of``."""
    known = [one for one in revisions if as_of is None or one.known <= as_of]
    return known[-1] if known else None


def _text(entry: Entry) -> str:
    """Title and text; an article's title is its first sentence and is not read twice."""
    if entry.summary.startswith(entry.title):
        return entry.summary
    return f"{entry.title}\n{entry.summary}"


def _said(entry: Entry, beside: Beside) -> Said:
    from tracker.core.claims import Said

    return Said(entry.item_id, entry.title, entry.publisher, entry.url, entry.known, beside)
