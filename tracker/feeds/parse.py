"""Bytes -> Document. Pure, but leans on feedparser; runs in a child process (``worker``).

feedparser gets capped bytes in UTF-8, never a string or an address. Its dates are not used: it
turns 2025年7月15日 into 1 November; the raw strings are read by ``dates``.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, Final

from tracker.core.clean import clean_line, clean_link, unbroken
from tracker.core.identity import Arrival
from tracker.feeds import dates, encoding
from tracker.feeds.arrivals import arrival_of
from tracker.feeds.blocked import looks_blocked
from tracker.feeds.document import (
    GUID_LIMIT,
    LINK_LIMIT,
    MOST_ENTRIES,
    SUMMARY_LIMIT,
    TITLE_LIMIT,
    Document,
    Hints,
    beyond,
    counted,
)
from tracker.feeds.plain import text_of

_HTML: Final = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_FEED: Final = re.compile(rb"<(?:\w{1,20}:)?(?:rss|feed|rdf|channel|item|entry)\b", re.IGNORECASE)
_OPML: Final = re.compile(rb"<opml\b", re.IGNORECASE)
_FEED_TYPES: Final = ("application/rss+xml", "application/atom+xml", "application/feed+json")
_ROOT: Final = re.compile(rb"<((?:[\w.-]{1,31}:)?(?:rss|feed|rdf|channel))\b", re.IGNORECASE)
_RAW_DATES: Final = ("published", "updated", "created", "date", "modified", "issued")
_CUT_OFF: Final = "it ends in the middle: all of it is asked for again"


def parse(body: bytes, hints: Hints) -> Document:
    """Read one body, whatever it is.

    Never raises for what a body can hold, but may need more time or memory than it is given; that
    is the worker's business.
    """
    if hints.kind == "federal-register":
        from tracker.feeds import register

        return register.read(body, hints)
    if hints.kind == "page":
        from tracker.feeds import listing

        return listing.read(body, hints)
    head = body[:2048].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not head:
        return _no_feed("an empty body", "not-a-feed")
    said_json = "json" in hints.content_type.lower() and head[:1] != b"<"
    if head[:1] in (b"{", b"[") or said_json:
        from tracker.feeds import jsonfeed

        return jsonfeed.read(body, hints)
    if why := _something_else(body, hints):
        return why
    return _from_xml(body, hints)


def _no_feed(what: str, kind: str, links: Iterable[str] = ()) -> Document:
    return Document("", error=f"not a feed: {what}", kind=kind, links=tuple(links))


def _something_else(body: bytes, hints: Hints) -> Document | None:
    """A web page, a picture, a PDF: named as such."""
    head = body[:4096]
    if head.startswith(b"%PDF"):
        return _no_feed("a PDF file", "not-a-feed")
    if _OPML.search(head):
        return _no_feed("a list of feeds; tracker feeds import FILE reads it", "not-a-feed")
    if _FEED.search(body[:65536]):
        return None
    if _HTML.search(head):
        if wall := looks_blocked(200, {}, body[:65536]):
            return Document("", error=f"blocked: a page of {wall}", kind="blocked")
        return _no_feed("a web page", "not-a-feed", feed_links(body))
    if b"<" not in head[:1024]:
        return _no_feed(f"{clean_line(hints.content_type, 60) or 'something'} without markup",
                        "not-a-feed")  # fmt: skip
    return None


def feed_links(page: bytes) -> Iterator[str]:
    """The addresses of feeds that a web page names in its head, in order, as it means them."""
    from selectolax.lexbor import LexborHTMLParser

    from tracker.core import address

    tree = LexborHTMLParser(page[:500_000])
    base = tree.css_first("base[href]")
    for link in tree.css("link[rel][href]"):
        kind = (link.attributes.get("type") or "").lower()
        said = (link.attributes.get("rel") or "").lower().split()
        href = (link.attributes.get("href") or "").strip()
        if "alternate" in said and kind.partition(";")[0].strip() in _FEED_TYPES and href:
            yield address.joined(base.attributes.get("href") or "", href) if base else href


def _from_xml(body: bytes, hints: Hints) -> Document:
    from tracker.feeds import cut, quick

    decoded = encoding.to_utf8(body, hints.content_type, hints.encoding)
    problems = [decoded.problem] if decoded.problem else []
    data, dropped = cut.at_most(decoded.data, MOST_ENTRIES)
    if dropped:
        problems.append(beyond(dropped))
    quickly = quick.read(data, hints.url) if decoded.encoding and not problems else None
    parsed = quickly if quickly is not None else _feedparser(data, hints, decoded.encoding)
    if parsed is None:
        data, parsed = _in_part(data, hints, decoded.encoding, problems)
    if parsed is None:
        return Document("", error="not a feed: the parser stops in it", kind="malformed")
    if not parsed.entries and not parsed.get("version"):
        if _HTML.search(body[:65536]):
            return _no_feed("a web page", "not-a-feed", feed_links(body))
        return _no_feed("no feed format that we know", "not-a-feed")
    fault = _fault(parsed, data) if parsed.get("bozo") else ""
    cut_off = _CUT_OFF if fault and ends_early(decoded.data) else ""
    problems += [words for words in (fault, cut_off) if words]
    entries = tuple(_entries(parsed, hints, problems))
    if not entries and not parsed.get("version"):
        return _no_feed("no feed format that we know", "not-a-feed")
    if fault and not entries:
        # Entries count however broken the rest is; nothing at all in a broken document is no news
        # of an empty feed.
        return Document("", error=f"{fault}, and no entry in it", kind="malformed")
    return Document(
        form=str(parsed.get("version") or "unknown"),
        title=clean_line(text_of(str(parsed.feed.get("title") or "")), TITLE_LIMIT),
        entries=entries,
        problems=tuple(problems),
        ttl=_ttl(parsed.feed.get("ttl")),
        encoding=decoded.encoding,
        marks=_marks(decoded, quickly) if hints.marked else (),
        cut_off=cut_off,
    )


def _marks(decoded: encoding.Decoded, quickly: Any) -> tuple[bytes, ...]:
    """The marks of the entries; none where a later body could not be cut either."""
    from tracker.feeds import cut

    if not decoded.encoding or decoded.problem or len(decoded.data) > cut.LARGEST:
        return ()
    ranges = quickly.spans if quickly is not None else None
    return cut.marks(decoded.data, ranges or cut.spans(decoded.data, MOST_ENTRIES))


def _feedparser(data: bytes, hints: Hints, known: str) -> Any:
    """What the parser says; None where something in the document stops it."""
    try:
        return _parsed(data, hints, known)
    except (ValueError, OverflowError):  # it ends at a number that is no letter's
        data = _REFERENCE.sub(_letter, data)
    except _STOPS:
        return None
    try:
        return _parsed(data, hints, known)
    except (ValueError, *_STOPS):
        return None


_STOPS: Final = (KeyError, AttributeError, TypeError, IndexError, AssertionError, RecursionError)
"""What feedparser ends with where elements stand in others that cannot hold them."""


def _in_part(data: bytes, hints: Hints, known: str, problems: list[str]) -> tuple[bytes, Any]:
    """A document without the entries at which the parser stops, and what it says of the rest.

    Each is tried within no more than the tags around it: all together cost what the document does.
    """
    from tracker.feeds import cut

    spans = cut.spans(data, MOST_ENTRIES)
    if not spans:
        return data, None
    opening, closing = cut.around(data, spans[0][0])
    each = [data[begin:end] for begin, end in spans]
    if len(opening) * len(each) > len(data) + _MOST_TAGS:
        return data, None
    sound = [one for one in each if _feedparser(opening + one + closing, hints, known) is not None]
    problems.append(f"entries that cannot be read and were left out: {len(each) - len(sound)}")
    rest = data[: spans[0][0]] + b"".join(sound) + data[spans[-1][1] :]
    return rest, _feedparser(rest, hints, known)


_MOST_TAGS: Final = 4 << 20
"""Bytes of tags around entries that are read again with each of them, beyond the document."""

_REFERENCE: Final = re.compile(rb"&#(?:[xX]([0-9a-fA-F]+)|([0-9]+));?")
_NO_LETTER: Final = "\ufffe".encode()
"""Is cleaned out of words, makes an address none, and the document stays not well-formed."""


def _letter(found: re.Match[bytes]) -> bytes:
    r"""A reference as it is; where no letter has its number, what is none either.

    >>> _REFERENCE.sub(_letter, b"&#xD800; &#1114112; &#72;20").decode()
    '\ufffe \ufffe &#72;20'
    """
    digits = (found[1] or found[2]).lstrip(b"0") or b"0"
    number = int(digits, 16 if found[1] else 10) if len(digits) < 9 else sys.maxunicode + 1
    whole = number <= sys.maxunicode and not 0xD800 <= number <= 0xDFFF
    return found[0] if whole else _NO_LETTER


def _parsed(data: bytes, hints: Hints, known: str) -> Any:
    import feedparser

    headers = {"content-type": "application/xml; charset=utf-8"} if known else {}
    if not known and hints.content_type:
        headers["content-type"] = hints.content_type
    headers["content-location"] = hints.url
    return feedparser.parse(
        io.BytesIO(data),
        response_headers=headers,
        sanitize_html=False,
        resolve_relative_uris=False,
    )


def _fault(parsed: Any, data: bytes) -> str:
    error = parsed.get("bozo_exception")
    words = clean_line(_complaint(error, data), 160)
    unimportant = ("document declared as", "no XML media type", "is not an XML media type")
    if any(word in words for word in unimportant):
        return ""
    return f"not well-formed: {words}" if words else "not well-formed"


def _complaint(error: Any, data: bytes) -> str:
    """What the parser complained of and in which line; by itself it names a file that is none."""
    from xml.sax import SAXParseException

    if not isinstance(error, SAXParseException):
        return str(error)
    # feedparser puts a declaration in a line of its own before a document that has none.
    line = (error.getLineNumber() or 1) - (b"<?xml" not in data[:1024])
    words = error.getMessage().removeprefix("not well-formed (").removesuffix(")")
    return f"{words} in line {max(line, 1)}"


def ends_early(data: bytes) -> bool:
    """Whether a document that is not well-formed lacks the end of its root.

    Not asked of the parser: it stops at the first mistake, which may be another.

    >>> ends_early(b"<rss><channel><item>a & b</item>"), ends_early(b"<rss>a & b</rss>&")
    (True, False)
    """
    root = _ROOT.search(data)
    if root is None:
        return False
    closing = rb"</" + re.escape(root[1]) + rb"\s*>"
    return re.search(closing, data[root.end() :], re.IGNORECASE) is None


def _entries(parsed: Any, hints: Hints, problems: list[str]) -> Iterator[Arrival]:
    entries = [_arrival(entry, hints) for entry in parsed.entries[:MOST_ENTRIES]]
    kept = [arrival for arrival in entries if arrival is not None]
    if len(kept) < len(entries):
        problems.append(
            counted(len(entries) - len(kept), "empty entry was left out",
                    "empty entries were left out")
        )  # fmt: skip
    return iter(checked(kept, hints, problems))


def checked(arrivals: list[Arrival], hints: Hints, problems: list[str]) -> list[Arrival]:
    """Cut what is too long, and take improbable dates away; each said in ``problems``."""
    now = hints.now
    ahead = sum(1 for a in arrivals if a.published and dates.improbable(a.published, now))
    dated = sum(1 for a in arrivals if a.published)
    kept, counts = [], {"title": 0, "text": 0, "link": 0, "date": 0, "unread": 0, "unlinked": 0}
    for a in arrivals:
        counts["title"] += len(a.title) > TITLE_LIMIT
        counts["text"] += len(a.summary) > SUMMARY_LIMIT
        counts["link"] += len(a.link) > LINK_LIMIT
        counts["unlinked"] += not clean_link(a.link)
        published, offset = a.published, a.offset
        if published and dates.improbable(published, now):
            published, offset = None, None
            counts["date"] += 1
        elif a.published_raw and not published:
            counts["unread"] += 1
        kept.append(
            Arrival(
                unbroken(a.guid)[:GUID_LIMIT],
                unbroken(a.link) if len(a.link) <= LINK_LIMIT else "",
                clean_line(a.title, TITLE_LIMIT), a.summary[:SUMMARY_LIMIT], published, offset,
                clean_line(a.published_raw, 100), clean_line(a.publisher, 200), a.lang,
            )
        )  # fmt: skip
    doubt = _doubt(arrivals, now) if arrivals and ahead == len(arrivals) == dated else []
    problems += doubt + _said(counts | ({"date": 0} if doubt else {}))
    return kept


def _doubt(arrivals: list[Arrival], now: datetime) -> list[str]:
    """What it means that no date at all can be right: a placeholder, or our own clock."""
    moments = {a.published for a in arrivals if a.published}
    if len(moments) == 1:
        return [f"every entry has the date {min(moments):%Y-%m-%d}: the feed knows none"]
    if all(dates.improbable(moment, now) == "in the future" for moment in moments):
        return [f"every date is later than {now:%Y-%m-%d}: is the clock of this machine right?"]
    return []


def _said(counts: dict[str, int]) -> list[str]:
    return [counted(number, *_WORDS[name]) for name, number in counts.items() if number]


_WORDS: Final = {
    "title": ("title was cut", "titles were cut"),
    "text": ("text was cut", "texts were cut"),
    "link": ("link was too long and left out", "links were too long and left out"),
    "date": ("date is improbable and was not used", "dates are improbable and were not used"),
    "unread": ("date could not be read", "dates could not be read"),
    "unlinked": (
        "item has no http link: no event rests on it",
        "items have no http link: no event rests on them",
    ),
}
"""What ``checked`` counts, of one and of several."""


def _arrival(entry: Any, hints: Hints) -> Arrival | None:
    title = text_of(_value(entry, "title"))
    summary = text_of(_body(entry))
    guid, link = str(entry.get("id") or ""), _link(entry)
    raw = next((str(entry[key]) for key in _RAW_DATES if isinstance(entry.get(key), str)), "")
    if not (guid or link or title or summary):
        title = _anything(entry)
        if not entry:
            return None  # an element without any content; a wordless one is still an item
    who = _publisher(entry)
    return arrival_of(guid, link, title, summary, raw, lang=hints.lang, publisher=who)


def _value(entry: Any, key: str) -> str:
    value = entry.get(key)
    return value if isinstance(value, str) else ""


def _body(entry: Any) -> str:
    """The summary, or the content where there is no summary."""
    if summary := _value(entry, "summary"):
        return summary
    for part in entry.get("content") or ():
        if isinstance(part, dict) and isinstance(part.get("value"), str) and part["value"]:
            return str(part["value"])
    return ""


def _link(entry: Any) -> str:
    if link := _value(entry, "link"):
        return link
    for link in entry.get("links") or ():
        if isinstance(link, dict) and isinstance(link.get("href"), str) and link["href"]:
            return str(link["href"])
    return ""


def _publisher(entry: Any) -> str:
    """The outlet that an aggregator names for an item (``<source>``)."""
    source = entry.get("source")
    if isinstance(source, dict) and isinstance(source.get("title"), str):
        return text_of(source["title"])
    return ""


def _anything(value: Any, depth: int = 0) -> str:
    """Some words of an entry that has no title, text, link or guid; empty where there are none.

    What such an entry says of its author, category or source is all that identifies it.
    """
    if isinstance(value, str):
        return text_of(value) or value.strip()
    if depth < 4 and isinstance(value, dict):
        value = list(value.values())
    if depth < 4 and isinstance(value, list | tuple):
        found = (_anything(part, depth + 1) for part in value)
        return next((words for words in found if words), "")
    return ""


def _ttl(value: Any) -> int | None:
    """Minutes in the feed -> seconds."""
    text = str(value or "").strip()
    return int(text) * 60 if re.fullmatch(r"\d{1,6}", text) and int(text) else None
