"""What a batch of items will ask about items stored before, asked at once, kept right since."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from tracker.core import identity, polling
from tracker.core.identity import Arrival


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
    """Answers for a batch; nobody else stores items while it lives."""

    def __init__(self, db: sqlite3.Connection, batch: Iterable[Asked]) -> None:
        self._db = db
        rows = list(batch)
        self._feeds: dict[str, str | None] = dict.fromkeys(row.item_id for row in rows)
        self._feeds |= dict(self._in(
            "SELECT item_id, feed FROM json_each(?) one CROSS JOIN items ON item_id = one.value",
            [*self._feeds],
        ))  # fmt: skip
        self._by_guid: dict[tuple[str, str], str] = {}
        self._by_link: dict[tuple[str, str], str] = {}
        for feed in dict.fromkeys(row.feed for row in rows):
            self._look(feed, [row for row in rows if row.feed == feed])

    def _look(self, feed: str, rows: list[Asked]) -> None:
        guids = self._in(
            "SELECT guid, item_id FROM json_each(?) one CROSS JOIN guids ON guid = one.value"
            " WHERE feed = ?", [row.guid for row in rows], feed,
        )  # fmt: skip
        self._by_guid |= {(feed, guid): item_id for guid, item_id in guids}
        told = [row.link for row in rows if identity.tells(row.link)]
        # The first of several items with one link counts, whatever order they are asked in.
        links = self._in(
            "SELECT link, item_id FROM json_each(?) one CROSS JOIN items ON link = one.value"
            " WHERE feed = ? ORDER BY number DESC", told, feed,
        )  # fmt: skip
        self._by_link |= {(feed, link): item_id for link, item_id in links}

    def _in(self, sql: str, values: list[str], *more: str) -> Iterator[tuple[str, str]]:
        for row in self._db.execute(sql, (json.dumps(values), *more)) if values else ():
            yield row[0], row[1]

    def by_guid(self, feed: str, key: str) -> str | None:
        """The item that a guid key of a feed belongs to."""
        return self._by_guid.get((feed, key))

    def by_link(self, feed: str, link: str) -> str | None:
        """The first item of a feed with a link."""
        return self._by_link.get((feed, link))

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
        self._by_guid.setdefault((one.feed, one.guid), item_id)
        if one.link:
            self._by_link.setdefault((one.feed, one.link), item_id)


def titled(db: sqlite3.Connection, feed: str, published: str, title: str) -> str | None:
    """The first item of a feed that had a title at a moment, as both are stored."""
    row = db.execute(
        "SELECT r.item_id FROM revisions r JOIN items i ON i.item_id = r.item_id"
        " WHERE r.published = ? AND r.title = ? AND i.feed = ?"
        " ORDER BY r.number LIMIT 1", (published, title, feed),
    ).fetchone()  # fmt: skip
    return row[0] if row else None


def wants(db: sqlite3.Connection, item_id: str, text: str, title: str) -> bool:
    """Whether a stored item takes another text: not one it had, and not without end."""
    rows = db.execute(
        "SELECT digest, title FROM revisions WHERE item_id = ?", (item_id,)
    ).fetchall()  # fmt: skip
    if any(row["digest"] == text for row in rows):
        return False
    return polling.keeps_revision(len(rows), all(row["title"] != title for row in rows))
