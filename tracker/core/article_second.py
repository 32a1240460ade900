"""The further acts of a sentence: each day and clause finds its act, or is named as unchecked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from tracker.core.act_words import POINTS, direction_said
from tracker.core.article_days import Dated, days_named
from tracker.core.article_nouns import Desk, Finding, Statement
from tracker.core.article_rest import MANY, clauses, has, known, names, own_day, told_by, uncovered
from tracker.core.article_who import doers
from tracker.core.differing import judged
from tracker.core.leaning import cited_by
from tracker.core.likeness import (
    against,
    cities,
    days_between,
    likeness,
    misses,
    named,
    of_kind,
    title_words,
)
from tracker.core.measures import ACTS
from tracker.core.text import Folded, fold
from tracker.core.touching import BROAD
from tracker.core.traits import ORDERS
from tracker.model import Mention, RecordEvent

_PIECE: Final = re.compile(r"[,，;；](?! ?\d{4}\b)|\b(?:and|while|whereas|but)\b|而|并")
"""Where one thing of a list or one clause ends; a year behind a comma is the day's own."""


_ONE: Final = re.compile(r"\b(?:one|another|that of)\b")
"""Words that stand for a thing named before."""

_ELIDED: Final = re.compile(r"^ ?(?:then |also |later |and )?[a-z]{3,}ed\b")
"""A clause that begins with its verb has its subject in the one before."""

