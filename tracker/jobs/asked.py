"""FILTERS as typed, before any word was looked up. Light: the command line imports it at once."""

from __future__ import annotations

from dataclasses import field
from datetime import date
from typing import Final

from tracker.dates import PartialDate
from tracker.nouns import dataclass

FACETS: Final = ("actor", "item", "measure", "jurisdiction", "instrument", "term")
"""What a word of a question may name; each is an option of its own."""


@dataclass(frozen=True, slots=True)
class Asked:
    """FILTERS as typed; ``question`` makes canonical names of the words."""

    since: PartialDate | None = None
    until: PartialDate | None = None
    date_field: str = "act"
    kinds: tuple[str, ...] = ()
    directions: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    words: dict[str, tuple[str, ...]] = field(default_factory=dict)
    series: tuple[str, ...] = ()
    min_witnesses: int = 0
    official: bool = False
    grep: str = ""
    as_of: date | None = None
    limit: int | None = None
    reverse: bool = False
