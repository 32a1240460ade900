"""The second line of an event: what is worth a lawyer's glance, in the room there is."""

from __future__ import annotations

from datetime import date
from typing import Final

from rich.cells import cell_len

from tracker.core.clean import clean_line
from tracker.core.timeline import FigureRow
from tracker.model import Event
from tracker.nouns import dataclass
from tracker.view.glyphs import INSTRUMENTS, amount, day_words, first_ref, period

_NAMED: Final = frozenset(
    (*INSTRUMENTS, "guidance", "proclamation", "statute", "bill", "settlement", "indictment",
     "executive-order", "summons", "court-decision")
)  # fmt: skip
"""Instruments that say more than the kind of act does."""

_LONGEST_REF: Final = 36
"""A citation wider than this stands on the card only."""


@dataclass(frozen=True, slots=True)
class Facts:
    """The parts of the line: ``fixed`` always stand, lists shrink from their end."""

    fixed: tuple[str, ...]
    terms: tuple[str, ...]
    items: tuple[str, ...]
    id: str


def event_facts(event: Event, short: str) -> Facts:
    """The parts of an event's second line, cleaned."""
    fixed = [_what(event)]
    if event.status != "confirmed":
        fixed.append(event.status)
    if len(event.jurisdiction) > 1:
        fixed.append(f"with {', '.join(event.jurisdiction[1:])}")
    if event.kind == "talks" and event.direction != "neutral":
        fixed.append({"ease": "eases", "tighten": "tightens"}[event.direction])
    if event.end_date and (event.end_date.month, event.end_date.year) != (
        event.date.month, event.date.year,
    ):  # fmt: skip
        fixed.append(f"to {_near(event.end_date, event.date)}")
    effective = [day for day in event.dates.get("effective", ()) if day != event.date]
    if effective:
        fixed.append("eff " + ", ".join(_near(day, event.date) for day in effective))
    names = event.items or event.actors
    return Facts(
        tuple(clean_line(part) for part in fixed),
        tuple(clean_line(term) for term in event.terms),
        tuple(clean_line(name) for name in names),
        clean_line(short),
    )


def fitted(facts: Facts, room: int) -> str:
    """The line in at most ``room`` cells where that can be: lists are shortened, ids never.

    >>> facts = Facts(("rule § 91 FR 1684",), ("3A090", "TPP"), ("H200", "MI325X"), "#h200-case")
    >>> fitted(facts, 80)
    'rule § 91 FR 1684 · 3A090, TPP · H200, MI325X · #h200-case'
    >>> fitted(facts, 52)
    'rule § 91 FR 1684 · 3A090 +1 · H200 +1 · #h200-case'
    >>> fitted(facts, 35)
    'rule § 91 FR 1684 · #h200-case'
    """
    for terms, items in ((3, 3), (2, 3), (2, 2), (1, 2), (1, 1), (0, 2), (0, 1), (0, 0)):
        parts = [*facts.fixed, _some(facts.terms, terms), _some(facts.items, items), facts.id]
        words = " · ".join(filter(None, parts))
        if cell_len(words) <= room:
            return words
    return words


def _some(names: tuple[str, ...], most: int) -> str:
    if not most or not names:
        return ""
    more = len(names) - most
    return ", ".join(names[:most]) + (f" +{more}" if more > 0 else "")


def _what(event: Event) -> str:
    """Kind, instrument where it says more, and the shortest official reference."""
    word = INSTRUMENTS.get(event.instrument, event.instrument.replace("-", " "))
    said: str = event.kind
    if event.instrument in _NAMED and word != event.kind:
        said = f"{event.kind}, {word}"
    reference = first_ref(event)
    if not reference or cell_len(reference) > _LONGEST_REF:
        return said
    return f"{said} § {reference}" if " FR " in reference else f"{said} {reference}"


def _near(day: date, other: date) -> str:
    """``day`` with its year only where that is another one than ``other``'s."""
    return day_words(day, year=day.year != other.year)


def shown_figure(row: FigureRow, *, alone: bool = False) -> str:
    """``IDC: ~41% for 2025``, with what keeps it from being a measurement; ``alone``: ``~41%``."""
    one = row.observation
    words = amount(one.value, one.value_low, one.value_high, one.qualifier, row.series.unit)
    if alone:
        return words
    marks: list[str] = [row.nature] if row.nature in ("forecast", "claim", "target") else []
    marks += [one.flag] if one.flag else []
    marks += ["derived"] if one.derived else []
    tail = f" [{', '.join(marks)}]" if marks else ""
    return clean_line(f"{row.house}: {words} for {period(one.period_start, one.period_end)}{tail}")
