"""What a figure in running text is a figure of: narrow rules in three scripts.

A figure is read only where its clause also names what it is a figure of; words that make it a
figure of something else (a tariff, a share price, a stake) near it leave it unread.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import Final, Literal

from tracker.core.quantities import Quantity

Subject = Literal[
    "domestic-share", "nvidia-share", "china-of-nvidia", "growth", "units", "revenue", "charge"
]

_LOCAL: Final = (
    r"(?:国产|本土|自主|国内(?=芯片|厂商|供应商|品牌|企业)|中国(?=品牌|厂商|芯片商|供应商)"
    r"|domestic(?:ally)?|home-?grown|local(?:ly)?|china-made|chinese[- ](?:made|brand\w*"
    r"|vendor\w*|supplier\w*"
    r"|chip ?makers?|designed|accelerator makers?|chips?|ai chips?)|china's own|indigenous)"
)
_CHIP: Final = (
    r"(?:芯片|晶片|算力|加速卡|加速器|gpu|chip|accelerator|semiconductor|supplier|vendor|processor"
    r"|厂商|供应商|品牌|brand)"
)
_SHARE: Final = (
    r"(?:占|份额|比例|比重|市占|国产化率|自给率|\bshares?\b(?! (?:price|of nvidia (?:rose|fell)))"
    r"|account(?:s|ed|ing)?\b"
    r"|proportion|(?:percent|per cent|%|half|thirds?|quarters?|fifths?) of|out of|in three"
    r"|made up|make up"
    r"|装机|数字|self-sufficiency|locali[sz]ation|took|supplied?)"
)
_TAKES: Final = re.compile(
    rf"{_LOCAL}[^。]{{0,20}}(?:\b(?:took|held|had|made up|account\w* for)\b|占)[^。]{{0,60}}{_CHIP}"
)
"""Local makers that take a part of the chips named after it."""

_SELF: Final = re.compile(
    r"(?:芯片|晶片|算力|gpu|ai).{0,10}(?:国产化率|自给率)|(?:国产化率|自给率).{0,12}(?:芯片|晶片"
    r"|gpu|ai)"
    r"|(?:chip|gpu|accelerator)\w*.{0,20}(?:self-sufficiency|locali[sz]ation)"
    r"|(?:self-sufficiency|locali[sz]ation).{0,40}(?:chip|gpu|accelerator)"
)
NVIDIA: Final = re.compile(r"英伟达|辉达|nvidia")
_CHINA: Final = re.compile(r"中国|china|chinese|大陆|内地|[在对]华")
_NVIDIA_SHARE: Final = re.compile(
    r"份额|市占|占比|占有率|\bmarket[- ]share|\bshare\b|account\w*|占(?=据|中国|了|\d|约|近|超"
    r"|[一二三四五六七八九])"
    r"|control\w*|dominat\w*|\b(?:held|holds?|has|had|took|takes)\b(?=[^.]{0,60}\bmarket\b"
    r"|[^.]{0,30}(?:%|per ?cent) of [^.]{0,30}\b(?:cards|chips|accelerators|gpus)\b)"
)
_ITS: Final = re.compile(r"\b(?:its|the company'?s?|our|their)\b|其|该公司|公司|我们")
_OF_NVIDIA: Final = re.compile(
    r"(?:中国|大陆)(?:市场|业务|地区|区|内地|和香港"
    r"|及香港)*[^,，。]{0,10}占[^,，。]{0,12}(?:英伟达|辉达|公司|其)[^,，。]{0,10}(?:营收|收入"
    r"|销售)"
    r"|china\b[^.]{0,40}(?:account\w*|made up|represent\w*|contribut\w*|was|is)[^.]{0,40}(?:of"
    r"|to) (?:nvidia's|its|the company's) "
    r"(?:total |overall |annual |quarterly |data[- ]cent\w+ )*(?:revenue|sales)"
)
_GREW: Final = (
    r"(?:增长|增加|增幅|增至|飙升|激增|大增|提高|翻|暴增|growth|grew|grow|rose|rise|jump|surg"
    r"|soar|increas|climb|up (?=\d)"
    r"|doubl|tripl|quadrupl|fold\b|times)"
)
_SHRANK: Final = re.compile(
    r"下降|减少|下滑|缩减|大跌|\b(?:fell|dropp\w+|declin\w+|shr[aiu]nk|plung\w+|slump\w*|down)\b"
)
_QUANTITY: Final = (
    r"(?:出货|销量|营收|收入|净利|产量|产能|shipment|shipped|revenue|sales|output|production"
    r"|deliveries)"
)
_MAKER: Final = (
    r"(?:[昇升]腾|华为|寒武纪|海光|沐曦|摩尔线程|昆仑芯|平头哥|国产芯片|国产ai芯片|ascend|huawei"
    r"|cambricon|hygon|metax"
    r"|moore threads|kunlunxin|t-head|local (?:ai )?chip|domestic (?:ai )?chip"
    r"|chinese (?:ai )?chip)"
)
_MODEL: Final = re.compile(
    r"[昇升]腾|ascend|\bh20\b|\bh200\b|mi308|910[bc]|h20|ai芯片|ai chip|ai加速|国产加速卡"
)
_CHARGE: Final = re.compile(
    r"减记|减值|计提|一次性费用|库存费用|\bcharges?\b(?! of (?:smuggl|conspir|fraud))"
    r"|write-?downs?|write-?offs?"
    r"|writes? (?:off|down)|wrote (?:off|down)|费用|损失"
)
_EARNS: Final = re.compile(r"营收|收入|销售额|revenue|\bsales\b|sold|\bsells?\b|卖出|销售")
_AMD: Final = re.compile(r"\bamd\b|超威")
_AGAIN: Final = re.compile(
    r"(?:这一|该)(?:数字|比例|占比|份额)|this (?:share|figure|number|proportion)|that (?:share"
    r"|figure)|the figure"
)
# A part of somebody's revenue handed over, or being wholly out, is no share of a market.
_CUT: Final = re.compile(
    r"(?:%|percent|per cent)(?: share| cut)?\s*(?:of|from|for|china)?[^.,]{0,48}"
    r"(?:revenue|sales\b|government|washington|treasury)|(?<![芯晶]片)(?:营收|销售额|收入)的?\d|%\s*(?:离开"
    r"|out of)"
    r"|分成|抽成|上缴|hand over|\bpay\b|levy|抽取"
)
_OTHER: Final = re.compile(
    r"tariff|关税|股价|股票|涨|跌停|(?:收|盘)[高低涨跌]|\bshares (?:rose|fell|gained|jumped|slid"
    r"|dropp|were|closed|are up|are down"
    r"|climb|surg|plung)|\bstocks\b|\bstock (?:price|market)|stake|持股|股权|股份(?!额)|margin"
    r"|毛利|净利率|\byields?\b"
    r"|良率|market cap|市值|\btax\b|税率|利率|interest"
    r"|probab|可能性|概率|efficien|performance|性能|利用率|utili[sz]|cheaper|discount|折扣|价格"
    r"|\bprices?\b|inflation|gdp|生产总值"
    r"|subsid(?:y|ies)\b|补贴|50% rule|ownership|控股|bandwidth|带宽|power consum|功耗"
    r"|respondents|受访|poll(?:ed)?\b"
    r"|employees|员工|workforce|users|用户|students|researchers|人才"
)
NEAR: Final = 22
"""Characters to both sides of a figure in which a word makes it a figure of something else."""

AHEAD: Final = re.compile(
    r"将(?!近)|预计|有望|预期|料将|目标|\bwill\b|expect|forecast|project(?:ed|s)|could"
    r"|\bby 20\d\d|predict|estimate[sd]? to"
    r"|aims?\b|plans? to|target"
)
_SPEAKERS: Final = tuple(
    (name, re.compile(rule))
    for name, rule in (
        ("IDC", r"(?<![a-z])idc(?![a-z])"), ("TrendForce", r"trendforce|集邦"),
        ("Bernstein", r"bernstein|伯恩斯坦"), ("Morgan Stanley", r"morgan stanley|摩根士丹利|大摩"),
        ("SemiAnalysis", r"semianalysis"), ("J.P. Morgan", r"j\.?p\.? ?morgan|摩根大通|小摩"),
        ("Jefferies", r"jefferies|杰富瑞"), ("Goldman Sachs", r"goldman|高盛"),
        ("UBS", r"\bubs\b|瑞银"), ("Citi", r"\bciti(?:group|bank)?\b|花旗"),
        ("Counterpoint", r"counterpoint"), ("Omdia", r"omdia"), ("Gartner", r"gartner"),
        ("Frost & Sullivan", r"frost (?:&|and) sullivan|弗若斯特"),
        ("Howard Lutnick", r"lutnick|卢特尼克"), ("Jeffrey Kessler", r"kessler|凯斯勒"),
        ("Jensen Huang",
         r"(?:黄仁勋|huang)[^,，。]{0,12}(?:说|称|表示|指出|透露|坦言|said|says|told|estimat|put)"),
        ("Nvidia",
         r"(?:英伟达|辉达|nvidia)[^,，。]{0,12}(?:说|称|表示|指出|披露|said|says|reported|expects"
         r"|disclosed)"),
        ("AMD", r"\bamd[^,，。]{0,12}(?:说|称|表示|said|says|reported|expects)"),
    )
)  # fmt: skip
_PERIOD: Final = re.compile(
    r"(?P<half>first|second) half of (?P<hy>20[12]\d)"
    r"|(?P<quarter>first|second|third|fourth) quarter of (?P<quy>20[12]\d)"
    r"|\b(?:q(?P<q>[1-4])|h(?P<h>[12]))\s*(?:of\s*)?(?P<qy>20[12]\d)"
    r"|\b(?P<yq>20[12]\d)\s*(?:q(?P<q2>[1-4])|h(?P<h2>[12]))\b"
    r"|first (?P<run>three quarters|nine months|six months|three months) of (?P<ry>20[12]\d)"
    r"|(?P<y>20[12]\d)年?\s*(?P<part>底|末|年底|上半年|下半年|前[一二三1-3]个?季度?|前[三六九369]个?月"
    r"|第?[一二三四1-4]季度?)?"
)
_DAY_BEFORE: Final = re.compile(
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|\b(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.?)(?: \d{1,2},?)?,? $"
)
_DAY_AFTER: Final = re.compile(r"\s*\d{1,2}月|-\d\d")
_FISCAL: Final = re.compile(r"\b(?:fiscal|fy)\s*$|财年|财政")
_END_OF: Final = re.compile(r"(?:end of|year-end|end-|late)\s*$")
_RELATIVE: Final = re.compile(
    r"(?P<last>去年|last year)|(?P<next>明年|next year)|今年|this year|年内|本年度"
)
_RELATIVE_HALF: Final = re.compile(r"(?P<one>上半年|first half)|(?P<two>下半年|second half)")
_RUNS: Final = (
    (re.compile(r"three quarters|nine months|前[三3]个?季度?|前[九9]个?月"), 9),
    (re.compile(r"six months|前[二两2]个?季度?|前[六6]个?月"), 6),
    (re.compile(r"three months|前[一1]个?季度?|前[三3]个?月"), 3),
)
_FOLLOWS: Final = re.compile(
    r"\s*(?:share|of (?:the|its|china's)[^,.]{0,40}|market share)?\s*(?:in|for|by|during|at|as of"
    r"|of)"
    r"\s*(?:the\s+)?(?:end of |year-end |fiscal )?"
)
_QUARTERS: Final = {
    "一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4,
    "first": 1, "second": 2, "third": 3, "fourth": 4,
}  # fmt: skip

Days = tuple[date, date]


def subject_of(clause: str, before: str, quantity: Quantity) -> Subject | None:
    """What a quantity in a folded clause is a figure of; None where its clause does not say.

    ``before`` is the sentence up to the clause: whose "its" is.

    >>> from tracker.core.quantities import find
    >>> clause = "国产芯片占比达40%"
    >>> subject_of(clause, "", find(clause)[0])
    'domestic-share'
    """
    match quantity.sort:
        case "percent" | "zero":
            return _of_percent(clause, before, quantity)
        case "growth":
            return "growth" if _grows(clause) else None
        case "money":
            return _of_money(clause)
        case _:
            counted = _MODEL.search(clause) and quantity.value >= 1000
            return "units" if counted and not _near_other(clause, quantity) else None


def again(clause: str) -> bool:
    """Whether a clause speaks of "this figure".

    >>> again("这一数字已飙升至34.6%"), again("fell to 8%")
    (True, False)
    """
    return bool(_AGAIN.search(clause))


def _of_percent(clause: str, before: str, quantity: Quantity) -> Subject | None:
    if _near_other(clause, quantity):
        return None
    if quantity.sort == "percent" and _grows(clause) and _after_growth(clause, quantity):
        return "growth"
    if _OF_NVIDIA.search(clause) and quantity.sort == "percent":
        return "china-of-nvidia"
    if _CUT.search(clause):
        return None
    if quantity.sort == "percent":
        local = re.search(rf"{_LOCAL}[^。]{{0,24}}{_CHIP}", clause) or re.search(
            rf"{_CHIP}[^。,]{{0,30}}\bfrom (?:domestic|local|chinese|home)", clause)  # fmt: skip
        takes = _TAKES.search(clause)
        if _SELF.search(clause) or takes or (local and re.search(_SHARE, clause)):
            return "domestic-share"
    return "nvidia-share" if _nvidia_share(clause, before) else None


def _nvidia_share(clause: str, before: str) -> bool:
    """Nvidia's part of the Chinese market, told with its name or with "its" after it."""
    if not _NVIDIA_SHARE.search(clause):
        return False
    named = NVIDIA.search(clause)
    if not named and not (NVIDIA.search(before) and _ITS.search(clause)):
        return False
    return bool(_CHINA.search(clause) or (_CHINA.search(before) and _ITS.search(clause)))


