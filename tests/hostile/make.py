"""Feeds by hand, and what a server can wrap them in; without any library that would tidy up."""

from __future__ import annotations

import html
import json
import threading
import zlib
from collections.abc import Callable
from typing import Any

MB = 1 << 20
Item = dict[str, Any]

HEADLINES = [
    "U.S. to resume licences for Nvidia H20 sales to China",
    "英伟达将恢复向中国销售H20芯片",
    "輝達獲准恢復對中國銷售H20晶片",
    "AMD expects MI308 export licences to be reviewed",
    "Trade talks: joint statement published in Geneva",
]


def make_items(prefix: str, n: int = 3, start: int = 0) -> list[Item]:
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


def rss_item(it: Item) -> str:
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
    items: list[Item],
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


def atom(items: list[Item], title: str = "Feed") -> bytes:
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


def jsonfeed(items: list[Item], title: str = "Feed", **extra: Any) -> bytes:
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


def rdf(items: list[Item]) -> bytes:
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


def titled(name: str, titles: list[str], **over: Any) -> list[Item]:
    its = make_items(name, len(titles))
    for it, t in zip(its, titles, strict=True):
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


def cached(key: str, build: Callable[[], bytes]) -> bytes:
    with _cache_lock:
        if key not in _cache:
            _cache[key] = build()
        return _cache[key]


def gzip_bomb(name: str, mb: int) -> bytes:
    def build() -> bytes:
        good = rss(make_items(name, 3))
        cut = good.index(b"<item>")
        z = zlib.compressobj(9, zlib.DEFLATED, 31)
        parts = [z.compress(good[:cut] + b"<!--")]
        blank = b" " * MB
        parts += [z.compress(blank) for _ in range(mb)]
        parts.append(z.compress(b"-->" + good[cut:]))
        parts.append(z.flush())
        return b"".join(parts)

    return cached(f"gz{name}{mb}", build)
