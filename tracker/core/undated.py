"""The day of an act that no phrase names: what stands for it, and how surely."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date as Day
from functools import lru_cache
from typing import Final

from tracker.core.asides import ACT_ROLES, RELATIVE, names_it, spoken
from tracker.core.late import late
from tracker.core.text import has_han
from tracker.core.when import When
from tracker.dates import Precision, shifted
from tracker.model import MEETINGS, Reason
from tracker.nouns import dataclass

_AMERICAN: Final = late(r"美(?![光元媒的团團])|拜登|特朗普|川普")
_OFFICES: Final = r"外交部|国台办|國台辦|(?<!美)(?<!美[国國])商[务務]部"
_MINISTRY: Final = late(rf"(?:{_OFFICES}|[经經][济濟]部)[^,，。;；\n]{{0,16}}$")
_MINISTRY_THEN: Final = late(
    r"[)）]?[上下]?午?[,，]?(?:在?北京)?(?:中[国國方]|大?[陆陸])?(?:外交部|商[务務]部|国台办|國台辦)"
)
_MINISTRY_SAYS: Final = late(rf"(?:{_OFFICES})[^,，。;；]{{0,8}}(?:就|回应|回應|[谈談]|[:：])")
_BARE: Final = late(r"^[\d年月]+日?$")
_MONDAY, _FRIDAY, _SUNDAY, _WEEK = 0, 4, 6, 7
_OF_OFFICES: Final = frozenset({"rule", "licence", "listing", "enforcement", "legislation"})
"""Kinds of acts of an office, which rests at weekends."""


@dataclass(frozen=True, slots=True)
class Dated:
    """The day chosen and the days it may be. ``said`` is false where no phrase named it.

    ``spoken``: the phrase dates words about the act; ``plain`` counts the phrases that date acts;
    ``quoted``: the day is that of a report which the text rests on;
    ``dates`` are the days told of its force (``effective``, ``expires`` ...).
    """

    date: Day | None
    end: Day | None
    first: Day | None
    last: Day | None
    precision: Precision
    said: bool
    reasons: tuple[Reason, ...]
    spoken: bool = False
    plain: int = 0
    quoted: bool = False
    dates: Mapping[str, tuple[Day, ...]] = field(default_factory=dict)


def stand_in(
    chosen: When | None, phrases: tuple[When, ...], report: Day, place: str | None, kind: str,
    text: str,
) -> Dated | When:  # fmt: skip
    """What stands for a day that no phrase names; the ``chosen`` one where that names it.

    >>> report = Day(2019, 5, 16)
    >>> stand_in(None, (), report, "US", "listing", "A title") == undated(report)
    True
    """
    chinese = has_han(text.partition("\n")[0])
    if chosen is None and (week := _week_before(phrases, report, text)):
        return _bounded(week)
    if chosen and place == "US" and kind in _OF_OFFICES and _answers(chosen, text):
        day = chosen.last
        return undated(day, before=_behind(day, place, kind, chinese=True))
    behind = _behind(report, place, kind, chinese=chinese)
    if chosen is None or (behind and chinese and _of_the_report(chosen, report, kind)):
        return undated(report, before=behind)
    if chosen.form == "week" and chosen.first <= report <= chosen.last:
        # it bounds the day of a trip or of talks, and the report's own stands
        return _in_week(chosen, report, "is the week of the report")
    return chosen


@lru_cache(maxsize=2048)  # most items of a day are undated alike
def undated(report: Day | None, *, before: int = 0) -> Dated:
    """No phrase named the day: the day of the report stands for it, or one so many days before.

    >>> undated(Day(2019, 5, 16)).precision
    'day'
    >>> undated(Day(2019, 5, 16), before=1).date.isoformat()
    '2019-05-15'
    """
    if report is None:
        why = Reason("date", 0.0, "no day of publication, from which a day could be read")
        return Dated(None, None, None, None, "day", False, (why,))
    stands = "the day of the report"
    if before:  # what a weekend tells of was done on the Friday
        stands = f"the American {'day' if before == 1 else 'working day'} before it"
    why = Reason("date", 0.0, f"no date named; {stands}")
    day = shifted(report, -before)
    return Dated(day, None, shifted(report, -3), report, "day", False, (why,))


def _behind(report: Day, place: str | None, kind: str, *, chinese: bool) -> int:
    """How many days before its report an American act was done that names no day.

    An American working day ends on the Chinese morning after it; what a Monday's report tells was
    not done on the Sunday (an American holiday is no hindrance: of eleven labelled reports of the
    day after one ten were of the holiday). No office acts at weekends: of 30 labelled acts that
    were reported then in English 16 were of the Friday and one of the day itself. What
    prosecutors do is told a day later (34 of 61, 15 on the day); of other acts the day itself is
    as likely.

    >>> friday, saturday = Day(2019, 5, 17), Day(2019, 5, 18)
    >>> [_behind(day, "US", "listing", chinese=False) for day in (friday, saturday)]
    [0, 1]
    >>> [_behind(day, "US", "listing", chinese=True) for day in (friday, saturday)]
    [1, 1]
    """
    if place != "US" or kind in MEETINGS or report.weekday() == _MONDAY:
        return 0
    if report.weekday() == _SUNDAY:
        return 2 if chinese or kind in _OF_OFFICES else 0
    weekend = report.weekday() > _FRIDAY and kind in _OF_OFFICES
    return int(chinese or weekend or kind == "enforcement")


def _week_before(phrases: tuple[When, ...], report: Day, text: str) -> When | None:
    """The week before the report, where it is the only time that is told of an act."""
    told = [one for one in phrases if one.role in ACT_ROLES and one.first <= report]
    if len(told) != 1 or told[0].form != "week" or told[0].last >= report:
        return None
    old = told[0].last < shifted(report, -_WEEK) or spoken(told[0], text)
    before = text[max(0, told[0].start - 80) : told[0].start]
    return None if old or names_it(before) or RELATIVE.search(before) else told[0]


def _bounded(week: When) -> Dated:
    """A week bounds the day: its last working day stands, which is nearer than any day after it."""
    day = shifted(week.last, -2 if week.last.weekday() == _SUNDAY else 0)
    return _in_week(week, day, f"ends with {day}")


def _in_week(week: When, day: Day, why: str) -> Dated:
    """A day that nobody named, within the bounds of a week that somebody did."""
    reason = Reason("date", 0.0, f"no day named; {week.words!r} {why}")
    return Dated(day, None, week.first, week.last, "day", False, (reason,))


def _of_the_report(one: When, report: Day, kind: str) -> bool:
    """Whether a phrase tells no more than that a report of an act is of its own day (``3日消息``).

    Of 18 labelled Chinese reports of American acts with such a day 15 came after the act; of 11
    that quote one of the day before (``路透社18日报道``, printed on the 19th) 2. Words are reported
    on the day itself.
    """
    bare = _BARE.search(one.words) and one.first == one.last == report
    return kind != "statement" and one.role == "published" and bool(bare)


def _answers(one: When, text: str) -> bool:
    """Whether a phrase dates what a ministry of Beijing or Taipei says of an American act."""
    return (
        spoken(one, text)
        and bool(_AMERICAN.search(text))
        and bool(
            _MINISTRY.search(text, max(0, one.start - 30), one.start)
            or _MINISTRY_THEN.match(text, one.end)
            or _MINISTRY_SAYS.search(text.partition("\n")[0])
        )
    )
