"""``backfill`` from files to events: counted, in order of time, resumable, the same every way."""

from __future__ import annotations

import gzip
import json
import re
import shutil
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

import pytest

from tests.jobs.archives import held, jsonl, rows, rss
from tests.jobs.rooms import Room
from tracker.archives.parts import Part
from tracker.cli.progress import told
from tracker.core.identity import item_id
from tracker.errors import Busy, UsageProblem
from tracker.jobs import backfill as job
from tracker.jobs import backfill_spread as spread
from tracker.jobs.backfill import KEPT, Report, Wish, as_json, backfill, lines
from tracker.jobs.backfill_part import UNLINKED, Result, Task
from tracker.store.derived import Derived
from tracker.store.entries import Entries, Wanted
from tracker.store.schema import set_meta

ITEM = {
    "title": "US bans H20 exports to China", "summary": "Licences are needed.",
    "published": "2025-04-15", "url": "https://news.example/a", "publisher": "Example Wire",
}  # fmt: skip


def run(room: Room, *paths: Path, **wish: object) -> Report:
    def tick(step: str, done: int, total: int) -> None:
        ticks.append((step, done, total))

    ticks: list[tuple[str, int, int]] = []
    report = backfill(room.house, Wish(paths, **wish), spread.alone, tick)  # type: ignore[arg-type]  # given by name
    assert all(done <= total for _, done, total in ticks)
    return report


def stored(room: Room) -> list[str]:
    return [row["title"] for row in Entries(room.house.reader()).find(Wanted())]


def test_items_are_stored_derived_and_counted(filled: Room) -> None:
    report = run(filled, jsonl(filled.folder / "a.jsonl", rows(200)))

    assert (report.read, report.stored, report.known, report.skipped) == (200, 200, 0, {})
    assert report.events > report.events_before
    assert len(stored(filled)) == 200


def test_nothing_is_stored_by_rules_that_changed_while_it_was_read(filled: Room) -> None:
    path = jsonl(filled.folder / "a.jsonl", rows(20))
    db = filled.house.writer()

    def outrun(parts: Sequence[Part], task: Task) -> Iterator[Result]:
        yield from spread.alone(parts, task)
        set_meta(db, "rules", "other rules")

    with pytest.raises(Busy, match="Rules changed while the archives were read"):
        backfill(filled.house, Wish((path,)), outrun, lambda *_: None)
    assert stored(filled) == []
    report = run(filled, path)
    assert (report.stored, report.read) == (20, 20)


def test_a_second_run_stores_nothing(filled: Room) -> None:
    path = jsonl(filled.folder / "a.jsonl", rows(50))
    run(filled, path)
    before = held(filled.house.paths.db)

    assert run(filled, path).unchanged == 1
    again = run(filled, path, again=True)

    assert (again.stored, again.revised, again.known) == (0, 0, 50)
    assert held(filled.house.paths.db) == before


def test_items_are_known_from_the_day_they_were_published(filled: Room) -> None:
    run(filled, jsonl(filled.folder / "a.jsonl", [ITEM]))
    (row,) = Entries(filled.house.reader()).find(Wanted())
    (entry,) = Entries(filled.house.reader()).revisions(row["id"])

    assert entry.origin == "backfill"
    assert entry.known.isoformat() == "2025-04-15"


def test_what_is_no_item_is_counted_with_its_reason_and_line(filled: Room) -> None:
    path = jsonl(filled.folder / "a.jsonl", [
        ITEM, "{broken", {**ITEM, "title": " "}, "", {**ITEM, "published": None},
        {**ITEM, "published": "soon"}, {**ITEM, "published": "2199-01-01"}, "[1]", ITEM,
    ])  # fmt: skip

    report = run(filled, path)

    assert (report.read, report.stored, report.known) == (8, 1, 1)
    assert {why: (n, where.rpartition(" line ")[2]) for why, (n, where) in report.skipped.items()} == {
        "not a JSON object": (2, "2"), "no title": (1, "3"), "no date": (1, "5"),
        "a date that cannot be read": (1, "6"), "an improbable date": (1, "7"),
    }  # fmt: skip
    assert "2 not a JSON object" in lines(report)


