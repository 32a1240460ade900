"""Where a sentence about an act and the record's event of it differ.

What the record does not have is no difference: only what both say is compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from tracker.core.act_words import counts, direction_said, firms, stages
from tracker.core.article_days import MONTHS_EN, MONTHS_ZH, Dated
from tracker.core.article_nouns import Statement
from tracker.core.article_verbs import Difference, begun, unlike
from tracker.core.article_who import parties
from tracker.core.denied import denied
from tracker.core.event_words import all_of, title_of, told_of
from tracker.core.keys import content
from tracker.core.likeness import against, cities, lists, misses, own_items, span
from tracker.core.measures import ACTS
from tracker.core.text import Folded, fold, numbers
from tracker.core.touching import OFFICES
from tracker.core.traits import FIRM, MAKER
from tracker.core.undone import undone
from tracker.model import Mention, RecordEvent

SEVERAL: Final = 2
"""Days of which one may be another act's."""

_TOLD: Final = {"tighten": "tightens", "ease": "eases", "neutral": "neither tightens nor eases"}
_COUNTED: Final = frozenset({"listing", "countermeasure", "rule"})
"""Kinds of acts that are told with the number of firms they are about."""

_ABOUT: Final = re.compile(
    r"\b(?:nearly|almost|about|around|some|over|more than|up to)\b|近|约|逾|超过|至多"
)
"""A sum that is none to the dollar."""
_NEAR: Final = 12
"""Letters before a sum in which a word stands that is about it."""

_OPPOSED: Final = (
    (re.compile(r"\buph[eo]ld\w*|\bconfirm(?:s|ed)\b|\baffirm\w*|维持原判"),
     re.compile(r"\bvoid\w*|\bstr(?:ikes?|uck) down|\boverturn\w*|\binvalidat\w*|裁定违法|推翻")),
    (re.compile(r"\bexten(?:d|ds|ded|sion)\b|\bprolong\w*|延长|延期|展延"),
     re.compile(r"\bend(?:s|ed)\b|\bterminat\w*|\blapsed?\b|结束|终止")),
    (re.compile(r"\bapprov(?:es|ed)\b|\bclear(?:s|ed)\b|\bgrant(?:s|ed)\b|(?<!未)(?<!不)批准"),
     re.compile(r"\breject(?:s|ed)\b|\bdenie[sd]\b|\brefuse[sd]\b|\bblock(?:s|ed)\b|拒绝|驳回|否决")),
)  # fmt: skip
"""Verbs that say the reverse of each other."""

_HELD_IN: Final = re.compile(
    r"\b(?:held|met|took place|hosted|meet|gathered|opened|convened)\b(?: \w+){0,4}? in"
    r" ([A-Z][a-z]+(?: [A-Z][a-z]+)?)"
)

_AT_HOME: Final = re.compile(r"\bin (Beijing|Washington)\b")
"""A capital is no city that tells talks apart, but where a title says that they were."""

_NOT: Final = re.compile(
    r"\b(?:did not|didn't|has not|hasn't|have not|haven't|was not|wasn't|were not|weren't|never)"
    r" (?:yet |ever )?(?P<verb>[a-z]{3,})"
)
_STEM: Final = 4
_COUNT: Final = r"(?P<{0}>\d{{1,3}}|one|two|three|six|nine)[ -](?P<{1}>day|week|month|year)s?"
_LASTING: Final = re.compile(
    r"(?<!talks )\b(?:for|by|another|further|additional) (?:another |a further )?"
    rf"{_COUNT.format('n', 'u')}\b"
    rf"|\b{_COUNT.format('m', 'v')}"
    r" (?:\w+ )?(?:truce|pause|extension|suspension|reprieve|exemption|waiver|delay)\b"
    r"|(?:为期|延长|延期|暂停|推迟|展延|再延|休战|停战)(?P<k>\d{1,3}|[一两二三四五六九])\s*"
    r"(?P<w>天|日|周|个月|年)(?!\d)"
)
_WORDS: Final = {
    "one": "1", "two": "2", "three": "3", "six": "6", "nine": "9", "一": "1", "两": "2", "二": "2",
    "三": "3", "四": "4", "五": "5", "六": "6", "九": "9",
}  # fmt: skip
_UNITS: Final = {"天": "day", "日": "day", "周": "week", "个月": "month", "年": "year"}
_MONEY: Final = re.compile(
    r"(?:us\$|usd|\$|€|eur|£|¥|rmb|hk\$) ?[\d.,]+(?: ?(?:thousand|million|billion|m|bn|k)\b)?"
    r"|[\d.,]+ ?(?:万|亿|萬|億)?(?:美元|欧元|人民币|元)"
)


