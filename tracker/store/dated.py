"""Events by the days they name and by the day they became known."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from datetime import date

from tracker.core.measures import ACTS
from tracker.core.touching import is_bill
from tracker.model import Event, Measure
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


_AMONG = "IN (SELECT value FROM json_each(?))"
_FACET = f"SELECT event FROM event_facets WHERE value {_AMONG} AND facet ="
_TOUCHING = (
    "link_day > ? AND link_day <= ? AND (kind = ?"
    f" OR kind {_AMONG} AND number IN ({_FACET} 'item' INTERSECT {_FACET} 'actor')"
    f" OR number IN (SELECT event FROM event_facets WHERE facet = 'term' AND lower(value) {_AMONG})"
    f" OR number IN ({_FACET} 'measure'))"
)


def near(db: sqlite3.Connection, measures: Iterable[Measure], until: date) -> list[Event]:
    """Events since the first check of some measures that share a name with one, oldest first.

    All that may change one are among them (``core.touching``), and few others.
    """
    asked = list(measures)
    if not asked:
        return []
    first = min(one.checked for one in asked)
    names = ({one.id, one.title, *one.aliases} for one in asked)
    sets: tuple[Iterable[str], ...] = (
        ACTS,
        {item for one in asked for item in one.items},
        {actor for one in asked for actor in one.actors},
        {name.casefold() for some in names for name in some},
        {one.id for one in asked},
    )
    given = [json.dumps(sorted(some)) for some in sets]
    bills = any(is_bill(one) for one in asked)
    span = first.isoformat(), until.isoformat()
    return Derived(db).events(_TOUCHING, (*span, "legislation" if bills else "", *given))
