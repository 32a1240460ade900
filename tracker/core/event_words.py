"""The words in which the record tells an event, folded: its title alone, or more of them."""

from __future__ import annotations

from functools import lru_cache

from tracker.core.text import fold
from tracker.model import RecordEvent


def title_of(event: RecordEvent) -> str:
    """The title of an event.

    >>> from tracker.core.event_days import _example
    >>> title_of(_example())
    'example'
    """
    return _folded(event.title)


def told_of(event: RecordEvent) -> str:
    """Its title and its summary.

    >>> from tracker.core.event_days import _example
    >>> told_of(_example()).strip()
    'example'
    """
    return _folded(f"{event.title} {event.summary}")


def all_of(event: RecordEvent) -> str:
    """Its title, its summary and its note.

    >>> from tracker.core.event_days import _example
    >>> all_of(_example()).strip()
    'example'
    """
    return _folded(f"{event.title} {event.summary} {event.note or ''}")


@lru_cache(maxsize=512)  # a sentence is set beside the same few events by many comparisons
def _folded(words: str) -> str:
    return fold(words).text
