"""What an act was done in spite of: nobody acts or speaks in such a clause.

``US approves H200 sales despite warnings from lawmakers`` and ``不顾议员反对 美国放行H200`` tell of
Washington's licence, not of the lawmakers' words. Read on folded text (lower case, simplified).
"""

from __future__ import annotations

from typing import Final

from tracker.core.late import late
from tracker.core.signs import sign, spans

_ENGLISH: Final = late(
    r"\b(?:despite|in spite of|notwithstanding|in defiance of|defying|brushing aside"
    r"|over (?:the )?(?:objections?|protests?|opposition) (?:of|from))\b"
    r" [^,;:()\u2013\u2014]{3,90}"
)
_ENGLISH_SIGNS: Final = sign(
    "despite", "in spite", "notwithstanding", "defiance", "defying", "brushing", "objection",
    "protest", "opposition",
)  # fmt: skip
_CHINESE: Final = late(r"(?:尽管|不顾|无视|无惧|不理会|虽遭|虽被|虽有)[^,，;；:：。!！?？ ]{2,24}")
_CHINESE_SIGNS: Final = sign("尽管", "不顾", "无视", "无惧", "不理会", "虽")


def despite(text: str) -> list[tuple[int, int]]:
    """Where a sentence (folded) tells in spite of what something is done.

    >>> despite("us approves h200 sales despite warnings from lawmakers")
    [(23, 54)]
    >>> despite("不顾议员反对 美国放行h200"), despite("us approves h200 sales")
    ([(0, 6)], [])
    """
    return spans(text, (_ENGLISH_SIGNS, _ENGLISH), (_CHINESE_SIGNS, _CHINESE))
