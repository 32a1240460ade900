"""What a named reader has not seen: new events, and known ones in another state."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tests.core.test_diff import event
from tracker.core.changes import changes, marks
from tracker.model import Source

DAY = date(2025, 7, 15)


def test_an_event_seen_before_is_no_change() -> None:
    seen = event("e", "a")
    assert changes(marks([seen]), [seen]) == ()


def test_a_further_report_is_no_change_and_a_further_witness_is() -> None:
    seen = event("e", "a")
    assert changes(marks([seen]), [replace(seen, reports=9, mentions=("a", "b"))]) == ()
    (change,) = changes(marks([seen]), [replace(seen, witnesses=2)])
    assert (change.new, change.what) == (False, ("independent origins: 1, now 2",))


def test_every_field_that_moved_is_named_once() -> None:
    seen = event("e", "a")
    moved = replace(seen, date=DAY, end_date=DAY, status="confirmed", kind="rule")
    (change,) = changes(marks([seen]), [moved])
    assert change.what == (
        "date: 2025-07-14, now 2025-07-15", "last day: none, now 2025-07-15",
        "status: reported, now confirmed", "kind: licence, now rule",
    )  # fmt: skip


def test_an_event_under_another_id_is_known_by_its_items() -> None:
    before = marks([event("old", "a", "b")])
    assert changes(before, [event("new", "b", "c")]) == ()
    (fresh,) = changes(before, [event("new", "c")])
    assert fresh.new


def test_of_a_split_event_the_part_with_another_first_report_is_new() -> None:
    before = marks([event("a", "1", "2", "3", witnesses=3)])
    parts = [event("a", "1", "2", witnesses=2), event("b", "3", date=DAY, title="Another act")]
    rest, fresh = changes(before, parts)
    assert (rest.new, rest.what) == (
        False,
        ("split: now an event of its own: Another act", "independent origins: 3, now 2"),
    )
    assert (fresh.event.id, fresh.new, fresh.what) == ("b", True, ())


def test_a_split_event_whose_id_changed_goes_on_where_most_of_its_reports_are() -> None:
    before = marks([event("old", "1", "2", "3")])
    fresh, rest = changes(before, [event("x", "1"), event("y", "2", "3", title="Same")])
    assert (fresh.new, rest.new, rest.what) == (
        True, False, ("split: now an event of its own: x",),
    )  # fmt: skip


def test_what_a_report_tells_in_passing_does_not_make_a_new_act_an_old_one() -> None:
    before = marks([event("a", "1", "2/1")])
    (fresh,) = changes(before, [event("a", "1"), event("b", "2", "2/1")])
    assert fresh.new


def told_by(title: str, url: str = "https://e.example/a", publisher: str = "Wire") -> Source:
    return Source(url, publisher, DAY, "en", False, title)


def test_a_headline_that_its_page_corrected_is_a_change() -> None:
    seen = event(
        "e", "a", title="Hague revokes licence", sources=(told_by("Hague revokes licence"),)
    )
    now = replace(seen, title="Hague suspends licence",
                  sources=(told_by("Hague suspends licence - Wire"),))  # fmt: skip
    (change,) = changes(marks([seen]), [now])
    assert change.what == ("corrected by Wire: Hague revokes licence, now Hague suspends licence",)


def test_a_headline_of_a_further_report_is_none() -> None:
    seen = event("e", "a", title="Hague acts", sources=(told_by("Hague acts"),))
    more = (*seen.sources, told_by("Dutch revoke licence", "https://f.example/b", "Post"))
    assert changes(marks([seen]), [replace(seen, title="Dutch revoke licence", sources=more)]) == ()


def test_another_capital_is_a_change() -> None:
    seen = event("e", "a", jurisdiction=("CN",))
    (change,) = changes(marks([seen]), [replace(seen, jurisdiction=("US", "CN"))])
    assert change.what == ("capital: CN, now US+CN",)


def test_marks_of_an_earlier_version_are_read() -> None:
    seen = event("e", "a", jurisdiction=("CN",))
    old = {id_: {name: value for name, value in one.items()
                 if name not in ("headline", "page", "jurisdiction")}
           for id_, one in marks([seen]).items()}  # fmt: skip
    assert changes(old, [replace(seen, jurisdiction=("US",), title="x")]) == ()
