"""How many months around an event are asked for."""

from __future__ import annotations

import sqlite3
from datetime import date

import pytest

from tests.jobs.rooms import Room
from tracker.errors import UsageProblem
from tracker.jobs.share import shelf

EVENT = "2025-07-14-h20-mi308-licences-promised"


@pytest.mark.parametrize("window", ["6", "6m"])
def test_months_are_written_with_or_without_their_letter(
    room: Room, db: sqlite3.Connection, window: str
) -> None:
    found = shelf(room.house, db, [], around=EVENT, window=window)
    assert found.window == (date(2025, 1, 15), date(2026, 1, 15))


@pytest.mark.parametrize("window", ["0", "0m", "m", "1y", "6 m", "-6", "1000", "６m", ""])
def test_what_is_no_number_of_months_is_refused(
    room: Room, db: sqlite3.Connection, window: str
) -> None:
    with pytest.raises(UsageProblem, match="is no number of months") as error:
        shelf(room.house, db, [], around=EVENT, window=window)
    assert error.value.hint == "--window 12m, or 12"
