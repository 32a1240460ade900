"""How long a measure is said to be suspended, beside the suspension that the record has."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from tracker.core.article_days import MONTHS, Dated, counted
from tracker.core.article_nouns import Context, Desk, Statement
from tracker.core.leaning import cited_by
from tracker.core.likeness import days_between, misses, span
from tracker.core.text import Folded
from tracker.model import Mention, RecordEvent

FAR: Final = 120
"""Days from a named day within which a suspension is the one that a text means."""

SLACK: Final = 0.15
"""Part of the said length by which a pause may miss it: "a year" need not be 365 days."""

_COUNT: Final = r"a|an|one|two|three|four|five|six|nine|twelve|\d{1,2}"
_PAUSE: Final = re.compile(
    r"\b(?:suspend|paus|halt|shelv)\w*\b[^.;]{0,60}?\bfor (?:another |about )?"
    rf"(?P<n>{_COUNT}) (?P<u>month|year)s?\b"
    rf"|\b(?P<n3>{_COUNT})[- ](?P<u3>month|year)s? (?:suspension|pause)\b"
    r"|(?:暂停|中止)[^,，。;；至到]{0,12}?(?<!\d)(?P<n2>[一两二三四五六七八九十]|\d{1,2})"
    r"(?P<u2>个月|年)(?!\d)"
)
FEW: Final = 2
"""Words or characters beside a day that open a sentence and tell of no act ("on", 自)."""

_DAY: Final = re.compile(
    rf"(?:{'|'.join(MONTHS)})"
    r"|[年月日起自从]|\b(?:on|in|from|since)\b"
)
_AND: Final = re.compile(r"[,，;；。]|\band\b|\bbut\b|而|并")


def pause_in(text: Folded) -> tuple[int, int, float, str] | None:
    """Where a text says how long something is suspended, how many days, and in what words.

    The place begins with the clause, so that the day from which the pause runs lies in it.

    >>> from tracker.core.text import fold
    >>> pause_in(fold("the rule was suspended for two years"))[2:]
    (730.5, 'two years')
    """
    match = _PAUSE.search(text.text)
    if match is None:
        return None
    mark = next(mark for mark in ("", "2", "3") if match[f"n{mark}"])
    count, unit = match[f"n{mark}"], match[f"u{mark}"].removeprefix("个")
    begin = max((cut.end() for cut in _AND.finditer(text.text, 0, match.start())), default=0)
    begin = begin if _tells(text.text[:begin]) else 0
    words = text.original[match.start(f"n{mark}") : match.end()]
    return begin, match.end(), counted(count, unit), words


def _tells(words: str) -> bool:
    """Whether more than a day stands in the words before a clause."""
    rest = _DAY.sub(" ", words)
    return len(re.findall(r"[a-z]+|[\u3400-\u9fff]", rest)) > FEW


def pause_days(text: Folded, named: Sequence[Dated]) -> tuple[Dated, ...]:
    """The named days that belong to the pause which a text tells of, not to the act before it.

    >>> from tracker.core.text import fold
    >>> pause_days(fold("The rule was published in May."), ())
    ()
    """
    found = pause_in(text)
    if found is None:
        return ()
    clause = text.original[found[0] : found[1]]
    return tuple(day for day in named if day.words in clause)


def paused(text: Folded, mention: Mention, named: Sequence[Dated], desk: Desk, context: Context
           ) -> Statement | None:  # fmt: skip
    """The suspension that a sentence gives a length; a conflict where the record's is another."""
    found = pause_in(text)
    event = _meant(text, named, desk, context) if found else None
    if found is None or event is None:
        return None
    begun = (*event.dates.get("effective", ()), event.date)[0]
    until = event.dates["suspended_until"][-1]
    dated = next(iter(pause_days(text, named)), None)
    remarks = []
    if dated and misses(dated, event):
        remarks.append(f"article: {dated.words}; record: {span(event)}")
    if abs((until - begun).days - found[2]) > SLACK * found[2]:
        remarks.append(f"article: suspended for {found[3]}; record: from {begun} to {until}")
    verdict = "conflicts" if remarks else "agrees"
    return Statement(text.original, mention, dated, event, verdict, "; ".join(remarks))


def _meant(text: Folded, named: Sequence[Dated], desk: Desk, context: Context
           ) -> RecordEvent | None:  # fmt: skip
    """The suspension of a measure called by name, or of the one told last, nearest to the day."""
    cited = cited_by(text, desk)
    terms = set(context.event.terms) if context.event and not cited else set()
    own = pause_days(text, named) or ((context.dated,) if context.dated else tuple(named[:1]))
    meant = [
        (days_between(own[0], one) if own else 0, one.id, one)
        for one in desk.record
        if one.direction == "ease" and one.dates.get("suspended_until")
        and (one.id in cited or terms & set(one.terms))
    ]  # fmt: skip
    near = [row for row in meant if row[0] <= FAR]
    return min(near)[2] if near else None
