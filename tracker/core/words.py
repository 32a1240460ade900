"""A text as the word index takes it, and what a word is there."""

from __future__ import annotations

import re
from typing import Final

from tracker.core.late import late
from tracker.core.text import fold

LONGEST: Final = 20_000
"""Characters of a text that are indexed."""

# Scripts written without blanks: each letter is a word of its own in the index.
_WIDE_LETTER: Final = r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
_WIDE: Final = late(_WIDE_LETTER)
_RUN: Final = re.compile(rf"{_WIDE_LETTER}|(?:(?!{_WIDE_LETTER})[^\W_])+")


def is_wide(token: str) -> bool:
    """Whether a token is a letter of a script written without blanks.

    >>> is_wide("规"), is_wide("h20")
    (True, False)
    """
    return bool(_WIDE.match(token))


_INITIALS: Final = late(
    r"(?<![^\W_])[A-Za-z]\.(?: ?[A-Za-z]\.)+|(?<![^\W_])[A-Za-z](?:\.[A-Za-z])+(?![^\W_])"
)
_DOTTED: Final = re.compile(r"\.(?:[A-Za-z]| [A-Za-z]\.)")
"""Stands wherever initials do, and is seen ten times as fast as they are found."""


def initials(text: str) -> str:
    """A text whose initials are one word, so that ``HR`` finds ``H.R.``.

    >>> initials("H.R. 8170 of the U.S. House, plan A. I said 2.5")
    'HR 8170 of the US House, plan A. I said 2.5'
    """
    if not _DOTTED.search(text):
        return text
    return _INITIALS.sub(lambda found: re.sub(r"[. ]", "", found[0]), text)


def tokens(text: str) -> list[str]:
    """The words of a text as the index holds them: a Chinese character is a word.

    >>> tokens("公告2025年第70号: H.R. 8170")
    ['公', '告', '2025', '年', '第', '70', '号', 'HR', '8170']
    """
    return _RUN.findall(initials(text))


def spaced(text: str) -> str:
    """A (folded) text with blanks between its words, ready for an index that splits at blanks.

    >>> spaced("英伟达h20芯片")
    '英 伟 达 h20 芯 片'
    """
    return " ".join(tokens(text))


def words_of(text: str) -> str:
    """The text folded, with blanks between Chinese characters; initials are one word.

    >>> words_of("H.R. 1316 管制"), words_of("Nvidia's H20")
    ('hr 1316 管 制', "nvidia's h20")
    """
    folded = fold(text, limit=LONGEST).text
    # The index splits ASCII at the same signs by itself.
    return initials(folded) if folded.isascii() else spaced(folded)
