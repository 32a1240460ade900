"""Numbers of Chinese notices in English: a closed grammar, so that nothing is made up.

What a number says can be said in English without seeing the page; a headline cannot, and stays as
it is printed.
"""

from __future__ import annotations

import re
from typing import Final

_BODIES: Final = (
    (r"商[务務]部\s*海[关關][总總]署公告", "MOFCOM and GACC Announcement"),
    (r"商[务務]部公告", "MOFCOM Announcement"),
    (r"海[关關][总總]署公告", "GACC Announcement"),
    (r"商[务務]部令", "MOFCOM Order"),
    (r"不可靠[实實][体體]清[单單]工作[机機]制(?:公告)?",
     "Unreliable Entity List Working Mechanism Announcement"),
    (r"[财財][库庫]", "Ministry of Finance, Caiku"),
)  # fmt: skip
_YEAR: Final = r"(?P<y>\d{4})年\s*|〔(?P<b>\d{4})〕\s*"
_NUMBER: Final = r"第?(\d+(?:[-–]\d+)?)[号號]"
_NOTICE: Final = re.compile(
    rf"(?P<body>{'|'.join(pattern for pattern, _ in _BODIES)})(?:{_YEAR})"
    rf"(?P<numbers>{_NUMBER}(?:[、和及]\s*{_NUMBER})*)"
)
_ANSWERS: Final = re.compile(r"商[务務]部新[闻聞][发發]言人答[记記]者[问問]")


def in_english(ref: str) -> str:
    """The first notice number of ``ref`` in English; '' where it holds none.

    >>> in_english("商务部 海关总署公告2025年第70号"), in_english("财库〔2026〕10号")
    ('MOFCOM and GACC Announcement No. 70 of 2025', 'Ministry of Finance, Caiku [2026] No. 10')
    >>> in_english("商务部公告2025年第21号、第22号"), in_english("91 FR 1684")
    ('MOFCOM Announcement Nos. 21 and 22 of 2025', '')
    """
    if _ANSWERS.search(ref):
        return "MOFCOM spokesperson's answers to the press"
    found = _NOTICE.search(ref)
    if found is None:
        return ""
    body = next(words for pattern, words in _BODIES if re.fullmatch(pattern, found["body"]))
    numbers = re.findall(_NUMBER, found["numbers"])
    many = len(numbers) > 1 or "-" in numbers[0] or "–" in numbers[0]
    listed = " and ".join(filter(None, (", ".join(numbers[:-1]), numbers[-1])))
    named = f"{'Nos.' if many else 'No.'} {listed}"
    return f"{body} {named} of {found['y']}" if found["y"] else f"{body} [{found['b']}] {named}"
