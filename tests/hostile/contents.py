"""Misbehaviour of documents: what is no feed, broken and dangerous XML."""

from __future__ import annotations

from tests.hostile.make import (
    MB,
    make_items,
    rss,
    titled,
)
from tests.hostile.registry import (
    Conn,
    b,
    body,
)

# ============================================================================ wrong or broken content

HTML_PAGE = (
    b"<!DOCTYPE html><html><head><title>Welcome</title><link rel='alternate' "
    b"type='application/rss+xml' href='/t/ok3/disc'></head><body><h1>News</h1><p>x</p></body></html>"
)
body(
    "c_html",
    "content",
    "a web page instead of a feed: an error, no silent guess",
    "error",
    0,
    HTML_PAGE,
    "text/html",
    priority=1,
)
body(
    "c_html_as_rss",
    "content",
    "a web page labelled as RSS (captive portal, parked domain)",
    "error",
    0,
    HTML_PAGE,
    priority=1,
)
body(
    "c_captcha",
    "content",
    "200 with a bot-check page",
    "error",
    0,
    b"<html><head><title>Just a moment...</title></head><body><noscript>Enable JavaScript</noscript></body></html>",
    "text/html",
    priority=1,
)
body(
    "c_wrongtype",
    "content",
    "good RSS served as text/html",
    "ok",
    3,
    lambda: rss(make_items("wt", 3)),
    "text/html",
    priority=1,
)
body(
    "c_octet",
    "content",
    "good RSS served as application/octet-stream",
    "ok",
    3,
    lambda: rss(make_items("oct", 3)),
    "application/octet-stream",
)
body(
    "c_image",
    "content",
    "good RSS served as image/png",
    ("ok", "error"),
    (0, 3),
    lambda: rss(make_items("img", 3)),
    "image/png",
)
body(
    "c_notype",
    "content",
    "no Content-Type header at all",
    "ok",
    3,
    lambda: rss(make_items("nt", 3)),
    None,
)
body(
    "c_badtype",
    "content",
    "Content-Type header is nonsense",
    ("ok", "error"),
    (0, 3),
    lambda: rss(make_items("bt", 3)),
    ';;; charset=="',
)
body("c_zero", "content", "200 with zero bytes", ("error", "ok"), 0, b"", priority=1)
body("c_blank", "content", "200 with blanks only", ("error", "ok"), 0, b"   \r\n\r\n  ")
body(
    "c_binary",
    "content",
    "random-looking bytes as RSS",
    "error",
    0,
    bytes((i * 7919 + 13) % 256 for i in range(20000)),
)
body(
    "c_pdf",
    "content",
    "a PDF header and junk",
    "error",
    0,
    b"%PDF-1.7\n" + bytes(range(256)) * 40,
    "application/pdf",
)
body(
    "c_cut",
    "content",
    "XML cut in the middle of the third item",
    ("ok", "error"),
    (0, 4),
    lambda: rss(make_items("cut", 5))[:-700],
    priority=1,
)
body(
    "c_trailing",
    "content",
    "script junk after the closing tag",
    ("ok", "error"),
    (0, 3),
    lambda: rss(make_items("trail", 3)) + b"<script>x</script>\n<!-- cached -->&",
)
body(
    "c_two_roots",
    "content",
    "two feeds pasted together",
    ("ok", "error"),
    (0, 6),
    lambda: rss(make_items("root1", 3)) + rss(make_items("root2", 3)),
)
body(
    "c_ampersand",
    "content",
    "bare & in titles and links",
    "ok",
    3,
    lambda: rss(
        [
            dict(i, title_raw="AT&T & Nvidia", link_raw=f"https://news.example/?a=1&b={n}")
            for n, i in enumerate(make_items("amp", 3))
        ]
    ),
    title_has="Nvidia",
    priority=1,
)
body(
    "c_html_entities",
    "content",
    "undeclared &nbsp; &mdash; &eacute;",
    "ok",
    3,
    lambda: rss(
        [dict(i, title_raw="Trade&nbsp;talks&mdash;caf&eacute;") for i in make_items("ent", 3)]
    ),
    title_has="Trade",
    priority=1,
)
body(
    "c_unclosed",
    "content",
    "tags never closed",
    ("ok", "error"),
    (0, 3),
    b"<rss version='2.0'><channel><title>t<item><title>a<link>http://news.example/1<item><title>b",
)
body(
    "c_deep",
    "content",
    "60 000 nested elements",
    ("error", "ok"),
    (0, 3),
    lambda: (
        b"<rss version='2.0'><channel><item><title>x</title><description>"
        + b"<a>" * 60000
        + b"</a>" * 60000
        + b"</description></item></channel></rss>"
    ),
    priority=1,
)
body(
    "c_attributes",
    "content",
    "one tag with 50 000 attributes",
    ("error", "ok"),
    (0, 3),
    lambda: (
        b"<rss version='2.0' "
        + b" ".join(b"a%d='x'" % i for i in range(50000))
        + b"><channel><title>t</title></channel></rss>"
    ),
)
body(
    "c_big_title",
    "content",
    "one title of 1 MB",
    ("ok", "error"),
    (0, 3),
    lambda: rss(titled("bigtitle", ["A" * MB, "normal", "normal 2"])),
    priority=1,
)
body(
    "c_big_entry",
    "content",
    "one description of 5 MB of HTML",
    ("ok", "error"),
    (0, 3),
    lambda: rss(
        [
            dict(i, summary="<p>word " * 600000 if n == 0 else "s")
            for n, i in enumerate(make_items("bigentry", 3))
        ]
    ),
    seconds=60,
    rss_mb=512,
)
body(
    "c_5000",
    "content",
    "5 000 honest entries (about 1.7 MB)",
    "ok",
    (200, 5000),
    lambda: rss(make_items("five", 5000)),
    seconds=60,
    priority=1,
)
body(
    "c_10mb",
    "content",
    "a 10 MB feed: stored, or refused with a clear size message, within bounds",
    ("ok", "error"),
    (0, 30000),
    lambda: rss(make_items("ten", 29000)),
    seconds=90,
    rss_mb=700,
    priority=1,
)
body(
    "c_same_100k",
    "content",
    "100 000 tiny items: flood",
    ("ok", "error"),
    (0, 100000),
    lambda: (
        b"<rss version='2.0'><channel><title>t</title>"
        + b"".join(b"<item><guid>%d</guid></item>" % i for i in range(100000))
        + b"</channel></rss>"
    ),
    seconds=120,
    rss_mb=1024,
)
body(
    "c_redos_lt",
    "content",
    "400 KB of '<' and unclosed markup for loose parsers",
    ("ok", "error"),
    (0, 3),
    lambda: (
        b"<rss version='2.0'><channel><item><title>x</title><description>"
        + b"<![CDATA[<!" * 20000
        + b"<a " * 60000
    ),
    seconds=45,
    priority=1,
)
body(
    "c_redos_amp",
    "content",
    "300 KB of '&#' starts",
    ("ok", "error"),
    (0, 3),
    lambda: (
        b"<rss version='2.0'><channel><item><title>"
        + b"&#" * 75000
        + b"&a" * 75000
        + b"</title></item></channel></rss>"
    ),
    seconds=45,
)

