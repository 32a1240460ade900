"""List pages without a feed: four sites' shapes, and what pages do to a reader."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tracker import config
from tracker.feeds.document import MOST_ENTRIES, Document, Hints
from tracker.feeds.parse import parse
from tracker.feeds.pool import Parsers

NOW = datetime(2025, 8, 1, tzinfo=UTC)
SHIPPED = {feed.id: feed for feed in config.load(Path(__file__).parents[2] / "feeds.toml").feeds}

MOFCOM = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>政策发布</title></head><body>
<ul class="menu"><li><a href="/">首页</a></li><li><a href="/zwgk/">政务公开</a></li></ul>
<ul class="txtList_01">
<li><a href="/zwgk/zcfb/art/2025/art_01.html" title="商务部公告2025年第18号 公布对部分中重稀土相关物项实施出口管制的决定">商务部公告2025年第18号 公布对…</a><span>[2025-04-04]</span></li>
<li><a href="/zwgk/zcfb/art/2025/art_02.html" title="商务部公告2025年第21号">商务部公告2025年第21号</a><span>[2025-04-09]</span></li>
</ul></body></html>"""
CAC = """<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"></head>
<div class="list"><ul><li><h5><a href="//www.cac.gov.cn/2025-07/31/c_17555.htm">国家互联网信息办公室约谈英伟达公司</a></h5>
<div class="times">2025-07-31 11:00</div></li>
<li><h5><a href="//www.cac.gov.cn/2025-07/30/c_17554.htm">另一条</a></h5><div class="times">发布时间：2025年7月30日</div></li></ul></div>"""
SAMR = """<html><body><ul><li><a href="../../../../xw/zj/art/2025/art_9.html" title="市场监管总局依法对英伟达公司开展进一步调查">市场监管总局依法…</a>
<span>2025-07-15</span></li></ul></body></html>"""
BIS = """<html><head><base href="https://www.bis.gov/"></head><main><div class="views-row">
<article><h3><a href="/press-release/department-commerce-x">Department of Commerce Revises License Review Policy</a></h3>
<time datetime="2025-07-15T12:00:00Z">July 15, 2025</time></article></div>
<div class="views-row"><a href="/about">About</a></div></main></html>"""


def read(body: str | bytes, site: str, lang: str = "") -> Document:
    feed = SHIPPED[site]
    raw = body.encode() if isinstance(body, str) else body
    return parse(raw, Hints(feed.url, NOW, "text/html", lang or feed.lang, kind="page",
                            options=tuple(feed.options.items())))  # fmt: skip


def page(body: str | bytes, content_type: str = "text/html", **options: str) -> Document:
    raw = body.encode() if isinstance(body, str) else body
    keys = {"items": "li", "item_date": "span"} | options
    return parse(raw, Hints("https://a.example/list/index.html", NOW, content_type, "zh-Hans",
                            kind="page", options=tuple(keys.items())))  # fmt: skip


def rows(document: Document) -> list[tuple[str, str, str]]:
    return [
        (e.title, e.link, f"{e.published:%Y-%m-%dT%H:%M}" if e.published else e.published_raw)
        for e in document.entries
    ]


@pytest.mark.parametrize(
    ("site", "body", "expected"),
    [
        ("mofcom-notices", MOFCOM, [
            ("商务部公告2025年第18号 公布对部分中重稀土相关物项实施出口管制的决定",
             "https://www.mofcom.gov.cn/zwgk/zcfb/art/2025/art_01.html", "2025-04-04T00:00"),
            ("商务部公告2025年第21号",
             "https://www.mofcom.gov.cn/zwgk/zcfb/art/2025/art_02.html", "2025-04-09T00:00")]),
        ("cac-news", CAC, [
            ("国家互联网信息办公室约谈英伟达公司",
             "https://www.cac.gov.cn/2025-07/31/c_17555.htm", "2025-07-31T03:00"),
            ("另一条", "https://www.cac.gov.cn/2025-07/30/c_17554.htm", "2025-07-30T00:00")]),
        ("samr-rules", SAMR, [
            ("市场监管总局依法对英伟达公司开展进一步调查",
             "https://www.samr.gov.cn/xw/zj/art/2025/art_9.html", "2025-07-15T00:00")]),
        ("bis-news", BIS, [
            ("Department of Commerce Revises License Review Policy",
             "https://www.bis.gov/press-release/department-commerce-x", "2025-07-15T00:00")]),
    ],
)  # fmt: skip
def test_shipped_selectors_read_pages_of_that_shape(
    site: str, body: str, expected: list[tuple[str, str, str]]
) -> None:
    document = read(body, site)
    assert document.form == "page"
    assert rows(document) == expected
    assert document.problems == ()


