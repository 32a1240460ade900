"""How the configured feeds are: tables for people, plain values for machines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from tracker.core.clean import clean_line
from tracker.view.polls import cells as columned
from tracker.view.polls import columns, count, iso

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderableType
    from rich.text import Text

_STATES: Final = {
    "ok": "green", "failing": "red", "blocked": "red", "gone": "yellow", "disabled": "dim",
    "empty": "yellow", "never polled": "dim", "no answer": "yellow",
}  # fmt: skip


def added(name: str, url: str) -> str:
    """What was written to feeds.toml."""
    from tracker.core.address import shown

    return f"Added {name}: {shown(url, 300)}"


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
    kind: str = "feed"
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
    empty_since: datetime | None = None
    silent: str = ""
    silent_until: datetime | None = None


def feeds_as_json(rows: Iterable[FeedRow]) -> list[dict[str, Any]]:
    """The contract of ``feeds list --format json``, with the moves behind it."""
    from tracker.core.address import shown

    return [
        {
            "id": row.id,
            "url": shown(row.url),
            "stored_url": shown(row.stored_url),
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
            "kind": row.kind,
            "moves": [
                {"at": at, "from": shown(old), "to": shown(new)} for at, old, new in row.moves
            ],
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
            "reason": clean_line(row.error or _empty(row) or _silence(row)) or None,
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
        return "no answer" if row.error else "never polled"
    return "ok" if row.last_entries else "empty"


def feeds_table(rows: Sequence[FeedRow]) -> RenderableType:
    """The configured feeds as a table."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    shown = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    # Minimal widths, so that a narrow terminal folds the last column and cuts no figure.
    shown.add_column("Feed", no_wrap=True, overflow="ellipsis", max_width=20)
    shown.add_column("State", no_wrap=True, min_width=8)
    shown.add_column("Last good", no_wrap=True, min_width=12)
    shown.add_column("Entries", justify="right", no_wrap=True, min_width=7)
    shown.add_column("Title", ratio=1, overflow="fold")
    for row in rows:
        state = state_of(row)
        shown.add_row(
            Text(row.id), Text(state, style=_STATES.get(state, "")), Text(short(row.last_ok)),
            count(row.entries), Text(clean_line(row.title, 300)),
        )  # fmt: skip
    return shown


@dataclass(frozen=True, slots=True)
class Health:
    """How feeds are, for a terminal: figures in columns, and under them what needs words."""

    rows: Sequence[FeedRow]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Text]:
        """Lines as wide as the terminal; a narrow one loses the last columns, never a word."""
        from rich.text import Text

        from tracker.view.lines import wrap

        width = options.max_width
        sizes = columns(max([4, *(len(row.id) for row in self.rows)]), (12, 12, 12, 6, 4), width)
        yield Text(columned(("Feed", "State", "Last good", "Next", "Rhythm", "Gaps"), sizes, width))
        yield Text("─" * min(width, sum(sizes) + 2 * len(sizes) - 2), style="dim")
        for row in self.rows:
            state = state_of(row)
            cells = (row.id, state, short(row.last_ok), short(row.next_poll), span(row.rhythm),
                     count(len(row.gaps)).rjust(4))  # fmt: skip
            line = Text(columned(cells, sizes, width))
            line.stylize(_STATES.get(state, ""), sizes[0] + 2, sizes[0] + 2 + len(state))
            yield line
            said = note(row)
            for part in wrap(said, max(width - 2, 10)) if said else ():
                yield Text(f"  {part}", style="dim")


def feed_lines(rows: Sequence[FeedRow], *, health: bool = False) -> str:
    """One line a feed, for a pipe."""
    from tracker.core.address import shown

    return "\n".join(
        "\t".join(
            (
                row.id, state_of(row), str(row.entries), iso(row.last_ok) or "-",
                iso(row.next_poll) or "-",
                note(row) if health else shown(row.url),
            )
        )
        for row in rows
    )  # fmt: skip


def note(row: FeedRow) -> str:
    """Since when and why it fails, what moved or is missing; empty where all is well."""
    said = []
    if row.failing_since and row.error:
        said.append(f"since {short(row.failing_since)}: {row.error}")
    elif row.error:
        said.append(row.error)
    said += [words for words in (_empty(row), _silence(row), _moved(row)) if words]
    if row.gaps:
        said.append(f"last gap {row.gaps[-1][0][:10]} to {row.gaps[-1][1][:10]}")
    return clean_line("; ".join(said), 400)


def _empty(row: FeedRow) -> str:
    """Since when a feed that answers has had no entry."""
    if state_of(row) != "empty" or not row.empty_since:
        return ""
    return f"no entry since {short(row.empty_since)} UTC"


def _silence(row: FeedRow) -> str:
    """Until when the host of a feed asked to be left alone."""
    if not row.silent_until:
        return ""
    return f"{row.silent} asked for silence until {short(row.silent_until)} UTC"


def _moved(row: FeedRow) -> str:
    return f"moved to {row.moves[-1][2]} on {row.moves[-1][0][:10]}" if row.moves else ""


def short(moment: datetime | None) -> str:
    """A moment in few cells: UTC, without its year."""
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