def _near_other(clause: str, quantity: Quantity) -> bool:
    near = clause[max(0, quantity.start - NEAR) : quantity.end + NEAR]
    return bool(_OTHER.search(near))


def _grows(clause: str) -> bool:
    return bool(
        (re.search(_GREW, clause) or _SHRANK.search(clause))
        and re.search(_MAKER, clause)
        and re.search(_QUANTITY, clause)
    )


def _after_growth(clause: str, quantity: Quantity) -> bool:
    """Whether the words of growth govern this figure: "rose 300%", not "a share of 40%"."""
    head = clause[: quantity.start]
    grown = [m.end() for m in re.finditer(_GREW, head)] + [m.end() for m in _SHRANK.finditer(head)]
    shared = [m.end() for m in re.finditer(r"占比?|份额|市占|\bshare\b", head)]
    trailing = re.match(r"\s*(?:growth|increase|jump|surge|rise|year)", clause[quantity.end :])
    if grown:
        return max(grown) > max(shared, default=-1)
    return bool(trailing)


def shrinks(clause: str, quantity: Quantity) -> bool:
    """Whether a growth is told as a decline.

    >>> from tracker.core.quantities import find
    >>> text = "cambricon revenue fell 48%"
    >>> shrinks(text, find(text)[0])
    True
    """
    head = clause[: quantity.start]
    down = [m.end() for m in _SHRANK.finditer(head)]
    grown = [m.end() for m in re.finditer(_GREW, head)]
    return max(down, default=-1) > max(grown, default=-1)


