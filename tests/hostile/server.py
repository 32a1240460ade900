# ruff: noqa - one long table of behaviours, kept in the form in which peers were measured
# mypy: ignore-errors
"""A local web server that misbehaves on purpose, and a scorer for feed pollers.

Plain Python 3.11, standard library only, everything on loopback.

  server.py --list                 every behaviour as JSON, with what a good poller shows
  server.py --port 0               serve until interrupted; prints one JSON line with the ports
  server.py --drive "CMD" [...]    run CMD as a poller against every behaviour and score it
  server.py --corpus DIR --drive-corpus "CMD"
                                           serve a folder of feed files (feedparser's own test files,
                                           "Header:" lines honoured) and poll every one of them

Poller protocol (the "adapter", a few lines of glue for each program under test):
  CMD --urls FILE --db PATH --mode force|cron
  FILE is a JSON list of feed URLs. The adapter makes sure that the feeds are known, polls all of
  them once ("force": now; "cron": only those that are due) and prints one JSON object a line:
  {"url": as given, "outcome": see OUTCOMES, "entries": stored so far for that feed,
   "stored_url": the address that the next poll will use, "titles": up to 10, "error": text}
  It exits 0 when the poll as a whole worked, whatever single feeds did.

The tested program has to allow 127.0.0.1 and localhost for the test; every other private
address must stay refused: 127.0.0.2, [::1] and their spellings are canaries that count hits.
"""

from __future__ import annotations

import argparse
import base64
import email.utils
import gzip
import html
import json
import os
import re
import resource
import shlex
import shutil
import signal
import socket
import socketserver
import ssl
import struct
import subprocess
import sys
import tempfile
import threading
import time
import zlib
from pathlib import Path

MB = 1 << 20
LIMIT_BYTES = 200 * MB  # an endless stream stops here
LIMIT_SECONDS = 60.0  # or here
BOMB_MB = 200  # unpacked size of the compression bombs

OUTCOMES = {
    "ok": "entries stored, feed marked healthy (a warning is allowed)",
    "error": "feed error recorded with a reason, nothing lost, next feeds polled",
    "not_modified": "nothing new, feed healthy",
    "moved": "entries stored and the new address stored (permanent redirect)",
    "gone": "feed disabled (410), its entries kept",
    "skipped": "not requested in this poll (back-off or Retry-After window)",
    "refused": "never requested: address or scheme not allowed",
}

# ----------------------------------------------------------------------------- feed builders

HEADLINES = [
    "U.S. to resume licences for Nvidia H20 sales to China",
    "英伟达将恢复向中国销售H20芯片",
    "輝達獲准恢復對中國銷售H20晶片",
    "AMD expects MI308 export licences to be reviewed",
    "Trade talks: joint statement published in Geneva",
]


def make_items(prefix: str, n: int = 3, start: int = 0) -> list[dict]:
    out = []
    for i in range(start, start + n):
        day = 1 + i % 28
        out.append(
            {
                "title": f"{HEADLINES[i % 5]} ({prefix} {i})",
                "link": f"https://news.example/{prefix}/{i}",
                "guid": f"urn:{prefix}:{i}",
                "date": f"{day:02d} Jul 2025 {i % 24:02d}:00:00 +0000",
                "iso": f"2025-07-{day:02d}T{i % 24:02d}:00:00Z",
                "summary": f"Summary {i} for {prefix}.",
            }
        )
    return out


def esc(s: str) -> str:
    return html.escape(s, quote=True)


def rss_item(it: dict) -> str:
    """Fields that are None are left out; keys that end in _raw go in unescaped."""
    p = ["<item>"]
    for tag, key in (
        ("title", "title"),
        ("link", "link"),
        ("guid", "guid"),
        ("pubDate", "date"),
        ("description", "summary"),
        ("author", "author"),
    ):
        if it.get(key + "_raw") is not None:
            p.append(f"<{tag}>{it[key + '_raw']}</{tag}>")
        elif it.get(key) is not None:
            attr = ' isPermaLink="false"' if tag == "guid" else ""
            p.append(f"<{tag}{attr}>{esc(it[key])}</{tag}>")
    p.append(it.get("extra_raw", ""))
    p.append("</item>")
    return "".join(p)


def rss(
    items: list[dict],
    title: str = "Feed",
    encoding: str = "utf-8",
    declared: str | None = "",
    doctype: str = "",
    channel_raw: str = "",
) -> bytes:
    decl = encoding if declared == "" else declared
    head = f'<?xml version="1.0" encoding="{decl}"?>' if decl else '<?xml version="1.0"?>'
    text = (
        f'{head}{doctype}<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" '
        f'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"><channel><title>{esc(title)}</title>'
        f"<link>https://news.example/</link><description>d</description>{channel_raw}"
        + "".join(rss_item(i) for i in items)
        + "</channel></rss>"
    )
    return text.encode(encoding, "replace" if encoding.startswith("big5") else "strict")


def atom(items: list[dict], title: str = "Feed") -> bytes:
    body = "".join(
        f"<entry><id>{esc(i['guid'])}</id><title>{esc(i['title'])}</title><updated>{i['iso']}</updated>"
        f'<link href="{esc(i["link"])}"/><summary>{esc(i["summary"])}</summary></entry>'
        for i in items
    )
    return (
        f'<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom">'
        f"<id>urn:feed:{esc(title)}</id><title>{esc(title)}</title>"
        f"<updated>2025-07-15T00:00:00Z</updated>{body}</feed>"
    ).encode()


def jsonfeed(items: list[dict], title: str = "Feed", **extra) -> bytes:
    doc = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": title,
        "home_page_url": "https://news.example/",
        "items": [
            {
                "id": i["guid"],
                "url": i["link"],
                "title": i["title"],
                "content_text": i["summary"],
                "date_published": i["iso"],
            }
            for i in items
        ],
    }
    doc.update(extra)
    return json.dumps(doc).encode()  # ASCII escapes, so control characters arrive as \u001b


def rdf(items: list[dict]) -> bytes:
    body = "".join(
        f'<item rdf:about="{esc(i["link"])}"><title>{esc(i["title"])}</title>'
        f"<link>{esc(i['link'])}</link></item>"
        for i in items
    )
    return (
        '<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns="http://purl.org/rss/1.0/"><channel rdf:about="https://news.example/"><title>R</title>'
        f"<link>https://news.example/</link></channel>{body}</rdf:RDF>"
    ).encode()


def titled(name: str, titles: list[str], **over) -> list[dict]:
    its = make_items(name, len(titles))
    for it, t in zip(its, titles):
        it["title"] = t
        it.update(over)
    return its


# ------------------------------------------------------------------ compression without libraries


