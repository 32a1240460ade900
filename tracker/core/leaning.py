"""Sentences that lean on those before them, or on an event's very day, city or name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from tracker.core.act_words import POINTS, direction_said, gatherings
from tracker.core.article_days import Dated
from tracker.core.article_nouns import Context, Desk, Statement
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
from tracker.core.text import Folded, fold, numbers
from tracker.core.touching import BROAD, OFFICES
from tracker.model import Mention, RecordEvent

MISDATED: Final = 120
"""Days within which an act that a sentence calls by its name is the one it means."""

WORDS: Final = 4
MOST: Final = 0.6
"""How many of a sentence's words, and what part of them, the record must have."""

_MONTHS: Final = frozenset({
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
})  # fmt: skip

_EFFECT: Final = re.compile(
    r"\b(?:took|takes?|taken|came|comes?|enter(?:s|ed)?|went|goes) (?:into|in)? ?(?:effect|force)\b"
    r"|\bin force\b|\beffective\b|生效|施行"
)


def pointed(text: Folded, mention: Mention, told: Sequence[Dated], desk: Desk, context: Context
            ) -> Statement | None:  # fmt: skip
    """A sentence that leans on those before it ("the ban"), or names an event's very day.

    The event must lie on the day named, and share an item, or rest a measure that the sentence
    calls by name, or be talks or a trip, called so, in a city that the sentence names, or be told
    in the very words of the record.
    """
    way = direction_said(text.text)
    items, actors = own_items(mention), set(mention.actors) - OFFICES
    leans = bool(context.event and POINTS.search(text.text))
    if leans and context.event and not items:
        items, actors = set(context.event.items) - BROAD, set(context.event.actors) - OFFICES
    cited = cited_by(text, desk)
    places, called = set(abroad(desk.places(text))), gatherings(text.text)
    said, words = set(numbers(text.text)), set(content(text.text)) - _MONTHS
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
        shared += dated.first == dated.last and _worded(words, said, one)
        exact = dated.first == dated.last or dated.role != "plain" or bool(way and items)
        if exact and (shared or one.id in cited):
            rank = likeness(mention, one, text) + shared + 2 * (one.id in cited)
            found.append((rank, one.id, one, dated))
    if not found:
        return None
    _, _, event, dated = max(found, key=lambda row: row[:2])
    return Statement(text.original, mention, dated, event, "agrees")


def misdated(text: Folded, mention: Mention, told: Sequence[Dated], desk: Desk, context: Context
             ) -> Statement | None:  # fmt: skip
    """A measure called by name, or talks by their city, on a day that the record does not have."""
    way, dated = direction_said(text.text), told[0]
    begins = bool(_EFFECT.search(text.text))
    cited = cited_by(text, desk) if way or begins else frozenset()
    places = set(abroad(desk.places(text)))
    last = context.event.kind if context.event else ""
    round_of_talks = places and last == "talks" and "talks" in gatherings(text.text)
    meant = [
        one
        for one in desk.record
        if (one.id in cited and one.direction == (way or "tighten")
            and days_between(dated, one) <= MISDATED)
        or (round_of_talks and one.kind == "talks" and places & set(cities(one.keys)[:1])
            and days_between(dated, one) <= FAR)
    ]  # fmt: skip
    event = min(meant, key=lambda one: (days_between(dated, one), one.id), default=None)
    if event is None:
        return None
    remark = f"article: {dated.words}; record: {_days(event, begins=begins)}"
    return Statement(text.original, mention, dated, event, "conflicts", remark)


def _worded(words: set[str], said: set[str], event: RecordEvent) -> bool:
    """Whether most of what a sentence says is said by the record, not little, and its numbers."""
    if not said <= numbers_of(event):
        return False
    held = set(content(fold(f"{event.title} {event.summary}").text))
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
