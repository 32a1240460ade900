"""Expressions that are compiled when they are first asked for.

To compile the grammars of recognition takes a child of a poll a quarter of its start, and most of
what it reads is of no interest to any of them.
"""

from __future__ import annotations

import re
from typing import Any, cast


class _Late:
    """Stands for a compiled expression, and has its methods from the first use on."""

    def __init__(self, words: str, flags: re.RegexFlag) -> None:
        self._said = words, flags

    def __getattr__(self, name: str) -> Any:
        found = getattr(re.compile(*self._said), name)  # the library keeps what was compiled
        setattr(self, name, found)
        return found


def late(words: str, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    """What ``re.compile`` makes, later: mistakes in ``words`` come to light at the first use.

    >>> late("h(?P<number>[0-9]+)", re.IGNORECASE).findall("H20, h200")
    ['20', '200']
    """
    return cast("re.Pattern[str]", _Late(words, flags))


def last_of(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    """The last place where an expression is found; None where it is nowhere.

    >>> found = last_of(late("[a-z]"), "a1b2")
    >>> found and found.start()
    2
    """
    found = None
    for found in pattern.finditer(text):  # noqa: B007 - the last one is wanted
        pass
    return found
