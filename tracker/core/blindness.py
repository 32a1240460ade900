"""Blind spots: spans of days in which the program could not see what a feed carried."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

Outage = tuple[str, date, date | None]
"""A feed, the first day it was blind, and the last (None: still)."""

MOST_DAYS = 3660
"""Days drawn at the most; an outage older than ten years is cut there."""


def spans(outages: Iterable[Outage], low: date, high: date, feeds: int) -> tuple[str, ...]:
    """The blind days between ``low`` and ``high``, runs of equal blindness joined.

    >>> spans([("a", date(2025, 7, 12), date(2025, 7, 14)), ("b", date(2025, 7, 12), None)],
    ...       date(2025, 7, 1), date(2025, 7, 15), 9)
    ('12 Jul - 14 Jul 2025: 2 of 9 feeds blind (a, b)', '15 Jul 2025: 1 of 9 feeds blind (b)')
    """
    blind = _by_day(outages, low, high)
    runs: list[tuple[date, date, frozenset[str]]] = []
    for day in sorted(blind):
        names = frozenset(blind[day])
        if runs and runs[-1][2] == names and runs[-1][1] == day - timedelta(days=1):
            runs[-1] = (runs[-1][0], day, names)
        else:
            runs.append((day, day, names))
    return tuple(_words(first, last, names, feeds) for first, last, names in runs)


def _by_day(outages: Iterable[Outage], low: date, high: date) -> dict[date, set[str]]:
    found: dict[date, set[str]] = {}
    for feed, since, until in outages:
        day, last = max(since, low), min(until or high, high)
        for step in range(min((last - day).days + 1, MOST_DAYS)):
            found.setdefault(day + timedelta(days=step), set()).add(feed)
    return found


def _words(first: date, last: date, names: frozenset[str], feeds: int) -> str:
    days = f"{last.day} {last:%b %Y}"
    if first != last:
        days = f"{first.day} {first:%b} - {days}"
    shown = ", ".join(sorted(names)[:3]) + (" ..." if len(names) > 3 else "")
    plural = "feed" if feeds == 1 else "feeds"
    return f"{days}: {len(names)} of {max(feeds, len(names))} {plural} blind ({shown})"
