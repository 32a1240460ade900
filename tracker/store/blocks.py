"""Which nodes lie under which key: looked up once, remembered, changed in memory, written late.

Joining asks for the first holders of thousands of keys, most of them keys of the same few weeks.
Nobody else changes the table meanwhile, so an answer stays right; what changes is applied to it.
"""

from __future__ import annotations

import json
import sqlite3
from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator
from sys import intern
from typing import Final

from tracker.model import RECORD
from tracker.nouns import dataclass

FIRST: Final = 40
"""Holders read at once where only the first are asked for."""
HELD: Final = 400_000
"""Names remembered at once."""
_AT_ONCE: Final = 500  # values in one IN list
_KEYS: Final = "SELECT node, json_group_array(key) FROM blocks"


@dataclass(slots=True)
class _Holders:
    """The first holders of a key by name; ``whole`` where there are no others."""

    names: list[str]
    whole: bool


class Blocks:
    """The table ``blocks``; ``write`` puts what was changed into it."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._known: dict[str, _Holders] = {}
        self._curated: dict[str, set[str]] | None = None
        self._changes: dict[str, dict[str, bool]] = defaultdict(dict)
        self._by_node: dict[str, dict[str, bool]] = defaultdict(dict)
        self._held = 0

    def expect(self, keys: Iterable[str]) -> None:
        """Find out at once which of some keys nobody holds: most keys of a new week."""
        asked = [key for key in keys if key not in self._known]
        rows = self._db.execute(
            "SELECT one.value FROM json_each(?) one"
            " WHERE NOT EXISTS (SELECT 1 FROM blocks WHERE key = one.value)", (json.dumps(asked),)
        )  # fmt: skip
        for row in rows:
            changed = self._changes.get(row[0], {})
            names = sorted(node for node, there in changed.items() if there)
            self._known[row[0]] = _Holders(names, whole=True)
            self._held += len(names) + 1

    def first(self, key: str, most: int) -> list[str]:
        """The first ``most`` holders of a key, by name."""
        found = self._known.get(key)
        if found is None or not (found.whole or len(found.names) >= most):
            found = self._look(key, max(most, FIRST))
        return found.names[:most]

    def every(self, key: str) -> list[str]:
        """Every holder of a key, by name."""
        found = self._known.get(key)
        if found is None or not found.whole:
            found = self._look(key, -1)
        return list(found.names)

    def crowded(self, keys: Iterable[str], most: int) -> set[str]:
        """Those of some keys that have more than ``most`` holders."""
        wanted = list(keys)
        rows = self._db.execute(
            "SELECT one.value FROM json_each(?) one WHERE EXISTS"
            " (SELECT 1 FROM blocks WHERE key = one.value LIMIT 1 OFFSET ?)",
            (json.dumps(wanted), most),
        )
        found = {intern(row[0]) for row in rows}
        for key in self._changes.keys() & set(wanted):
            (found.add if len(self.first(key, most + 1)) > most else found.discard)(key)
        return found

    def curated(self, key: str) -> set[str]:
        """The record events under a key."""
        if self._curated is None:
            self._curated = defaultdict(set)
            for node, held in self.keys_of_record().items():
                for one in held:
                    self._curated[one].add(node)
        return self._curated.get(key, set())

    def keys_of_record(self) -> dict[str, set[str]]:
        """The keys of every record event."""
        rows = self._db.execute(
            f"{_KEYS} WHERE node >= ? AND node < ? GROUP BY node",
            (RECORD, f"{RECORD}\U0010ffff"),
        )
        return self._with_changes(rows, [n for n in self._by_node if n.startswith(RECORD)])

    def keys_of(self, nodes: Iterable[str]) -> dict[str, set[str]]:
        """The keys that nodes are found under; a node without one is not there."""
        return dict(self.each_with_keys(nodes))

    def each_with_keys(self, nodes: Iterable[str]) -> Iterator[tuple[str, set[str]]]:
        """Nodes with the keys that they are found under, in the order given; a few read at once."""
        wanted = list(nodes)
        for start in range(0, len(wanted), _AT_ONCE):
            some = wanted[start : start + _AT_ONCE]
            marks = ",".join("?" * len(some))
            rows = self._db.execute(f"{_KEYS} WHERE node IN ({marks}) GROUP BY node", some)
            found = self._with_changes(rows, some)
            yield from ((node, found[node]) for node in some if node in found)

    def _with_changes(self, rows: Iterable[sqlite3.Row], nodes: Iterable[str]
                      ) -> dict[str, set[str]]:  # fmt: skip
        found: dict[str, set[str]] = defaultdict(set)
        for node, keys in rows:  # thousands of nodes have the same ones
            found[node].update(map(intern, json.loads(keys)))
        for node in nodes:
            for key, there in self._by_node.get(node, {}).items():
                (found[node].add if there else found[node].discard)(key)
        return {node: keys for node, keys in found.items() if keys}

    def put(self, node: str, keys: Iterable[str]) -> None:
        """A node is found under some keys from now on."""
        for key in keys:
            self._change(key, node, there=True)
            found = self._known.get(key)
            if found is None or not (found.whole or node < found.names[-1]):
                continue
            at = bisect_left(found.names, node)
            if found.names[at : at + 1] != [node]:
                insort(found.names, node)
                self._held += 1

    def take_out(self, node: str, keys: Iterable[str]) -> None:
        """A node is no longer found under some of its keys."""
        for key in keys:
            self._change(key, node, there=False)
            found = self._known.get(key)
            if found and node in found.names:
                found.names.remove(node)
                if not (found.whole or found.names):
                    del self._known[key]

    def write(self) -> None:
        """Put every change into the table; inside a transaction."""
        added: list[tuple[str, str]] = []
        gone: list[tuple[str, str]] = []
        for key, nodes in sorted(self._changes.items()):
            for node, there in nodes.items():
                (added if there else gone).append((key, node))
        self._db.executemany("DELETE FROM blocks WHERE key = ? AND node = ?", gone)
        self._db.executemany("INSERT OR IGNORE INTO blocks VALUES (?, ?)", added)
        self._changes.clear()
        self._by_node.clear()
        if self._held > HELD:
            self.forget()

    def forget(self) -> None:
        """Let go of what was looked up; it is looked up again where it is asked for."""
        self._known.clear()
        self._held = 0

    def _change(self, key: str, node: str, *, there: bool) -> None:
        self._changes[key][node] = there
        self._by_node[node][key] = there
        if node.startswith(RECORD):
            self._curated = None

    def _look(self, key: str, most: int) -> _Holders:
        """Read the holders of a key; those changed and not written yet count as they are now."""
        rows = self._db.execute(
            "SELECT node FROM blocks WHERE key = ? ORDER BY node LIMIT ?", (key, most)
        )
        names = [intern(row[0]) for row in rows]  # each node lies under dozens of keys
        whole = len(names) != most
        last = names[-1] if names else ""
        for node, there in self._changes.get(key, {}).items():
            at = bisect_left(names, node)
            held = names[at : at + 1] == [node]
            if there and not held and (whole or node < last):
                names.insert(at, node)
            elif not there and held:
                del names[at]
        if not whole and len(names) < most:
            return self._look(key, -1)
        self._held += len(names)
        found = self._known[key] = _Holders(names, whole)
        return found
