"""The quick reader says what feedparser says, or nothing."""

from __future__ import annotations

import json
import random
import re
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import urljoin

import pytest
from feedparser.mixin import _FeedParserMixin
from hypothesis import given
from hypothesis import strategies as st

from tests.feeds import test_cut
from tracker.feeds import cut, encoding, quick
from tracker.feeds import parse as parsing
from tracker.feeds.document import Document, Hints, from_plain, to_plain

HINTS = Hints("https://example.org/dir/feed.xml", datetime(2026, 11, 28, tzinfo=UTC))
SPACES = {
    "content": "http://purl.org/rss/1.0/modules/content/", "dc": "http://purl.org/dc/elements/1.1/",
    "media": "http://search.yahoo.com/mrss/", "atom": "http://www.w3.org/2005/Atom",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd", "own": "https://example.org/own#",
    "slash": "http://purl.org/rss/1.0/modules/slash/", "thr": "http://purl.org/syndication/thread/1.0",
}  # fmt: skip
TEXTS = (
    "", " ", "H20 &amp; MI308", "<![CDATA[<p>a <b>licence</b></p>]]>", "英伟达 \n 许可", "caf\xe9",
    "&lt;p&gt;x &amp;amp; y&lt;/p&gt;", "a\x85b", "https://example.org/a?x=1&amp;y=2", "/relative",
    "tag:example.org,2025:1", "2025-07-15T08:00:00Z", "Tue, 15 Jul 2025 08:00:00 GMT", "\xc3\xa9",
    "2025年7月15日", "<i>marked</i>", "text <!-- with --> comment", "https:///odd", "?q", "  7 ",
)  # fmt: skip
PLAIN = tuple(text for text in TEXTS if not re.search("\x85|\xe9|\xc3|^<i>|:///", text))
NAMES = (
    "title", "link", "description", "guid", "pubDate", "content:encoded", "source", "category",
    "author", "enclosure", "dc:creator", "dc:date", "dc:title", "media:content", "media:title",
    "media:group", "media:description", "itunes:summary", "itunes:author", "atom:link", "own:title",
    "own:thing", "slash:comments", "thr:total", "updated", "published", "summary", "content", "id",
    "image", "date", "links", "premium", "comments", "own:author", "body", "ttl",
)  # fmt: skip
ATTRIBUTES = (
    "", "", "", "", ' isPermaLink="false"', ' type="html"', ' type="xhtml"', ' xml:lang="zh"',
    ' href="https://example.org/b"', ' href="/c" rel="self"', ' href="d" rel="alternate"',
    ' xml:base="https://other.example/"', ' url="https://example.org/e"', ' rel="replies" href="/r"',
)  # fmt: skip


def by_feedparser(body: bytes) -> Document:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(quick, "read", lambda *_: None)
        return parsing.parse(body, HINTS)


def element(pick: random.Random, names: tuple[str, ...], depth: int = 0) -> str:
    name = pick.choice(names)
    inner = pick.choice(TEXTS)
    if depth < 2 and pick.random() < 0.1:
        inner = element(pick, names, depth + 1)
    return f"<{name}{pick.choice(ATTRIBUTES)}>{inner}</{name}>"


def document(pick: random.Random) -> bytes:
    """A feed of a few entries, nearly plain: most have one thing that is out of the way."""
    atom = pick.random() < 0.4
    spaces = "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in SPACES.items())
    plain = (
        ("id", "title", "link", "updated", "published", "summary", "content", "author", "category")
        if atom
        else ("title", "link", "description", "guid", "pubDate", "content:encoded", "category")
    )
    inner = "".join(entry(pick, plain, atom=atom) for _ in range(3))
    head = "<title>F</title>" + (element(pick, NAMES) if pick.random() < 0.3 else "")
    if atom:
        return f'<feed xmlns="{SPACES["atom"]}"{spaces}>{head}{inner}</feed>'.encode()
    return f'<rss version="2.0"{spaces}><channel>{head}{inner}</channel></rss>'.encode()


def entry(pick: random.Random, plain: tuple[str, ...], *, atom: bool) -> str:
    chosen = pick.sample(plain, pick.randint(2, len(plain)))
    chosen += [] if "link" in chosen or pick.random() < 0.2 else ["link"]
    parts = [usual(pick, name, atom=atom) for name in chosen]
    if pick.random() < 0.25:
        parts.insert(pick.randint(0, len(parts)), element(pick, NAMES))
    name = "entry" if atom else "item"
    return f"<{name}>{''.join(parts)}</{name}>"


