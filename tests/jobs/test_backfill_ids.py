"""Ids that several rows share: a row number in every export is no reason to lose an item."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.jobs.archives import held, jsonl
from tests.jobs.rooms import Room, copied
from tracker.jobs import backfill as job
from tracker.jobs import backfill_spread as spread
from tracker.jobs.backfill import SHARED_ID, Report, Wish, backfill
from tracker.store.derived import Derived
from tracker.store.entries import Entries, Wanted

Item = Mapping[str, Any]


def item(number: int, story: int, **more: str) -> Item:
    """A row of a table: its number there, and the article that it tells of."""
    metal = ("antimony", "gallium", "tungsten", "graphite", "indium", "bismuth")[story]
    return {
        "id": str(number), "title": f"China bans exports of {metal} to Japan", "summary": "",
        "published": f"2026-05-{story * 4 + 1:02}", "publisher": f"Paper {story}",
        "url": f"https://paper{story}.example/{metal}",
    } | more  # fmt: skip


def run(room: Room, *paths: Path, **wish: Any) -> Report:
    jobs = wish.get("jobs", 1)
    how: job.Spread = (lambda p, t: spread.processes(p, t, jobs)) if jobs > 1 else spread.alone
    return backfill(room.house, Wish(paths, **wish), how, lambda *_: None)


def texts(room: Room) -> list[tuple[str, int]]:
    found = Entries(room.house.reader()).find(Wanted())
    return sorted((row["title"], row["revisions"]) for row in found)


def told(*stories: int) -> list[tuple[str, int]]:
    return sorted((str(item(0, story)["title"]), 1) for story in stories)


def test_one_id_with_another_link_and_title_is_another_item_and_is_said(filled: Room) -> None:
    folder = filled.folder
    one = jsonl(folder / "a.jsonl", [item(1, 0), item(2, 1)])
    two = jsonl(folder / "b.jsonl", [item(3, 2), item(1, 3), item(2, 4)])
    report = run(filled, one, two)

    assert (report.stored, report.revised) == (5, 0)
    assert report.noted == {SHARED_ID: (2, f"{two} line 2")}
    assert texts(filled) == told(0, 1, 2, 3, 4)
    assert report.events - report.events_before == 5
    found = Derived(filled.house.reader()).events("origin = 'news'", ())
    assert {one.title for one in found} == {title for title, _ in told(0, 1, 2, 3, 4)}


@pytest.mark.parametrize("apart", [False, True], ids=["one file", "one after the other"])
@pytest.mark.parametrize("batch", [1, 1000])
def test_however_they_come_the_database_holds_the_same(
    tmp_path: Path, template: Path, monkeypatch: pytest.MonkeyPatch, batch: int, *, apart: bool
) -> None:
    monkeypatch.setattr(job, "BATCH", batch)
    edited = item(1, 0, title="China bars exports of antimony", published="2026-06-01")
    rows = [item(1, 0), item(1, 1), edited, item(2, 2), item(2, 3)]
    paths = [jsonl(tmp_path / f"{n}.jsonl", [row]) for n, row in enumerate(rows)] if apart else []
    paths = paths or [jsonl(tmp_path / "a.jsonl", rows)]
    found = []
    for name, order, jobs in (("a", paths, 1), ("b", paths[::-1], 1), ("c", paths, 2)):
        room = copied(template, tmp_path / name)
        report = run(room, *order, jobs=jobs)
        assert (report.stored, report.revised) == (4, 1)
        before = held(room.house.paths.db)
        again = run(room, *order, again=True)
        assert (again.stored, again.revised, again.known, again.noted) == (0, 0, 5, {})
        assert held(room.house.paths.db) == before
        room.house.close()
        found.append(held(room.house.paths.db))
    assert found[0] == found[1] == found[2]


@pytest.mark.parametrize(
    "edited",
    [{"title": "China bars antimony"}, {"url": "https://elsewhere.example/a"},
     {"url": ""}, {"summary": "More."}],
    ids=str,
)  # fmt: skip
def test_where_link_or_title_is_the_same_it_is_a_text_of_the_same_item(
    filled: Room, edited: dict[str, str]
) -> None:
    """A link or a title alone may change; a table without links has its ids and nothing else."""
    first = run(filled, jsonl(filled.folder / "a.jsonl", [item(1, 0)]))
    later = item(1, 0, published="2026-06-01", **edited)
    second = run(filled, jsonl(filled.folder / "b.jsonl", [later]))

    assert (first.stored, second.stored, second.noted.get(SHARED_ID)) == (1, 0, None)
    unlinked = [item(7, 0, url=""), item(7, 1, url="")]
    assert run(filled, jsonl(filled.folder / "c.jsonl", unlinked)).revised == 1


def test_exports_that_overlap_under_other_row_numbers_hold_each_article_once(
    filled: Room,
) -> None:
    first = [item(1, 0), item(2, 1), item(3, 2), item(4, 3)]
    second = [item(1, 1), item(2, 2), item(3, 3), item(4, 4), item(5, 5)]
    report = run(filled, jsonl(filled.folder / "a.jsonl", first),
                 jsonl(filled.folder / "b.jsonl", second))  # fmt: skip

    assert (report.stored, report.known, report.revised) == (6, 3, 0)
    assert report.noted[SHARED_ID][0] == 1  # the fifth article had another's number
    assert texts(filled) == told(0, 1, 2, 3, 4, 5)
