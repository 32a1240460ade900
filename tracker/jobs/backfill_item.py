"""What lies in an archive to items as they will be stored: rows, captured feeds, web pages."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from functools import cached_property
from math import isnan
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Final, cast
from urllib.parse import urlsplit

from tracker.archives import find, register
from tracker.archives.parts import Part, Raw
from tracker.core import identity, page, reading
from tracker.core.clean import clean_line, unbroken
from tracker.core.dating import named_in_full
from tracker.core.identity import Arrival, settled
from tracker.core.reading import Reading
from tracker.core.text import language
from tracker.feeds import dates
from tracker.feeds.document import Hints
from tracker.jobs import published
from tracker.model import LANGUAGES, Entry, Language, Mention
from tracker.settings import FeedConfig
from tracker.store.origin import Origin, moment

if TYPE_CHECKING:
    from tracker.feeds.pool import Parsers

FEED: Final = "backfill"
"""The feed of items that no configured feed claims."""
REGISTER: Final = "federal-register"
_LONGEST: Final = 20_000
_MOMENT: Final = re.compile(r"(?:^|[-_. ])(?:\d+|\d{4}[-_.]?\d{2}[-_.:TZ\d]*)$")
Found = tuple[str, "Item | str"]


@dataclass(frozen=True)
class Item:
    """One item as it is stored, settled, with its date; ``origin`` is that of its feed.

    ``guid`` is its guid key in its document. Of captured feeds each is a document of its own,
    numbered in its archive from 1; every other archive is one document, 0.
    """

    arrival: Arrival
    origin: Origin
    guid: str
    document: int = 0

    @cached_property
    def entry(self) -> Entry:
        """The item as a noun. Its id is the one it gets where nothing like it is stored yet."""
        one, origin = self.arrival, self.origin
        assert one.published
        guid = one.guid or one.link or one.digest
        return Entry(
            item_id=identity.item_id(origin.feed, guid, one.link),
            digest=one.digest,
            feed=origin.feed, guid=guid, title=one.title, summary=one.summary, url=one.link,
            published=one.published, offset=one.offset, published_raw=one.published_raw,
            seen=one.published, lang=cast("Language", one.lang),
            publisher=one.publisher or origin.publisher, tier=origin.tier, origin="backfill",
        )  # fmt: skip

    @property
    def key(self) -> tuple[str, str, str]:
        """Equal where the same text of the same item comes again."""
        return self.entry.feed, self.entry.guid, self.entry.digest

    @property
    def captured(self) -> bool:
        """Whether it is of a captured feed; else it is a row of a table or a page of a crawl."""
        return self.document > 0

    @property
    def day(self) -> str:
        """The moment by which archives are put in order."""
        assert self.arrival.published
        return moment(self.arrival.published)

    def packed(self, mentions: tuple[Mention, ...]) -> str:
        """The item and what was read in it, as JSON."""
        one, origin = self.arrival, self.origin
        arrival = [getattr(one, name) for name in _PLAIN]
        published = one.published.isoformat() if one.published else None
        told = reading.packed(self.entry, mentions)
        feed = [origin.feed, origin.lang, origin.publisher, origin.tier]
        return _ENCODER.encode([arrival, published, feed, self.guid, self.document, told])


_PLAIN: Final = (
    "guid", "link", "title", "summary", "offset", "published_raw", "publisher", "lang", "digest",
)  # fmt: skip
_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def unpacked(body: str) -> tuple[Item, Reading]:
    """What ``Item.packed`` made ``body`` of."""
    arrival, published, (feed, lang, publisher, tier), guid, document, told = json.loads(body)
    known = dict(zip(_PLAIN, arrival, strict=True))
    one = Arrival(published=datetime.fromisoformat(published) if published else None, **known)
    item = Item(one, Origin(feed, lang, publisher, tier, "backfill"), guid, document)
    return item, reading.from_plain(told)


class Arrivals:
    """Turns parts into items; has captured feeds parsed in a child process with limits."""

    def __init__(self, feeds: tuple[FeedConfig, ...], now: datetime, feed: str = "") -> None:
        self._feeds = {one.id: one for one in feeds}
        self._hosts = {_host(one.url): one for one in reversed(feeds) if one.url}
        self._now = now
        self._feed = feed
        self._parsers: Parsers | None = None

    def __enter__(self) -> Arrivals:
        return self

    def __exit__(self, *_: object) -> None:
        if self._parsers:
            self._parsers.close()

    def of(self, part: Part) -> Iterator[Found]:
        """Each item of a part, or why it is none, with its place (``byte 12`` or a file)."""
        for raw in find.read(part):
            place = raw.name or f"{_COUNTED[part.form]} {raw.place}"
            if raw.problem:
                yield place, raw.problem
            if raw.row is not None and "document_number" in raw.row and "published" not in raw.row:
                yield from self._parsed(raw, register.page([raw.row]), place, [place])
            elif raw.row is not None:
                yield place, self._row(raw.row)
            elif raw.body is not None and part.form == "warc":
                yield place, self._page(raw)
            elif raw.body is not None:
                yield from self._document(raw, place)

    # ---- rows of columns ----------------------------------------------------------------------

    def _row(self, row: Mapping[str, Any]) -> Item | str:
        title, url, said = _text(row, "title"), _text(row, "url"), _text(row, "lang")
        if not title.strip():
            return "no title"
        arrival = Arrival(
            guid=_text(row, "id"), link=unbroken(url), title=title, summary=_text(row, "summary"),
            publisher=_text(row, "publisher"), lang=said if said in LANGUAGES else "",
        )  # fmt: skip
        value = row.get("published")
        if value is None or value == "" or (isinstance(value, float) and isnan(value)):
            return self._placed(arrival, self._of_user(), identity.keys_of([arrival])[0])
        return self._item(arrival, published.words_of(value), self._of_user())

    def _of_user(self) -> Origin:
        feed = self._feeds.get(self._feed)
        if feed:
            return Origin(feed.id, feed.lang, feed.title or feed.id, feed.tier, "backfill")
        return Origin(self._feed or FEED, "other", origin="backfill")

    def _item(self, arrival: Arrival, raw: str, origin: Origin) -> Item | str:
        """The item as it is stored; why it is none where it has no day that can be believed."""
        stamp = published.read(raw, arrival.lang or origin.lang)
        if isinstance(stamp, str):
            return stamp
        whole = replace(arrival, published=stamp.moment, offset=stamp.offset, published_raw=raw)
        return self._placed(whole, origin, identity.keys_of([whole])[0])

    def _placed(self, arrival: Arrival, origin: Origin, guid: str, document: int = 0
                ) -> Item | str:  # fmt: skip
        if arrival.published is None and not arrival.published_raw:
            arrival = _by_its_text(arrival)
        if arrival.published is None:
            return _undated(arrival.published_raw, origin.lang)
        if dates.improbable(arrival.published, self._now):
            return published.IMPROBABLE
        one = settled(arrival, origin.lang)
        if not (one.title or one.summary):
            return "no title"
        host = self._hosts.get(_host(one.link)) if origin.feed == FEED else None
        return Item(one, replace(origin, tier=host.tier) if host else origin, guid, document)

    # ---- web pages ----------------------------------------------------------------------------

    def _page(self, raw: Raw) -> Item | str:
        """The article of a page, read as ``add`` reads one."""
        from tracker.feeds.encoding import to_utf8

        decoded = to_utf8(raw.body or b"", raw.content_type)
        text = decoded.data.decode("utf-8", "replace")
        if not decoded.encoding:
            return "a page that is no text"
        found = page.read(text)
        if not found.text:
            return "a page without an article"
        arrival = Arrival(
            guid=raw.name, link=raw.name, title=found.title, summary=found.text[:_LONGEST],
            publisher=found.publisher or _host(raw.name), lang=language(found.text),
        )  # fmt: skip
        if not found.published_raw:
            return "no date"
        return self._item(arrival, found.published_raw, self._of_user())

    # ---- captured feeds -----------------------------------------------------------------------

    def _document(self, raw: Raw, place: str) -> Iterator[Found]:
        body, before = raw.body or b"", 0
        pages = register.pages(body)
        for numbers, page_ in pages:
            places = [f"{place} item {before + n}" for n in range(1, len(numbers) + 1)]
            yield from self._parsed(raw, page_, place, places, numbers)
            before += len(numbers)
        if not pages:
            yield from self._parsed(raw, body, place)

    def _parsed(self, raw: Raw, body: bytes, place: str, places: Sequence[str] = (),
                numbers: Sequence[str] = ()) -> Iterator[Found]:  # fmt: skip
        """The items of a feed's document.

        Of one of the Federal Register ``places`` says where each result lies, ``numbers`` what
        the results are called.
        """
        from tracker.feeds.pool import Parsers

        self._parsers = self._parsers or Parsers(1)
        kind = REGISTER if places else "feed"
        origin, url = self._of_file(raw.name, kind)
        hints = Hints(url, raw.moment or self._now, lang=origin.lang, kind=kind)
        document = self._parsers.parse(body, hints)
        if not document.form:
            yield place, f"a file that is {document.error or 'not a feed'}"
            return
        if not origin.publisher:
            origin = replace(origin, publisher=document.title or origin.feed)
        keys = identity.keys_of(document.entries)
        left = list(zip(map(unbroken, numbers), places, strict=False))
        for guid, arrival in zip(keys, document.entries, strict=True):
            where = _taken(left, arrival.guid) or place
            yield where, self._placed(arrival, origin, guid, raw.place + 1)
        if document.cut_off and not raw.problem:
            yield place, "a captured file is cut off"
        none = len(places) - len(document.entries)
        for where in [*(where for _, where in left), *places][: max(none, 0)]:
            yield where, "no document of the Federal Register"

    def _of_file(self, name: str, kind: str) -> tuple[Origin, str]:
        """The feed that a captured file is of: told by the user, by its name or its folder's."""
        named = [self._feed, *names_of(name)]
        feed = next((self._feeds[one] for one in named if one in self._feeds), None)
        if feed:
            return Origin(feed.id, feed.lang, feed.title, feed.tier, "backfill"), feed.url
        if kind == REGISTER:
            return Origin(self._feed or REGISTER, "en", "", "official", "backfill"), ""
        own = clean_line(next((one for one in named if one), FEED), 60)
        return Origin(own, "other", "", "general", "backfill"), ""


