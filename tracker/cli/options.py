"""Options that every command takes, before or after its name, and types shared by commands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from tracker.errors import UsageProblem, did_you_mean
from tracker.nouns import dataclass

COLOURS: Final = ("auto", "always", "never")
_VALUES: Final = {"--db": "db", "--config": "config", "--color": "color", "--colour": "color"}
_FLAGS: Final = {
    "-q": "quiet", "--quiet": "quiet", "-v": "verbose", "--verbose": "verbose",
    "--version": "version",
}  # fmt: skip


@dataclass(slots=True)
class Options:
    """What was asked for on the whole line; None where nothing was said."""

    db: str | None = None
    config: str | None = None
    color: str = "auto"
    quiet: bool = False
    verbose: bool = False
    version: bool = False


def hoist(argv: Sequence[str]) -> tuple[Options, list[str]]:
    """Take the global options out of a command line, wherever they stand before ``--``.

    Raises:
        UsageProblem: an option without its value, or an unknown colour mode.

    >>> options, rest = hoist(["timeline", "--db", "x.db", "--limit", "3", "-q"])
    >>> options.db, options.quiet, rest
    ('x.db', True, ['timeline', '--limit', '3'])
    """
    options, rest, words = Options(), [], list(argv)
    while words:
        word = words.pop(0)
        name, equals, value = word.partition("=")
        if word == "--":
            rest += [word, *words]
            break
        if name in _VALUES:
            if not equals and not words:
                raise UsageProblem(f"{name} needs a value.", hint=f"{name} PATH")
            setattr(options, _VALUES[name], value if equals else words.pop(0))
        elif word in _FLAGS:
            setattr(options, _FLAGS[word], True)
        else:
            rest.append(word)
    _check_colour(options.color)
    return options, rest


def _check_colour(mode: str) -> None:
    if mode not in COLOURS:
        hint = did_you_mean(mode, list(COLOURS)) or "--color auto, always or never"
        raise UsageProblem(f"--color does not know {mode!r}.", hint=hint)
