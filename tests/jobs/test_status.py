"""Measures beside the news that arrived since somebody looked, with the real record and rules."""

from __future__ import annotations

import io
import json
import sqlite3
from datetime import UTC, date, datetime

import pytest
from rich.console import Console, RenderableType

from tests.jobs.rooms import Room
from tracker.core.measures import Status
from tracker.core.touching import kinds_of, touching
from tracker.dates import shifted
from tracker.errors import UsageProblem
from tracker.jobs import decide, digest, measures, morning, status
from tracker.store import dated
from tracker.store.curated import Curated
from tracker.store.derived import Derived
from tracker.view import ahead, page, status_json
from tracker.view import digest as digest_view
from tracker.view import status as view
from tracker.view.mail import mail


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
    return printed(view.render(found, width=80))


def printed(screen: RenderableType) -> str:
    console = Console(file=io.StringIO(), width=80, color_system=None, legacy_windows=False)
    console.print(screen)
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


GALLIUM = "cn-gallium-germanium-antimony-ban-us"


def pause_news(room: Room, db: sqlite3.Connection) -> str:
    """A report that the suspension of the Chinese ban goes on; the id of its event."""
    room.clock.now = datetime(2026, 11, 28, 12, tzinfo=UTC)
    item = room.arrive(
        db, "China extends suspension of gallium, germanium and antimony export ban to US",
        "China's commerce ministry said on Friday it would extend the suspension of its ban on"
        " exports of gallium, germanium and antimony to the United States.",
        published="2026-11-27T06:00:00Z",
    )  # fmt: skip
    room.derive(db)
    (event,) = [one for one in Derived(db).events("origin = 'news'") if item in one.mentions]
    return event.id


def test_what_is_due_names_the_news_since_that_may_change_it(
    room: Room, db: sqlite3.Connection
) -> None:
    id_ = pause_news(room, db)
    rows = status.due(room.house, db, 60, 30)
    touched = {row.measure: [one.id for one in row.news] for row in rows if row.news}
    assert touched == {GALLIUM: [id_]}
    found = morning.morning(room.house, db)
    assert [one.measure for one in found.passed if one.news] == [GALLIUM]
    assert [one.measure for one in found.timeline.lapsed if one.news] == [GALLIUM]
    assert ", outcome unknown, 1 of them with news since" in page.state(found.timeline)[-1]
    text = printed(ahead.render(rows, width=80, days=60, past=30))
    assert "1 event since may change this: #" in text
    assert json.loads(ahead.shown(rows, "json"))["due"][0]["news"] == []


def test_a_digest_names_the_news_since_below_a_coming_date(
    room: Room, db: sqlite3.Connection
) -> None:
    id_ = pause_news(room, db)
    room.clock.now = datetime(2026, 11, 27, 12, tzinfo=UTC)
    found = digest.since(room.house, db, date(2026, 11, 27))
    (due,) = [one for one in found.coming if one.measure == GALLIUM]
    assert [one.id for one in due.news] == [id_]
    told = f"1 event since may change this: {id_} China extends"
    for face in (digest_view.text(found), digest_view.markdown(found), mail(found).decode()):
        assert told in face.replace("=\r\n", "")


def test_what_the_store_looks_for_is_all_that_may_change_a_measure(
    room: Room, db: sqlite3.Connection
) -> None:
    licence_news(room, db)
    pause_news(room, db)
    curated, today = Curated(db), room.house.today()
    acts = {event.id: event for event in curated.events()}
    every = dated.known_after(db, date.min, today)
    wanted = {
        one.id: found
        for one in curated.measures()
        if (found := touching(one, every, today, kinds_of(one, acts)))
    }
    assert len(wanted) > 5
    assert measures.news_of(db, curated.measures(), today) == wanted


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
