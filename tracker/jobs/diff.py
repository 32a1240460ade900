"""Two days of knowledge, each computed from what was known then."""

from __future__ import annotations

import sqlite3
from datetime import date

from tracker.core import diff
from tracker.core.diff import Difference
from tracker.core.question import Question
from tracker.dates import shifted
from tracker.errors import UsageProblem
from tracker.jobs import ask
from tracker.jobs.house import House
from tracker.store.curated import Curated


def between(house: House, db: sqlite3.Connection, first: date, last: date) -> Difference:
    """What was known by the end of ``last`` and not, or otherwise, by the end of ``first``.

    Raises:
        UsageProblem: the first day is not before the last, or one is still to come.
    """
    _in_order(first, last, house.today())
    curated = Curated(db)
    before = ask.events(house, db, Question(as_of=first))
    after = ask.events(house, db, Question(as_of=last))
    return Difference(
        first,
        last,
        diff.events(before, after),
        diff.figures(curated.observations(), curated.series(), first, last),
    )


def _in_order(first: date, last: date, today: date) -> None:
    """Refuse days that cannot be compared, with a command that can be typed as it is."""
    late = max(first, last)
    if late > today:
        earlier = min(first, last, shifted(today, -1))
        raise UsageProblem(f"{late} is still to come.", hint=f"tracker diff {earlier}")
    if first >= last:
        earlier = min(last, shifted(first, -1))
        later = max(first, shifted(earlier, 1))
        raise UsageProblem(f"{first} is not before {last}.", hint=f"tracker diff {earlier} {later}")
