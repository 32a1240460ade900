"""The entries joined to each event of an answer, where a reader asks for them."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

from tracker.core.timeline import EventRow, Row, Timeline
from tracker.model import Mention
from tracker.store.derived import Derived


def with_reports(db: sqlite3.Connection, page: Timeline) -> Timeline:
    """The same answer, each event with its reports in order of time, an entry once."""
    wanted = [node for event in page.events for node in event.mentions]
    if not wanted:
        return page
    held = Derived(db).mentions(wanted)
    return replace(page, rows=tuple(_filled(row, held) for row in page.rows))


def _filled(row: Row, held: dict[str, Mention]) -> Row:
    if not isinstance(row, EventRow):
        return row
    mentions = [held[node] for node in row.event.mentions if node in held]
    first: dict[str, Mention] = {}
    for mention in sorted(mentions, key=lambda one: (one.report_day or one.known, one.url)):
        first.setdefault(mention.item_id, mention)
    return replace(row, reports=tuple(first.values()))
