"""The items that arrived: one row an item, one immutable row a text."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field, replace
from datetime import datetime
from typing import cast

from tracker.core import identity
from tracker.core.identity import Arrival, settled
from tracker.model import Entry, Language, Tier
from tracker.nouns import dataclass
from tracker.store.expected import Expected, asked, wanted_as
from tracker.store.incoming import Incoming
from tracker.store.nodes import of_item
from tracker.store.origin import Origin, moment


@dataclass(frozen=True, slots=True)
class Taken:
    """What storing a document did.

    ``new`` counts items first stored now, ``revised`` further texts of stored items, ``shared``
    the items of the document that were known before. ``numbers`` maps guid keys to the numbers of
    their items.
    """

    new: int = 0
    revised: int = 0
    shared: int = 0
    numbers: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A question for entries: every field narrows it.

    ``since`` and ``until`` are days, on ``column`` (``published`` or ``first_seen``); ``facets``
    maps actor, item, jurisdiction ... to canonical names, any of which an event of the entry has.
    """

    feeds: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    column: str = "published"
    grep: str = ""
    kinds: tuple[str, ...] = ()
    directions: tuple[str, ...] = ()
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    limit: int | None = None


class Entries:
    """The kept tables ``items``, ``guids`` and ``revisions``; never an update, never a delete."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    # ---- writing ------------------------------------------------------------------------------

    def take(
        self,
        arrivals: Iterable[Arrival],
        origin: Origin,
        seen: datetime,
        present: Sequence[int] = (),
    ) -> Taken:
        """Store what one document shows; call inside a transaction.

        Storing the same document twice changes nothing; a text of a feed that comes back after
        another one is stored once more, as the newest. ``present`` are the numbers of items that
        stand in the document but were recognised as unchanged before parsing.
        """
        every = list(arrivals)
        keyed = identity.without_repeats(every)
        several = identity.keys_of_several(every) if len(keyed) < len(every) else ()
        by_number = self._ids_of(present)
        coming = [asked(origin.feed, key, arrival) for key, arrival in keyed]
        known = Expected(self._db, coming).known(origin.feed)
        placed = identity.place(origin.feed, keyed, known, by_number)
        incoming = Incoming(self._db, moment(seen))
        shown = Counter((*by_number, *(one.item_id for one in placed)))
        new = revised = 0
        for one in placed:
            if one.fresh:
                incoming.item(one, origin)
                new += 1
            elif one.guid not in known.by_guid:
                incoming.guid(origin.feed, one.guid, one.item_id)
            # Of two texts that one document shows of an item neither comes back.
            alone = shown[one.item_id] == 1 and one.guid not in several
            returns = alone and origin.origin == "feed"
            arrival = settled(one.arrival, origin.lang)
            stored = self._keep(incoming, one, arrival, origin, returns=returns)
            revised += stored and not one.fresh
        incoming.write()
        shared = len(placed) - new + len(by_number)
        return Taken(new, revised, shared, self._numbers(placed))

    def _ids_of(self, numbers: Sequence[int]) -> list[str]:
        rows = self._db.execute(
            "SELECT item_id FROM json_each(?) one CROSS JOIN items ON number = one.value",
            (json.dumps(list(numbers)),),
        )
        return [row[0] for row in rows]

    def _numbers(self, placed: Sequence[identity.Placed]) -> dict[str, int]:
        rows = self._db.execute(
            "SELECT item_id, number FROM json_each(?) one CROSS JOIN items ON item_id = one.value",
            (json.dumps([one.item_id for one in placed]),),
        )
        numbers = {row[0]: row[1] for row in rows}
        return {one.guid: numbers[one.item_id] for one in placed}

    def _keep(
        self, incoming: Incoming, one: identity.Placed, arrival: Arrival, origin: Origin,
        *, returns: bool,
    ) -> bool:  # fmt: skip
        """Whether a text is stored: not where it is the newest that the item has."""
        if incoming.has_text(one.item_id):
            incoming.write()
        if not one.fresh:
            text = wanted_as(
                self._db, one.item_id, arrival.digest, arrival.title, returns=returns
            )  # fmt: skip
            if not text:
                return False
            arrival = arrival if text == arrival.digest else replace(arrival, digest=text)
        published = moment(arrival.published) if arrival.published else None
        incoming.text(one.item_id, arrival, published, origin)
        return True

    def withdraw(self, item_id: str, *, back: bool = False) -> bool:
        """Take an item out of every answer, or put it back; False where there is no such item."""
        cursor = self._db.execute(
            "UPDATE items SET withdrawn = ? WHERE item_id = ? AND withdrawn <> ?",
            (int(not back), item_id, int(not back)),
        )
        return cursor.rowcount > 0

    # ---- reading ------------------------------------------------------------------------------

    def resolve(self, words: str) -> list[str]:
        """The item ids that begin with ``words``; at most ten."""
        rows = self._db.execute(
            "SELECT item_id FROM items WHERE item_id >= ? AND item_id < ? ORDER BY 1 LIMIT 10",
            (words, words + "\U0010ffff"),
        )
        return [row[0] for row in rows]

    def of_number(self, number: int) -> tuple[str, bool]:
        """The id of an item by its number, and whether it was taken out."""
        row = self._db.execute(
            "SELECT item_id, withdrawn FROM items WHERE number = ?", (number,)
        ).fetchone()
        return row[0], bool(row[1])

    def find(self, wanted: Wanted) -> list[sqlite3.Row]:
        """Rows of the view ``entries``, newest last; with ``limit`` only the newest of them."""
        tests, values = _tests(wanted)
        rows = self._db.execute(
            "SELECT * FROM entries"
            + (f" WHERE {' AND '.join(tests)}" if tests else "")
            + " ORDER BY coalesce(published, first_seen) DESC, number DESC LIMIT ?",
            (*values, -1 if wanted.limit is None else wanted.limit),
        ).fetchall()
        return rows[::-1]

    def events_of(self, item_ids: Sequence[str]) -> dict[str, list[str]]:
        """The events that entries are joined to, by item id."""
        found: dict[str, list[str]] = {}
        for item_id in item_ids:
            rows = self._db.execute(
                "SELECT DISTINCT events.id FROM event_members JOIN events"
                f" ON events.number = event_members.event WHERE {of_item('node', ':item')}"
                " ORDER BY 1",
                {"item": item_id},
            )
            found[item_id] = [row[0] for row in rows]
        return found

    def revisions(self, item_id: str) -> list[Entry]:
        """Every text of one item, oldest first."""
        rows = self._db.execute(
            "SELECT r.*, i.feed, i.guid, i.origin FROM revisions r JOIN items i"
            " ON i.item_id = r.item_id WHERE r.item_id = ? ORDER BY r.number",
            (item_id,),
        )
        return [entry_of(row) for row in rows]

    def counts(self) -> dict[str, int]:
        """Stored items (not texts) of each feed, without withdrawn ones."""
        rows = self._db.execute(
            "SELECT feed, count(*) FROM items WHERE withdrawn = 0 GROUP BY feed"
        )
        return {row[0]: row[1] for row in rows}

    def span(self) -> tuple[str, str] | None:
        """First and last publication moment stored; None where there is nothing."""
        row = self._db.execute(
            "SELECT min(published), max(published) FROM revisions WHERE published IS NOT NULL"
        ).fetchone()
        return (row[0], row[1]) if row[0] else None


def _tests(wanted: Wanted) -> tuple[list[str], list[str]]:
    """The conditions of a question, with their values."""
    column = "first_seen" if wanted.column == "first_seen" else "coalesce(published, first_seen)"
    tests: list[str] = []
    values: list[str] = []

    def test(sql: str, *given: str) -> None:
        tests.append(sql)
        values.extend(given)

    if wanted.feeds:
        test(f"feed IN ({_marks(wanted.feeds)})", *wanted.feeds)
    if wanted.since:
        test(f"{column} >= ?", wanted.since)
    if wanted.until:
        test(f"{column} < ?", f"{wanted.until}U")  # after every hour ("T...") of that day
    if wanted.grep:
        test("(instr(lower(title), lower(?)) OR instr(lower(summary), lower(?)))",
             wanted.grep, wanted.grep)  # fmt: skip
    event = "id IN (SELECT substr(node, 1, 16) FROM event_members JOIN events"
    event += " ON events.number = event_members.event WHERE "
    if wanted.kinds:
        test(f"{event} kind IN ({_marks(wanted.kinds)}))", *wanted.kinds)
    if wanted.directions:
        test(f"{event} direction IN ({_marks(wanted.directions)}))", *wanted.directions)
    for facet, names in wanted.facets.items():
        inner = "events.number IN (SELECT event FROM event_facets WHERE facet = ? AND value IN"
        test(f"{event} {inner} ({_marks(names)})))", facet, *names)
    return tests, values


def _marks(values: Sequence[str]) -> str:
    return ",".join("?" * len(values))


def entry_of(row: sqlite3.Row) -> Entry:
    """One revision with its item's feed, guid and origin, as a noun."""
    return Entry(
        item_id=row["item_id"],
        digest=row["digest"],
        feed=row["feed"],
        guid=row["guid"],
        title=row["title"],
        summary=row["summary"],
        url=row["url"],
        published=datetime.fromisoformat(row["published"]) if row["published"] else None,
        offset=row["offset_minutes"],
        published_raw=row["published_raw"],
        seen=datetime.fromisoformat(row["seen"]),
        lang=cast("Language", row["lang"]),
        publisher=row["publisher"],
        tier=cast("Tier", row["tier"]),
        origin=row["origin"],
    )
