"""What other rules would change, as lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from tracker.core.clean import clean_line
from tracker.core.recoding import Change, Score


class Recoded(Protocol):
    """Two readings compared."""

    @property
    def read(self) -> int:
        """Items read."""

    @property
    def events(self) -> tuple[int, int]:
        """News events before and after."""

    @property
    def changes(self) -> tuple[Change, ...]:
        """Differences by report."""

    @property
    def titles(self) -> dict[str, str]:
        """Titles of the reports that differ."""

    @property
    def scores(self) -> tuple[tuple[Score, Score], ...]:
        """Agreement with decisions, before and after."""


_SIGNS = {"found": "+", "lost": "-"}


def plain(done: Recoded) -> str:
    """Counts, then the reports that change, then the scores against decisions."""
    was, now = done.events
    head = [
        f"{done.read:,} items read; news events {was:,} -> {now:,}; {len(done.changes):,} changes;"
        " nothing was written"
    ]
    return "\n".join([*head, *_changes(done.changes, done.titles), *_scores(done.scores)])


def _changes(changes: Sequence[Change], titles: Mapping[str, str]) -> list[str]:
    lines, last = [], ""
    for change in changes:
        if change.item != last:
            sign = _SIGNS.get(change.what, "~")
            lines.append(clean_line(f"{sign} {change.item}  {titles.get(change.item, '')}", 110))
            last = change.item
        words = " -> ".join(word or "nothing" for word in (change.was, change.now))
        lines.append(f"    {change.what}: {clean_line(words)}")
    return lines


def _scores(scores: Sequence[tuple[Score, Score]]) -> list[str]:
    if not scores:
        return ["no decisions to score against: tracker decide confirm EVENT"]
    width = max(len(one.name) for one, _ in scores)
    return [
        f"{one.name:<{width}}  {one.right}/{one.of} -> {two.right}/{two.of}" for one, two in scores
    ]
