"""An act of one country that a sentence tells in the words of another.

``South Korea says US has revoked waivers`` and ``日本称中国已禁止对日出口`` tell of an act of
Washington or Beijing; Seoul and Tokyo only pass it on. So who speaks, and that he does, are left
out of what the sentence says. What somebody may do, should do or is blamed for stays in his words.
Read on folded text (lower case, simplified).
"""

from __future__ import annotations

from typing import Final, NamedTuple

from tracker.core.late import late
from tracker.core.lexicon import Hit
from tracker.core.signs import sign, signs_in
from tracker.core.text import has_han

_ENGLISH: Final = late(
    r"[^,;:()]{2,60}? (?:says?|said|confirms?|confirmed|announces?|announced|discloses?|disclosed"
    r"|reveals?|revealed|acknowledges?|acknowledged|reports?|reported|tells? \w+|told \w+)"
    r"(?: (?:on |late |early )*\w+day)?(?: that)? (?:the )?"
    r"|[^,;:()]{2,30}: (?:the )?"
)
_ENGLISH_SIGNS: Final = sign(
    " say", " said", " confirm", " announce", " disclose", " reveal", " acknowledge", " report",
    " tell", " told", ": ",
)  # fmt: skip
_CHINESE: Final = late(r"[^,，:：;；。]{2,16}?(?:称|表示|证实|透露|披露|宣布|确认|说|指)[,，:：]?")
_CHINESE_SIGNS: Final = sign("称", "表示", "证实", "透露", "披露", "宣布", "确认", "说", "指")

_DOES: Final = late(
    r"(?: (?:government|administration))?"
    r"(?: (?:has|have|had|will|is|was|also|already|now|again|just|partly|fully|recently|formally"
    r"|officially|decided to|to|(?P<pact>agreed to)))* "
)
_DOES_ZH: Final = late(
    r"(?:政府|方面|当局|商务部)?"
    r"(?:已经?|将|会|近日|日前|再次|正式|重新|再度|于?\d+日|决定|(?P<pact>同意))*"
)
_TO_COME: Final = late(r"\bwill\b|\bto\b|将|会")
_CLAUSE: Final = late(r"[,，。;；!！?？]|$")
_REACH: Final = 20
_VAGUE: Final = late(
    r"\b(?:may|might|could|should|would|must|wants?|plans?|seeks?|considers?|not)\b"
    r"|可能|或将|应|须|必须|若|如果|考虑|计划|拟|希望|想|不"
)


class Voices(NamedTuple):
    """Bits of the roles of the three sides, of the third of them, of firms, of acting, of easing.

    What one of the two capitals says that the other imposed or broke is a complaint; only what the
    other has eased is told. What both agreed on are talks of theirs; an ally tells an act.
    """

    sides: tuple[int, ...]
    ally: int
    firms: int
    acting: int
    easing: int


def conveyed(hits: tuple[Hit, ...], text: str, voices: Voices) -> int:
    """How many letters of a sentence (folded) only say whose words it is; 0 where it acts itself.

    >>> from tracker.core.examples import lexicon
    >>> from tracker.core.marks import voices_of
    >>> conveyed((), "us adds huawei to entity list", voices_of(lexicon()))
    0
    """
    signs, saying = (_CHINESE_SIGNS, _CHINESE) if has_han(text) else (_ENGLISH_SIGNS, _ENGLISH)
    if not signs_in(text) & signs:
        return 0
    said = saying.match(text)
    if not said:
        return 0
    before = [hit for hit in hits if hit.end <= said.end()]
    speaker = next((side for side in voices.sides for hit in before if hit.mask & side), 0)
    if not speaker or any(hit.mask & voices.firms for hit in before):
        return 0
    other = [hit for hit in hits if hit.start == said.end() and not hit.mask & speaker]
    doer = next((hit for hit in other for side in voices.sides if hit.mask & side), None)
    third = speaker == voices.ally
    return said.end() if doer and _acts(doer, hits, text, voices, third=third) else 0


def _acts(doer: Hit, hits: tuple[Hit, ...], text: str, voices: Voices, *, third: bool) -> bool:
    """Whether what follows a name is what it did, does or will do."""
    link = (_DOES_ZH if has_han(text) else _DOES).match(text, doer.end)
    if not link or (not third and (link["pact"] or _TO_COME.search(link[0]))):
        return False
    end = link.end()
    if third and link[0] and has_han(text):  # behind what it is done to: 已将20家列入
        end = min(end + _REACH, _clause_end(text, end))
    verbs = voices.acting if third else voices.easing
    acts = [hit for hit in hits if doer.end <= hit.start <= end and hit.mask & verbs]
    return bool(acts) and not _VAGUE.search(text, doer.end, acts[0].start)


def _clause_end(text: str, start: int) -> int:
    found = _CLAUSE.search(text, start)
    return found.start() if found else len(text)
