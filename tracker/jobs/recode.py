"""Other rules tried on the stored archive; nothing is written."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from tracker.core import cluster, match
from tracker.core.decisions import NONE, Decisions, with_confirmed
from tracker.core.lexicon import Lexicon
from tracker.core.recoding import Change, Judged, Score, changes, judged, scores
from tracker.core.recognise import annotate, recognise
from tracker.jobs.clusters import printed
from tracker.jobs.house import House
from tracker.model import Entry, Event
from tracker.record.variant import load_variant
from tracker.store import revisions
from tracker.store.curated import Curated
from tracker.store.derived import Derived


@dataclass(frozen=True, slots=True)
class Recoded:
    """What other rules would change, and how both readings agree with decisions.

    ``titles`` maps the items of ``changes``; ``events`` counts news events before and after;
    ``scores`` pairs the present rules' score with that of the others.
    """

    read: int
    events: tuple[int, int]
    changes: tuple[Change, ...]
    titles: dict[str, str]
    scores: tuple[tuple[Score, Score], ...]


def recode(house: House, other: Path) -> Recoded:
    """Read the newest text of every stored item with the present rules and with others.

    Decisions apply to both readings that are compared, and to neither of those that are scored.

    Raises:
        UsageProblem: ``other`` is no lexicon.
        RecordError: a mistake in it.
    """
    db = house.reader()
    variant = load_variant(house.paths.lexicon, other, house.lexicon, house.settings.watch)
    entries = _newest(db)
    now, then = (
        _events(db, entries, lexicon, house.decided) for lexicon in (house.lexicon, variant)
    )
    before, after = judged(now), judged(then)
    found = changes(before, after)
    titles = {entry.item_id: entry.title for entry in entries}
    return Recoded(
        read=len(entries),
        events=(_news(now), _news(then)),
        changes=tuple(found),
        titles={change.item: titles.get(change.item, "") for change in found},
        scores=_scored(db, house, entries, before, variant),
    )


def _scored(
    db: sqlite3.Connection, house: House, entries: list[Entry], stands: dict[str, Judged],
    variant: Lexicon,
) -> tuple[tuple[Score, Score], ...]:  # fmt: skip
    """Both readings without decisions, beside them; empty where nobody decided anything."""
    if not house.decided.named():
        return ()
    readings = [judged(_events(db, entries, x, NONE)) for x in (house.lexicon, variant)]
    one, two = (scores(reading, house.decided, stands) for reading in readings)
    named = {score.name: score for score in two}
    return tuple((score, named[score.name]) for score in one if score.name in named)


def _newest(db: sqlite3.Connection) -> list[Entry]:
    """The newest text of each item, in the order of its arrival."""
    found: dict[str, Entry] = {}
    for batch in revisions.batches_after(db, 0, 1000):
        found.update((entry.item_id, entry) for _, entry in batch)
    return list(found.values())


def _events(
    db: sqlite3.Connection, entries: list[Entry], lexicon: Lexicon, decisions: Decisions
) -> list[Event]:
    """The events that a lexicon finds, with the record's, under the ids already printed."""
    derived = Derived(db)
    nodes: list[match.Node] = [*annotate(Curated(db).events(), lexicon)]
    for entry in entries:
        mentions = with_confirmed(recognise(entry, lexicon), decisions)
        nodes += [mention for mention in mentions if mention.relevant]
    built = (printed(members, derived, decisions) for members in cluster.groups(nodes, decisions))
    return [event for event in built if event]


def _news(events: list[Event]) -> int:
    return sum(event.origin == "news" for event in events)
