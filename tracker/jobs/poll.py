"""Due feeds -> fetch -> parse -> store -> derive: one guard and one short transaction a feed.

Threads ask and children parse; the thread that called stores what arrives, so that the database has
one writer and no transaction is open while the network is awaited. Kill it anywhere: what was
committed stays, the rest is asked again.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from tracker.core import polling, skew
from tracker.core.poll_report import Change, FeedResult, PollReport
from tracker.core.polling import Turn
from tracker.jobs.answer import Answer
from tracker.jobs.answered import Answered
from tracker.jobs.asking import NOT_ASKED, STUCK, Asker
from tracker.jobs.deriving import Deriving
from tracker.jobs.house import House
from tracker.jobs.polled import not_asked, unfinished
from tracker.nouns import dataclass
from tracker.settings import FeedConfig
from tracker.store.polls import Attempt, Polls, apart
from tracker.store.schema import hold_less, meta, synced_late, transaction

HOPELESS_HOSTS: Final = 8  # so many hosts unreached and none reached: the rest is not asked
HOLD: Final = 0.25  # seconds for which good answers wait for further ones
MOST_HELD: Final = 256
MOST_FRESH: Final = 12  # of those held, with something to store
MOST_AT_ONCE: Final = 2000  # entries in one transaction, so that no other writer waits for long
_NETWORK_KINDS: Final = ("network", "unreachable", "timeout")

Tick = Callable[[FeedResult, int, int], None]


@dataclass(frozen=True, slots=True)
class Wish:
    """What the user asked for.

    ``max_time`` (seconds) bounds the asking; what is not derived shortly after it waits for the
    next run.
    """

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
        return _Run(db, house, environ, wish, tick).whole()


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
    ) -> None:
        self._db, self._settings, self._now = db, house.settings, house.now
        self._lexicon = house.paths.lexicon
        self._environ, self._wish, self._tick = environ, wish, tick
        self._deriving = Deriving(db, house)
        self._polls = Polls(db)
        self._results: dict[str, FeedResult] = {}
        self._changes: list[Change] = []
        self._put_off: list[Answer] = []
        self._met: dict[str, set[str]] = {}
        self._stuck: Collection[str] = ()
        self._said: list[datetime] = []
        self._answered = Answered(db, self._settings, self._now, self._changes)

    def whole(self) -> PollReport:
        """The run from the first question to the last row."""
        started = self._now()
        silent = self._polls.silent(started)
        feeds = self._settings.feeds
        turns = polling.turns(
            feeds, self._polls.states_of(feeds), silent, started,
            everything=self._wish.everything, only=self._wish.only,
        )  # fmt: skip
        due = [turn for turn in turns if turn.due]
        for turn in turns:
            if not turn.due:
                self._results[turn.feed.id] = not_asked(turn)
        in_force = [host for host, end in silent.items() if polling.in_force(end, started)]
        network, (new, changed) = (
            self._polled(due, in_force, started) if due else (True, self._deriving.rest())
        )
        return PollReport(
            started=started,
            finished=self._now(),
            feeds=tuple(self._results[turn.feed.id] for turn in turns),
            changes=tuple(self._changes),
            network=network,
            events_new=new,
            events_changed=changed,
        )

    def _polled(
        self, due: Sequence[Turn], silent: Collection[str], started: datetime
    ) -> tuple[bool, tuple[int, int]]:
        """Ask, store, derive: False where it is the network that failed, and events by number.

        Nothing waits for the disk but the last row, with which all others are there.
        """
        with synced_late(self._db):
            with transaction(self._db):
                number = self._polls.begin_run(started)
            network = self._settle(self._ask(due, silent))
        try:
            with synced_late(self._db):
                return network, self._deriving.rest()
        finally:
            self._finish(number, network)

    def _ask(self, due: Sequence[Turn], silent: Collection[str]) -> list[Turn]:
        """Ask every due feed and store what comes; the turns without an answer."""
        asker = Asker(self._settings, self._environ, self._now, silent, self._lexicon)
        end = time.monotonic() + self._wish.max_time if self._wish.max_time else None
        self._deriving.until(end)
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
                if end is None or time.monotonic() < end:  # what was begun hangs, not the run
                    self._stuck = asker.begun()
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
        for some in _some_at_once(answers):
            self._take_some(some)
        for one in answers:
            if one.document and (result := self._results.get(one.turn.feed.id)):
                self._deriving.stored(one.document, result.new + result.revised)
            self._tell_tick(one.turn.feed.id, due)

    def _take_some(self, answers: Sequence[Answer]) -> None:
        """Store answers in one transaction; where one cannot be, all again, each by itself.

        To be able to take back each, every page that it changes would have to be copied.
        """
        lists: tuple[list[Any], ...] = (self._changes, self._put_off, self._said)
        told = [(said, len(said)) for said in lists]
        try:
            with transaction(self._db):
                for one in answers:
                    self._take(one, self._store)
        except sqlite3.Error:
            raise  # the database: nothing to do with the feeds
        except Exception:  # noqa: BLE001 - it comes again, and is named then
            for said, length in told:
                del said[length:]
            with transaction(self._db):
                for one in answers:
                    self._take(one, self._store_apart)

    def _hopeless(self) -> bool:
        return len(self._met) >= HOPELESS_HOSTS and polling.network_is_down(self._met)

    def _take(self, answer: Answer, store: Callable[[Answer], None]) -> None:
        """Note what an answer tells of its host; store it, unless it may be the network's fault."""
        if answer.kind == NOT_ASKED:
            self._results[answer.turn.feed.id] = self._left_alone(answer)
            return
        self._met.setdefault(polling.host_of(answer.turn.state.stored_url), set()).add(answer.kind)
        if answer.kind in _NETWORK_KINDS:
            self._put_off.append(answer)  # perhaps it is the network: decided at the end
            return
        if answer.headers and answer.headers.date:
            self._said.append(answer.headers.date)
        store(answer)

    def _left_alone(self, answer: Answer) -> FeedResult:
        """The result of a feed whose host asked for silence during this run."""
        host = answer.host or polling.host_of(answer.turn.state.stored_url)
        until = self._polls.silent(self._now()).get(host)
        return not_asked(replace(answer.turn, why="asked-for-silence", until=until), host)

    def _store(self, answer: Answer) -> None:
        self._keep(self._answered.store(answer))

    def _store_apart(self, answer: Answer) -> None:
        """Store one answer; a failure to do so is that feed's alone."""
        told = len(self._changes)
        try:
            with apart(self._db):
                self._store(answer)
        except sqlite3.Error:
            raise
        except Exception as error:  # noqa: BLE001 - one feed must not end the poll
            del self._changes[told:]
            why = f"could not be stored: {type(error).__name__}"
            failed = replace(answer, kind="internal", why=why, document=None, unchanged=None)
            self._keep(self._answered.store(failed))

    def _keep(self, result: FeedResult) -> None:
        self._results[result.id] = result

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
                self._keep(self._answered.store(answer))
        for turn in left:
            if down:
                self._network_failed(turn, "not asked: the network cannot be reached")
            elif turn.feed.id in self._stuck:
                hangs = Answer(turn, "timeout", f"no answer for {STUCK:.0f} s")
                self._keep(self._answered.store(hangs))
            else:
                self._cut_short(turn)
        return not down

    def _cut_short(self, turn: Turn) -> None:
        """Keep that a feed did not answer in time; it stays due as it was."""
        result = unfinished(turn, self._wish.max_time)
        attempt = Attempt(
            turn.feed.id, self._now(), result.outcome, None, problems=result.problems
        )  # fmt: skip
        with transaction(self._db):
            self._polls.log(attempt)
        self._keep(result)

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
            self._polls.forget_logins()

    def _note(self, flag: str, wrong: str, right: str) -> None:
        """Tell once that something is ``wrong``, and once that it is ``right`` again."""
        from tracker.store.schema import set_meta

        if bool(wrong) != bool(meta(self._db, flag)):
            self._changes.append(Change("", wrong or right))
            set_meta(self._db, flag, "1" if wrong else "")

    def _tell_tick(self, feed: str, due: int) -> None:
        if feed in self._results:
            self._tick(self._results[feed], len(self._met), due)


def _some_at_once(answers: Sequence[Answer]) -> Iterator[list[Answer]]:
    """The answers in order, as many each time as one transaction takes."""
    some: list[Answer] = []
    size = 0
    for one in answers:
        some.append(one)
        size += len(one.document.entries) if one.document else 1
        if size >= MOST_AT_ONCE:
            yield some
            some, size = [], 0
    if some:
        yield some


def _full(held: Sequence[Answer], seconds: float) -> bool:
    """Whether answers have waited for each other long enough: what is new must soon be safe."""
    fresh = sum(one.document is not None for one in held)
    return len(held) >= MOST_HELD or fresh >= MOST_FRESH or (fresh > 0 and seconds > HOLD)
