"""The words around an English date phrase: what the day is said to be, whose it is, how late.

Every function takes the whole lower-cased text and the place of the phrase in it.
"""

from __future__ import annotations

import re
from typing import Final

from tracker.core.late import late
from tracker.core.when_days import Tense

_CLAUSE = late(r"(?<!\.[a-z])[.;!?]\s|\n")
_NOT_OURS = late(
    r"(?:\b(?:every|each|most|black|good|cyber|fiscal|following|fy|the\sfuture)\s?(?:year\s)?)$"
)
_NOT_AFTER = late(r"^(?:\.com|\s(?:of\s(?:fiscal|its)|fiscal)\b|s\b)")
_ROLES: Final = (
    ("effective", late(
        r"\b(?:effective|(?:takes?|took|taking|come\sinto|came\sinto|comes\sinto|into|in)\s"
        r"(?:effect|force)|start(?:s|ing)?|begin(?:s|ning)?|commenc(?:es|ing))"
        r"(?:,?\s(?:immediately,?|as|on|from|of|in|at|once,?))*\s?\(?$")),
    ("until", late(
        r"\b(?:until|till|through|expir(?:es?|ed|ing)|lapse[sd]?|end(?:s|ing)|up\sto|valid\sto)"
        r"(?:\s(?:on|in|to|at|the))*\s$")),
    ("deadline", late(
        r"\b(?:by|before|(?:no|not)\slater\sthan|deadline(?:\s(?:of|on|is))?|due(?:\s(?:on|by))?"
        r"|ahead\sof(?:\s(?:the|an?))?)\s$")),
    ("published", late(
        r"\b(?:reported|published|posted|dated|updated|wrote)"
        r"(?:\s(?:on|in|late|by\s[\w\s]{1,20}))*\s$")),
    ("since", late(r"\b(?:since|from|as\sof)\s(?:on\s)?$")),
)  # fmt: skip
_DEADLINE_AFTER = late(r"^\s(?:[a-z]+\s)?deadline\b")
_AHEAD: Final = (
    r"\b(?:(?:will|would|shall|to(?=\sbe\s))(?:\s(?:not|also|now))?(?:\sbe)?\s[a-z]+|(?:is|are|was|were)\sto|set\s(?:to|for)|due\s(?:to|in|at)|plan(?:s|ned|ning)?|expect(?:s|ed)?"
    r"|scheduled|slated|upcoming|coming|intends?|aims?|prepar\w+|ahead|likely|could|might"
    r"|(?:goes|travels|heads|flies|leaves|departs|returns|sets\soff)\s(?:back\s)?(?:to|for)"
    r"|to\s(?:visit|travel|meet|hold|begin|start|resume|attend|fly|go|expire|restrict|ban|halt"
    r"|stop|curb|impose|take|require|launch|suspend|lift|end|host))\b"
)
_BEHIND: Final = (
    r"\b(?:[a-z]{2,}ed|said|told|met|took|came|went|put|held|began|gave|made|won|sent|cut|became"
    r"|saw|got|was|were|had|has|have|late|since|last)\b"
)
_CUES = late(rf"\b(?:(?P<ahead>{_AHEAD})|(?P<behind>{_BEHIND}))")
_LATE = late(r"\b(?:late|night|evening|tonight)\b")
_LATE_AFTER = late(r"^\s(?:night|evening|late)\b")
_ZONE_AFTER = late(
    r"^(?:\s(?:morning|afternoon|evening|night))?,?\s\(?(?:(?P<us>e[sd]?t|p[sd]t|eastern|us\stime"
    r"|u\.s\.\stime|washington\stime)|(?P<cn>beijing\stime|china\stime)|(?P<tw>taipei\stime)"
    r"|(?P<local>local\stime))\b"
)


_COUNTS: Final = {
    "the": 1, "a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
}  # fmt: skip
_SINCE: Final = late(
    r"\b(?:(?P<count>the|a|one|two|three|four|five|six|seven|[1-9])\s)?(?P<unit>day|week|month)s?"
    r"\s(?P<way>after|before)\s(?!and\b)(?:(?!\b(?:and|but|while)\b)[^.;:,\n]){3,70}$"
)


def counted_past(low: str, start: int) -> int | None:
    """Days from the day named at ``start`` to the act: ``two days after talks on Monday``.

    0 where nothing is counted from it; None where what is counted tells no day (``weeks after``).

    >>> text = "licences came two days after he met trump on wednesday"
    >>> counted_past(text, 44), counted_past("he met trump on wednesday", 16)
    (2, 0)
    """
    left = low[max(0, start - 100) : start]
    if " after " not in left and " before " not in left:
        return 0
    found = _SINCE.search(left)
    if not found:
        return 0
    if found["unit"] != "day" or not found["count"]:
        return None
    count = _COUNTS.get(found["count"]) or int(found["count"])
    return count if found["way"] == "after" else -count


def role_of(low: str, start: int, end: int) -> tuple[str, Tense]:
    """The role of the phrase at ``start``..``end`` and the tense of its clause.

    >>> role_of("the curbs take effect on may 5", 25, 30)
    ('effective', 'nearest')
    >>> role_of("he said on monday", 11, 17)
    ('plain', 'past')
    """
    left = low[max(0, start - 64) : start]
    for cut in _CLAUSE.finditer(left):
        left = low[start - len(left) + cut.end() : start] if cut.end() <= len(left) else left
    tense = _tense(left)
    if _DEADLINE_AFTER.match(low[end : end + 24]):
        return "deadline", "future"
    for role, pattern in _ROLES:
        found = pattern.search(left)
        if found:
            return role, _tense_of_role(role, found[0], tense)
    return "plain", tense


def _tense(left: str) -> Tense:
    """The tense that the last cue before a phrase sets; none leaves it open."""
    last = _last_cue(left)
    if last is None:
        return "open"
    return "future" if last.lastgroup == "ahead" else "past"


def _last_cue(left: str) -> re.Match[str] | None:
    cues = list(_CUES.finditer(left))
    return cues[-1] if cues else None


def _tense_of_role(role: str, words: str, tense: Tense) -> Tense:
    if re.search(r"\b(?:took|came|expired|lapsed|ed)\b", words):
        return "past"
    if role in ("since", "published"):
        return (
            "past"
            if words.startswith(("since", "rep", "pub", "post", "dat", "upd", "wrote"))
            else "nearest"
        )
    if role == "deadline":
        return "future"
    return "future" if tense == "future" else "nearest"


def zone_of(low: str, start: int, end: int) -> str | None:
    """``US``, ``CN``, ``TW`` or ``local`` where the words after the phrase say whose day it is.

    >>> zone_of("on monday (local time)", 3, 9)
    'local'
    """
    del start
    found = _ZONE_AFTER.match(low[end : end + 40])
    if not found or not found.lastgroup:
        return None
    return "local" if found.lastgroup == "local" else found.lastgroup.upper()


def is_late(low: str, start: int, end: int) -> bool:
    """Whether the words put the act into the evening.

    >>> is_late("late on monday", 0, 14), is_late("monday night", 0, 6)
    (True, True)
    """
    before = low[max(0, start - 8) : end]
    return bool(_LATE.search(before) or _LATE_AFTER.match(low[end : end + 10]))


def refused(low: str, start: int, end: int) -> bool:
    """Whether the words around make the phrase something else (every Monday, fiscal 2025).

    >>> refused("every monday", 6, 12)
    True
    """
    left = low[max(0, start - 16) : start]
    return bool(_NOT_OURS.search(left) or _NOT_AFTER.match(low[end : end + 12]))
