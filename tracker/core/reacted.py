"""An act of Beijing that a sentence names only as what somebody else speaks of.

``欧盟对中国限制镓出口表示关切`` and ``EU worried by China's export curbs`` hold all the words of a
curb of Brussels on China, and tell of none: what stands between the preposition and the words of
feeling, or behind the verb of speaking, is China's doing. Words of the other side belong to the act
that they answer (labelling rules of the corpus). Read on folded text (lower case, simplified).
"""

from __future__ import annotations

from typing import Final

from tracker.core.late import late
from tracker.core.signs import sign, signs_in

_CHINA: Final = r"(?:中国|中方|中共|北京|大陆|内地)"
_FEELING: Final = (
    "(?:关切|担忧|忧虑|担心|忧心|不安|遗憾|不满|失望|抗议|异议|质疑|警惕|关注|反对|谴责"
    "|批评|回应|反应)"
)
_WORDS: Final = (
    r"(?:表示|表达|感到|深感|深表|提出|作出|做出|发出|予以|保持|必须|须|将|作|提)"
    rf"[^,，。;；:： ]{{0,8}}?[“\"「]?{_FEELING}"
)
_CURB: Final = r"(?:管制|限制|禁令|禁售|禁运|措施|新规|公告|规定|清单|审查|调查)"
_CHINESE: Final = late(
    rf"(?:对|就|针对){_CHINA}[^,，。;；:： ]{{2,40}}?(?={_WORDS})"
    rf"|(?:针对|因应|应对|监督|监测|评估|研判|抗议|谴责|批评|不满|担忧|担心|忧心|反对|回应){_CHINA}"
    rf"[^,，。;；:： ]{{0,30}}?{_CURB}"
)
_CHINESE_SIGNS: Final = sign(
    "对", "就", "应", "监", "评", "研", "抗", "谴", "批", "不满", "担", "忧", "关注",
)  # fmt: skip

_ENGLISH: Final = late(
    r"\b(?:concern(?:s|ed)? (?:over|about|at|by)|worr(?:y|ies|ied) (?:over|about|by|at)"
    r"|fears? (?:over|about)|alarm(?:ed|s)? (?:over|about|by|at)|regrets?|deplores?|protests?"
    r"|decries|condemns?|opposes?|criticis?z?es|slams?|denounces?|assess(?:es|ing)?|monitors?"
    r"|(?:respond(?:s|ed)?|responses?|reacts?|reaction|answers?) to|meetings? (?:on|over)"
    r"|(?:unfazed|unaffected|little affected) by)"
    r" (?P<act>(?:new |latest |fresh |the )?"
    r"(?:china's|china\u2019s|chinese|beijing's|beijing\u2019s)\b[^,;:()]{0,80})"
)
_ENGLISH_SIGNS: Final = sign("china", "chinese", "beijing")

_ENDS: Final = late(
    r"\b(?:suspen|paus|lift|eas(?:e|ing)\b|remov|resum|end(?:s|ing)? )"
    r"|暂停|中止|取消|解除|放宽|恢复|放行|豁免|撤销"
)
"""What ends a curb: whoever speaks of that answers another act."""


def reacted(text: str) -> list[tuple[int, int]]:
    """Where a sentence (folded) names a curb of Beijing that somebody else speaks of.

    >>> reacted("欧盟对中国限制镓出口表示关切")
    [(2, 10)]
    >>> reacted("荷兰对中国限制光刻机出口"), reacted("eu curbs exports to china")
    ([], [])
    >>> reacted("eu worried by china's rare earth curbs")
    [(14, 38)]
    """
    found, seen = [], signs_in(text)
    if seen & _ENGLISH_SIGNS:
        found += [match.span("act") for match in _ENGLISH.finditer(text)]
    if seen & _CHINESE_SIGNS:
        found += [match.span() for match in _CHINESE.finditer(text)]
    return [(start, end) for start, end in found if not _ENDS.search(text, start, end)]
