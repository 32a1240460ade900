"""The day of an act in return, counted from that of the other side (``次日,商务部…``)."""

from __future__ import annotations

from typing import Final

from tracker.core.asides import sentence_start
from tracker.core.late import late
from tracker.core.when import When

_CHINA: Final = r"(?:中[国國方]|大?[陆陸]方?|商[务務]部|北京|海[关關]|市场监管)"
_TITLE: Final = late(rf"(?:^|[ ,，、:：;；]){_CHINA}|^(?:China|Beijing)\b")
"""A headline, or a clause of one, whose subject is China."""

_ANSWER: Final = late(
    rf"[,，]?(?:大[陆陸]|中[国國])?{_CHINA}[^,，。;；\n]{{0,12}}?"
    r"(?:公告|公布|[发發]布|宣布|禁|收[紧緊]|加[强強]|管制|列入|列管|[实實]施|限制|立案|反制|[启啟][动動])"
    r"|,? (?:China|Beijing)\b[^.;\n]{0,40}?"
    r"\b(?:announc|bann|tighten|restrict|curb|impos|add|list|requir|open|launch|block|halt)"
)
"""What China does on the day that is counted; words (``次日商务部回应``) are no act."""

_FIRST: Final = late(
    r"美[国國方]?|[华華]盛[顿頓]|荷[兰蘭]|日本|[韩韓][国國]|欧盟|歐盟|英[国國]|[台臺][湾灣]"
    r"|\b(?:US|U\.S\.|United States|Washington|Dutch|Netherlands|Japan|EU|Britain|UK)\b"
)


def answered(plain: list[When], text: str) -> When | None:
    r"""The day of China's answer, where it counts from the act of another that stands before it.

    >>> from datetime import date
    >>> from tracker.core.when import find_phrases
    >>> said = "北京禁止出口\n美国5日公布禁令,次日商务部宣布管制。"
    >>> found = find_phrases(said, date(2026, 8, 10))
    >>> answered(list(found), said).words
    '次日'
    """
    later = [one for one in plain if one.form == "later"]
    if not later or not _TITLE.search(text.partition("\n")[0]):
        return None
    return next((one for one in later if _in_return(one, plain, text)), None)


def _in_return(one: When, plain: list[When], text: str) -> bool:
    """Whether somebody else's act stands in the sentence before, with its own day."""
    begin = sentence_start(text, one.start)
    before = text[begin : one.start]
    dated = any(begin <= other.start < one.start for other in plain)
    return bool(dated and _FIRST.search(before) and _ANSWER.match(text, one.end))
