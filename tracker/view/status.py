"""Measures on a day: a block a measure with footnotes, a memo table, CSV, JSON.

"In force" never stands without the day to which that was checked.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import zip_longest
from typing import Final

from rich.cells import cell_len
from rich.text import Text

from tracker.core.clean import clean_line
from tracker.core.event_days import source_day
from tracker.core.measures import (
    Standing,
    Status,
    StatusRow,
    witness,
)
from tracker.core.state_words import (
    event_status,
    first_seen,
    hearsay,
    named,
    of_row,
    seen_next,
    told_on,
    unconfirmed,
)
from tracker.model import Event, MeasureState, Source
from tracker.view.cite import footnote, tier_of
from tracker.view.export_csv import safe
from tracker.view.export_md import escaped, note
from tracker.view.glyphs import day_words, when
from tracker.view.lines import Lines, filled, wrap
from tracker.view.slots import count
from tracker.view.status_json import document

WHO: Final = 26
"""Cells of the column that says whose state a line is, on a wide screen."""

_SHOWN: Final = 5
"""Events named below "may change this"; the number counts all."""

_BEYOND: Final = (
    "Checked later than the record day: a page on that measure was met since; nobody looked for"
    " other acts."
)

COLUMNS: Final = (
    "measure", "title", "jurisdiction", "by", "strand", "state", "words", "since", "until",
    "lapsed", "checked", "stage", "event_id", "publisher", "url", "note", "begun", "ends",
    "event_status",
)  # fmt: skip
_STYLES: Final = {
    "in_force": "bold", "relaxed": "green", "suspended": "yellow", "rescinded": "dim",
    "expired": "dim", "contested": "magenta",
}  # fmt: skip


class Notes:
    """Numbers for witnesses; the same page has the same number throughout."""

    def __init__(self) -> None:
        self.sources: dict[Source, int] = {}

    def number(self, source: Source | None) -> int | None:
        """The number of a page, given when it is first named."""
        return self.sources.setdefault(source, len(self.sources) + 1) if source else None


def render(status: Status, *, width: int) -> Lines:
    """One block a measure: each chain with its state, since, until, "checked to" and witness."""
    notes = Notes()
    lines = [*(Text(line, style="bold") for line in wrap(_head(status), width)), Text()]
    if not status.rows:
        lines.append(Text("Nothing in the record had begun by that day."))
    for row in status.rows:
        lines += [
            *_block(row, notes, width, status.day),
            *_history(row, notes, width, status.whole),
            Text(),
        ]
    if any(row.measure.checked > status.record_day for row in status.rows):
        lines += [*(Text(line, style="dim") for line in wrap(_BEYOND, width)), Text()]
    for source, number in notes.sources.items():
        words = wrap(f"[{number}] {clean_line(footnote(source))} [{tier_of(source)}]", width)
        lines += [Text(word, style="dim") for word in words]
    return Lines(lines)


def _head(status: Status) -> str:
    then = f"on {day_words(status.as_of)}" if status.as_of else "today"
    then = "then" if status.as_of == status.day else then
    past = status.as_of or (status.on and status.on < status.record_day)
    words = f", as known {then}" if past else ""
    if status.to_come:
        words = f", a day to come: only what the texts known {then} say of it"
    return (
        f"State of measures on {day_words(status.day)}{words}"
        f" · record to {day_words(status.record_day)}"
    )


def _block(row: StatusRow, notes: Notes, width: int, day: date) -> Iterator[Text]:
    title = clean_line(row.measure.title)
    for line in wrap(title, width):
        fits = line == title and cell_len(title) + cell_len(row.measure.id) + 2 <= width
        yield filled(Text(line, style="bold"), _id(row) if fits else None, width)
    if not fits:
        yield filled(Text(), _id(row), width)
    for standing in row.standings:
        yield from _standing(row, standing, notes, width, day)
    if row.differs:
        bodies = ", ".join(dict.fromkeys(s.by for s in row.standings))
        yield from _indented(
            f"{bodies} differ: each stands, neither replaces the other.", width, "magenta"
        )
    if row.touching:
        yield from _indented(_may_change(row), width, "cyan")
        for event in row.touching[:_SHOWN]:
            yield from _indented(f"  {_touching_line(event)}", width, "dim")
        if len(row.touching) > _SHOWN:
            more = f"  and {len(row.touching) - _SHOWN} more events; --format json has all"
            yield from _indented(more, width, "dim")


def _id(row: StatusRow) -> Text:
    return Text(row.measure.id, style="dim")


def _may_change(row: StatusRow) -> str:
    return f"{count(len(row.touching), 'event')} since {row.measure.checked} may change this"


def _touching_line(event: Event) -> str:
    """Day, title, id; of what came by feeds how many reports tell it."""
    told = f" · {count(event.reports, 'report')}" if event.reports else ""
    return f"{when(event)} {clean_line(event.title)} ({event.id}){told}"


def _standing(
    row: StatusRow, standing: Standing, notes: Notes, width: int, day: date
) -> Iterator[Text]:
    """Whose state on the left, the state on the right, a remark below it."""
    checked = row.measure.checked
    words = f"{span_words(row, standing)} · checked to {checked}"
    page = witness(standing.state, row.events)
    number = notes.number(page)
    words += f" [{number}{_older(page, standing.state)}]" if number else ""
    style = "red" if standing.lapsed else _STYLES.get(standing.state.state, "")
    room = min(WHO, width // 3)
    rest = max(12, width - room - 1)
    remark = told_on(_remark(standing.state), row, standing.state, day)
    right = [Text(line, style=style) for line in wrap(words, rest)]
    right += [Text(line, style="dim") for line in wrap(remark, rest)] if remark else []
    left = wrap(f"{standing.by} · {standing.strand}", max(4, room - 2))
    for who, said in zip_longest(left, right):
        start = Text(f"  {who or ''}")
        start.append(" " * (room + 1 - start.cell_len))
        yield start + said if said else start


def _older(page: Source | None, state: MeasureState) -> str:
    """What a footnote says of an end that no page tells: a Congress ends, and its bills with it."""
    day = source_day(page) if page else None
    return ", older" if state.state == "expired" and day and day < state.since else ""


def _remark(state: MeasureState) -> str:
    stage, note = clean_line(state.stage or ""), clean_line(state.note or "")
    return note if stage in note else f"{stage}; {note}".rstrip("; ")


def span_words(row: StatusRow, standing: Standing) -> str:
    """The state with its first and last day, as read aloud, and the step of it that holds.

    A lapse says only when; the days of the state that ended stand in the history. "By its text"
    stands with the step where the state itself began by the day of the last check.
    """
    state, begun = standing.state, standing.begun or standing.state.since
    if standing.lapsed:
        return of_row(row, standing)
    later = standing.by_text and begun <= row.measure.checked
    words = of_row(row, replace(standing, by_text=standing.by_text and not later))
    step = _span(
        state.since if state.since != begun else None,
        state.until if state.until != standing.ends else None,
    )
    words += _days(row, standing, begun)
    marks = [", reported"] if _step_reported(row, standing) else []
    marks += [", by its text"] if later else []
    how = f"{''.join(marks)}," if marks else ""
    return f"{words} · this step{how}{step}" if step else words


def _days(row: StatusRow, standing: Standing, begun: date) -> str:
    """First and last day of a state; of a bill only when the record met it, where that is later."""
    after = seen_next(row, standing)
    if after:
        return f"{_span(begun, None)}, the next bill first seen in the record on {after}"
    if first_seen(standing.run):
        return f" on {begun}{_span(None, standing.ends)}"
    return _span(begun, standing.ends)


def _step_reported(row: StatusRow, standing: Standing) -> bool:
    """Whether the step that holds is hearsay, where the state itself is none."""
    return unconfirmed(standing.state, row.events) and not hearsay(standing, row.events)


def _span(since: date | None, until: date | None) -> str:
    return (f" since {since}" if since else "") + (f" until {until}" if until else "")


def _history(row: StatusRow, notes: Notes, width: int, whole: bool) -> Iterator[Text]:
    if not whole:
        return
    yield Text()
    yield from _indented(clean_line(row.measure.summary), width, "")
    names = ", ".join(clean_line(alias) for alias in row.measure.aliases)
    yield from _indented(f"also called: {names}" if names else "", width, "dim")
    yield Text("  History")
    for state in row.measure.states:
        number = notes.number(witness(state, row.events))
        until = state.until or f"open, checked to {row.measure.checked}"
        mark = f" [{number}]" if number else ""
        who = f"{state.by} · {state.strand}"
        words = f"{state.since} to {until}  {who}: {named(row.measure, state)}{mark}"
        yield from _indented(words, width, "")
        yield from _indented(f"  {_remark(state)}" if _remark(state) else "", width, "dim")


def _indented(words: str, width: int, style: str) -> Iterator[Text]:
    indent = 2 + len(words) - len(words.lstrip())
    for line in wrap(words.strip(), max(12, width - indent)) if words.strip() else ():
        yield Text(" " * indent) + Text(line, style=style)


# ---- files --------------------------------------------------------------------------------------


def markdown(status: Status) -> str:
    """A table for a memo, its witnesses as footnotes."""
    notes = Notes()
    lines = [f"**{_head(status)}**", "",
             "| Measure | By | Strand | State | Since | Until | This step | Checked to | Note |",
             "|---|---|---|---|---|---|---|---|---|"]  # fmt: skip
    for row in status.rows:
        lines += [_md_row(row, standing, notes, status.day) for standing in row.standings]
    remarks = [
        f"{escaped(row.measure.title)}: {_may_change(row)}." for row in status.rows if row.touching
    ]
    remarks += [
        f"{escaped(row.measure.title)}: the capitals differ." for row in status.rows if row.differs
    ]
    if remarks:
        lines += ["", *(f"- {remark}" for remark in remarks)]
    lines += ["", *(f"[^{number}]: {note(source)}" for source, number in notes.sources.items())]
    return "\n".join(lines).rstrip() + "\n"


def _md_row(row: StatusRow, standing: Standing, notes: Notes, day: date) -> str:
    number = notes.number(witness(standing.state, row.events))
    cells = (
        escaped(row.measure.title), escaped(standing.by), standing.strand,
        of_row(row, standing) + (f"[^{number}]" if number else ""),
        str(standing.begun), str(standing.ends or "open"), _step(row, standing),
        str(row.measure.checked),
        escaped(told_on(_remark(standing.state), row, standing.state, day)),
    )  # fmt: skip
    return f"| {' | '.join(cells)} |"


def _step(row: StatusRow, standing: Standing) -> str:
    """The days of the step that holds, where its state took several; else nothing."""
    state = standing.state
    if (state.since, state.until) == (standing.begun, standing.ends):
        return ""
    how = ", reported" if _step_reported(row, standing) else ""
    return f"{state.since} to {state.until or 'open'}{how}"


def table(status: Status) -> str:
    """CSV: one row a chain; no cell begins with a sign that a spreadsheet computes."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in status.rows:
        for standing in row.standings:
            writer.writerow([safe(str(cell)) for cell in _cells(row, standing, status.day)])
    return out.getvalue()


def _cells(row: StatusRow, standing: Standing, day: date) -> tuple[object, ...]:
    state, page = standing.state, witness(standing.state, row.events)
    return (
        row.measure.id, row.measure.title, row.measure.jurisdiction, state.by, state.strand,
        state.state, of_row(row, standing), state.since, state.until or "",
        standing.lapsed or "",
        row.measure.checked, state.stage or "", state.event_id or "",
        page.publisher if page else "", page.url if page else "",
        told_on(state.note or "", row, state, day), standing.begun, standing.ends or "",
        event_status(row, state) or "",
    )  # fmt: skip


def shown(status: Status, kind: str) -> str:
    """The text of one of the file formats: ``json``, ``md`` or ``csv``."""
    write = {"json": document, "md": markdown, "csv": table}
    return write[kind](status)
