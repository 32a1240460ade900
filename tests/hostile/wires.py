"""Misbehaviour of servers below HTTP and in packing; and healthy feeds."""

from __future__ import annotations

import gzip
import socket
import struct
import time
import zlib
from collections.abc import Callable
from typing import Any

from tests.hostile.make import (
    MB,
    atom,
    brotli_stored,
    cached,
    gzip_bomb,
    jsonfeed,
    make_items,
    rdf,
    rss,
    rss_item,
    titled,
    zstd_bomb,
    zstd_stored,
)
from tests.hostile.registry import (
    RSSH,
    Conn,
    Entries,
    Outcomes,
    add,
    b,
    body,
)

BOMB_MB = 200  # unpacked size of the compression bombs

# =============================================================================== healthy feeds

body(
    "ok_rss", "healthy", "plain RSS 2.0", "ok", 5, lambda: rss(make_items("ok_rss", 5)), priority=1
)
body(
    "ok_atom",
    "healthy",
    "plain Atom 1.0",
    "ok",
    5,
    lambda: atom(make_items("ok_atom", 5)),
    "application/atom+xml",
    priority=1,
)
body(
    "ok_json",
    "healthy",
    "JSON Feed 1.1",
    "ok",
    5,
    lambda: jsonfeed(make_items("ok_json", 5)),
    "application/feed+json",
    priority=1,
)
body(
    "ok_rdf",
    "healthy",
    "RSS 1.0 (RDF) without GUIDs or dates",
    "ok",
    3,
    lambda: rdf(make_items("ok_rdf", 3)),
    "application/rdf+xml",
    priority=1,
)
body(
    "ok_gbk",
    "healthy",
    "GBK feed that says so in the XML declaration",
    "ok",
    3,
    lambda: rss(
        titled("ok_gbk", ["英伟达恢复销售", "国产芯片份额上升", "商务部回应"]), encoding="gbk"
    ),
    "application/rss+xml",
    title_has="英伟达",
    priority=1,
)
body(
    "ok_big5",
    "healthy",
    "Big5 feed that says so",
    "ok",
    3,
    lambda: rss(titled("ok_big5", ["輝達恢復銷售", "晶片出口管制", "市占率"]), encoding="big5"),
    "application/rss+xml",
    title_has="輝達",
    priority=1,
)
body("ok_empty", "healthy", "valid feed with no item at all", "ok", 0, lambda: rss([]), priority=1)


@b("ok_gzip", "healthy", "gzip transfer, as most servers do", "ok", 5, priority=1)
def _(c: Conn) -> None:
    c.reply(
        200,
        gzip.compress(rss(make_items("ok_gzip", 5)), mtime=0),
        {"Content-Encoding": "gzip", "Content-Type": RSSH},
    )


@b("ok_chunked", "healthy", "chunked transfer with trailers", "ok", 5, priority=1)
def _(c: Conn) -> None:
    c.head(200, {"Transfer-Encoding": "chunked", "Trailer": "X-T"})
    data = rss(make_items("ok_chunked", 5))
    for at in range(0, len(data), 700):
        part = data[at : at + 700]
        c.raw(b"%x;ext=1\r\n" % len(part) + part + b"\r\n")
    c.raw(b"0\r\nX-T: 1\r\n\r\n")


@b(
    "ok_http10",
    "healthy",
    "HTTP/1.0 answer, end of body is the end of the connection",
    "ok",
    5,
    priority=1,
)
def _(c: Conn) -> None:
    c.head(200, version="HTTP/1.0")
    c.raw(rss(make_items("ok_http10", 5)))


@b(
    "ok_etag",
    "healthy",
    "proper ETag: the second poll must send If-None-Match and gets 304",
    "not_modified",
    5,
    polls=2,
    checks=("conditional_second",),
    priority=1,
)
def _(c: Conn) -> None:
    tag = '"v1-etag"'
    if c.headers.get("if-none-match") == tag:
        c.reply(304, b"", {"ETag": tag, "Content-Length": None})
    else:
        c.reply(200, rss(make_items("ok_etag", 5)), {"ETag": tag})


@b(
    "ok_lastmod",
    "healthy",
    "only Last-Modified: the second poll must send If-Modified-Since",
    "not_modified",
    5,
    polls=2,
    checks=("conditional_second",),
    priority=1,
)
def _(c: Conn) -> None:
    stamp = "Tue, 15 Jul 2025 08:00:00 GMT"
    if c.headers.get("if-modified-since") == stamp:
        c.reply(304, b"", {"Last-Modified": stamp, "Content-Length": None})
    else:
        c.reply(200, rss(make_items("ok_lastmod", 5)), {"Last-Modified": stamp})


# ================================================================== connection and transfer faults

