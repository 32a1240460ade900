"""The record as a Data Package: ``datapackage.json`` and a CSV file for each kind of thing.

Specifications: Data Package and Table Schema, version 1 (https://specs.frictionlessdata.io).
Nothing carries the time of the run, so the same record gives the same bytes.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from tracker.core.clean import clean_link
from tracker.model import Record
from tracker.view.export_csv import qualifier, safe

Cell = str | int | float | bool | date | None | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One file: its fields (name, and ``type`` or ``type: what it means``), its keys, its rows.

    ``ties`` maps a field to the resource whose ``id`` it holds.
    """

    title: str
    fields: Mapping[str, str]
    key: tuple[str, ...]
    ties: Mapping[str, str]
    rows: Callable[[Record], Iterable[tuple[Cell, ...]]]


def package(record: Record) -> dict[str, bytes]:
    """The files by name; ``datapackage.json`` describes the others, with their hashes."""
    files = {f"data/{name}.csv": _csv(table, record) for name, table in TABLES.items()}
    described = [_resource(name, table, files[f"data/{name}.csv"])
                 for name, table in TABLES.items()]  # fmt: skip
    document = {
        "profile": "tabular-data-package",
        "name": "tracker-record",
        "title": "Tracker: the curated record",
        "description": "Export-control events with their sources, and market-share figures by"
        f" vintage. Checked by a person to {record.day.isoformat()}.",
        "version": f"{record.day.year}.{record.day.month}.{record.day.day}",
        "licenses": [{"name": "MIT", "title": "MIT License"}],
        "resources": described,
    }
    text = json.dumps(document, ensure_ascii=False, indent=1) + "\n"
    return {"datapackage.json": text.encode(), **files}


def _resource(name: str, table: Table, body: bytes) -> dict[str, Any]:
    fields = [_field(field, told, required=field in table.key)
              for field, told in table.fields.items()]  # fmt: skip
    ties = [
        {"fields": field, "reference": {"resource": other, "fields": "id"}}
        for field, other in table.ties.items()
    ]
    schema = {"fields": fields, "primaryKey": list(table.key), "missingValues": [""]}
    return {
        "profile": "tabular-data-resource",
        "name": name,
        "path": f"data/{name}.csv",
        "title": table.title,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(body),
        "hash": f"sha256:{hashlib.sha256(body).hexdigest()}",
        "schema": schema | ({"foreignKeys": ties} if ties else {}),
    }


def _field(name: str, told: str, *, required: bool) -> dict[str, Any]:
    kind, _, meaning = told.partition(": ")
    field: dict[str, Any] = {"name": name, "type": kind}
    if meaning:
        field["description"] = meaning
    if required:
        field["constraints"] = {"required": True}
    return field


def _csv(table: Table, record: Record) -> bytes:
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow(table.fields)
    rows.writerows([_cell(cell) for cell in row] for row in table.rows(record))
    return out.getvalue().encode()


def _cell(cell: Cell) -> str:
    """A cell as Table Schema reads it; a text never begins like a formula.

    >>> _cell(True), _cell(34.6), _cell(12), _cell(None), _cell(("US", "CN")), _cell("=1+1")
    ('true', '34.6', '12', '', 'US; CN', "'=1+1")
    """
    match cell:
        case None:
            return ""
        case bool():
            return "true" if cell else "false"
        case int() | float():
            return f"{cell:.12g}"
        case date():
            return cell.isoformat()
        case tuple():
            return safe("; ".join(cell))
        case _:
            return safe(cell)


def _events(record: Record) -> Iterator[tuple[Cell, ...]]:
    for one in record.events:
        yield (one.id, one.date, one.precision, one.end_date, one.known, one.known_precision,
               one.kind, one.instrument, one.binding, one.direction, one.status, one.evidence,
               one.title, one.summary, one.note, one.jurisdiction, one.actors, one.items,
               one.terms, one.series)  # fmt: skip


def _dates(record: Record) -> Iterator[tuple[Cell, ...]]:
    for one in record.events:
        for name, days in one.dates.items():
            yield from ((one.id, name, day) for day in days)


def _sources(record: Record) -> Iterator[tuple[Cell, ...]]:
    for one in record.events:
        for number, page in enumerate(one.sources, 1):
            yield (one.id, number, clean_link(page.url), page.publisher, page.published,
                   page.published_approx, page.lang, page.official, page.official_text,
                   page.opened, page.about, page.title, page.ref)  # fmt: skip


