"""Whether a sentence tells that a measure comes back: a suspension ends, a rule is in force again.

What is lifted, ended or resumed decides: the suspension of a *control* ended tightens, that of
sales, exports or licences eases. The words in between vary too much for a list of names, so they
are read by a closed grammar on folded text (lower case, simplified).
"""

from __future__ import annotations

from typing import Final

from tracker.core.late import late
from tracker.core.signs import sign, signs_in

_CONTROL: Final = (
    r"(?:(?:export|trade|import|chip)[ -])?(?:controls?|curbs?|bans?|restrictions?|limits|rules?"
    r"|requirements?|prohibitions?|embargo(?:es)?|tariffs?|dut(?:y|ies)|lev(?:y|ies)|fees?"
    r"|measures?|countermeasures?|sanctions?|blacklist(?:ing)?|list(?:ing)?|regulations?)\b"
)
_NEAR: Final = r"(?:(?!despite\b|after\b|amid\b|under\b|because\b|as\b|to )[\w’'%$.+-]+ ){0,9}"
_PAUSE: Final = r"(?:suspension|pause|freeze|moratorium|stay)"
_ENDS: Final = (
    r"(?:lift|end|scrap|cancel|withdraw|revok|rescind|terminat|drop|remov|revers)"
    r"(?:e|s|es|ed|ing|ped|ping|led|ling)?"
)
_OVER: Final = (
    r"(?:expire[sd]?|end(?:s|ed)|laps(?:e|es|ed)|(?:ran|runs) out|(?:is|was) over|lift(?:s|ed))"
)
_BACK: Final = (
    r"(?:re-?instat|re-?impos|re-?introduc|re-?activat|restor|reviv|resum)(?:e|es|ed|ing)"
    r"|br(?:ings?|ought) back|snaps? back"
)
_AGAIN: Final = (
    r"(?:(?:is|are|was|were|be|goes|go|went|comes?|came|put|puts) )?"
    r"(?:back (?:in|into) (?:force|effect)|(?:in|into) (?:force|effect) (?:again|once more)"
    r"|takes? effect again|took effect again)"
)
_ENGLISH: Final = late(
    rf"\b{_ENDS} (?:[\w’'%-]+ ){{0,5}}?{_PAUSE} (?:of|on|in|to) {_NEAR}{_CONTROL}"
    rf"|\b(?:{_BACK}) (?!sales?\b|shipments?\b|exports? (?:of|to)\b){_NEAR}{_CONTROL}"
    rf"|{_CONTROL}(?: [\w’'-]+){{0,6}} {_AGAIN}\b"
    rf"|{_CONTROL} (?:[\w’'-]+ ){{0,3}}?(?:re-?instated|re-?imposed|revived|restored|returns?\b)"
    rf"|\b(?:lets?|allow(?:s|ed)?|sees?) {_NEAR}{_CONTROL}(?: to)?"
    r" (?:return|snap back|come back|resume)\b"
)
_RAN_OUT: Final = late(rf"\b{_PAUSE}(?: (?:of|on) {_NEAR}[\w-]+| period)? (?:has |had )?{_OVER}\b")
_ANY_CONTROL: Final = late(rf"\b{_CONTROL}")
_PUT_OFF: Final = late(
    r"\b(?:extend|prolong|renew|(?:paus|delay|postpon|shelv|drop|scrap|suspend|put off|defer)\w* "
    r"(?:(?:the|its|a|any|planned) )?(?:plans?|decision|move|bid|return|reinstatement))"
    r"|延长|展期|延期|续延|顺延|继续暂停|(?:推迟|暂缓|搁置|延后|延缓|不会|暂不)恢复"
)

_ZH_CONTROL: Final = (
    r"(?:管制|管控|限制|禁令|禁止|规则|新规|规定|措施|关税|加征|制裁|公告|清单|名单|许可要求"
    r"|港务费|条例)"
)
_ZH_GAP: Final = r"[^,，。;；:!！?？ ]"
_ZH_HALT: Final = r"(?:暂停|中止)(?!出口(?!管制|限制|禁令)|销售|供货|供应|发放|采购)"
_CHINESE: Final = late(
    rf"(?:解除|结束|终止|取消|撤销|停止|不再)(?:对)?{_ZH_GAP}{{0,18}}?{_ZH_HALT}"
    rf"{_ZH_GAP}{{0,16}}?{_ZH_CONTROL}"
    rf"|(?:解除|结束|终止|取消|撤销)(?:对)?{_ZH_GAP}{{0,16}}?{_ZH_CONTROL}{_ZH_GAP}{{0,4}}?的?"
    rf"(?:暂停|中止)"
    rf"|(?:恢复|重启|重新|再度|再次)(?:正式)?(?:执行|实施|施行|生效|适用|征收|加征)"
    rf"|(?:恢复|重启)(?:对)?{_ZH_GAP}{{0,14}}?"
    rf"(?:管制|管控|限制|禁令|穿透规则|关税|制裁|许可要求)(?!的?(?:产品|物项|芯片|品)|前)"
)
_ZH_RAN_OUT: Final = late(
    r"(?:暂停|中止)(?:执行|实施|期|措施|期限){0,2}(?:[一二两三\d]{1,2}年)?(?:后)?(?:已)?"
    r"(?:结束|到期|届满|期满|失效|终止)"
)
_ZH_ANY: Final = late(_ZH_CONTROL)

_SIGNS: Final = sign(
    "suspension", "pause", "freeze", "moratorium", "stay", "instat", "impos", "introduc",
    "activat", "restor", "reviv", "resum", "back", "again", "once more", "return",
)  # fmt: skip
_SIGNS_ZH: Final = sign("暂停", "中止", "恢复", "重启", "重新", "再度", "再次")


def comes_back(text: str) -> bool:
    """Whether a sentence (folded) tells that a control, rule or duty applies again.

    >>> comes_back("us lifts suspension of 50% affiliates rule")
    True
    >>> comes_back("china lifts suspension of rare earth exports")
    False
    >>> comes_back("商务部解除暂停对美出口管制"), comes_back("英伟达恢复对华销售")
    (True, False)
    """
    return _told(text) and not _PUT_OFF.search(text)


def _told(text: str) -> bool:
    seen = signs_in(text)
    if seen & _SIGNS and (
        _ENGLISH.search(text) or (_RAN_OUT.search(text) and _ANY_CONTROL.search(text))
    ):
        return True
    return bool(
        seen & _SIGNS_ZH
        and (_CHINESE.search(text) or (_ZH_RAN_OUT.search(text) and _ZH_ANY.search(text)))
    )
