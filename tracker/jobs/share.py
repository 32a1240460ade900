"""The figures asked for, with the events that stand beside them."""

from __future__ import annotations

import re
import sqlite3
from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from typing import Final

from tracker.core.question import Question
from tracker.core.vintages import Shelf, books, called
from tracker.errors import UsageProblem
from tracker.jobs import ask
from tracker.jobs.house import House
from tracker.jobs.said import said
from tracker.model import Event, Observation
from tracker.store.curated import Curated

_WINDOW: Final = re.compile(r"([0-9]{1,3})m?")


def shelf(
    house: House,
    db: sqlite3.Connection,
    wanted: Sequence[str],
    as_of: date | None = None,
    around: str = "",
    window: str = "12m",
) -> Shelf:
    """The books of ``wanted`` series (of the event ``around``; of all) known by ``as_of``.

    Raises:
        UsageProblem: an unknown series or event, a window that is no number of months, or a day
            before the first figure.
    """
    curated = Curated(db)
    months = _months(window)
    event = ask.find_event(house, db, around, as_of) if around else None
    observations = curated.observations()
    names = _meant(curated, wanted, observations) or (event.series if event else ())
    found = books(observations, curated.series(), names, as_of)
    if as_of and not found:
        own = [one.published for one in observations if not names or one.series in names]
        first = min(own, default=None)
        what = f"of {', '.join(names)} " if names else ""
        raise UsageProblem(
            f"No figure {what}was known on {as_of}; the first is of {first}.",
            hint=f"--as-of {first}, or leave --as-of out",
        )
    if event and not event.series:
        raise UsageProblem(f"{event.id} bears on no series.", hint="tracker share SERIES --around")
    return Shelf(
        books=found,
        events=_events(house, db, names, as_of) if names else (),
        day=as_of or house.today(),
        as_of=as_of,
        window=_around(event, months) if event else None,
        around=event,
        said=said(db, as_of) if names else (),
        whole=bool(wanted),
        hindsight=bool(as_of and as_of < curated.day()),
    )


def _meant(
    curated: Curated, wanted: Sequence[str], observations: Sequence[Observation]
) -> tuple[str, ...]:
    """The series that each word names: an id, else words of ids and titles, or a house.

    Raises:
        UsageProblem: a word names none; the nearest ids are given.
    """
    found: dict[str, None] = {}
    series = curated.series()
    for word in wanted:
        some = called(word, series, observations)
        found |= dict.fromkeys(some or ask.known_series(curated, [word]))
    return tuple(found)


def _events(house: House, db: sqlite3.Connection, names: Sequence[str], as_of: date | None
            ) -> tuple[Event, ...]:  # fmt: skip
    return tuple(ask.events(house, db, Question(series=tuple(names), as_of=as_of)))


def _months(window: str) -> int:
    match = _WINDOW.fullmatch(window)
    if not match or not int(match[1]):
        raise UsageProblem(
            f"--window {window!r} is no number of months.", hint="--window 12m, or 12"
        )
    return int(match[1])


def _around(event: Event, months: int) -> tuple[date, date]:
    return _moved(event.link_day, -months), _moved(event.link_day, months)


def _moved(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    year = min(max(year, 1), 9999)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
