"""``backfill`` of every form of archive, whole and damaged."""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path

import pytest

from tests.jobs.archives import git, jsonl, page, parquet, rows, rss, warc
from tests.jobs.rooms import Room
from tests.jobs.test_backfill import ITEM, run, stored
from tracker.archives import find
from tracker.archives import warc as warcs
from tracker.archives.parts import Archive, Refused
from tracker.errors import UsageProblem
from tracker.jobs.backfill import Report, lines
from tracker.store.derived import Derived
from tracker.store.entries import Entries, Wanted

RELEVANT = [one for one in rows(60) if "exports" in one["title"]]


def entries(room: Room) -> list[tuple[str, ...]]:
    found = Entries(room.house.reader()).find(Wanted())
    return [(row["feed"], row["title"], row["published"][:10], row["publisher"]) for row in found]


# ---- Parquet ------------------------------------------------------------------------------------


def test_parquet_gives_what_lines_give(filled: Room) -> None:
    items = rows(250)
    run(filled, parquet(filled.folder / "a.parquet", items))
    report = run(filled, jsonl(filled.folder / "a.jsonl", items))

    assert (report.stored, report.known) == (0, 250)


def test_parquet_dates_may_be_dates(filled: Room) -> None:
    from datetime import date, datetime

    items = [
        {**ITEM, "url": "https://news.example/1", "published": date(2025, 4, 15)},
    ]
    other = [{**ITEM, "url": "https://news.example/2", "published": datetime(2025, 4, 16, 8)}]  # noqa: DTZ001 - as tables hold them
    run(
        filled,
        parquet(filled.folder / "a.parquet", items),
        parquet(filled.folder / "b.parquet", other),
    )

    assert [one[2] for one in entries(filled)] == ["2025-04-15", "2025-04-16"]


def test_wrong_columns_of_parquet_are_named(filled: Room) -> None:
    path = parquet(filled.folder / "a.parquet", [{"title": "x", "publishd": "2025-01-01"}])
    with pytest.raises(UsageProblem, match="has no column published") as caught:
        run(filled, path)

    assert "publishd -> published" in caught.value.hint


def test_a_cut_off_parquet_is_named(filled: Room) -> None:
    path = parquet(filled.folder / "a.parquet", rows(50))
    path.write_bytes(path.read_bytes()[:-100])

    with pytest.raises(UsageProblem, match="damaged or cut-off Parquet"):
        run(filled, path)


def test_a_damaged_row_group_costs_its_rows_only(filled: Room) -> None:
    path = parquet(filled.folder / "a.parquet", rows(300))
    data = bytearray(path.read_bytes())
    data[10:300] = bytes(290)
    path.write_bytes(data)

    report = run(filled, path)

    assert report.stored == 200
    assert report.read == 300
    assert report.skipped == {"rows of a damaged row group": (100, f"{path} row 1")}


# ---- WARC ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("packed", [True, False], ids=["packed", "plain"])
def test_pages_that_concern_the_subject_are_kept(filled: Room, *, packed: bool) -> None:
    items = rows(60)
    report = run(filled, warc(filled.folder / "a.warc.gz", items, packed=packed))

    assert report.read == 59  # one is a picture
    assert report.stored + report.unmatched == 59
    assert {one["title"] for one in RELEVANT} - {items[3]["title"]} <= set(stored(filled))
    assert not [title for title in stored(filled) if "rice" in title or "marathon" in title]
    assert {one[3] for one in entries(filled)} == {"Example Wire"}


@pytest.mark.parametrize("packed", [True, False], ids=["packed", "plain"])
def test_what_is_damaged_costs_its_own_record(filled: Room, *, packed: bool) -> None:
    path = warc(filled.folder / "a.warc.gz", rows(60), packed=packed)
    data = bytearray(path.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 40] = b"\x00" * 40
    path.write_bytes(data)

    report = run(filled, path)

    damaged = sum(count for why, (count, _) in report.skipped.items() if "damaged" in why)
    assert report.read - damaged >= 57
    assert damaged == 1 or not packed  # a plain page with some wrong bytes is still a page


@pytest.mark.parametrize("packed", [True, False], ids=["packed", "plain"])
def test_a_cut_off_crawl_is_read_up_to_there(filled: Room, *, packed: bool) -> None:
    path = warc(filled.folder / "a.warc.gz", rows(60), packed=packed)
    path.write_bytes(path.read_bytes()[:-150])

    report = run(filled, path)

    assert 57 <= report.read <= 59
    assert [why for why in report.skipped if "cut off" in why]


