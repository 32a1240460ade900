"""Figures in running text: share, growth, units, revenue, charge, by narrow rules in three scripts.

A figure is read only where its clause also names what it is a figure of; everything else stays
unread. A claim is never an observation: it is set beside what the houses published.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Final, Literal

from tracker.core import shares
from tracker.core.text import Folded, fold, sentences
from tracker.model import Observation, Series

Subject = Literal["domestic-share", "nvidia-share", "growth", "units", "revenue", "charge"]

CANDIDATES: Final[dict[Subject, tuple[str, ...]]] = {
    "domestic-share": (
        "cn-accel-domestic-units-share", "cn-aiserver-local-share", "cn-gpu-self-sufficiency",
        "cn-ai-chip-local-sales-share", "cn-dc-domestic-share", "cn-domestic-chip-target",
    ),
    "nvidia-share": (
        "cn-nvda-units-share", "cn-nvda-sales-share", "cn-nvda-share-claims",
        "cn-aiserver-import-share",
    ),
    "growth": ("local-ai-chip-growth",),
    "units": ("huawei-ascend-units", "nvda-cn-chip-units", "cn-local-vendor-units"),
    "revenue": ("nvda-cn-revenue", "nvda-cn-chip-revenue", "amd-mi308-revenue",
                "huawei-ai-chip-revenue"),
    "charge": ("nvda-cn-chip-revenue",),
}  # fmt: skip
NEAREST: Final = 2
"""Published figures named beside a claim that no house supports."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One figure as a text has it.

    ``value`` in ``unit`` (percent, percent_growth, units, usd_bn); ``qualifier`` as in the record;
    ``start`` and ``end`` bound the period where the words name one; ``speaker`` is who is said to
    have said it; ``words`` is the clause of the original; ``ahead`` where it speaks of the future.
    """

    subject: Subject
    value: float
    qualifier: str
    unit: str
    start: date | None
    end: date | None
    speaker: str | None
    words: str
    ahead: bool


@dataclass(frozen=True, slots=True)
class Beside:
    """A claim beside the record.

    ``agrees`` are published figures of that period that the claim fits, ``nearest`` the nearest
    that it does not, ``said`` rows of the record that hold this very claim.
    """

    claim: Claim
    agrees: tuple[Observation, ...]
    nearest: tuple[Observation, ...]
    said: tuple[Observation, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """A figure of a stored text beside the record: whose text, when it was known, what it says."""

    item_id: str
    title: str
    publisher: str
    url: str
    known: date
    beside: Beside

    @property
    def series(self) -> frozenset[str]:
        """The series whose rows stand beside the figure."""
        rows = (*self.beside.agrees, *self.beside.nearest, *self.beside.said)
        return frozenset(one.series for one in rows)


_LOCAL: Final = r"(?:国产|本土|自主|domestic(?:ally)?|home-?grown|local(?:ly)?|china-made|chinese)"
_CHIP: Final = r"(?:芯片|晶片|算力|加速卡|gpu|chip|accelerator|semiconductor|supplier|vendor)"
_SHARE: Final = r"(?:占|份额|比例|比重|市占|\bshare\b|account|proportion|percent of|% of|装机|数字)"
_NVIDIA: Final = r"(?:英伟达|辉达|nvidia)"
_GREW: Final = (
    r"(?:增长|增加|增幅|飙升|激增|大增|growth|grew|grow|rose|jump|surg|increas|up (?=\d))"
)
_QUANTITY: Final = r"(?:出货|销量|营收|收入|营业收入|shipment|revenue|sales|output|产量)"
_MAKER: Final = (
    r"(?:[昇升]腾|华为|寒武纪|海光|国产芯片|国产ai芯片|ascend|huawei|cambricon|hygon"
    r"|local chip|domestic chip)"
)
_MODEL: Final = r"(?:[昇升]腾|ascend|h20|h200|mi308|910[bc]|ai芯片|ai chip)"
_CHARGE: Final = r"(?:减记|减值|计提|一次性费用|库存费用|charge|write-?down|write-?off|writes? off)"
_CHINA: Final = r"(?:中国|china|大陆)"
_AGAIN: Final = re.compile(
    r"(?:这一|该)(?:数字|比例|占比)|this (?:share|figure|number)|that (?:share|figure)|the figure"
)
# A part of somebody's revenue, or being wholly out, is no share of a market.
_CUT: Final = re.compile(
    r"(?:%|percent|per cent)(?: share)?\s*(?:of|from|for|china)?[^.,]{0,48}"
    r"(?:revenue|sales\b|government|washington)|(?:营收|销售额|收入)的?\d|%\s*(?:离开|out of)"
)
_AHEAD: Final = re.compile(
    r"将|预计|有望|预期|\bwill\b|expect|forecast|project(?:ed|s)|could reach|\bby 20\d\d"
)

_PERCENT: Final = re.compile(
    r"(?<![\d.])(?P<n>\d{1,4}(?:,\d{3})*(?:\.\d+)?)\s*(?:%|％|percent\b|per cent\b|pct\b)(?!age)"
)
_MONEY: Final = re.compile(
    r"(?:\$|usd ?|us\$)\s?(?P<n>\d[\d,]*(?:\.\d+)?)\s*-?(?P<big>billion|bn|b\b|million|mn|m\b)"
    r"|(?P<n2>\d[\d,]*(?:\.\d+)?)\s*(?P<big2>亿|万)?美元"
)
_UNITS: Final = re.compile(
    r"(?<![\d.])(?P<n>\d[\d,]*(?:\.\d+)?)\s*(?P<big>万|百万|million|k)?\s*"
    r"(?:多|余)?(?:颗|枚|片|块|张|units?\b|chips?\b|cards?\b|gpus?\b|dies\b"
    r"|(?:ai|ascend|h20|h200)\s+(?:chips?|units?))"
)
_BIG: Final = {
    None: 1.0, "": 1.0, "k": 1e3, "万": 1e4, "百万": 1e6, "million": 1e6, "mn": 1e6, "m": 1e6,
    "亿": 1e8, "billion": 1e9, "bn": 1e9, "b": 1e9,
}  # fmt: skip
_BOUNDS: Final = (
    (">=", re.compile(r"(?:至少|不低于|at least|no less than)\s*$")),
    ("<=", re.compile(r"(?:至多|最多|不超过|at most|up to|no more than)\s*$")),
    (">", re.compile(r"(?:超过?|突破|逾|高于|over|more than|above|exceed\w*|surpass\w*)\s*$")),
    ("<", re.compile(r"(?:不到|不足|低于|未及|less than|below|under|fewer than)\s*$")),
    ("~", re.compile(r"(?:约|近|接近|about|around|roughly|nearly|approximately|some|almost)\s*$")),
)  # fmt: skip
_SPEAKERS: Final = (
    ("IDC", r"(?<![a-z])idc(?![a-z])"),
    ("TrendForce", r"trendforce|集邦"), ("Bernstein", r"bernstein|伯恩斯坦"),
    ("Morgan Stanley", r"morgan stanley|摩根士丹利|大摩"), ("SemiAnalysis", r"semianalysis"),
    ("J.P. Morgan", r"j\.?p\.? ?morgan|摩根大通|小摩"), ("Jefferies", r"jefferies|杰富瑞"),
    ("Howard Lutnick", r"lutnick|卢特尼克"), ("Jeffrey Kessler", r"kessler|凯斯勒"),
    ("Jensen Huang", r"(?:黄仁勋|huang)[^,，。]{0,12}(?:说|称|表示|指出|透露|said|says|told)"),
    ("Nvidia", r"(?:英伟达|nvidia)[^,，。]{0,12}(?:说|称|表示|指出|said|says|reported|expects)"),
)  # fmt: skip
_PERIOD: Final = re.compile(
    r"(?P<y>20[12]\d)年?\s*(?P<part>底|末|上半年|下半年|第?[一二三四1-4]季度)?"
    r"|(?P<half>first|second) half of (?P<hy>20[12]\d)"
    r"|\b(?:q(?P<q>[1-4])|h(?P<h>[12]))\s*(?P<qy>20[12]\d)"
)
_YEAR_OF: Final = re.compile(r"(去年|last year)|今年|this year|年内")
_END_OF: Final = re.compile(r"(?:end of|year-end|end-)\s*$")
_QUARTERS: Final = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_CLAUSE: Final = re.compile(r"[,，、](?!\d{3})|——")


def read(text: str | Folded, published: date | None = None) -> tuple[Claim, ...]:
    """The figures of a text, in its order; a figure that repeats word for word stands once.

    "This year" and "last year" are read only where the day of publication is known.

    >>> [(c.subject, c.qualifier, c.value) for c in read("2025年国产算力占比将突破40%。")]
    [('domestic-share', '>', 40.0)]
    >>> read("60%的零部件来自中国供应商")
    ()
    """
    folded = fold(text) if isinstance(text, str) else text
    found: list[Claim] = []
    for sentence in sentences(folded):
        found += _sentence(sentence)
    found = [_relative(one, published) for one in found] if published else found
    return tuple(dict.fromkeys(found))


def _sentence(sentence: Folded) -> Iterator[Claim]:
    """Figures of one sentence; "this figure" takes the subject of the clause before it."""
    before: Subject | None = None
    begin = 0
    for clause in _clauses(sentence):
        for match in _PERCENT.finditer(clause.text):
            subject = _percent_subject(clause.text)
            if subject is None and before and _AGAIN.search(clause.text):
                subject = before
            if subject:
                before = subject
                unit = "percent_growth" if subject == "growth" else "percent"
                number = float(match["n"].replace(",", ""))
                yield _claim(subject, number, unit, clause, match.start(), sentence, begin)
        yield from _counted(clause, sentence, begin)
        begin += len(clause.text)


def _relative(claim: Claim, published: date) -> Claim:
    """A claim of "this year" or "last year" with the days that the publication gives it."""
    match = _YEAR_OF.search(fold(claim.words).text) if claim.start is None else None
    if match is None:
        return claim
    start, end = _months(published.year - (match[1] is not None), 1, 12)
    return replace(claim, start=start, end=end)


def _clauses(sentence: Folded) -> list[Folded]:
    """Clauses between commas; a short opening ("In 2023,") belongs to the clause after it."""
    cuts = [0, *(match.end() for match in _CLAUSE.finditer(sentence.text)), len(sentence.text)]
    parts = [Folded(sentence.original[a:b], sentence.text[a:b]) for a, b in pairwise(cuts) if b > a]
    joined: list[Folded] = []
    for part in parts:
        if joined and not re.search(r"\d\s*(?:%|percent|万|亿|billion|million)", joined[-1].text):
            last = joined.pop()
            part = Folded(last.original + part.original, last.text + part.text)
        joined.append(part)
    return joined


def _percent_subject(text: str) -> Subject | None:
    if re.search(_GREW, text) and re.search(_MAKER, text) and re.search(_QUANTITY, text):
        return "growth"
    if _CUT.search(text):
        return None
    shared = re.search(_SHARE, text)
    if shared and re.search(rf"{_LOCAL}[^。]{{0,24}}{_CHIP}", text):
        return "domestic-share"
    if shared and re.search(_NVIDIA, text) and re.search(_CHINA, text):
        return "nvidia-share"
    return None


def _counted(clause: Folded, sentence: Folded, begin: int) -> Iterator[Claim]:
    """Units of named chips, and money where revenue in China or a charge is named."""
    text = clause.text
    if re.search(_MODEL, text):
        for match in _UNITS.finditer(text):
            value = float(match["n"].replace(",", "")) * _BIG[match["big"]]
            if value >= 1000:
                yield _claim("units", value, "units", clause, match.start(), sentence, begin)
    subject = _money_subject(text)
    if subject:
        for match in _MONEY.finditer(text):
            number = float((match["n"] or match["n2"]).replace(",", ""))
            scale = _BIG[match["big"] or match["big2"]]
            value = round(number * scale / 1e9, 6)
            yield _claim(subject, value, "usd_bn", clause, match.start(), sentence, begin)


def _money_subject(text: str) -> Subject | None:
    if re.search(_CHARGE, text) and re.search(rf"{_NVIDIA}|{_MODEL}|amd", text):
        return "charge"
    earns = re.search(r"营收|收入|销售额|revenue|sales", text)
    if earns and re.search(_CHINA, text) and re.search(rf"{_NVIDIA}|{_MODEL}|amd", text):
        return "revenue"
    return None


def _claim(subject: Subject, value: float, unit: str, clause: Folded, at: int, sentence: Folded,
           begin: int) -> Claim:  # fmt: skip
    head = clause.text[:at]
    period = _period(head, clause.text) or _period(sentence.text[:begin], "")
    return Claim(
        subject=subject,
        value=value,
        qualifier=next((sign for sign, rule in _BOUNDS if rule.search(head)), "="),
        unit=unit,
        start=period[0] if period else None,
        end=period[1] if period else None,
        speaker=_speaker(sentence.text),
        words=clause.original.strip(" ,，、而"),
        ahead=bool(_AHEAD.search(clause.text)),
    )


def _speaker(text: str) -> str | None:
    return next((name for name, rule in _SPEAKERS if re.search(rule, text)), None)


def _period(before: str, after: str) -> tuple[date, date] | None:
    """The period named nearest before the figure, else first in its clause."""
    matches = list(_PERIOD.finditer(before))
    match = matches[-1] if matches else _PERIOD.search(after)
    if match is None:
        return None
    whole = before if matches else after
    year = int(match["y"] or match["hy"] or match["qy"])
    if match["half"] or match["h"] or match["part"] in ("上半年", "下半年"):
        first = match["half"] == "first" or match["h"] == "1" or match["part"] == "上半年"
        return _months(year, 1, 6) if first else _months(year, 7, 12)
    quarter = match["q"] or (match["part"] or "").removesuffix("季度").removeprefix("第")
    if quarter in _QUARTERS:
        number = _QUARTERS[quarter]
        return _months(year, 3 * number - 2, 3 * number)
    if match["part"] in ("底", "末") or _END_OF.search(whole[: match.start()]):
        return date(year, 12, 31), date(year, 12, 31)
    return _months(year, 1, 12)


def _months(year: int, first: int, last: int) -> tuple[date, date]:
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


# ---- beside the record --------------------------------------------------------------------------


def beside(
    claim: Claim,
    observations: Iterable[Observation],
    series: Iterable[Series],
    as_of: date | None = None,
) -> Beside:
    """What the houses published of the same quantity, unit and year as ``claim``.

    Only measured figures and forecasts can agree; claims in the record never support a claim.

    >>> beside(read("2025年国产算力占比将突破40%。")[0], [], []).agrees
    ()
    """
    units = {one.id: one.unit for one in series}
    names = CANDIDATES[claim.subject]
    rows = [
        one
        for one in observations
        if one.series in names
        and units.get(one.series) == claim.unit
        and (as_of is None or one.published <= as_of)
    ]
    same = [one for one in shares.without_repeats(rows) if _same_year(claim, one)]
    solid = [one for one in same if shares.nature_of(one) in ("actual", "estimate", "forecast")
             and one.flag not in shares.HIDDEN_FLAGS]  # fmt: skip
    agrees = tuple(one for one in solid if _fits(claim, one))
    far = sorted(
        (one for one in solid if one not in agrees and not one.derived),
        key=lambda one: (abs(one.value - claim.value), one.number),
    )
    said = tuple(
        one
        for one in rows
        if shares.nature_of(one) in ("claim", "target")
        and (one.value, one.qualifier) == (claim.value, claim.qualifier)
        and (claim.end is None or _same_year(claim, one))
    )
    return Beside(claim, agrees, tuple(far[:NEAREST]), said)


def _same_year(claim: Claim, one: Observation) -> bool:
    """Whether both speak of the same year; half a year or a quarter only of the very same."""
    if claim.start is None or claim.end is None:
        return False
    if claim.start == claim.end or (claim.end - claim.start).days > 300:
        return one.period_end.year == claim.end.year and (
            one.period_start == one.period_end or (one.period_end - one.period_start).days > 300
        )
    return (claim.start, claim.end) == (one.period_start, one.period_end)


def _fits(claim: Claim, one: Observation) -> bool:
    """Whether the published figure is one that the claim's words allow."""
    match claim.qualifier:
        case ">":
            return one.value > claim.value
        case ">=":
            return one.value >= claim.value
        case "<":
            return one.value < claim.value
        case "<=":
            return one.value <= claim.value
        case _:
            return one.value == claim.value


def verdict(found: Beside) -> str:
    """``agrees``, ``conflict`` or ``no house`` (nothing was published that it could be held to).

    >>> verdict(Beside(read("2025年国产算力占比将突破40%。")[0], (), (), ()))
    'no house'
    """
    if found.agrees:
        return "agrees"
    return "conflict" if found.nearest else "no house"


def count(found: Sequence[Beside]) -> dict[str, int]:
    """How many of each verdict.

    >>> count([])
    {}
    """
    words = [verdict(one) for one in found]
    return {word: words.count(word) for word in dict.fromkeys(words)}
