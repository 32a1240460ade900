"""The graph of candidate joins: each pair once, with its score and without its reasons."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from tracker.model import Join

_LEADING: Final = (
    " AND (instr(\"right\", '/') = 0 OR \"right\" >= 'record:' AND \"right\" < 'record;'"
    ' OR "right" IN (SELECT value FROM json_each(?)))'
)


class Joins:
    """The joins of one database: ``core.match`` scores them, ``jobs.graph`` decides on them."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def forget(self, nodes: Sequence[str]) -> None:
        """Remove every join of some nodes."""
        for column in ('"left"', '"right"'):
            self._db.executemany(f"DELETE FROM joins WHERE {column} = ?", [(n,) for n in nodes])

    def put(self, joins: Iterable[Join], threshold: float) -> None:
        """Store candidate joins; those of at least ``threshold`` hold a component together."""
        self._db.executemany(
            'INSERT OR REPLACE INTO joins ("left", "right", score, joined) VALUES (?, ?, ?, ?)',
            sorted(
                (*sorted((j.left, j.right)), j.score, int(j.score >= threshold)) for j in joins
            ),  # in the order of the table: few of its pages are changed at a time
        )

    def from_left(self, left: str, *, also: str = "") -> Iterator[tuple[str, float]]:
        """The right nodes of the stored joins of a left one, with their scores.

        With ``also`` (JSON) none that are further mentions, but for those it names.
        """
        sql = 'SELECT "right", score FROM joins WHERE "left" = ?'
        cursor = self._db.cursor()
        cursor.row_factory = None  # as plain tuples: a component has millions
        return cursor.execute(sql + _LEADING * bool(also), (left, also) if also else (left,))

    def of_node(self, node: str) -> list[Join]:
        """Every stored join of one node, best first; without reasons (``jobs.reasons``)."""
        rows = self._db.execute(
            'SELECT "left", "right", score FROM joins WHERE "left" = :node UNION ALL'
            ' SELECT "left", "right", score FROM joins WHERE "right" = :node ORDER BY score DESC',
            {"node": node},
        )
        return [Join(row[0], row[1], row[2], ()) for row in rows]

    def component(self, seeds: Iterable[str]) -> set[str]:
        """All nodes that hang together with ``seeds`` through joins strong enough to matter."""
        found: set[str] = set()
        fresh = set(seeds)
        while fresh:
            found |= fresh
            asked = (json.dumps(list(fresh)),)
            near = {
                row[0]
                for column, other in (('"left"', '"right"'), ('"right"', '"left"'))
                for row in self._db.execute(
                    f"SELECT DISTINCT j.{column} FROM json_each(?) one CROSS JOIN joins j"
                    f" ON j.{other} = one.value WHERE j.joined", asked,
                )
            }  # fmt: skip
            fresh = near - found
        return found
