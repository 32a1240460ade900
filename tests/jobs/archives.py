"""Made archives for the tests of ``backfill``, and what a database holds, to the byte."""

from __future__ import annotations

import gzip
import json
import os
import random
import sqlite3
import subprocess
import uuid
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

SHAPES = (
    "US bans {item} exports to China", "US adds {n} Huawei units to Entity List",
    "China restricts exports of {metal}", "美国批准{item}对华出口", "Nvidia visits {city} over {item}",
    "{city} hosts marathon with {n} runners", "How to cook rice in {n} minutes",
)  # fmt: skip


def rows(count: int, seed: int = 7) -> list[dict[str, Any]]:
    """Made-up items over two years, in no order of time; most of no interest."""
    pick = random.Random(seed)
    found: list[dict[str, Any]] = []
    for number in range(count):
        shape = pick.choice(SHAPES)
        title = shape.format(
            n=pick.randint(2, 99), item=pick.choice(("H20", "H200", "MI308")),
            metal=pick.choice(("gallium", "tungsten")), city=pick.choice(("Geneva", "London")),
        )  # fmt: skip
        day = date(2024, 1, 1) + timedelta(days=pick.randint(0, 700))
        found.append({
            "id": f"n{number}", "title": title, "summary": f"{title}, officials said on Tuesday.",
            "published": f"{day}T08:00:00Z", "publisher": "Example Wire",
            "url": f"https://news.example/{seed}/{number}",
        })  # fmt: skip
    return found


def jsonl(path: Path, items: Iterable[Mapping[str, Any] | str]) -> Path:
    """A JSON Lines file; text is written as it is."""
    lines = (one if isinstance(one, str) else json.dumps(one, ensure_ascii=False) for one in items)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def held(path: Path) -> list[str]:
    """Everything that a database holds, as SQL; the words of its indexes as rows."""
    db = sqlite3.connect(path)
    try:
        return [line for line in db.iterdump() if "sqlite_stat" not in line]
    finally:
        db.close()


def parquet(path: Path, items: list[dict[str, Any]], group: int = 100) -> Path:
    """A Parquet table with row groups of ``group`` rows."""
    import pyarrow
    from pyarrow import parquet as files

    files.write_table(pyarrow.Table.from_pylist(items), path, row_group_size=group)
    return path


def page(item: Mapping[str, Any]) -> bytes:
    """A web page of an item, as publishers write them."""
    return (
        "<!doctype html><html><head><meta charset='utf-8'><title>News</title>"
        f"<meta property='og:title' content='{item['title']}'>"
        f"<meta property='article:published_time' content='{item['published']}'>"
        f"<meta property='og:site_name' content='Example Wire'></head><body><nav>Home</nav>"
        f"<p>{item['summary']}</p></body></html>"
    ).encode()


def warc(path: Path, items: Iterable[Mapping[str, Any]], *, packed: bool = True) -> Path:
    """A crawl of the items' pages, as a news crawler writes it, with a picture and requests."""
    records = [_record("warcinfo", "", b"software: test\r\n")]
    for number, item in enumerate(items):
        kind = "image/png" if number == 3 else "text/html; charset=UTF-8"
        head = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n\r\n".encode()
        asked = b"GET / HTTP/1.1\r\nHost: news.example\r\n\r\n"
        records.append(_record("request", item["url"], asked))
        records.append(_record("response", item["url"], head + page(item)))
    path.write_bytes(b"".join(gzip.compress(one) if packed else one for one in records))
    return path


def _record(sort: str, url: str, body: bytes) -> bytes:
    kind = "application/warc-fields" if sort == "warcinfo" else f"application/http; msgtype={sort}"
    head = (
        f"WARC/1.0\r\nWARC-Type: {sort}\r\nWARC-Date: 2026-01-01T00:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, sort + url)}>\r\n"
        f"WARC-Target-URI: {url}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body + b"\r\n\r\n"


def rss(items: Iterable[Mapping[str, Any]], title: str = "Captured") -> str:
    """A captured feed."""
    entries = "".join(
        f"<item><guid>{item['id']}</guid><title>{item['title']}</title><link>{item['url']}</link>"
        f"<description>{item['summary']}</description><pubDate>{item['published']}</pubDate></item>"
        for item in items
    )
    return f"<?xml version='1.0'?><rss version='2.0'><channel><title>{title}</title>{entries}</channel></rss>"


def git(folder: Path, *words: str, day: str = "2025-01-01") -> None:
    """Run git in a folder, as a person whose commits have the given day."""
    environ = {
        "PATH": os.environ["PATH"], "HOME": str(folder), "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@example.org", "GIT_COMMITTER_NAME": "a",
        "GIT_COMMITTER_EMAIL": "a@example.org", "GIT_AUTHOR_DATE": f"{day}T12:00:00Z",
        "GIT_COMMITTER_DATE": f"{day}T12:00:00Z",
    }  # fmt: skip
    subprocess.run(["git", "-C", str(folder), *words], check=True, env=environ, capture_output=True)
