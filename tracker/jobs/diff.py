"""Two days of knowledge, each computed from what was known then."""

from __future__ import annotations

import sqlite3
from datetime import date

from tracker.core import diff
from tracker.core.diff import Difference
from tracker.core.question import Question
from tracker.errors import UsageProblem
from tracker.jobs import ask
from tracker.jobs.house import House
from tracker.store.curated import Curated


def between(house: House, db: sqlite3.Connection, first: date, last: date) -> Difference:
    """What was known by the end of ``last`` and not, or otherwise, by the end of ``first``.

    Raises:
        UsageProblem: the first day is not before the last, or the last is still to come.
    """
    if last > house.today():
        raise UsageProblem(f"{last} is still to come.", hint=f"tracker diff {first}")
    if first >= last:
        raise UsageProblem(f"{first} is not before {last}.", hint=f"tracker diff {last} {first}")
    curated = Curated(db)
    before = ask.events(house, db, Question(as_of=first))
    after = ask.events(house, db, Question(as_of=last))
    return Difference(
        first,
        last,
        diff.events(before, after),
        diff.figures(curated.observations(), curated.series(), first, last),
    )
