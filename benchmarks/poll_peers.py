"""The programs beside which a poll is measured: how each learns its feeds, polls, and counts."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

TRACKER = [sys.executable, "-m", "tracker"]
READER = os.environ.get("READER", sys.executable)

HAND = """
import sys, time, feedparser, sqlite_utils
db = sqlite_utils.Database(sys.argv[2])
db["feeds"].create({"url": str, "etag": str, "modified": str}, pk="url", if_not_exists=True)
known = {row["url"]: row for row in db["feeds"].rows}
for url in open(sys.argv[1]).read().split():
    old = known.get(url, {})
    feed = feedparser.parse(url, etag=old.get("etag"), modified=old.get("modified"))
    if feed.get("status") == 304:
        continue
    db["entries"].upsert_all(({
        "id": entry.get("id") or entry.get("link"), "feed": url, "title": entry.get("title"),
        "link": entry.get("link"), "summary": entry.get("summary"),
        "published": time.strftime("%Y-%m-%dT%H:%M:%SZ", entry.published_parsed),
    } for entry in feed.entries), pk="id")
    state = {"url": url, "etag": feed.get("etag"), "modified": feed.get("modified")}
    db["feeds"].upsert(state, pk="url")
"""
# What no program can be much quicker than: it asks, parses and stores, cleans and reads nothing.
LIMIT = """
import hashlib, http.client, sqlite3, sys
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit
from xml.parsers import expat
db = sqlite3.connect(sys.argv[2])
db.execute("PRAGMA journal_mode = WAL")
db.execute("CREATE TABLE IF NOT EXISTS feeds (url TEXT PRIMARY KEY, etag TEXT, hash BLOB)")
db.execute("CREATE TABLE IF NOT EXISTS entries"
           " (id TEXT PRIMARY KEY, title TEXT, link TEXT, summary TEXT, published TEXT)")
known = {row[0]: row[1:] for row in db.execute("SELECT * FROM feeds")}
FIELDS = {"guid": 0, "title": 1, "link": 2, "description": 3, "pubDate": 4}

def ask(url):
    parts = urlsplit(url)
    etag, old = known.get(url, ("", b""))
    connection = http.client.HTTPConnection(parts.hostname, parts.port)
    connection.request("GET", parts.path, headers={"If-None-Match": etag} if etag else {})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    mark = hashlib.blake2b(body).digest()
    if answer.status == 304 or mark == old:
        return url, None, None, []
    return url, answer.headers.get("ETag", ""), mark, parse(body)

def parse(body):
    rows, row, pieces = [], None, None
    def start(name, _):
        nonlocal row, pieces
        if name == "item":
            row = [""] * 5
        pieces = [] if row is not None and name in FIELDS else None
    def end(name):
        nonlocal row, pieces
        if name == "item":
            rows.append(row)
            row = None
        elif pieces is not None:
            row[FIELDS[name]] = "".join(pieces)
        pieces = None
    def text(data):
        if pieces is not None:
            pieces.append(data)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = text
    parser.Parse(body, True)
    return rows

with ThreadPoolExecutor(20) as threads:
    for url, etag, mark, rows in threads.map(ask, open(sys.argv[1]).read().split()):
        db.executemany("INSERT OR REPLACE INTO entries VALUES (?, ?, ?, ?, ?)", rows)
        if mark:
            db.execute("INSERT OR REPLACE INTO feeds VALUES (?, ?, ?)", (url, etag, mark))
db.commit()
"""
ADD = """
import sys, reader
with reader.make_reader(sys.argv[1]) as one:
    for url in open(sys.argv[2]).read().split():
        one.add_feed(url)
