"""What a poll did and how the feeds are: tables for people, plain values for machines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
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
        f"{len(report.asked)} feeds asked",
        f"{report.entries_new} new entries",
        f"{report.entries_revised} revised",
        f"{report.events_new} new events",
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
            Text(feed.id), Text(feed.outcome, style=_STYLES[feed.outcome]), _count(feed.entries),
            _count(feed.new), _count(feed.revised), Text(note),
        )  # fmt: skip
    return Group(shown, Text(summary(report)))


def _count(number: int) -> str:
    return str(number) if number else "·"


def changes(report: PollReport, titles: Mapping[str, str]) -> str:
    """What cron is told: only changes of state, each naming its feed."""
    return "\n".join(
        f"{clean_line(titles.get(change.feed) or change.feed)}: {clean_line(change.text, 400)}"
        if change.feed
        else clean_line(change.text, 400)
        for change in report.changes
    )


# ---- feeds --------------------------------------------------------------------------------------


def added(name: str, url: str) -> str:
    """What was written to feeds.toml."""
    from tracker.core.address import without_password

    return f"Added {name}: {clean_line(without_password(url), 300)}"


def imported(count: int, left_out: int) -> str:
    """What came of an import.

    >>> imported(1, 2)
    '1 feed added, 2 left out.'
    """
    return f"{count} {'feed' if count == 1 else 'feeds'} added, {left_out} left out."


@dataclass(frozen=True, slots=True)
class FeedRow:
    """One configured feed with what is remembered of it."""

    id: str
    url: str
    stored_url: str
    title: str
    lang: str
    tier: str
    enabled: bool
    gone: bool
    entries: int
    group: str = ""
    failing_since: datetime | None = None
    failures: int = 0
    last_ok: datetime | None = None
    next_poll: datetime | None = None
    error: str | None = None
    error_kind: str = ""
    rhythm: int | None = None
    gaps: tuple[tuple[str, str], ...] = ()
    last_entries: int = 0
    moves: tuple[tuple[str, str, str], ...] = ()


def feeds_as_json(rows: Iterable[FeedRow]) -> list[dict[str, Any]]:
    """The contract of ``feeds list --format json``, with the moves behind it."""
    from tracker.core.address import without_password

    return [
        {
            "id": row.id,
            "url": without_password(row.url),
            "stored_url": without_password(row.stored_url),
            "title": clean_line(row.title),
            "lang": row.lang,
            "tier": row.tier,
            "enabled": row.enabled,
            "gone": row.gone,
            "entries": row.entries,
            "failing_since": iso(row.failing_since),
            "last_ok": iso(row.last_ok),
            "next_poll": iso(row.next_poll),
            "error": clean_line(row.error) if row.error else None,
            "group": row.group,
            "moves": [{"at": at, "from": old, "to": new} for at, old, new in row.moves],
        }
        for row in rows
    ]


def health_as_json(rows: Iterable[FeedRow]) -> list[dict[str, Any]]:
    """How each feed is, for a monitor."""
    return [
        {
            "id": row.id,
            "title": clean_line(row.title),
            "state": state_of(row),
            "last_ok": iso(row.last_ok),
            "failing_since": iso(row.failing_since),
            "failures": row.failures,
            "reason": clean_line(row.error) if row.error else None,
            "next_poll": iso(row.next_poll),
            "rhythm_seconds": row.rhythm,
            "gaps": len(row.gaps),
            "last_gap": _gap(row),
            "entries": row.entries,
        }
        for row in rows
    ]


def _gap(row: FeedRow) -> dict[str, str] | None:
    return {"since": row.gaps[-1][0], "until": row.gaps[-1][1]} if row.gaps else None


def state_of(row: FeedRow) -> str:
    """One word for how a feed is."""
    if not row.enabled:
        return "disabled"
    if row.gone:
        return "gone"
    if row.failing_since:
        return "blocked" if row.error_kind == "blocked" else "failing"
    if not row.last_ok:
        return "never polled"
    return "ok" if row.last_entries or row.entries else "empty"


def feeds_table(rows: Sequence[FeedRow], *, health: bool = False) -> RenderableType:
    """The configured feeds as a table."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    shown = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    # Minimal widths, so that a narrow terminal folds the last column and cuts no figure.
    shown.add_column("Feed", no_wrap=True, overflow="ellipsis", max_width=20)
    shown.add_column("State", no_wrap=True, min_width=8)
    shown.add_column("Last good", no_wrap=True, min_width=12)
    if health:
        shown.add_column("Rhythm", no_wrap=True, min_width=6)
        shown.add_column("Gaps", justify="right", min_width=4)
    else:
        shown.add_column("Entries", justify="right", no_wrap=True, min_width=7)
    shown.add_column("Note" if health else "Title", ratio=1, overflow="fold")
    for row in rows:
        cells = [Text(row.id), Text(state_of(row)), Text(_short(row.last_ok))]
        counts = [span(row.rhythm), _count(len(row.gaps))] if health else [_count(row.entries)]
        note = _note(row) if health else row.title
        shown.add_row(*cells, *counts, Text(clean_line(note or "", 300)))
    return shown


def feed_lines(rows: Sequence[FeedRow], *, health: bool = False) -> str:
    """One line a feed, for a pipe."""
    from tracker.core.address import without_password

    return "\n".join(
        "\t".join(
            (
                row.id, state_of(row), str(row.entries), iso(row.last_ok) or "-",
                iso(row.next_poll) or "-",
                clean_line(_note(row), 400) if health else without_password(row.url),
            )
        )
        for row in rows
    )  # fmt: skip


def _note(row: FeedRow) -> str:
    """Since when and why it fails, what moved or is missing, when it is asked next."""
    said = []
    if row.failing_since and row.error:
        said.append(f"since {_short(row.failing_since)}: {row.error}")
    elif row.error:
        said.append(row.error)
    if moved := _moved(row):
        said.append(moved)
    if row.gaps:
        said.append(f"last gap {row.gaps[-1][0][:10]} to {row.gaps[-1][1][:10]}")
    if row.enabled and not row.gone and row.next_poll:
        said.append(f"next {_short(row.next_poll)}")
    return "; ".join(said)


def _moved(row: FeedRow) -> str:
    return f"moved to {row.moves[-1][2]} on {row.moves[-1][0][:10]}" if row.moves else ""


def _short(moment: datetime | None) -> str:
    return f"{moment:%d %b %H:%M}" if moment else "-"


def span(seconds: int | None) -> str:
    """Seconds in the largest fitting unit.

    >>> span(7200), span(90), span(None), span(200000)
    ('2 h', '2 min', '-', '2 d')
    """
    if not seconds:
        return "-"
    for unit, size in (("d", 86400), ("h", 3600), ("min", 60)):
        if seconds >= size:
            return f"{round(seconds / size)} {unit}"
    return f"{seconds} s"
