"""Rows of items, gathered and written many at once, in the order of arrival."""

from __future__ import annotations

import sqlite3
from typing import Final

from tracker.core.identity import Arrival, Placed
from tracker.store.origin import Origin

_ITEM: Final = (
    "INSERT INTO items (item_id, feed, guid, link, first_seen, origin) VALUES (?, ?, ?, ?, ?, ?)"
)
_GUID: Final = "INSERT OR IGNORE INTO guids VALUES (?, ?, ?)"
_TEXT: Final = (
    "INSERT OR IGNORE INTO revisions (item_id, digest, title, summary, url, published,"
    " published_raw, offset_minutes, seen, lang, publisher, tier)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


class Incoming:
    """What is to be stored; nothing is before ``write``. ``seen`` is a moment as it is stored."""

    def __init__(self, db: sqlite3.Connection, seen: str) -> None:
        self._db, self._seen = db, seen
        self._items: list[tuple[object, ...]] = []
        self._guids: list[tuple[object, ...]] = []
        self._texts: dict[str, tuple[object, ...]] = {}

    def item(self, one: Placed, origin: Origin) -> None:
        """An item not stored before, with the guid it came under."""
        self._items.append(
            (one.item_id, origin.feed, one.guid, one.link, self._seen, origin.origin)
        )  # fmt: skip
        self.guid(origin.feed, one.guid, one.item_id)

    def guid(self, feed: str, guid: str, item_id: str) -> None:
        """Another guid of an item."""
        self._guids.append((feed, guid, item_id))

    def text(self, item_id: str, arrival: Arrival, published: str | None, origin: Origin) -> None:
        """A text of an item, settled; ``origin`` is that of its document."""
        self._texts[item_id] = (
            item_id, arrival.digest, arrival.title, arrival.summary, arrival.link, published,
            arrival.published_raw, arrival.offset, self._seen, arrival.lang,
            arrival.publisher or origin.publisher, origin.tier,
        )  # fmt: skip

    def has_text(self, item_id: str) -> bool:
        """Whether a text of this item waits; another one must wait until it is written."""
        return item_id in self._texts

    def write(self) -> None:
        """Store what was gathered."""
        self._db.executemany(_ITEM, self._items)
        self._db.executemany(_GUID, self._guids)
        self._db.executemany(_TEXT, list(self._texts.values()))
        self._items, self._guids, self._texts = [], [], {}
