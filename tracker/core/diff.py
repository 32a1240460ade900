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
from tracker.core.succession import own, succession
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
    before, ``split`` several after (first the one that goes on, with its ``fields``, then those
    that are ``new`` too), ``new`` none before, ``gone`` none after.
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
    curated = {f"{RECORD}{event.id}"} if event.origin != "news" else set()
    return own(event.mentions) | curated


def events(before: Sequence[Event], after: Sequence[Event]) -> tuple[EventDiff, ...]:
    """Events matched by shared items; what stayed the same is left out.

    Of one that was split the part with another first report is also ``new``.

    >>> events([], [])
    ()
    """
    found = succession({e.id: nodes(e) for e in before}, {e.id: nodes(e) for e in after})
    old, new = {one.id: one for one in before}, {one.id: one for one in after}
    former, told = found.former, list[EventDiff]()
    for event in after:
        was = [old[id_] for id_ in former.get(event.id, ())]
        if not was:
            told.append(EventDiff("new", (), (event,)))
        elif len(was) > 1:
            told.append(EventDiff("joined", tuple(was), (event,)))
        elif was[0].id not in found.parted:
            told += _changed(was[0], event)
    told += [EventDiff("gone", (one,), ()) for one in before if one.id not in found.later]
    for id_, parts in found.parted.items():
        both = new[found.later[id_]], *(new[part] for part in parts)
        told.append(EventDiff("split", (old[id_],), both, _fields(old[id_], both[0])))
    return tuple(sorted(told, key=_order))


def _changed(before: Event, after: Event) -> list[EventDiff]:
    fields = _fields(before, after)
    return [EventDiff("changed", (before,), (after,), fields)] if fields else []


def _fields(before: Event, after: Event) -> tuple[Field, ...]:
    fields = tuple(
        Field(name, old, new)
        for name in _COMPARED
        if (old := _text(before, name)) != (new := _text(after, name))
    )
    page = corrected(before.title, page_of_headline(before), after)
    if page is not None and after.title != before.title:
        fields += (Field("title", before.title, after.title),)
    return fields


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