def _series(record: Record) -> Iterator[tuple[Cell, ...]]:
    for one in record.series:
        yield (one.id, one.title, one.unit, one.scope, one.geography, one.higher_means, one.note)


def _observations(record: Record) -> Iterator[tuple[Cell, ...]]:
    for one in record.observations:
        yield (one.number, one.series, one.variant, one.period_start, one.period_end, one.value,
               one.value_low, one.value_high, qualifier(one.qualifier), one.nature,
               one.published, one.published_precision, one.house, one.publisher, one.via,
               clean_link(one.url or ""), one.lang, one.derived, one.flag, one.note)  # fmt: skip


def _measures(record: Record) -> Iterator[tuple[Cell, ...]]:
    for one in record.measures:
        yield (one.id, one.title, one.jurisdiction, one.checked, one.summary, one.aliases,
               one.items, one.actors)  # fmt: skip


def _states(record: Record) -> Iterator[tuple[Cell, ...]]:
    for measure in record.measures:
        for number, one in enumerate(measure.states, 1):
            yield (measure.id, number, one.state, one.since, one.until, one.by, one.strand,
                   one.stage, one.event_id, one.note)  # fmt: skip


_LIST: Final = 'string: several are joined by "; "'

TABLES: Final[Mapping[str, Table]] = {
    "events": Table(
        "Acts, each on the day of the act in the actor's place",
        {"id": "string", "date": "date: first possible day", "precision": "string: of date",
         "end_date": "date: last day of a span", "known": "date: from when it was public",
         "known_precision": "string", "kind": "string", "instrument": "string",
         "binding": "boolean", "direction": "string: tighten, ease or neutral",
         "status": "string", "evidence": "string: tier of the best source", "title": "string",
         "summary": "string", "note": "string", "jurisdiction": _LIST, "actors": _LIST,
         "items": _LIST, "terms": _LIST, "series": _LIST},
        ("id",), {}, _events,
    ),
    "dates": Table(
        "Days that an event names: announced, published, effective and so on",
        {"event": "string", "name": "string", "day": "date"},
        ("event", "name", "day"), {"event": "events"}, _dates,
    ),
    "sources": Table(
        "Pages that speak to an event",
        {"event": "string", "number": "integer: order in the event", "url": "string",
         "publisher": "string", "published": "date: only where the full day is known",
         "published_approx": "string: where it is not", "lang": "string",
         "official": "boolean: a page of the body that acted",
         "official_text": "boolean: a word-for-word copy of one",
         "opened": "boolean: somebody read it; of another only the address was seen",
         "about": "boolean: bears on the act, is not the act", "title": "string",
         "ref": "string: number of the rule, notice or bill"},
        ("event", "number"), {"event": "events"}, _sources,
    ),
    "series": Table(
        "Quantities, each with one denominator",
        {"id": "string", "title": "string", "unit": "string", "scope": "string",
         "geography": "string", "higher_means": "string", "note": "string"},
        ("id",), {}, _series,
    ),
    "observations": Table(
        "Published figures, with period and day of publication",
        {"number": "integer: place in the record", "series": "string", "variant": "string",
         "period_start": "date", "period_end": "date", "value": "number: in the series' unit",
         "value_low": "number", "value_high": "number",
         "qualifier": "string: eq, about, gt, lt, ge, le",
         "nature": "string: actual, estimate, forecast, claim or target", "published": "date",
         "published_precision": "string",
         "house": "string: whose figure it is, where publisher does not say",
         "publisher": "string", "via": "string", "url": "string", "lang": "string",
         "derived": "boolean: computed from other figures", "flag": "string", "note": "string"},
        ("number",), {"series": "series"}, _observations,
    ),
    "measures": Table(
        "Rules, licences, probes and truces that live through states",
        {"id": "string", "title": "string", "jurisdiction": "string",
         "checked": "date: last day for which a source speaks to its state",
         "summary": "string", "aliases": _LIST, "items": _LIST, "actors": _LIST},
        ("id",), {}, _measures,
    ),
    "states": Table(
        "States of measures, first and last day inclusive",
        {"measure": "string", "number": "integer: order in the measure", "state": "string",
         "since": "date", "until": "date: missing where it is open", "by": "string",
         "strand": "string", "stage": "string", "event": "string", "note": "string"},
        ("measure", "number"), {"measure": "measures", "event": "events"}, _states,
    ),
}  # fmt: skip
"""Every file, in the order of the package."""
