"""What a poll cuts out of a body, since it is known, changes nothing of what is stored."""

from __future__ import annotations

import random
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.feeds.web import item, rss
from tracker.core.polling import Turn, state_for
from tracker.feeds.answers import Fetched, Headers
from tracker.feeds.document import Document, Hints
from tracker.feeds.parse import parse
from tracker.jobs.answer import Answer
from tracker.jobs.known import remembered, without_known
from tracker.settings import FeedConfig
from tracker.store.entries import Entries
from tracker.store.origin import Origin

NOON = datetime(2025, 7, 30, 12, tzinfo=UTC)
FEED = FeedConfig("a", "https://a.example/feed")
KEPT = Path(__file__).parents[2] / "db" / "migrations" / "0001_kept.sql"


class Store:
    """The kept tables, and what is remembered of the last body."""

    def __init__(self) -> None:
        self.db = sqlite3.connect(":memory:", isolation_level=None)
        self.db.row_factory = sqlite3.Row
        self.db.executescript(KEPT.read_text(encoding="utf-8"))
        self.parts: bytes | None = None
        self.cut = 0

    def take(self, body: bytes, now: datetime) -> None:
        """Store a body as a poll does."""
        known = remembered(self.parts)
        got = Fetched(body, 200, FEED.url, Headers())
        rest, marks, left_out = without_known(got, FEED, known) if known else (body, (), ())
        if marks and len(left_out) == len(marks):
            document = Document("known", "Feed")
        else:
            document = parse(rest, Hints(FEED.url, now, marked=not known))
        held = {mark: known[mark] for mark in left_out}
        answer = Answer(
            Turn(FEED, state_for(FEED, None), "due"), document=document, known=held,
            marks=marks or document.marks,
        )  # fmt: skip
        present = tuple(dict.fromkeys(held.values()))
        taken = Entries(self.db).take(document.entries, Origin("a"), now, present)
        self.parts = answer.parts_with(taken.numbers)
        self.cut += len(left_out)

    def rows(self) -> list[tuple[object, ...]]:
        """Every text in the order in which they came to each item."""
        query = (
            "SELECT item_id, digest, title, summary, url, published, seen FROM revisions"
            " ORDER BY item_id, number"
        )
        return [tuple(row) for row in self.db.execute(query)]


def documents(pick: random.Random, guids: int) -> list[bytes]:
    """Bodies of a feed whose entries change, change back, go, come again and stand there twice."""
    found = []
    for _ in range(20):
        shown = [n for n in range(4) if pick.random() < 0.8]
        once = [(n, pick.randrange(guids)) for n in shown]
        twice = [(n, (k + 1) % guids) for n, k in once if guids > 1 and pick.random() < 0.2]
        items = [
            item(n, f"Headline {n} {pick.choice('AAB')}", guid=f"g{n}-{k}")
            for n, k in (*once, *twice)
        ]
        found.append(rss(*items))
    return found


@pytest.mark.parametrize("guids", [1, 2, 3])
@pytest.mark.parametrize("seed", range(12))
def test_bodies_that_were_cut_store_what_whole_ones_do(seed: int, guids: int) -> None:
    cut, whole = Store(), Store()
    for n, body in enumerate(documents(random.Random(seed), guids)):
        now = NOON + timedelta(hours=n)
        whole.parts = None
        for store in (cut, whole):
            store.take(body, now)
        assert cut.rows() == whole.rows(), n
    assert cut.cut
    titles = [row[2] for row in cut.rows()]
    assert len(titles) > len(set(titles))  # some came back
