"""Quantities in running text, in digits and words of three scripts, with bound and range.

A quantity is read as it is said: "a third" is about 33.3 per cent, 逾四成 is more than 40, 增长三倍
is growth by 300 per cent. Currencies are never changed into each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

Sort = Literal["percent", "growth", "money", "count", "zero"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity at ``start`` to ``end`` of a folded text.

    ``value`` (for a range its middle, with ``low`` and ``high``) in ``unit``: percent,
    percent_growth, usd_bn, cny_bn, units; ``qualifier`` as in the record. ``grain`` is how far a
    figure may lie from the words and still be what they say, in the same unit.
    """

    sort: Sort
    value: float
    unit: str
    qualifier: str
    start: int
    end: int
    low: float | None = None
    high: float | None = None
    grain: float = 0.0


_DIGIT: Final = r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?"
_HAN_DIGITS: Final = "零〇一二两三四五六七八九"
_HAN: Final = f"{_HAN_DIGITS}十百千"
_TENTHS: Final = {letter: n for n, letter in enumerate("零一二三四五六七八九十")} | {"两": 2}
_EN: Final = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10,
}  # fmt: skip
_PARTS: Final = {
    "half": 2, "halves": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6,
    "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10,
}  # fmt: skip
_FOLD: Final = {
    "double": 2, "doubled": 2, "doubling": 2, "twofold": 2, "triple": 3, "tripled": 3,
    "tripling": 3, "threefold": 3, "quadruple": 4, "quadrupled": 4, "fourfold": 4,
    "quintupled": 5, "fivefold": 5, "sixfold": 6, "sevenfold": 7, "eightfold": 8, "tenfold": 10,
}  # fmt: skip
_SCALE: Final = {
    "": 1.0, "k": 1e3, "千": 1e3, "thousand": 1e3, "万": 1e4, "十万": 1e5, "百万": 1e6, "千万": 1e7,
    "million": 1e6, "mn": 1e6, "m": 1e6, "亿": 1e8, "十亿": 1e9, "百亿": 1e10, "千亿": 1e11,
    "万亿": 1e12, "billion": 1e9, "bn": 1e9, "b": 1e9, "trillion": 1e12, "tn": 1e12,
}  # fmt: skip
_BIG: Final = (
    r"万亿|千亿|百亿|十亿|亿|千万|百万|十万|万|trillion|billion|million|thousand|tn\b|bn\b|mn\b"
    r"|[bmk]\b"
)

