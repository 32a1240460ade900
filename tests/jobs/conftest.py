"""A house that holds the record, and its database open for writing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest

from tests.jobs.rooms import Room


@pytest.fixture
def room(filled: Room) -> Room:
    return filled


@pytest.fixture
def db(room: Room) -> Iterator[sqlite3.Connection]:
    yield room.house.writer()
    room.house.close()
