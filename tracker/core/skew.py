"""Is the clock of this machine right? Pure: the moments are values."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

MOST_OFF: Final = timedelta(days=5 * 365)  # a clock never set; less is the time service's work


def words(now: datetime, said: Iterable[datetime]) -> str:
    """What to tell where servers agree that our clock is wrong; empty where it is not.

    ``said`` are the days that servers gave with their answers; the middle one is believed, so that
    one server with a wrong clock, or bad intentions, does not decide.

    >>> from datetime import UTC
    >>> now = datetime(1970, 1, 1, tzinfo=UTC)
    >>> words(now, [datetime(2025, 7, 30, tzinfo=UTC)])
    'the clock of this machine says 1970-01-01, servers say 2025-07-30: set it'
    >>> words(now, []), words(now, [now + timedelta(hours=14)])
    ('', '')
    """
    offs = sorted(moment - now for moment in said)
    if not offs:
        return ""
    off = offs[len(offs) // 2]
    if abs(off) <= MOST_OFF:
        return ""
    return (
        f"the clock of this machine says {now:%Y-%m-%d}, servers say {now + off:%Y-%m-%d}: set it"
    )
