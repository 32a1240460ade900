"""Days in figures in English text: which day they mean, where only one order is possible."""

from __future__ import annotations

import re
from datetime import date

from tracker.core.when_days import Span, Tense, day_in, month_day, one_day


def iso(words: str, _reference: date, _tense: Tense) -> Span | None:
    """Year, month, day.

    >>> iso("2025/07/15", date(2025, 7, 15), "open").first
    datetime.date(2025, 7, 15)
    """
    year, month, day = (int(part) for part in re.split(r"[-/.]", words))
    return one_day(day_in(year, month, day), "date")


def with_year(words: str, _reference: date, _tense: Tense) -> Span | None:
    """Month, day and year, or day, month and year: only where one order is possible.

    >>> with_year("15/7/2025", date(2025, 7, 15), "open").first
    datetime.date(2025, 7, 15)
    >>> with_year("15.07.2025", date(2025, 7, 15), "open").first
    datetime.date(2025, 7, 15)
    >>> with_year("7/8/2025", date(2025, 7, 15), "open")
    """
    one, two, year = (int(part) for part in re.split("[/.]", words))
    if one <= 12 and two <= 12 and one != two:
        return None
    month, day = (one, two) if one <= 12 else (two, one)
    return one_day(day_in(year, month, day), "date")


def without_year(words: str, reference: date, tense: Tense) -> Span | None:
    """Month and day in either order: only where one order is possible.

    >>> without_year("10/31", date(2025, 11, 3), "past").first
    datetime.date(2025, 10, 31)
    >>> without_year("7/8", date(2025, 11, 3), "past")
    """
    one, two = (int(part) for part in words.split("/"))
    if (one <= 12) == (two <= 12):
        return None
    month, day = (one, two) if one <= 12 else (two, one)
    return one_day(month_day(month, day, reference, "nearest" if tense == "soon" else tense))
