"""Entries cut out before parsing: what is left is read as it would have been in the whole."""

from __future__ import annotations

import random
from datetime import UTC, datetime

import pytest

from tests.feeds.web import item, rss
from tracker.feeds import cut
from tracker.feeds.document import MOST_ENTRIES, Hints
from tracker.feeds.parse import parse

HINTS = Hints("https://example.org/f", datetime(2025, 7, 30, 12, tzinfo=UTC))
DC = "xmlns:dc='http://purl.org/dc/elements/1.1/'"
CONTENT = "xmlns:content='http://purl.org/rss/1.0/modules/content/'"
MEDIA = "xmlns:media='http://search.yahoo.com/mrss/'"


def entry(n: int, inner: str = "", attributes: str = "") -> str:
    return (
        f"<entry {attributes}><id>urn:{n}</id><title type='html'>T {n} &lt;b&gt;x&lt;/b&gt;</title>"
        f"<updated>2025-07-{n % 28 + 1:02}T08:00:00Z</updated><link href='/story/{n}'/>"
        f"<summary>S {n}</summary>{inner}</entry>"
    )


def atom(entries: list[str], attributes: str = "", end: str = "") -> bytes:
    head = f"<feed xmlns='http://www.w3.org/2005/Atom' {attributes}><title>F</title>"
    return f"<?xml version='1.0'?>{head}{''.join(entries)}{end}</feed>".encode()


def rdf(numbers: range) -> bytes:
    items = "".join(
        f"<item rdf:about='https://news.example/{n}'><title>T {n}</title><dc:date>2025-07-"
        f"{n % 28 + 1:02}T09:00:00+08:00</dc:date><link>https://news.example/{n}</link></item>"
        for n in numbers
    )
    return (
        f"<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' {DC}"
        f" xmlns='http://purl.org/rss/1.0/'><channel><title>F</title></channel>{items}</rdf:RDF>"
    ).encode()


def within(text: str, piece: str) -> str:
    return text.replace("</item>", f"{piece}</item>")


N = range(9)
DIV = "<div xmlns='http://www.w3.org/1999/xhtml'><p>a<br/>b</p></div>"
FEEDS = {
    "rss": rss(*(item(n) for n in N)),
    "comments and blanks between": rss(*(f"\n<!-- {n} <item> -->\n{item(n)}\n\t" for n in N)),
    "cdata with tags of items": rss(
        *(item(n, text="<![CDATA[<item><title>no</title></item>]]>") for n in N)
    ),
    "content beside the summary": rss(
        *(within(item(n).replace("<item>", f"<item {CONTENT}>"),
                 f"<content:encoded><![CDATA[<p>long {n}</p>]]></content:encoded>") for n in N)
    ),
    "media titles inside": rss(
        *(within(item(n).replace("<item>", f"<item {MEDIA}>"),
                 f"<media:group><media:title>M {n}</media:title></media:group>") for n in N)
    ),
    "language and source of an item": rss(
        *(within(item(n), "<language>zh</language><source url='https://a.b'>Wire</source>")
          for n in N)
    ),
    "channel after the items": rss(*(item(n) for n in N)).replace(
        b"</channel>", b"<image><title>logo</title><url>https://a.b/c</url></image></channel>"
    ),
    "two-byte letters": rss(*(item(n, f"英伟达 {n} 恢复销售 é") for n in N)),
    "atom": atom([entry(n) for n in N]),
    "atom with a base": atom([entry(n) for n in N], "xml:base='https://news.example/a/'"),
    "atom with bases": atom(
        [entry(n, attributes=f"xml:base='https://b{n % 2}.example/'") for n in N]
    ),
    "atom with xhtml": atom([entry(n, f"<content type='xhtml'>{DIV}</content>") for n in N]),
    "atom with a source": atom(
        [entry(n, "<source><title>Wire</title><id>urn:s</id></source>") for n in N]
    ),
    "atom with a prefix": atom([entry(n) for n in N])
    .replace(b"<", b"<a:").replace(b"<a:/", b"</a:").replace(b"<a:?", b"<?")
    .replace(b"xmlns=", b"xmlns:a="),
    "atom with an end": atom([entry(n) for n in N], end="<rights>all</rights>"),
    "rdf": rdf(N),
}  # fmt: skip


