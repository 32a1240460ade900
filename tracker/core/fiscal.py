"""Nvidia's fiscal year, in days: it ends on the last Sunday of January.

Source: the company's annual reports ("a 52- or 53-week fiscal year ending on the last Sunday in
January"). Quarters have thirteen weeks; in a year of 53 weeks the last one has fourteen.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

_QUARTER: Final = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "1": 1, "2": 2, "3": 3, "4": 4,
    "一": 1, "二": 2, "三": 3, "四": 4,
}  # fmt: skip
_NAMED: Final = (
    re.compile(
        r"\b(?P<q>first|second|third|fourth) (?:fiscal )?quarter (?:of |in )?(?:its |the )?"
        r"(?:fiscal (?:year )?|fy ?)(?P<y>20[12]\d|[12]\d\b)"
    ),
    re.compile(r"\bq(?P<q>[1-4])\s*(?:of )?(?:fiscal (?:year )?|fy ?)(?P<y>20[12]\d|[12]\d\b)"),
    re.compile(r"\b(?:fiscal (?:year )?|fy ?)(?P<y>20[12]\d|[12]\d)\s*q(?P<q>[1-4])"),
    re.compile(r"(?P<y>20[12]\d)\s*财年第?(?P<q>[一二三四1-4])(?:财)?季"),
)
_YEAR: Final = (
    re.compile(r"\b(?:fiscal (?:year )?|fy ?)(?P<y>20[12]\d)\b"),
    re.compile(r"(?P<y>20[12]\d)\s*财年"),
)
_WEEKS: Final = timedelta(weeks=13)


def year_end(year: int) -> date:
    """The last day of fiscal ``year``.

    >>> [year_end(year).isoformat() for year in (2024, 2025, 2026)]
    ['2024-01-28', '2025-01-26', '2026-01-25']
    """
    last = date(year, 1, 31)
    return last - timedelta(days=(last.weekday() + 1) % 7)


def days_named(folded: str) -> tuple[date, date] | None:
    """The first fiscal quarter or year that a text names; None where it names none.

    >>> [str(day) for day in days_named("the second quarter of fiscal 2026")]
    ['2025-04-28', '2025-07-27']
    >>> [str(day) for day in days_named("in fiscal year 2025")]
    ['2024-01-29', '2025-01-26']
    """
    for rule in _NAMED:
        if match := rule.search(folded):
            return _quarter(_full(match["y"]), _QUARTER[match["q"]])
    for rule in _YEAR:
        if match := rule.search(folded):
            year = int(match["y"])
            return year_end(year - 1) + timedelta(1), year_end(year)
    return None


def _full(year: str) -> int:
    return int(year) if len(year) == 4 else 2000 + int(year)


def _quarter(year: int, number: int) -> tuple[date, date]:
    before = year_end(year - 1)
    first = before + timedelta(1) + (number - 1) * _WEEKS
    return first, year_end(year) if number == 4 else before + number * _WEEKS
