"""A quick reader of well-formed RSS 2.0 and Atom 1.0: what feedparser says, or nothing at all.

Most feeds are plain, and for those the forgiving parser is most of a cold poll. Here one pass of
expat collects the few fields that an entry is made of, by feedparser's rules for exactly the
elements and attributes named below. At the first thing that is not named (another namespace, a
second title, markup inside a text, a relative address, letters that feedparser would repair) it
gives up, and feedparser reads the whole.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final
from urllib.parse import urljoin
from xml.parsers import expat

from tracker.feeds import cut

_ATOM: Final = "http://www.w3.org/2005/Atom"
_LANGUAGE: Final = ("lang", "http://www.w3.org/XML/1998/namespace lang xml")
# The namespaces in which feedparser has rules for some names, and the prefix it knows them by.
_PREFIXES: Final = {
    "http://www.w3.org/2005/atom": "atom",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://search.yahoo.com/mrss/": "media",
    "http://search.yahoo.com/mrss": "media",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "http://example.com/dtds/podcast-1.0.dtd": "itunes",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner",
    "http://www.georss.org/georss": "georss",
    "http://www.opengis.net/gml": "gml",
    "http://podlove.org/simple-chapters": "psc",
    "http://www.w3.org/1999/xhtml": "xhtml",
    "http://creativecommons.org/ns#license": "cc",
    "http://web.resource.org/cc/": "cc",
    "http://backend.userland.com/creativecommonsrssmodule": "creativecommons",
    "http://cyber.law.harvard.edu/rss/creativecommonsrssmodule.html": "creativecommons",
    "http://webns.net/mvcb/": "admin",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf",
}
_RULED: Final = frozenset(_PREFIXES.values())
# Namespaces that make a document one of another form, or that are read as none at all.
_OTHER_FORMS: Final = re.compile(
    r"http://purl\.org/(?:rss/1\.0/(?:modules/rss091#)?|echo/|pie/|atom/ns#)|.*my\.netscape\.com/rdf.*"
    r"|.*backend\.userland\.com/rss.*|http://blogs\.law\.harvard\.edu/.*|http://example\.com/ne.*|uri/of/.*",
    re.DOTALL,
)
# Names without a namespace for which feedparser has rules, or under which it keeps what we read.
_RULED_NAMES: Final = frozenset((
    "abstract", "author", "authors", "body", "category", "channel", "cloud", "content",
    "contributor", "contributors", "copyright", "created", "date", "description", "div", "email",
    "enclosure", "entry", "expirationdate", "feed", "fullitem", "generator", "geom", "georssgeom",
    "guid", "guidislink", "height", "homepage", "id", "image", "info", "issued", "item", "items",
    "keywords", "language", "lastbuilddate", "link", "links", "managingeditor", "math", "modified",
    "name", "newlocation", "pubdate", "published", "publisher", "rights", "rss", "source",
    "subtitle", "summary", "svg", "tagline", "tags", "textinput", "title", "updated", "uri", "url",
    "version", "webmaster", "where", "width",
))  # fmt: skip
# Names with rules that have no part in what we keep; the others of their namespaces are refused.
_ASIDE: Final = frozenset((
    "category", "author", "enclosure", "dc:creator", "dc:subject", "dc:publisher", "dc:rights",
    "dc:identifier", "dc:format", "dc:type", "media:thumbnail", "media:content", "media:credit",
    "media:group", "media:keywords", "media:category", "media:text", "media:copyright",
    "feedburner:origlink", "feedburner:info", "itunes:author", "itunes:explicit",
    "itunes:keywords", "itunes:category", "itunes:duration", "itunes:episodetype", "itunes:type",
    "itunes:owner", "itunes:name", "itunes:email",
))  # fmt: skip
_RSS_FEED: Final = frozenset((
    "link", "description", "language", "copyright", "managingeditor", "webmaster", "pubdate",
    "lastbuilddate", "generator", "cloud", "image", "atom:link", "atom:id", "dc:date",
    "dc:language",
))  # fmt: skip
_ATOM_FEED: Final = frozenset(("link", "id", "updated", "subtitle", "rights", "generator"))
_INSIDE: Final = {
    "image": frozenset(("url", "title", "link", "width", "height", "description")),
    "author": frozenset(("name", "uri", "email")),
}
_RSS_TEXTS: Final = {
    "title": "title", "link": "link", "description": "summary", "guid": "id",
    "pubdate": "published", "content:encoded": "content", "source": "source", "dc:date": "updated",
}  # fmt: skip
_ATOM_TEXTS: Final = {
    "title": "title", "id": "id", "published": "published", "updated": "updated",
    "summary": "summary", "content": "content",
}  # fmt: skip
_TYPES: Final = ("", "text", "html")
_REPAIRED: Final = re.compile("[\x80-\x9f]")
_NOT_AN_ENTITY: Final = re.compile("&([A-Za-z0-9_]+);")


class Parsed(dict[str, Any]):
    """A document in the shape in which feedparser gives one: version, ``feed`` and ``entries``.

    ``spans`` are the byte ranges of the entries, as ``cut.spans`` finds them; None where only that
    can tell.
    """

    def __init__(self, version: str, feed: dict[str, Any], entries: list[dict[str, Any]],
                 spans: list[tuple[int, int]] | None) -> None:  # fmt: skip
        super().__init__(version=version)
        self.feed, self.entries, self.spans = feed, entries, spans


def read(data: bytes, base: str) -> Parsed | None:
    """The document as feedparser reads it, given UTF-8 bytes and its address; None to ask that.

    >>> item = "<item><title>T</title><link>https://example.org/a</link></item>"
    >>> rss = f"<rss version='2.0'><channel><title>F</title>{item}</channel></rss>".encode()
    >>> read(rss, "https://example.org/f").entries
    [{'title': 'T', 'link': 'https://example.org/a'}]
    >>> read(rss.replace(b"</link>", b"</link><title>again</title>"), "https://example.org/f")
    """
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data or not base.startswith(("http://", "https://")):
        return None
    parser = expat.ParserCreate("utf-8", namespace_separator=" ")
    reader = _Reader(base, data, parser)
    parser.buffer_text = parser.namespace_prefixes = True
    parser.StartNamespaceDeclHandler = reader.namespace
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
    parser.CharacterDataHandler = reader.text
    try:
        parser.Parse(data, True)
        return reader.parsed()
    except (expat.ExpatError, _Unusual):
        return None
    finally:  # the two hold each other, and the reader the whole document
        parser.StartNamespaceDeclHandler = parser.CharacterDataHandler = None
        parser.StartElementHandler = parser.EndElementHandler = None


class _Unusual(Exception):
    """Something that only feedparser reads as it does."""


class _Reader:
    """What has been read so far; ``_path`` holds the names of the open elements."""

    def __init__(self, base: str, data: bytes, parser: expat.XMLParserType) -> None:
        self._base, self._data, self._parser = base, data, parser
        self._spans: list[tuple[int, int]] = []
        self._begun = 0
        self._called: set[str] = set()
        self._path: list[str] = []
        self._version = ""
        self._rss, self._level = False, 1
        self._texts: Mapping[str, str] = {}
        self._tags: dict[str, str] = {}
        self._feed: dict[str, Any] = {}
        self._entries: list[dict[str, Any]] = []
        self._entry: dict[str, Any] | None = None
        self._held: dict[str, Mapping[str, str]] = {}
        self._content = ""
        self._pieces: list[str] | None = None

    # ---- what expat tells ---------------------------------------------------------------------

    def namespace(self, prefix: str | None, uri: str | None) -> None:
        """A declared namespace: with another meaning for a known prefix names would change."""
        known = _PREFIXES.get((uri or "").lower())
        _expect(not _OTHER_FORMS.fullmatch((uri or "").lower()))
        _expect((prefix or "").lower() not in _RULED or (prefix or "").lower() == known)

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element opens: only at a place where it is expected."""
        tag = self._tags.get(name) or self._named(name)
        if self._pieces is not None:
            raise _Unusual
        given = _given(attributes) if attributes else _NONE
        path = self._path
        depth = len(path)
        path.append(tag)
        if self._entry is not None and depth == self._level + 1:
            self._part(tag, given)
        elif depth == 0:
            self._root(name, given)
        elif self._rss and depth == 1:
            _expect(tag == "channel" and not given)
        elif depth == self._level:
            self._top(tag, given)
        else:
            _expect(tag in _INSIDE.get(path[-2], ()) or _aside(tag))

    def _named(self, name: str) -> str:
        parts = [*name.split(" "), "", ""]
        if (parts[1] if " " in name else name) in cut.NAMES:
            self._called.add(f"{parts[2]}:{parts[1]}" if parts[2] else parts[1] or name)
        tag = self._tags[name] = _tag(name, atom=self._version == "atom10")
        return tag

    def text(self, data: str) -> None:
        """Letters, kept where they matter."""
        if self._pieces is not None:
            self._pieces.append(data)

    def end(self, _: str) -> None:
        """An element closes: its text is complete."""
        tag, depth = self._path.pop(), len(self._path)
        if self._pieces is not None:
            text, self._pieces = "".join(self._pieces), None
            self._keep(tag, text)
        elif self._entry is not None and depth == self._level:
            self._entries.append(self._finished(self._entry))
            self._spans.append((self._begun, self._parser.CurrentByteIndex))
            self._entry = None

    # ---- what it means ------------------------------------------------------------------------

    def _root(self, name: str, given: Mapping[str, str]) -> None:
        if name == "rss" and given.get("version", "").startswith("2."):
            self._version, self._rss, self._level, self._texts = "rss20", True, 2, _RSS_TEXTS
        elif name == f"{_ATOM} feed":
            self._version, self._texts = "atom10", _ATOM_TEXTS
        else:
            raise _Unusual
        self._tags.clear()  # in Atom names mean something else from here on

    def _top(self, tag: str, given: Mapping[str, str]) -> None:
        """An element of the feed itself."""
        rss = self._rss
        if tag == ("item" if rss else "entry"):
            _expect(not given or not rss)
            self._entry, self._held, self._content = {}, {}, ""
            self._begun = self._parser.CurrentByteIndex
        elif tag in ("title", "ttl"):
            _expect(tag not in self._feed and _plain(given, "" if rss or tag == "ttl" else "type"))
            self._pieces = []
        else:
            _expect(tag in (_RSS_FEED if rss else _ATOM_FEED) or _aside(tag))

    def _part(self, tag: str, given: Mapping[str, str]) -> None:
        """An element of an entry."""
        assert self._entry is not None
        key = self._texts.get(tag)
        if key:
            if key in self._held:
                raise _Unusual
            if given:
                _expect(_plain(given, _ALLOWED.get(tag, "") if self._rss else "type"))
            self._held[key], self._pieces = given, []
        elif tag == ("atom:link" if self._rss else "link"):
            self._atom_link(given)
        else:
            _expect(_aside(tag))

    def _atom_link(self, given: Mapping[str, str]) -> None:
        """The last link to a page of the entry counts."""
        assert self._entry is not None
        _expect("href" in given and "url" not in given and "uri" not in given)
        kind = given.get("type", "text/html").lower()
        if given.get("rel", "alternate").lower() == "alternate" and kind in _PAGES:
            self._entry["link"] = self._address(given["href"])

    def _keep(self, tag: str, text: str) -> None:
        if self._entry is None:
            self._feed[tag] = _settled(text)
            return
        key = self._texts[tag]
        if key == "content":
            self._content = text  # long, and mostly not needed
            return
        text = _settled(text)
        if key == "source":
            self._entry["source"] = {"title": text} if text else {}
        elif key == "link":
            _expect(bool(text))
            link = self._address(text).replace("&amp;", "&")
            self._entry["link"] = _NOT_AN_ENTITY.sub(r"&\g<1>", link)
        elif key == "id" and self._held["id"].get("ispermalink", "true") == "true" and text:
            self._entry["id"] = self._address(text)
        else:
            self._entry[key] = text

    def _finished(self, entry: dict[str, Any]) -> dict[str, Any]:
        """The entry, with its guid as its link where it has no other."""
        permanent = "id" in entry and self._held["id"].get("ispermalink", "true") == "true"
        if permanent:
            entry.setdefault("link", entry["id"])
        if self._content and not entry.get("summary"):
            entry["content"] = [{"value": _settled(self._content)}]
        # Without a link an enclosure's would do.
        _expect(bool(entry.get("link")))
        return entry

    def _address(self, uri: str) -> str:
        if _SIMPLE.fullmatch(uri):
            return uri
        _expect(":///" not in uri)  # feedparser takes the third stroke away
        try:
            return urljoin(self._base, uri)
        except ValueError:
            raise _Unusual from None

    def parsed(self) -> Parsed:
        """The whole document."""
        return Parsed(self._version, self._feed, self._entries, self._ranges())

    def _ranges(self) -> list[tuple[int, int]] | None:
        """Where the entries stand, if nothing else in the document is called like one."""
        if len(self._called) != 1:
            return None
        (name,) = self._called
        opening = f"<{name}".encode()
        if any(self._data[begin : begin + len(opening)] != opening for begin, _ in self._spans):
            return None
        return [(begin, cut.after_tag(self._data, end, name)) for begin, end in self._spans]


