"""What a reader has not seen yet: events that are new, and states that changed.

A further report of a known event is a count and no change; a new witness, another status or
another day is one. Another headline is none where a further report brought it, and one where the
page that gave it was corrected.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from tracker.core.corrections import corrects
from tracker.core.origins import origin_of_page
from tracker.core.succession import own, succession
from tracker.core.text import bare_title
from tracker.core.timeline import Change
from tracker.model import Event, Source

Mark = Mapping[str, str]
"""What is remembered of one event: each watched field as text, ``items`` joined by blanks; its
``headline`` and the ``page`` that gave it, which marks of earlier versions do not have."""

_WATCHED: Final = (
    "date", "end_date", "precision", "status", "direction", "kind", "jurisdiction", "witnesses",
)  # fmt: skip
_WORDS: Final = {
    "date": "date", "end_date": "last day", "precision": "precision of the date",
    "status": "status", "direction": "direction", "kind": "kind", "jurisdiction": "capital",
    "witnesses": "independent origins",
}  # fmt: skip


def mark(event: Event) -> dict[str, str]:
    """The mark of one event, ready for JSON.

    >>> from tracker.core.build import build
    >>> from tracker.core.examples import mention
    >>> mark(build([mention()])) == mark(build([mention()]))
    True
    """
    seen = {name: _text(getattr(event, name)) for name in _WATCHED}
    headline = {"headline": event.title, "page": page_of_headline(event)}
    return seen | headline | {"items": " ".join(event.mentions)}


def marks(events: Iterable[Event]) -> dict[str, dict[str, str]]:
    """Marks by event id.

    >>> from tracker.core.build import build
    >>> from tracker.core.examples import mention
    >>> len(marks([build([mention()])]))
    1
    """
    return {event.id: mark(event) for event in events}


def changes(before: Mapping[str, Mark], after: Sequence[Event]) -> tuple[Change, ...]:
    """The events of ``after`` that ``before`` did not hold, or held in another state.

    An event is the same one where its id is, or where it shares an item with one of before: ids
    can change when an earlier witness comes late. Of one that was split, the part with another
    first report is new.

    >>> changes({}, [])
    ()
    """
    found = succession(_reports(before), {one.id: own(one.mentions) for one in after})
    titles, former = {one.id: one.title for one in after}, found.former
    told = []
    for event in after:
        known = former.get(event.id, ())
        if not known:
            told.append(Change(event, new=True))
            continue
        one = event.id if event.id in known else known[0]
        what = tuple(
            f"split: now an event of its own: {titles[id_]}" for id_ in found.parted.get(one, ())
        )
        what += _differences(before[one], mark(event)) + _corrections(before[one], event)
        if what:
            told.append(Change(event, new=False, what=what))
    return tuple(told)


def gone(before: Mapping[str, Mark], after: Sequence[Event]) -> tuple[str, ...]:
    """The ids of ``before`` that no event of ``after`` goes on, in their order.

    >>> gone({"a": {"items": "a1"}}, [])
    ('a',)
    """
    later = succession(_reports(before), {one.id: own(one.mentions) for one in after}).later
    return tuple(id_ for id_ in before if id_ not in later)


def _reports(before: Mapping[str, Mark]) -> dict[str, frozenset[str]]:
    return {id_: own(seen["items"].split()) for id_, seen in before.items()}


def _differences(former: Mark, present: Mark) -> tuple[str, ...]:
    return tuple(
        f"{_WORDS[name]}: {former[name] or 'none'}, now {present[name] or 'none'}"
        for name in _WATCHED
        if name in former and former[name] != present[name]
    )


def page_of_headline(event: Event) -> str:
    """The address of the page whose title the event has for its headline; "" without one.

    >>> from tracker.core.build import build
    >>> from tracker.core.examples import mention
    >>> page_of_headline(build([mention()]))
    'https://example.org/a'
    """
    gave = (one.url for one in event.sources if _headline(one) == event.title)
    return next(gave, "")


def corrected(headline: str, page: str, event: Event) -> Source | None:
    """The page that gave a headline, where the event still has it and it says something else now.

    Or another report of its house that corrects it, where the event has that for its headline.

    >>> from tracker.core.build import build
    >>> from tracker.core.examples import mention
    >>> event = build([mention(title="US suspends licence")])
    >>> corrected("US revokes licence", "https://example.org/a", event).publisher
    'Example Wire'
    """
    known = [one for one in event.sources if page and one.url == page]
    edited = next((one for one in known if one.title and _headline(one) != headline), None)
    return edited or _by_another(known, event)


def _by_another(known: Sequence[Source], event: Event) -> Source | None:
    """The report by which the same house corrects the one that gave the headline."""
    houses = {origin_of_page(one) for one in known}
    return next(
        (one for one in event.sources if corrects(one.title or "")
         and _headline(one) == event.title and origin_of_page(one) in houses), None,
    )  # fmt: skip


def _headline(source: Source) -> str:
    return bare_title(source.title or "", source.publisher) or source.title or ""


def _corrections(former: Mark, event: Event) -> tuple[str, ...]:
    before = former.get("headline", "")
    page = corrected(before, former.get("page", ""), event)
    if page is None or _headline(page) == before:
        return ()
    return (f"corrected by {page.publisher}: {before}, now {_headline(page)}",)


def _text(value: object) -> str:
    if isinstance(value, tuple):
        return "+".join(value)
    return "" if value is None else str(value)
