"""What a mistyped line is taken for: words of other programs, and values without their option."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

COMMANDS: Final = {
    "doctor": "tracker db check, or tracker feeds health",
    "feeds discover": "tracker feeds add URL finds the feed of a page",
}
"""Commands that other programs have, and what does their work here."""

_VALUES: Final = {"brief": "--week", "recode": "--with"}
"""Commands that take no word by itself, and the option that a word by itself is meant for."""


def instead(rest: Sequence[str]) -> str:
    """What to type in the place of a line that is not understood; empty where nothing is known.

    >>> instead(["brief", "2026-W47"]), instead(["recode", "a.toml"])
    ('tracker brief --week 2026-W47', 'tracker recode --with a.toml')
    >>> instead(["feeds", "discover", "x"]), instead(["brief", "--wek", "1"]), instead([])
    ('tracker feeds add URL finds the feed of a page', '', '')
    """
    first, *words = rest or [""]
    known = COMMANDS.get(first) or COMMANDS.get(" ".join(rest[:2]))
    if known:
        return known
    alone = first in _VALUES and len(words) == 1 and not words[0].startswith("-")
    return f"tracker {first} {_VALUES[first]} {words[0]}" if alone else ""