def _of_money(clause: str) -> Subject | None:
    whose = NVIDIA.search(clause) or _MODEL.search(clause) or _AMD.search(clause)
    if not whose:
        return None
    if _CHARGE.search(clause):
        return "charge"
    named = _CHINA.search(clause) or _MODEL.search(clause)
    return "revenue" if _EARNS.search(clause) and named else None


def speaker(sentence: str, start: int, end: int) -> str | None:
    """Who is said to have said the figure at ``start``: the nearest named before it, else after it.

    >>> speaker("idc says 41%, bernstein 37%", 9, 12), speaker("41%, idc says", 0, 3)
    ('IDC', 'IDC')
    """
    found = [(match.start(), name) for name, rule in _SPEAKERS for match in rule.finditer(sentence)]
    before = [pair for pair in found if pair[0] < start]
    after = [pair for pair in found if pair[0] >= end]
    if before:
        return max(before)[1]
    return min(after)[1] if after else None


def period(clause: str, quantity: Quantity, rest: int, before: str) -> Days | None:
    """The days that the words name for a figure: right after it, nearest before, in its clause.

    ``rest`` is where the next figure of the clause begins, ``before`` the sentence up to it.

    >>> from tracker.core.quantities import find
    >>> text = "from 14% in 2023 to 34.6% in 2024"
    >>> [str(period(text, q, 18, "")[1]) for q in find(text)[:1]]
    ['2023-12-31']
    """
    lead = _FOLLOWS.match(clause, quantity.end)
    if lead:
        match = _PERIOD.match(clause, lead.end())
        if match and match.start() < rest:
            return _days(clause, match)
    places = ((clause[: quantity.start], -1), (clause[quantity.end : rest], 0), (before, -1))
    for text, place in places:
        matches = [match for match in _PERIOD.finditer(text) if not _dated(text, match)]
        if matches:
            return _days(text, matches[place])
    return None


