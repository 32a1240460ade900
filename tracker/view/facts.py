"""The second line of an event: what is worth a lawyer's glance, in the room there is."""

from __future__ import annotations

from datetime import date
from typing import Final

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
    """The parts of the line: ``fixed`` always stand, lists shrink from their end.

    ``reference`` is the part of ``fixed`` that no line may break. ``items`` may be actors where
    an act names no item; ``least`` of them stand in any room.
    """

    fixed: tuple[str, ...]
    terms: tuple[str, ...]
    items: tuple[str, ...]
    id: str
    reference: str = ""
    least: int = 0


def event_facts(event: Event, short: str) -> Facts:
    """The parts of an event's second line, cleaned."""
    reference = _reference(event)
    fixed = [_what(event, reference)]
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
        tuple(clean_line(term) for term in event.terms if not _says(fixed[0], term)),
        tuple(clean_line(name) for name in names),
        clean_line(short),
        clean_line(reference),
        min(1, len(event.items)),
    )


def _says(words: str, term: str) -> bool:
    """Whether ``term`` stands in ``words`` already, whole.

    >>> _says("rule, is-informed letter", "is-informed"), _says("rule § 91 FR 1684", "FR 16")
    (True, False)
    """
    low, wanted = words.casefold(), term.casefold()
    at = low.find(wanted)
    around = low[max(0, at - 1) : at] + low[at + len(wanted) : at + len(wanted) + 1]
    return at >= 0 and not any(letter.isascii() and letter.isalnum() for letter in around)


def fitted(facts: Facts, room: int) -> str:
    """The line in at most ``room`` cells where that can be: lists are shortened, ids never.

    What an act is about must not depend on the room: one item stands with how many more there
    are, if need be in a line that is broken.

    >>> facts = Facts(("rule § 91 FR 1684",), ("3A090", "TPP"), ("H200", "MI325X"), "#h200-case",
    ...               least=1)
    >>> fitted(facts, 80)
    'rule § 91 FR 1684 · 3A090, TPP · H200, MI325X · #h200-case'
    >>> fitted(facts, 52)
    'rule § 91 FR 1684 · 3A090 +1 · H200 +1 · #h200-case'
    >>> fitted(facts, 35)
    'rule § 91 FR 1684 · H200 +1 · #h200-case'
    """
    from rich.cells import cell_len

    for terms, items in ((3, 3), (2, 3), (2, 2), (1, 2), (1, 1), (0, 2), (0, 1), (0, facts.least)):
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


def _reference(event: Event) -> str:
    """The shortest official reference; '' where there is none, or it is too long for a line."""
    from rich.cells import cell_len

    reference = first_ref(event) or ""
    return "" if cell_len(reference) > _LONGEST_REF else reference


def _what(event: Event, reference: str) -> str:
    """Kind, instrument where it says more than kind and reference do, and the reference."""
    word = INSTRUMENTS.get(event.instrument, event.instrument.replace("-", " "))
    if event.instrument in _NAMED and word != event.kind:
        named = reference.casefold().startswith(word)
        said = f"{event.kind}," if named else f"{event.kind}, {word}"
    else:
        said = str(event.kind)
    if not reference:
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
