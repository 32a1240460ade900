"""Due feeds -> fetch -> parse -> store -> derive: one guard and one short transaction a feed.

Threads ask and children parse; the thread that called stores what arrives, so that the database has
one writer and no transaction is open while the network is awaited. Kill it anywhere: what was
committed stays, the rest is asked again.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from tracker.core import polling, skew
from tracker.core.poll_report import Change, FeedResult, Outcome, PollReport
from tracker.core.polling import FeedState, Turn
from tracker.jobs.asking import NOT_ASKED, STUCK, Answer, Asker, Unchanged
from tracker.jobs.deriving import Deriving
from tracker.jobs.house import House
from tracker.jobs.polled import failing, not_asked, result_of
from tracker.nouns import dataclass
from tracker.settings import FeedConfig
from tracker.store.polls import Attempt, Polls, apart
from tracker.store.schema import hold_less, meta, transaction

THROTTLED: Final = timedelta(minutes=15)  # after a 429 that names no time
HOPELESS_HOSTS: Final = 8  # so many hosts unreached and none reached: the rest is not asked
HOLD: Final = 0.25  # seconds for which good answers wait for further ones
MOST_HELD: Final = 256
MOST_FRESH: Final = 12  # of those held, with something to store
MOST_AT_ONCE: Final = 2000  # entries in one transaction, so that no other writer waits for long
_NETWORK_KINDS: Final = ("network", "unreachable", "timeout")

Tick = Callable[[FeedResult, int, int], None]


@dataclass(frozen=True, slots=True)
class Wish:
    """What the user asked for. ``max_time`` bounds the run, in seconds."""

    only: tuple[str, ...] = ()
    everything: bool = False
    max_time: float | None = None


def poll(
    house: House, wish: Wish, environ: Mapping[str, str], tick: Tick = lambda *_: None
) -> PollReport:
    """Poll what is due, store, derive.

    Raises:
        UsageProblem: a mistake in feeds.toml or an unknown feed id; nothing is polled.
        Busy: another poll runs.
        StoreError: the database cannot be written.
    """
    check_ids(house.settings.feeds, wish.only)
    with house.lock():
        db = house.writer()
        hold_less(db)
        deriving = Deriving(db, house)
        report = _Run(db, house, environ, wish, tick, deriving).whole()
        new, changed = deriving.rest()
        return replace(report, finished=house.now(), events_new=new, events_changed=changed)


def check_ids(feeds: Sequence[FeedConfig], only: Collection[str]) -> None:
    """Refuse feed ids that are not configured.

    Raises:
        UsageProblem: names the id, with suggestions.
    """
    from tracker.errors import UsageProblem, did_you_mean

    known = [feed.id for feed in feeds]
    for word in only:
        if word not in known:
            hint = did_you_mean(word, known) or "tracker feeds list shows the ids"
            raise UsageProblem(f"There is no feed {word!r}.", hint=hint)


class _Run:
    """One poll: who is asked, what came of it."""

    def __init__(
        self,
        db: sqlite3.Connection,
        house: House,
        environ: Mapping[str, str],
        wish: Wish,
        tick: Tick,
        deriving: Deriving,
    ) -> None:
        self._db, self._settings, self._now = db, house.settings, house.now
        self._lexicon = house.paths.lexicon
        self._environ, self._wish, self._tick = environ, wish, tick
        self._deriving = deriving
        self._polls = Polls(db)
        self._results: dict[str, FeedResult] = {}
        self._changes: list[Change] = []
        self._put_off: list[Answer] = []
        self._met: dict[str, set[str]] = {}
        self._said: list[datetime] = []

    def whole(self) -> PollReport:
        """The run from the first question to the last row."""
        started = self._now()
        silent = self._polls.silent(started)
        turns = polling.turns(
            self._settings.feeds, self._polls.states(), silent, started,
            everything=self._wish.everything, only=self._wish.only,
        )  # fmt: skip
        due = [turn for turn in turns if turn.due]
        for turn in turns:
            if not turn.due:
                self._results[turn.feed.id] = not_asked(turn)
        network = True
        if due:
            with transaction(self._db):
                number = self._polls.begin_run(started)
            left = self._ask(
                due, [h for h, end in silent.items() if polling.in_force(end, started)]
            )
            network = self._settle(left)
            self._finish(number, network)
        return PollReport(
            started=started,
            finished=self._now(),
            feeds=tuple(self._results[turn.feed.id] for turn in turns),
            changes=tuple(self._changes),
            network=network,
        )

    def _ask(self, due: Sequence[Turn], silent: Collection[str]) -> list[Turn]:
        """Ask every due feed and store what comes; the turns without an answer."""
        asker = Asker(self._settings, self._environ, self._now, silent, self._lexicon)
        end = time.monotonic() + self._wish.max_time if self._wish.max_time else None
        try:
            asker.start(due)
            if any(not turn.state.body_hash for turn in due):  # surely something is new
                self._deriving.prepare()
            return self._gather(asker, due, end)
        finally:
            asker.close()

    def _gather(self, asker: Asker, due: Sequence[Turn], end: float | None) -> list[Turn]:
        """Take answers until there is one for every turn, the time is over or all hang.

        Good answers wait a moment for each other: to write rows is quick, to have them on the disk
        is not.
        """
        waiting = {turn.feed.id: turn for turn in due}
        held: list[Answer] = []
        since = time.monotonic()
        while waiting:
            answers = asker.some(end, HOLD if held else STUCK)
            if not answers and not held:
                break
            since = since if held else time.monotonic()
            held += answers
            for one in answers:
                waiting.pop(one.turn.feed.id, None)
            good = answers and all(one.unchanged or one.document for one in answers)
            if not good or _full(held, time.monotonic() - since):
                self._take_all(held, len(due))
                held = []
                if self._hopeless():
                    break
                self._deriving.step()
        self._take_all(held, len(due))
        return list(waiting.values())

    def _take_all(self, answers: Sequence[Answer], due: int) -> None:
        """Store answers, several in one transaction: none of them is lost with another."""
        left = list(answers)
        while left:
            size = 0
            with transaction(self._db):
                while left and size < MOST_AT_ONCE:
                    one = left.pop(0)
                    self._take(one)
                    size += len(one.document.entries) if one.document else 1
        for one in answers:
            if one.document and (result := self._results.get(one.turn.feed.id)):
                self._deriving.stored(one.document, result.new + result.revised)
            self._tell_tick(one.turn.feed.id, due)

    def _hopeless(self) -> bool:
        return len(self._met) >= HOPELESS_HOSTS and polling.network_is_down(self._met)

    def _take(self, answer: Answer) -> None:
        """Store one answer; a failure to do so is that feed's alone."""
        if answer.kind == NOT_ASKED:
            self._results[answer.turn.feed.id] = not_asked(
                replace(answer.turn, why="asked-for-silence")
            )
            return
        self._met.setdefault(polling.host_of(answer.turn.state.stored_url), set()).add(answer.kind)
        if answer.kind in _NETWORK_KINDS:
            self._put_off.append(answer)  # perhaps it is the network: decided at the end
            return
        if answer.headers and answer.headers.date:
            self._said.append(answer.headers.date)
        told = len(self._changes)
        try:
            with apart(self._db):
                self._store(answer)
        except sqlite3.Error:
            raise  # the database: nothing to do with the feed
        except Exception as error:  # noqa: BLE001 - one feed must not end the poll
            del self._changes[told:]
            why = f"could not be stored: {type(error).__name__}"
            self._store(replace(answer, kind="internal", why=why, document=None, unchanged=None))

    def _silence(self, answer: Answer) -> datetime | None:
        """Until when the host asked for silence."""
        if answer.status not in (429, 503) or not answer.kind:
            return None
        now = self._now()
        wait = polling.retry_after(answer.retry_after, now) if answer.retry_after else None
        if wait is None and answer.status == 429:
            wait = THROTTLED
        return now + wait if wait else None

    def _store(self, answer: Answer) -> None:
        now = self._now()
        with transaction(self._db):
            if answer.kind:
                result = self._store_failure(answer, now)
            else:
                result = self._store_success(answer, now)
            self._polls.log(
                Attempt(
                    result.id, now, result.outcome, result.status, result.entries, result.new,
                    result.revised, answer.wire, answer.ms, result.error or "", result.problems,
                )
            )  # fmt: skip
        self._results[result.id] = result

    # ---- failures -----------------------------------------------------------------------------

    def _store_failure(self, answer: Answer, now: datetime) -> FeedResult:
        feed, before = answer.turn.feed, answer.turn.state
        until = self._silence(answer)
        if until:
            self._polls.silence(answer.host, until, answer.why)
        after = polling.after_failure(
            before, feed, now, jitter=_jitter(), status=answer.status, kind=answer.kind,
            why=answer.why, silence=until - now if until else None,
        )  # fmt: skip
        self._polls.outage(feed.id, after.failing_since or now, answer.why)
        if polling.worth_telling(after, now):
            after = replace(after, told=True)
            self._changes.append(Change(feed.id, failing(after)))
        self._polls.save(after)
        kind: Outcome = "failed"
        if answer.kind == "gone":
            kind = "gone"
        elif answer.kind == "refused":
            kind = "refused"
        return result_of(answer, after, kind, error=answer.why)

    # ---- answers ------------------------------------------------------------------------------

    def _store_success(self, answer: Answer, now: datetime) -> FeedResult:
        feed, before = answer.turn.feed, answer.turn.state
        state = self._moved(answer, self._with_validators(answer, before), now)
        if answer.unchanged:
            taken_new = taken_revised = 0
            count = before.last_entries
        else:
            state, count, taken_new, taken_revised = self._store_document(answer, state, now)
        after = polling.after_success(state, feed, now, jitter=_jitter(), status=answer.status)
        if before.failing_since:
            self._polls.recovered(feed.id, now)
        if before.told:
            since = f"{before.failing_since:%Y-%m-%d %H:%M}" if before.failing_since else "before"
            self._changes.append(Change(feed.id, f"works again (failing since {since} UTC)"))
        self._polls.save(after)
        outcome: Outcome = "new" if taken_new or taken_revised else "unchanged"
        if after.stored_url != before.stored_url:
            outcome = "moved"
        return replace(
            result_of(answer, after, outcome), entries=count, new=taken_new, revised=taken_revised
        )

    def _with_validators(self, answer: Answer, state: FeedState) -> FeedState:
        headers = answer.headers
        if headers is None:
            return state
        ttl = polling.freshness(
            headers.cache_control, headers.expires, headers.age, headers.date or self._now()
        )
        if answer.unchanged == Unchanged.NOT_MODIFIED:
            # A 304 may leave validators out; those of our copy stay true.
            return replace(
                state,
                etag=headers.etag or state.etag,
                last_modified=headers.last_modified or state.last_modified,
                ttl=ttl or state.ttl,
            )
        return replace(state, etag=headers.etag, last_modified=headers.last_modified, ttl=ttl)

    def _moved(self, answer: Answer, state: FeedState, now: datetime) -> FeedState:
        """Ask the new address next time: a good answer came from there."""
        target = answer.moved_to
        if not target or target == state.stored_url:
            return state
        self._polls.move(state.id, now, state.stored_url, target, answer.moved_status)
        self._changes.append(Change(state.id, f"moved to {target}"))
        return replace(state, stored_url=target)

    def _store_document(
        self, answer: Answer, state: FeedState, now: datetime
    ) -> tuple[FeedState, int, int, int]:
        from tracker.store.entries import Entries
        from tracker.store.origin import Origin

        document, feed = answer.document, answer.turn.feed
        assert document is not None
        origin = Origin(feed.id, feed.lang, feed.title or document.title or feed.id, feed.tier)
        taken = Entries(self._db).take(document.entries, origin, now, answer.present)
        count = len(document.entries) + len(answer.present)
        if not document.whole and polling.is_gap(
            taken.shared, taken.new, bool(state.last_entries and state.last_ok)
        ):
            assert state.last_ok is not None
            self._polls.gap(feed.id, state.last_ok, now)
            self._changes.append(Change(feed.id, f"gap: nothing in common with {state.last_ok:%F}"))
        if self._settings.keep_bodies:
            most = self._settings.keep_bodies
            self._polls.keep_body(feed.id, now, answer.body_hash, answer.body, most)
        rhythm = polling.rhythm(arrival.published for arrival in document.entries)
        state = replace(
            state,
            body_hash=answer.body_hash,
            parts=answer.parts_with(taken.numbers),
            title=document.title or state.title,
            rhythm=rhythm or state.rhythm,
            ttl=max(state.ttl or 0, document.ttl or 0) or None,
            last_entries=count,
        )
        return state, count, taken.new, taken.revised

    # ---- the end ------------------------------------------------------------------------------

    def _settle(self, left: Sequence[Turn]) -> bool:
        """Decide what the failures to reach anything mean; False where it is the network."""
        met = dict(self._met)
        for turn in left:
            met.setdefault(polling.host_of(turn.state.stored_url), {"timeout"})
        down = polling.network_is_down(met)
        for answer in self._put_off:
            if down:
                self._network_failed(answer.turn, answer.why)
            else:
                self._store(answer)
        for turn in left:
            if down:
                self._network_failed(turn, "not asked: the network cannot be reached")
            else:
                self._results[turn.feed.id] = replace(
                    not_asked(turn), problems=("the run's time was over",)
                )
        return not down

    def _network_failed(self, turn: Turn, why: str) -> None:
        now = self._now()
        state = polling.after_network_failure(turn.state, now, why)
        with transaction(self._db):
            self._polls.save(state)
            self._polls.log(Attempt(turn.feed.id, now, "failed", None, error=why))
        self._results[turn.feed.id] = FeedResult(
            turn.feed.id, turn.feed.url, "failed", error=why, next_poll=state.next_poll
        )

    def _finish(self, number: int, network: bool) -> None:
        now, results = self._now(), self._results.values()
        with transaction(self._db):
            self._note("network_down", "" if network else "no feed could be reached",
                       "the network is back")  # fmt: skip
            if self._said:
                wrong = skew.words(now, self._said)
                self._note("clock_off", wrong, "the clock of this machine is right again")
            self._polls.end_run(
                number, now,
                asked=sum(r.was_asked for r in results),
                failed=sum(r.outcome in ("failed", "refused") for r in results),
                new=sum(r.new for r in results),
                revised=sum(r.revised for r in results),
                network=network,
            )  # fmt: skip
            self._polls.prune(now)

    def _note(self, flag: str, wrong: str, right: str) -> None:
        """Tell once that something is ``wrong``, and once that it is ``right`` again."""
        from tracker.store.schema import set_meta

        if bool(wrong) != bool(meta(self._db, flag)):
            self._changes.append(Change("", wrong or right))
            set_meta(self._db, flag, "1" if wrong else "")

    def _tell_tick(self, feed: str, due: int) -> None:
        if feed in self._results:
            self._tick(self._results[feed], len(self._met), due)


def _full(held: Sequence[Answer], seconds: float) -> bool:
    """Whether answers have waited for each other long enough: what is new must soon be safe."""
    fresh = sum(one.document is not None for one in held)
    return len(held) >= MOST_HELD or fresh >= MOST_FRESH or (fresh > 0 and seconds > HOLD)


def _jitter() -> float:
    return int.from_bytes(os.urandom(4), "big") / (1 << 32)
