"""When an item of an archive or of ``scan`` says that it was published."""

from __future__ import annotations

from typing import Final

from tracker.core.day_figures import year_first
from tracker.feeds import dates
from tracker.feeds.dates import Stamp

UNREADABLE: Final = "a date that cannot be read"
IMPROBABLE: Final = "an improbable date"
TWO_WAYS: Final = "a date that can be read two ways (which figure is the month?)"


def read(words: str, lang: str = "") -> Stamp | str:
    """The moment that the words name, or why they name none.

    >>> read("13.02.2025").moment.isoformat(), read("soon")
    ('2025-02-13T00:00:00+00:00', 'a date that cannot be read')
    >>> read("03/04/2025")
    'a date that can be read two ways (which figure is the month?)'
    """
    plain = year_first(words)
    if not plain and words:
        return TWO_WAYS
    return dates.read(plain, lang) or UNREADABLE
