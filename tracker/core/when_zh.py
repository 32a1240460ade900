"""The Chinese half of the date grammar, simplified and traditional.

Built as the English half is: ``TOKENS`` finds a phrase, ``READERS`` read it; the words around it
are read in ``when_zh_cues``. Undated on purpose: 近日, 日前, 日后, 即日起, 几天前, 财年, durations
(3日内), and 次日 or 两天后 where no day was named before.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from tracker.core.late import late
from tracker.core.when_days import (
    Span,
    Tense,
    ago,
    counted_from,
    day_in,
    day_of_month,
    day_of_week,
    days_to,
    half,
    half_named,
    month_ahead,
    month_day,
    month_named,
    month_of,
    one_day,
    part_of_month,
    quarter,
    quarter_ahead,
    quarter_named,
    until_day,
    week_of,
    weekday,
    weekend_of,
    year_of,
)
from tracker.core.when_figures import iso
from tracker.core.when_zh_cues import DOES, SAYS
from tracker.core.when_zh_feasts import FEASTS, feast
from tracker.core.when_zh_slashed import FULL, SLASHED, slashed
from tracker.dates import shifted

_FIGURES: Final = {
    "〇": 0, "零": 0, "○": 0, "一": 1, "二": 2, "两": 2, "兩": 2, "三": 3, "四": 4, "五": 5,
    "六": 6, "七": 7, "八": 8, "九": 9,
}  # fmt: skip
_TENS: Final = {"廿": 20, "卅": 30}
_WIDE: Final = str.maketrans("０１２３４５６７８９", "0123456789")
_HAN = "一二三四五六七八九"
_S = r"[ \u3000]?"
_D = "0-9０-９"
_NOT_IN = rf"(?<![{_D}][.,])(?<![{_D}/{_HAN}十])"
_DD = (
    rf"(?:[0-3０-３][{_D}]|[1-9１-９]|[二三]十[{_HAN}]|[二三]?十|十[{_HAN}]"
    rf"|廿[{_HAN}]?|卅一?|[{_HAN}])"
)
_MM = rf"(?:[01０１][{_D}]|[1-9１-９]|十[一二]|[{_HAN}十])"
_YY = (
    rf"(?:(?:(?:19|20|１９|２０)[{_D}]{{2}}|二[〇零○][〇零○{_HAN}]{{2}}|民[国國]{_S}(?:1[0-9]{{2}}|一[一二][〇零○{_HAN}])){_S}年"
    rf"|1[0-2][0-9]年(?=[01]?[0-9]月[0-3]?[0-9]日)|[今去前明本]年)"
)
_RI = "[日号號]"
_TO = rf"{_S}(?:起?至|到|[-–—~～－]{{1,2}}|、|和|及|與|与){_S}"
_MONTH = rf"(?:(?:{_YY}{_S})?{_MM}{_S}月|[上本这這下当當](?:个|個)?月)"
_WEEK = r"(?:周|週|星期|礼拜|禮拜)"
_WD = rf"{_WEEK}(?:[一二三四五六天]|日(?!本[^周週月次]|[元媒企方]))"
_PAIRS = (("一", "二"), ("二", "三"), ("三", "四"), ("四", "五"), ("五", "六"), ("六", "[日天]"))
_BESIDE = "(?:" + "|".join(rf"(?<={a})[和与與及、](?={_WEEK}?{b})" for a, b in _PAIRS) + ")"
_RELWEEK = r"(?:上上|[上本这這下])(?:个|個)?"
_NO_DAY = r"(?![内內后後前间間均游遊線线圆圓元期程夜本式曆历])"
_PARTS = rf"(?:上旬|中旬|下旬|月?初(?![{_HAN}十])|月?底|末|中(?![国國美方东東共央芯科微兴興秋]))"
_QUARTER = rf"(?:第{_S}[一二三四1-4]{_S}季度?|[一二三四]季度|首季度?|q[1-4](?![0-9]))"

TOKENS: Final = late(
    "|".join(
        (
            rf"(?P<full>{FULL})",
            rf"(?P<paren>[今昨前明][日天晚早晨]?{_S}[(（]{_S}(?:{_MM}月)?{_DD}{_S}日?{_S}[)）][日天晚]?"
            rf"|(?:{_RELWEEK})?{_WD}[晚上午下]{{0,2}}{_S}[(（]{_S}(?:(?:{_YY})?{_MM}月)?{_DD}{_S}日[^)）]{{0,3}}[)）])",
            rf"(?P<span>{_NOT_IN}{_MONTH}{_S}{_DD}{_S}{_RI}?{_TO}(?:(?:{_YY})?{_MM}{_S}月{_S})?{_DD}{_S}{_RI})",
            rf"(?P<day>{_NOT_IN}{_MONTH}{_S}{_DD}{_S}(?:{_RI}|(?=起)))",
            rf"(?P<days>(?<![{_D}][.,])(?<![{_D}/{_HAN}十月第近])[0-3]?[0-9]{_S}日?{_TO}[0-3]?[0-9]{_S}日{_NO_DAY})",
            rf"(?P<bare>(?<![{_D}][.,])(?<![{_D}/{_HAN}十月第近逾共每約约仅期续續去来來])"
            rf"(?:(?:[0-3０-３][{_D}]|[1-9１-９]){_S}日{_NO_DAY}|(?:[二三]?十[{_HAN}]?|廿[{_HAN}]?|卅一?)日{_NO_DAY}"
            rf"|[{_HAN}]日(?={SAYS})))",
            rf"(?P<holiday>{FEASTS})",
            rf"(?P<slashed>{SLASHED})",
            rf"(?P<month>{_NOT_IN}(?:{_YY}{_S})?{_MM}{_S}月(?:份|{_S}{_PARTS})?(?![{_D}]|初[{_HAN}十])"
            rf"|(?<!以)[上本这這下](?:个|個)?月(?:份|{_PARTS})?(?![球台臺]))",
            rf"(?P<part>{_NOT_IN}{_YY}{_S}(?:年?[初底末]|年?中(?![国國美方东東共央])|[上下]半年|{_QUARTER})"
            rf"|(?<![{_D}{_HAN}今去前明本])(?:[上下]半年|年[初底末](?!终)|{_QUARTER})|(?<!以)[上本下]季度?(?!节))",
            rf"(?P<weekspan>(?:{_RELWEEK})?{_WD}{_S}(?:至|到|[-–—~]|{_BESIDE})(?:{_WEEK})?{_S}[一二三四五六日天])",
            rf"(?P<weekday>(?<![一二三四五六七八九十每两兩{_D}])(?:{_RELWEEK}|今)?{_WD})",
            rf"(?P<week>(?:{_RELWEEK})?{_WEEK}末|(?<!以){_RELWEEK}{_WEEK}(?![{_D}年岁歲])(?:稍早|较早|較早|早些|早前)?)",
            r"(?P<now>[今昨](?:日|天|晚|夜|晨|早|[上下中]?午)|隔夜(?![利拆外美指收仓倉盘盤要新消])|大?前天|(?<![目之以日])前[日晚](?![本圆圓元线線])|明[日天]|(?<![文透黎说說声聲证證])明[早晚晨]|大?[后後]天"
            rf"|(?<![至如迄当當古现現])今(?={DOES})|昨(?=(?:{DOES}|[在与與向对對就访訪和同]|首度|再度)))",
            rf"(?P<ago>(?<![{_D}][.,])(?<![{_D}數数几幾])(?:[1-9１-９][{_D}]?|[{_HAN}两兩半]|十[{_HAN}]?){_S}"
            r"(?:天|(?<![0-9 ])日|周|週|(?:个|個)?(?:星期|礼拜|禮拜)|(?:个|個)月|年)(?:之|以)?前)",
            rf"(?P<later>(?<![{_D}][.,])(?<![{_D}數数几幾多余餘])(?:[1-9１-９][{_D}]?|[{_HAN}两兩]|十[{_HAN}]?){_S}"
            r"(?:天|周|週|(?:个|個)(?:星期|礼拜|禮拜|月)|星期)(?:之|以)?[后後](?![续續])"
            r"|[次翌][日天]|隔[日天](?![一])|前一[日天]|(?<=[,，。;；])第二天)",
            rf"(?P<year>{_NOT_IN}{_YY}(?![版款度式型期级級终終初龄齡來来]))",
        )
    )
)

_UNIT: Final = "月日天周週个個星礼禮年季"
START: Final = late(
    rf"[{_D}{_HAN}十廿卅今昨前明后後上本下这這当當去民首第年周週星礼禮两兩半q次翌隔元圣聖平国國除端中大正感独獨万萬美]"
    rf"(?:(?<=[{_D}])(?:(?<![{_D}].)|(?<=2)(?=0[0-9][0-9]))"
    rf"|(?<=[{_HAN}十廿卅两兩半])(?=[{_HAN}〇零○十{_UNIT} \u3000])"
    r"|(?<=[今昨周週星礼禮廿卅去民第q次翌隔圣聖除端])"
    r"|(?<=[上本下这這当當])(?=[上个個月周週星礼禮半年季])|(?<=[国國])(?=[庆慶])"
    r"|(?<=年)(?=[初底末三])|(?<=[前明])(?=[天日晚早晨年一 \u3000(（])|(?<=[后後])(?=天)"
    r"|(?<=元)(?=[旦宵])|(?<=首)(?=季)|(?<=平)(?=安)|(?<=中)(?=秋)|(?<=大)(?=年|[前后後]天)"
    r"|(?<=正)(?=月)|(?<=感)(?=恩)|(?<=[独獨])(?=立日)|(?<=[万萬])(?=[圣聖])|(?<=美)(?=[国國][独獨]))"
)
"""Where a phrase can begin; only there is the grammar tried."""

NEEDED: Final = late(
    "[日号號月年周週星礼禮天今昨季末旦节節夜晚夕午秋宵]|明[早晨]|五一|[0-9][-/.][0-9]"
)
"""Without one of these there is no Chinese date."""

Reader = Callable[[str, date, Tense], Span | None]


def number(words: str) -> int:
    """A number below one hundred in ASCII, full-width or Han figures.

    >>> number("15"), number("１５"), number("十五"), number("二十"), number("廿三"), number("卅一")
    (15, 15, 15, 20, 23, 31)
    """
    words = words.translate(_WIDE)
    if words.isdigit() and words.isascii():
        return int(words)
    if words[:1] in _TENS:
        return _TENS[words[0]] + (_FIGURES[words[1]] if len(words) > 1 else 0)
    tens, ten, ones = words.partition("十")
    if not ten:
        return _FIGURES.get(words, 0)
    return 10 * (_FIGURES[tens] if tens else 1) + (_FIGURES[ones] if ones else 0)


def year_number(words: str, reference: date) -> int:
    """A year as written: 2025, 二〇二五, 民國114, 今, 去, 明, 前.

    >>> tuesday = date(2025, 7, 15)
    >>> [year_number(w, tuesday) for w in ("2025年", "二〇二五年", "民國114年", "去年")]
    [2025, 2025, 2025, 2024]
    """
    words = words.translate(_WIDE).replace("年", "").strip(" \u3000")
    if words in _RELATIVE_YEARS:
        return reference.year + _RELATIVE_YEARS[words]
    if words.startswith("民"):
        return 1911 + _digits(words[2:].strip(" \u3000"))
    return 1911 + int(words) if len(words) == 3 else _digits(words)


def _digits(words: str) -> int:
    if words.isascii():
        return int(words)
    return int("".join(str(_FIGURES[letter]) for letter in words))


_RELATIVE_YEARS: Final = {"今": 0, "本": 0, "去": -1, "前": -2, "明": 1}
_RELATIVE: Final = {
    "上上": -2, "上": -1, "本": 0, "这": 0, "這": 0, "当": 0, "當": 0, "今": 0, "下": 1,
}  # fmt: skip

_YEAR_AT = late(rf"({_YY}){_S}")
_MONTH_AT = late(rf"({_MM}){_S}月{_S}")
_RELMONTH_AT = late(r"([上本这這下当當])(?:个|個)?月")
_WEEKDAY_AT = late(rf"(上上|[上本这這下今])?(?:个|個)?{_WEEK}([一二三四五六日天末])?")


# ---- readers ----------------------------------------------------------------------------------


def _year_first(words: str, reference: date) -> tuple[int | None, str]:
    """The year a phrase opens with, if any, and the rest of it."""
    found = _YEAR_AT.match(words)
    if not found:
        return None, words
    return year_number(found[1], reference), words[found.end() :]


def _dated(year: int | None, month: int, day: int, reference: date, tense: Tense) -> date | None:
    return day_in(year, month, day) if year else month_day(month, day, reference, tense)


def _day(words: str, reference: date, tense: Tense) -> Span | None:
    """Year, month and day; the first two may be relative (去年12月2日, 上月15日)."""
    year, rest = _year_first(words, reference)
    relative = _RELMONTH_AT.match(rest)
    if relative:
        month = month_ahead(reference, _RELATIVE[relative[1]])
        return one_day(day_in(month.year, month.month, number(_figure(rest[relative.end() :]))))
    found = _MONTH_AT.match(rest)
    if not found:
        return None
    day = number(_figure(rest[found.end() :]))
    return one_day(_dated(year, number(found[1]), day, reference, tense), "date" if year else "day")


def _figure(words: str) -> str:
    return words.strip(" \u3000日号號")


def _span(words: str, reference: date, tense: Tense) -> Span | None:
    """Two days joined by 至, 到, a dash or 、: announced ahead as often as told of afterwards."""
    tense = "open" if tense == "past" else tense
    left, right = (part.strip(" \u3000") for part in re.split(_TO, words, maxsplit=1))
    first = _day(left, reference, tense)
    if not first:
        return None
    year, rest = _year_first(right, reference)
    found = _MONTH_AT.match(rest)
    month = number(found[1]) if found else first.first.month
    day = number(_figure(rest[found.end() :] if found else rest))
    if year:
        return days_to(first.first, day_in(year, month, day), first.form)
    return (
        until_day(first.first, month, day, first.form) if found or day >= first.first.day else None
    )


def _days(words: str, reference: date, tense: Tense) -> Span | None:
    """Two days of an unnamed month (14日至15日): by the first of them, as in ``_span``."""
    left, right = (number(_figure(part)) for part in re.split(_TO, words, maxsplit=1))
    first = day_of_month(left, reference, "open" if tense == "past" else tense)
    if not first or right <= left:
        return None
    return days_to(first, day_in(first.year, first.month, right))


def _bare(words: str, reference: date, tense: Tense) -> Span | None:
    return one_day(day_of_month(number(_figure(words)), reference, tense))


def _paren(words: str, reference: date, tense: Tense) -> Span | None:
    """A relative word with its date in brackets, 周日(12日): the date counts."""
    head, inner = re.split(r"[(（]", words, maxsplit=1)
    inner = re.sub(r"[)）].*$", "", inner).strip(" \u3000")
    inner = re.sub(rf"({_DD}{_S}日).*$", r"\1", inner)
    inner = inner if inner.endswith("日") else inner + "日"
    if "月" in inner:
        return _day(inner, reference, tense)
    near: Tense = "future" if tense == "future" or head.startswith("明") else "nearest"
    return _bare(inner, reference, near)


def _month(words: str, reference: date, tense: Tense) -> Span | None:
    """A month, by number or relative, and its part."""
    year, rest = _year_first(words, reference)
    relative = _RELMONTH_AT.match(rest)
    span: Span | None
    if relative:
        span = month_of(month_ahead(reference, _RELATIVE[relative[1]]))
        return part_of_month(span, _part_named(rest[relative.end() :]))
    found = _MONTH_AT.match(rest)
    if not found or not 1 <= number(found[1]) <= 12:
        return None
    month = number(found[1])
    span = month_of(date(year, month, 1)) if year else month_named(month, reference, tense)
    return part_of_month(span, _part_named(rest[found.end() :])) if span else None


def _part_named(words: str) -> str:
    words = words.strip(" \u3000")
    parts = {"上旬": "early", "初": "early", "中旬": "mid", "中": "mid", "下旬": "late"}
    return "end" if words in ("底", "末", "月底") else parts.get(words, "")


def _part(words: str, reference: date, tense: Tense) -> Span | None:
    """A half, a quarter, the beginning or end of a year."""
    year, rest = _year_first(words, reference)
    if rest in ("上季", "上季度", "本季", "本季度", "下季", "下季度"):
        return quarter_ahead(reference, _RELATIVE[rest[0]])
    if "半年" in rest:
        which = 1 if rest.startswith("上") else 2
        return half(which, year) if year else half_named(which, reference, tense)
    if "季" in rest or "q" in rest:
        which = _quarter_number(rest)
        return quarter(which, year) if year else quarter_named(which, reference, tense)
    part = {"初": "early", "底": "end", "末": "end", "中": "mid"}[rest[-1]]
    return year_of(year if year else _year_meant(part, reference, tense), part)


def _year_meant(part: str, reference: date, tense: Tense) -> int:
    """The year of a bare 年初 (this one) or 年底: the last December, unless it is near or ahead."""
    if part != "end" or reference.month >= 11 or tense in ("future", "nearest"):
        return reference.year
    return reference.year - 1


def _quarter_number(words: str) -> int:
    found = re.search(r"[1-4一二三四]", words)
    return number(found[0]) if found else 1


def _weekday(words: str, reference: date, tense: Tense) -> Span | None:
    """A weekday: bare, or of a named week."""
    found = _WEEKDAY_AT.match(words)
    if not found or not found[2]:
        return None
    return one_day(_weekday_of(found[1], found[2], reference, tense), "weekday")


def _weekday_of(week: str | None, name: str, reference: date, tense: Tense) -> date:
    day = 6 if name in "日天" else "一二三四五六".index(name)
    if week:
        return day_of_week(day, reference, _RELATIVE[week])
    return weekday(day, reference, tense)


def _weekspan(words: str, reference: date, tense: Tense) -> Span | None:
    found = _WEEKDAY_AT.match(words)
    if not found or not found[2]:
        return None
    first = _weekday_of(found[1], found[2], reference, tense)
    last = _weekday_of("本", words[-1], first, tense)
    return days_to(first, last, "weekday")


def _week(words: str, reference: date, tense: Tense) -> Span | None:
    """A week or its end; the running week ends with the report unless the clause looks ahead."""
    found = _WEEKDAY_AT.match(words)
    if not found:
        return None
    step = _RELATIVE[found[1]] if found[1] else 0
    if found[2] == "末":
        if not found[1] and reference.weekday() < 5 and tense != "future":
            step = -1
        return weekend_of(reference, step)
    span = week_of(reference, step)
    if step == 0:
        ahead = tense in ("future", "nearest")
        ends = (reference, span.last) if ahead else (span.first, _so_far(words, span, reference))
        return Span(*ends, "day", "week")
    return span


def _so_far(words: str, week: Span, reference: date) -> date:
    """The end of what is told of the running week: 本周稍早 was before the report."""
    return max(week.first, shifted(reference, -1)) if "早" in words else reference


def _now(words: str, reference: date, _tense: Tense) -> Span | None:
    steps = {"昨": -1, "隔": -1, "前": -2, "明": 1, "后": 2, "後": 2}
    step = steps.get(words.removeprefix("大")[0], 0)
    further = (step > 0) - (step < 0) if words.startswith("大") else 0
    return one_day(shifted(reference, step + further), "relative")


def _ago(words: str, reference: date, _tense: Tense) -> Span | None:
    found = re.match(rf"([{_D}]+|十[{_HAN}]?|[{_HAN}两兩半]){_S}(.*?)(?:之|以)?前$", words)
    if not found:
        return None
    unit = _UNITS[found[2][-1]]
    if found[1] == "半":
        return month_of(month_ahead(reference, -6)) if unit == "year" else None
    return ago(number(found[1]), unit, reference)


_UNITS: Final = {
    "天": "day", "日": "day", "周": "week", "週": "week", "期": "week", "拜": "week",
    "月": "month", "年": "year",
}  # fmt: skip


def later(words: str, anchor: Span) -> Span | None:
    """Days counted from the day that the text named last: 次日, 两天后, 五个月后.

    >>> later("次日", Span(date(2025, 7, 15), date(2025, 7, 15), "day", "day")).first
    datetime.date(2025, 7, 16)
    """
    if words.startswith("前一"):
        return counted_from(anchor, -1, "day")
    if words[0] in "次翌隔第":
        return counted_from(anchor, 1, "day")
    found = re.match(rf"([{_D}]+|十[{_HAN}]?|[{_HAN}两兩]){_S}(.*?)(?:之|以)?[后後]$", words)
    return counted_from(anchor, number(found[1]), _UNITS[found[2][-1]]) if found else None


def _year(words: str, reference: date, _tense: Tense) -> Span | None:
    return year_of(year_number(words, reference))


READERS: Final[Mapping[str, Reader]] = {
    "full": iso, "paren": _paren, "span": _span, "day": _day, "days": _days, "bare": _bare,
    "month": _month, "part": _part, "weekspan": _weekspan, "weekday": _weekday, "week": _week,
    "now": _now, "ago": _ago, "year": _year, "holiday": feast, "slashed": slashed,
}  # fmt: skip