def test_shipped_pages_are_off_until_somebody_tried_them() -> None:
    pages = [feed for feed in SHIPPED.values() if feed.kind == "page"]
    assert len(pages) == 4
    assert not any(feed.enabled for feed in pages)


@pytest.mark.parametrize(
    ("shown", "moment"),
    [
        ("2025年7月15日", "2025-07-15T00:00"),
        ("[2025-07-15]", "2025-07-15T00:00"),
        ("（2025-7-5）", "2025-07-05T00:00"),
        ("发布时间：2025-07-15 08:30", "2025-07-15T00:30"),
        ("来源:办公厅 更新:2025-07-20 发布日期:2025年7月15日", "2025-07-15T00:00"),
        ("2025/07/15 16:05:09", "2025-07-15T08:05"),
        ("２０２５年７月１５日", "2025-07-15T00:00"),
        ("民國114年7月15日", "2025-07-15T00:00"),
        ("Posted: July 15, 2025", "2025-07-15T00:00"),
        ("15 July 2025 | Press", "2025-07-15T00:00"),
        ("2025.07.15发布", "2025-07-15T00:00"),
        ("07-15", "07-15"),
        ("昨天", "昨天"),
        ("文号 2025071599", "文号 2025071599"),
        ("2025-02-30", "2025-02-30"),
        ("", ""),
    ],
)
def test_dates_as_lists_write_them(shown: str, moment: str) -> None:
    document = page(f"<ul><li><a href='/1'>标题</a><span>{shown}</span></li></ul>")
    assert rows(document) == [("标题", "https://a.example/1", moment)]


def test_a_pattern_cuts_the_date_out_and_what_it_does_not_match_stays_text() -> None:
    body = ("<ul><li><a href='/1'>一</a><span>生效2025-12-01 公布2025-07-15</span>"
            "<li><a href='/2'>二</a><span>2025-07-16</span></ul>")  # fmt: skip
    document = page(body, date_pattern=r"公布(\d{4}-\d{2}-\d{2})")
    assert rows(document) == [
        ("一", "https://a.example/1", "2025-07-15T00:00"),
        ("二", "https://a.example/2", "2025-07-16"),
    ]
    assert document.problems == ("1 date could not be read",)


def test_without_a_place_for_the_date_no_date_is_guessed() -> None:
    document = parse(
        b"<li><a href='/1'>Rule of 2025-07-15</a> 2025-07-16",
        Hints("https://a.example/", NOW, kind="page", options=(("items", "li"),)),
    )
    assert rows(document) == [("Rule of 2025-07-15", "https://a.example/1", "")]


@pytest.mark.parametrize(
    ("body", "kind", "words"),
    [
        (b"<html><body><p>nothing here</p></body></html>", "not-a-feed", "no item matched 'li'"),
        (b"", "not-a-feed", "an empty page"),
        (b"   \n", "not-a-feed", "an empty page"),
        (b"%PDF-1.7 binary", "not-a-feed", "no item matched 'li'"),
        (b'{"results": []}', "not-a-feed", "no item matched 'li'"),
        (b"<title>Just a moment...</title><div id=cf-chl></div>", "blocked", "Cloudflare"),
        ("<title>安全验证</title>".encode(), "blocked", "robot check"),
        (b"<ul><li>words</li><li>more words</li></ul>", "not-a-feed",
         "2 items matched 'li', but none has both a title and a link"),
        (b"<ul><li><a href='javascript:go(1)'>x</a></li></ul>", "not-a-feed", "none has both"),
    ],
)  # fmt: skip
def test_a_page_that_gives_nothing_is_a_failure_that_says_so(
    body: bytes, kind: str, words: str
) -> None:
    document = page(body)
    assert (document.form, document.kind, document.entries) == ("", kind, ())
    assert words in document.error


