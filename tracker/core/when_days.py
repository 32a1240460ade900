"""Calendar arithmetic of date phrases: which of several possible days is meant.

A phrase such as "Monday" or "15 July" names many days; the publication day and the tense of its
clause pick one. Nothing here reads text.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import MAXYEAR, MINYEAR, date
from typing import Final, Literal

from tracker.dates import Precision, first_of, last_of, shifted
from tracker.nouns import dataclass

Tense = Literal["past", "future", "nearest", "open", "soon"]
"""``open``: nothing in the clause says whether the day lies behind or ahead.

``soon``: a meeting is told of without a tense, as of something that lies near.
"""

ALLOWANCE: Final = 45
"""Days ahead of publication at which an open "15 July" is still read as announced, not as old."""

MONTHLY_ALLOWANCE: Final = 5
"""The same for a bare day of the month (15日), which comes round twelve times as often."""


@dataclass(frozen=True, slots=True)
class Span:
    """Days read from a phrase, both inclusive.

    ``whole``: the words name both ends, so that the act fills the span; else it lies somewhere
    inside. ``form`` says how the phrase is written: ``date`` (with its year), ``day``,
    ``weekday``, ``relative``, ``week``, ``month``, ``quarter``, ``half``, ``year``.
    """

    first: date
    last: date
    precision: Precision
    form: str
    whole: bool = False


def day_in(year: int, month: int, day: int) -> date | None:
    """The day, or None where the calendar does not have it.

    >>> day_in(2025, 2, 30) is None
    True
    """
    try:
        return date(year, month, day)
    except ValueError:
        return None


def pick(
    days: Iterable[date | None], reference: date, tense: Tense, allowance: int = 0
) -> date | None:
    """The one of ``days`` that a clause of this tense, published on ``reference``, speaks of.

    Past: the latest not after publication. Future: the earliest not before it. Nearest: the least
    distance, the past one of two. Open and soon: as past, unless one lies at most ``allowance``
    days ahead.

    >>> christmas = [date(2024, 12, 25), date(2025, 12, 25)]
    >>> pick(christmas, date(2025, 7, 15), "past"), pick(christmas, date(2025, 7, 15), "nearest")
    (datetime.date(2024, 12, 25), datetime.date(2025, 12, 25))
    """
    known = sorted(day for day in days if day)
    if tense == "nearest":
        return min(known, key=lambda day: (abs((day - reference).days), day), default=None)
    if tense == "future":
        return next((day for day in known if day >= reference), None)
    reach = shifted(reference, allowance if tense in ("open", "soon") else 0)
    return next((day for day in reversed(known) if day <= reach), None)


def month_day(month: int, day: int, reference: date, tense: Tense) -> date | None:
    """A day and a month without a year; 29 February looks for the leap year.

    >>> month_day(12, 2, date(2025, 7, 15), "open")
    datetime.date(2024, 12, 2)
    >>> month_day(8, 1, date(2025, 7, 15), "open")
    datetime.date(2025, 8, 1)
    >>> month_day(8, 1, date(2025, 7, 15), "past")
    datetime.date(2024, 8, 1)
    """
    reach = 8 if (month, day) == (2, 29) else 1
    years = _years(reference.year - reach, reference.year + reach)
    return pick((day_in(year, month, day) for year in years), reference, tense, ALLOWANCE)


def day_of_month(day: int, reference: date, tense: Tense) -> date | None:
    """A day of an unnamed month (15日).

    What is to come on the day before publication came on it, while the report was under way: it is
    not a month off.

    >>> day_of_month(15, date(2025, 7, 14), "past"), day_of_month(15, date(2025, 7, 14), "open")
    (datetime.date(2025, 6, 15), datetime.date(2025, 7, 15))
    >>> [day_of_month(day, date(2025, 7, 14), "future").isoformat() for day in (12, 13, 14)]
    ['2025-08-12', '2025-07-13', '2025-07-14']
    """
    months = (month_ahead(reference, step) for step in (-2, -1, 0, 1, 2))
    days = (day_in(month.year, month.month, day) for month in months)
    since = shifted(reference, -1) if tense == "future" else reference
    return pick(days, since, tense, MONTHLY_ALLOWANCE)


def month_named(month: int, reference: date, tense: Tense) -> Span | None:
    """A month without a year: by its first day, so that the running month counts as past.

    >>> month_named(12, date(2025, 7, 15), "open").first
    datetime.date(2024, 12, 1)
    """
    if not 1 <= month <= 12:
        return None
    if tense in ("future", "nearest") and month == reference.month:
        return month_of(reference)
    years = _years(reference.year - 1, reference.year + 1)
    first = pick((date(year, month, 1) for year in years), reference, tense)
    return month_of(first) if first else None


def weekday(number: int, reference: date, tense: Tense) -> date:
    """A bare weekday, Monday being 0: the latest not after publication, or the one that comes.

    >>> tuesday = date(2025, 7, 15)
    >>> weekday(0, tuesday, "open"), weekday(1, tuesday, "past"), weekday(4, tuesday, "future")
    (datetime.date(2025, 7, 14), datetime.date(2025, 7, 15), datetime.date(2025, 7, 18))
    >>> weekday(4, tuesday, "soon")  # of this very week
    datetime.date(2025, 7, 18)
    """
    back = (reference.weekday() - number) % 7
    soon = tense == "soon" and back > 2 and number > reference.weekday()
    if tense == "future" or soon or (tense == "nearest" and back > 3):
        return shifted(reference, (number - reference.weekday()) % 7)
    return shifted(reference, -back)


def day_of_week(number: int, reference: date, weeks: int) -> date:
    """A weekday of the week ``weeks`` after (before, if negative) that of publication.

    >>> day_of_week(4, date(2025, 7, 15), -1)
    datetime.date(2025, 7, 11)
    """
    return shifted(reference, 7 * weeks + number - reference.weekday())


def week_of(reference: date, weeks: int) -> Span:
    """Monday to Sunday of the week ``weeks`` after that of publication.

    >>> week = week_of(date(2025, 7, 15), -1)
    >>> f"{week.first} {week.last}"
    '2025-07-07 2025-07-13'
    """
    return Span(day_of_week(0, reference, weeks), day_of_week(6, reference, weeks), "day", "week")


def weekend_of(reference: date, weeks: int) -> Span:
    """Saturday and Sunday of the week ``weeks`` after that of publication.

    >>> weekend_of(date(2025, 7, 15), -1).first
    datetime.date(2025, 7, 12)
    """
    return Span(day_of_week(5, reference, weeks), day_of_week(6, reference, weeks), "day", "week")


def month_ahead(reference: date, months: int) -> date:
    """The first day of the month ``months`` after (before, if negative) that of ``reference``.

    >>> month_ahead(date(2025, 1, 31), -2)
    datetime.date(2024, 11, 1)
    >>> month_ahead(date(9999, 12, 1), 1)  # the calendar ends
    datetime.date(9999, 12, 1)
    """
    year, month = divmod(12 * reference.year + reference.month - 1 + months, 12)
    if not MINYEAR <= year <= MAXYEAR:
        return reference.replace(day=1)
    return date(year, month + 1, 1)


def month_of(day: date) -> Span:
    """The month that holds ``day``.

    >>> month_of(date(2024, 2, 10)).last
    datetime.date(2024, 2, 29)
    """
    return Span(day.replace(day=1), last_of(day, "month"), "month", "month")


def part_of_month(month: Span, part: str) -> Span:
    """The ``early`` (1 to 10), ``mid`` (11 to 20) or ``late`` part of a month; ``end``: last week.

    >>> part_of_month(month_of(date(2025, 5, 1)), "early").last
    datetime.date(2025, 5, 10)
    """
    first, last = month.first, month.last
    match part:
        case "early":
            last = first.replace(day=10)
        case "mid":
            first, last = first.replace(day=11), first.replace(day=20)
        case "late":
            first = first.replace(day=21)
        case "end":
            first = last.replace(day=last.day - 6)
        case _:
            pass
    return Span(first, last, "month", "month")


def quarter(number: int, year: int) -> Span:
    """A calendar quarter.

    >>> quarter(3, 2025).last
    datetime.date(2025, 9, 30)
    """
    first = date(year, 3 * number - 2, 1)
    return Span(first, last_of(first, "quarter"), "quarter", "quarter")


def quarter_named(number: int, reference: date, tense: Tense) -> Span | None:
    """A quarter without a year: the latest begun by publication, or the one that comes.

    >>> quarter_named(4, date(2025, 7, 15), "open").first
    datetime.date(2024, 10, 1)
    """
    running = first_of(reference, "quarter")
    years = _years(reference.year - 1, reference.year + 1)
    first = pick((quarter(number, year).first for year in years), running, tense)
    return quarter(number, first.year) if first else None


def quarter_ahead(reference: date, quarters: int) -> Span:
    """The quarter ``quarters`` after that of ``reference``.

    >>> quarter_ahead(date(2025, 1, 15), -1).first
    datetime.date(2024, 10, 1)
    """
    first = month_ahead(first_of(reference, "quarter"), 3 * quarters)
    return quarter((first.month + 2) // 3, first.year)


def half(number: int, year: int) -> Span:
    """The first or second half of a year; its precision is that of the year.

    >>> half(2, 2025).first
    datetime.date(2025, 7, 1)
    """
    if number == 1:
        return Span(date(year, 1, 1), date(year, 6, 30), "year", "half")
    return Span(date(year, 7, 1), date(year, 12, 31), "year", "half")


def half_named(number: int, reference: date, tense: Tense) -> Span | None:
    """A half-year without a year, chosen as a quarter is.

    >>> half_named(2, date(2025, 3, 1), "open").first
    datetime.date(2024, 7, 1)
    """
    running = half(1 if reference.month < 7 else 2, reference.year).first
    years = _years(reference.year - 1, reference.year + 1)
    first = pick((half(number, year).first for year in years), running, tense)
    return half(number, first.year) if first else None


def year_of(year: int, part: str = "") -> Span | None:
    """A year, or its ``early`` (to March), ``mid`` (May to August), ``late`` (from October) part.

    ``end`` is December and ``start`` January, with the precision of a month.

    >>> year_of(2024, "end").first
    datetime.date(2024, 12, 1)
    """
    if not 1 <= year <= 9999:
        return None
    bounds = {"early": (1, 3), "mid": (5, 8), "late": (10, 12), "end": (12, 12), "start": (1, 1)}
    first, last = bounds.get(part, (1, 12))
    precision: Precision = "month" if first == last else "year"
    form = "month" if first == last else "year"
    return Span(date(year, first, 1), last_of(date(year, last, 1), "month"), precision, form)


def ago(count: int, unit: str, reference: date) -> Span | None:
    """``count`` days (that day), weeks, months or years (the one that holds it) before publication.

    >>> ago(3, "day", date(2025, 7, 15)).first, ago(1, "month", date(2025, 7, 15)).first
    (datetime.date(2025, 7, 12), datetime.date(2025, 6, 1))
    """
    match unit:
        case "day":
            return one_day(shifted(reference, -count), "relative")
        case "week":
            return week_of(reference, -count)
        case "month":
            return month_of(month_ahead(reference, -count))
        case "year":
            return year_of(reference.year - count)
        case _:
            return None


def counted_from(anchor: Span, count: int, unit: str) -> Span | None:
    """``count`` days, weeks or months after (before, if negative) what the text named last.

    Later is counted from the end of a span, earlier from its beginning. Where only a month was
    named, only months can be counted from it.

    >>> talks = days_to(date(2025, 5, 10), date(2025, 5, 12))
    >>> counted_from(talks, 2, "day").first, counted_from(talks, -1, "day").first
    (datetime.date(2025, 5, 14), datetime.date(2025, 5, 9))
    >>> counted_from(month_of(date(2025, 4, 1)), 5, "month").first
    datetime.date(2025, 9, 1)
    """
    if anchor.precision not in ("day", "month") or (
        anchor.precision == "month" and unit != "month"
    ):
        return None
    span = ago(-count, unit, anchor.last if count > 0 else anchor.first)
    return Span(span.first, span.last, span.precision, "later", span.whole) if span else None


def nth_weekday(nth: int, number: int, month: int, year: int) -> date:
    """The ``nth`` weekday (Monday being 0) of a month.

    >>> nth_weekday(4, 3, 11, 2025)
    datetime.date(2025, 11, 27)
    """
    first = date(year, month, 1)
    return shifted(first, (number - first.weekday()) % 7 + 7 * (nth - 1))


def one_day(day: date | None, form: str = "day") -> Span | None:
    """A single day, or None where there is none.

    >>> one_day(None) is None
    True
    """
    return Span(day, day, "day", form) if day else None


def days_to(first: date | None, last: date | None, form: str = "day") -> Span | None:
    """First to last day; None where one is missing, they are reversed or over a year apart.

    >>> days_to(date(2025, 5, 10), date(2025, 5, 12)).whole
    True
    """
    if not first or not last or not 0 <= (last - first).days <= 366:
        return None
    return Span(first, last, "day", form, whole=first < last)


def until_day(first: date | None, month: int, day: int, form: str = "day") -> Span | None:
    """``first`` to the next such day of the year, which may lie in the next one.

    >>> until_day(date(2025, 12, 30), 1, 2).last
    datetime.date(2026, 1, 2)
    """
    if not first:
        return None
    last = day_in(first.year, month, day)
    if last and last < first:
        last = day_in(min(first.year + 1, 9999), month, day)
    return days_to(first, last, form)


def _years(first: int, last: int) -> range:
    """Years inside the calendar."""
    return range(max(1, first), min(9999, last) + 1)
