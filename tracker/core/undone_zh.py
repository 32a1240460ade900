"""Chinese clauses that take something back: which way they go (see ``core.undone``).

What undoes stands before what it undoes (``撤回``, ``推迟``, ``不再``), as a noun behind it
(``的撤销令``), or as what became of it (``豁免到期``). Of several words each turns the rest around:
``撤回对三星豁免的撤销令``, ``暂缓撤销豁免``, ``管制暂停期满后不再展期``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, TypeAlias

from tracker.core.late import late
from tracker.core.negation import OUGHT_ZH

_Words: TypeAlias = Sequence[tuple[str, str]]
"""The words of a clause: sort and letters. ``tail`` tells what became of what stands before it."""

_LONGER: Final = r"延长|展延|续延|展期|续期|续签"
_UNDO: Final = (
    r"撤回|(?:撤销|撤消|取消|中止|暂停)(?!的)|放弃|搁置|终止|停止|推翻|收回(?!成命)|废除|叫停|否决|解除"
    r"|结束|推迟|延后|暂缓|延迟|延缓"
    r"|再停|续停|删去|删除|拿掉|免除|吊销|不再|拒绝|拒不|不予|阻止|决定不|不将|暂不|未予"
)
_KEEP: Final = (
    rf"恢复|{_LONGER}|重启|实施|执行|施行|采取|维持|加征|征收|生效|发布|公布|出台|推出|发放|核发"
    r"|颁发|签发|批准|核准"
)
_CURB: Final = (
    r"许可(?:要求|管理|制度|限制|草案|新规|规则|规定)|反制(?:措施)?"
    r"|(?:实体|黑|管控|不可靠实体|军工|涉军|最终用户|未经核实)?(?:清单|名单)(?!外)"
    r"|列入|纳入|限制|管制|管控|禁令|禁止|制裁|关税|新规|规则|规定|条例|接管令|部长令|封锁|断供|禁售|反倾销|反垄断|调查"
    r"|知情函|通知函|条款|港务费|抽成|分成|提成|法案|提案|议案|拦截|扣押|查扣|卡关"
)
_LEAVE: Final = (
    r"移出[^,，。 ]{0,12}?(?:清单|名单)|豁免|许可证?(?!要求|管理|制度|限制|草案|新规|规则|规定)"
    r"|授权|准证|veu|排除(?:期|清单)?|例外|宽限期"
)
_FREE: Final = r"放宽|放松|松绑|放开|解禁"
_TAIL: Final = rf"到期|失效|届满|期满|作废|(?:不再|未予?|拒绝|不予|没有?)(?:获)?(?:{_LONGER})"
_WORDS: Final = late(
    rf"(?P<leave>{_LEAVE})|(?P<tail>{_TAIL})|(?P<free>{_FREE})|(?P<undo>{_UNDO})|(?P<keep>{_KEEP})"
    rf"|(?P<curb>{_CURB})|(?P<flow>出口|销售|供应|供货|出货|发货|交付|进口|采购)"
)
_ORDERED: Final = late(
    r"(?:法院|法官|法庭)[^,，。 ]{0,6}(?:要求|命令|下令|责令)[^,，。 ]{0,14}(?:除名|移出|移除|除列)"
)
"""A court that has somebody taken off a list asks nobody."""
_CASE_BY_CASE: Final = late(r"(?<!推定)(?:改|放宽|转)[^,，。 ]{0,4}逐案")
"""What was refused as a rule, and is looked at one by one now."""
_LISTED: Final = late(
    r"(?:从|自|由)[^,，。;； ]{0,14}?(?:清单|名单)(?:中|内|里|上)?"
    r"(?:移除|移出|除名|删除|剔除|摘除|摘牌|划掉|撤下)"
    r"|(?:移出|剔出)[^,，。;； ]{0,12}?(?:清单|名单)|获除名"
)
_TAKEN_BACK: Final = late(
    r"撤销|取消|撤回|推翻|拒绝|驳回|未(?!经)|(?:veu|白色?|经验证(?:的)?最终用户)(?:清单|名单)"
)
_COURT: Final = late(r"(?:法院|法官|裁|判).*(?:违法|无效|违宪)")
_EITHER: Final = late(r"(暂停|停止|暂缓|取消|终止)(?:或|和|及|并|、)(?:暂停|停止|取消|终止|中止)")
_OWN_ACT: Final = late(r"列入|纳入|加征|实施|扩大|收紧|升级")
_ANY: Final = late(
    r"[撤消弃搁终停翻叫否解结推延缓迟免吊再拒阻决暂予恢展续到失届满废移剔除松放禁回改转删拿名列]|违法|无效|违宪"
)
"""A letter of each word that undoes: headlines without one are read no further."""
_CLAUSES: Final = re.compile(r"[,，。;；:：!！?？]+ *|(?<![a-z0-9]) +| +(?![a-z0-9])")
_NOT_OURS: Final = late(
    rf"要求|{OUGHT_ZH}|敦促|呼吁|吁|促(?!进|销|成)|希望|盼|请求|建议|反对|若|如果|一旦|除非|否则|不受|未受|担忧|恐|施压|争取|游说|申请|后$"
)
_SIGNS: Final[dict[str, int]] = {"curb": -1, "leave": 1, "flow": 1}
_NOT_FREED: Final = late(
    r"[未勿不没阻挡](?:[^,，。]{0,4}?)(?:放宽|放松|松绑|放开|解禁)|收紧|反对|防止"
)
_PAUSES: Final = frozenset({"暂停", "中止"})


def undone_zh(text: str) -> int:
    """1 where a Chinese headline (folded) eases by undoing, -1 where it tightens, else 0.

    >>> undone_zh("美撤回对三星中国厂豁免的撤销令"), undone_zh("美国决定不再延长三星豁免")
    (1, -1)
    >>> undone_zh("稀土管制暂停期满后不再展期"), undone_zh("商务部对镓实施出口管制")
    (-1, 0)
    """
    if not _ANY.search(text):
        return 0
    for clause in _CLAUSES.split(text):
        if _ORDERED.search(clause):
            return 1
        if not clause or _NOT_OURS.search(clause):
            continue
        if (sign := _sign(_EITHER.sub(r"\1", clause))) or _OWN_ACT.search(clause):
            return sign
    return 0


def _sign(clause: str) -> int:
    if _CASE_BY_CASE.search(clause):
        return 1
    if _LISTED.search(clause):
        return -1 if _TAKEN_BACK.search(clause) else 1
    words = [(found.lastgroup or "", found[0]) for found in _WORDS.finditer(clause)]
    sorts = {sort for sort, _ in words}
    if _COURT.search(clause):
        return -_head(words)
    if sorts.isdisjoint({"undo", "tail"}):
        return _freed(words, clause) or _kept(words)
    sign = _value([word for word in words if word[0] != "tail"], nested=False)
    return -sign if "tail" in sorts else sign


def _freed(words: _Words, clause: str) -> int:
    """1 where a curb or goods are eased outright (``考虑放宽对华出口限制``)."""
    at = next((at for at, (sort, _) in enumerate(words) if sort == "free"), None)
    eased = at is not None and any(sort in _SIGNS for sort, _ in words[at + 1 :])
    return int(eased and not _NOT_FREED.search(clause))


def _kept(words: _Words) -> int:
    """The sign of leave that is given back or goes on; curbs that do are read elsewhere."""
    first = next((word for sort, word in words if sort == "keep"), "")
    longer = first == "恢复" or re.fullmatch(_LONGER, first)
    leave = any(sort == "leave" for sort, _ in words)
    return 1 if longer and leave and _head(words) > 0 else 0


def _value(words: _Words, *, nested: bool = True) -> int:
    """The sign of words that begin with a verb of undoing, or end with its noun.

    A pause of nothing that is named has a sign only where it is undone itself (``nested``).
    """
    if not words:
        return 0
    (sort, word), rest = words[0], words[1:]
    if sort == "undo":
        return -_value(rest) or int(nested and word in _PAUSES)
    if sort == "free":
        return 1
    if sort == "keep":
        return _value(rest)
    named = [one for one in words if one[0] in _SIGNS]
    behind = [one for one in words[len(named) :] if one[0] == "undo"]
    if words[: len(named)] != named:  # a verb of undoing among names: what follows it counts
        at = next(at for at, one in enumerate(words) if one[0] not in _SIGNS)
        return _head(words[:at]) if words[at][0] == "keep" else _value(words[at:], nested=nested)
    return -_head(named) if behind else _head(named)


def _head(words: _Words) -> int:
    """The sign of the last of some names; goods count where nothing else is named."""
    named = [sort for sort, _ in words if sort in _SIGNS]
    telling = [sort for sort in named if sort != "flow"] or named
    return _SIGNS[telling[-1]] if telling else 0
