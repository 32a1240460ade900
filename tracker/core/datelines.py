"""The day on which a report was written, by its dateline: its days are counted from there."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Final

from tracker.core.late import late
from tracker.core.when import When, find_phrases
from tracker.dates import shifted

_BACK: Final = 3
"""Days that may lie between a dateline and the publication."""

_CHINESE: Final = late(
    r"(?<![\d月])(?:(?P<month>\d{1,2})月)?(?P<day>\d{1,2})日?"
    r"(?:(?:专|專)?[电電](?![子影力池脑腦商動动話话信])|[综綜]合(?:外[电電])?[报報][导導道])"
)
_MONTHS: Final = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_ENGLISH: Final = late(
    rf"^(?:(?P<place>[A-Z][\w .\u2019'/-]{{1,40}}(?:, [A-Z][\w. ]{{1,20}})?, ))?"
    rf"(?P<month>(?i:{_MONTHS}))[a-z]{{0,6}}\.? (?P<day>\d{{1,2}})(?:, \d{{4}})?"
    r"(?: ?\((?P<wire>[\w .'&/-]{2,40})\))? ?(?:--?|[\u2013\u2014])(?= )",
    re.MULTILINE,
)

_OUTLET: Final = late(
    rf"^[A-Z][\w .&'\u2019-]{{2,40}} \((?P<month>(?i:{_MONTHS}))[a-z]{{0,6}}\.? (?P<day>\d{{1,2}})"
    r"\) ?(?:--?|[\u2013\u2014])(?= )",
    re.MULTILINE,
)
"""An outlet with the day in brackets."""


def by_dateline(text: str, report: date, place: str | None) -> tuple[When, ...]:
    """The date phrases of a text, read against the day of its dateline, which comes last.

    It dates no act by itself.

    >>> said = "OSLO, Feb. 26 (Yonhap) -- The ministry on Tuesday added it."
    >>> [(one.role, str(one.first)) for one in by_dateline(said, date(2026, 2, 27), "NO")]
    [('plain', '2026-02-24'), ('published', '2026-02-26')]
    """
    line = _english(text)
    phrases = find_phrases(text, _day(line or _chinese(text), report), place=place)
    if line is None:
        return phrases
    inside = [one for one in phrases if line.start() <= one.start < line.end()]
    others = [one for one in phrases if one not in inside]
    return (*others, *(replace(one, role="published") for one in inside))


def written(text: str, report: date) -> date:
    """The day of the dateline, where that is one of the three before the report; else the report's.

    >>> written("华盛顿14日电 美国", date(2025, 7, 15)).day
    14
    """
    return _day(_english(text) or _chinese(text), report)


def _day(line: re.Match[str] | None, report: date) -> date:
    """The day that a dateline names, near the report."""
    if not line:
        return report
    month = line["month"]
    if month and not month.isdigit():
        month = str(_MONTHS.split("|").index(month.lower()) + 1)
    for back in range(_BACK + 1):
        day = shifted(report, -back)
        if day.day == int(line["day"]) and (month is None or day.month == int(month)):
            return day
    return report


def _chinese(text: str) -> re.Match[str] | None:
    signs = "电" in text or "電" in text or "合" in text
    return _CHINESE.search(text, 0, 200) if signs else None


def _english(text: str) -> re.Match[str] | None:
    """The dateline of a wire, which names its place or the wire; or that of an outlet."""
    if "-" not in text and "\u2013" not in text and "\u2014" not in text:
        return None
    found = _ENGLISH.search(text, 0, 400)
    if found and (found["place"] or found["wire"]):
        return found
    return _OUTLET.search(text, 0, 400)
