"""Broken feeds.toml files: named by file and line, with a way out; nothing polled or written."""

from __future__ import annotations

import os

import pytest

from tests.cli.desk import Desk, feed
from tests.cli.running import without_root_powers
from tests.feeds.web import Page, item, rss

COMMANDS = (("poll",), ("feeds", "list"), ("feeds", "add", "https://b.example/f", "--no-check"),
            ("feeds", "remove", "a"), ("feeds", "import", "in.opml"), ("feeds", "test", "a"))  # fmt: skip
FEED = feed("a").encode()


@pytest.mark.parametrize(
    ("content", "place", "told"),
    [
        (FEED + b"evry = '1h'\n", ":5:", "did you mean every?"),
        (FEED + b"enabled = 'no'\n", ":5:", "wrong type (str)"),
        (FEED + b"every = 30\n", ":5:", "wrong type (int)"),
        (FEED + feed("a", "b").encode(), ":6:", 'the id "a" is there twice'),
        (FEED + feed("b", "a").encode(), ":7:", 'has the address of "a"'),
        (feed("a").replace("BASE", "htp://x").encode(), ":3:", "only http and https"),
        (feed("a", "x" * 100_000).encode(), ":3:", "more than 2083"),
        (FEED + b"title = 'caf\xe9'\n", "", "is not UTF-8 (byte "),
        ("\ufeff".encode() + FEED + b"lang = 'de'\n", ":5:", "lang cannot be 'de'"),
        (FEED + b"[[feed]\n", ":5:", "not valid TOML"),
        (FEED + b"title = \"\x1b[31m\"\n", ":5:", "not valid TOML"),
        (b"[poll]\nprivate_hosts = [1]\n" + FEED, ":2:", "not text"),
        (b"[poll]\npauses = '1s'\n" + FEED, ":2:", "did you mean pause?"),
        (b"[[feeds]]\nid = 'a'\n", ":1:", "did you mean feed?"),
        (b"a = " + b"[" * 100_000, "", "nested"),
        (b"[[source]]\nid = 's'\n", ":1:", "type cannot be ''"),
        (b"[[source]]\nid = 's'\ntype = 'federal-register'\nlimit = 5000\n", ":4:", "from 1 to 2000"),
    ],
)  # fmt: skip
def test_a_mistake_ends_every_command_with_2(
    desk: Desk, content: bytes, place: str, told: str
) -> None:
    content = content.replace(b"BASE", desk.web.base.encode())
    desk.feeds.write_bytes(content)
    for words in COMMANDS if "evry" in str(content) else COMMANDS[:1]:
        done = desk.run(*words)
        assert (done.returncode, done.stdout) == (2, ""), words
        assert done.stderr.startswith(f"tracker: {desk.feeds}{place}")
        assert told in done.stderr
        assert "Try: " in done.stderr
        assert len(done.stderr) < 1500
    assert desk.feeds.read_bytes() == content
    assert desk.web.asked == []


def test_files_that_are_none(desk: Desk) -> None:
    pipe = desk.home / "pipe.toml"
    os.mkfifo(pipe)
    for path, told in ((desk.home, "is a directory"), (desk.home / "no.toml", "cannot be read"),
                       (desk.home / "big.toml", "larger than 4 MB")):  # fmt: skip
        if path.name == "big.toml":
            path.write_bytes(b"#" * (5 << 20))
        done = desk.program.run("poll", "--config", str(path))
        assert done.returncode == 2
        assert told in done.stderr


def test_a_file_that_may_not_be_read_or_written(desk: Desk) -> None:
    prefix = without_root_powers()
    if prefix is None:
        pytest.skip("needs setpriv: root may read anything")
    desk.config(feed("a"))
    before = desk.feeds.read_bytes()
    desk.feeds.chmod(0)
    done = desk.program.start("poll", "--config", str(desk.feeds), prefix=prefix)
    assert (done.returncode, "Permission denied" in done.stderr) == (2, True)
    desk.feeds.chmod(0o400)
    desk.home.chmod(0o500)
    try:
        done = desk.program.start(
            "feeds", "remove", "a", "--config", str(desk.feeds), prefix=prefix
        )
    finally:
        desk.home.chmod(0o700)
    assert done.returncode == 2
    assert "cannot be written" in done.stderr
    assert desk.feeds.read_bytes() == before
    assert not list(desk.home.glob(".feeds.toml*"))


