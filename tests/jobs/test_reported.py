"""The reports below each event: every entry once, by time, with publisher, day and title."""

from __future__ import annotations

from tests.jobs.rooms import Room
from tests.view.golden import drawn
from tracker.core.question import Question
from tracker.core.timeline import EventRow
from tracker.jobs import ask
from tracker.jobs.reported import with_reports
from tracker.view import timeline as view

EVENT = "2025-07-14-h20-mi308-licences-promised"
FIRST = "Nvidia to resume H20 sales to China as US promises licences"
SECOND = "Nvidia to restart H20 sales in China after US promises licences"


def test_reports_stand_below_their_event_in_order_of_time(filled: Room) -> None:
    room = filled
    db = room.house.writer()
    for title, hour, publisher in ((SECOND, 9, "Late Paper"), (FIRST, 6, "Early Wire")):
        room.arrive(
            db, title, "Nvidia said the US had assured it of licences for its H20 chip.",
            published=f"2025-07-15T{hour:02}:00:00Z", seen="2026-07-10T06:00:00Z",
            publisher=publisher,
        )  # fmt: skip
    room.derive(db)
    page = ask.timeline(room.house, db, Question(), linked=False)
    (row,) = [one for one in with_reports(db, page).rows
              if isinstance(one, EventRow) and one.event.id == EVENT]  # fmt: skip
    assert [report.publisher for report in row.reports] == ["Early Wire", "Late Paper"]
    shown = drawn(view.render(with_reports(db, page), width=100, extra=("reports",)), 100)
    assert f"│ 2025-07-15 Early Wire: {FIRST} [en]" in shown
    assert shown.index(FIRST) < shown.index(SECOND)
    assert FIRST not in drawn(view.render(page, width=100), 100)
    room.house.close()
