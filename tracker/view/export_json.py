"""``json`` and ``jsonl``: the contract for machines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from tracker.core.clean import clean_line, clean_text, json_text
from tracker.core.shares import Link, link_json
from tracker.core.timeline import EventRow, Timeline
from tracker.model import Event, Source
from tracker.view.export import event_rows

SCHEMA_VERSION = 1


def document(timeline: Timeline) -> str:
    """One object: ``schema_version``, ``as_of``, ``events``."""
    whole = {
        "schema_version": SCHEMA_VERSION,
        "as_of": _day(timeline.as_of),
        "events": [_row(row) for row in event_rows(timeline)],
    }
    return json_text(whole, indent=1) + "\n"


def lines(timeline: Timeline) -> str:
    """One event a line; an empty answer is an empty text."""
    rows = (json_text(_row(row)) for row in event_rows(timeline))
    return "".join(f"{row}\n" for row in rows)


def _row(row: EventRow) -> dict[str, Any]:
    return event_json(row.event, row.links)


def event_json(event: Event, links: Iterable[Link]) -> dict[str, Any]:
    """An event in the fields of the contract; days are ISO text, figures are numbers."""
    return {
        "id": event.id,
        "date": event.date.isoformat(),
        "precision": event.precision,
        "end_date": _day(event.end_date),
        "known": _day(event.known),
        "known_precision": event.known_precision,
        "link_day": event.link_day.isoformat(),
        "dates": {name: _days(days) for name, days in event.dates.items()},
        "kind": event.kind,
        "instrument": event.instrument,
        "binding": event.binding,
        "direction": event.direction,
        "title": clean_line(event.title),
        "summary": clean_text(event.summary),
        "note": clean_text(event.note) if event.note else None,
        "jurisdiction": list(event.jurisdiction),
        "actors": _words(event.actors),
        "items": _words(event.items),
        "terms": _words(event.terms),
        "measures": list(event.measures),
        "status": event.status,
        "evidence": event.evidence,
        "origin": event.origin,
        "sources": [source_json(source) for source in event.sources],
        "witnesses": event.witnesses,
        "reports": event.reports,
        "text_later": event.text_later,
        "market_share": [link_json(link) for link in links],
    }


def source_json(source: Source) -> dict[str, Any]:
    """A source in the fields of the contract; ``published`` is a full day or null."""
    return {
        "url": clean_line(source.url),
        "publisher": clean_line(source.publisher),
        "published": _day(source.published),
        "published_approx": source.published_approx,
        "lang": source.lang,
        "official": source.official,
        "official_text": source.official_text,
        "opened": source.opened,
        "about": source.about,
        "ref": clean_line(source.ref) if source.ref else None,
        "title": clean_line(source.title) if source.title else None,
    }


def _days(days: Sequence[date]) -> str | list[str]:
    """One day as text, several as a list: the shape that the record's files have."""
    return days[0].isoformat() if len(days) == 1 else [day.isoformat() for day in days]


def _words(words: Iterable[str]) -> list[str]:
    return [clean_line(word) for word in words]


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
