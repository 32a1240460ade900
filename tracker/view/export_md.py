"""``md``: a memo with a footnote for every source."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from tracker.core.clean import clean_line, clean_link
from tracker.core.timeline import EventRow, Lapse, Timeline
from tracker.core.witnesses import best_first
from tracker.model import Event, Source
from tracker.view.cite import footnote, tier_of
from tracker.view.export import event_rows
from tracker.view.glyphs import acting, day_words, figure_told, iso, titled, when, witnessed
from tracker.view.headings import dated
from tracker.view.page import record_words

UNSOURCED: Final = "no footnote: the text it rests on names no page"
_MARKUP: Final = re.compile(r"([\\`*_{}\[\]<>#|~!$]|&(?=#?\w+;))")
_LIST: Final = re.compile(r"^(\s*)([-+]|\d+[.)])(\s)")


def memo(timeline: Timeline) -> str:
    """Headings by month, one point an event, the sources as numbered footnotes."""
    notes = Footnotes()
    parts = [_head(timeline)]
    for heading, rows in dated(event_rows(timeline), "month"):
        parts.append(f"\n## {heading}\n")
        parts += [point(row, notes) for row in rows]
    return "\n".join([*parts, notes.text()]).rstrip() + "\n"


def _head(timeline: Timeline) -> str:
    parts = record_words(timeline)
    if timeline.as_of:
        parts.append(f"{'as' if parts else 'As'} known on {day_words(timeline.as_of)}")
    parts.append(f"{timeline.total} {'event' if timeline.total == 1 else 'events'}")
    parts += [_lapse(lapse) for lapse in timeline.lapsed]
    return "# Export-control timeline\n\n" + " · ".join(parts) + "\n"


def _lapse(lapse: Lapse) -> str:
    words = f"{lapse.title}: {lapse.ended} lapsed on {day_words(lapse.day)}, outcome unknown"
    return escaped(f"{words} ({lapse.note})" if lapse.note else words)


class Footnotes:
    """Numbers for sources: the same page has the same number throughout."""

    def __init__(self) -> None:
        self._numbers: dict[Source, int] = {}

    def marks(self, event: Event) -> str:
        """``[^1][^2]`` for the sources of an event, in their order."""
        return "".join(self.mark(source) for source in best_first(event))

    def mark(self, source: Source) -> str:
        """``[^1]`` for one source."""
        return f"[^{self._numbers.setdefault(source, len(self._numbers) + 1)}]"

    def text(self) -> str:
        """The notes themselves, in order."""
        notes = [f"[^{n}]: {note(source)}" for source, n in self._numbers.items()]
        return "\n" + "\n".join(notes) if notes else ""


def note(source: Source, retrieved: date | None = None) -> str:
    """A Chicago note with its tier; the address stays one: nothing in it is escaped."""
    words, address = footnote(source, retrieved=retrieved, link=False), clean_link(source.url)
    shown = f"{escaped(words)} <{address}>" if address else escaped(words)
    return f"{shown} {escaped(f'[{tier_of(source)}]')}"


def point(row: EventRow, notes: Footnotes) -> str:
    """One event as a list item; dates ISO, status and evidence in words."""
    event = row.event
    day = f"~{when(event)}" if event.precision != "day" else when(event)
    words = [f"- **{day}** {acting(event)}{escaped(titled(event))}"]
    words[0] += notes.marks(event) or f" ({UNSOURCED})"
    if event.summary:
        words.append(f"  {escaped(event.summary)}")
    words.append(f"  {escaped(_facts(event))}")
    if row.figure:
        words.append(f"  Figure known at the time: {escaped(figure_told(row.figure))}")
    return "  \n".join(words)


def _facts(event: Event) -> str:
    facts: list[str] = [event.kind, event.direction, event.status]
    for name, days in event.dates.items():
        facts.append(f"{name.replace('_', ' ')} {', '.join(iso(day, 'day') for day in days)}")
    return " · ".join([*facts, witnessed(event), event.id])


def escaped(text: str) -> str:
    r"""Outside text as plain words: no markup of it survives.

    >>> escaped("[H20](javascript:x) *now*")
    '\\[H20\\](javascript:x) \\*now\\*'
    """
    line = _MARKUP.sub(r"\\\1", clean_line(text))
    return _LIST.sub(r"\1\\\2\3", line)
