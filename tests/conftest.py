"""Settings shared by all tests, and a database that holds the record.

A first use fills a database in most of a second: it is done once, and every test that needs one
takes a copy. Nor are record and lexicon read from their files for every house.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import settings

from tests.jobs.rooms import Room, copied
from tracker.record import lexicon, load
from tracker.record.snapshot import stamp

T = TypeVar("T")

# No deadlines: speed belongs in benchmarks, and a slow machine must not turn a test red.
settings.register_profile("tracker", deadline=None, max_examples=60, derandomize=True)
settings.load_profile("tracker")


def once(read: Callable[..., T]) -> Callable[..., T]:
    """The same, which reads the same files only once in a process."""
    held: dict[object, T] = {}

    def reading(folder: Path, *words: Iterable[object]) -> T:
        told = [tuple(some) for some in words]
        key = folder, stamp(folder), *told
        if key not in held:
            held[key] = read(folder, *told)
        return held[key]

    return reading


@pytest.fixture(scope="session", autouse=True)
def read_once() -> Iterator[None]:
    """Every house of a process shares what it reads out of ``db``; changed files are read anew."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(load, "load", once(load.load))
        patch.setattr(lexicon, "load_lexicon", once(lexicon.load_lexicon))
        yield


@pytest.fixture(scope="session")
def template(read_once: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of a house that was used once; to be copied, never written."""
    room = Room(tmp_path_factory.mktemp("template"))
    room.house.writer()
    room.house.close()
    return room.house.paths.db


@pytest.fixture
def filled(tmp_path: Path, template: Path) -> Room:
    """A house whose database holds the record already."""
    return copied(template, tmp_path)
