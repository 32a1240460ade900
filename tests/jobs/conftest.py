"""A database filled with the record once, copied for each test that asks for it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.jobs.rooms import Room


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of a house that was used once."""
    room = Room(tmp_path_factory.mktemp("template"))
    room.house.writer()
    room.house.close()
    return room.house.paths.db


@pytest.fixture
def filled(tmp_path: Path, template: Path) -> Room:
    """A house whose database holds the record already."""
    shutil.copy(template, tmp_path / template.name)
    return Room(tmp_path)