def brotli_stored(data: bytes) -> bytes:
    """A valid Brotli stream made of uncompressed meta-blocks."""
    out, first = bytearray(), True
    for at in range(0, len(data), 65536):
        part = data[at : at + 65536]
        value, bits = 0, 0
        if first:
            bits, first = 1, False  # window size: a single 0 bit
        bits += 1  # not the last block
        bits += 2  # four nibbles of length
        value |= (len(part) - 1) << bits
        bits += 16
        value |= 1 << bits  # stored as it is
        bits += 1
        out += value.to_bytes((bits + 7) // 8, "little") + part
    return bytes(out + b"\x03")


def zstd_stored(data: bytes) -> bytes:
    out = bytearray(b"\x28\xb5\x2f\xfd\x00\x50")  # magic, no size, 1 MB window
    for at in range(0, len(data), 65536):
        part = data[at : at + 65536]
        last = 1 if at + 65536 >= len(data) else 0
        out += (last | (len(part) << 3)).to_bytes(3, "little") + part
    return bytes(out)


def zstd_bomb(head: bytes, tail: bytes, mb: int) -> bytes:
    out = bytearray(b"\x28\xb5\x2f\xfd\x00\x50")
    out += (len(head) << 3).to_bytes(3, "little") + head
    for _ in range(mb * 8):
        out += (2 | (131072 << 3)).to_bytes(3, "little") + b" "  # 128 KB from one byte
    out += (1 | (len(tail) << 3)).to_bytes(3, "little") + tail
    return bytes(out)


_cache: dict[str, bytes] = {}
_cache_lock = threading.RLock()


def cached(key: str, build) -> bytes:
    with _cache_lock:
        if key not in _cache:
            _cache[key] = build()
        return _cache[key]


def gzip_bomb(name: str, mb: int) -> bytes:
    def build():
        good = rss(make_items(name, 3))
        cut = good.index(b"<item>")
        z = zlib.compressobj(9, zlib.DEFLATED, 31)
        parts = [z.compress(good[:cut] + b"<!--")]
        blank = b" " * MB
        for _ in range(mb):
            parts.append(z.compress(blank))
        parts.append(z.compress(b"-->" + good[cut:]))
        parts.append(z.flush())
        return b"".join(parts)

    return cached(f"gz{name}{mb}", build)


# ------------------------------------------------------------------------------- the registry


class Behaviour:
    def __init__(
        self,
        name,
        group,
        doc,
        outcomes,
        entries,
        fn,
        polls=1,
        mode="force",
        seconds=45.0,
        rss_mb=None,
        url=None,
        checks=(),
        title_has=None,
        priority=2,
    ):
        self.name, self.group, self.doc, self.fn = name, group, doc, fn
        self.outcomes = (outcomes,) if isinstance(outcomes, str) else tuple(outcomes)
        self.entries = (entries, entries) if isinstance(entries, int) else tuple(entries)
        self.polls, self.mode, self.seconds, self.rss_mb = polls, mode, seconds, rss_mb
        self.url, self.checks, self.title_has, self.priority = (
            url,
            tuple(checks),
            title_has,
            priority,
        )

    def expected(self) -> str:
        lo, hi = self.entries
        n = f"{lo}" if lo == hi else f"{lo}-{hi}"
        words = {
            "ok": f"ok with {n} entries",
            "error": "feed error recorded",
            "moved": f"redirect stored, {n} entries",
            "gone": "gone: feed disabled",
            "skipped": "skipped",
            "refused": "refused, never requested",
            "not_modified": "not modified",
        }
        return " or ".join(words[o] for o in self.outcomes)

    def as_json(self) -> dict:
        return {
            "name": self.name,
            "group": self.group,
            "priority": self.priority,
            "url": self.url or "{base}/b/" + self.name,
            "does": self.doc,
            "expected": self.expected(),
            "outcomes": list(self.outcomes),
            "entries": list(self.entries),
            "polls": self.polls,
            "mode": self.mode,
            "max_seconds": self.seconds,
            "max_rss_mb": self.rss_mb,
            "checks": list(self.checks),
            "title_has": self.title_has,
        }


REG: dict[str, Behaviour] = {}


def b(name, group, doc, outcomes, entries, **kw):
    def deco(fn):
        if name in REG:
            raise ValueError("twice: " + name)
        REG[name] = Behaviour(name, group, doc, outcomes, entries, fn, **kw)
        return fn

    return deco


def body(
    name, group, doc, outcomes, entries, make, ctype="application/rss+xml; charset=utf-8", **kw
):
    """A behaviour that is just a fixed body (built on demand) under a content type."""

    def fn(c):
        c.reply(200, make() if callable(make) else make, {"Content-Type": ctype} if ctype else {})

    b(name, group, doc, outcomes, entries, **kw)(fn)


def urlonly(name, doc, url, outcomes=("refused", "error"), **kw):
    REG[name] = Behaviour(name, "address", doc, outcomes, 0, None, url=url, **kw)


# ---------------------------------------------------------------------------- the connection


class Conn:
    def __init__(self, server, sock, method, target, headers, count):
        self.server, self.sock, self.method, self.target = server, sock, method, target
        self.headers, self.n = headers, count  # n: how many times this path was asked, from 1
        self.end = time.monotonic() + server.limit_seconds
        self.sent = 0

    def raw(self, data: bytes) -> bool:
        if time.monotonic() > self.end or self.sent > LIMIT_BYTES or self.server.stopping.is_set():
            return False
        self.sock.sendall(data)
        self.sent += len(data)
        return True

    def nap(self, seconds: float) -> bool:
        """Sleep, but stop when the limit passes or the client hangs up."""
        until = min(time.monotonic() + seconds, self.end)
        while time.monotonic() < until and not self.server.stopping.is_set():
            time.sleep(min(0.1, max(0.0, until - time.monotonic())))
        try:
            self.sock.setblocking(False)
            try:
                if self.sock.recv(1, socket.MSG_PEEK) == b"":
                    return False
            except (BlockingIOError, InterruptedError):
                pass
        except OSError:
            return False
        finally:
            self.sock.setblocking(True)
        return time.monotonic() < self.end

    def head(self, status: int, headers: dict | None = None, version="HTTP/1.1") -> None:
        h = {"Content-Type": "application/rss+xml; charset=utf-8", "Connection": "close"}
        h.update(headers or {})
        lines = [f"{version} {status} {REASONS.get(status, 'Status')}"]
        lines += [f"{k}: {v}" for k, v in h.items() if v is not None]
        self.raw(("\r\n".join(lines) + "\r\n\r\n").encode("utf-8", "surrogateescape"))

    def reply(self, status: int, data: bytes = b"", headers: dict | None = None) -> None:
        h = {"Content-Length": str(len(data))}
        h.update(headers or {})
        self.head(status, h)
        if self.method != "HEAD":
            for at in range(0, len(data), 65536):
                if not self.raw(data[at : at + 65536]):
                    break


REASONS = {
    200: "OK",
    204: "No Content",
    206: "Partial Content",
    226: "IM Used",
    301: "Moved Permanently",
    302: "Found",
    303: "See Other",
    304: "Not Modified",
    307: "Temporary Redirect",
    308: "Permanent Redirect",
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    410: "Gone",
    429: "Too Many Requests",
    500: "Internal Server Error",
    502: "Bad Gateway",
    503: "Service Unavailable",
}

RSSH = "application/rss+xml; charset=utf-8"

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
def _(c):
    c.reply(
        200,
        gzip.compress(rss(make_items("ok_gzip", 5)), mtime=0),
        {"Content-Encoding": "gzip", "Content-Type": RSSH},
    )


@b("ok_chunked", "healthy", "chunked transfer with trailers", "ok", 5, priority=1)
def _(c):
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
def _(c):
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
def _(c):
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
def _(c):
    stamp = "Tue, 15 Jul 2025 08:00:00 GMT"
    if c.headers.get("if-modified-since") == stamp:
        c.reply(304, b"", {"Last-Modified": stamp, "Content-Length": None})
    else:
        c.reply(200, rss(make_items("ok_lastmod", 5)), {"Last-Modified": stamp})


# ================================================================== connection and transfer faults

REG["net_refused"] = Behaviour(
    "net_refused",
    "network",
    "nothing listens on the port",
    "error",
    0,
    None,
    url="{closed}/feed",
    priority=1,
)
REG["net_dns"] = Behaviour(
    "net_dns",
    "network",
    "host name that cannot exist (.invalid)",
    "error",
    0,
    None,
    url="http://no-such-host.invalid/feed",
    priority=1,
)
REG["net_tls_plain"] = Behaviour(
    "net_tls_plain",
    "network",
    "https address on a port that speaks plain HTTP",
    "error",
    0,
    None,
    url="https://127.0.0.1:{port}/b/ok_rss",
    priority=1,
)
REG["net_tls_selfsigned"] = Behaviour(
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
def _(c):
    c.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    c.sock.close()  # linger 0: the close sends a reset


@b("net_empty_reply", "network", "connection closed without a byte", "error", 0, priority=1)
def _(c):
    pass


@b("net_silent", "network", "accepts the connection and never answers", "error", 0, priority=1)
def _(c):
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
def _(c):
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
def _(c):
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
def _(c):
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
def _(c):
    c.head(200, {"Transfer-Encoding": "chunked"})
    c.raw(b"15\r\n<?xml version='1.0'?>\r\n")
    while c.nap(0.2) and c.raw(b"a\r\n<!-- -->  \r\n"):
        pass


@b("net_endless_headers", "network", "header lines without end", "error", 0, priority=1)
def _(c):
    c.raw(b"HTTP/1.1 200 OK\r\n")
    i = 0
    while c.raw(b"X-%d: y\r\n" % i) and i < 200000:
        i += 1


@b("net_long_header", "network", "one header line of 1 MB", "error", 0)
def _(c):
    c.raw(b"HTTP/1.1 200 OK\r\nX-Long: " + b"a" * MB + b"\r\n\r\n" + rss(make_items("lh", 3)))


@b("net_status_garbage", "network", "the status line is not HTTP", "error", 0)
def _(c):
    c.raw(b"\x00\x01\x02 what is this\r\n\r\n")


@b("net_http09", "network", "feed sent without any status line or header", ("error", "ok"), (0, 3))
def _(c):
    c.raw(rss(make_items("h09", 3)))


@b(
    "net_header_nocolon",
    "network",
    "a header line without a colon, then a good feed",
    ("ok", "error"),
    (0, 3),
)
def _(c):
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
def _(c):
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
def _(c):
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
def _(c):
    c.head(200, {"Content-Length": str(10 * 1024 * MB)})
    blank = b" " * 65536
    while c.raw(blank):
        pass


@b("net_length_text", "network", "Content-Length is not a number", ("ok", "error"), (0, 3))
def _(c):
    c.head(200, {"Content-Length": "many"})
    c.raw(rss(make_items("clt", 3)))


@b("net_chunk_bad", "network", "chunk size is not hexadecimal", "error", 0)
def _(c):
    c.head(200, {"Transfer-Encoding": "chunked"})
    c.raw(b"zz\r\n" + rss(make_items("cb", 3)) + b"\r\n0\r\n\r\n")


@b("net_chunk_huge", "network", "chunk size of 2^60", ("error", "ok"), (0, 3), rss_mb=256)
def _(c):
    c.head(200, {"Transfer-Encoding": "chunked"})
    c.raw(b"fffffffffffffff\r\n" + rss(make_items("ch", 3)))


# ============================================================================== compression faults


def enc(name, doc, outcomes, entries, make, encoding, **kw):
    def fn(c):
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


# ================================================================================= redirects


def redir(name, doc, status, location, outcomes, entries, extra=None, **kw):
    def fn(c):
        c.reply(
            status,
            b"",
            {"Location": c.server.fill(location), **(extra or {})}
            if location is not None
            else extra,
        )

    b(name, kw.pop("group", "redirect"), doc, outcomes, entries, **kw)(fn)


redir(
    "r301",
    "moved permanently: new address stored for the next poll",
    301,
    "{base}/t/ok3/r301",
    "moved",
    3,
    checks=("stored:/t/ok3/r301",),
    priority=1,
)
redir(
    "r308",
    "308 permanent redirect: new address stored",
    308,
    "{base}/t/ok3/r308",
    "moved",
    3,
    checks=("stored:/t/ok3/r308",),
    priority=1,
)
redir(
    "r302",
    "temporary redirect: followed, old address kept",
    302,
    "{base}/t/ok3/r302",
    "ok",
    3,
    checks=("stored:/b/r302",),
    priority=1,
)
redir(
    "r303",
    "303: followed, old address kept",
    303,
    "{base}/t/ok3/r303",
    "ok",
    3,
    checks=("stored:/b/r303",),
)
redir(
    "r307",
    "307: followed, old address kept",
    307,
    "{base}/t/ok3/r307",
    "ok",
    3,
    checks=("stored:/b/r307",),
)
redir("r_relative", "Location is a relative path", 302, "/t/ok3/rrel", "ok", 3)
redir("r_chain3", "three hops, all fine", 302, "{base}/t/chain/2", "ok", 3)
redir(
    "r_loop",
    "redirects to itself",
    302,
    "{base}/b/r_loop",
    "error",
    0,
    checks=("requests<=40",),
    priority=1,
)
redir("r_chain50", "fifty hops", 302, "{base}/t/chain/49", "error", 0, priority=1)
redir("r_nolocation", "302 without Location", 302, None, "error", 0)
redir("r_emptylocation", "302 with an empty Location", 302, "", ("error", "ok"), 0)
redir("r_badlocation", "302 to something that is no address", 302, "http://[::bad", "error", 0)
redir(
    "r_file",
    "redirect to a local file that holds a good feed",
    302,
    "file://{feedfile}",
    "error",
    0,
    group="ssrf",
    priority=1,
)
redir(
    "r_ftp",
    "redirect to ftp",
    302,
    "ftp://127.0.0.2:{canary_port}/canary/r_ftp",
    "error",
    0,
    group="ssrf",
    checks=("no_canary",),
    priority=1,
)
redir(
    "r_gopher",
    "redirect to gopher",
    302,
    "gopher://127.0.0.2:{canary_port}/canary/r_gopher",
    "error",
    0,
    group="ssrf",
    checks=("no_canary",),
)
redir(
    "r_data",
    "redirect to a data: address holding a feed",
    302,
    "data:application/rss+xml;base64," + base64.b64encode(rss(make_items("data", 2))).decode(),
    "error",
    0,
    group="ssrf",
    priority=1,
)
redir(
    "r_private",
    "302 to another private address",
    302,
    "http://127.0.0.2:{canary_port}/canary/r_private",
    "error",
    0,
    group="ssrf",
    checks=("no_canary",),
    priority=1,
)
redir(
    "r_private_301",
    "301 to a private address: neither followed nor stored",
    301,
    "http://127.0.0.2:{canary_port}/canary/r_private_301",
    "error",
    0,
    group="ssrf",
    checks=("no_canary", "stored:/b/r_private_301"),
    priority=1,
)
redir(
    "r_private_decimal",
    "private address written as one number",
    302,
    "http://2130706434:{canary_port}/canary/r_private_decimal",
    "error",
    0,
    group="ssrf",
    checks=("no_canary",),
    priority=1,
)
redir(
    "r_private_short",
    "private address written short (127.2)",
    302,
    "http://127.2:{canary_port}/canary/r_private_short",
    "error",
    0,
    group="ssrf",
    checks=("no_canary",),
)
redir(
    "r_private_v6",
    "loopback as IPv6",
    302,
    "http://[::1]:{canary6_port}/canary/r_private_v6",
    "error",
    0,
    group="ssrf",
    checks=("no_canary",),
)
redir(
    "r_cookie",
    "sets a cookie, then redirects to another host",
    302,
    "{localhost}/t/elsewhere/r_cookie",
    ("ok", "error"),
    (0, 3),
    extra={"Set-Cookie": "track=1; Path=/"},
    group="ssrf",
    checks=("no_cookie_elsewhere",),
    priority=1,
)


# ============================================================================== status codes


def status(name, doc, code, outcomes, entries=0, headers=None, data=b"<html>error</html>", **kw):
    def fn(c):
        c.reply(code, data, {"Content-Type": "text/html", **(headers or {})})

    b(name, "status", doc, outcomes, entries, **kw)(fn)


for _code in (400, 403, 404, 500, 502):
    status(f"s{_code}", f"answers {_code}", _code, "error", checks=("requests<=3",), priority=1)
status(
    "s401",
    "asks for a password",
    401,
    "error",
    headers={"WWW-Authenticate": 'Basic realm="x"'},
    priority=1,
)
status(
    "s204",
    "204 No Content",
    204,
    ("error", "not_modified", "ok"),
    data=b"",
    headers={"Content-Length": None},
)
status(
    "s304_first",
    "304 although the poller never had a copy",
    304,
    ("error", "not_modified"),
    data=b"",
    headers={"Content-Length": None},
    priority=1,
)
status("s999", "status 999", 999, "error")
status(
    "s410",
    "410 Gone on first sight: feed disabled, not asked again",
    410,
    "gone",
    polls=2,
    mode="cron",
    checks=("requests<=1",),
    priority=1,
)
status(
    "s200_feed_in_404",
    "404 with a perfectly good feed as body: still an error",
    404,
    "error",
    data=rss(make_items("f404", 3)),
)


@b(
    "s500_later",
    "status",
    "healthy once, then 500: error recorded, entries kept",
    "error",
    3,
    polls=2,
    priority=1,
)
def _(c):
    if c.n == 1:
        c.reply(200, rss(make_items("l500", 3)))
    else:
        c.reply(500)


def retry(name, doc, code, value, **kw):
    def fn(c):
        v = value() if callable(value) else value
        c.reply(code, b"", {"Retry-After": v})

    b(
        name,
        "status",
        doc,
        kw.pop("outcomes", ("skipped",)),
        0,
        polls=kw.pop("polls", 2),
        mode="cron",
        checks=kw.pop("checks", ("requests<=1",)),
        **kw,
    )(fn)


retry(
    "s429_seconds",
    "429 with Retry-After in seconds: second poll within the window asks nothing",
    429,
    "3600",
    priority=1,
)
retry(
    "s429_date",
    "429 with Retry-After as HTTP date",
    429,
    lambda: email.utils.formatdate(time.time() + 3600, usegmt=True),
    priority=1,
)
retry("s503_seconds", "503 with Retry-After in seconds", 503, "1800", priority=1)
retry("s429_negative", "Retry-After: -5", 429, "-5", outcomes=("error",), polls=1)
retry("s429_garbage", "Retry-After: soon", 429, "soon", outcomes=("error",), polls=1)
retry(
    "s429_baddate",
    "Retry-After with an impossible date",
    429,
    "Mon, 99 Foo 99999 99:99:99 GMT",
    outcomes=("error",),
    polls=1,
)


@b("s226", "status", "226 IM Used with a feed", ("ok", "error"), (0, 3))
def _(c):
    c.reply(226, rss(make_items("im", 3)), {"IM": "feed"})


@b(
    "cache_forever",
    "status",
    "Cache-Control max-age of 100 years: still polled at the user's rhythm",
    "ok",
    3,
    polls=2,
)
def _(c):
    c.reply(200, rss(make_items("cf", 3)), {"Cache-Control": "max-age=3153600000, immutable"})


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
def _(c):
    c.reply(
        200,
        rss(
            [dict(i, title_raw="A&xxe;B") for i in make_items("xhttp", 3)],
            doctype=c.server.fill(
                '<!DOCTYPE rss [<!ENTITY xxe SYSTEM "{elsewhere}/canary/x_external_http">]>'
            ),
        ),
    )


# ----- encodings
CN = [
    "英伟达恢复向中国销售芯片",
    "国产人工智能芯片份额达到百分之三十四",
    "商务部新闻发言人回应出口管制",
]
TW = ["輝達恢復對中國銷售晶片", "國產人工智慧晶片占比上升", "商務部回應出口管制措施"]
body(
    "e_gbk_as_utf8",
    "encoding",
    "GBK bytes declared as UTF-8 in both places: titles must be readable",
    "ok",
    3,
    lambda: rss(titled("gbku8", CN), encoding="gbk", declared="utf-8"),
    title_has="英伟达",
    priority=1,
)
body(
    "e_utf8_as_gbk",
    "encoding",
    "UTF-8 bytes declared as GBK in the XML, no charset in the header",
    "ok",
    3,
    lambda: rss(titled("u8gbk", CN), declared="gbk"),
    "application/rss+xml",
    title_has="英伟达",
)
body(
    "e_header_wins",
    "encoding",
    "header says ISO-8859-1, XML and bytes say UTF-8",
    "ok",
    3,
    lambda: rss(titled("hw", CN)),
    "application/rss+xml; charset=ISO-8859-1",
    title_has="英伟达",
    priority=1,
)
body(
    "e_textxml_ascii",
    "encoding",
    "text/xml without charset (old rule: ASCII), bytes are UTF-8",
    "ok",
    3,
    lambda: rss(titled("ta", CN)),
    "text/xml",
    title_has="英伟达",
    priority=1,
)
body(
    "e_gb2312_ext",
    "encoding",
    "declared gb2312, uses characters only in GB18030",
    "ok",
    3,
    lambda: rss(
        titled("gbx", ["镕基与龘字", "黄仁勋访华", "朱镕基"]), encoding="gb18030", declared="gb2312"
    ),
    "application/rss+xml",
    title_has="黄仁勋",
    priority=1,
)
body(
    "e_unknown",
    "encoding",
    "declared encoding does not exist",
    "ok",
    3,
    lambda: rss(titled("eunk", CN), declared="x-klingon"),
    "application/rss+xml",
    title_has="英伟达",
)
body(
    "e_utf16",
    "encoding",
    "UTF-16 with byte-order mark",
    "ok",
    3,
    lambda: rss(titled("u16", CN), encoding="utf-16"),
    "application/rss+xml",
    title_has="英伟达",
)
body(
    "e_utf16_nobom",
    "encoding",
    "UTF-16LE without mark",
    ("ok", "error"),
    (0, 3),
    lambda: rss(titled("u16n", CN), encoding="utf-16-le", declared="utf-16"),
    "application/rss+xml",
)
body(
    "e_utf32",
    "encoding",
    "UTF-32 with mark",
    ("ok", "error"),
    (0, 3),
    lambda: rss(titled("u32", CN), encoding="utf-32"),
    "application/rss+xml",
)
body(
    "e_utf7",
    "encoding",
    "UTF-7 (old smuggling trick)",
    ("ok", "error"),
    (0, 3),
    lambda: rss(titled("u7", CN), encoding="utf-7"),
    "application/rss+xml; charset=utf-7",
)
body(
    "e_bom_clash",
    "encoding",
    "UTF-8 mark, but declared as UTF-16",
    ("ok", "error"),
    (0, 3),
    lambda: b"\xef\xbb\xbf" + rss(titled("bom", CN), declared="utf-16"),
    "application/rss+xml",
)
body(
    "e_mixed",
    "encoding",
    "UTF-8 feed with one Latin-1 title",
    "ok",
    3,
    lambda: rss(titled("mix", ["caf\xe9", "英伟达", "plain"])).replace(
        "caf\xe9".encode(), b"caf\xe9"
    ),
    title_has="plain",
    priority=1,
)
body(
    "e_nul",
    "encoding",
    "NUL bytes inside titles",
    ("ok", "error"),
    (0, 3),
    lambda: rss(titled("nul", ["a@@b", "plain", "c@@"])).replace(b"@@", b"\0"),
    priority=1,
)
body(
    "e_ctrl_raw",
    "encoding",
    "raw control bytes (0x0B, 0x1B, 0x08) inside XML text",
    ("ok", "error"),
    (0, 3),
    lambda: rss(titled("ctl", ["a@@b", "plain", "c"])).replace(b"@@", b"\x0b\x1b[31m\x08"),
    priority=1,
)
body(
    "e_ffff",
    "encoding",
    "characters that XML forbids (U+FFFE, U+FFFF)",
    ("ok", "error"),
    (0, 3),
    lambda: rss(titled("ffff", ["a\ufffeb", "c\uffff", "plain"])),
)
body(
    "e_charref_ctrl",
    "encoding",
    "numeric references to control characters: &#27; &#0; &#x9b;",
    ("ok", "error"),
    (0, 3),
    lambda: rss([dict(i, title_raw="x&#27;[31mred&#x9b;2J&#0;") for i in make_items("cref", 3)]),
    priority=1,
)
body(
    "e_overlong",
    "encoding",
    "over-long UTF-8 forms",
    ("ok", "error"),
    (0, 3),
    lambda: rss(titled("ovl", ["a@@b", "plain", "c"])).replace(b"@@", b"\xc0\xbcscript\xc0\xbe"),
)

# ----- JSON
JT = "application/feed+json"
body(
    "j_deep",
    "json",
    "200 000 nested brackets: RecursionError in naive readers",
    "error",
    0,
    b'{"version":"https://jsonfeed.org/version/1.1","title":"t","items":'
    + b"[" * 200000
    + b"]" * 200000
    + b"}",
    JT,
    priority=1,
)
body(
    "j_cut",
    "json",
    "JSON cut in the middle",
    "error",
    0,
    lambda: jsonfeed(make_items("jcut", 3))[:-90],
    JT,
    priority=1,
)
body(
    "j_not_feed",
    "json",
    "JSON, but no feed",
    ("error", "ok"),
    0,
    b'{"hello": "world"}',
    "application/json",
    priority=1,
)
body(
    "j_types",
    "json",
    "items is a string, title a number",
    ("error", "ok"),
    0,
    b'{"version":"https://jsonfeed.org/version/1","title":5,"items":"none"}',
    JT,
    priority=1,
)
body(
    "j_types2",
    "json",
    "items hold null, numbers, lists; ids of all types; bad dates",
    ("error", "ok"),
    (0, 6),
    b'{"version":"https://jsonfeed.org/version/1.1","title":"t","items":[null,7,[],{"id":1,"title":"one"},'
    b'{"id":null,"title":"two","url":"https://news.example/2"},{"id":["x"],"title":"three"},'
    b'{"id":"4","title":{"a":1},"date_published":"not a date","authors":"x","tags":[1,null]},'
    b'{"id":"5","title":"five","date_published":12345,"url":7}]}',
    JT,
    priority=1,
)
body(
    "j_hugeint",
    "json",
    "a number with 10 000 digits as id",
    ("error", "ok"),
    (0, 3),
    b'{"version":"https://jsonfeed.org/version/1.1","title":"t","items":[{"id":'
    + b"9" * 10000
    + b',"title":"x"}]}',
    JT,
)
body(
    "j_nan",
    "json",
    "NaN and Infinity",
    ("error", "ok"),
    (0, 3),
    b'{"version":"https://jsonfeed.org/version/1.1","title":"t","items":[{"id":"1","title":"a","x":NaN}],"y":Infinity}',
    JT,
)
body(
    "j_bom",
    "json",
    "JSON Feed with a byte-order mark",
    "ok",
    3,
    lambda: b"\xef\xbb\xbf" + jsonfeed(make_items("jbom", 3)),
    JT,
)
body(
    "j_as_html",
    "json",
    "JSON Feed served as text/html",
    ("ok", "error"),
    (0, 3),
    lambda: jsonfeed(make_items("jhtml", 3)),
    "text/html",
)
body(
    "j_as_json",
    "json",
    "JSON Feed served as application/json",
    ("ok", "error"),
    (0, 3),
    lambda: jsonfeed(make_items("jjson", 3)),
    "application/json",
)
body(
    "j_gbk",
    "json",
    "JSON Feed in GBK bytes",
    ("ok", "error"),
    (0, 3),
    lambda: json.dumps(json.loads(jsonfeed(titled("jgbk", CN))), ensure_ascii=False).encode("gbk"),
    JT,
)
body(
    "j_nexturl",
    "json",
    "next_url, hubs and icon point elsewhere: never requested",
    "ok",
    3,
    lambda: jsonfeed(
        make_items("jnext", 3), next_url="http://127.0.0.2:9/canary", icon="http://127.0.0.2:9/x"
    ),
    JT,
)

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
        [dict(i, guid=g) for i, g in zip(make_items("go", 3), ("urn:X:1", "urn:x:1", " urn:X:1 "))]
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
def _(c):
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
def _(c):
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
def _(c):
    c.reply(200, rss(make_items("shrink", 5) if c.n == 1 else make_items("shrink", 1, 4)))


def dates(name, doc, values, **kw):
    body(
        name,
        "dates",
        doc,
        kw.pop("outcomes", "ok"),
        kw.pop("entries", len(values)),
        lambda: rss([dict(i, date=v) for i, v in zip(make_items(name, len(values)), values)]),
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


def text(name, doc, titles, **kw):
    """Delivered as JSON Feed, where every control character is legal as an escape."""

    def fn(c):
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


def links(name, doc, urls, **kw):
    def fn(c):
        its = make_items(name, len(urls))
        for it, u in zip(its, urls):
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
)
REG["a_feed_scheme"].entries = (0, 3)
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


# ================================================================================ server machinery


class Server(socketserver.ThreadingMixIn, socketserver.TCPServer):
    allow_reuse_address = True
    canary = False
    daemon_threads = True
    request_queue_size = 256

    def __init__(self, addr, handler, shared):
        self.address_family = socket.AF_INET6 if ":" in addr[0] else socket.AF_INET
        self.shared = shared
        super().__init__(addr, handler)

    def handle_error(self, request, client_address):
        pass


class Handler(socketserver.BaseRequestHandler):
    def handle(self):
        self.shared = self.server.shared
        sock = self.request
        if self.server.canary:
            with self.shared.lock:
                self.shared.canary_connects += 1
        sock.settimeout(70)
        data = b""
        try:
            while b"\r\n\r\n" not in data and len(data) < 300000:
                part = sock.recv(65536)
                if not part:
                    break
                data += part
                if (
                    data[:1] == b"\x16"
                ):  # a TLS greeting on the plain port: answer as real servers do
                    sock.sendall(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n")
                    return
        except OSError:
            return
        if not data:
            return
        head = data.split(b"\r\n\r\n", 1)[0].decode("latin-1")
        lines = head.split("\r\n")
        words = lines[0].split(" ")
        if len(words) < 2:
            return
        headers = {}
        for line in lines[1:]:
            k, _, v = line.partition(":")
            headers[k.strip().lower()] = v.strip()
        try:
            self.shared.dispatch(self, sock, words[0], words[1], headers)
        except OSError:
            pass
        finally:
            try:
                if not (len(words) > 1 and words[1].startswith("/b/net_reset")):
                    sock.shutdown(socket.SHUT_WR)
                    sock.settimeout(0.2)
                    while sock.recv(65536):
                        pass
            except OSError:
                pass


class Hostile:
    """All listeners and their shared memory."""

    def __init__(self, port=0, limit_seconds=LIMIT_SECONDS, corpus=None):
        self.limit_seconds = limit_seconds
        self.corpus = Path(corpus).resolve() if corpus else None
        self.stopping = threading.Event()
        self.lock = threading.Lock()
        self.reset()
        self.epoch = 1  # for the growing feeds of the crash test
        self.servers = []
        fd, self.feedfile = tempfile.mkstemp(prefix="hostile-", suffix=".xml")
        os.write(fd, rss(make_items("localfile", 2)))
        os.close(fd)
        self.main = self.listen("127.0.0.1", port)
        self.other = self.listen("127.0.0.1", 0)  # another origin that is allowed
        self.canary = self.try_listen("127.0.0.2", 0)
        self.canary6 = self.try_listen("::1", 0)
        self.closed = self.free_port()
        self.tls_port = self.start_tls()
        self.values = {
            "base": f"http://127.0.0.1:{self.main}",
            "port": str(self.main),
            "localhost": f"http://localhost:{self.main}",
            "elsewhere": f"http://127.0.0.1:{self.other}",
            "canary_port": str(self.canary or 9),
            "canary6_port": str(self.canary6 or 9),
            "closed": f"http://127.0.0.1:{self.closed}",
            "tls": f"https://127.0.0.1:{self.tls_port}" if self.tls_port else "",
            "feedfile": self.feedfile,
        }

    def reset(self):
        self.counts: dict[str, int] = {}
        self.log: list[dict] = []
        self.hits: dict[str, list] = {}
        self.canary_connects = 0  # bare connections count too (ftp, gopher)

    def listen(self, host, port, wrap=None):
        s = Server((host, port), Handler, self)
        if wrap:
            s.socket = wrap.wrap_socket(s.socket, server_side=True, do_handshake_on_connect=False)
        threading.Thread(target=s.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True).start()
        self.servers.append(s)
        return s.server_address[1]

    def try_listen(self, host, port):
        try:
            port = self.listen(host, port)
            self.servers[-1].canary = True
            return port
        except OSError:
            return None

    @staticmethod
    def free_port():
        s = socket.socket()
        s.bind(("127.0.0.1", 0))
        p = s.getsockname()[1]
        s.close()
        return p

    def start_tls(self):
        tool = shutil.which("openssl")
        if not tool:
            return None
        d = tempfile.mkdtemp(prefix="hostile-tls-")
        try:
            r = subprocess.run(
                [
                    tool,
                    "req",
                    "-x509",
                    "-newkey",
                    "rsa:2048",
                    "-nodes",
                    "-days",
                    "2",
                    "-subj",
                    "/CN=127.0.0.1",
                    "-keyout",
                    d + "/k",
                    "-out",
                    d + "/c",
                ],
                capture_output=True,
                timeout=30,
            )
            if r.returncode:
                return None
            ctx = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            ctx.load_cert_chain(d + "/c", d + "/k")
            return self.listen("127.0.0.1", 0, ctx)
        except (OSError, subprocess.SubprocessError, ssl.SSLError):
            return None
        finally:
            shutil.rmtree(d, ignore_errors=True)

    def fill(self, s: str) -> str:
        for k, v in self.values.items():
            s = s.replace("{" + k + "}", v)
        return s

    def url_of(self, name: str) -> str:
        return self.fill(REG[name].url if REG[name].url is not None else "{base}/b/" + name)

    def close(self):
        self.stopping.set()
        Path(self.feedfile).unlink(missing_ok=True)
        for s in self.servers:
            s.shutdown()
            s.server_close()

    # -------------------------------------------------------------------------------- requests
    def dispatch(self, handler, sock, method, target, headers):
        path = target.split("?", 1)[0]
        if "://" in path:  # absolute form
            path = "/" + path.split("/", 3)[3] if path.count("/") > 2 else "/"
        with self.lock:
            self.counts[path] = n = self.counts.get(path, 0) + 1
            self.log.append(
                {
                    "path": path,
                    "n": n,
                    "headers": headers,
                    "time": time.time(),
                    "port": handler.server.server_address[1],
                }
            )
            if path.startswith("/canary") or "/elsewhere/" in path:
                self.hits.setdefault(path.rsplit("/", 1)[-1], []).append(headers)
        c = Conn(self, sock, method, target, headers, n)
        parts = path.strip("/").split("/")
        if parts[0] == "b" and len(parts) > 1 and parts[1] in REG and REG[parts[1]].fn:
            REG[parts[1]].fn(c)
        elif parts[0] == "t":
            self.target(c, parts[1:])
        elif parts[0] == "grow":
            self.grow(c, parts[1])
        elif parts[0] == "fp" and self.corpus:
            self.corpus_file(c, "/".join(parts[1:]))
        elif parts[0] == "canary":
            c.reply(200, rss(make_items("canary", 3)))
        elif path == "/_log":
            with self.lock:
                data = json.dumps(self.log).encode()
            c.reply(200, data, {"Content-Type": "application/json"})
        elif path == "/_reset":
            with self.lock:
                self.reset()
            c.reply(200, b"{}", {"Content-Type": "application/json"})
        elif path == "/_list":
            c.reply(200, json.dumps(listing()).encode(), {"Content-Type": "application/json"})
        elif path == "/_epoch":
            self.epoch += 1
            c.reply(200, str(self.epoch).encode(), {"Content-Type": "text/plain"})
        else:
            c.reply(404, b"no such behaviour", {"Content-Type": "text/plain"})

    def target(self, c, parts):
        kind = parts[0] if parts else ""
        if kind in ("ok3", "elsewhere"):
            c.reply(200, rss(make_items(parts[1], 3)))
        elif kind == "hop302":
            c.reply(302, b"", {"Location": self.fill("{base}/t/ok3/" + parts[1])})
        elif kind == "chain":
            k = int(parts[1])
            if k <= 0:
                c.reply(200, rss(make_items("chain", 3)))
            else:
                c.reply(302, b"", {"Location": self.fill(f"{{base}}/t/chain/{k - 1}")})
        elif kind == "html":
            c.reply(200, HTML_PAGE, {"Content-Type": "text/html"})
        elif kind == "status":
            c.reply(int(parts[1]))
        else:
            c.reply(404)

    def grow(self, c, feed):
        """A feed that has more entries in each epoch; the same epoch always gives the same bytes."""
        c.reply(200, rss(make_items("grow" + feed, 20 * self.epoch), title="grow " + feed))

    def corpus_file(self, c, rel):
        p = (self.corpus / rel).resolve()
        if self.corpus not in p.parents or not p.is_file():
            c.reply(404)
            return
        data = p.read_bytes()
        headers = {"Content-Type": "application/xml"}
        if p.suffix == ".gz":
            headers["Content-Encoding"] = "gzip"
        elif p.suffix == ".z":
            headers["Content-Encoding"] = "deflate"
        else:
            for k, v in re.findall(rb"^\s*Header:\s+([^:\r\n]+):([^\r\n]*)", data[:4000], re.M):
                headers[k.decode("latin-1").strip()] = v.decode("latin-1").strip()
        code = int(headers.pop("Status", "200"))
        for k in [k for k in headers if k.lower() == "content-type" and k != "Content-Type"]:
            headers["Content-Type"] = headers.pop(k)
        if headers.get("Location"):
            loc = headers["Location"]
            m = re.match(r"https?://(?:localhost|127\.0\.0\.1):\d+/(.*)", loc)
            headers["Location"] = (
                self.fill("{base}/fp/" + re.sub(r"^tests/", "", m.group(1))) if m else loc
            )
        c.reply(code, data, headers)


def listing() -> list[dict]:
    return [x.as_json() for x in REG.values()]


# ==================================================================================== the driver

NEIGHBOURS = ("ok_rss", "ok_atom", "ok_json")


def run_adapter(cmd, urls, db, mode, timeout, mem_mb=4096):
    """One poll. Returns (results by url, facts about the process)."""
    with tempfile.TemporaryDirectory(prefix="hostile-run-") as d:
        uf = os.path.join(d, "urls.json")
        with open(uf, "w", encoding="utf-8") as f:
            json.dump(urls, f)
        out, err = open(os.path.join(d, "out"), "wb+"), open(os.path.join(d, "err"), "wb+")

        def limits():
            os.setsid()
            resource.setrlimit(resource.RLIMIT_AS, (mem_mb * MB, mem_mb * MB))
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

        t0 = time.monotonic()
        p = subprocess.Popen(
            shlex.split(cmd) + ["--urls", uf, "--db", db, "--mode", mode],
            stdout=out,
            stderr=err,
            stdin=subprocess.DEVNULL,
            preexec_fn=limits,
        )
        killed, usage, st = False, None, None
        while True:
            pid, st, usage = os.wait4(p.pid, os.WNOHANG)
            if pid:
                break
            if time.monotonic() - t0 > timeout and not killed:
                killed = True
                os.killpg(p.pid, signal.SIGKILL)
            time.sleep(0.02)
        p.returncode = os.waitstatus_to_exitcode(st)
        wall = time.monotonic() - t0
        out.seek(0), err.seek(0)
        text, etext = out.read().decode("utf-8", "replace"), err.read().decode("utf-8", "replace")
        out.close(), err.close()
    res = {}
    for line in text.splitlines():
        try:
            o = json.loads(line)
        except ValueError:
            continue
        if isinstance(o, dict) and "url" in o:
            res[o["url"]] = o
    return res, {
        "wall": round(wall, 2),
        "rss_mb": round(usage.ru_maxrss / 1024, 1),
        "cpu": round(usage.ru_utime + usage.ru_stime, 2),
        "exit": p.returncode,
        "hung": killed,
        "traceback": "Traceback (most recent call last)" in etext,
        "stderr_tail": etext[-400:],
    }


def judge(h: Hostile, x: Behaviour, polls: list, url: str, neighbours=NEIGHBOURS) -> dict:
    bad = []
    last, facts = polls[-1]
    r = last.get(url)
    for _, f in polls:
        if f["hung"]:
            bad.append(f"poll did not end within {f['wall']:.0f} s")
        elif f["exit"] != 0:
            bad.append(f"poll process ended with {f['exit']}")
    if max(f["wall"] for _, f in polls) > x.seconds:
        bad.append(f"took {max(f['wall'] for _, f in polls):.0f} s, limit {x.seconds:.0f}")
    if x.rss_mb and max(f["rss_mb"] for _, f in polls) > x.rss_mb:
        bad.append(f"memory {max(f['rss_mb'] for _, f in polls):.0f} MB, limit {x.rss_mb}")
    if any(f["traceback"] for _, f in polls):
        bad.append("traceback on stderr")
    if r is None:
        bad.append("no result for the feed")
    else:
        if r.get("outcome") not in x.outcomes:
            bad.append(f"outcome {r.get('outcome')}")
        if not x.entries[0] <= (r.get("entries") or 0) <= x.entries[1]:
            bad.append(f"{r.get('entries')} entries, expected {x.entries[0]}-{x.entries[1]}")
        if (
            x.title_has
            and r.get("titles") is not None
            and not any(x.title_has in (t or "") for t in r["titles"])
        ):
            bad.append(f"no title contains {x.title_has!r}")
    for nb in neighbours:
        q = last.get(h.url_of(nb).replace("//127.0.0.1:", "//localhost:"))
        if nb == x.name or q is None and facts["hung"]:
            continue
        if q is None or (q.get("entries") or 0) != REG[nb].entries[1]:
            bad.append(f"neighbour {nb} harmed")
    mine = [e for e in h.log if e["path"] == "/b/" + x.name]
    for chk in x.checks:
        if chk == "no_canary" and (h.hits.get(x.name) or h.canary_connects):
            bad.append("forbidden address was requested")
        elif chk == "no_auth_elsewhere" and any(
            "authorization" in e for e in h.hits.get(x.name, [])
        ):
            bad.append("password sent to another origin")
        elif chk == "no_cookie_elsewhere" and any("cookie" in e for e in h.hits.get(x.name, [])):
            bad.append("cookie sent to another host")
        elif chk == "no_cookie_second" and any("cookie" in e["headers"] for e in mine[1:]):
            bad.append("cookie sent back")
        elif chk == "conditional_second" and not (
            len(mine) > 1
            and any(
                "if-none-match" in e["headers"] or "if-modified-since" in e["headers"]
                for e in mine[1:]
            )
        ):
            bad.append("second request was not conditional")
        elif chk.startswith("requests<=") and len(mine) > int(chk[10:]):
            bad.append(f"{len(mine)} requests, allowed {chk[10:]}")
        elif (
            chk.startswith("stored:")
            and r
            and r.get("stored_url")
            and not r["stored_url"].endswith(chk[7:])
        ):
            bad.append("address stored: " + r["stored_url"][-40:])
        elif (
            chk.startswith("stored_in:")
            and r
            and r.get("stored_url")
            and not any(r["stored_url"].endswith(s) for s in chk[10:].split("|"))
        ):
            bad.append("address stored: " + r["stored_url"][-40:])
        elif (
            chk.startswith("no_title:")
            and r
            and any(chk[9:] in (t or "") for t in r.get("titles") or [])
        ):
            bad.append("file content in a title")
        elif chk == "no_evil_header" and any("x-evil" in e["headers"] for e in h.log):
            bad.append("header injected")
        elif chk == "neighbour_titles":
            q = last.get(h.url_of("ok_rss")) or {}
            if any("STOLEN" in (t or "") for t in q.get("titles") or []):
                bad.append("neighbour's entries overwritten")
    return {
        "name": x.name,
        "group": x.group,
        "priority": x.priority,
        "expected": x.expected(),
        "pass": not bad,
        "outcome": (r or {}).get("outcome"),
        "entries": (r or {}).get("entries"),
        "seconds": max(f["wall"] for _, f in polls),
        "rss_mb": max(f["rss_mb"] for _, f in polls),
        "error": ((r or {}).get("error") or "")[:160],
        "why": bad,
    }


def drive(cmd, names, limit_seconds, hang_slack, out=None, neighbours=NEIGHBOURS):
    h = Hostile(limit_seconds=limit_seconds)
    results = []
    for name in names:
        x = REG[name]
        url = h.url_of(name)
        if (
            name == "net_tls_selfsigned"
            and not h.tls_port
            or name == "r_private_v6"
            and not h.canary6
        ):
            results.append({"name": name, "group": x.group, "skipped_here": True})
            continue
        with h.lock:
            h.reset()
        # under another host name, so that a host-wide Retry-After rightly leaves them alone
        near = [h.url_of(nb).replace("//127.0.0.1:", "//localhost:") for nb in neighbours]
        urls = list(dict.fromkeys(near[:1] + [url] + near[1:]))  # the bad one between good ones
        with tempfile.TemporaryDirectory(prefix="hostile-db-") as d:
            polls = [
                run_adapter(cmd, urls, os.path.join(d, "t.db"), x.mode, x.seconds + hang_slack)
                for _ in range(x.polls)
            ]
        res = judge(h, x, polls, url, neighbours)
        results.append(res)
        print(json.dumps(res, ensure_ascii=False), flush=True)
    h.close()
    ran = [r for r in results if not r.get("skipped_here")]
    summary = {
        "behaviours": len(results),
        "ran": len(ran),
        "passed": sum(r["pass"] for r in ran),
        "priority1": sum(r["priority"] == 1 for r in ran),
        "priority1_passed": sum(r["pass"] and r["priority"] == 1 for r in ran),
        "failed": [r["name"] for r in ran if not r["pass"]],
    }
    print(json.dumps({"summary": summary}))
    if out:
        Path(out).write_text(
            json.dumps({"summary": summary, "results": results}, indent=1, ensure_ascii=False)
        )
    return summary


def drive_corpus(cmd, corpus, per_batch, timeout, out=None):
    """Poll every file of a folder, in batches, each batch one poll with one healthy feed at the end."""
    h = Hostile(corpus=corpus)
    files = sorted(
        str(p.relative_to(h.corpus))
        for p in h.corpus.rglob("*")
        if p.is_file() and p.suffix in (".xml", ".z", ".gz")
    )
    base, rows, bad = h.values["base"], [], []
    for at in range(0, len(files), per_batch):
        part = files[at : at + per_batch]
        urls = [f"{base}/fp/{f}" for f in part] + [h.url_of("ok_rss")]
        with tempfile.TemporaryDirectory(prefix="hostile-db-") as d:
            res, facts = run_adapter(cmd, urls, os.path.join(d, "t.db"), "force", timeout)
        if (
            facts["exit"]
            or facts["hung"]
            or facts["traceback"]
            or (res.get(h.url_of("ok_rss")) or {}).get("entries") != 5
        ):
            bad.append({"batch": at, **facts})
        for f, u in zip(part, urls):
            r = res.get(u)
            rows.append(
                {
                    "file": f,
                    "outcome": r and r.get("outcome"),
                    "entries": r and r.get("entries"),
                    "error": ((r or {}).get("error") or "")[:120],
                }
            )
        print(
            json.dumps(
                {
                    "done": len(rows),
                    "of": len(files),
                    **{k: facts[k] for k in ("wall", "rss_mb", "exit")},
                }
            ),
            flush=True,
        )
    h.close()
    count: dict = {}
    for r in rows:
        key = f"{r['file'].split('/')[0]}: {r['outcome']}"
        count[key] = count.get(key, 0) + 1
    summary = {
        "files": len(files),
        "without_result": sum(r["outcome"] is None for r in rows),
        "bad_batches": bad,
        "by_folder_and_outcome": dict(sorted(count.items())),
    }
    print(json.dumps({"summary": summary}, indent=1))
    if out:
        Path(out).write_text(
            json.dumps({"summary": summary, "files": rows}, indent=1, ensure_ascii=False)
        )
    return summary


def main(argv=None):
    ap = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    ap.add_argument("--port", type=int, default=0)
    ap.add_argument("--list", action="store_true", help="print every behaviour as JSON and stop")
    ap.add_argument("--drive", metavar="CMD", help="adapter command to score")
    ap.add_argument("--drive-corpus", metavar="CMD")
    ap.add_argument("--corpus", metavar="DIR", help="folder of feed files served under /fp/")
    ap.add_argument("--only", default="", help="comma list of names or groups")
    ap.add_argument("--limit-seconds", type=float, default=LIMIT_SECONDS)
    ap.add_argument(
        "--slack",
        type=float,
        default=60,
        help="seconds past a behaviour's limit before the poller is killed",
    )
    ap.add_argument(
        "--neighbours",
        default=",".join(NEIGHBOURS),
        help="healthy feeds polled along with each bad one",
    )
    ap.add_argument("--batch", type=int, default=300)
    ap.add_argument("--out", help="also write the results here (JSON)")
    a = ap.parse_args(argv)
    pick = [s for s in a.only.split(",") if s]
    names = [n for n, x in REG.items() if not pick or n in pick or x.group in pick]
    if a.list:
        print(json.dumps([REG[n].as_json() for n in names], indent=1, ensure_ascii=False))
        return 0
    if a.drive:
        s = drive(
            a.drive,
            names,
            a.limit_seconds,
            a.slack,
            a.out,
            tuple(n for n in a.neighbours.split(",") if n),
        )
        return 0 if s["passed"] == s["ran"] else 1
    if a.drive_corpus:
        s = drive_corpus(a.drive_corpus, a.corpus, a.batch, 600, a.out)
        return 0 if not s["bad_batches"] and not s["without_result"] else 1

    def ended(*_):
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, ended)  # so that the temporary file goes away
    h = Hostile(a.port, a.limit_seconds, a.corpus)
    print(
        json.dumps(
            {
                "base": h.values["base"],
                "elsewhere": h.values["elsewhere"],
                "canary_port": h.canary,
                "tls": h.values["tls"],
                "behaviours": len(REG),
            }
        ),
        flush=True,
    )
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        h.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