@pytest.mark.parametrize(
    ("words", "code"),
    [(("timeline",), 4), (("poll",), 4), (("db", "rebuild"), 4), (("scan", "/dev/null"), 0),
     (("feeds", "remove", "theregister"), 2)],
)  # fmt: skip
def test_a_home_that_is_not_there_is_not_made(
    desk: Desk, words: tuple[str, ...], code: int
) -> None:
    home = desk.home / "nobody"
    done = desk.program.run(*words, HOME=str(home), TRACKER_DB="")
    assert (done.returncode, done.stdout) == (code, "")
    assert not code or f"the home folder {home} is not there" in done.stderr
    assert not home.exists()


def test_a_relative_place_of_xdg_is_passed_over(desk: Desk) -> None:
    places = {"XDG_DATA_HOME": "rel", "XDG_CONFIG_HOME": "rel", "TRACKER_DB": ""}
    done = desk.program.run("db", "info", **places)
    assert f"{desk.home}/.local/share/tracker/tracker.db" in done.stdout
    done = desk.program.run("completion", "fish", "--install", **places)
    assert str(desk.home / ".config") in done.stderr
    assert not (desk.home / "rel").exists()


@pytest.mark.parametrize("words", [("add", "https://a.example/f", "--no-check"),
                                   ("remove", "theregister")])  # fmt: skip
def test_a_place_where_nothing_can_be_written_is_named(desk: Desk, words: tuple[str, ...]) -> None:
    """Not even the half-written file beside it can be taken away there."""
    done = desk.program.run("feeds", *words, XDG_CONFIG_HOME="/dev/null")
    told = "tracker: /dev/null/tracker/feeds.toml cannot be written: Not a directory.\n"
    assert (done.returncode, done.stderr) == (2, told + "Try: check its permissions\n")


def test_an_edit_that_would_not_be_read_back_is_taken_back(desk: Desk) -> None:
    """Keys without a table at the end of the file: an appended table is still its own."""
    desk.config(feed("a") + "[timeline]\nheadline = 'x'")
    desk.web.pages["/b"] = Page(rss(item(1)))
    assert desk.run("feeds", "add", f"{desk.web.base}/b").returncode == 0
    assert [row["id"] for row in desk.json("feeds", "list")] == ["a", "feed"]


def test_a_headline_series_that_nobody_knows_is_an_error_and_none_is_a_choice(desk: Desk) -> None:
    for headline, code in (("nope", 2), ("", 0), ("nvda-cn-dc-share", 0)):
        desk.config(f'[timeline]\nheadline = "{headline}"\n')
        done = desk.run("timeline", "--since", "2024", "--format", "rich")
        assert done.returncode == code
        if headline == "nope":
            told = f"tracker: {desk.feeds}:6: no series is called 'nope'.\n"
            assert (done.stdout, done.stderr.startswith(told)) == ("", True)
    assert desk.run("timeline", "--series", "nvda-cn-dc-share").returncode == 0
    assert desk.run("poll").returncode == 0


def test_a_feeds_toml_that_is_passed_over_is_told(desk: Desk) -> None:
    """A file that is silently not read would have the shipped feeds polled in its place."""
    desk.config(feed("a"))
    note = "feeds.toml in this folder is not read"
    assert note in desk.program.run("feeds", "list").stderr
    assert note not in desk.program.run("feeds", "list", "-q").stderr
    assert note not in desk.run("feeds", "list").stderr
    (desk.home / "db").mkdir()
    assert note not in desk.program.run("feeds", "list").stderr
