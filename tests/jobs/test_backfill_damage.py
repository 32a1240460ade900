"""``backfill`` of values, lines, versions and crawls that are damaged or out of all bounds."""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path

import pytest

from tests.jobs.archives import git, jsonl, rows, rss, warc
from tests.jobs.rooms import Room
from tests.jobs.test_backfill import ITEM, run
from tracker.archives import items as lines_of_items
from tracker.archives.parts import Archive, Part, Raw
from tracker.errors import UsageProblem
from tracker.store.entries import Entries, Wanted


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity", "1e400", "1e20"])
def test_a_number_that_is_no_date_costs_its_own_item(filled: Room, value: str) -> None:
    odd = f'{{"title": "US bans H20 exports", "published": {value}}}'
    report = run(filled, jsonl(filled.folder / "a.jsonl", [*rows(5), odd]))
    assert report.stored == 5
    ((why, (count, place)),) = report.skipped.items()
    assert why in ("no date", "a date that cannot be read", "an improbable date")
    assert (count, place) == (1, f"{filled.folder / 'a.jsonl'} line 6")


CHINESE = {**ITEM, "title": "美国禁止H20出口中国", "url": "https://news.example/zh"}
FOREIGN = json.dumps(CHINESE, ensure_ascii=False).encode("gb18030")


@pytest.mark.parametrize("foreign", [FOREIGN, FOREIGN.decode("gb18030").encode("utf-16-le")])
def test_a_line_in_another_encoding_costs_itself_and_is_named(filled: Room, foreign: bytes) -> None:
    path = jsonl(filled.folder / "a.jsonl", rows(3))
    path.write_bytes(path.read_bytes() + foreign + b"\n" + json.dumps(ITEM).encode())
    report = run(filled, path)
    assert report.stored == 4
    assert [(count, place) for count, place in report.skipped.values()] == [(1, f"{path} line 4")]


def test_a_file_of_lines_in_another_encoding_says_so(filled: Room) -> None:
    path = filled.folder / "a.jsonl"
    path.write_bytes(FOREIGN + b"\n" + FOREIGN + b"\n")
    assert run(filled, path).skipped == {"not UTF-8": (2, f"{path} line 1")}


@pytest.mark.parametrize("others", [[ITEM], []], ids=["one of two", "all"])
def test_an_item_of_an_array_in_another_encoding_costs_itself(
    filled: Room, others: list[dict[str, str]]
) -> None:
    path = filled.folder / "a.json"
    path.write_bytes(
        b"[" + b",".join([FOREIGN, *(json.dumps(one).encode() for one in others)]) + b"]"
    )
    report = run(filled, path)
    assert report.stored == len(others)
    assert report.skipped == {"not UTF-8": (1, f"{path} item 1")}


@pytest.mark.parametrize("name", ["a.jsonl", "a.json"])
def test_a_number_of_thousands_of_digits_costs_no_other_item(filled: Room, name: str) -> None:
    odd = f'{{"id": {"9" * 5000}, "title": "US bans H20", "published": "2025-04-15"}}'
    late = f'{{"title": "US bans H20", "published": {"9" * 5000}}}'
    lines = [odd, late, json.dumps(ITEM)]
    path = filled.folder / name
    path.write_text("\n".join(lines) if name == "a.jsonl" else f"[{', '.join(lines)}]")
    report = run(filled, path)
    assert (report.read, report.stored) == (3, 2)
    assert [*report.skipped] == ["a date that cannot be read"]


HALF = [
    {**ITEM, "id": "a\ud800", "url": "https://news.example/1"},
    {**ITEM, "id": "a\ud801", "url": "https://news.example/2"},
    {**ITEM, "url": "https://news.example/\ud800", "title": "US \ud800 bans H200", "summary": "\ud800",
     "publisher": "\ud800", "lang": "\ud800"},
    {**ITEM, "url": "https://news.example/\ud801", "title": "US bans MI308"},
]  # fmt: skip


