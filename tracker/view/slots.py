"""Figures beside an event in words: house, mark, period, publication, both ages, who differs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tracker.core.figures import conflicts
from tracker.core.shares import Link, Placed
from tracker.core.timeline import EventCard
from tracker.view.glyphs import day_words, is_hollow, observed, period


def stood(one: Link) -> bool:
    """Whether any figure of the series was public on the day of the event."""
    return bool(one.known_before or one.in_force)


def slots(one: Link, card: EventCard) -> Iterator[tuple[str, str, bool]]:
    """Each filled slot of a link: its name, the figure in words, whether it is no measurement.

    The latest vintage has a line of its own only where no other slot holds it.
    """
    placed: list[tuple[str, Placed | None]] = [("known before", one.known_before)]
    placed += [("in force", each) for each in one.in_force]
    placed += [("next after", one.next_after)]
    latest = one.now.observation if one.now else None
    shown = False
    for label, each in placed:
        if each:
            last = each.observation == latest
            shown = shown or last
            yield label, _placed(each, one, card, latest=last), is_hollow(each.nature)
    if one.now and not shown:
        yield "now", _placed(one.now, one, card), is_hollow(one.now.nature)


def later(one: Link) -> str:
    """The first figure published after the event, in few words: ``IDC ~55% for 2025``."""
    placed = one.next_after or one.now
    if placed is None:
        return ""
    seen = placed.observation
    words = f"{seen.house or seen.publisher} {observed(seen, one.unit)}"
    words += f" for {period(seen.period_start, seen.period_end)}"
    return f"{words}, {placed.nature}" if is_hollow(placed.nature) else words


def _placed(placed: Placed, one: Link, card: EventCard, *, latest: bool = False) -> str:
    """``IDC >30% for 2024, estimate, 31 Mar 2025 (-15d; period -105d)``."""
    seen = placed.observation
    about = seen.published_precision != "day"
    day = ("~" if about else "") + day_words(seen.published)
    house = seen.house or seen.publisher
    words = f"{house} {observed(seen, one.unit)} for {period(seen.period_start, seen.period_end)}"
    words += f", {placed.nature}, {day}"
    marks = [] if about else [_distance(seen.published, card.event.link_day)]
    marks.append(f"period {_distance(seen.period_end, card.event.link_day)}")
    for name, held in (("straddles", placed.straddles), ("same day", placed.same_day),
                       ("derived", seen.derived), (seen.flag or "", bool(seen.flag)),
                       (f"accepted {seen.accepted}", bool(seen.accepted)),
                       ("still the latest", latest)):  # fmt: skip
        marks += [name] if held else []
    return f"{words} ({'; '.join(marks)})"


def differing(one: Link, card: EventCard) -> str:
    """Who says otherwise of the periods shown: every house with its figure, once."""
    slots = (one.known_before, *one.in_force, one.next_after, one.now)
    seen = {each.observation.number: each.observation for each in slots if each}
    sides: dict[str, None] = {}
    for observation in seen.values():
        for rival in conflicts(observation, card.observations):
            for side in (observation, rival):
                sides[f"{side.house or side.publisher} {observed(side, one.unit)}"] = None
    return ", ".join(sides)


def _distance(day: date, link_day: date) -> str:
    """Days from the event's day to another one, signed.

    >>> day = date(2025, 7, 15)
    >>> _distance(date(2025, 7, 1), day), _distance(date(2025, 7, 16), day)
    ('-14d', '+1d')
    """
    return f"{(day - link_day).days:+d}d"


def count(number: int, word: str) -> str:
    """A number of things.

    >>> count(1, "day"), count(2, "day")
    ('1 day', '2 days')
    """
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
