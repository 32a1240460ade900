"""What one text says, ready to be stored: made wherever the text is read, by any process.

Recognising, packing and folding are most of the work of taking an entry in, and need nothing but
the entry and the lexicon. So they are done by the processes that read feeds, archives or the store
again; the one process that writes puts rows in place and looks only at what is of interest.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, NamedTuple, cast

from tracker.codec import pack, unpack
from tracker.core import identity
from tracker.core.identity import Arrival, settled
from tracker.core.weights import NEAR
from tracker.model import Entry, Language, Mention, Tier

if TYPE_CHECKING:
    from tracker.core.lexicon import Lexicon

DULL: Final = NEAR
"""Score below which a mention is of no interest and has no body: reading its text again tells."""
TOGETHER: Final = 64
"""Entries that are read together: their folded texts are still at hand when they are indexed."""

_JSON: Final = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":"))


class Row(NamedTuple):
    """One mention as it is stored; ``body`` is the whole noun as JSON, days are ISO.

    Most entries of a feed are of no interest (``DULL``): their ``body`` is empty.
    """

    number: int
    relevant: int
    score: float
    known: str
    date: str | None
    kind: str
    body: str


class Reading(NamedTuple):
    """The mentions of one text, and its words for the index.

    ``key`` names all that recognition looks at but the ids; ``item_id`` is the one that the rows
    speak of.
    """

    key: str
    item_id: str
    rows: tuple[Row, ...]
    head: str
    words: str

    def relevant(self) -> list[Mention]:
        """The mentions that take part in joining."""
        return [mention_of(row) for row in self.rows if row.relevant]


def read(entry: Entry, lexicon: Lexicon) -> Reading:
    """Read one entry.

    >>> from tracker.core.examples import entry, lexicon
    >>> found = read(entry(), lexicon())
    >>> [mention.kind for mention in found.relevant()], found.key == key_of(entry())
    (['listing'], True)
    """
    from tracker.core.recognise import recognise  # whoever only stores a reading needs no rules

    return packed(entry, recognise(entry, lexicon))


def read_each(entries: Sequence[Entry], lexicon: Lexicon) -> list[Reading]:
    """Read some entries, ``TOGETHER`` of them at a time: quicker than one by one.

    >>> from tracker.core.examples import entry, lexicon
    >>> read_each([entry()] * 2, lexicon()) == [read(entry(), lexicon())] * 2
    True
    """
    from tracker.core.recognise import recognise_each

    found: list[Reading] = []
    for start in range(0, len(entries), TOGETHER):
        some = entries[start : start + TOGETHER]
        found += map(packed, some, recognise_each(some, lexicon))
    return found


def packed(entry: Entry, mentions: Iterable[Mention]) -> Reading:
    """What was recognised in an entry, ready to be stored."""
    from tracker.core.words import words_of

    head, words = words_of(entry.title), words_of(entry.summary)
    return Reading(key_of(entry), entry.item_id, rows_of(mentions), head, words)


def entry_of(arrival: Arrival, key: str, origin: Mapping[str, str], seen: datetime) -> Entry:
    """A polled item as it will be stored, if its link or guid makes its id.

    ``key`` is its guid key; ``origin`` has the ``feed``, its ``lang``, ``publisher`` and ``tier``.
    """
    one = settled(arrival, cast("Language", origin["lang"]))
    return Entry(
        item_id=identity.item_id(origin["feed"], key, one.link),
        digest=one.digest, feed=origin["feed"], guid=key,
        title=one.title, summary=one.summary, url=one.link,
        published=one.published and one.published.replace(microsecond=0), offset=one.offset,
        published_raw=one.published_raw, seen=seen,
        lang=cast("Language", one.lang),
        publisher=one.publisher or origin["publisher"], tier=cast("Tier", origin["tier"]),
    )  # fmt: skip


def named(reading: Reading, item_id: str) -> Reading:
    """The reading under the id that its item has got."""
    if reading.item_id == item_id:
        return reading
    rows = tuple(_under(row, item_id) if row.body else row for row in reading.rows)
    return reading._replace(item_id=item_id, rows=rows)


def _under(row: Row, item_id: str) -> Row:
    return row._replace(body=_JSON.encode(pack(replace(mention_of(row), item_id=item_id))))


def from_plain(values: Sequence[Any]) -> Reading:
    """The reading that JSON made lists of."""
    key, item_id, rows, head, words = values
    return Reading(key, item_id, tuple(Row(*row) for row in rows), head, words)


def key_of(entry: Entry) -> str:
    """All that recognition looks at, but for the ids."""
    published = entry.published.isoformat() if entry.published else ""
    known = entry.known.isoformat()
    return key(entry.digest, published, entry.offset, entry.url, entry.publisher, entry.lang,
               entry.tier, known)  # fmt: skip


def key(digest: str, published: str, offset: int | None, url: str, publisher: str, lang: str,
        tier: str, known: str) -> str:  # fmt: skip
    """The same of what an entry says; moments and days are ISO."""
    return "\0".join((digest, published, str(offset), url, publisher, lang, tier, known))


def rows_of(mentions: Iterable[Mention]) -> tuple[Row, ...]:
    """Mentions as they are stored."""
    return tuple(
        Row(m.number, int(m.relevant), m.score, m.known.isoformat(),
            m.date.isoformat() if m.date else None, m.kind, _body(m))
        for m in mentions
    )  # fmt: skip


def mention_of(row: Row) -> Mention:
    """The noun of a row that has a body."""
    return unpack(Mention, json.loads(row.body))


def _body(mention: Mention) -> str:
    """A mention as it is stored; nothing where nobody will ask for it."""
    dull = not mention.relevant and mention.score < DULL
    return "" if dull else _JSON.encode(pack(mention))
