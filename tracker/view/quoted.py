"""Where the words that a reason quotes stand: in the headline or the text, at which characters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from tracker.core.timeline import Report
from tracker.model import Reason

_QUOTED: Final = re.compile(r"(['\"])(.+)\1 (?:\(\S+:\d+\)$|read as )")
_BREAK: Final = re.compile(r"[.!?]\s+|[。!?！？；;\n]")
_BETWEEN: Final = " … "

Places = tuple[tuple[str, tuple[int, ...]], ...]
"""``headline`` or ``text``, and the characters at which words stand in it."""


def words_of(reason: Reason) -> tuple[str, ...]:
    """The words that a reason quotes, in its order; none where it quotes none.

    >>> words_of(Reason("licence-granted", 3.0, "'US … clears … H20' (db/lexicon/acts.toml:7)"))
    ('US', 'clears', 'H20')
    >>> words_of(Reason("date", 1.0, "'late Monday' read as 2025-07-14 (plain)"))
    ('late Monday',)
    >>> words_of(Reason("topic", 1.0, "subject and sides named"))
    ()
    """
    found = _QUOTED.match(reason.why)
    words = found[2].replace("\\'", "'") if found else ""
    return tuple(words.split(_BETWEEN)) if words else ()


def places(words: tuple[str, ...], title: str, text: str) -> Places:
    """Where all of them stand: in one sentence, else wherever each is found first.

    Characters count from 1.

    >>> places(("US", "H20"), "Chips: US clears H20", "The US did so.")
    (('headline', (8, 18)),)
    >>> places(("US", "Monday"), "US clears H20", "It did so on Monday.")
    (('headline', (1,)), ('text', (14,)))
    """
    fields = (("headline", title), ("text", text))
    for name, whole in fields:
        for start, end in _sentences(whole):
            found = [_find(word, whole, start, end) for word in words]
            if found and all(found):
                return ((name, tuple(found)),)
    left = list(words)
    spread = []
    for name, whole in fields:
        at = {word: _find(word, whole, 0, len(whole)) for word in left}
        left = [word for word in left if not at[word]]
        if here := tuple(one for one in at.values() if one):
            spread.append((name, here))
    return tuple(spread)


def place_words(reason: Reason, report: Report) -> str:
    """The places as they are printed behind a reason: `` [headline 1, 18; text 44]``."""
    found = places_in(reason, report)
    told = "; ".join(f"{name} {', '.join(map(str, at))}" for name, at in found)
    return f" [{told}]" if told else ""


def places_in(reason: Reason, report: Report) -> Places:
    """Where the newest text of a report has the words that a reason quotes."""
    words = words_of(reason)
    newest = report.revisions[-1] if report.revisions else None
    return places(words, newest.title, newest.summary) if words and newest else ()


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    ends = [match.end() for match in _BREAK.finditer(text)]
    yield from pairwise(dict.fromkeys((0, *ends, len(text))))


def _find(word: str, text: str, start: int, end: int) -> int:
    """The first place of a word, from 1; 0 where it does not stand there. Latin words are whole."""
    left = r"(?<![A-Za-z0-9])" if word[:1].isascii() and word[:1].isalnum() else ""
    right = r"(?![A-Za-z0-9])" if word[-1:].isascii() and word[-1:].isalnum() else ""
    match = re.compile(f"{left}{re.escape(word)}{right}").search(text, start, end)
    return match.start() + 1 if match else 0
