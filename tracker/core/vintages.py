"""Figures with a memory: the vintages of each period, revisions, and how forecasts did.

One book a (series, variant). Nothing is averaged, interpolated or carried from one book, house or
period to another; every value that leaves is the value of one observation.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from tracker.core import figures, shares
from tracker.model import Event, Observation, Series
from tracker.nouns import dataclass

if TYPE_CHECKING:  # the rules for texts are loaded only where a text is read
    from tracker.core.claims import Said


@dataclass(frozen=True, slots=True)
class Outcome:
    """A forecast, claim or target, and the first measured figures that later came for it.

    ``came`` holds the first of each house for exactly the same period; empty: none was found.
    """

    forecast: Observation
    came: tuple[Observation, ...]


@dataclass(frozen=True, slots=True)
class Book:
    """All that was published of one series and variant by a day, in order of publication.

    ``rows`` are the vintages, ``repeats`` the later printings of the same figure.
    """

    series: Series
    variant: str | None
    rows: tuple[Observation, ...]
    repeats: tuple[Observation, ...]

    @property
    def houses(self) -> tuple[str, ...]:
        """Houses in the order in which they first published."""
        return tuple(dict.fromkeys(figures.house_of(one) for one in self.rows))

    @property
    def latest(self) -> Observation | None:
        """The measured figure of the latest period; never a forecast, claim, target or flagged."""
        after_all = max((one.published for one in self.rows), default=date.min)
        clean = [one for one in self.rows if one.flag is None]
        return _latest_measured(clean, after_all)

    @property
    def ahead(self) -> Observation | None:
        """The forecast, claim or target published last, where nothing measured stands."""
        return max(self.rows, key=lambda one: (one.published, one.number), default=None)

    @property
    def line(self) -> tuple[Observation, ...]:
        """The measured, unflagged figures of the latest one's house, one a period, oldest first."""
        if not self.latest:
            return ()
        house = figures.house_of(self.latest)
        newest: dict[tuple[date, date], Observation] = {}
        for one in self.rows:
            if figures.is_measured(one) and one.flag is None and figures.house_of(one) == house:
                newest[one.period_start, one.period_end] = one
        return tuple(sorted(newest.values(), key=lambda one: (one.period_end, one.period_start)))

    @property
    def periods(self) -> tuple[tuple[Observation, ...], ...]:
        """The vintages of each period side by side; periods by their end, then their start."""
        grouped: dict[tuple[date, date], list[Observation]] = {}
        for one in self.rows:
            grouped.setdefault((one.period_end, one.period_start), []).append(one)
        return tuple(tuple(grouped[key]) for key in sorted(grouped))

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """How forecasts and claims did: each beside what was measured later for its period."""
        return tuple(_outcome(one, self.rows) for one in self.rows if _was_ahead(one))


def _was_ahead(one: Observation) -> bool:
    return figures.nature_of(one) in ("forecast", "claim") and one.period_end > one.published


def _latest_measured(rows: Sequence[Observation], day: date) -> Observation | None:
    from tracker.dates import shifted

    return shares.known_before(rows, shifted(day, 1))


def _outcome(one: Observation, rows: Iterable[Observation]) -> Outcome:
    first: dict[str, Observation] = {}
    for other in sorted(rows, key=lambda o: (o.published, o.derived, o.number)):
        same = (other.period_start, other.period_end) == (one.period_start, one.period_end)
        if same and figures.is_measured(other) and other.flag not in figures.HIDDEN_FLAGS:
            first.setdefault(figures.house_of(other), other)
    return Outcome(one, tuple(first.values()))


def revises(one: Observation, rows: Iterable[Observation]) -> Observation | None:
    """The figure of the same house, period and kind that ``one`` took the place of.

    Kinds are those of rule 10. A figure of the same day revises nothing, and a derived one no
    published one: it was computed here, and its house said no other figure.

    >>> from tracker.core.examples import observation
    >>> first = observation(value=42, number=0, published=date(2025, 9, 1))
    >>> again = observation(value=49, number=1, published=date(2025, 10, 1))
    >>> revises(again, [first, again]).value
    42
    """
    earlier = [
        other
        for other in rows
        if (figures.house_of(other), other.period_start, other.period_end)
        == (figures.house_of(one), one.period_start, one.period_end)
        and figures.class_of(other) == figures.class_of(one)
        and other.published < one.published
        and (other.flag, other.derived) == (one.flag, one.derived)
    ]
    return max(earlier, key=lambda other: (other.published, other.number), default=None)


