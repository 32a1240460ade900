"""The day of the act, chosen among the date phrases of an entry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from datetime import date as Day
from typing import Final

from tracker.core.asides import ACT_ROLES, spoken
from tracker.core.choice import LATER_ROLES, choose
from tracker.core.datelines import by_dateline
from tracker.core.force import at_once, days_of_force
from tracker.core.lasting import lasting
from tracker.core.late import late
from tracker.core.put_off import moved_to, put_off, widened
from tracker.core.text import Folded
from tracker.core.undated import Dated, stand_in, undated
from tracker.core.when import When, find_phrases
from tracker.dates import shifted
from tracker.model import MEETINGS, Reason

LEAD: Final = 600
"""Letters in which a text says what it is about."""

_DAWN: Final = late(r"[)）]?\s?(?:凌晨|清晨)")
_NOW: Final = late(r"^今[天日]$")
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
    off = kind in MEETINGS and put_off(title.text)
    moved = moved_to(phrases, text, report) if off else None
    told = tuple(one for one in phrases if one.first <= report) if off and not moved else phrases
    chosen = moved or choose(told, report, kind, text)
    if chosen and place == "US" and chosen.zone in (None, "CN") and _DAWN.match(text, chosen.end):
        chosen = replace(chosen, first=shifted(chosen.first, -1), last=shifted(chosen.last, -1))
    if chosen and today and chosen.first == chosen.last == report and _NOW.search(chosen.words):
        chosen = replace(chosen, first=today, last=today)
    if chosen and kind in MEETINGS:
        chosen = lasting(chosen, phrases, text)
    force = {} if off else days_of_force(phrases, text, report, kind)
    if chosen and chosen.precision == "day" and at_once(text):
        force.setdefault("effective", (chosen.first,))
    found = stand_in(chosen, told, report, place, kind, text)
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
    force = days_of_force(full, text, latest.last, kind)
    return _dated(chosen, full, text, force) if chosen else undated(None)
