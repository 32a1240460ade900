"""One event whole."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from tracker.core import match, shares
from tracker.core.question import Question
from tracker.core.timeline import EventCard, Report
from tracker.core.traits import item_of, number_of
from tracker.jobs import ask
from tracker.jobs.house import House
from tracker.jobs.reasons import apart, explained, nearest
from tracker.model import RECORD, Entry, Event, Join, Measure, MeasureState, Mention
from tracker.store.curated import Curated
from tracker.store.derived import Derived
from tracker.store.joins import Joins

if TYPE_CHECKING:
    from tracker.core.claims import Said

REFUSED = 3
"""Nearest refused joins shown."""


def card(
    house: House, db: sqlite3.Connection, id_: str, as_of: date | None, *, why: bool = False
) -> EventCard:
    """Everything known of one event (by the end of ``as_of``).

    With ``why`` the nearest refused joins are looked for where none was near enough to be kept.

    Raises:
        UsageProblem: no event or several fit the id, or nobody could know it on that day.
    """
    then = None if as_of is None else ask.events(house, db, Question(as_of=as_of))
    event = ask.find_event(house, db, id_, as_of, then)
    curated, derived = Curated(db), Derived(db)
    observations = curated.observations(event.series)
    members = _members(derived, event)
    joins, refused = (explained(db, part) for part in _joins(db, members))
    if why and not refused:
        refused = nearest(db, members, REFUSED)
    refused = tuple(_kept_apart(db, derived, members, join) for join in refused)
    before, after = _neighbours(derived, event, then)
    reports = _reports(house, db, derived, event, as_of)
    return EventCard(
        event=event,
        links=shares.links(event, observations, curated.series(), as_of),
        observations=tuple(o for o in observations if as_of is None or o.published <= as_of),
        reports=reports,
        joins=joins,
        refused=refused,
        states=_states(curated, event, as_of),
        before=before,
        after=after,
        as_of=as_of,
        record_day=curated.day(),
        said=_said(db, reports, as_of),
        series=curated.series(),
        **_ruled(house, db, event, members, refused),
    )


def _ruled(
    house: House, db: sqlite3.Connection, event: Event, members: set[str], refused: Sequence[Join]
) -> dict[str, Any]:
    """What people said of the event and of what stands beside it; most often there is nothing."""
    if not refused and not any(path.is_file() for path in house.paths.journals):
        return {"decided": (), "bound": (), "parted": (), "others": {}}
    from tracker.jobs.ruling import Ruling, lines_of

    ruling = Ruling(db, lines_of(house), members)
    decided = ruling.about(event)
    return {
        "decided": decided, "bound": ruling.bound(), "parted": ruling.parted(refused),
        "others": ruling.others(decided, refused),
    }  # fmt: skip


def _said(db: sqlite3.Connection, reports: Iterable[Report], as_of: date | None
          ) -> tuple[Said, ...]:  # fmt: skip
    """The figures of the event's reports; nothing is read where there are none."""
    items = dict.fromkeys(report.mention.item_id for report in reports)
    if not items:
        return ()
    from tracker.jobs.said import said

    return tuple(one for item in items for one in said(db, as_of, item))


def _reports(house: House, db: sqlite3.Connection, derived: Derived, event: Event,
             as_of: date | None) -> tuple[Report, ...]:  # fmt: skip
    """The entries joined, by day of report, each with all its texts of that time."""
    if not event.mentions:
        return ()
    from tracker.store import revisions  # a curated event without news needs none of it

    held, found = derived.mentions(event.mentions), []
    for node in event.mentions:
        texts = [entry for _, entry in revisions.of_item(db, item_of(node))]
        known = tuple(text for text in texts if as_of is None or text.known <= as_of)
        if known:
            read = held.get(node) if len(known) == len(texts) else None
            found.append(Report(read or _then(house, node, known[-1]), known))
    return tuple(
        sorted(found, key=lambda r: (r.mention.report_day or r.mention.known, r.mention.url))
    )


def _then(house: House, node: str, text: Entry) -> Mention:
    """What the text of a past day said, before it was edited."""
    from tracker.core.recognise import recognise

    found, number = recognise(text, house.lexicon), number_of(node)
    then = found[number] if number < len(found) else found[0]
    return replace(then, number=number)


def _joins(db: sqlite3.Connection, members: set[str]) -> tuple[tuple[Join, ...], tuple[Join, ...]]:
    """The join that each member hangs by, and the nearest ones to nodes outside, each once."""
    joined = Joins(db)
    inside: dict[tuple[str, str], Join] = {}
    outside: dict[str, Join] = {}
    for node in sorted(members):
        for join in joined.of_node(node):
            other = join.right if join.left == node else join.left
            if other in members:
                inside[join.left, join.right] = join
            elif other not in outside or _rank(join) < _rank(outside[other]):
                outside[other] = join
    return _hung(inside.values()), tuple(sorted(outside.values(), key=_rank)[:REFUSED])


def _members(derived: Derived, event: Event) -> set[str]:
    items = {*event.mentions, f"{RECORD}{event.id}"}
    return items | {n for n in derived.nodes_of(event.id) if item_of(n) in items}


def _kept_apart(db: sqlite3.Connection, derived: Derived, members: set[str], join: Join) -> Join:
    """A refused join that was enough for its two nodes, with what keeps their events apart."""
    if join.score < match.SAME:
        return join
    outside = join.left if join.right in members else join.right
    other = derived.event_of_node(outside)
    more = apart(db, members, derived.nodes_of(other.id) if other else (outside,))
    return replace(join, reasons=(*join.reasons, *more))


def _rank(join: Join) -> tuple[float, str, str]:
    return -join.score, join.left, join.right


def _hung(joins: Iterable[Join]) -> tuple[Join, ...]:
    """Of joins the best first, those that a further member hangs by: never more than members."""
    found, seen = [], set[str]()
    for join in sorted(joins, key=_rank):
        if join.score >= match.SAME and not {join.left, join.right} <= seen:
            seen |= {join.left, join.right}
            found.append(join)
    return tuple(found)


def _neighbours(
    derived: Derived, event: Event, known: list[Event] | None
) -> tuple[Event | None, Event | None]:
    """The events before and after it, of those that were known then, or of all."""
    if known is None:
        return derived.neighbours(event)
    ids = [one.id for one in known]
    at = ids.index(event.id)
    return (
        known[at - 1] if at else None,
        known[at + 1] if at + 1 < len(known) else None,
    )


def _states(curated: Curated, event: Event, as_of: date | None
            ) -> tuple[tuple[Measure, MeasureState], ...]:  # fmt: skip
    """The states of measures that cite this event; of a past day no end that came later."""
    wanted = set(event.measures)
    coming = {day for days in event.dates.values() for day in days}
    found = (
        (measure, state)
        for measure in (curated.measures() if wanted else ())
        if measure.id in wanted
        for state in measure.states
        if state.event_id == event.id
    )
    if as_of is None:
        return tuple(found)
    return tuple(
        (measure, replace(state, until=_known_end(state.until, as_of, coming), note=None))
        for measure, state in found
        if state.since <= as_of or state.since in coming
    )


def _known_end(until: date | None, as_of: date, coming: set[date]) -> date | None:
    """The last day of a state as far as a past day knew it: over, or announced by the act."""
    if until is None or until <= as_of or until in coming:
        return until
    after = until + timedelta(days=1)  # "suspended until the 12th" ends on the 11th
    return until if after in coming else None
