"""Glue between the hostile web and the program: polls a list of addresses, one JSON line each.

``--urls FILE --db PATH --mode force|cron`` with FILE a JSON list of addresses. Addresses that
feeds.toml refuses are reported as refused; the others are polled by the program itself.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import io
import json
import sqlite3
import sys
import tempfile
from pathlib import Path
from typing import Any

from tracker.cli import run
from tracker.core.address import why_not


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--urls", required=True)
    parser.add_argument("--db", required=True)
    parser.add_argument("--mode", default="force")
    parser.add_argument("--quiet", action="store_true")
    options = parser.parse_args()
    urls = json.loads(Path(options.urls).read_text(encoding="utf-8"))
    good = {url: feed_id(url) for url in urls if not why_not(url)}
    with tempfile.NamedTemporaryFile("w", suffix=".toml", encoding="utf-8") as config:
        config.write(feeds_toml(good))
        config.flush()
        return polled(options, config.name, urls, good)


def polled(options: argparse.Namespace, config: str, urls: list[str], good: dict[str, str]) -> int:
    words = ["poll", "--config", config, "--db", options.db, "--format", "json"]
    words += ["--all"] if options.mode == "force" else []
    answer = io.StringIO()
    with contextlib.redirect_stdout(answer):
        code = run(words)
    if code not in (0, 69):
        return code
    report = {feed["id"]: feed for feed in json.loads(answer.getvalue())["feeds"]}
    with contextlib.closing(sqlite3.connect(options.db)) as db:
        for url in urls:
            sys.stdout.write(json.dumps(line(db, url, good, report)) + "\n")
    return 0


def feed_id(url: str) -> str:
    return "f" + hashlib.sha256(url.encode("utf-8", "replace")).hexdigest()[:12]


def feeds_toml(feeds: dict[str, str]) -> str:
    lines = ["[poll]", 'private_hosts = ["127.0.0.1", "localhost"]']
    for url, name in feeds.items():
        lines += [
            "[[feed]]",
            f'id = "{name}"',
            f"url = {json.dumps(url, ensure_ascii=False)}",
            'lang = "zh-Hans"',
        ]
    return "\n".join(lines)


def line(
    db: sqlite3.Connection, url: str, good: dict[str, str], report: dict[str, Any]
) -> dict[str, Any]:
    if url not in good:
        return {"url": url, "outcome": "refused", "entries": 0, "stored_url": "", "titles": [],
                "error": why_not(url)}  # fmt: skip
    name, result = good[url], report[good[url]]
    titles = [row[0] for row in db.execute(
        "SELECT title FROM entries WHERE feed = ? ORDER BY number LIMIT 10", (name,))]  # fmt: skip
    count = db.execute("SELECT count(*) FROM entries WHERE feed = ?", (name,)).fetchone()[0]
    stored = db.execute("SELECT stored_url FROM feeds WHERE id = ?", (name,)).fetchone()
    return {
        "url": url,
        "outcome": outcome(result),
        "entries": count,
        "stored_url": stored[0] if stored else url,
        "titles": titles,
        "error": result["error"] or "",
    }


def outcome(result: dict[str, Any]) -> str:
    """Our words in those of the hostile web."""
    if result["outcome"] == "unchanged" and result["status"] == 304:
        return "not_modified"
    words = {"new": "ok", "unchanged": "ok", "failed": "error"}
    return words.get(result["outcome"], str(result["outcome"]))


if __name__ == "__main__":
    sys.exit(main())
