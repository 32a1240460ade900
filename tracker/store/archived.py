"""Items of an archive into the kept tables, in order of time, a batch at a time.

What a batch will ask of the tables is asked at once and kept right while its items are taken; its
rows are written together. The rules are those of ``core.identity``, one item after the other.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Final, Literal

from tracker.core import identity
from tracker.core.identity import Arrival
from tracker.store.expected import Asked, Expected, wants
from tracker.store.incoming import Incoming
from tracker.store.origin import Origin, moment

_OTHERS: Final = (  # few items have a second guid: no index of the kept table is needed for them
    "CREATE TEMP TABLE other_guids AS SELECT g.item_id, g.guid FROM guids g"
    " JOIN items i ON i.item_id = g.item_id WHERE g.guid <> i.guid",
    "CREATE INDEX temp.other_guids_by_item ON other_guids (item_id)",
)
Shows = Callable[[str], bool]
"""Whether the document of an item shows something under a guid key."""


class Archived:
    """One batch after the other; ``begin`` each, ``take`` its items, and ``write`` it."""

    def __init__(self, db: sqlite3.Connection, seen: datetime) -> None:
        self._db, self._seen = db, moment(seen)
        self._others = False

    def begin(self, coming: Iterable[Asked], writes: Callable[[], None]) -> None:
        """A batch will come; ``writes`` is called before anything is written."""
        self._writes = writes
        self._stored = Expected(self._db, coming)
        self._incoming = Incoming(self._db, self._seen)

    def write(self) -> None:
        """Store what of the batch was taken so far."""
        self._writes()
        self._incoming.write()

    def take(self, one: Asked, arrival: Arrival, origin: Origin, shows: Shows, *, titles: bool
             ) -> Literal["new", "revised", "known"]:  # fmt: skip
        """Take the next item. What another feed has shown is known.

        ``titles``: a feed that gave its items other guids and links is known by title and moment.
        A table holds many papers, and one wire's words at one moment in two of them are two
        reports, whether they lie in one file or in two.
        """
        if self._stored.feed_of(one.item_id) not in (None, one.feed):
            return "known"
        known = self._stored.known(one.feed, titles=titles)
        had = one.guid in known.by_guid
        placed = identity.place_one(one.feed, one.guid, arrival, known, _Standing(self, shows))
        if placed.fresh:
            self._incoming.item(placed, origin)
        elif not had:
            self._another_guid(one, placed.item_id)
        if placed.fresh or not had:
            self._stored.keep(placed.item_id, one)
        if not self._text(placed, arrival, origin):
            return "known"
        return "new" if placed.fresh else "revised"

    def _another_guid(self, one: Asked, item_id: str) -> None:
        self._incoming.guid(one.feed, one.guid, item_id)
        if self._others:
            self._db.execute("INSERT INTO other_guids VALUES (?, ?)", (item_id, one.guid))

    def _text(self, one: identity.Placed, arrival: Arrival, origin: Origin) -> bool:
        """Whether a text is stored: not where the item has it already."""
        if not one.fresh:
            if self._incoming.has_text(one.item_id):
                self.write()
            if not wants(self._db, one.item_id, arrival.digest, arrival.title):
                return False
        published = moment(arrival.published) if arrival.published else None
        self._incoming.text(one.item_id, arrival, published, origin)
        if published:
            self._stored.keep_title(one.item_id, origin.feed, published, arrival.title)
        return True

    def stands(self, item_id: str, shows: Shows) -> bool:
        """Whether a document shows an item under a guid of its own."""
        return item_id in self._stored and any(shows(guid) for guid in self._guids_of(item_id))

    def _guids_of(self, item_id: str) -> Iterator[str]:
        """Every guid key under which an item was shown, the first first."""
        self.write()
        row = self._db.execute("SELECT guid FROM items WHERE item_id = ?", (item_id,)).fetchone()
        yield row[0]
        if not self._others:
            for statement in _OTHERS:
                self._db.execute(statement)
            self._others = True
        rows = self._db.execute("SELECT guid FROM other_guids WHERE item_id = ?", (item_id,))
        yield from (row[0] for row in rows.fetchall())


class _Standing:
    """The items that the document of an item shows under guids of their own."""

    def __init__(self, archived: Archived, shows: Shows) -> None:
        self._archived, self._shows = archived, shows

    def __contains__(self, item_id: object) -> bool:
        return self._archived.stands(str(item_id), self._shows)