def names_of(path: str) -> list[str]:
    """What the feed of a captured file may be called, nearest first; a moment is no name.

    >>> names_of("captured/register/2025-07-15T08.xml")
    ['register', 'captured']
    >>> names_of("captured/wire-20250715.xml.gz")[0], names_of("h20.rss")
    ('wire', ['h20'])
    """
    whole = PurePath(path)
    stem = _MOMENT.sub("", whole.name.removesuffix(".gz").rpartition(".")[0])
    return [one for one in (stem, *(part.name for part in whole.parents)) if one]


def _taken(left: list[tuple[str, str]], number: str) -> str:
    """The place of the result with a number, which is left no longer; '' of none."""
    for at, (called, where) in enumerate(left):
        if called == number:
            del left[at]
            return where
    return ""


_COUNTED: Final = {
    "items": "byte", "values": "item", "parquet": "row", "warc": "byte", "feeds": "file",
    "history": "version",
}  # fmt: skip


def _text(row: Mapping[str, Any], key: str) -> str:
    value = row.get(key)
    if isinstance(value, str):
        return value[: _LONGEST * 2]
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def _by_its_text(arrival: Arrival) -> Arrival:
    """An arrival without any day, dated by the day that its text names in full, in its words."""
    told = named_in_full(f"{arrival.title}\n{arrival.summary}")
    if told is None:
        return arrival
    return replace(arrival, published=datetime.combine(told.last, time(), UTC),
                   published_raw=told.words)  # fmt: skip


def _undated(raw: str, lang: str) -> str:
    """Why an arrival of a feed has no day: a placeholder can be read, and is not believed."""
    if not raw:
        return "no date"
    return published.IMPROBABLE if dates.read(raw, lang) else published.UNREADABLE


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
