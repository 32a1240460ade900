"""Whether a sentence says that an act will not be, or was not: what is denied is no act.

``Commerce rules out adding Xiaomi``, ``China denies it will lift the ban``, ``不会列入实体清单``,
``没有暂停稀土管制``, ``官方：假消息``: every word of the act stands there. What is refused (no
licence is granted, a waiver is not renewed) was decided all the same, so these verbs are no part of
the grammar; nor is ``deny`` with a licence or a firm behind it. ``不排除`` rules nothing out.
"""

from __future__ import annotations

from typing import Final

from tracker.core.late import late
from tracker.core.negation import (
    GAP,
    HAS_NOT,
    NOT_DONE_ZH,
    NOT_MEANT,
    NOT_MEANT_ZH,
    WILL_NOT,
    WILL_NOT_ZH,
)
from tracker.core.signs import sign, signs_in

_ACTS: Final = (
    r"(?:ban|bar|restrict|curb|limit|tighten|lift|eas|relax|loosen|soften|scrap|rescind|repeal|add"
    r"|blacklist|sanction|reinstat|reimpos|impos|revok|suspend|expand|widen|remov|chok|contain"
    r"|decoupl|order|ask|halt|stop|freez|join|requir|block|cut|seiz|detain|prohibit)"
    r"(?:e|es|ed|ing|s|ning|ned|ring|red|ped|ping)?"
)
_CURBS: Final = (
    r"(?:(?:new|further|more|additional|fresh|tougher|stricter|export|chip)(?: [\w'-]+){0,2}? )?"
    r"(?:rules?|controls?|curbs?|restrictions?|ban|bans|measures|tariffs|requirements?)"
)
_WHAT: Final = r"(?:reports?|rumou?rs?|claims?|allegations?|accusations?|talk|suggestions?)"
_FALSE: Final = (
    r"(?:false|untrue|not true|inaccurate|not accurate|incorrect|baseless|unfounded|fake)"
)
_DONE: Final = (
    r"(?:has|have|had|was|were|is|are|will|would|halted|stopped|ordered|asked|banned|told|approved"
    r"|paid|paying|helped|helping|sold|selling|blocked|imposed|agreed|offered|violating|breaking"
    r"|supplying|shipping)"
)
_UNSAID: Final = (
    r"(?:(?<!not )(?<!n't )(?<!never )rul(?:e|es|ed|ing) out"
    r"|den(?:y|ies|ied|ying)(?= (?:that|it|they|he|she|any|plan\w*|consider\w*"
    r"|having|want\w*|weigh\w*|seek\w*|\w+ing)\b))"
)
_CALLED_FALSE: Final = late(
    r"\b(?:den(?:y|ies|ied|ying)|dismiss\w*|refut\w+|disput(?:es|ed|ing)|reject\w*) "
    rf"(?:a |the |any |media )?{_WHAT}\b|\bcall(?:s|ed) (?:[\w'-]+ ){{0,10}}'?{_FALSE}\b"
    rf"|\b{_WHAT}\b[^,;:.!?]{{0,90}} (?:is|are|was|were) {_FALSE}\b|\bno truth (?:to|in)\b"
    r"|^\W?fake news\b"
    rf"|\bden(?:y|ies|ied) (?!licen|permit|visa|access)(?:[\w'-]+ ){{0,5}}?{_DONE}\b"
)
_DENIED: Final = late(
    rf"(?:{NOT_MEANT}|\b{_UNSAID}){GAP}{{0,5}}? (?:{_ACTS}|{_CURBS})\b"
    rf"|\b(?:{WILL_NOT}|{HAS_NOT}){GAP}{{0,5}}? {_ACTS}\b"
    r"|\b(?:almost|nearly) (?:\w+ed|cut|put|let)\b"
    r"|\b(?:not (?:been )?(?:aware|informed) of|unaware of|not familiar with|no knowledge of)\b"
)
_SIGNS: Final = sign(
    "not ", "n't ", "no ", "never ", "yet to", "rul", "deni", "deny", "dismiss", "refut", "disput",
    "reject", "against ", "short of", "close to", "almost ", "nearly ", "fake", "false", "true",
    "accurate", "baseless", "unfounded", "unaware",
)  # fmt: skip

