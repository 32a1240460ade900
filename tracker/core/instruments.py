"""What people call the forms of acts: as the record and screens name them, and in Chinese."""

from __future__ import annotations

from typing import Final

from tracker.model import INSTRUMENTS

_NAMES: Final = {
    "federal-register-rule": ("rule", "federal register", "联邦公报", "联邦公报规则", "规则"),
    "is-informed-letter": ("is informed", "告知函", "通知函"),
    "guidance": ("指南", "指引"),
    "executive-order": ("行政令", "行政命令"),
    "proclamation": ("总统公告",),
    "statute": ("law", "act", "法律"),
    "bill": ("法案", "议案"),
    "court-decision": ("判决", "裁决"),
    "agency-decision": ("决定",),
    "press-release": ("新闻稿",),
    "mofcom-announcement": ("announcement", "公告", "商务部公告"),
    "customs-action": ("海关行动",),
    "summons": ("约谈",),
    "window-guidance": ("窗口指导",),
    "procurement-rule": ("采购规则",),
    "court-filing": ("诉状",),
    "indictment": ("起诉书",),
    "settlement": ("和解",),
    "company-filing": ("filing", "公司申报"),
    "company-announcement": ("公司公告",),
    "joint-statement": ("联合声明",),
    "meeting": ("会议", "会谈", "会晤"),
    "visit": ("访问",),
    "interview": ("采访", "专访"),
    "media-report": ("媒体报道",),
    "product-launch": ("产品发布",),
    "other": ("其他",),
}


def instruments_named(folded: str) -> tuple[str, ...]:
    """The instrument that a folded word names, with blanks or hyphens; empty for none.

    >>> instruments_named("federal register rule"), instruments_named("约谈")
    (('federal-register-rule',), ('summons',))
    >>> instruments_named("window guidance"), instruments_named("letter")
    (('window-guidance',), ())
    """
    word = _plain(folded)
    return tuple(
        name for name in INSTRUMENTS
        if word in (_plain(name), *map(_plain, _NAMES.get(name, ())))
    )  # fmt: skip


def _plain(word: str) -> str:
    return " ".join(word.replace("-", " ").split())
