"""What items that come ask about items stored before, asked at once and kept right since.

The items are those of one document, or of a batch of an archive.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import partial
from typing import NamedTuple

from tracker.core import identity, kept_texts
from tracker.core.clean import clean_line
from tracker.core.identity import TITLE_LIMIT, Arrival
from tracker.store.origin import moment


class Asked(NamedTuple):
    """One item that will come: the feed and guid key it comes under, its link and its own id."""

    feed: str
    guid: str
    link: str
    item_id: str


def asked(feed: str, key: str, arrival: Arrival) -> Asked:
    """What an item will ask; ``key`` is its guid key in its document."""
    link = identity.canonical_link(arrival.link)
    return Asked(feed, key, link, identity.item_id(feed, key, arrival.link))


class Expected:
    """Answers for a document or a batch; nobody else stores items while it lives."""

    def __init__(self, db: sqlite3.Connection, coming: Iterable[Asked]) -> None:
        self._db = db
        rows = list(coming)
        self._feeds: dict[str, str | None] = dict.fromkeys(row.item_id for row in rows)
        self._feeds |= dict(self._in(
            "SELECT item_id, feed FROM json_each(?) one CROSS JOIN items ON item_id = one.value",
            [*self._feeds],
        ))  # fmt: skip
        self._by_guid: dict[str, dict[str, str]] = {}
        self._by_link: dict[str, dict[str, str]] = {}
        self._titled: dict[tuple[str, str, str], str] = {}
        self._new: set[str] = set()
        for feed in dict.fromkeys(row.feed for row in rows):
            self._look(feed, [row for row in rows if row.feed == feed])

    def _look(self, feed: str, rows: list[Asked]) -> None:
        self._by_guid[feed], self._by_link[feed] = {}, {}
        if not self._db.execute("SELECT 1 FROM items WHERE feed = ? LIMIT 1", (feed,)).fetchone():
            self._new.add(feed)
            return
        self._by_guid[feed] |= self._in(
            "SELECT guid, item_id FROM json_each(?) one CROSS JOIN guids ON guid = one.value"
            " WHERE feed = ?", [row.guid for row in rows], feed,
        )  # fmt: skip
        told = [row.link for row in rows if identity.tells(row.link)]
        # The first of several items with one link counts, whatever order they are asked in.
        self._by_link[feed] |= self._in(
            "SELECT link, item_id FROM json_each(?) one CROSS JOIN items ON link = one.value"
            " WHERE feed = ? ORDER BY number DESC", told, feed,
        )  # fmt: skip

    def _in(self, sql: str, values: list[str], *more: str) -> Iterator[tuple[str, str]]:
        for row in self._db.execute(sql, (json.dumps(values), *more)) if values else ():
            yield row[0], row[1]

    def known(self, feed: str, *, titles: bool = True) -> identity.Known:
        """What is known to the items of one feed of those that come; by ``titles`` too."""
        by_title = partial(self._by_title, feed) if titles else _by_no_title
        return identity.Known(
            self._by_guid.get(feed, {}), self._by_link.get(feed, {}), by_title, self
        )

    def _by_title(self, feed: str, title: str, published: datetime) -> str | None:
        if feed in self._new and not self._titled:
            return None
        told = feed, moment(published), clean_line(title, TITLE_LIMIT)
        stored = None if feed in self._new else titled(self._db, *told)
        return stored or self._titled.get(told)

    def holder(self, feed: str, guid: str) -> str | None:
        """The item of a guid key that nobody asked for beforehand."""
        found = self._by_guid[feed].get(guid)
        if found is None and feed not in self._new:
            row = self._db.execute(
                "SELECT item_id FROM guids WHERE feed = ? AND guid = ?", (feed, guid)
            ).fetchone()
            if row:
                found = self._by_guid[feed][guid] = row[0]
        return found

    def feed_of(self, item_id: str) -> str | None:
        """The feed of a stored item; None where no item has the id."""
        if item_id not in self._feeds:
            row = self._db.execute(
                "SELECT feed FROM items WHERE item_id = ?", (item_id,)
            ).fetchone()  # fmt: skip
            self._feeds[item_id] = row[0] if row else None
        return self._feeds[item_id]

    def __contains__(self, item_id: object) -> bool:
        return self.feed_of(str(item_id)) is not None

    def keep(self, item_id: str, one: Asked) -> None:
        """An item was stored, or shown under another guid."""
        self._feeds.setdefault(item_id, None)
        self._feeds[item_id] = self._feeds[item_id] or one.feed
        self._by_guid[one.feed].setdefault(one.guid, item_id)
        if one.link:
            self._by_link[one.feed].setdefault(one.link, item_id)

    def keep_title(self, item_id: str, feed: str, published: str, title: str) -> None:
        """An item has a title at a moment, both as they are stored, now or soon."""
        self._titled.setdefault((feed, published, title), item_id)


def _by_no_title(_title: str, _published: datetime) -> None:
    return None


def titled(db: sqlite3.Connection, feed: str, published: str, title: str) -> str | None:
    """The first item of a feed that had a title at a moment, as both are stored."""
    row = db.execute(
        "SELECT r.item_id FROM revisions r JOIN items i ON i.item_id = r.item_id"
        " WHERE r.published = ? AND r.title = ? AND i.feed = ?"
        " ORDER BY r.number LIMIT 1", (published, title, feed),
    ).fetchone()  # fmt: skip
    return row[0] if row else None


def wanted_as(db: sqlite3.Connection, item_id: str, text: str, title: str, *, returns: bool) -> str:
    """The digest under which a stored item takes another text; empty where it does not.

    Not its newest one, and not without end. One that it had before comes back only where
    ``returns``: a poll tells what stands now, an archive read again tells nothing of that.
    """
    rows = db.execute(
        "SELECT digest, title FROM revisions WHERE item_id = ? ORDER BY number", (item_id,)
    ).fetchall()  # fmt: skip
    had = [row["digest"] for row in rows]
    if text in had and not returns:
        return ""
    kept = kept_texts.keeps_revision(len(rows), all(row["title"] != title for row in rows))
    return kept_texts.stored_as(text, had) if kept else ""
