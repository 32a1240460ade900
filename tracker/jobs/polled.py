"""What came of one feed in a poll, as it is told."""

from __future__ import annotations

from dataclasses import replace

from tracker.core.poll_report import FeedResult, Outcome
from tracker.core.polling import FeedState, Turn, host_of, next_poll
from tracker.jobs.answer import Answer


def result_of(
    answer: Answer, state: FeedState, outcome: Outcome, error: str | None = None
) -> FeedResult:
    """The result of a feed that was asked."""
    problems = answer.document.problems if answer.document else ()
    return FeedResult(
        answer.turn.feed.id, answer.turn.feed.url, outcome, answer.status, error=error,
        next_poll=None if state.gone else state.next_poll, problems=problems, ms=answer.ms,
    )  # fmt: skip


def not_asked(turn: Turn, host: str = "") -> FeedResult:
    """The result of a feed that was left alone, and why it was; ``host`` is one it redirects to."""
    words = {
        "disabled": "disabled in feeds.toml",
        "asked-for-silence": "its host asked for silence (Retry-After)",
    }
    problems = (words[turn.why],) if turn.why in words else ()
    return FeedResult(
        turn.feed.id,
        turn.feed.url,
        "gone" if turn.why == "gone" else "skipped",
        next_poll=next_poll(turn),
        problems=problems,
        silent=(host or host_of(turn.state.stored_url)) if turn.why == "asked-for-silence" else "",
        until=turn.until,
    )


def unfinished(turn: Turn, max_time: float | None) -> FeedResult:
    """The result of a feed that was due when the run ended; ``max_time`` is in seconds."""
    within = f" within {max_time:g} s" if max_time else ""
    return replace(not_asked(turn), problems=(f"no answer{within}",), unfinished=True)


def failing(state: FeedState) -> str:
    """How a feed fails, in words worth telling."""
    if state.gone:
        return "is gone (410); its entries are kept and it is not asked again"
    since = f"{state.failing_since:%Y-%m-%d %H:%M}" if state.failing_since else "now"
    return f"fails since {since} UTC ({state.failures} times): {state.last_error}"
