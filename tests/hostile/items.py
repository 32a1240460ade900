"""Misbehaviour of entries: identities, dates, text that steers terminals; addresses of users."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tests.hostile.make import (
    jsonfeed,
    make_items,
    rss,
    titled,
)
from tests.hostile.registry import (
    Conn,
    b,
    body,
    urlonly,
)

JT = "application/feed+json"

# ============================================================================ entry-level surprises

body(
    "i_dup_guid",
    "entries",
    "the same GUID three times in one feed: one entry",
    "ok",
    1,
    lambda: rss([dict(i, guid="urn:dup:1") for i in make_items("dup", 3)]),
    priority=1,
)
body(
    "i_no_guid",
    "entries",
    "no GUID: the link identifies the entry",
    "ok",
    3,
    polls=2,
    make=lambda: rss([dict(i, guid=None) for i in make_items("noguid", 3)]),
    priority=1,
)
body(
    "i_no_guid_link",
    "entries",
    "neither GUID nor link: title and date must do, not twice on the second poll",
    ("ok", "error"),
    (0, 3),
    polls=2,
    make=lambda: rss([dict(i, guid=None, link=None) for i in make_items("ngl", 3)]),
    priority=1,
)
body(
    "i_nothing",
    "entries",
    "items without any field",
    ("ok", "error"),
    (0, 3),
    polls=2,
    make=b"<rss version='2.0'><channel><title>t</title><item></item><item/><item> </item></channel></rss>",
)
body(
    "i_guid_huge",
    "entries",
    "GUID of 200 KB",
    ("ok", "error"),
    (0, 3),
    lambda: rss([dict(i, guid="g" * 200000 + str(n)) for n, i in enumerate(make_items("gh", 3))]),
)
body(
    "i_guid_odd",
    "entries",
    "GUIDs that differ only in case and blanks",
    "ok",
    (2, 3),
    lambda: rss(
        [
            dict(i, guid=g)
            for i, g in zip(make_items("go", 3), ("urn:X:1", "urn:x:1", " urn:X:1 "), strict=True)
        ]
    ),
)


@b(
    "i_guid_changes",
    "entries",
    "new GUIDs on every poll, same links: not stored twice",
    "ok",
    3,
    polls=3,
    priority=1,
)
def _(c: Conn) -> None:
    c.reply(
        200, rss([dict(i, guid=f"urn:chg:{c.n}:{n}") for n, i in enumerate(make_items("chg", 3))])
    )


@b(
    "i_title_edited",
    "entries",
    "same GUID, edited title on the second poll: updated, not doubled",
    "ok",
    3,
    polls=2,
    title_has="EDITED",
    priority=1,
)
def _(c: Conn) -> None:
    its = make_items("edit", 3)
    if c.n > 1:
        its[0]["title"] = "EDITED " + its[0]["title"]
    c.reply(200, rss(its))


@b(
    "i_shrinks",
    "entries",
    "the second poll shows only the newest item: older ones stay stored",
    "ok",
    5,
    polls=2,
    priority=1,
)
def _(c: Conn) -> None:
    c.reply(200, rss(make_items("shrink", 5) if c.n == 1 else make_items("shrink", 1, 4)))


def dates(name: str, doc: str, values: Sequence[str | None], **kw: Any) -> None:
    body(
        name,
        "dates",
        doc,
        kw.pop("outcomes", "ok"),
        kw.pop("entries", len(values)),
        lambda: rss(
            [dict(i, date=v) for i, v in zip(make_items(name, len(values)), values, strict=True)]
        ),
        **kw,
    )


dates(
    "d_future",
    "dated 2099 and next century: stored, but not on top of 'latest' for ever",
    ["Thu, 31 Dec 2099 23:59:59 GMT", "Fri, 01 Jan 2199 00:00:00 GMT"],
    priority=1,
)
dates(
    "d_epoch",
    "1 January 1970 and 1900",
    ["Thu, 01 Jan 1970 00:00:00 GMT", "Mon, 01 Jan 1900 00:00:00 GMT"],
    priority=1,
)
dates(
    "d_garbage",
    "texts that are no dates",
    ["not a date", "00/00/0000", "32 Foo 2025", "", "NaN", "1e400"],
    priority=1,
)
dates("d_missing", "no date at all", [None, None, None], polls=2, priority=1)
dates(
    "d_chinese",
    "Chinese date forms",
    ["2025年7月15日 08:00", "2025年07月15日", "星期二, 15 七月 2025 08:00:00 +0800"],
)
dates(
    "d_huge_digits",
    "a date of 5 000 digits",
    ["9" * 5000, "2025-07-15T08:00:00." + "9" * 5000 + "Z"],
)

# ---------------------------------------------------- hostile text: what a terminal or export must not repeat

ESC, BEL, ST = "\x1b", "\x07", "\x1b\\"


def text(name: str, doc: str, titles: list[str], **kw: Any) -> None:
    """Delivered as JSON Feed, where every control character is legal as an escape."""

    def fn(c: Conn) -> None:
        its = titled(
            name,
            [c.server.fill(t) if "{" in t and "}" in t and "elsewhere" in t else t for t in titles],
        )
        for i in its:
            i["summary"] = i["title"]
        c.reply(200, jsonfeed(its, title=titles[0]), {"Content-Type": JT})

    b(name, "text", doc, kw.pop("outcomes", "ok"), kw.pop("entries", len(titles)), **kw)(fn)


text(
    "t_sgr",
    "colour and blink codes in titles",
    [f"{ESC}[31;5mRED{ESC}[0m", f"{ESC}[8mhidden{ESC}[0m"],
    priority=1,
)
text(
    "t_cursor",
    "clear screen, cursor moves, alternate screen, scroll region",
    [
        f"{ESC}[2J{ESC}[H",
        f"{ESC}[1A{ESC}[2Kfaked line",
        f"{ESC}[?1049h",
        f"{ESC}[1;1r",
        f"{ESC}c",
        f"{ESC}[6n",
    ],
    priority=1,
)
text(
    "t_osc52",
    "clipboard write (OSC 52)",
    [f"{ESC}]52;c;cm0gLXJmIH4={BEL}x", f"{ESC}]52;p;cm0gLXJmIH4={ST}y"],
    priority=1,
)
text(
    "t_osc8",
    "hyperlink that points elsewhere (OSC 8)",
    [
        f"{ESC}]8;;http://evil.example/{ST}https://reuters.com/{ESC}]8;;{ST}",
        f"{ESC}]8;;file:///etc/passwd{BEL}click",
    ],
    priority=1,
)
text(
    "t_osc_title",
    "window title, colour palette, notification, working directory (OSC 0, 4, 9, 7)",
    [
        f"{ESC}]0;pwned{BEL}a",
        f"{ESC}]4;1;rgb:ff/ff/ff{BEL}b",
        f"{ESC}]9;hello{BEL}c",
        f"{ESC}]7;file:///{BEL}d",
    ],
    priority=1,
)
text(
    "t_c1",
    "8-bit controls (U+009B CSI, U+009D OSC, U+0090 DCS)",
    ["\x9b31mred", "\x9d52;c;cm0=\x07", "\x90q\x9c", "\x85next line", "\x84\x8d"],
    priority=1,
)
text(
    "t_c0",
    "bell, backspace, carriage return, vertical tab, shift out, DEL",
    [
        "ring\x07",
        "safe\x08\x08\x08\x08evil",
        "real title\rFAKE TITLE",
        "a\x0bb\x0cc",
        "\x0e lines \x0f",
        "del\x7f",
    ],
    priority=1,
)
text(
    "t_newlines",
    "line breaks, tabs and U+2028/2029 in titles",
    ["one\ntwo", "one\r\ntwo", "a\tb", "p\u2028q\u2029r", "\n\n\n"],
    priority=1,
)
text(
    "t_zero_width",
    "zero-width, joiners, BOM, soft hyphen, tag characters, Hangul fillers",
    [
        "Nvi\u200bdia",
        "a\u200c\u200d\u2060b",
        "\ufeffstart",
        "so\u00adft",
        "\U000e0041\U000e0042tags",
        "\u3164\u115f",
    ],
    priority=1,
)
text(
    "t_zalgo",
    "800 combining marks on one letter; wide and emoji sequences",
    ["Z" + "\u0301\u0316" * 400, "👨‍👩‍👧‍👦" * 50, "＜ＦＵＬＬ＞", "﷽" * 40],
)
text(
    "t_rich",
    "Rich markup: tags, links, unbalanced closers, escapes",
    [
        "[bold]x[/bold]",
        "[/red]",
        "[link=http://evil.example]click[/link]",
        "[red",
        "\\[bold]x",
        "[@click=app.quit]x[/]",
        "[[[]]]",
        "[blink reverse]",
        "[/]",
        ":smiley: :bomb:",
        "[H20] licence",
        "\\",
    ],
    priority=1,
)
text(
    "t_template",
    "format strings, shell and template syntax",
    [
        "{0} {__class__.__mro__}",
        "%s%n%x",
        "${HOME} `id` $(id) ; rm -rf /",
        "{{7*7}}",
        "!!",
        "-rf",
        "| cat",
        "\\x1b[31m",
    ],
    priority=1,
)
text(
    "t_sql",
    "SQL in titles",
    ["'); DROP TABLE entries;--", '" OR 1=1 --', "Robert'); DELETE FROM events;"],
    priority=1,
)
text(
    "t_fts",
    "FTS5 query syntax in titles",
    ['" OR NEAR( *', "AND", "title:*", "-H20", '"unbalanced', "^a + b", "()"],
    priority=1,
)
text(
    "t_csv",
    "spreadsheet formulas in titles",
    [
        "=cmd|'/C calc'!A0",
        "+1+1",
        "-2+3",
        "@SUM(A1)",
        "\t=1",
        '=HYPERLINK("http://evil.example")',
        'quote " and , comma',
        "multi\nline",
    ],
    priority=1,
)
text(
    "t_html",
    "script and event handlers in titles",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "</title><script>x</script>",
        "&lt;b&gt;",
        "<svg/onload=x>",
        "]]><x>",
        "<!--",
        "--><x>",
    ],
    priority=1,
)
text(
    "t_markdown",
    "Markdown link and table breaks",
    ["[x](javascript:alert(1))", "a | b | c", "```", "# head", "![i](http://evil.example/i)"],
)
text(
    "t_path",
    "path traversal in titles and feed name",
    ["../../../../etc/cron.d/x", "..\\..\\x", "/abs/olute", "CON", "a" * 300, "."],
    priority=1,
)
text(
    "t_empty",
    "titles that are empty or only blanks or invisible",
    ["", "   ", "\u200b", "\u00a0"],
    priority=1,
)


def links(name: str, doc: str, urls: list[str], **kw: Any) -> None:
    def fn(c: Conn) -> None:
        its = make_items(name, len(urls))
        for it, u in zip(its, urls, strict=True):
            it["link"] = u
        c.reply(200, jsonfeed(its), {"Content-Type": JT})

    b(name, "text", doc, kw.pop("outcomes", "ok"), kw.pop("entries", (0, len(urls))), **kw)(fn)


links(
    "l_schemes",
    "entry links with schemes that must not become clickable",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:x",
        "java\nscript:x",
        "data:text/html,<script>x</script>",
        "file:///etc/passwd",
        "vbscript:x",
        "ssh://host/",
        "x-apple-helpbasic://x",
        "//evil.example/x",
    ],
    priority=1,
)
links(
    "l_odd",
    "credentials, 100 KB address, homograph, blanks, brackets, relative",
    [
        "https://user:pw@news.example/",
        "https://news.example/" + "a" * 100000,
        "https://аpple.com/",
        "https://news.example/a b",
        "https://[bad",
        "relative/path",
        "",
        "https://news.example/[red]x[/red]",
        "http://169.254.169.254/x",
    ],
)


# ============================================================================ addresses given by the user

urlonly(
    "a_file",
    "file:// address in the configuration; the file holds a good feed",
    "file://{feedfile}",
    priority=1,
)
urlonly(
    "a_path",
    "a bare path of a good feed file in the configuration (feedparser would open it)",
    "{feedfile}",
    priority=1,
)
urlonly(
    "a_xml_text",
    "feed text instead of an address (feedparser would parse it)",
    "<rss version='2.0'><channel><item><title>x</title></item></channel></rss>",
    priority=1,
)
urlonly("a_ftp", "ftp address", "ftp://127.0.0.1:{port}/b/ok_rss")
urlonly("a_data", "data: address", "data:application/rss+xml,%3Crss/%3E")
urlonly(
    "a_feed_scheme",
    "feed:// address (old pseudo-scheme): refused or treated as http",
    "feed://127.0.0.1:{port}/t/ok3/fs",
    outcomes=("refused", "error", "ok"),
    entries=(0, 3),
)
urlonly("a_empty", "empty address", "", priority=1)
urlonly("a_blank", "blanks and line break in the address", " \n ")
urlonly("a_nohost", "no host", "http:///feed")
urlonly("a_badport", "port 99999", "http://127.0.0.1:99999/feed")
urlonly(
    "a_crlf",
    "header injection through the address",
    "http://127.0.0.1:{port}/b/ok_none\r\nX-Evil: 1\r\n\r\n",
    checks=("no_evil_header",),
    priority=1,
)
urlonly(
    "a_private",
    "another private address in the configuration without the user's consent",
    "http://127.0.0.2:{canary_port}/canary/a_private",
    checks=("no_canary",),
)
urlonly("a_idn", "host name with invalid IDN label", "http://xn--\u0000\u2028.example/")
urlonly(
    "a_long",
    "address of 100 KB",
    "http://127.0.0.1:{port}/" + "a" * 100000,
    outcomes=("refused", "error"),
)
