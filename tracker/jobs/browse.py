"""What the browser asks of the house, one question at a time."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final, Protocol

from tracker.core.doubts import Doubt
from tracker.core.timeline import EventCard, Timeline
from tracker.jobs import ask, card, decide, entries, review
from tracker.jobs.asked import Asked
from tracker.jobs.house import House
from tracker.jobs.journalling import Decided
from tracker.model import Entry
from tracker.store.entries import Wanted

NEWEST: Final = 2000
"""Entries in the list; older ones are found by ``tracker entries`` and ``tracker search``."""


class Home(House, Protocol):
    """A house whose connections can be closed between two questions."""

    def close(self) -> None:
        """Close what was opened."""


class Desk:
    """The questions of one sitting. A sitting may last for days: nothing stays open between two."""

    def __init__(self, house: Home, asked: Asked, by: str = "unknown") -> None:
        """Check the words of ``asked``; ``by`` signs decisions.

        Raises:
            UsageProblem: an actor, item, measure ... that nobody knows.
        """
        self._house, self._as_of, self._by = house, asked.as_of, by
        self._answered: list[Doubt] = []
        with self._opened() as db:
            self._question = ask.question(db, asked)

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        try:
            yield self._house.reader()
        finally:
            self._house.close()

    def timeline(self) -> Timeline:
        """The events that answer, without their figures (the card has them)."""
        with self._opened() as db:
            return ask.timeline(self._house, db, self._question, linked=False)

    def card(self, id_: str) -> EventCard:
        """One event whole, as known on the day of the question."""
        with self._opened() as db:
            return card.card(self._house, db, id_, self._as_of)

    def entries(self) -> list[sqlite3.Row]:
        """The newest items, newest last, whatever the question for events was."""
        with self._opened():
            return list(entries.find(self._house, Wanted(limit=NEWEST), {}).rows)

    def entry(self, id_: str) -> tuple[str, list[Entry], list[str]]:
        """One item: its id, all its texts, its events."""
        with self._opened():
            return entries.one(self._house, id_)

    def doubts(self) -> list[Doubt]:
        """What waits for a person, without what was answered in this sitting."""
        answered = {(doubt.sort, doubt.items) for doubt in self._answered}
        with self._opened():
            found = review.waiting(self._house)
        return [doubt for doubt in found if (doubt.sort, doubt.items) not in answered]

    def answer(self, doubt: Doubt, key: str, day: str = "") -> Decided:
        """Write a decision: same, different, confirm, hide, redate (to ``day``), or undo.

        Raises:
            UsageProblem: not a day, or there is nothing to take back.
            Busy: a poll is running; nothing was written.
        """
        try:
            if key == "u":
                done = decide.undo(self._house, why="browse", by=self._by)
                self._answered[-1:] = []
            else:
                done = review.answer(
                    self._house, doubt, key, why=f"browse: {doubt.sort}", by=self._by, day=day
                )
                self._answered.append(doubt)
        finally:
            self._house.close()
        return done
