"""An event as a record file: TOML in the shape of ``db/record/events``."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from tracker.core.clean import clean_line, clean_link
from tracker.model import Event, Source


def as_toml(event: Event) -> str:
    """The file's text; its name is the event's id. A person completes summary and evidence.

    Reports and news say nothing of ``binding``, ``dates`` and a summary: what is not known is left
    out, and the summary is the title until it is written.
    """
    head = [
        ("id", event.id), ("date", event.date), ("precision", event.precision),
        ("end_date", event.end_date), ("known", event.known if event.known_precision else None),
        ("known_precision", event.known_precision), ("kind", event.kind),
        ("instrument", event.instrument or "other"), ("binding", event.binding),
        ("direction", event.direction), ("status", event.status), ("evidence", event.evidence),
        ("title", event.title), ("summary", event.summary or event.title), ("note", event.note),
        ("jurisdiction", event.jurisdiction), ("actors", event.actors), ("items", event.items),
        ("terms", event.terms), ("series", event.series),
    ]  # fmt: skip
    parts = ["\n".join(_pairs(head))]
    if event.dates:
        dates = ((name, days[0] if len(days) == 1 else days) for name, days in event.dates.items())
        parts.append("[dates]\n" + "\n".join(_pairs(dates)))
    parts += ["[[sources]]\n" + "\n".join(_pairs(_source(source))) for source in event.sources]
    return "\n\n".join(parts) + "\n"


def _source(source: Source) -> list[tuple[str, Any]]:
    flags = [(name, True) for name in ("official_text", "about") if getattr(source, name)]
    return [
        ("url", clean_link(source.url)), ("publisher", source.publisher),
        ("published", source.published), ("published_approx", source.published_approx),
        ("lang", source.lang), ("official", source.official), *flags, ("title", source.title),
        ("ref", source.ref),
    ]  # fmt: skip


def _pairs(pairs: Iterable[tuple[str, Any]]) -> list[str]:
    return [f"{key} = {_value(value)}" for key, value in pairs if value is not None]


def _value(value: Any) -> str:
    """One TOML value; a JSON string of clean text is a TOML string."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return f'"{value.isoformat()}"'
    if isinstance(value, tuple):
        return "[" + ", ".join(_value(one) for one in value) + "]"
    return json.dumps(clean_line(str(value)), ensure_ascii=False)
