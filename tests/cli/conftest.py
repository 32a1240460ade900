"""A desk with a server of its own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.desk import Desk
from tests.cli.running import Program


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the record and nothing else: made once, since each test needs one."""
    program = Program(tmp_path_factory.mktemp("prepared"))
    assert program.run("db", "info").returncode == 0
    return program.db


@pytest.fixture
def desk(tmp_path: Path, prepared: Path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    made.program.db.parent.mkdir()
    for part in prepared.parent.glob("tracker.db*"):
        shutil.copy(part, made.program.db.parent)
    yield made
    made.web.close()
