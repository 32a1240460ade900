"""``add`` and the figures' commands given what is none: a word, exit code 2, nothing half stored."""

from __future__ import annotations

import contextlib
import gzip
import json
import sqlite3
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import Program

GOOD = "Nvidia took a $4.5 billion charge on H20.\n"


@pytest.fixture(scope="module")
def program(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Program:
    made = Program(tmp_path_factory.mktemp("home")).fill(template)
    config = made.home / "feeds.toml"
    config.write_text('[poll]\nprivate_hosts = ["127.0.0.1"]\n', encoding="utf-8")
    (made.home / "good.txt").write_text(GOOD, encoding="utf-8")
    assert made.run("add", str(made.home / "good.txt"), "--published", "2025-06-01").returncode == 0
    return made


def counts(program: Program) -> tuple[int, ...]:
    db = sqlite3.connect(program.db)
    try:
        return tuple(
            db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ("items", "revisions", "mentions", "events", "observations")
        )
    finally:
        db.close()


def refused(program: Program, *words: str, says: str) -> None:
    """The program ends with 2, says why and what to do, and the database is as it was."""
    before = counts(program)
    done = program.run(*words)
    assert (done.returncode, done.stdout) == (2, ""), done.stderr
    assert says in done.stderr
    assert "Try" in done.stderr
    assert "Traceback" not in done.stderr
    assert counts(program) == before


BAD: list[tuple[str, bytes, str]] = [
    ("empty", b"", "is empty"),
    ("blank", b" \n\t\r\n", "is empty"),
    ("zeros", b"\0" * 5000, "is not a text"),
    ("random", bytes(range(256)) * 400, "is not a text"),
    ("png", b"\x89PNG\r\n\x1a\n" + b"\0" * 200, "is not a text"),
    ("pdf", b"%PDF-1.7\n" + b"stream" * 50, "is not a text"),
    ("zip", b"PK\x03\x04" + b"\0" * 100, "is not a text"),
    ("gzip", gzip.compress(GOOD.encode()), "is not a text"),
    ("sqlite", b"SQLite format 3\0" + b"\0" * 100, "is not a text"),
    ("broken utf-8", "国产芯片占比四成。".encode() * 20 + b"\xff\xfe\xfd\x81\x20" * 90,
     "is not a text"),
    ("html without words", b"<!doctype html><html><head><title></title><script>var a=1</script>"
     b"</head><body><nav>Menu</nav><footer>Imprint</footer></body></html>", "no article text"),
    ("fifty megabytes", b"a word " * 7_200_000, "longer than 5 MB"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "body", "says"), BAD, ids=[one[0] for one in BAD])
def test_a_file_that_is_no_article(program: Program, name: str, body: bytes, says: str) -> None:
    path = program.home / f"bad {name}"
    path.write_bytes(body)
    refused(program, "add", str(path), says=says)
    refused(program, "add", str(path), "--check", says=says)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("nowhere.txt",), "cannot be read"),
        (("/",), "is a directory"),
        (("http://127.0.0.1:9/none",), "gave no article"),
        (("http://no-such-host.invalid/",), "gave no article"),
        (("ftp://example.org/a.txt",), "only http and https"),
        (("{good}", "--published", "2031-01-01"), "lies in the future"),
        (("{good}", "--published", "2025-02-30"), "not in the calendar"),
        (("{good}", "--published", "June"), "not a date"),
        (("{good}", "--lang", "fr"), "--lang does not know"),
        (("{good}", "--url", "javascript:alert(1)"), "is no web address"),
        (("{good}", "--format", "xml"), "--format does not know"),
    ],
)
def test_a_wrong_word(program: Program, words: tuple[str, ...], says: str) -> None:
    good = str(program.home / "good.txt")
    refused(program, "add", *(word.replace("{good}", good) for word in words), says=says)


BODIES = {
    "/empty": b"", "/picture": b"\x89PNG\r\n\x1a\n" + b"\0" * 99,
    "/bomb": gzip.compress(b"a" * 60_000_000, 1), "/blank": b"<html><body></body></html>",
}  # fmt: skip


