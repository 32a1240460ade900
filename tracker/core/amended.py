"""An event's actors and its other days, as people mended them: one name at a time.

A line says of one name that it belongs or does not (``+Hanwha Ocean``, ``-Micron``), or of one sort
of day when it is (``effective 2026-12-14``, ``expires none``). Lines about other names stand beside
it; the later one about a name holds.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from tracker.core.clean import clean_line

DATE_NAMES: Final = (
    "announced", "published", "notified", "effective", "effective_planned",
    "effective_foreign_made", "compliance", "comments_close", "expires", "suspended_until",
    "rate_change", "indefinite",
)  # fmt: skip
"""The days that an event may have beside that of the act."""

NO_DAY: Final = "none"
"""What is said of a day that an event does not have."""

AMENDING: Final = ("actor", "date")
"""The verdicts whose lines each speak of one name."""


def read(verdict: str, value: str) -> tuple[str, str]:
    """The name that a line speaks of, and what it says of it.

    Raises:
        ValueError: the value is not written so.

    >>> read("actor", "+Hanwha Ocean"), read("date", "effective 2026-12-14")
    (('Hanwha Ocean', '+'), ('effective', '2026-12-14'))
    """
    if verdict == "actor":
        name = clean_line(value[1:])  # a colleague's file may hold anything
        if value[:1] not in ("+", "-") or not name:
            raise ValueError(f"{value!r} is not +NAME or -NAME")
        return name, value[0]
    name, _, day = value.partition(" ")
    if name not in DATE_NAMES:
        raise ValueError(f"{name!r} is no date of an event")
    if day != NO_DAY:
        date.fromisoformat(day)
    return name, day


def actors(told: tuple[str, ...], said: Mapping[str, str]) -> tuple[str, ...]:
    """The actors that reports tell of without those taken out; then those put in, by name.

    >>> actors(("MOFCOM", "Micron"), {"Micron": "-", "YMTC": "+", "CXMT": "+", "MOFCOM": "+"})
    ('MOFCOM', 'CXMT', 'YMTC')
    """
    kept = tuple(name for name in told if said.get(name) != "-")
    return (*kept, *sorted(name for name, sign in said.items() if sign == "+" and name not in kept))


def dates(
    told: Mapping[str, tuple[date, ...]], said: Mapping[str, str]
) -> Mapping[str, tuple[date, ...]]:
    """The days that reports tell, with those that a person named in their place.

    >>> dates({"effective": (date(2026, 12, 1),)}, {"effective": "none", "expires": "2027-01-31"})
    {'expires': (datetime.date(2027, 1, 31),)}
    """
    if not said:
        return told
    mended = {name: (date.fromisoformat(day),) for name, day in said.items() if day != NO_DAY}
    kept = {name: days for name, days in told.items() if name not in said}
    return dict(sorted((kept | mended).items()))
