"""Plain words of a sentence about an act: its way, who acts, how many firms, what it leans on.

Read where recognition, which knows headlines, says too little of a sentence.
"""

from __future__ import annotations

import re
from typing import Final

POINTS_BACK: Final = re.compile(
    r"^(?:the (?:move|step|decision|announcement|rule|ban|order|change|news|licen[cs]es?)|this|it"
    r"|that)\b|^(?:此举|这一(?:决定|举措|变化|消息)|该(?:决定|规则|措施|禁令)|这)"
)
"""A sentence that begins so speaks of the act told last."""

POINTS: Final = re.compile(
    r"\b(?:(?:the|its|their)(?: first| same| new)?"
    r" (?:ban|controls?|rules?|measures?|restrictions?|curbs?|requirements?|licen[cs]es?|orders?)"
    r"|the (?:company|firm|chip|chipmaker)|these|this|those|them|it)\b|上述|该|此|这些|这一"
)
"""Words that lean on something named before."""

_LIFTED: Final = re.compile(
    r"\b(?:lift|eas|suspend|paus|revers|rescind|repeal|abolish|cancel|withdr[ae]w|scrap|end|drop|remov)\w*\b.{0,40}"
    r"\b(?:ban|curb|control|restriction|requirement|measure|rule)s?\b"
    r"|\b(?:ban|curb|control|restriction|requirement|measure|rule)s?\b.{0,40}\b(?:was|were|been"
    r"|is|are)"
    r" (?:lifted|eased|suspended|paused|reversed|rescinded|withdrawn|scrapped|dropped|removed)"
    r"|(?:解除|取消|撤销|撤回|废除|废止|暂停|放宽|中止)[^,，。]{0,20}(?:禁令|管制|限制|措施|规则)"
)
_WAYS: Final = {
    "tighten": re.compile(
        r"\b(?:ban(?:s|ned|ning)?|block(?:s|ed)?|halt(?:s|ed)?|prohibit\w*|restrict\w*|curb\w*"
        r"|tighten\w*|blacklist\w*|bar(?:s|red)|embargo|impos\w*|requirements?|need a licen[cs]e"
        r"|controls? on|export controls?)\b"
        r"|禁令|禁售|禁止|叫停|限制|管制|列入|收紧|须获得?许可|须申请许可|约谈"
    ),
    "ease": re.compile(
        r"\b(?:approv(?!al (?:process|system|regime|rule))\w*|allow\w*|resum\w*"
        r"|lift(?:s|ed)?|eas(?:es|ed|ing)|clear(?:s|ed)|permit(?:s|ted)"
        r"|relax\w*|exempt(?:s|ed)|suspend\w*|waive\w*|promis\w*)\b"
        r"|批准|恢复|放行|解禁|放宽|暂停实施|允许|松绑|豁免"
    ),
}  # fmt: skip
_FIRMS: Final = re.compile(
    r"(?<![\d.,])(\d{1,3})\s+(?:\w+[ -]){0,3}?(?:compan|entit|firm|subsidiar)"
    r"|(?<![\d.,])(\d{1,3}) of (?:them|which|whom|the (?:firms|companies|entities))\b"
    r"|\banother (\d{1,3}) (?:\w+ )?(?:on|to|under)\b"
    r"|(?<![\d.])(\d{1,3})\s*(?:家|个实体)"
)
_FIGURE: Final = re.compile(r"\d")
_CAPITALS: Final = {
    "US": re.compile(
        r"\bu\.s\.|\bus\b|united states|washington|commerce department|\bbis\b|white house"
        r"|trump|biden|american|美国|美方|特朗普|拜登|白宫|华盛顿"
    ),
    "CN": re.compile(
        r"\bchina\b|\bbeijing\b|mofcom|chinese (?:ministr|regulator|customs|government)"
        r"|\bsamr\b|\bcac\b|cyber ?(?:space)? (?:regulator|administration)"
        r"|中国|中方|商务部|网信办|海关|市场监管|北京|国务院"
    ),
}


_GATHERINGS: Final = {
    "talks": re.compile(
        r"\b(?:talks?|negotiat\w*|rounds?|summits?|meetings?|meets?|met|discuss\w*)\b"
        r"|会谈|磋商|谈判|会晤|会面|峰会|举行会"
    ),
    "trip": re.compile(
        r"\b(?:visit\w*|trips?|travel\w*|toured?|arriv\w*|flew|tours)\b|访|到访|之行|抵|出席"
    ),
}  # fmt: skip

