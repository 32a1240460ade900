"""When an item of an archive or of ``scan`` says that it was published."""

from __future__ import annotations

from datetime import UTC, date, datetime
from math import isfinite
from typing import Any, Final

from tracker.core.day_figures import year_first
from tracker.feeds import dates
from tracker.feeds.dates import Stamp

UNREADABLE: Final = "a date that cannot be read"
IMPROBABLE: Final = "an improbable date"
TWO_WAYS: Final = "a date that can be read two ways (which figure is the month?)"


def words_of(value: Any) -> str:
    """The value of a column as words: a figure is a day (``20250715``) or seconds since 1970.

    >>> words_of(20250715), words_of(20250715.0), words_of(date(2025, 7, 15)), words_of(True)
    ('20250715', '20250715', '2025-07-15', 'True')
    """
    if isinstance(value, datetime):
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value):
        return str(int(value))
    return str(value)[:200]


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
