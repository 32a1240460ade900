"""Decisions as a file: appended whole, read strictly, mended by nobody."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tracker.errors import RecordError, StoreError
from tracker.model import Decision
from tracker.record import journal

ONE = Decision("k1", "same", ("a", "b"), "", "mw", "2026-01-01T00:00:00Z", "同一事件", "seen\nso")


def test_lines_read_back(tmp_path: Path) -> None:
    path = tmp_path / "new" / "decisions.jsonl"
    assert journal.read(path) == []
    journal.append(path, [ONE])
    journal.append(path, [ONE])
    assert journal.read(path) == [ONE, ONE]
    assert "同一事件" in path.read_text(encoding="utf-8")


def test_what_was_there_stays(tmp_path: Path) -> None:
    path = tmp_path / "decisions.jsonl"
    journal.append(path, [ONE])
    before = path.read_bytes()
    journal.append(path, [ONE])
    assert path.read_bytes().startswith(before)


def test_a_last_line_without_its_end_is_ended_first(tmp_path: Path) -> None:
    path = tmp_path / "decisions.jsonl"
    journal.append(path, [ONE])
    path.write_bytes(path.read_bytes().removesuffix(b"\n"))
    journal.append(path, [replace(ONE, key="k2")])
    assert [line.key for line in journal.read(path)] == ["k1", "k2"]


@pytest.mark.parametrize(
    ("line", "told", "hint"),
    [
        ("nonsense", "not JSON", ""),
        ("[]", "not a decision", ""),
        ('{"key": "k", "at": "2026-01-01", "verdict": "samee", "items": []}', "samee", "same"),
        ('{"key": "k", "at": "2026-01-01", "verdict": "hide", "items": [1]}', "not text", ""),
        ('{"key": "", "at": "2026-01-01", "verdict": "hide", "items": ["a"]}', "no key", ""),
        (
            '{"key": "k", "at": "2026-01-01", "verdict": "redate", "items": ["a"], "value": "2026-99-99"}',
            "redate",
            "decide",
        ),
        (
            '{"key": "k", "at": "2026-01-01", "verdict": "redate", "items": ["a"], "value": "2025-11-20..19"}',
            "before it begins",
            "decide",
        ),
        (
            '{"key": "k", "at": "2026-01-01", "verdict": "kind", "items": ["a"], "value": "rul"}',
            "'rul' is not known",
            "rule",
        ),
        ('{"key": "k", "at": "soon", "verdict": "hide", "items": ["a"]}', "'soon' is no time", ""),
        ('{"key": "k", "at": "2026-01-01", "verdict": "same", "items": ["a", "a"]}', "two", ""),
        ('{"key": "k", "at": "2026-01-01", "verdict": "hide"}', "names no item", "decide"),
        (
            '{"key": "k", "at": "2026-01-01", "verdict": "direction", "items": ["a"], "value": ""}',
            "direction",
            "",
        ),
        (
            '{"key": "k", "at": "2026-01-01", "verdict": "jurisdiction", "items": ["a"], "value": "US, Holland"}',
            "'Holland'",
            "",
        ),
    ],
)
def test_a_mistake_names_file_and_line(tmp_path: Path, line: str, told: str, hint: str) -> None:
    path = tmp_path / "decisions.jsonl"
    journal.append(path, [ONE])
    with path.open("a", encoding="utf-8") as file:
        file.write(f"\n{line}\n")
    with pytest.raises(RecordError, match=told) as error:
        journal.read(path)
    assert f"{path}:3:" in error.value.what
    assert hint in error.value.hint


def test_a_key_that_nothing_reads_is_told_and_the_line_holds(tmp_path: Path) -> None:
    path = tmp_path / "decisions.jsonl"
    line = '{"key": "k", "at": "2026-01-01", "verdict": "hide", "items": ["a"], "wy": "twice"}'
    path.write_text(f"\n{line}\n", encoding="utf-8")
    told: list[str] = []
    assert [one.items for one in journal.read(path, told.append)] == [("a",)]
    (note,) = told
    assert note.startswith(f"{path}:2: ")
    assert "'wy' (did you mean why?)" in note


def test_a_file_that_is_not_text(tmp_path: Path) -> None:
    path = tmp_path / "decisions.jsonl"
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(RecordError, match=r"not UTF-8 \(byte 1\)"):
        journal.read(path)
    assert [line.verdict for line in journal.readable(path)] == []


def test_what_a_person_wrote_ends_no_line(tmp_path: Path) -> None:
    path = tmp_path / "decisions.jsonl"
    odd = replace(ONE, why="one\u2028two\x85three\x1cfour\rfive\nsix")
    journal.append(path, [odd, ONE])
    assert journal.read(path) == journal.readable(path) == [odd, ONE]


def test_an_editor_may_mark_the_file_as_utf_8(tmp_path: Path) -> None:
    path = tmp_path / "decisions.jsonl"
    journal.append(path, [ONE])
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert journal.read(path) == journal.readable(path) == [ONE]


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(StoreError, match="cannot be written"):
        journal.append(tmp_path / "file" / "decisions.jsonl", [ONE])


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no disk that is always full")
def test_a_full_disk_is_told_as_such() -> None:
    with pytest.raises(StoreError, match="No space left") as caught:
        journal.append(Path("/dev/full"), [ONE])
    assert caught.value.hint == "free some space"
