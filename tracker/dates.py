"""Days, months, quarters and years that know how precise they are."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Precision = Literal["day", "month", "quarter", "year"]
PRECISIONS: tuple[Precision, ...] = ("day", "month", "quarter", "year")

_SHAPE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A year, a month or a day, as typed: ``2025``, ``2025-07`` or ``2025-07-15``."""

    year: int
    month: int | None = None
    day: int | None = None

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read one of the three shapes.

        Raises:
            ValueError: another shape, or a day that the calendar does not have.

        >>> PartialDate.parse("2025-05").last.isoformat()
        '2025-05-31'
        >>> PartialDate.parse("May")
        Traceback (most recent call last):
        ...
        ValueError: 'May' is not a date: write YYYY, YYYY-MM or YYYY-MM-DD
        """
        match = _SHAPE.fullmatch(text.strip())
        if not match:
            raise ValueError(f"{text!r} is not a date: write YYYY, YYYY-MM or YYYY-MM-DD")
        year, month, day = (int(part) if part else None for part in match.groups())
        assert year is not None
        try:
            date(year, month or 1, day or 1)
        except ValueError as error:
            raise ValueError(f"{text!r} is not in the calendar ({error})") from error
        return cls(year, month, day)

    @property
    def precision(self) -> Precision:
        """How much of the date is known."""
        return "day" if self.day else "month" if self.month else "year"

    @property
    def first(self) -> date:
        """The first day it can mean."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """The last day it can mean."""
        return last_of(self.first, self.precision)

    def __str__(self) -> str:
        parts = [f"{self.year:04}"]
        parts += [f"{part:02}" for part in (self.month, self.day) if part]
        return "-".join(parts)


def first_of(day: date, precision: str) -> date:
    """The first day of the month, quarter or year that holds ``day``.

    >>> first_of(date(2025, 8, 20), "quarter").isoformat()
    '2025-07-01'
    """
    match precision:
        case "month":
            return day.replace(day=1)
        case "quarter":
            return date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
        case "year":
            return date(day.year, 1, 1)
        case _:
            return day


def last_of(day: date, precision: str) -> date:
    """The last day of the month, quarter or year that holds ``day``.

    >>> last_of(date(2024, 2, 3), "month").isoformat()
    '2024-02-29'
    >>> last_of(date(2025, 8, 20), "quarter").isoformat()
    '2025-09-30'
    """
    match precision:
        case "month":
            return day.replace(day=monthrange(day.year, day.month)[1])
        case "quarter":
            month = 3 * ((day.month - 1) // 3) + 3
            return date(day.year, month, monthrange(day.year, month)[1])
        case "year":
            return date(day.year, 12, 31)
        case _:
            return day


def days_apart(a: tuple[date, date], b: tuple[date, date]) -> int:
    """Days between two closed intervals; 0 where they touch or overlap.

    >>> days_apart((date(2025, 5, 10), date(2025, 5, 12)), (date(2025, 5, 14), date(2025, 5, 14)))
    2
    """
    if a[0] > b[1]:
        return (a[0] - b[1]).days
    return max(0, (b[0] - a[1]).days)


def shifted(day: date, days: int) -> date:
    """``day`` moved by ``days``, kept inside the calendar.

    >>> shifted(date(1, 1, 1), -5).isoformat()
    '0001-01-01'
    """
    try:
        return day + timedelta(days)
    except OverflowError:
        return date.max if days > 0 else date.min


def next_year(day: date) -> date:
    """The day of the same name a year on; of 29 February 1 March; kept inside the calendar.

    >>> next_year(date(2027, 3, 1)).isoformat(), next_year(date(2028, 2, 29)).isoformat()
    ('2028-03-01', '2029-03-01')
    """
    later = shifted(day, 365)
    return later if later.day == day.day else shifted(later, 1)