_PERCENT_SIGN: Final = r"(?:(?:%|percent\b|per\s?cent\b|pct\b)(?!\s?age|\s?points?))"
_TO: Final = r"\s*(?:-|~|–|to|and|至|到)\s*"
_RANGE: Final = re.compile(
    rf"(?<![\d.,])(?P<a>{_DIGIT})\s*{_PERCENT_SIGN}?{_TO}(?P<b>{_DIGIT})\s*{_PERCENT_SIGN}"
)
_PERCENT: Final = re.compile(rf"(?<![\d.,])(?P<n>{_DIGIT})\s*-?\s*{_PERCENT_SIGN}")
_TENS: Final = {
    "ten": 10, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_SPELT: Final = re.compile(
    rf"\b(?:(?P<t>{'|'.join(_TENS)})(?:[\s-](?P<u>one|two|three|four|five|six|seven|eight|nine))?"
    rf"|(?P<o>one|two|three|four|five|six|seven|eight|nine))[\s-]{_PERCENT_SIGN}"
)
_OF_HUNDRED: Final = re.compile(
    rf"百分之(?P<n>{_DIGIT}|[{_HAN}]{{1,5}}(?:点[{_HAN_DIGITS}]{{1,3}})?)(?!点)"
)
_CHENG: Final = re.compile(
    r"(?<![一-鿿\d])?(?P<n>[一二两三四五六七八九]"
    r"|[1-9](?:\.[0-9])?)(?:(?:[至到-])?(?P<m>[一二两三四五六七八九]|[1-9]))?"
    r"成(?P<half>半|[一二三四五六七八九](?![个家万亿]))?(?P<more>以上|多)?(?P<less>以下)?"
    r"(?![为功本立熟长果员效交绩分品型都])"
)
_OF_PARTS: Final = re.compile(r"(?P<d>[二三四五六七八九十])分之(?P<n>[一二两三四五六七八九])")
_HALF_ZH: Final = re.compile(
    r"(?P<over>过半|超半数|超过?一?半|逾半数?|过半数|半数以上|大半)|(?P<near>近半数?|近一半"
    r"|将近一半)"
    r"|(?P<plain>一半|半数|占半(?![年导])|各半)"
)
_FRACTION: Final = re.compile(
    r"\b(?P<n>a|an|one|two|three|four)[\s-](?P<d>halves|thirds?|quarters?|fourths?|fifths?|sixths?"
    r"|sevenths?|eighths?|ninths?|tenths?)\b(?!\s+(?:of (?:20|fiscal)|quarter|half|generation"
    r"|time))"
    r"|(?<!first )(?<!second )\b(?P<half>half)\b"
    r"(?!\s+(?:of\s+(?:20|the\s+year|fiscal|this\s+year|last)|year|a\s+year|20"
    r"|-))"
    r"|\b(?P<k>one|two|three|four)\s+(?:in|out of)\s+(?:every\s+)?"
    r"(?P<of>two|three|four|five|six|seven|eight|nine|ten)\b"
)
_ZERO: Final = re.compile(
    r"归零|(?:降|跌|掉|下降|滑落|变|等|几乎|接近)(?:至|到|成|为|于)?零(?!部件|售|件|组)"
    r"|为零(?!部件|售)"
    r"|\b(?:to|at|is|now|was|near|nearly|effectively|virtually|essentially)\s+(?:effectively "
    r"|nearly "
    r"|virtually |essentially |now )?zero\b(?![\s-]tariff)"
)
_TIMES_ZH: Final = re.compile(
    rf"(?P<how>增长|增加|增幅(?:达|为)?|提高|上升|大增|激增|飙升|暴增)(?:了)?(?:近|约|逾|超过?"
    rf"|至少)?"
    rf"(?P<n>{_DIGIT}|[{_HAN}]{{1,3}}|数十|几)(?:余|多)?倍"
    rf"|(?:增至|达到?|升至|是)(?P<base>[^,，。]{{0,10}}?)(?P<to>{_DIGIT}|[{_HAN}]{{1,3}})倍"
    r"|(?P<twice>翻(?:了)?一?番|翻倍|翻了?一倍)|(?P<four>翻(?:了)?两番)"
)
_TIMES_EN: Final = re.compile(
    r"\b(?P<w>doubl(?:e|ed|ing)|tripl(?:e|ed|ing)|quadrupled?|quintupled|(?:two|three|four|five|six"
    r"|seven|eight|ten)-?fold)\b"
    rf"|\b(?P<n>{_DIGIT}|two|three|four|five|six|seven|eight|nine|ten)(?:-fold|\s?x\b|\s+times)"
)
_MONEY: Final = re.compile(
    rf"(?P<sign>us\$|\$|usd|rmb|cny|[¥￥])\s?(?P<a>{_DIGIT})(?:\s*-?\s*(?P<as>{_BIG}))?"
    rf"(?:{_TO}(?:us\$|\$|usd|rmb|cny|[¥￥])?\s?(?P<b>{_DIGIT})\s*-?\s*(?P<bs>{_BIG}))?"
    rf"|(?<![\d.,])(?P<c>{_DIGIT})\s*(?P<cs>{_BIG})?(?:美元|元人民币|人民币"
    rf"|元)?(?:{_TO}(?P<d>{_DIGIT})\s*"
    rf"(?P<ds>{_BIG}))?\s*(?P<unit>美元|元人民币|人民币|元|(?:u\.?s\.? )?dollars?\b|yuan\b"
    rf"|renminbi\b|rmb\b)"
    rf"|(?<![数几多])(?P<han>[一二两三四五六七八九]?(?:十|百|千)亿)(?P<hu>美元|元人民币|人民币|元)"
)
_YUAN: Final = frozenset({"rmb", "cny", "¥", "￥", "元人民币", "人民币", "元", "yuan", "renminbi"})
_THING: Final = (
    r"(?:颗|枚|片|块|张|个(?=芯片|gpu)|units?\b|chips?\b|cards?\b|gpus?\b|dies\b|accelerators?\b"
    r"|processors?\b"
    r"|(?:ai|ascend|h20|h200|mi308|910[bc]|ascend 910[bc]|h20 ai)\s+(?:chips?|units?|gpus?"
    r"|processors?|dies)\b)"
)
_COUNT: Final = re.compile(
    rf"(?<![\d.,$])(?P<a>{_DIGIT})\s*(?P<as>{_BIG})?\s*(?:(?:多|余)?{_THING})?"
    rf"(?:{_TO}(?P<b>{_DIGIT})\s*(?P<bs>{_BIG})?)?\s*(?P<more>多|余|以上)?\s*(?:of (?:its"
    rf"|the) )?{_THING}"
    rf"|(?<![数几多])(?P<han>[一二两三四五六七八九]?[十百千]万)(?P<more2>多|余|以上)?\s*{_THING}"
)
_HAN_SCALE: Final = {"十": 10.0, "百": 100.0, "千": 1000.0}

BOUNDS: Final = (
    (">=", re.compile(
        r"(?:至少|不低于|不少于|不小于|at least|no less than|no fewer than|minimum of)\s*$")),
    ("<=", re.compile(
        r"(?:至多|最多|不超过|不高于|不多于|上限为?|at most|up to|no more than|a maximum of"
        r"|not exceed(?:ing)?"
        r"|as (?:many|much) as)\s*$")),
    (">", re.compile(
        r"(?:超过?|超出|突破|逾|高于|大于|多于|跨过|越过|站上|over|more than|above|exceed\w*"
        r"|surpass\w*"
        r"|topp(?:ed|ing)|north of|beyond|upwards of|greater than)\s*$")),
    ("<", re.compile(
        r"(?:不到|不足|低于|未及|少于|不及|跌破|小于|less than|below|under|fewer than|lower than"
        r"|short of)\s*$")),
    ("~", re.compile(
        r"(?:约占?|大约|近|接近|将近|约为|左右|上下|about|around|roughly|nearly|approximately"
        r"|some|almost"
        r"|close to|an estimated|circa|near)\s*$")),
)  # fmt: skip
_AFTER: Final = (
    (">", re.compile(r"\s*(?:以上|多(?![家个少])|有余|or more|plus\b|\+|-plus)")),
    ("<", re.compile(r"\s*(?:以下|or less|or fewer)")),
    ("~", re.compile(r"\s*(?:左右|上下|or so)")),
)
_FILLER: Final = re.compile(
    r"(?:usd|us\$|\$|rmb|cny|的|了|到|至|达到?|\ba|\ban|\bthe|生产|出货|制造|产出|交付|\bmake"
    r"|\bproduce"
    r"|\bship|\bsell)\s*$"
)


_NEAR: Final = 80
"""Characters before a figure in which words can qualify it."""


def find(text: str) -> tuple[Quantity, ...]:
    """The quantities of a folded text, in order, without overlap.

    >>> [(q.qualifier, q.value, q.unit) for q in find("国产芯片占比逾四成")]
    [('>', 40.0, 'percent')]
    >>> [(q.low, q.high, q.unit) for q in find("between $2 billion and $5 billion")]
    [(2.0, 5.0, 'usd_bn')]
    """
    found: list[Quantity] = []
    for one in sorted((*_percents(text), *_times(text), *_moneys(text), *_counts(text)),
                      key=lambda q: (q.start, -(q.end - q.start))):  # fmt: skip
        if not found or one.start >= found[-1].end:
            found.append(one)
    return tuple(found)


def bound(text: str, start: int, end: int) -> str:
    """The qualifier that the words before and after a figure give it; ``=`` where none do.

    >>> bound("more than 40", 10, 12), bound("40 or more", 0, 2), bound("is 40", 3, 5)
    ('>', '>', '=')
    """
    head = text[max(0, start - _NEAR) : start]  # a rule looks at its last words alone
    for _ in range(2):
        sign = next((sign for sign, rule in BOUNDS if rule.search(head)), None)
        if sign:
            return sign
        head = _FILLER.sub("", head)
    return next((sign for sign, rule in _AFTER if rule.match(text, end)), "=")


def _number(digits: str) -> float:
    """The value of digits or of a Chinese numeral below ten thousand.

    >>> _number("1,234.5"), _number("三十四点六"), _number("一百二")
    (1234.5, 34.6, 102.0)
    """
    if digits[0].isascii():
        return float(digits.replace(",", ""))
    whole, _, rest = digits.partition("点")
    total = current = 0
    for letter in whole:
        if letter in "十百千":
            total += (current or 1) * int(_HAN_SCALE[letter])
            current = 0
        else:
            current = current * 10 + (0 if letter in "零〇" else _TENTHS[letter])
    tail = "".join(str(0 if letter in "零〇" else _TENTHS[letter]) for letter in rest)
    return float(f"{total + current}.{tail or 0}")


def _between(low: float, high: float, unit: str, match: re.Match[str], sort: Sort) -> Quantity:
    low, high = min(low, high), max(low, high)
    middle = round((low + high) / 2, 6)
    return Quantity(sort, middle, unit, "~", match.start(), match.end(), low, high)


def _plain(sort: Sort, value: float, unit: str, text: str, match: re.Match[str], *,
           sign: str = "", grain: float = 0.0) -> Quantity:  # fmt: skip
    said = bound(text, match.start(), match.end())
    sign = said if said != "=" else (sign or "=")
    if sign == "~" and not grain:
        grain = {"percent": 1.0}.get(unit, value * 0.02)
    return Quantity(sort, value, unit, sign, match.start(), match.end(), grain=grain)


def _percents(text: str) -> Iterator[Quantity]:
    for match in _RANGE.finditer(text):
        year = re.fullmatch(r"20\d\d", match["a"])
        if not year and not re.search(
            r"(?:from|从|由)\s*$", text[max(0, match.start() - _NEAR) : match.start()]
        ):
            yield _between(_number(match["a"]), _number(match["b"]), "percent", match, "percent")
    for match in _PERCENT.finditer(text):
        yield _plain("percent", _number(match["n"]), "percent", text, match)
    for match in _SPELT.finditer(text):
        value = _TENS.get(match["t"] or "", 0) + _EN.get(match["u"] or match["o"] or "", 0)
        yield _plain("percent", float(value), "percent", text, match)
    for match in _OF_HUNDRED.finditer(text):
        yield _plain("percent", _number(match["n"]), "percent", text, match)
    yield from _tenths(text)
    yield from _fractions(text)
    for match in _ZERO.finditer(text):
        near = re.search(r"几乎|接近|near|effectively|virtually|essentially", match[0])
        yield Quantity("zero", 0.0, "percent", "~" if near else "=", match.start(), match.end())


def _tenths(text: str) -> Iterator[Quantity]:
    """三成, 三成半, 三至四成, 三四成: tenths of a whole."""
    for match in _CHENG.finditer(text):
        first = float(_TENTHS.get(match["n"]) or match["n"])
        if match["m"]:
            second = float(_TENTHS.get(match["m"]) or match["m"])
            if second > first:
                yield _between(first * 10, second * 10, "percent", match, "percent")
            continue
        extra = 0 if not match["half"] else 5 if match["half"] == "半" else _TENTHS[match["half"]]
        sign = ">" if match["more"] else "<" if match["less"] else ""
        yield _plain("percent", first * 10 + extra, "percent", text, match, sign=sign,
                     grain=2.0 if not extra else 1.0)  # fmt: skip


def _fractions(text: str) -> Iterator[Quantity]:
    for match in _OF_PARTS.finditer(text):
        share = _TENTHS[match["n"]] / _TENTHS[match["d"]]
        value = round(share * 100, 1)
        sign = "" if value == int(value) else "~"
        yield _plain("percent", value, "percent", text, match, sign=sign, grain=1.0)
    for match in _HALF_ZH.finditer(text):
        sign = ">" if match["over"] else "~" if match["near"] else ""
        if match["over"] or match["near"]:
            yield Quantity("percent", 50.0, "percent", sign, match.start(), match.end(), grain=1.0)
        else:
            yield _plain("percent", 50.0, "percent", text, match, grain=1.0)
    for match in _FRACTION.finditer(text):
        if match["half"]:
            top, bottom = 1, 2
        elif match["of"]:
            top, bottom = _EN[match["k"]], _EN[match["of"]]
        else:
            top, bottom = _EN[match["n"]], _PARTS[match["d"].rstrip("s") or match["d"]]
        if top <= bottom:
            even = 100 * top % bottom == 0
            yield _plain("percent", round(100 * top / bottom, 1), "percent", text, match,
                         sign="" if even else "~", grain=1.0)  # fmt: skip


def _times(text: str) -> Iterator[Quantity]:
    """Growth told in times: by three times is +300, to three times and tripled are +200."""
    for match in _TIMES_ZH.finditer(text):
        if match["twice"] or match["four"]:
            value = 100.0 if match["twice"] else 300.0
        elif match["n"]:
            if match["n"] in ("数十", "几"):
                continue
            value = _number(match["n"]) * 100
        else:
            value = (_number(match["to"]) - 1) * 100
        yield Quantity("growth", round(value, 6), "percent_growth",
                       bound(text, match.start("n"), match.end()) if match["n"] else "=",
                       match.start(), match.end(), grain=value * 0.02)  # fmt: skip
    for match in _TIMES_EN.finditer(text):
        if match["w"]:
            times = float(_FOLD[match["w"].replace("-", "")])
        else:
            times = float(_EN.get(match["n"]) or _number(match["n"]))
        if times > 1:
            value = round((times - 1) * 100, 6)
            yield _plain("growth", value, "percent_growth", text, match, grain=value * 0.02)


def _moneys(text: str) -> Iterator[Quantity]:
    for match in _MONEY.finditer(text):
        name = match["sign"] or match["unit"] or match["hu"]
        unit = "cny_bn" if name in _YUAN else "usd_bn"
        if match["han"]:
            value = _hundreds(match["han"])
            yield _plain("money", round(value / 1e9, 6), unit, text, match)
            continue
        first, scale = match["a"] or match["c"], match["as"] or match["cs"] or ""
        second, other = match["b"] or match["d"], match["bs"] or match["ds"] or ""
        if not scale and not second:
            continue  # "$170": a price, no sum
        high = _number(second) * _SCALE[other] / 1e9 if second else 0.0
        low = _number(first) * _SCALE[scale or other] / 1e9
        if second and low < high:
            yield _between(round(low, 6), round(high, 6), unit, match, "money")
        elif scale:
            yield _plain("money", round(low, 6), unit, text, match)


def _hundreds(words: str) -> float:
    """百亿, 三千亿, 五十万: one numeral and its scale.

    >>> _hundreds("百亿"), _hundreds("五十万")
    (10000000000.0, 500000.0)
    """
    digit = _TENTHS.get(words[0], 1) if words[0] not in _HAN_SCALE else 1
    step = next(letter for letter in words if letter in _HAN_SCALE)
    return digit * _HAN_SCALE[step] * _SCALE[words[-1]]


def _counts(text: str) -> Iterator[Quantity]:
    for match in _COUNT.finditer(text):
        if match["han"]:
            sign = ">" if match["more2"] else ""
            yield _plain("count", _hundreds(match["han"]), "units", text, match, sign=sign)
            continue
        scale, other = match["as"] or "", match["bs"] or ""
        low = _number(match["a"]) * _SCALE[scale or (other if match["b"] else "")]
        if match["b"]:
            high = _number(match["b"]) * _SCALE[other]
            if low < high:
                yield _between(low, high, "units", match, "count")
            continue
        yield _plain("count", low, "units", text, match, sign=">" if match["more"] else "")
