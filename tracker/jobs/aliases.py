"""Every name that people may type for what the lexicon and the record name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tracker.core.places import names_of
from tracker.model import Record

if TYPE_CHECKING:
    from tracker.core.lexicon import Lexicon


def aliases(record: Record, lexicon: Lexicon) -> Iterator[tuple[str, str, str]]:
    """Every name people may type, folded: (name, facet, canonical)."""
    from tracker.core.text import fold

    for name, facet, canonical in (*_lexicon_names(lexicon), *_record_names(record)):
        yield fold(name).text, facet, canonical


def _lexicon_names(lexicon: Lexicon) -> Iterator[tuple[str, str, str]]:
    for entry in lexicon.entries:
        if entry.kind in ("actor", "item", "term", "place"):
            for name in (entry.id, *entry.names):
                yield name.strip("=*"), entry.kind, entry.id
    for code, names in names_of(lexicon).items():
        for name in names:
            yield name, "jurisdiction", code


def _record_names(record: Record) -> Iterator[tuple[str, str, str]]:
    for event in record.events:
        named = {"actor": event.actors, "item": event.items, "term": event.terms,
                 "jurisdiction": event.jurisdiction, "instrument": (event.instrument,)}  # fmt: skip
        for facet, values in named.items():
            for value in values:
                yield value, facet, value
    for measure in record.measures:
        for name in (measure.id, measure.title, *measure.aliases):
            yield name, "measure", measure.id
