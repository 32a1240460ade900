"""What is new or changed, as Markdown or text (``view.mail``: as a mail); no news is no text."""

from __future__ import annotations

from collections.abc import Iterator

from tracker.core.clean import clean_line
from tracker.core.timeline import Change, Digest, EventRow
from tracker.model import Event
from tracker.view.cite import footnote, tier_of
from tracker.view.export_md import Footnotes, escaped, point
from tracker.view.glyphs import day_words, titled, when, witnessed

SUBJECT = "Export controls"


def markdown(digest: Digest) -> str:
    """New events, changed ones, coming dates, with a footnote for every source."""
    if not digest.changes:
        return ""
    notes = Footnotes()
    parts = [f"# {title(digest)}\n", f"Record to {day_words(digest.record_day)}.\n"]
    for heading, changes in groups(digest):
        parts.append(f"## {heading}\n")
        for change in changes:
            parts.append(point(EventRow(change.event, (), None), notes))
            parts += [f"  - {escaped(what)}" for what in change.what]
        parts.append("")
    if digest.coming:
        parts.append("## Coming dates\n")
        parts += [f"- **{one.day.isoformat()}** {escaped(one.what.replace('_', ' '))}:"
                  f" {escaped(one.title)}" for one in digest.coming]  # fmt: skip
    parts += [f"\nNot seen: {escaped(spot)}" for spot in digest.blind]
    return "\n".join([*parts, notes.text()]).rstrip() + "\n"


def text(digest: Digest) -> str:
    """The same for a mail program or a terminal, without markup."""
    if not digest.changes:
        return ""
    lines = [title(digest), f"Record to {day_words(digest.record_day)}.", ""]
    for heading, changes in groups(digest):
        lines += [heading, ""]
        for change in changes:
            lines += [*entry(change), ""]
    if digest.coming:
        lines += ["Coming dates", ""]
        lines += [f"  {one.day.isoformat()}  {one.what.replace('_', ' ')}: {clean_line(one.title)}"
                  for one in digest.coming]  # fmt: skip
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
    yield from (f"  - {footnote(source)} [{tier_of(source)}]" for source in event.sources)


def lead(event: Event) -> tuple[str, str]:
    """Its day, with ``~`` where that is not known to the day, and ``US/CN: ``, whose act it is."""
    day = f"~{when(event)}" if event.precision != "day" else when(event)
    return day, f"{'/'.join(event.jurisdiction)}: " if event.jurisdiction else ""


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
    return f"{SUBJECT}, {day_words(digest.since)} to {until}"


def groups(digest: Digest) -> list[tuple[str, list[Change]]]:
    """The changes under ``New`` and ``Changed``; an empty heading is left out."""
    new = [change for change in digest.changes if change.new]
    changed = [change for change in digest.changes if not change.new]
    return [(name, group) for name, group in (("New", new), ("Changed", changed)) if group]
