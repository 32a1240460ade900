"""Redirects that lead astray, and bodies that cost more than they say."""

from __future__ import annotations

from collections.abc import Callable

from tests.hostile.make import make_items, rss, titled
from tests.hostile.registry import Conn, Outcomes, add, b, body


def _to(place: str, status: int) -> Callable[[Conn], None]:
    return lambda c: c.reply(status, b"", {"Location": c.server.fill(place)})


def _lure(name: str, place: str, outcomes: Outcomes = "error", entries: int = 0,
          status: int = 301, group: str = "redirect", checks: tuple[str, ...] = ()) -> None:  # fmt: skip
    add(name, group, f"{status} to {place}", outcomes, entries, _to(place, status), checks=checks)


_lure("r_user", "http://who:secret@127.0.0.1:{port}/t/ok3/user", "moved", 3,
      checks=("stored:/t/ok3/user",))  # fmt: skip
_lure("r_fragment", "{base}/t/ok3/fragment#top", "moved", 3, checks=("stored:/t/ok3/fragment",))
_lure("r_capitals", "HTTP://127.0.0.1:{port}/t/ok3/capitals", "moved", 3)
_lure("r_gone", "{base}/t/status/410", "gone")
_lure("r_gone_for_now", "{base}/t/status/410", "error", status=302)
_lure("r_endless_path", "{base}/t/ok3/" + "x" * 60_000)
_lure("r_port_0", "http://127.0.0.1:0/")

for _name, _place in {
    "user": "http://127.0.0.1:{port}@127.0.0.2:{canary_port}/canary/r_private_user",
    "backslash": "http://127.0.0.1:{port}\\@127.0.0.2:{canary_port}/canary/r_private_backslash",
    "tab": "\thttp://127.0\t.0.2:{canary_port}/canary/r_private_tab",
    "bare": "//127.0.0.2:{canary_port}/canary/r_private_bare",
    "mapped": "http://[::ffff:127.0.0.2]:{canary_port}/canary/r_private_mapped",
    "compatible": "http://[::7f00:2]:{canary_port}/canary/r_private_compatible",
    "zone": "http://[::1%25lo]:{canary6_port}/canary/r_private_zone",
    "octal": "http://0177.0.0.2:{canary_port}/canary/r_private_octal",
    "hex": "http://0x7f000002:{canary_port}/canary/r_private_hex",
    "dot": "http://127.0.0.2.:{canary_port}/canary/r_private_dot",
    "escaped": "http://%31%32%37.0.0.2:{canary_port}/canary/r_private_escaped",
    "null": "http://0:{canary_port}/canary/r_private_null",
}.items():
    _lure(f"r_private_{_name}", _place, group="ssrf", checks=("no_canary",))


@b("r_endless_body", "redirect", "302 with a body without an end", "ok", 3, rss_mb=256)
def _(c: Conn) -> None:
    c.head(302, {"Location": c.server.fill("{base}/t/ok3/endless")})
    while c.raw(b"x" * 65536):
        pass


@b("r_cookie_loop", "redirect", "to itself until a cookie comes back", "error", 0,
   checks=("requests<=11",))  # fmt: skip
def _(c: Conn) -> None:
    c.reply(302, b"", {"Location": c.server.fill("{base}/b/r_cookie_loop"), "Set-Cookie": "a=b"})


def _item(inner: str) -> bytes:
    return f"<rss version='2.0'><channel><title>t</title>{inner}</channel></rss>".encode()


def _long_text(n: int, words: str) -> str:
    return f"<item><title>t{n}</title><guid>{n}</guid><description>{words}</description></item>"


body("c_nest_open", "content", "a million elements left open inside an item", ("error", "ok"),
     (0, 1), lambda: _item("<item><title>x</title><description>" + "<a>" * 1_300_000), rss_mb=256)  # fmt: skip
body("c_items_bare", "content", "a million items without content", ("error", "ok"), (0, 5000),
     lambda: _item("<item/>" * 1_000_000), rss_mb=256)  # fmt: skip
body("c_blanks", "content", "20,000 blanks in a row in each of 50 texts", "ok", 50,
     lambda: _item("".join(_long_text(n, "&lt;p&gt;x" + " " * 20_000 + "y") for n in range(50))))  # fmt: skip
body("c_gbk_large", "content", "7 MB of GBK that does not say so", ("ok", "error"), (0, 5000),
     lambda: _item("".join(_long_text(n, "出口管制新闻" * 110) for n in range(4900)))
     .decode().encode("gbk"), seconds=90, rss_mb=256)  # fmt: skip
body("c_xml_as_json", "content", "RSS under application/json", "ok", 3,
     lambda: rss(make_items("as_json", 3)), "application/json")  # fmt: skip
body("c_opml", "content", "a list of feeds", "error", 0,
     b"<?xml version='1.0'?><opml version='2.0'><body><outline xmlUrl='http://a.example/'/></body></opml>")  # fmt: skip
body("c_soap", "content", "another XML that also has an item", "error", 0,
     b"<s:Envelope xmlns:s='urn:s'><s:Body><item/></s:Body></s:Envelope>")  # fmt: skip
body("x_laughs_late", "xml", "a bomb of entities behind 70 KB of comment", ("ok", "error"), (0, 1),
     lambda: (f"<?xml version='1.0'?><!--{' ' * 70_000}--><!DOCTYPE r [<!ENTITY a 'aaaaaaaaaa'>"
              + "".join(f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>" for n in range(12))
              + "]>").encode() + _item("<item><title>&m;</title></item>"), rss_mb=256)  # fmt: skip
body("e_iso2022", "encoding", "ISO-2022-JP: seven bits, and no ASCII", "ok", 1,
     lambda: rss(titled("iso2022", ["輸出管理"]), encoding="iso-2022-jp"), "application/xml",
     title_has="輸出管理")  # fmt: skip
body("e_hz", "encoding", "HZ, the GB 2312 of mail: seven bits", "ok", 1,
     lambda: rss(titled("hz", ["出口管制"]), encoding="hz"), "application/xml",
     title_has="出口管制")  # fmt: skip
body("i_stolen", "entries", "guids and links of another feed under other headlines", "ok", 5,
     lambda: rss(titled("ok_rss", ["STOLEN"] * 5)))  # fmt: skip
