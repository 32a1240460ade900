"""The store that ``benchmarks/million.py`` fills is one that derivation goes on with."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.million import filled, new_items


def test_new_items_are_derived_beside_made_up_events(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    house, db = filled(tmp_path, 200, 40)
    try:
        new_items(house, db)
        whole = db.execute("SELECT count(*) FROM events WHERE origin = 'news'").fetchone()[0]
    finally:
        house.close()
    assert whole > 20
    assert "400 new items derived, round 2" in capsys.readouterr().out
