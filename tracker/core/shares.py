"""Market-share figures beside an event: which were known, in force, next, and now.

The rules and their numbers are those of ``docs/figures.md``. All comparisons are between calendar
days as printed and never between values: nothing is added, averaged, interpolated or carried from
one (series, variant) to another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, TypeVar

from tracker.core.event_days import Days, days_of_event, link_day
from tracker.core.figures import (
    approximate,
    by_variant,
    house_of,
    is_measured,
    length,
    nature_of,
    shown,
)
from tracker.model import Event, Nature, Observation, RecordEvent, Series
from tracker.nouns import dataclass

Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Placed:
    """An observation in a slot of a link, with the marks of linking rule 15."""

    observation: Observation
    nature: Nature
    straddles: bool
    same_day: bool


@dataclass(frozen=True, slots=True)
class Link:
    """One (series, variant) beside one event: four slots, each None or an observation."""

    series: str
    variant: str | None
    title: str
    unit: str
    known_before: Placed | None
    in_force: tuple[Placed, ...]
    next_after: Placed | None
    now: Placed | None


def links(
    event: Event | RecordEvent,
    observations: Sequence[Observation],
    series: Sequence[Series],
    as_of: date | None = None,
) -> tuple[Link, ...]:
    """One link per (series, variant) of the event, in the order of the event and of the record.

    Rule 1: a record event has the series of its own list; a series and variant of which nothing
    was published by ``as_of`` has no link, one whose slots are all empty has.

    >>> from tracker.core.build import build
    >>> from tracker.core.examples import mention
    >>> links(build([mention()]), [], [])
    ()
    """
    return linker(observations, series, as_of)(event)


def linker(
    observations: Iterable[Observation], series: Iterable[Series], as_of: date | None = None
) -> Callable[[Event | RecordEvent], tuple[Link, ...]]:
    """``links`` for many events: what does not depend on the event is done once.

    >>> from types import SimpleNamespace
    >>> linker([], [])(SimpleNamespace(series=(), date=date(2025, 4, 9), precision="day",
    ...     end_date=None, known=date(2025, 4, 15), dates={}, sources=()))
    ()
    """
    shelf: dict[str, list[tuple[str | None, tuple[Observation, ...]]]] = {}
    for (owner, variant), rows in by_variant(observations, as_of).items():
        shelf.setdefault(owner, []).append((variant, rows))
    known = {one.id: one for one in series}

    def links_of(event: Event | RecordEvent) -> tuple[Link, ...]:
        days, day = days_of_event(event), link_day(event)
        return tuple(
            _link(known[name], variant, rows, days, day)
            for name in event.series
            if name in known
            for variant, rows in shelf.get(name, ())
        )

    return links_of


def _link(series: Series, variant: str | None, rows: Sequence[Observation], days: Days,
          day: date) -> Link:  # fmt: skip
    def placed(one: Observation | None) -> Placed | None:
        return None if one is None else place(one, days, day)

    before = known_before(rows, day)
    return Link(
        series=series.id,
        variant=variant,
        title=series.title,
        unit=series.unit,
        known_before=placed(before),
        in_force=tuple(place(one, days, day) for one in in_force(rows, day)),
        next_after=placed(next_after(rows, day, days)),
        now=placed(now(rows, days)),
    )


def place(one: Observation, days: Days, day: date) -> Placed:
    """Rule 15: an observation with the marks it is printed with.

    >>> from tracker.core.examples import observation
    >>> place(observation(), Days(*3 * (date(2025, 7, 14),)), date(2025, 8, 27)).same_day
    True
    """
    return Placed(
        observation=one,
        nature=nature_of(one),
        straddles=one.period_start < days.begun and one.period_end > days.last,
        same_day=one.published == day and not approximate(one),
    )


def known_before(rows: Iterable[Observation], day: date) -> Observation | None:
    """Rule 11: the measured figure that was public before the link day, of the latest period.

    >>> from tracker.core.examples import observation
    >>> known_before([observation()], date(2025, 8, 27))
    >>> known_before([observation()], date(2025, 8, 28)).value
    2.77
    """
    return min(_qualify(rows, day), key=_by_period, default=None)


def _qualify(rows: Iterable[Observation], day: date) -> list[Observation]:
    return [one for one in rows if is_measured(one) and shown(one) and one.published < day]


def in_force(rows: Sequence[Observation], day: date) -> tuple[Observation, ...]:
    """Rule 12: forecasts, claims, targets and same-day figures that stood on the link day.

    >>> from tracker.core.examples import observation
    >>> [one.value for one in in_force([observation()], date(2025, 8, 27))]
    [2.77]
    """
    known = [one for one in rows if one.published <= day]
    parts = (
        _forecasts(known, day),
        _claims(known, day),
        _targets(known, day),
        _same_day(known, day),
    )
    return tuple(one for part in parts for one in sorted(part, key=_in_part))


def _forecasts(rows: Iterable[Observation], day: date) -> list[Observation]:
    still = [o for o in rows if nature_of(o) == "forecast" and shown(o) and o.period_end > day]
    return _latest(still, lambda o: (house_of(o), o.period_start, o.period_end))


def _claims(rows: Sequence[Observation], day: date) -> list[Observation]:
    """Per speaker the latest of each open period, and the latest not yet overtaken by a figure."""
    claims = [one for one in rows if nature_of(one) == "claim"]
    running = [one for one in claims if one.period_end > day]
    closed = _latest([one for one in claims if one.period_end <= day], house_of)
    covered = max((one.period_end for one in _qualify(rows, day)), default=date.min)
    return [
        *_latest(running, lambda o: (house_of(o), o.period_start, o.period_end)),
        *(one for one in closed if one.period_end > covered),
    ]


def _targets(rows: Iterable[Observation], day: date) -> list[Observation]:
    still = [o for o in rows if nature_of(o) == "target" and shown(o) and o.period_end > day]
    return _latest(still, lambda o: (house_of(o), o.period_start, o.period_end))


def _same_day(rows: Iterable[Observation], day: date) -> list[Observation]:
    """Measured figures of the link day itself, per house that with the latest period end."""
    today = [one for one in rows if is_measured(one) and shown(one) and one.published == day]
    found: dict[str, Observation] = {}
    for one in sorted(today, key=_by_period):
        found.setdefault(house_of(one), one)
    return list(found.values())


def next_after(rows: Iterable[Observation], day: date, days: Days) -> Observation | None:
    """Rule 13: the earliest later publication about a period that ends after the act.

    >>> from tracker.core.examples import observation
    >>> next_after([observation()], date(2025, 7, 15), Days(*3 * (date(2025, 7, 14),))).value
    2.77
    """
    later = [
        one
        for one in rows
        if nature_of(one) != "target"
        and shown(one)
        and one.published > day
        and one.period_end > days.last
    ]
    return min(later, key=_by_coming, default=None)


def now(rows: Iterable[Observation], days: Days) -> Observation | None:
    """Rule 14: the latest vintage about a period that holds the act whole; never a claim.

    >>> from tracker.core.examples import observation
    >>> now([observation()], Days(*3 * (date(2025, 7, 14),))).value
    2.77
    """
    holding = [
        one
        for one in rows
        if nature_of(one) in ("actual", "estimate", "forecast")
        and shown(one)
        and one.period_start <= days.first
        and one.period_end >= days.last
    ]
    return min(holding, key=_by_vintage, default=None)


def _latest(rows: Iterable[Observation], key: Callable[[Observation], Key]) -> list[Observation]:
    """The latest row of each key, in the order that rule 12 gives "latest"."""
    best: dict[Key, Observation] = {}
    for one in sorted(rows, key=_by_publication):
        best.setdefault(key(one), one)
    return list(best.values())


def _back(day: date) -> int:
    """A sort key that puts later days first."""
    return -day.toordinal()


def _by_period(one: Observation) -> tuple[object, ...]:
    return (
        _back(one.period_end), one.derived, _back(one.published), approximate(one), length(one),
        house_of(one), one.number,
    )  # fmt: skip


def _by_publication(one: Observation) -> tuple[object, ...]:
    return (
        _back(one.published), _back(one.period_end), one.derived, approximate(one), one.number,
    )  # fmt: skip


def _by_coming(one: Observation) -> tuple[object, ...]:
    rank = {"forecast": 1, "claim": 2}.get(nature_of(one), 0)
    return (
        one.published, rank, one.derived, one.period_end, approximate(one), length(one),
        house_of(one), one.number,
    )  # fmt: skip


def _by_vintage(one: Observation) -> tuple[object, ...]:
    return (
        not is_measured(one), _back(one.published), one.derived, approximate(one), length(one),
        house_of(one), one.number,
    )  # fmt: skip


def _in_part(one: Observation) -> tuple[object, ...]:
    return (one.period_end, house_of(one), one.value, one.number)


# ---- the headline figure of a timeline line -----------------------------------------------------


@dataclass(frozen=True, slots=True)
class Headline:
    """A figure as it stands on a timeline line: one series, one variant, one house."""

    observation: Observation
    house: str


def headline(
    observations: Sequence[Observation], series: str, day: date, as_of: date | None = None
) -> Headline | None:
    """The measured, unflagged figure of one house that was public before ``day``.

    >>> from tracker.core.examples import observation
    >>> headline([observation()], "nvda-cn-revenue", date(2025, 9, 1)).house
    'Nvidia'
    """
    best = known_before(headline_rows(observations, series, as_of), day)
    return Headline(best, house_of(best)) if best else None


def headline_rows(
    observations: Iterable[Observation], series: str, as_of: date | None = None
) -> tuple[Observation, ...]:
    """The figures of which ``headline`` takes one, whatever the day.

    One variant (the longest periods, then the most rows) and one house (the most figures) are
    chosen from what was known by ``as_of``, so that a pair from two houses or two variants never
    comes about. Flagged figures, claims and targets never stand here (rule 16), nor do figures
    that a person accepted from a text.
    """
    grouped = by_variant((one for one in observations if one.series == series), as_of)
    if not grouped:
        return ()
    rows = max(grouped.values(), key=lambda rows: (max(map(length, rows)), len(rows)))
    plain = [one for one in rows if one.flag is None and is_measured(one) and not one.accepted]
    houses = [house_of(one) for one in plain]
    chosen = max(houses, key=houses.count, default="")
    return tuple(one for one in plain if house_of(one) == chosen)


# ---- in print -----------------------------------------------------------------------------------


def placed_json(placed: Placed | None) -> dict[str, Any] | None:
    """An observation of a slot, in the fields of the machine contract.

    >>> from tracker.core.examples import observation
    >>> placed_json(None)
    >>> days = Days(*3 * (date(2025, 7, 14),))
    >>> placed_json(place(observation(), days, date(2025, 9, 1)))["value"]
    2.77
    """
    if placed is None:
        return None
    one = placed.observation
    mark = {"accepted": one.accepted} if one.accepted else {}
    return mark | {
        "value": one.value,
        "value_low": one.value_low,
        "value_high": one.value_high,
        "qualifier": one.qualifier,
        "nature": placed.nature,
        "period_start": one.period_start.isoformat(),
        "period_end": one.period_end.isoformat(),
        "published": one.published.isoformat(),
        "published_precision": one.published_precision,
        "publisher": one.publisher,
        "via": one.via,
        "url": one.url,
        "flag": one.flag,
        "straddles": placed.straddles,
        "same_day": placed.same_day,
    }


def link_json(link: Link) -> dict[str, Any]:
    """A link in the fields of the machine contract; figures stay numbers.

    >>> link_json(Link("share", None, "A share", "percent", None, (), None, None))["in_force"]
    []
    """
    return {
        "series": link.series,
        "variant": link.variant,
        "title": link.title,
        "unit": link.unit,
        "known_before": placed_json(link.known_before),
        "in_force": [placed_json(one) for one in link.in_force],
        "next_after": placed_json(link.next_after),
        "now": placed_json(link.now),
    }
