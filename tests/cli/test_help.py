"""Help that teaches: an example that parses for every command, each option with a word for its
value and a line that says what it does."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from typing import Any

import pytest
import typer

from tracker.cli import COMMANDS, command_of
from tracker.cli.options import hoist


def pages() -> Iterator[tuple[str, Any]]:
    """Every command with its name, those of groups too."""
    for name in COMMANDS:
        command = command_of(name)
        yield name, command
        for part, below in getattr(command, "commands", {}).items():
            yield f"{name} {part}", below


PAGES = dict(pages())


def text(name: str) -> str:
    context = typer.Context(PAGES[name], info_name=f"tracker {name}", terminal_width=80)
    return str(PAGES[name].get_help(context))


@pytest.mark.parametrize("name", PAGES)
def test_the_page_is_plain_words_with_an_example_before_the_options(name: str) -> None:
    page = text(name)
    assert f"  tracker {name}" in page.partition("\nOptions:")[0].partition("\n")[2]
    assert not re.search("[╭│]|<(?:str|int|float|path|text)", page)
    assert [line for line in page.splitlines() if len(line) > 80] == []
    assert not re.search(r"(?m)\.\.\.$", page.partition("\nCommands:")[2])


@pytest.mark.parametrize("name", PAGES)
def test_its_examples_are_read_as_they_stand(name: str) -> None:
    """Nothing is run: the words are split, and every option and value is accepted."""
    paragraphs = (PAGES[name].help or "").split("\n\n")
    examples = [" ".join(part.split()) for part in paragraphs if part.startswith("tracker ")]
    assert examples
    for example in examples:
        _, words = hoist(shlex.split(example.partition(" | ")[0].partition(" > ")[0]))
        chosen = " ".join(words[1:3]) if " ".join(words[1:3]) in PAGES else words[1]
        rest = words[1 + len(chosen.split()) :]
        PAGES[chosen].make_context(chosen, rest)


@pytest.mark.parametrize("name", PAGES)
def test_every_option_says_what_it_does(name: str) -> None:
    silent = [one.opts[0] for one in PAGES[name].params
              if one.param_type_name == "option" and not one.help]  # fmt: skip
    assert silent == []
