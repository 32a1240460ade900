"""Lines of the journal as they are written: under the lock, with the events they touch."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product
from typing import TypeAlias

from tracker.core import accepted
from tracker.core.decisions import standing
from tracker.jobs import decided, derive
from tracker.jobs.house import House
from tracker.model import Decision
from tracker.record import journal
from tracker.store.curated import Curated
from tracker.store.derived import Derived
from tracker.store.schema import transaction

Moved: TypeAlias = tuple[str, str, str]
"""The id of an event, a report that leaves it, and one that stays: the id stays with that."""


@dataclass(frozen=True, slots=True)
class Decided:
    """What was written, and which events are new or changed.

    ``gone`` are those that are no more, with the event that each is part of now ('' of none);
    ``hiding`` the lines that keep out what was confirmed.
    """

    lines: tuple[Decision, ...]
    events: tuple[str, ...]
    gone: tuple[tuple[str, str], ...] = ()
    hiding: tuple[Decision, ...] = ()


def all_lines(house: House) -> list[Decision]:
    """The shipped lines and the user's own, in the order of their files."""
    shipped = journal.read(house.paths.journals[0])
    return [*shipped, *journal.read(house.paths.decisions)]


def write(
    house: House, verdict: str, groups: Sequence[tuple[str, ...]], value: str, why: str, by: str,
    seen: str, moved: Moved | None = None,
) -> Decided:  # fmt: skip
    """One line for each group of items, under one run; ``moved``: whom the printed id leaves."""
    return write_each(house, verdict, groups, [value], why, by, seen, moved)


def write_each(
    house: House, verdict: str, groups: Sequence[tuple[str, ...]], values: Sequence[str],
    why: str, by: str, seen: str, moved: Moved | None = None,
) -> Decided:  # fmt: skip
    """The same for several values: one line for each of them and each group of items."""
    stamp = house.moment()
    run = new_run(house, verdict, str(groups), *values, stamp, by)
    lines = [
        Decision(f"{run}-{n}", verdict, items, value, by, stamp, why, seen)
        for n, (value, items) in enumerate(product(values, groups))
    ]
    return keep(house, lines, {item for items in groups for item in items}, moved)


def keep(
    house: House,
    lines: Sequence[Decision],
    items: set[str],
    moved: Moved | None = None,
) -> Decided:
    """Append under the lock, then make the events of ``items`` again.

    Raises:
        Busy: a poll is running; nothing was written.
        StoreError: the database or the journal cannot be written; nothing was.
    """
    with house.lock("nothing was decided"):
        db = house.writer()
        journal.append(house.paths.decisions, lines)
        if moved:
            with transaction(db):
                Derived(db).hang_elsewhere(*moved)
        rules = derive.Rules(house.lexicon, standing(all_lines(house)))
        if any(line.verdict in ("accept-claim", "withdrawn") for line in lines):
            with transaction(db):
                Curated(db).accept(accepted.observations(rules.decisions.claims.values()))
        done = [derive.redecide(db, items, rules, house.moment())]
        if any(line.verdict in ("confirm", "withdrawn") for line in lines):
            done.append(derive.rederive(db, items, rules, house.moment()))
        decided.remember(db, house, rules.decisions)
    touched = {event for one in done for event in (*one.new, *one.changed)}
    return _decided(db, lines, sorted(touched))


def _decided(db: sqlite3.Connection, lines: Iterable[Decision], touched: Sequence[str]) -> Decided:
    derived = Derived(db)
    now = {id_: event.id if (event := derived.resolve(id_)) else "" for id_ in touched}
    gone = tuple((id_, now[id_]) for id_ in touched if now[id_] != id_)
    stand = {*now.values()} - {""}
    return Decided(tuple(lines), tuple(sorted(stand)), gone)


def run_of(line: Decision) -> str:
    """The name that the lines of one command share."""
    return line.key.rpartition("-")[0] or line.key


def new_run(house: House, *parts: str) -> str:
    """A name for the lines of one command; within a second the later one sorts later."""
    place = len(journal.read(house.paths.decisions))
    return f"{place:06}-{_hash(*parts)}"


def _hash(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:12]
