"""How many days talks or a journey took, where a text names one of them and their number."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Final

from tracker.core.late import late
from tracker.core.when import When
from tracker.dates import shifted

_LONGEST: Final = 7
"""Days that talks or a journey take at most."""

_NUMBERS: Final = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "两": 2, "兩": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7,
}  # fmt: skip
_MEETING: Final = (
    r"(?:talks|visit|trip|tour|meetings?|negotiations|consultations|dialogue|summit|session|round"
    r"|journey|stay)\b"
)
_COUNT: Final = r"\b(two|three|four|five|six|seven|[2-7])"
_HAN: Final = "(?<![0-9第])([两兩二三四五六七2-7])"
_MEETING_ZH: Final = r"(?:磋商|[会會][谈談晤议議]|[访訪]|行程|[谈談]判|[对對][话話])"
_WORDS: Final = r"(?:[\w'-]+ ){0,4}?"
_LENGTH: Final = late(
    rf"{_COUNT}-days? {_WORDS}{_MEETING}|{_COUNT} days of {_WORDS}{_MEETING}"
    rf"|\bspend(?:s|ing)? {_COUNT} days\b|\b{_MEETING} of {_COUNT} days\b"
    rf"|(?:[为為]期|一[连連]){_HAN}[天日]|{_HAN}天的?[^,，。;；\n]{{0,6}}?{_MEETING_ZH}"
    rf"|{_MEETING_ZH}[^,，。;；\n]{{0,6}}?{_HAN}天(?![前后後])",
    re.IGNORECASE,
)
_CUE: Final = late(
    r"\b(?:(?P<ends>end(?:s|ed)?|conclude[sd]?|wrap(?:s|ped)? up|close[sd]?|finish(?:es|ed)?"
    r"|left|leaves?|depart(?:s|ed)?)"
    r"|(?P<begins>beg[aiu]ns?|start(?:s|ed)?|open(?:s|ed)?|arriv(?:es?|ed)|land(?:s|ed)?"
    r"|kick(?:s|ed)? off|flew|flies))\b",
    re.IGNORECASE,
)
_CUE_THEN: Final = late(
    r"[)）]?[^,，。;；\n]{0,12}?(?:(?P<ends>结束|結束|落幕|[闭閉]幕|[离離][开開])"
    r"|(?P<begins>起|[开開]始|抵|[启啟]程|[揭开開]幕|登[场場]))"
    r"|(?! (?:and|but|to)\b)[^.,;\n]{0,12} (?P<over>ended|concluded|wrapped up|closed)\b",
    re.IGNORECASE,
)
_SENTENCE: Final = late(r"[。;；\n]|[.;] ")


def lasting(chosen: When, phrases: tuple[When, ...], text: str) -> When:
    """The chosen day of talks or of a journey, with the other days that the text tells.

    >>> from tracker.core.when import find_phrases
    >>> said = "Three days of talks in Oslo ended on Thursday."
    >>> found = find_phrases(said, date(2026, 6, 12))
    >>> lasting(found[0], found, said).first
    datetime.date(2026, 6, 9)
    """
    if chosen.precision != "day" or chosen.first != chosen.last or chosen.form == "week":
        return chosen
    both = _both_ends(phrases, text)
    if both and chosen.first in both:
        return replace(chosen, first=both[0], last=both[1])
    days = _number(text)
    way = _way(chosen, text) if days else ""
    if way == "ends":
        return replace(chosen, first=shifted(chosen.first, 1 - days))
    return replace(chosen, last=shifted(chosen.first, days - 1)) if way else chosen


def _both_ends(phrases: tuple[When, ...], text: str) -> tuple[date, date] | None:
    """The days on which something begins and ends, where two phrases say so."""
    days = [one for one in phrases if one.precision == "day" and one.first == one.last]
    ways = [(_way(one, text), one.first) for one in days]
    begins = [day for way, day in ways if way == "begins"]
    ends = [day for way, day in ways if way == "ends"]
    near = bool(begins and ends) and 0 < (ends[0] - begins[0]).days < _LONGEST
    return (begins[0], ends[0]) if near else None


def _number(text: str) -> int:
    """The number of days that something lasts, 0 where none or several are told."""
    found = {next(part for part in one.groups() if part) for one in _LENGTH.finditer(text)}
    numbers = {_NUMBERS.get(part.lower()) or int(part) for part in found}
    return numbers.pop() if len(numbers) == 1 else 0


def _way(one: When, text: str) -> str:
    """``begins`` or ``ends``, where the verb of a phrase says so."""
    behind = _CUE_THEN.match(text, one.end)
    if behind:
        return "begins" if behind["begins"] else "ends"
    before = _SENTENCE.split(text[max(0, one.start - 90) : one.start])[-1]
    cues = list(_CUE.finditer(before))
    return cues[-1].lastgroup or "" if cues else ""
