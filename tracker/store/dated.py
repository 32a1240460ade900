"""Events by the days they name and by the day they became known."""

from __future__ import annotations

import sqlite3
from datetime import date

from tracker.model import Event
from tracker.store.derived import Derived

_NAMES_A_DAY = "number IN (SELECT event FROM event_dates WHERE day BETWEEN ? AND ?)"


def naming(db: sqlite3.Connection, first: date, last: date) -> list[Event]:
    """Events that name a day (effective, compliance, expires ...) in this span, oldest first."""
    return Derived(db).events(_NAMES_A_DAY, (first.isoformat(), last.isoformat()))


def known_after(db: sqlite3.Connection, day: date, until: date) -> list[Event]:
    """Events that became known after ``day``, up to ``until``, oldest first."""
    return Derived(db).events(
        "link_day > ? AND link_day <= ?", (day.isoformat(), until.isoformat())
    )
