"""The words around an English date phrase: what the day is said to be, whose it is, how late.

Every function takes the whole lower-cased text and the place of the phrase in it.
"""

from __future__ import annotations

import re
from typing import Final

from tracker.core.late import last_of, late
from tracker.core.signs import sign, signs_in
from tracker.core.when_days import Tense

_CLAUSE = late(r"(?<!\.[a-z])[.;!?]\s|\n")
_NOT_OURS = late(
    r"(?:\b(?:every|each|most|black|good|cyber|super|fiscal|following|fy|the\sfuture)\s?(?:year\s)?)$"
)
_NOT_AFTER = late(r"^(?:\.com|\s(?:of\s(?:fiscal|its)|fiscal)\b|s\b)")
_ROLES: Final = (
    ("effective", late(
        r"\b(?:effective|(?:takes?|took|taking|come\sinto|came\sinto|comes\sinto|into|in)\s"
        r"(?:effect|force)|start(?:s|ing)?|begin(?:s|ning)?|commenc(?:es|ing))"
        r"(?:,?\s(?:immediately,?|as|on|from|of|in|at|once,?))*\s?\(?$"),
     sign("effect", "force", "start", "begin", "commenc")),
    ("until", late(
        r"\b(?:until|till|through|expir(?:es?|ed|ing)|lapse[sd]?|end(?:s|ing)|up\sto|valid\sto)"
        r"(?:\s(?:on|in|to|at|the))*\s$"),
     sign("until", "till", "through", "expir", "lapse", "end", "up", "valid")),
    ("deadline", late(
        r"\b(?:by|before|(?:no|not)\slater\sthan|deadline(?:\s(?:of|on|is))?|due(?:\s(?:on|by))?"
        r"|ahead\sof(?:\s(?:the|an?))?|\bcomments?\s(?:period\s)?(?:close[sd]?|closing|ends?|ended)"
        r"(?:\son)?)\s$"),
     sign("by", "before", "later", "deadline", "due", "ahead", "clos", "end")),
    ("published", late(
        r"\b(?:reported|published|posted|dated|updated|wrote)"
        r"(?:\s(?:on|in|late|by\s[\w\s]{1,20}))*\s$"),
     sign("report", "publish", "posted", "dated", "wrote")),
    ("since", late(r"\b(?:since|from|as\sof)\s(?:on\s)?$"), sign("since", "from", "as")),
)  # fmt: skip
"""Roles of days, the words before one by which each is told, and the signs of these words."""

_DEADLINE_AFTER = late(r"^\s(?:[a-z]+\s)?deadline\b")
_AHEAD: Final = (
    r"\b(?:(?:will|would|shall|could|might|to(?=\sbe\s))(?:\s(?:not|also|now|soon))?(?:\sbe)?\s[a-z]+"
    r"|(?:is|are|was|were)\sto|set\s(?:to|for)|due\s(?:to|in|at)|plan(?:s|ned|ning)?"
    r"|expect(?:s|ed)?|scheduled|slated|upcoming|coming|intends?|aims?|prepar\w+|ahead|likely"
    r"|m(?<!\bin\sm)(?<!\bof\sm)(?<!\bsince\sm)(?<!\bfrom\sm)ay\s(?:be\s[a-z]+|(?!said)[a-z]+(?<!ed))"
    r"|could|might|as\s(?:soon|early)\sas"
    r"|(?:goes|travels|heads|flies|leaves|departs|returns|sets\soff)\s(?:back\s)?(?:to|for)"
    r"|to\s(?:visit|travel|meet|hold|begin|start|resume|continue|attend|fly|go|expire|restrict|ban|halt"
    r"|stop|curb|impose|take|require|launch|suspend|lift|end|host))\b"
)
_MEETS: Final = (
    r"(?=[abcdfhklmorstv])(?=begin|start|resum|reconven|conven|open|kick|meet|visit|land|arriv|depart|fl[iy]"
    r"|travel|sit|leav|hold)(?<!\ba\s)(?<!\bthe\s)(?<!\bof\s)(?<!\bnot\s)(?<!\btheir\s)(?<!\bits\s)(?<!\bhis\s)"
    r"(?<!\ban\s)(?<!\bher\s)(?<!\bn't\s)(?<!-)"
    r"\b(?:begins?|starts?|resumes?|(?:re)?convenes?|opens?|kicks?\soff|meets?|visits|lands?"
    r"|arrives?|departs?|fl(?:ies|y)|travels?|sits?\sdown|leaves?"
    r"|holds?\s(?:[\w-]+\s){0,4}(?:talks|meetings?|summit|consultations|call))\b(?!-)"
)
"""Verbs in the present tense by which a meeting or a journey is announced."""

