"""What people said of one event and of what stands beside it, with the names of those things."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tracker.core import ruled
from tracker.core.decisions import in_force, standing
from tracker.core.match import SAME
from tracker.core.ruled import Ruled
from tracker.core.traits import item_of
from tracker.jobs.house import House
from tracker.model import RECORD, Decision, Event, Join
from tracker.record import journal
from tracker.store import revisions
from tracker.store.curated import Curated
from tracker.store.derived import Derived
from tracker.store.joins import Joins


def lines_of(house: House) -> list[Decision]:
    """The lines in force, oldest first.

    A line that is wrong is passed over: that was told when the database was opened.
    """
    files = [path for path in house.paths.journals if path.is_file()]
    return in_force([line for path in files for line in journal.readable(path)])


@dataclass(frozen=True)
class Ruling:
    """The lines in force beside an event of these nodes."""

    db: sqlite3.Connection
    lines: Sequence[Decision]
    members: set[str]

    def about(self, event: Event) -> tuple[Decision, ...]:
        """What people decided about the event or its reports, and did not take back."""
        own = {f"{RECORD}{event.id}", *(item_of(node) for node in event.mentions)}
        return tuple(line for line in self.lines if own & set(line.items))

    def bound(self) -> tuple[Ruled, ...]:
        """The members that a person's word alone holds."""
        lines = [line for line in self.lines if self.members & set(line.items)]
        if not any(line.verdict == "same" for line in lines):
            return ()
        stored = (join for node in sorted(self.members) for join in Joins(self.db).of_node(node))
        joins = [join for join in stored if join.score >= SAME and self._inside(join)]
        return ruled.bound(lines, self.members, joins)

    def _inside(self, join: Join) -> bool:
        return {join.left, join.right} <= self.members

    def parted(self, refused: Iterable[Join]) -> tuple[Ruled, ...]:
        """The refused joins that a person's word forbids, of their own ends or of their events'."""
        if not any(line.verdict == "different" for line in self.lines):
            return ()
        said = standing(self.lines).different
        sides = ((join, self._beyond(join)) for join in refused)
        lines = ((join, ruled.parted(self.lines, said, self.members, two)) for join, two in sides)
        return tuple(Ruled(join.left, join.right, line) for join, line in lines if line)

    def _beyond(self, join: Join) -> set[str]:
        """The other end of a join, and all that its event holds."""
        derived = Derived(self.db)
        outside = self.outside(join)
        other = derived.event_of_node(outside)
        return {outside, *(derived.nodes_of(other.id) if other else ())}

    def outside(self, join: Join) -> str:
        """The end of a refused join that is no part of the event."""
        return join.left if join.right in self.members else join.right

    def others(
        self, decided: Iterable[Decision], refused: Iterable[Join]
    ) -> dict[str, tuple[str, str]]:
        """Teller and title of each thing that a line or a refused join names beside the event."""
        named = [item for line in decided for item in line.items]
        named += [item_of(self.outside(join)) for join in refused]
        beside = dict.fromkeys(item for item in named if item not in self.members)
        return {item: name for item in beside if (name := self._name(item))}

    def _name(self, item: str) -> tuple[str, str] | None:
        if item.startswith(RECORD):
            event = Curated(self.db).event(item.removeprefix(RECORD))
            return ("", event.title) if event else None
        texts = revisions.of_item(self.db, item)
        return (texts[-1][1].publisher, texts[-1][1].title) if texts else None
