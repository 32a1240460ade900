"""The English half of the date grammar: which words are a date phrase, and which days they mean.

``TOKENS`` finds a phrase in lower-case text; the name of the group that matched names its reader in
``READERS``. They work on lower-cased text of equal length; the words around are read in
``when_en_cues``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from tracker.core.late import late
from tracker.core.when_days import (
    ALLOWANCE,
    Span,
    Tense,
    ago,
    counted_from,
    day_in,
    day_of_month,
    half,
    half_named,
    month_ahead,
    month_day,
    month_named,
    month_of,
    nth_weekday,
    one_day,
    part_of_month,
    pick,
    quarter,
    quarter_ahead,
    quarter_named,
    until_day,
    week_of,
    weekend_of,
    year_of,
)
from tracker.core.when_en_weekdays import TO, WD, WEEKDAY, weekday_words
from tracker.core.when_figures import iso, with_year, without_year
from tracker.dates import shifted

MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
COUNTS: Final = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "a couple of": 2,
}  # fmt: skip
ORDINALS: Final = {"first": 1, "second": 2, "third": 3, "fourth": 4}

_FULL = "january|february|march|april|may|june|july|august|september|october|november|december"
# March and May are verbs too: alone they need a preposition.
_SAFE = "january|february|april|june|july|august|september|october|november|december"
_MON = rf"(?:(?:{_FULL})(?![a-z])|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)(?![a-z])\.?)"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
_YEAR = r"(?:19|20)\d\d"
_WDS = rf"(?:{WD}|(?:mon|tues?|wed|thu(?:rs?)?|fri|sat|sun)\.?)"
# What a day is not: the head of a larger number, a share, a price.
_END = (
    r"(?![a-z\d%])(?![.,:/]\d|[-–]\d|\s?(?:per\s?cent|percent|billion|million|bn|nm|times|years"
    r"|months|days|units|chips|companies|entities|firms|people)\b)"
)
_MD = rf"{_MON}\s?{_DAY}(?:{TO}(?:{_MON}\s)?{_DAY})?(?:(?:,\s?|\s|,?\sof\s){_YEAR})?{_END}"
_DM = (
    rf"{_DAY}(?:\sof)?(?:\s{_MON})?(?:{TO}{_DAY})?\s(?:of\s)?{_MON}(?:,?\s{_YEAR})?"
    r"(?!\d|[.,]\d|-\d)"
)
_DMS = rf"{_DAY}\s{_MON}{TO}{_DAY}\s{_MON}(?:,?\s{_YEAR})?(?!\d|[.,]\d)"
_PART = (
    r"(?:(?:the\s)?(?:very\s)?(?:end|start|beginning|middle)\sof|early(?:\sin)?|mid"
    r"|late(?:\sin)?)[-\s]"
)
_COUNT = (
    r"(?:\d{1,2}|a\scouple\sof|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
)
_HOLIDAY = (
    r"(?:new\syear['’]?s\s(?:day|eve)|christmas\s(?:day|eve)|boxing\sday|thanksgiving(?:\sday)?"
    r"|(?:the\s)?(?:fourth|4th)\sof\sjuly)"
)
_NO_YEAR = r"(?![\d%-]|[.,]\d|\s(?:units|chips|items|companies|entities|people|dollars|yuan))"

TOKENS: Final = late(
    "|".join(
        (
            rf"(?P<iso>(?<![\d./-]){_YEAR}(?P<sep>[-/.])[01]?\d(?P=sep)[0-3]?\d(?![\d/-]|\.\d))",
            rf"(?P<us>(?<![\d./-])\d{{1,2}}(?P<cut>[/.])\d{{1,2}}(?P=cut){_YEAR}(?![\d/]|\.\d))",
            r"(?P<slash>(?:(?<=\bon\s)|(?<=\bby\s)|(?<=\buntil\s)|(?<=\bfrom\s)|(?<=\bsince\s)"
            r"|(?<=\beffective\s)|(?<=day\s\()|(?<=day\s)|(?<=\bof\s))\d{1,2}/\d{1,2}(?![\d/%]|[.,]\d"
            r"|\s?(?:of|split|majority|vote)\b))",
            rf"(?P<holiday>(?<![a-z]){_HOLIDAY}(?:,?\s{_YEAR}(?!\d))?(?![a-z]))",
            rf"(?P<dms>(?<!\d[.,])(?<![a-z\d$/-]){_DMS})",
            rf"(?P<dm>(?<!\d[.,])(?<![a-z\d$/-])(?:{_WDS},?\s)?{_DM})",
            rf"(?P<md>(?<![a-z\d])(?:{_WDS}(?:,?\s|\s?\())?{_MD})",
            rf"(?P<part>(?<![a-z])(?:{_PART})(?:(?:last\s|next\s|this\s)?(?:{_FULL})(?![a-z])"
            rf"(?:,?\s(?:of\s)?{_YEAR}(?!\d))?|{_MON}\s{_YEAR}(?!\d)"
            rf"|{_YEAR}(?!\d)|(?:last|next|this|the)\s(?:year|month|week|quarter))(?![a-z\d]))",
            rf"(?P<my>(?<![a-z]){_MON}(?:,?\s|\sof\s|-){_YEAR}(?![\d-]))",
            r"(?P<quarter>(?<![\w$.])(?:q[1-4](?:[\s,/-]*(?:of\s)?(?:19|20)\d\d)?(?![\w.])"
            r"|[1-4]q\s?(?:20)?\d\d(?!\w)|h[12]\s(?:of\s)?(?:19|20)\d\d(?!\w)|[12]h\s?20\d\d(?!\w)"
            r"|(?:last|final)\s(?:quarter|half)\sof\s(?:(?:19|20)\d\d(?!\d)|(?:this|last|next|the)\syear)"
            r"|(?:first|second|third|fourth)[-\s](?:quarter|half)(?![a-z])"
            r"(?:\s(?:of\s)?(?:(?:19|20)\d\d(?!\d)|(?:this|last|next)\syear))?))",
            rf"(?P<weekday>{WEEKDAY})",
            rf"(?P<month>(?<![a-z])(?:(?:last|next|this)\s(?:{_FULL})"
            rf"|(?:(?<=\bin\s)|(?<=\bsince\s)|(?<=\buntil\s)|(?<=\bby\s)|(?<=\bfrom\s)"
            rf"|(?<=\bduring\s)|(?<=\bthrough\s))(?:{_FULL}))(?![a-z]))",
            rf"(?P<named>(?<![a-z])(?:{_SAFE})(?![a-z]))",
            r"(?P<now>(?<![a-z])(?:(?:the\s)?day\sbefore\syesterday|(?:earlier|later)\stoday"
            r"|today(?!['’]s)|yesterday|tonight|tomorrow|last\snight"
            r"|this\s(?:morning|afternoon|evening)"
            r"|(?:(?<=ed\s)|(?<=said\s)|(?<=told\s)|(?<=came\s)|(?<=out\s))overnight"
            r"(?!\s(?:trad|gain|loss|rate|session|success|sensation)))(?![a-z]))",
            r"(?P<period>(?<![a-z])(?:(?:earlier|later|late|early)\s)?(?:last|this|next)\s"
            r"(?:week(?:end)?|month|quarter|year)(?![a-z]))",
            r"(?P<weekend>(?<![a-z])(?:over|at|on)\sthe\sweekend(?![a-z]))",
            rf"(?P<ago>(?<![a-z\d.,$]){_COUNT}\s(?:day|week|month|year)s?\sago(?![a-z]))",
            rf"(?P<later>(?<![a-z\d.,$]){_COUNT}\s(?:day|week|month)s?\s(?:later|earlier)(?![a-z])"
            r"|(?<![a-z])the\s(?:next|following|previous)\sday(?![a-z])"
            r"|(?<=\bof\s)the\sday\sbefore(?!\syesterday|[a-z]))",
            r"(?P<ordinal>(?<=\bon\sthe\s)(?:3[01]|[12]\d|[1-9])(?:st|nd|rd|th)(?=[,.;:)](?!\d)|$))",
            rf"(?P<year>(?<![a-z\d])(?:(?<=\bin\s)|(?<=\bsince\s)|(?<=\bby\s)|(?<=\buntil\s)"
            rf"|(?<=\bduring\s)|(?<=\bthrough\s)|(?<=\bfrom\s)|(?<=\bfor\s)){_YEAR}{_NO_YEAR})",
        )
    )
)

_NTH: Final = "(?:st|nd|rd|th)"
_SOME: Final = r"\s(?:couple|day|week|month|year)"
START: Final = late(
    rf"\b(?:\d(?=\d?(?:{_NTH}?(?:\s?[-–—]|\s[adfjmnostuwy&])|{_NTH}(?:[,.;:)]|$)|[/.]\d|[qh])|[90]\d\d(?!\d))"
    rf"|t(?:ue|hu|he\s(?:(?:very\s)?(?:end|start|begin|middle|day\sb|next\sd|following\sd|previous\sd"
    rf"|fourth\so))|hanksgiving|hird|his|oday|onight|omor|(?:wo|hree|en|welve){_SOME})"
    rf"|s(?:ep|at|un|tart\s[ob]|econd|(?:ix|even){_SOME})"
    rf"|f(?:eb|ri|ourth\so|inal|irst|ourth|(?:our|ive){_SOME})"
    rf"|a(?:pr|ug|t\sthe\sw|n?{_SOME})|o(?:ct|vernight|(?:ver|n)\sthe\sw|ne{_SOME})"
    rf"|e(?:arly|nd\s[ob]|arlier|(?:ight|leven){_SOME})|n(?:ov|ew\syear|ext|ine{_SOME})"
    r"|m(?:a[ry]|on|id)|l(?:ate|ast)|d(?:ec|ay\s[ob])|b(?:oxing|eginning\s[ob])|c(?:hristmas|oming)"
    r"|j(?:an|u[nl])|w(?:ed)|p(?:ast)|yest|q[1-4]|h[12]\s)"
)
"""Where a phrase can begin; only there is the grammar tried."""

Reader = Callable[[str, date, Tense], Span | None]


# ---- readers ----------------------------------------------------------------------------------


def _written(words: str, reference: date, tense: Tense) -> Span | None:
    """One or two days and months, in either order, with or without a year."""
    words = re.sub(rf"^{_WDS}\b[\s,(]*(?={_MON}|\d)", "", words)
    months = [MONTHS.index(m[:3]) + 1 for m in re.findall(_MON, words)]
    year = re.search(rf"(?<!\d){_YEAR}(?!\d)", words)
    days = [int(d) for d in re.findall(r"(?<!\d)(\d{1,2})(?!\d)", words)]
    if not months or not days:
        return None
    month, last_month = months[0], months[-1]
    form = "date" if year else "day"
    if year:
        first = day_in(int(year[0]), month, days[0])
        if len(days) > 1 and last_month < month:
            first = day_in(int(year[0]) - 1, month, days[0])
    else:
        ahead: Tense = "open" if tense == "past" and len(days) > 1 else tense
        ahead = "nearest" if ahead == "soon" else ahead
        first = month_day(month, days[0], reference, ahead)
    if len(days) == 1:
        return one_day(first, form)
    return until_day(first, last_month, days[1], form)


def _part(words: str, reference: date, tense: Tense) -> Span | None:
    """Early, mid, late; beginning, end of: a month, a year, a quarter, a week."""
    part = _which_part(words)
    rest = re.sub(rf"^{_PART}", "", words)
    month = re.search(_MON, rest)
    year = re.search(_YEAR, rest)
    if month:
        span = _month_words(month[0], rest, year[0] if year else "", reference, tense)
        return part_of_month(span, "early" if part == "start" else part) if span else None
    if year:
        return year_of(int(year[0]), part)
    return _part_of_period(part, rest, reference, tense)


def _which_part(words: str) -> str:
    if "end of" in words:
        return "end"
    if words.startswith(("start", "beginning", "the start", "the beginning", "the very")):
        return "start"
    return "early" if words.startswith("early") else "late" if words.startswith("late") else "mid"


def _part_of_period(part: str, rest: str, reference: date, tense: Tense) -> Span | None:
    step = {"last": -1, "next": 1}.get(rest.split()[0], 0)
    ahead = tense == "future" or step >= 0
    if rest.endswith("year"):
        return year_of(reference.year + step, part) if ahead or step < 0 else None
    if rest.endswith("month"):
        return part_of_month(month_of(month_ahead(reference, step)), part)
    return week_of(reference, step) if rest.endswith("week") else quarter_ahead(reference, step)


def _month_words(name: str, words: str, year: str, reference: date, tense: Tense) -> Span | None:
    month = MONTHS.index(name[:3]) + 1
    if year:
        return month_of(date(int(year), month, 1))
    if words.startswith("next "):
        tense = "future"
    elif words.startswith("last "):
        tense = "past"
    return month_named(month, reference, tense)


def _month_year(words: str, reference: date, tense: Tense) -> Span | None:
    name, year = re.search(_MON, words), re.search(_YEAR, words)
    return _month_words(name[0], "", year[0] if year else "", reference, tense) if name else None


def _month(words: str, reference: date, tense: Tense) -> Span | None:
    return _month_words(words.split()[-1], words, "", reference, tense)


def _named(words: str, reference: date, _tense: Tense) -> Span | None:
    """The October rules, without a preposition: those that are known already."""
    return _month_words(words, "", "", reference, "past")


def _quarter(words: str, reference: date, tense: Tense) -> Span | None:
    """Quarters and halves, with a year, a relative year or none."""
    year = _year_in(words, reference)
    digit = re.search(r"q([1-4])|([1-4])q|h([12])|([12])h", words)
    if digit:
        number = int(next(part for part in digit.groups() if part))
        halves = "h" in digit[0]
    else:
        halves = "half" in words
        last = 2 if halves else 4
        number = next((n for word, n in ORDINALS.items() if words.startswith(word)), last)
    if halves:
        if number > 2:
            return None
        return half(number, year) if year else half_named(number, reference, tense)
    return quarter(number, year) if year else quarter_named(number, reference, tense)


def _year_in(words: str, reference: date) -> int | None:
    full = re.search(rf"(?<!\d){_YEAR}(?!\d)|(?<=[qh]){_YEAR}|(?<=[qh]\s){_YEAR}", words)
    if full:
        return int(full[0])
    short = re.fullmatch(r"[1-4]q\s?(\d\d)", words)
    if short:
        return 2000 + int(short[1])
    for word, step in (
        ("this year", 0), ("last year", -1), ("next year", 1), ("the year", 0)
    ):  # fmt: skip
        if word in words:
            return reference.year + step
    return None


def _now(words: str, reference: date, _tense: Tense) -> Span | None:
    steps = {"yesterday": -1, "last night": -1, "overnight": -1, "tomorrow": 1}
    step = -2 if "before" in words else steps.get(words, 0)
    return one_day(shifted(reference, step), "relative")


def _period(words: str, reference: date, tense: Tense) -> Span | None:
    """A week, month, quarter or year, and the earlier or later part of it."""
    parts = words.split()
    step = {"last": -1, "this": 0, "next": 1}[parts[-2]]
    span: Span | None
    match parts[-1]:
        case "week":
            span = week_of(reference, step)
        case "weekend":
            span = weekend_of(reference, _weekend_step(step, reference, tense))
        case "month":
            span = month_of(month_ahead(reference, step))
        case "quarter":
            span = quarter_ahead(reference, step)
        case _:
            part = {"late": "late", "early": "early"}.get(parts[0], "")
            span = year_of(reference.year + step, part)
    return _trimmed(span, parts[0], reference, tense) if span else None


def _trimmed(span: Span, part: str, reference: date, tense: Tense) -> Span:
    """The running period ends with the day of the report, unless the clause looks ahead."""
    if not span.first <= reference <= span.last:
        return span
    if part in ("later", "late") or tense == "future":
        return Span(reference, span.last, span.precision, span.form)
    return Span(span.first, reference, span.precision, span.form)


def _weekend_step(step: int, reference: date, tense: Tense) -> int:
    """A weekend called this one is the last in a report of Monday to Thursday that looks back."""
    if step == 0 and reference.weekday() < 4 and tense == "past":
        return -1
    return step


def _weekend(_words: str, reference: date, tense: Tense) -> Span | None:
    back = -1 if reference.weekday() < 5 and tense != "future" else 0
    return weekend_of(reference, back)


def _ago(words: str, reference: date, _tense: Tense) -> Span | None:
    count, unit = re.split(r"\s(?=(?:day|week|month|year)s?\s)", words)
    number = COUNTS.get(re.sub(r"\s", " ", count)) or (int(count) if count.isdigit() else 0)
    return ago(number, unit.split()[0].rstrip("s"), reference) if number else None


def _holiday(words: str, reference: date, tense: Tense) -> Span | None:
    """A holiday of one day that is the same wherever it is kept."""
    year = re.search(rf"{_YEAR}$", words)
    if words.startswith("thanksgiving"):
        years = [int(year[0])] if year else [reference.year - 1, reference.year, reference.year + 1]
        days = [nth_weekday(4, 3, 11, one) for one in years]
        return one_day(pick(days, reference, tense, ALLOWANCE) if not year else days[0])
    month, day = next(when for name, when in _HOLIDAYS.items() if name in words)
    if year:
        return one_day(day_in(int(year[0]), month, day), "date")
    return one_day(month_day(month, day, reference, tense))


_HOLIDAYS: Final = {
    "christmas d": (12, 25), "christmas e": (12, 24), "s day": (1, 1), "s eve": (12, 31),
    "boxing": (12, 26), "july": (7, 4),
}  # fmt: skip


def _ordinal(words: str, reference: date, tense: Tense) -> Span | None:
    return one_day(day_of_month(int(words[:-2]), reference, tense))


def later(words: str, anchor: Span) -> Span | None:
    """Days counted from the day that the text named last: two days later, the next day.

    >>> later("the previous day", Span(date(2025, 7, 15), date(2025, 7, 15), "day", "day")).first
    datetime.date(2025, 7, 14)
    """
    if words.endswith("day before") or "previous" in words:
        return counted_from(anchor, -1, "day")
    if words.startswith("the "):
        return counted_from(anchor, 1, "day")
    count, unit, way = words.rsplit(maxsplit=2)
    number = COUNTS.get(re.sub(r"\s", " ", count)) or (int(count) if count.isdigit() else 0)
    if not number:
        return None
    return counted_from(anchor, number if way == "later" else -number, unit.rstrip("s"))


def _year(words: str, _reference: date, _tense: Tense) -> Span | None:
    return year_of(int(words))


READERS: Final[Mapping[str, Reader]] = {
    "iso": iso, "us": with_year, "slash": without_year, "dms": _written, "dm": _written,
    "md": _written, "part": _part,
    "my": _month_year, "quarter": _quarter, "weekday": weekday_words,
    "month": _month, "named": _named, "now": _now, "period": _period, "weekend": _weekend,
    "ago": _ago, "year": _year, "holiday": _holiday, "ordinal": _ordinal,
}  # fmt: skip
