"""Market-share figures beside an event: which were known, in force, next, and now.

The rules and their numbers are those of ``docs/figures.md``. All comparisons are between calendar
days as printed and never between values: nothing is added, averaged, interpolated or carried from
one (series, variant) to another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final, TypeVar

from tracker.core.event_days import Days, days_of_event, link_day
from tracker.model import Event, Link, Nature, Observation, Placed, RecordEvent, Series
from tracker.nouns import dataclass

HIDDEN_FLAGS: Final = frozenset({"untraceable", "disputed"})
"""Rule 16: these take no slot but the claims of ``in_force``."""

Key = TypeVar("Key")


def house_of(one: Observation) -> str:
    """Rule 8: whose figure it is; ``publisher`` up to the first " (" where no house is named.

    >>> house_of(_observation(publisher="Bernstein (mid-2025 model)"))
    'Bernstein'
    """
    return one.house or one.publisher.split(" (")[0]


def nature_of(one: Observation) -> Nature:
    """Rule 9: claims and targets stay; of the others the dates decide what is a forecast.

    >>> open_period = _observation(period_end=date(2025, 12, 31), published=date(2025, 7, 1))
    >>> nature_of(open_period)
    'forecast'
    """
    if one.nature in ("claim", "target"):
        return one.nature
    if one.period_end > one.published:
        return "forecast"
    return "estimate" if one.nature == "forecast" else one.nature


def is_measured(one: Observation) -> bool:
    """Actual or estimate, after rule 9.

    >>> is_measured(_observation())
    True
    """
    return nature_of(one) in ("actual", "estimate")


def class_of(one: Observation) -> str:
    """Rule 10: what a vintage is one of: ``measured``, ``forecast``, ``claim`` or ``target``.

    >>> class_of(_observation())
    'measured'
    """
    return "measured" if is_measured(one) else nature_of(one)


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


def by_variant(
    observations: Iterable[Observation], as_of: date | None = None
) -> dict[tuple[str, str | None], tuple[Observation, ...]]:
    """Observations known by ``as_of`` per (series, variant), repeats dropped (rules 6 and 10).

    >>> list(by_variant([_observation()]))
    [('nvda-cn-revenue', 'quarter')]
    """
    grouped: dict[tuple[str, str | None], list[Observation]] = {}
    for one in observations:
        if as_of is None or one.published <= as_of:
            grouped.setdefault((one.series, one.variant), []).append(one)
    return {key: without_repeats(rows) for key, rows in grouped.items()}


def without_repeats(rows: Iterable[Observation]) -> tuple[Observation, ...]:
    """Rule 10: a figure printed again by its house is no vintage; the first printing stays.

    A return to an older value after another one is a vintage of its own. Qualifiers do not count.

    >>> first = _observation(number=0)
    >>> again = _observation(number=1, published=date(2025, 10, 20))
    >>> [one.number for one in without_repeats([again, first])]
    [0]
    """
    last: dict[tuple[object, ...], tuple[object, ...]] = {}
    kept = []
    for one in sorted(rows, key=lambda o: (o.published, _approximate(o), o.number)):
        key = (house_of(one), one.period_start, one.period_end, class_of(one), one.flag)
        value = (one.value, one.value_low, one.value_high)
        if last.get(key) != value:
            kept.append(one)
        last[key] = value
    return tuple(sorted(kept, key=lambda o: o.number))


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

    >>> place(_observation(), Days(*3 * (date(2025, 7, 14),)), date(2025, 8, 27)).same_day
    True
    """
    return Placed(
        observation=one,
        nature=nature_of(one),
        straddles=one.period_start < days.begun and one.period_end > days.last,
        same_day=one.published == day and not _approximate(one),
    )


def known_before(rows: Iterable[Observation], day: date) -> Observation | None:
    """Rule 11: the measured figure that was public before the link day, of the latest period.

    >>> known_before([_observation()], date(2025, 8, 27))
    >>> known_before([_observation()], date(2025, 8, 28)).value
    2.77
    """
    return min(_qualify(rows, day), key=_by_period, default=None)


def _qualify(rows: Iterable[Observation], day: date) -> list[Observation]:
    return [one for one in rows if is_measured(one) and _shown(one) and one.published < day]