class _Odd(BaseHTTPRequestHandler):
    """A server that answers otherwise than an article."""

    def do_GET(self) -> None:
        if self.path == "/hangs-up":
            self.connection.close()
            return
        status = {"/gone": 410, "/error": 500, "/loop": 302}.get(self.path, 200)
        body = BODIES.get(self.path, b"no")
        self.send_response(status)
        if self.path == "/loop":
            self.send_header("Location", "/loop")
        if self.path == "/bomb":
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        with contextlib.suppress(ConnectionError):  # who has enough of a bomb hangs up
            self.wfile.write(body)

    def log_message(self, *args: Any) -> None:
        """Quiet."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), _Odd)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/gone", "410"), ("/error", "500"), ("/loop", "gave no article"),
        ("/hangs-up", "gave no article"), ("/bomb", "gave no article"), ("/empty", "is empty"),
        ("/picture", "is not a text"), ("/blank", "no article text"),
    ],
)  # fmt: skip
def test_a_page_that_is_no_article(program: Program, site: str, path: str, says: str) -> None:
    config = str(program.home / "feeds.toml")
    refused(program, "--config", config, "add", site + path, says=says)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("share", "--as-of", "2000-01-01"), "No figure was known on 2000-01-01; the first is of"),
        (
            ("share", "cn-nvda-units-share", "--as-of", "2025-01-01"),
            "No figure of cn-nvda-units-share was known on 2025-01-01; the first is of 2026-04-01",
        ),
        (("diff", "2025-01-01", "2199-01-01"), "still to come"),
        (("add", "-", "--published", "2025-07"), "is no day"),
        (("share", "--as-of", "soon"), "not a date"),
        (("share", "--as-of", "2025-02-30"), "not in the calendar"),
        (("share", "--window", "-1m", "--around", "h20-mi308"), "no number of months"),
        (("share", "--format", "gif"), "--format does not know"),
        (("share", "--format", "png"), "A picture is no text"),
        (("share", "no-such", "-o", "/no/such/place.png"), "No series is called"),
        (("share", "nvda-cn-revenue", "-o", "/no/such/place.png"), "cannot be written"),
        (("claims", "--article", "zzzz"), "zzzz"),
        (("decide", "accept-claim", "zzzz"), "No claim is called"),
        (("decide", "accept-claim", ""), "No claim is called"),
        (("diff", "2026-01-01", "2025-01-01"), "not before"),
        (("diff", "yesterday"), "not a date"),
        (("status", "--on", "2025-02-30"), "not in the calendar"),
    ],
)
def test_a_question_that_cannot_be_answered(
    program: Program, words: tuple[str, ...], says: str
) -> None:
    refused(program, *words, says=says)


def test_contradicting_decisions_are_told_in_words(program: Program) -> None:
    line = {"items": ["e1"], "at": "2026-01-01T00:00:00Z", "verdict": "redate"}
    lines = [
        line | {"key": "a", "by": "mw", "value": "2025-07-14"},
        line | {"key": "b", "by": "zl", "value": "2025-07-15", "at": "2026-01-02T00:00:00Z"},
        {"key": "c", "verdict": "withdrawn", "value": "lost", "at": "2026-01-02T00:00:00Z"},
    ]
    path = program.db.with_name("decisions.jsonl")
    path.write_text("".join(json.dumps(one) + "\n" for one in lines), encoding="utf-8")
    done = program.run("decide", "log")
    path.unlink()
    assert done.returncode == 0
    assert "e1: mw said redate 2025-07-14, zl later redate 2025-07-15" in done.stderr
    assert "the later line holds" in done.stderr
    assert "not stored (lines are kept)" in done.stderr
    assert "taken back here, and the line itself is not: lost" in done.stderr


def test_whoever_decided_stays_on_one_line(program: Program) -> None:
    """A name comes from outside as any other text: from a command line or from another's file."""
    line = {"items": ["e1"], "at": "2026-01-01T00:00:00Z", "verdict": "redate"}
    lines = [line | {"key": "a", "by": "m\n\x1b[31mw", "value": "2025-07-14"},
             line | {"key": "b", "by": "z\nl", "value": "2025-07-15"},
             {"key": "c", "verdict": "withdrawn", "value": "lo\nst", "at": line["at"]}]  # fmt: skip
    path = program.db.with_name("decisions.jsonl")
    path.write_text("".join(json.dumps(one) + "\n" for one in lines), encoding="utf-8")
    done = program.run("decide", "log")
    undone = program.run("decide", "undo", "b", "--by", "m\n\x1b[31mw")
    kept = json.loads(path.read_text(encoding="utf-8").splitlines()[-1])
    path.unlink()
    assert all(one.startswith("tracker: ") for one in done.stderr.splitlines())
    assert "e1: m w said redate 2025-07-14, z l later redate 2025-07-15" in done.stderr
    assert (undone.returncode, kept["value"], kept["by"]) == (0, "b", "m w")


