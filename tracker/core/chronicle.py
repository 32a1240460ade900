"""Whether an article looks back on acts of several months, and is news of none of them."""

from __future__ import annotations

from datetime import date
from typing import Final, NamedTuple

from tracker.core.lexicon import Lexicon
from tracker.core.text import Folded
from tracker.core.when import When, find_phrases, may_hold
from tracker.core.zones import Zone
from tracker.dates import shifted

MONTHS: Final = 3
"""Months with acts from which an article is a chronicle."""

WEEK: Final = 7
OPENING: Final = 300
"""Letters of the text in which a chronicle begins to tell of what is long past."""

SHORT: Final = 60
"""Letters below which no text tells of three acts."""

_ACTS: Final = frozenset({"plain", "announced", "effective"})
_LOOKS: Final = ("x-timeline", "x-explainer", "looks-back")


class Back(NamedTuple):
    """What an article looks back on; ``fresh`` where it names a day of its own week as well."""

    fresh: bool
    why: str


def chronicle(
    summary: Folded, parts: list[Zone], report: date | None, lexicon: Lexicon
) -> Back | None:
    """None for news; else what is looked back on.

    Acts of three or more past months are named, and the text opens with one of them before it
    names any day of the week of its publication; or its title says that it looks back.

    >>> from tracker.core.zones import zones
    >>> from tracker.core.examples import lexicon
    >>> from tracker.core.text import fold
    >>> words = fold("On 9 April 2025 it banned chips. On 14 July 2025 it let them go, and on"
    ...              " 13 January 2026 it wrote a rule.")
    >>> told = chronicle(words, [], date(2026, 3, 1), lexicon())
    >>> told.fresh, told.why
    (False, 'looks back on acts of 3 months: 2025-04, 2025-07, 2026-01')
    """
    if report is None or len(summary.original) < SHORT:
        return None
    if not may_hold(summary.original, MONTHS):
        return None  # most texts: a tenth of the work of reading their days
    week = shifted(report, -WEEK)
    phrases = find_phrases(summary.original, report)
    old = [one for one in phrases if one.role in _ACTS and _past(one, week)]
    months = sorted({f"{one.first:%Y-%m}" for one in old})
    if len(months) < MONTHS:
        return None
    fresh = [one for one in phrases if week <= one.last <= report and _near(one)]
    if not _says_so(parts, lexicon) and not _begins(old, fresh):
        return None
    return Back(bool(fresh), f"looks back on acts of {len(months)} months: {', '.join(months)}")


def _past(one: When, week: date) -> bool:
    """A day or a month before the week of the report."""
    return one.last < week and one.precision in ("day", "month") and _near(one)


def _near(one: When) -> bool:
    return (one.last - one.first).days <= 31


def _begins(old: list[When], fresh: list[When]) -> bool:
    """Whether the text opens with what is past."""
    first = min(one.start for one in old)
    return first <= OPENING and all(first < one.start for one in fresh)


def _says_so(parts: list[Zone], lexicon: Lexicon) -> bool:
    return bool(parts and parts[0].mask & lexicon.mask_of(_LOOKS))
