"""Where an item comes from, and the moment as it is stored."""

from __future__ import annotations

from datetime import UTC, datetime

from tracker.model import Language, Tier
from tracker.nouns import dataclass


@dataclass(frozen=True, slots=True)
class Origin:
    """What is true of every item of one document.

    ``origin`` is ``feed``, ``added`` or ``backfill``; ``publisher`` stands where an item names
    none of its own.
    """

    feed: str
    lang: Language = "en"
    publisher: str = ""
    tier: Tier = "general"
    origin: str = "feed"


def moment(value: datetime) -> str:
    """A moment as it is stored.

    >>> from datetime import timedelta, timezone
    >>> moment(datetime(2025, 7, 15, 8, tzinfo=timezone(timedelta(hours=8))))
    '2025-07-15T00:00:00Z'
    """
    if value.tzinfo is UTC:
        return f"{value.isoformat(timespec='seconds')[:19]}Z"
    return f"{value.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='seconds')}Z"
