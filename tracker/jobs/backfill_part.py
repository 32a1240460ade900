"""One part of an archive to items with their mentions: runs in any process, on any machine.

Reads the part, stores nothing, knows no database: what it gives depends on the bytes, the lexicon
and the rules alone. So the answer is the same wherever it was made.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Final, NamedTuple, TypeAlias

from tracker.archives.parts import Part
from tracker.core.clean import told_path
from tracker.core.lexicon import Lexicon
from tracker.core.reading import TOGETHER
from tracker.core.recognise import recognise_each
from tracker.core.versions import RULES_VERSION
from tracker.core.weights import NEAR
from tracker.jobs.backfill_item import Arrivals, Item
from tracker.model import Entry, Mention
from tracker.settings import FeedConfig

_Key: TypeAlias = tuple[str, str, str]
MATCHING: Final = NEAR
"""Score from which an item matches: it is relevant, or near enough to be told of by others."""

UNLINKED: Final = "without an http link, on which no event rests"


@dataclass(frozen=True, slots=True)
class Task:
    """Everything but the archive that decides what a part gives; ``rules`` names the rules.

    ``matching`` keeps only what concerns the subject, as is always done with web pages. ``feed``
    is the feed that the user named for items that say none.
    """

    lexicon: Lexicon
    feeds: tuple[FeedConfig, ...]
    now: datetime
    rules: str
    feed: str = ""
    matching: bool = False


class Row(NamedTuple):
    """One item that goes on: ``body`` is JSON; ``day`` and ``position`` order it in its part.

    ``document`` is numbered in its archive, ``guid`` is the item's guid key in it, ``place`` where
    it lies. A tuple, as many go from process to process: half as much work for both.
    """

    day: str
    position: int
    document: int
    guid: str
    body: str
    place: str


@dataclass(frozen=True, slots=True)
class Result:
    """What a part gave. ``skipped`` counts by reason, with the first place of each.

    ``read`` counts items: those in ``rows``, ``skipped``, ``unmatched`` (of no interest) and
    ``repeated`` (the same text of the same item once more). ``noted`` counts what is odd in rows.
    """

    number: int
    rules: str
    read: int
    rows: tuple[Row, ...]
    skipped: Mapping[str, tuple[int, str]]
    unmatched: int = 0
    repeated: int = 0
    noted: Mapping[str, tuple[int, str]] = field(default_factory=dict)


def read_part(part: Part, task: Task) -> Result:
    """Read one part: the rows to store, in order, and what was skipped and why.

    Raises:
        OSError: the archive cannot be reached from here.
    """
    only_matching = task.matching or part.form == "warc"
    tally = _Tally()
    with Arrivals(task.feeds, task.now, task.feed) as arrivals:
        found = iter(arrivals.of(part))
        while some := list(islice(found, TOGETHER)):
            told = _told(some, tally, task.lexicon)
            for place, one in some:
                tally.read += 1
                if isinstance(one, str):
                    tally.skip(one, place)
                elif (key := one.key) in tally.seen:
                    tally.repeated += tally.seen[key]
                    tally.unmatched += not tally.seen[key]
                else:
                    kept = not only_matching or told[key][0].score >= MATCHING
                    tally.take(one, told[key] if kept else None, place)
    return Result(
        part.number, rules_of(task.lexicon), tally.read, tuple(tally.rows), tally.skipped,
        tally.unmatched, tally.repeated, tally.noted,
    )  # fmt: skip


def _told(
    some: Iterable[tuple[str, Item | str]], tally: _Tally, lexicon: Lexicon
) -> dict[_Key, tuple[Mention, ...]]:
    """What is recognised in the items that were not seen before, each once."""
    fresh: dict[_Key, Entry] = {}
    for _, one in some:
        if not isinstance(one, str) and one.key not in tally.seen:
            fresh.setdefault(one.key, one.entry)
    return dict(zip(fresh, recognise_each(list(fresh.values()), lexicon), strict=True))


def rules_of(lexicon: Lexicon) -> str:
    """What decides how items are read here: two machines agree where this is the same."""
    return f"{RULES_VERSION} {lexicon.digest}"


class _Tally:
    """What a part has given so far."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self.skipped: dict[str, tuple[int, str]] = {}
        self.noted: dict[str, tuple[int, str]] = {}
        self.seen: dict[_Key, bool] = {}
        self.read = self.unmatched = self.repeated = 0

    def take(self, one: Item, mentions: tuple[Mention, ...] | None, place: str) -> None:
        """Keep an item with its mentions; without them only that it was seen."""
        self.seen[one.key] = mentions is not None
        if mentions is None:
            self.unmatched += 1
        else:
            body = one.packed(mentions)
            at = len(self.rows), one.document
            self.rows.append(Row(one.day, *at, one.guid, body, told_path(place)))
            if not one.arrival.link:
                _count(self.noted, UNLINKED, place)

    def skip(self, why: str, place: str) -> None:
        """Count what cannot be read by its reason; the first place of each is kept."""
        _count(self.skipped, why, place)


def _count(counted: dict[str, tuple[int, str]], why: str, place: str) -> None:
    had, first = counted.get(why, (0, told_path(place)))
    counted[why] = had + 1, first
