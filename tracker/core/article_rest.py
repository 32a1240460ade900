"""Days and clauses of a sentence beside the acts that were found in it: what was not checked.

A day that stands before the noun of a measure (``its October 2025 controls``) names the measure,
and one in a comparison (``the most since it added 80 on March 25``) is that of another act: neither
is the day of what the sentence tells.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Final

from tracker.core.act_words import direction_said
from tracker.core.article_days import (
    MONTHS_EN,
    MONTHS_ZH,
    YEAR,
    Dated,
    days_named,
    month_of,
    years_named,
)
from tracker.core.article_nouns import Desk, Statement
from tracker.core.article_verbs import tells_act
from tracker.core.event_words import all_of, told_of
from tracker.core.keys import content
from tracker.core.likeness import NAMED, common, misses, numbers_of, own_items, rules
from tracker.core.measures import ACTS
from tracker.core.text import Folded, fold, numbers
from tracker.core.touching import OFFICES
from tracker.dates import PartialDate
from tracker.model import Mention, RecordEvent

_NOUN: Final = (
    r"(?:controls?|rules?|curbs?|bans?|measures?|tariffs?|lists?|restrictions?|duties|requirements?"
    r"|regulations?|listings?|announcements?|orders?|truce|limits?|quarter)"
)
_NOUN_ZH: Final = r"(?:管制|措施|规则|禁令|清单|限制|规定|公告|关税|要求)"
_TOLD_OF: Final = (
    r"(?:announced|imposed|published|issued|introduced|unveiled|ordered|set|adopted|put in place)"
)
MANY: Final = 20
"""Days and clauses of a sentence that are looked at one by one; what has more is a list."""

_RECENT: Final = 14
"""Days before its publication that an article names without a year, whatever else it dates."""

_COMPARED: Final = re.compile(
    r"(?:, |\b)(?:the )?(?:most|largest|biggest|highest|fewest|smallest|toughest|first)\b"
    r"[^,;.]{0,40}?\bsince\b(?:(?!; |, (?:and|but|while)\b).)*"
    r"|\b(?:more|less|fewer|higher|lower|larger|smaller|bigger|wider) than"
    r" (?:the|it|in|on|a|those|what)\b(?:(?!; |, (?:and|but|while)\b).)*"
    r"|\b(?:compared (?:with|to)|up from|down from)\b(?:(?!; |, (?:and|but|while)\b).)*"
    r"|(?:是|为)?自[^,，;；]{2,40}?以来(?:最|首)[^,，;；]*|与[^,，;；]{2,40}?相比"
)
_JOINT: Final = re.compile(
    r"[,，;；](?! ?\d{3})|\b(?:and|while|whereas|but)\b|而(?=[^是非已])|并(?=[^非])"
)
_FEW: Final = 2
_STEM: Final = 4
_PART: Final = 1 / 3


def years_here(text: Folded, years: dict[int, int], published: date | None) -> dict[int, int]:
    """``years`` for a sentence: a month that the article nowhere dates lies near its other day.

    What happened within two weeks before the publication needs no year.

    >>> from tracker.core.text import fold
    >>> years_here(fold("On August 29, 2025 one, on September 2 the other"), {}, None)[9]
    2025
    """
    usual = years_named([], published)
    plain = [day for day in days_named(text, {}, None)[:MANY] if day.role == "plain"]
    if not plain:
        return years
    acted = (day for day in plain if not _names(text, day))
    near, found = next(acted, plain[0]).first, dict(years)
    for rule in (MONTHS_EN, MONTHS_ZH):
        for match in rule.finditer(text.text):
            year, month, day = month_of(match)
            elsewhere = years.get(month) != usual.get(month)
            if year or elsewhere or _lately(month, day, years, published):
                continue
            found[month] = min(
                (near.year - 1, near.year, near.year + 1),
                key=lambda one: abs((date(one, month, 15) - near).days),
            )
    return found


def _lately(month: int, day: int | None, years: Mapping[int, int], published: date | None) -> bool:
    if published is None or month not in years:
        return False
    try:
        last = PartialDate(years[month], month, day).last
    except ValueError:
        return False
    return 0 <= (published - last).days <= _RECENT


def naming(text: Folded, named: Sequence[Dated]) -> tuple[Dated, ...]:
    """The days of a text that only tell which measure is meant.

    >>> from tracker.core.text import fold
    >>> text = fold("China suspended its October 2025 rare-earth controls")
    >>> [day.words for day in naming(text, days_named(text, {}, None))]
    ['October 2025']
    """
    if len(named) > MANY:
        return ()
    found = tuple(day for day in named if day.role == "plain" and _names(text, day))
    if len(found) == len(named) and direction_said(text.text) != "ease":
        return ()
    return found


def _names(text: Folded, day: Dated) -> bool:
    words = re.escape(fold(day.words).text.strip())
    return bool(re.search(
        rf"(?<!\bon )(?<!\bin )(?<!\bby ){words}(?: [\w’'-]+){{0,3}}? {_NOUN}\b(?! were\b| was\b)"
        rf"|\b{_NOUN} (?:of|from|dated) (?:the )?{words}"
        rf"|\b{_NOUN} (?:(?:on|of|over|for) (?:[\w’'-]+ ){{1,3}}?)?(?:that )?"
        r"(?:it|they|china|beijing|washington|the us)? ?(?:had |first )*"
        rf"{_TOLD_OF} (?:on|in) {words}"
        rf"|{words}(?:公布|宣布|发布|出台|实施)?的[^,，。;；]{{0,12}}?{_NOUN_ZH}",
        text.text,
    ))  # fmt: skip


def compared(text: Folded) -> tuple[Folded, tuple[Folded, ...]]:
    """A text without its comparisons with another day, each letter in its place, and these.

    >>> from tracker.core.text import fold
    >>> rest, (part,) = compared(fold("It added 27, the most since it added 80 on March 25, 2025."))
    >>> rest.text.strip(), part.text
    ('it added 27', ', the most since it added 80 on march 25, 2025.')
    """
    parts = []
    for match in _COMPARED.finditer(text.text):
        part = Folded(text.original[match.start() : match.end()], match[0])
        if MONTHS_EN.search(part.text) or MONTHS_ZH.search(part.text):
            parts.append((match.start(), match.end(), part))
    spans = [(start, end) for start, end, _ in parts]
    rest = Folded(_blanked(text.original, spans), _blanked(text.text, spans))
    return rest, tuple(part for _, _, part in parts)


def without(text: Folded, left: Iterable[str]) -> Folded:
    """A text without some of its words, each other letter in its place.

    >>> from tracker.core.text import fold
    >>> without(fold("it rained and snowed"), ["and snowed"]).text
    'it rained           '
    """
    spans = sorted((at, at + len(words)) for words in left if (at := text.original.find(words)) > 0)
    return Folded(_blanked(text.original, spans), _blanked(text.text, spans))


def _blanked(words: str, spans: Iterable[tuple[int, int]]) -> str:
    kept, at = [], 0
    for start, end in spans:
        begin = max(start, at)
        kept += [words[at:begin], " " * (end - begin)]
        at = max(end, at)
    return "".join([*kept, words[at:]])


def _same(one: Dated, day: Dated) -> bool:
    """Whether two are the same days; one that is told without its year is that of the other."""
    if (one.first, one.last) == (day.first, day.last):
        return True
    bare = not YEAR.search(day.words)
    return bare and (one.first.month, one.first.day) == (day.first.month, day.first.day)


def own_day(day: Dated, found: Sequence[Statement], desk: Desk) -> bool:
    """Whether a day names a measure that an act found speaks of: in its words, or by its capital.

    >>> own_day(Dated(date(2025, 5, 1), date(2025, 5, 31), "May"), (), Desk(lambda t: (), (), None))
    False
    """
    told = [one.event for one in found if one.event]
    words = fold(day.words).text
    if any(words in all_of(one) for one in told):
        return True
    places = {one.jurisdiction[:1] for one in told}
    return any(
        one.kind in ACTS and one.jurisdiction[:1] in places and not misses(day, one)
        for one in desk.record
    )


def known(day: Dated, part: Folded, mention: Mention, desk: Desk) -> bool:
    """Whether the record has an act on a day that shares a name, and the numbers told of it."""
    said = set(numbers(part.text)) - set(numbers(fold(day.words).text))
    return any(
        not misses(day, one)
        and common(part, mention, one)
        and (not said or bool(said & (numbers_of(one) | set(numbers(told_of(one))))))
        for one in desk.record
    )


def uncovered(named: Iterable[Dated], found: Sequence[Statement]) -> list[Dated]:
    """The days that no act found has, be it as a day of its own or as the one that conflicts."""
    return [day for day in named if not any(has(one, day) for one in found)]


def has(one: Statement, day: Dated) -> bool:
    """Whether a day is one of the event's own, or the one on which the statement differs from it.

    >>> from tracker.core.examples import mention
    >>> may = Dated(date(2025, 5, 1), date(2025, 5, 31), "May")
    >>> has(Statement("", mention(), may, None, "conflicts"), may)
    True
    """
    if one.dated is not None and _same(one.dated, day):
        return True
    if one.event is None:
        return False
    if fold(day.words).text in all_of(one.event):
        return True
    own = (held for days in one.event.dates.values() for held in days)
    return not misses(day, one.event) or any(day.first <= held <= day.last for held in own)


def clauses(text: Folded) -> list[Folded]:
    """The clauses of a text in which somebody does something; none where there is but one.

    >>> from tracker.core.text import fold
    >>> [one.text for one in clauses(fold("It banned gallium and germanium and listed YMTC"))]
    ['it banned gallium and germanium and', ' listed ymtc']
    """
    cuts = [0, *(match.end() for match in _JOINT.finditer(text.text)), len(text.text)]
    starts, told = [0], False
    for start, end in pairwise(cuts):
        acts = tells_act(text.text[start:end])
        if acts and told:
            starts.append(start)
        told = told or acts
    ends = [*starts[1:], len(text.text)]
    parts = [Folded(text.original[i:j], text.text[i:j]) for i, j in zip(starts, ends, strict=True)]
    return parts if len(parts) > 1 else []


def names(mention: Mention | None) -> set[str]:
    """The wares, firms and people that a mention names; none of those behind half of the record.

    >>> names(None)
    set()
    """
    return own_items(mention) | set(mention.actors) - OFFICES if mention else set()


def told_by(piece: Folded, mention: Mention | None, events: Iterable[RecordEvent]) -> bool:
    """Whether one of the events found tells what a clause does, by its names, rules or words."""
    own = names(mention)
    for one in events:
        held = rules(one.keys, *NAMED)
        if own:
            if own & held.union(one.items, one.actors):
                return True
        elif _same_rules(mention, one) or _same_words(piece, one):
            return True
    return False


def _same_rules(mention: Mention | None, event: RecordEvent) -> bool:
    fired = rules(mention.keys, "act:", "fam:") if mention else frozenset()
    return bool(fired & rules(event.keys, "act:", "fam:"))


def _same_words(piece: Folded, event: RecordEvent) -> bool:
    if not piece.text.isascii():
        return True  # words are compared within a language
    said = {word[:_STEM] for word in content(piece.text) if len(word) > _FEW}
    held = {word[:_STEM] for word in content(all_of(event))}
    return len(said) <= _FEW or len(said & held) >= _PART * len(said)
