"""Which item is this? Canonical links, item ids, digests of texts, and the rules that join them.

The rules (design sections 3.1 and 8), in this order and only inside one feed:

1. a guid seen before is the item it belonged to; guids that differ only in scheme, host spelling
   or blanks are one guid;
2. otherwise a canonical link seen before, unless the item that has it stands in this document
   under its own guid (different guids in one document are different items);
3. otherwise the same title at the same moment, under the same reservation;
4. otherwise it is new. Its id is the hash of its canonical link, or of feed and guid where it has
   no link or another item already has that id.

The id of a row of an archive may be a number that every export has: where link and title are both
other than the item's with that id, the row goes by id and link together (``apart``).
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, time
from functools import lru_cache
from itertools import count
from typing import Final
from urllib.parse import urlsplit, urlunsplit

from tracker.core.clean import clean_line, clean_link, clean_text, unbroken
from tracker.core.text import language_of_item
from tracker.model import LANGUAGES, Language
from tracker.nouns import dataclass

_TRACKING: Final = re.compile(
    r"(?:^|(?<=&))(?:utm_\w+|fbclid|gclid|dclid|msclkid|mc_[ce]id|igshid|cmpid|ocid|at_\w+|xtor|_ga"
    r"|wt\.mc_id|traffic_source|partner|smid|sh|spm|from_source)=[^&]*&?",
    re.IGNORECASE,
)
# An address that is its own canonical form, but for scheme, ``www.`` and slashes at its end.
_SIMPLE: Final = re.compile(r"https?://([a-z0-9.-]+)((?:/[A-Za-z0-9._~-]*)*)")
_ESCAPE: Final = re.compile(r"%[0-9a-fA-F]{2}")
TITLE_LIMIT: Final = 1000  # characters
SUMMARY_LIMIT: Final = 20_000
RAW_DATE_LIMIT: Final = 100
_WITH_LINK: Final = "\t"  # no guid key holds one: its blanks are single spaces
ID_LENGTH: Final = 16
"""Hex digits of an item id: 64 bits, so that two of a million items meet once in 30 million."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """One item as a document shows it, before it is known which stored item it is.

    ``published`` is UTC or None, ``offset`` the publisher's distance from it in minutes,
    ``published_raw`` what the document said. ``publisher`` and ``lang`` are empty where the
    document does not name them for this item. ``digest`` is that of the text, of an arrival that is
    ``settled``.
    """

    guid: str
    link: str
    title: str
    summary: str = ""
    published: datetime | None = None
    offset: int | None = None
    published_raw: str = ""
    publisher: str = ""
    lang: str = ""
    digest: str = ""


def settled(arrival: Arrival, said: Language) -> Arrival:
    """The arrival as it is stored, in a feed that says ``said`` of its language; twice is once.

    Nothing in it can steer a terminal, nothing is endless.

    >>> one = settled(Arrival("g", "", "商务部  公告", ""), "en")
    >>> one.title, one.lang, one.digest == digest("商务部 公告", ""), settled(one, "en") is one
    ('商务部 公告', 'zh-Hans', True, True)
    """
    if arrival.digest:
        return arrival
    title = clean_line(arrival.title, TITLE_LIMIT)
    summary = clean_text(arrival.summary)[:SUMMARY_LIMIT].strip()
    own: Language = arrival.lang if arrival.lang in LANGUAGES else said
    return Arrival(
        guid=unbroken(arrival.guid),
        link=clean_link(arrival.link),
        title=title,
        summary=summary,
        published=arrival.published,
        offset=arrival.offset,
        published_raw=clean_line(arrival.published_raw, RAW_DATE_LIMIT),
        publisher=clean_line(arrival.publisher, 200),
        lang=language_of_item(f"{title} {summary}", own),
        digest=digest(title, summary),
    )


@dataclass(frozen=True, slots=True)
class Known:
    """What a store must look up for one document of one feed.

    ``by_guid`` maps a guid key, ``by_link`` a canonical link, ``by_title`` a title and its moment
    to an item id; ``taken`` says whether any feed already has an id.
    """

    by_guid: Mapping[str, str]
    by_link: Mapping[str, str]
    by_title: Callable[[str, datetime], str | None]
    taken: Container[str]


@dataclass(frozen=True, slots=True)
class Placed:
    """An arrival with its item id; ``fresh`` where that item was not stored before."""

    arrival: Arrival
    item_id: str
    guid: str
    link: str
    fresh: bool


@lru_cache(maxsize=64)  # the address of one item is asked for several times in a row
def canonical_link(url: str) -> str:
    """One spelling for an article's address: for comparing and hashing, never for opening.

    Scheme, ``www.``, default port, fragment, tracking parameters and a trailing slash go; the
    order of the other parameters stays. Empty where ``url`` is no http(s) address.

    >>> canonical_link("HTTPS://www.Example.org:443/a/?utm_source=rss&id=7#top")
    'example.org/a?id=7'
    >>> canonical_link("https://example.org/a?hash=7&format_id=2")
    'example.org/a?hash=7&format_id=2'
    >>> canonical_link("http://example.org/a/") == canonical_link("https://example.org/a")
    True
    >>> canonical_link("javascript:alert(1)")
    ''
    """
    simple = _SIMPLE.fullmatch(url)
    if simple and (host := simple[1].removeprefix("www.")):
        return host + simple[2].rstrip("/")
    return _canonical(url)


def _canonical(url: str) -> str:
    try:
        parts = urlsplit(url.replace("\0", "").strip())
        host, port = (parts.hostname or "").removeprefix("www."), parts.port
    except ValueError:
        return ""
    if parts.scheme.lower() not in ("http", "https") or not host:
        return ""
    place = host if port in (None, 80, 443) else f"{host}:{port}"
    query = _TRACKING.sub("", parts.query).rstrip("&")
    # A fragment is a place on a page, except where an application keeps its address there.
    fragment = parts.fragment if parts.fragment.startswith(("!", "/")) else ""
    path = _ESCAPE.sub(lambda found: found.group().upper(), parts.path).rstrip("/")
    return urlunsplit(("", "", place + path, query, fragment))


def guid_key(guid: str) -> str:
    """The form under which a guid is remembered: blanks, NULs and, of an address, the scheme go.

    A NUL would end the text where the store asks for many at once; with half a letter it is none.

    >>> guid_key(" https://www.example.org/?p=1#x ") == guid_key("http://example.org/?p=1#x")
    True
    >>> guid_key("urn:X:1") == guid_key("urn:x:1")
    False
    >>> guid_key(f"a{chr(0)}b")
    'ab'
    """
    guid = " ".join(unbroken(guid).replace("\0", "").split())
    scheme, colon, rest = guid.partition("://")
    if colon and scheme.lower() in ("http", "https"):
        host, slash, path = rest.partition("/")
        guid = f"//{host.lower().removeprefix('www.')}{slash}{path}"
    return guid if len(guid) <= 512 else hash_of("guid", guid)


def keys_of(arrivals: Sequence[Arrival]) -> list[str]:
    """The guid key of each arrival of one document: its guid, else its link, else its text.

    A link tells nothing where it is only a home page, or where items with different titles share
    it; then title and date must do.

    >>> keys_of([Arrival("", "https://example.org/a", "t")])
    ['//example.org/a']
    >>> a, b = keys_of([Arrival("", "https://x.org/", "a"), Arrival("", "https://x.org/", "b")])
    >>> a[:5], a == b
    ('text:', False)
    """
    titles: dict[str, set[str]] = {}
    for arrival in arrivals:
        if not guid_key(arrival.guid):
            titles.setdefault(guid_key(arrival.link), set()).add(arrival.title)
    return [_key_of(arrival, titles) for arrival in arrivals]


def _key_of(arrival: Arrival, titles: Mapping[str, set[str]]) -> str:
    if key := guid_key(arrival.guid):
        return key
    key = guid_key(arrival.link)
    if key and tells(canonical_link(arrival.link)) and len(titles[key]) == 1:
        return key
    return "text:" + hash_of("text", arrival.title or arrival.summary, arrival.published_raw)


def same_row(link: str, title: str, had: Iterable[tuple[str, str]]) -> bool:
    """Whether a row is one of an item with its id: one of the texts has its link or its title.

    ``link`` is canonical, ``had`` are addresses and titles as they were given.

    >>> had = [("https://example.org/a", "US bans H20")]
    >>> same_row("example.org/a", "US bars H20", had), same_row("example.org/b", "US bans H20", had)
    (True, True)
    >>> same_row("example.org/b", "The Hague revokes a licence", had)
    False
    """
    return any(canonical_link(url) == link or said == title for url, said in had)


def apart(guid: str, link: str) -> str:
    """The guid key of a row whose id another item has: its id with its canonical link.

    >>> own_guid(apart("1", "example.org/b")), apart("1", "a.org/x") == apart("1", "b.org/x")
    ('1', False)
    """
    return f"{guid}{_WITH_LINK}{id_of_link(link) if link else ''}"


def own_guid(key: str) -> str:
    """The id that a row had in its archive, of a guid key that may hold its link as well."""
    return key.partition(_WITH_LINK)[0]


def known_by(arrival: Arrival) -> tuple[str, ...]:
    """All of an arrival, but its guid, that its item is known by: its key, its link, its title.

    >>> known_by(Arrival("1", "https://example.org/a", "t", "s"))
    ('https://example.org/a', 't', '')
    """
    return arrival.link, arrival.title or arrival.summary, arrival.published_raw


def tells(canonical: str) -> bool:
    """Whether a canonical link points at something, not only at a site.

    >>> tells("example.org"), tells("example.org/a")
    (False, True)
    """
    return "/" in canonical or "?" in canonical


def item_id(feed: str, guid: str, link: str) -> str:
    """The id of an item: the hash of its canonical link, else of feed and guid.

    >>> item_id("a", "1", "https://example.org/x") == item_id("b", "2", "http://example.org/x/")
    True
    >>> item_id("a", "1", "") == item_id("b", "1", "")
    False
    """
    canonical = canonical_link(link)
    return id_of_link(canonical) if tells(canonical) else hash_of("guid", feed, guid_key(guid))


@lru_cache(maxsize=64)  # as above
def id_of_link(canonical: str) -> str:
    """The id of an item with a canonical link that tells something."""
    return hash_of("link", canonical)


def digest(title: str, summary: str) -> str:
    """The hash of a text; a revision is new where it differs.

    Dates and links are left out: feeds that stamp every item with the hour of the poll, or every
    link with a fresh token, would otherwise appear to edit everything all the time.

    >>> digest("H20", "a  b") == digest("H20 ", "a b"), digest("H20", "a") == digest("H20", "b")
    (True, False)
    """
    return hash_of("text", " ".join(title.split()), " ".join(summary.split()))


def hash_of(*parts: str) -> str:
    """A short stable hash of several strings.

    >>> hash_of("a", "b") == hash_of("ab"), len(hash_of("a"))
    (False, 16)
    """
    joined = "\0".join(parts).encode("utf-8", "replace")
    return hashlib.sha256(joined).hexdigest()[:ID_LENGTH]


def without_repeats(arrivals: Iterable[Arrival]) -> list[tuple[str, Arrival]]:
    """The arrivals of one document with their guid keys; of equal keys the first counts.

    >>> [key for key, _ in without_repeats([Arrival("1", "", "a"), Arrival("1", "", "b")])]
    ['1']
    """
    every = list(arrivals)
    seen: dict[str, Arrival] = {}
    for key, arrival in zip(keys_of(every), every, strict=True):
        seen.setdefault(key, arrival)
    return list(seen.items())


def keys_of_several(arrivals: Sequence[Arrival]) -> set[str]:
    """The guid keys under which one document shows several texts.

    >>> keys_of_several([Arrival("1", "", "a"), Arrival("1", "", "b"), Arrival("2", "", "a")])
    {'1'}
    """
    said = {(key, x.title, x.summary) for key, x in zip(keys_of(arrivals), arrivals, strict=True)}
    return {key for key, times in Counter(key for key, *_ in said).items() if times > 1}


def place(
    feed: str,
    keyed: Sequence[tuple[str, Arrival]],
    known: Known,
    present: Iterable[str] = (),
) -> list[Placed]:
    """Give every arrival of one document its item id, by the rules at the top of this module.

    ``present`` holds ids of items that stand in the document but are not among ``keyed`` (they
    were recognised as unchanged before parsing).

    >>> known = Known({}, {"example.org/a": "i1"}, lambda title, at: None, ())
    >>> new = Arrival("g2", "https://example.org/a", "A")
    >>> [(p.item_id, p.fresh) for p in place("f", [("g2", new)], known)]
    [('i1', False)]
    >>> [p.fresh for p in place("f", [("g2", new)], known, present=["i1"])]
    [True]
    """
    standing = {known.by_guid[key] for key, _ in keyed if key in known.by_guid} | set(present)
    placed = []
    for key, arrival in keyed:
        placed.append(place_one(feed, key, arrival, known, standing))
        standing.add(placed[-1].item_id)
    return placed


def place_one(
    feed: str, key: str, arrival: Arrival, known: Known, standing: Container[str]
) -> Placed:
    """Give one arrival its item id; ``standing`` are the items that its document shows by guid."""
    link = canonical_link(arrival.link)
    found = known.by_guid.get(key) or _elsewhere(arrival, link, known, standing)
    chosen = found or _fresh_id(feed, key, link, known, standing)
    return Placed(arrival, chosen, key, link, fresh=found is None)


def _elsewhere(arrival: Arrival, link: str, known: Known, standing: Container[str]) -> str | None:
    """The stored item that changed its guid, found by link, else by title and moment."""
    by_link = known.by_link.get(link) if tells(link) else None
    if by_link and by_link not in standing:
        return by_link
    # A bare day is too weak a witness: "Notice of meeting" may come twice on one.
    if not arrival.title or not arrival.published or arrival.published.time() == time():
        return None
    by_title = known.by_title(arrival.title, arrival.published)
    return by_title if by_title and by_title not in standing else None


def _fresh_id(feed: str, key: str, link: str, known: Known, standing: Container[str]) -> str:
    return next(
        choice for choice in _choices(feed, key, link)
        if choice not in known.taken and choice not in standing
    )  # fmt: skip


def _choices(feed: str, key: str, link: str) -> Iterator[str]:
    if tells(link):
        yield id_of_link(link)
    yield hash_of("guid", feed, own_guid(key))
    yield hash_of("guid", feed, key, link)
    for number in count(1):
        yield hash_of("guid", feed, key, link, str(number))