@pytest.mark.parametrize("packed", [True, False], ids=["packed", "plain"])
def test_wherever_a_crawl_is_cut_off_is_told(tmp_path: Path, *, packed: bool) -> None:
    path = tmp_path / "a.warc.gz"
    begun = len(warc(path, rows(2), packed=packed).read_bytes())
    whole = warc(path, rows(3), packed=packed).read_bytes()
    silent = 0
    for size in range(begun + 1, len(whole) - 8):
        path.write_bytes(whole[:size])
        (part,) = find.cut(find.find([path]).archives)
        silent += not [raw for raw in find.read(part) if raw.problem]

    # The request before the page may be whole, but for ends of line, a sum and a length.
    assert silent <= 16


@pytest.mark.parametrize("packed", [True, False], ids=["packed", "plain"])
def test_stretches_of_a_crawl_hold_each_record_once(
    filled: Room, monkeypatch: pytest.MonkeyPatch, *, packed: bool
) -> None:
    items = rows(60)
    path = warc(filled.folder / "a.warc.gz", items, packed=packed)
    monkeypatch.setattr(warcs, "STRETCH", 3000)
    parts = find.cut(find.find([path]).archives)
    names = [raw.name for part in parts for raw in find.read(part)]

    assert len(parts) > 3
    assert names == [item["url"] for n, item in enumerate(items) if n != 3]


def test_a_crawl_is_cut_so_that_several_processes_can_read_it() -> None:
    def parts(size: int) -> int:
        return len(warcs.cut(Archive("a.warc.gz", "warc", "1", size, ("a.warc.gz",)), 0))

    assert parts(500_000) == 1
    assert 10 < parts(20 << 20) <= 20
    assert parts(1 << 30) == 64


def test_a_page_without_a_day_is_skipped(filled: Room) -> None:
    item = {**ITEM, "published": ""}
    assert b"published_time" in page(item)

    report = run(filled, warc(filled.folder / "a.warc", [item]))

    assert (report.stored, list(report.skipped)) == (0, ["no date"])


@pytest.mark.parametrize(
    ("module", "form"), [("warcio.archiveiterator", "a.warc.gz"), ("pyarrow", "a.parquet")]
)
def test_a_missing_extra_is_named(
    filled: Room, monkeypatch: pytest.MonkeyPatch, module: str, form: str
) -> None:
    path = filled.folder / form
    (warc if "warc" in form else parquet)(path, rows(5))
    monkeypatch.setitem(sys.modules, module, None)

    with pytest.raises(UsageProblem, match="is not installed") as caught:
        run(filled, path)

    assert caught.value.hint == "pip install 'tracker[archives]'"


# ---- captured feeds -----------------------------------------------------------------------------


def test_a_folder_of_captured_feeds_is_one_archive(filled: Room) -> None:
    folder = filled.folder / "captured"
    (folder / "ustr").mkdir(parents=True)
    (folder / "ustr" / "1.xml").write_text(rss([{**ITEM, "id": "1"}]))
    edited = {**ITEM, "id": "1", "title": "US bans H20 exports: update", "published": "2025-04-16"}
    (folder / "ustr" / "2.xml").write_text(rss([edited]))
    (folder / "page.html").write_text("<html><p>no feed")

    report = run(filled, folder)

    assert (report.archives, report.stored, report.revised) == (1, 1, 1)
    title = next(feed.title for feed in filled.house.settings.feeds if feed.id == "ustr")
    assert entries(filled) == [("ustr", "US bans H20 exports: update", "2025-04-16", title)]
    assert [why for why in report.skipped if "not a feed" in why]


def test_a_git_history_gives_every_version(filled: Room) -> None:
    folder = filled.folder / "history"
    folder.mkdir()
    git(folder, "init", "-q")
    first = {**ITEM, "id": "1", "published": "2025-04-15T10:00:00Z"}
    versions = [
        [first], [{**first, "title": "US bans H20 exports: update"}],
        [{**first, "id": "2", "title": "US adds Huawei units to Entity List",
          "url": "https://news.example/b"}],
    ]  # fmt: skip
    for number, items in enumerate(versions):
        (folder / "wire.xml").write_text(rss(items))
        (folder / "notes.txt").write_text(str(number))
        git(folder, "add", ".")
        git(folder, "commit", "-qm", "capture", day=f"2025-05-0{number + 1}")

    report = run(filled, folder)

    assert (report.read, report.stored, report.revised) == (3, 2, 1)
    assert {one[:2] for one in entries(filled)} == {
        ("wire", "US bans H20 exports: update"), ("wire", "US adds Huawei units to Entity List"),
    }  # fmt: skip
    assert run(filled, folder).unchanged == 1