def test_half_a_letter_in_a_row_is_cleaned_out_and_stops_nothing(filled: Room) -> None:
    lines = jsonl(filled.folder / "a.jsonl", [json.dumps(one) for one in HALF])
    array = filled.folder / "b.json"
    array.write_text(json.dumps(HALF))
    report = run(filled, lines, array)
    assert (report.stored, report.known, report.skipped) == (4, 4, {})
    found = Entries(filled.house.reader()).find(Wanted())
    assert sorted((row["title"], row["url"]) for row in found) == [
        ("US bans H20 exports to China", "https://news.example/1"),
        ("US bans H20 exports to China", "https://news.example/2"),
        ("US bans H200", ""), ("US bans MI308", ""),
    ]  # fmt: skip


def test_half_a_letter_in_captured_json_stops_nothing(filled: Room) -> None:
    items = [{"id": chr(0xD800 + n), "title": f"US bans H20, part {n} \udfff", "url": one["url"],
              "date_published": "2025-04-15T10:00:00Z"} for n, one in enumerate(HALF)]  # fmt: skip
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "W \ud800", "items": items}
    (filled.folder / "wire.json").write_text(json.dumps(feed))
    notice = {"document_number": "2025-\ud800", "title": "Export controls \ud800", "type": "Rule",
              "publication_date": "2025-01-16", "html_url": "https://register.example/\ud800"}  # fmt: skip
    (filled.folder / "register.json").write_text(json.dumps({"results": [notice]}))
    report = run(filled, filled.folder / "wire.json", filled.folder / "register.json")
    assert (report.stored, report.skipped) == (5, {})
    urls = {row["url"] for row in Entries(filled.house.reader()).find(Wanted())}
    assert urls == {"", "https://news.example/1", "https://news.example/2"}


def test_a_file_whose_name_is_not_utf8_is_read_like_any_other(filled: Room) -> None:
    folder = filled.folder / os.fsdecode(b"fold\xffer")
    try:
        folder.mkdir()
    except OSError:
        pytest.skip("this system has no such names")
    jsonl(folder / os.fsdecode(b"a\xfe.jsonl"), [ITEM, {**ITEM, "published": "soon"}])
    (folder / "wire.xml").write_text(rss([{**ITEM, "id": "1", "published": "soon"}]))
    report = run(filled, folder)
    assert (report.stored, report.archives) == (1, 2)
    ((count, place),) = report.skipped.values()
    assert count == 2
    assert os.fsencode(place).endswith(b"fold\xffer/a\xfe.jsonl line 2")
    assert run(filled, folder).unchanged == 2


def test_values_of_a_table_that_are_no_dates_cost_their_own_rows(filled: Room) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet as tables

    for name, values in (
        ("float", pyarrow.array([1744700000.0, float("nan"), float("inf")], pyarrow.float64())),
        ("stamp", pyarrow.array([1744700000000000, 2**62, 5], pyarrow.timestamp("us"))),
        ("day", pyarrow.array([20193, 2**30, 20194], pyarrow.date32())),
    ):
        titles = pyarrow.array([f"US bans H20 exports: {name} {n}" for n in range(3)])
        path = filled.folder / f"{name}.parquet"
        tables.write_table(pyarrow.table({"title": titles, "published": values}), path)
        report = run(filled, path)
        assert report.read == 3, name
        assert report.stored >= 1, name
        assert report.skipped, name


def test_a_row_of_a_table_in_another_encoding_costs_itself(filled: Room) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet as tables

    words = [b"US bans H20 exports", CHINESE["title"].encode("gb18030"), b"China bans gallium"]
    titles = pyarrow.array(words, pyarrow.binary()).view(pyarrow.string())
    path = filled.folder / "a.parquet"
    days = pyarrow.array(["2025-04-15"] * 3)
    tables.write_table(pyarrow.table({"title": titles, "published": days}), path)
    report = run(filled, path)
    assert (report.stored, report.skipped) == (2, {"not UTF-8": (1, f"{path} row 2")})