_ADJECTIVES: Final = (
    r"(?!(?:united|indeed|speed|need|seed|feed|advanced|limited|related|proposed|planned|detailed"
    r"|named|unnamed|so-called|sanctioned|listed|restricted|controlled|unprecedented)\b)(?<!-)"
)
"""What ends as a verb of the past does, and is none."""

_BEHIND: Final = (
    rf"\b(?:{_ADJECTIVES}[a-z]{{2,}}ed|said|told|met|took|came|went|put|held|began|gave|made|won"
    r"|sent|cut|became|saw|got|was|were|had|has|have|late|since|last|after)\b"
)
_CUES = late(rf"\b(?=[a-z])(?:(?P<ahead>{_AHEAD})|(?P<soon>{_MEETS})|(?P<behind>{_BEHIND}))")
_SET_FOR: Final = late(r"\b(?:scheduled|slated|due|set|planned|next|coming)\b[^.;:\n]{0,40}$")
_HEADLINE: Final = late(
    r"\bto\s(?:add|address|allow|announce|approve|blacklist|block|close|consult|cut|deliver|decide"
    r"|discuss|ease|expand|extend|face|gather|give|grant|hear|introduce|issue|join|let|levy|list"
    r"|make|negotiate|open|present|publish|put|receive|reconvene|release|remove|return|reveal"
    r"|revoke|sanction|scrap|sign|sit|speak|talk|testify|tighten|unveil|vote|welcome|widen)\b"
    r"[^.;:\n]*$"
)
"""A headline whose verb stands so, after its subject, tells of what is to come."""

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
    r"\s(?P<way>after|before)\s(?!and\b)(?:(?!\b(?:and|but|while)\b)(?:\bu\.s\.|[^.;:,\n])){3,70}$"
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


REACH: Final = 110
"""Letters before a phrase in which its verb is looked for."""


def role_of(low: str, start: int, end: int) -> tuple[str, Tense]:
    """The role of the phrase at ``start``..``end`` and the tense of its clause.

    >>> role_of("the curbs take effect on may 5", 25, 30)
    ('effective', 'nearest')
    >>> role_of("he said on monday", 11, 17)
    ('plain', 'past')
    """
    left = low[max(0, start - REACH) : start]
    cuts = list(_CLAUSE.finditer(left))
    left = left[cuts[-1].end() :] if cuts else left
    tense = _tense(left)
    if tense != "future" and _announced(low, start, left):
        tense = "soon"
    if _DEADLINE_AFTER.match(low[end : end + 24]):
        return "deadline", "future"
    seen = signs_in(left)
    for role, pattern, signs in _ROLES:
        if seen & signs and (found := pattern.search(left)):
            return role, _tense_of_role(role, found[0], tense)
    return "plain", tense


def set_for(low: str, start: int) -> bool:
    """Whether a day is one that somebody has set.

    >>> set_for("talks scheduled for monday", 20), set_for("it will meet him on monday", 20)
    (True, False)
    """
    return bool(_SET_FOR.search(low, max(0, start - 50), start))


def _announced(low: str, start: int, left: str) -> bool:
    """Whether a headline announces with a bare infinitive (``US to add firms Friday``)."""
    return (
        " to " in left
        and "\n" not in low[:start]
        and "\n" in low[start : start + REACH]
        and bool(_HEADLINE.search(left))
    )


def _tense(left: str) -> Tense:
    """The tense that the last cue before a phrase sets; none leaves it open."""
    last = last_of(_CUES, left)
    if last is None:
        return "open"
    if last.lastgroup == "soon":
        return "soon"
    return "future" if last.lastgroup == "ahead" else "past"


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
    return tense if tense in ("future", "soon") else "nearest"


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
