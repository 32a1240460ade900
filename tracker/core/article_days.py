"""The days that an article's own words name, in the article's own order.

Dates outright ("14 July 2025", 2025年7月), months whose year the article names elsewhere, and
distances ("a month before", 三周后) counted from what was named before. Nothing is guessed: without
words, or without something to count from, there is no day.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from dateutil.relativedelta import relativedelta

from tracker.core.text import Folded, fold
from tracker.core.when import find_phrases
from tracker.dates import PartialDate

MONTHS_ZH: Final = re.compile(r"(?:(20[12]\d)年)?(?<!\d)(1[0-2]|[1-9])月(?:(3[01]|[12]?\d)日)?")
MONTHS: Final = {
    name: number
    for number, name in enumerate(
        ("january", "february", "march", "april", "may", "june", "july", "august", "september",
         "october", "november", "december"), 1)
}  # fmt: skip
"""Each month by its name."""

MONTHS_EN: Final = re.compile(
    rf"\b(?:(?P<before>3[01]|[12]?\d)(?:st|nd|rd|th)?(?: of)? )?(?P<m>{'|'.join(MONTHS)})"
    r"(?:\s+(?P<d>3[01]|[12]?\d)(?:st|nd|rd|th)?\b(?!\d))?(?:,?\s+(?P<y>20[12]\d))?"
)
_BEFORE_MONTH: Final = re.compile(r"\b(?:in|since|by|until|from|last|early|late|mid|of|this)[\s-]$")
YEAR: Final = re.compile(r"20[12]\d")
_COUNTS: Final = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "twelve": 12,
    "一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6,
    "七": 7, "八": 8, "九": 9, "十": 10, "半": 0.5,
}  # fmt: skip
_DISTANCE: Final = re.compile(
    r"\b(?P<n>a|an|one|two|three|four|five|six|seven|eight|nine|ten|\d{1,3})\s+(?:full )?"
    r"(?P<u>day|week|month|year)s?\s+(?P<w>after|before|later|earlier|ago|following|since)\b"
    r"|(?P<n2>[一两二三四五六七八九十半]|\d{1,3})\s*个?(?P<u2>天|日|周|星期|月|年)(?:多)?"
    r"(?P<w2>之?前|之?后|以前|以后)"
    r"|(?P<day>\b(?:the )?(?:next|following) day\b|次日|翌日|第二天)"
)
AHEAD: Final = 8
"""Months after its publication for which an article may name a month now with its year, now
without."""
_UNITS: Final = {
    "day": "day", "天": "day", "日": "day", "week": "week", "周": "week", "星期": "week",
    "month": "month", "月": "month", "year": "year", "年": "year",
}  # fmt: skip
_SLACK: Final = {"day": 1, "week": 4, "month": 10, "year": 45}
"""Days by which a distance in words may miss: nobody who writes "a month" counts days."""

_DAYS: Final = {"day": 1.0, "week": 7.0, "month": 30.44, "year": 365.25}


@dataclass(frozen=True, slots=True)
class Dated:
    """The days that a statement names: from ``first`` to ``last``, in the words ``words``.

    ``role`` as in ``core.when``: ``plain``, or ``effective``, ``until``, ``deadline`` ...
    """

    first: date
    last: date
    words: str
    role: str = "plain"


@dataclass(frozen=True, slots=True)
class Distance:
    """In "a month after": ``count`` units ``later`` than something (or earlier, or ``ago``).

    ``start`` and ``end`` are its place in the folded text; ``object_follows`` where the words after
    it name what is counted from ("after the ban").
    """

    count: float
    unit: str
    later: bool
    ago: bool
    object_follows: bool
    words: str
    start: int
    end: int

    def fits(self, days: int) -> bool:
        """Whether so many days (negative: earlier) are what the words say.

        >>> distance(fold("a month after the ban")).fits(33)
        True
        >>> distance(fold("a month after the ban")).fits(96)
        False
        """
        said = self.count * _DAYS[self.unit] * (1 if self.later else -1)
        root: float = max(1.0, self.count**0.5)
        return abs(days - said) <= _SLACK[self.unit] * root

    def counted(self, anchor: Dated) -> Dated | None:
        """The days that lie so far from ``anchor``; whole months where only a month was named.

        >>> july = Dated(date(2025, 7, 1), date(2025, 7, 31), "7月")
        >>> distance(fold("一个月前")).counted(july).words
        '一个月前 (a month before July 2025)'
        """
        try:
            return self._counted(anchor)
        except (OverflowError, ValueError):
            return None

    def _counted(self, anchor: Dated) -> Dated:
        side = 1 if self.later else -1
        told = f"{self.words} ({self.said()} {'after' if self.later else 'before'} {_told(anchor)})"
        whole = anchor.first.day == 1 and anchor.last == PartialDate(
            anchor.first.year, anchor.first.month).last  # fmt: skip
        if whole and self.unit in ("month", "year") and self.count >= 1:
            months = round(self.count) * (12 if self.unit == "year" else 1) * side
            first = anchor.first + relativedelta(months=months)
            partial = PartialDate(first.year, first.month)
            return Dated(partial.first, partial.last, told)
        shift = timedelta(days=round(self.count * _DAYS[self.unit]) * side)
        slack = timedelta(days=_SLACK[self.unit])
        return Dated(anchor.first + shift - slack, anchor.last + shift + slack, told)

    def said(self) -> str:
        """The distance in plain words: "a month", "3 weeks"."""
        if self.count == 1:
            return f"a {self.unit}"
        return f"{self.count:g} {self.unit}s"


def _told(anchor: Dated) -> str:
    if anchor.first == anchor.last:
        return anchor.first.isoformat()
    month = PartialDate(anchor.first.year, anchor.first.month)
    if (anchor.first, anchor.last) == (month.first, month.last):
        return f"{list(MONTHS)[anchor.first.month - 1].title()} {anchor.first.year}"
    return f"{anchor.first} to {anchor.last}"


def distance(text: Folded) -> Distance | None:
    """The first distance in words; None where there is none.

    >>> found = distance(fold("It came two weeks after the talks"))
    >>> found.count, found.unit, found.later, found.object_follows
    (2.0, 'week', True, True)
    """
    match = _DISTANCE.search(text.text)
    if match is None:
        return None
    words = text.original[match.start() : match.end()]
    if match["day"]:
        return Distance(1, "day", True, False, False, words, match.start(), match.end())
    count, unit = match["n"] or match["n2"], match["u"] or match["u2"]
    way = match["w"] or match["w2"]
    return Distance(
        count=float(_COUNTS.get(count) or int(count)),
        unit=_UNITS[unit],
        later=way in ("after", "later", "following", "since") or way.endswith("后"),
        ago=way == "ago",
        object_follows=way in ("after", "before", "following", "since")
        and bool(re.match(r"\s+\w", text.text[match.end() :])),
        words=words,
        start=match.start(),
        end=match.end(),
    )


def counted(count: str, unit: str) -> float:
    """The days of a count and a unit in words.

    >>> counted("two", "week"), counted("一", "年")
    (14.0, 365.25)
    """
    return float(_COUNTS.get(count) or int(count)) * _DAYS[_UNITS[unit]]


def years_named(paragraphs: Iterable[str], published: date | None) -> dict[int, int]:
    """Month -> year, where the article itself names both, or its publication gives the year.

    A month far ahead of the publication is when something ends: "on November 9 it was suspended
    until November 2027" tells of the November past.

    >>> years_named(["2025年7月,H20"], None)
    {7: 2025}
    >>> years_named(["11月9日暂停至2027年11月27日"], date(2025, 11, 9))[11]
    2025
    """
    usual = {}
    if published:
        for month in range(1, 13):
            usual[month] = published.year if month <= published.month else published.year - 1
    named: dict[int, int] = {}
    for paragraph in paragraphs:
        text = fold(paragraph).text
        for match in MONTHS_ZH.finditer(text):
            if match[1] and _near(int(match[1]), int(match[2]), published):
                named.setdefault(int(match[2]), int(match[1]))
        for match in MONTHS_EN.finditer(text):
            if match["y"] and _near(int(match["y"]), MONTHS[match["m"]], published):
                named.setdefault(MONTHS[match["m"]], int(match["y"]))
    return usual | named


def month_of(match: re.Match[str]) -> tuple[int | None, int, int | None]:
    """The year, month and day of a match of ``MONTHS_EN`` or ``MONTHS_ZH``; None where not named.

    >>> month_of(MONTHS_ZH.search("2025年7月"))
    (2025, 7, None)
    """
    if match.re is MONTHS_ZH:
        year, month, day = match[1], int(match[2]), match[3]
    else:
        year, month, day = match["y"], MONTHS[match["m"]], match["d"] or match["before"]
    return int(year) if year else None, month, int(day) if day else None


def _near(year: int, month: int, published: date | None) -> bool:
    """Whether a month with its year may be the one that the article calls by its name alone."""
    if published is None:
        return True
    return 12 * (year - published.year) + month - published.month <= AHEAD


def days_named(text: Folded, years: Mapping[int, int], published: date | None
               ) -> tuple[Dated, ...]:  # fmt: skip
    """Every day or month that a text names, in its order.

    A month without a year takes the one of ``years``; "on Monday" needs ``published``.

    >>> [(d.first.isoformat(), d.words) for d in days_named(fold("In July, H20"), {7: 2025}, None)]
    [('2025-07-01', 'July')]
    """
    found: dict[tuple[int, int], Dated] = {}
    for start, end, dated in (*_chinese(text, years), *_english(text, years)):
        found[start, end] = dated
    for start, end, dated in _phrases(text, published):
        over = [span for span in found if span[0] < end and start < span[1]]
        if not over:
            found[start, end] = dated
        for span in over:  # the grammar knows what the day is: effective, until ...
            old = found[span]
            if dated.role != "plain":
                told = old if not YEAR.search(dated.words) and _one_day(old, dated) else dated
                found[span] = Dated(told.first, told.last, old.words, dated.role)
            elif old.first == dated.first or dated.last == old.last:
                first, last = min(old.first, dated.first), max(old.last, dated.last)
                found[span] = Dated(first, last, dated.words, dated.role)
    return tuple(found[span] for span in sorted(found))


def _one_day(one: Dated, other: Dated) -> bool:
    """Whether two are one day or month of the calendar, be it of two years."""
    return (one.first.month, one.first.day) == (other.first.month, other.first.day)


_Span = tuple[int, int, Dated]


def _chinese(text: Folded, years: Mapping[int, int]) -> Iterable[_Span]:
    for match in MONTHS_ZH.finditer(text.text):
        year = match[1] or years.get(int(match[2]))
        if year and not re.match(r"\s*(?:大|型|球|份?额)", text.text[match.end() :]):
            dated = _partial(int(year), int(match[2]), match[3], text, match)
            if dated:
                yield match.start(), match.end(), dated


def _english(text: Folded, years: Mapping[int, int]) -> Iterable[_Span]:
    for match in MONTHS_EN.finditer(text.text):
        bare = not (match["before"] or match["d"] or match["y"])
        if bare and match["m"] in ("may", "march") and not _is_month(text, match):
            continue
        year = match["y"] or years.get(MONTHS[match["m"]])
        if year:
            day = match["before"] or match["d"]
            dated = _partial(int(year), MONTHS[match["m"]], day, text, match)
            if dated:
                yield match.start(), match.end(), dated


def _is_month(text: Folded, match: re.Match[str]) -> bool:
    """Whether a month is meant: in "in May" and "last March" it is, in "may ship" not."""
    head = text.original[: match.start()]
    return text.original[match.start()].isupper() and bool(_BEFORE_MONTH.search(head.lower()))


def _partial(year: int, month: int, day: str | None, text: Folded, match: re.Match[str]
             ) -> Dated | None:  # fmt: skip
    try:
        partial = PartialDate(year, month, int(day) if day else None)
        words = text.original[match.start() : match.end()].strip()
        return Dated(partial.first, partial.last, words)
    except ValueError:
        return None


def _phrases(text: Folded, published: date | None) -> Iterable[_Span]:
    """What the grammar of date phrases reads; without a publication only what names its year."""
    for one in find_phrases(text.original, published or date(2100, 1, 1)):
        outright = bool(YEAR.search(one.words))
        near = one.precision in ("day", "month") and (one.last - one.first).days <= 31
        if near and (outright or (published and one.form != "month")):
            yield one.start, one.end, Dated(one.first, one.last, one.words, one.role)
