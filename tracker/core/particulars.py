"""What a report says of the form of an act: instrument, force, numbers of documents."""

from __future__ import annotations

import re
from typing import Final

from tracker.core.late import late
from tracker.core.text import Folded
from tracker.model import KINDS, Kind, Status

_FORMS: Final[tuple[tuple[str, frozenset[str], re.Pattern[str]], ...]] = tuple(
    (name, frozenset(kinds.split()), late(words))
    for name, kinds, words in (
        ("is-informed-letter", "rule licence company",
         r"\bis[- ]informed\b|\bletters? (?:to|from|sent)|\bin a letter\b|来函|发函"
         r"|致函.{0,8}(?:企业|公司)"),
        ("executive-order", "rule", r"\bexecutive order|行政命令|行政令"),
        ("proclamation", "rule", r"\bproclamation|总统公告"),
        ("federal-register-rule", "rule listing",
         r"\bfinal rule|\bproposed rule|federal register"
         r"|\bpropos(?:es|ed|ing) (?:an? |the |new )?(?:[\w-]+ ){0,2}?rules?\b"
         r"|临时最终规则|暂行最终规则|最终规则"),
        ("mofcom-announcement", "countermeasure listing licence",
         r"公告(?:20\d\d年)?第?\d+号|第\d+号公告|announcement no|(?:商务部|海关总署).{0,12}公告"),
        ("summons", "countermeasure", r"\bsummon|约谈|传唤"),
        ("customs-action", "countermeasure enforcement", r"\bcustoms\b|海关"),
        ("guidance", "rule", r"\bguidance\b|\badvisory\b|指南|指引"),
        ("joint-statement", "talks", r"\bjoint statement|\bfact sheet|联合声明"),
        ("court-decision", "enforcement rule listing licence",
         r"\b(?:courts?|judges?|jury|justices)\b[^.;:\n]{0,40}?\b(?:rules?|ruled|upholds?|upheld"
         r"|str(?:ikes|uck) down|dismiss|toss|throws? out|threw out|overturn|vacat|block(?:s|ed)?\b"
         r"|reinstat|acquit|sides? with|sided with|(?:agrees? )?to hear|convict|sentenc)"
         r"|(?:法院|法官|法庭|陪审团)[^,，。;；:：\n]{0,10}?(?:裁定|裁决|判|驳回|叫停|推翻|恢复|维持|否决)"),
        ("court-filing", "enforcement",
         r"\bcomplaint\b|\bcourt (?:filing|papers|records|documents)|诉状"),
        ("settlement", "enforcement", r"\bsettle(?:s|d|ment)?\b|\bto pay \$|和解"),
        ("indictment", "enforcement", r"\bindict|\bcharged? (?:with|in)\b|起诉|公诉|被控"),
        ("company-filing", "company statement",
         r"\b(?:regulatory|sec|securities) filing|\b8-k\b|\b10-[kq]\b|公告称"),
        ("interview", "statement", r"\binterview|专访|访谈|受访"),
    )
)  # fmt: skip
_FORMS_OF: Final = {
    kind: tuple((name, words) for name, kinds, words in _FORMS if kind in kinds) for kind in KINDS
}
_SIGNS: Final = {
    "is-informed-letter": ("informed", "letter", "函"),
    "executive-order": ("executive order", "行政"),
    "proclamation": ("proclamation", "公告"),
    "federal-register-rule": ("final rule", "propos", "federal register", "最终规则"),
    "mofcom-announcement": ("公告", "announcement no"),
    "summons": ("summon", "约谈", "传唤"),
    "customs-action": ("customs", "海关"),
    "guidance": ("guidance", "advisory", "指南", "指引"),
    "joint-statement": ("joint statement", "fact sheet", "联合声明"),
    "court-decision": ("court", "judge", "jury", "justices", "法院", "法官", "法庭", "陪审团"),
    "court-filing": ("complaint", "court ", "诉状"),
    "settlement": ("settle", "to pay $", "和解"),
    "indictment": ("indict", "charge", "诉", "被控"),
    "interview": ("interview", "访"),
    "company-filing": (" filing", "8-k", "10-", "公告称"),
}
"""One of these stands wherever the form is read: most items have none."""