def test_links_that_cannot_be_opened_are_left_out_and_counted() -> None:
    links = ["javascript:alert(1)", " JaVa\tScript:x", "data:text/html,x", "mailto:a@b.example",
             "#top", "", "ftp://a.example/x", "file:///etc/passwd", "index.html",
             "https://" + "a" * 3000]  # fmt: skip
    items = "".join(f"<li><a href='{link}'>t{n}</a></li>" for n, link in enumerate(links))
    document = page(f"<ul>{items}<li><a href='ok.html'>good</a></li><li><a>none</a></li></ul>")
    assert rows(document) == [("good", "https://a.example/list/ok.html", "")]
    assert document.problems == ("11 items have no http link and were left out",)


def test_relative_links_start_from_the_page_or_from_its_base() -> None:
    body = "<li><a href='../x/1.html#part'>a</a><li><a href='//b.example/2'>b</a><li><a href='\n/3 4'>c</a>"
    assert [e.link for e in page(body).entries] == [
        "https://a.example/x/1.html", "https://b.example/2", "https://a.example/3%204"
    ]  # fmt: skip
    assert page("<base href='https://c.example/d/'>" + body).entries[0].link == (
        "https://c.example/x/1.html"
    )
    assert page("<base href='javascript:x'>" + body).entries[0].link == "https://a.example/x/1.html"


def test_a_repeated_link_is_one_item() -> None:
    body = ("<li><a href='/1'><img src=x></a></li><li><a href='/1'>words</a></li>"
            "<li><a href='/1#more'>read more</a></li><li><a href='/2'>other</a></li>")  # fmt: skip
    document = page(body)
    assert [e.title for e in document.entries] == ["words", "other"]
    assert document.problems == (
        "1 item has no title and was left out", "1 item repeats a link and was left out"
    )  # fmt: skip


def test_words_are_taken_and_scripts_are_not() -> None:
    body = ("<li><a href='/1'>英伟达<em>H20</em>\x1b]52;c;x\x07芯片<script>evil()</script>"
            "<style>p{}</style></a><span><script>2020-01-01</script>2025-07-15</span></li>")  # fmt: skip
    document = page(body)
    assert rows(document) == [("英伟达H20芯片", "https://a.example/1", "2025-07-15T00:00")]


def test_the_item_itself_can_be_the_link() -> None:
    body = "<div><a class=row href='/1'><h3>Title</h3><span>2025-07-15</span></a></div>"
    document = page(body, items="a.row", item_title="h3")
    assert rows(document) == [("Title", "https://a.example/1", "2025-07-15T00:00")]


def test_attributes_can_hold_title_link_and_date() -> None:
    body = "<div class=row data-to='/1' data-name='Full title'><b data-day='2025-07-15'>x</b></div>"
    document = page(body, items=".row", item_title="@data-name", item_link="@data-to",
                    item_date="b@data-day")  # fmt: skip
    assert rows(document) == [("Full title", "https://a.example/1", "2025-07-15T00:00")]


@pytest.mark.parametrize(
    ("encoded", "head", "content_type"),
    [
        ("gbk", "<meta charset=gb2312>", "text/html"),
        ("gb18030", '<meta http-equiv="Content-Type" content="text/html; charset=gbk">', "text/html"),
        ("gbk", "", "text/html; charset=gbk"),
        ("gbk", '<meta charset="utf-8">', "text/html"),
        ("big5", "<meta charset=big5>", "text/html"),
        ("utf-8", "<meta charset=gbk>", "text/html; charset=gbk"),
    ],
)  # fmt: skip
def test_encodings_that_pages_declare_or_lie_about(
    encoded: str, head: str, content_type: str
) -> None:
    title = "商務部公佈出口管制措施" if encoded == "big5" else "商务部公布出口管制措施"
    body = f"<html><head>{head}</head><ul><li><a href='/1'>{title}</a><span>2025年7月15日</span></li></ul>"
    document = page(body.encode(encoded), content_type)
    assert rows(document) == [(title, "https://a.example/1", "2025-07-15T00:00")]