_ZERO: Final = re.compile(r"\bzero\b|归零|[至到为]零|清零")

_STAGES: Final = {
    "introduced": re.compile(r"\bintroduc\w*|\bpropos\w*|\bwould\b|\bunveil\w*|提出|提案"),
    "committee": re.compile(r"(?<!standing )\bcommittee\b|\badvanc\w*|(?<!常务)委员会"),
    "passed": re.compile(r"(?<!committee )\bpass(?:es|ed)\b|\bapproves?\b|\badopt(?:s|ed)\b|通过"),
    "dropped": re.compile(r"\bleft out\b|\bleaves?\b.{0,40}\bout\b|\bdropp?(?:s|ed)?\b|删去"),
    "signed": re.compile(r"\bsign(?:s|ed)\b|签署"),
    "rejected": re.compile(
        r"\breject\w*|\bvot(?:es|ed) down\b|\bdefeat\w*|\bfail(?:s|ed) to pass|否决"
    ),
}  # fmt: skip

_REFUSED: Final = re.compile(
    r"\b(?:not|never|no longer|refus\w+ to|declin\w+ to|won't|doesn't|didn't)\s+(?:\w+\s){0,2}?"
    r"(?:approv|allow|permit|licen[cs]e|resum|clear|let|(?:be )?grant|(?:be )?issu)"
    r"|\b(?:stop|halt|revok|den[iy]|withh[eo]ld)\w*(?: \w+){0,2}"
    r" (?:permits?|licen[cs]es?|approvals?)\b"
    r"|(?:不|未|拒绝|没有)(?:再)?(?:获)?(?:批准|允许|放行|恢复|批)"
)


def direction_said(folded: str) -> str:
    """The way an act goes by its plain words: ``tighten``, ``ease``, or '' where both or none.

    >>> direction_said("the us banned h20 sales"), direction_said("the ban was lifted")
    ('tighten', 'ease')
    >>> direction_said("it will not allow sales")
    'tighten'
    """
    if _REFUSED.search(folded):
        return "tighten"
    if _LIFTED.search(folded):
        return "ease"
    ways = [way for way, rule in _WAYS.items() if rule.search(folded)]
    return ways[0] if len(ways) == 1 else ""


def gatherings(folded: str) -> frozenset[str]:
    """Whether a text speaks of ``talks`` or of a ``trip``, by its plain words.

    >>> sorted(gatherings("the two sides met in madrid")), sorted(gatherings("an office in madrid"))
    (['talks'], [])
    """
    return frozenset(kind for kind, rule in _GATHERINGS.items() if rule.search(folded))


def to_zero(folded: str) -> bool:
    """Whether a text says that something came to nothing, in words.

    >>> to_zero("from 95% to zero"), to_zero("从95%降至零"), to_zero("from 95% to 50%")
    (True, True, False)
    """
    return bool(_ZERO.search(folded))


def stages(folded: str) -> frozenset[str]:
    """The steps of a bill that a text speaks of; a committee's vote is no passage.

    >>> sorted(stages("the house passed the act")), sorted(stages("the committee passed the act"))
    (['passed'], ['committee'])
    """
    found = {name for name, rule in _STAGES.items() if rule.search(folded)}
    return frozenset(found - {"passed"} if "committee" in found else found)


def acting(folded: str) -> str:
    """The capital that is named first as the one that acts; '' where none is.

    >>> acting("the u.s. told nvidia that china sales need a licence"), acting("商务部公告")
    ('US', 'CN')
    """
    found = [(match.start(), place) for place, rule in _CAPITALS.items()
             if (match := rule.search(folded))]  # fmt: skip
    return min(found)[1] if found else ""


def counts(folded: str) -> list[str]:
    """The numbers of firms or entities that a text names, in its order, each as often as there.

    >>> counts("lists 20 more entities and puts another 20 firms on watch")
    ['20', '20']
    """
    if not _FIGURE.search(folded):
        return []
    return [number for found in _FIRMS.findall(folded) for number in found if number]


def firms(folded: str) -> frozenset[str]:
    """The numbers of firms or entities that a text names.

    >>> sorted(firms("adds 36 chinese firms")), sorted(firms("将140家企业列入"))
    (['36'], ['140'])
    """
    return frozenset(counts(folded))
