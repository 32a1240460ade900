"""Blind spots: spans of days in which the program could not see what a feed carried."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Final

from tracker.nouns import dataclass

Outage = tuple[str, date, date | None]
"""A feed, the first day it was blind, and the last (None: still)."""

MOST_DAYS: Final = 3660
"""Days drawn at the most; an outage older than ten years is cut there."""
MOST_LINES: Final = 4
FIRST_YEAR: Final = 2000


@dataclass(frozen=True, slots=True)
class _Run:
    """Days in a row; ``most`` is how many feeds were blind on the worst of them."""

    first: date
    last: date
    names: frozenset[str]
    most: int
    lasting: bool = False


def spans(outages: Iterable[Outage], low: date, high: date, feeds: int) -> tuple[str, ...]:
    """The blind days between ``low`` and ``high``, runs of equal blindness joined.

    Where that makes more than four lines, days in a row are one line; of those the newest stay.

    >>> july = [date(2025, 7, day) for day in range(1, 32)]
    >>> spans([("a", july[11], july[13]), ("b", july[11], None)], july[0], july[14], 9)
    ('12-14 Jul 2025: 2 of 9 feeds blind (a, b)', 'from 15 Jul 2025 on: 1 of 9 feeds blind (b)')
    """
    found = list(outages)
    lasting = {feed for feed, _, until in found if until is None}
    runs = _runs(_by_day(found, low, high), high, lasting)
    if len(runs) > MOST_LINES:
        runs = _joined(runs)
    lines = [_words(run, feeds) for run in runs[-MOST_LINES:]]
    if len(runs) > MOST_LINES:
        first = _days(runs[0].first, runs[-MOST_LINES - 1].last)
        lines.insert(0, f"{first}: {len(runs) - MOST_LINES} earlier spans with blind feeds")
    return tuple(lines)


def _by_day(outages: Iterable[Outage], low: date, high: date) -> dict[date, set[str]]:
    found: dict[date, set[str]] = {}
    for feed, since, until in outages:
        if since.year < FIRST_YEAR:  # a clock that had not been set yet: nobody knows since when
            continue
        day, last = max(since, low), min(until or high, high)
        for step in range(min((last - day).days + 1, MOST_DAYS)):
            found.setdefault(day + timedelta(days=step), set()).add(feed)
    return found


def _runs(blind: dict[date, set[str]], high: date, lasting: set[str]) -> list[_Run]:
    runs: list[_Run] = []
    for day in sorted(blind):
        names = frozenset(blind[day])
        if runs and runs[-1].names == names and runs[-1].last == day - timedelta(days=1):
            runs[-1] = _Run(runs[-1].first, day, names, len(names))
        else:
            runs.append(_Run(day, day, names, len(names)))
    if runs and runs[-1].last == high and runs[-1].names <= lasting:
        last = runs[-1]
        runs[-1] = _Run(last.first, last.last, last.names, last.most, lasting=True)
    return runs


def _joined(runs: Sequence[_Run]) -> list[_Run]:
    joined: list[_Run] = []
    for run in runs:
        before = joined[-1] if joined else None
        if before and before.last == run.first - timedelta(days=1):
            joined[-1] = _Run(before.first, run.last, before.names | run.names,
                              max(before.most, run.most), run.lasting)  # fmt: skip
        else:
            joined.append(run)
    return joined


def _words(run: _Run, feeds: int) -> str:
    days = _days(run.first, run.last)
    if run.lasting:
        days = f"from {_days(run.first, run.first)} on"
    names = sorted(run.names)
    shown = ", ".join(names[:3]) + (" ..." if len(names) > 3 else "")
    plural = "feed" if feeds == 1 else "feeds"
    most = f"up to {run.most}" if len(names) > run.most else f"{run.most}"
    return f"{days}: {most} of {max(feeds, len(names))} {plural} blind ({shown})"


def _days(first: date, last: date) -> str:
    """A span in few words.

    >>> _days(date(2025, 7, 12), date(2025, 7, 14)), _days(date(2025, 7, 12), date(2025, 8, 1))
    ('12-14 Jul 2025', '12 Jul - 1 Aug 2025')
    >>> _days(date(2025, 12, 31), date(2026, 1, 1)), _days(date(2025, 7, 1), date(2025, 7, 1))
    ('31 Dec 2025 - 1 Jan 2026', '1 Jul 2025')
    """
    end = f"{last.day} {last:%b %Y}"
    if first == last:
        return end
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}-{end}"
    start = f"{first.day} {first:%b}" + ("" if first.year == last.year else f" {first:%Y}")
    return f"{start} - {end}"
