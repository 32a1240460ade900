"""Under a past day nothing later is told, unless it says that it was written later."""

from __future__ import annotations

import io
import json
import re
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.jobs.rooms import Room, copied
from tracker.core import hindsight
from tracker.core.question import Question
from tracker.core.timeline import Timeline
from tracker.jobs import add as add_job
from tracker.jobs import ask, card, diff
from tracker.jobs import digest as digest_job
from tracker.jobs import share as share_job
from tracker.jobs import status as status_job
from tracker.jobs.add import Given
from tracker.jobs.said import said
from tracker.model import Event
from tracker.view import diff as diff_view
from tracker.view import digest as digest_view
from tracker.view import event as event_view
from tracker.view import export, ledger, piped, share, share_files, status_json
from tracker.view import status as status_view

DAYS = [date(2023, 11, 1), date(2025, 4, 16), date(2025, 7, 15), date(2025, 11, 8),
        date(2026, 5, 31)]  # fmt: skip
KINDS = ("plain", "json", "jsonl", "csv", "md", "html", "ics", "atom", "timelinejs")
END = date(2030, 1, 1)


@pytest.fixture(scope="module")
def room(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    """The record, news of three days of which one was edited later, and an article."""
    made = copied(template, tmp_path_factory.mktemp("hindsight"))
    db = made.house.writer()
    listing = (
        "The US Commerce Department added 12 Chinese chip firms to its Entity List on Wednesday."
    )
    item = made.arrive(db, "US adds 12 Chinese chip firms to Entity List", listing,
                       published="2025-06-26T02:00:00Z")  # fmt: skip
    made.arrive(db, "US adds 12 Chinese chip firms to Entity List, lifted 2026-02-02", listing,
                published="2025-06-26T02:00:00Z", seen="2026-02-03T02:00:00Z", item=item)  # fmt: skip
    made.arrive(db, "US tells Nvidia H20 licences will be granted, 14 July 2025",
                "Nvidia said it would resume sales of H20 to China.",
                published="2025-07-16T02:00:00Z")  # fmt: skip
    made.derive(db)
    add_job.add(made.house, "-", Given(date(2025, 12, 20), publisher="Paper"),
                io.BytesIO(b"IDC said domestic chips had a share of 41% in 2025."), {})  # fmt: skip
    yield made
    made.house.close()


@pytest.fixture(scope="module")
def db(room: Room) -> sqlite3.Connection:
    return room.house.reader()


class Answers:
    """What was known by each day, asked once; None is today."""

    def __init__(self, room: Room, db: sqlite3.Connection) -> None:
        self._room, self._db = room, db
        self.events, self.page = cache(self._events), cache(self._page)

    def _events(self, day: date) -> list[Event]:
        return ask.events(self._room.house, self._db, Question(as_of=day))

    def _page(self, day: date | None) -> Timeline:
        return ask.timeline(self._room.house, self._db, Question(as_of=day))


@pytest.fixture(scope="module")
def known_by(room: Room, db: sqlite3.Connection) -> Answers:
    return Answers(room, db)


def coming(known_by: Answers, day: date) -> set[date]:
    """Days that acts known by ``day`` had named, and the days before and after these."""
    events = known_by.events(day)
    named = {one for event in events for days in event.dates.values() for one in days}
    named |= {event.end_date for event in events if event.end_date}
    return {one + timedelta(step) for one in named for step in (-1, 0, 1)}


def untold(text: str, day: date, known: set[date]) -> list[str]:
    """The lines that know more than ``day`` and do not say so."""
    return [
        line
        for line in text.splitlines()
        if hindsight.MARK.strip() not in line
        and "(written later)" not in line
        and hindsight.knows_later(line, day, known)
    ]


def unmarked_json(value: Any, day: date, known: set[date], path: str = "") -> Iterator[str]:
    """Texts of a JSON answer that know more, outside the fields that name periods."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name in ("period_start", "period_end", "as_of", "dates"):
                continue
            if name == "title" and value.get("text_later"):
                continue
            yield from unmarked_json(inner, day, known, f"{path}.{name}")
    elif isinstance(value, list):
        for inner in value:
            yield from unmarked_json(inner, day, known, path)
    elif isinstance(value, str) and not value.startswith(hindsight.MARK):
        bare = re.sub(r"https?://\S+", "", value)
        yield from [f"{path}: {bare[:120]}"] if hindsight.knows_later(bare, day, known) else []


def without_links(text: str) -> str:
    """Addresses may carry any number, also one that looks like a day."""
    return re.sub(r"https?://[^\s\"'<>)]+", "", text)


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_no_timeline_knows_a_later_day(known_by: Answers, day: date) -> None:
    known = coming(known_by, day)
    page = known_by.page(day)
    for kind in KINDS:
        if kind in ("json", "jsonl", "timelinejs", "ics", "atom", "html", "csv"):
            continue
        text = piped.plain(page) if kind == "plain" else export.write(kind, page)
        text = text if isinstance(text, str) else text.decode()
        assert untold(without_links(text), day, known) == []
    found = json.loads(_text(export.write("json", page)))
    assert found["events"]
    assert list(unmarked_json(found, day, known)) == []


def _text(written: str | bytes) -> str:
    return written if isinstance(written, str) else written.decode()


@pytest.mark.parametrize("kind", ["csv", "html", "ics", "atom", "timelinejs"])
@pytest.mark.parametrize("day", [date(2025, 6, 30), date(2025, 11, 8)], ids=str)
def test_no_export_tells_a_marked_text_without_its_mark(
    known_by: Answers, day: date, kind: str
) -> None:
    page = known_by.page(day)
    text = re.sub(r"\r?\n ", "", _text(export.write(kind, page)))
    later = [row.event for row in page.rows if hasattr(row, "event") and row.event.text_later]
    assert later
    for event in later:
        if event.summary:
            bare = event.summary.removeprefix(hindsight.MARK)[:40]
            for match in re.finditer(re.escape(bare), text):
                assert text[: match.start()].endswith(hindsight.MARK)


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_no_event_knows_a_later_day(
    room: Room, db: sqlite3.Connection, known_by: Answers, day: date
) -> None:
    known = coming(known_by, day)
    events = known_by.events(day)
    for event in events[-3:] + events[:: max(1, len(events) // 4)]:
        found = card.card(room.house, db, event.id, day)
        drawn = without_links(str(event_view.render(found, width=2000)))
        figures = re.compile(r"for [^,]*,|later: .*|□|■")
        lines = "\n".join(line for line in drawn.splitlines() if not figures.search(line))
        assert untold(lines, day, known) == []
        assert list(unmarked_json(json.loads(event_view.as_json(found)), day, known)) == []
        for other in (found.before, found.after):
            assert other is None or other.link_day <= day


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_no_series_knows_a_later_day(
    room: Room, db: sqlite3.Connection, known_by: Answers, day: date
) -> None:
    known = coming(known_by, day)
    glance = share_job.shelf(room.house, db, [], day)
    names = [book.series.id for book in glance.books]
    whole = share_job.shelf(room.house, db, list(dict.fromkeys(names)), day)
    periods = {edge for book in whole.books for one in book.rows
               for edge in (one.period_start, one.period_end)}  # fmt: skip
    allowed = known | periods | {edge.replace(day=1) for edge in periods}
    for shelf in (glance, whole):
        drawn = str(share.render(shelf, width=2000))
        assert untold(without_links(drawn), day, allowed) == []
        assert untold(without_links(share_files.write("svg", shelf)), day, allowed) == []
        assert untold(without_links(share_files.write("html", shelf)), day, allowed) == []
        data = json.loads(share_files.write("json", shelf))
        assert list(unmarked_json(data, day, allowed)) == []
        assert untold(without_links(share_files.write("csv", shelf)), day, allowed) == []


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_no_state_of_a_measure_knows_a_later_day(
    room: Room, db: sqlite3.Connection, known_by: Answers, day: date
) -> None:
    found = replace(status_job.status(room.house, db, "", None, day), whole=True)
    assert found.rows
    ends = {one.until for row in found.rows for one in row.measure.states if one.until}
    begun = {one.since for row in found.rows for one in row.measure.states}
    assert {one.event_id for row in found.rows for one in row.measure.states} <= {
        event.id for event in known_by.events(day)
    }
    known = coming(known_by, day) | ends | begun | {room.house.record.day}
    lines = [str(line) for line in status_view.render(found, width=2000).lines]
    assert untold(without_links("\n".join(lines)), day, known) == []
    assert list(unmarked_json(json.loads(status_json.document(found)), day, known)) == []


@pytest.mark.parametrize("day", DAYS[2:], ids=str)
def test_no_claim_and_no_difference_knows_a_later_day(
    room: Room, db: sqlite3.Connection, known_by: Answers, day: date
) -> None:
    known = coming(known_by, day)
    house = room.house
    curated = house.record.claims if day >= house.record.day else ()
    drawn = str(ledger.render(said(db, day), curated, house.record.series, width=100, left_out=33))
    assert untold(without_links(drawn), day, known) == []
    assert "33 verdicts were written later" in drawn
    found = diff.between(house, db, day - timedelta(40), day)
    periods = {edge for one in found.figures
               for edge in (one.observation.period_start, one.observation.period_end)}  # fmt: skip
    text = without_links(str(diff_view.render(found, width=2000)))
    assert untold(text, day, known | periods) == []


@pytest.mark.parametrize("day", [date(2025, 6, 30), date(2025, 11, 4)], ids=str)
def test_no_digest_knows_a_later_day(
    room: Room, db: sqlite3.Connection, known_by: Answers, day: date
) -> None:
    """Neither its changes nor its coming dates: a pause announced on the next day is not there."""
    found = digest_job.since(room.house, db, day - timedelta(21), day)
    known = coming(known_by, day)
    assert found.changes
    assert all(change.event.link_day <= day for change in found.changes)
    body = [line for line in digest_view.text(found).splitlines() if "Record to" not in line]
    assert untold(without_links("\n".join(body)), day, known) == []
    now = digest_job.since(room.house, db, day - timedelta(21))
    assert len(now.changes) > len(found.changes)


def test_a_day_after_everything_equals_no_day(
    room: Room, db: sqlite3.Connection, known_by: Answers
) -> None:
    def answers(day: date | None) -> list[str]:
        page = known_by.page(day)
        events = json.loads(_text(export.write("json", page)))["events"]
        whole = json.loads(share_files.write("json", share_job.shelf(room.house, db, [], day)))
        cards = [json.loads(event_view.as_json(card.card(room.house, db, one["id"], day)))
                 for one in events[::25]]  # fmt: skip
        figures = ledger.as_json(said(db, day), room.house.record.claims)
        for answer in (whole, *cards):
            answer.pop("as_of")
        return [json.dumps(one, sort_keys=True) for one in (events, whole, cards, figures)]

    for past, now in zip(answers(END), answers(None), strict=True):
        assert past == now


def test_the_hunt_can_fail(room: Room, db: sqlite3.Connection, known_by: Answers) -> None:
    """Today's answers do know more than those days, and the hunt finds it."""
    day = date(2025, 6, 30)
    page = known_by.page(None)
    assert untold(without_links(piped.plain(page)), day, set())
    assert list(unmarked_json(json.loads(_text(export.write("json", page))), day, set()))
    shelf = share_job.shelf(room.house, db, ["cn-aiserver-import-share"])
    assert untold(share.plain(shelf), day, set())


def test_an_official_page_that_came_later_is_no_evidence_yet(known_by: Answers) -> None:
    for day in DAYS:
        for event in known_by.events(day):
            if event.text_later and event.evidence == "official":
                assert any(source.official for source in event.sources)
