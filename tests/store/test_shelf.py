"""What is laid down comes back, from memory and from the file that it grows into."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from tracker.errors import StoreError
from tracker.store import shelf


def test_what_was_laid_down_is_there_before_and_after_it_goes_into_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelf, "MOST", 6)
    db = sqlite3.connect(tmp_path / "store.db")
    with shelf.beside(db) as lying:
        places = []
        for packed in (b"abc", b"de", b"fgh", b"i"):
            places.append((lying.put(packed), len(packed)))
            assert lying.get(*places[0]) == b"abc"
        assert [lying.get(*place) for place in places] == [b"abc", b"de", b"fgh", b"i"]
        assert lying.get(1, 3) == b"bcd"
    assert [path.name for path in tmp_path.iterdir()] == ["store.db"]
    db.close()


def test_a_folder_that_takes_nothing_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelf, "MOST", 6)
    with pytest.raises(StoreError, match="gone cannot take"):
        shelf.Shelf(tmp_path / "gone").put(b"1234567")
