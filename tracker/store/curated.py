"""The record as last loaded: events, series, observations, measures, claims, aliases."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from datetime import date

from tracker.codec import pack, unpack
from tracker.core.accepted import FIRST
from tracker.model import Measure, Observation, Record, RecordEvent, SeedClaim, Series
from tracker.store.schema import meta, set_meta


def body(noun: object) -> str:
    """A noun as one line of JSON."""
    return json.dumps(pack(noun), ensure_ascii=False, separators=(",", ":"))


class Curated:
    """The tables that mirror ``db/record``; replaced whole when its content changes."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def replace(
        self,
        record: Record,
        aliases: Iterable[tuple[str, str, str]],
        accepted: Iterable[Observation] = (),
    ) -> None:
        """Put ``record`` in the place of what was loaded before, inside the caller's transaction.

        ``aliases`` are (folded name, facet, canonical name); ``accepted`` the figures of texts that
        a person took for observations.
        """
        tables = ("measure_states", "measures", "observations", "series", "record_events",
                  "seed_claims", "aliases")  # fmt: skip
        for table in tables:
            self._db.execute(f"DELETE FROM {table}")
        self._put_figures(record)
        self.accept(accepted)
        self._put_measures(record)
        self._db.executemany(
            "INSERT INTO record_events VALUES (?, ?)", [(e.id, body(e)) for e in record.events]
        )
        self._db.executemany(
            "INSERT INTO seed_claims VALUES (?, ?, ?)",
            [(claim.id, n, body(claim)) for n, claim in enumerate(record.claims)],
        )
        self._db.executemany("INSERT OR IGNORE INTO aliases VALUES (?, ?, ?)", aliases)
        set_meta(self._db, "record_day", record.day.isoformat())
        begin = record.searched_from
        set_meta(self._db, "record_from", begin.isoformat() if begin else "")
        set_meta(self._db, "record_digest", record.digest)

    def _put_figures(self, record: Record) -> None:
        from sqlite_utils import Database  # loading the record only: no question pays for it

        tables = Database(self._db)
        tables.table("series").insert_all(
            {"number": number} | pack(one) for number, one in enumerate(record.series)
        )
        tables.table("observations").insert_all(_observation_row(o) for o in record.observations)

    def accept(self, accepted: Iterable[Observation]) -> None:
        """Put the figures that people accepted in the place of those that stood there."""
        from sqlite_utils import Database

        self._db.execute("DELETE FROM observations WHERE number >= ?", (FIRST,))
        known = {row[0] for row in self._db.execute("SELECT id FROM series")}
        rows = [_observation_row(one) for one in accepted if one.series in known]
        Database(self._db).table("observations").insert_all(rows)

    def _put_measures(self, record: Record) -> None:
        for number, measure in enumerate(record.measures):
            self._db.execute(
                "INSERT INTO measures VALUES (?, ?, ?, ?, ?)",
                (measure.id, number, measure.title, measure.checked.isoformat(), body(measure)),
            )
            self._db.executemany(
                "INSERT INTO measure_states VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    (measure.id, n, s.state, s.since.isoformat(),
                     s.until.isoformat() if s.until else None, s.by, s.strand, s.event_id)
                    for n, s in enumerate(measure.states)
                ],
            )  # fmt: skip

    def events(self) -> tuple[RecordEvent, ...]:
        """All curated events, in the order of their ids."""
        rows = self._db.execute("SELECT body FROM record_events ORDER BY id")
        return tuple(unpack(RecordEvent, json.loads(row[0])) for row in rows)

    def event(self, id_: str) -> RecordEvent | None:
        """One curated event."""
        row = self._db.execute("SELECT body FROM record_events WHERE id = ?", (id_,)).fetchone()
        return unpack(RecordEvent, json.loads(row[0])) if row else None

    def series(self) -> tuple[Series, ...]:
        """All series, in record order."""
        rows = self._db.execute(
            "SELECT id, title, unit, scope, geography, higher_means, note FROM series"
            " ORDER BY number"
        )
        return tuple(Series(*row) for row in rows)

    def observations(self, series: Iterable[str] | None = None) -> tuple[Observation, ...]:
        """All observations (of some series), in record order."""
        rows = self._db.execute("SELECT series, body FROM observations ORDER BY number").fetchall()
        wanted = None if series is None else set(series)
        return tuple(
            unpack(Observation, json.loads(row[1]))
            for row in rows
            if wanted is None or row[0] in wanted
        )

    def measures(self) -> tuple[Measure, ...]:
        """All measures, in record order."""
        rows = self._db.execute("SELECT body FROM measures ORDER BY number")
        return tuple(unpack(Measure, json.loads(row[0])) for row in rows)

    def measures_by_event(self) -> dict[str, tuple[str, ...]]:
        """For each cited event the measures whose states cite it."""
        found: dict[str, dict[str, None]] = {}
        for event, measure in self._db.execute(
            "SELECT s.event_id, s.measure FROM measure_states s JOIN measures m ON m.id = s.measure"
            " WHERE s.event_id IS NOT NULL ORDER BY m.number, s.number"
        ):
            found.setdefault(event, {})[measure] = None
        return {event: tuple(measures) for event, measures in found.items()}

    def claims(self) -> tuple[SeedClaim, ...]:
        """The curated verdicts on the founding article."""
        rows = self._db.execute("SELECT body FROM seed_claims ORDER BY number")
        return tuple(unpack(SeedClaim, json.loads(row[0])) for row in rows)

    def canonical(self, facet: str, folded: str) -> tuple[str, ...]:
        """The canonical names that a folded alias stands for; also actors that people put in."""
        found = self._aliased(facet, folded)
        if facet != "actor":
            return found
        return tuple(sorted({*found, *self._put_in(folded)}))

    def _aliased(self, facet: str, folded: str) -> tuple[str, ...]:
        rows = self._db.execute(
            "SELECT canonical FROM aliases WHERE folded = ? AND facet = ? ORDER BY canonical",
            (folded, facet),
        )
        return tuple(row[0] for row in rows)

    def _put_in(self, folded: str) -> tuple[str, ...]:
        """The actors of events that are called so themselves: people may put any name in.

        Names are walked one by one along the index: events are many, names few.
        """
        from tracker.core.text import fold

        rows = self._db.execute(
            "WITH RECURSIVE names (value) AS ("
            " SELECT min(value) FROM event_facets WHERE facet = 'actor' UNION ALL"
            " SELECT (SELECT min(f.value) FROM event_facets f"
            "         WHERE f.facet = 'actor' AND f.value > names.value)"
            " FROM names WHERE value IS NOT NULL)"
            " SELECT value FROM names WHERE value IS NOT NULL"
        )
        return tuple(row[0] for row in rows if fold(row[0]).text == folded)

    def names(self, facet: str) -> list[str]:
        """Every folded name of a facet, for suggestions."""
        rows = self._db.execute(
            "SELECT DISTINCT folded FROM aliases WHERE facet = ? ORDER BY folded", (facet,)
        )
        return [row[0] for row in rows]

    def day(self) -> date:
        """The record day."""
        return date.fromisoformat(meta(self._db, "record_day") or "")

    def searched_from(self) -> date | None:
        """The day before which the record holds landmarks only, where it names one."""
        begin = meta(self._db, "record_from")
        return date.fromisoformat(begin) if begin else None


def _observation_row(one: Observation) -> dict[str, object]:
    row: dict[str, object] = dict.fromkeys(
        ("variant", "value_low", "value_high", "house", "url", "flag")
    )
    row.update(pack(one))
    row.pop("accepted", None)  # stands in the note and in the body
    return row | {"derived": int(one.derived), "body": body(one)}