def in_force(rows: Sequence[Observation], day: date) -> tuple[Observation, ...]:
    """Rule 12: forecasts, claims, targets and same-day figures that stood on the link day.

    >>> [one.value for one in in_force([_observation()], date(2025, 8, 27))]
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
    still = [o for o in rows if nature_of(o) == "forecast" and _shown(o) and o.period_end > day]
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
    still = [o for o in rows if nature_of(o) == "target" and _shown(o) and o.period_end > day]
    return _latest(still, lambda o: (house_of(o), o.period_start, o.period_end))


def _same_day(rows: Iterable[Observation], day: date) -> list[Observation]:
    """Measured figures of the link day itself, per house that with the latest period end."""
    today = [one for one in rows if is_measured(one) and _shown(one) and one.published == day]
    found: dict[str, Observation] = {}
    for one in sorted(today, key=_by_period):
        found.setdefault(house_of(one), one)
    return list(found.values())


def next_after(rows: Iterable[Observation], day: date, days: Days) -> Observation | None:
    """Rule 13: the earliest later publication about a period that ends after the act.

    >>> next_after([_observation()], date(2025, 7, 15), Days(*3 * (date(2025, 7, 14),))).value
    2.77
    """
    later = [
        one
        for one in rows
        if nature_of(one) != "target"
        and _shown(one)
        and one.published > day
        and one.period_end > days.last
    ]
    return min(later, key=_by_coming, default=None)


def now(rows: Iterable[Observation], days: Days) -> Observation | None:
    """Rule 14: the latest vintage about a period that holds the act whole; never a claim.

    >>> now([_observation()], Days(*3 * (date(2025, 7, 14),))).value
    2.77
    """
    holding = [
        one
        for one in rows
        if nature_of(one) in ("actual", "estimate", "forecast")
        and _shown(one)
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


def _shown(one: Observation) -> bool:
    return one.flag not in HIDDEN_FLAGS


def _approximate(one: Observation) -> bool:
    return one.published_precision != "day"


def _back(day: date) -> int:
    """A sort key that puts later days first."""
    return -day.toordinal()


def _length(one: Observation) -> int:
    return (one.period_end - one.period_start).days


def _by_period(one: Observation) -> tuple[object, ...]:
    return (
        _back(one.period_end), one.derived, _back(one.published), _approximate(one), _length(one),
        house_of(one), one.number,
    )  # fmt: skip


def _by_publication(one: Observation) -> tuple[object, ...]:
    return (
        _back(one.published), _back(one.period_end), one.derived, _approximate(one), one.number,
    )  # fmt: skip


def _by_coming(one: Observation) -> tuple[object, ...]:
    rank = {"forecast": 1, "claim": 2}.get(nature_of(one), 0)
    return (
        one.published, rank, one.derived, one.period_end, _approximate(one), _length(one),
        house_of(one), one.number,
    )  # fmt: skip


def _by_vintage(one: Observation) -> tuple[object, ...]:
    return (
        not is_measured(one), _back(one.published), one.derived, _approximate(one), _length(one),
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

    >>> headline([_observation()], "nvda-cn-revenue", date(2025, 9, 1)).house
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
    rows = max(grouped.values(), key=lambda rows: (max(map(_length, rows)), len(rows)))
    plain = [one for one in rows if one.flag is None and is_measured(one) and not one.accepted]
    houses = [house_of(one) for one in plain]
    chosen = max(houses, key=houses.count, default="")
    return tuple(one for one in plain if house_of(one) == chosen)


# ---- conflict and print -------------------------------------------------------------------------


def conflicts(one: Observation, rows: Iterable[Observation]) -> tuple[Observation, ...]:
    """Rule 18: rows of other houses for the same period and variant with another value.

    >>> other = _observation(publisher="Bernstein", value=3)
    >>> [one.publisher for one in conflicts(_observation(), [_observation(), other])]
    ['Bernstein']
    """
    return tuple(
        other
        for other in rows
        if house_of(other) != house_of(one)
        and (other.series, other.variant) == (one.series, one.variant)
        and (other.period_start, other.period_end) == (one.period_start, one.period_end)
        and _figures(other) != _figures(one)
    )


def _figures(one: Observation) -> tuple[object, ...]:
    return (one.value, one.value_low, one.value_high)


def placed_json(placed: Placed | None) -> dict[str, Any] | None:
    """An observation of a slot, in the fields of the machine contract.

    >>> placed_json(None)
    >>> days = Days(*3 * (date(2025, 7, 14),))
    >>> placed_json(place(_observation(), days, date(2025, 9, 1)))["value"]
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


def _observation(**changes: Any) -> Observation:
    """Nvidia's China revenue of Q2 FY2026; the doctests change it."""
    base = Observation(
        series="nvda-cn-revenue", variant="quarter", period_start=date(2025, 4, 28),
        period_end=date(2025, 7, 27), value=2.77, qualifier="=", nature="actual",
        published=date(2025, 8, 27), publisher="Nvidia", via="10-Q", url="https://example.org",
        lang="en", note="", number=0,
    )  # fmt: skip
    return replace(base, **changes)
