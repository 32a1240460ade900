"""Events by the days they name and by the day they became known."""

from __future__ import annotations

import sqlite3
from datetime import date

from tracker.model import Event
from tracker.store.derived import Derived

_NAMES_A_DAY = "number IN (SELECT event FROM event_dates WHERE day BETWEEN ? AND ?)"
_ANNOUNCED = "date BETWEEN ? AND ? AND origin = 'news' AND link_day < date"


def naming(db: sqlite3.Connection, first: date, last: date) -> list[Event]:
    """Events that name a day in this span (effective, expires ...), oldest first.

    Those of the news that were announced for a day of it are among them.
    """
    span = first.isoformat(), last.isoformat()
    return Derived(db).events(f"{_NAMES_A_DAY} OR {_ANNOUNCED}", (*span, *span))


def known_after(db: sqlite3.Connection, day: date, until: date) -> list[Event]:
    """Events that became known after ``day``, up to ``until``, oldest first."""
    return Derived(db).events(
        "link_day > ? AND link_day <= ?", (day.isoformat(), until.isoformat())
    )
