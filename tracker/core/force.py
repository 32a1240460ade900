"""The days on which an act begins, ends or is suspended, and until which it may be commented on.

None of them is the day of the act itself; a text names them beside it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date as Day
from typing import Final

from tracker.core.choice import BACK
from tracker.core.late import late
from tracker.core.when import When
from tracker.dates import next_year, shifted
from tracker.model import MEETINGS

_BOUNDS: Final = ("effective", "until", "deadline")
_LATER: Final = "later"
"""Role of a day to which the beginning of force is put off."""
_PAUSE: Final = "suspended_until"
"""Role, and name, of a day to which a suspension runs."""

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

_MORE_TIME: Final = late(
    r"\bcomments? (?:periods?|deadlines?|window)\b[^.;:\n]{0,70}? to (?:as late as )?$",
    re.IGNORECASE,
)
"""What leads to the day up to which the time for comments is made longer."""

_PUT_OFF: Final = late(
    r"\b(?:delay|postpon|push|defer)\w*(?: back)?"
    r" (?:(?:[\w'\u2019-]+,?|[a-z]{3,4}\.) ){1,20}?(?:to|until|till) $"
    r"|(?:推[迟遲]|延[后後]|延期|押[后後])[^,，。;；\n]{0,6}[至到]$",
    re.IGNORECASE,
)
"""What leads to the day to which the beginning of force is put off."""

_CLAUSE: Final = r"(?:[^.;:\n]|(?<=[A-Z])\.|\.(?=\S))"
_PAUSE_TO: Final = late(
    rf"\b(?:extend|prolong|renew)\w*\b{_CLAUSE}{{0,20}}\b(?:suspension|pause|freeze|moratorium)\b"
    rf"{_CLAUSE}{{0,120}}? to (?:as late as )?$"
    rf"|\b(?:suspension|pause|freeze|moratorium)\b{_CLAUSE}{{0,60}}? (?:runs?|ran|running|lasts?"
    rf"|lasting|extend(?:s|ed|ing)|prolonged|renewed)\b{_CLAUSE}{{0,30}}? to (?:as late as )?$",
    re.IGNORECASE,
)
"""What leads to the day to which a suspension is made longer, or runs."""

_SENTENCE: Final = late(r"[。;；\n]|(?<![A-Z])\.\s+(?=[A-Z])")
_VALID: Final = late(
    r"\bvalid\b|\blicen[cs]es? (?:runs?|lasts?)\b|\bexpir|有效|到期", re.IGNORECASE
)
_FAR: Final = 200
"""Letters before a day in which its sentence may say that something is suspended until then."""

_YEAR: Final = late(r"\d{4}")


def days_of_force(
    phrases: tuple[When, ...], text: str, report: Day, kind: str
) -> dict[str, tuple[Day, ...]]:
    """The days that the words give for the force of the act, by name, each only as a full day.

    What ends by the day of the report (``截至7月10日``) is a count up to now, not an end to come.
    A day to which force is put off stands in place of the one on which it was to begin.

    >>> from tracker.core.when import find_phrases
    >>> said, day = "Licences are required from Jan. 15, 2027.", Day(2026, 11, 12)
    >>> days_of_force(find_phrases(said, day), said, day, "rule")
    {'effective': (datetime.date(2027, 1, 15),)}
    """
    found: dict[str, list[Day]] = {}
    for one in phrases:
        one = _moved(one, text, report)
        if one.role in ("until", "deadline", _PAUSE) and one.first <= report:
            continue
        if (
            one.precision == "day"
            and one.first == one.last
            and (name := _named(one, text, report, kind))
        ):
            found.setdefault(name, []).append(one.first)
    if later := found.pop(_LATER, None):
        found["effective"] = later
    return once({name: tuple(sorted(set(days))) for name, days in found.items()})


def once(dates: Mapping[str, tuple[Day, ...]]) -> dict[str, tuple[Day, ...]]:
    """The same days, each to which something is suspended by that name alone.

    Of one act, one house tells that a suspension is made longer to a day, another that it expires
    on it, a third that what it stops begins then.

    >>> day = Day(2027, 11, 27)
    >>> once({"expires": (day,), "suspended_until": (day,)})
    {'suspended_until': (datetime.date(2027, 11, 27),)}
    """
    paused = dates.get(_PAUSE, ())
    left = {
        name: tuple(day for day in days if name not in _SAME_END or day not in paused)
        for name, days in dates.items()
    }
    return {name: days for name, days in left.items() if days}


_SAME_END: Final = frozenset({"expires", "effective"})


def _moved(one: When, text: str, report: Day) -> When:
    """The day to which the time for comments or the beginning of force is moved, by its role."""
    before = text[max(0, one.start - 90) : one.start]
    role = "deadline" if _MORE_TIME.search(before) else _LATER if _PUT_OFF.search(before) else ""
    if before.endswith("to ") and _PAUSE_TO.search(text[max(0, one.start - _FAR) : one.start]):
        role = _PAUSE
    if not role:
        return _to_come(one, text, report)
    behind = one.first <= report and one.form == "day"
    days = [next_year(day) if behind else day for day in (one.first, one.last)]
    return replace(one, role=role, first=days[0], last=days[1])


def _to_come(one: When, text: str, report: Day) -> When:
    """A bare day of the months before is the next one of its name, where force begins or ends."""
    long_ago = one.role in _BOUNDS and one.first < shifted(report, -BACK)
    if not long_ago or one.precision != "day" or _YEAR.search(one.words):
        return one
    before = _IN_FORCE.search(text, max(0, one.start - 60), one.start)
    if before or _SINCE_THEN.match(text, one.end):
        return one
    days = [next_year(day) for day in (one.first, one.last)]
    return replace(one, first=days[0], last=days[1]) if days[0] > report else one


def _named(one: When, text: str, report: Day, kind: str) -> str:
    around = text[max(0, one.start - 60) : one.end + 30].lower()
    begins = one.role == "since" and one.first > report and kind not in MEETINGS
    if one.role == "effective" or begins:
        return "compliance" if _COMPLY.search(around) else "effective"
    if one.role in ("until", "deadline") and _COMMENTS.search(around):
        return "comments_close"
    if one.role == "until":
        return _PAUSE if _is_paused(one, text, around) else "expires"
    return one.role if one.role in (_LATER, _PAUSE) and kind not in MEETINGS else ""


def _is_paused(one: When, text: str, around: str) -> bool:
    """Whether the sentence of a last day, or the words around it, say that something is suspended.

    What is valid until then, or expires, is something else.
    """
    before = _SENTENCE.split(text[max(0, one.start - _FAR) : one.start])[-1]
    found = list(_PAUSED.finditer(before.lower()))
    if found:
        return not _VALID.search(before, found[-1].end())
    return bool(_PAUSED.search(around))


def at_once(text: str) -> bool:
    """Whether the act is in force from its own day on."""
    signs = "日" in text or "即" in text or "effect" in text.lower()  # one stands wherever it is
    return signs and bool(_AT_ONCE.search(text))
