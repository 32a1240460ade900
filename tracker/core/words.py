"""A text as the word index takes it."""

from __future__ import annotations

from typing import Final

from tracker.core.query import initials, spaced
from tracker.core.text import fold

LONGEST: Final = 20_000
"""Characters of a text that are indexed."""


def words_of(text: str) -> str:
    """The text folded, with blanks between Chinese characters; initials are one word.

    >>> words_of("H.R. 1316 管制"), words_of("Nvidia's H20")
    ('hr 1316 管 制', "nvidia's h20")
    """
    folded = fold(text, limit=LONGEST).text
    # The index splits ASCII at the same signs by itself.
    return initials(folded) if folded.isascii() else spaced(folded)
