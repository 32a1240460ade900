"""The past, computed and not stored: the events as they could be known on a day."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Final

from tracker.core import cluster
from tracker.core.decisions import Decisions
from tracker.core.diff import nodes
from tracker.core.event_days import known_from
from tracker.core.lexicon import Lexicon
from tracker.core.question import as_known, without_pauses
from tracker.core.recognise import recognise
from tracker.core.traits import item_of
from tracker.jobs.clusters import printed
from tracker.model import Event, Mention, RecordEvent
from tracker.store import revisions
from tracker.store.curated import Curated
from tracker.store.derived import Derived

TRIED: Final = 3
"""Days on which an event is looked for before its last text, where each costs a whole answer."""


def events(db: sqlite3.Connection, day: date, lexicon: Lexicon, decisions: Decisions
           ) -> tuple[Event, ...]:  # fmt: skip
    """All events known by the end of ``day``, oldest first.

    Today's rules and decisions apply; only knowledge is historical: an edited headline is read as
    it was then, a record source published later is not there, a later entry does not count.
    """
    curated, derived = Curated(db), Derived(db)
    mentions = list(_mentions(db, day, lexicon))
    nodes: list[Mention | RecordEvent] = [*mentions, *curated.events()]
    cited = curated.measures_by_event()
    found = []
    for members in cluster.groups(nodes, decisions):
        event = printed(members, derived, decisions)
        known = event and as_known(event, day)
        if known:
            found.append(replace(known, measures=cited.get(known.id, ())))
    return without_pauses(sorted(found, key=lambda event: (event.date, event.id)))


def held(found: Iterable[Event], event: Event) -> Event | None:
    """The event of a past day that was to become ``event``: of its id, or with most of its reports.

    A report that tells of two acts is that of one: where it stands says nothing of the other.
    """
    own, every = nodes(event), list(found)
    alike = [one for one in every if one.id == event.id]
    alike = alike or [one for one in every if not own.isdisjoint(nodes(one))]
    return max(alike, key=lambda one: len(own & nodes(one)), default=None)


def first_day(
    db: sqlite3.Connection, event: Event, lexicon: Lexicon, decisions: Decisions
) -> date | None:
    """The first day whose answer holds an event; None where none of those tried does.

    The publication of a report is not enough: what a feed gave is known from our first sight.
    """
    floor = known_from(event)
    seen = {max(floor, day) for day in _days(db, event)}
    days = sorted(seen if event.origin == "news" else {floor, *seen})
    tried = (*days[:TRIED], *days[TRIED:][-1:])
    return next((x for x in tried if held(events(db, x, lexicon, decisions), event)), None)


def _days(db: sqlite3.Connection, event: Event) -> set[date]:
    """The days of knowledge of every text of its reports."""
    items = dict.fromkeys(item_of(node) for node in event.mentions)
    return {text.known for item in items for _, text in revisions.of_item(db, item)}


def _mentions(db: sqlite3.Connection, day: date, lexicon: Lexicon) -> Iterator[Mention]:
    """The relevant mentions of each item's newest text of that day."""
    derived = Derived(db)
    current = derived.revisions_read()
    for number, entry in revisions.known_by(db, day):
        if current.get(entry.item_id) == number:
            yield from derived.mentions_of([entry.item_id])
        else:
            yield from (m for m in recognise(entry, lexicon) if m.relevant)
