"""``timelinejs``: the JSON that Knight Lab's TimelineJS reads."""

from __future__ import annotations

import html
from datetime import date
from typing import Any

from tracker.core.clean import clean_line, clean_link, clean_text, json_text
from tracker.core.timeline import EventRow, Timeline
from tracker.model import Event, Source
from tracker.view.cite import tier_of
from tracker.view.export import event_rows
from tracker.view.glyphs import MONTHS, day_words, figure_told, witnessed
from tracker.view.page import record_words


def document(timeline: Timeline) -> str:
    """``title`` and ``events``; dates carry only the parts that are known."""
    whole = {
        "title": {
            "unique_id": "export-control-timeline",
            "text": {
                "headline": "Export-control timeline",
                "text": " · ".join([*record_words(timeline), *_past(timeline)]),
            },
        },
        "events": [_slide(row) for row in event_rows(timeline)],
    }
    return json_text(whole, indent=1) + "\n"


def _past(timeline: Timeline) -> list[str]:
    return [f"As known on {day_words(timeline.as_of)}"] if timeline.as_of else []


def _slide(row: EventRow) -> dict[str, Any]:
    event = row.event
    slide: dict[str, Any] = {
        "unique_id": event.id,
        "start_date": _parts(event.date, event.precision),
        "display_date": _shown(event),
        "group": event.jurisdiction[0] if event.jurisdiction else "other",
        "text": {"headline": _html(event.title), "text": _text(row)},
    }
    if event.end_date:
        slide["end_date"] = _parts(event.end_date, event.precision)
    return slide


def _parts(day: date, precision: str) -> dict[str, int]:
    parts = {"year": day.year}
    if precision != "year":
        parts["month"] = day.month
    if precision == "day":
        parts["day"] = day.day
    return parts


def _shown(event: Event) -> str:
    match event.precision:
        case "day":
            start = day_words(event.date)
            return f"{start} – {day_words(event.end_date)}" if event.end_date else start
        case "month":
            return f"{MONTHS[event.date.month - 1]} {event.date.year}"
        case "quarter":
            return f"Q{(event.date.month - 1) // 3 + 1} {event.date.year}"
        case _:
            return str(event.date.year)


def _text(row: EventRow) -> str:
    event = row.event
    parts = [f"<p>{_html(event.summary)}</p>"] if event.summary else []
    facts = (event.kind, event.direction, event.status, witnessed(event))
    parts.append(f"<p>{_html(', '.join(facts))}</p>")
    if row.figure:
        parts.append(f"<p>{_html(figure_told(row.figure))}</p>")
    links = "; ".join(_link(source) for source in event.sources)
    return "".join([*parts, f"<p>Sources: {links}</p>" if links else ""])


def _link(source: Source) -> str:
    address, words = clean_link(source.url), _html(source.publisher)
    shown = f'<a href="{html.escape(address)}">{words}</a>' if address else words
    return f"{shown} [{tier_of(source)}]"


def _html(text: str) -> str:
    return html.escape(clean_line(clean_text(text)))
