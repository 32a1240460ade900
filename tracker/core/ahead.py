"""Coming dates, and those just passed: what a text makes due, and whether anybody knows more.

Three things make a day due. An event names days (effective, compliance, comments close, expires,
suspended until ...). News announces an act for a day to come: a meeting, a journey, a plan. A
measure's state has a last day, or begins after the day to which the measure was checked. Where an
event and a measure say the same, the measure's line stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date as Day
from datetime import timedelta
from itertools import pairwise
from typing import Final

from tracker.core.event_days import source_day
from tracker.core.measures import ENDING, chains, standings
from tracker.core.state_words import named
from tracker.core.timeline import News
from tracker.model import MEETINGS, Event, Measure, MeasureState
from tracker.nouns import dataclass

NAMES: Final = {
    "effective": "takes effect",
    "effective_planned": "was to take effect",
    "effective_foreign_made": "takes effect for foreign-made items",
    "compliance": "compliance is due",
    "comments_close": "comments close",
    "expires": "expires",
    "suspended_until": "suspension ends",
    "rate_change": "rate changes",
}
"""The dates of an event that make something due, in words."""

_OVERTAKEN: Final = {
    "effective": "was to take effect",
    "effective_planned": "was to take effect",
    "effective_foreign_made": "was to take effect for foreign-made items",
    "compliance": "compliance was due",
    "rate_change": "rate was to change",
}
"""The same where a later act paused or ended the measure before the day came."""

_STOPPED: Final = frozenset({"suspended", "rescinded", "expired"})
_NEAR: Final = timedelta(days=1)
_NONE: Final = timedelta()


@dataclass(frozen=True, slots=True)
class Due:
    """One day on which something is due.

    ``key`` names the thing and not the day: it stays when the day moves. ``what`` says it in
    words; ``measure`` and ``event_id`` name where it stands, ``by`` whose it is. ``checked`` is the
    last day for which somebody looked. ``outcome``: ``coming`` (not before the day asked about),
    ``known`` (checked after the day, or overtaken: an act before the day paused or ended the
    measure, which ``what`` says), ``unknown`` (passed, and nobody looked since). ``news`` are the
    events since ``checked`` that may change the measure, oldest first.
    """

    day: Day
    key: str
    what: str
    title: str
    by: str
    measure: str | None
    event_id: str | None
    checked: Day
    outcome: str
    note: str | None = None
    origin: str = "record"
    news: tuple[News, ...] = ()


def due(
    measures: Sequence[Measure],
    events: Iterable[Event],
    record_day: Day,
    today: Day,
    span: tuple[Day, Day],
) -> tuple[Due, ...]:
    """Everything due from ``span[0]`` to ``span[1]``, both inclusive, earliest first.

    ``record_day`` is the day to which events were checked; what passed later has no known outcome.
    An event on which a measure rests was checked to the day to which that measure was, one of the
    news to the day of its last report, where that is later.

    >>> found = due([_example()], [], Day(2026, 7, 7), Day(2026, 11, 24),
    ...             (Day(2026, 11, 1), Day(2026, 12, 31)))
    >>> [(row.day.isoformat(), row.what, row.outcome) for row in found]
    [('2026-11-10', 'suspension ends', 'unknown')]
    """
    ends = [row for measure in measures for row in _distinct(_of_measure(measure, today))]
    covered = {(row.measure, row.day + shift) for row in ends for shift in (-_NEAR, _NONE, _NEAR)}
    by_event = _resting(measures)
    apart = [
        row
        for event in events
        for row in _of_event(event, by_event.get(event.id, []), record_day, today)
        if not covered.intersection((measure, row.day) for measure in event.measures)
    ]
    inside = [row for row in [*ends, *apart] if span[0] <= row.day <= span[1]]
    return tuple(sorted(inside, key=lambda row: (row.day, row.title, row.key)))


def with_news(
    rows: Iterable[Due], news: Mapping[str, Sequence[Event]], short: Mapping[str, str]
) -> tuple[Due, ...]:
    """The same rows, each with what may change its measure; its own event is none of it.

    >>> with_news([], {}, {})
    ()
    """
    return tuple(
        replace(row, news=tuple(
            News(event.id, short.get(event.id, event.id), event.date, event.title)
            for event in news.get(row.measure or "", ())
            if event.id != row.event_id
        ))
        for row in rows
    )  # fmt: skip


def on_day(measures: Iterable[Measure], events: Iterable[Event]) -> tuple[Measure, ...]:
    """Measures as they were known when ``events`` were: the states that rest on these.

    The last day of a state stays where its own event names it (a pause that runs out); a day that
    a later act set was not known then.

    >>> on_day([_example()], [])
    ()
    """
    known = {event.id: event for event in events}
    found = []
    for measure in measures:
        pairs = ((state, known.get(state.event_id or "")) for state in measure.states)
        states = tuple(_as_begun(state, event) for state, event in pairs if event)
        if states:
            found.append(replace(measure, states=states))
    return tuple(found)


def _as_begun(state: MeasureState, event: Event) -> MeasureState:
    """A state without the end that a later act gave it."""
    return state if state.until and _names(event, state.until) else replace(state, until=None)


def _names(event: Event, day: Day) -> bool:
    """Whether an event itself names a day, or the one after it, on which something ends."""
    ends = (day, day + _NEAR)
    return any(one in ends for days in event.dates.values() for one in days)


def _distinct(rows: Iterable[Due]) -> Iterable[Due]:
    """One line where several strands of one body end alike: the first, which is the text."""
    seen: dict[tuple[Day, str, str], Due] = {}
    for row in rows:
        seen.setdefault((row.day, row.by, row.what.partition(" (")[0]), row)
    return seen.values()


def _resting(measures: Iterable[Measure]) -> dict[str, list[Measure]]:
    """The measures that rest on each event, the one checked last first."""
    found: dict[str, list[Measure]] = {}
    for measure in sorted(measures, key=lambda one: one.checked, reverse=True):
        for id_ in dict.fromkeys(state.event_id for state in measure.states):
            if id_:
                found.setdefault(id_, []).append(measure)
    return found


def _of_measure(measure: Measure, today: Day) -> Iterable[Due]:
    for states in chains(measure).values():
        for number, (state, after) in enumerate(pairwise((*states, None))):
            assert state is not None
            if state.until and (after is None or after.state == "lapsed_unknown"):
                words = f"{ENDING.get(state.state, 'term')} ends"
                yield _state_due(measure, state, number, state.until, words, today, "end")
            if state.since > measure.checked and state.state != "lapsed_unknown":
                words = f"{named(measure, state)} by its text"
                yield _state_due(measure, state, number, state.since, words, today, "start")


def _state_due(
    measure: Measure, state: MeasureState, number: int, day: Day, what: str, today: Day, edge: str
) -> Due:
    by = "-".join(state.by.casefold().replace(",", "").split())
    return Due(
        day=day,
        key=f"{measure.id}.{by}.{state.strand}.{number + 1}.{edge}",
        what=what if state.strand == "text" else f"{what} ({state.strand})",
        title=measure.title,
        by=state.by,
        measure=measure.id,
        event_id=state.event_id,
        checked=measure.checked,
        outcome=_outcome(day, measure.checked, today),
        note=state.note,
    )


def _of_event(
    event: Event, resting: Sequence[Measure], record_day: Day, today: Day
) -> Iterable[Due]:
    first = event.measures[0] if event.measures else None
    measure = resting[0].id if resting else first
    seen = resting[0].checked if resting else _looked_at(event, record_day)
    for name, words in NAMES.items():
        for number, day in enumerate(event.dates.get(name, ())):
            if day == event.date and name == "effective":
                continue  # in force on the day of the act: nothing was due
            over = _overtaken(event, name, day, resting)
            known = over and day < today
            yield Due(
                day=day,
                key=f"{event.id}.{name}.{number + 1}",
                what=f"{_OVERTAKEN[name]}, {over.state} since {over.since}" if over else words,
                title=event.title,
                by="/".join(event.jurisdiction),
                measure=measure,
                event_id=event.id,
                checked=seen,
                outcome="known" if known else _outcome(day, seen, today),
                note=event.note if event.origin == "record" else None,
                origin=event.origin,
            )
    if _announced(event, today):
        yield _announcement(event, measure, seen, today)


def _announcement(event: Event, measure: str | None, seen: Day, today: Day) -> Due:
    """The day of an act that was announced; talks have passed when they are over."""
    return Due(
        day=event.date, key=f"{event.id}.announced", what=_planned(event), title=event.title,
        by="/".join(event.jurisdiction), measure=measure, event_id=event.id, checked=seen,
        outcome=_outcome(event.end_date or event.date, seen, today), origin=event.origin,
    )  # fmt: skip


def _looked_at(event: Event, record_day: Day) -> Day:
    """The last day for which somebody looked: nobody did before news of it was there."""
    if event.origin != "news":
        return record_day
    return max([record_day, *filter(None, map(source_day, event.sources))])


def _announced(event: Event, today: Day) -> bool:
    """Whether news told beforehand of an act on a day, and nobody has told since that it came.

    Of a meeting that is no longer proposed somebody has told that it has begun, or is called off.
    """
    told = event.known or event.link_day
    if event.origin != "news" or event.precision != "day" or told >= event.date:
        return False
    named = {day for name in NAMES if name != "effective" for day in event.dates.get(name, ())}
    if event.status == "disputed" or event.date in named:
        return False
    ahead = event.kind not in MEETINGS and (event.end_date or event.date) >= today
    return event.status == "proposed" or ahead


def _planned(event: Event) -> str:
    """What is due: an act is announced, nothing says that it comes."""
    if event.end_date is None:
        return "announced for this day"
    return f"announced for {event.date} to {event.end_date}"


def _overtaken(
    event: Event, name: str, day: Day, resting: Sequence[Measure]
) -> MeasureState | None:
    """The state into which a later act had put what was due, where it had stopped all of it."""
    if name not in _OVERTAKEN:
        return None
    found = [_stopped(event, name, day, measure) for measure in resting]
    return found[0] if found and all(found) else None


def _stopped(event: Event, name: str, day: Day, measure: Measure) -> MeasureState | None:
    """The pause or end, by another act, of the chain that an event's date speaks of."""
    begun = {(one.by, one.strand) for one in measure.states if one.event_id == event.id}
    strand = "compliance" if name == "compliance" else "text"
    standing = [one for one in standings(measure, day) if (one.by, one.strand) in begun]
    found = [one for one in standing if one.strand == strand] or standing
    stops = [one.state for one in found if one.state.state in _STOPPED and not one.lapsed]
    later = [one for one in stops if one.event_id != event.id and event.date < one.since]
    return later[0] if later and len(later) == len(found) else None


def _outcome(day: Day, checked: Day, today: Day) -> str:
    """``coming``, ``known`` or ``unknown``; the day itself has not passed.

    >>> _outcome(Day(2026, 11, 10), Day(2026, 7, 7), Day(2026, 11, 10))
    'coming'
    """
    if day >= today:
        return "coming"
    return "known" if checked > day else "unknown"


def _example() -> Measure:
    paused = MeasureState(
        "suspended", Day(2025, 11, 7), Day(2026, 11, 10), "2025-11-07-x", "Beijing", "text", None
    )
    return Measure(
        id="controls", title="Chinese controls", aliases=(), jurisdiction="CN", summary="Licences.",
        items=(), actors=(), checked=Day(2025, 11, 10), states=(paused,),
    )  # fmt: skip
