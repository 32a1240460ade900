"""Bytes -> Document: formats, encodings that lie, dates, odd types, limits."""

from __future__ import annotations

import json
import random
import tracemalloc
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from tests.feeds.web import item, rss
from tracker.feeds import cut, dates
from tracker.feeds import parse as parsing
from tracker.feeds.document import MOST_ENTRIES, Hints, from_plain, to_plain
from tracker.feeds.encoding import to_utf8
from tracker.feeds.parse import parse
from tracker.feeds.plain import text_of
from tracker.feeds.pool import Parsers
from tracker.feeds.worker import encoded

NOW = datetime(2025, 8, 1, tzinfo=UTC)
HINTS = Hints("https://news.example/feed", NOW)
CHINESE = Hints("https://news.example/feed", NOW, lang="zh-Hans")


@pytest.mark.parametrize(
    ("body", "form"),
    [
        (rss(item(1)), "rss20"),
        (b"<feed xmlns='http://www.w3.org/2005/Atom'><title>t</title><entry><id>1</id>"
         b"<title>Headline 1</title><updated>2025-07-02T00:00:00Z</updated>"
         b"<link href='https://news.example/1'/></entry></feed>", "atom10"),
        (b"<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'"
         b" xmlns='http://purl.org/rss/1.0/'><channel><title>t</title></channel><item>"
         b"<title>Headline 1</title><link>https://news.example/1</link></item></rdf:RDF>", "rss10"),
        (json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": [
            {"id": "1", "title": "Headline 1", "url": "https://news.example/1"}]}).encode(),
         "json11"),
    ],
)  # fmt: skip
def test_each_format_gives_the_same_entry(body: bytes, form: str) -> None:
    document = parse(body, HINTS)
    assert document.form == form
    assert [(e.title, e.link) for e in document.entries] == [
        ("Headline 1", "https://news.example/1")
    ]


@pytest.mark.parametrize(
    ("encoded", "declared"),
    [("gbk", "utf-8"), ("gb18030", "gb2312"), ("utf-8", "gbk"), ("utf-8", "x-klingon"),
     ("utf-16", "utf-16"), ("utf-8", "iso-8859-1"), ("gbk", "gbk")],
)  # fmt: skip
def test_simplified_chinese_survives_lies_about_its_encoding(encoded: str, declared: str) -> None:
    titles = ["英伟达恢复向中国销售芯片", "黄仁勋访华"]
    text = rss(*(item(n, title) for n, title in enumerate(titles))).decode()
    body = text.replace('encoding="utf-8"', f'encoding="{declared}"').encode(encoded)
    assert [entry.title for entry in parse(body, CHINESE).entries] == titles


@pytest.mark.parametrize("name", ["iso-2022-jp", "hz"])
def test_encodings_of_seven_bits_are_not_taken_for_ascii(name: str) -> None:
    text = rss(item(1, "商務会談" if name != "hz" else "商务会谈")).decode()
    body = text.replace('encoding="utf-8"', f'encoding="{name}"').encode(name)
    assert parse(body, HINTS).entries[0].title[:2] in ("商務", "商务")


def test_an_undeclared_encoding_of_a_large_body_is_found_in_little_memory() -> None:
    """A body of 15 MB once took 870 MB, a list of every byte that is not UTF-8."""
    body = rss(*(item(n, "商务部回应出口管制" * 20) for n in range(2000))).decode().encode("gbk")
    tracemalloc.start()
    try:
        assert to_utf8(body).encoding == "gb18030"
        assert tracemalloc.get_traced_memory()[1] < 20 * len(body)
    finally:
        tracemalloc.stop()


def test_big5_declared_as_utf8_is_read_as_big5() -> None:
    titles = ["輝達恢復對中國銷售晶片", "商務部回應出口管制措施"]
    body = rss(*(item(n, title) for n, title in enumerate(titles))).decode().encode("big5")
    document = parse(body, HINTS)
    assert [entry.title for entry in document.entries] == titles
    assert document.problems


def test_one_latin_byte_does_not_spoil_a_utf8_feed() -> None:
    body = rss(item(1, "caf@ 英伟达"), item(2)).replace(b"@", b"\xe9")
    assert parse(body, HINTS).entries[0].title == "café 英伟达"


