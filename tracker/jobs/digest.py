"""What is new: since a day, since a named reader last looked, or in one week."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from tracker.core import ahead
from tracker.core.changes import Mark, changes, gone, marks
from tracker.core.question import as_known
from tracker.core.timeline import Change, Digest, DueDate, Gone
from tracker.core.touching import kinds_of, touching
from tracker.dates import shifted
from tracker.errors import UsageProblem
from tracker.jobs import ask, past
from tracker.jobs.house import House
from tracker.jobs.measures import shown
from tracker.model import Event
from tracker.store.curated import Curated
from tracker.store.cursors import Cursors
from tracker.store.derived import Derived

DAYS: Final = 7
"""How far a first look goes back."""

COMING: Final = 14
"""Days ahead whose dates stand at the end."""

_WEEK: Final = re.compile(r"(\d{4})-?W(\d{1,2})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Read:
    """A digest and what to remember where it is delivered."""

    digest: Digest
    state: Any


def since(
    house: House, db: sqlite3.Connection, day: date | None, until: date | None = None
) -> Digest:
    """What became known from ``day`` to ``until``; without them in the last week, up to today.

    Raises:
        UsageProblem: a day is still to come, or the last one lies before the first.
    """
    today = house.today()
    for named, one in (("--since", day), ("--until", until)):
        if one and one > today:
            raise UsageProblem(f"{one} is still to come.", hint=f"{named} {today} or earlier")
    last = until or today
    first = day or shifted(last, -DAYS)
    if last < first:
        raise UsageProblem(f"{last} lies before {first}.", hint=f"--since {last} --until {first}")
    return _between(house, db, first, last, "")


def since_last(house: House, db: sqlite3.Connection, name: str) -> Read:
    """What changed since ``name`` was last told; a first look goes back a week.

    Nothing is written here: the caller saves ``state`` (``remembered``) around the telling.
    """
    present = Derived(db).events()
    state = Cursors(db).state(name)
    if state is None:
        return Read(since(house, db, None), marks(present))
    told = _digest(house, db, None, house.today(), state, "since you last looked", present)
    return Read(told, marks(present))


@contextmanager
def remembered(db: sqlite3.Connection, name: str, state: Any, now: datetime) -> Iterator[None]:
    """The block tells ``name``: saved before, since a database without room must stop it first.

    Where the text cannot be written, or somebody stops it, ``name`` has read as far as before.
    """
    cursors = Cursors(db)
    before = cursors.saved(name)
    cursors.save(name, state, now)
    try:
        yield
    except BaseException:
        cursors.put_back(name, before)
        raise


def week(house: House, db: sqlite3.Connection, text: str = "") -> Digest:
    """One ISO week, as it was known at its end: the same in every later year.

    Without ``text`` the last week that is over.

    Raises:
        UsageProblem: ``text`` is not a week, or one still to come.
    """
    year, number, _ = shifted(house.today(), -DAYS).isocalendar()
    text = text or f"{year}-W{number:02}"
    monday = parse_week(text)
    if monday > house.today():
        raise UsageProblem(f"Week {text.upper()} is still to come.", hint="tracker ahead")
    return _between(house, db, monday, monday + timedelta(days=6), f"week {text.upper()}")


def parse_week(text: str) -> date:
    """The Monday of ``2025-W29``.

    Raises:
        UsageProblem: another shape, or a week that the year does not have.

    >>> parse_week("2025-W29").isoformat()
    '2025-07-14'
    """
    match = _WEEK.fullmatch(text.strip())
    try:
        if match:
            return date.fromisocalendar(int(match[1]), int(match[2]), 1)
    except ValueError:
        pass
    raise UsageProblem(f"{text!r} is not a week.", hint="--week 2025-W29")


def _between(house: House, db: sqlite3.Connection, first: date, last: date, title: str) -> Digest:
    before = marks(_known(house, db, shifted(first, -1)))
    after = _known(house, db, last)
    return _digest(house, db, first, last, before, title, after)


def _known(house: House, db: sqlite3.Connection, day: date) -> list[Event]:
    """The events by the end of ``day``; today's as they were derived.

    A page known only to its year speaks from that year's last day on, today as on a past day.
    """
    if day >= house.today():
        return [known for event in Derived(db).events() if (known := as_known(event, day))]
    return list(past.events(db, day, house.lexicon, house.decided))


def _first(found: Iterable[Change], last: date) -> date:
    return min((change.event.date for change in found), default=last)


def _gone(
    house: House, db: sqlite3.Connection, before: Mapping[str, Mark], known: list[Event], last: date
) -> Iterator[Gone]:
    """What was told before and is told no more, with who took it back."""
    for id_ in gone(before, known):
        from tracker.jobs import gone as room  # most often nothing is gone

        seen = before[id_]
        until = last if last < house.today() else None
        fate = room.fate_of(house, db, seen["items"].split(), until)
        yield Gone(id_, seen.get("date", ""), seen.get("headline", id_), fate.why, fate.page)


def _digest(house: House, db: sqlite3.Connection, first: date | None, last: date,
            before: Mapping[str, Mark], title: str, known: list[Event]) -> Digest:  # fmt: skip
    found = changes(before, known)
    lost = tuple(_gone(house, db, before, known, last))
    low = first or _first(found, last)
    return Digest(
        since=first,
        until=last,
        changes=found,
        record_day=Curated(db).day(),
        coming=_coming(house, db, last, known),
        blind=ask.blind_spots(db, house, low, last) if found or lost else (),
        title=title,
        gone=lost,
    )


def _coming(
    house: House, db: sqlite3.Connection, last: date, known: list[Event]
) -> tuple[DueDate, ...]:
    curated = Curated(db)
    measures = shown(house, curated.measures())
    if last < house.today():
        measures = ahead.on_day(measures, known)
    found = ahead.due(measures, known, curated.day(), last, (last, shifted(last, COMING)))
    due = [one for one in found if one.outcome == "coming"]
    ids, acts = {one.measure for one in due}, {event.id: event for event in known}
    news = {one.id: touching(one, known, last, kinds_of(one, acts))
            for one in measures if one.id in ids}  # fmt: skip
    return tuple(DueDate(one.day, one.what, one.title, one.event_id, one.measure, one.news)
                 for one in ahead.with_news(due, news, {}))  # fmt: skip
