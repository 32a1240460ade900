"""Date strings of feeds -> moments, by forms we know; anything else stays text."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, NamedTuple

from tracker.core.late import late

OLDEST: Final = date(1990, 1, 1)  # before the web: a null date or a slip
FUTURE: Final = timedelta(hours=14)  # as far as a time zone that was left out or misnamed explains
BEIJING: Final = 480  # minutes


class Stamp(NamedTuple):
    """A moment in UTC and the publisher's distance from it in minutes (None: it named none)."""

    moment: datetime
    offset: int | None


_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
    for name in (names,)
}
_HAN_MONTHS: Final = {
    "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10,
    "十一": 11, "十二": 12,
}  # fmt: skip
_ZONES: Final = {
    "ut": 0, "utc": 0, "gmt": 0, "z": 0, "wet": 0, "est": -300, "edt": -240, "cdt": -300,
    "mst": -420, "mdt": -360, "pst": -480, "pdt": -420, "bst": 60, "cet": 60, "cest": 120,
    "met": 60, "mest": 120, "eet": 120, "eest": 180, "msk": 180, "hkt": 480, "sgt": 480,
    "awst": 480, "jst": 540, "kst": 540, "aest": 600, "aedt": 660, "nzst": 720, "nzdt": 780,
}  # fmt: skip

_TIME: Final = (
    r"(?:\s*(?P<half>上午|下午|中午|凌晨|早上|晚上)?\s*(?P<h>\d{1,2})\s*[:时時点點]\s*(?P<mi>\d{1,2})"
    r"(?:\s*[:分]\s*(?P<s>\d{1,2}))?(?:[.,]\d{1,9})?\s*[分秒]?\s*(?P<ap>[ap]\.?m\.?)?)?"
)
_ZONE: Final = r"(?:\s*\(?(?P<z>z|[a-z]{2,5}|(?:gmt|utc)?\s*[+-]\s?\d{1,2}:?\d{0,2})\)?)?"
_TAIL: Final = r"(?:\s*\([^)]{0,40}\))?\s*$"
_WEEKDAY: Final = r"(?:[a-z]{2,9}\.?,?\s+|(?:星期|周|週|禮拜|礼拜)[一二三四五六日天],?\s*)?"
_FORMS: Final = tuple(
    late(form + _TIME + _ZONE + _TAIL, re.IGNORECASE)
    for form in (
        # 15 Jul 2025 08:00:00 +0800, 15-Jul-25, 15 七月 2025
        rf"^\s*{_WEEKDAY}(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[\s-]+(?P<mon>[a-z]{{3,9}}|[一二三四五六七八九十]{{1,2}}月)"
        r"\.?,?[\s-]+(?P<y>\d{4}|\d{2}),?(?:\s+at)?",
        # 2025-07-15T08:00:00Z, 2025/07/15, 2025.07.15
        r"^\s*(?P<y>\d{4})(?P<sep>[-/.])(?P<m>\d{1,2})(?P=sep)(?P<d>\d{1,2})[tT\s,]*",
        # 2025年7月15日
        rf"^\s*(?P<y>\d{{4}})\s*年\s*(?P<m>\d{{1,2}})\s*月\s*(?P<d>\d{{1,2}})\s*[日号號]?,?\s*{_WEEKDAY}",
        # 民國114年7月15日
        r"^\s*(?:民國|民国)\s*(?P<roc>\d{2,3})\s*年\s*(?P<m>\d{1,2})\s*月\s*(?P<d>\d{1,2})\s*[日号號]?",
        # July 15, 2025
        rf"^\s*{_WEEKDAY}(?P<mon>[a-z]{{3,9}})\.?\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>\d{{4}}),?"
        r"(?:\s+at)?",
        # 20250715T080000Z
        r"^\s*(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})(?:[tT](?P<h2>\d{2})(?P<mi2>\d{2})(?P<s2>\d{2})?)?",
    )
)
_UNIX_ASCTIME: Final = late(
    r"^\s*[a-z]{3}\s+(?P<mon>[a-z]{3})\s+(?P<d>\d{1,2})\s+(?P<h>\d{1,2}):(?P<mi>\d{2}):(?P<s>\d{2})"
    r"\s+(?:(?P<z>[a-z]{3,5}|[+-]\d{4})\s+)?(?P<y>\d{4})\s*$",
    re.IGNORECASE,
)
_SECONDS: Final = late(r"^\s*(\d{10}|\d{13})\s*$")
# How nearly all feeds write: 15 Jul 2025 08:00:00 +0800, 2025-07-15T08:00:00Z.
_USUAL: Final = re.compile(
    r"(?:[A-Z][a-z]{2}, )?([0-9]{1,2}) ([A-Z][a-z]{2}) ([0-9]{4})"
    r" ([0-9]{2}):([0-9]{2}):([0-5][0-9]) (?:GMT|([+-])([0-9]{2})([0-9]{2}))"
)
_USUAL_ISO: Final = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-5][0-9](?:Z|([+-])([0-9]{2}):([0-9]{2}))"
)
# A date somewhere in a line of a list page: "[2025-07-15]", "发布时间:2025年7月15日 08:30 来源".
_CLOCK: Final = (
    r"(?:[T\s]*(?:上午|下午|中午|凌晨|早上|晚上)?\s*\d{1,2}[:时時点點]\d{2}(?:[:分]\d{2})?)?"
)
_INSIDE: Final = late(
    r"(?<!\d)(?:\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*[日号號]?"
    r"|(?:民國|民国)\s*\d{2,3}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*[日号號]?"
    r"|\d{4}(?P<sep>[-/.])\d{1,2}(?P=sep)\d{1,2})(?!\d)" + _CLOCK + r"(?!\d)"
    r"|\b[A-Za-z]{3,9}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}(?!\d)"
    r"|(?<!\d)\d{1,2}(?:st|nd|rd|th)?\s+[A-Za-z]{3,9}\.?,?\s+\d{4}(?!\d)"
)
_LABEL: Final = late(
    r"(?:发布|發布|發佈|公布|公開|公开|刊登|成文)(?:时间|時間|日期|日)?|published|posted|released|date",
    re.IGNORECASE,
)