def test_broken_markup_is_read_as_a_browser_would() -> None:
    body = (
        "<ul><li><a href=/1>one<span>2025-07-15<li><a href=/2>two</b></i></ul></ul><<>&#0;&bogus;"
    )
    assert [e.link for e in page(body).entries] == ["https://a.example/1", "https://a.example/2"]


def test_a_megabyte_of_items_is_cut_at_the_limit_and_said() -> None:
    items = "".join(f"<li><a href='/{n}'>{'t' * 200}{n}</a></li>" for n in range(MOST_ENTRIES + 9))
    document = page(f"<ul>{items}</ul>")
    assert len(f"{items}") > 1 << 20
    assert len(document.entries) == MOST_ENTRIES
    assert document.problems == (f"9 items beyond the first {MOST_ENTRIES} were left out",)


def test_one_item_of_a_megabyte_is_cut() -> None:
    document = page(f"<ul><li><a href='/1'>{'长' * (1 << 20)}</a></li></ul>")
    assert [len(e.title) for e in document.entries] == [1000]


def test_pages_are_read_behind_the_process_boundary() -> None:
    """A page made to be slow costs one document; the next one is read as if nothing had been."""
    feed = SHIPPED["mofcom-notices"]
    hints = Hints(feed.url, NOW, kind="page", options=tuple(feed.options.items()), lang=feed.lang)
    deep = Hints(feed.url, NOW, kind="page", options=(("items", "div"),))
    parsers = Parsers(1, seconds=1.5)
    try:
        assert parsers.parse(b"<div>" * 400_000, deep).kind in ("parser", "not-a-feed")
        parsers._seconds = 20.0
        nested = parsers.parse(b"<div><a href='/1'>" + b"<b>" * (5 << 20), deep)
        assert (nested.form, nested.kind) == ("", "parser")
        assert len(parsers.parse(MOFCOM.encode(), hints).entries) == 2
    finally:
        parsers.close()


PAGE = '[[page]]\nid = "p"\nurl = "https://a.example/"\n'


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (PAGE, 1, "items says no place"),
        (PAGE + "items = ''\n", 4, "items says no place"),
        (PAGE + "items = 'li['\n", 4, "no CSS selector: 'li['"),
        (PAGE + "items = 'li'\nitem_title = '>>'\n", 5, "item_title is no CSS selector"),
        (PAGE + "items = 'li'\nitem_date = 'time@datetime'\nitem_link = 'a::x@href'\n", 6, "item_link"),
        (PAGE + "items = ['li']\n", 4, "wrong type"),
        (PAGE + "items = 'li'\ndate_pattern = '('\n", 5, "date_pattern cannot be read"),
        (PAGE + f"items = 'li'\ndate_pattern = '{'a' * 600}'\n", 5, "longer than 500"),
        (PAGE + f"items = '{'a' * 600}'\n", 4, "items"),
        (PAGE + "items = 'li'\nitem_titel = 'a'\n", 5, "did you mean item_title"),
        (PAGE + "items = 'li'\n" + PAGE.replace('"p"', '"q"') + "items = 'li'\n", 7, "address of"),
    ],
)  # fmt: skip
def test_a_wrong_page_table_names_line_and_key(text: str, line: int, words: str) -> None:
    from tracker.errors import UsageProblem

    with pytest.raises(UsageProblem) as caught:
        config.parse(text, "feeds.toml")
    assert str(caught.value).startswith(f"feeds.toml:{line}:")
    assert words in str(caught.value)
