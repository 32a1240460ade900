"""How far the act of a headline has come: a law that is made, a plan that is given up."""

from __future__ import annotations

from typing import Final

from tracker.core.late import late

_ENACTED: Final = late(
    r"\bsign(?:s|ed) (?:[\w'’-]+ ){0,8}?(?:law|bill|act|ndaa|legislation|package)\b"
    r"|\b(?:signed|passed|made|voted) into law\b|\bbecomes? law\b|\bbecame law\b|\benact(?:s|ed)\b"
    r"|\blaw (?:takes|took|goes into|comes into) (?:effect|force)\b|\bveto(?:es|ed)\b"
    r"|\boverrid(?:es|den|ing)\b|\boverrode\b"
    r"|\b(?:china|beijing|npc|legislature|npc standing committee)\b[^,;:]{0,24}?\b"
    r"(?:pass|adopt|approv)(?:es|ed|s)\b[^,;:]{0,48}\blaw\b"
    r"|签署[^,，。;；]{0,16}?(?:法案|法令|法律|法)|成法|使之成为法律|三读通过|否决"
    r"|(?<!众)(?<!参)(?:全国人大(?:常委会)?|人大常委会|立法院|日本国会|国会参众两院)[^,，。;；]{0,6}(?:表决)?通过"
    r"|(?:国务院|全国人大)(?:常委会)?(?:公布|发布|颁布)"
)


def enacted(title: str) -> bool:
    """Whether a folded headline tells of a law made or vetoed.

    >>> enacted("trump signs chip security act"), enacted("house passes chip security act")
    (True, False)
    >>> enacted("china passes revised trade law"), enacted("china considers revised trade law")
    (True, False)
    >>> enacted("川普签署晶片安全法"), enacted("众议院通过芯片安全法案")
    (True, False)
    """
    return bool(_ENACTED.search(title))


_GIVEN_UP: Final = late(
    r"\b(?:drop|scrap|shelv|abandon|withdr|cancel|ditch|nix|call(?:s|ed) off|pull(?:s|ed) back"
    r"|back(?:s|ed) (?:off|away))\w*(?: [\w'’-]+){0,8}?"
    r" (?:plans?|proposals?|proposed rule|draft|bid|effort)\b"
    r"|(?:放弃|搁置|撤回|取消|终止|否决|喊停|叫停)[^,，。;；]{0,24}(?:计划|草案|提案|方案|打算)|草案(?:被)?撤回"
)


def given_up(title: str) -> bool:
    """Whether a folded headline tells that a plan is given up: that is done, and no plan.

    >>> given_up("us drops plan to add alibaba to entity list"), given_up("us plans new curbs")
    (True, False)
    """
    return bool(_GIVEN_UP.search(title))
