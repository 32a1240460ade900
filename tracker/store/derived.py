"""Mentions, candidate joins and events: what is derived and can be made again."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from tracker.codec import unpack
from tracker.core.question import is_official
from tracker.model import BELOW_LINE, Event, Mention
from tracker.store.curated import body
from tracker.store.nodes import of_item

if TYPE_CHECKING:
    from tracker.core.reading import Row

_REPORT = re.compile(r"(?:^|-)([0-9a-f]{6})$")  # how an id of news ends (core/event_ids.py)
_AT_ONCE = 500  # values in one IN list; SQLite's own limit is far above

A_DAY = 1 << 20
"""Numbers kept for the events of one day."""


def number_of_day(day: date) -> int:
    """The lowest number of an event of a day."""
    return day.toordinal() * A_DAY


class Derived:
    """The throw-away tables of news: changed by connected component, never by hand."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    # ---- mentions and the graph of candidate joins --------------------------------------------

    def put_mentions_of(self, found: Iterable[tuple[int, str, Sequence[Row]]]) -> None:
        """Store the mentions of many revisions at once, with the items they are of."""
        self._db.executemany(
            "INSERT OR REPLACE INTO mentions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (f"{item_id}/{row.number}" if row.number else item_id, item_id, revision, *row[1:])
                for revision, item_id, rows in found
                for row in rows
            ],
        )

    def mention_ids(self, item_ids: Iterable[str]) -> list[str]:
        """The stored mentions of some items."""
        return [row[0] for row in self._of_items("m.id", item_ids)]

    def record_nodes(self) -> list[str]:
        """The nodes of curated events."""
        rows = self._db.execute("SELECT DISTINCT node FROM blocks WHERE node LIKE 'record:%'")
        return [row[0] for row in rows]

    def mentions(self, ids: Iterable[str]) -> dict[str, Mention]:
        """Mentions by node id; one that tells of no act is kept without what it says."""
        rows = self._in("SELECT id, body FROM mentions WHERE relevant AND id IN (%s)", ids)
        return {row[0]: unpack(Mention, json.loads(row[1])) for row in rows}

    def mentions_of(self, item_ids: Iterable[str]) -> list[Mention]:
        """The mentions of some items that take part in joining."""
        rows = self._of_items("m.body", item_ids, "relevant")
        return [unpack(Mention, json.loads(row[0])) for row in rows]

    def acts(self, ids: Iterable[str]) -> dict[str, Mention]:
        """Mentions by node id, without the reasons, which joining never asks for."""
        rows = self._in("SELECT id, body FROM mentions WHERE relevant AND id IN (%s)", ids)
        return {row[0]: _act(row[1]) for row in rows}

    def relevant_of(self, item_ids: Iterable[str]) -> list[Mention]:
        """The same without their reasons."""
        return [_act(row[0]) for row in self._of_items("m.body", item_ids, "relevant")]

    def standing(self, item_ids: Sequence[str]) -> list[str]:
        """The nodes of some items that stand in the graph."""
        rows = self._db.execute(
            "SELECT DISTINCT b.node FROM json_each(?) one CROSS JOIN blocks b"
            f" ON {of_item('b.node', 'one.value')}", (json.dumps(list(item_ids)),)
        )  # fmt: skip
        return [row[0] for row in rows]

    def revisions_read(self) -> dict[str, int]:
        """For each item the revision its mentions were read from."""
        rows = self._db.execute("SELECT DISTINCT item_id, revision FROM mentions")
        return {row[0]: int(row[1]) for row in rows}

    def forget(self, nodes: Sequence[str]) -> None:
        """Remove mentions: of an older revision, or of what was withdrawn."""
        self._db.executemany("DELETE FROM mentions WHERE id = ?", [(n,) for n in nodes])

    def without_event(self, first: str = "", last: str = "\U0010ffff") -> list[str]:
        """The nodes that stand in the graph and in no event, from one name to before another."""
        rows = self._db.execute(
            "SELECT DISTINCT node FROM blocks WHERE node >= ? AND node < ? AND NOT EXISTS"
            " (SELECT 1 FROM event_members m WHERE m.node = blocks.node) ORDER BY node",
            (first, last),
        )
        return [row[0] for row in rows]

    def count_nodes(self) -> int:
        """How many nodes stand in the graph."""
        row = self._db.execute("SELECT count(DISTINCT node) FROM blocks").fetchone()
        return int(row[0])

    def is_event(self, nodes: Sequence[str]) -> bool:
        """Whether these nodes and no others are one event."""
        rows = self._db.execute(
            "SELECT node FROM event_members WHERE event ="
            " (SELECT event FROM event_members WHERE node = ?)", (nodes[0],)
        )  # fmt: skip
        return {row[0] for row in rows} == set(nodes)

    def memberships(self, nodes: Iterable[str]) -> set[frozenset[str]]:
        """The nodes of each event that holds any of ``nodes``."""
        rows = self._db.execute(
            "SELECT m.event, m.node FROM event_members m WHERE m.event IN (SELECT o.event FROM"
            " json_each(?) one CROSS JOIN event_members o ON o.node = one.value)",
            (json.dumps(list(nodes)),),
        )
        found: dict[int, set[str]] = {}
        for event, node in rows:
            found.setdefault(event, set()).add(node)
        return {frozenset(held) for held in found.values()}

    # ---- events -------------------------------------------------------------------------------

    def drop_events(self, nodes: Iterable[str]) -> dict[str, tuple[str, set[str]]]:
        """Remove the events that hold any of ``nodes``; return id to (body, nodes held)."""
        numbers = {
            row[0] for row in self._in("SELECT event FROM event_members WHERE node IN (%s)", nodes)
        }
        old: dict[str, tuple[str, set[str]]] = {}
        for row in self._in(
            "SELECT e.id, e.body, m.node FROM events e JOIN event_members m ON m.event = e.number"
            " WHERE e.number IN (%s)", numbers,
        ):  # fmt: skip
            old.setdefault(row[0], (row[1], set()))[1].add(row[2])
        for table, column in (
            ("event_members", "event"), ("event_sources", "event"), ("event_dates", "event"),
            ("event_facets", "event"), ("events", "number"), ("event_words", "rowid"),
        ):  # fmt: skip
            self._db.executemany(f"DELETE FROM {table} WHERE {column} = ?", [(n,) for n in numbers])
        return old

    def put_event(self, event: Event, nodes: Sequence[str]) -> int:
        """Store one event with its members, sources, dates and facets."""
        number = self._free_number(event.date)
        self._db.execute(
            'INSERT INTO events (number, id, date, "precision", end_date, last, known, link_day,'
            " kind, instrument, direction, status, evidence, origin, title, summary, note,"
            " witnesses, reports, official, body)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (number, *_event_row(event)),
        )
        self._db.executemany(
            "INSERT INTO event_members VALUES (?, ?)", [(number, node) for node in nodes]
        )
        self._put_parts(number, event)
        from tracker.store import indexing  # for writing alone

        indexing.index_event(self._db, number, event)
        return number

    def _free_number(self, day: date) -> int:
        """A number for an event of a day: those of later days are higher."""
        first = number_of_day(day)
        row = self._db.execute(
            "SELECT max(number) FROM events WHERE number >= ? AND number < ?",
            (first, first + A_DAY),
        ).fetchone()
        return first if row[0] is None else int(row[0]) + 1

    def _put_parts(self, number: int, event: Event) -> None:
        self._db.executemany(
            "INSERT INTO event_sources VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (number, n, s.url, s.publisher, s.published.isoformat() if s.published else None,
                 s.lang, int(s.official), int(s.opened), s.ref, s.title)
                for n, s in enumerate(event.sources)
            ],
        )  # fmt: skip
        self._db.executemany(
            "INSERT OR IGNORE INTO event_dates VALUES (?, ?, ?)",
            [(number, name, d.isoformat()) for name, days in event.dates.items() for d in days],
        )
        facets = {
            "actor": event.actors, "item": event.items, "term": event.terms,
            "jurisdiction": event.jurisdiction, "measure": event.measures, "series": event.series,
        }  # fmt: skip
        self._db.executemany(
            "INSERT OR IGNORE INTO event_facets VALUES (?, ?, ?)",
            [(facet, value, number) for facet, values in facets.items() for value in values],
        )

    def event(self, id_: str) -> Event | None:
        """One event by its present id."""
        row = self._db.execute("SELECT body FROM events WHERE id = ?", (id_,)).fetchone()
        return unpack(Event, json.loads(row[0])) if row else None

    def event_of_node(self, node: str) -> Event | None:
        """The event that holds a node."""
        row = self._db.execute(
            "SELECT e.body FROM events e JOIN event_members m ON m.event = e.number"
            " WHERE m.node = ?", (node,)
        ).fetchone()  # fmt: skip
        return unpack(Event, json.loads(row[0])) if row else None

    def event_of_item(self, item_id: str) -> Event | None:
        """The event that a report is one of: by itself, or because others tell of its act."""
        nodes = (item_id, *(f"{item_id}/{number}" for number in BELOW_LINE))
        return next((event for node in nodes if (event := self.event_of_node(node))), None)

    def nodes_of(self, id_: str) -> list[str]:
        """The nodes that an event holds."""
        rows = self._db.execute(
            "SELECT m.node FROM event_members m JOIN events e ON e.number = m.event"
            " WHERE e.id = ? ORDER BY m.node", (id_,)
        )  # fmt: skip
        return [row[0] for row in rows]

    def resolve(self, id_: str) -> Event | None:
        """The event that an id, once printed, now stands for."""
        event = self.event(id_)
        if event:
            return event
        anchor = self.anchor_of(id_)
        return self.event_of_node(anchor) if anchor else None

    def anchor_of(self, id_: str) -> str | None:
        """The node by which an id hangs that was printed; None of one that never was."""
        row = self._db.execute("SELECT anchor FROM event_ids WHERE id = ?", (id_,)).fetchone()
        return row[0] if row else None

    def hanging_by(self, id_: str) -> str | None:
        """The event that holds the report whose letters end an id; None where two events do.

        An id printed for a past day (``--as-of``) hangs by the first report that there was then,
        and is kept nowhere: no past day is stored.
        """
        found = _REPORT.search(id_)
        if not found:
            return None
        rows = self._db.execute(
            "SELECT item_id FROM items WHERE item_id >= ? AND item_id < ?",
            (found[1], f"{found[1]}g"),
        )
        events = {event.id for row in rows if (event := self.event_of_item(row[0]))}
        return events.pop() if len(events) == 1 else None

    def ids(self) -> list[str]:
        """All present event ids, oldest first."""
        return [row[0] for row in self._db.execute("SELECT id FROM events ORDER BY date, id")]

    def naming_host(self, host: str) -> list[Event]:
        """Events with a source whose address contains ``host``, oldest first."""
        rows = self._db.execute(
            "SELECT body FROM events WHERE number IN (SELECT event FROM event_sources"
            " WHERE instr(lower(url), lower(?))) ORDER BY date, id", (host,)
        )  # fmt: skip
        return [unpack(Event, json.loads(row[0])) for row in rows]

    def ids_ever(self, most: int) -> list[str] | None:
        """Present and former ids, in no order; None where there are more than so many."""
        many = self._db.execute("SELECT 1 FROM event_ids LIMIT 1 OFFSET ?", (most,)).fetchone()
        if many:
            return None
        sql = "SELECT id FROM events UNION SELECT id FROM event_ids"
        return [row[0] for row in self._db.execute(sql)]

    def ids_like(self, part: str, most: int = 20) -> list[str]:
        """Present and former ids that contain ``part``."""
        rows = self._db.execute(
            "SELECT id FROM events WHERE instr(id, :part) UNION"
            " SELECT id FROM event_ids WHERE instr(id, :part) ORDER BY id LIMIT :most",
            {"part": part, "most": most},
        )  # fmt: skip
        return [row[0] for row in rows]

    def events(self, where: str = "1", values: Sequence[object] = (), *, newest: int | None = None
               ) -> list[Event]:  # fmt: skip
        """Events by a condition of ``store.questions``, oldest first; only the newest N of them."""
        sql = f"SELECT body, date, id FROM events WHERE {where} ORDER BY date DESC, id DESC"
        rows = self._db.execute(sql + (f" LIMIT {int(newest)}" if newest else ""), tuple(values))
        return [unpack(Event, json.loads(row[0])) for row in reversed(rows.fetchall())]

    def neighbours(self, event: Event) -> tuple[Event | None, Event | None]:
        """The events before and after in the order of the timeline."""
        key = (event.date.isoformat(), event.id)
        before = self.events("(date, id) < (?, ?)", key, newest=1)
        row = self._db.execute(
            "SELECT body FROM events WHERE (date, id) > (?, ?) ORDER BY date, id LIMIT 1", key
        ).fetchone()
        after = unpack(Event, json.loads(row[0])) if row else None
        return (before[0] if before else None), after

    def count(self, where: str = "1", values: Sequence[object] = ()) -> int:
        """How many events meet a condition."""
        sql = f"SELECT count(*) FROM events WHERE {where}"
        return int(self._db.execute(sql, tuple(values)).fetchone()[0])

    def span(self) -> tuple[date, date] | None:
        """The first and the last day of the events held."""
        row = self._db.execute("SELECT min(date), max(date) FROM events").fetchone()
        if row[0] is None:
            return None
        return date.fromisoformat(row[0]), date.fromisoformat(row[1])

    # ---- kept ids -----------------------------------------------------------------------------

    def kept_ids(self, nodes: Iterable[str]) -> list[str]:
        """Ids printed before whose anchor is among ``nodes``, the oldest first."""
        rows = self._in("SELECT id, since FROM event_ids WHERE anchor IN (%s)", nodes)
        return [row[0] for row in sorted(rows, key=lambda row: (row[1], row[0]))]

    def keep_id(self, id_: str, anchor: str, since: str) -> str:
        """Keep an id for an anchor; a taken one gets the next free number. Return the id kept."""
        number, free = 1, id_
        while True:
            self._db.execute(
                "INSERT OR IGNORE INTO event_ids VALUES (?, ?, ?)", (free, anchor, since)
            )
            row = self._db.execute("SELECT anchor FROM event_ids WHERE id = ?", (free,)).fetchone()
            if row[0] == anchor:
                return free
            number += 1
            free = f"{id_}-{number}"

    def hang_elsewhere(self, id_: str, gone: str, anchor: str) -> None:
        """The id of an event that hangs by a report which leaves it hangs by one that stays.

        An id that the report had before it came to the event goes with the report.
        """
        self._db.execute(
            "UPDATE event_ids SET anchor = ? WHERE id = ? AND anchor = ?", (anchor, id_, gone)
        )

    # ---- the rest -----------------------------------------------------------------------------

    def clear(self) -> None:
        """Forget everything derived from entries; the record's own tables stay."""
        for table in ("event_members", "event_sources", "event_dates", "event_facets", "events",
                      "event_words", "joins", "blocks", "mentions"):  # fmt: skip
            self._db.execute(f"DELETE FROM {table}")

    def _of_items(self, column: str, item_ids: Iterable[str], where: str = "1") -> sqlite3.Cursor:
        """One column of the mentions of some items: ids begin with those of their items."""
        return self._db.execute(
            f"SELECT {column} FROM json_each(?) one CROSS JOIN mentions m"
            f" ON {of_item('m.id', 'one.value')} WHERE {where}", (json.dumps(list(item_ids)),)
        )  # fmt: skip

    def _in(self, sql: str, values: Iterable[object]) -> Iterator[sqlite3.Row]:
        """Run ``sql`` with its ``%s`` list filled, in slices that SQLite takes."""
        rest = list(values)
        for start in range(0, len(rest), _AT_ONCE):
            part = rest[start : start + _AT_ONCE]
            yield from self._db.execute(sql % ",".join("?" * len(part)), part).fetchall()


def _act(body: str) -> Mention:
    """A mention without its reasons, which are half of the work of reading it."""
    values = json.loads(body)
    values.pop("reasons", None)
    return unpack(Mention, values)


def _event_row(event: Event) -> tuple[object, ...]:
    return (
        event.id, event.date.isoformat(), event.precision,
        event.end_date.isoformat() if event.end_date else None, event.last.isoformat(),
        event.known.isoformat() if event.known else None, event.link_day.isoformat(), event.kind,
        event.instrument, event.direction, event.status, event.evidence, event.origin, event.title,
        event.summary, event.note, event.witnesses, event.reports,
        int(is_official(event)), body(event),
    )  # fmt: skip
