"""Misbehaviour around a body: its head, its pieces, its packing."""

from __future__ import annotations

import gzip

from tests.hostile.make import MB, make_items, rss
from tests.hostile.registry import Conn, add, b

CHUNKED = {"Transfer-Encoding": "chunked"}


@b("net_head_drip", "network", "a header that arrives letter by letter, for a minute", "error", 0)
def _(c: Conn) -> None:
    c.raw(b"HTTP/1.1 200 OK\r\nX: ")
    while c.raw(b"a") and c.nap(0.3):
        pass


@b("net_interim_endless", "network", "100 Continue without an end", "error", 0, rss_mb=256)
def _(c: Conn) -> None:
    while c.raw(b"HTTP/1.1 100 Continue\r\n\r\n" * 500):
        pass


@b("net_interim_hints", "network", "103 Early Hints before the answer", "ok", 3)
def _(c: Conn) -> None:
    c.raw(b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n")
    c.reply(200, rss(make_items("hints", 3)))


@b("net_chunk_negative", "network", "a chunk of size -1, and bytes without an end", "error", 0,
   rss_mb=256)  # fmt: skip
def _(c: Conn) -> None:
    c.head(200, {**CHUNKED})
    c.raw(b"-1\r\n")
    while c.raw(b"a" * 65536):
        pass


@b("net_trailers_endless", "network", "trailers without an end", ("error", "ok"), (0, 3),
   rss_mb=256)  # fmt: skip
def _(c: Conn) -> None:
    data = rss(make_items("trailers", 3))
    c.head(200, {**CHUNKED})
    c.raw(b"%x\r\n" % len(data) + data + b"\r\n0\r\n")
    while c.raw(b"X-T: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n" * 1000):
        pass


@b("net_chunk_bytes", "network", "a chunk for each byte", "ok", 3)
def _(c: Conn) -> None:
    c.head(200, {**CHUNKED})
    c.raw(b"".join(b"1\r\n%c\r\n" % one for one in rss(make_items("bytes", 3))) + b"0\r\n\r\n")


@b("net_length_twice", "network", "two lengths that differ", ("ok", "error"), (0, 3))
def _(c: Conn) -> None:
    data = rss(make_items("twice", 3))
    c.head(200, {"Content-Length": "3", "content-length": str(len(data))})
    c.raw(data)


@b("net_cookies_flood", "network", "500 cookies", ("ok", "error"), (0, 3))
def _(c: Conn) -> None:
    c.raw(b"HTTP/1.1 200 OK\r\n" + b"Set-Cookie: a=b\r\n" * 500 + b"\r\n")
    c.raw(rss(make_items("flood", 3)))


@b("gz_empty_members", "compression", "packed parts without content, endless", "error", 0,
   rss_mb=256)  # fmt: skip
def _(c: Conn) -> None:
    c.head(200, {"Content-Encoding": "gzip"})
    while c.raw(gzip.compress(b"", mtime=0) * 3000):
        pass


@b("gz_junk_after", "compression", "junk without an end after a good packed feed",
   ("error", "ok"), (0, 3), rss_mb=256)  # fmt: skip
def _(c: Conn) -> None:
    c.head(200, {"Content-Encoding": "gzip"})
    c.raw(gzip.compress(rss(make_items("junk", 3)), mtime=0))
    while c.raw(bytes(MB)):
        pass


def _packed(name: str, doc: str, encoding: str, data: bytes, entries: int) -> None:
    add(name, "compression", doc, "ok" if entries else "error", entries,
        lambda c: c.reply(200, data, {"Content-Encoding": encoding}))  # fmt: skip


_packed("enc_charset", "a plain body whose packing is called utf-8", "utf-8",
        rss(make_items("charset", 3)), 3)  # fmt: skip
_packed("gz_of_gz", "a packed file packed again on the way", "gzip",
        gzip.compress(gzip.compress(rss(make_items("twofold", 3)), mtime=0), mtime=0), 0)  # fmt: skip