@pytest.mark.parametrize(
    ("raw", "lang", "moment"),
    [
        ("2025年7月15日 08:30", "zh-Hans", "2025-07-15T00:30"),
        ("2025年07月15日", "zh-Hans", "2025-07-15T00:00"),
        ("2025年7月15日 下午3:05", "zh-Hant", "2025-07-15T07:05"),
        ("2025年7月15日 中午1:30", "zh-Hans", "2025-07-15T05:30"),
        ("2025年7月15日 中午11:30", "zh-Hans", "2025-07-15T03:30"),
        ("2025年7月15日 中午12:30", "zh-Hans", "2025-07-15T04:30"),
        ("2025年7月15日 晚上9:30", "zh-Hans", "2025-07-15T13:30"),
        ("2025年7月15日 晚上12:30", "zh-Hans", "2025-07-15T16:30"),
        ("2025年7月15日 凌晨12:30", "zh-Hans", "2025-07-14T16:30"),
        ("民國114年7月15日 08:00", "zh-Hant", "2025-07-15T00:00"),
        ("星期二, 15 七月 2025 08:00:00 +0800", "zh-Hans", "2025-07-15T00:00"),
        ("2025.07.15", "", "2025-07-15T00:00"),
        ("2025/07/15 09:00:00", "en", "2025-07-15T09:00"),
        ("Tue, 15 Jul 2025 08:00:00 CST", "zh-Hans", "2025-07-15T00:00"),
        ("Tue, 15 Jul 2025 08:00:00 CST", "en", "2025-07-15T14:00"),
        ("Tue, 15 Jul 25 08:00 EDT", "en", "2025-07-15T12:00"),
        ("2025-07-15T08:00:00.123456789Z", "", "2025-07-15T08:00"),
        ("2025-07-15T08:00:00+08:00", "", "2025-07-15T00:00"),
        ("20250715T090000Z", "", "2025-07-15T09:00"),
        ("1752570000", "", "2025-07-15T09:00"),
        ("July 15, 2025 3:00 PM", "", "2025-07-15T15:00"),
        ("Tue Jul 15 08:00:00 2025", "", "2025-07-15T08:00"),
        ("２０２５年７月１５日", "zh-Hans", "2025-07-15T00:00"),
    ],
)
def test_date_forms(raw: str, lang: str, moment: str) -> None:
    stamp = dates.read(raw, lang)
    assert stamp is not None
    assert stamp.moment.strftime("%Y-%m-%dT%H:%M") == moment


@pytest.mark.parametrize(
    "raw",
    ["", "soon", "00/00/0000", "32 Foo 2025", "NaN", "1e400", "15/07/2025", "七月十五日", "9" * 5000,
     "-0044-03-15", "2025-02-30", "Fri, 31 Dec 9999 23:59:59 -1200", "Tue, 15 Jul 2025 08:00 XYZ"],
)  # fmt: skip
def test_what_is_no_date_stays_text(raw: str) -> None:
    assert dates.read(raw) is None


@pytest.mark.parametrize("raw", ["0001-01-01T00:00:00Z", "Mon, 01 Jan 0001 00:00:00 GMT",
                                 "0001-01-01T00:00:00+14:00", "0000-00-00"])  # fmt: skip
def test_the_null_date_of_a_program_is_no_date_of_this_century(raw: str) -> None:
    assert [entry.published for entry in parse(rss(item(1, date=raw)), HINTS).entries] == [None]


