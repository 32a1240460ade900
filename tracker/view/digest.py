"""What is new or changed, as Markdown, text or a mail; nothing new is an empty text."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tracker.core.clean import clean_line
from tracker.core.timeline import Change, Digest, EventRow
from tracker.view.cite import footnote
from tracker.view.export_md import Footnotes, escaped, point
from tracker.view.glyphs import day_words, when

SUBJECT = "Export controls"


def markdown(digest: Digest) -> str:
    """New events, changed ones, coming dates, with a footnote for every source."""
    if not digest.changes:
        return ""
    notes = Footnotes()
    parts = [f"# {title(digest)}\n", f"Record to {day_words(digest.record_day)}.\n"]
    for heading, changes in _groups(digest):
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
    for heading, changes in _groups(digest):
        lines += [heading, ""]
        for change in changes:
            lines += [*_entry(change), ""]
    if digest.coming:
        lines += ["Coming dates", ""]
        lines += [f"  {one.day.isoformat()}  {one.what.replace('_', ' ')}: {clean_line(one.title)}"
                  for one in digest.coming]  # fmt: skip
    lines += [f"Not seen: {clean_line(spot)}" for spot in digest.blind]
    return "\n".join(lines).rstrip() + "\n"


def _entry(change: Change) -> Iterator[str]:
    event = change.event
    day = f"~{when(event)}" if event.precision != "day" else when(event)
    who = f"{'/'.join(event.jurisdiction)}: " if event.jurisdiction else ""
    yield f"* {day}  {who}{clean_line(event.title)}"
    if event.summary:
        yield f"  {clean_line(event.summary)}"
    yield from (f"  > {clean_line(what)}" for what in change.what)
    origins = "1 origin" if event.witnesses == 1 else f"{event.witnesses} origins"
    yield f"  {event.kind} | {event.direction} | {event.status} | {origins} | {event.id}"
    yield from (f"  - {footnote(source)}" for source in event.sources)


def mail(digest: Digest, sender: str = "", to: str = "") -> bytes:
    """An RFC 5322 message: text and, for those who like it, HTML; dated by ``digest.until``.

    Empty where nothing is new. The same digest gives the same bytes: the boundary is made from
    its days, and there is no clock in it.
    """
    if not digest.changes:
        return b""
    from email.headerregistry import Address
    from email.message import EmailMessage
    from email.policy import SMTP

    message = EmailMessage(policy=SMTP)
    message["Subject"] = clean_line(title(digest))
    message["From"] = sender or Address("Tracker", "tracker", "localhost")
    if to:
        message["To"] = to
    message["Date"] = _midnight(digest.until)
    message.set_content(text(digest))
    message.add_alternative(_html(digest), subtype="html")
    message.set_boundary(f"tracker-{digest.since or 'all'}-{digest.until}")
    return message.as_bytes()


def _midnight(day: date) -> str:
    from email.utils import format_datetime

    return format_datetime(_moment(day))


def _moment(day: date):  # type: ignore[no-untyped-def]  # noqa: ANN202 - a datetime, in one line
    from datetime import UTC, datetime, time

    return datetime.combine(day, time(), UTC)


def _html(digest: Digest) -> str:
    from html import escape

    body = escape(text(digest), quote=False)
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8">'
        f"<title>{escape(title(digest))}</title>"
        f'<pre style="white-space:pre-wrap;font:15px/1.5 sans-serif">{body}</pre></html>'
    )


def title(digest: Digest) -> str:
    """What the digest covers, in one line."""
    if digest.title:
        return f"{SUBJECT}: {digest.title}"
    until = day_words(digest.until)
    if digest.since is None:
        return f"{SUBJECT} to {until}"
    return f"{SUBJECT}, {day_words(digest.since)} to {until}"


def _groups(digest: Digest) -> list[tuple[str, list[Change]]]:
    new = [change for change in digest.changes if change.new]
    changed = [change for change in digest.changes if not change.new]
    return [(name, group) for name, group in (("New", new), ("Changed", changed)) if group]
