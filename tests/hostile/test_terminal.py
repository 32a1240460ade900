"""Outside text on a terminal, in a pipe and without colour: no byte of it steers anything."""

from __future__ import annotations

import json
import os
import pty
import re
import shutil
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.cli.running import entered
from tests.feeds.web import Page, Web
from tests.hostile.registry import REG
from tests.hostile.server import Hostile

# What the program itself may send: colours (no blinking, nothing concealed), hyperlinks to web
# addresses, and the two that take a progress line away.
COLOUR = re.compile(r"\x1b\[((?:\d+;)*\d*)m")
LINK = re.compile(r"\x1b\]8;[^;\x1b]*;([^\x1b]*)\x1b\\")
PROGRESS = re.compile(r"\x1b\[(?:1A|2K)")
INVISIBLE = re.compile("[\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\u00ad\U000e0000-\U000e007f]")
ACTS = (
    "Commerce Department lets Nvidia resume H20 licences for China {}",
    "{} 商务部宣布对镓实施出口管制",
    "China bans {} exports of gallium and germanium to the US",
)
COMMANDS: tuple[list[str], ...] = (
    ["poll", "--all"], ["poll", "--all", "-v"], [], ["timeline", "--since", "2025-06"],
    ["entries", "--limit", "500"], ["feeds", "list"], ["feeds", "health"], ["search", "H20"],
    ["search", "\x1b[31m"], ["digest", "--since", "2025-07-01"], ["claims"], ["EVENTS"],
    ["timeline", "--kind", "x\x1b[31m"], ["poll", "--feed", "\x1b[2Jx"], ["event", "\x9b31m"],
)  # fmt: skip


class Desk:
    """A database of hostile feeds, and the means to ask it."""

    def __init__(self, folder: Path, hostile: Hostile, web: Web) -> None:
        self.folder, self.web = folder, web
        names = [name for name, one in REG.items() if one.group == "text"]
        urls = {name.replace("_", "-"): hostile.url_of(name) for name in names}
        urls["acts"] = f"{web.base}/acts"
        lines = ['[poll]\nprivate_hosts = ["127.0.0.1"]\n']
        lines += [f'[[feed]]\nid = "{name}"\nurl = "{url}"\n' for name, url in urls.items()]
        (folder / "feeds.toml").write_text("".join(lines), encoding="utf-8")
        web.pages["/acts"] = Page(acts(hostile, names))

    def words(self, command: list[str]) -> list[str]:
        place = ["--db", str(self.folder / "t.db"), "--config", str(self.folder / "feeds.toml")]
        return [*command, *place]

    def piped(self, command: list[str]) -> str:
        """Both streams of a command in this process."""
        return entered(self.words(command), self.folder, os.environ, together=True).stdout

    def on_terminal(self, command: list[str], **environ: str) -> str:
        """What a command sends to a terminal; it comes back with the terminal's line ends."""
        ours, theirs = pty.openpty()
        kept = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "FORCE_COLOR")}
        kept |= {"TERM": "xterm-256color", "COLUMNS": "100", "PAGER": "cat", **environ}
        process = subprocess.Popen(
            [sys.executable, "-m", "tracker", *self.words(command)], env=kept,
            stdin=theirs, stdout=theirs, stderr=theirs,
        )  # fmt: skip
        os.close(theirs)
        with process:
            data = b"".join(iter(lambda: _read(ours), b""))
        os.close(ours)
        return data.decode().replace("\r\n", "\n")

    def commands(self, command: list[str]) -> Iterator[list[str]]:
        """The command, or the cards of a few news events."""
        if command != ["EVENTS"]:
            yield command
            return
        found = json.loads(self.piped(["timeline", "--origin", "news", "--format", "json"]))
        assert found["events"]
        for event in found["events"][:2]:
            yield ["event", event["id"], "--why"]


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # Linux says so when the other side is closed
        return b""


