"""Where what a sentence says of easing did not happen: asked for, opposed, denied or awaited.

``要求撤回``, ``敦促美方取消``, ``阻止放宽``, ``未从黑名单移除``: the verb of easing stands there
and nothing was eased. Between the two verbs stands whom it is asked of and what for, which varies
too much for a list of names; so they are read by a closed grammar on folded text (lower case,
simplified). English has its own word order; there an easing put off is read (``delays plan to
relax curbs``), which neither eases nor is the pause of a curb, one that is refused or denied
(``will not ease``, ``no plan to lift``), and, as in Chinese, a licence that did not come (``has not
received``, ``尚未获得``).
"""

from __future__ import annotations

import re
from typing import Final

from tracker.core.late import late
from tracker.core.negation import CAN_NOT, GAP, HAS_NOT, KEPT_FROM, NOT_MEANT, OUGHT_ZH, WILL_NOT
from tracker.core.signs import sign, signs_in

GIVING: Final = ("grant", "receive", "resume")
EASING: Final = (
    "lift", "remove", "revoke", "allow", "exempt", "waiver-word", "suspend", "issue", "extend",
    *GIVING,
)  # fmt: skip
"""The roles that such a sentence does not tell."""

_ASKS: Final = (
    r"(?:(?<!许可)(?<!许可证)(?<!审批)(?<!申请)要求(?!被|已|将|获|于|的)|敦促|呼吁|促请|吁请|力促"
    r"|(?<!敦)(?<!催)促(?![进成销使])|恳请|请求|寻求|游说|施压|主张|申请|争取(?!到)|希望|盼望?|期盼|请愿|建议"
    r"|(?<![希期盼展失有观渴在])望(?=[^,，。 ]{1,6}(?:撤|取消|解除|放|尽快)))"
)
_OUGHT: Final = rf"(?:{OUGHT_ZH}(?:当|该|立即|尽快)?|必须|有必要)"
_HINDERS: Final = (
    r"(?:阻止|反对|防止|阻挡|阻拦|力阻|拒绝|拒不|不得|不应|不会|不想|不愿|不打算|无意|无计划|没有计划"
    r"|未计划|并未|未曾|尚未|仍未|从未|迄未|没有|没把|未[从把将对予获能有]|推迟|延后|暂缓|搁置|延迟|拖延"
    r"|不同意|不考虑|暂不|绝不|难以|无法"
    r"|(?<=[，,:]|[ 」』])阻|挡下|叫停|(?<=员|会|院)阻)"
)
_POSTPONED: Final = late(
    r"\b(?:delay|postpon|shelv|defer|put(?:s|ting)? off|hold(?:s|ing)? off|pull(?:s|ed)? back from"
    r"|back(?:s|ed)? away from)\w*\b(?: [\w'’-]+){0,4}?"
    r" (?:eas|relax|loosen|soften|lift|scrap|rollback|roll back)\w*"
)
_REFUSED: Final = late(
    rf"(?:\b(?:{WILL_NOT}|{CAN_NOT}|{HAS_NOT}|not (?:ready|yet)|(?:refus|declin)\w+ to|unlikely to"
    rf"|against|oppos\w+|rul\w+ out|reject\w* calls (?:to|for)"
    rf"|block\w* (?:moves?|plans?|attempts?) to)\b|{NOT_MEANT}){GAP}{{0,4}}?"
    r" (?:eas|relax|loosen|soften|lift|scrap|rollback|roll back|repeal)(?:e|es|ed|ing|s)?\b"
    rf"|{KEPT_FROM}"
    r"|\b(?:curb|limit|restrict|check)\w*(?: [\w.'’-]+){1,4}? (?:power|ability|authority) to"
    r" (?:ease|relax|loosen|soften|lift|scrap|roll back|repeal)\b"
)
_SHOULD: Final = late(
    rf"\b(?:should|ought to|needs? to|must)\b{GAP}{{0,2}}?"
    r" (?:eas|relax|loosen|soften|lift|scrap|roll back|repeal|drop|remov|rescind|withdraw|end)"
    r"(?:e|es|ed|ing|s)?\b"
)
_DUTY: Final = sign("should", "ought to", "need to", "needs to", "must")
_AWAITED: Final = late(
    rf"\b(?:{WILL_NOT}|{CAN_NOT}|{HAS_NOT}|(?:refus|declin)\w+ to)\b{GAP}{{0,3}}?"
    r" (?:approv|grant|issu|receiv|obtain|secur|renew|authori[sz])(?:e|es|ed|ing|s)?\b"
    rf"|\b(?:{WILL_NOT}|{HAS_NOT})\b{GAP}{{0,3}}?"
    r" (?:get|got|gotten|given|win|won|been cleared|be cleared|resum(?:e|ed))\b"
)
_STEMS: Final = sign(
    "eas", "relax", "loosen", "soften", "lift", "scrap", "roll", "repeal", "not ", "n't", "yet to",
    "never", "refus", "declin",
)  # fmt: skip
_GAP: Final = r"(?:(?!后|成功|奏效|见效)[^,，。;；:：!！?？ ]){0,16}?"
_LIFTS: Final = (
    r"(?:撤回|撤销|撤消|取消|解除|放宽|放松|松绑|「松绑」|“松绑”|废除|废止|豁免|收回|解禁|解封|移出|移除|剔除|除名"
    r"|摘除|解冻|开放|免除)"
)
_LIFTING: Final = sign(
    "撤回", "撤销", "撤消", "取消", "解除", "放宽", "放松", "松绑", "废除", "废止", "豁免", "收回",
    "解禁", "解封", "移出", "移除", "剔除", "除名", "摘除", "解冻", "开放", "免除",
)  # fmt: skip
_WISHED: Final = late(
    rf"(?:{_ASKS}|{_HINDERS}){_GAP}{_LIFTS}(?:[和并、或及与]?{_LIFTS})*(?![^,，。;；]{{0,2}}(?:获|通过))"
)

