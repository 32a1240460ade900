"""``db rebuild``: everything derived made again beside the database, then put in place at once.

Readers read the old until the end. A batch is derived in one transaction with its place, so that a
run that was stopped goes on; memory holds one batch and what it touches.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from tracker.core.lexicon import Lexicon
from tracker.core.reading import read_each
from tracker.errors import StoreError
from tracker.jobs import decided, derive, workers
from tracker.jobs.clustering import make_events
from tracker.jobs.house import House
from tracker.jobs.joiner import joiner, worth
from tracker.jobs.open import migrated
from tracker.store import care, revisions, schema, side
from tracker.store.schema import set_meta, transaction
from tracker.store.side import Change

BEHIND: Final = 2
"""Steps that readers stand behind the two who store and join, for whom all wait at the end."""

KEPT: Final = {
    "": "nothing was read again yet, readers read the old",
    "Reading again": "{done:,} of {total:,} texts are read again, readers read the old",
    **dict.fromkeys(("Comparing", "Joining"), "all texts are read again, readers read the old"),
}
"""What a stopped run leaves, by the step that it reached."""

Tick = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What a rebuild came to: items read, events there are, and how these differ from before."""

    items: int
    events: int
    change: Change
    resumed: bool


def rebuild(house: House, tick: Tick, jobs: int = 1) -> Rebuilt:
    """Derive everything again, under the lock of whoever derives; ``jobs`` processes recognise.

    Raises:
        Busy: a poll is running.
        StoreError: no room; what was there is unchanged, and nothing is left beside it.
    """
    with house.lock("nothing was read again"):
        migrated(house).close()
        return beside(house, tick, jobs)


def beside(house: House, tick: Tick, jobs: int = 1) -> Rebuilt:
    """The same, by whoever holds the lock and has no connection open.

    Raises:
        StoreError: no room; what was there is unchanged, and nothing is left beside it.
    """
    workers.seldom_swept()
    path = house.paths.db
    file = side.file_of(path)
    rules = derive.Rules(house.lexicon, house.decisions)
    with _given_back(file):
        with side.opened(file, path, house.plan(), _key(house, rules)) as (work, begun):
            _fill(house, work, rules, tick, jobs, begun=begun)
            sign = side.sign_of(work)
        with schema.explained(path):
            change = _swap(house, path, file, sign)
    side.remove(file)
    rows = _counts(path)
    return Rebuilt(rows["items"], rows["events"], change, begun)


@contextmanager
def _given_back(file: Path) -> Iterator[None]:
    """On a full disk the side file goes: with it no poll could store anything either."""
    try:
        yield
    except StoreError as error:
        if not schema.no_room(error):
            raise
        side.remove(file)
        what = f"{error.what} What was read again was thrown away, readers read the old."
        raise StoreError(what, hint=error.hint) from error


def _key(house: House, rules: derive.Rules) -> str:
    """What the derived tables depend on, but for items that arrive: those are read when they do."""
    db = schema.open_reading(house.paths.db)
    try:
        gone = side.withdrawn(db)
    finally:
        db.close()
    words = (rules.version, house.record.digest, house.plan().derived_hash(),
             repr(house.decisions), repr(gone))  # fmt: skip
    return hashlib.sha256("\0".join(words).encode("utf-8", "replace")).hexdigest()[:16]


def _fill(house: House, work: sqlite3.Connection, rules: derive.Rules, tick: Tick, jobs: int, *,
          begun: bool) -> None:  # fmt: skip
    """Derive from where an earlier run stopped, a batch at a time."""
    moment = house.moment()
    if not begun:
        with transaction(work):
            derive.put_record(work, house.record, rules, moment)
            set_meta(work, "record_stamp", house.record_stamp())
            set_meta(work, "rules", rules.version)
            decided.remember(work, house, rules.decisions)
            side.made(work)
    total = revisions.count(work)
    tick("Reading again", min(side.upto(work), total), total)
    readers = worth(jobs, total - side.upto(work))
    if readers > 1:
        schema.hold_less(work)  # the one who joins has the pages that change again and again
    with joiner(work, side.file_of(house.paths.db), house.paths.db, readers, tick) as joining:
        for texts in filter(None, _recognised(work, house.paths.db, rules, readers)):
            with joining.turn(), transaction(work):
                since = side.upto(work)
                derive.put_batch(work, rules, texts)
                side.has_read(work, since)
            joining.more()
            tick("Reading again", min(side.upto(work), total), total)
    make_events(work, rules, moment, tick, path=side.file_of(house.paths.db),
                kept=house.paths.db, jobs=jobs)  # fmt: skip


def _recognised(work: sqlite3.Connection, kept: Path, rules: derive.Rules, jobs: int
                ) -> Iterator[Sequence[derive.Text]]:  # fmt: skip
    """The texts not read yet in batches, with what several processes recognised in them."""
    spans = revisions.spans_after(work, side.upto(work), derive.BATCH)
    if jobs < 2:
        return (recognised(revisions.span(work, *span), rules.lexicon) for span in spans)
    store = _Store(kept, rules.lexicon)
    return (texts for _, texts in workers.in_order(_read, spans, store, jobs, behind=BEHIND))


class _Store:
    """Where a process finds the texts; it opens the file when it is first asked."""

    def __init__(self, path: Path, lexicon: Lexicon) -> None:
        self._path, self.lexicon = path, lexicon

    @cached_property
    def db(self) -> sqlite3.Connection:
        """The file, for reading; its own in each process."""
        db = schema.open_reading(self._path)
        schema.hold_less(db)  # each text is read once
        return db


def _read(span: tuple[int, int], store: _Store) -> list[derive.Text]:
    return recognised(revisions.span(store.db, *span), store.lexicon)


def recognised(batch: list[revisions.Numbered], lexicon: Lexicon) -> list[derive.Text]:
    """The newest text of each item of a batch, with what is recognised in it."""
    newest = {entry.item_id: (number, entry) for number, entry in batch}
    found = read_each([entry for _, entry in newest.values()], lexicon)
    return [derive.Text(number, item, read) for (item, (number, _)), read in
            zip(newest.items(), found, strict=True)]  # fmt: skip


def _swap(house: House, path: Path, beside: Path, sign: side.Sign) -> Change:
    db = schema.open_writing(path)
    try:
        return side.put_in_place(db, beside, house.plan(), sign)
    finally:
        db.close()


def _counts(path: Path) -> dict[str, int]:
    db = schema.open_reading(path)
    try:
        return care.counts(db)
    finally:
        db.close()


def line(done: Rebuilt) -> str:
    """The outcome in words."""
    change = done.change
    return (
        f"Read {done.items:,} items again: {done.events:,} events"
        f" ({change.new:,} new, {change.changed:,} changed, {change.gone:,} gone)"
    )
