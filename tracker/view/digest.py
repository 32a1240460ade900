"""What is new or changed, as Markdown or text (``view.mail``: as a mail); no news is no text."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from tracker.core.clean import clean_line
from tracker.core.event_days import days_of_event
from tracker.core.timeline import Change, Digest, EventRow, Gone
from tracker.core.witnesses import best_first
from tracker.dates import shifted
from tracker.model import Event
from tracker.view.cite import footnote, tier_of
from tracker.view.export_md import UNSOURCED, Footnotes, escaped, point
from tracker.view.glyphs import acting, day_words, titled, when, witnessed
from tracker.view.news import may_change

SUBJECT: Final = "Export controls"
OLD: Final = "Older acts that became known"
GONE: Final = "Gone: told before, and no more"
OLDER: Final = 31
"""Days before the first day told of, from which an act that becomes known is an older one."""


def markdown(digest: Digest) -> str:
    """New events, changed ones, coming dates, with a footnote for every source."""
    if digest.silent:
        return ""
    notes = Footnotes()
    parts = [f"# {title(digest)}\n", f"Record to {day_words(digest.record_day)}.\n"]
    for heading, changes in groups(digest):
        parts.append(f"## {heading}\n")
        for change in changes:
            parts.append(point(EventRow(change.event, (), None), notes))
            parts += [f"  - {escaped(what)}" for what in change.what]
        parts.append("")
    if digest.gone:
        parts.append(f"## {GONE}\n")
        parts += [line for one in digest.gone for line in _gone(one, notes)]
        parts.append("")
    if digest.coming:
        parts.append("## Coming dates\n")
        for one in digest.coming:
            words = f"{escaped(one.what.replace('_', ' '))}: {escaped(one.title)}"
            parts.append(f"- **{one.day.isoformat()}** {words}")
            parts += [f"  - {escaped(may_change(one.news, whole=True))}"] if one.news else []
    parts += [f"\nNot seen: {escaped(spot)}" for spot in digest.blind]
    return "\n".join([*parts, notes.text()]).rstrip() + "\n"


def text(digest: Digest) -> str:
    """The same for a mail program or a terminal, without markup."""
    if digest.silent:
        return ""
    lines = [title(digest), f"Record to {day_words(digest.record_day)}.", ""]
    for heading, changes in groups(digest):
        lines += [heading, ""]
        for change in changes:
            lines += [*entry(change), ""]
    if digest.gone:
        lines += [GONE, ""]
        for lost in digest.gone:
            lines += [*_lost(lost), ""]
    if digest.coming:
        lines += ["Coming dates", ""]
        for one in digest.coming:
            words = f"{one.what.replace('_', ' ')}: {clean_line(one.title)}"
            lines.append(f"  {one.day.isoformat()}  {words}")
            lines += [f"    > {may_change(one.news, whole=True)}"] if one.news else []
    lines += [f"Not seen: {clean_line(spot)}" for spot in digest.blind]
    return "\n".join(lines).rstrip() + "\n"


def entry(change: Change) -> Iterator[str]:
    """One change as plain lines, its sources as footnotes below it."""
    event = change.event
    day, who = lead(event)
    yield f"* {day}  {who}{titled(event)}"
    if event.summary:
        yield f"  {clean_line(event.summary)}"
    yield from (f"  > {clean_line(what)}" for what in change.what)
    yield f"  {' | '.join(facts(event))}"
    yield from (f"  - {footnote(source)} [{tier_of(source)}]" for source in best_first(event))
    if not event.sources:
        yield f"  - {UNSOURCED}"


def _gone(one: Gone, notes: Footnotes) -> Iterator[str]:
    """What is told no more as a list item, the report that says so as a footnote."""
    mark = notes.mark(one.page) if one.page else ""
    yield f"- **{escaped(one.day)}** {escaped(one.title)}{mark}  "
    yield f"  {escaped(one.why)} · {escaped(one.id)}"


def _lost(one: Gone) -> Iterator[str]:
    yield f"* {clean_line(one.day)}  {clean_line(one.title)}"
    yield f"  > {clean_line(one.why)}"
    yield f"  {clean_line(one.id)}"
    if one.page:
        yield f"  - {footnote(one.page)} [{tier_of(one.page)}]"


def lead(event: Event) -> tuple[str, str]:
    """Its day, with ``~`` where that is not known to the day, and ``US/CN: ``, whose act it is."""
    day = f"~{when(event)}" if event.precision != "day" else when(event)
    return day, acting(event)


def facts(event: Event) -> tuple[str, ...]:
    """What stands below an event: kind, direction, status, origins, id."""
    return event.kind, event.direction, event.status, witnessed(event), event.id


def title(digest: Digest) -> str:
    """What the digest covers, in one line."""
    if digest.title:
        return f"{SUBJECT}: {digest.title}"
    until = day_words(digest.until)
    if digest.since is None:
        return f"{SUBJECT} to {until}"
    if digest.since == digest.until:
        return f"{SUBJECT}, {until}"
    return f"{SUBJECT}, {day_words(digest.since)} to {until}"


def groups(digest: Digest) -> list[tuple[str, list[Change]]]:
    """The changes under ``New``, ``Older acts that became known`` and ``Changed``.

    An act is older where its last possible day lies more than ``OLDER`` days before the first day
    told of. An empty heading is left out.
    """
    named: dict[str, list[Change]] = {"New": [], OLD: [], "Changed": []}
    for change in digest.changes:
        named[_heading(change, digest.since)].append(change)
    return [(name, group) for name, group in named.items() if group]


def _heading(change: Change, since: date | None) -> str:
    if not change.new:
        return "Changed"
    older = since is not None and days_of_event(change.event).last < shifted(since, -OLDER)
    return OLD if older else "New"
