"""What a reader has not seen yet: events that are new, and states that changed.

A further report of a known event is a count and no change; a new witness, another status or
another day is one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from tracker.core.timeline import Change
from tracker.model import Event

Mark = Mapping[str, str]
"""What is remembered of one event: each watched field as text, ``items`` joined by blanks."""

_WATCHED: Final = ("date", "end_date", "precision", "status", "direction", "kind", "witnesses")
_WORDS: Final = {
    "date": "date", "end_date": "last day", "precision": "precision of the date",
    "status": "status", "direction": "direction", "kind": "kind",
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
    return seen | {"items": " ".join(event.mentions)}


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
    can change when an earlier witness comes late.

    >>> changes({}, [])
    ()
    """
    owners = {item: id_ for id_, seen in before.items() for item in seen["items"].split()}
    found = []
    for event in after:
        former = before.get(event.id) or _by_item(event, owners, before)
        if former is None:
            found.append(Change(event, new=True))
            continue
        what = _differences(former, mark(event))
        if what:
            found.append(Change(event, new=False, what=what))
    return tuple(found)


def _by_item(event: Event, owners: Mapping[str, str], before: Mapping[str, Mark]) -> Mark | None:
    owner = next((owners[item] for item in event.mentions if item in owners), None)
    return before[owner] if owner else None


def _differences(former: Mark, present: Mark) -> tuple[str, ...]:
    return tuple(
        f"{_WORDS[name]}: {former[name] or 'none'}, now {present[name] or 'none'}"
        for name in _WATCHED
        if former[name] != present[name]
    )


def _text(value: object) -> str:
    return "" if value is None else str(value)
