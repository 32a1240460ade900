"""The threads of a poll: one queue a host, answers handed over to the one that stores."""

from __future__ import annotations

import os
import queue
import threading
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from heapq import heappop, heappush
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tracker import __version__
from tracker.core.headers import retry_after
from tracker.core.polling import Turn, host_of
from tracker.feeds.answers import Failed, Fetched, NotModified
from tracker.jobs.answer import Answer, Unchanged
from tracker.jobs.known import remembered, without_known
from tracker.settings import FeedConfig, Settings

if TYPE_CHECKING:
    from tracker.feeds.document import Document, Hints
    from tracker.feeds.fetch import Fetcher, Request
    from tracker.feeds.pool import Parsers

STUCK: Final = 90.0  # seconds without any answer at all: something hangs that no deadline reaches
NOT_ASKED: Final = "not-asked"  # the host asked for silence earlier in this run
MOST_AT_ONCE: Final = 50  # answers handed over together
AHEAD: Final = 16  # answers not yet taken, beyond which no further body is read
_MOST_HEAPS: Final = -8  # M_ARENA_MAX of malloc.h


class Asker:
    """Starts the threads, hands out answers, ends everything."""

    def __init__(
        self,
        settings: Settings,
        environ: Mapping[str, str],
        now: Callable[[], datetime],
        silent: Collection[str],
        lexicon: Path,
    ) -> None:
        self._settings, self._environ, self._now = settings, environ, now
        self._silent = set(silent)  # hosts; the fetcher looks at it too, where redirects lead
        self._lexicon = lexicon
        self._pool: Parsers | None = None
        self._making = threading.Lock()
        self._answers: queue.SimpleQueue[Answer] = queue.SimpleQueue()
        self._hosts: list[tuple[int, int, list[Turn]]] = []  # a heap; the longest queue first
        self._choosing = threading.Lock()
        self._stop = threading.Event()
        self._begun: set[str] = set()

    def start(self, due: Sequence[Turn]) -> None:
        """Begin to ask: every host has a queue, and one of its feeds at a time is asked."""
        if any(not turn.state.body_hash for turn in due):  # surely there is something to read
            _one_heap()
            self._parsers().prepare()  # what it loads, it loads while the rest is made ready here
        _ = self._fetcher  # made once, by this thread
        hosts: dict[str, list[Turn]] = {}
        for turn in due:
            hosts.setdefault(host_of(turn.state.stored_url), []).append(turn)
        for number, turns in enumerate(hosts.values()):
            heappush(self._hosts, (-len(turns), number, turns[::-1]))
        for _ in range(min(self._settings.threads, len(hosts))):
            threading.Thread(target=self._work, daemon=True).start()

    @cached_property
    def _fetcher(self) -> Fetcher:
        from tracker.feeds.fetch import Fetcher

        return Fetcher(
            user_agent=user_agent(self._settings),
            private_hosts=self._settings.private_hosts,
            pause=self._settings.pause,
            environ=self._environ,
            silent=self._silent,
        )

    def some(self, end: float | None, patience: float) -> list[Answer]:
        """The next answers, one at least; none when ``patience`` (seconds) or the time is over.

        ``end`` is a moment of the monotonic clock.
        """
        wait = patience if end is None else min(patience, end - time.monotonic())
        try:
            found = [self._answers.get(timeout=max(wait, 0.001))]
        except queue.Empty:
            return []
        while len(found) < MOST_AT_ONCE and not self._answers.empty():
            found.append(self._answers.get())
        if self._pool:
            self._pool.made_room()
        return found

    def begun(self) -> frozenset[str]:
        """The ids of all feeds that were asked, whether or not they have answered."""
        with self._choosing:
            return frozenset(self._begun)

    def close(self) -> None:
        """Stop asking; threads that wait for the network are left to end by themselves."""
        self._stop.set()
        with self._making:
            if self._pool:
                self._pool.close()
        self._fetcher.close()

    def _parsers(self) -> Parsers:
        """The children that read; a poll with nothing new never needs them."""
        from tracker.feeds.pool import Parsers
        from tracker.jobs.lesson import program

        with self._making:
            if self._pool is None:
                usual = max(1, min(3, os.cpu_count() or 1))
                child = program(self._lexicon, self._settings.watch)
                self._pool = Parsers(
                    usual, usual + 1, program=child, room=lambda: self._answers.qsize() < AHEAD
                )
            if self._stop.is_set():
                self._pool.close()
            return self._pool

    def _work(self) -> None:
        """Ask one feed of a host after another: the longest queue decides when the run ends.

        A host is in no heap while it is asked. Where there is none, as many threads are at work as
        there are hosts left.
        """
        while not self._stop.is_set():
            with self._choosing:
                if not self._hosts:
                    return
                _, number, turns = heappop(self._hosts)
                self._begun.add(turns[-1].feed.id)
            self._answers.put(self._guarded(turns.pop()))
            if turns:
                with self._choosing:
                    heappush(self._hosts, (-len(turns), number, turns))

    def _guarded(self, turn: Turn) -> Answer:
        """Ask one feed; whatever goes wrong is that feed's failure."""
        if host_of(turn.state.stored_url) in self._silent:
            return Answer(turn, NOT_ASKED)
        began = time.monotonic()
        try:
            answer = self._one(turn)
        except Exception as error:  # noqa: BLE001 - the guard around each feed
            answer = Answer(turn, "internal", f"unexpected {type(error).__name__}: {error}"[:300])
        if _asks_for_silence(answer, self._now()):
            self._silent.update((answer.host, host_of(turn.state.stored_url)))
        return _timed(answer, began)

    def _one(self, turn: Turn) -> Answer:
        outcome = self._fetcher.fetch(request_for(turn, self._environ))
        match outcome:
            case Failed(kind="silent"):
                return Answer(turn, NOT_ASKED, host=outcome.host)
            case Failed():
                return _failed(turn, outcome)
            case NotModified():
                return Answer(
                    turn, status=304, unchanged=Unchanged.NOT_MODIFIED, headers=outcome.headers,
                    moved_to=outcome.moved_to, moved_status=outcome.moved_status,
                )  # fmt: skip
            case Fetched():
                return self._read(turn, outcome)

    def _read(self, turn: Turn, got: Fetched) -> Answer:
        """Parse a body, unless it is the one we had."""
        from hashlib import blake2b

        digest = blake2b(got.body, digest_size=16).hexdigest() + _read_by(turn.feed)
        good = Answer(
            turn, status=got.status, headers=got.headers, moved_to=got.moved_to,
            moved_status=got.moved_status, wire=got.wire, body_hash=digest,
        )  # fmt: skip
        if digest == turn.state.body_hash:
            return replace(good, unchanged=Unchanged.SAME_BODY)
        return self._parsed(turn, got, good)

    def _parsed(self, turn: Turn, got: Fetched, good: Answer) -> Answer:
        """Have what is new of a body read."""
        from tracker.feeds.document import Document

        known = remembered(turn.state.parts)
        # Where nothing can be left out the child takes the marks as well.
        rest, marks, left_out = (
            without_known(got, turn.feed, known) if known else (got.body, (), ())
        )
        if marks and len(left_out) == len(marks):
            document = Document("known", turn.state.title)
        else:
            document = self._parsers().parse(
                rest, hints_for(turn.feed, got, self._now(), marked=not known), got.seconds,
                _origin_of(turn.feed, self._now()),
            )  # fmt: skip
        if not document.form:
            return Answer(turn, document.kind, document.error, got.status, wire=got.wire)
        if document.more:
            document, good = self._further(turn, document, good, got.url)
            if good.kind:
                return good
        return replace(
            good, document=document, body=got.body if self._settings.keep_bodies else b"",
            present=tuple(dict.fromkeys(known[mark] for mark in left_out)),
            marks=marks or document.marks,
            known={mark: known[mark] for mark in left_out},
        )  # fmt: skip

    def _further(
        self, turn: Turn, document: Document, good: Answer, url: str
    ) -> tuple[Document, Answer]:
        """Read on where a document has further pages.

        After a failure all is asked again; a host that asks for silence meanwhile is obeyed, and
        then nothing of this feed is stored.
        """
        from tracker.jobs import paging

        silent: list[Answer] = []

        def ask(more: str) -> Document:
            request = replace(request_for(turn, self._environ), url=more, etag="", last_modified="")
            outcome = self._fetcher.fetch(request)
            if isinstance(outcome, Failed):
                failed = _failed(turn, outcome)
                silent.extend([failed] if _asks_for_silence(failed, self._now()) else [])
            return paging.read(outcome, self._parsers(), turn.feed, self._now())

        most = int(turn.feed.options.get("limit", 100))
        document, complete = paging.whole(document, url, most, ask)
        if silent:
            return document, silent[0]
        return document, good if complete else replace(good, headers=None, body_hash="")


