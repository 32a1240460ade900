"""Which texts of an item are kept, and under what: a text that comes back is one more of them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count, takewhile
from typing import Final

from tracker.core.identity import hash_of

MOST_REVISIONS: Final = 24  # beyond these only a new headline is worth a row


def returned(text: str, times: int) -> str:
    """What a text is stored under that a feed shows once more, after others, for the n-th time.

    >>> from tracker.core.identity import digest
    >>> text = digest("H20", "")
    >>> len({text, returned(text, 1), returned(text, 2)}), len(returned(text, 1)) == len(text)
    (3, True)
    """
    return hash_of("returned", text, str(times))


def stored_as(text: str, had: Sequence[str]) -> str:
    """What a text that its feed shows now is stored under; empty where it is the newest already.

    ``had`` is what the texts of its item are stored under, oldest first.

    >>> from tracker.core.identity import digest
    >>> a, b = digest("A", ""), digest("B", "")
    >>> stored_as(a, [b]) == a, stored_as(a, [b, a])
    (True, '')
    >>> stored_as(a, [a, b]) == returned(a, 1), stored_as(a, [a, b, returned(a, 1)])
    (True, '')
    """
    if text not in had:
        return text
    times = [text, *takewhile(had.__contains__, (returned(text, n) for n in count(1)))]
    return "" if had[-1] == times[-1] else returned(text, len(times))


def keeps_revision(stored: int, new_headline: bool) -> bool:
    """Whether another text of an item is stored: the first 24, then only new headlines.

    One that comes back counts among them.

    Some feeds change with every fetch (a counter in the text); a headline is evidence.

    >>> keeps_revision(3, False), keeps_revision(24, False), keeps_revision(24, True)
    (True, False, True)
    """
    return stored < MOST_REVISIONS or new_headline
