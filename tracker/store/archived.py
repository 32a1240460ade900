"""Items of an archive into the kept tables, in order of time, a batch at a time.

What a batch will ask of the tables is asked at once and kept right while its items are taken; its
rows are written together. The rules are those of ``core.identity``, one item after the other.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Final, Literal

from tracker.core import identity
from tracker.core.identity import Arrival
from tracker.store.expected import Asked, Expected, wanted_as
from tracker.store.incoming import Incoming
from tracker.store.origin import Origin, moment

_OTHERS: Final = (  # few items have a second guid: no index of the kept table is needed for them
    "CREATE TEMP TABLE other_guids AS SELECT g.item_id, g.guid FROM guids g"
    " JOIN items i ON i.item_id = g.item_id WHERE g.guid <> i.guid",
    "CREATE INDEX temp.other_guids_by_item ON other_guids (item_id)",
)
Shows = Callable[[str], Sequence[tuple[str, str]]]
"""What the document of an item shows under a guid key: the address and title of each."""
Done = Literal["new", "apart", "revised", "known"]
"""What became of an item; ``apart``: it is new, and its id is also that of another one."""


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

    def take(self, one: Asked, arrival: Arrival, origin: Origin, shows: Shows, *, captured: bool
             ) -> Done:  # fmt: skip
        """Take the next item. What another feed has shown is known.

        ``captured``: it is of a feed, which gives each guid to one item; one that gave its items
        other guids and links is known by title and moment. A table holds many papers: one wire's
        words at one moment in two of them are two reports, whether they lie in one file or in two,
        and an id is told apart by link and title.
        """
        if self._stored.feed_of(one.item_id) not in (None, one.feed):
            return "known"
        known = self._stored.known(one.feed, titles=captured)
        asked = one if captured else self._told_apart(one, arrival, known)
        shared, one = asked is not one, asked
        had = one.guid in known.by_guid
        standing = _Standing(self, shows, captured=captured)
        placed = identity.place_one(one.feed, one.guid, arrival, known, standing)
        if placed.fresh:
            self._incoming.item(placed, origin)
        elif not had:
            self._another_guid(one, placed.item_id)
        if placed.fresh or not had:
            self._stored.keep(placed.item_id, one)
        if not self._text(placed, arrival, origin):
            return "known"
        if not placed.fresh:
            return "revised"
        return "apart" if shared else "new"

    def _told_apart(self, one: Asked, arrival: Arrival, known: identity.Known) -> Asked:
        """A row under its id, or where that is another item's under its id and link."""
        item = known.by_guid.get(one.guid)
        if item is None or (one.link and known.by_link.get(one.link) == item):
            return one
        if self._is(item, one.link, arrival.title):
            return one
        key = identity.apart(one.guid, one.link)
        self._stored.holder(one.feed, key)
        return one._replace(guid=key)

    def _is(self, item_id: str, link: str, title: str) -> bool:
        """Whether a row with the id of an item is one of its texts, or another of them."""
        if self._incoming.has_text(item_id):
            self.write()
        rows = self._db.execute("SELECT url, title FROM revisions WHERE item_id = ?", (item_id,))
        return identity.same_row(link, title, rows.fetchall())

    def _another_guid(self, one: Asked, item_id: str) -> None:
        self._incoming.guid(one.feed, one.guid, item_id)
        if self._others:
            self._db.execute("INSERT INTO other_guids VALUES (?, ?)", (item_id, one.guid))

    def _text(self, one: identity.Placed, arrival: Arrival, origin: Origin) -> bool:
        """Whether a text is stored: not where the item has it already."""
        if not one.fresh:
            if self._incoming.has_text(one.item_id):
                self.write()
            text = arrival.digest
            if not wanted_as(self._db, one.item_id, text, arrival.title, returns=False):
                return False
        published = moment(arrival.published) if arrival.published else None
        self._incoming.text(one.item_id, arrival, published, origin)
        if published:
            self._stored.keep_title(one.item_id, origin.feed, published, arrival.title)
        return True

    def stands(self, item_id: str, shows: Shows, *, captured: bool) -> bool:
        """Whether a document shows an item under a guid of its own."""
        if item_id not in self._stored:
            return False
        told = (row for key in self._guids_of(item_id) for row in shows(identity.own_guid(key)))
        return any(
            captured or self._is(item_id, identity.canonical_link(url), title)
            for url, title in told
        )

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

    def __init__(self, archived: Archived, shows: Shows, *, captured: bool) -> None:
        self._archived, self._shows, self._captured = archived, shows, captured

    def __contains__(self, item_id: object) -> bool:
        return self._archived.stands(str(item_id), self._shows, captured=self._captured)