def test_the_usual_forms_say_what_the_patterns_of_all_forms_say(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pick = random.Random(20261129)
    names = ("Jan", "Feb", "Sep", "Dec", "Mai", "jul")
    days = [f"{pick.randint(0, 32)} {pick.choice(names)} {pick.choice(('0001', '1999', '9999'))}"
            for _ in range(400)]  # fmt: skip
    days += [f"{pick.randint(0, 2100):04}-{pick.randint(0, 13):02}-{pick.randint(0, 32):02}T"
             for _ in range(400)]  # fmt: skip
    zones = (" GMT", " +0800", " -1430", " +9999", "Z", "+08:00", "-12:00", "+1400", " EST", "")
    raws = [
        pick.choice(("", "Fri, ")) + f"{day}{' ' * (day[-1] != 'T')}{pick.randint(0, 25):02}:"
        f"{pick.randint(0, 61):02}:{pick.randint(0, 61):02}{pick.choice(zones)}"
        for day in days
    ]
    quickly = [dates.read(raw) for raw in raws]
    assert sum(map(bool, map(dates._usual, raws))) > 50
    monkeypatch.setattr(dates, "_usual", lambda _: None)
    assert quickly == [dates.read(raw) for raw in raws]


def test_an_improbable_date_is_kept_as_text_and_said() -> None:
    body = rss(item(1), item(2, date="Thu, 31 Dec 2099 23:59:59 GMT"),
               item(3, date="Thu, 01 Jan 1970 00:00:00 GMT"), item(4, date="soon"))  # fmt: skip
    document = parse(body, HINTS)
    assert [bool(entry.published) for entry in document.entries] == [True, False, False, False]
    assert document.entries[1].published_raw == "Thu, 31 Dec 2099 23:59:59 GMT"
    assert "2 dates are improbable and were not used" in document.problems
    assert "1 date could not be read" in document.problems


@pytest.mark.parametrize(("hours", "used"), [(13, True), (29, False)])
def test_an_item_may_be_ahead_by_as_much_as_time_zones_explain(hours: int, used: bool) -> None:
    ahead = format_datetime(HINTS.now + timedelta(hours=hours))
    document = parse(rss(item(1), item(2, date=ahead)), HINTS)
    assert [bool(entry.published) for entry in document.entries] == [True, used]
    said = "1 date is improbable and was not used"
    assert (said in document.problems) is not used


def test_a_feed_of_one_placeholder_date_has_no_dates_and_our_clock_is_not_blamed() -> None:
    null = "Thu, 01 Jan 1970 00:00:00 +0000"
    document = parse(rss(*(item(n, date=null) for n in range(24))), HINTS)
    assert {entry.published for entry in document.entries} == {None}
    assert document.problems == ("every entry has the date 1970-01-01: the feed knows none",)


def test_dates_all_ahead_of_us_ask_about_our_clock() -> None:
    hints = Hints("https://news.example/feed", datetime(1970, 1, 1, tzinfo=UTC))
    document = parse(rss(item(1), item(2)), hints)
    assert document.problems[0] == (
        "every date is later than 1970-01-01: is the clock of this machine right?"
    )


@pytest.mark.parametrize(
    ("body", "kind", "word"),
    [
        (b"<!DOCTYPE html><html><head><title>x</title></head></html>", "not-a-feed", "web page"),
        (b"<html><title>Just a moment...</title></html>", "blocked", "Cloudflare"),
        (b"%PDF-1.7 ...", "not-a-feed", "PDF"),
        (b"", "not-a-feed", "empty"),
        (b'{"hello": 1}', "not-a-feed", "JSON"),
        (b"[" * 200_000, "not-a-feed", "JSON"),
        (bytes(range(256)) * 20, "not-a-feed", "not a feed"),
        (
            b"<?xml version='1.0'?><opml version='2.0'><body><outline xmlUrl='http://a.example/f'/>"
            b"</body></opml>",
            "not-a-feed",
            "feeds import",
        ),
        (
            b"<soap:Envelope xmlns:soap='x'><soap:Body><item/></soap:Body></soap:Envelope>",
            "not-a-feed",
            "no feed format",
        ),
    ],
)
def test_what_is_no_feed_is_named(body: bytes, kind: str, word: str) -> None:
    document = parse(body, HINTS)
    assert (document.form, document.kind) == ("", kind)
    assert word in document.error


HEAD = b'<?xml version="1.0"?><rss version="2.0"><channel><title>x</title>'


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (HEAD, "no element found in line 1"),
        (HEAD + b"\n<item><title><![CDATA[", "unclosed CDATA section in line 2"),
        (HEAD.partition(b">")[2], "no element found in line 1"),
        (HEAD.replace(b"x<", b"R&D<") + b"</channel></rss>", "invalid token in line 1"),
        (b"<feed xmlns='http://www.w3.org/2005/Atom'>\n<title>x", "no element found in line 2"),
    ],
)
def test_a_broken_document_without_an_entry_is_no_empty_feed(body: bytes, words: str) -> None:
    document = parse(body, HINTS)
    assert (document.form, document.kind) == ("", "malformed")
    assert document.error == f"not well-formed: {words}, and no entry in it"


def test_entries_of_a_broken_document_count_and_one_that_ends_in_the_middle_says_so() -> None:
    whole = rss(item(1, "AT&T & Nvidia"), item(2))
    cut_off = "it ends in the middle: all of it is asked for again"
    fault = "not well-formed: invalid token in line 1"
    for body, problems in (
        (whole, (fault,)),
        (whole + b"<script>", (fault,)),
        (whole.replace(b"</rss>", b""), (fault, cut_off)),
        (whole[:-60], (fault, cut_off)),
    ):
        document = parse(body, HINTS)
        assert len(document.entries) == 2
        assert (document.problems, document.cut_off) == (problems, (*problems, "")[1])
    assert parse(rss(), HINTS).form == "rss20"  # empty, and whole