def test_a_damaged_file_of_a_folder_is_counted_and_costs_itself_only(filled: Room) -> None:
    """Cut off it is read up to there; where its bytes are wrong nothing of it can be believed."""
    folder = filled.folder / "captured"
    folder.mkdir()
    whole = gzip.compress(rss(rows(200)).encode())
    (folder / "cut.xml.gz").write_bytes(whole[: len(whole) // 2])
    (folder / "head.xml.gz").write_bytes(whole[:8])
    (folder / "sum.xml.gz").write_bytes(whole[:-8] + bytes(8))
    jsonl(folder / "good.jsonl", rows(2, seed=5))
    report = run(filled, folder)
    assert report.skipped == {
        "a captured file is cut off": (1, str(folder / "cut.xml.gz")),
        "a captured file cannot be read (damaged)": (1, str(folder / "sum.xml.gz")),
    }
    assert [one.path for one in report.refused] == [str(folder / "head.xml.gz")]
    assert 20 < report.stored < 200
    assert f"  {folder / 'head.xml.gz'} cannot be read: " in lines(report)


def test_many_files_that_cannot_be_read_are_not_told_one_by_one() -> None:
    refused = tuple(Refused(f"f/{n}", "is empty") for n in range(25))
    told = lines(Report(refused=refused)).splitlines()
    assert told[-2:] == ["  f/19 is empty", "  and 5 more files (--format json names each)"]


def test_what_looks_like_a_history_and_is_none_is_named(filled: Room) -> None:
    folder = filled.folder / "broken"
    (folder / ".git").mkdir(parents=True)

    with pytest.raises(UsageProblem, match="no readable git history"):
        run(filled, folder)


def test_a_history_that_lost_its_commits_is_named(filled: Room) -> None:
    folder = filled.folder / "history"
    folder.mkdir()
    git(folder, "init", "-q")
    (folder / "wire.xml").write_text(rss([{**ITEM, "id": "1"}]))
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "capture", day="2025-05-01")
    for one in (folder / ".git" / "objects").glob("??/*"):
        one.unlink()

    with pytest.raises(UsageProblem, match=r"no readable git history .*bad object"):
        run(filled, folder)


DOCUMENT = {
    "document_number": "2025-00001", "title": "Export controls on advanced chips",
    "type": "Rule", "abstract": "BIS amends the EAR.", "publication_date": "2025-01-16",
    "html_url": "https://www.federalregister.gov/d/2025-00001",
    "agencies": [{"name": "Industry and Security Bureau"}],
}  # fmt: skip
OTHER = {**DOCUMENT, "document_number": "2025-00002", "html_url": "https://example.org/2"}


@pytest.mark.parametrize(
    ("name", "text", "count"),
    [
        ("page.json", json.dumps({"count": 1, "results": [DOCUMENT]}, indent=1), 1),
        ("one.json", json.dumps(DOCUMENT), 1),
        ("one.json", json.dumps(DOCUMENT, indent=1), 1),
        ("list.json", json.dumps([DOCUMENT, OTHER]), 2),
        ("pages.json", json.dumps([{"results": [DOCUMENT]}, {"results": [OTHER]}], indent=1), 2),
        ("lines.jsonl", f"{json.dumps(DOCUMENT)}\n{json.dumps(OTHER)}\n", 2),
    ],
)
def test_federal_register_documents_are_items(
    filled: Room, name: str, text: str, count: int
) -> None:
    path = filled.folder / name
    path.write_text(text)
    assert run(filled, path).stored == count
    assert (
        entries(filled)
        == [
            (
                "federal-register",
                "Export controls on advanced chips",
                "2025-01-16",
                "Federal Register",
            )
        ]
        * count
    )
    assert {row["tier"] for row in Entries(filled.house.reader()).find(Wanted())} == {"official"}


def test_what_is_no_document_among_them_is_counted(filled: Room) -> None:
    path = filled.folder / "list.json"
    path.write_text(json.dumps([{"results": [DOCUMENT, 7, {"document_number": "x"}]}]))
    report = run(filled, path)
    assert report.skipped == {"no document of the Federal Register": (2, f"{path} item 2")}


def test_a_skipped_document_of_the_register_is_named_by_its_number(filled: Room) -> None:
    path = filled.folder / "list.json"
    undated = {**OTHER, "publication_date": "not a date"}
    path.write_text(json.dumps([{"results": [DOCUMENT]}, {"results": [{"title": "x"}, undated]}]))
    report = run(filled, path)
    assert report.skipped == {
        "a date that cannot be read": (1, f"{path} item 3"),
        "no document of the Federal Register": (1, f"{path} item 2"),
    }
    lines_ = jsonl(filled.folder / "lines.jsonl", [DOCUMENT, undated])
    assert run(filled, lines_).skipped == {"a date that cannot be read": (1, f"{lines_} line 2")}


def test_a_proposed_rule_is_a_proposal_and_a_correction_no_act(filled: Room) -> None:
    tools = {
        "title": "Controls on Photolithography Equipment; Request for Comments",
        "abstract": "This rule would impose license requirements on exports to China.",
    }
    listed = {"abstract": "BIS adds 23 entities in China to the Entity List."}
    path = filled.folder / "list.json"
    path.write_text(json.dumps([
        {**DOCUMENT, **tools, "type": "Proposed Rule"},
        {**OTHER, **listed, "title": "Additions to the Entity List; Correction"},
        {**OTHER, **listed, "document_number": "C1-2025-00003", "html_url": "https://example.org/3",
         "title": "Additions to the Entity List", "action": "Final rule; correction."},
    ]))  # fmt: skip
    assert run(filled, path).stored == 3
    (event,) = Derived(filled.house.reader()).events("origin = 'news'", ())
    assert (event.title, event.status, event.binding) == (tools["title"], "proposed", False)


# ---- what is no archive, and a placeholder for a date -----------------------------------------


@pytest.mark.parametrize("content", [b"", b"\n \n"])
def test_an_empty_file_is_called_empty(filled: Room, content: bytes) -> None:
    path = filled.folder / "a.jsonl"
    path.write_bytes(content)
    with pytest.raises(UsageProblem, match=r"a\.jsonl is empty"):
        run(filled, path)


def test_a_placeholder_in_a_feed_is_a_date_that_is_not_believed(filled: Room) -> None:
    path = filled.folder / "wire.xml"
    path.write_text(
        "<rss version='2.0'><channel><title>Wire</title><link>https://wire.example</link>"
        "<item><title>One</title><link>https://wire.example/1</link>"
        "<pubDate>Thu, 01 Jan 1970 00:00:00 +0000</pubDate></item>"
        "<item><title>Two</title><link>https://wire.example/2</link><pubDate>soon</pubDate></item>"
        "</channel></rss>", encoding="utf-8",
    )  # fmt: skip
    assert {why: count for why, (count, _) in run(filled, path).skipped.items()} == {
        "an improbable date": 1, "a date that cannot be read": 1
    }  # fmt: skip


def test_dates_in_figures_are_read_where_there_is_no_doubt(filled: Room) -> None:
    days = ["13.02.2025", "14/02/2025 10:00", "02/15/2025", "03/04/2025", "31.13.2025"]
    items = [{"title": f"Item {n}", "published": day} for n, day in enumerate(days)]
    report = run(filled, jsonl(filled.folder / "a.jsonl", items))
    assert [day for _, _, day, _ in entries(filled)] == ["2025-02-13", "2025-02-14", "2025-02-15"]
    assert {why.split(" (")[0]: count for why, (count, _) in report.skipped.items()} == {
        "a date that can be read two ways": 1, "a date that cannot be read": 1
    }  # fmt: skip


def test_an_item_without_a_day_is_dated_by_its_text_where_that_names_one_in_full(
    filled: Room,
) -> None:
    summary = "The Commerce Department banned exports of H20 chips to China on {}."
    items = [
        {"title": "US bans H20 exports to China", "published": "", "url": f"https://a.example/{n}",
         "summary": summary.format(day)} for n, day in enumerate(("July 15, 2025", "Tuesday"))
    ]  # fmt: skip
    report = run(filled, jsonl(filled.folder / "a.jsonl", items))
    assert [day for _, _, day, _ in entries(filled)] == ["2025-07-15"]
    (row,) = Entries(filled.house.reader()).find(Wanted())
    assert row["published_raw"] == "July 15, 2025"
    assert [*report.skipped] == ["no date"]
