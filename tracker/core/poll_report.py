"""What a poll came to: one result a feed, changes worth telling, counts."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from tracker.nouns import dataclass

Outcome = Literal["new", "unchanged", "failed", "refused", "moved", "gone", "skipped"]


@dataclass(frozen=True, slots=True)
class FeedResult:
    """One feed in one poll. ``entries`` counts the document's, ``new`` those first stored now.

    ``silent`` is the host that asked for silence, where the feed was left alone for that, and
    ``until`` the end of it, where that is known. ``unfinished`` is one that was due and of which
    nothing came before the run ended: nothing is known of it, so it has not failed.
    """

    id: str
    url: str
    outcome: Outcome
    status: int | None = None
    entries: int = 0
    new: int = 0
    revised: int = 0
    error: str | None = None
    next_poll: datetime | None = None
    problems: tuple[str, ...] = ()
    ms: int = 0
    silent: str = ""
    until: datetime | None = None
    unfinished: bool = False

    @property
    def was_asked(self) -> bool:
        """Whether it was polled at all; one that is gone since an earlier run was not."""
        return self.outcome != "skipped" and (self.outcome != "gone" or self.status is not None)


@dataclass(frozen=True, slots=True)
class Change:
    """A change of state worth telling: of one feed, or (``feed`` empty) of the network."""

    feed: str
    text: str


@dataclass(frozen=True, slots=True)
class PollReport:
    """One run. ``network`` is False where nothing at all could be reached."""

    started: datetime
    finished: datetime
    feeds: tuple[FeedResult, ...]
    changes: tuple[Change, ...] = ()
    events_new: int = 0
    events_changed: int = 0
    network: bool = True
    notes: tuple[str, ...] = ()

    @property
    def asked(self) -> tuple[FeedResult, ...]:
        """The feeds that were polled."""
        return tuple(feed for feed in self.feeds if feed.was_asked)

    @property
    def failed(self) -> tuple[FeedResult, ...]:
        """The feeds that gave nothing."""
        return tuple(feed for feed in self.asked if feed.outcome in ("failed", "refused"))

    @property
    def unfinished(self) -> tuple[FeedResult, ...]:
        """The feeds that were due and did not answer before the run ended."""
        return tuple(feed for feed in self.feeds if feed.unfinished)

    @property
    def entries_new(self) -> int:
        """Entries first stored in this run."""
        return sum(feed.new for feed in self.feeds)

    @property
    def entries_revised(self) -> int:
        """Further texts of entries stored before."""
        return sum(feed.revised for feed in self.feeds)
