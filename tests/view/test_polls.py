"""What a poll did and how feeds are, at every width, with the worst texts."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from rich.cells import cell_len
from rich.console import Console

from tracker.core.poll_report import FeedResult, PollReport
from tracker.feeds.document import Document
from tracker.jobs.feeds import Trial
from tracker.view import feeds, polls, trial

NOW = datetime(2025, 7, 30, 12, tzinfo=UTC)
HOSTILE = (
    "\x1b]0;x\x07[red]商务部[/red]\u202e 状态 500 of the 服务器 at https://a.example/" + "x" * 90
)


def drawn(renderable: Any, width: int) -> str:
    out = io.StringIO()
    Console(file=out, width=width, no_color=True, markup=False, highlight=False).print(renderable)
    return out.getvalue()


def row(name: str, **more: Any) -> feeds.FeedRow:
    base = {"url": "https://a.example/f", "stored_url": "https://a.example/f", "title": HOSTILE,
            "lang": "en", "tier": "wire", "enabled": True, "gone": False, "entries": 3}  # fmt: skip
    return feeds.FeedRow(id=name, **{**base, **more})


ROWS = [
    row("wire", last_ok=NOW, next_poll=NOW, rhythm=7200, last_entries=3),
    row("a-feed-with-a-very-long-name-of-forty-cells", failing_since=NOW, error=HOSTILE),
    row("moved", last_ok=NOW, moves=(("2025-07-01T00:00:00Z", "https://o.example", "https://n.example"),),
        gaps=(("2025-07-01T00:00:00Z", "2025-07-03T00:00:00Z"),)),
    row("off", enabled=False),
]  # fmt: skip
REPORT = PollReport(
    NOW, NOW,
    (FeedResult("wire", "https://a.example", "new", 200, 12, 3, 1),
     FeedResult("a-feed-with-a-very-long-name-of-forty-cells", "https://a.example", "failed", 500,
                error=HOSTILE),
     FeedResult("odd", "https://a.example", "unchanged", 200, 5, problems=("1 title was cut",)),
     FeedResult("off", "https://a.example", "skipped")),
)  # fmt: skip
UNFINISHED = FeedResult(
    "slow", "https://a.example", "skipped", problems=("no answer within 10 s",), unfinished=True
)
TRIAL = Trial("https://a.example/f", 200, "", Document("rss20", HOSTILE, problems=(HOSTILE,)))


@pytest.mark.parametrize("width", [30, 40, 60, 80, 120, 200])
@pytest.mark.parametrize(
    ("renderable", "words"),
    [
        (polls.Polled(REPORT), ("new", "failed", "状态", "500", "title was cut", "3 feeds asked")),
        (feeds.Health(ROWS), ("failing", "状态", "moved to", "last gap 2025-07-01", "disabled")),
        (trial.Shown(TRIAL, {}), ("rss20", "状态")),
    ],
    ids=["poll", "health", "trial"],
)  # fmt: skip
def test_no_line_is_too_long_and_no_reason_is_lost(
    renderable: Any, words: tuple[str, ...], width: int
) -> None:
    text = drawn(renderable, width)
    assert all(cell_len(line) <= width for line in text.splitlines())
    flowed = " ".join(text.split())
    assert [word for word in words if word not in flowed] == []
    assert not set(text) & set("\x1b\x07\u202e")


@pytest.mark.parametrize("width", [60, 80, 120])
def test_the_list_of_feeds_fits(width: int) -> None:
    text = drawn(feeds.feeds_table(ROWS), width)
    assert all(cell_len(line) <= width for line in text.splitlines())
    assert not set(text) & set("\x1b\x07\u202e")


def test_figures_stand_at_the_usual_width() -> None:
    lines = drawn(polls.Polled(REPORT), 80).splitlines()
    assert lines[0].split() == ["Feed", "Outcome", "Entries", "New", "Revised"]
    assert lines[2].split() == ["wire", "new", "12", "3", "1"]
    health = drawn(feeds.Health(ROWS), 80).splitlines()
    assert health[0].split() == ["Feed", "State", "Last", "good", "Next", "Rhythm", "Gaps"]
    assert health[2].split()[:2] == ["wire", "ok"]


def test_lines_for_a_pipe_hold_one_feed_each() -> None:
    for text in (feeds.feed_lines(ROWS, health=True), feeds.feed_lines(ROWS), polls.lines(REPORT)):
        assert not set(text) & set("\x1b\x07\u202e")
    assert len(feeds.feed_lines(ROWS).splitlines()) == len(ROWS)
    assert len(polls.lines(REPORT).splitlines()) == 3


def test_a_feed_asked_without_a_network_has_not_answered() -> None:
    """The network is to blame, so the feed does not count as failing; nor was it never asked."""
    feed = feeds.FeedRow("a", "https://example.org/a", "", "A", "en", "wire", True, False, 0)
    assert feeds.state_of(feed) == "never polled"
    assert feeds.state_of(replace(feed, error="the name example.org is not known")) == "no answer"


def test_a_run_that_was_cut_short_counts_who_answered_and_who_did_not() -> None:
    words = polls.summary(replace(REPORT, feeds=(*REPORT.feeds, UNFINISHED)))
    assert words.startswith("3 feeds asked, ")
    assert words.endswith("1 failed. 1 feed gave no answer within 10 s.")