def _one_heap() -> None:
    """Have all threads take their memory from one heap, where the system's library can be told.

    By itself it gives each a heap of its own, and each of these keeps room for some bodies.
    """
    with suppress(ImportError, OSError, AttributeError, TypeError):
        import ctypes  # not where nothing is new

        ctypes.CDLL(None).mallopt(_MOST_HEAPS, 1)


def _origin_of(feed: FeedConfig, now: datetime) -> dict[str, str]:
    """What recognition must know of a feed; without a title its document's own counts."""
    return {
        "feed": feed.id, "lang": feed.lang, "publisher": feed.title, "tier": feed.tier,
        "seen": now.isoformat(),
    }  # fmt: skip


def _failed(turn: Turn, outcome: Failed) -> Answer:
    return Answer(
        turn, outcome.kind, outcome.why, outcome.status, outcome.retry_after, outcome.host
    )  # fmt: skip


def _read_by(feed: FeedConfig) -> str:
    """A sign of what a page is read by: with other selectors an old body is a new one."""
    if feed.kind == "feed":
        return ""
    from hashlib import blake2b

    chosen = repr(sorted(feed.options.items())).encode()
    return "." + blake2b(chosen, digest_size=4).hexdigest()


def _asks_for_silence(answer: Answer, now: datetime) -> bool:
    """Whether this host is asked no more in this run."""
    if answer.status == 429:
        return True
    return answer.status == 503 and retry_after(answer.retry_after, now) is not None