@pytest.mark.parametrize("link", ["", "mailto:desk@news.example"])
def test_what_has_no_address_makes_no_event_and_is_no_witness_and_is_said(
    filled: Room, link: str
) -> None:
    act = {"title": "China bans exports of antimony to Japan", "published": "2026-06-26"}
    told = [{**act, "id": name, "publisher": name, "url": link} for name in ("Reuters", "FT")]
    first = jsonl(filled.folder / "a.jsonl", told)
    report = run(filled, first)

    assert (report.stored, report.events) == (2, report.events_before)
    assert report.noted == {UNLINKED: (2, f"{first} line 1")}
    assert f"2 {UNLINKED}" in lines(report)
    assert json.loads(as_json(report))["noted"][0]["items"] == 2

    linked = {**act, "publisher": "Nikkei", "url": "https://nikkei.example/a"}
    report = run(filled, jsonl(filled.folder / "b.jsonl", [linked]))
    assert (report.events - report.events_before, report.noted) == (1, {})
    (event,) = Derived(filled.house.reader()).events("origin = 'news'", ())
    assert (event.reports, event.witnesses, len(event.sources)) == (3, 1, 1)


def test_one_page_of_two_publishers_is_one_origin(filled: Room) -> None:
    act = {"title": "China bans exports of antimony to Japan", "published": "2026-06-26",
           "url": "https://news.example/antimony"}  # fmt: skip
    told = [{**act, "publisher": name} for name in ("Example News", "Other News")]
    run(filled, jsonl(filled.folder / "a.jsonl", told))
    (event,) = Derived(filled.house.reader()).events("origin = 'news'", ())
    assert (event.witnesses, event.status, len(event.sources)) == (1, "reported", 1)


def test_what_steers_a_terminal_is_left_out_whole(filled: Room) -> None:
    odd = {**ITEM, "title": "US bans \x1b[31mH20\x1b[0m exports to China"}
    report = run(filled, jsonl(filled.folder / "a.jsonl", [json.dumps(odd)]), matching=True)

    assert (report.stored, stored(filled)) == (1, [ITEM["title"]])


def test_captured_items_without_an_address_make_no_event(filled: Room) -> None:
    act = {"id": "1", "title": "China bans exports of antimony to Japan", "url": "",
           "summary": "It said so.", "published": "2026-06-26T08:00:00Z"}  # fmt: skip
    for name in ("one.xml", "two.xml"):
        (filled.folder / name).write_text(
            rss([act]).replace("<guid>", "<guid isPermaLink='false'>")
        )
    report = run(filled, filled.folder / "one.xml", filled.folder / "two.xml")

    assert (report.stored, report.events) == (2, report.events_before)
    assert [count for count, _ in report.noted.values()] == [2]


def test_an_article_that_a_feed_has_shown_is_known(filled: Room) -> None:
    db = filled.house.writer()
    shown = item_id("wire", "g", "https://news.example/shown")
    filled.arrive(db, "Shown too", published="2025-04-16T00:00:00Z", item=shown)

    report = run(
        filled, jsonl(filled.folder / "a.jsonl", [{**ITEM, "url": "https://news.example/shown"}])
    )

    assert (report.stored, report.known) == (0, 1)


ALIKE = {**ITEM, "published": "2025-04-15T08:30:00Z"}
CAPTURED = [
    [{**ALIKE, "id": "1", "url": "https://news.example/f1"}, {**ALIKE, "id": "2", "url": ""}],
    [{**ALIKE, "id": "3", "url": ""}, {**ALIKE, "id": "4", "url": "https://news.example/f4"},
     {**ALIKE, "id": "5", "title": "Edited", "url": "https://news.example/f1"}],
]  # fmt: skip
MIXED = [
    *({**ALIKE, "id": f"a{n}", "url": f"https://news.example/a{n}"} for n in range(4)),
    *({**ALIKE, "id": f"b{n}", "title": f"Edition {n}"} for n in range(3)),  # one link
    {**ALIKE, "id": "a1", "url": "https://news.example/a1", "published": "2025-04-16T08:30:00Z"},
    {**ALIKE, "title": "US bans H20", "url": "https://news.example/c"},
    {**ALIKE, "title": "US bans H20 now", "url": "https://news.example/c"},
    *rows(30),
]  # fmt: skip


@pytest.fixture
def collected(tmp_path: Path) -> Path:
    """Items that share links, or titles and moments, in one archive and in captured feeds."""
    folder = tmp_path / "collected"
    folder.mkdir()
    jsonl(folder / "a.jsonl", MIXED)
    jsonl(folder / "b.jsonl", [{**one, "id": f"again {one.get('id')}"} for one in MIXED[:6]])
    for number, items in enumerate(CAPTURED):
        (folder / f"wire-{number}.xml").write_text(rss(items), encoding="utf-8")
    return folder


