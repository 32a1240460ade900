"""Weekdays in English text: bare, of the week before or to come, and two that are joined."""

from __future__ import annotations

from datetime import date
from typing import Final

from tracker.core.late import late
from tracker.core.when_days import Span, Tense, day_of_week, days_to, one_day, weekday
from tracker.dates import shifted

WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WD: Final = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
TO: Final = r"(?:\s?[-–—]\s?|\s(?:to|through|until|till|and|&)\s)"
WEEKDAY: Final = (
    rf"(?<![a-z])(?:a\sweek\sago\s(?:on\s)?{WD}|(?:last|next)\sweek\son\s{WD}"
    rf"|{WD}\s(?:of\s)?(?:last|next)\sweek"
    r"|(?:(?:late|early)\s(?:on\s|last\s)?|last\s|next\s"
    rf"|(?:this\s)?(?:coming|past)\s|this\s)?{WD}(?:{TO}{WD})?)(?![a-z])"
)
"""The words of a weekday or of two."""

_ONE_WEEKDAY: Final = late(WD)


def weekday_words(words: str, reference: date, tense: Tense) -> Span | None:
    """A weekday, bare or of a named week, or two that are joined.

    >>> [weekday_words(words, date(2025, 7, 15), "open").first.day for words in (
    ...     "friday", "last tuesday", "tuesday last week", "a week ago on friday")]
    [11, 8, 8, 11]
    """
    names = _ONE_WEEKDAY.findall(words)
    number = WEEKDAYS.index(names[0][:3])
    day = _weekday_day(words, number, reference, tense)
    if len(names) == 1:
        return one_day(day, "weekday")
    ends = WEEKDAYS.index(names[1][:3])
    last = shifted(day, (ends - number) % 7)
    if last > reference and tense in ("past", "open") and "next" not in words:
        day, last = shifted(day, -7), shifted(last, -7)
        if (reference - last).days >= 6:  # the span runs on as this is written
            day, last = shifted(day, 7), shifted(last, 7)
    return days_to(day, last, "weekday")


def _weekday_day(words: str, number: int, reference: date, tense: Tense) -> date:
    if "week" in words:
        return day_of_week(number, reference, 1 if "next week" in words else -1)
    if "coming" in words:
        return weekday(number, shifted(reference, 1), "future")
    if words.startswith("next "):
        return day_of_week(number, reference, 1)
    if "last " in words or "past " in words:
        return weekday(number, shifted(reference, -1), "past")
    if words.startswith("this ") and tense != "past":
        return day_of_week(number, reference, 0)
    return weekday(number, reference, "future" if tense == "soon" else tense)