add(
    "net_refused",
    "network",
    "nothing listens on the port",
    "error",
    0,
    None,
    url="{closed}/feed",
    priority=1,
)
add(
    "net_dns",
    "network",
    "host name that cannot exist (.invalid)",
    "error",
    0,
    None,
    url="http://no-such-host.invalid/feed",
    priority=1,
)
add(
    "net_tls_plain",
    "network",
    "https address on a port that speaks plain HTTP",
    "error",
    0,
    None,
    url="https://127.0.0.1:{port}/b/ok_rss",
    priority=1,
)
add(
    "net_tls_selfsigned",
    "network",
    "self-signed certificate (needs the openssl command; else left out)",
    "error",
    0,
    None,
    url="{tls}/b/ok_rss",
    priority=1,
)


@b("net_reset", "network", "connection reset instead of an answer", "error", 0, priority=1)
def _(c: Conn) -> None:
    c.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    c.sock.close()  # linger 0: the close sends a reset


@b("net_empty_reply", "network", "connection closed without a byte", "error", 0, priority=1)
def _(c: Conn) -> None:
    pass


@b("net_silent", "network", "accepts the connection and never answers", "error", 0, priority=1)
def _(c: Conn) -> None:
    while c.nap(1):
        pass


@b(
    "net_slow_body",
    "network",
    "one body byte each half second: only a total deadline helps",
    "error",
    0,
    priority=1,
)
def _(c: Conn) -> None:
    data = rss(make_items("slow", 3))
    c.head(200, {"Content-Length": str(len(data))})
    for ch in data:
        if not c.nap(0.5) or not c.raw(bytes([ch])):
            return


@b(
    "net_slow_but_fine",
    "network",
    "a slow honest server: three seconds in all, must still work",
    "ok",
    3,
    priority=1,
)
def _(c: Conn) -> None:
    data = rss(make_items("slowfine", 3))
    c.head(200, {"Content-Length": str(len(data))})
    step = len(data) // 6 + 1
    for at in range(0, len(data), step):
        time.sleep(0.5)
        c.raw(data[at : at + step])


@b(
    "net_endless_items",
    "network",
    "items without end, as fast as possible (200 MB or 60 s)",
    "error",
    (0, 2000),
    rss_mb=256,
    priority=1,
)
def _(c: Conn) -> None:
    c.head(200)
    first = rss(make_items("endless", 1))
    c.raw(first[: first.index(b"</channel>")])
    i = 1
    while c.raw("".join(rss_item(x) for x in make_items("endless", 200, i)).encode()):
        i += 200


@b(
    "net_endless_drip_chunks",
    "network",
    "chunked body, a small comment each 0.2 s for ever",
    "error",
    0,
    priority=1,
)
def _(c: Conn) -> None:
    c.head(200, {"Transfer-Encoding": "chunked"})
    c.raw(b"15\r\n<?xml version='1.0'?>\r\n")
    while c.nap(0.2) and c.raw(b"a\r\n<!-- -->  \r\n"):
        pass


@b("net_endless_headers", "network", "header lines without end", "error", 0, priority=1)
def _(c: Conn) -> None:
    c.raw(b"HTTP/1.1 200 OK\r\n")
    i = 0
    while c.raw(b"X-%d: y\r\n" % i) and i < 200000:
        i += 1


@b("net_long_header", "network", "one header line of 1 MB", "error", 0)
def _(c: Conn) -> None:
    c.raw(b"HTTP/1.1 200 OK\r\nX-Long: " + b"a" * MB + b"\r\n\r\n" + rss(make_items("lh", 3)))


@b("net_status_garbage", "network", "the status line is not HTTP", "error", 0)
def _(c: Conn) -> None:
    c.raw(b"\x00\x01\x02 what is this\r\n\r\n")


@b("net_http09", "network", "feed sent without any status line or header", ("error", "ok"), (0, 3))
def _(c: Conn) -> None:
    c.raw(rss(make_items("h09", 3)))


@b(
    "net_header_nocolon",
    "network",
    "a header line without a colon, then a good feed",
    ("ok", "error"),
    (0, 3),
)
def _(c: Conn) -> None:
    data = rss(make_items("nocolon", 3))
    c.raw(
        b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nthis is no header\r\nConnection: close\r\n"
        b"\r\n" + data
    )


