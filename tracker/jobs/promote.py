"""News on its way into the record."""

from __future__ import annotations

from collections.abc import Iterator

from tracker.errors import UsageProblem
from tracker.jobs import ask
from tracker.jobs.house import House
from tracker.model import Event


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
    for note in _to_write(event):
        house.say(note)
    return event


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
