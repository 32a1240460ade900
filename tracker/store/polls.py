"""What is remembered of polling: feeds, hosts, runs, attempts, moves, gaps, outages."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from tracker.core import polling
from tracker.core.address import without_password
from tracker.core.headers import LONGEST_SILENCE
from tracker.core.polling import FeedState
from tracker.nouns import dataclass
from tracker.settings import FeedConfig
from tracker.store import runs
from tracker.store.origin import moment
from tracker.store.schema import set_meta

_COLUMNS: Final = tuple(field.name for field in fields(FeedState))
_MOMENTS: Final = ("last_poll", "last_ok", "next_poll", "failing_since", "gone")
_SAVE: Final = (
    f"INSERT INTO feeds ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})"
    " ON CONFLICT (id) DO UPDATE SET "
    + ", ".join(f"{name} = excluded.{name}" for name in _COLUMNS if name != "id")
)
_ADDRESSES: Final = (
    ("feeds", "id", "url"), ("feeds", "id", "stored_url"),
    ("moves", "number", "from_url"), ("moves", "number", "to_url"),
)  # fmt: skip
_REFUSED: Final = "login_refused/"  # begins the names in ``meta`` of what is kept of a login
KEPT_ATTEMPTS: Final = timedelta(days=90)  # the log of single attempts is pruned beyond


@dataclass(frozen=True, slots=True)
class Attempt:
    """One line of the log: what one poll of one feed came to."""

    feed: str
    at: datetime
    outcome: str
    status: int | None
    entries: int = 0
    new: int = 0
    revised: int = 0
    bytes: int = 0
    ms: int = 0
    error: str = ""
    problems: Sequence[str] = ()


@contextmanager
def apart(db: sqlite3.Connection) -> Iterator[None]:
    """All of the block or nothing of it, inside a transaction that goes on either way."""
    db.execute("SAVEPOINT apart")
    try:
        yield
    except BaseException:
        if db.in_transaction:  # a full disk has rolled back everything by itself
            db.execute("ROLLBACK TO apart")
            db.execute("RELEASE apart")
        raise
    db.execute("RELEASE apart")


def last_text(db: sqlite3.Connection) -> int:
    """The number of the newest text stored; 0 where there is none."""
    return int(db.execute("SELECT max(number) FROM revisions").fetchone()[0] or 0)


class Polls:
    """The kept tables about polling."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def states(self) -> dict[str, FeedState]:
        """Every remembered feed by id, also those no longer configured."""
        rows = self._db.execute(f"SELECT {', '.join(_COLUMNS)} FROM feeds")
        return {row["id"]: _state(row) for row in rows}

    def states_of(self, feeds: Sequence[FeedConfig]) -> dict[str, FeedState]:
        """The same, to poll with: a failure counts only for the login that was refused."""
        rows = self._db.execute(
            "SELECT substr(key, ?), value FROM meta WHERE key BETWEEN ? AND ?",
            (len(_REFUSED) + 1, _REFUSED, f"{_REFUSED}\U0010ffff"),
        )
        return polling.with_logins(feeds, self.states(), dict(map(tuple, rows)))

    def refuse_login(self, feed: FeedConfig) -> None:
        """Remember that a server refused the login that a feed has now."""
        set_meta(self._db, f"{_REFUSED}{feed.id}", polling.sign_of_login(feed))

    def forget_refusal(self, feed: FeedConfig) -> None:
        """The login of a feed is no longer what it fails by."""
        self._db.execute("DELETE FROM meta WHERE key = ?", (f"{_REFUSED}{feed.id}",))

    def save(self, state: FeedState) -> None:
        """Remember a feed."""
        values = [getattr(state, name) for name in _COLUMNS]
        self._db.execute(_SAVE, [_plain(value) for value in values])

    def silent(self, now: datetime) -> dict[str, datetime]:
        """Hosts that asked for silence beyond ``now``, and until when."""
        rows = self._db.execute("SELECT host, until FROM hosts WHERE until > ?", (moment(now),))
        return {row["host"]: datetime.fromisoformat(row["until"]) for row in rows}

    def silence(self, host: str, until: datetime, why: str) -> None:
        """Remember that a host asked for silence; a longer one that stands is kept.

        One that ends more than the longest silence after this one was written by a wrong clock.
        """
        self._db.execute(
            "INSERT INTO hosts (host, until, why) VALUES (?, ?, ?) ON CONFLICT (host) DO UPDATE"
            " SET until = CASE WHEN until BETWEEN excluded.until AND ? THEN until"
            " ELSE excluded.until END, why = excluded.why",
            (host, moment(until), why, moment(until + LONGEST_SILENCE)),
        )

    def log(self, attempt: Attempt) -> None:
        """Write one attempt down."""
        self._db.execute(
            "INSERT INTO polls (feed, at, outcome, status, entries, new, revised, bytes, ms, error,"
            " problems) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                attempt.feed, moment(attempt.at), attempt.outcome, attempt.status, attempt.entries,
                attempt.new, attempt.revised, attempt.bytes, attempt.ms, attempt.error,
                "\n".join(attempt.problems),
            ),
        )  # fmt: skip

    def prune(self, now: datetime) -> None:
        """Drop the oldest lines of the attempt log; moves, gaps and outages stay."""
        self._db.execute("DELETE FROM polls WHERE at < ?", (moment(now - KEPT_ATTEMPTS),))

    def forget_logins(self) -> None:
        """Take users and passwords out of addresses that an earlier version stored with them."""
        for table, key, column in _ADDRESSES:
            rows = self._db.execute(
                f"SELECT {key}, {column} FROM {table} WHERE {column} LIKE '%//%@%'"
            ).fetchall()
            for number, url in rows:
                if (plain := without_password(url)) != url:
                    self._db.execute(
                        f"UPDATE {table} SET {column} = ? WHERE {key} = ?", (plain, number)
                    )

    # ---- runs ---------------------------------------------------------------------------------

    def begin_run(self, now: datetime) -> int:
        """Note that a run began; its number."""
        cursor = self._db.execute("INSERT INTO runs (started) VALUES (?)", (moment(now),))
        return int(cursor.lastrowid or 0)

    def end_run(
        self, number: int, now: datetime, *, asked: int, failed: int, new: int, revised: int,
        network: bool,
    ) -> None:  # fmt: skip
        """Note what a run came to; ``network`` is False where nothing could be reached."""
        self._db.execute(
            "UPDATE runs SET finished = ?, asked = ?, failed = ?, new = ?, revised = ?,"
            " network = ? WHERE number = ?",
            (moment(now), asked, failed, new, revised, int(network), number),
        )

    # ---- history ------------------------------------------------------------------------------

    def move(self, feed: str, now: datetime, from_url: str, to_url: str, status: int) -> None:
        """Write a permanent redirect down."""
        self._db.execute(
            "INSERT INTO moves (feed, at, from_url, to_url, status) VALUES (?, ?, ?, ?, ?)",
            (feed, moment(now), from_url, to_url, status),
        )

    def moves(self, feed: str) -> list[sqlite3.Row]:
        """The moves of a feed, oldest first."""
        return self._db.execute(
            "SELECT * FROM moves WHERE feed = ? ORDER BY number", (feed,)
        ).fetchall()

    def gap(self, feed: str, since: datetime, until: datetime) -> None:
        """Write a proven gap down."""
        self._db.execute(
            "INSERT INTO gaps (feed, since, until) VALUES (?, ?, ?)",
            (feed, moment(since), moment(until)),
        )

    def gaps(self) -> list[sqlite3.Row]:
        """Every proven gap, oldest first."""
        return self._db.execute("SELECT * FROM gaps ORDER BY since, number").fetchall()

    def outage(self, feed: str, since: datetime, why: str) -> None:
        """Begin a blind span of a feed, unless one is open."""
        self._db.execute(
            "INSERT INTO outages (feed, since, why) SELECT ?, ?, ? WHERE NOT EXISTS"
            " (SELECT 1 FROM outages WHERE feed = ? AND until IS NULL)",
            (feed, moment(since), why, feed),
        )

    def recovered(self, feed: str, now: datetime) -> None:
        """End the blind span of a feed."""
        self._db.execute(
            "UPDATE outages SET until = ? WHERE feed = ? AND until IS NULL", (moment(now), feed)
        )

    def empty_since(self, feed: str) -> datetime | None:
        """The first of the last good answers without an entry; None where the log has none."""
        row = self._db.execute(
            "SELECT min(at) FROM polls WHERE feed = :feed AND entries = 0"
            " AND outcome IN ('new', 'unchanged', 'moved') AND number > coalesce("
            "(SELECT max(number) FROM polls WHERE feed = :feed AND entries > 0), 0)",
            {"feed": feed},
        ).fetchone()
        return datetime.fromisoformat(row[0]) if row[0] else None

    def blind_spots(self) -> list[sqlite3.Row]:
        """Outages and gaps as ``feed, since, until, why``; ``until`` is None while it lasts."""
        return runs.blind_spots(self._db)

    # ---- bodies -------------------------------------------------------------------------------

    def keep_body(self, feed: str, now: datetime, digest: str, body: bytes, most: int) -> None:
        """Keep a body as it came, and of this feed only the newest ``most``."""
        self._db.execute(
            "INSERT OR IGNORE INTO bodies (feed, fetched, digest, body) VALUES (?, ?, ?, ?)",
            (feed, moment(now), digest, zlib.compress(body)),
        )
        self._db.execute(
            "DELETE FROM bodies WHERE feed = ? AND number NOT IN (SELECT number FROM bodies"
            " WHERE feed = ? ORDER BY number DESC LIMIT ?)",
            (feed, feed, most),
        )


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return moment(value)
    return int(value) if isinstance(value, bool) else value


def _state(row: sqlite3.Row) -> FeedState:
    values: dict[str, Any] = {name: row[name] for name in _COLUMNS}
    for name in _MOMENTS:
        if values[name]:
            values[name] = datetime.fromisoformat(values[name]).astimezone(UTC)
    values["told"] = bool(values["told"])
    return FeedState(**values)
