"""Due dates: a list for the terminal, a memo table, CSV, JSON, and a calendar."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from rich.console import Group
from rich.text import Text

from tracker.core.ahead import Due
from tracker.core.clean import clean_line, json_text
from tracker.view.export_csv import safe
from tracker.view.export_ics import PRODUCT
from tracker.view.export_md import escaped
from tracker.view.glyphs import weekday
from tracker.view.lines import wrap
from tracker.view.news import lines, may_change

COLUMNS: Final = (
    "day", "what", "title", "by", "outcome", "checked", "measure", "event_id", "origin", "key",
    "note",
)  # fmt: skip
_STYLES: Final = {"unknown": "red", "coming": "bold", "known": "dim"}
_MEMO: Final = ("day", "what", "title", "by", "outcome", "checked")


def render(rows: Sequence[Due], *, width: int, days: int, past: int) -> Group:
    """What passed, then what comes; each with the day to which it was checked."""
    lines: list[Text] = []
    for heading, some in (
        (f"Passed in the last {past} days", [row for row in rows if row.outcome != "coming"]),
        (f"Due in the next {days} days", [row for row in rows if row.outcome == "coming"]),
    ):
        lines.append(Text(heading, style="bold"))
        lines += [line for row in some for line in _lines(row, width)]
        lines += [] if some else [Text("  nothing", style="dim")]
        lines.append(Text())
    return Group(*lines[:-1])


def _lines(row: Due, width: int) -> Iterator[Text]:
    head = f"  {row.day} {weekday(row.day)}  "
    room = max(12, width - len(head))
    said = wrap(f"{clean_line(row.title)}: {row.what}", room)
    for index, line in enumerate(said):
        yield Text(head if index == 0 else " " * len(head)) + Text(line, style=_STYLES[row.outcome])
    for line in wrap(f"{row.by} · {outcome_words(row)} · {row.measure or row.event_id}", room):
        yield Text(" " * len(head)) + Text(line, style="dim")
    for line in lines(row.news, room):
        yield Text(" " * len(head)) + Text(line, style="cyan")


def outcome_words(row: Due) -> str:
    """What is known of it, never more than was checked."""
    if row.outcome == "unknown":
        return f"passed, outcome unknown, checked to {row.checked}"
    if row.outcome == "known":
        return f"passed, checked to {row.checked}"
    return f"coming, checked to {row.checked}"


def shown(rows: Sequence[Due], kind: str) -> str | bytes:
    """One of the file formats: ``json``, ``md``, ``csv`` or ``ics``."""
    if kind == "ics":
        return calendar(rows)
    write = {"json": document, "md": markdown, "csv": table}
    return write[kind](rows)


def document(rows: Sequence[Due]) -> str:
    """``ahead --format json``; the shape is in docs/commands/ahead.md."""
    body = {"schema_version": 1, "due": [_row(row) for row in rows]}
    return json_text(body, indent=1)


def _row(row: Due) -> dict[str, Any]:
    found = {
        name: value.isoformat() if isinstance(value := getattr(row, name), date) else value
        for name in COLUMNS
    }
    news = [{"id": one.id, "date": one.date.isoformat(), "title": one.title} for one in row.news]
    return found | {"news": news}


def markdown(rows: Sequence[Due]) -> str:
    """A table for a memo."""
    lines = ["| Day | What | Measure or event | By | Outcome | Checked to |",
             "|---|---|---|---|---|---|"]  # fmt: skip
    for row in rows:
        cells = [escaped(_cell(row, name)) for name in _MEMO]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _cell(row: Due, name: str) -> str:
    """A cell of the memo; beside the outcome what may change it."""
    told = str(getattr(row, name))
    more = name == "outcome" and row.news
    return f"{told}; {may_change(row.news, whole=True)}" if more else told


def table(rows: Sequence[Due]) -> str:
    """CSV: one row a date; no cell begins with a sign that a spreadsheet computes."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*COLUMNS, "news"])
    for row in rows:
        cells = [str(getattr(row, name) or "") for name in COLUMNS]
        writer.writerow([safe(cell) for cell in (*cells, " ".join(one.id for one in row.news))])
    return out.getvalue()


def calendar(rows: Sequence[Due]) -> bytes:
    """One all-day entry a date. ``UID`` names the thing, not its day: a moved date moves the entry.

    ``DTSTAMP`` is the day to which it was checked; nothing comes from a clock.
    """
    from icalendar import Calendar, Event

    whole = Calendar()
    whole.add("prodid", PRODUCT)
    whole.add("version", "2.0")
    whole.add("x-wr-calname", "Export-control due dates")
    for row in rows:
        entry = Event()
        entry.add("uid", f"{row.key}@export-control-timeline")
        entry.add("dtstamp", datetime.combine(row.checked, time(), UTC))
        entry.add("dtstart", row.day)
        entry.add("dtend", row.day + timedelta(days=1))
        entry.add("summary", f"{clean_line(row.title)}: {row.what}")
        entry.add("description", _description(row))
        entry.add("transp", "TRANSPARENT")
        whole.add_component(entry)
    written: bytes = whole.to_ical()
    return written


def _description(row: Due) -> str:
    parts = [
        row.by,
        f"checked to {row.checked}",
        may_change(row.news, whole=True) if row.news else "",
        clean_line(row.note or ""),
        row.measure,
        row.event_id,
    ]
    return " · ".join(part for part in parts if part)
