"""Questions about the stored items themselves, and taking one back."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from tracker.errors import UsageProblem
from tracker.jobs.house import House
from tracker.model import Entry
from tracker.store.entries import Entries, Wanted


@dataclass(frozen=True, slots=True)
class Found:
    """Entries newest last, their events, and the days the database holds where there is none."""

    rows: Sequence[sqlite3.Row]
    events: Mapping[str, list[str]]
    span: tuple[str, str] | None


def find(house: House, wanted: Wanted, words: Mapping[str, tuple[str, ...]]) -> Found:
    """Entries that answer a question; ``words`` are names as typed, by facet.

    Raises:
        UsageProblem: a feed, actor, item ... that nobody knows.
    """
    from tracker.jobs.ask import resolve
    from tracker.jobs.poll import check_ids
    from tracker.store.curated import Curated

    db = house.reader()
    stored = Entries(db)
    if wanted.feeds and not set(wanted.feeds) <= set(stored.counts()):
        check_ids(house.settings.feeds, wanted.feeds)
    curated = Curated(db)
    facets = {
        facet: tuple(name for word in typed for name in resolve(curated, facet, word))
        for facet, typed in words.items()
        if typed
    }
    rows = stored.find(replace(wanted, facets=facets))
    return Found(rows, stored.events_of([row["id"] for row in rows]), stored.span())


def one(house: House, words: str) -> tuple[str, list[Entry], list[str]]:
    """One item: its id, all its texts, its events.

    Raises:
        UsageProblem: no item, or several, whose id begins with ``words``.
    """
    stored = Entries(house.reader())
    chosen = _chosen(stored, words)
    return chosen, stored.revisions(chosen), stored.events_of([chosen])[chosen]


def _chosen(stored: Entries, words: str) -> str:
    found = stored.resolve(words.strip().lower()) if words.strip() else []
    if words in found:
        return words
    if len(found) != 1:
        what = f"No entry has the id {words!r}." if not found else f"{words!r} names several."
        raise UsageProblem(what, hint=", ".join(found[:5]) or "tracker entries shows the ids")
    return found[0]


def _leave_its_id(db: sqlite3.Connection, item: str) -> None:
    """The printed id of an event stays with the reports that stay, whichever is taken out."""
    from tracker.core.traits import told_in_passing
    from tracker.store.derived import Derived

    derived = Derived(db)
    event = derived.event_of_item(item)
    nodes = derived.nodes_of(event.id) if event else []
    stays = next((n for n in nodes if n != item and not told_in_passing(n)), None)
    if event and stays:
        derived.hang_elsewhere(event.id, item, stays)


def remove(house: House, words: str, *, back: bool = False) -> tuple[str, bool]:
    """Take an item out of every answer (or put it back); its texts stay stored.

    Returns:
        Its id, and whether anything changed.
    """
    from tracker.jobs import derive
    from tracker.store.schema import transaction

    with house.lock("nothing was changed"):
        db = house.writer()
        stored = Entries(db)
        chosen = _chosen(stored, words)
        rules = derive.Rules(house.lexicon, house.decisions)
        with transaction(db):
            if not back:
                _leave_its_id(db, chosen)
            changed = stored.withdraw(chosen, back=back)
            if changed:
                derive.rederive(db, [chosen], rules, house.moment())
        return chosen, changed
