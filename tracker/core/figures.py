"""One published figure: whose it is, of what nature, which vintages it is one of.

The rules and their numbers are those of ``docs/figures.md``.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from tracker.model import Nature, Observation

HIDDEN_FLAGS: Final = frozenset({"untraceable", "disputed"})
"""Rule 16: these take no slot but the claims of ``in_force``."""


def house_of(one: Observation) -> str:
    """Rule 8: whose figure it is; ``publisher`` up to the first " (" where no house is named.

    >>> from tracker.core.examples import observation
    >>> house_of(observation(publisher="Bernstein (mid-2025 model)"))
    'Bernstein'
    """
    return one.house or one.publisher.split(" (")[0]


def nature_of(one: Observation) -> Nature:
    """Rule 9: claims and targets stay; of the others the dates decide what is a forecast.

    >>> from tracker.core.examples import observation
    >>> open_period = observation(period_end=date(2025, 12, 31), published=date(2025, 7, 1))
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

    >>> from tracker.core.examples import observation
    >>> is_measured(observation())
    True
    """
    return nature_of(one) in ("actual", "estimate")


def class_of(one: Observation) -> str:
    """Rule 10: what a vintage is one of: ``measured``, ``forecast``, ``claim`` or ``target``.

    >>> from tracker.core.examples import observation
    >>> class_of(observation())
    'measured'
    """
    return "measured" if is_measured(one) else nature_of(one)


def by_variant(
    observations: Iterable[Observation], as_of: date | None = None
) -> dict[tuple[str, str | None], tuple[Observation, ...]]:
    """Observations known by ``as_of`` per (series, variant), repeats dropped (rules 6 and 10).

    >>> from tracker.core.examples import observation
    >>> list(by_variant([observation()]))
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

    >>> from tracker.core.examples import observation
    >>> first = observation(number=0)
    >>> again = observation(number=1, published=date(2025, 10, 20))
    >>> [one.number for one in without_repeats([again, first])]
    [0]
    """
    last: dict[tuple[object, ...], tuple[object, ...]] = {}
    kept = []
    for one in sorted(rows, key=lambda o: (o.published, approximate(o), o.number)):
        key = (house_of(one), one.period_start, one.period_end, class_of(one), one.flag)
        value = (one.value, one.value_low, one.value_high)
        if last.get(key) != value:
            kept.append(one)
        last[key] = value
    return tuple(sorted(kept, key=lambda o: o.number))


def shown(one: Observation) -> bool:
    """Rule 16: whether it may stand in a slot.

    >>> from tracker.core.examples import observation
    >>> shown(observation()), shown(observation(flag="disputed"))
    (True, False)
    """
    return one.flag not in HIDDEN_FLAGS


def approximate(one: Observation) -> bool:
    """Whether the day of its publication is only about known.

    >>> from tracker.core.examples import observation
    >>> approximate(observation(published_precision="approx"))
    True
    """
    return one.published_precision != "day"


def length(one: Observation) -> int:
    """Days from the first to the last of its period.

    >>> from tracker.core.examples import observation
    >>> length(observation())
    90
    """
    return (one.period_end - one.period_start).days


def conflicts(one: Observation, rows: Iterable[Observation]) -> tuple[Observation, ...]:
    """Rule 18: rows of other houses for the same period and variant with another value.

    >>> from tracker.core.examples import observation
    >>> other = observation(publisher="Bernstein", value=3)
    >>> [one.publisher for one in conflicts(observation(), [observation(), other])]
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
