"""What is read line by line is what the library reads, or the library reads it."""

from __future__ import annotations

import random
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tracker.core import toml_lines

ROOT = Path(__file__).parents[2]
SAMPLE = """# A file
top = "x"
[poll] # heading
contact = "a \\"b\\" \\\\ #c"   # words
hosts = ["a, b", "c = d", "{e = 1}", "é 新"]
none = []
on = true
[[feed]]
id = "a"
every = -0.50
[[feed]]
id = "b"
"x y" = { names = ["=US", "a"], weight = 12, "q" = "]" }
"""


def library(text: str) -> Any:
    try:
        return tomllib.loads(text)
    except ValueError as error:
        return str(error)


def ours(text: str) -> Any:
    try:
        return toml_lines.loads(text)
    except ValueError as error:
        return str(error)


@pytest.mark.parametrize("path", sorted((ROOT / "db/lexicon").glob("*.toml")), ids=lambda p: p.name)
def test_the_lexicon_is_read_by_line(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert toml_lines._by_line(text) == tomllib.loads(text)


def test_the_shipped_feeds_and_the_sample_as_well() -> None:
    for text in (SAMPLE, (ROOT / "feeds.toml").read_text(encoding="utf-8")):
        assert ours(text) == library(text)
    assert toml_lines._by_line(SAMPLE) == tomllib.loads(SAMPLE)


@pytest.mark.parametrize(
    "text",
    [
        "a = 1\na = 2", "[a]\n[a]", "a = 1\n[a]", "a = [1]\n[[a]]", "[a]\n[[a]]", "[[a]]\n[a]",
        "[a]]", "[[a]", "[[a]\nb = 1", "a = { b = 1, b = 2 }", 'a = { b = 1, "b" = 2 }',
        '"a" = 1\na = 2', "a.b = 1", "a = 'x'", 'a = "\\u00e9"', 'a = "\\x"', 'a = "b\tc"',
        "a = 01", "a = 1_000", "a = +1", "a = -0", "a = 1e3", "a = 1.", "a = 2025-07-15", "a = inf",
        "a = [1, 2,]", "a = [\n1]", 'a = """b"""', "a = {}", "a = { }", "a = tru", "a = 1 # é",
        "a = 1# b", " a = 1", "a = 1 ", "a = 1\r\nb = 2", "# a\x01", "a = 1 # \x7f", "\ufeffa = 1",
        "a = " + "9" * 5000, "[]", "[a b]", "a", "= 1", 'a = "x', "a = [1, true, \"x\"]",
        "a = 1\n[[b]]\nc = 1\n[[b]]\n[d]\ne = 2", "\u2028", 'a = "\u2028\x85"',
    ],
)  # fmt: skip
def test_what_is_not_plain_is_as_the_library_has_it(text: str) -> None:
    assert ours(text) == library(text)


def test_a_long_line_that_is_no_row_is_not_searched_for_one() -> None:
    """From each of its letters a name could begin; the library knows at once that it is none."""
    with pytest.raises(tomllib.TOMLDecodeError):
        toml_lines.loads("x = { " + "-" * 3_000_000)


def test_a_long_row_is_read_from_left_to_right() -> None:
    row = ", ".join(f"k{n} = {n}" for n in range(50_000))
    assert toml_lines.loads(f"x = {{ {row} }}")["x"]["k49999"] == 49_999


def test_changed_by_chance_both_agree() -> None:
    """Letters put in, taken out and doubled; much of it is no TOML any more."""
    rnd = random.Random("toml")
    for _ in range(3000):
        text = SAMPLE
        for _ in range(rnd.randint(1, 3)):
            at = rnd.randrange(len(text))
            text = text[:at] + rnd.choice(['"', "[", "]", "{", "}", "=", ",", " ", "#", "\\", "\n",
                                           "1", "a", "."]) * rnd.randint(0, 2) \
                + text[at + rnd.randint(0, 2) :]  # fmt: skip
        assert ours(text) == library(text), text
