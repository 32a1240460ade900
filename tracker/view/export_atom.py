"""``atom``: one entry an event, for feed readers."""

from __future__ import annotations

import uuid
from datetime import date
from xml.etree import ElementTree as Xml

from tracker.core.clean import clean_line, clean_link, clean_text
from tracker.core.timeline import EventRow, Timeline
from tracker.core.witnesses import best_first
from tracker.model import Event, Source
from tracker.view.cite import tier_of
from tracker.view.export import event_rows
from tracker.view.export_ics import touched
from tracker.view.glyphs import figure_told, when, witnessed

ATOM = "http://www.w3.org/2005/Atom"
SPACE = uuid.uuid5(uuid.NAMESPACE_URL, "export-control-timeline")
"""The name space of our entry ids; it must never change, or readers see every event again."""


def feed(timeline: Timeline) -> bytes:
    """An RFC 4287 feed, newest first; ``updated`` moves when an event gains a source."""
    Xml.register_namespace("", ATOM)
    rows = sorted(event_rows(timeline), key=_newest, reverse=True)
    root = Xml.Element(f"{{{ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": "en"})
    latest = max((touched(row.event) for row in rows), default=timeline.record_day)
    _add(root, "id", f"urn:uuid:{SPACE}")
    _add(root, "title", "Export-control timeline")
    _add(root, "updated", _moment(latest))
    _add(_add(root, "author"), "name", "Tracker")
    for row in rows:
        _entry(root, row)
    Xml.indent(root, " ")
    written: bytes = Xml.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _newest(row: EventRow) -> tuple[date, date, str]:
    return touched(row.event), row.event.date, row.event.id


def _entry(root: Xml.Element, row: EventRow) -> None:
    event, entry = row.event, _add(root, "entry")
    _add(entry, "id", f"urn:uuid:{uuid.uuid5(SPACE, event.id)}")
    _add(entry, "title", clean_line(event.title))
    _add(entry, "published", _moment(event.link_day))
    _add(entry, "updated", _moment(touched(event)))
    for name in (event.kind, event.direction, *event.jurisdiction):
        _add(entry, "category").set("term", clean_line(name))
    addresses = list(dict.fromkeys(filter(None, (clean_link(s.url) for s in best_first(event)))))
    for n, address in enumerate(addresses):
        link = _add(entry, "link")
        link.set("rel", "related" if n else "alternate")
        link.set("href", address)
    if event.summary:
        _add(entry, "summary", clean_text(event.summary))
    _add(entry, "content", _content(row)).set("type", "text")


def _content(row: EventRow) -> str:
    event = row.event
    lines = [clean_text(event.summary)] if event.summary else [clean_line(event.title)]
    facts = (when(event), event.kind, event.direction, event.status, witnessed(event))
    lines.append(" · ".join(facts))
    lines += [f"{name}: {', '.join(d.isoformat() for d in days)}" for name, days in _dates(event)]
    if row.figure:
        lines.append(clean_line(figure_told(row.figure)))
    lines += map(_page, event.sources)
    return "\n".join(lines)


def _page(source: Source) -> str:
    named = f"{clean_line(source.publisher)} [{tier_of(source)}]"
    return f"{named}: {clean_link(source.url)}" if clean_link(source.url) else named


def _dates(event: Event) -> list[tuple[str, tuple[date, ...]]]:
    return [(name.replace("_", " "), days) for name, days in event.dates.items()]


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


def _add(parent: Xml.Element, name: str, text: str | None = None) -> Xml.Element:
    child = Xml.SubElement(parent, f"{{{ATOM}}}{name}")
    child.text = text
    return child
