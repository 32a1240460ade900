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

_SHORT = (len("20"), len("11-20"))


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


def span_of(text: str) -> tuple[PartialDate, date | None]:
    """A date as typed, or a span of days, ``2025-11-19..2025-11-20``, and the last day of that.

    Of the last day the parts may be left out that it shares with the first: ``2025-11-19..20``. A
    span of one day is that day.

    Raises:
        ValueError: no date, an end that is no day, or one before the beginning.

    >>> span_of("2025-11-28..12-02")[1].isoformat(), span_of("2025-11")[1]
    ('2025-12-02', None)
    >>> span_of("2025-11-20..19")
    Traceback (most recent call last):
    ...
    ValueError: '2025-11-20..19' ends on 2025-11-19, before it begins
    """
    begin, dots, end = (part.strip() for part in text.partition(".."))
    first = PartialDate.parse(begin)
    if not dots:
        return first, None
    last = PartialDate.parse(str(first)[: -len(end)] + end) if len(end) in _SHORT else None
    last = last or PartialDate.parse(end)
    if not (first.day and last.day):
        raise ValueError(f"{text!r} is no span of days: write 2025-11-19..2025-11-20")
    if last < first:
        raise ValueError(f"{text!r} ends on {last}, before it begins")
    return first, last.last if last > first else None


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
