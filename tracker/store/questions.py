"""A question as SQL: which stored events can answer at all."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.core.question import Question

_COLUMNS = {
    "kinds": "kind", "directions": "direction", "statuses": "status", "instruments": "instrument",
}  # fmt: skip
_FACETS = {
    "actors": "actor", "items": "item", "measures": "measure", "jurisdictions": "jurisdiction",
    "terms": "term", "series": "series",
}  # fmt: skip


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
        parts.append("date <= ?")
        values.append(question.until.isoformat())


def _among(column: str, wanted: Sequence[str], parts: list[str], values: list[object]) -> None:
    if wanted:
        parts.append(f"{column} IN ({','.join('?' * len(wanted))})")
        values += wanted
