"""feeds.toml: what is read, and how mistakes are named."""

from __future__ import annotations

from pathlib import Path

import pytest

from tracker import config
from tracker.errors import UsageProblem
from tracker.layout import shipped_feeds
from tracker.settings import HEADLINE

FEED = '[[feed]]\nid = "a"\nurl = "https://example.org/f"\n'


def test_the_shipped_file_has_enough_feeds_and_reasons_for_those_that_are_off() -> None:
    path = Path(__file__).parents[1] / "feeds.toml"
    settings = config.load(path)
    assert sum(feed.enabled for feed in settings.feeds) >= 35
    off = [
        line for line in path.read_text(encoding="utf-8").splitlines() if "enabled = false" in line
    ]
    assert len(off) == sum(not feed.enabled for feed in settings.feeds)
    assert all("#" in line for line in off)


def test_defaults_and_spans() -> None:
    text = '[poll]\nevery = "30m"\ncontact = "me"\n' + FEED + '[[watch]]\nid = "w"\nnames = ["x"]'
    settings = config.parse(text, "f")
    assert (settings.feeds[0].every, settings.feeds[0].at_most) == (1800, 86400)
    assert (settings.contact, settings.watch[0].names) == ("me", ("x",))
    assert settings.watch[0].where == "f:7"
    assert settings.headline == "cn-accel-domestic-units-share"


def test_no_file_is_no_feed() -> None:
    assert config.load(None).feeds == ()


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        (FEED + "evry = '1h'\n", 4, "every"),
        (FEED + FEED, 5, "twice"),
        (FEED + FEED.replace('"a"', '"b"'), 6, "address of"),
        (FEED.replace("https://", "ftp://"), 3, "http"),
        (FEED.replace("https://example.org/f", "https://example.org/" + "a" * 100_000), 3, "2083"),
        (FEED.replace("https://example.org/f", "/etc/passwd"), 3, "http"),
        (FEED.replace("https://example.org/f", " \\n "), 3, "address"),
        (FEED.replace("example.org", "exa mple.org"), 3, "blanks"),
        (FEED + "enabled = 'yes'\n", 4, "true or false"),
        (FEED + "every = '5 parsecs'\n", 4, "30m"),
        (FEED + "every = '1s'\n", 4, "every"),
        (FEED + "every = '2h'\nat_most = '1h'\n", 5, "longer"),
        (FEED + "lang = 'zh-hans'\n", 4, "zh-Hans"),
        (FEED + "tier = 'wires'\n", 4, "wire"),
        (FEED.replace('"a"', '"A B"'), 2, "small letters"),
        ("[[feed]]\nurl = 'https://example.org/f'\n", 1, "no id"),
        ("[[watch]]\nnames = ['x']\n", 1, "my-word"),
        ("[[watch]]\nid = 'w'\n", 1, "no names"),
        ("[[watch]]\nid = \"a\\u0007b\"\nnames = ['x']\n", 2, "cannot be an id"),
        ("[[watch]]\nid = 'w'\nnames = []\n", 3, "no names"),
        ("[[watch]]\nid = 'w'\nnames = ['x']\n" * 2, 5, "twice"),
        ("[[fed]]\nid = 'a'\n", 1, "feed"),
        ("[poll]\nprivate_hosts = 'localhost'\n", 2, "private_hosts"),
        ("[poll]\nprivate_hosts = ['10.0.0.0/8']\n", 2, "host"),
        ("feed = 3\n", 1, "[[feed]]"),
        ("[poll\n", 1, "TOML"),
        ("[poll]\nprivate_hosts = [\n\n", 2, "end of the file"),
        (FEED + "title = x\n", 4, "TOML"),
        (FEED + 'headers = { X-A = "b\\r\\nEvil: 1" }\n', 4, "header"),
        (FEED + 'headers = { Cookie = "a" }\n', 4, "header"),
        ("[[source]]\nid = 's'\ntype = 'federal-registr'\n", 3, "federal-register"),
    ],
)
def test_a_mistake_names_file_and_line_and_a_way_out(text: str, line: int, word: str) -> None:
    with pytest.raises(UsageProblem) as caught:
        config.parse(text, "feeds.toml")
    shown = str(caught.value)
    assert shown.startswith(f"feeds.toml:{line}:")
    assert word in shown
    assert caught.value.exit_code == 2


def test_files_that_are_none(tmp_path: Path) -> None:
    (tmp_path / "latin").write_bytes(b"# caf\xe9")
    for path, word in ((tmp_path, "directory"), (tmp_path / "no", "read"),
                       (tmp_path / "latin", "UTF-8")):  # fmt: skip
        with pytest.raises(UsageProblem, match=word):
            config.load(path)


def test_the_shipped_file_names_no_other_headline() -> None:
    """``House.headline`` relies on it: the shipped feeds.toml is not read for a question."""
    assert config.load(shipped_feeds()).headline == HEADLINE
