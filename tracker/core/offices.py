"""Days on which American offices rest: weekends, and the holidays of 5 U.S.C. 6103."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Final

from tracker.core.when_days import nth_weekday
from tracker.dates import shifted

_FIXED: Final = ((1, 1), (6, 19), (7, 4), (11, 11), (12, 25))
_MOVING: Final = ((1, 3, 0), (2, 3, 0), (9, 1, 0), (10, 2, 0), (11, 4, 3))
"""Month, which one, weekday (Monday is 0): King, Washington, Labor, Columbus, Thanksgiving."""

_MAY: Final = 5
_JUNETEENTH: Final = 2021
"""The year from which 19 June is one."""
_SATURDAY: Final = 5
_SUNDAY: Final = 6


def rests(day: date) -> bool:
    """Whether American offices are closed on a day.

    >>> [rests(date(2026, 5, day)) for day in (22, 23, 25, 26)]  # Memorial Day is the 25th
    [False, True, True, False]
    >>> rests(date(2026, 7, 3))  # for the Saturday after it
    True
    """
    return day.weekday() >= _SATURDAY or day in _holidays(day.year)


@lru_cache(maxsize=64)
def _holidays(year: int) -> frozenset[date]:
    fixed = [date(year, *one) for one in _FIXED if one != (6, 19) or year >= _JUNETEENTH]
    moving = [nth_weekday(which, weekday, month, year) for month, which, weekday in _MOVING]
    memorial = date(year, _MAY, 31)
    memorial = shifted(memorial, -memorial.weekday())
    return frozenset([*map(_observed, fixed), *moving, memorial])


def _observed(day: date) -> date:
    """A holiday on a Saturday is kept on the Friday, one on a Sunday on the Monday."""
    return shifted(day, {_SATURDAY: -1, _SUNDAY: 1}.get(day.weekday(), 0))
