"""News on its way into the record."""

from __future__ import annotations

from tracker.errors import UsageProblem
from tracker.jobs import ask
from tracker.jobs.house import House
from tracker.model import Event


def reviewed(house: House, word: str) -> Event:
    """The news event of that id, as it stands; a note says where nobody confirmed it yet.

    Raises:
        UsageProblem: it is in the record already, or not known.
    """
    event = ask.find_event(house, house.reader(), word, None)
    if event.origin != "news":
        raise UsageProblem(
            f"{event.id} is in the record already.", hint=f"tracker event {event.id}"
        )
    if not set(event.mentions) & house.decisions.confirmed:
        house.say(f"nobody confirmed {event.id}: tracker decide confirm {event.id}")
    if not event.summary:
        house.say("write the summary, binding and dates before it goes into db/record")
    return event
