"""Questions: words to names, names to rows, rows with their figures."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Final

from tracker.core import blindness, rows, shares
from tracker.core.clean import clean_line
from tracker.core.event_days import known_from
from tracker.core.event_ids import short_ids
from tracker.core.question import Question, answers
from tracker.core.timeline import EventRow, Timeline
from tracker.errors import UsageProblem, did_you_mean
from tracker.jobs.asked import FACETS, Asked
from tracker.jobs.house import House
from tracker.jobs.lapsed import lapses, with_news
from tracker.model import Event
from tracker.settings import HEADLINE
from tracker.store import runs
from tracker.store.curated import Curated
from tracker.store.derived import Derived
from tracker.store.questions import prefilter

MANY: Final = 1000
"""Events counted that fit a part of an id."""

FEW: Final = 50
"""So many are looked up, whether two ids stand for one event."""

CHOICE: Final = 8
"""Events named where several fit."""

IDS: Final = 20_000
"""Ids among which a short one is looked for; in a larger database ids stand whole."""


def question(db: sqlite3.Connection, asked: Asked) -> Question:
    """Resolve every word to the names of the record.

    Raises:
        UsageProblem: an actor, item, measure, term, place, instrument or series nobody knows.
    """
    curated = Curated(db)

    def named(facet: str) -> tuple[str, ...]:
        words = asked.words.get(facet, ())
        return tuple(name for word in words for name in resolve(curated, facet, word))

    if asked.since and asked.until and asked.since.first > asked.until.last:
        raise UsageProblem(
            f"--since {asked.since} is later than --until {asked.until}.", hint="swap the two"
        )
    return Question(
        since=asked.since.first if asked.since else None,
        until=asked.until.last if asked.until else None,
        date_field=asked.date_field,
        kinds=asked.kinds,
        directions=asked.directions,
        statuses=asked.statuses,
        origins=asked.origins,
        instruments=named("instrument"),
        actors=named("actor"),
        items=named("item"),
        measures=named("measure"),
        jurisdictions=named("jurisdiction"),
        terms=named("term"),
        series=known_series(curated, asked.series),
        min_witnesses=asked.min_witnesses,
        official=asked.official,
        grep=asked.grep,
        as_of=asked.as_of,
        limit=asked.limit,
        reverse=asked.reverse,
    )


def resolve(curated: Curated, facet: str, word: str) -> tuple[str, ...]:
    """The canonical names behind a word, in any case, alias or script.

    Raises:
        UsageProblem: nobody knows the word; the nearest ones are named.
    """
    from tracker.core.text import fold  # its patterns cost 5 ms that most questions do not need

    folded = fold(word).text.strip()
    if facet == "instrument":
        return _instruments(word, folded)
    found = curated.canonical(facet, folded)
    if found:
        return found
    hint = _other_facet(curated, facet, folded) or did_you_mean(folded, curated.names(facet))
    raise UsageProblem(f"No {facet} is called {word!r}.", hint=hint or f"tracker search {word!r}")


def _other_facet(curated: Curated, facet: str, folded: str) -> str:
    """The option under which a word is known that ``facet`` does not know; else nothing."""
    others = (one for one in FACETS if one != facet)
    return next((f"--{one} {known[0]!r}" for one in others
                 if (known := curated.canonical(one, folded))), "")  # fmt: skip


def _instruments(word: str, folded: str) -> tuple[str, ...]:
    """The instrument behind a word; there are few, so that all can be named."""
    from tracker.core.instruments import instruments_named
    from tracker.model import INSTRUMENTS

    if found := instruments_named(folded):
        return found
    hint = did_you_mean(folded.replace(" ", "-"), list(INSTRUMENTS))
    hint = hint or f"one of {', '.join(INSTRUMENTS)}"
    raise UsageProblem(f"No instrument is called {word!r}.", hint=hint)


def known_series(curated: Curated, wanted: Iterable[str]) -> tuple[str, ...]:
    """Series ids, checked.

    Raises:
        UsageProblem: an id that is not in the record.
    """
    ids = [series.id for series in curated.series()]
    for id_ in wanted:
        if id_ not in ids:
            hint = did_you_mean(id_, ids) or "tracker share lists them"
            raise UsageProblem(f"No series is called {id_!r}.", hint=hint)
    return tuple(wanted)


def events(house: House, db: sqlite3.Connection, question: Question) -> list[Event]:
    """The events that answer, oldest first (the newest ``limit`` of them)."""
    derived = Derived(db)
    if question.as_of:
        from tracker.jobs import past

        pool: Sequence[Event] = past.events(db, question.as_of, house.lexicon, house.decided)
    else:
        where, values, exact = prefilter(question)
        newest = question.limit if exact else None
        pool = derived.events(where, values, newest=newest)
    found = [event for event in pool if answers(event, question, _blind)]
    return found[-question.limit :] if question.limit else found


def _blind(text: str) -> str:
    from tracker.core.text import fold

    return fold(text, limit=100_000).text


def timeline(
    house: House, db: sqlite3.Connection, question: Question, *, linked: bool = True
) -> Timeline:
    """Rows in date order with their figures, and what the head of the page says.

    ``linked`` is for exports: each event with its market-share links, and nothing that depends on
    the clock, so that the same data gives the same bytes. On a screen measures count as lapsed by
    today, in an export by the record day.

    Raises:
        UsageProblem: feeds.toml names a headline series that nobody knows.
    """
    curated = Curated(db)
    record_day = curated.day()
    found = events(house, db, question)
    headline = question.series[0] if question.series else _headline(house, curated)
    wanted = None if linked else (headline, *question.series)
    observations, series = curated.observations(wanted), curated.series()
    measures = curated.measures()
    day = question.as_of or (record_day if linked else house.today())
    lapsed = lapses(measures, day)
    link = shares.linker(observations, series, question.as_of)
    pairs = [(event, link(event) if linked else ()) for event in found]
    rowed = rows.arrange(pairs, observations, series, headline, question)
    low, high = _window(found, question, None if linked else last_poll(db))
    begin = curated.searched_from()
    return Timeline(
        rows=tuple(reversed(rowed)) if question.reverse else rowed,
        record_day=record_day,
        polled=last_poll(db),
        unreached=unreached(db),
        lapsed=lapsed if linked or question.as_of else with_news(db, measures, lapsed, day),
        total=sum(isinstance(row, EventRow) for row in rowed),
        span=_span(found),
        as_of=question.as_of,
        blind=blind_spots(db, house, low, high),
        searched_from=begin if begin and date.min < low < begin else None,
        notes=() if found else (empty_note(db), *_unfiled(question)),
        short={} if linked else shortened(db, (event.id for event in found)),
        titles={measure.id: measure.title for measure in measures},
    )


def _headline(house: House, curated: Curated) -> str:
    """The series whose figures stand on the lines; empty where the user wants none.

    Only here can it be told that feeds.toml names one that is not there: a poll reads no record.

    Raises:
        UsageProblem: no series is called so.
    """
    name = house.headline
    if not name or name == HEADLINE:
        return name
    ids = [series.id for series in curated.series()]
    if name not in ids:
        what = f"{house.settings.headline_at}: no series is called {clean_line(name, 80)!r}."
        raise UsageProblem(what, hint=did_you_mean(name, ids) or "tracker share lists them")
    return name


def shortened(db: sqlite3.Connection, ids: Iterable[str]) -> dict[str, str]:
    """Ids as a screen prints them: each resolves alone among everything stored."""
    known = Derived(db).ids_ever(IDS)
    shown = list(ids)
    return {id_: id_ for id_ in shown} if known is None else short_ids(shown, known)


def _span(found: Sequence[Event]) -> tuple[date, date] | None:
    if not found:
        return None
    return found[0].date, max(event.end_date or event.date for event in found)


def last_poll(db: sqlite3.Connection) -> datetime | None:
    """When the last poll ended that some feed answered, UTC."""
    row = runs.last_answered(db)
    return datetime.fromisoformat(row["finished"]) if row else None


def unreached(db: sqlite3.Connection) -> datetime | None:
    """When the last poll ended, if no feed answered it; None where one did."""
    row = runs.last_run(db)
    if row is None or row["asked"] > row["failed"]:
        return None
    return datetime.fromisoformat(row["finished"])


def _window(
    found: Sequence[Event], question: Question, polled: datetime | None
) -> tuple[date, date]:
    """The days an answer speaks of: those asked for, also where no event lies in them.

    Where none were asked for, those from its first event to its last, or to the last poll.
    """
    since = None if question.limit else question.since
    low = since or (found[0].date if found else date.min)
    ends = [day for day in (question.until, question.as_of) if day]
    last = max((event.last for event in found), default=low)
    return low, min(ends) if ends else max(last, polled.date()) if polled else last


def blind_spots(db: sqlite3.Connection, house: House, low: date, high: date) -> tuple[str, ...]:
    """Spans between two days in which feeds could not be read or a gap was proven.

    A feed that is no longer asked was blind until it was asked last.
    """
    spots = runs.blind_spots(db)
    if not spots:
        return ()
    enabled = {feed.id for feed in house.settings.feeds if feed.enabled}
    rows = [
        (
            row["feed"],
            date.fromisoformat(row["since"][:10]),
            _day(row["until"] or (None if row["feed"] in enabled else row["asked"])),
        )
        for row in spots
    ]
    return blindness.spans(rows, low, high, len(enabled))


def _day(moment: str | None) -> date | None:
    return date.fromisoformat(moment[:10]) if moment else None


def empty_note(db: sqlite3.Connection) -> str:
    """What an empty answer says: which days the database holds."""
    span = Derived(db).span()
    if span is None:
        return "Nothing stored yet: tracker poll"
    return f"No event answers. The database holds {span[0]} to {span[1]}."


def _unfiled(question: Question) -> tuple[str, ...]:
    """Where news of a measure stands: nobody has filed it under the measure yet."""
    return tuple(
        f"News is under no measure; what may change this one: tracker status {measure}"
        for measure in question.measures
    )


def find_event(
    house: House, db: sqlite3.Connection, id_: str, as_of: date | None,
    known: Sequence[Event] | None = None,
) -> Event:  # fmt: skip
    """One event by its id, a former id, its short id or any part that fits only one.

    ``known``: the events of ``as_of``, where they were computed before.

    Raises:
        UsageProblem: none fits, or several do; the choice is named.
    """
    derived = Derived(db)
    event = derived.resolve(id_)
    if event is None:
        id_ = _only(derived, id_)
        event = derived.resolve(id_)
    if event is None:
        from tracker.jobs import gone  # where nothing is found alone

        return gone.stood_for(house, db, id_, _known(house, db, as_of, known) if as_of else ())
    if as_of is None:
        return event
    from tracker.jobs import past  # for past days alone

    found = past.held(_known(house, db, as_of, known), event)
    if found is None:
        raise _too_early(event, as_of, past.first_day(db, event, house.lexicon, house.decided))
    return found


def _known(
    house: House, db: sqlite3.Connection, as_of: date, known: Sequence[Event] | None
) -> Sequence[Event]:
    return events(house, db, Question(as_of=as_of)) if known is None else known


def _too_early(event: Event, as_of: date, first: date | None) -> UsageProblem:
    """That nobody could know an event, or that it was public and no feed of ours had brought it."""
    public = known_from(event) <= as_of
    what = "Nobody here had" if public else "Nobody could know"
    came = f": its first report came on {first}" if public and first else ""
    hint = f"--as-of {first} or later" if first else f"tracker event {event.id}"
    return UsageProblem(f"{what} {event.id} on {as_of}{came}.", hint=hint)


def _only(derived: Derived, part: str) -> str:
    part = part.lstrip("#").casefold()
    ids = _standing(derived, derived.ids_like(part, MANY))
    whole = [id_ for id_ in ids if part in (id_, id_[11:])]
    tails = [id_ for id_ in ids if "-" in part and id_.endswith(f"-{part}")]
    for fitting in (whole, tails, ids):
        if len(fitting) == 1:
            return fitting[0]
    if ids:
        number = f"{len(ids)}" if len(ids) < MANY else f"{MANY} or more"
        raise UsageProblem(f"{part!r} fits {number} events.", hint=_choice(derived, ids, part))
    if hangs := derived.hanging_by(part):
        return hangs
    hint = did_you_mean(part, derived.ids()) or f"tracker search {part!r}"
    raise UsageProblem(f"No event is called {part!r}.", hint=hint)


def _standing(derived: Derived, ids: list[str]) -> list[str]:
    """One of them for each event, its own before a former one; of many none is looked at.

    Those that tell of nothing now count only where there is no other.
    """
    if not 1 < len(ids) <= FEW:
        return ids
    found: dict[str, str] = {}
    for id_ in ids:
        if (event := derived.resolve(id_)) and (event.id not in found or id_ == event.id):
            found[event.id] = id_
    return list(found.values()) or ids


def _choice(derived: Derived, ids: Sequence[str], part: str) -> str:
    """One of these, a line each: id and title."""
    lines = []
    for id_ in ids[:CHOICE]:
        event = derived.resolve(id_)
        lines.append(f"  - {id_}  {clean_line(event.title) if event else ''}".rstrip())
    more = len(ids) - CHOICE
    words = clean_line(part).replace("-", " ").strip()
    next_step = f"search {words!r}" if words.strip("0123456789 ") else "timeline --compact"
    tail = [f"  and {more} more: tracker {next_step}"] if more > 0 else []
    return "\n".join(["one of", *lines, *tail])