def read(raw: str, lang: str = "") -> Stamp | None:
    """The moment a date string names; None where it is in no form we know.

    Without a zone a Chinese feed means Beijing (Taipei, Hong Kong) time, any other UTC; a bare day
    is midnight UTC with no offset.

    >>> read("2025年7月15日 08:30", "zh-Hans").moment.isoformat()
    '2025-07-15T00:30:00+00:00'
    >>> read("Tue, 15 Jul 2025 20:00:00 EDT").moment.isoformat()
    '2025-07-16T00:00:00+00:00'
    >>> read("2025-07-15").moment.isoformat(), read("2025-07-15").offset
    ('2025-07-15T00:00:00+00:00', None)
    >>> read("15/07/2025"), read("soon"), read("99999")
    (None, None, None)
    """
    if stamp := _usual(raw):
        return stamp
    text = raw[:120].strip()
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).strip()
    if not text or len(raw) > 400:
        return None
    chinese = lang.startswith("zh")
    if found := _SECONDS.match(text):
        seconds = int(found.group(1)) / (1000 if len(found.group(1)) == 13 else 1)
        return Stamp(datetime.fromtimestamp(seconds, UTC), 0)
    found = next((m for form in (*_FORMS, _UNIX_ASCTIME) if (m := form.match(text))), None)
    if found is None:
        return None
    try:
        return _stamp(found.groupdict(), chinese)
    except (ValueError, OverflowError):
        return None


def _usual(text: str) -> Stamp | None:
    """The moment, where it is written as in nearly all feeds: in a quarter of the time."""
    try:
        if found := _USUAL.fullmatch(text):
            day, month, year, hour, minute, second, *zone = found.groups()
            local = datetime(
                int(year), _MONTHS[month.lower()], int(day), int(hour), int(minute), int(second),
                tzinfo=UTC,
            )  # fmt: skip
        elif found := _USUAL_ISO.fullmatch(text):
            zone = list(found.groups())
            local = datetime.fromisoformat(text[:19]).replace(tzinfo=UTC)
        else:
            return None
        offset = int(f"{zone[0]}1") * (int(zone[1]) * 60 + int(zone[2])) if zone[0] else 0
        stamp = Stamp(local - timedelta(minutes=offset), offset) if offset else Stamp(local, 0)
    except (KeyError, ValueError, OverflowError):
        return None  # a month in another language, 24:00: read by the forms, or no date
    return stamp if abs(offset) <= 14 * 60 else None


