"""``backfill`` and ``scan`` of items that are JSON, but not one a line."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from tests.jobs.archives import jsonl, rows
from tests.jobs.rooms import Room
from tests.jobs.test_backfill import ITEM, run
from tracker.archives import find, values
from tracker.archives.parts import Archive
from tracker.errors import UsageProblem
from tracker.jobs.backfill import Report
from tracker.jobs.scan import lines_of


def written(folder: Path, text: str) -> Path:
    path = folder / "a.json"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("indent", [None, 2], ids=["one line", "many lines"])
def test_an_array_gives_what_lines_give(filled: Room, indent: int | None) -> None:
    items = rows(120)
    first = run(filled, written(filled.folder, json.dumps(items, indent=indent)))
    report = run(filled, jsonl(filled.folder / "a.jsonl", items))

    assert (first.stored, first.skipped) == (120, {})
    assert (report.stored, report.known) == (0, 120)


def test_a_packed_array_and_objects_over_several_lines_are_read(filled: Room) -> None:
    items = rows(40)
    packed = filled.folder / "a.json.gz"
    packed.write_bytes(gzip.compress(json.dumps(items[:20]).encode()))
    text = "\n".join(json.dumps(one, indent=2) for one in items[20:])

    report = run(filled, packed, written(filled.folder, text))

    assert (report.stored, report.skipped) == (40, {})


def test_wherever_an_array_is_cut_off_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(values, "BLOCK", 50)  # values lie across what is read at once
    text = json.dumps([{**ITEM, "title": f"中 {n}"} for n in range(2)], ensure_ascii=False)
    for size in range(2, len(text)):
        (part,) = values.cut(Archive(str(written(tmp_path, text[:size])), "values", "", size), 0)
        found = list(values.read(part))
        assert [bool(raw.problem) for raw in found] == [False] * (len(found) - 1) + [True]
    (part,) = find.cut(find.find([written(tmp_path, text)]).archives)
    assert [raw.row and raw.row["title"] for raw in find.read(part)] == ["中 0", "中 1"]


def test_what_is_no_item_is_skipped_with_its_number(filled: Room) -> None:
    items = [ITEM, 5, None, {**ITEM, "title": ""}, {**ITEM, "published": "soon"}]
    path = written(filled.folder, json.dumps(items))

    assert run(filled, path) == Report(
        archives=1, read=5, stored=1, events_before=444, events=444,
        skipped={
            "not a JSON object": (2, f"{path} item 2"),
            "no title": (1, f"{path} item 4"),
            "a date that cannot be read": (1, f"{path} item 5"),
        },
    )  # fmt: skip


def test_an_array_without_a_needed_column_is_refused(filled: Room) -> None:
    path = written(filled.folder, '[{"titel": "x", "published": "2025-01-01"}]')

    with pytest.raises(UsageProblem, match="has no column title") as caught:
        run(filled, path)

    assert "titel -> title" in caught.value.hint


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b'[{"id": 1},\n {"id": 2},\n', "Line 3 is not JSON: Expecting value at character 1"),
        (b'[{"id": 1},\n {"id"', "Line 2 is not JSON"),
    ],
)
def test_scan_names_the_line_in_which_an_array_is_wrong(text: bytes, said: str) -> None:
    with pytest.raises(UsageProblem, match=said):
        lines_of(text)


def test_an_address_that_nobody_can_open_is_none(filled: Room) -> None:
    """A row of such a kind stopped every command that came after it."""
    rows_ = [
        {**ITEM, "url": url, "publisher": ""} for url in ("http://[::1", "http://a.example:x/")
    ]
    report = run(filled, jsonl(filled.folder / "a.jsonl", rows_))
    assert (report.stored, report.skipped) == (1, {})
    with filled.house.reader() as db:
        assert [row[0] for row in db.execute("SELECT url FROM entries")] == [""]
