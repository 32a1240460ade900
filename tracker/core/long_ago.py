"""An act of months ago that a text has as its news: told by its day, its month or its quarter."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from tracker.core.asides import ACT_ROLES, aside
from tracker.core.late import late
from tracker.core.when import When
from tracker.dates import shifted

REACH: Final = 400
"""Days before a report in which such an act is looked for."""

LEAD: Final = 300
"""Letters within which the main clause of a first sentence says when."""

_OF_BOOKS: Final = frozenset({"company", "substitution", "statement"})
"""Kinds of acts beside which a month or a quarter is mostly that of sales."""

_UNDER: Final = late(
    r"\b(?:after|since|when|that|which|who|whose|where|amid|despite|following|until|from|under|as|if"
    r"|before|because|had|already|compared|unlike|once|earlier|will|would|could|may|plans?)\b[^.;:\n]*$"
    r"|(?<=\w )(?<!said )(?<!says )(?:he|she|they|it) (?:had |once )?(?:\w+ed|made|put|cut|set)\b"
    r"[^.;:\n]*$"
    r"|\b(?:of|by|than|first|, \w+ed(?: in)?) (?:the )?$"
    r"|(?:自|从|從|继|繼|截至|较|較|去年同期|同比|计划|計[划劃畫]|[拟擬将將])[^。;；\n]{0,12}$",
    re.IGNORECASE,
)
"""What makes the clause before a phrase one of something else."""

_UNDER_THEN: Final = late(
    r"[^,，。;；\n]{0,24}?(?:以来|以來|[之以]?[后後][,，]|时[,，]|時[,，]|同期)|[^,，。;；\n]{0,6}的"
    r"|(?: ?[-–—至到起]| to )"
    r"|份?的?(?:管制|措施|新[规規]|[规規]定|禁令|限制|[协協][议議]|休[战戰])",
)
"""What makes a phrase part of a longer time, or the name of something."""

_SHOWN: Final = late(
    r"\b(?:documents?|papers|filings?|records|data|e-?mails?|sources?|people|persons?|executives"
    r"|traders|insiders)\b|知情|消息人士|文件|人士[称稱透表指]|[获獲]悉|数据|數據|消息[称稱]",
    re.IGNORECASE,
)
"""Who makes known what was done some time ago."""

_IN_FULL: Final = late(r"\d\D+\d{4}|\d{4}\D+\d+\D+\d")
"""A day with its year."""


def long_ago(phrases: tuple[When, ...], text: str, report: date, kind: str) -> When | None:
    r"""The phrase by which a text tells that its act, only now made known, was some time ago.

    It stands in the headline; or in the main clause of the first sentence, where it is a day with
    its year or opens the text, or where papers or people in the know are quoted. A day goes before
    a month.

    >>> from tracker.core.when import find_phrases
    >>> said = "US eases curbs\nThe licence was granted in March, papers show."
    >>> report = date(2025, 7, 15)
    >>> long_ago(find_phrases(said, report), said, report, "licence").precision
    'month'
    """
    if kind in _OF_BOOKS:
        return None
    found = [
        one
        for one in phrases
        if _may(one, report) and _leads(one, text) and not aside(one, phrases, text, report, kind)
    ]
    return min(found, key=lambda one: (one.last - one.first, one.start), default=None)


def _may(one: When, report: date) -> bool:
    past = shifted(report, -REACH) <= one.first and one.last <= report
    return one.role in ACT_ROLES and one.form not in ("week", "year", "later") and past


def _leads(one: When, text: str) -> bool:
    """Whether a phrase stands in the main clause of the headline or of the first sentence."""
    title = text.find("\n") + 1
    begin = title if one.start >= title else 0
    if one.start - begin > LEAD:
        return False
    before = text[begin : one.start]
    opens = one.precision == "day" and one.start - begin < 4
    if begin == title and not opens and not _IN_FULL.search(one.words) and not _SHOWN.search(text):
        return False
    if "。" in before or "；" in before or re.search(r"(?<!\b[A-Z])[.;] ", before):
        return False
    return not _UNDER.search(before) and not _UNDER_THEN.match(text, one.end)
