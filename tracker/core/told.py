"""The act that a sentence tells, found in the record by its day, its words and its context."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from tracker.core import claims as figures_room
from tracker.core.act_words import POINTS, POINTS_BACK, direction_said, gatherings
from tracker.core.article_nouns import Context, Desk, Finding, Statement, Verdict
from tracker.core.event_days import days_of_event
from tracker.core.likeness import (
    FAR,
    abroad,
    against,
    alike,
    best,
    cities,
    days_between,
    judged,
    likeness,
    misses,
    numbers_of,
    of_kind,
    own_items,
)  # fmt: skip
from tracker.core.measures import ACTS
from tracker.core.prose import Sentence
from tracker.core.said_days import Dated, Distance, days_named, distance
from tracker.core.text import Folded, fold, numbers
from tracker.core.touching import BROAD
from tracker.model import Mention, RecordEvent

NEAREST: Final = 150
"""Days within which an act of the same sort is named beside one that the record has not."""


def acts(sentence: Sentence, text: Folded, years: dict[int, int], desk: Desk, context: Context
          ) -> Iterable[Finding]:  # fmt: skip
    """The act that a sentence reports, and how far from another one it is said to lie."""
    named = days_named(text, years, desk.published)
    apart = distance(text)
    between = _interval(text, apart, desk, context) if apart else None
    if apart and not between and not apart.object_follows:
        named = (*named, *_counted(apart, desk, context))
    mention = desk.read(sentence.text)
    one = _act(text, mention[0], named, desk, context) if mention else None
    if named and not (named[0].role == "plain" and one is None and between):
        context.dated = next((day for day in named if day.role == "plain"), context.dated)
    if one:
        if one.event:
            context.told(one.event, one.dated)
        yield Finding("act", _verdict_of(one), statement=one)
    if between:
        yield between


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
    days = [day for day in named if day.role in ("plain", "published", "since", "announced")]
    told = days or list(named)
    terms = [day for day in named if day not in days] if days else []
    if not told:
        return _undated(words, mention, desk, context)
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
    pointed = _pointed(text, mention, told, desk, context)
    if pointed or not mention.relevant:
        return pointed
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
        if own_items(mention) & set(one.items)
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
    event = max(numbered or fitting, key=fit, default=None)
    if event:
        return Statement(words, mention, None, event, "agrees", "no day named")
    if not mention.relevant or mention.kind not in ACTS or not own_items(mention):
        return None
    return Statement(words, mention, None, None, "no day named")


def _pointed(text: Folded, mention: Mention, told: Sequence[Dated], desk: Desk,
             context: Context) -> Statement | None:  # fmt: skip
    """A sentence that leans on those before it ("the ban"), or names an event's very day.

    The event must lie on the day named, and share an item, or rest a measure that the sentence
    calls by name, or be talks or a trip, called so, in a city that the sentence names.
    """
    way = direction_said(text.text)
    items = own_items(mention)
    if not items and context.event and POINTS.search(text.text):
        items = set(context.event.items) - BROAD
    cited = {id_ for alias, ids in desk.aliases if _named(alias, text.text) for id_ in ids}
    places, called = set(abroad(desk.places(text))), gatherings(text.text)
    found = []
    for one in desk.record:
        dated = next((day for day in told if not misses(day, one)), None)
        if dated is None or against(way, one) or (way and one.direction == "neutral" and items):
            continue
        shared = len(items & set(one.items))
        if one.kind in called:
            shared += len(places & set(cities(one.keys)))
        exact = dated.first == dated.last or dated.role != "plain" or bool(way and items)
        if exact and (shared or one.id in cited):
            rank = likeness(mention, one, text) + shared + 2 * (one.id in cited)
            found.append((rank, one.id, one, dated))
    if not found:
        return None
    _, _, event, dated = max(found, key=lambda row: row[:2])
    return Statement(text.original, mention, dated, event, "agrees")


def _named(alias: str, text: str) -> bool:
    """Whether a text calls something by an alias, as whole words."""
    at = text.replace("-", " ").find(alias.replace("-", " "))
    if at < 0:
        return False
    ends = text[at - 1 : at], text[at + len(alias) : at + len(alias) + 1]
    return not (alias[0].isascii() and any(end.isascii() and end.isalnum() for end in ends))


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
