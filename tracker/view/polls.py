"""What a poll did and how the feeds are: tables for people, plain values for machines."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from tracker.core.clean import clean_line
from tracker.core.poll_report import FeedResult, PollReport

if TYPE_CHECKING:
    from rich.console import RenderableType

_STYLES: Final = {
    "new": "green", "unchanged": "dim", "failed": "red", "refused": "red", "moved": "yellow",
    "gone": "yellow", "skipped": "dim",
}  # fmt: skip


def iso(moment: datetime | str | None) -> str | None:
    """A moment for machines."""
    if moment is None or isinstance(moment, str):
        return moment
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def as_json(report: PollReport) -> dict[str, Any]:
    """The contract of ``poll --format json``."""
    return {
        "schema_version": 1,
        "started": iso(report.started),
        "finished": iso(report.finished),
        "feeds": [feed_as_json(feed) for feed in report.feeds],
        "entries_new": report.entries_new,
        "entries_revised": report.entries_revised,
        "events_new": report.events_new,
        "events_changed": report.events_changed,
    }


def feed_as_json(feed: FeedResult) -> dict[str, Any]:
    """One feed of that contract; passwords in addresses are left out."""
    from tracker.core.address import without_password

    return {
        "id": feed.id,
        "url": without_password(feed.url),
        "outcome": feed.outcome,
        "status": feed.status,
        "entries": feed.entries,
        "new": feed.new,
        "revised": feed.revised,
        "error": clean_line(feed.error) if feed.error else None,
        "next_poll": iso(feed.next_poll),
        "problems": [clean_line(problem) for problem in feed.problems],
    }


def summary(report: PollReport) -> str:
    """The run in one line."""
    if not report.asked:
        return "No feed is due."
    words = [
        f"{len(report.asked)} {'feed' if len(report.asked) == 1 else 'feeds'} asked",
        f"{report.entries_new} new {'entry' if report.entries_new == 1 else 'entries'}",
        f"{report.entries_revised} revised",
        f"{report.events_new} new {'event' if report.events_new == 1 else 'events'}",
        f"{report.events_changed} changed",
    ]
    if report.failed:
        words.append(f"{len(report.failed)} failed")
    return ", ".join(words) + "."


def no_network(report: PollReport) -> str:
    """The short block for a run in which nothing could be reached."""
    when = max((feed.next_poll for feed in report.feeds if feed.next_poll), default=None)
    again = f" They are asked again after {when:%H:%M} UTC." if when else ""
    return f"No feed could be reached: the network seems to be down.{again}"


def lines(report: PollReport) -> str:
    """One line a feed, for a pipe."""
    return "\n".join(
        "\t".join(
            (
                feed.outcome, feed.id, str(feed.status or "-"), str(feed.entries),
                str(feed.new), str(feed.revised),
                clean_line(feed.error or "; ".join(feed.problems), 300),
            )
        )
        for feed in report.feeds
        if feed.outcome != "skipped"
    )  # fmt: skip


def table(report: PollReport) -> RenderableType:
    """The feeds that were asked, failures last."""
    from rich import box
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    shown = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    shown.add_column("Feed", no_wrap=True, overflow="ellipsis", max_width=28)
    shown.add_column("Outcome", no_wrap=True)
    for name in ("Entries", "New", "Revised"):
        shown.add_column(name, justify="right", no_wrap=True)
    shown.add_column("Note", ratio=1, overflow="fold")
    for feed in sorted(report.asked, key=lambda f: f.outcome in ("failed", "refused")):
        note = clean_line(feed.error or "; ".join(feed.problems), 300)
        shown.add_row(
            Text(feed.id), Text(feed.outcome, style=_STYLES[feed.outcome]), count(feed.entries),
            count(feed.new), count(feed.revised), Text(note),
        )  # fmt: skip
    return Group(shown, Text(summary(report)))


def count(number: int) -> str:
    """A figure, nothing as a dot."""
    return str(number) if number else "·"


def changes(report: PollReport, titles: Mapping[str, str]) -> str:
    """What cron is told: only changes of state, each naming its feed."""
    return "\n".join(
        f"{clean_line(titles.get(change.feed) or change.feed)}: {clean_line(change.text, 400)}"
        if change.feed
        else clean_line(change.text, 400)
        for change in report.changes
    )
