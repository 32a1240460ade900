"""A question as SQL: which stored events can answer at all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from tracker.core.question import Question
from tracker.dates import PRECISIONS, last_of

_COLUMNS = {
    "kinds": "kind", "directions": "direction", "statuses": "status", "instruments": "instrument",
}  # fmt: skip
_FACETS = {
    "actors": "actor", "items": "item", "measures": "measure", "jurisdictions": "jurisdiction",
    "terms": "term", "series": "series",
}  # fmt: skip


_LATEST: Final = " ".join(f"WHEN '{precision}' THEN ?" for precision in PRECISIONS)
BEGINS_BY: Final = f'date <= ? AND date <= CASE "precision" {_LATEST} END'
"""The first possible day is not after another; ``begins_by`` gives the values.

An act known to the month may carry any day of it as its date.
"""


def begins_by(day: date) -> list[object]:
    """The values of ``BEGINS_BY``: the latest date at all, and of each precision, in that case.

    >>> begins_by(date(2025, 8, 2))
    ['2025-12-31', '2025-08-02', '2025-08-31', '2025-09-30', '2025-12-31']
    """
    latest = [last_of(day, precision).isoformat() for precision in PRECISIONS]
    return [max(latest), *latest]


def prefilter(question: Question) -> tuple[str, list[object], bool]:
    """A WHERE clause, its values, and whether it is the whole question.

    Where it is, the newest N can be cut in SQL; where it is not (``grep``, a date other than the
    act's), the core judges what SQL let through.
    """
    parts: list[str] = []
    values: list[object] = []
    if question.date_field == "act":
        _window(question, parts, values)
    for name, column in _COLUMNS.items():
        _among(column, getattr(question, name), parts, values)
    for name, facet in _FACETS.items():
        wanted: Sequence[str] = getattr(question, name)
        if wanted:
            marks = ",".join("?" * len(wanted))
            parts.append(
                "number IN (SELECT event FROM event_facets"
                f" WHERE facet = '{facet}' AND value IN ({marks}))"
            )
            values += wanted
    if question.min_witnesses:
        parts.append("witnesses >= ?")
        values.append(question.min_witnesses)
    if question.official:
        parts.append("official = 1")
    exact = question.date_field == "act" and not question.grep and not question.origins
    return " AND ".join(parts) or "1", values, exact


def _window(question: Question, parts: list[str], values: list[object]) -> None:
    if question.since:
        # No event is longer than the longest: so one range of the index by day holds the answer.
        longest = "(SELECT coalesce(max(days), 0) FROM events)"
        parts.append(f"last >= ? AND date >= date(?, '-' || {longest} || ' days')")
        values += [question.since.isoformat()] * 2
    if question.until:
        parts.append(BEGINS_BY)
        values += begins_by(question.until)


def _among(column: str, wanted: Sequence[str], parts: list[str], values: list[object]) -> None:
    if wanted:
        parts.append(f"{column} IN ({','.join('?' * len(wanted))})")
        values += wanted