_OUGHT_ZH: Final = late(rf"{_OUGHT}{_GAP}{_LIFTS}")
_AWAITED_ZH: Final = late(
    r"(?:并未|未曾|尚未|仍未|从未|迄未|还未|还没有?|没有|没(?=收|拿|批|获|等)|未(?=收到|取得|拿到|获|批|发放|核|恢复)"
    rf"|不会|拒绝|拒不){_GAP}(?:收到|取得|拿到|等到|获得|获批|获准|获(?=[^,，。]{{0,6}}许可)|批准|核准|核发|发放|颁发|签发"
    r"|放行|恢复)"
)
_SIGNS_ZH: Final = sign("未", "没", "不会", "拒")


def wished(text: str, *, title: bool = True) -> list[tuple[int, int]]:
    """Where a sentence (folded) speaks of an easing that is only asked for, opposed or denied.

    What ought to be eased is read of a headline: below it Beijing says so of every act.

    >>> wished("日本抗议并要求撤回"), wished("美国取消许可要求")
    ([(5, 9)], [])
    >>> bool(wished("参议员提案 阻止政府放松对华限制")), bool(wished("美国放宽对华限制"))
    (True, False)
    >>> wished("chip rules will not be eased"), wished("chip rules are eased")
    ([(11, 28)], [])
    >>> bool(wished("senators move to block trump from easing chip curbs"))
    True
    """
    seen = signs_in(text)
    rules: list[re.Pattern[str]] = []
    if seen & _STEMS:
        rules += (_POSTPONED, _REFUSED, _AWAITED)
    if title and seen & _DUTY:
        rules.append(_SHOULD)
    if seen & _LIFTING:
        rules += (_WISHED, _OUGHT_ZH) if title else (_WISHED,)
    if seen & _SIGNS_ZH:
        rules.append(_AWAITED_ZH)
    return [match.span() for rule in rules for match in rule.finditer(text)]
