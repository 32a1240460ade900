"""``csv``: one row an event, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from typing import Final

from tracker.core.clean import clean_line
from tracker.core.shares import Link, Placed
from tracker.core.timeline import EventRow, Timeline
from tracker.view.export import event_rows

DATES: Final = (
    "announced", "published", "effective", "compliance", "comments_close", "expires",
    "suspended_until",
)  # fmt: skip
COLUMNS: Final = (
    "id", "date", "precision", "end_date", "known", "link_day", "kind", "instrument", "binding",
    "direction", "status", "evidence", "origin", "title", "summary", "note", "jurisdiction",
    "actors", "items", "terms", "measures", "witnesses", "reports", *DATES, "sources",
    "figure_series", "figure_house", "figure_qualifier", "figure_value", "figure_unit",
    "figure_nature", "figure_period_end", "figure_flag", "market_share",
)  # fmt: skip
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")  # what Excel computes
_QUALIFIERS: Final = {"=": "eq", "~": "about", ">": "gt", "<": "lt", ">=": "ge", "<=": "le"}


def table(timeline: Timeline) -> str:
    """A header and one row an event. Lists are joined by "; ", days are ISO.

    No cell begins with a character that a spreadsheet takes for a formula; qualifiers are words.
    """
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow(COLUMNS)
    for row in event_rows(timeline):
        cells = _cells(row)
        rows.writerow([safe(cells[name]) for name in COLUMNS])
    return out.getvalue()


def safe(cell: str) -> str:
    """A cell that no spreadsheet computes.

    >>> safe("=HYPERLINK(1)"), safe("US licence")
    ("'=HYPERLINK(1)", 'US licence')
    """
    line = clean_line(cell)
    return f"'{line}" if line.startswith(_FORMULA) else line


def qualifier(sign: str) -> str:
    """A qualifier as a word: ``=`` at the head of a cell would be a formula.

    >>> qualifier("="), qualifier(">=")
    ('eq', 'ge')
    """
    return _QUALIFIERS.get(sign, sign)


def _cells(row: EventRow) -> dict[str, str]:
    event = row.event
    cells = {
        "id": event.id, "date": event.date.isoformat(), "precision": event.precision,
        "end_date": event.end_date.isoformat() if event.end_date else "",
        "known": event.known.isoformat() if event.known else "",
        "link_day": event.link_day.isoformat(), "kind": event.kind,
        "instrument": event.instrument, "direction": event.direction, "status": event.status,
        "binding": "" if event.binding is None else str(event.binding).lower(),
        "evidence": event.evidence, "origin": event.origin, "title": event.title,
        "summary": event.summary, "note": event.note or "",
        "witnesses": str(event.witnesses), "reports": str(event.reports),
    }  # fmt: skip
    for name in ("jurisdiction", "actors", "items", "terms", "measures"):
        cells[name] = "; ".join(getattr(event, name))
    for name in DATES:
        cells[name] = "; ".join(day.isoformat() for day in event.dates.get(name, ()))
    cells["sources"] = " ".join(source.url for source in event.sources)
    cells["market_share"] = "; ".join(filter(None, (_link(link) for link in row.links)))
    return cells | _figure(row)


def _figure(row: EventRow) -> dict[str, str]:
    figure = row.figure
    names = [name for name in COLUMNS if name.startswith("figure_")]
    if figure is None:
        return dict.fromkeys(names, "")
    values = (
        figure.series, figure.house, qualifier(figure.qualifier), _number(figure.value),
        figure.unit, figure.nature, figure.period_end.isoformat(), figure.flag or "",
    )  # fmt: skip
    return dict(zip(names, values, strict=True))


def _link(link: Link) -> str:
    """``series/variant known_before gt 30 percent IDC 2025-03-31``; empty where nothing is."""
    name = f"{link.series}/{link.variant}" if link.variant else link.series
    slots = [("known_before", link.known_before)]
    slots += [("in_force", placed) for placed in link.in_force]
    slots += [("next_after", link.next_after), ("now", link.now)]
    found = [f"{slot} {_placed(one, link.unit)}" for slot, one in slots if one]
    return f"{name}: {', '.join(found)}" if found else ""


def _placed(placed: Placed, unit: str) -> str:
    one = placed.observation
    value = _number(one.value)
    if one.value_low is not None and one.value_high is not None:
        value = f"{_number(one.value_low)}..{_number(one.value_high)}"
    marks = [placed.nature, one.flag] if one.flag else [placed.nature]
    day = ("~" if one.published_precision != "day" else "") + one.published.isoformat()
    return f"{qualifier(one.qualifier)} {value} {unit} {one.publisher} {day} [{' '.join(marks)}]"


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) else repr(value)
