"""A meeting or a journey that is called off or put off, and the day to which it is moved.

``Talks of Nov. 18 delayed to Dec. 7`` names two days, ``取消原定2月1日的磋商`` one on which
nothing will be. Who reports it knows more than all reports before.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Final

from tracker.core.late import late
from tracker.core.undated import Dated
from tracker.core.when import When
from tracker.dates import next_year

_HALF_A_YEAR: Final = 183
"""Days; one without its year that would be longer past is the next."""
_NOUN: Final = (
    r"(?:talks|negotiations|dialogues?|meetings?|summit|visits?|trip|travel|round|call|tour"
    r"|consultations)"
)
_VERB: Final = (
    r"(?:call(?:s|ed)? off|cancel(?:s|led|ed)?|scrap(?:s|ped)?|postpon(?:es?|ed)|delay(?:s|ed)?"
    r"|put(?:s)? off|push(?:es|ed)? back|shelv(?:es|ed)|reschedul(?:es?|ed)|brought forward"
    r"|br(?:ings?|ought) forward|skip(?:s|ped)?|abandon(?:s|ed)?)"
)
_AFTER: Final = (
    r"(?:called off|cancell?ed|scrapped|postponed|delayed|put off|pushed (?:back|to)|shelved"
    r"|rescheduled|moved to|brought forward)"
)
_ENGLISH: Final = late(
    rf"\b{_VERB} (?:(?!(?:after|over|amid|as|before|until|curbs?|rules?|tariffs?) )[\w'’.-]+ )"
    rf"{{0,4}}?{_NOUN}\b"
    rf"|\b{_NOUN} (?:collapses?|collapsed|break down|broke down) before"
    r" (?:(?:it|they|the|a) )?(?:start|beg[ia]n|opening)"
    rf"|\b{_NOUN}\b[^,;:]{{0,40}}? (?:is |are |was |were |has been |have been )?{_AFTER}\b"
)
_MEET_ZH: Final = r"(?:磋商|会谈|会晤|会面|谈判|对话|峰会|访[华中美陆问]|行程|之行|通话)"
_OFF_ZH: Final = r"(?:取消|推迟|延后|延期|暂缓|搁置|改期|押后|喊卡|告吹|提前至)"
_CHINESE: Final = late(
    rf"{_OFF_ZH}[^,，。;；:： ]{{0,16}}?{_MEET_ZH}"
    rf"|{_MEET_ZH}(?:(?!后|後|之际)[^,，。;；:： ]){{0,10}}?{_OFF_ZH}"
)
_TO: Final = late(
    r"\b(?:delay|postpon|push|mov|reschedul|put|br(?:ing|ought))\w*"
    r"(?: (?:back|off|forward))?(?: [\w.'’-]+){0,8}? (?:to|until|till) $"
    r"|(?:推[迟遲]|延[后後]|延期|改期?|押[后後]|提前)[^,，。;；]{0,4}[至到于於在]$",
    re.IGNORECASE,
)


def put_off(title: str) -> bool:
    """Whether a folded headline calls or puts off a meeting or a journey.

    >>> put_off("us, china call off trade talks"), put_off("us, china hold trade talks")
    (True, False)
    >>> put_off("中美磋商推迟至12月3日"), put_off("us delays curbs after talks")
    (True, False)
    """
    return bool(_ENGLISH.search(title) or (not title.isascii() and _CHINESE.search(title)))


def moved_to(phrases: Iterable[When], text: str, report: date) -> When | None:
    """The day or month to which a text moves what it puts off; None where it names none.

    >>> moved_to((), "Talks are delayed to Dec. 7.", date(2026, 11, 16)) is None
    True
    """
    for one in phrases:
        said = _TO.search(text, max(0, one.start - 70), one.start)
        if said and one.precision in ("day", "month"):
            to = one if one.last >= report else _year_on(one)
            return replace(to, role="future")
    return None


def widened(dated: Dated, phrases: Iterable[When], report: date) -> Dated:
    """The days that it may be, with those on which it was to be: so earlier reports are met.

    >>> from tracker.core.undated import undated
    >>> day = date(2026, 11, 16)
    >>> widened(undated(day), (), day) == undated(day)
    True
    """
    days = [one for one in phrases if one.precision == "day"]
    meant = [one if (report - one.last).days < _HALF_A_YEAR else _year_on(one) for one in days]
    ahead = [one for one in meant if one.first > report]
    if not ahead or dated.first is None or dated.last is None:
        return dated
    first = min(dated.first, *(one.first for one in ahead))
    last = max(dated.last, *(one.last for one in ahead))
    return replace(dated, first=first, last=last)


def _year_on(one: When) -> When:
    """A day without its year, read as the next such; any other as it is."""
    if one.form not in ("day", "month"):
        return one
    return replace(one, first=next_year(one.first), last=next_year(one.last))
