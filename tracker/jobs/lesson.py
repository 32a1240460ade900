"""What a poll tells the children that read for it (``reading_child``): where their rules are."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from tracker.codec import pack, unpack
from tracker.feeds.program import Program
from tracker.settings import Watch


def program(folder: Path, watch: Iterable[Watch]) -> Program:
    """A child that reads by the lexicon in ``folder`` and the user's own words."""
    said = {"folder": str(folder), "watch": [pack(word) for word in watch]}
    return Program("tracker.jobs.reading_child", json.dumps(said).encode())


def told(lesson: bytes) -> tuple[Path, list[Watch]]:
    """The folder and the words that a lesson names.

    >>> [one.names for one in told(program(Path("db/lexicon"), [Watch("x", ("y",))]).lesson)[1]]
    [('y',)]
    """
    said = json.loads(lesson)
    return Path(said["folder"]), [unpack(Watch, word) for word in said["watch"]]
