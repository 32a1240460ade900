"""What two days of knowledge differ in: events matched by shared items, figures by their vintages.

Today's rules and decisions on both sides; only the knowledge differs.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from tracker.core.changes import corrected, page_of_headline
from tracker.core.figures import is_measured
from tracker.core.traits import told_in_passing
from tracker.core.vintages import Book, books, revises
from tracker.model import RECORD, Event, Observation, Series

EventChange = Literal["new", "gone", "joined", "split", "changed"]
FigureChange = Literal["new", "revised", "first outcome"]


@dataclass(frozen=True, slots=True)
class Field:
    """One field of an event that differs, as text."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class EventDiff:
    """One event, or the events that were joined or split.

    ``before`` and ``after`` hold one event each where it only ``changed``; ``joined`` has several
    before, ``split`` several after, ``new`` none before, ``gone`` none after.
    """

    change: EventChange
    before: tuple[Event, ...]
    after: tuple[Event, ...]
    fields: tuple[Field, ...] = ()


@dataclass(frozen=True, slots=True)
class FigureDiff:
    """A figure published between the two days.

    ``revised``: ``against`` is the figure of the same house and period whose place it took.
    ``first outcome``: ``against`` are the forecasts and claims of its period.
    """

    change: FigureChange
    series: Series
    observation: Observation
    against: tuple[Observation, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """All that differs between the knowledge of ``first`` and of ``last``."""

    first: date
    last: date
    events: tuple[EventDiff, ...]
    figures: tuple[FigureDiff, ...]


def nodes(event: Event) -> frozenset[str]:
    """What holds an event together: its own items, and its entry in the record.

    >>> from types import SimpleNamespace as Act
    >>> sorted(nodes(Act(id="2025-07-14-h20", origin="both", mentions=("a1", "b2/1"))))
    ['a1', 'record:2025-07-14-h20']
    """
    own = {f"{RECORD}{event.id}"} if event.origin != "news" else set()
    return frozenset(own | {one for one in event.mentions if not told_in_passing(one)})


def events(before: Sequence[Event], after: Sequence[Event]) -> tuple[EventDiff, ...]:
    """Events matched by shared items; what stayed the same is left out.

    >>> events([], [])
    ()
    """
    forward = _matches(after, before)
    backward = _matches(before, after)
    old = {one.id: one for one in before}
    new = {one.id: one for one in after}
    found: list[EventDiff] = []
    for event in after:
        former = [old[id_] for id_ in forward[event.id]]
        if not former:
            found.append(EventDiff("new", (), (event,)))
        elif len(former) > 1:
            found.append(EventDiff("joined", tuple(former), (event,)))
        elif len(backward[former[0].id]) == 1:
            found += _changed(former[0], event)
    for event in before:
        later = [new[id_] for id_ in backward[event.id]]
        if not later:
            found.append(EventDiff("gone", (event,), ()))
        elif len(later) > 1:
            found.append(EventDiff("split", (event,), tuple(later)))
    return tuple(sorted(found, key=_order))


def _matches(events: Sequence[Event], others: Sequence[Event]) -> dict[str, list[str]]:
    """For each event the ids of the others that share an item with it, in their order."""
    homes: dict[str, list[str]] = {}
    for other in others:
        for node in nodes(other):
            homes.setdefault(node, []).append(other.id)
    order = {other.id: number for number, other in enumerate(others)}
    return {
        event.id: sorted(
            {id_ for node in nodes(event) for id_ in homes.get(node, ())}, key=order.__getitem__
        )
        for event in events
    }


def _changed(before: Event, after: Event) -> list[EventDiff]:
    fields = tuple(
        Field(name, old, new)
        for name in _COMPARED
        if (old := _text(before, name)) != (new := _text(after, name))
    )
    page = corrected(before.title, page_of_headline(before), after)
    if page is not None and after.title != before.title:
        fields += (Field("title", before.title, after.title),)
    return [EventDiff("changed", (before,), (after,), fields)] if fields else []


_COMPARED: Final = (
    "date", "end_date", "status", "kind", "direction", "jurisdiction", "id", "witnesses",
)  # fmt: skip


def _text(event: Event, name: str) -> str:
    value = getattr(event, name)
    if isinstance(value, tuple):
        return "+".join(value)
    if name == "date":
        return f"{value}" if event.precision == "day" else f"{value} ({event.precision})"
    return "" if value is None else str(value)


def _order(one: EventDiff) -> tuple[date, str]:
    event = (one.after or one.before)[0]
    return event.date, event.id


def figures(
    observations: Iterable[Observation], series: Iterable[Series], first: date, last: date
) -> tuple[FigureDiff, ...]:
    """The vintages published after ``first`` and by ``last``, by day of publication.

    >>> figures([], [], date(2025, 1, 1), date(2025, 2, 1))
    ()
    """
    found = [
        _figure(one, book)
        for book in books(observations, series, (), last)
        for one in book.rows
        if first < one.published
    ]
    return tuple(sorted(found, key=lambda d: (d.observation.published, d.observation.number)))


def _figure(one: Observation, book: Book) -> FigureDiff:
    before = revises(one, book.rows)
    if before:
        return FigureDiff("revised", book.series, one, (before,))
    forecasts = _forecasts_of(one, book) if is_measured(one) else ()
    if forecasts and not _measured_before(one, book):
        return FigureDiff("first outcome", book.series, one, forecasts)
    return FigureDiff("new", book.series, one)


def _same_period(one: Observation, other: Observation) -> bool:
    return (one.period_start, one.period_end) == (other.period_start, other.period_end)


def _forecasts_of(one: Observation, book: Book) -> tuple[Observation, ...]:
    return tuple(
        outcome.forecast for outcome in book.outcomes if _same_period(outcome.forecast, one)
    )


def _measured_before(one: Observation, book: Book) -> bool:
    return any(
        _same_period(one, other)
        and is_measured(other)
        and (other.published, other.number) < (one.published, one.number)
        for other in book.rows
    )
