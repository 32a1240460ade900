"""What became of an event that is told no more: who took it back, in words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from tracker.core.clean import clean_line
from tracker.core.decisions import in_force
from tracker.core.diff import nodes as nodes_of
from tracker.core.recognise import recognise
from tracker.core.traits import item_of
from tracker.errors import UsageProblem
from tracker.jobs import journalling
from tracker.jobs.house import House
from tracker.model import RECORD, Decision, Entry, Event, Source
from tracker.store import revisions
from tracker.store.derived import Derived

TAKEN_BACK: Final = "taken back"
"""The rule of the lexicon by which a house takes its own story back."""

_LOOKED_AT: Final = 20  # reports of an event of which the newest text is read


@dataclass(frozen=True, slots=True)
class Fate:
    """Why an event is told no more; ``page`` is the report that says so, ``hint`` what to try."""

    why: str
    hint: str
    page: Source | None = None


def stood_for(
    house: House, db: sqlite3.Connection, id_: str, then: Iterable[Event] = ()
) -> Event:  # fmt: skip
    """What an id that tells of nothing now stood for ``then``, among the events of a past day.

    Raises:
        UsageProblem: there is no such event; who took it back is named.
    """
    node = Derived(db).anchor_of(id_) or f"{RECORD}{id_}"
    for event in then:
        if event.id == id_ or node in nodes_of(event):
            return event
    fate = fate_of(house, db, [node], named=id_)
    headline = f": {clean_line(fate.page.title or '')}" if fate.page else ""
    what = f"{id_} tells of nothing now: it was {clean_line(fate.why)}{headline}"
    raise UsageProblem(what if headline else f"{what}.", hint=fate.hint)


def fate_of(
    house: House, db: sqlite3.Connection, nodes: Sequence[str], until: date | None = None,
    named: str = "",
) -> Fate:  # fmt: skip
    """What people decided about reports, or what these say themselves by the end of ``until``.

    ``named`` is the id of the event, for what to try next.
    """
    if lines := _hiding(house, nodes):
        return _hidden(lines)
    items = list(dict.fromkeys(item_of(node) for node in nodes if not node.startswith(RECORD)))
    if not items:
        return Fate("taken out of the record", "tracker record check")
    standing = [one for _, one in revisions.latest(db, items[:_LOOKED_AT])]
    if not standing:
        return Fate("taken out with its report", f"tracker entries restore {items[0]}")
    texts = [_texts(db, one.item_id, until) for one in standing]
    edited = [some for some in texts if len(some) > 1]
    for some in edited:
        if _takes_back(some[-1], house):
            return _edited("retracted", some, named)
    return _edited("rewritten", edited[0], named) if edited else _unread(texts[0] or standing)


def _hiding(house: House, nodes: Iterable[str]) -> list[Decision]:
    wanted = set(nodes)
    if wanted.isdisjoint(house.decided.hidden):
        return []
    lines = [line for line in in_force(journalling.all_lines(house)) if line.verdict == "hide"]
    return [line for line in lines if not wanted.isdisjoint(line.items)]


def _hidden(lines: Sequence[Decision]) -> Fate:
    """The command that hid it last, with all its lines to take back."""
    runs = {journalling.run_of(line): line for line in lines}
    *_, first = runs.values()
    undo = ", then ".join(f"tracker decide undo {line.key}" for line in lines)
    return Fate(f"hidden by {first.by}'s line of {first.at[:10]}", undo)


def _texts(db: sqlite3.Connection, item: str, until: date | None) -> list[Entry]:
    """The texts of a report that were known, oldest first."""
    found = [text for _, text in revisions.of_item(db, item)]
    return [text for text in found if until is None or text.known <= until]


def _takes_back(text: Entry, house: House) -> bool:
    found = (one for mention in recognise(text, house.lexicon) for one in mention.reasons)
    return any(one.name == TAKEN_BACK for one in found)


def _edited(what: str, texts: Sequence[Entry], named: str) -> Fate:
    """A report that says something else now; on the day before it can still be seen."""
    last, before = texts[-1], texts[-1].known - timedelta(days=1)
    hint = f"tracker entries {last.item_id}"
    if named and texts[0].known <= before:
        hint = f"tracker event {named} --as-of {before}"
    return Fate(f"{what} by {_house(last)}", hint, _page(last))


def _unread(texts: Sequence[Entry]) -> Fate:
    """A report whose text stayed: the rules, or what stands beside it, read it otherwise now."""
    last = texts[-1]
    return Fate(f"read as no act in the report of {_house(last)}",
                f"tracker entries {last.item_id}", _page(last))  # fmt: skip


def _house(text: Entry) -> str:
    return text.publisher or "its house"


def _page(text: Entry) -> Source:
    day = text.published.date() if text.published else None
    return Source(text.url, text.publisher, day, text.lang, text.tier == "official", text.title)