_CAPITAL: Final = {
    "federal-register-rule": "US", "is-informed-letter": "US", "executive-order": "US",
    "proclamation": "US", "mofcom-announcement": "CN", "window-guidance": "CN",
}  # fmt: skip
"""Forms that one capital alone has: no Dutch rule is a letter of Washington's."""

_BINDING: Final = {
    "federal-register-rule": True, "is-informed-letter": True, "executive-order": True,
    "proclamation": True, "statute": True, "mofcom-announcement": True, "court-decision": True,
    "settlement": True, "agency-decision": True, "guidance": False, "window-guidance": False,
    "bill": False, "meeting": False, "joint-statement": False, "press-release": False,
    "interview": False,
}  # fmt: skip
"""Whether an instrument binds, as the curated record holds it; others are not said to."""

_ANNOUNCEMENT: Final = late(
    r"公告(?P<y>20\d\d)年第(?P<n>\d{1,3})号|(?P<y2>20\d\d)年第(?P<n2>\d{1,3})号公告"
    r"|announcement no\. ?(?P<n3>\d{1,3}) of (?P<y3>20\d\d)"
)
_REGISTER: Final = late(r"\b(\d{2}) fr (\d{3,6})\b")
_SECTION: Final = late(r"\bsection (232|301|5949|1260h)\b")


def instrument_of(text: str, kind: Kind, told: str, capital: str | None = None) -> str:
    """The form of the act that the words name, else ``told``, that of the leading rule.

    A form that another capital has than the acting one is none of the act's.

    >>> instrument_of("bis issued an interim final rule", "rule", "other", "US")
    'federal-register-rule'
    >>> instrument_of("nothing is said", "rule", "is-informed-letter", "NL")
    'other'
    """
    for name, words in _FORMS_OF[kind]:
        if (
            _possible(name, capital)
            and any(map(text.__contains__, _SIGNS[name]))
            and words.search(text)
        ):
            return name
    return told if _possible(told, capital) else "other"


def _possible(name: str, capital: str | None) -> bool:
    return capital is None or _CAPITAL.get(name, capital) == capital


def binding_of(instrument: str, status: Status) -> bool | None:
    """Whether the act binds; a proposal does not, and of many forms nothing can be said.

    >>> binding_of("federal-register-rule", "confirmed"), binding_of("visit", "confirmed")
    (True, None)
    >>> binding_of("federal-register-rule", "proposed")
    False
    """
    if status == "proposed":
        return False
    found = _BINDING.get(instrument)
    return None if status != "confirmed" and found else found


def numbers_of_documents(text: str) -> tuple[str, ...]:
    """Announcements, Federal Register pages and sections named, in the record's spelling.

    >>> numbers_of_documents("商务部公告2025年第61号, 88 fr 73458, section 301")
    ('公告2025年第61号', '88 FR 73458', 'Section 301')
    """
    marked = "公告" in text or "announcement no" in text
    found = [] if not marked else [
        f"公告{m['y'] or m['y2'] or m['y3']}年第{m['n'] or m['n2'] or m['n3']}号"
        for m in _ANNOUNCEMENT.finditer(text)
    ]  # fmt: skip
    if " fr " in text:
        found += [f"{m[1]} FR {m[2]}" for m in _REGISTER.finditer(text)]
    if "section " in text:
        found += [f"Section {m[1].upper()}" for m in _SECTION.finditer(text)]
    return tuple(dict.fromkeys(found))


def whole(title: Folded, summary: Folded) -> str:
    """Title and summary as one folded text, a line each.

    >>> from tracker.core.text import fold
    >>> whole(fold("A"), fold("B")).split()
    ['a', 'b']
    """
    return f"{title.text}\n{summary.text}"
