"""Settings shared by all tests, and a database that holds the record.

A first use fills a database in most of a second: it is done once, and every test that needs one
takes a copy.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

from tests.jobs.rooms import Room, copied

# No deadlines: speed belongs in benchmarks, and a slow machine must not turn a test red.
settings.register_profile("tracker", deadline=None, max_examples=60, derandomize=True)
settings.load_profile("tracker")


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of a house that was used once; to be copied, never written."""
    room = Room(tmp_path_factory.mktemp("template"))
    room.house.writer()
    room.house.close()
    return room.house.paths.db


@pytest.fixture
def filled(tmp_path: Path, template: Path) -> Room:
    """A house whose database holds the record already."""
    return copied(template, tmp_path)
