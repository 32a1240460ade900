"""Whether a headline only asks or supposes: a question is no act, nor what would follow an "if".

``Will US ban H20 sales?``, ``What if China bans gallium?`` are views of what may come;
``若美方取消清单 中方将恢复采购`` tells words, whatever acts it names.
"""

from __future__ import annotations

from typing import Final

from tracker.core.late import late
from tracker.core.signs import sign, signs_in

_ASKS: Final = late(
    r"^\W?(?:will|would|could|can|should|is|are|may|might)\b[^?]*\?"
    r"|(?:^\W?|: )what (?:if|happens|would happen|will happen)\b"
)
_ASKS_SIGNS: Final = sign("?", "what ")
_SUPPOSES: Final = late(
    r"\b(?:if|unless) (?:the )?(?:us|u\.s\.?|washington|beijing|china|trump|eu|brussels|taipei"
    r"|congress)\b"
    r"|\bcould (?:win|get|receive|obtain|secure|be (?:granted|allowed|approved))\b"
    r"|\bwould [^,;:.]{3,60} if\b"
    r"|\b(?:doubts?|fears?|expects?|predicts?) (?:that )?(?:the )?(?:us|u\.s\.?|washington|beijing"
    r"|china|trump|commerce)\b[^,;:.]{0,40}\b(?:will|would|to|may|could)\b"
    r"|(?:^|[:,，。;； ]|[方国]|[美中欧日韩陆台])"
    r"(?:若(?!干|无其事)|如果|一旦|倘若?|假如|除非)(?!说)"
)
_SUPPOSES_SIGNS: Final = sign(
    "if ", "unless ", "could ", "would ", "doubt", "fear", "expect", "predict",
    "若", "如果", "一旦", "倘", "假如", "除非",
)  # fmt: skip
_BEGS: Final = late(
    r"^[^,，。;；:： ]{0,16}?(?:议员|委员会|特委会|检察长|业界|业者|协会|商会|企业|厂商|公司"
    r"|车企|巨头"
    r"|semi|应材|(?:南韩|韩国?|韩方|日本|日方|荷兰|荷方|台方)"
    r"(?=[^,，。]{0,3}(?:要求|促|吁|请求|敦促)美))"
    r"[^,，。;；:：]{0,6}(?:要求|敦促|呼吁|吁请?|促请?(?![进成销使]))(?![被已获])[^,，。;；]{0,24}?"
    r"(?:列入|撤销|取消|禁|限制|放宽|允许|恢复|解除|收紧|暂停|豁免|拉黑|制裁|扩大|延长)"
)
_BEGS_SIGNS: Final = sign("要求", "敦促", "吁", "促")


def asks(title: str) -> bool:
    """Whether a folded headline is a question that its own text answers, or a supposition.

    >>> asks("will us ban nvidia's h20 again?"), asks("did the us just ban h20?")
    (True, False)
    """
    return bool(signs_in(title) & _ASKS_SIGNS and _ASKS.search(title))


_TOLD: Final = late(r"^([^:：]*(?:宣布|决定|确认|证实|已)[^:：]*)[:：].*")
_TOLD_SIGNS: Final = sign("宣布", "决定", "确认", "证实", "已")
"""A headline that tells an act before its colon; what is supposed behind it is beside it."""


def supposes(title: str) -> bool:
    """Whether a folded headline tells what would be done, or what is asked of who can act.

    What would follow if another did something first, what somebody expects or fears, what members
    of parliaments and makers ask for. What the other side asks for belongs to the act it answers.

    >>> supposes("若美方取消清单 中方将恢复采购"), supposes("美国将若干企业列入清单")
    (True, False)
    >>> supposes("beijing vows reprisal if us adds firms"), supposes("参议员要求撤销三星豁免")
    (True, True)
    """
    seen = signs_in(title)
    if not seen & (_SUPPOSES_SIGNS | _BEGS_SIGNS):
        return False
    told = _TOLD.match(title) if seen & _TOLD_SIGNS else None
    title = told[1] if told else title
    supposed = seen & _SUPPOSES_SIGNS and _SUPPOSES.search(title)
    return bool(supposed or (seen & _BEGS_SIGNS and _BEGS.search(title)))
