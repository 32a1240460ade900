"""The feed as its readers open it: newsboat and feedparser over HTTP; the list of feeds as OPML."""

from __future__ import annotations

import re
import sqlite3
import urllib.request
from contextlib import closing
from pathlib import Path

import feedparser

from tests.cli.running import Program
from tests.clients.conftest import Site
from tests.clients.found import needs, run
from tests.view import sample
from tracker.view import export


def newsboat(home: Path, *actions: str) -> str:
    return run("newsboat", "-u", "urls", "-c", "cache.db", "-x", *actions, cwd=home).stdout


def items(home: Path) -> list[tuple[str, str, str]]:
    """Identity, title and address of what newsboat holds."""
    with closing(sqlite3.connect(home / "cache.db")) as db:
        return list(db.execute("SELECT guid, title, url FROM rss_item ORDER BY guid"))


@needs("newsboat")
def test_newsboat_reads_every_event_over_http_and_nothing_twice(
    tracker: Program, site: Site, tmp_path: Path
) -> None:
    words = ("timeline", "--since", "2025-07", "-o", str(site.folder / "feed.atom"))
    assert tracker.run(*words).returncode == 0
    count = len(feedparser.parse((site.folder / "feed.atom").read_bytes()).entries)
    (tmp_path / "urls").write_text(f"{site.base}/feed.atom\n")
    for _ in range(2):
        assert newsboat(tmp_path, "reload", "print-unread").strip() == f"{count} unread articles"
    assert site.asked.count("/feed.atom") == 2
    held = items(tmp_path)
    assert len(held) == count
    assert all(guid.startswith("urn:uuid:") for guid, _, _ in held)


@needs("newsboat")
def test_newsboat_shows_hostile_titles_as_text(site: Site, tmp_path: Path) -> None:
    written = export.write("atom", sample.timeline())
    assert isinstance(written, bytes)
    (site.folder / "few.atom").write_bytes(written)
    (tmp_path / "urls").write_text(f"{site.base}/few.atom\n")
    newsboat(tmp_path, "reload")
    held = items(tmp_path)
    assert len(held) == len(sample.timeline().events)
    (hostile,) = [title for _, title, _ in held if "cmd" in title]
    assert "onerror" in hostile
    assert "\x1b" not in hostile
    assert not [address for _, _, address in held if address.startswith("javascript:")]


def test_feedparser_reads_the_record_over_http(tracker: Program, site: Site) -> None:
    path = site.folder / "feed.atom"
    assert tracker.run("timeline", "-o", str(path)).returncode == 0
    with urllib.request.urlopen(f"{site.base}/feed.atom", timeout=30) as answer:
        parsed = feedparser.parse(answer.read())
    assert not parsed.bozo
    assert parsed.version == "atom10"
    assert len({entry.id for entry in parsed.entries}) == len(parsed.entries) > 150
    days = [entry.updated for entry in parsed.entries]
    assert days == sorted(days, reverse=True)
    assert not [entry.id for entry in parsed.entries if not entry.get("link")]


@needs("newsboat")
def test_newsboat_takes_our_list_of_feeds_and_we_take_its(tracker: Program, tmp_path: Path) -> None:
    opml = tmp_path / "ours.opml"
    opml.write_text(tracker.run("feeds", "export").stdout)
    ours = set(re.findall(r'xmlUrl="([^"]+)"', opml.read_text()))
    (tmp_path / "urls").write_text("")
    run("newsboat", "-u", "urls", "-c", "cache.db", "-i", str(opml), cwd=tmp_path)
    lines = (tmp_path / "urls").read_text().splitlines()
    assert {line.split(" ")[0].replace("&", "&amp;") for line in lines if line} == ours
    theirs = tmp_path / "theirs.opml"
    theirs.write_text(run("newsboat", "-u", "urls", "-c", "cache.db", "-e", cwd=tmp_path).stdout)
    other = Program(tmp_path / "other")
    other.home.mkdir()
    config = other.home / "feeds.toml"
    config.write_text("")
    done = other.run("feeds", "import", str(theirs), "--config", str(config))
    assert done.returncode == 0, done.stderr
    assert config.read_text().count("[[feed]]") == len(ours)
