"""Two events of the record and the days between them, as a sentence tells them."""

from __future__ import annotations

from tracker.core.act_words import POINTS_BACK, direction_said
from tracker.core.article_days import Distance
from tracker.core.article_nouns import Context, Desk, Finding, Verdict
from tracker.core.event_days import days_of_event
from tracker.core.likeness import own_items
from tracker.core.text import Folded
from tracker.core.traits import ORDERS
from tracker.model import RecordEvent


def interval(text: Folded, apart: Distance, desk: Desk, context: Context) -> Finding | None:
    """Of "the move came a month after the ban": both events in the record, and the days between."""
    head, tail = part(text, 0, apart.start), part(text, apart.end, len(text.text))
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


def part(text: Folded, start: int, end: int) -> Folded:
    """The letters of a text from ``start`` to ``end``, as written and folded.

    >>> part(Folded("The BAN", "the ban"), 4, 7)
    Folded(original='BAN', text='ban')
    """
    return Folded(text.original[start:end], text.text[start:end])


def _meant(piece: Folded, desk: Desk, context: Context, subject: RecordEvent | None,
           apart: Distance) -> RecordEvent | None:  # fmt: skip
    """The one event that some words name: the one told last, or by item and direction.

    ``subject`` is None for the act that lies apart; else the other one is asked for, which must
    stand on the side of it that the words say.
    """
    words = piece.text.strip(" ,，、:：")
    if subject is None and (not words or POINTS_BACK.match(words)):
        return context.event
    found = desk.read(piece.original) if len(words) > 1 else ()
    way = direction_said(words)
    if not found or not own_items(found[0]) or not way:
        return None
    named = [
        one
        for one in desk.record
        if own_items(found[0]) <= set(one.items)
        and one.kind in ORDERS
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
