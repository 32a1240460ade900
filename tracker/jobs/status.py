"""What is in force on a day, and what is due: read from the store, judged by core."""

from __future__ import annotations

import sqlite3
from datetime import date, timedelta

from tracker.core import ahead as ahead_room
from tracker.core.ahead import Due
from tracker.core.measures import Status, StatusRow, find, standings
from tracker.core.text import fold
from tracker.core.touching import kinds_of, touching
from tracker.errors import UsageProblem, did_you_mean
from tracker.jobs.house import House
from tracker.jobs.measures import shown, with_news
from tracker.model import Event, Measure, RecordEvent
from tracker.store import dated
from tracker.store.curated import Curated

_FACETS = ("measure", "item", "actor", "term")
_PLACES = ("US", "CN")


def status(
    house: House, db: sqlite3.Connection, words: str, on: date | None, as_of: date | None = None
) -> Status:
    """The measures that ``words`` name (all of them where blank), as they stood on a day.

    ``as_of`` is the day of knowledge; without ``on`` it is the day asked about too.

    Raises:
        UsageProblem: no measure answers to the words, or none was known then.
    """
    curated = Curated(db)
    day = on or as_of or house.today()
    events = {event.id: event for event in curated.events()}
    measures = _meant(curated, events, words)
    if as_of:
        measures, events = _then(measures, events, words, as_of)
    measures = shown(house, measures)
    news = _news(house, db, measures, day, as_of)
    rows = [
        StatusRow(
            measure,
            standings(measure, day),
            events,
            touching(measure, news, day, kinds_of(measure, events)),
        )
        for measure in sorted(measures, key=_order)
    ]
    whole = bool(words.strip()) and len(rows) == 1
    begun = [row for row in rows if row.standings or whole]
    to_come = day > (as_of or house.today())
    record_day = curated.day()
    return Status(day, on, record_day, tuple(begun), whole, to_come, as_of)


def _then(
    measures: tuple[Measure, ...], events: dict[str, RecordEvent], words: str, as_of: date
) -> tuple[tuple[Measure, ...], dict[str, RecordEvent]]:
    """Measures and acts as they could be known."""
    from tracker.core import measures_then  # for past days alone

    known = tuple(
        then for one in measures if (then := measures_then.as_known(one, events, as_of))
    )  # fmt: skip
    if words.strip() and not known:
        first = measures_then.known_since(measures, events)
        raise UsageProblem(
            f"No measure that answers to {words!r} was known on {as_of}.",
            hint=f"--as-of {first} or later",
        )
    return known, measures_then.events_known(events, as_of)


def _news(
    house: House, db: sqlite3.Connection, measures: tuple[Measure, ...], day: date,
    as_of: date | None,
) -> list[Event]:  # fmt: skip
    """Events that became known after the first of the checks."""
    first = min((measure.checked for measure in measures), default=day)
    if as_of is None:
        return dated.known_after(db, first, day)
    if first >= as_of:
        return []
    from tracker.core.question import Question  # as above
    from tracker.jobs import ask

    found = ask.events(house, db, Question(as_of=as_of))
    return [event for event in found if first < event.link_day <= day]


def _meant(curated: Curated, events: dict[str, RecordEvent], words: str) -> tuple[Measure, ...]:
    measures = curated.measures()
    if not words.strip():
        return measures
    found = find(measures, events, [words, *_canonical(curated, words)])
    if found:
        return found
    known = [
        name for m in measures for name in (m.id, *(a.casefold() for a in m.aliases), *m.items)
    ]
    hint = did_you_mean(words, known) or "tracker status lists all measures"
    raise UsageProblem(f"No measure answers to {words!r}.", hint=hint)


def _canonical(curated: Curated, words: str) -> list[str]:
    """What the lexicon calls the thing that was typed, in any script."""
    folded = fold(words).text.strip()
    return [name for facet in _FACETS for name in curated.canonical(facet, folded)]


def _order(measure: Measure) -> tuple[int, str, str]:
    """US, CN, then the others by name; inside a jurisdiction by title."""
    place = measure.jurisdiction
    return (_PLACES.index(place) if place in _PLACES else len(_PLACES), place, measure.title)


def due(house: House, db: sqlite3.Connection, days: int, past: int) -> tuple[Due, ...]:
    """What is due in the coming ``days`` and was due in the ``past`` ones."""
    curated, today = Curated(db), house.today()
    span = today - timedelta(days=past), today + timedelta(days=days)
    record_day = curated.day()
    measures = shown(house, curated.measures())
    rows = ahead_room.due(measures, dated.naming(db, *span), record_day, today, span)
    return with_news(db, measures, rows, today)
