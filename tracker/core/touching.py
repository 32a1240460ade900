"""Which events that became known since a measure was checked may change it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date as Day
from typing import Final

from tracker.core.measures import ACTS, place_of
from tracker.model import Event, Measure, RecordEvent

BROAD: Final = frozenset({
    "AI chips", "AI models", "data centres", "GPU", "semiconductors", "chipmaking equipment",
    "AI servers", "export controls", "dual-use items", "tariffs", "China", "China's AI industry",
})  # fmt: skip
"""Items that half of the record is about: they never decide alone which event is meant."""

OFFICES: Final = frozenset({
    "BIS", "Commerce", "US Department of Commerce", "US Department of Defense", "US Treasury",
    "DOJ", "USTR", "US government", "White House", "US Congress", "US Senate", "Donald Trump",
    "MOFCOM", "GACC", "CAC", "SAMR", "MIIT", "NDRC", "Chinese regulators", "METI",
    "Japanese government", "South Korean government", "Malaysian government",
    "Dutch government",
})  # fmt: skip
"""Offices and heads of state that stand behind acts of every sort."""


def touching(
    measure: Measure, events: Iterable[Event], day: Day, kinds: Collection[str] = ()
) -> tuple[Event, ...]:
    """Events that became known after the measure was checked, up to ``day``, and may change it.

    An event touches a measure that it names; an act also one that a term of it names, or with
    which it shares an item, an actor and a jurisdiction. Where item and actor are those of half
    the record (``BROAD``, the issuing offices), an act of the record is passed over, for a person
    filed it elsewhere, and news counts where it is of a ``kinds`` that the measure's own acts are
    of. What a person filed under another measure needs a firm in common, and so does an act that
    shares a term of art with a measure on firms; a case against a breach changes no rule, and of a
    bill only what names it speaks. Nothing follows from it: it is what a person should read next.

    >>> from tracker.core.measures import _example
    >>> touching(_example(), [], Day(2026, 7, 1))
    ()
    """
    places = {measure.jurisdiction, *(place_of(state.by) for state in measure.states)}
    return tuple(
        event
        for event in events
        if measure.checked < event.link_day <= day and _touches(measure, places, event, kinds)
    )


def kinds_of(
    measure: Measure, events: Mapping[str, RecordEvent] | Mapping[str, Event]
) -> frozenset[str]:
    """The kinds of the acts that a measure's states rest on.

    >>> from tracker.core.measures import _example
    >>> kinds_of(_example(), {})
    frozenset()
    """
    cited = (events.get(state.event_id or "") for state in measure.states)
    return frozenset(event.kind for event in cited if event)


def _names(measure: Measure) -> set[str]:
    return {name.casefold() for name in (measure.id, measure.title, *measure.aliases)}


def _touches(measure: Measure, places: set[str], event: Event, kinds: Collection[str]) -> bool:
    if measure.id in event.measures:
        return True
    if event.kind not in ACTS:
        return False
    if _named(measure, event):
        return not _on_others(measure, event)
    if is_bill(measure) or (event.kind == "enforcement" and event.kind not in kinds):
        return False
    items, actors = set(measure.items) & set(event.items), set(measure.actors) & set(event.actors)
    if not (items and actors and places.intersection(event.jurisdiction)):
        return False
    if actors - OFFICES:
        return True
    if items - BROAD:
        return not event.measures
    return event.origin == "news" and event.kind in kinds


def _on_others(measure: Measure, event: Event) -> bool:
    """Whether both speak of firms, and not of one in common: one term of art rules many."""
    firms = set(measure.actors) - OFFICES, set(event.actors) - OFFICES
    return bool(firms[0] and firms[1]) and not firms[0] & firms[1]


def _named(measure: Measure, event: Event) -> bool:
    """Whether a term of an event is a name of the measure; of a bill also words of its title."""
    names = _names(measure)
    if names.intersection(term.casefold() for term in event.terms):
        return True
    if event.kind != "legislation" or not is_bill(measure):
        return False
    title = event.title.casefold()
    return any(name in title for name in names)


def is_bill(measure: Measure) -> bool:
    """Whether it goes through a parliament: only the states of a bill have a stage.

    >>> from tracker.core.measures import _example
    >>> is_bill(_example())
    False
    """
    return any(state.stage for state in measure.states)