_NONE: Final[Mapping[str, str]] = {}
# Absolute, and without anything that joining it to another address would take away or change.
_SIMPLE: Final = re.compile(
    r"https?://[A-Za-z0-9.-]+/[A-Za-z0-9._~/%-]*(?:\?[A-Za-z0-9._~/%&=+-]+)?"
)
_ALLOWED: Final = {"guid": "ispermalink", "source": "url"}
_PAGES: Final = ("text/html", "application/xhtml+xml", "html", "xhtml")


def _given(attributes: Mapping[str, str]) -> dict[str, str]:
    """The attributes of an element by their small names, but for its language."""
    given = {key.lower(): value for key, value in attributes.items() if key not in _LANGUAGE}
    _expect("base" not in given and not any(key.endswith("base xml") for key in given))
    return given


def _tag(name: str, *, atom: bool) -> str:
    """``prefix:name`` in small letters, with the prefix that feedparser knows its namespace by."""
    uri, local, given = [*name.split(" "), "", ""][:3] if " " in name else ("", name, "")
    prefix = _PREFIXES.get(uri.lower(), given.lower())
    if prefix == "atom" and (atom or local == "feed"):
        prefix = ""
    _expect(not (atom and not uri))
    return f"{prefix}:{local.lower()}" if prefix else local.lower()


@lru_cache(maxsize=256)
def _aside(tag: str) -> bool:
    """Whether an element has no part in what we keep, whatever it holds."""
    prefix, _, local = tag.rpartition(":")
    if prefix in _RULED or tag in _ASIDE:
        return tag in _ASIDE
    return (prefix or local).partition("_")[0] not in _RULED | _RULED_NAMES


def _plain(given: Mapping[str, str], allowed: str) -> bool:
    """Whether a text has no attribute but one that is understood."""
    if allowed == "type":
        return set(given) <= {"type"} and given.get("type", "").lower() in _TYPES
    return set(given) <= {allowed}


def _settled(text: str) -> str:
    """A text as feedparser keeps it; letters that it would repair are left to it."""
    text = text.strip()
    if not text.isascii():
        _expect(_REPAIRED.search(text) is None)
        try:
            text.encode("iso-8859-1").decode("utf-8")
        except (UnicodeEncodeError, UnicodeDecodeError):
            return text
        raise _Unusual
    return text


def _expect(true: bool) -> None:
    if not true:
        raise _Unusual
