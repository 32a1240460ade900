"""Measures on a day as JSON."""

from __future__ import annotations

from datetime import date
from typing import Any

from tracker.core.clean import json_text
from tracker.core.measures import Standing, Status, StatusRow, terms_of, witness
from tracker.core.state_words import event_status, first_seen, of_row, told_on
from tracker.model import Event, MeasureState
from tracker.view.export_json import source_json


def document(status: Status) -> str:
    """``status --format json``; the shape is in docs/commands/status.md."""
    body = {
        "schema_version": 1,
        "on": _day(status.on),
        "as_of": _day(status.as_of),
        "to_come": status.to_come,
        "record_day": _day(status.record_day),
        "measures": [_measure(row, status.whole, status.day) for row in status.rows],
    }
    return json_text(body, indent=1)


def _measure(row: StatusRow, whole: bool, day: date) -> dict[str, Any]:
    measure = row.measure
    body: dict[str, Any] = {
        "id": measure.id,
        "title": measure.title,
        "jurisdiction": measure.jurisdiction,
        "summary": measure.summary,
        "aliases": list(measure.aliases),
        "items": list(measure.items),
        "actors": list(measure.actors),
        "terms": list(terms_of(measure, row.events)),
        "checked": _day(measure.checked),
        "differs": row.differs,
        "states": [_state(row, standing, day) for standing in row.standings],
        "reports_since": row.reports,
        "touching": [_touching(event) for event in row.touching],
    }
    if whole:
        body["history"] = [_bare(row, state) for state in measure.states]
    return body


def _state(row: StatusRow, standing: Standing, day: date) -> dict[str, Any]:
    note = standing.state.note
    return _bare(row, standing.state) | {
        "note": told_on(note, row, standing.state, day) if note else None,
        "words": of_row(row, standing),
        "lapsed": _day(standing.lapsed),
        "by_text": standing.by_text,
        "never_in_force": standing.never,
        "begun": _day(standing.begun),
        "ends": _day(standing.ends),
        "first_seen": first_seen(standing.run),
        "checked": _day(row.measure.checked),
    }


def _bare(row: StatusRow, state: MeasureState) -> dict[str, Any]:
    page = witness(state, row.events)
    return {
        "by": state.by,
        "strand": state.strand,
        "state": state.state,
        "since": _day(state.since),
        "until": _day(state.until),
        "stage": state.stage,
        "note": state.note,
        "event_id": state.event_id,
        "event_status": event_status(row, state),
        "witness": source_json(page) if page else None,
    }


def _touching(event: Event) -> dict[str, Any]:
    return {"id": event.id, "date": _day(event.date), "title": event.title,
            "origin": event.origin, "reports": event.reports}  # fmt: skip


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
