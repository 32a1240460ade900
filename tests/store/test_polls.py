"""The memory of polling."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from tests.store.test_entries import db as db  # the same fresh database
from tracker.core.polling import FeedState
from tracker.store.polls import Attempt, Polls

NOW = datetime(2025, 7, 15, 12, tzinfo=UTC)


def test_a_state_comes_back_as_it_was(db: sqlite3.Connection) -> None:
    state = FeedState(
        "a", "https://x.org/f", "https://y.org/f", etag='W/"\\x"', parts=b"\0" * 16,
        next_poll=NOW, failures=3, failing_since=NOW, told=True, rhythm=60,
    )  # fmt: skip
    Polls(db).save(state)
    Polls(db).save(replace(state, failures=4))
    assert Polls(db).states() == {"a": replace(state, failures=4)}


def test_the_longer_silence_stands(db: sqlite3.Connection) -> None:
    polls = Polls(db)
    polls.silence("x.org", NOW + timedelta(hours=2), "429")
    polls.silence("x.org", NOW + timedelta(hours=1), "503")
    assert polls.silent(NOW) == {"x.org": NOW + timedelta(hours=2)}
    assert polls.silent(NOW + timedelta(hours=3)) == {}


def test_a_silence_that_a_wrong_clock_wrote_gives_way(db: sqlite3.Connection) -> None:
    polls = Polls(db)
    polls.silence("x.org", NOW + timedelta(days=4000), "429")
    polls.silence("x.org", NOW + timedelta(hours=1), "503")
    assert polls.silent(NOW) == {"x.org": NOW + timedelta(hours=1)}


def test_old_attempts_go_and_young_ones_stay(db: sqlite3.Connection) -> None:
    polls = Polls(db)
    for days in (91, 89, 0):
        polls.log(Attempt("a", NOW - timedelta(days=days), "unchanged", 304))
    polls.prune(NOW)
    assert [row[0] for row in db.execute("SELECT at FROM polls ORDER BY at")] == [
        "2025-04-17T12:00:00Z", "2025-07-15T12:00:00Z",
    ]  # fmt: skip


def test_blind_spots_are_outages_and_gaps(db: sqlite3.Connection) -> None:
    polls = Polls(db)
    polls.outage("a", NOW, "timeout")
    polls.outage("a", NOW + timedelta(hours=1), "timeout")
    polls.recovered("a", NOW + timedelta(hours=2))
    polls.gap("b", NOW, NOW + timedelta(days=1))
    assert [tuple(row) for row in polls.blind_spots()] == [
        ("a", "2025-07-15T12:00:00Z", "2025-07-15T14:00:00Z", "timeout", None),
        ("b", "2025-07-15T12:00:00Z", "2025-07-16T12:00:00Z", "gap", None),
    ]


def test_of_kept_bodies_only_the_newest_stay(db: sqlite3.Connection) -> None:
    for n in range(5):
        Polls(db).keep_body("a", NOW, str(n), b"body", 2)
    assert [row[0] for row in db.execute("SELECT digest FROM bodies")] == ["3", "4"]