@pytest.mark.parametrize("name", FEEDS)
def test_every_choice_of_known_entries_leaves_the_others_as_they_were(name: str) -> None:
    body = FEEDS[name]
    whole = parse(body, HINTS).entries
    parts = cut.without_known(body, set())
    assert parts
    assert parts.data == body
    assert len(parts.marks) == len(set(parts.marks)) == len(whole) == len(N)
    for seed in range(12):
        known = {mark for mark in parts.marks if random.Random(f"{seed}{mark!r}").random() < 0.6}
        rest = cut.without_known(body, known)
        assert rest
        assert set(rest.left_out) == known
        expected = [one for one, mark in zip(whole, parts.marks, strict=True) if mark not in known]
        assert list(parse(rest.data, HINTS).entries) == expected


@pytest.mark.parametrize(
    "body",
    [
        b"<rss><channel><item><title>AT&T</title></item></channel></rss>",
        b"<!DOCTYPE rss [<!ENTITY x 'y'>]><rss><channel><item/></channel></rss>",
        b"<rss><channel><item><title>open",
        b"<rss><channel/></rss>",
        b"",
        # Outside the child nothing limits what these would take.
        b"<rss><!--"
        + b" " * 70_000
        + b"--><channel><item>"
        + b"<a>" * 900
        + b"</a>" * 900
        + b"</item></channel></rss>",
        b"<!--" + b" " * 70_000 + b"--><!DOCTYPE rss [<!ENTITY x 'y'>]><rss><item/></rss>",
        b"<rss>" + b"<item/>" * (MOST_ENTRIES + 2) + b"</rss>",
        b"\xff\xfe<\0r\0s\0s\0>\0",
    ],
)
def test_what_cannot_be_cut_safely_is_left_whole(body: bytes) -> None:
    assert cut.without_known(body, set()) is None


KNOWN = "<item><title>K</title></item>"
TRICKY = {
    "in a comment": f"<rss><!-- {KNOWN} --><item>{KNOWN}</item><item>b</item></rss>",
    "as characters": f"<rss><item><![CDATA[{KNOWN}]]></item>{KNOWN}</rss>",
    "in an instruction": f"<rss><?x {KNOWN}?>{KNOWN}<item>b</item></rss>",
    "within another": f"<rss>{KNOWN}<entry>{KNOWN}</entry></rss>",
    "as the whole": KNOWN,
    "twice": f"<rss>{KNOWN}{KNOWN}<item/></rss>",
    "beside its namesakes": f"<rss><items>{KNOWN}</items>{KNOWN}<item >b</item ></rss>",
    "in broken company": f"<rss>{KNOWN}<item>a & b</item></rss>",
    "with another after the end": f"<rss>{KNOWN}</rss>{KNOWN}",
    "never closed": f"<rss>{KNOWN}<item><title>x</title></rss>",
}


@pytest.mark.parametrize("body", [*FEEDS.values(), *(text.encode() for text in TRICKY.values())])
def test_empty_elements_in_place_of_known_entries_change_nothing(body: bytes) -> None:
    """What is left, and what was left out, is as a look at the whole document says."""
    marks = {*cut.marks(body, cut.spans(body)), cut.mark_of(KNOWN.encode())}
    for seed in range(8):
        known = {
            mark for mark in marks if seed == 0 or random.Random(f"{seed}{mark!r}").random() < 0.7
        }
        assert cut.without_known(body, known) == cut._known_left_out(body, known)


@pytest.mark.parametrize("name", TRICKY)
def test_such_places_are_taken_only_where_an_entry_stands(name: str) -> None:
    works = name not in ("in a comment", "in an instruction", "within another")
    known = {cut.mark_of(KNOWN.encode())}
    data, stubs = cut._with_stubs(TRICKY[name].encode(), known)
    assert stubs
    whole = cut._known_left_out(TRICKY[name].encode(), known)
    assert (cut._stubs_left_out(data, stubs, known) is not None) == (works and whole is not None)
