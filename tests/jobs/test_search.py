"""Searches that must answer on the first day, over a real database and the real record."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.jobs.rooms import Room
from tracker.errors import UsageProblem
from tracker.jobs import derive
from tracker.jobs.search import Found, search
from tracker.store.search import FoundEntry

ODD = (
    "AI/ML", "20.04", "it's", "C++", "C#", "50%", "a-b", "-x", "*", "?", "^", '"', '""', "'", "(",
    ")", "()", "AND", "OR NOT", "NEAR(a b)", "title:", "x:y", "a:b:c", "{a}", "$5.5bn", "@home",
    "http://a.example/?q=1", "\x00", "feed:\udc80", "publisher:\udcff", "-\ud800", "-" * 500,
    "(a OR (b " * 90, "(英伟达 (华为 OR -(" * 60, "NOT " * 199 + "a", "英伟达 OR " * 150,
)  # fmt: skip


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    room = Room(Path(tmp_path_factory.mktemp("search")))
    with room.house.writer() as opened:
        room.arrive(opened, "輝達H20晶片獲准出口", "美國商務部通知輝達", published="2025-07-15T02:00:00Z",
                    lang="zh-Hant", publisher="中央社")  # fmt: skip
        room.arrive(opened, "Nvidia may sell H20 again", "", published="2025-07-15T01:00:00Z")
        room.arrive(
            opened, "A garden in spring", "稀土 and roses", published="2025-05-01T01:00:00Z"
        )
        derive.derive_new(opened, room.rules, room.moment)
        yield opened
    room.house.close()


def titles(found: Found) -> list[str]:
    return [hit.found.title for hit in found.entries]


def ids(found: Found) -> list[str]:
    return [hit.found.id for hit in found.events]


@pytest.mark.parametrize(
    ("typed", "event"),
    [
        ("穿透规则", "2025-09-29-bis-affiliates-50-percent-rule"),
        ("穿透规则", "2025-11-10-bis-suspends-affiliates-rule"),
        ("穿透規則", "2025-11-10-bis-suspends-affiliates-rule"),
        ("3A090", "2026-01-13-bis-h200-case-by-case-rule"),
        ("公告2025年第70号", "2025-11-07-mofcom-suspends-october-controls"),
        ("is-informed", "2025-05-23-us-eda-licence-letters"),
        ("H.R. 8170", "2026-04-02-match-act-introduced"),
        ("HR 8170", "2026-04-02-match-act-introduced"),
        ("hr8170", "2026-04-02-match-act-introduced"),
        ("H. R. 8170", "2026-04-02-match-act-introduced"),
        ("商务部公告2025年第70号", "2025-11-07-mofcom-suspends-october-controls"),
        ("輝達H20晶片", "2025-07-31-cac-summons-nvidia-h20"),
        ("英伟达", "2025-07-31-cac-summons-nvidia-h20"),
    ],
)
def test_first_day_searches(db: sqlite3.Connection, typed: str, event: str) -> None:
    assert event in ids(search(db, typed, 100))


@pytest.mark.parametrize("alias", ["英伟达", "輝達", "辉达", "NVDA", "NVIDIA"])
def test_every_alias_gives_the_same_answer(db: sqlite3.Connection, alias: str) -> None:
    found, other = search(db, "nvidia", 500), search(db, alias, 500)
    assert (ids(found), titles(found)) == (ids(other), titles(other))
    assert len(ids(found)) > 20
    assert titles(found) == ["輝達H20晶片獲准出口", "Nvidia may sell H20 again"]


def test_few_are_the_first_of_many_also_where_a_day_is_cut(db: sqlite3.Connection) -> None:
    every = ids(search(db, "BIS", 500))
    days = [one[:10] for one in every]
    assert any(days[n - 1] == days[n] for n in range(1, 30))
    for most in range(1, 30):
        assert ids(search(db, "BIS", most)) == every[:most]


@pytest.mark.parametrize(
    "typed", ["土", "稀土", "garden 稀土", "rose*", '"稀土 and roses"', "GARDEN"]
)
def test_any_length_of_chinese_and_any_case(db: sqlite3.Connection, typed: str) -> None:
    assert "A garden in spring" in titles(search(db, typed, 100))


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("garden OR 晶片", ["輝達H20晶片獲准出口", "A garden in spring"]),
        ("H20 -晶片", ["Nvidia may sell H20 again"]),
        (
            "H20 since:2025-07-15 until:2025-07",
            ["輝達H20晶片獲准出口", "Nvidia may sell H20 again"],
        ),
        ("H20 until:2025-06", []),
        ("NOT H20", ["A garden in spring"]),
        ("(garden NOT roses) OR lang:zh-hant", ["輝達H20晶片獲准出口"]),
        ("publisher:中央社", ["輝達H20晶片獲准出口"]),
        ('"H20 again"', ["Nvidia may sell H20 again"]),
        ('"again H20"', []),
        ('"spring 稀土"', []),  # no phrase runs from a title into the text
        ("“H20 again”", ["Nvidia may sell H20 again"]),
        ("lang：zh-hant", ["輝達H20晶片獲准出口"]),
        ("NOT NOT garden", ["A garden in spring"]),
    ],
)
def test_signs_and_fields(db: sqlite3.Connection, typed: str, expected: list[str]) -> None:
    assert titles(search(db, typed, 100)) == expected


def test_ways_to_write_a_number_are_one(db: sqlite3.Connection) -> None:
    for forms in (("H.R. 8170", "HR 8170", "hr8170", "H. R. 8170"), ("MI308", "mi 308")):
        first, *rest = (ids(search(db, typed, 100)) for typed in forms)
        assert first
        assert all(other == first for other in rest)


def test_british_and_american_spelling_are_one(db: sqlite3.Connection) -> None:
    assert len(ids(search(db, "licence", 500))) > 20
    assert ids(search(db, "licence", 500)) == ids(search(db, "license", 500))


def test_chinese_without_blanks_is_cut_at_names_unless_quoted(db: sqlite3.Connection) -> None:
    together, apart = search(db, "华为昇腾", 500), search(db, "华为 昇腾", 500)
    assert ids(together) == ids(apart)
    assert len(ids(together)) > 3
    assert ids(search(db, '"华为昇腾"', 500)) == []


def test_fields_narrow_events(db: sqlite3.Connection) -> None:
    found = search(db, "actor:华为 kind:rule since:2025-05 until:2025-05", 100)
    assert ids(found) == ["2025-05-13-bis-ascend-gp10-guidance"]


def test_an_unknown_value_is_text_with_a_hint(db: sqlite3.Connection) -> None:
    found = search(db, "kind:garden", 100)
    assert found.hints == ("no kind is called 'garden': searched as text",)
    assert search(db, "garden:roses", 100).hints
    assert "actor: did you mean huawei" in search(db, "actor:huawai", 9).hints[1]
    assert search(db, "kind:rul", 9).hints[1] == "kind: did you mean rule?"


@pytest.mark.parametrize("typed", ["since:May", "H20 until:2025-13", "-since:abc"])
def test_a_day_that_is_none_is_an_error_as_in_filters(db: sqlite3.Connection, typed: str) -> None:
    with pytest.raises(UsageProblem, match=r"is not (a date|in the calendar)"):
        search(db, typed, 9)


def answered(db: sqlite3.Connection, typed: str) -> bool:
    """Whether a query is answered; else it says that it holds nothing to search for."""
    try:
        return isinstance(search(db, typed, 5), Found)
    except UsageProblem as problem:
        if not str(problem).startswith("Nothing to search for"):
            raise
        return False


@pytest.mark.parametrize("typed", [*ODD, "", " ".join(ODD)])
def test_odd_queries_answer_or_hold_no_word(db: sqlite3.Connection, typed: str) -> None:
    worded = any(letter.isalnum() for letter in re.sub(r"\b(AND|OR|NOT)\b", "", typed))
    assert answered(db, typed) == worded


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet="ab\"'()*-:^{}+.NEAROTD达穿 kindsice", max_size=40))
def test_whatever_is_typed_does_not_break_it(db: sqlite3.Connection, typed: str) -> None:
    answered(db, typed)


def test_the_index_forgets_what_events_said_before(filled: Room) -> None:
    room = filled
    db = room.house.writer()
    before = ids(search(db, "穿透规则", 100))
    for _ in range(2):
        derive.rebuild(db, room.house.record, room.rules, room.moment)
    assert ids(search(db, "穿透规则", 100)) == before
    counted = db.execute("SELECT (SELECT count(*) FROM event_words), count(*) FROM events")
    assert len(set(counted.fetchone())) == 1
    room.house.close()


def test_newest_first_or_best_first(filled: Room) -> None:
    room = filled
    db = room.house.writer()
    room.arrive(db, "Zebra", "zebra", published="2025-01-01T00:00:00Z")
    room.arrive(db, "A lion", "and a zebra", published="2025-06-01T00:00:00Z")
    room.arrive(db, "Backfilled", "a zebra, long ago", published="2024-01-01T00:00:00Z")
    derive.derive_new(db, room.rules, room.moment)
    assert titles(search(db, "zebra", 9)) == ["A lion", "Zebra", "Backfilled"]
    assert titles(search(db, "zebra", 2)) == ["A lion", "Zebra"]
    assert titles(search(db, "zebra", 9, best=True))[0] == "Zebra"
    assert search(db, "zebra", 2).more
    assert not search(db, "zebra", 3).more
    room.house.close()


def test_an_entry_names_the_event_it_reports(db: sqlite3.Connection) -> None:
    hits = search(db, "輝達", 500)
    events = {hit.found.event for hit in hits.entries if isinstance(hit.found, FoundEntry)}
    assert events & set(ids(hits))
    (garden,) = search(db, "garden", 9).entries
    assert isinstance(garden.found, FoundEntry)
    assert garden.found.event is None


def test_a_snippet_shows_the_word_that_answers(db: sqlite3.Connection) -> None:
    for typed, shown in (("稀土", "稀土 and roses"), ("通知", "美國商務部通知輝達")):
        (hit,) = search(db, typed, 9).entries
        assert hit.snippet == shown
    notes = [hit.snippet for hit in search(db, "D:5", 9).events]
    assert any("D:5" in note for note in notes)


def test_only_the_newest_text_of_an_item_answers(filled: Room) -> None:
    room = filled
    db = room.house.writer()
    item = room.arrive(db, "Zebra rule", published="2025-07-01T00:00:00Z")
    room.arrive(db, "Giraffe rule", published="2025-07-01T00:00:00Z", item=item,
                seen="2025-07-02T00:00:00Z")  # fmt: skip
    derive.derive_new(db, room.rules, room.moment)
    assert titles(search(db, "giraffe", 5)) == ["Giraffe rule"]
    assert titles(search(db, "zebra", 5)) == []
    room.house.close()


@pytest.mark.parametrize(("typed", "meant"), [("Huwei", "Huawei"), ("nvdia", "Nvidia")])
def test_near_names_are_offered_where_nothing_is_found(
    db: sqlite3.Connection, typed: str, meant: str
) -> None:
    found = search(db, typed, 10)
    assert not found.events
    assert found.near == f"did you mean {meant}?"
    assert search(db, meant, 10).near == ""
    for strange in ("qqqqzzzz", '"abc'):
        assert search(db, strange, 10).near == ""
