"""Holidays in Chinese date phrases: those of the common calendar, and of the lunar year by table.

The lunar days were computed with two independent calendars, which agree; outside the table nothing
is read. A festival as a time of the year (春节期间, 中秋前) is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from tracker.core.when_days import (
    ALLOWANCE,
    Span,
    Tense,
    day_in,
    month_day,
    nth_weekday,
    one_day,
    pick,
)
from tracker.dates import shifted

_YEAR: Final = r"(?:20[0-9]{2}[ \u3000]?年?[ \u3000]?)?"
_TIME: Final = "[假期前后後档檔连連长長快佳临臨将將购購]"
_NO_TIME: Final = rf"(?!夜?{_TIME}|晚[会會]|[节節]{_TIME})"
FEASTS: Final = (
    rf"{_YEAR}元旦(?![假期档檔快连連晚跨])|(?<!双)五一(?:国际|國際)?(?:劳动|勞動)?[节節]|五一(?=当[天日])"
    r"|(?<![国國])(?:国庆节|國慶節)(?!假)|(?:圣诞|聖誕)[节節](?!假)|平安夜|(?:圣诞|聖誕)夜"
    r"|(?:万圣|萬聖)[节節](?!前)|(?:美国|美國)?[独獨]立日(?![前后後])|感恩[节節](?![假期前后後档檔])"
    rf"|{_YEAR}(?:除夕|大年夜|(?:大年|年)三十(?!而)){_NO_TIME}"
    rf"|{_YEAR}(?:大年|正月|(?<![今明去新])年)初[一二三四五六七八九十](?![、至到])"
    rf"|{_YEAR}(?:元宵|端午|中秋){_NO_TIME}"
)
"""The words of one day."""

_FIXED: Final = {
    "元旦": (1, 1), "五一": (5, 1), "国庆": (10, 1), "國慶": (10, 1), "平安夜": (12, 24),
    "诞夜": (12, 24), "誕夜": (12, 24), "诞": (12, 25), "誕": (12, 25), "万圣": (10, 31),
    "萬聖": (10, 31), "立日": (7, 4),
}  # fmt: skip

_FIRST_YEAR: Final = 2015
_NEW_YEAR: Final = (
    "0219 0208 0128 0216 0205 0125 0212 0201 0122 0210 0129"
    " 0217 0206 0126 0213 0203 0123 0211 0131 0219 0208"
)
_DRAGON_BOATS: Final = (
    "0620 0609 0530 0618 0607 0625 0614 0603 0622 0610 0531"
    " 0619 0609 0528 0616 0605 0624 0612 0601 0620 0610"
)
_MID_AUTUMN: Final = (
    "0927 0915 1004 0924 0913 1001 0921 0910 0929 0917 1006"
    " 0925 0915 1003 0922 0912 1001 0919 0908 0927 0916"
)
_FIGURES: Final = "一二三四五六七八九十"
_FAR: Final = 400
"""Days between a report and the festival that it can mean."""


def _days(table: str, after: int = 0) -> Mapping[int, date]:
    """The days of a table by year, so many days later."""
    return {
        year: shifted(date(year, int(one[:2]), int(one[2:])), after)
        for year, one in enumerate(table.split(), _FIRST_YEAR)
    }


def feast(words: str, reference: date, tense: Tense) -> Span | None:
    """The day of a holiday; without a year the one that the tense of its clause allows.

    >>> autumn = date(2025, 11, 3)
    >>> feast("2026年除夕", autumn, "open").first, feast("大年初三", autumn, "past").first
    (datetime.date(2026, 2, 16), datetime.date(2025, 1, 31))
    >>> feast("除夕", date(2040, 1, 1), "open") is None
    True
    """
    year = int(words[:4]) if words[:4].isdigit() else None
    lunar = _lunar(words)
    if lunar:
        return one_day(_of_table(lunar, year, reference, tense), "date" if year else "day")
    if "感恩" in words:
        found = (nth_weekday(4, 3, 11, reference.year + step) for step in (-1, 0, 1))
        return one_day(pick(found, reference, tense, ALLOWANCE)) if _inside(reference) else None
    month, day = next(when for name, when in _FIXED.items() if name in words)
    if year:
        return one_day(day_in(year, month, day), "date")
    return one_day(month_day(month, day, reference, tense))


def _inside(reference: date) -> bool:
    return 2 <= reference.year <= 9998


def _lunar(words: str) -> Mapping[int, date] | None:
    """The days of a festival of the lunar year, by year."""
    if found := re.search("初([一二三四五六七八九十])", words):
        return _days(_NEW_YEAR, _FIGURES.index(found[1]))
    for name, table, after in (
        ("元宵", _NEW_YEAR, 14), ("端午", _DRAGON_BOATS, 0), ("中秋", _MID_AUTUMN, 0),
        ("除夕", _NEW_YEAR, -1), ("年夜", _NEW_YEAR, -1), ("年三十", _NEW_YEAR, -1),
    ):  # fmt: skip
        if name in words:
            return _days(table, after)
    return None


def _of_table(
    days: Mapping[int, date], year: int | None, reference: date, tense: Tense
) -> date | None:
    if year:
        return days.get(year)
    day = pick(_near(days.values(), reference), reference, tense, ALLOWANCE)
    return day if day and abs((day - reference).days) <= _FAR else None


def _near(days: Iterable[date], reference: date) -> list[date]:
    return [day for day in days if abs((day - reference).days) <= _FAR]
