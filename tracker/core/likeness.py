"""A told act beside an event of the record: whether they may be one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import timedelta
from functools import lru_cache
from typing import Final

from tracker.core.act_words import acting, direction_said, stages
from tracker.core.article_days import Dated
from tracker.core.article_who import doers
from tracker.core.event_days import days_of_event, link_day
from tracker.core.event_words import title_of
from tracker.core.keys import content
from tracker.core.measures import ACTS
from tracker.core.text import Folded, fold, numbers
from tracker.core.touching import BROAD, OFFICES
from tracker.dates import days_apart
from tracker.model import Mention, RecordEvent

FAR: Final = 45
"""Days beyond which an event of the record is not what a dated statement speaks of."""


_ABOUT: Final = {
    "licence": ("licence", "rule"), "rule": ("rule", "licence"),
    "company": ("company", "statement", "licence"),
    "statement": ("statement", "company", "licence", "rule", "countermeasure", "listing"),
    "countermeasure": ("countermeasure", "rule", "listing"),
    "listing": ("listing", "countermeasure"),
}  # fmt: skip

_HOME: Final = frozenset({"China", "United States", "Beijing city", "Beijing", "Washington"})

_ENDS: Final = frozenset({"comments_close", "expires", "suspended_until", "rate_change"})
"""Dates of an act that lie after it: when something ends."""

_ENOUGH: Final = 1.0
"""What statements and news of firms must share more than: one common name is too little."""

_WORD: Final = 0.3
"""What each word counts that a sentence has in common with the record's title: of two events near a
day that name the same firms it tells which is meant."""

_OF_BILLS: Final = frozenset({
    "act", "bill", "house", "senate", "committee", "congress", "would", "china", "chinese", "chip",
    "chips", "passes", "backs", "advances", "introduced", "its",
})  # fmt: skip


def best(mention: Mention, told: Sequence[Dated], record: Iterable[RecordEvent], text: Folded
          ) -> RecordEvent | None:  # fmt: skip
    """The event near one of the named days that shares most; a same day beats much else."""
    ranked = [
        (likeness(mention, one, text) - min(misses(day, one) for day in told) / 15
         + 1.5 * any(misses(day, one) == 0 for day in told), one)
        for one in record
        if any(_fits(mention, day, one, text) for day in told)
    ]  # fmt: skip
    found = max(ranked, key=lambda pair: (pair[0], pair[1].id), default=None)
    return found[1] if found else None


def _fits(mention: Mention, dated: Dated, event: RecordEvent, text: Folded) -> bool:
    """Same kind of act and near in time; who and what must meet, except for dated talks."""
    if not of_kind(mention, event) or misses(dated, event) > FAR:
        return False
    if mention.kind == "talks":
        return misses(dated, event) == 0 and "CN" in event.jurisdiction
    if mention.kind == "legislation":
        return _same_bill(mention, event, text) and _same_stage(text, event)
    if misses(dated, event) == 0 and rules(mention.keys, "act:") & rules(event.keys, "act:"):
        theirs = set(mention.jurisdiction[:1]) | doers(text.text)
        return bool(theirs & set(event.jurisdiction)) or common(text, mention, event)
    enough = _ENOUGH if mention.kind in ("statement", "company") else 0.0
    return _shared(mention, event) > enough or bool(
        misses(dated, event) == 0 and mention.kind == "listing" and common(text, mention, event)
    )


def _same_bill(mention: Mention, event: RecordEvent, text: Folded) -> bool:
    """Bills are told apart by their names: two words of the title, or an item of their own."""
    if own_items(mention) & set(event.items):
        return True
    names, held_names = _acts_named(mention.keys), _acts_named(event.keys)
    if names and held_names:
        return bool(names & held_names)
    if not text.text.isascii():
        return True  # names of bills are compared within a language
    return len(_title_words(text, event) - _OF_BILLS) >= 2


def _title_words(text: Folded, event: RecordEvent) -> set[str]:
    """The words that a sentence has in common with the record's title."""
    return set(content(text.text)).intersection(_content_of(event.title))


@lru_cache(maxsize=1024)
def _content_of(title: str) -> tuple[str, ...]:
    """The words of a title; each sentence of an article is set beside hundreds of them."""
    return content(fold(title).text)


def _acts_named(keys: Iterable[str]) -> set[str]:
    """The bills and acts that the lexicon knows by name."""
    return {key[2:] for key in keys if key[1:2] == ":" and key.endswith(" Act")}