@pytest.mark.parametrize(
    ("head", "links"),
    [
        ("<link rel='alternate' type='application/rss+xml' href='/f'>", ("/f",)),
        ("<LINK TYPE=application/atom+xml REL=Alternate HREF=/f?a=1&amp;b=2 >", ("/f?a=1&b=2",)),
        ("<link rel='home alternate' type='application/feed+json; charset=utf-8' href=' f '>", ("f",)),
        ("<base href='https://b.example/x/'><link rel=alternate type=application/rss+xml href=f>",
         ("https://b.example/x/f",)),
        ("<link rel=stylesheet type=application/rss+xml href=/f><link rel=alternate hreflang=de href=/d>",
         ()),
        ("<link rel=alternate type=application/rss+xml href=''><!-- <link rel=alternate"
         " type=application/rss+xml href=/hidden> -->", ()),
    ],
)  # fmt: skip
def test_a_page_names_its_feeds(head: str, links: tuple[str, ...]) -> None:
    page = f"<!doctype html><html><head>{head}</head><body></body></html>".encode()
    assert parse(page, HINTS).links == links


def test_json_items_of_odd_types_do_not_end_the_others() -> None:
    items: list[object] = [None, 7, [], {"id": 1, "title": "one"}, {"id": ["x"], "title": "three"},
                           {"id": "5", "title": {"a": 1}, "url": 7}, {"title": "\ud800 half"}]  # fmt: skip
    body = json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": items}).encode()
    document = parse(body, HINTS)
    assert [entry.title for entry in document.entries][:2] == ["one", "three"]
    assert "3 items are not entries and were left out" in document.problems


def test_what_steers_a_terminal_is_left_out_of_a_title_whole() -> None:
    items = [{"id": "1", "title": "US bans \x1b[31mH20\x1b[0m", "url": "https://j.example/1"}]
    body = json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": items}).encode()
    assert parse(body, HINTS).entries[0].title == "US bans H20"


def test_half_a_letter_makes_an_address_and_an_id_none() -> None:
    urls = ("https://j.example/\ud800", "https://j.example/2", "https://j.example/新")
    items = [{"id": chr(0xD800 + n), "url": url, "title": f"{n}"} for n, url in enumerate(urls)]
    body = json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": items}).encode()
    document = from_plain(json.loads(encoded(parse(body, HINTS))))
    assert [(one.guid, one.link) for one in document.entries] == [
        ("", ""),
        ("", urls[1]),
        ("", urls[2]),
    ]
    assert any("no http link" in problem for problem in document.problems)


@pytest.mark.parametrize("number", ["xD800", "55296", "x110000", "9" * 5000])
def test_a_reference_to_no_letter_costs_its_word_and_not_the_feed(number: str) -> None:
    odd = f"<item><title>US &#{number}; bans</title><guid>&#{number};</guid>"
    odd += f"<link>https://news.example/&#{number};</link></item>"
    document = parse(rss(item(1), odd, item(2)), HINTS)
    assert [one.title for one in document.entries] == ["Headline 1", "US bans", "Headline 2"]
    assert (document.entries[1].guid, document.entries[1].link) == ("", "")
    assert any("not well-formed" in problem for problem in document.problems)


def test_a_number_of_thousands_of_digits_in_a_summary_costs_its_letter_alone() -> None:
    document = parse(rss(item(1, text=f"Licences &amp;#{'9' * 5000}; granted")), HINTS)
    assert [one.summary.split()[0] for one in document.entries] == ["Licences"]


def test_xml_that_calls_itself_json_is_read_as_what_it_is() -> None:
    hints = Hints("https://news.example/feed", NOW, content_type="application/json")
    assert parse(rss(item(1)), hints).form == "rss20"


def test_no_more_entries_than_the_limit_and_it_is_said() -> None:
    body = rss(*(f"<item><title>{n}</title></item>" for n in range(MOST_ENTRIES + 7)))
    document = parse(body, HINTS)
    assert len(document.entries) == MOST_ENTRIES
    assert f"7 entries beyond the first {MOST_ENTRIES} were left out" in document.problems


def test_an_aggregator_names_the_outlet() -> None:
    source = "<source url='https://reuters.com'>Reuters</source>"
    body = rss(item(1).replace("</item>", f"{source}</item>"))
    assert parse(body, HINTS).entries[0].publisher == "Reuters"


def test_text_of_html_is_linear_on_unclosed_markup() -> None:
    hostile = "<!--" * 40_000 + "<script>" * 20_000 + "<a " * 20_000
    assert "script" not in text_of(hostile)
    for blank in (" ", "\u2003", "\x1c"):  # a square of these would take minutes
        assert text_of("a<b>" + blank * 150_000 + "b").split() == ["a", "b"]


