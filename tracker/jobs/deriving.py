"""What a poll derives: in steps while answers are awaited, where much is new; the rest at the end.

Children have read the entries by then (``reading_child``), so that mostly nothing is left but to
put rows in place and to join what is of interest.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final

from tracker.jobs.house import House
from tracker.store.polls import last_text
from tracker.store.schema import meta
from tracker.store.waiting import UNJOINED

if TYPE_CHECKING:  # a poll with nothing new loads no rules
    from tracker.core.reading import Reading
    from tracker.feeds.document import Document
    from tracker.jobs.derive import Rules

MUCH: Final = 500  # new texts from which on they are put in place while others are awaited
MORE: Final = 20.0  # seconds that there are for it in every run: each gets somewhat further
STEP: Final = 250  # texts that are then put in place at once


class Deriving:
    """The derivation beside one poll; every step is a transaction of its own."""

    def __init__(self, db: sqlite3.Connection, house: House, *,
                 clock: Callable[[], float] = time.monotonic) -> None:  # fmt: skip
        self._db, self._house, self._clock = db, house, clock
        self._end: float | None = None
        self._readings: dict[str, Sequence[Any]] = {}
        self._version = ""  # of the rules, once a child was found to read by those of the house
        self._waiting = 0
        self._begun = False

    def until(self, end: float | None) -> None:
        """Where the run has an end (a moment of the clock), begin nothing long after it."""
        self._end = end

    def prepare(self) -> None:
        """Load what deriving needs: best while the first answers are awaited."""
        from tracker.jobs import derive  # noqa: F401
        from tracker.store import revisions  # noqa: F401

    def stored(self, document: Document, fresh: int) -> None:
        """A document was stored, with so many new texts: keep what a child read in it."""
        if fresh and not self._waiting:
            self.prepare()
        self._waiting += fresh
        if fresh and document.read_by and self._ours(document.read_by):
            self._readings.update((one[0], one) for one in document.readings)

    def _ours(self, version: str) -> bool:
        if not self._version:
            # Where feeds.toml has other words than at the last derivation only loading tells.
            known = version == meta(self._db, "rules")
            self._version = version if known else self._rules().version
        return version == self._version

    def _rules(self) -> Rules:
        """The rules to derive by; the lexicon takes a moment to load, and is when it is needed."""
        from tracker.jobs.derive import Rules

        return Rules(lambda: self._house.lexicon, self._house.decisions, self._version)

    def step(self) -> None:
        """Put whole batches of what is new in place, so that they need not wait in memory.

        Not where one of its items was read before: such a one has events, and these change at the
        end, all at once.
        """
        self._begun = self._begun or self._waiting >= MUCH
        while self._begun and self._waiting >= STEP and not self._late():
            self._batch()

    def _late(self) -> bool:
        return self._end is not None and self._clock() >= self._end

    def _batch(self) -> None:
        from tracker.jobs import derive
        from tracker.store import revisions
        from tracker.store.derived import Derived

        upto = int(meta(self._db, "derived_upto") or 0)
        batch = revisions.keyed_after(self._db, upto, STEP)
        self._waiting -= STEP
        if batch and not Derived(self._db).mention_ids([item for _, item, _ in batch]):
            derive.put_batch(self._db, self._rules(), derive.texts_read(batch, self._read))
            for _, _, key in batch:
                self._readings.pop(key, None)

    def _read(self, key: str) -> Reading | None:
        from tracker.core import reading

        found = self._readings.get(key)
        return reading.from_plain(found) if found else None

    def rest(self) -> tuple[int, int]:
        """Derive what is left, also by a killed run; numbers of events new and changed.

        Where the run has an end, for ``MORE`` seconds beyond it at most; the next run goes on.
        """
        upto = int(meta(self._db, "derived_upto") or 0)
        if last_text(self._db) <= upto and not meta(self._db, UNJOINED):
            return 0, 0
        from tracker.jobs import derive

        moment = self._house.moment()
        if self._end is not None:
            self._end = max(self._end, self._clock() + MORE)
        enough = None if self._end is None else self._late
        done = derive.derive_new(self._db, self._rules(), moment, read=self._read, enough=enough)
        return len(done.new), len(done.changed)
