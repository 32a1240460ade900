"""The day of the act, chosen among the date phrases of an entry."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from datetime import date as Day
from typing import Final

from tracker.core.text import Folded
from tracker.core.when import When, find_phrases
from tracker.dates import Precision, shifted
from tracker.model import Reason

BACK: Final = 60
"""Days before a report in which the act it tells of is looked for."""

AHEAD: Final = 75
"""Days after a report that an announced trip or round of talks may begin."""

_SPANS: Final = frozenset({"trip", "talks"})
_ACT_ROLES: Final = frozenset({"plain", "announced"})
_SPEECH: Final = re.compile(
    r"[)）]?\s*(?:晚间?|早间?|上午|下午)?\s*(?:回应|回應|表示|强调|強調|称|稱|说|說|指出|反问|反問|就此)"
)
_LATER_ROLES: Final = frozenset({"effective", "since"})


@dataclass(frozen=True, slots=True)
class Dated:
    """The day chosen and the days it may be. ``said`` is false where no phrase named it."""

    date: Day | None
    end: Day | None
    first: Day | None
    last: Day | None
    precision: Precision
    said: bool
    reasons: tuple[Reason, ...]
    spoken: bool = False


def date_of(title: Folded, summary: Folded, report: date | None, place: str | None, kind: str
            ) -> Dated:  # fmt: skip
    """The day of the act: a phrase that names it, else the day of the report, marked as unsaid.

    No publication day and no phrase with a full date gives no day at all.

    >>> from tracker.core.text import fold
    >>> said = fold("It did so on Wednesday.")
    >>> dated = date_of(fold("US adds Huawei"), said, date(2019, 5, 16), "US", "listing")
    >>> dated.date.isoformat()
    '2019-05-15'
    """
    if report is None:
        return undated(None)
    text = f"{title.original}\n{summary.original}"
    phrases = find_phrases(text, report, place=place)
    chosen = _choose(phrases, report, kind, text)
    if chosen is None:
        return undated(report)
    why = (Reason("date", 1.0, f"{chosen.words!r} read as {chosen.first} ({chosen.role})"),)
    spans = chosen.last if chosen.last != chosen.first and chosen.precision == "day" else None
    if chosen.precision != "day":
        spans = None
    return Dated(
        chosen.first, spans, chosen.first, chosen.last, chosen.precision, True, why,
        _spoken(chosen, text) or chosen.role in _LATER_ROLES,
    )  # fmt: skip


def undated(report: Day | None) -> Dated:
    """No phrase named the day: the day of the report stands for it, if there is one.

    >>> undated(date(2019, 5, 16)).precision
    'day'
    """
    if report is None:
        return Dated(None, None, None, None, "day", False, ())
    why = Reason("date", 0.0, "no date named; the day of the report")
    return Dated(report, None, shifted(report, -3), report, "day", False, (why,))


def _choose(phrases: tuple[When, ...], report: date, kind: str, text: str) -> When | None:
    near = [one for one in phrases if _possible(one, report, kind)]
    plain = [one for one in near if one.role in _ACT_ROLES and one.precision == "day"]
    groups = [
        [one for one in near if kind in _SPANS and one.first != one.last],
        [one for one in _nearest(plain, report) if not _spoken(one, text)],
        [one for one in near if kind in _SPANS and one.precision == "day"],
        _nearest(plain, report),
        [one for one in near if one.role == "published"],
        [one for one in near if one.role in _LATER_ROLES and one.first <= report],
        [one for one in near if one.role in _ACT_ROLES and _whole_month(one, report)],
    ]
    return next((group[0] for group in groups if group), None)


def _nearest(found: list[When], report: date) -> list[When]:
    """In order of the text, but a day of weeks ago gives way to one of this week."""
    fresh = [one for one in found if one.first >= shifted(report, -7)]
    return fresh if found and found[0].first < shifted(report, -14) and fresh else found


def _spoken(one: When, text: str) -> bool:
    """Whether the phrase dates somebody's words about the act rather than the act."""
    return bool(_SPEECH.match(text, one.end))


def _possible(one: When, report: date, kind: str) -> bool:
    if one.precision == "day" and (one.last - one.first).days > (6 if kind in _SPANS else 1):
        return False  # "last week" bounds the day and does not name it
    ahead = AHEAD if kind in _SPANS else 0
    return shifted(report, -BACK) <= one.first <= shifted(report, ahead)


def _whole_month(one: When, report: date) -> bool:
    """A month names the time of an act only where the report came after it ended."""
    return one.precision == "month" and one.last < report
