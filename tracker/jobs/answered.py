"""What an answer changes: the feed's state, the log, its entries. All of it or nothing."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from tracker.core import headers, polling
from tracker.core.poll_report import Change, FeedResult, Outcome
from tracker.core.polling import FeedState
from tracker.jobs.answer import Answer, Unchanged
from tracker.jobs.polled import failing, result_of
from tracker.settings import Settings
from tracker.store.polls import Attempt, Polls
from tracker.store.schema import transaction

THROTTLED: Final = timedelta(minutes=15)  # after a 429 that names no time


class Answered:
    """Stores answers; ``changes`` are told of what is worth telling."""

    def __init__(
        self, db: sqlite3.Connection, settings: Settings, now: Callable[[], datetime],
        changes: list[Change],
    ) -> None:  # fmt: skip
        self._db, self._settings, self._now, self._changes = db, settings, now, changes
        self._polls = Polls(db)

    def _silence(self, answer: Answer) -> datetime | None:
        """Until when the host asked for silence."""
        if answer.status not in (429, 503) or not answer.kind:
            return None
        now = self._now()
        wait = headers.retry_after(answer.retry_after, now) if answer.retry_after else None
        if wait is None and answer.status == 429:
            wait = THROTTLED
        return now + wait if wait else None

    def store(self, answer: Answer) -> FeedResult:
        """Store one answer, good or bad, in one transaction; what it came to."""
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
        return result

    # ---- failures -----------------------------------------------------------------------------

    def _store_failure(self, answer: Answer, now: datetime) -> FeedResult:
        feed, before = answer.turn.feed, answer.turn.state
        if answer.kind == "auth":
            self._polls.refuse_login(feed)
        else:
            self._accepted(answer)
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

    def _accepted(self, answer: Answer) -> None:
        """Forget the login that was refused before, if one was."""
        if answer.turn.state.error_kind == "auth":
            self._polls.forget_refusal(answer.turn.feed)

    # ---- answers ------------------------------------------------------------------------------

    def _store_success(self, answer: Answer, now: datetime) -> FeedResult:
        feed, before = answer.turn.feed, answer.turn.state
        self._accepted(answer)
        state = self._moved(answer, self._with_validators(answer, before), now)
        if answer.unchanged:
            taken_new = taken_revised = 0
            count = before.last_entries
        else:
            state, count, taken_new, taken_revised = self._store_document(answer, state, now)
        after = polling.after_success(state, feed, now, jitter=_jitter(), status=answer.status)
        after = replace(after, last_error=answer.cut_off)
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
        said = answer.headers
        if said is None:
            return state
        ttl = headers.freshness(
            said.cache_control, said.expires, said.age, said.date or self._now()
        )
        if answer.unchanged == Unchanged.NOT_MODIFIED:
            # A 304 may leave validators out; those of our copy stay true.
            return replace(
                state,
                etag=said.etag or state.etag,
                last_modified=said.last_modified or state.last_modified,
                ttl=ttl or state.ttl,
            )
        if answer.cut_off:  # "nothing new since" would hide the rest of this version for good
            return replace(state, etag="", last_modified="", ttl=ttl)
        return replace(state, etag=said.etag, last_modified=said.last_modified, ttl=ttl)

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
            body_hash="" if answer.cut_off else answer.body_hash,
            parts=answer.parts_with(taken.numbers),
            title=document.title or state.title,
            rhythm=rhythm or state.rhythm,
            ttl=max(state.ttl or 0, document.ttl or 0) or None,
            last_entries=count,
        )
        return state, count, taken.new, taken.revised


def _jitter() -> float:
    return int.from_bytes(os.urandom(4), "big") / (1 << 32)
