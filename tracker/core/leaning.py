"""Sentences that lean on those before them, or on an event's very day, city or name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from tracker.core.act_words import POINTS, direction_said, gatherings
from tracker.core.article_days import MONTHS, Dated
from tracker.core.article_nouns import Context, Desk, Statement
from tracker.core.article_who import PERCENT, counts_of, doers
from tracker.core.differing import differences
from tracker.core.event_words import title_of, told_of
from tracker.core.keys import content
from tracker.core.likeness import (
    FAR,
    abroad,
    against,
    cities,
    days_between,
    likeness,
    misses,
    numbers_of,
    own_items,
    span,
)  # fmt: skip
from tracker.core.measures import ACTS
from tracker.core.text import Folded, fold, numbers
from tracker.core.touching import BROAD, OFFICES
from tracker.model import Mention, RecordEvent

MISDATED: Final = 120
"""Days within which an act that a sentence calls by its name is the one it means."""

FINED: Final = 400
"""Days within which a firm's penalty of the same sum is the one that a sentence means."""

MILLION: Final = 1_000_000

WORDS: Final = 4
MOST: Final = 0.6
"""How many of a sentence's words, and what part of them, the record must have."""

NEXT: Final = 7
"""Days by which a summit told without any before it may be misdated and still be the one meant."""

ROUND: Final = 5
"""Days that a round of talks or a journey may be said to last to be one of the record's days."""

_TALKS: Final = re.compile(r"\b(?:summits?|talks|rounds?)\b|峰会|会谈|会晤|磋商")
_LICENCE: Final = re.compile(r"\blicen[cs]es?\b|许可证?")
_AND: Final = re.compile(r"[;；，]|\band\b|\bbut\b|\bwhile\b|而|并")
_EFFECT: Final = re.compile(
    r"\b(?:took|takes?|taken|came|comes?|enter(?:s|ed)?|went|goes) (?:into|in)? ?(?:effect|force)\b"
    r"|\bin force\b|\beffective\b|生效|施行"
)


def pointed(text: Folded, mention: Mention, told: Sequence[Dated], desk: Desk, context: Context,
            named: Sequence[Dated] = ()) -> Statement | None:  # fmt: skip
    """A sentence that leans on those before it ("the ban"), or names an event's very day.

    The event must lie on the day named, and share an item, or rest a measure that the sentence
    calls by name, or be talks or a trip, called so, in a city that the sentence names, or be told
    in the very words of the record, or in its number or its end (``named``) by its capital or firm.
    """
    way = direction_said(text.text)
    leans = bool(context.event and POINTS.search(text.text))
    items, actors = _meant(text, mention, context, leans=leans)
    licence = bool(_LICENCE.search(text.text))
    cited = cited_by(text, desk)
    places, called = set(abroad(desk.places(text))), gatherings(text.text)
    said, words = set(numbers(text.text)), set(content(text.text)) - frozenset(MONTHS)
    found = []
    for one in desk.record:
        dated = next((day for day in told if not misses(day, one)), None)
        if dated is None or against(way, one):
            continue
        if way and one.direction == "neutral" and items and not said & numbers_of(one):
            continue
        there = places & set(cities(one.keys))
        shared = len(items & set(one.items))
        if one.kind in called:
            shared += len(there)
        elif way == one.direction and there and BROAD & set(mention.items) & set(one.items):
            shared += 1
        if leans and one.kind not in ("statement", "company"):
            shared += len(actors & set(one.actors))
        shared += dated.first == dated.last and said <= numbers_of(one) and _worded(words, one)
        short = (dated.last - dated.first).days <= ROUND and one.kind in called
        exact = dated.first == dated.last or short
        if _numbered(text, mention, one, way, named):
            shared, exact = shared + 1, True
        exact = exact or dated.role != "plain" or bool(way and items)
        if exact and (shared or one.id in cited):
            rank = likeness(mention, one, text) + shared + 2 * (one.id in cited)
            rank += 2 * (licence and one.kind == "licence")
            found.append((rank, one.id, one, dated))
    if not found:
        return None
    _, _, event, dated = max(found, key=lambda row: row[:2])
    remarks = differences(text, replace(mention, keys=_with_places(mention, desk, text)), event)
    verdict = "conflicts" if remarks else "agrees"
    return Statement(text.original, mention, dated, event, verdict, "; ".join(remarks))


def _numbered(text: Folded, mention: Mention, event: RecordEvent, way: str,
              named: Sequence[Dated]) -> bool:  # fmt: skip
    """Whether an act is told by its firm or capital, and by its number or the day it ends on."""
    own = {number for day in named for number in numbers(fold(day.words).text)}
    told = bool((set(numbers(text.text)) - own) & numbers_of(event))
    told = told or bool(counts_of(text.text) & counts_of(title_of(event)))
    ends = any(day.role == "until" and not misses(day, event) for day in named)
    if told and (set(mention.actors) - OFFICES) & set(event.actors):
        return event.kind == "enforcement"
    theirs = doers(text.text) & set(event.jurisdiction[:1]) and way == event.direction
    return bool(theirs) and event.kind in ACTS and (told or ends)


