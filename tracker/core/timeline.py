"""Rows of the timeline and what stands beside them: the nouns between a question and a screen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from tracker.model import (
    Event,
    Join,
    Link,
    Measure,
    Mention,
    Nature,
    Observation,
    Series,
)


@dataclass(frozen=True, slots=True)
class Figure:
    """One headline figure by one house; ``value`` in the series' own unit (percent: 41 is 41 %)."""

    series: str
    unit: str
    house: str
    value: float
    value_low: float | None
    value_high: float | None
    qualifier: str
    nature: Nature
    period_end: date
    flag: str | None


@dataclass(frozen=True, slots=True)
class EventRow:
    """An event with its links; ``figure`` only where it changed against the row before.

    ``reports`` are the entries joined (filled only where asked for), ``new`` marks what the reader
    has not seen yet.
    """

    event: Event
    links: tuple[Link, ...]
    figure: Figure | None
    reports: tuple[Mention, ...] = ()
    new: bool = False


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A published figure as an entry of its own; its day is the day of publication."""

    observation: Observation
    series: Series


Row = EventRow | FigureRow


@dataclass(frozen=True, slots=True)
class Lapse:
    """An end date that passed without news: ``day`` is the first day with unknown outcome."""

    title: str
    measure: str
    day: date


@dataclass(frozen=True, slots=True)
class Timeline:
    """An answer: ``rows`` in the order to print, ``total`` events and ``span`` of the database.

    ``short`` maps full ids to the short ones that are unique in the whole database; where it is
    empty they are computed over the rows. ``blind`` names feeds that failed, ``notes`` what else
    the reader must know before trusting the answer.
    """

    rows: tuple[Row, ...]
    record_day: date
    polled: datetime | None
    lapsed: tuple[Lapse, ...]
    total: int
    span: tuple[date, date] | None
    as_of: date | None
    blind: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    short: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class EventCard:
    """One event whole. ``before`` and ``after`` are its neighbours in date order.

    ``joins`` are the accepted joins among its nodes, ``refused`` the nearest that were not
    accepted, best first. ``conflicts`` holds, by (series, variant), other houses' figures for the
    period of a printed one. ``titles`` names the series by id.
    """

    event: Event
    links: tuple[Link, ...]
    mentions: tuple[Mention, ...]
    joins: tuple[Join, ...]
    refused: tuple[Join, ...]
    measures: tuple[Measure, ...]
    before: Event | None
    after: Event | None
    as_of: date | None = None
    record_day: date | None = None
    conflicts: Mapping[tuple[str, str | None], tuple[Observation, ...]] = field(
        default_factory=dict
    )


@dataclass(frozen=True, slots=True)
class DueDate:
    """A date an event or a measure names: ``what`` is ``effective``, ``expires`` and so on."""

    day: date
    what: str
    title: str
    event_id: str | None
    measure: str | None = None
    outcome_known: bool = False


@dataclass(frozen=True, slots=True)
class FailingFeed:
    """A feed that does not answer, since when and with what words."""

    id: str
    title: str
    since: datetime
    error: str


@dataclass(frozen=True, slots=True)
class Morning:
    """The morning view: the latest events, what came due, what comes, which feeds fail."""

    timeline: Timeline
    today: date
    first: date
    passed: tuple[DueDate, ...] = ()
    coming: tuple[DueDate, ...] = ()
    failing: tuple[FailingFeed, ...] = ()
    feeds: int = 0
    entries: int = 0


@dataclass(frozen=True, slots=True)
class Change:
    """An event that is new, or what of it changed since the reader last looked, in words."""

    event: Event
    new: bool
    what: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Digest:
    """What is new or changed since ``since`` up to and with ``until`` (days of knowledge)."""

    since: date | None
    until: date
    changes: tuple[Change, ...]
    record_day: date
    name: str | None = None
    coming: tuple[DueDate, ...] = ()
    blind: tuple[str, ...] = ()
