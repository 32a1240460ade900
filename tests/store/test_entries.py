"""Items and their texts: identity, revisions, nothing lost, nothing twice."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tracker.core.identity import Arrival
from tracker.core.kept_texts import MOST_REVISIONS
from tracker.store import revisions
from tracker.store.entries import Entries, Taken, Wanted
from tracker.store.origin import Origin

NOW = datetime(2025, 7, 15, 12, tzinfo=UTC)
FEED = Origin("feed", "en", "A paper")
KEPT = Path(__file__).parents[2] / "db" / "migrations" / "0001_kept.sql"


@pytest.fixture
def db() -> Iterator[sqlite3.Connection]:
    one = sqlite3.connect(":memory:", isolation_level=None)
    one.row_factory = sqlite3.Row
    one.executescript(KEPT.read_text(encoding="utf-8"))
    one.execute("PRAGMA foreign_keys = ON")
    yield one
    one.close()


def a(n: int, title: str = "", *, guid: str | None = None, link: str | None = None) -> Arrival:
    return Arrival(
        guid=f"g{n}" if guid is None else guid,
        link=f"https://news.example/{n}" if link is None else link,
        title=title or f"Headline {n}",
        published=NOW - timedelta(hours=n),
    )


def take(db: sqlite3.Connection, *arrivals: Arrival, feed: str = "feed") -> Taken:
    return Entries(db).take(arrivals, Origin(feed, "en", "A paper"), NOW)


def count(db: sqlite3.Connection) -> int:
    return int(db.execute("SELECT count(*) FROM entries").fetchone()[0])


def test_the_same_document_twice_changes_nothing(db: sqlite3.Connection) -> None:
    assert take(db, a(1), a(2)).new == 2
    again = take(db, a(1), a(2))
    assert (again.new, again.revised, again.shared) == (0, 0, 2)


def test_an_edited_headline_is_a_second_revision(db: sqlite3.Connection) -> None:
    take(db, a(1, "First"))
    assert take(db, a(1, "Second")).revised == 1
    row = db.execute("SELECT * FROM entries").fetchone()
    assert (row["title"], row["revisions"]) == ("Second", 2)
    assert [e.title for e in Entries(db).revisions(row["id"])] == ["First", "Second"]


def texts(db: sqlite3.Connection) -> list[str]:
    return [row[0] for row in db.execute("SELECT title FROM revisions ORDER BY number")]


def test_a_text_that_comes_back_is_the_newest_again(db: sqlite3.Connection) -> None:
    """Also one that came back before, and each time only once."""
    for title in ("A", "A", "B", "A", "A", "B", "B", "A", "C", "B"):
        take(db, a(1, title), a(2))
    assert [one for one in texts(db) if one != "Headline 2"] == [*"ABABACB"]
    row = db.execute("SELECT * FROM entries WHERE url LIKE '%/1'").fetchone()
    assert (row["title"], row["revisions"]) == ("B", 7)


def test_the_days_of_a_text_that_came_back(db: sqlite3.Connection) -> None:
    for day, title in ((16, "A"), (17, "B"), (19, "A")):
        Entries(db).take([a(1, title)], FEED, datetime(2025, 7, day, 12, tzinfo=UTC))
    told = [[one.title for _, one in revisions.known_by(db, date(2025, 7, day))]
            for day in (16, 17, 18, 19, 20)]  # fmt: skip
    assert told == [["A"], ["B"], ["B"], ["A"], ["A"]]


def test_what_flaps_comes_back_only_so_often(db: sqlite3.Connection) -> None:
    for n in range(60):
        take(db, a(1, "AB"[n % 2]))
    assert texts(db) == [*"AB" * (MOST_REVISIONS // 2)]
    take(db, a(1, "C"))
    assert texts(db)[-1] == "C"  # a new headline is stored


def test_an_article_that_a_person_adds_again_does_not_come_back(db: sqlite3.Connection) -> None:
    added = Origin("added", "en", "A paper", origin="added")
    for title in "ABA":
        Entries(db).take([a(1, title)], added, NOW)
    assert texts(db) == [*"AB"]


def test_of_an_item_that_a_document_shows_twice_no_text_comes_back(db: sqlite3.Connection) -> None:
    numbers = take(db, a(1, "A")).numbers
    take(db, a(1, "A", guid="other"))
    for _ in range(3):
        take(db, a(1, "B"), a(1, "A", guid="other"))
    assert texts(db) == [*"AB"]
    Entries(db).take([a(1, "A", guid="other")], FEED, NOW, present=[numbers["g1"]])
    take(db, a(1, "A"), a(1, "B"))
    assert texts(db) == [*"AB"]


def test_two_guids_of_one_item_with_two_texts_in_one_document(db: sqlite3.Connection) -> None:
    """Each text is weighed against those before it, also where these came with it."""
    take(db, a(1, "First"))
    take(db, a(1, "First", guid="other"))
    both = take(db, a(1, "Second"), a(5), a(1, "Third", guid="other"), a(6))
    assert (both.new, both.revised) == (2, 2)
    again = take(db, a(1, "Fourth"), a(1, "Fourth", guid="other"))
    assert (again.new, again.revised) == (0, 1)
    titles = [row[0] for row in db.execute("SELECT title FROM revisions ORDER BY number")]
    assert titles == ["First", "Second", "Headline 5", "Third", "Headline 6", "Fourth"]


def test_an_item_has_the_language_of_its_text(db: sqlite3.Connection) -> None:
    take(db, a(1, "美国将40家中国企业列入实体清单"), a(2, "US adds 40 firms"))
    rows = db.execute("SELECT lang FROM revisions ORDER BY title").fetchall()
    assert [row["lang"] for row in rows] == ["en", "zh-Hans"]


def test_changed_guids_make_no_doubles(db: sqlite3.Connection) -> None:
    take(db, a(1), a(2))
    done = take(db, a(1, guid="other1"), a(2, guid="other2"))
    assert (done.new, done.shared, count(db)) == (0, 2, 2)


def test_flipped_scheme_in_guid_and_link_makes_no_double(db: sqlite3.Connection) -> None:
    take(db, a(1, guid="http://news.example/1", link="http://news.example/1"))
    link = "https://www.news.example/1?utm_source=rss"
    assert take(db, a(1, guid="https://news.example/1", link=link)).new == 0


def test_a_nul_in_guid_or_link_hides_no_item(db: sqlite3.Connection) -> None:
    take(db, a(1, guid="x\0y", link=""), a(2, guid="", link="https://news.example/\0z"))
    edited = (a(1, "Edited", guid="x\0y", link=""),
              a(2, "Edited", guid="", link="https://news.example/\0z"))  # fmt: skip
    done = take(db, *edited)
    assert (done.new, done.revised) == (0, 2)


def test_changed_guid_and_link_are_found_by_title_and_moment(db: sqlite3.Connection) -> None:
    take(db, a(1))
    assert take(db, a(1, guid="new", link="https://moved.example/9")).new == 0


def test_different_guids_in_one_document_are_different_items(db: sqlite3.Connection) -> None:
    same = "https://news.example/page"
    done = take(db, a(1, guid="x", link=same), a(2, guid="y", link=same))
    assert done.new == 2
    assert take(db, a(1, guid="x", link=same), a(2, guid="y", link=same)).new == 0


def test_a_guid_repeated_in_one_document_is_one_item(db: sqlite3.Connection) -> None:
    assert take(db, a(1, guid="g"), a(2, guid="g"), a(3, guid="g")).new == 1


def test_items_without_guid_that_all_link_home_are_kept_apart(db: sqlite3.Connection) -> None:
    items = [a(n, guid="", link="https://news.example/") for n in range(4)]
    assert take(db, *items).new == 4
    assert take(db, *items).new == 0


def test_a_guid_of_another_feed_is_another_item(db: sqlite3.Connection) -> None:
    take(db, a(1, "Mine"), feed="mine")
    take(db, a(1, "Stolen"), feed="thief")
    titles = dict(db.execute("SELECT feed, title FROM entries").fetchall())
    assert titles == {"mine": "Mine", "thief": "Stolen"}


def test_items_cut_out_before_parsing_still_stand_in_the_document(db: sqlite3.Connection) -> None:
    """A new guid with the link of an item that is there, though cut out, is a new item."""
    numbers = take(db, a(1)).numbers
    new = a(5, guid="new", link="https://news.example/1")
    done = Entries(db).take([new], FEED, NOW, present=[numbers["g1"]])
    assert (done.new, done.shared) == (1, 1)


def test_revisions_have_an_end_but_new_headlines_none(db: sqlite3.Connection) -> None:
    for n in range(40):
        Entries(db).take([Arrival("g", "", "Title", f"text {n}")], FEED, NOW)
    assert db.execute("SELECT revisions FROM items").fetchone()[0] == 24
    take(db, Arrival("g", "", "Another title", "text 41"))
    assert db.execute("SELECT revisions FROM items").fetchone()[0] == 25


def test_texts_can_be_neither_changed_nor_deleted(db: sqlite3.Connection) -> None:
    take(db, a(1))
    for sql in ("UPDATE revisions SET title = 'x'", "DELETE FROM revisions", "DELETE FROM items"):
        with pytest.raises(sqlite3.IntegrityError):
            db.execute(sql)


def test_what_is_stored_cannot_steer_a_terminal(db: sqlite3.Connection) -> None:
    nasty = Arrival(
        "g", "javascript:alert(1)", "a\x1b[31m\u202eb", "x\x9b2Jy\x00", publisher="p\x07"
    )
    take(db, nasty)
    row = db.execute("SELECT * FROM entries").fetchone()
    assert (row["title"], row["url"], row["summary"]) == ("ab", "", "x2Jy")


def test_a_withdrawn_item_is_left_out_and_does_not_come_back(db: sqlite3.Connection) -> None:
    take(db, a(1))
    item_id = db.execute("SELECT id FROM entries").fetchone()[0]
    assert Entries(db).withdraw(item_id)
    take(db, a(1, "Edited"))
    assert count(db) == 0
    assert Entries(db).withdraw(item_id, back=True)
    assert count(db) == 1


def test_the_newest_are_chosen_and_shown_newest_last(db: sqlite3.Connection) -> None:
    take(db, *(a(n) for n in range(5)))
    rows = Entries(db).find(Wanted(limit=2))
    assert [row["title"] for row in rows] == ["Headline 1", "Headline 0"]
    assert [r["title"] for r in Entries(db).find(Wanted(grep="headline 3"))] == ["Headline 3"]
    assert Entries(db).find(Wanted(since="2025-07-16")) == []


def test_both_bounds_are_inclusive_days(db: sqlite3.Connection) -> None:
    take(db, a(1), a(13), a(25))  # 11:00 of the 15th, then the 14th: 23:00 and 11:00
    found = Entries(db).find(Wanted(since="2025-07-14", until="2025-07-14"))
    assert [row["title"] for row in found] == ["Headline 25", "Headline 13"]


def test_of_several_items_with_one_link_the_first_counts(db: sqlite3.Connection) -> None:
    same = "https://news.example/same"
    take(db, a(1, link=same), a(2, link=same))
    take(db, a(3, guid="new", link=same))
    rows = db.execute("SELECT item_id FROM guids WHERE guid IN ('g1', 'new')").fetchall()
    assert len({row[0] for row in rows}) == 1
    assert count(db) == 2


def test_an_earlier_text_stands_until_a_later_one_could_be_known(db: sqlite3.Connection) -> None:
    """A text may name a day that is to come: until then the one before it is what was known."""
    seen = datetime(2025, 7, 15, 20, tzinfo=UTC)
    early = Arrival("g", "", "Said", "x", published=datetime(2025, 7, 14, 9, tzinfo=UTC))
    late = Arrival("g", "", "Corrected", "x", published=datetime(2025, 7, 16, 5, tzinfo=UTC))
    Entries(db).take([early], FEED, datetime(2025, 7, 14, 10, tzinfo=UTC))
    Entries(db).take([late], FEED, seen)
    told = [[one.title for _, one in revisions.known_by(db, date(2025, 7, day))]
            for day in (13, 14, 15, 16)]  # fmt: skip
    assert told == [[], ["Said"], ["Said"], ["Corrected"]]
