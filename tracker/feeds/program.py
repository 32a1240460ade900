"""What a child that parses runs."""

from __future__ import annotations

from typing import Final

from tracker.nouns import dataclass


@dataclass(frozen=True, slots=True)
class Program:
    """What a child runs: ``worker``, or a module that does more; then it is told its ``lesson``."""

    module: str = "tracker.feeds.worker"
    lesson: bytes = b""


PARSER: Final = Program()