def acts(hostile: Hostile, names: list[str]) -> bytes:
    """A feed of items that are recognised, each with a piece of hostile text in it."""

    class Taker:
        server, n, data = hostile, 1, b""

        def reply(self, _: int, data: bytes = b"", __: object = None) -> None:
            self.data = data

    items: list[dict[str, object]] = []
    for name in names:
        taker, fn = Taker(), REG[name].fn
        assert fn
        fn(taker)  # type: ignore[arg-type]  # it only replies
        for one in json.loads(taker.data)["items"]:
            number, piece = len(items), one["title"] + " " + one["url"][:200]
            items.append({
                "id": f"urn:acts:{number}{piece[:20]}",
                "url": f"https://user:pw@news.example/{number}",
                "title": ACTS[number % 3].replace("{}", piece),
                "content_text": f"Nvidia's share in China was 55% in 2024, Bernstein said. {piece}",
                "date_published": f"2025-07-{1 + number % 28:02}T08:00:00Z",
                "authors": [{"name": piece}],
            })  # fmt: skip
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "\x1b]0;x\x07", "items": items}
    return json.dumps(feed).encode()


@pytest.fixture(scope="module")
def desk(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    hostile, web = Hostile(), Web()
    one = Desk(tmp_path_factory.mktemp("terminal"), hostile, web)
    shutil.copy(template, one.folder / "t.db")
    one.piped(["poll", "--all"])
    yield one
    web.close()
    hostile.close()


def findings(text: str, *, colours: bool) -> list[str]:
    """What should not have been sent."""
    found = [f"link to {url}" for url in LINK.findall(text) if url and not _harmless(url)]
    rest = PROGRESS.sub("", LINK.sub("", text) if colours else text)
    for codes in COLOUR.findall(rest):
        words = re.sub(r"[345]8;(?:5;\d+|2;\d+;\d+;\d+)", "", codes).split(";")
        found += [f"colour {codes}"] if {"5", "6", "8"} & set(words) or not colours else []
    rest = COLOUR.sub("", rest)
    found += [f"control {c!r}" for c in rest if unicodedata.category(c) == "Cc" and c not in "\n\t"]
    found += [f"invisible {c!r}" for c in INVISIBLE.findall(rest)]
    piles = re.findall("[\u0300-\u036f]{9,}", rest)
    return found + [f"{len(pile)} marks on a letter" for pile in piles]


def _harmless(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in ("http", "https") and "@" not in parts.netloc and len(url) <= 2083


@pytest.mark.parametrize("command", COMMANDS, ids=lambda words: ascii(" ".join(words)) or "morning")
def test_nothing_steers(command: list[str], desk: Desk) -> None:
    for words in desk.commands(command):
        assert findings(desk.on_terminal(words), colours=True) == []
        assert findings(desk.on_terminal(words, NO_COLOR="1"), colours=True) == []
        assert findings(desk.piped(words), colours=False) == []


def test_judgements_of_scan_are_escaped_json(desk: Desk, tmp_path: Path) -> None:
    item = {"id": "x\x9b31m\u202e\x7f", "title": "US lifts H20 curbs", "published": "2025-07-15"}
    (tmp_path / "in.jsonl").write_text(json.dumps(item), encoding="utf-8")
    printed = desk.piped(["scan", str(tmp_path / "in.jsonl")])
    assert findings(printed, colours=False) == []
    assert json.loads(printed)["id"] == item["id"]


def test_the_judge_sees_what_it_should() -> None:
    bad = ("\x1b[2J", "\x1b]0;t\x07", "\x9b31m", "a\x08", "\u202e", "\x1b[5m", "e" + "\u0301" * 20,
           "\x1b]8;;javascript:x\x1b\\a", "\x1b]8;;https://u:p@a.example/\x1b\\a")  # fmt: skip
    assert [text for text in bad if not findings(text, colours=True)] == []
    assert findings("\x1b[1;38;5;8mgrey\x1b[0m\n", colours=True) == []
