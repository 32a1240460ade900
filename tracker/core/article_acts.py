"""The act that a sentence tells, found in the record by its day, its words and its context."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

from tracker.core import claims as figures_room
from tracker.core.act_words import direction_said, to_zero
from tracker.core.article_days import Dated, Distance, days_named, distance
from tracker.core.article_intervals import interval, part
from tracker.core.article_nouns import Context, Desk, Finding, Statement, Verdict
from tracker.core.article_pauses import pause_days, pause_in, paused
from tracker.core.article_rest import clauses, compared, naming, without, years_here
from tracker.core.article_second import Told, completed
from tracker.core.differing import judged, weighed
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
    """The acts that a sentence reports, how far from another one it is said to lie, and the rest.

    Where an act was found, each day and clause that has none beside it is named as not checked.
    """
    text, beside = compared(text)
    years = years_here(text, years, desk.published)
    every = days_named(text, years, desk.published)
    measures = naming(text, every)
    named = tuple(day for day in every if day not in measures)
    apart = distance(text)
    between = interval(text, apart, desk, context) if apart else None
    if apart and not between and not apart.object_follows:
        named = (*named, *_counted(apart, desk, context))
    mention = next(iter(desk.read(text.original)), None)
    found = _found(text, mention, named, years, desk, context)
    told = Told(text, years, named, measures, beside)
    left: list[str] = []
    if mention and any(one.event for one in found):
        found, left = completed(told, mention, found, between, desk)
    events = [one.event for one in found if one.event]
    firms = frozenset() if left else desk.firms  # a name may stand in what was not checked
    found = [weighed(one, _own(one, text, found, left), events, firms) for one in found]
    if named and not (named[0].role == "plain" and not found and between):
        context.dated = next((day for day in named if day.role == "plain"), context.dated)
    context.items = (own_items(mention) if mention else set()) or context.items
    for one in found:
        if one.event:
            context.told(one.event, one.dated)
        yield Finding("act", _verdict_of(one), statement=one)
    if between:
        yield between
    if left:
        yield Finding("rest", "not checked", remark="; ".join(left))


def _own(one: Statement, text: Folded, found: Sequence[Statement], left: Sequence[str]
         ) -> Folded:  # fmt: skip
    """The words that tell an act: its own clause, or all but those that were not checked."""
    if len(found) == 1 or one.dated is None:
        return without(text, left)
    if len(one.words) < len(text.original):
        return fold(one.words)
    own = [piece for piece in clauses(text) if one.dated.words in piece.original]
    return own[0] if own else text


def _found(text: Folded, mention: Mention | None, named: Sequence[Dated], years: dict[int, int],
           desk: Desk, context: Context) -> list[Statement]:  # fmt: skip
    """What a sentence tells; how long something is suspended belongs to the act that suspends."""
    pause = paused(text, mention, named, desk, context) if mention else None
    place = pause_in(text)
    rest = [day for day in named if day not in pause_days(text, named)] if pause else named
    if not pause or not place:
        return _statements(text, named, years, desk, context)
    before = part(text, 0, place[0])
    found = _statements(before, rest, years, desk, context) if rest else []
    return [one for one in found if one.event and one.event != pause.event] + [pause]


def _statements(text: Folded, named: Sequence[Dated], years: dict[int, int], desk: Desk,
                context: Context) -> list[Statement]:  # fmt: skip
    """What a sentence tells: one act, or one for each of its parts that has a day of its own."""
    whole = _read(text, named, desk, context)
    parts = [(piece, _days(piece, years, desk)) for piece in _parts(text, years, desk)]
    read = (_read(piece, days, desk, context) for piece, days in parts)
    told = [one for one in read if one and one.event]
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
        piece = part(text, start, end)
        if parts and not (_dates_act(piece, years, desk) and _dates_act(parts[-1], years, desk)):
            parts[-1] = Folded(parts[-1].original + piece.original, parts[-1].text + piece.text)
        else:
            parts.append(piece)
    return parts if len(parts) > 1 else []


def _days(text: Folded, years: dict[int, int], desk: Desk) -> tuple[Dated, ...]:
    """The days that a text names, without those that only tell which measure is meant."""
    found = days_named(text, years, desk.published)
    measures = naming(text, found)
    return tuple(day for day in found if day not in measures)


def _dates_act(text: Folded, years: dict[int, int], desk: Desk) -> bool:
    """Whether a day stands there on which something was done, not one on which it ends."""
    return any(day.role in _DONE for day in _days(text, years, desk))


def _verdict_of(one: Statement) -> Verdict:
    match one.verdict:
        case "agrees":
            return "agrees"
        case "conflicts":
            return "conflicts"
        case "in part":
            return "in part"
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
    leans = pointed(text, mention, told, desk, context, terms or named)
    leans = leans or misdated(text, mention, told, desk, context)
    if leans or not mention.relevant:
        return leans
    return _unknown(text, mention, told[0], desk)


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