@pytest.mark.parametrize("size", [1, 2, 3])
def test_the_size_of_batches_changes_nothing(
    tmp_path: Path, template: Path, collected: Path, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    found = []
    for number, batch in enumerate((job.BATCH, size)):
        folder = tmp_path / f"room{number}"
        folder.mkdir()
        shutil.copy(template, folder / template.name)
        room = Room(folder)
        monkeypatch.setattr(job, "BATCH", batch)
        report = run(room, collected)
        room.house.close()
        lines = [line for line in held(room.house.paths.db) if _KEPT.match(line)]
        found.append((report.stored, report.revised, report.known, lines))

    assert found[0] == found[1]


_KEPT = re.compile(r'INSERT INTO "(items|guids|revisions|events|event_ids|event_members)"')


def test_different_guids_of_one_archive_are_different_items(filled: Room) -> None:
    same = [one for one in MIXED if str(one.get("id", "")).startswith(("a", "b"))]
    report = run(filled, jsonl(filled.folder / "a.jsonl", same))
    assert (report.stored, report.known) == (7, 1)

    other = [{**one, "id": f"again {one['id']}"} for one in same[:4]]
    report = run(filled, jsonl(filled.folder / "b.jsonl", other))
    assert (report.stored, report.known) == (0, 4)  # another archive: their links tell


def numbered(number: int) -> dict[str, str]:
    return {**ALIKE, "id": f"p{number}", "url": f"https://paper{number}.example/a"}


@pytest.mark.parametrize("cut", [[3], [1, 1, 1], [2, 1]], ids=str)
@pytest.mark.parametrize(
    ("items", "count"),
    [
        ([numbered(n) for n in range(3)], 3),
        ([{**numbered(n), "id": ""} for n in range(3)], 3),
        ([{**numbered(n), "url": ""} for n in range(3)], 3),
        ([{**ALIKE, "id": "", "url": ""}] * 3, 1),
        ([numbered(0), {**numbered(1), "url": ""}, {**ALIKE, "id": "", "url": ""}], 3),
    ],
    ids=["id and link", "link", "id", "neither", "some of each"],
)
def test_papers_that_print_one_text_at_one_moment_are_kept_however_the_archive_is_cut(
    filled: Room, items: list[dict[str, str]], count: int, cut: list[int]
) -> None:
    left = iter(items)
    paths = [
        jsonl(filled.folder / f"{number}.jsonl", list(islice(left, size)))
        for number, size in enumerate(cut)
    ]
    first, again = run(filled, *paths), run(filled, *paths, again=True)

    assert (first.stored, first.known) == (count, 3 - count)
    assert (again.stored, again.revised, again.known) == (0, 0, 3)


def test_a_captured_feed_with_new_guids_and_links_shows_the_items_that_it_had(
    filled: Room,
) -> None:
    """As to ``poll``: a feed is one paper, and its site moved."""
    folder = filled.folder / "wire"
    folder.mkdir()
    for number in range(2):
        (folder / f"2025-04-1{number + 5}.xml").write_text(rss([numbered(number)]), "utf-8")
    report = run(filled, folder)

    assert (report.stored, report.known) == (1, 1)


def test_an_edited_text_is_a_revision(filled: Room) -> None:
    later = {**ITEM, "id": "1", "title": "US bans H20 exports", "published": "2025-04-16"}
    report = run(filled, jsonl(filled.folder / "a.jsonl", [later, {**ITEM, "id": "1"}]))

    assert (report.stored, report.revised) == (1, 1)
    again = run(filled, filled.folder / "a.jsonl", again=True)
    assert (again.stored, again.revised, again.known) == (0, 0, 2)  # no text comes back
    assert stored(filled) == ["US bans H20 exports"]


def test_only_what_concerns_the_subject_is_kept_where_wished(filled: Room) -> None:
    items = [ITEM, {**ITEM, "title": "How to cook rice", "summary": "", "url": ""}]
    report = run(filled, jsonl(filled.folder / "a.jsonl", items), matching=True)

    assert (report.stored, report.unmatched) == (1, 1)


def test_items_go_to_the_feed_that_the_user_names(filled: Room) -> None:
    run(filled, jsonl(filled.folder / "a.jsonl", [ITEM]), feed="mine")
    (row,) = Entries(filled.house.reader()).find(Wanted())

    assert row["feed"] == "mine"


@pytest.mark.parametrize("count", [150, 2000], ids=["in the rows looked at", "later"])
def test_packed_lines_are_read_up_to_where_they_are_cut(filled: Room, count: int) -> None:
    plain = jsonl(filled.folder / "a.jsonl", rows(count)).read_bytes()
    path, packed = filled.folder / "b.jsonl.gz", gzip.compress(plain)
    path.write_bytes(packed[: len(packed) * 2 // 3])

    report = run(filled, path)

    assert 0 < report.stored < count
    assert [why for why in report.skipped if "cut off" in why]


def test_packed_lines_are_read_up_to_where_they_are_damaged(filled: Room) -> None:
    packed = bytearray(gzip.compress(jsonl(filled.folder / "a.jsonl", rows(2000)).read_bytes()))
    path, at = filled.folder / "b.jsonl.gz", len(packed) * 2 // 3
    packed[at : at + 40] = b"\xff" * 40
    path.write_bytes(packed)

    report = run(filled, path)

    ((_, (count, where)),) = report.skipped.items()
    assert 0 < report.stored < 2000
    assert (count, where) == (1, f"{path} line {report.stored + 1}")

    packed[20:60] = b"\xff" * 40
    path.write_bytes(packed)
    with pytest.raises(UsageProblem, match="cannot be read"):
        run(filled, path)


def test_wrong_columns_are_named_before_anything_is_read(filled: Room) -> None:
    path = jsonl(filled.folder / "a.jsonl", [{"titel": "x", "published": "2025-01-01"}])
    with pytest.raises(UsageProblem, match="has no column title") as caught:
        run(filled, path)

    assert "titel -> title" in caught.value.hint
    with pytest.raises(UsageProblem, match="is not there"):
        run(filled, filled.folder / "none.jsonl")


def test_in_a_folder_the_good_files_are_read_and_the_others_named(filled: Room) -> None:
    folder = filled.folder / "archive"
    folder.mkdir()
    jsonl(folder / "a.jsonl", [ITEM])
    jsonl(folder / "b.jsonl", [{"headline": "x"}])
    (folder / "picture.png").write_bytes(b"\x89PNG....")

    report = run(filled, folder)

    assert report.stored == 1
    assert [Path(one.path).name for one in report.refused] == ["b.jsonl", "picture.png"]


def test_items_without_a_link_do_not_ask_for_each_other(
    filled: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each would read all before it, and a long archive would never end."""
    several = [{**one, "url": ""} for one in rows(40)]
    run(filled, jsonl(filled.folder / "a.jsonl", several[:1]))
    asked: list[str] = []
    db = filled.house.writer()
    db.set_trace_callback(asked.append)
    monkeypatch.setattr(filled.house, "writer", lambda: db)
    run(filled, jsonl(filled.folder / "b.jsonl", several[1:]))

    assert len([sql for sql in asked if "JOIN guids ON" in sql]) == 1
    assert not [sql for sql in asked if "ON link =" in sql]


def test_what_a_stopped_run_left_without_events_the_next_poll_joins(filled: Room) -> None:
    path = jsonl(filled.folder / "a.jsonl", rows(60))

    def tick(step: str, done: int, total: int) -> None:
        if step == "Storing" and done == total:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        backfill(filled.house, Wish((path,)), spread.alone, tick)
    db = filled.house.writer()
    before = db.execute("SELECT count(*) FROM events WHERE origin = 'news'").fetchone()[0]
    filled.derive(db)
    after = db.execute("SELECT count(*) FROM events WHERE origin = 'news'").fetchone()[0]
    filled.derive(db)

    assert (before, after > 0) == (0, True)
    assert [node for node in Derived(db).without_event() if "/" not in node] == []


@pytest.mark.parametrize(
    ("at", "says"),
    [
        (
            "Reading",
            "stopped: 0 of 1 parts are read, their items are not all stored; the same command goes",
        ),
        ("Storing", "stopped: 60 of 60 items are stored; the same command goes on"),
        ("Joining", "stopped: all items are stored, not all stand in events yet; the same"),
    ],
)
def test_a_run_that_is_stopped_says_what_is_kept(filled: Room, at: str, says: str) -> None:
    def stopped_run() -> None:
        with told(filled.house, KEPT) as tick:

            def until(step: str, done: int, total: int) -> None:
                tick(step, done, total)
                if step == at:
                    raise SystemExit(130)

            backfill(filled.house, Wish((path,)), spread.alone, until)

    path = jsonl(filled.folder / "a.jsonl", rows(60))
    with pytest.raises(SystemExit, match="130"):
        stopped_run()
    assert filled.house.stderr.getvalue().startswith(f"tracker: {says}")


def test_a_run_that_ends_by_itself_says_nothing_of_that(filled: Room) -> None:
    path = jsonl(filled.folder / "a.jsonl", rows(1))
    with told(filled.house, KEPT) as tick:
        backfill(filled.house, Wish((path,)), spread.alone, tick)
    assert filled.house.stderr.getvalue() == ""
