"""Signs of what the grammars read: one pass over a sentence tells which of them to try.

Most grammars find nothing in most sentences, and each has words of which one stands wherever it
finds anything. These signs are sought together, by one automaton, instead of hundreds one by one.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, Final

_WORDS: Final[dict[str, int]] = {}
"""All signs with the bits of the grammars that have them."""

_BITS: Final[list[int]] = []


def sign(*words: str) -> int:
    """A bit that stands for some words, or parts of words, of folded text.

    >>> asked, denied = sign("?", "what if"), sign("denies")
    >>> bool(signs_in("what if us bans chips") & asked), bool(signs_in("us bans") & denied)
    (True, False)
    """
    bit = 1 << len(_BITS)
    _BITS.append(bit)
    for word in words:
        _WORDS[word] = _WORDS.get(word, 0) | bit
    _automaton.cache_clear()
    signs_in.cache_clear()
    return bit


@lru_cache(maxsize=64)  # one sentence is asked for by each grammar in turn
def signs_in(text: str) -> int:
    """The bits of all signs that stand in a folded text.

    >>> signs_in("")
    0
    """
    found = 0
    for _, bits in _automaton().iter(text):
        found |= bits
    return found


def spans(text: str, *grammars: tuple[int, re.Pattern[str]]) -> list[tuple[int, int]]:
    r"""Where the grammars find something in a folded text; each is tried where its sign stands.

    >>> import re
    >>> spans("what if us bans chips", (sign("what if"), re.compile(r"what if \w+")))
    [(0, 10)]
    """
    seen = signs_in(text)
    return [
        match.span() for own, grammar in grammars if seen & own for match in grammar.finditer(text)
    ]


@lru_cache(maxsize=1)
def _automaton() -> Any:
    import ahocorasick  # a native library: only where text is read

    automaton = ahocorasick.Automaton()
    for word, bits in _WORDS.items():
        automaton.add_word(word, bits)
    automaton.make_automaton()
    return automaton