def test_json_of_a_decision_holds_nothing_that_steers_a_terminal(program: Program) -> None:
    """A colleague's line is outside text too; what it said is still there, as escapes."""
    event = program.run("timeline", "--format", "jsonl", "--limit", "1")
    name = json.loads(event.stdout)["id"]
    line = {"items": [name], "at": "2026-01-01T00:00:00Z", "verdict": "confirm", "key": "a",
            "by": "m\u202ew", "why": "w\x1b]0;pwn\x07\u202e\x9bX"}  # fmt: skip
    path = program.db.with_name("decisions.jsonl")
    path.write_text(json.dumps(line) + "\n", encoding="utf-8")
    log = program.run("decide", "log", "--format", "json")
    card = program.run("event", name, "--format", "json")
    path.unlink()
    for done in (log, card):
        assert done.returncode == 0, done.stderr
        assert done.stdout.replace("\n", " ").isprintable()
        json.loads(done.stdout)
    assert json.loads(log.stdout)["decisions"][0]["why"] == line["why"]


def test_there_is_nothing_to_undo(program: Program) -> None:
    refused(program, "decide", "undo", says="There is nothing to take back")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030", "big5"])
def test_other_encodings_are_read_and_said(program: Program, tmp_path: Path, encoding: str) -> None:
    text = "2025年國產晶片占比約四成。輝達將恢復向中國銷售H20晶片。" * 3
    path = tmp_path / "article.txt"
    path.write_bytes(text.encode(encoding))
    done = program.run("add", str(path), "--dry-run", "--format", "json")
    assert done.returncode == 0, done.stderr
    assert {one["value"] for one in json.loads(done.stdout)["figures"]} == {40}


@pytest.mark.parametrize(
    "question",
    ["timeline", "status affiliates", "share IDC", "claims", "event h20-mi308", "cite h20-mi308"],
)
def test_what_will_be_known_nobody_knows(program: Program, question: str) -> None:
    refused(program, *question.split(), "--as-of", "2091", says="2091 is still to come")


def test_this_year_is_known_until_today(program: Program) -> None:
    year = datetime.now(tz=UTC).year
    done = program.run("timeline", "--as-of", str(year), "--limit", "1")
    assert (done.returncode, done.stderr.count("still to come")) == (0, 0)


@pytest.mark.parametrize("format_", ["text", "json"])
def test_an_article_that_was_taken_out_stays_out(
    template: Path, tmp_path: Path, format_: str
) -> None:
    program = Program(tmp_path).fill(template)
    path = tmp_path / "a.txt"
    path.write_text("US bans H20 exports to China\n\nThe rule was published on Tuesday.", "utf-8")
    words = ("add", str(path), "--published", "2025-06-01", "--format", format_)
    assert program.run(*words).returncode == 0
    item = json.loads(program.run("entries", "--format", "json").stdout)[0]["id"]
    assert program.run("entries", "remove", item).returncode == 0
    again = program.run(*words)
    assert (again.returncode, again.stdout) == (2, "")
    assert "was taken out; adding it does not put it back" in again.stderr
    assert again.stderr.endswith(f"Try: tracker entries restore {item}\n")
    assert program.run("entries", "restore", item).returncode == 0
    assert program.run(*words).returncode == 0