_TERMS: Final = frozenset({"effective", "until", "deadline"})
"""What days are called on which an act begins or ends, and not when it was done."""


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence without its comparisons (``beside``), and the days that it names.

    ``named`` are those of acts, ``measures`` those that only tell which measure is meant.
    """

    text: Folded
    years: dict[int, int]
    named: tuple[Dated, ...]
    measures: tuple[Dated, ...]
    beside: tuple[Folded, ...]


def completed(told: Told, mention: Mention, found: Sequence[Statement], between: Finding | None,
              desk: Desk) -> tuple[list[Statement], list[str]]:  # fmt: skip
    """The acts of a sentence with those of its further days and clauses; what was not checked."""
    every, left = _apart(told, list(found), mention, desk), []
    for number, (words, day, piece) in enumerate(_open(told, every, between, desk)):
        if number == MANY:
            left.append("and more")
            break
        again = _at(piece, day, mention, every, desk) if day and piece else None
        if again:
            every.append(again)
        else:
            left.append(words)
    left += [day.words for day in uncovered(told.measures, every)
             if not own_day(day, every, desk)]  # fmt: skip
    for piece in told.beside[:MANY]:
        days = days_named(piece, told.years, desk.published)
        if not all(known(day, piece, mention, desk) for day in days):
            left.append(_trimmed(piece.original))
    return every, list(dict.fromkeys(left))


def _apart(told: Told, found: list[Statement], mention: Mention, desk: Desk) -> list[Statement]:
    """The acts of the clauses of a sentence whose way as a whole is the reverse of one of them."""
    day, event = found[0].dated, found[0].event
    if len(found) > 1 or day is None or event is None:
        return found
    if not against(direction_said(told.text.text), event):
        return found
    read = (_at(piece, day, mention, (), desk) for piece in clauses(told.text)[:MANY])
    agreeing = {one.event.id: one for one in read if one and one.event and one.verdict == "agrees"}
    return list(agreeing.values()) or found


def _open(told: Told, found: list[Statement], between: Finding | None, desk: Desk
          ) -> Iterator[tuple[str, Dated | None, Folded]]:  # fmt: skip
    """Days that no act has, then clauses that none tells: words, day, and the words around it."""
    apart = between.events if between else ()
    parts = clauses(told.text)
    for day in told.named[: MANY + 1]:
        piece = _around(told.text, day)
        way = direction_said(piece.text) if parts else ""
        if not _told_on(piece, day, [one for one in found if has(one, day)], apart, way, desk):
            yield _trimmed(piece.original), day, piece
    last = found[0].dated
    for piece in parts:
        days = days_named(piece, told.years, desk.published)
        last = days[0] if days else last
        events = [one.event for one in found if one.event]
        mention = next(iter(desk.read(piece.original)), None)
        if not days and not told_by(piece, mention, [*events, *apart]):
            yield _trimmed(piece.original), last, piece


def _told_on(piece: Folded, day: Dated, told: Sequence[Statement], apart: Sequence[RecordEvent],
             way: str, desk: Desk) -> bool:  # fmt: skip
    """Whether what a sentence tells of a day was found: an event of it, that the piece may name.

    A day of its publication, say, may be another act's, and an act of the other ``way`` is none.
    """
    if any(one.verdict == "conflicts" or one.event is None for one in told):
        return True
    found = [one.event for one in told if one.event and not against(way, one.event)]
    if apart or any(days_between(day, one) == 0 for one in found):
        return bool(found) or any(not misses(day, one) for one in apart)
    own = next(iter(desk.read(piece.original)), None)
    return bool(found) and (not names(own) or told_by(piece, own, found))


def _around(text: Folded, day: Dated) -> Folded:
    """The piece of a text, between its conjunctions, in which a day stands."""
    at = text.original.find(day.words)
    if at < 0:
        return Folded(day.words, fold(day.words).text)
    end = at + len(day.words)
    start = max((cut.end() for cut in _PIECE.finditer(text.text, 0, at)), default=0)
    stop = next((cut.start() for cut in _PIECE.finditer(text.text, end)), len(text.text))
    if len(text.text[start:stop]) - len(day.words) <= _BARE and stop < len(text.text):
        stop = next((cut.start() for cut in _PIECE.finditer(text.text, stop + 1)), len(text.text))
    return Folded(text.original[start:stop], text.text[start:stop])


_BARE: Final = 5
"""Letters beside a day that tell nothing: "on ", "In "."""


def _at(piece: Folded, day: Dated, mention: Mention, found: Sequence[Statement], desk: Desk
        ) -> Statement | None:  # fmt: skip
    """The event of a day that a piece names, or whose end it names; of the sort that it tells."""
    bare = replace(mention, items=(), actors=(), keys=())
    own = next(iter(desk.read(piece.original)), bare)
    way = direction_said(piece.text)
    told = [one.event for one in found if one.event]
    alike = {one.kind for one in told}
    cited, only = cited_by(piece, desk), _only(piece, day, way, desk)
    places = set(desk.places(piece))

    def of_sort(one: RecordEvent) -> bool:
        close = of_kind(own, one) or of_kind(mention, one) or _next_door(mention, one)
        return close or one.kind in alike

    def meant(one: RecordEvent) -> bool:
        if one.id in cited or one is only or named(piece, own, one) or _ends(piece, one):
            return True
        return not names(own) and _leans(piece, day, one, told)

    fitting = [
        (likeness(own, one, piece), one.id, one)
        for one in desk.record
        if one not in told and not misses(day, one) and not against(way, one)
        and (places & set(cities(one.keys)) or (of_sort(one) and meant(one)))
    ]  # fmt: skip
    if not fitting:
        return None
    terms = [one for one in days_named(piece, {}, None) if one.role in _TERMS]
    return judged(piece, own, day, max(fitting)[2], terms)


def _only(piece: Folded, day: Dated, way: str, desk: Desk) -> RecordEvent | None:
    """The one act of its day by the capital that a piece names as acting, and in its way."""
    lands = doers(piece.text)
    found = [
        one
        for one in (desk.record if lands and way else ())
        if one.kind in ACTS
        and one.direction == way
        and one.jurisdiction[:1] in [(land,) for land in lands]
        and days_between(day, one) == 0
    ]
    return found[0] if len(found) == 1 else None


def _ends(piece: Folded, event: RecordEvent) -> bool:
    """Whether a piece has the day on which an act of the record runs out."""
    ends = (day for day in days_named(piece, {}, None) if day.role == "until")
    return any(not misses(day, event) for day in ends)


def _leans(piece: Folded, day: Dated, event: RecordEvent, told: Sequence[RecordEvent]) -> bool:
    """Whether a piece speaks of *it*, and the event of what an act found before it is about."""
    points = POINTS.search(piece.text) or _ONE.search(piece.text) or _ELIDED.search(piece.text)
    that_day = days_between(day, event) == 0
    return bool(points) and that_day and any(_akin(one, event) for one in told)


def _akin(one: RecordEvent, other: RecordEvent) -> bool:
    """Whether two events are about one thing: a ware of their own, or words of their titles."""
    if one.kind == other.kind and len(title_words(one) & title_words(other)) > 1:
        return True
    wares = set(one.items) & set(other.items) - BROAD
    return bool(wares) and one.kind in ORDERS and other.kind in ORDERS


def _next_door(mention: Mention, event: RecordEvent) -> bool:
    """Whether two acts are of kinds that are told in one breath: rules, leave, lists, answers."""
    return mention.kind in ORDERS and event.kind in ORDERS


def _trimmed(words: str) -> str:
    return " ".join(words.strip(" ,，;；.。").split()).removeprefix("and ").removesuffix(" and")
