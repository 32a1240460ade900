"""What is announced for days to come is known from its first report, and due on its own day."""

from __future__ import annotations

import sqlite3
from datetime import date

import pytest

from tests.jobs.rooms import Room
from tracker.core.question import Question
from tracker.jobs import ask, card, diff, digest, morning, status

TALKS = "Chinese vice premier He Lifeng to visit Washington for trade talks Aug. 18-20"
SAID = "Vice Premier He Lifeng will lead a delegation to Washington from Aug. 18 to 20."
TRIP = "Nvidia CEO Huang to visit Beijing on July 21"
HELD = "He Lifeng and Bessent hold trade talks in Washington"
DAY = date(2026, 8, 18)


@pytest.fixture
def told(filled: Room) -> Room:
    """On 10 July, talks announced on the 8th and a trip on the 9th."""
    db = filled.house.writer()
    filled.arrive(db, TALKS, SAID, published="2026-07-08T06:00:00Z")
    filled.arrive(db, "何立峰将于8月18日至20日赴美举行经贸磋商",
                  "商务部8日宣布,何立峰将于8月18日至20日率团赴华盛顿与美方举行经贸磋商。",
                  published="2026-07-08T07:00:00Z", lang="zh-Hans", publisher="Paper")  # fmt: skip
    filled.arrive(db, TRIP, "Jensen Huang will visit Beijing on July 21, the company said.",
                  published="2026-07-09T06:00:00Z")  # fmt: skip
    filled.derive(db)
    return filled


def titles(room: Room, db: sqlite3.Connection, day: date) -> list[str]:
    since = date(2026, 7, 10)
    found = ask.events(room.house, db, Question(since=since, as_of=day, origins=("news",)))
    return [event.title for event in found]


def test_a_past_day_knows_what_was_announced_by_it_and_nothing_before(told: Room) -> None:
    db = told.house.reader()

    assert titles(told, db, date(2026, 7, 7)) == []
    assert titles(told, db, date(2026, 7, 8)) == [TALKS]
    assert titles(told, db, date(2026, 7, 9)) == [TRIP, TALKS]
    assert titles(told, db, date(2026, 7, 10)) == [TRIP, TALKS]


def test_what_is_new_holds_what_was_announced(told: Room) -> None:
    db, house = told.house.reader(), told.house
    found = diff.between(house, db, date(2026, 7, 7), date(2026, 7, 10))
    since = digest.since(house, db, date(2026, 7, 8))
    told.clock.tick(days=7)
    week = digest.week(house, db, "2026-W28")

    assert {TALKS, TRIP} <= {one.after[0].title for one in found.events if one.after}
    assert {TALKS, TRIP} <= {one.event.title for one in since.changes}
    assert {TALKS, TRIP} <= {one.event.title for one in week.changes}


def test_an_event_to_come_is_known_on_the_day_of_its_first_report(told: Room) -> None:
    db = told.house.reader()
    event = ask.find_event(told.house, db, "he-lifeng", date(2026, 7, 8))
    assert (event.date, event.known, event.link_day) == (DAY, date(2026, 7, 8), date(2026, 7, 8))
    assert card.card(told.house, db, event.id, None).event.known == date(2026, 7, 8)


def test_the_day_of_what_was_announced_is_due(told: Room) -> None:
    db = told.house.reader()
    rows = [(r.day, r.title) for r in status.due(told.house, db, 60, 30) if r.origin == "news"]
    coming = [one.title for one in morning.morning(told.house, db).coming]

    assert rows == [(date(2026, 7, 21), TRIP), (DAY, TALKS)]
    assert {TRIP, TALKS} <= set(coming)


def test_talks_are_coming_until_they_are_over_and_then_unknown_until_somebody_tells(
    told: Room,
) -> None:
    db = told.house.writer()

    def outcomes() -> list[str]:
        return [r.outcome for r in status.due(told.house, db, 60, 30) if r.title in (TALKS, HELD)]

    told.clock.tick(days=40)  # 19 August
    assert outcomes() == ["coming"]
    told.clock.tick(days=5)
    assert outcomes() == ["unknown"]
    told.arrive(db, HELD, "He Lifeng and Scott Bessent held trade talks from Aug. 18 to 20.",
                published="2026-08-20T12:00:00Z", publisher="Third")  # fmt: skip
    told.derive(db)
    assert outcomes() == []


def hear(room: Room, day: int, title: str, said: str) -> None:
    """What a third house tells on a day of August, 2026."""
    db = room.house.writer()
    room.clock.tick(days=day + 21)  # from 10 July
    room.arrive(db, title, said, published=f"2026-08-{day:02}T18:00:00Z", publisher="Third")
    room.derive(db)


def due_on_the_day(room: Room) -> list[str]:
    return [r.title for r in status.due(room.house, room.house.reader(), 60, 30) if r.day == DAY]


def test_talks_that_have_begun_are_no_longer_due(told: Room) -> None:
    assert due_on_the_day(told) == [TALKS]
    hear(told, 18, "He Lifeng and Bessent open trade talks in Washington",
         "He Lifeng and Scott Bessent opened trade talks in Washington on Tuesday.")  # fmt: skip
    assert due_on_the_day(told) == []


def test_talks_that_are_called_off_are_no_longer_due(told: Room) -> None:
    hear(told, 9, "US, China call off Washington trade talks",
         "The United States and China called off trade talks in Washington planned for"
         " Aug. 18-20, the Treasury said.")  # fmt: skip
    assert due_on_the_day(told) == []


def test_talks_that_are_put_off_are_due_on_their_new_day(told: Room) -> None:
    title = "Washington trade talks between US and China delayed to Sept. 2"
    hear(told, 9, title, "Trade talks between the United States and China planned for Aug. 18"
         " have been delayed to Sept. 2, the Treasury said.")  # fmt: skip
    db = told.house.reader()
    rows = [(r.day, r.title) for r in status.due(told.house, db, 60, 30) if r.origin == "news"]
    assert [row for row in rows if row[0] > date(2026, 8, 9)] == [(date(2026, 9, 2), title)]
