"""Measures beside the news that arrived since somebody looked, with the real record and rules."""

from __future__ import annotations

import io
import sqlite3
from datetime import date

import pytest
from rich.console import Console

from tests.jobs.rooms import Room
from tracker.core.measures import Status
from tracker.dates import shifted
from tracker.errors import UsageProblem
from tracker.jobs import decide, digest, measures, morning, status
from tracker.store import dated
from tracker.view import status as view
from tracker.view import status_json


def licence_news(room: Room, db: sqlite3.Connection) -> None:
    """Two reports of one act of 8 July 2026, after everything the record knows of H200."""
    for title, publisher in (
        ("US Commerce Department revokes Nvidia H200 export licences for China", "Example Wire"),
        ("Commerce Department revokes licences for Nvidia's H200 sales to China", "Other Wire"),
    ):
        room.arrive(db, title, "The US Commerce Department on Wednesday revoked Nvidia's licences"
                    " to sell H200 chips to China.", published="2026-07-09T02:00:00Z",
                    publisher=publisher)  # fmt: skip
    room.derive(db)


def drawn(found: Status) -> str:
    """The screen, as a pipe gets it."""
    console = Console(file=io.StringIO(), width=80, color_system=None, legacy_windows=False)
    console.print(view.render(found, width=80))
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_news_since_the_check_is_counted_and_changes_no_state(
    room: Room, db: sqlite3.Connection
) -> None:
    before = status.status(room.house, db, "h200-licences", None)
    licence_news(room, db)

    (row,) = status.status(room.house, db, "h200-licences", None).rows

    assert before.rows[0].reports == 0
    assert row.reports == 2
    assert [event.origin for event in row.touching] == ["news"]
    text = drawn(status.status(room.house, db, "h200-licences", None))
    assert "1 event since 2026-05-22 may change this" in text
    (line,) = [line for line in text.splitlines() if line.lstrip().startswith("2026-07-08")]
    assert "· 2 reports" in text[text.index(line) :]
    assert row.standings == before.rows[0].standings


@pytest.mark.parametrize("as_of", [None, date(2026, 7, 1)])
def test_a_state_cites_no_act_that_people_hid(
    room: Room, db: sqlite3.Connection, as_of: date | None
) -> None:
    """The state stands, or the rule would seem to be in force without a break."""
    act = "2025-11-10-bis-suspends-affiliates-rule"

    def asked() -> tuple[str, str]:
        found = status.status(room.house, db, "affiliates-50pct-rule", None, as_of)
        return str(view.render(found, width=100)), status_json.document(found)

    page = "lawyerfanzhang.com"
    text, body = asked()
    assert page in text
    assert act in body
    decide.mark(room.house, "hide", [act], why="why", by="me")
    text, body = asked()
    assert "US 50% affiliates rule" in text
    assert text.count(measures.HIDDEN) > 1
    assert "suspended" in text
    for face in (text, body):
        assert page not in face
        assert act not in face


def test_a_day_before_the_news_knows_nothing_of_it(room: Room, db: sqlite3.Connection) -> None:
    licence_news(room, db)

    (row,) = status.status(room.house, db, "h200-licences", date(2026, 7, 8)).rows

    assert row.touching == ()


def test_an_alias_of_the_lexicon_finds_measures_by_their_item(
    room: Room, db: sqlite3.Connection
) -> None:
    for words in ("稀土", "rare earth", "rare earths"):
        found = {
            row.measure.id for row in status.status(room.house, db, words, date(2026, 1, 20)).rows
        }
        assert {"cn-rare-earth-april-2025", "cn-october-2025-controls"} <= found, words


def test_measures_stand_by_jurisdiction_and_title(room: Room, db: sqlite3.Connection) -> None:
    rows = status.status(room.house, db, "", date(2026, 1, 20)).rows
    places = [row.measure.jurisdiction for row in rows]

    assert list(dict.fromkeys(places)) == ["US", "CN", "JP", "KR", "MY", "NL"]
    assert all(row.standings for row in rows)


def test_words_nobody_knows_are_an_error_with_near_names(
    room: Room, db: sqlite3.Connection
) -> None:
    with pytest.raises(UsageProblem, match="No measure answers") as caught:
        status.status(room.house, db, "affiliats rule", None)
    assert "affiliates rule" in caught.value.hint


def test_due_dates_come_from_measures_and_events(room: Room, db: sqlite3.Connection) -> None:
    rows = status.due(room.house, db, days=180, past=0)

    assert [row.day for row in rows] == sorted(row.day for row in rows)
    assert {row.measure for row in rows} >= {"affiliates-50pct-rule", "us-china-tariff-truce"}
    assert {row.outcome for row in rows} == {"coming"}


def test_no_face_names_a_hidden_act_as_what_makes_a_day_due(
    room: Room, db: sqlite3.Connection
) -> None:
    act = "2025-11-10-bis-suspends-affiliates-rule"
    room.clock.now = room.clock.now.replace(year=2026, month=11, day=1)

    def named() -> list[bool]:
        faces = (
            [row.event_id for row in status.due(room.house, db, days=30, past=0)],
            [row.event_id for row in morning.morning(room.house, db).coming],
            [row.event_id for row in digest.since(room.house, db, None).coming],
        )
        return [act in face for face in faces]

    assert any(named())
    decide.mark(room.house, "hide", [act], why="why", by="me")
    assert named() == [False] * 3


def test_only_events_that_name_a_day_of_the_span_are_read(
    room: Room, db: sqlite3.Connection
) -> None:
    first, last = date(2027, 6, 1), date(2027, 6, 30)

    (event,) = dated.naming(db, first, last)

    assert event.id == "2025-12-23-ustr-301-chip-tariff-zero"
    assert dated.naming(db, date(2040, 1, 1), date(2041, 1, 1)) == []


def test_a_day_to_come_is_said_to_be_one(room: Room, db: sqlite3.Connection) -> None:
    today = room.house.today()
    coming = status.status(room.house, db, "h200-licences", shifted(today, 400))

    assert coming.to_come
    assert "a day to come: only what the texts known today say" in view.markdown(coming)
    assert not status.status(room.house, db, "h200-licences", today).to_come
