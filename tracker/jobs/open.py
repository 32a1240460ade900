"""Opening the database so that it is migrated, ours, and holds the present record."""

from __future__ import annotations

import sqlite3
from contextlib import nullcontext
from typing import Final

from tracker.errors import Busy, RecordError, StoreError
from tracker.jobs.house import House
from tracker.store import schema
from tracker.store.schema import meta, set_meta
from tracker.store.waiting import waiting

A_MOMENT = 2000
"""Revisions that a reading command may read again by itself; more waits for poll or rebuild."""

PATIENCE: Final = 100
"""How often a question looks whether the file that another command makes is there."""


def for_reading(house: House) -> sqlite3.Connection:
    """The database for a question: never waits for a writer, never derives for long.

    A first use makes and fills it. Where it is out of date but cannot be written now, the last
    derivation answers, with a note.

    Raises:
        StoreError: it cannot be made or opened, is foreign, damaged, or of another schema.
    """
    path = house.paths.db
    if not _has_begun(house):
        _made(house)
    db = schema.open_reading(path)
    try:
        stale, readable = _stale(db, house), _readable(db, house)
        decided = _decisions_are_read(house, readable=readable)
    except BaseException:
        db.close()
        raise
    if not stale and decided and waiting(db, 0):
        return _joined(house, db)
    if not (stale and decided):
        return db
    if stale == "rules" and _much(db):
        house.say("rules or record changed since the last derivation: tracker db rebuild")
        return db
    db.close()
    _refresh(house, readable=readable)
    return schema.open_reading(path)


def _joined(house: House, db: sqlite3.Connection) -> sqlite3.Connection:
    """The database with what waits joined, if that is done in a moment and nobody else does it.

    A run that was stopped, or that could not read the decisions, leaves texts so.
    """
    if waiting(db, A_MOMENT):
        house.say("stored reports wait to be joined: tracker poll")
        return db
    db.close()
    try:
        with house.lock():
            _join(house)
    except Busy:
        pass  # whoever holds it is at it
    except StoreError as error:
        house.say(f"answering from the last derivation ({error.what})")
    return schema.open_reading(house.paths.db)


def _join(house: House) -> None:
    from tracker.jobs import derive

    db = for_writing(house)
    try:
        rules = derive.Rules(house.lexicon, house.decisions)
        derive.derive_new(db, rules, house.moment())
    finally:
        db.close()


def _decisions_are_read(house: House, *, readable: bool) -> bool:
    """Whether the user's decisions can be read; if not, a note says what answers.

    Raises:
        RecordError: they cannot, and the file is too old to be read as it is.
    """
    if not house.paths.decisions.exists():
        return True
    try:
        return house.decisions is not None
    except RecordError as error:
        if not readable:
            raise
        what = error.what.splitlines()[0].removesuffix(".")
        house.say(f"answering from the last derivation ({what}): {error.hint}")
        return False


def _can_be_read(house: House) -> bool:
    """Whether the decisions can be read; whoever needs them is told why not."""
    try:
        return house.decisions is not None
    except RecordError:
        return False


def _much(db: sqlite3.Connection) -> bool:
    """Whether reading everything again takes more than a moment."""
    from tracker.store import revisions

    return revisions.more_than(db, A_MOMENT)


def _refresh(house: House, *, readable: bool) -> None:
    """Bring the file up to date, or say why the last derivation answers.

    Raises:
        StoreError: it cannot be brought up to date, and is too old to be read as it is.
    """
    if not readable:
        _made(house)
        return
    try:
        with house.lock():
            for_writing(house).close()
    except Busy:
        house.say("answering from the last derivation (a poll is running)")
    except StoreError as error:
        house.say(f"answering from the last derivation ({error.what})")


def _made(house: House) -> None:
    """Make the file, or its tables; where another command is at that, wait until they are there.

    Raises:
        StoreError: it cannot be made, or the other command takes its time.
    """
    for _ in range(PATIENCE):
        try:
            with house.lock("nothing was read"):
                for_writing(house).close()
                return
        except Busy as error:
            busy = error
        house.pause()
        if _can_answer(house):
            return
    what = f"{house.paths.db} must be brought up to date, and another command holds it."
    raise StoreError(what, hint="wait for the running poll to end") from busy


def _has_begun(house: House) -> bool:
    path = house.paths.db
    return path.exists() and path.stat().st_size > 0


def _can_answer(house: House) -> bool:
    """Whether the file has all its tables by now, with what they hold: they come at once."""
    if not _has_begun(house):
        return False
    db = schema.open_reading(house.paths.db)
    try:
        return _readable(db, house)
    finally:
        db.close()


