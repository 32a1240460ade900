"""The act that a sentence tells, found in the record by its day, its words and its context."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

from tracker.core import claims as figures_room
from tracker.core.act_words import POINTS_BACK, direction_said, to_zero
from tracker.core.article_days import Dated, Distance, days_named, distance
from tracker.core.article_nouns import Context, Desk, Finding, Statement, Verdict
from tracker.core.article_pauses import pause_days, pause_in, paused
from tracker.core.differing import judged
from tracker.core.event_days import days_of_event
from tracker.core.leaning import misdated, pointed, retold, worded
from tracker.core.likeness import (
    FAR,
    against,
    alike,
    best,
    days_between,
    likeness,
    misses,
    numbers_of,
    of_kind,
    own_items,
    rules,
)  # fmt: skip
from tracker.core.measures import ACTS
from tracker.core.text import Folded, fold, numbers
from tracker.core.touching import OFFICES
from tracker.model import Mention, RecordEvent

_DONE: Final = frozenset({"plain", "published", "since", "announced"})
"""What days are called on which something was done."""

_JOINT: Final = re.compile(r"[,，;；](?!\d{3})|\b(?:and|while|whereas|but)\b|而(?=[^是非已])")
"""Where a sentence goes on with another act."""

_SAYS: Final = re.compile(
    r"\b(?:said|says?|told|tells|claim(?:s|ed)?|according to|estimat\w+|warn(?:s|ed)?)\b"
    r"|说|称|表示|指出|透露|据|认为"
)
"""Words by which a sentence lays to somebody what it tells."""

ONLY_SAID: Final = "the record has it as somebody's words, not as a fact"

NEAREST: Final = 400
"""Days within which an act of the same sort is named beside one that the record has not."""


def acts(text: Folded, years: dict[int, int], desk: Desk, context: Context
          ) -> Iterable[Finding]:  # fmt: skip
    """The act that a sentence reports, and how far from another one it is said to lie."""
    named = days_named(text, years, desk.published)
    apart = distance(text)
    between = _interval(text, apart, desk, context) if apart else None
    if apart and not between and not apart.object_follows:
        named = (*named, *_counted(apart, desk, context))
    mention = next(iter(desk.read(text.original)), None)
    pause = paused(text, mention, named, desk, context) if mention else None
    place = pause_in(text)
    rest = [day for day in named if day not in pause_days(text, named)] if pause else named
    if pause and place:
        before = _part(text, 0, place[0])
        found = _statements(before, rest, years, desk, context) if rest else []
        found = [one for one in found if one.event and one.event != pause.event] + [pause]
    else:
        found = _statements(text, named, years, desk, context)
    if named and not (named[0].role == "plain" and not found and between):
        context.dated = next((day for day in named if day.role == "plain"), context.dated)
    context.items = (own_items(mention) if mention else set()) or context.items
    for one in found:
        if one.event:
            context.told(one.event, one.dated)
        yield Finding("act", _verdict_of(one), statement=one)
    if between:
        yield between


def _statements(text: Folded, named: Sequence[Dated], years: dict[int, int], desk: Desk,
                context: Context) -> list[Statement]:  # fmt: skip
    """What a sentence tells: one act, or one for each of its parts that has a day of its own."""
    whole = _read(text, named, desk, context)
    parts = [(part, days_named(part, years, desk.published)) for part in _parts(text, years, desk)]
    told = [one for part, days in parts if (one := _read(part, days, desk, context)) and one.event]
    found: dict[str, Statement] = {}
    for one in told:
        found.setdefault(one.event.id if one.event else "", one)
    if whole and whole.event and (whole.verdict == "agrees" or whole.event.id in found):
        found[whole.event.id] = whole
    return [*found.values()] or ([whole] if whole else [])


def _read(text: Folded, named: Sequence[Dated], desk: Desk, context: Context) -> Statement | None:
    mention = desk.read(text.original)
    return _act(text, mention[0], named, desk, context) if mention else None


def _parts(text: Folded, years: dict[int, int], desk: Desk) -> list[Folded]:
    """The parts of a sentence of several acts; none where fewer than two have a day."""
    cuts = [0, *(match.end() for match in _JOINT.finditer(text.text)), len(text.text)]
    parts: list[Folded] = []
    for start, end in pairwise(cuts):
        piece = _part(text, start, end)
        if parts and not (_dates_act(piece, years, desk) and _dates_act(parts[-1], years, desk)):
            parts[-1] = Folded(parts[-1].original + piece.original, parts[-1].text + piece.text)
        else:
            parts.append(piece)
    return parts if len(parts) > 1 else []


def _dates_act(text: Folded, years: dict[int, int], desk: Desk) -> bool:
    """Whether a day stands there on which something was done, not one on which it ends."""
    return any(day.role in _DONE for day in days_named(text, years, desk.published))


def _verdict_of(one: Statement) -> Verdict:
    match one.verdict:
        case "agrees":
            return "agrees"
        case "conflicts":
            return "conflicts"
        case "not in the record":
            return "not in the record"
        case _:
            return "nothing to check"


def _counted(apart: Distance, desk: Desk, context: Context) -> tuple[Dated, ...]:
    """The day of "a month before", counted from the day named last ("ago": from publication)."""
    anchor = context.dated
    if apart.ago and desk.published:
        anchor = Dated(desk.published, desk.published, "publication")
    found = apart.counted(anchor) if anchor else None
    return (found,) if found else ()


def _act(text: Folded, mention: Mention, named: Sequence[Dated], desk: Desk, context: Context
         ) -> Statement | None:  # fmt: skip
    """The statement of a sentence; None where it reports no act."""
    words = text.original
    days = [day for day in named if day.role in _DONE]
    if len(days) < len(named) and _describes(text, days):
        days = []
    told = days or list(named)
    terms = [day for day in named if day not in days] if days else []
    if not told:
        return _undated(words, mention, desk, context)
    if again := retold(text, mention, told, desk):
        return again
    sure = mention.relevant or _ruled(mention)
    event = best(mention, told, desk.record, text) if sure else None
    if event:
        dated = min(told, key=lambda day: (misses(day, event), told.index(day)))
        found = judged(text, mention, dated, event, terms)
        same_day = not misses(dated, event)
        if found.verdict == "agrees" or (
            mention.relevant and (same_day or alike(text, mention, event))
        ):
            return found
    leans = pointed(text, mention, told, desk, context)
    leans = leans or misdated(text, mention, told, desk, context)
    if leans or not mention.relevant:
        return leans
    return _unknown(text, mention, told[0], desk)


def _describes(text: Folded, days: Sequence[Dated]) -> bool:
    """Whether every day only tells which measure is meant: ``the controls of October 2025``."""
    return bool(days) and all(
        re.search(rf"{_MEASURES} of (?:the )?{re.escape(fold(day.words).text)}", text.text)
        for day in days
    )


_MEASURES: Final = (
    r"\b(?:controls?|rules?|curbs?|bans?|measures?|tariffs?|lists?|restrictions?|duties)"
)


def _ruled(mention: Mention) -> bool:
    """Whether a rule of recognition fired at all: in an article on the subject that is enough."""
    return mention.score >= 0.5 and any(key.startswith("act:") for key in mention.keys)


def _unknown(text: Folded, mention: Mention, dated: Dated, desk: Desk) -> Statement | None:
    """An act that the record has not; a trend with a year in it is no act."""
    if mention.kind == "substitution" or not (own_items(mention) or mention.actors):
        return None
    if figures_room.read(text, desk.published) and mention.kind not in ACTS:
        return None
    same_sort = [
        one
        for one in desk.record
        if (own_items(mention) & set(one.items) or set(mention.actors) & set(one.actors) - OFFICES)
        and alike(text, mention, one)
        and days_between(dated, one) <= NEAREST
    ]
    near = min(same_sort, key=lambda one: (days_between(dated, one), one.id), default=None)
    remark = f"nearest: {near.date} {near.title} [{near.id}]" if near else ""
    return Statement(text.original, mention, dated, None, "not in the record", remark)


def _undated(words: str, mention: Mention, desk: Desk, context: Context) -> Statement | None:
    """An act without a day: an event that shares an item, and a number or the context, is meant.

    It can agree and never conflict: nobody said when.
    """
    text = fold(words)
    said = set(numbers(text.text))
    near = context.dated or (
        Dated(desk.published, desk.published, "publication") if desk.published else None
    )
    way = direction_said(text.text)

    def fit(one: RecordEvent) -> tuple[float, str]:
        far = days_between(near, one) / 30 if near else 0.0
        return (likeness(mention, one, text) - min(far, 12.0), one.id)

    numbered = [
        one
        for one in desk.record
        if own_items(mention) & set(one.items) and said & numbers_of(one) and not against(way, one)
    ]
    fitting = [
        one
        for one in (desk.record if mention.relevant else ())
        if of_kind(mention, one)
        and one.kind in ACTS
        and own_items(mention) & set(one.items)
        and way == one.direction
        and near is not None
        and days_between(near, one) <= FAR
    ]
    rules_fired, speakers = rules(mention.keys, "act:"), set(mention.actors) - OFFICES
    to_none = to_zero(text.text)
    quoted = [
        one
        for one in desk.record
        if one.kind == mention.kind == "statement"
        and speakers & set(one.actors)
        and said
        and said <= numbers_of(one)
        and to_none == to_zero(fold(one.title).text)
        and (to_none or rules_fired & rules(one.keys, "act:") or worded(text, one))
    ]
    event = max(numbered or fitting or quoted, key=fit, default=None)
    if event:
        as_fact = event.kind == "statement" and not _SAYS.search(text.text)
        remark = ONLY_SAID if as_fact else "no day named"
        return Statement(words, mention, None, event, "agrees", remark)
    if not mention.relevant or mention.kind not in ACTS or not own_items(mention):
        return None
    return Statement(words, mention, None, None, "no day named")


# ---- distances between two events --------------------------------------------------------------


def _interval(text: Folded, apart: Distance, desk: Desk, context: Context) -> Finding | None:
    """Of "the move came a month after the ban": both events in the record, and the days between."""
    head, tail = _part(text, 0, apart.start), _part(text, apart.end, len(text.text))
    one, other = (head, tail) if apart.object_follows else (tail, head)
    subject = _meant(one, desk, context, None, apart)
    thing = _meant(other, desk, context, subject, apart) if subject else None
    if subject is None or thing is None or subject.id == thing.id:
        return None
    days = (days_of_event(subject).first - days_of_event(thing).first).days
    way = "after" if apart.later else "before"
    remark = (
        f"article: {apart.said()} {way}; record: {thing.date} and {subject.date},"
        f" {abs(days)} days {'after' if days >= 0 else 'before'}"
    )
    verdict: Verdict = "agrees" if apart.fits(days) else "conflicts"
    return Finding("interval", verdict, events=(thing, subject), remark=remark)


def _part(text: Folded, start: int, end: int) -> Folded:
    return Folded(text.original[start:end], text.text[start:end])


def _meant(part: Folded, desk: Desk, context: Context, subject: RecordEvent | None,
           apart: Distance) -> RecordEvent | None:  # fmt: skip
    """The one event that some words name: the one told last, or by item and direction.

    ``subject`` is None for the act that lies apart; else the other one is asked for, which must
    stand on the side of it that the words say.
    """
    words = part.text.strip(" ,，、:：")
    if subject is None and (not words or POINTS_BACK.match(words)):
        return context.event
    found = desk.read(part.original) if len(words) > 1 else ()
    way = direction_said(words)
    if not found or not own_items(found[0]) or not way:
        return None
    named = [
        one
        for one in desk.record
        if own_items(found[0]) <= set(one.items)
        and one.kind in ("rule", "licence", "listing", "countermeasure")
        and one.direction == way
        and (subject is None or (one.date < subject.date) == apart.later)
    ]
    near = subject or context.event
    return min(
        named,
        key=lambda one: (
            one.jurisdiction[:1] != ("US",)
            if near is None
            else one.jurisdiction[:1] != near.jurisdiction[:1],
            abs((one.date - near.date).days) if near else 0,
            one.date,
            one.id,
        ),
        default=None,
    )