def test_a_damaged_version_costs_itself_only(filled: Room) -> None:
    folder = filled.folder / "history"
    folder.mkdir()
    git(folder, "init", "-q")
    for n in range(3):
        one = {**ITEM, "id": str(n), "url": f"https://news.example/{n}",
               "title": f"US bans H20 exports, part {n}", "published": "2025-04-15T10:00:00Z"}  # fmt: skip
        (folder / "wire.xml").write_text(rss([one]))
        git(folder, "add", ".")
        git(folder, "commit", "-qm", "capture", day=f"2025-05-0{n + 1}")
    blobs = sorted(
        (one for one in (folder / ".git" / "objects").glob("??/*")
         if b"part 1" in _unpacked(one)), key=str,
    )  # fmt: skip
    (damaged,) = blobs
    damaged.chmod(0o644)
    damaged.write_bytes(damaged.read_bytes()[:40])
    report = run(filled, folder, jsonl(filled.folder / "good.jsonl", rows(5)))
    assert report.stored == 2 + 5
    ((why, (count, place)),) = report.skipped.items()
    assert (why, count) == ("a version is missing in the history", 1)
    assert place.endswith("wire.xml")


def _unpacked(path: Path) -> bytes:
    import zlib

    try:
        return zlib.decompress(path.read_bytes())
    except zlib.error:
        return b""


def test_a_crawl_packed_as_a_whole_is_refused_with_the_way_out(filled: Room) -> None:
    path = warc(filled.folder / "plain.warc", rows(5), packed=False)
    whole = filled.folder / "whole.warc.gz"
    whole.write_bytes(gzip.compress(path.read_bytes()))
    with pytest.raises(UsageProblem, match="packed as a whole, not record by record") as caught:
        run(filled, whole)
    assert "warcio recompress" in caught.value.hint


def test_a_plain_captured_feed_that_is_cut_off_is_told(filled: Room) -> None:
    folder = filled.folder / "captured"
    folder.mkdir()
    text = rss(rows(40))
    (folder / "cut.xml").write_text(text[: len(text) // 2])
    report = run(filled, folder)
    assert report.skipped["a captured file is cut off"] == (1, str(folder / "cut.xml"))
    assert report.stored > 5


def test_a_line_of_many_parts_is_looked_for_and_not_held(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each part reads its own bytes: the whole file is read twice at most, never part by part."""
    monkeypatch.setattr(lines_of_items, "STRETCH", 1000)
    monkeypatch.setattr(lines_of_items, "LONGEST", 2000)
    monkeypatch.setattr(lines_of_items, "_BLOCK", 100)
    path = tmp_path / "a.jsonl"
    first, last = '{"title": "a"}', '{"title": "z"}'
    path.write_text(f'{first}\n{{"title": "{"x" * 50_000}"}}\n{last}\n', encoding="utf-8")
    size = path.stat().st_size
    parts = lines_of_items.cut(Archive(str(path), "items", "1", size, (str(path),)), 0)
    found = [raw for part in parts for raw in lines_of_items.read(part)]
    assert len(parts) > 40
    assert [raw.row or raw.problem for raw in found] == [
        json.loads(first), "a line is too long", json.loads(last)
    ]  # fmt: skip
    assert found[1] == Raw(len(first) + 1, problem="a line is too long")


def test_lines_are_read_once_wherever_parts_are_cut(tmp_path: Path) -> None:
    path = jsonl(tmp_path / "a.jsonl", rows(40))
    size = path.stat().st_size
    whole = [raw.place for raw in lines_of_items.read(_part(path, 0, size))]
    for cut in range(1, size, 97):
        halves = [_part(path, 0, cut), _part(path, cut, size)]
        assert [raw.place for one in halves for raw in lines_of_items.read(one)] == whole, cut


def _part(path: Path, start: int, stop: int) -> Part:
    return Part(str(path), "items", 0, start, stop)
