"""Whether what a Chinese sentence says of easing did not happen: asked for, opposed or denied.

``要求撤回``, ``敦促美方取消``, ``阻止放宽``, ``未从黑名单移除``: the verb of easing stands there
and nothing was eased. Between the two verbs stands whom it is asked of and what for, which varies
too much for a list of names; so they are read by a closed grammar on folded text (lower case,
simplified). English has its own word order; there an easing put off is read (``delays plan to
relax curbs``), which neither eases nor is the pause of a curb, and one that is refused or denied
(``will not ease``, ``no plan to lift``).
"""

from __future__ import annotations

from typing import Final

from tracker.core.late import late

EASING: Final = ("lift", "remove", "revoke", "allow", "exempt", "waiver-word", "suspend")
"""The roles that such a sentence does not tell."""

_ASKS: Final = (
    r"(?:(?<!许可)(?<!许可证)(?<!审批)(?<!申请)要求(?!被|已|将|获|于|的)|敦促|呼吁|促请|吁请|力促"
    r"|(?<!敦)(?<!催)促(?![进成销使])|恳请|请求|寻求|游说|施压|主张|申请|争取(?!到)|希望|盼望?|期盼|请愿|建议"
    r"|(?<![希期盼展失有观渴在])望(?=[^,，。 ]{1,6}(?:撤|取消|解除|放|尽快)))"
)
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
_STEMS: Final = ("eas", "relax", "loosen", "soften", "lift", "scrap", "roll", "repeal")
_REFUSED: Final = late(
    r"\b(?:won['’]?t|(?:will|would|does|do|did|has|have|had) not|cannot|can['’]t|not going to|never"
    r"|no (?:plans?|intention|need) (?:to|of|for)|(?:doesn|don|didn|hasn|haven)['’]t"
    r"|not (?:plan\w*|look\w*|seek\w*|consider\w*|ready|yet)|refus\w+ to|declin\w+ to|unlikely to"
    r"|against|oppos\w+|rul\w+ out|reject\w* calls (?:to|for)"
    r"|block\w* (?:moves?|plans?|attempts?) to)\b(?: [\w'’-]+){0,4}?"
    r" (?:eas|relax|loosen|soften|lift|scrap|rollback|roll back|repeal)(?:e|es|ed|ing|s)?\b"
)
_GAP: Final = r"(?:(?!后|成功|奏效|见效)[^,，。;；:：!！?？ ]){0,16}?"
_LIFTS: Final = (
    r"(?:撤回|撤销|撤消|取消|解除|放宽|放松|松绑|「松绑」|“松绑”|废除|废止|豁免|收回|解禁|解封|移出|移除|剔除|除名"
    r"|摘除|解冻|开放|免除)"
)
_LIFTING: Final = late(_LIFTS)
_WISHED: Final = late(
    rf"(?:{_ASKS}|{_HINDERS}){_GAP}{_LIFTS}(?:[和并、或及与]?{_LIFTS})*(?![^,，。;；]{{0,2}}(?:获|通过))"
)


def wished(text: str) -> list[tuple[int, int]]:
    """Where a sentence (folded) speaks of an easing that is only asked for, opposed or denied.

    >>> wished("日本抗议并要求撤回"), wished("美国取消许可要求")
    ([(5, 9)], [])
    >>> bool(wished("参议员提案 阻止政府放松对华限制")), bool(wished("美国放宽对华限制"))
    (True, False)
    >>> wished("chip rules will not be eased"), wished("chip rules are eased")
    ([(11, 28)], [])
    """
    if text.isascii():
        if not any(map(text.__contains__, _STEMS)):
            return []
        return [match.span() for rule in (_POSTPONED, _REFUSED) for match in rule.finditer(text)]
    if not _LIFTING.search(text):
        return []
    return [match.span() for match in _WISHED.finditer(text)]