_ACTS_ZH: Final = (
    r"(?:限制|禁止|禁售|禁运|收紧|加严|扩大|列入|列为|列实体|列黑|拉黑|制裁|放宽|放松|松绑|解除|取消|解禁|暂停|恢复|撤销"
    r"|撤回|封锁|加征|加码|管制|脱钩|遏制|打压|断供|停产|停供|吊销|要求|反垄断|调查|立案|处罚|停止|祭)"
)
_NOT_ZH: Final = (
    rf"(?:{NOT_MEANT_ZH}|{WILL_NOT_ZH}|{NOT_DONE_ZH}|不存在|(?<!不)排除(?!万难)"
    r"|不(?=取消|撤销|解除|放宽|放开|恢复))"
)
_DENIED_ZH: Final = late(
    rf"{_NOT_ZH}[^,，。;；!！?？]{{0,10}}?{_ACTS_ZH}|否认(?![^,，]{{0,6}}(?:有罪|指控|控罪|犯))"
    r"|假消息|假新闻|不属实|消息不实|报[道导]不实|传闻不实|纯属虚构|纯属谣言|子虚乌有|辟谣|系谣言"
    r"|是谣言|系伪造|[绝并]无此事|没有(?:这回|这|此)事|驳斥[^,，。]{0,18}(?:报[道导]|传闻|说法)|无中生有"
    r"|不了解(?!你的客户)|不掌握|不知情|未曾?听说|没听说"
    r"|斥[为其]?(?:谣言|假|不实)|是否[^。;；]{1,30}(?:尚未决定|尚未定案|未作决定|未有决定)"
)
_SIGNS_ZH: Final = sign(
    "否认", "不", "无", "没有", "未", "排除", "并非", "假", "辟谣", "谣言", "虚", "伪", "斥",
)  # fmt: skip


_TALKS: Final = r"(?:talks?|meetings?|negotiations?|calls?|visits?|trips?|summit|consultations?)"
_NO_MEETING: Final = late(
    rf"^no (?:[\w-]+ ){{0,3}}?{_TALKS} (?:(?:is|are|was|were) )?(?:planned|scheduled|set|held)\b"
    r"|\b(?:fail(?:s|ed)? to|will not|won't|did not|not to) meet\b"
    r"|\bden(?:y|ies|ied)(?: that)? (?:holding|any|being in|there (?:are|were|have been))"
    rf" (?:[\w-]+ ){{0,3}}?{_TALKS}\b"
)
_NO_MEETING_ZH: Final = late(
    r"^[^,，。;；:： ]{2,14}(?:未|没有|不会?)(?:能|曾)?(?:与|同|和)"
    r"[^,，。;；]{1,14}(?:会面|会谈|会晤|磋商|见面)"
    r"|(?:否认|没有|未)(?:正在|在)?(?:与[^,，。;；]{1,8})?(?:进行|举行)[^,，。;；]{0,8}(?:谈判|磋商|会谈)"
)


def no_meeting(text: str) -> bool:
    """Whether a headline (folded) says that nobody meets: then no talks are told of.

    >>> no_meeting("no talks planned between he lifeng, bessent"), no_meeting("us and china meet")
    (True, False)
    >>> no_meeting("王文涛未与日本经产大臣会面"), no_meeting("王文涛与日本经产大臣会面")
    (True, False)
    """
    return bool(_NO_MEETING.search(text) or (not text.isascii() and _NO_MEETING_ZH.search(text)))


def denied(text: str) -> bool:
    """Whether a sentence (folded: lower case, simplified) denies an act or rules one out.

    >>> denied("commerce rules out adding xiaomi to entity list"), denied("us denies licence")
    (True, False)
    >>> denied("商务部否认将对镓锗解禁"), denied("美国不排除扩大限制"), denied("美国扩大限制")
    (True, False, False)
    """
    seen = signs_in(text)
    if seen & _SIGNS_ZH and _DENIED_ZH.search(text):
        return True
    if not seen & _SIGNS:
        return False
    return bool(_DENIED.search(text) or _CALLED_FALSE.search(text))
