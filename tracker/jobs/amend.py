"""Who takes part in an event of the news, and its other days: mended one name at a time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from tracker.core.amended import DATE_NAMES, NO_DAY
from tracker.core.clean import clean_line
from tracker.core.text import fold
from tracker.dates import span_of
from tracker.errors import UsageProblem, did_you_mean
from tracker.feeds.dates import OLDEST
from tracker.jobs.decide import Named, change, named
from tracker.jobs.house import House
from tracker.jobs.journalling import Decided
from tracker.store.curated import Curated

LONGEST: Final = 120
"""Letters of a name that a person puts in."""

AHEAD: Final = timedelta(days=3660)
"""How far ahead a day may be set: rules of today give some ten years to comply."""


def actors(house: House, word: str, changes: Sequence[str], *, why: str, by: str) -> Decided:
    """``+NAME`` puts an actor in an event of the news, ``-NAME`` takes one out.

    A name that the lexicon or the record knows becomes the one they print; another, and one behind
    ``=`` (a minister whom they know as his office), stands as it is written.

    Raises:
        UsageProblem: a word without a sign or a name, a name that stands for several, one to take
            out that is not there, one that is put in and taken out.
    """
    thing = named(house, house.reader(), word)
    curated = Curated(house.reader())
    values = dict.fromkeys(_signed(curated, thing, one) for one in changes)
    for value in values:
        if value[0] == "+" and f"-{value[1:]}" in values:
            raise UsageProblem(f"{value[1:]} is put in and taken out.", hint="name it once")
    return change(house, "actor", thing, list(values), why=why, by=by)


def _signed(curated: Curated, thing: Named, word: str) -> str:
    """One change as a line holds it, with the name that is printed."""
    sign, name = word[:1], clean_line(word[1:])
    if sign not in ("+", "-"):
        what = f"{clean_line(word)!r} says neither that it belongs nor that it does not."
        raise UsageProblem(what, hint="+NAME puts an actor in, -NAME takes one out")
    if not name or len(name) > LONGEST:
        raise UsageProblem(f"An actor has a name, of {LONGEST} letters at most.", hint="+NAME")
    known = curated.canonical("actor", fold(name).text)
    return sign + (_to_add(name, known) if sign == "+" else _to_take(thing, name, known))


def _to_add(name: str, known: Sequence[str]) -> str:
    if name.startswith("=") and name[1:].strip():
        return name[1:].strip()
    if name in known or not known:
        return name
    if len(known) > 1:
        raise UsageProblem(f"{name!r} stands for several: {', '.join(known)}.", hint="name one")
    return known[0]


def _to_take(thing: Named, name: str, known: Sequence[str]) -> str:
    """The actor of the event that is called so."""
    held = thing.event.actors if thing.event else ()
    wanted = fold(name).text
    for fits in (lambda one: one == name, lambda one: fold(one).text == wanted, known.__contains__):
        if found := [one for one in held if fits(one)]:
            return found[0]
    event = thing.event.id if thing.event else thing.items[0]
    what = f"{event} has no actor called {name!r}."
    raise UsageProblem(what, hint=f"it has {', '.join(held)}" if held else "it has none")


def date(house: House, word: str, name: str, value: str, *, why: str, by: str) -> Decided:
    """An event of the news has one of its other days on ``value``, or not at all (``none``).

    Raises:
        UsageProblem: no date of events is called so, the day is none, or it is not there to be
            taken out.
    """
    thing = named(house, house.reader(), word)
    known = _date_name(name)
    if value.casefold() != NO_DAY:
        return change(house, "date", thing, [f"{known} {_day(house, value)}"], why=why, by=by)
    held = thing.event.dates if thing.event else {}
    if known not in held:
        event = thing.event.id if thing.event else thing.items[0]
        hint = f"it has {', '.join(held)}" if held else "it has none"
        raise UsageProblem(f"{event} has no date called {known!r}.", hint=hint)
    return change(house, "date", thing, [f"{known} {NO_DAY}"], why=why, by=by)


def _date_name(word: str) -> str:
    """The name of a sort of day, as the record writes it."""
    name = word.strip().casefold().replace("-", "_").replace(" ", "_")
    if name in DATE_NAMES:
        return name
    hint = did_you_mean(name, list(DATE_NAMES)) or f"one of {', '.join(DATE_NAMES)}"
    if name in ("act", "date"):
        hint = "tracker decide redate EVENT DAY, for the day of the act"
    raise UsageProblem(f"No date of an event is called {clean_line(word)!r}.", hint=hint)


def _day(house: House, value: str) -> str:
    try:
        day, end = span_of(value)
    except ValueError as error:
        raise UsageProblem(f"{error}.", hint=_DAY) from error
    if day.precision != "day" or end:
        raise UsageProblem(f"{value} is not one day.", hint=_DAY)
    latest = house.now().date() + AHEAD
    if not OLDEST <= day.first <= latest:
        raise UsageProblem(f"{value} is an improbable date.", hint=f"{OLDEST} to {latest}")
    return str(day)


_DAY: Final = "YYYY-MM-DD, or none to take it out"
