"""The nouns of the house. All frozen; dates are ``datetime.date``, moments aware UTC datetimes.

Values keep the meaning that ``docs/record.md`` gives them; percent stays percent (14, not 0.14).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date as Day
from datetime import datetime
from typing import Final, Literal

from tracker.dates import Precision
from tracker.nouns import dataclass

RECORD: Final = "record:"
"""What the name of a node begins with that is an event of the record; its id stands behind it."""

Kind = Literal[
    "rule", "licence", "listing", "countermeasure", "talks", "trip",
    "statement", "enforcement", "legislation", "company", "substitution",
]  # fmt: skip
Direction = Literal["tighten", "ease", "neutral"]
Status = Literal["confirmed", "reported", "disputed", "proposed"]
Tier = Literal["official", "wire", "general", "trade", "think-tank", "issuer", "state"]
Language = Literal["en", "zh-Hans", "zh-Hant", "other"]
Nature = Literal["actual", "estimate", "forecast", "claim", "target"]
Origin = Literal["record", "news", "both"]

KINDS: tuple[Kind, ...] = (
    "rule", "licence", "listing", "countermeasure", "talks", "trip",
    "statement", "enforcement", "legislation", "company", "substitution",
)  # fmt: skip
MEETINGS: frozenset[Kind] = frozenset({"trip", "talks"})
"""Kinds of acts that fill several days and are announced as themselves, days before."""

DIRECTIONS: tuple[Direction, ...] = ("tighten", "ease", "neutral")
DATE_FIELDS: tuple[str, ...] = ("act", "known", "published", "effective", "expires")
STATUSES: tuple[Status, ...] = ("confirmed", "reported", "disputed", "proposed")
TIERS: tuple[Tier, ...] = (
    "official", "wire", "general", "trade", "think-tank", "issuer", "state",
)  # fmt: skip
LANGUAGES: tuple[Language, ...] = ("en", "zh-Hans", "zh-Hant", "other")
NATURES: tuple[Nature, ...] = ("actual", "estimate", "forecast", "claim", "target")
INSTRUMENTS: tuple[str, ...] = (
    "federal-register-rule", "is-informed-letter", "guidance", "executive-order", "proclamation",
    "statute", "bill", "court-decision", "agency-decision", "press-release", "mofcom-announcement",
    "customs-action", "summons", "window-guidance", "procurement-rule", "court-filing",
    "indictment", "settlement", "company-filing", "company-announcement", "joint-statement",
    "meeting", "visit", "interview", "media-report", "product-launch", "other",
)  # fmt: skip


# ---- the record -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Source:
    """A page that speaks to an event. ``published`` is a full day or None.

    ``origin`` is the wire or the page it copies, where neither publisher nor title tells;
    ``archived`` the address of a kept copy.
    """

    url: str
    publisher: str
    published: Day | None
    lang: str
    official: bool
    title: str | None
    published_approx: str | None = None
    official_text: bool = False
    about: bool = False
    ref: str | None = None
    seen_as: str | None = None
    seen_part: str | None = None
    origin: str | None = None
    archived: str | None = None

    @property
    def opened(self) -> bool:
        """Whether somebody read the page; of another only the address was seen, as a link."""
        return self.seen_as is None


@dataclass(frozen=True, slots=True)
class RecordEvent:
    """One curated event. ``dates`` maps a name (``effective`` ...) to one or more days."""

    id: str
    date: Day
    precision: Precision
    kind: Kind
    instrument: str
    binding: bool | None
    direction: Direction
    status: Status
    evidence: str
    title: str
    summary: str
    jurisdiction: tuple[str, ...]
    actors: tuple[str, ...]
    items: tuple[str, ...]
    terms: tuple[str, ...]
    sources: tuple[Source, ...]
    series: tuple[str, ...]
    dates: Mapping[str, tuple[Day, ...]] = field(default_factory=dict)
    end_date: Day | None = None
    known: Day | None = None
    known_precision: str | None = None
    note: str | None = None
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Series:
    """A quantity with one denominator. ``unit``: percent, units, usd_bn, percent_growth ..."""

    id: str
    title: str
    unit: str
    scope: str
    geography: str
    higher_means: str
    note: str


@dataclass(frozen=True, slots=True)
class Observation:
    """One published figure of a series, with its period and its vintage (``published``).

    ``number`` is its place in the record, from 0; it breaks the last ties. ``accepted`` says who
    took it from a text, and when; None for the record's own.
    """

    series: str
    period_start: Day
    period_end: Day
    value: float
    qualifier: str
    nature: Nature
    published: Day
    publisher: str
    via: str
    url: str | None
    lang: str
    note: str
    number: int
    variant: str | None = None
    value_low: float | None = None
    value_high: float | None = None
    published_precision: str = "day"
    flag: str | None = None
    house: str | None = None
    derived: bool = False
    accepted: str | None = None


@dataclass(frozen=True, slots=True)
class MeasureState:
    """A state of a measure from ``since`` to ``until``, both inclusive; None is open."""

    state: str
    since: Day
    until: Day | None
    event_id: str | None
    by: str
    strand: str
    note: str | None
    stage: str | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """A rule, licence, probe, truce ... that lives through states.

    ``checked`` is its record day: the last day for which a source speaks to its present state.
    """

    id: str
    title: str
    aliases: tuple[str, ...]
    jurisdiction: str
    summary: str
    items: tuple[str, ...]
    actors: tuple[str, ...]
    checked: Day
    states: tuple[MeasureState, ...]


@dataclass(frozen=True, slots=True)
class SeedClaim:
    """A statement of the founding article with its checked verdict."""

    id: str
    claim: str
    quote_zh: str
    about: str
    event_id: str | None
    series: str | None
    verdict: str
    why: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """All of ``db/record``. ``day`` is the record day of the whole.

    Before ``searched_from`` it holds single landmarks, and nobody looked for all acts.
    """

    day: Day
    digest: str
    events: tuple[RecordEvent, ...]
    series: tuple[Series, ...]
    observations: tuple[Observation, ...]
    measures: tuple[Measure, ...]
    claims: tuple[SeedClaim, ...]
    searched_from: Day | None = None


# ---- what arrives -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Entry:
    """One revision of one item: what a feed (or a person) gave us at one moment.

    ``item_id`` is the hash of the canonical link, else of feed and guid; ``digest`` the hash of
    the text. ``published`` is UTC, ``offset`` the publisher's own distance from it in minutes,
    ``published_raw`` what the feed said; where that could not be read ``published`` is None.
    ``origin`` is ``feed``, ``added`` or ``backfill`` and decides the knowledge day.
    """

    item_id: str
    digest: str
    feed: str
    guid: str
    title: str
    summary: str
    url: str
    published: datetime | None
    offset: int | None
    published_raw: str
    seen: datetime
    lang: Language
    publisher: str
    tier: Tier = "general"
    origin: str = "feed"

    @property
    def known(self) -> Day:
        """The knowledge day: the day on which the program, or its user, could know this."""
        if self.published is None:
            return self.seen.date()
        if self.origin != "feed":
            return self.published.date()
        return max(self.published, self.seen).date()


# ---- what is derived --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Reason:
    """One observation for (``weight`` > 0) or against a judgement; ``why`` quotes the evidence."""

    name: str
    weight: float
    why: str


NEAR_LINE: Final = 9
UNDER_LINE: Final = 8
"""Numbers of the mention of an entry that is only near the line of relevance, or some way below it:
told in passing."""
BELOW_LINE: Final = (NEAR_LINE, UNDER_LINE)


@dataclass(frozen=True, slots=True)
class Mention:
    """What one revision of one entry says of one act.

    ``first`` and ``last`` bound the day of the act; ``date`` is the day chosen inside them
    (None: undated). ``number`` 0 is what the entry is about, 1.. are further acts (``also``);
    ``NEAR_LINE`` and ``UNDER_LINE`` are the same once more for a report that only others' reports
    make one of an event.
    ``quotes`` are the words of the original that show it. ``known`` is the knowledge day.
    ``report_day`` is the publisher's own day of publication.
    """

    item_id: str
    digest: str
    number: int
    relevant: bool
    recap: bool
    kind: Kind
    direction: Direction
    status: Status
    date: Day | None
    end_date: Day | None
    precision: Precision
    first: Day | None
    last: Day | None
    items: tuple[str, ...]
    actors: tuple[str, ...]
    jurisdiction: tuple[str, ...]
    instrument: str
    terms: tuple[str, ...]
    score: float
    reasons: tuple[Reason, ...]
    quotes: tuple[str, ...]
    title: str
    publisher: str
    lang: str
    url: str
    known: Day
    report_day: Day | None
    tier: str = "general"
    keys: tuple[str, ...] = ()
    binding: bool | None = None
    dates: Mapping[str, tuple[Day, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Join:
    """Two nodes compared. A node is an item id, or ``record:`` and a record id."""

    left: str
    right: str
    score: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """An act on a day or span, made of a record entry, of mentions, or of both.

    The field names are those of ``timeline --format json``. ``witnesses`` counts independent
    origins, ``reports`` the entries joined; ``mentions`` holds the item ids of these;
    of an item that tells of the act in passing, the report of another, the node (``a1/2``).
    ``headline_lang`` is the language of ``title``.
    """

    id: str
    date: Day
    precision: Precision
    end_date: Day | None
    known: Day | None
    known_precision: str | None
    link_day: Day
    dates: Mapping[str, tuple[Day, ...]]
    kind: Kind
    instrument: str
    binding: bool | None
    direction: Direction
    title: str
    summary: str
    note: str | None
    jurisdiction: tuple[str, ...]
    actors: tuple[str, ...]
    items: tuple[str, ...]
    terms: tuple[str, ...]
    measures: tuple[str, ...]
    status: Status
    evidence: str
    origin: Origin
    sources: tuple[Source, ...]
    series: tuple[str, ...]
    witnesses: int
    reports: int
    mentions: tuple[str, ...] = ()
    text_later: bool = False

    @property
    def last(self) -> Day:
        """The last day on which the act can have ended."""
        from tracker.dates import last_of

        return last_of(self.end_date or self.date, self.precision)


# ---- decisions --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Decision:
    """One line that a person wrote. ``items`` are item ids or ``record:<event id>``.

    ``verdict``: same, different, confirm, hide, redate, retitle, kind, direction,
    jurisdiction, actor, date, accept-claim, withdrawn.
    ``value`` is the new date, title or kind; for ``withdrawn`` the ``key`` of the line taken back.
    """

    key: str
    verdict: str
    items: tuple[str, ...]
    value: str
    by: str
    at: str
    why: str
    seen: str = ""
