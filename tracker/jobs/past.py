"""The past, computed and not stored: the events as they could be known on a day."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from tracker.core import cluster
from tracker.core.decisions import Decisions
from tracker.core.lexicon import Lexicon
from tracker.core.question import as_known, without_pauses
from tracker.core.recognise import recognise
from tracker.jobs.clusters import printed
from tracker.model import Event, Mention, RecordEvent
from tracker.store import revisions
from tracker.store.curated import Curated
from tracker.store.derived import Derived


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


def _mentions(db: sqlite3.Connection, day: date, lexicon: Lexicon) -> Iterator[Mention]:
    """The relevant mentions of each item's newest text of that day."""
    derived = Derived(db)
    current = derived.revisions_read()
    for number, entry in revisions.known_by(db, day):
        if current.get(entry.item_id) == number:
            yield from derived.mentions_of([entry.item_id])
        else:
            yield from (m for m in recognise(entry, lexicon) if m.relevant)