# ----- XML entities
LAUGHS = (
    '<!DOCTYPE rss [<!ENTITY a "lollollollollol">'
    + "".join(f'<!ENTITY {chr(98 + i)} "{("&" + chr(97 + i) + ";") * 10}">' for i in range(9))
    + "]>"
)
body(
    "x_laughs",
    "xml",
    "billion laughs: nested entities",
    ("error", "ok"),
    (0, 3),
    lambda: rss([dict(i, title_raw="&j;") for i in make_items("laugh", 3)], doctype=LAUGHS),
    rss_mb=256,
    priority=1,
)
body(
    "x_quadratic",
    "xml",
    "one 50 KB entity used 4 000 times",
    ("error", "ok"),
    (0, 3),
    lambda: rss(
        [dict(i, summary_raw="&q;" * 1333) for i in make_items("quad", 3)],
        doctype='<!DOCTYPE rss [<!ENTITY q "' + "q" * 50000 + '">]>',
    ),
    rss_mb=256,
    priority=1,
)
body(
    "x_external_file",
    "xml",
    "external entity names a local file: nothing of it may be stored",
    ("ok", "error"),
    (0, 3),
    lambda: rss(
        [dict(i, title_raw="A&xxe;B") for i in make_items("xfile", 3)],
        doctype='<!DOCTYPE rss [<!ENTITY xxe SYSTEM "file:///etc/passwd">]>',
    ),
    checks=("no_title:root:",),
    priority=1,
)


@b(
    "x_external_http",
    "xml",
    "external entity names a web address: never requested",
    ("ok", "error"),
    (0, 3),
    checks=("no_canary",),
    priority=1,
)
def _(c: Conn) -> None:
    c.reply(
        200,
        rss(
            [dict(i, title_raw="A&xxe;B") for i in make_items("xhttp", 3)],
            doctype=c.server.fill(
                '<!DOCTYPE rss [<!ENTITY xxe SYSTEM "{elsewhere}/canary/x_external_http">]>'
            ),
        ),
    )
