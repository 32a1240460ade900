"""News on its way into the record."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from tracker.errors import UsageProblem
from tracker.jobs import ask
from tracker.jobs.house import House
from tracker.jobs.lint import knower
from tracker.model import Event
from tracker.record.lexicon import load_lexicon

_FILES: Final = {"actor": "actors.toml", "place": "places.toml"}
"""Where entries of these kinds stand; the others stand with the items."""


def reviewed(house: House, word: str) -> Event:
    """The news event of that id, as it stands; notes say what a person has to add.

    Raises:
        UsageProblem: it is in the record already, or not known.
    """
    event = ask.find_event(house, house.reader(), word, None)
    if event.origin != "news":
        raise UsageProblem(
            f"{event.id} is in the record already.", hint=f"tracker event {event.id}"
        )
    if not set(event.mentions) & house.decided.confirmed:
        house.say(f"nobody confirmed {event.id}: tracker decide confirm {event.id}")
    for note in (*_own_words(house, event), *_to_write(event)):
        house.say(note)
    return event


def _own_words(house: House, event: Event) -> Iterator[str]:
    """Names that only ``[[watch]]`` has: the record is checked by the lexicon beside it."""
    if not house.settings.watch:
        return
    knows = knower(load_lexicon(house.paths.lexicon))
    kinds = {entry.id: entry.kind for entry in house.lexicon.entries}
    for kind, names in (("actor", event.actors), ("item", event.items)):
        for name in names:
            if not knows(kind, name):
                file = house.paths.lexicon / _FILES.get(kinds.get(name, kind), "items.toml")
                yield f"add {name!r}, which only [[watch]] has, to {file}: record check refuses it"


def _to_write(event: Event) -> Iterator[str]:
    """What the record asks for and no report tells."""
    missing = [name for name, there in (
        ("the summary", event.summary), ("binding", event.binding is not None),
        ("dates", event.dates),
    ) if not there]  # fmt: skip
    if missing:
        told = ", ".join(missing[:-1]) + (" and " if missing[1:] else "") + missing[-1]
        yield f"write {told} before it goes into db/record"
    if not event.sources:
        yield "no report has an address: add [[sources]], without which record check refuses it"
    elif lost := event.reports - len(event.sources):
        yield f"reports left out of [[sources]], since they have no address of their own: {lost}"
