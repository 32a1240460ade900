"""``share`` and ``diff`` asked of a real database."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.jobs.rooms import Room, copied
from tracker.errors import UsageProblem
from tracker.jobs import diff as diff_job
from tracker.jobs import share as share_job
from tracker.view import diff as diff_view
from tracker.view import share as share_view
from tracker.view import share_files


@pytest.fixture(scope="module")
def room(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    made = copied(template, tmp_path_factory.mktemp("figures"))
    yield made
    made.house.close()


def test_all_series_and_every_observation(room: Room) -> None:
    found = share_job.shelf(room.house, room.house.reader(), [])
    rows = sum(len(book.rows) + len(book.repeats) for book in found.books)
    assert rows == len(room.house.record.observations)
    assert not found.whole


def test_around_an_event(room: Room) -> None:
    db = room.house.reader()
    found = share_job.shelf(
        room.house, db, [], None, "2025-07-14-h20-mi308-licences-promised", "6m"
    )
    assert found.window == (date(2025, 1, 15), date(2026, 1, 15))
    assert found.books[0].series.id == "cn-accel-domestic-units-share"
    drawn = share_view.plain(found)
    assert "Around 2025-07-15" in drawn


def test_as_of_hides_later_events_and_figures(room: Room) -> None:
    day = date(2025, 6, 1)
    db = room.house.reader()
    found = share_job.shelf(room.house, db, ["cn-aiserver-import-share"], day)
    data = json.loads(share_files.write("json", found))
    assert {one["published"] for book in data["series"] for one in book["observations"]} == {
        "2025-05-15"
    }
    assert all(one["link_day"] <= "2025-06-01" for one in data["events"])
    assert data["events"]


@pytest.mark.parametrize(
    ("wanted", "more", "word"),
    [
        (["cn-aiserver-import-shar"], {}, "No series is called"),
        ([], {"as_of": date(2000, 1, 1)}, "the first is of 2022-03-18"),
        (
            [],
            {"around": "2025-07-14-h20-mi308-licences-promised", "window": "soon"},
            "no number of months",
        ),
        (
            [],
            {"around": "2025-07-14-h20-mi308-licences-promised", "window": "0m"},
            "no number of months",
        ),
        ([], {"around": "no-such-event"}, "no-such-event"),
    ],
)
def test_bad_questions_get_a_word(
    room: Room, wanted: list[str], more: dict[str, object], word: str
) -> None:
    with pytest.raises(UsageProblem, match=word):
        share_job.shelf(room.house, room.house.reader(), wanted, **more)  # type: ignore[arg-type]  # bad on purpose


def test_diff_of_two_days(room: Room) -> None:
    found = diff_job.between(room.house, room.house.reader(), date(2025, 7, 13), date(2025, 7, 20))
    new = {one.after[0].id for one in found.events if one.change == "new"}
    assert "2025-07-14-h20-mi308-licences-promised" in new
    drawn = str(diff_view.render(found, width=80))
    assert "Bernstein 54% for 2025 (17 Jul 2025, forecast)" in " ".join(drawn.split())
    assert all(len(line) <= 80 for line in drawn.splitlines())
    assert str(diff_view.render(found, width=80, ascii=True)).isascii()
    assert json.loads(json.dumps(diff_view.as_json(found)))["first"] == "2025-07-13"


def test_diff_needs_two_days_in_order(room: Room) -> None:
    with pytest.raises(UsageProblem, match="not before"):
        diff_job.between(room.house, room.house.reader(), date(2025, 7, 20), date(2025, 7, 13))


def test_status_that_changed_between_two_days(room: Room) -> None:
    found = diff_job.between(room.house, room.house.reader(), date(2025, 12, 25), date(2026, 1, 5))
    changed = {
        one.after[0].id: one.fields[0].after for one in found.events if one.change == "changed"
    }
    assert changed["2025-12-17-metax-ipo"] == "confirmed"


@pytest.mark.parametrize(
    ("word", "first"),
    [("domestic", "cn-dc-domestic-share"), ("nvda-cn-dc-share", "nvda-cn-dc-share"),
     ("Domestic UNITS", "cn-accel-domestic-units-share")],
)  # fmt: skip
def test_series_are_named_by_words(room: Room, word: str, first: str) -> None:
    found = share_job.shelf(room.house, room.house.reader(), [word])
    assert found.books[0].series.id == first
    asked = set(word.casefold().replace("-", " ").split())
    for book in found.books:
        assert all(part in f"{book.series.id} {book.series.title}".casefold() for part in asked)


def test_series_are_named_by_a_house(room: Room) -> None:
    found = share_job.shelf(room.house, room.house.reader(), ["TrendForce"])
    own = {one.series for one in room.house.record.observations if "TrendForce" in one.publisher}
    own |= {one.id for one in room.house.record.series if "TrendForce" in one.title}
    assert {book.series.id for book in found.books} == own
    with pytest.raises(UsageProblem, match="No series is called 'Nobody'"):
        share_job.shelf(room.house, room.house.reader(), ["Nobody"])
