"""``backfill``: archives of items to stored entries and events, in order of time.

First every part of every archive is read, anywhere and in any order, into a working file beside
the database; then the items are stored and derived in order of time. Both go on where they were
stopped: a part is read whole or not at all, and a batch is stored together with its place.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Final

from tracker.archives import find, items
from tracker.archives.parts import Archive, Part, Refused
from tracker.core.clean import told_path
from tracker.errors import Busy, UsageProblem
from tracker.jobs import derive, piles, workers
from tracker.jobs.backfill_item import Item, unpacked
from tracker.jobs.backfill_part import Result, Task
from tracker.jobs.clustering import make_events
from tracker.jobs.house import House
from tracker.jobs.joiner import Joiner, begun_late, joiner, worth
from tracker.settings import OWN_ID
from tracker.store import revisions, schema, side, spool
from tracker.store.archived import Archived
from tracker.store.derived import Derived
from tracker.store.expected import asked
from tracker.store.origin import moment
from tracker.store.schema import meta, set_meta, transaction
from tracker.store.spool import PartDone, Place, Spool, Spooled

BATCH: Final = 1000
"""Items stored and derived in one transaction."""
_PROGRESS: Final = "backfill"
_START: Final[Place] = ("", -1, -1)

Counted = dict[str, tuple[int, str]]
Tick = Callable[[str, int, int], None]
Spread = Callable[[Sequence[Part], Task], Iterator[Result]]


@dataclass(frozen=True, slots=True)
class Wish:
    """What the user asked for. ``feed`` names the feed of items that say none.

    ``jobs`` are the processes of this machine that may work for the one that stores.
    """

    paths: tuple[Path, ...]
    feed: str = ""
    matching: bool = False
    again: bool = False
    jobs: int = 1


SHARED_ID: Final = "with the id of another item, told apart by link and title"

SHOWN: Final = 20
"""Files that cannot be read of which a person is told each."""

KEPT: Final = {
    "": "nothing was read yet",
    "Reading": "{done:,} of {total:,} parts are read, their items are not all stored",
    "Storing": "{done:,} of {total:,} items are stored",
    **dict.fromkeys(("Comparing", "Joining"), "all items are stored, not all stand in events yet"),
}
"""What a stopped run leaves, by the step that it reached."""


@dataclass
class Report:
    """What a backfill came to. Counts are of items; ``skipped``: reason to (count, first place).

    ``noted`` counts in the same way what is odd in items that were not skipped.
    """

    archives: int = 0
    unchanged: int = 0
    read: int = 0
    stored: int = 0
    revised: int = 0
    known: int = 0
    unmatched: int = 0
    skipped: Counted = field(default_factory=dict)
    noted: Counted = field(default_factory=dict)
    refused: tuple[Refused, ...] = ()
    events_before: int = 0
    events: int = 0
    resumed: bool = False


def backfill(house: House, wish: Wish, spread: Spread, tick: Tick) -> Report:
    """Read the archives at the wished paths, store their items, derive their events.

    ``spread`` reads the parts; ``tick`` is told the step, how much of it is done, and of how much.

    Raises:
        UsageProblem: a path is no archive or has the wrong columns, or the feed's name is no id;
            nothing was read.
        Busy: a poll or another backfill is running, or rules changed; what was read is kept.
        StoreError: no room, or the database cannot be written; what was stored is kept.
    """
    _check_id(wish.feed)
    workers.seldom_swept()
    found = find.find(wish.paths)
    _refuse(found.refused, wish.paths)
    task = _task(house, wish)
    db = house.writer()
    archives = [one for one in found.archives if wish.again or not _unchanged(db, one, task)]
    report = Report(
        archives=len(archives), unchanged=len(found.archives) - len(archives),
        refused=found.refused,
    )  # fmt: skip
    if not archives:
        return report
    path = house.paths.db.with_name(house.paths.db.name + ".backfill")
    with spool.opened(path, _key(archives, task)) as (working, begun):
        report.resumed = begun
        parts = find.cut(archives)
        _read_all(working, parts, task, spread, tick)
        with house.lock("what was read is kept"):
            _check_still(house, db, task)
            store = _Store(house, db, task, working, report, tick, parts)
            with schema.synced_late(db):
                store.whole(_key(archives, task), wish.jobs)
            _count(report, working, parts)
            _remember(db, archives, task, moment(house.now()))
    side.remove(path)
    return report


def _check_still(house: House, db: sqlite3.Connection, task: Task) -> None:
    """Refuse a file that was brought to other rules or tables while the archives were read."""
    plan = house.plan()
    schema.version_of(db, house.paths.db, plan.version)
    with schema.explained(house.paths.db):
        if schema.derived_is_current(db, plan) and meta(db, "rules") == task.rules:
            return
    what = "Rules changed while the archives were read; nothing was stored."
    raise Busy(what, hint="the same command again, which reads by the new ones")


def _check_id(feed: str) -> None:
    if feed and not OWN_ID.fullmatch(feed):
        hint = "--feed with small letters, digits, dots and hyphens"
        raise UsageProblem(f"{feed!r} is no id of a feed.", hint=hint)


def _refuse(refused: Sequence[Refused], paths: Sequence[Path]) -> None:
    """Stop where a path that the user named is no archive; in a folder it is only told."""
    named = {str(path) for path in paths}
    for one in refused:
        if one.path in named:
            raise UsageProblem(f"{one.path} {one.why}.", hint=one.hint)


def _task(house: House, wish: Wish) -> Task:
    feeds = tuple(house.settings.feeds)
    rules = derive.Rules(house.lexicon, house.decisions).version
    return Task(house.lexicon, feeds, house.now(), rules, wish.feed, wish.matching)


def _chosen_by(archive: Archive, task: Task) -> str:
    return f"{task.feed}\n{task.rules}" if task.matching or archive.form == "warc" else task.feed


def _unchanged(db: sqlite3.Connection, archive: Archive, task: Task) -> bool:
    had = spool.finished(db).get(told_path(archive.path))
    return had is not None and had[:2] == (archive.stamp, _chosen_by(archive, task))


def _key(archives: Sequence[Archive], task: Task) -> str:
    """The name of a plan: the same archives read by the same rules."""
    told = [(one.path, one.stamp) for one in archives]
    words = json.dumps([told, task.rules, task.feed, task.matching])
    return hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()[:16]


def _read_all(
    working: Spool, parts: Sequence[Part], task: Task, spread: Spread, tick: Tick
) -> None:
    """Read what was not read yet."""
    done = {one.number for one in working.parts()}
    left = [part for part in parts if part.number not in done]
    first = {part.archive: part.number for part in reversed(parts)}
    tick("Reading", len(done), len(parts))
    try:
        for number, result in enumerate(spread(left, task), len(done) + 1):
            _agree(result, task)
            _keep(working, result, first[parts[result.number].archive])
            tick("Reading", number, len(parts))
    except OSError as error:
        raise UsageProblem(
            f"{error.filename or 'An archive'} cannot be read: {error.strerror or error}.",
            hint="the same command goes on with the rest",
        ) from error
    working.in_order()


def _agree(result: Result, task: Task) -> None:
    if result.rules != task.rules:
        raise UsageProblem(
            f"A worker reads by other rules ({result.rules}, here {task.rules}).",
            hint="install the same release of tracker on every worker",
        )


def _keep(working: Spool, result: Result, archive: int) -> None:
    counted = PartDone(
        result.number,
        result.read,
        result.unmatched,
        result.repeated,
        dict(result.skipped),
        dict(result.noted),
    )
    rows = (Spooled(row.day, result.number, row.position, archive, *row[2:]) for row in result.rows)
    working.add(counted, rows)


def _count(report: Report, working: Spool, parts: Sequence[Part]) -> None:
    """Add up what was counted in the parts."""
    by_number = {part.number: part for part in parts}
    for done in working.parts():
        report.read += done.read
        report.unmatched += done.unmatched
        report.known += done.repeated
        _add(report.skipped, done.skipped, by_number[done.number])
        _add(report.noted, done.noted, by_number[done.number])


def _add(whole: Counted, counted: Counted, part: Part) -> None:
    for why, (count, first) in counted.items():
        had, where = whole.get(why, (0, ""))
        whole[why] = had + count, where or _where(part, first)


def _where(part: Part, place: str) -> str:
    """A place in words that a person can go to; lines and rows count from 1."""
    sort, _, at = place.partition(" ")
    if part.form == "parquet":
        return f"{part.archive} row {int(at) + 1}"
    if sort == "byte" and part.form == "items":
        return f"{part.archive} line {items.line_of(part.archive, int(at))}"
    return place if part.form in ("feeds", "history") else f"{part.archive} {place}"


def _remember(db: sqlite3.Connection, archives: Sequence[Archive], task: Task, now: str) -> None:
    """The archives were read whole and stored whole."""
    with transaction(db):
        spool.finish(
            db, [(told_path(one.path), one.stamp, _chosen_by(one, task), now) for one in archives]
        )  # fmt: skip
        set_meta(db, _PROGRESS, "null")


class _Store:
    """The second half: items in order of time into the database, each batch with its place."""

    def __init__(self, house: House, db: sqlite3.Connection, task: Task, working: Spool,
                 report: Report, tick: Tick, parts: Sequence[Part]) -> None:  # fmt: skip
        self._db = db
        self._archived = Archived(db, house.now())
        self._task = task
        self._working = working
        self._report = report
        self._tick = tick
        self._parts = {part.number: part for part in parts}
        self._path = house.paths.db
        self._rules = derive.Rules(house.lexicon, house.decisions)
        self._now = house.now()

    def whole(self, key: str, jobs: int) -> None:
        """Store everything that was read, from where an earlier run of this plan stopped."""
        with schema.explained(self._path):
            place, total = self._begun(key), self._working.count()
            if place == _START:
                derive.derive_new(self._db, self._rules, moment(self._now))
            done = self._report.stored + self._report.revised + self._report.known
            hands = worth(jobs, total - done)
            with joiner(self._db, self._path, None, hands, self._tick) as joining:
                for batch in self._working.batches(place, BATCH):
                    self._take(batch, key, joining)
                    joining.more()
                    done += len(batch)
                    self._tick("Storing", done, total)
            self._join(jobs)
            self._report.events = Derived(self._db).count()

    def _begun(self, key: str) -> Place:
        """Where an earlier run of the same plan stopped; its counts are ours."""
        had = json.loads(meta(self._db, _PROGRESS) or "null")
        report = self._report
        if not had or had[0] != key:
            report.events_before = Derived(self._db).count()
            return _START
        report.stored, report.revised, report.known, report.events_before, noted = had[2]
        report.noted |= {why: (count, first) for why, (count, first) in noted.items()}
        return had[1][0], had[1][1], had[1][2]

    def _counts(self) -> list[object]:
        one = self._report
        return [one.stored, one.revised, one.known, one.events_before, one.noted]

    def _take(self, batch: Sequence[Spooled], key: str, joining: Joiner) -> None:
        """Store one batch with its place, and read it with what was recognised before."""
        found = [unpacked(row.body) for row in batch]
        read = {told.key: told for _, told in found}
        with begun_late(self._db, joining) as writes:
            self._store([(row, item) for row, (item, _) in zip(batch, found, strict=True)], writes)
            writes()
            fresh = revisions.keyed_after(self._db, int(meta(self._db, "derived_upto") or 0))
            if fresh:
                derive.put_batch(self._db, self._rules, derive.texts_read(fresh, read.get))
            place = batch[-1][:3]
            set_meta(self._db, _PROGRESS, json.dumps([key, place, self._counts()]))

    def _join(self, jobs: int) -> None:
        """Make the events at the end: so their ids depend on all items, not on their batches."""
        if piles.unjoined(self._db):
            make_events(self._db, self._rules, moment(self._now), self._tick,
                        path=self._path, jobs=jobs)  # fmt: skip

    def _store(self, items: Sequence[tuple[Spooled, Item]], writes: Callable[[], None]) -> None:
        coming = [asked(item.origin.feed, row.guid, item.arrival) for row, item in items]
        self._archived.begin(coming, writes)
        for one, (row, item) in zip(coming, items, strict=True):
            shows = partial(self._working.shows, row.archive, row.document)
            captured = item.captured
            done = self._archived.take(one, item.arrival, item.origin, shows, captured=captured)
            self._report.stored += done in ("new", "apart")
            self._report.revised += done == "revised"
            self._report.known += done == "known"
            if done == "apart":
                _add(self._report.noted, {SHARED_ID: (1, row.place)}, self._parts[row.part])
        self._archived.write()


def lines(report: Report) -> str:
    """The report for a person: what was read, stored, known, skipped and why, and the events."""
    parts = {
        "stored": report.stored, "revised": report.revised, "known": report.known,
        "of no interest": report.unmatched,
        "skipped": sum(count for count, _ in report.skipped.values()),
    }  # fmt: skip
    shown = [f"{count:,} {name}" for name, count in parts.items() if count or name == "stored"]
    found = [f"Read {_number(report.read, 'item')}: {', '.join(shown)}"]
    found += [
        f"  {count:,} {why} (first: {where})"
        for counted in (report.skipped, report.noted)
        for why, (count, where) in sorted(counted.items())
    ]
    found += [f"  {one.path} {one.why}" for one in report.refused[:SHOWN]]
    if more := len(report.refused[SHOWN:]):
        found.append(f"  and {_number(more, 'more file')} (--format json names each)")
    if report.unchanged:
        unchanged = _number(report.unchanged, "archive")
        were = "it was" if report.unchanged == 1 else "they were"
        found.append(f"  {unchanged} unchanged since {were} read")
    if report.archives:
        found.append(f"Events: {report.events_before:,} before, {report.events:,} now")
    return "\n".join(found)


def _number(number: int, word: str) -> str:
    return f"{number:,} {word}" if number == 1 else f"{number:,} {word}s"


def as_json(report: Report) -> str:
    """The report for a machine."""
    refused = [{"path": one.path, "why": one.why} for one in report.refused]
    return json.dumps(
        {
            "schema_version": 1, "archives": report.archives, "unchanged": report.unchanged,
            "resumed": report.resumed, "read": report.read, "stored": report.stored,
            "revised": report.revised, "known": report.known, "unmatched": report.unmatched,
            "skipped": _plain(report.skipped), "noted": _plain(report.noted),
            "refused": refused, "events_before": report.events_before,
            "events": report.events,
        },
        ensure_ascii=False, indent=1,
    )  # fmt: skip


def _plain(counted: Counted) -> list[dict[str, object]]:
    return [
        {"why": why, "items": count, "first": where}
        for why, (count, where) in sorted(counted.items())
    ]