def _dated(text: str, match: re.Match[str]) -> bool:
    """Whether a year is part of a day or month: when it was said, not what it is of."""
    head, tail = text[: match.start()], text[match.end() :]
    return bool(_DAY_BEFORE.search(head) or _DAY_AFTER.match(tail)) and not match["part"]


def _days(text: str, match: re.Match[str]) -> Days | None:
    if _FISCAL.search(text[: match.start()][-8:]) or _FISCAL.match(text[match.end() :]):
        return None  # a firm's own year: its days are not in the words
    years = (match[name] for name in ("y", "hy", "quy", "qy", "yq", "ry"))
    year = int(next(year for year in years if year))
    part = match["part"] or ""
    if months := _run(match["run"] or part):
        return _months(year, 1, months)
    if match["half"] or match["h"] or match["h2"] or part in ("上半年", "下半年"):
        first = "first" in (match["half"] or "") or "1" in (match["h"] or match["h2"] or "")
        return _months(year, 1, 6) if first or part == "上半年" else _months(year, 7, 12)
    quarter = match["q"] or match["q2"] or match["quarter"] or part.removesuffix("度")
    quarter = quarter.removesuffix("季").removeprefix("第")
    if quarter in _QUARTERS:
        number = _QUARTERS[quarter]
        return _months(year, 3 * number - 2, 3 * number)
    if part in ("底", "末", "年底") or _END_OF.search(text[: match.start()]):
        return date(year, 12, 31), date(year, 12, 31)
    return _months(year, 1, 12)


def _run(words: str) -> int:
    """The months of "the first three quarters", 前九个月; 0 where no such run is named."""
    return next((months for rule, months in _RUNS if rule.search(words)), 0)


def relative(words: str, published: date) -> Days | None:
    """The days of "this year", "last year", "the first half of this year", from the publication.

    >>> relative("国产芯片今年上半年占比40%", date(2025, 8, 1))[1].isoformat()
    '2025-06-30'
    """
    match, half = _RELATIVE.search(words), _RELATIVE_HALF.search(words)
    if match is None:
        return _half_just_past(half, published) if half else None
    year = published.year - (match["last"] is not None) + (match["next"] is not None)
    if months := _run(words):
        return _months(year, 1, months)
    if half:
        return _months(year, 1, 6) if half["one"] else _months(year, 7, 12)
    return _months(year, 1, 12)


def _half_just_past(half: re.Match[str], published: date) -> Days | None:
    """A half-year named without its year: the one that ended within the last six months."""
    if half["one"]:
        return _months(published.year, 1, 6) if published.month >= 7 else None
    return _months(published.year - 1, 7, 12) if published.month <= 6 else None


def _months(year: int, first: int, last: int) -> Days:
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])
