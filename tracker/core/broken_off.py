"""Talks that are called off or put off: the verb ends no curb.

``China suspends trade talks over chip curbs`` holds all the words of a curb suspended, and tells of
talks that do not take place. Read on folded text (lower case, simplified).
"""

from __future__ import annotations

from typing import Final

from tracker.core.late import late
from tracker.core.signs import sign, spans

_TALKS: Final = r"(?:talks|negotiations|consultations|dialogues?|meetings?|summit)"
_ENGLISH: Final = late(
    r"\b(?:suspend(?:s|ed)?|call(?:s|ed)? off|cancel(?:s|led|ed)?|br(?:eaks?|oke) off|halt(?:s|ed)?"
    r"|scrap(?:s|ped)?|postpone[sd]?|put(?:s)? off|abandon(?:s|ed)?|quits?"
    r"|(?:walk|pull)(?:s|ed)? out of)"
    r" (?:(?!(?:after|over|following|amid|on|for|before|until|as) )"
    rf"[\w'\u2019-]+ ){{0,3}}?{_TALKS}\b"
    rf"|\b{_TALKS} (?:are |were |have been |has been )?"
    r"(?:suspended|called off|cancell?ed|postponed)\b"
)
_CHINESE: Final = late(
    r"(?:暂停|中止|中断|取消|推迟|延后|退出|叫停|搁置)[^,，。;；:： ]{0,10}?"
    r"(?:磋商|谈判|会谈|会晤|对话)"
)
_ENGLISH_SIGNS: Final = sign(
    "talks", "negotiations", "consultations", "dialogue", "meeting", "summit"
)
_CHINESE_SIGNS: Final = sign("磋商", "谈判", "会谈", "会晤", "对话")


def broken_off(text: str) -> list[tuple[int, int]]:
    """Where a headline (folded) tells that talks are called off or put off.

    >>> broken_off("china suspends trade talks over chip curbs")
    [(6, 26)]
    >>> broken_off("中方暂停与美方的经贸磋商"), broken_off("china suspends curbs after talks")
    ([(2, 12)], [])
    """
    return spans(text, (_ENGLISH_SIGNS, _ENGLISH), (_CHINESE_SIGNS, _CHINESE))
