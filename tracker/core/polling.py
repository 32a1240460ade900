"""Which feeds are due, how long to wait, and what is worth telling about. Pure: time is a value.

Manners (design section 8): the adaptive interval lies between the user's ``every`` and
``at_most``; failures double the wait up to a day; a server's Retry-After rules its whole host, for
at most a week; nothing but 410 or the user stops a feed for good; a failure of the whole network
counts against nobody.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import Final, Literal
from urllib.parse import urlsplit

from tracker.core import address
from tracker.core.headers import LONGEST_SILENCE
from tracker.nouns import dataclass
from tracker.settings import FeedConfig

LONGEST_BACK_OFF: Final = timedelta(days=1)
GRACE: Final = timedelta(minutes=2)  # a feed due in a moment is due: timers are never exact
NETWORK_PAUSE: Final = timedelta(minutes=10)  # after the whole network failed
JITTER: Final = 0.1  # of the wait, so that feeds do not come due together
TELL_AFTER_FAILURES: Final = 5
TELL_AFTER: Final = timedelta(hours=24)
FEW_HOSTS: Final = 3  # so many hosts must fail before refusals and silence mean "the network"

ErrorKind = Literal[
    "",
    "network",  # no route, no name service: nothing outside can be reached
    "unreachable",  # this name or host cannot be reached
    "timeout",
    "status",
    "throttled",
    "silent",  # a redirect led to a host that asked for silence: not asked
    "blocked",
    "auth",
    "gone",
    "refused",
    "redirect",
    "size",
    "encoding",
    "not-a-feed",
    "malformed",  # not well-formed, and no entry in it: perhaps cut off
    "parser",
    "cut",
    "tls",
    "internal",
]
Why = Literal["due", "disabled", "gone", "early", "asked-for-silence"]


@dataclass(frozen=True, slots=True)
class FeedState:
    """What is remembered of a feed between polls; moments are UTC, spans seconds."""

    id: str
    url: str
    stored_url: str
    title: str = ""
    etag: str = ""
    last_modified: str = ""
    body_hash: str = ""
    parts: bytes | None = None
    last_poll: datetime | None = None
    last_ok: datetime | None = None
    next_poll: datetime | None = None
    failures: int = 0
    failing_since: datetime | None = None
    last_status: int | None = None
    last_error: str = ""
    error_kind: str = ""
    told: bool = False
    gone: datetime | None = None
    rhythm: int | None = None
    ttl: int | None = None
    last_entries: int = 0


@dataclass(frozen=True, slots=True)
class Turn:
    """Whether a feed is asked in this poll, and why not."""

    feed: FeedConfig
    state: FeedState
    why: Why
    until: datetime | None = None

    @property
    def due(self) -> bool:
        """Whether it is asked."""
        return self.why == "due"


@lru_cache(maxsize=512)
def host_of(url: str) -> str:
    """The host name of an address, in lower case; empty where there is none.

    >>> host_of("https://User@Feeds.Example.ORG:8443/x")
    'feeds.example.org'
    >>> host_of("http://[::bad")
    ''
    """
    try:
        return (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""


def state_for(feed: FeedConfig, remembered: FeedState | None) -> FeedState:
    """The state to poll with: what is remembered, or a fresh one after a change of address.

    A new address in feeds.toml makes validators, moves, failures and 410 void. Users and passwords
    are no part of it: what is remembered lies in a file that may be shown to others.

    >>> feed = FeedConfig("a", "https://example.org/new")
    >>> old = FeedState("a", "https://example.org/old", "https://example.org/moved", etag="x")
    >>> state_for(feed, old).stored_url, state_for(feed, old).etag
    ('https://example.org/new', '')
    >>> state_for(FeedConfig("a", "https://me:word@example.org/new"), None).url
    'https://example.org/new'
    """
    url = address.without_password(feed.url)
    if remembered is None or address.without_password(remembered.url) != url:
        title = remembered.title if remembered else ""
        return FeedState(feed.id, url, url, title=title)
    if remembered.url == url:
        return remembered
    return replace(remembered, url=url, stored_url=address.without_password(remembered.stored_url))


def sign_of_login(feed: FeedConfig) -> str:
    """By what a feed whose login was refused is seen to have another one.

    Two bytes of a hash: no more is kept of a password, in a file that may be shown to others.

    >>> one, other = (FeedConfig("a", f"https://me:{x}@example.org/f") for x in ("word", "other"))
    >>> sign_of_login(one) == sign_of_login(other), len(sign_of_login(one))
    (False, 4)
    """
    from hashlib import blake2b  # not for feeds that are well

    said = repr((feed.url, sorted(feed.options.items())))
    return blake2b(said.encode("utf-8", "replace"), digest_size=2).hexdigest()


def with_logins(
    feeds: Iterable[FeedConfig], states: Mapping[str, FeedState], refused: Mapping[str, str]
) -> dict[str, FeedState]:
    """What is remembered of feeds; of those with another login than was refused no failure counts.

    ``refused`` maps a feed to the sign of that login.

    >>> one, ill = FeedConfig("a", "https://me:new@e.org/f"), FeedState("a", "u", "u", failures=3)
    >>> was = sign_of_login(FeedConfig("a", "https://me:old@e.org/f")), sign_of_login(one)
    >>> [with_logins([one], {"a": ill}, {"a": sign})["a"].failures for sign in was]
    [0, 3]
    """
    asked = (feed for feed in feeds if feed.id in refused)
    others = {feed.id for feed in asked if sign_of_login(feed) != refused[feed.id]}
    return {
        name: replace(state, failures=0, next_poll=None) if name in others else state
        for name, state in states.items()
    }


def turns(
    feeds: Sequence[FeedConfig],
    states: Mapping[str, FeedState],
    silent: Mapping[str, datetime],
    now: datetime,
    *,
    everything: bool = False,
    only: Collection[str] = (),
) -> list[Turn]:
    """Decide for every configured feed whether it is asked now.

    ``silent`` maps hosts to the end of their Retry-After. ``everything`` ignores the schedule and
    back-off, but neither a Retry-After nor a 410. ``only`` names the feeds asked for; one that is
    named is asked whatever its schedule, once more after a 410, but never inside a Retry-After.

    >>> from datetime import UTC
    >>> now = datetime(2025, 7, 15, 12, tzinfo=UTC)
    >>> feed = FeedConfig("a", "https://example.org/f")
    >>> [t.why for t in turns([feed], {}, {"example.org": now + timedelta(hours=1)}, now)]
    ['asked-for-silence']
    >>> [t.why for t in turns([feed], {}, {}, now)]
    ['due']
    """
    return [
        _turn(feed, state_for(feed, states.get(feed.id)), silent, now, everything, feed.id in only)
        for feed in feeds
        if not only or feed.id in only
    ]


def _turn(
    feed: FeedConfig,
    state: FeedState,
    silent: Mapping[str, datetime],
    now: datetime,
    everything: bool,
    named: bool,
) -> Turn:
    until = silent.get(host_of(state.stored_url))
    if not feed.enabled:
        return Turn(feed, state, "disabled")
    if state.gone and not named:
        return Turn(feed, state, "gone")
    if until and in_force(until, now):
        return Turn(feed, state, "asked-for-silence", until)
    if everything or named:
        return Turn(feed, state, "due")
    far = now + LONGEST_SILENCE + GRACE
    if state.next_poll and now + GRACE < state.next_poll <= far:
        return Turn(feed, state, "early", state.next_poll)
    return Turn(feed, state, "due")


def next_poll(turn: Turn) -> datetime | None:
    """When a feed that is not asked now will be: after the silence of its host, if not later.

    >>> from datetime import UTC
    >>> noon = datetime(2025, 7, 15, 12, tzinfo=UTC)
    >>> feed = FeedConfig("a", "https://a.example/f")
    >>> state = FeedState("a", "u", "u", next_poll=noon)
    >>> next_poll(Turn(feed, state, "asked-for-silence", noon + timedelta(hours=2))).hour
    14
    >>> next_poll(Turn(feed, state, "gone"))
    """
    if turn.why in ("disabled", "gone"):
        return None
    moments = [moment for moment in (turn.until, turn.state.next_poll) if moment]
    return max(moments, default=None)


def in_force(until: datetime, now: datetime) -> bool:
    """Whether a host's silence stands.

    A clock that was set back must silence neither host nor feed: no wait is longer than a week.

    >>> from datetime import UTC
    >>> noon = datetime(2025, 7, 15, 12, tzinfo=UTC)
    >>> [in_force(noon + timedelta(days=days), noon) for days in (-1, 1, 30)]
    [False, True, False]
    """
    return now < until <= now + LONGEST_SILENCE + GRACE


def spread(wait: timedelta, jitter: float) -> timedelta:
    """``wait`` made a little longer; ``jitter`` is a number from 0 to 1.

    >>> spread(timedelta(hours=1), 0.5)
    datetime.timedelta(seconds=3780)
    """
    return wait + wait * JITTER * jitter


def interval(feed: FeedConfig, rhythm: int | None, ttl: int | None) -> timedelta:
    """How long to leave a healthy feed alone: half its rhythm, or what it asks for, within bounds.

    >>> feed = FeedConfig("a", "https://example.org/f", every=3600, at_most=86400)
    >>> interval(feed, 4 * 3600, None), interval(feed, None, 10**10), interval(feed, 60, None)
    (datetime.timedelta(seconds=7200), datetime.timedelta(days=1), datetime.timedelta(seconds=3600))
    """
    wanted = max((rhythm or 0) // 2, ttl or 0, feed.every)
    return timedelta(seconds=min(wanted, max(feed.at_most, feed.every)))


def back_off(feed: FeedConfig, failures: int) -> timedelta:
    """How long to leave a failing feed alone: its interval, doubled with each failure, to a day.

    >>> feed = FeedConfig("a", "https://example.org/f", every=3600)
    >>> [int(back_off(feed, n) / timedelta(hours=1)) for n in (1, 2, 3, 6, 99)]
    [1, 2, 4, 24, 24]
    """
    every = timedelta(seconds=feed.every)
    return max(every, min(every * (1 << min(failures - 1, 12)), LONGEST_BACK_OFF))


def rhythm(moments: Iterable[datetime | None]) -> int | None:
    """Median seconds between the entries of a document; None where fewer than four have a date.

    >>> from datetime import UTC
    >>> hours = [datetime(2025, 7, 15, h, tzinfo=UTC) for h in (1, 3, 5, 7, 23)]
    >>> rhythm(hours)
    7200
    """
    known = sorted(moment for moment in moments if moment)
    gaps = sorted((b - a).total_seconds() for a, b in pairwise(known))
    if len(gaps) < 3:
        return None
    return int(gaps[len(gaps) // 2]) or None


def after_success(
    state: FeedState, feed: FeedConfig, now: datetime, *, jitter: float, status: int | None
) -> FeedState:
    """The state after a good answer (also "nothing new"); its validators are set by the caller.

    >>> from datetime import UTC
    >>> now = datetime(2025, 7, 15, 12, tzinfo=UTC)
    >>> feed = FeedConfig("a", "https://example.org/f")
    >>> ill = FeedState("a", "u", "u", failures=3)
    >>> after_success(ill, feed, now, jitter=0, status=200).failures
    0
    """
    wait = spread(interval(feed, state.rhythm, state.ttl), jitter)
    return replace(
        state, last_poll=now, last_ok=now, next_poll=now + wait, failures=0, failing_since=None,
        last_status=status, last_error="", error_kind="", told=False, gone=None,
    )  # fmt: skip


def after_failure(
    state: FeedState,
    feed: FeedConfig,
    now: datetime,
    *,
    jitter: float,
    status: int | None,
    kind: str,
    why: str,
    silence: timedelta | None = None,
) -> FeedState:
    """The state after a bad answer; a Retry-After (``silence``) can only lengthen the wait.

    >>> from datetime import UTC
    >>> now = datetime(2025, 7, 15, 12, tzinfo=UTC)
    >>> feed, state = FeedConfig("a", "https://example.org/f"), FeedState("a", "u", "u", failures=1)
    >>> after_failure(state, feed, now, jitter=0, status=500, kind="status", why="x").next_poll.hour
    14
    """
    failures = state.failures + 1
    wait = max(spread(back_off(feed, failures), jitter), silence or timedelta(0))
    return replace(
        state, last_poll=now, next_poll=now + wait, failures=failures,
        failing_since=state.failing_since or now, last_status=status, last_error=why,
        error_kind=kind, gone=state.gone or (now if kind == "gone" else None),
    )  # fmt: skip


def after_network_failure(state: FeedState, now: datetime, why: str) -> FeedState:
    """The state after a poll in which nothing could be reached: tried again in minutes.

    >>> from datetime import UTC
    >>> now = datetime(2025, 7, 15, 12, tzinfo=UTC)
    >>> after = after_network_failure(FeedState("a", "u", "u"), now, "no network")
    >>> after.failures, after.next_poll.isoformat()
    (0, '2025-07-15T12:10:00+00:00')
    """
    return replace(state, last_poll=now, next_poll=now + NETWORK_PAUSE, last_error=why)


def network_is_down(kinds: Mapping[str, Collection[str]]) -> bool:
    """Whether all that failed is the network itself. ``kinds`` maps each host to what it met there.

    An empty kind is a success, and one is enough. No route and no name service speak for
    themselves; refusals and silence only where several hosts agree.

    >>> network_is_down({"a": ["network"]}), network_is_down({"a": ["timeout"]})
    (True, False)
    >>> network_is_down({host: ["timeout"] for host in "abc"})
    True
    >>> network_is_down({"a": ["network"], "b": [""]})
    False
    """
    met = {kind for kinds_there in kinds.values() for kind in kinds_there}
    if not met or met - {"network", "unreachable", "timeout"}:
        return False
    return met == {"network"} or len(kinds) >= FEW_HOSTS


def worth_telling(state: FeedState, now: datetime) -> bool:
    """Whether a failure lasts long enough to be told, once: five polls, a day, or 410.

    >>> from datetime import UTC
    >>> now = datetime(2025, 7, 15, 12, tzinfo=UTC)
    >>> worth_telling(FeedState("a", "u", "u", failures=2, failing_since=now), now)
    False
    >>> worth_telling(FeedState("a", "u", "u", failures=5, failing_since=now), now)
    True
    """
    if state.told or not state.failing_since:
        return False
    lasting = state.failures >= TELL_AFTER_FAILURES or now - state.failing_since >= TELL_AFTER
    return lasting or state.gone is not None


def is_gap(shared: int, fresh: int, seen_before: bool) -> bool:
    """Whether a document proves a gap: the feed had items, this one has some, none is shared.

    >>> is_gap(0, 3, True), is_gap(1, 3, True), is_gap(0, 3, False)
    (True, False, False)
    """
    return seen_before and fresh > 0 and shared == 0