def usual(pick: random.Random, name: str, *, atom: bool) -> str:
    if atom and name == "link":
        return f"<link{pick.choice(ATTRIBUTES[8:11])}/>"
    text = pick.choice(TEXTS if pick.random() < 0.02 else PLAIN)
    given = pick.choice(ATTRIBUTES) if pick.random() < 0.02 else ""
    if pick.random() < 0.5 and name in ("guid", "summary", "content", "title"):
        given = ATTRIBUTES[5] if atom else ATTRIBUTES[4] if name == "guid" else given
    return f"<{name}{given}>{text}</{name}>"


def test_it_agrees_with_feedparser_on_whatever_it_reads() -> None:
    pick = random.Random(20261128)
    read = 0
    for _ in range(700):
        body = document(pick)
        quickly = quick.read(body, HINTS.url)
        if quickly is None:
            continue
        read += 1
        assert quickly.spans in (None, cut.spans(body))
        assert parsing.parse(body, HINTS) == by_feedparser(body), body.decode()
    assert read > 70


@pytest.mark.parametrize("name", sorted(test_cut.FEEDS))
def test_it_agrees_on_the_shapes_of_real_feeds(name: str) -> None:
    body = test_cut.FEEDS[name]
    assert parsing.parse(body, HINTS) == by_feedparser(body)


def test_plain_feeds_are_read_without_feedparser(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> None:
        raise AssertionError("feedparser was asked")

    monkeypatch.setattr(parsing, "_feedparser", never)
    for name in ("rss", "content beside the summary", "atom"):
        assert len(parsing.parse(test_cut.FEEDS[name], HINTS).entries) == 9


def test_every_rule_of_the_installed_feedparser_is_known() -> None:
    """A release with a rule for a further name or namespace ends here, not in other rows."""
    ruled = {
        re.sub(r"^_(?:start|end)_", "", name)
        for name in dir(_FeedParserMixin)
        if re.match(r"_(?:start|end)_", name)
    }
    prefixes = {name.partition("_")[0] for name in ruled if "_" in name}
    bare = {name.lower() for name in ruled if "_" not in name}
    uris = {uri.lower(): prefix.lower() for uri, prefix in _FeedParserMixin.namespaces.items()}

    assert bare <= quick._RULED_NAMES
    assert {prefix.lower() for prefix in prefixes} <= quick._RULED
    for uri, prefix in uris.items():
        if prefix in quick._RULED:
            assert quick._PREFIXES.get(uri) == prefix, uri
        if prefix == "" and uri and uri != SPACES["atom"].lower():
            assert quick._OTHER_FORMS.fullmatch(uri), uri


@given(
    st.sampled_from(["http://h", "https://H.example", "http://"]),
    st.text(alphabet="/.aZ~%?#&=;: ", max_size=12),
)
def test_an_absolute_address_is_taken_as_it_stands_only_where_joining_would(
    place: str, path: str
) -> None:
    if quick._SIMPLE.fullmatch(place + path):
        assert urljoin(HINTS.url, place + path) == place + path


def test_a_content_that_is_not_needed_settles_nothing() -> None:
    """Letters that feedparser would repair send a document back only where they are kept."""
    odd = "<content:encoded>a\x80b</content:encoded>"
    space = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    for text, read in (("<description>text</description>", True), ("", False)):
        item = f"<item><title>T</title><link>https://example.org/a</link>{odd}{text}</item>"
        body = f"<rss version='2.0' {space}><channel>{item}</channel></rss>".encode()
        assert (quick.read(body, HINTS.url) is not None) == read
        assert parsing.parse(body, HINTS) == by_feedparser(body)


@pytest.mark.parametrize("name", sorted(test_cut.FEEDS))
def test_marks_are_those_that_a_later_body_is_cut_by(name: str) -> None:
    body = test_cut.FEEDS[name]
    decoded = encoding.to_utf8(body)
    cuttable = decoded.encoding and not decoded.problem
    parts = cut.without_known(decoded.data, ()) if cuttable else None
    marked = parsing.parse(body, replace(HINTS, marked=True))
    assert marked.marks == (parts.marks if parts else ())
    assert from_plain(json.loads(json.dumps(to_plain(marked)))) == marked


@pytest.mark.parametrize(
    ("items", "found"),
    [
        ("<item><title>a</title><link>https://h/a</link></item>", 1),
        ("<item ><link>https://h/a</link></item ><item\n><link>https://h/b</link></item>", 2),
        ("<x:item xmlns:x='u'>1</x:item><item><link>https://h/a</link></item>", None),
        ("<item><link>https://h/a</link><x:item xmlns:x='u'/></item>", None),
        ("<Item><link>https://h/a</link></Item>", None),
    ],
)
def test_where_entries_stand_is_known_from_the_same_pass(items: str, found: int | None) -> None:
    body = f"<rss version='2.0'><channel><title>é</title>{items}</channel></rss>".encode()
    quickly = quick.read(body, HINTS.url)
    assert quickly is not None
    assert quickly.spans == (cut.spans(body) if found else None)
    assert quickly.spans is None or len(quickly.spans) == found