def for_writing(house: House) -> sqlite3.Connection:
    """The database for writing: migrated (a backup goes first) and holding the present record.

    Where rules changed, everything is read again: what is much, as ``db rebuild`` does, so that a
    run that was stopped goes on. Only whoever holds the lock does any of this.

    Raises:
        Busy: there is something to be done, and another command holds the lock.
        StoreError: read-only, foreign, newer, damaged, no room.
    """
    if _has_begun(house):
        db = schema.open_writing(house.paths.db)
        if _is_present(db, house):
            return db
    with nullcontext() if house.locked else house.lock("nothing was brought up to date"):
        return _brought_up(house)


def _is_present(db: sqlite3.Connection, house: House) -> bool:
    """Whether nothing is to be done about a file; else it is closed."""
    try:
        with schema.explained(house.paths.db):
            stale = _stale(db, house)
            if not stale or (stale == "decisions" and not _can_be_read(house)):
                return True
    except BaseException:
        db.close()
        raise
    db.close()
    return False


def _brought_up(house: House) -> sqlite3.Connection:
    """The database with all done that was to be done, by whoever holds the lock."""
    db = migrated(house)
    if _is_present(db, house):
        return db
    db = schema.open_writing(house.paths.db)
    try:
        with schema.explained(house.paths.db):
            stale = _stale(db, house)
            if not (stale == "rules" and _much(db) and _rules_changed(db, house)):
                _bring_up_to_date(db, house, stale)
                return db
    except BaseException:
        db.close()
        raise
    db.close()
    from tracker.jobs.rebuild import beside

    house.say("rules changed: everything stored is read again, which takes a while")
    beside(house, lambda *_: None)
    return schema.open_writing(house.paths.db)


def migrated(house: House) -> sqlite3.Connection:
    """The database for writing with the tables of this release; what is derived may be old.

    By whoever holds the lock.

    Raises:
        StoreError: read-only, foreign, newer, damaged, no room.
    """
    path, plan = house.paths.db, house.plan()
    if why := house.paths.homeless(path):
        raise StoreError(why, hint="--db FILE, or HOME")
    db = schema.open_writing(path)
    try:
        with schema.explained(path):
            schema.migrate(db, path, plan, house.paths.backups)
            if _stale(db, house) == "tables":
                _bring_up_to_date(db, house, "tables")
    except BaseException:
        db.close()
        raise
    return db


def _rules_changed(db: sqlite3.Connection, house: House) -> bool:
    from tracker.core.versions import version_of

    return meta(db, "rules") != version_of(house.lexicon.digest)


def _bring_up_to_date(db: sqlite3.Connection, house: House, stale: str) -> None:
    """Load a changed record, follow changed decisions; read all again for other rules or tables.

    What is much is left to be read again beside the file, as ``db rebuild`` does, which may be
    stopped; until then new tables answer with the record alone.
    """
    from tracker.jobs import decided, derive

    rules = derive.Rules(house.lexicon, house.decisions)
    moment = house.moment()
    with schema.transaction(db):
        if stale == "tables":
            schema.remake_derived(db, house.plan())
            set_meta(db, "derived_upto", "0")
        changed = meta(db, "record_digest") != house.record.digest
        if stale == "tables" and _much(db):
            derive.put_record(db, house.record, rules, moment)
            set_meta(db, "rules", "")
        elif stale == "tables" or meta(db, "rules") != rules.version:
            derive.rebuild(db, house.record, rules, moment)
        elif changed:
            derive.put_record(db, house.record, rules, moment)
        if not decided.is_current(db, house):
            decided.catch_up(db, house, rules, moment)
        set_meta(db, "record_stamp", house.record_stamp())


def _stale(db: sqlite3.Connection, house: House) -> str:
    """What is out of date: '' nothing, 'tables' their shape, 'rules' record, lexicon or rules.

    'decisions': only the lines that people wrote.
    """
    from tracker.core.versions import RULES_VERSION

    plan = house.plan()
    version = schema.version_of(db, house.paths.db, plan.version)
    if version < plan.version or not schema.derived_is_current(db, plan):
        return "tables"
    rules = (meta(db, "rules") or "").split(" ", 1)[0]
    same = rules == RULES_VERSION and meta(db, "record_stamp") == house.record_stamp()
    if not same:
        return "rules"
    return "" if _follows(db, house) else "decisions"


def _follows(db: sqlite3.Connection, house: House) -> bool:
    """Whether the events follow the decisions; no rule is loaded where nobody decided anything."""
    if not meta(db, "decided") and not any(file.exists() for file in house.paths.journals):
        return True
    from tracker.jobs import decided

    return decided.is_current(db, house)


def _readable(db: sqlite3.Connection, house: House) -> bool:
    plan = house.plan()
    version = schema.version_of(db, house.paths.db, plan.version)
    return version == plan.version and schema.derived_is_current(db, plan)
