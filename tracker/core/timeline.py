"""The rows of a timeline and the parts of an event card: what the views are given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date as Day
from datetime import datetime
from typing import TYPE_CHECKING

from tracker.core.shares import Link
from tracker.model import (
    Decision,
    Entry,
    Event,
    Join,
    Measure,
    MeasureState,
    Mention,
    Nature,
    Observation,
    Series,
    Source,
)
from tracker.nouns import dataclass

if TYPE_CHECKING:  # figures in texts and decisions are read for a card alone
    from tracker.core.claims import Said
    from tracker.core.ruled import Ruled


@dataclass(frozen=True, slots=True)
class Figure:
    """The headline figure on an event's line: one series, one variant, one house.

    ``title`` says of what it is a share.
    """

    series: str
    unit: str
    house: str
    value: float
    value_low: float | None
    value_high: float | None
    qualifier: str
    nature: Nature
    period_end: Day
    flag: str | None
    title: str = ""


@dataclass(frozen=True, slots=True)
class EventRow:
    """An event with its links; ``figure`` only where it changed against the row before.

    ``reports`` are the entries joined, filled only where asked for; ``new`` marks what the reader
    has not seen yet.
    """

    event: Event
    links: tuple[Link, ...]
    figure: Figure | None
    reports: tuple[Mention, ...] = ()
    new: bool = False


@dataclass(frozen=True, slots=True)
class FigureRow:
    """An observation as an entry of its own, on the day of its publication."""

    observation: Observation
    series: Series
    nature: Nature
    house: str


Row = EventRow | FigureRow


@dataclass(frozen=True, slots=True)
class Lapse:
    """A measure of which something (``ended``: suspension, term) ended on ``day`` without news.

    ``note`` is what the record adds: what its text would mean now. ``news`` says whether an event
    became known since the measure was checked that may change it.
    """

    title: str
    measure: str
    day: Day
    ended: str
    note: str = ""
    news: bool = False


@dataclass(frozen=True, slots=True)
class Timeline:
    """A whole answer. ``span`` is that of the events; ``blind`` and ``notes`` are sentences.

    ``short`` maps ids to short ones unique in the whole database; empty: unique among the rows.
    ``titles`` are those of measures, by id. ``polled`` is when feeds answered last, ``unreached``
    when they were asked later and none did. ``searched_from`` is the day before which the record
    holds landmarks only; None where the answer does not go so far back.
    """

    rows: tuple[Row, ...]
    record_day: Day
    polled: datetime | None
    lapsed: tuple[Lapse, ...]
    total: int
    span: tuple[Day, Day] | None
    as_of: Day | None
    blind: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    short: Mapping[str, str] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    unreached: datetime | None = None
    searched_from: Day | None = None

    @property
    def events(self) -> tuple[Event, ...]:
        """The events alone, in the order of the rows."""
        return tuple(row.event for row in self.rows if isinstance(row, EventRow))


@dataclass(frozen=True, slots=True)
class Report:
    """One entry joined to an event: its mention and all its texts, oldest first."""

    mention: Mention
    revisions: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class EventCard:
    """One event whole. ``joins`` hold it together, ``refused`` came nearest to joining it.

    ``said`` are figures read in its reports: claims beside the record, never observations;
    ``series`` says what those are figures of. ``decided`` are the lines in force of what people
    decided about it or its reports, ``bound`` the members that only such a line holds, ``parted``
    the refused joins (by their two ends) that such a line forbids. ``others`` are the tellers and
    titles of what the lines and the refused joins name beside its reports.
    """

    event: Event
    links: tuple[Link, ...]
    observations: tuple[Observation, ...]
    reports: tuple[Report, ...]
    joins: tuple[Join, ...]
    refused: tuple[Join, ...]
    states: tuple[tuple[Measure, MeasureState], ...]
    before: Event | None
    after: Event | None
    as_of: Day | None
    record_day: Day
    said: tuple[Said, ...] = ()
    series: tuple[Series, ...] = ()
    decided: tuple[Decision, ...] = ()
    bound: tuple[Ruled, ...] = ()
    parted: tuple[Ruled, ...] = ()
    others: Mapping[str, tuple[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class News:
    """An event that became known since a measure was checked and may change it.

    ``short`` is its short id, or the whole one.
    """

    id: str
    short: str
    date: Day
    title: str


@dataclass(frozen=True, slots=True)
class DueDate:
    """A day that an event or a measure names; ``what`` is ``effective``, ``expires`` and so on.

    ``news`` are the events since that may change what is due, oldest first.
    """

    day: Day
    what: str
    title: str
    event_id: str | None
    measure: str | None = None
    news: tuple[News, ...] = ()


@dataclass(frozen=True, slots=True)
class FailingFeed:
    """A feed that does not answer: since when, and with what words."""

    id: str
    title: str
    since: datetime | None
    error: str


@dataclass(frozen=True, slots=True)
class Morning:
    """The morning view. ``passed`` have no known outcome, ``coming`` lie ahead of ``today``.

    The rows of ``timeline`` begin on ``first``; ``feeds`` counts those enabled.
    """

    timeline: Timeline
    today: Day
    first: Day
    passed: tuple[DueDate, ...] = ()
    coming: tuple[DueDate, ...] = ()
    failing: tuple[FailingFeed, ...] = ()
    feeds: int = 0


@dataclass(frozen=True, slots=True)
class Change:
    """An event that is new, or what of it changed since the reader last looked, in words."""

    event: Event
    new: bool
    what: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Gone:
    """An event that was told before and is no more; ``why`` in words, ``page`` the report now."""

    id: str
    day: str
    title: str
    why: str
    page: Source | None = None


@dataclass(frozen=True, slots=True)
class Digest:
    """What became known after ``since`` and up to ``until``, both days of knowledge."""

    since: Day | None
    until: Day
    changes: tuple[Change, ...]
    record_day: Day
    coming: tuple[DueDate, ...] = ()
    blind: tuple[str, ...] = ()
    title: str = ""
    gone: tuple[Gone, ...] = ()

    @property
    def silent(self) -> bool:
        """Whether there is nothing to tell."""
        return not (self.changes or self.gone)


def day_of(row: Row) -> Day:
    """The day on which a row stands."""
    return row.event.date if isinstance(row, EventRow) else row.observation.published


def is_vague(row: Row) -> bool:
    """Whether the day of a row is not known."""
    if isinstance(row, EventRow):
        return row.event.precision != "day"
    return row.observation.published_precision != "day"
