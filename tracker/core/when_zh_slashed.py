"""Days in figures without 月 and 日 in Chinese text: 10/31, 5/10至5/12, 3.15-16.

A shape of figures is no date (1/3, 24/7, 2.5): the words beside it must say so.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from tracker.core.late import late
from tracker.core.when_days import Span, Tense, day_in, days_to, month_day, one_day, until_day

_MONTH: Final = r"(?:1[0-2]|0?[1-9])"
_DAY: Final = r"(?:3[01]|[12][0-9]|0?[1-9])"
_TO: Final = r" ?(?:至|到|[-–—~～]) ?"
_NOT_BEFORE: Final = r"(?<![0-9a-z/.,:$€£%#-])"
_NOT_AFTER: Final = r"(?![0-9/%a-z:]|\.[0-9]|[以的之多强強万萬亿億倍成元个個季])"
_LEADS: Final = (
    r"(?:(?<=[自从從于於至])|(?<=定在)|(?<=將在)|(?<=将在)|(?<=已在)|(?<=[今昨][(（])|(?<=[今昨][日天晚][(（])"
    r"|(?<=[周週][一二三四五六日][(（])|(?<=星期[一二三四五六日][(（]))"
)
_FOLLOWS: Final = (
    r"(?=[)）]? ?(?:[(（][一二三四五六日][)）]|日(?![内內])|起|前(?!景|途)|生效|上路|[实實]施|施行"
    r"|公告|公布|宣布|[发發]布|登[场場]|[开開]始|截止|到期|凌晨|清晨|上午|下午|晚|深夜|召[开開]"
    r"|[举舉]行|[会會][谈談]|磋商|[谈談]判|[访訪]|赴|抵|中美|美中|在[^0-9]|[将將]|[传傳]出"
    r"|[听聽][审審]|[开開]庭|聆[讯訊]))"
)
_ONE: Final = rf"{_MONTH}/{_DAY}"
_SPAN: Final = (
    rf"(?:{_MONTH}/{_DAY}{_TO}(?:{_MONTH}/)?{_DAY}|{_MONTH}\.{_DAY}{_TO}(?:{_MONTH}\.)?{_DAY})"
)
_ANY: Final = rf"(?:{_SPAN}|{_ONE}){_NOT_AFTER}"
SLASHED: Final = rf"{_NOT_BEFORE}(?:{_LEADS}{_ANY}|{_ANY}{_FOLLOWS})"
"""The words of one day or two joined."""

FULL: Final = (
    r"(?<![0-9a-z/.:-])(?<![0-9],)(?:19|20)[0-9]{2}(?P<cut>[-/.])(?:1[0-2]|0?[1-9])(?P=cut)"
    rf"{_DAY}(?![0-9/-]|\.[0-9])"
)
"""A day with its year first: 2026-02-19, 2026/2/19, 2026.02.19."""

_PARTS: Final = late(rf"({_MONTH})[/.]({_DAY})(?:{_TO}(?:({_MONTH})[/.])?({_DAY}))?")


def slashed(words: str, reference: date, tense: Tense) -> Span | None:
    """The day or the days; a span is announced ahead as often as told of afterwards.

    >>> slashed("10/31", date(2025, 11, 3), "past").first
    datetime.date(2025, 10, 31)
    >>> slashed("3.15-16", date(2026, 3, 10), "open").last
    datetime.date(2026, 3, 16)
    """
    found = _PARTS.fullmatch(words)
    if not found:
        return None
    month, day = int(found[1]), int(found[2])
    if not found[4]:
        return one_day(month_day(month, day, reference, tense))
    first = month_day(month, day, reference, "open" if tense == "past" else tense)
    last = int(found[4])
    if found[3]:
        return until_day(first, int(found[3]), last)
    return days_to(first, day_in(first.year, month, last)) if first and last > day else None
