"""How far the act of a headline has come: a law that is made, a plan that is given up."""

from __future__ import annotations

from typing import Final

from tracker.core.late import late

_ENACTED: Final = late(
    r"\bsign(?:s|ed) (?:[\w'’-]+ ){0,8}?(?:law|bill|act|ndaa|legislation|package)\b"
    r"|\b(?:signed|passed|made|voted) into law\b|\bbecomes? law\b|\bbecame law\b|\benact(?:s|ed)\b"
    r"|\blaw (?:takes|took|goes into|comes into) (?:effect|force)\b|\bveto(?:es|ed)\b"
    r"|\b(?:stripped|dropped|struck|removed|left out|axed) (?:[\w'-]+ ){0,2}?(?:from|out of|of) "
    r"(?:[\w'-]+ ){0,3}?(?:bill|act|ndaa|package)\b"
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


_VETOED: Final = late(
    r"\bveto|否决|\b(?:from|out of|of) (?:[\w'-]+ ){0,3}?(?:bill|act|ndaa|package)\b"
)


def made_law(title: str) -> bool:
    """Whether a folded headline tells of a bill that is law by now.

    >>> made_law("trump signs chip security act into law"), made_law("trump vetoes gain ai act")
    (True, False)
    """
    return enacted(title) and not _VETOED.search(title)


_COMMITTEE: Final = late(r"\b(?:sub)?(?:committee|panel)\b|委员会|外委会")
_CHAMBER: Final = late(
    r"\b(?:senate|house|congress|chamber)\b[^,;:]{0,30}\b(?:pass|approv|vot|clear|back|reject)"
    r"|(?:参议院|众议院|国会|参院|众院)[^,，。委]{0,10}(?:通过|表决|否决)"
)


def stage_of(title: str) -> str:
    """Who votes on a bill by a folded headline: its committee, or the chamber; "" without either.

    >>> stage_of("us house panel advances chip bill"), stage_of("us house passes chip bill")
    ('committee', 'chamber')
    >>> stage_of("美众院外委会通过法案"), stage_of("美国众议院通过芯片安全法案")
    ('committee', 'chamber')
    """
    if _COMMITTEE.search(title):
        return "committee"
    return "chamber" if _CHAMBER.search(title) else ""


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


_CURB: Final = (
    r"(?:permits?|licen[cs](?:e|es|ing)|curbs?|controls?|restrictions?|bans?|limits?|tariffs?"
    r"|sanctions|requirements?|rules?)"
)
_ACTS: Final = (
    r"(?:add|ban|bar|block|curb|impose|restrict|lift|ease|allow|approve|tighten|expand|require"
    r"|revoke|remove|list|blacklist|limit|sanction|grant|relax|clear|permit|halt|end|widen)"
)
_PLANNED: Final = late(
    rf"(?<!no )(?<!the )(?<!its )(?<!his )(?<!their )\bplans (?:[\w'’-]+ ){{0,4}}?{_CURB}\b"
    rf"|\b(?:is |are )?(?:all )?set to {_ACTS}\b|\b(?:floats?|floated)\b"
    r"|\boffers? to\b|\b(?:to|will|would) propose\b|\bdr(?:aws?|awing|ew) up\b"
    r"|(?:提议|提案)(?!被|遭|获)"
)
_ASKED: Final = late(
    r"\b(?:ask(?:s|ed)?|appl(?:y|ies|ied)|fil(?:es|ed)|seeks?|sought) (?:[\w.'’-]+ ){0,4}?"
    r"(?:for )?(?:[\w.'’-]+ ){0,4}?(?:licen[cs]es?|permits?|permission|approval|waivers?|nod"
    r"|green[ -]light|clearance)\b"
    r"|申请[^,，。;；:：]{0,24}(?:许可|批准|授权|豁免)"
)
_ANSWERED: Final = late(
    r"\b(?:grant|approv|den(?:y|ied|ies)|reject|clear|receiv|won|wins|got|gets|obtain|secur|revok)"
    r"|获|批准了|已批|核准|拒|驳回|通过"
)


def planned(title: str) -> bool:
    """Whether a folded headline tells of what somebody plans, proposes or is about to do.

    >>> planned("south korea plans permits for hbm exports"), planned("us set to add biren to list")
    (True, True)
    >>> planned("us has no plans to add rules"), planned("欧盟委员会提议限制对华出口")
    (False, True)
    """
    return bool(_PLANNED.search(title))


_TO_DO: Final = late(rf"^(?:[\w.'’&-]+ ){{1,5}}?to {_ACTS}\b")
_WILL: Final = late(
    r"\b(?:plans?|planning|intends?|aims?|expected|set|due|preparing|about|wants?) to\b"
    r"|\bwill (?:[\w'’-]+ ){0,2}?(?:add|publish|amend|issue|announce|unveil|require|restrict"
    r"|tighten|revise|place|expand|impose|ban|limit|introduce)\b"
)
_IS_DONE: Final = late(
    r"\b(?:announced|issued|published|adopted|ordered|signed|unveiled|finali[sz]ed|approved|decided"
    r"|added|placed|imposed|released|notified|informed|told)\b"
)


def to_be_done(title: str, below: str) -> bool:
    """Whether a folded headline says who is ``to`` act, and what stands below it that he will.

    English headlines say *to* of what was announced as well: then something was done below.

    >>> to_be_done("us to add 20 firms to entity list", "commerce plans to publish it by march.")
    True
    >>> to_be_done("us to add 20 firms to entity list", "commerce announced that it will add them.")
    False
    """
    if " to " not in title:  # most headlines
        return False
    return bool(_TO_DO.search(title) and _WILL.search(below) and not _IS_DONE.search(below))


def asked_for(title: str) -> bool:
    """Whether a folded headline tells of a licence that is asked for, and of no answer.

    >>> asked_for("nvidia asks us for licence to sell rubin cpx in china")
    True
    >>> asked_for("英伟达申请对华出口b40许可"), asked_for("英伟达申请许可获批")
    (True, False)
    """
    return bool(_ASKED.search(title)) and not _ANSWERED.search(title)


_LEAVE: Final = r"(?:allow|grant|approve|permit|let|issue|resume|lift|ease|waive|clear)"
_PROMISED: Final = late(
    rf"\b(?:will|would|(?:is |are )?(?:going|set|about|ready) to|plans? to|promis(?:es|ed) to"
    rf"|agree[sd]? to|to) (?:soon )?{_LEAVE}\b"
    r"|(?:将|会|拟|答应|承诺)(?:会|将)?[^,，。;；:： ]{0,6}?"
    r"(?:允许|批准|发放|放行|恢复|解除|放宽|豁免)(?!函)"
)


def promised(title: str) -> bool:
    """Whether a folded headline tells of leave that somebody says will be given.

    >>> promised("trump says us will allow h20 sales"), promised("us issues nvidia h20 licence")
    (True, False)
    >>> promised("特朗普称将允许英伟达对华出售h200"), promised("美国批准英伟达对华出售h200")
    (True, False)
    """
    return bool(_PROMISED.search(title))


_MEETS: Final = (
    r"(?:meet|hold|host|visit|travel|begin|start|resume|attend|launch|receive|head|fly|go|arrive|speak"
    r"|sit down|return|convene)"
)
_AWAITED: Final = late(
    rf"(?<!agrees )(?<!agreed )(?<!agree )\bto {_MEETS}\b"
    r"(?! (?:demand|need|target|requirements|rules))"
    r"|\b(?:will|plans? to|is set to|are set to|expected to|scheduled to|due to|may) (?:\w+ )?"
    rf"{_MEETS}\b"
    r"|\bnext (?:week|month)\b|\bahead of (?:visit|trip|talks)\b"
    r"|(?:将|拟|或|料|预计|计划)(?:会|于|在|要)?[^,，。;；:： ]{0,14}?"
    r"(?:会晤|会谈|会面|会见|磋商|谈判|通话|举行|召开|登场|访|赴|抵|率团|前往|出席)"
    r"|下周|下个?月|(?:周|星期|礼拜)[一二三四五六日天]将"
)
_BEGUN: Final = late(
    r"\b(?:arriv(?:es|ed)|land(?:s|ed)|leaves|left|met|meets|ends|ended|conclud(?:es|ed)"
    r"|(?<!to )(?<!year )(?<!year-)end(?= (?:in|with|without|on)\b)|wraps? up|(?<!be )held"
    r"|began|begins|kicks? off|says? (?:talks|meeting)s?)\b"
    r"|抵达|抵京|已抵|结束|落幕|闭幕|达成|举行了|会见了"
    r"|(?:^|[,，。;；:： ])[^将拟,，。;；:： ]*(?:开始|展开)"
)
"""What has begun or is over, whatever comes after it."""


def awaited(title: str) -> bool:
    """Whether a folded headline tells of a meeting or a journey that is still to come.

    >>> awaited("treasury chiefs to meet in malaysia"), awaited("bessent met he lifeng")
    (True, False)
    >>> awaited("中美将于马来西亚举行新一轮经贸磋商"), awaited("中美在马来西亚举行磋商")
    (True, False)
    """
    return bool(_AWAITED.search(title)) and not begun(title)


def begun(title: str) -> bool:
    """Whether a folded headline tells of a meeting or a journey that has begun or is over.

    >>> begun("黄仁勋抵达北京 拟出席链博会"), begun("huang to attend expo in beijing")
    (True, False)
    """
    return bool(_BEGUN.search(title))