def _same_stage(text: Folded, event: RecordEvent) -> bool:
    """Whether both tell of one step of a bill, as far as both say which: passed is not proposed."""
    said, held = stages(text.text), stages(title_of(event))
    return not said or not held or bool(said & held)


def _shared(mention: Mention, event: RecordEvent) -> float:
    """What both name; items that half of the record names count little."""
    items = set(mention.items) & set(event.items)
    actors = set(mention.actors) & set(event.actors)
    return 2.0 * len(items - BROAD) + 0.5 * len(items & BROAD) + len(actors)


def of_kind(mention: Mention, event: RecordEvent) -> bool:
    """Whether the record may file under the event's kind what a sentence calls another one.

    >>> from tracker.core.event_days import _example
    >>> from tracker.core.examples import mention
    >>> of_kind(mention(), _example())
    False
    """
    return event.kind in _ABOUT.get(mention.kind, (mention.kind,))


def likeness(mention: Mention, event: RecordEvent, text: Folded) -> float:
    """How much speaks for one act: what both name, numbers, direction, kind, who acted."""
    way = direction_said(text.text)
    capital = acting(text.text)
    acts = {key for key in mention.keys if key.startswith("act:")}
    return (
        _shared(mention, event)
        + _WORD * len(_title_words(text, event))
        + 1.5 * len(set(numbers(text.text)) & numbers_of(event))
        + (way == event.direction if way else event.direction == mention.direction)
        - 2.0 * against(way, event)
        + 0.5 * (event.kind == mention.kind)
        + bool(acts.intersection(event.keys))
        - 2.0 * bool(capital and event.kind in ACTS and capital not in event.jurisdiction[:1])
    )


def numbers_of(event: RecordEvent) -> set[str]:
    """The telling numbers of the record's own words, as ``core.text.numbers`` spells them.

    >>> from tracker.core.event_days import _example
    >>> numbers_of(_example())
    set()
    """
    return {key.removeprefix("num:") for key in event.keys if key.startswith("num:")}


def own_items(mention: Mention) -> set[str]:
    """The items that tell one act from another."""
    return set(mention.items) - BROAD


NAMED: Final = ("t:", "s:")
"""How the keys of names begin that stand in a title, and under it."""


def rules(keys: Iterable[str], *marks: str) -> set[str]:
    """What keys that begin so name: the rules of recognition that fired, or names."""
    return {key.partition(":")[2] for key in keys if key.startswith(marks)}


def alike(text: Folded, mention: Mention, event: RecordEvent) -> bool:
    """Whether both are surely one sort of act by one capital: only then can they conflict."""
    if mention.kind in ("trip", "talks"):
        return True
    capital = acting(text.text)
    if capital and event.kind in ACTS and capital not in event.jurisdiction[:1]:
        return False
    return bool(rules(mention.keys, "act:") & rules(event.keys, "act:", "fam:")) or bool(
        rules(event.keys, "act:") & rules(mention.keys, "act:", "fam:")
    )


def against(way: str, event: RecordEvent) -> bool:
    """Whether one tightens and the other eases.

    >>> from tracker.core.event_days import _example
    >>> against("ease", _example()), against("", _example())
    (True, False)
    """
    return {way, event.direction} == {"tighten", "ease"}


def misses(dated: Dated, event: RecordEvent) -> int:
    """Days by which a named day misses an event, none where it is one of its own dates.

    A day on which something was done is none on which comments close or a pause runs out.
    """
    own = (
        day
        for name, days in event.dates.items()
        if name not in _ENDS or dated.role in ("until", "deadline")
        for day in days
    )
    if any(dated.first <= day <= dated.last for day in own):
        return 0
    return 0 if _next_morning(dated, event) else days_between(dated, event)


def _next_morning(dated: Dated, event: RecordEvent) -> bool:
    """Whether the article has the day on which it became known: evening there, morning here."""
    day = link_day(event)
    near = day <= days_of_event(event).last + timedelta(days=1)
    return near and dated.first <= day <= dated.last


def days_between(dated: Dated, event: RecordEvent) -> int:
    """Days between the days named and the possible days of the event; 0 where they meet.

    >>> from datetime import date
    >>> from tracker.core.event_days import _example
    >>> days_between(Dated(date(2025, 4, 1), date(2025, 4, 4), "early April"), _example())
    5
    """
    days = days_of_event(event)
    return days_apart((dated.first, dated.last), (days.first, days.last))


