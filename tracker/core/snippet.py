"""The piece of a text that answers a search, and the places in it that do."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tracker.core.words import is_wide, tokens


def marking(words: Iterable[str]) -> re.Pattern[str] | None:
    """What finds these folded words in a folded text as the index does; None without words.

    Signs between words do not matter, a Latin word is found whole, one with ``*`` by its start.

    >>> found = marking(["is-informed", "h2*"])
    >>> [m[0] for m in found.finditer("the h200: is informed, said")]
    ['h200', 'is informed']
    >>> marking(["ai"]).search("said") is None
    True
    """
    found = {_pattern(word): None for word in sorted(words, key=len, reverse=True) if tokens(word)}
    return re.compile("|".join(found)) if found else None


def _pattern(word: str) -> str:
    own = tokens(word)
    inner = r"[\W_]*".join(_token(token) for token in own)
    before = "" if is_wide(own[0]) else r"(?<![0-9a-z])"
    after = "" if is_wide(own[-1]) else r"(?![0-9a-z])"
    return before + inner + (r"[0-9a-z]*" if word.endswith("*") else after)


def _token(token: str) -> str:
    """A token; one that may stand for initials also with their points."""
    if len(token) in (2, 3) and token.isascii() and token.isalpha():
        return r"(?:\. ?)?".join(token)
    return re.escape(token)


def around(text: str, folded: str, wanted: re.Pattern[str] | None, width: int = 100) -> str:
    """The piece of ``text`` around the first wanted word; ``folded`` has the same length.

    >>> around("The first H20 licences were issued", "the first h20 licences were issued",
    ...        marking(["h20"]), width=20)
    '…first H20 licences…'
    >>> around("short", "short", marking(["absent"]))
    'short'
    """
    place = wanted.search(folded) if wanted else None
    at = place.start() if place else 0
    start = max(0, min(at - width // 3, len(text) - width))
    end = min(len(text), start + width)
    slack = min(15, width // 4)  # cut between words, where one ends soon
    if start and (blank := text.find(" ", start, min(at, start + slack))) >= 0:
        start = blank + 1
    if end < len(text) and (blank := text.rfind(" ", max(at + 1, end - slack), end)) > 0:
        end = blank
    return ("…" if start else "") + text[start:end].strip() + ("…" if end < len(text) else "")