def _with_places(mention: Mention, desk: Desk, text: Folded) -> tuple[str, ...]:
    """The keys of a mention with the places of a sentence that says too little to be recognised."""
    return (*mention.keys, *(f"place:{place}" for place in desk.places(text)))


def _meant(text: Folded, mention: Mention, context: Context, *, leans: bool
           ) -> tuple[set[str], set[str]]:  # fmt: skip
    """The items and actors that a sentence means: its own, else those of what was told last.

    "The licences" of a sentence that names no item are for what was named before.
    """
    items, actors = own_items(mention), set(mention.actors) - OFFICES
    if leans and context.event and not items:
        return set(context.event.items) - BROAD, set(context.event.actors) - OFFICES
    if not items and _LICENCE.search(text.text):
        return context.items - BROAD, actors
    return items, actors


def misdated(text: Folded, mention: Mention, told: Sequence[Dated], desk: Desk, context: Context
             ) -> Statement | None:  # fmt: skip
    """A measure called by name, talks by their city, a penalty by its sum, on another day."""
    dated, effect = told[0], _EFFECT.search(text.text)
    begins = bool(effect)
    way = direction_said(_clause(text.text, effect) if effect else text.text)
    cited = cited_by(text, desk) if way or begins else frozenset()
    places = set(abroad(desk.places(text)))
    last = context.event.kind if context.event else ""
    sums = {number for number in numbers(text.text) if len(number) >= len(str(MILLION))}
    firms = set(mention.actors) - OFFICES
    met = bool(places) and "talks" in gatherings(text.text)
    far = FAR if last == "talks" else NEXT if _TALKS.search(text.text) else -1
    meant = [
        one
        for one in desk.record
        if (one.id in cited and one.direction == (way or "tighten")
            and days_between(dated, one) <= MISDATED)
        or (one.kind == "enforcement" and sums & numbers_of(one) and firms & set(one.actors)
            and days_between(dated, one) <= FINED)
        or (met and one.kind == "talks" and places & set(cities(one.keys)[:1])
            and days_between(dated, one) <= max(far, _who_met(mention, one)))
    ]  # fmt: skip
    event = min(meant, key=lambda one: (days_between(dated, one), one.id), default=None)
    if event is None:
        return None
    if not begins and not misses(dated, event):
        remarks = differences(text, mention, event)
        verdict = "conflicts" if remarks else "agrees"
        return Statement(text.original, mention, dated, event, verdict, "; ".join(remarks))
    remark = f"article: {dated.words}; record: {_days(event, begins=begins)}"
    return Statement(text.original, mention, dated, event, "conflicts", remark)


def _who_met(mention: Mention, event: RecordEvent) -> int:
    """How far off a day may be where both who met are named as in the event's own record."""
    return NEXT if len(set(mention.actors) & set(event.actors)) > 1 else -1


def retold(text: Folded, mention: Mention, told: Sequence[Dated], desk: Desk) -> Statement | None:
    """An act told in the record's words, in its month, with its per cent or with another one."""
    actors, percents = set(mention.actors) - OFFICES, set(PERCENT.findall(text.text))
    for dated in told if percents and len(actors) > 1 else ():
        for one in desk.record:
            held = set(PERCENT.findall(fold(f"{one.title} {one.summary}").text))
            if misses(dated, one) or not held or not actors <= set(one.actors):
                continue
            if not worded(text, one):
                continue
            said, has = (", ".join(f"{n}%" for n in sorted(ns)) for ns in (percents, held))
            remark = "" if percents & held else f"article: {said}; record: {has}"
            verdict = "conflicts" if remark else "agrees"
            return Statement(text.original, mention, dated, one, verdict, remark)
    return None


def worded(text: Folded, event: RecordEvent) -> bool:
    """Whether most of what a text says, and not little, is said by the record; numbers aside.

    >>> from tracker.core.event_days import _example
    >>> worded(fold("It rained."), _example())
    False
    """
    return _worded(set(content(text.text)) - frozenset(MONTHS), event)


def _clause(text: str, match: re.Match[str]) -> str:
    """The part of a sentence, between its conjunctions, in which a match lies."""
    start = max((cut.end() for cut in _AND.finditer(text, 0, match.start())), default=0)
    cut = _AND.search(text, match.end())
    return text[start : cut.start() if cut else len(text)]


def _worded(words: set[str], event: RecordEvent) -> bool:
    held = set(content(told_of(event)))
    return len(words & held) >= WORDS and len(words & held) >= MOST * len(words)


def _days(event: RecordEvent, *, begins: bool) -> str:
    days = event.dates.get("effective", ()) if begins else ()
    return ", ".join(f"effective {day}" for day in days) or span(event)


def cited_by(text: Folded, desk: Desk) -> frozenset[str]:
    """The ids of the events that rest a measure which a text calls by name."""
    return frozenset(id_ for alias, ids in desk.aliases if _named(alias, text.text) for id_ in ids)


def _named(alias: str, text: str) -> bool:
    """Whether a text calls something by an alias, as whole words."""
    at = text.replace("-", " ").find(alias.replace("-", " "))
    if at < 0:
        return False
    ends = text[at - 1 : at], text[at + len(alias) : at + len(alias) + 1]
    return not (alias[0].isascii() and any(end.isascii() and end.isalnum() for end in ends))
