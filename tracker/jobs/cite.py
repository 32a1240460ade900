"""What is to be cited: events by id, a range, or the one page that was named by its address."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from tracker.core.clean import clean_line
from tracker.core.identity import canonical_link
from tracker.errors import UsageProblem
from tracker.jobs import ask
from tracker.jobs.asked import Asked
from tracker.jobs.house import House
from tracker.model import Event
from tracker.store.derived import Derived


def chosen(
    house: House, db: sqlite3.Connection, words: Sequence[str], asked: Asked
) -> tuple[list[Event], frozenset[str]]:
    """The events of ids and addresses, or of a range; and the addresses as the events write them.

    Raises:
        UsageProblem: nothing was asked for, an id fits none or several, no event names the page.
    """
    if not words and asked == Asked():
        raise UsageProblem("Which events?", hint="tracker cite ID, or a filter such as --since")
    if not words:
        return ask.events(house, db, ask.question(db, asked)), frozenset()
    events: dict[str, Event] = {}
    pages: set[str] = set()
    for word in words:
        if "://" in word:
            named = _naming(db, word)
            pages.update(named.values())
            found = [event for event in Derived(db).naming_host(_host(word)) if event.id in named]
        else:
            found = [ask.find_event(house, db, word, asked.as_of)]
        events |= {event.id: event for event in found}
    return list(events.values()), frozenset(pages)


def _naming(db: sqlite3.Connection, url: str) -> dict[str, str]:
    """For each event that names the page its address there."""
    wanted = canonical_link(url)
    found = {
        event.id: source.url
        for event in (Derived(db).naming_host(_host(url)) if wanted else ())
        for source in event.sources
        if canonical_link(source.url) == wanted
    }
    if not found:
        shown = clean_line(url)
        raise UsageProblem(f"No event names {shown}.", hint=f"tracker add {shown}")
    return found


def _host(url: str) -> str:
    return canonical_link(url).partition("/")[0]
