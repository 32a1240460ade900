"""Where the words that a reason quotes stand: in the headline or the text, at which characters."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from string import ascii_letters, digits
from typing import Final

from tracker.core.timeline import Report
from tracker.model import Reason

_QUOTED: Final = re.compile(r"(['\"])(.+)\1 (?:\(\S+:\d+\)$|read as )")
_QUOTES: Final = ("'", '"')
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
    found = _QUOTED.match(reason.why) if reason.why[:1] in _QUOTES else None
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
            if found := _all_of(words, whole, start, end):
                return ((name, found),)
    left = list(words)
    spread = []
    for name, whole in fields:
        at = {word: _find(word, whole, 0, len(whole)) for word in left}
        left = [word for word in left if not at[word]]
        if here := tuple(one for one in at.values() if one):
            spread.append((name, here))
    return tuple(spread)


def _all_of(words: tuple[str, ...], text: str, start: int, end: int) -> tuple[int, ...]:
    """Where each of the words stands in a stretch; empty where one does not."""
    found: list[int] = []
    for word in words:
        at = _find(word, text, start, end)
        if not at:
            return ()
        found.append(at)
    return tuple(found)


def place_words(reason: Reason, report: Report) -> str:
    """The same of a report's newest text, as it is printed behind a reason."""
    return _in_words(places_in(reason, report))


def placed(reason: Reason, title: str, text: str) -> str:
    """Where a reason's words stand, in words; empty where it quotes none.

    >>> placed(Reason("date", 1.0, "'Monday' read as 2025-07-14 (plain)"), "US acts", "On Monday")
    ' [text 4]'
    """
    words = words_of(reason)
    return _in_words(places(words, title, text) if words else ())


def _in_words(found: Places) -> str:
    told = "; ".join(f"{name} {', '.join(map(str, at))}" for name, at in found)
    return f" [{told}]" if told else ""


def places_in(reason: Reason, report: Report) -> Places:
    """Where the newest text of a report has the words that a reason quotes."""
    words = words_of(reason)
    newest = report.revisions[-1] if report.revisions else None
    return places(words, newest.title, newest.summary) if words and newest else ()


@lru_cache(maxsize=8)  # each reason of a report is looked for in the same texts
def _sentences(text: str) -> tuple[tuple[int, int], ...]:
    ends = [match.end() for match in _BREAK.finditer(text)]
    return tuple(pairwise(dict.fromkeys((0, *ends, len(text)))))


def _find(word: str, text: str, start: int, end: int) -> int:
    """The first place of a word, from 1; 0 where it does not stand there. Latin words are whole."""
    at = text.find(word, start, end)
    while at >= 0 and not _is_whole(word, text, at):
        at = text.find(word, at + 1, end)
    return at + 1


def _is_whole(word: str, text: str, at: int) -> bool:
    before, after = text[at - 1 : at] if at else "", text[at + len(word) : at + len(word) + 1]
    return not (
        (before in _LATIN and word[:1] in _LATIN) or (after in _LATIN and word[-1:] in _LATIN)
    )


_LATIN: Final = frozenset(ascii_letters + digits)
