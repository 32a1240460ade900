"""``ics``: one all-day entry an event, for the calendars of compliance staff."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from tracker.core.clean import clean_line, clean_link, clean_text
from tracker.core.timeline import EventRow, Timeline
from tracker.core.witnesses import best_first
from tracker.dates import first_of
from tracker.model import Event
from tracker.view.cite import tier_of
from tracker.view.export import event_rows
from tracker.view.glyphs import acting, figure_told, iso, witnessed

PRODUCT = "-//tracker//export-control timeline//EN"


def calendar(timeline: Timeline) -> bytes:
    """An RFC 5545 calendar, folded and escaped by the icalendar library.

    ``UID`` is the event's id, ``SEQUENCE`` the number of its witnesses and reports, ``DTSTAMP``
    the day of its latest source: nothing in it comes from a clock.
    """
    from icalendar import Calendar

    whole = Calendar()
    whole.add("prodid", PRODUCT)
    whole.add("version", "2.0")
    whole.add("calscale", "GREGORIAN")
    whole.add("x-wr-calname", "Export-control timeline")
    for row in event_rows(timeline):
        whole.add_component(_entry(row))
    written: bytes = whole.to_ical()
    return written


def _entry(row: EventRow):  # type: ignore[no-untyped-def]  # noqa: ANN202 - a lazy import's type
    from icalendar import Event as Entry

    event, entry = row.event, Entry()
    entry.add("uid", f"{event.id}@export-control-timeline")
    entry.add("dtstamp", datetime.combine(touched(event), time(), UTC))
    entry.add("sequence", len(event.sources) + event.reports)
    entry.add("dtstart", first_of(event.date, event.precision))
    entry.add("dtend", _after(event.last))
    entry.add("summary", _summary(event))
    entry.add("description", _description(row))
    entry.add("categories", [event.kind, event.direction, *event.jurisdiction])
    entry.add("status", "TENTATIVE" if event.status == "proposed" else "CONFIRMED")
    entry.add("transp", "TRANSPARENT")
    address = next((clean_link(s.url) for s in best_first(event) if clean_link(s.url)), "")
    if address:
        entry.add("url", address)
    return entry


def touched(event: Event) -> date:
    """The day on which an event last gained a dated source; its link day where none is dated."""
    dated = [source.published for source in event.sources if source.published]
    return max([*dated, event.link_day])


def _after(day: date) -> date:
    """The end of an all-day entry is the day after its last one."""
    return day + timedelta(days=1) if day < date.max else day


def _summary(event: Event) -> str:
    title = clean_line(event.title)
    if event.precision != "day":
        title = f"~{iso(event.date, event.precision)}: {title}"
    return f"{acting(event, 1)}{title}"


def _description(row: EventRow) -> str:
    event = row.event
    lines = [clean_text(event.summary)] if event.summary else []
    for name, days in event.dates.items():
        lines.append(f"{name.replace('_', ' ')}: {', '.join(day.isoformat() for day in days)}")
    lines.append(f"{event.kind}, {event.status}, {witnessed(event)}")
    if row.figure:
        lines.append(clean_line(figure_told(row.figure)))
    lines += [f"{url} [{tier_of(s)}]" for s in event.sources if (url := clean_link(s.url))]
    return "\n".join(lines)