def within(words: str, lang: str = "") -> Stamp | None:
    """The date in a line that says more than a date: the one after a label, else the first.

    >>> within("[2025-07-15]").moment.isoformat()
    '2025-07-15T00:00:00+00:00'
    >>> within("更新:2025-07-16 发布时间:2025年7月15日 08:30", "zh-Hans").moment.isoformat()
    '2025-07-15T00:30:00+00:00'
    >>> within("Posted on July 15, 2025 by BIS").moment.day, within("07-15"), within("202507151")
    (15, None, None)
    """
    if stamp := read(words, lang):
        return stamp
    text = unicodedata.normalize("NFKC", words[:400])
    label = _LABEL.search(text)
    found = (label and _INSIDE.search(text, label.end())) or _INSIDE.search(text)
    return read(found.group(), lang) if found else None


def _stamp(parts: dict[str, str | None], chinese: bool) -> Stamp | None:
    day = date(_year(parts), _month(parts), int(parts["d"] or 0))
    hour = parts.get("h") or parts.get("h2")
    if hour is None:
        return Stamp(datetime.combine(day, time(), UTC), None)
    later, hours = _hours(int(hour), parts.get("ap") or "", parts.get("half") or "")
    minutes = int(parts.get("mi") or parts.get("mi2") or 0)
    seconds = min(int(parts.get("s") or parts.get("s2") or 0), 59)  # leap seconds
    if hours == 24 and not minutes:
        later, hours = 1, 0
    offset = _offset(parts.get("z") or "", chinese)
    if offset is None:
        return None
    local = datetime.combine(day, time(hours, minutes, seconds), UTC) + timedelta(days=later)
    return Stamp(local - timedelta(minutes=offset), offset)


def _year(parts: dict[str, str | None]) -> int:
    if roc := parts.get("roc"):
        return int(roc) + 1911
    digits = parts["y"] or ""
    year = int(digits)
    # "0001" is no short form of 2001 but what a program writes that knows no date.
    return year if len(digits) > 2 else year + (2000 if year < 70 else 1900)


def _month(parts: dict[str, str | None]) -> int:
    name = parts.get("mon")
    if not name:
        return int(parts["m"] or 0)
    if name.endswith("月"):
        return _HAN_MONTHS.get(name[:-1], 0)
    return _MONTHS.get(name[:3].lower(), 0)


def _hours(hours: int, ap: str, half: str) -> tuple[int, int]:
    """Days after the one that is named, and the hour of the day.

    What is called noon goes on after one; the small hours of an evening are those after it.

    >>> _hours(1, "", "中午"), _hours(11, "", "中午"), _hours(9, "", "晚上"), _hours(12, "", "晚上")
    ((0, 13), (0, 11), (0, 21), (1, 0))
    """
    if half == "晚上" and (hours == 12 or hours < 5):
        return 1, hours % 12
    if hours < 12 and (ap[:1].lower() == "p" or half in ("下午", "晚上")):
        return 0, hours + 12
    if half == "中午" and hours < 4:
        return 0, hours + 12
    if (ap[:1].lower() == "a" or half == "凌晨") and hours == 12:
        return 0, 0
    return 0, hours


def _offset(zone: str, chinese: bool) -> int | None:
    """Minutes east of UTC; None for a zone we do not know."""
    zone = zone.strip().lower()
    if not zone:
        return BEIJING if chinese else 0
    if zone == "cst":
        return BEIJING if chinese else -360
    if zone in _ZONES:
        return _ZONES[zone]
    found = re.fullmatch(r"(?:gmt|utc)?\s*([+-])\s?(\d{1,2}):?(\d{2})?", zone)
    if not found:
        return None
    minutes = int(found.group(2)) * 60 + int(found.group(3) or 0)
    if minutes > 14 * 60:
        return None
    return minutes if found.group(1) == "+" else -minutes


def improbable(moment: datetime, now: datetime) -> str:
    """Why a moment cannot be when something was published; empty where it can.

    >>> noon = datetime(2025, 7, 15, 12, tzinfo=UTC)
    >>> [improbable(noon + timedelta(hours=hours), noon) for hours in (-29, 14, 15)]
    ['', '', 'in the future']
    """
    if moment.date() < OLDEST:
        return "before 1990"
    return "in the future" if moment > now + FUTURE else ""
