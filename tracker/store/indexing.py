"""The word index over events and entries, kept in step by derivation; ``search`` asks it.

Apart from the questions, so that a poll loads no query language.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Final

from tracker.core.words import words_of
from tracker.model import Event

BATCH: Final = 5000
"""Texts indexed at once; bounds memory."""

Words = Mapping[int, tuple[str, str]]


def index_event(db: sqlite3.Connection, number: int, event: Event) -> None:
    """Index the words of one stored event."""
    head = (event.title, event.id, *event.actors, *event.items, *event.terms, *event.measures)
    rest = (
        event.summary, event.note, event.instrument, *event.jurisdiction,
        *(text for source in event.sources for text in (source.title, source.ref)),
    )  # fmt: skip
    words = [words_of("\n".join(part for part in parts if part)) for parts in (head, rest)]
    db.execute("INSERT INTO event_words (rowid, head, words) VALUES (?, ?, ?)", (number, *words))


def index_revisions(
    db: sqlite3.Connection, last: int | None = None, known: Words | None = None
) -> int:
    """Index every stored text (up to number ``last``) that is not indexed yet; say how many.

    ``known`` are words made before, by the number of their text.
    """
    known = known or {}
    upto, done = int(db.execute("SELECT upto FROM searched").fetchone()[0]), 0
    while True:
        rows = db.execute(
            "SELECT number FROM revisions WHERE number > ? AND number <= ? ORDER BY number LIMIT ?",
            (upto, (1 << 62) if last is None else last, BATCH),
        ).fetchall()
        if not rows:
            break
        db.executemany(
            "INSERT INTO entry_words (rowid, head, words) VALUES (?, ?, ?)",
            [(number, *(known.get(number) or _words_of(db, number))) for (number,) in rows],
        )
        upto, done = int(rows[-1][0]), done + len(rows)
    if done:
        db.execute("UPDATE searched SET upto = ?", (upto,))
    return done


def _words_of(db: sqlite3.Connection, number: int) -> tuple[str, str]:
    title, summary = db.execute(
        "SELECT title, summary FROM revisions WHERE number = ?", (number,)
    ).fetchone()
    return words_of(title), words_of(summary)