def judged(text: Folded, mention: Mention, dated: Dated, event: RecordEvent,
            terms: Sequence[Dated]) -> Statement:  # fmt: skip
    """Agreement or conflict in day, direction, numbers, place and named dates, in words."""
    remarks = []
    if misses(dated, event):
        remarks.append(f"article: {dated.words}; record: {span(event)}")
    remarks += [remark for term in terms if (remark := _term(term, event))]
    remarks += differences(text, mention, event)
    verdict = "conflicts" if remarks else "agrees"
    return Statement(text.original, mention, dated, event, verdict, "; ".join(remarks))


def weighed(one: Statement, text: Folded, told: Sequence[RecordEvent], firms: frozenset[str]
            ) -> Statement:  # fmt: skip
    """A statement that agrees, once its verbs, names and counts were set beside the record's.

    What excludes the record conflicts; what newspapers use for its word agrees in part. ``told``
    are all the events of the sentence, one of which may have the name that another has not.
    """
    if one.event is None or one.verdict != "agrees":
        return one
    found = [*unlike(text.text, one.event), *parties(text, one.mention, one.event, told, firms)]
    if late := _begins(text, one):
        found.append(late)
    if not found:
        return one
    verdict = "conflicts" if any(each.sure for each in found) else "in part"
    remarks = [*filter(None, [one.remark]), *(each.words for each in found)]
    return replace(one, verdict=verdict, remark="; ".join(remarks))


def _begins(text: Folded, one: Statement) -> Difference | None:
    """*Took effect* on a day that is none of those on which the record has it in force."""
    held = [
        day
        for name, days in (one.event.dates.items() if one.event else ())
        if name.startswith(("effective", "compliance"))
        for day in days
    ]
    if one.dated is None or not held:
        return None
    alone = sum(len(rule.findall(text.text)) for rule in (MONTHS_EN, MONTHS_ZH)) < SEVERAL
    if not begun(text.text, fold(one.dated.words).text, alone=alone):
        return None
    if any(one.dated.first <= day <= one.dated.last for day in held):
        return None
    days = ", ".join(map(str, held))
    return Difference(f"article: in force {one.dated.words}; record: effective {days}", sure=True)


def differences(text: Folded, mention: Mention, event: RecordEvent) -> list[str]:
    """In words, all but the days: direction, whether it was done, numbers, place."""
    found = (
        _turned(text, mention, event), _undone(text, event), _counted_firms(text, event),
        _fined(text, event), _lasting(text, event), _stage(text, event),
        _opposed(text, event), _listed(text, event), _whom(mention, event),
        _where(text, mention, event),
    )  # fmt: skip
    return [remark for remark in found if remark]


def _turned(text: Folded, mention: Mention, event: RecordEvent) -> str:
    way = direction_said(text.text)
    if against(way, event) and own_items(mention) & set(event.items):
        return f"article: {_TOLD[way]}; record: {_TOLD[event.direction]}"
    back = undone(text.text)
    if back and mention.kind == event.kind and event.kind in ACTS and against(back, event):
        return f"article: {_TOLD[back]}; record: {_TOLD[event.direction]}"
    return ""


def _undone(text: Folded, event: RecordEvent) -> str:
    """What a sentence says was not done, in the words by which the record says that it was."""
    title = title_of(event)
    if denied(title) or _NOT.search(title):
        return ""
    verbs = {match["verb"][:_STEM] for match in _NOT.finditer(text.text)}
    did = {word[:_STEM] for word in content(title)}
    return "article: it was not done; record: it was" if verbs & did else ""


def _stage(text: Folded, event: RecordEvent) -> str:
    """What differs between the steps of a bill that both name."""
    said, held = stages(text.text), stages(title_of(event))
    if event.kind != "legislation" or not said or not held or said & held:
        return ""
    return f"article: {', '.join(sorted(said))}; record: {', '.join(sorted(held))}"


def _opposed(text: Folded, event: RecordEvent) -> str:
    """The verb of a sentence and that of the record's title, where they say the reverse."""
    title = title_of(event)
    for pair in _OPPOSED:
        for one, other in (pair, pair[::-1]):
            said, held = one.search(text.text), other.search(title)
            if said and held and not other.search(text.text) and not one.search(title):
                return f"article: {said[0]}; record: {held[0]}"
    return ""


def _listed(text: Folded, event: RecordEvent) -> str:
    """What differs between the lists that a sentence and the record's title name."""
    said, held = lists(text.text), lists(title_of(event))
    every = lists(all_of(event))
    if event.kind not in ("listing", "countermeasure") or not said or not held or said & every:
        return ""
    return f"article: list {', '.join(sorted(said))}; record: list {', '.join(sorted(held))}"


