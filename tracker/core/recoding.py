"""Two readings of one archive beside each other, and each beside what people decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from tracker.core.decisions import Decisions
from tracker.model import RECORD, Event


@dataclass(frozen=True, slots=True)
class Judged:
    """What one reading makes of a report: its event's id, kind, direction, day and reports."""

    event: str
    kind: str
    direction: str
    date: date
    mates: frozenset[str]


@dataclass(frozen=True, slots=True)
class Change:
    """One report that the two readings judge differently.

    ``what``: found, lost, kind, direction, date, joins; ``was`` and ``now`` in words.
    """

    item: str
    what: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class Score:
    """How often a reading agrees with a sort of decision: ``right`` of ``of``."""

    name: str
    right: int
    of: int


def judged(events: Iterable[Event]) -> dict[str, Judged]:
    """The judgement on each report that some event holds.

    >>> judged([])
    {}
    """
    return {
        item: Judged(event.id, event.kind, event.direction, event.date, frozenset(event.mentions))
        for event in events
        for item in event.mentions
    }


def changes(before: Mapping[str, Judged], after: Mapping[str, Judged]) -> list[Change]:
    """Every difference between two readings, by report.

    >>> one = Judged("e", "rule", "tighten", date(2025, 7, 15), frozenset({"a"}))
    >>> [(c.what, c.now) for c in changes({}, {"a": one})]
    [('found', '2025-07-15 rule tighten')]
    """
    found = []
    for item in sorted({*before, *after}):
        was, now = before.get(item), after.get(item)
        if was is None or now is None:
            what = "found" if was is None else "lost"
            found.append(Change(item, what, _words(was), _words(now)))
        elif was != now:
            found += _differences(item, was, now)
    return found


def _words(one: Judged | None) -> str:
    return f"{one.date} {one.kind} {one.direction}" if one else ""


def _differences(item: str, was: Judged, now: Judged) -> list[Change]:
    found = [
        Change(item, name, str(getattr(was, name)), str(getattr(now, name)))
        for name in ("kind", "direction", "date")
        if getattr(was, name) != getattr(now, name)
    ]
    if was.mates != now.mates:
        found.append(Change(item, "joins", *_mates(was.mates, now.mates)))
    return found


def _mates(was: frozenset[str], now: frozenset[str]) -> tuple[str, str]:
    """How many reports are joined; where as many are, how many of them are others.

    >>> _mates(frozenset("ab"), frozenset("ac"))
    ('2 reports', '2 reports, 1 other')
    """
    other = len(now - was)
    others = f", {other} other{'s' if other > 1 else ''}" if len(was) == len(now) else ""
    return f"{len(was)} reports", f"{len(now)} reports{others}"


def scores(
    reading: Mapping[str, Judged], decisions: Decisions, stands: Mapping[str, Judged]
) -> list[Score]:
    """A reading, made without decisions, beside what people decided.

    ``stands`` is the reading that people confirmed: today's events, decisions applied. Sorts of
    decision that nobody made are left out.

    >>> one = Judged("e", "rule", "tighten", date(2025, 7, 15), frozenset({"a"}))
    >>> scores({"a": one}, Decisions(confirmed=frozenset({"a"})), {"a": one})[0]
    Score(name='confirmed reports found', right=1, of=1)
    """
    sure = [item for item in sorted(decisions.confirmed) if item in stands]
    pairs = [item for item in sure if item in reading]
    hidden = {item for item in decisions.hidden if not item.startswith(RECORD)}
    found = [
        Score("confirmed reports found", len(pairs), len(sure)),
        *(
            Score(
                f"{name} as confirmed",
                sum(getattr(reading[i], name) == getattr(stands[i], name) for i in pairs),
                len(pairs),
            )
            for name in ("kind", "direction", "date")
        ),
        Score("hidden reports left out", len(hidden - set(reading)), len(hidden)),
        _pairs("same, and together", decisions.same, reading, together=True),
        _pairs("different, and apart", decisions.different, reading, together=False),
    ]
    return [score for score in found if score.of]


def _pairs(
    name: str, pairs: Iterable[frozenset[str]], reading: Mapping[str, Judged], *, together: bool
) -> Score:
    joined = [_joined(sorted(pair), reading) for pair in pairs if len(pair) == 2]
    return Score(name, sum(one == together for one in joined), len(joined))


def _joined(pair: list[str], reading: Mapping[str, Judged]) -> bool:
    """Whether a reading has two items, or an item and an event of the record, in one event."""
    held = [reading[item] for item in pair if item in reading]
    if len(held) == 2:
        return pair[1] in held[0].mates
    record = {name.removeprefix(RECORD) for name in pair if name.startswith(RECORD)}
    return len(held) == len(record) == 1 and held[0].event in record