"""
# sfeed's own script, but asking conditionally as its manual shows.
FETCH = """
fetch() {
\tcurl -L --max-redirs 0 -H "User-Agent:" -f -s -m 15 \\
\t\t--etag-save "%(place)s/$1" --etag-compare "%(place)s/$1" "$2" 2>/dev/null
}
"""


@dataclass
class Peer:
    """A program: how it learns the addresses, how it polls, how many entries it has."""

    name: str
    prepare: Callable[[Path, list[str]], None]
    command: Callable[[Path], list[str]]
    count: Callable[[Path], int]
    warm_ups: int = 0
    wall: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    memory: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))


def peers(names: list[str]) -> list[Peer]:
    """Those of ``names`` (or all) that are on this machine; of the others it is said."""
    every = [tracker(), script("hand-written", HAND), script("limit", LIMIT)]
    lacking = f"{READER} has no such package (READER names one that does)"
    if subprocess.run([READER, "-c", "import reader"], capture_output=True).returncode == 0:
        lacking = ""
    every += found("reader", reader, lacking)
    for name, program, make in (
        ("newsboat", "newsboat", newsboat), ("sfeed", "sfeed_update", sfeed),
    ):  # fmt: skip
        every += found(name, make, "" if shutil.which(program) else "it is not on the path")
    return [peer for peer in every if not names or peer.name in names]


def found(name: str, make: Callable[[], Peer], lacking: str) -> list[Peer]:
    if lacking:
        print(f"{name} is left out: {lacking}")
    return [] if lacking else [make()]


def tracker() -> Peer:
    def prepared(folder: Path, urls: list[str]) -> None:
        hosts = sorted({url.split("/")[2].split(":")[0] for url in urls})
        lines = [f"[poll]\nprivate_hosts = {json.dumps(hosts)}\n"]
        lines += [f'[[feed]]\nid = "f{n}"\nurl = "{url}"\n' for n, url in enumerate(urls)]
        (folder / "feeds.toml").write_text("".join(lines))
        # The record is there before the first poll, as it is after any first command.
        run_quietly([*TRACKER, "--db", str(folder / "db"), "timeline", "--limit", "1"])

    return Peer("tracker", prepared, lambda d: [*TRACKER, "poll", "--all", "--config",
                f"{d}/feeds.toml", "--db", f"{d}/db"], rows("entries"))  # fmt: skip


def script(name: str, text: str) -> Peer:
    return Peer(name, listed, lambda d: [sys.executable, "-c", text, f"{d}/urls", f"{d}/db"],
                rows("entries"))  # fmt: skip


def reader() -> Peer:
    def prepared(folder: Path, urls: list[str]) -> None:
        listed(folder, urls)
        run_quietly([READER, "-c", ADD, str(folder / "db"), str(folder / "urls")])

    update = ["update", "--no-scheduled", "--workers", "20"]
    return Peer("reader", prepared, lambda d: [READER, "-m", "reader", "--db", f"{d}/db", *update],
                rows("entries"))  # fmt: skip


def newsboat() -> Peer:
    def prepared(folder: Path, urls: list[str]) -> None:
        listed(folder, urls)
        (folder / "config").write_text("reload-threads 20\n")

    return Peer(
        "newsboat", prepared, lambda d: ["newsboat", "-q", "-u", f"{d}/urls", "-c", f"{d}/db",
        "-C", f"{d}/config", "-x", "reload"], rows("rss_item"),
        warm_ups=1,  # it keeps the validators of a new feed from the second poll on
    )  # fmt: skip


def sfeed() -> Peer:
    def prepared(folder: Path, urls: list[str]) -> None:
        etags = folder / "etags"
        etags.mkdir()
        feeds = "".join(f'feed "f{n}" "{url}"\n' for n, url in enumerate(urls))
        (folder / "rc").write_text(
            f'sfeedpath="{folder}/feeds"\nmaxjobs=16\n{FETCH % {"place": etags}}'
            f"feeds() {{\n{feeds}}}\n"
        )

    def lines(folder: Path) -> int:
        return sum(file.read_bytes().count(b"\n") for file in (folder / "feeds").glob("f*"))

    return Peer("sfeed", prepared, lambda d: ["sfeed_update", f"{d}/rc"], lines)


def listed(folder: Path, urls: list[str]) -> None:
    (folder / "urls").write_text("\n".join(urls) + "\n")


def rows(table: str) -> Callable[[Path], int]:
    def count(folder: Path) -> int:
        with closing(sqlite3.connect(folder / "db")) as db:
            return int(db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])

    return count


def environ() -> dict[str, str]:
    """Bytecode is cached, as it is for a user."""
    return {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}


def run_quietly(words: list[str]) -> None:
    subprocess.run(
        words, env=environ(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False
    )
