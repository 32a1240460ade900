"""Which of the date phrases of a text names the day of its act, the likeliest first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Final

from tracker.core.answered import answered
from tracker.core.asides import ACT_ROLES, aside, spoken
from tracker.core.late import late
from tracker.core.long_ago import long_ago
from tracker.core.text import has_han
from tracker.core.when import When
from tracker.dates import shifted
from tracker.model import MEETINGS

BACK: Final = 60
"""Days before a report in which the act it tells of is looked for."""

AHEAD: Final = 75
"""Days after a report that an announced trip or round of talks may begin."""

FAR_AHEAD: Final = 200
"""The same where the day itself is named."""

OPENING: Final = 4
"""Letters within which a phrase is the first thing that a text says."""

LATER_ROLES: Final = frozenset({"effective", "since"})
"""Roles of days from which something holds."""

_NO_MEETING: Final = frozenset({"until", "deadline", "published"})
"""Roles of days on which nobody meets."""

_MONTH_OF: Final = late(r"\bof (?:early |mid-|late )?$", re.IGNORECASE)
_CALL: Final = late(
    r"\bcalls?\b|\bby (?:phone|telephone|video)\b|\bsp(?:ok|ea)[a-z]* (?:to|with)\b"
    r"|通[话話電电]|[视視][频頻訊讯]"
)
_COURT: Final = late(
    r"[)）]?[将將]?(?:再|再次)?(?:[开開]庭|[听聽][审審]|聆[讯訊]|[审審]理|宣判|[举舉]行[听聽][证證])"
)
_JOURNEY: Final = late(r"[)）]?(?:出?[访訪]|赴|抵|在[^,，。;；\n]{1,8}[会會][谈談])")
_TOLD: Final = late(
    r"\b(?:said|says|announcement|statement|announced|announces|confirmed|told [\w ]{2,20}|stated"
    r"|disclosed|reported)(?: (?:late|early))?(?: on)? $",
    re.IGNORECASE,
)
_TOLD_THEN: Final = late(
    r" (?:said|announced|confirmed|told)\b"
    r"|[)）]?[晚早]?[间間]?[^,，。;；\n将將]{0,14}?(?:宣布|公布|通[报報]|[证證][实實]|透露|消息|受[访訪])",
    re.IGNORECASE,
)
"""What makes a day that of an announcement (``said on Monday``, ``商务部2日宣布``)."""

_ANOTHER: Final = late(
    r"\b(?:next|another|further|second|third|fourth|again) (?:round|meeting|session|time)?"
    r"[^.;\n]{0,60}$|(?:下一?[轮輪]|下次|再次|再度)[^。;；\n]{0,16}$",
    re.IGNORECASE,
)
"""What leads to a further meeting, which is not the one that the text tells of."""

_CHARGE: Final = late(
    r"\b(?:charg|indict|arrest|seiz|plead|pled|convict|sentenc|extradit|fined|detain)"
    r"|\b(?:opens?|opened|launch(?:es|ed)|initiat(?:es|ed)|starts?|started) (?:[\w-]+ ){0,5}?"
    r"(?:probe|investigation|inquiry)\b"
    r"|(?:[发發]起|[启啟][动動]|展[开開])[^,，。;；\n]{0,20}[调調]查|立案"
    r"|起[诉訴]|公[诉訴]|逮捕|被捕|拘捕|[羁羈]押|收押|[扣查][押扣获獲]|[认認]罪|判[处處刑]|[罚罰]款",
    re.IGNORECASE,
)
"""An act of a prosecutor, a court or an office for which nobody waits any longer."""

_HEARING: Final = late(r"\b(?:hearings?|trial|(?:to|will) hear)\b[^.;:\n]{0,40}$", re.IGNORECASE)
_STOPS: Final = ("。", ";", "；", ". ", "\n")


def choose(phrases: tuple[When, ...], report: date, kind: str, text: str) -> When | None:
    """The phrase that names the day of the act, or None where no day is named.

    >>> from tracker.core.when import find_phrases
    >>> said = "It was listed on Tuesday, officials said on Thursday."
    >>> choose(find_phrases(said, date(2019, 5, 17)), date(2019, 5, 17), "listing", said).words
    'Tuesday'
    """
    phrases = _as_below(phrases, text)
    near = [
        one
        for one in phrases
        if _possible(one, report, kind, text)
        and not aside(one, phrases, text, report, kind)
        and not _far_down(one, report, text)
    ]
    groups = _groups(near, report, kind, text) if near else iter(())
    found = next((group[0] for group in groups if group), None)
    return found or long_ago(phrases, text, report, kind)


def _as_below(phrases: tuple[When, ...], text: str) -> tuple[When, ...]:
    """A bare weekday of the headline lies ahead where the same one does further down."""
    title = text.find("\n")
    ahead = {
        one.words: one for one in phrases if one.form == "weekday" and one.role == "future"
        and one.start > title
    }  # fmt: skip
    if not ahead:
        return phrases
    return tuple(
        replace(one, first=other.first, last=other.last, role="future")
        if one.start < title and one.role == "plain" and (other := ahead.get(one.words))
        else one
        for one in phrases
    )


def _groups(near: list[When], report: date, kind: str, text: str) -> Iterator[list[When]]:
    """The phrases that may name the day, the likeliest first."""
    meets = kind in MEETINGS
    days = [one for one in near if one.precision == "day"]
    plain = [one for one in days if one.role in ACT_ROLES]
    plain = [one for one in plain if not _bounds(one, report)] or plain
    heard = [one for one in days if one.first > report and _heard(one, text)]
    yield [] if heard and _charged(plain, report, text) else heard
    yield [one for one in plain if kind == "talks" and _of_a_call(one, text)]
    yield [one for one in days if meets and one.first != one.last and one.form != "week"]
    yield _announced(near, plain, report, text) if meets else []
    yield [one for one in [answered(plain, text)] if one]
    yield _acts(_nearest(plain, report), report, text)
    yield [one for one in days if meets and one.role not in _NO_MEETING]
    yield [one for one in near if meets and _part_ahead(one, report)]
    yield _nearest(plain, report)
    yield [one for one in near if one.role == "published"]
    yield [one for one in near if one.role in LATER_ROLES and one.first <= report]
    yield [one for one in near if one.role in ACT_ROLES and _opens(one, report)]
    yield [
        one
        for one in near
        if one.role in ACT_ROLES
        and _whole_month(one, report)
        and not _MONTH_OF.search(text, max(0, one.start - 12), one.start)
    ]


DEEP: Final = 90
"""Letters of a Chinese summary below which a day gone by is of something else: of 17 labelled items
whose day was taken from there 4 have it, 13 that of the report. English summaries are evener."""


def _far_down(one: When, report: date, text: str) -> bool:
    """Whether a day before the report stands far down in a Chinese text."""
    if one.last >= report or not (one.role in ACT_ROLES or one.role in LATER_ROLES):
        return False
    title = text.find("\n")
    return one.start - title > DEEP and has_han(text[title : title + DEEP])


def _bounds(one: When, report: date) -> bool:
    """Whether a phrase only bounds a day (``earlier this week``), so that a named one is surer."""
    return one.form == "week" and one.first != one.last < report


def _of_a_call(one: When, text: str) -> bool:
    """Whether a phrase dates a call; what it settles on for later is another round of talks."""
    return bool(_CALL.search(text, max(0, one.start - 40), one.end + 50))


def _heard(one: When, text: str) -> bool:
    """Whether a court sits on the day; that is set beforehand as talks are."""
    return bool(
        _COURT.match(text, one.end) or _HEARING.search(text, max(0, one.start - 60), one.start)
    )


def _announced(near: list[When], plain: list[When], report: date, text: str) -> list[When]:
    """The days of a meeting or a journey to come, where all others are of its announcement.

    Where no day is named, the week or the month of the headline.
    """
    told = [_told(one, text) for one in plain if one.form != "week"]
    if not all(told):
        return []
    title = text.find("\n") if told else 0
    days = [one for one in near if one.precision == "day"]
    ahead = [one for one in days if one.role == "future" and one.form != "week"]
    ahead += [one for one in days if one.role == "effective" and one.first > report]
    ahead = ahead or [one for one in near if one.role == "future" and one.start < title]
    return [one for one in ahead if not _ANOTHER.search(text, max(0, one.start - 90), one.start)]


def _told(one: When, text: str) -> bool:
    """Whether somebody announced or said something on the day."""
    return (
        spoken(one, text)
        or bool(_TOLD_THEN.match(text, one.end))
        or bool(_TOLD.search(text, max(0, one.start - 40), one.start))
    )


def _charged(plain: list[When], report: date, text: str) -> bool:
    """Whether a text has a charge, an arrest or a verdict of its own week, besides a day in court.

    In the headline it needs no day.
    """
    title = text.partition("\n")[0]
    fresh = [one for one in plain if one.first >= shifted(report, -7)]
    return bool(_CHARGE.search(title)) or any(_CHARGE.search(_sentence(one, text)) for one in fresh)


def _sentence(one: When, text: str) -> str:
    """The sentence around a phrase, as far as a stop or a semicolon."""
    begin = max(text.rfind(mark, 0, one.start) for mark in _STOPS)
    ends = [at for mark in _STOPS if (at := text.find(mark, one.end)) >= 0]
    return text[begin + 1 : min(ends, default=len(text))]


def _acts(plain: list[When], report: date, text: str) -> list[When]:
    """The days that date no words; none of weeks ago in a sentence behind fresh words."""
    acts = [one for one in plain if not spoken(one, text)]
    if not acts or acts[0].first >= shifted(report, -7):
        return acts
    fresh = [one for one in plain if one.first >= shifted(report, -7) and one not in acts]
    return [] if any("。" in text[one.end : acts[0].start] for one in fresh) else acts


def _part_ahead(one: When, report: date) -> bool:
    """A month to come, or a part of one (8月下旬), in which somebody meets or travels."""
    return one.precision == "month" and report < one.first and one.role in ("plain", "future")


def _nearest(found: list[When], report: date) -> list[When]:
    """In order of the text, but a day of weeks ago gives way to one of this week."""
    fresh = [one for one in found if one.first >= shifted(report, -7)]
    return fresh if found and found[0].first < shifted(report, -14) and fresh else found


def _possible(one: When, report: date, kind: str, text: str) -> bool:
    meets = kind in MEETINGS
    spans = meets or (one.whole and bool(_JOURNEY.match(text, one.end)))
    if one.precision == "day" and (one.last - one.first).days > (6 if spans else 1):
        return False  # "last week" bounds the day and does not name it
    ahead = AHEAD if meets or _heard(one, text) else 0
    if meets and one.precision == "day" and one.role == "future" and one.form != "week":
        ahead = FAR_AHEAD
    return shifted(report, -BACK) <= one.first <= shifted(report, ahead)


def _opens(one: When, report: date) -> bool:
    """A text that opens with the month of its report ("In July, ...") tells of that month."""
    return one.precision == "month" and one.start <= OPENING and one.first <= report <= one.last


def _whole_month(one: When, report: date) -> bool:
    """A month names the time of an act only where the report came after it ended."""
    return one.precision == "month" and one.last < report