def cities(keys: Iterable[str]) -> tuple[str, ...]:
    """The cities among the keys of a mention or event, in order; capitals alone say nothing.

    >>> cities(("place:China", "place:Geneva", "num:5"))
    ('Geneva',)
    """
    return abroad(key.partition(":")[2] for key in keys if key.startswith("place:"))


def abroad(places: Iterable[str]) -> tuple[str, ...]:
    """Places without the two capitals and their countries.

    >>> abroad(["China", "Geneva"])
    ('Geneva',)
    """
    return tuple(place for place in places if place not in _HOME)


def span(event: RecordEvent) -> str:
    """The days of an event as the record has them.

    >>> from tracker.core.event_days import _example
    >>> span(_example())
    '2025-04-09'
    """
    if event.end_date:
        return f"from {event.date} to {event.end_date}"
    if event.precision == "day":
        return f"{event.date}"
    return f"{event.date:%Y-%m} ({event.precision})"


def common(text: Folded, mention: Mention, event: RecordEvent) -> bool:
    """Whether a sentence and an event have a name, a ware or a list in common beside a day.

    >>> from tracker.core.event_days import _example
    >>> from tracker.core.examples import mention
    >>> common(fold("it rained"), mention(), _example())
    False
    """
    if _shared(mention, event) or named(text, mention, event):
        return True
    return bool(_own_words(text.text) & title_words(event))


def named(text: Folded, mention: Mention, event: RecordEvent) -> bool:
    """Whether a sentence names what an event is about: a firm, a ware, a list, words of its title.

    Offices and heads of state, and wares that half of the record is about, name no act.

    >>> from tracker.core.event_days import _example
    >>> from tracker.core.examples import mention
    >>> named(fold("it rained"), mention(), _example())
    False
    """
    held = rules(event.keys, *NAMED)
    names = own_items(mention) | set(mention.actors) - OFFICES
    if names & held.union(event.items, event.actors):
        return True
    about = f"{event.title} {event.summary} {' '.join(event.terms)}"
    words = fold(about if event.kind in ("listing", "countermeasure") else event.title).text
    same = _own_words(text.text) & title_words(event)
    return bool(lists(text.text) & lists(words)) or len(same) > 1


def title_words(event: RecordEvent) -> set[str]:
    """The words of a title that tell its act from others.

    >>> from tracker.core.event_days import _example
    >>> title_words(_example())
    {'example'}
    """
    return _own_words(title_of(event))


_SHORT: Final = 2
"""Letters that a word has at most which tells nothing."""

_PLAIN: Final = frozenset({
    "china", "chinese", "us", "export", "exports", "chip", "chips", "ban", "bans", "controls",
    "licence", "licences", "license", "licenses", "rule", "rules", "order", "says", "firms",
    "suspends", "suspended", "suspend", "new", "announces", "announced", "november", "october",
    "list", "lists",
    "government", "companies", "beijing", "washington", "dutch", "netherlands", "japan", "trump",
    "tariff", "tariffs", "case", "some",
})  # fmt: skip


def _own_words(folded: str) -> set[str]:
    return {word for word in content(folded) if len(word) > _SHORT or not word.isascii()} - _PLAIN


_LISTS: Final = {
    "unreliable": re.compile(r"\bunreliable\b|不可靠实体"),
    "unverified": re.compile(r"\bunverified list\b|未经核实"),
    "pentagon": re.compile(r"\b1260h\b|\bchinese military compan|军事企业"),
    "end users": re.compile(r"\bmilitary end[- ]users?\b|军事最终用户"),
    "control": re.compile(r"\bexport[- ]control (?:entity )?list\b|\bcontrol list\b|管控名单"),
    "entity": re.compile(
        r"(?<!unreliable )\bentity list\b|\bblacklist\w*|\btrade black list\b"
        r"|(?<!可靠)实体[清名]单|黑名单"
    ),
}


def lists(folded: str) -> frozenset[str]:
    """The lists that a folded text speaks of.

    >>> sorted(lists("on the entity list")), sorted(lists("列入不可靠实体清单"))
    (['entity'], ['unreliable'])
    """
    return frozenset(name for name, rule in _LISTS.items() if rule.search(folded))
