"""What a reader asked for, and whether an event answers it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from typing import Final

from tracker.core.event_days import days_of_event, known_from, sources_known
from tracker.model import Event, Source, Status
from tracker.nouns import dataclass

PAUSE: Final = "suspended_until"
_NAMED: Final = {
    "effective": ("effective", "effective_foreign_made"),
    "expires": ("expires", PAUSE),
}


@dataclass(frozen=True, slots=True)
class Question:
    """FILTERS, already resolved to canonical names. Empty means everything.

    Values inside one field are alternatives; different fields must all hold. ``since`` and
    ``until`` bound the days of ``date_field``, both inclusive.
    """

    since: date | None = None
    until: date | None = None
    date_field: str = "act"
    kinds: tuple[str, ...] = ()
    directions: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    instruments: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    jurisdictions: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    series: tuple[str, ...] = ()
    min_witnesses: int = 0
    official: bool = False
    grep: str = ""
    as_of: date | None = None
    limit: int | None = None
    reverse: bool = False

    @property
    def whole(self) -> bool:
        """Whether nothing narrows the answer (as-of, order and limit do not)."""
        plain = Question(as_of=self.as_of, limit=self.limit, reverse=self.reverse)
        return self == plain


def answers(event: Event, question: Question, fold: Callable[[str], str] = str.casefold) -> bool:
    """Whether an event is part of the answer. ``fold`` makes ``grep`` blind to script and case.

    >>> from tracker.core.build import build
    >>> from tracker.core.examples import mention
    >>> event = build([mention()])
    >>> answers(event, Question(kinds=("listing",))), answers(event, Question(kinds=("rule",)))
    (True, False)
    """
    return (
        within(event, question)
        and _one_of(event.kind, question.kinds)
        and _one_of(event.direction, question.directions)
        and _one_of(event.status, question.statuses)
        and _origin(event, question.origins)
        and _one_of(event.instrument, question.instruments)
        and _meets(event.actors, question.actors)
        and _meets(event.items, question.items)
        and _meets(event.measures, question.measures)
        and _meets(event.jurisdiction, question.jurisdictions)
        and _meets(event.terms, question.terms)
        and _meets(event.series, question.series)
        and event.witnesses >= question.min_witnesses
        and (not question.official or is_official(event))
        and (not question.grep or fold(question.grep) in fold(_text(event)))
    )


def within(event: Event, question: Question) -> bool:
    """Whether a day of the asked kind can lie between ``since`` and ``until``.

    An act known to the month or year is inside where any day of it is.

    >>> from tracker.core.build import build
    >>> from tracker.core.examples import mention
    >>> within(build([mention()]), Question(since=date(2020, 1, 1)))
    False
    """
    if question.since is None and question.until is None:
        return question.date_field == "act" or bool(_days(event, question.date_field))
    low, high = question.since or date.min, question.until or date.max
    if question.date_field == "act":
        possible = days_of_event(event)
        return possible.first <= high and possible.last >= low
    return any(low <= day <= high for day in _days(event, question.date_field))


def is_official(event: Event) -> bool:
    """Whether an official page, or a word-for-word copy of the official text, was read as a source.

    A page that was never opened, or that only bears on the act, carries no evidence of it.

    >>> from tracker.core.build import build
    >>> from tracker.core.examples import mention
    >>> is_official(build([mention()]))
    False
    """
    return any(
        (source.official or source.official_text) and source.opened and not source.about
        for source in event.sources
    )


def _days(event: Event, name: str) -> tuple[date, ...]:
    if name == "known":
        return (event.known or event.link_day,)
    if name == "published":
        dated = [s.published for s in event.sources if s.published and not s.about]
        return event.dates.get("published") or tuple(sorted(dated)[:1])
    return tuple(day for key in _NAMED[name] for day in event.dates.get(key, ()))


def _one_of(value: str, wanted: tuple[str, ...]) -> bool:
    return not wanted or value in wanted


def _meets(values: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    return not wanted or not set(values).isdisjoint(wanted)


def _origin(event: Event, wanted: tuple[str, ...]) -> bool:
    """``record`` and ``news`` also take what has both."""
    return not wanted or event.origin in (*wanted, "both")


def _text(event: Event) -> str:
    parts: Iterable[str | None] = (
        event.id, event.title, event.summary, event.note, *event.actors, *event.items, *event.terms,
        *(source.title for source in event.sources), *(source.ref for source in event.sources),
    )  # fmt: skip
    return "\n".join(part for part in parts if part)


def as_known(event: Event, day: date | None) -> Event | None:
    """A record event as it stood on ``day``: later sources gone, status from those that remain.

    None where nobody could know it. Its link day stays. Its text is marked as written later where
    sources came later, or where it names a day that was not known then.

    >>> from tracker.core.build import build
    >>> from tracker.core.examples import mention
    >>> as_known(build([mention()]), date(2019, 5, 1))
    """
    if day is None:
        return event
    if known_from(event) > day:
        return None
    from tracker.core import hindsight  # for past days alone
    from tracker.core.origins import origins

    sources = sources_known(event.sources, day)
    fewer = len(sources) < len(event.sources)
    coming = [one for name, days in event.dates.items() for one in days
              if name != PAUSE or _paused_itself(event)]  # fmt: skip
    texts = (event.title, event.summary, event.note)
    curated = event.origin != "news"
    later = curated and any(
        hindsight.knows_later(text, day, coming, event.date.year) for text in texts
    )
    if not fewer and not later:
        return event
    known = replace(event, text_later=True, summary=hindsight.marked(event.summary),
                    note=hindsight.marked(event.note) if event.note else None)  # fmt: skip
    if not fewer:
        return known
    return replace(
        known,
        sources=sources,
        witnesses=origins(sources),
        status=_status(event, sources),
        evidence=_evidence(event, sources),
    )


def without_pauses(events: Iterable[Event]) -> tuple[Event, ...]:
    """Events of a past day without the end of a pause that no act known by then had brought.

    A curated act that tightens carries the day to which it was suspended later; that day is known
    from the act that suspended it, which carries it too.

    >>> without_pauses([])
    ()
    """
    pool = tuple(events)
    told = {day for one in pool if _paused_itself(one) for day in one.dates.get(PAUSE, ())}
    return tuple(
        one if told.issuperset(one.dates.get(PAUSE, ()))
        else replace(one, dates={name: days for name, days in one.dates.items() if name != PAUSE})
        for one in pool
    )  # fmt: skip


def _paused_itself(event: Event) -> bool:
    """Whether a day of ``suspended_until`` is the act's own: it suspends something, or is news."""
    return event.direction != "tighten" or event.origin == "news"


def _evidence(event: Event, sources: tuple[Source, ...]) -> str:
    """What the pages of that day amount to; an official page that came later is none yet."""
    seen = [source for source in sources if source.opened]
    if event.evidence == "official" and not any(source.official for source in seen):
        return "text-seen" if any(source.official_text for source in seen) else _pages(seen)
    if event.evidence == "text-seen" and not any(source.official_text for source in seen):
        return _pages(seen)
    return _pages(seen) if event.evidence == "two-pages" else event.evidence


def _pages(sources: list[Source]) -> str:
    return "two-pages" if len(sources) > 1 else "one-page"


def _status(event: Event, sources: tuple[Source, ...]) -> Status:
    """Confirmed needs an official page or two publishers among the sources of that day."""
    if event.status != "confirmed":
        return event.status
    known = [source for source in sources if not source.about]
    official = any(source.official or source.official_text for source in known)
    return "confirmed" if official or len({s.publisher for s in known}) > 1 else "reported"