def test_known_items_cut_out_leave_the_rest_as_it_was() -> None:
    body = rss(*(item(n) for n in range(6)))
    whole = parse(body, HINTS).entries
    parts = cut.without_known(body, set())
    assert parts
    assert len(parts.marks) == 6
    rest = cut.without_known(body, set(parts.marks[2:]))
    assert rest
    assert parse(rest.data, HINTS).entries == whole[:2]


def test_a_document_survives_the_way_between_processes() -> None:
    document = parse(rss(item(1), item(2)), HINTS)
    assert from_plain(json.loads(json.dumps(to_plain(document)))) == document


def test_children_parse_and_are_reused() -> None:
    parsers = Parsers(1)
    try:
        first = parsers.parse(rss(item(1)), HINTS)
        second = parsers.parse(rss(item(2)), HINTS)
        assert (first.entries[0].title, second.entries[0].title) == ("Headline 1", "Headline 2")
        assert (parsers.started, parsers.parsed) == (1, 2)
    finally:
        parsers.close()


def test_a_child_out_of_time_costs_one_document() -> None:
    """No time at all is given to the first; the next one gets a fresh child."""
    parsers = Parsers(1, seconds=0.0)
    try:
        assert parsers.parse(rss(item(1)), HINTS).kind == "parser"
        parsers._seconds = 20.0
        assert parsers.parse(rss(item(2)), HINTS).entries[0].title == "Headline 2"
        assert parsers.started == 2
    finally:
        parsers.close()


def test_the_federal_register_is_read_as_a_feed() -> None:
    result = {
        "document_number": "2025-12345", "title": "Advanced Computing Rule", "type": "Rule",
        "abstract": "BIS amends the <em>EAR</em>.", "publication_date": "2025-07-15",
        "html_url": "https://www.federalregister.gov/d/2025-12345",
        "agencies": [{"name": "Industry and Security Bureau"}],
    }  # fmt: skip
    hints = Hints("https://www.federalregister.gov/api", NOW, kind="federal-register")
    document = parse(json.dumps({"count": 2, "results": [result, {"title": 7}]}).encode(), hints)
    assert [(e.guid, e.title, e.summary) for e in document.entries] == [
        ("2025-12345", "Advanced Computing Rule",
         "Rule\nIndustry and Security Bureau\nBIS amends the EAR.")
    ]  # fmt: skip
    assert document.problems == ("1 results are no documents",)
    assert parse(b'{"errors": 1}', hints).kind == "not-a-feed"
    assert parse(b'{"count": 0}', hints).entries == ()


@pytest.mark.parametrize(
    "broken",
    [
        b"<item><title>x</title><link>http://e.or<entry/>g/a</link></item>",
        b"<item><title>x<entry><link/></entry></title></item>",
    ],
)
def test_an_entry_at_which_the_parser_stops_costs_itself_alone(broken: bytes) -> None:
    body = rss(item(1), item(2))
    both = body.replace(b"</channel>", broken + b"</channel>")
    document = parse(both, HINTS)
    wanted = [one.title for one in parse(body, HINTS).entries]
    assert [one.title for one in document.entries][:2] == wanted
    assert document.error == ""


def test_entries_are_tried_one_by_one_at_the_cost_of_the_document(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whatever stands before the first and after the last of them is read twice, not with each."""
    broken = "<item><link>http://e.or<entry/>g/a</link></item>"
    much = f"<description>{'x ' * 100_000}</description>"
    body = rss(*(item(n) for n in range(150)), broken, much, head=much)
    read: list[int] = []
    parsed = parsing._parsed

    def counted(data: bytes, hints: Hints, known: str) -> object:
        read.append(len(data))
        return parsed(data, hints, known)

    monkeypatch.setattr(parsing, "_parsed", counted)
    document = parse(body, HINTS)
    assert len(document.entries) == 150
    assert document.problems == ("entries that cannot be read and were left out: 1",)
    assert sum(read) < 4 * len(body)


def test_entries_within_endless_tags_are_not_tried_one_by_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    broken = "<item><link>http://e.or<entry/>g/a</link></item>"
    body = rss(*(item(n) for n in range(150)), broken)
    body = body.replace(b"<rss ", b"<rss a='%s' " % (b"x" * 100_000))
    read: list[int] = []

    def stopped(data: bytes, *_: object) -> None:
        read.append(len(data))
        raise KeyError("links")

    monkeypatch.setattr(parsing, "_parsed", stopped)
    assert parse(body, HINTS).error == "not a feed: the parser stops in it"
    assert read == [len(body)]


def test_letters_that_grow_when_made_small_cost_no_text() -> None:
    text = "İstanbul " * 5
    assert text_of(f"{text}<script>x()</SCRIPT >Important") == f"{text}Important"