def _whom(mention: Mention, event: RecordEvent) -> str:
    """The firm of a sentence and that of the record, where Beijing summons or probes one alone.

    A case of smuggling names whose chips they were as often as who is charged.
    """
    said, held = set(mention.actors) - OFFICES, _parties(event.keys)
    told = {key.partition(":")[2] for key in event.keys}.union(event.actors, event.items)
    if event.kind != "countermeasure" or len(said) != 1 or len(held) != 1 or told & said:
        return ""
    return f"article: {', '.join(said)}; record: {', '.join(held)}"


def _parties(keys: Iterable[str]) -> set[str]:
    """The firms of a title among the keys of an event."""
    return {name for key in keys for sort, _, name in [key.partition(":")] if sort in (FIRM, MAKER)}


def _counted_firms(text: Folded, event: RecordEvent) -> str:
    """What differs between the numbers of firms that both name; '' if nothing."""
    said, held = firms(text.text), firms(told_of(event))
    every = sum(map(int, counts(title_of(event))))  # 20 more, and another 20
    if not said or not held or said & {*held, str(every)} or event.kind not in _COUNTED:
        return ""
    return f"article: {', '.join(sorted(said))} firms; record: {', '.join(sorted(held))}"


def _fined(text: Folded, event: RecordEvent) -> str:
    """What differs between the sums of a penalty, where both name one alone."""
    if event.kind != "enforcement":
        return ""
    said, held = (list(_sums(words)) for words in (text.text, title_of(event)))
    if len(said) != 1 or len(held) != 1 or said[0][1] == held[0][1]:
        return ""
    if _ABOUT.search(text.text[: text.text.find(said[0][0])][-_NEAR:]):
        return ""
    return f"article: {said[0][0]}; record: {held[0][0]}"


def _sums(folded: str) -> Iterator[tuple[str, str]]:
    """Sums of money as they stand there and as numbers."""
    for match in _MONEY.finditer(folded):
        if values := numbers(match[0]):
            yield match[0].strip(" .,"), values[0]


def _lasting(text: Folded, event: RecordEvent) -> str:
    """What differs between how long an act lasts, where both name one time in one unit."""
    said, held = _lengths(text.text), _lengths(title_of(event))
    if len(said) != 1 or len(held) != 1:
        return ""
    (count, unit), (other, same) = *said, *held
    if unit != same or count == other:
        return ""
    return f"article: {count} {unit}s; record: {other} {unit}s"


def _lengths(folded: str) -> set[tuple[str, str]]:
    """How long something is said to last; how long people talked is none of that."""
    found = (match.groupdict() for match in _LASTING.finditer(folded))
    told = [(one["n"] or one["m"] or one["k"], one["u"] or one["v"] or one["w"]) for one in found]
    return {(_WORDS.get(count, count), _UNITS.get(unit, unit)) for count, unit in told}


def _where(text: Folded, mention: Mention, event: RecordEvent) -> str:
    """What differs between the cities of talks or a trip; '' if nothing.

    Talks are called by their city (``the Geneva talks``) and held in one: that is where they were.
    """
    if event.kind not in ("talks", "trip"):
        return ""
    every, held = cities(mention.keys), cities(event.keys)[:1]  # the title's own comes first
    held = held or tuple(_AT_HOME.findall(event.title))[:1]
    said = _held_in(text, event) or [c for c in every if f" in {c.lower()}" in text.text] or every
    if not said or not held or held[0] in said:
        return ""
    return f"article: in {', '.join(said)}; record: in {held[0]}"


def _held_in(text: Folded, event: RecordEvent) -> list[str]:
    """The place in which a sentence says that people met, where the record does not name it."""
    found = _HELD_IN.search(text.original)
    known = found and (fold(found[1]).text in told_of(event) or found[1] in _NOWHERE)
    return [found[1]] if found and not known else []


_NOWHERE: Final = frozenset({
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December", "Person", "Spring", "Summer", "Autumn", "Winter",
    "China", "Europe", "Asia",
})  # fmt: skip
"""What may stand behind *in* and is no city."""


def _term(term: Dated, event: RecordEvent) -> str:
    """What differs between a named date (effective, until ...) and the record's; '' if nothing."""
    keys = {
        "effective": ("effective", "effective_planned", "effective_foreign_made", "compliance"),
        "until": ("suspended_until", "expires"),
        "deadline": ("comments_close", "compliance"),
    }.get(term.role, ())
    held = [day for key in keys for day in event.dates.get(key, ())]
    if not held or any(term.first <= day <= term.last for day in held):
        return ""
    return f"article: {term.role} {term.words}; record: {', '.join(map(str, held))}"
