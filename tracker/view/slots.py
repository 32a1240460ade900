"""Figures beside an event in words: house, mark, period, publication, both ages, who differs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from tracker.core.shares import conflicts
from tracker.core.timeline import EventCard
from tracker.model import Link, Observation, Placed
from tracker.view.glyphs import day_words, is_hollow, observed, period


def slots(one: Link, card: EventCard) -> Iterator[tuple[str, str, bool]]:
    """Each slot of a link: its name, the figure in words or '', whether it is no measurement."""
    placed: list[tuple[str, Placed | None]] = [("known before", one.known_before)]
    placed += [("in force", each) for each in one.in_force] or [("in force", None)]
    placed += [("next after", one.next_after), ("now", one.now)]
    for label, each in placed:
        yield label, _placed(each, one, card) if each else "", bool(each and is_hollow(each.nature))


def _placed(placed: Placed, one: Link, card: EventCard) -> str:
    """``IDC >30% for 2024, published ~31 Mar 2025 (15 d before; period ended 105 d before)``."""
    seen = placed.observation
    about = seen.published_precision != "day"
    day = ("~" if about else "") + day_words(seen.published)
    house = seen.house or seen.publisher
    words = f"{house} {observed(seen, one.unit)} for {period(seen.period_start, seen.period_end)}"
    words += f", {placed.nature}, published {day}"
    marks = [] if about else [f"{_distance(seen.published, card.event.link_day)}"]
    marks.append(f"period ends {_distance(seen.period_end, card.event.link_day)}")
    for name, held in (("straddles", placed.straddles), ("same day", placed.same_day),
                       ("derived", seen.derived), (seen.flag or "", bool(seen.flag))):  # fmt: skip
        marks += [name] if held else []
    return f"{words} ({'; '.join(marks)}){_against(seen, one, card.observations)}"


def _against(seen: Observation, one: Link, others: Iterable[Observation]) -> str:
    rivals = [f"{other.house or other.publisher} {observed(other, one.unit)}"
              for other in conflicts(seen, others)]  # fmt: skip
    return f" · differs: {', '.join(dict.fromkeys(rivals))}" if rivals else ""


def _distance(day: date, link_day: date) -> str:
    days = (link_day - day).days
    if days == 0:
        return "on the day"
    return f"{count(abs(days), 'day')} {'before' if days > 0 else 'after'}"


def count(number: int, word: str) -> str:
    """A number of things.

    >>> count(1, "day"), count(2, "day")
    ('1 day', '2 days')
    """
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
