"""The day of the act, chosen among the date phrases of an entry."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from datetime import date as Day
from typing import Final

from tracker.core.asides import ACT_ROLES, spoken
from tracker.core.choice import BACK, LATER_ROLES, SPANS, choose
from tracker.core.datelines import by_dateline
from tracker.core.lasting import lasting
from tracker.core.late import late
from tracker.core.put_off import moved_to, put_off, widened
from tracker.core.text import Folded
from tracker.core.undated import Dated, stand_in, undated
from tracker.core.when import When, find_phrases
from tracker.dates import shifted
from tracker.model import Reason

LEAD: Final = 600
"""Letters in which a text says what it is about."""

_DAWN: Final = late(r"[)）]?\s?(?:凌晨|清晨)")
_NOW: Final = late(r"^今[天日]$")
_PAUSED: Final = late(r"暂停|暫停|中止|延缓|延緩|\bsuspen|\bpaus|\bon hold\b|\bfreez")
_COMMENTS: Final = late(r"\bcomments?\b|征求意见|徵求意見|意见|意見")
_COMPLY: Final = late(r"\bcomply|\bcompliance|\bmust be followed|合规|合規")
_AT_ONCE: Final = late(
    r"(?:公布|发布|發布|公告|印发|印發|签署|簽署|即)之?日起?(?:正式)?"
    r"(?:[执執]行|施行|生效|[实實]施)|(?<!不)(?:立即|即[时時刻])(?:生效|[执執]行|施行|[实實]施)"
    r"|\b(?<!not )(?:effective immediately|with immediate effect"
    r"|(?:takes?|took|taking) (?:immediate effect|effect (?:immediately|at once"
    r"|(?:up)?on (?:its )?(?:publication|issuance|signing))))\b",
    re.IGNORECASE,
)
"""Words for an act that is in force from its own day on."""

_IN_FORCE = late(
    r"(?:\b(?:took|taken|came|went|gone|been|was|were|since|as of)\b[^.;:,\n]{0,30}"
    r"|(?:已|曾|截[至止])[^,，。;；\n]{0,12})$",
    re.IGNORECASE,
)
_SINCE_THEN = late(r"[)）]?起?[^,，。;；\n]{0,6}(?:的|以来|以來|已|曾)")
"""Words around a day from which something has been in force, or up to which was counted."""

_YEAR = late(r"\d{4}")
_ANY: Final = date(2000, 1, 1)
"""A day to read a text against of which no day of publication is known."""


def date_of(title: Folded, summary: Folded, report: date | None, place: str | None, kind: str,
            today: date | None = None) -> Dated:  # fmt: skip
    """The day of the act: a phrase that names it, else the day of the report, marked as unsaid.

    Without a day of publication only a day that the text names in full with its year counts.
    ``today`` is what the word stands for where that is not the day of the report.

    >>> from tracker.core.text import fold
    >>> said = fold("It did so on Wednesday.")
    >>> dated = date_of(fold("US adds Huawei"), said, date(2019, 5, 16), "US", "listing")
    >>> dated.date.isoformat()
    '2019-05-15'
    """
    text = f"{title.original}\n{summary.original}"
    if report is None:
        return _in_full(text, place, kind)
    phrases = by_dateline(text, report, place)
    off = kind in SPANS and put_off(title.text)
    chosen = (moved_to(phrases, text, report) if off else None) or choose(
        phrases, report, kind, text
    )
    if chosen and place == "US" and chosen.zone in (None, "CN") and _DAWN.match(text, chosen.end):
        chosen = replace(chosen, first=shifted(chosen.first, -1), last=shifted(chosen.last, -1))
    if chosen and today and chosen.first == chosen.last == report and _NOW.search(chosen.words):
        chosen = replace(chosen, first=today, last=today)
    if chosen and kind in SPANS:
        chosen = lasting(chosen, phrases, text)
    force = {} if off else _force(phrases, text, report)
    if chosen and chosen.precision == "day" and _at_once(text):
        force.setdefault("effective", (chosen.first,))
    found = stand_in(chosen, phrases, report, place, kind, text)
    if isinstance(found, Dated):
        dated = replace(found, dates=force)
    else:
        dated = _dated(found, phrases, text, force)
    return widened(dated, phrases, report) if off else dated


def _dated(
    chosen: When, phrases: tuple[When, ...], text: str, force: Mapping[str, tuple[Day, ...]]
) -> Dated:
    why = (Reason("date", 1.0, f"{chosen.words!r} read as {chosen.first} ({chosen.role})"),)
    spans = chosen.last if chosen.last != chosen.first and chosen.precision == "day" else None
    if chosen.precision != "day":
        spans = None
    return Dated(
        chosen.first, spans, chosen.first, chosen.last, chosen.precision, True, why,
        spoken(chosen, text) or chosen.role in LATER_ROLES,
        sum(one.role in ACT_ROLES and not spoken(one, text) for one in phrases),
        chosen.role == "published", force,
    )  # fmt: skip


def named_in_full(text: str) -> When | None:
    """The latest day of an act that a text names with its year; it was hardly written before.

    None where it names none, or another one without its year: that needs a day of publication.
    A day that only stands far down in an article is that of something before.

    >>> named_in_full("On 15 July 2025 BIS banned H20.").words
    '15 July 2025'
    >>> named_in_full("BIS banned H20 on Tuesday, as on 15 July 2016.")
    >>> named_in_full("The ban of 2022 stands until 15 July 2025.")
    """
    years = [one for one in _days(text, _ANY) if one.form == "date"]
    if not years:
        return None
    latest = max(years, key=lambda one: (one.last, -one.start))
    days = _days(text, latest.last)
    told = {one.first for one in days if one.form == "date"}
    whole = all(one.form in ("date", "later") or one.first in told for one in days)
    return latest if whole and latest.start < LEAD else None


def _days(text: str, report: Day) -> list[When]:
    """The days of acts, those to come among them."""
    roles = {*ACT_ROLES, "future"}
    return [
        one for one in find_phrases(text, report) if one.precision == "day" and one.role in roles
    ]


def _in_full(text: str, place: str | None, kind: str) -> Dated:
    """The day of the act where no day of publication is known: as at the latest day it names."""
    latest = named_in_full(text)
    if latest is None:
        return undated(None)
    phrases = find_phrases(text, latest.last, place=place)
    full = tuple(one for one in phrases if one.form == "date")
    chosen = choose(full, latest.last, kind, text)
    force = _force(full, text, latest.last)
    return _dated(chosen, full, text, force) if chosen else undated(None)


def _force(phrases: tuple[When, ...], text: str, report: Day) -> dict[str, tuple[Day, ...]]:
    """The days that the words give for the force of the act, each only as a full day.

    What ends by the day of the report (``截至7月10日``) is a count up to now, not an end to come.
    """
    found: dict[str, list[Day]] = {}
    for one in phrases:
        one = _to_come(one, text, report)
        if one.role in ("until", "deadline") and one.first <= report:
            continue
        if one.precision == "day" and one.first == one.last and (name := _force_of(one, text)):
            found.setdefault(name, []).append(one.first)
    return {name: tuple(sorted(set(days))) for name, days in found.items()}


def _to_come(one: When, text: str, report: Day) -> When:
    """A bare day of the months before is the next one of its name, where force begins or ends."""
    long_ago = one.role in ("effective", "until", "deadline") and one.first < shifted(report, -BACK)
    if not long_ago or one.precision != "day" or _YEAR.search(one.words):
        return one
    before = _IN_FORCE.search(text, max(0, one.start - 60), one.start)
    if before or _SINCE_THEN.match(text, one.end):
        return one
    days = [_next_year(day) for day in (one.first, one.last)]
    return replace(one, first=days[0], last=days[1]) if days[0] > report else one


def _next_year(day: Day) -> Day:
    later = shifted(day, 365)
    return later if later.day == day.day else shifted(later, 1)


def _force_of(one: When, text: str) -> str:
    around = text[max(0, one.start - 60) : one.end + 30].lower()
    if one.role == "effective":
        return "compliance" if _COMPLY.search(around) else "effective"
    if one.role == "until":
        return "suspended_until" if _PAUSED.search(around) else "expires"
    return "comments_close" if one.role == "deadline" and _COMMENTS.search(around) else ""


def _at_once(text: str) -> bool:
    """Whether the act is in force from its own day on."""
    signs = "日" in text or "即" in text or "effect" in text.lower()  # one stands wherever it is
    return signs and bool(_AT_ONCE.search(text))