@b(
    "net_length_short",
    "network",
    "Content-Length smaller than the body: the feed arrives cut",
    ("ok", "error"),
    (0, 3),
)
def _(c: Conn) -> None:
    data = rss(make_items("cls", 3))
    c.head(200, {"Content-Length": str(len(data) // 2)})
    c.raw(data)


@b(
    "net_length_long",
    "network",
    "Content-Length promises more than is sent, then the connection closes",
    ("ok", "error"),
    (0, 3),
)
def _(c: Conn) -> None:
    data = rss(make_items("cll", 3))
    c.head(200, {"Content-Length": str(len(data) + 5000)})
    c.raw(data)


@b(
    "net_length_10gb",
    "network",
    "Content-Length says 10 GB: must be refused before reading",
    "error",
    0,
    rss_mb=256,
)
def _(c: Conn) -> None:
    c.head(200, {"Content-Length": str(10 * 1024 * MB)})
    blank = b" " * 65536
    while c.raw(blank):
        pass


@b("net_length_text", "network", "Content-Length is not a number", ("ok", "error"), (0, 3))
def _(c: Conn) -> None:
    c.head(200, {"Content-Length": "many"})
    c.raw(rss(make_items("clt", 3)))


@b("net_chunk_bad", "network", "chunk size is not hexadecimal", "error", 0)
def _(c: Conn) -> None:
    c.head(200, {"Transfer-Encoding": "chunked"})
    c.raw(b"zz\r\n" + rss(make_items("cb", 3)) + b"\r\n0\r\n\r\n")


@b("net_chunk_huge", "network", "chunk size of 2^60", ("error", "ok"), (0, 3), rss_mb=256)
def _(c: Conn) -> None:
    c.head(200, {"Transfer-Encoding": "chunked"})
    c.raw(b"fffffffffffffff\r\n" + rss(make_items("ch", 3)))


# ============================================================================== compression faults


def enc(
    name: str, doc: str, outcomes: Outcomes, entries: Entries, make: Callable[[], bytes],
    encoding: str, **kw: Any,
) -> None:  # fmt: skip
    def fn(c: Conn) -> None:
        c.reply(200, make(), {"Content-Encoding": encoding})

    b(name, "compression", doc, outcomes, entries, **kw)(fn)


enc(
    "gz_bomb",
    f"{BOMB_MB} MB of blanks inside 200 KB of gzip",
    "error",
    0,
    lambda: gzip_bomb("gzb", BOMB_MB),
    "gzip",
    rss_mb=256,
    priority=1,
)
enc(
    "deflate_bomb",
    f"{BOMB_MB} MB of blanks as deflate",
    "error",
    0,
    lambda: cached("dfl", lambda: zlib.compress(gzip.decompress(gzip_bomb("gzb", BOMB_MB)), 9)),
    "deflate",
    rss_mb=256,
    priority=1,
)
enc(
    "zstd_bomb",
    f"{BOMB_MB} MB from a few KB of zstd, sent although nobody asked",
    "error",
    0,
    lambda: zstd_bomb(b"<?xml version='1.0'?><rss><channel>", b"</channel></rss>", BOMB_MB),
    "zstd",
    rss_mb=256,
    priority=1,
)
enc(
    "gz_many_layers",
    "60 layers of gzip named in one header, one really there",
    ("error", "ok"),
    (0, 3),
    lambda: gzip.compress(rss(make_items("gml", 3)), mtime=0),
    ", ".join(["gzip"] * 60),
)
enc(
    "gz_lie",
    "says gzip, sends plain XML",
    ("error", "ok"),
    (0, 3),
    lambda: rss(make_items("gzl", 3)),
    "gzip",
)
enc(
    "gz_cut",
    "gzip stream cut in the middle",
    ("error", "ok"),
    (0, 3),
    lambda: gzip.compress(rss(make_items("gzc", 40)), mtime=0)[:300],
    "gzip",
)
enc(
    "gz_badcrc",
    "gzip with a wrong checksum",
    ("error", "ok"),
    (0, 3),
    lambda: gzip.compress(rss(make_items("gzx", 3)), mtime=0)[:-8] + b"\0" * 8,
    "gzip",
)
enc(
    "deflate_raw",
    "raw deflate without the zlib header (common server bug)",
    ("ok", "error"),
    (0, 3),
    lambda: (lambda z: z.compress(rss(make_items("dr", 3))) + z.flush())(
        zlib.compressobj(9, zlib.DEFLATED, -15)
    ),
    "deflate",
)
enc(
    "br_unasked",
    "Brotli although it was perhaps not asked for",
    ("ok", "error"),
    (0, 3),
    lambda: brotli_stored(rss(make_items("bru", 3))),
    "br",
)
enc(
    "zstd_unasked",
    "zstd although it was perhaps not asked for",
    ("ok", "error"),
    (0, 3),
    lambda: zstd_stored(rss(make_items("zsu", 3))),
    "zstd",
)
enc(
    "enc_unknown",
    "Content-Encoding: quantum",
    ("error", "ok"),
    (0, 3),
    lambda: rss(make_items("eu", 3)),
    "quantum",
)
enc(
    "enc_identity",
    "Content-Encoding: identity (legal)",
    "ok",
    3,
    lambda: rss(make_items("ei", 3)),
    "identity",
)
