"""Rows in date order under headings; none stands under a heading more precise than its day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final, TypeVar

from tracker.core.timeline import EventRow, FigureRow, Row, day_of
from tracker.dates import PRECISIONS, Precision, first_of
from tracker.view.glyphs import MONTHS

_Row = TypeVar("_Row", EventRow, FigureRow, Row)

DATED: Final[tuple[Precision, ...]] = ("month", "quarter")
"""What rows in date order may be grouped by."""


def dated(rows: Iterable[_Row], by: Precision) -> list[tuple[str, list[_Row]]]:
    """Rows in order of time, or against it, under the ``by`` (month, quarter) of their days.

    What is known to the year alone stands before the months of that year, under a heading of its
    own; what is known to a month alone first in it. Against time the headings turn round.
    """
    asked = list(rows)
    groups: dict[tuple[date, int], list[_Row]] = {}
    for row in asked:
        groups.setdefault(_place(row, by), []).append(row)
    backwards = bool(asked) and day_of(asked[0]) > day_of(asked[-1])
    return [
        (heading(place[0], PRECISIONS[-place[1]], by), _vague_first(groups[place], by))
        for place in sorted(groups, reverse=backwards)
    ]


def heading(day: date, precision: Precision, by: Precision) -> str:
    """The name of the group of a day that is known to the month, the quarter or the year.

    >>> heading(date(2026, 1, 1), "month", "month"), heading(date(2026, 1, 1), "year", "month")
    ('January 2026', '2026, month not known')
    >>> heading(date(2024, 2, 21), "quarter", "month"), heading(date(2024, 2, 21), "day", "quarter")
    ('Q1 2024, month not known', 'Q1 2024')
    """
    unit = max(by, precision, key=PRECISIONS.index)
    return _period(day, unit) if unit == by else f"{_period(day, unit)}, {by} not known"


def span_words(low: date, high: date, rows: Sequence[Row]) -> str:
    """The months from ``low`` to ``high``, each only as precise as the rows know it.

    >>> span_words(date(2025, 5, 8), date(2026, 1, 13), ())
    'May 2025 – Jan 2026'
    """
    known: dict[date, set[Precision]] = {}
    for row in rows:
        if isinstance(row, EventRow):
            known.setdefault(row.event.date, set()).add(row.event.precision)
    first, last = (_short(day, known.get(day, set())) for day in (low, high))
    return first if first == last else f"{first} – {last}"


def _short(day: date, known: set[Precision]) -> str:
    """A month in short, or the quarter or year where nothing of that day is known nearer."""
    unit: Precision = next((one for one in PRECISIONS if one in known), "day")
    coarse = unit in ("quarter", "year")
    return _period(day, unit) if coarse else f"{MONTHS[day.month - 1][:3]} {day.year}"


def _period(day: date, unit: Precision) -> str:
    match unit:
        case "year":
            return str(day.year)
        case "quarter":
            return f"Q{(day.month + 2) // 3} {day.year}"
        case _:
            return f"{MONTHS[day.month - 1]} {day.year}"


def _precision(row: Row) -> Precision:
    """How much of its day a row knows; of an approximate day of publication the month is known."""
    return row.event.precision if isinstance(row, EventRow) else "day"


def _place(row: Row, by: Precision) -> tuple[date, int]:
    """Where its group stands: by the first day, the longer one first."""
    unit = max(by, _precision(row), key=PRECISIONS.index)
    return first_of(day_of(row), unit), -PRECISIONS.index(unit)


def _vague_first(rows: Iterable[_Row], by: Precision) -> list[_Row]:
    """What is known to no less than the whole group comes before what has its place in it."""
    least = PRECISIONS.index(by)
    return sorted(rows, key=lambda row: PRECISIONS.index(_precision(row)) < least)