def compare(forecast: Observation, outcome: Observation) -> str:
    """``above``, ``below``, ``met`` or ``not decided``: the forecast beside the outcome.

    No number is made. A range is met by an outcome inside it, a bound by an outcome that it allows:
    "more than a million" not by a million, and whether by "about a million" nobody can say.

    >>> from tracker.core.examples import observation
    >>> compare(observation(value=200000, qualifier="<="), observation(value=812000))
    'below'
    >>> compare(observation(value=40, qualifier=">"), observation(value=40, qualifier="~"))
    'not decided'
    """
    low, high = _bounds(forecast)
    if outcome.value == forecast.value and forecast.qualifier in _MET_AT:
        return _at_the_bound(forecast.qualifier, outcome.qualifier)
    if low <= outcome.value <= high:
        return "met"
    return "above" if low > outcome.value else "below"


_MET_AT: Final = {">": (">",), ">=": (">", ">=", "="), "<": ("<",), "<=": ("<", "<=", "=")}
"""The signs of an outcome of the same number that a bound allows, whatever is meant by them."""
_MISSED_AT: Final = {">": ("=", "<", "<="), ">=": ("<",), "<": ("=", ">", ">="), "<=": (">",)}


def _at_the_bound(said: str, came: str) -> str:
    """A bound beside an outcome of the same number; each with its sign."""
    if came in _MET_AT[said]:
        return "met"
    missed = "above" if said in (">", ">=") else "below"
    return missed if came in _MISSED_AT[said] else "not decided"


def _bounds(one: Observation) -> tuple[float, float]:
    if one.value_low is not None and one.value_high is not None:
        return one.value_low, one.value_high
    infinity = float("inf")
    low = -infinity if one.qualifier in ("<", "<=") else one.value
    return low, infinity if one.qualifier in (">", ">=") else one.value


def books(
    observations: Iterable[Observation],
    series: Iterable[Series],
    wanted: Sequence[str] = (),
    as_of: date | None = None,
) -> tuple[Book, ...]:
    """One book a (series, variant) of which something was published by ``as_of``.

    Series in the order of ``wanted`` (empty: of the record), variants in record order.

    >>> books([], [])
    ()
    """
    known = {one.id: one for one in series}
    rows: dict[tuple[str, str | None], list[Observation]] = {}
    for one in observations:
        if as_of is None or one.published <= as_of:
            rows.setdefault((one.series, one.variant), []).append(one)
    return tuple(
        _book(known[name], variant, found)
        for name in wanted or known
        for (owner, variant), found in rows.items()
        if owner == name
    )


def _book(series: Series, variant: str | None, rows: Sequence[Observation]) -> Book:
    kept = figures.without_repeats(rows)
    by_day = sorted(kept, key=lambda one: (one.published, one.number))
    repeats = tuple(one for one in rows if one not in kept)
    return Book(series, variant, tuple(by_day), repeats)


@dataclass(frozen=True, slots=True)
class Shelf:
    """The answer of ``share``: books, the events marked beside them, and the window looked at.

    ``day`` is the day that ages are counted to (as-of, else today); ``window`` bounds the chart.
    ``said`` are figures of stored texts. ``hindsight``: the day asked for is older than the
    record, whose remarks on figures were then not written.
    """

    books: tuple[Book, ...]
    events: tuple[Event, ...]
    day: date
    as_of: date | None
    window: tuple[date, date] | None = None
    around: Event | None = None
    said: tuple[Said, ...] = ()
    whole: bool = False
    hindsight: bool = False


_WORD: Final = re.compile(r"[a-z0-9]+|[\u3400-\u9fff]+")


def called(word: str, series: Sequence[Series], observations: Iterable[Observation]) -> list[str]:
    """The ids of the series that a word names: an id, words of ids and titles, or a house.

    >>> called("IDC", [], [])
    []
    """
    ids = [one.id for one in series]
    if word in ids or not (asked := _words(word)):
        return [word] if word in ids else []
    named = {one.id for one in series if asked <= _words(f"{one.id} {one.title}")}
    named |= {
        one.series for one in observations if asked <= _words(f"{one.house or ''} {one.publisher}")
    }
    return [id_ for id_ in ids if id_ in named]


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.casefold()))
