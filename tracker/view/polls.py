"""What a poll did and how the feeds are: tables for people, plain values for machines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from tracker.core.clean import clean_line
from tracker.core.poll_report import FeedResult, PollReport
from tracker.nouns import dataclass

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions
    from rich.text import Text

MOST_SILENT: Final = 3
"""Hosts that asked for silence which are named."""

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
    from tracker.core.address import shown

    return {
        "id": feed.id,
        "url": shown(feed.url),
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
    """The run in one line, who did not answer in time, and which hosts asked to be left alone."""
    return " ".join((*_counted(report), *_cut_short(report), *_silences(report)))


def _cut_short(report: PollReport) -> Iterator[str]:
    """How many feeds were due and had not answered when the run ended."""
    if late := report.unfinished:
        feeds = "1 feed" if len(late) == 1 else f"{len(late)} feeds"
        yield f"{feeds} gave {clean_line(late[0].problems[0])}."


def _silences(report: PollReport) -> Iterator[str]:
    """Each host that asked for silence, until when and for how many feeds; three of many hosts."""
    waiting = Counter(feed.silent for feed in report.feeds if feed.silent)
    for host, feeds in waiting.most_common(MOST_SILENT):
        ends = [feed.until for feed in report.feeds if feed.silent == host and feed.until]
        until = f" until {max(ends):%d %b %H:%M} UTC" if ends else ""
        wait = "feed waits" if feeds == 1 else "feeds wait"
        yield f"{clean_line(host, 100)} asked for silence{until}: {feeds} {wait}."
    if (more := len(waiting) - MOST_SILENT) > 0:
        yield f"{more} more {'host' if more == 1 else 'hosts'} asked for silence."


def _counted(report: PollReport) -> Iterator[str]:
    if not report.asked:
        yield from () if report.unfinished else ("No feed is due.",)
        return
    words = [
        f"{len(report.asked)} {'feed' if len(report.asked) == 1 else 'feeds'} asked",
        f"{report.entries_new} new {'entry' if report.entries_new == 1 else 'entries'}",
        f"{report.entries_revised} revised",
        f"{report.events_new} new {'event' if report.events_new == 1 else 'events'}",
        f"{report.events_changed} changed",
    ]
    if report.failed:
        words.append(f"{len(report.failed)} failed")
    yield ", ".join(words) + "."


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
        if feed.outcome != "skipped" or feed.unfinished
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Polled:
    """The feeds that were asked, failures last: figures in columns, under them what needs words."""

    report: PollReport

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Text]:
        """Lines as wide as the terminal; a narrow one loses the last columns, never a word."""
        from rich.text import Text

        from tracker.view.lines import wrap

        width, asked = options.max_width, self.report.asked
        sizes = columns(max([4, *(len(feed.id) for feed in asked)]), (9, 7, 5, 7), width)
        yield Text(cells(("Feed", "Outcome", "Entries", "  New", "Revised"), sizes, width))
        yield Text("─" * min(width, sum(sizes) + 2 * len(sizes) - 2), style="dim")
        for feed in sorted(asked, key=lambda f: f.outcome in ("failed", "refused")):
            figures = (feed.entries, feed.new, feed.revised)
            shown = [count(n).rjust(size) for n, size in zip(figures, (7, 5, 7), strict=True)]
            line = Text(cells((feed.id, feed.outcome, *shown), sizes, width))
            line.stylize(_STYLES[feed.outcome], sizes[0] + 2, sizes[0] + 2 + len(feed.outcome))
            yield line
            note = clean_line(feed.error or "; ".join(feed.problems), 300)
            for part in wrap(note, max(width - 2, 10)) if note else ():
                yield Text(f"  {part}", style="dim")
        for part in ("", *wrap(summary(self.report), width)):
            yield Text(part)


def columns(ids: int, rest: Sequence[int], width: int) -> tuple[int, ...]:
    """Widths of columns: as many as fit beside ids that can be told apart.

    >>> columns(12, (12, 12, 6), 80), columns(90, (12, 12, 6), 80), columns(40, (12, 12, 6), 48)
    ((12, 12, 12, 6), (44, 12, 12, 6), (20, 12, 12))
    """
    kept = list(rest)
    while len(kept) > 1 and width - sum(kept) - 2 * len(kept) < min(ids, 16):
        kept.pop()
    return (max(4, min(ids, width - sum(kept) - 2 * len(kept))), *kept)


def cells(parts: Sequence[str], sizes: Sequence[int], width: int) -> str:
    """A line of columns; parts beyond the last column are left out."""
    from rich.cells import set_cell_size

    from tracker.view.lines import cut

    shown = (set_cell_size(cut(part, size), size) for part, size in zip(parts, sizes, strict=False))
    return cut("  ".join(shown).rstrip(), width)


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
