"""Two states of knowledge compared: events by shared items, figures by vintages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from tracker.core import diff
from tracker.core.diff import Difference, Field
from tracker.jobs import past
from tracker.model import Event, Record, Source
from tracker.record.load import load
from tracker.view.diff import render

DAY = date(2025, 7, 15)


@cache
def record() -> Record:
    return load(Path(__file__).parents[2] / "db" / "record")


def event(id_: str, *items: str, **changes: Any) -> Event:
    base = Event(
        id=id_, date=date(2025, 7, 14), precision="day", end_date=None, known=None,
        known_precision=None, link_day=date(2025, 7, 14), dates={}, kind="licence", instrument="",
        binding=None, direction="ease", title=id_, summary="", note=None, jurisdiction=(),
        actors=(), items=(), terms=(), measures=(), status="reported", evidence="", origin="news",
        sources=(), series=(), witnesses=1, reports=len(items), mentions=items,
    )  # fmt: skip
    return replace(base, **changes)


def changes(before: list[Event], after: list[Event]) -> list[tuple[str, list[str], list[str]]]:
    return [
        (d.change, [e.id for e in d.before], [e.id for e in d.after])
        for d in diff.events(before, after)
    ]


def test_nothing_changed() -> None:
    assert changes([event("a", "1")], [event("a", "1")]) == []


def test_new_and_gone() -> None:
    assert changes([], [event("a", "1")]) == [("new", [], ["a"])]
    assert changes([event("a", "1")], []) == [("gone", ["a"], [])]


def test_an_event_whose_id_changed_is_the_same_by_its_items() -> None:
    (one,) = diff.events([event("a", "1")], [event("b", "1", "2")])
    assert one.change == "changed"
    assert [f.name for f in one.fields] == ["id"]


def test_a_corrected_headline_and_another_capital_are_told() -> None:
    page = Source("https://e.example/a", "Wire", date(2025, 7, 14), "en", False, "Hague revokes")
    before = event("a", "1", title="Hague revokes", sources=(page,), jurisdiction=("CN",))
    after = replace(before, title="Hague suspends", jurisdiction=("NL",),
                    sources=(replace(page, title="Hague suspends"),))  # fmt: skip
    (one,) = diff.events([before], [after])
    assert one.fields == (
        Field("jurisdiction", "CN", "NL"), Field("title", "Hague revokes", "Hague suspends"),
    )  # fmt: skip
    further = replace(
        before, title="Dutch revoke", sources=(page, replace(page, url="b", title="Dutch revoke"))
    )
    assert diff.events([before], [further]) == ()


def test_joined_and_split() -> None:
    apart = [event("a", "1"), event("b", "2")]
    assert changes(apart, [event("a", "1", "2")]) == [("joined", ["a", "b"], ["a"])]
    assert changes([event("a", "1", "2")], apart) == [
        ("split", ["a"], ["a", "b"]), ("new", [], ["b"]),
    ]  # fmt: skip


def test_of_a_split_event_the_part_that_goes_on_says_what_changed() -> None:
    whole = event("a", "1", "2", witnesses=2, status="confirmed")
    parts = [event("a", "1"), event("b", "2", date=date(2025, 7, 15))]
    split, _ = diff.events([whole], parts)
    assert split.fields == (Field("status", "confirmed", "reported"), Field("witnesses", "2", "1"))
    screen = "\n".join(
        line.plain for line in render(Difference(DAY, DAY, (split,), ()), width=80).lines
    )
    assert "  split  2025-07-14 a [a]\n    now apart: 2025-07-15 b [b]\n    status:" in screen


def test_a_report_that_goes_from_one_event_to_another_neither_joins_nor_splits_them() -> None:
    before = [event("a", "1", "2", witnesses=2), event("b", "3")]
    after = [event("a", "1"), event("b", "2", "3", witnesses=2)]
    assert changes(before, after) == [("changed", ["a"], ["a"]), ("changed", ["b"], ["b"])]


def test_redated_and_confirmed() -> None:
    later = event("a", "1", date=date(2025, 7, 15), status="confirmed")
    (one,) = diff.events([event("a", "1")], [later])
    assert one.fields == (
        Field("date", "2025-07-14", "2025-07-15"),
        Field("status", "reported", "confirmed"),
    )


def test_a_record_event_is_held_by_its_record() -> None:
    alone = event("r", origin="record")
    assert changes([alone], [event("r", "1", origin="both")]) == []


def test_figures_revised_and_first_outcome() -> None:
    rows, series = record().observations, record().series
    august = diff.figures(rows, series, date(2025, 8, 21), date(2025, 8, 22))
    (one,) = [d for d in august if d.series.id == "cn-aiserver-import-share"]
    assert (one.change, one.observation.value, one.against[0].value) == ("revised", 49, 42)
    april = diff.figures(rows, series, date(2026, 3, 31), date(2026, 4, 1))
    (ascend,) = [d for d in april if d.series.id == "huawei-ascend-units"]
    assert ascend.change == "first outcome"
    assert {one.value for one in ascend.against} == {800000, 200000, 700000, 805000}


def test_figures_only_of_the_days_between() -> None:
    first, last = date(2025, 5, 15), date(2025, 8, 27)
    found = diff.figures(record().observations, record().series, first, last)
    assert found
    assert all(first < one.observation.published <= last for one in found)
    assert not diff.figures(record().observations, record().series, last, last)


def test_a_report_that_tells_of_two_acts_neither_joins_nor_splits_them() -> None:
    both = [event("a", "1", "2/1"), event("b", "2")]
    assert changes(both, both) == []
    assert changes([event("a", "1")], both) == [("new", [], ["b"])]


def test_the_event_of_a_past_day_is_the_one_with_most_of_its_reports() -> None:
    """Another that told of one of them in passing, or took one of them later, is not it."""
    present = event("new", "1", "2", "3")
    other, same = event("a", "9", "1/1"), event("b", "1", "2")
    assert past.held([other, event("c", "3"), same], present) is same
    assert past.held([same, event("new", "9")], present) == event("new", "9")
    assert past.held([other], present) is None