def hints_for(feed: FeedConfig, got: Fetched, now: datetime, *, marked: bool = False) -> Hints:
    """What is known about a body before it is read."""
    from tracker.feeds.document import Hints

    # Where our clock is behind that of the server, its dates are not "in the future".
    latest = max(now, got.headers.date) if got.headers.date else now
    return Hints(
        url=got.url,
        now=latest,
        content_type=got.headers.content_type,
        lang=feed.lang,
        encoding=feed.options.get("encoding", ""),
        kind=feed.kind,
        options=tuple(sorted(feed.options.items())),
        marked=marked,
    )


def _timed(answer: Answer, began: float) -> Answer:
    return replace(answer, ms=int((time.monotonic() - began) * 1000))


def user_agent(settings: Settings) -> str:
    """Who we say we are: name, version, and whom to write to.

    The user's own text replaces it whole.
    """
    contact = settings.contact.strip()
    return settings.user_agent or f"tracker/{__version__}" + (f" (+{contact})" if contact else "")


def request_for(turn: Turn, environ: Mapping[str, str]) -> Request:
    """The question to a feed: its address, validators, own headers and secret."""
    from tracker.feeds.fetch import Request

    feed, state = turn.feed, turn.state
    prefix = "header."
    have = state.body_hash and state.body_hash.endswith(_read_by(feed))
    return Request(
        url=state.stored_url,
        home=feed.url,
        etag=state.etag if have else "",
        last_modified=state.last_modified if have else "",
        headers={k[len(prefix) :]: v for k, v in feed.options.items() if k.startswith(prefix)},
        login=login_of(feed, environ),
        user_agent=feed.options.get("user_agent", ""),
    )


def login_of(feed: FeedConfig, environ: Mapping[str, str]) -> str:
    """``user:password`` of a feed, the password from its variable or file; empty for none.

    Raises:
        UsageProblem: the variable is not set, or the file cannot be read.
    """
    from tracker.errors import UsageProblem

    user, name = feed.options.get("username", ""), feed.options.get("password_env", "")
    path = feed.options.get("password_file", "")
    if not user:
        return ""
    if name and name not in environ:
        raise UsageProblem(f'"{feed.id}": the variable {name} is not set.', hint=f"export {name}=…")
    if not path:
        return f"{user}:{environ.get(name, '')}"
    try:
        return f"{user}:{Path(path).expanduser().read_text(encoding='utf-8').strip()}"
    except (OSError, UnicodeDecodeError) as error:
        raise UsageProblem(f'"{feed.id}": {path} cannot be read.', hint="check it") from error
