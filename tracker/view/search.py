"""What ``search`` found: as a list with the words marked, as lines, as JSON."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Protocol

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from tracker.core.clean import clean_line, json_text
from tracker.core.snippet import marking
from tracker.core.text import fold
from tracker.model import Event
from tracker.view.glyphs import when


class _Hit(Protocol):
    @property
    def found(self) -> Any:
        """The event, or the entry as a row."""

    @property
    def snippet(self) -> str:
        """Its words around the first match, marked."""


class _Found(Protocol):
    @property
    def events(self) -> Sequence[_Hit]:
        """Events that answer, in the order asked for."""

    @property
    def entries(self) -> Sequence[_Hit]:
        """Entries that answer, in the order asked for."""

    @property
    def marks(self) -> tuple[str, ...]:
        """The folded words that are marked in titles."""


def render(found: _Found) -> RenderableType:
    """Events, then entries: a headline each, and below it the piece of text that answers."""
    wanted = marking(found.marks)
    parts: list[RenderableType] = []
    for name, hits in (("Events", found.events), ("Entries", found.entries)):
        if hits:
            parts += [Text(f"{name} ({len(hits)})", style="bold"), _grid(hits, wanted)]
    return Group(*parts) if parts else Text("Nothing found.")


def _grid(hits: Sequence[_Hit], wanted: re.Pattern[str] | None) -> Table:
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True, style="dim")
    grid.add_column(overflow="fold", ratio=1)
    for hit in hits:
        about = Text(_where(hit.found), style="dim")
        if hit.snippet:
            about = Text.assemble(_marked(clean_line(hit.snippet), wanted), " ", about)
        grid.add_row(_from(hit.found), _marked(clean_line(hit.found.title), wanted))
        grid.add_row(_until(hit.found), about)
    return grid


def _marked(text: str, wanted: re.Pattern[str] | None) -> Text:
    """The text with the wanted words in bold."""
    line = Text(text)
    folded = fold(text, limit=20_000)
    if wanted and folded.original == text:
        for place in wanted.finditer(folded.text):
            line.stylize("bold", *place.span())
    return line


def plain(found: _Found) -> str:
    """One line a find, columns between tabs: sort, day, id, title, piece of text."""
    return "".join(
        "\t".join((sort, _day(hit.found), hit.found.id, *_words(hit))) + "\n"
        for sort, hits in (("event", found.events), ("entry", found.entries))
        for hit in hits
    )


def _words(hit: _Hit) -> tuple[str, str]:
    return clean_line(hit.found.title), clean_line(hit.snippet)


def as_json(found: _Found) -> str:
    """One object: ``schema_version``, ``events``, ``entries``."""
    whole = {
        "schema_version": 1,
        "events": [_event(hit) for hit in found.events],
        "entries": [_entry(hit) for hit in found.entries],
    }
    return json_text(whole, indent=1) + "\n"


def _event(hit: _Hit) -> dict[str, object]:
    event: Event = hit.found
    return {
        "id": event.id,
        "date": event.date.isoformat(),
        "precision": event.precision,
        "end_date": event.end_date.isoformat() if event.end_date else None,
        "kind": event.kind,
        "direction": event.direction,
        "status": event.status,
        "origin": event.origin,
        "title": clean_line(event.title),
        "snippet": clean_line(hit.snippet),
    }


def _entry(hit: _Hit) -> dict[str, object]:
    entry = hit.found
    return {
        "id": entry.id,
        "feed": entry.feed,
        "title": clean_line(entry.title),
        "url": clean_line(entry.url),
        "published": entry.published,
        "publisher": clean_line(entry.publisher),
        "lang": entry.lang,
        "event": entry.event,
        "snippet": clean_line(hit.snippet),
    }


def _from(found: Any) -> str:
    """The day, or the first day of a span: the column stays as narrow as a day."""
    return _day(found).partition("/")[0]


def _until(found: Any) -> str:
    """The end of a span, for the line below its first day: what differs from that."""
    end = _day(found).partition("/")[2]
    return f"/{end.removeprefix(_from(found)[:5])}" if end else ""


def _day(found: Any) -> str:
    if isinstance(found, Event):
        return when(found)
    return str(found.published or "")[:10] or "undated"


def _where(found: Any) -> str:
    if isinstance(found, Event):
        return f"#{found.id}"
    return clean_line(f"{found.publisher or found.feed} · {found.id[:10]}")
