"""What is in force: the state of each chain of a measure on a day, and which measures are meant.

A measure has one chain of states for each (``by``, ``strand``): the capital or body whose state it
is, and whether it speaks of the text, of enforcement or of compliance. Chains never overwrite one
another. A state whose last day passed without a known follower has *lapsed*; nothing here ever
turns a lapsed pause into "in force".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date as Day
from datetime import timedelta
from itertools import takewhile
from typing import Final

from tracker.core.witnesses import best_first
from tracker.model import Event, Measure, MeasureState, RecordEvent, Source
from tracker.nouns import dataclass

CAPITALS: Final[Mapping[str, str]] = {
    "Washington": "US", "BIS": "US", "GAO": "US", "US Congress": "US", "Beijing": "CN",
    "The Hague": "NL", "Enterprise Chamber": "NL", "Tokyo": "JP", "Seoul": "KR",
    "Kuala Lumpur": "MY",
}  # fmt: skip
"""Whose jurisdiction a ``by`` belongs to; other bodies of Congress begin with "Congress"."""

BEGUN: Final = frozenset({"in_force", "relaxed", "resumed", "contested"})
"""States in which a measure has applied, at least in part."""

ACTS: Final = frozenset(
    {"rule", "licence", "listing", "countermeasure", "talks", "legislation", "enforcement"}
)
"""Kinds of event that can change a measure they do not name: acts, not results or products."""

ENDING: Final[Mapping[str, str]] = {"suspended": "suspension"}
"""What of a measure ends with a state: a suspension, else a term. The measure itself may come back
with the end of its suspension, so its name alone never stands beside "lapsed"."""

_PAUSED: Final = frozenset({"suspended", "rescinded", "expired", "lapsed_unknown"})
_BILL: Final = re.compile(r"(?:h\.? ?r|s|h\.? ?res|s\.? ?res)\.? ?\d{1,5}")


@dataclass(frozen=True, slots=True)
class Standing:
    """One chain of a measure on a day.

    ``lapsed`` is the last day of a state whose end passed with unknown outcome (``state`` is then
    that state, or the curated ``lapsed_unknown`` that follows it); ``ended`` says what of the
    measure that was (``suspension``, ``term``). ``by_text``: the state began
    after the day to which the measure was checked, so only its own text says so. ``never``: it was
    announced and paused or ended before it ever applied. ``begun`` and ``ends`` are the first and
    last day of the run of steps in the same state (a rule in force, changed twice, was in force all
    along); ``ends`` is None where the last step is open. ``run`` are its steps up to ``state``.
    """

    by: str
    strand: str
    state: MeasureState
    lapsed: Day | None = None
    ended: str = ""
    by_text: bool = False
    never: bool = False
    begun: Day | None = None
    ends: Day | None = None
    run: tuple[MeasureState, ...] = ()


def chains(measure: Measure) -> dict[tuple[str, str], tuple[MeasureState, ...]]:
    """States by (by, strand), chains in the order in which the record begins them.

    >>> [key for key in chains(_example())]
    [('Beijing', 'text')]
    """
    found: dict[tuple[str, str], list[MeasureState]] = {}
    for state in measure.states:
        found.setdefault((state.by, state.strand), []).append(state)
    return {key: tuple(sorted(states, key=_since)) for key, states in found.items()}


def _since(state: MeasureState) -> Day:
    return state.since


def standings(measure: Measure, day: Day) -> tuple[Standing, ...]:
    """Every chain that had begun by ``day``, with the state that holds on it.

    >>> day = Day(2025, 12, 1)
    >>> [(s.state.state, s.never, s.lapsed) for s in standings(_example(), day)]
    [('suspended', True, None)]
    >>> [(s.state.state, s.lapsed) for s in standings(_example(), Day(2026, 12, 1))]
    [('suspended', datetime.date(2026, 11, 10))]
    """
    found = (
        _standing(measure, key, states, day)
        for key, states in chains(measure).items()
        if states[0].since <= day
    )
    return tuple(found)


def _standing(
    measure: Measure, key: tuple[str, str], states: Sequence[MeasureState], day: Day
) -> Standing:
    past = [state for state in states if state.since <= day]
    state = past[-1]
    run = _run(reversed(past), state)
    return Standing(
        by=key[0],
        strand=key[1],
        state=state,
        lapsed=(lapse := _lapse(past, day)),
        ended=_ended(past) if lapse else "",
        by_text=state.since > measure.checked and state.state != "lapsed_unknown",
        never=_never(past),
        begun=run[-1].since,
        ends=_run(states[len(past) - 1 :], state)[-1].until,
        run=tuple(reversed(run)),
    )


def _run(states: Iterable[MeasureState], state: MeasureState) -> list[MeasureState]:
    """The steps that follow one another in one state, from the first of ``states``."""
    return [*takewhile(lambda one: one.state == state.state, states)]


def _lapse(past: Sequence[MeasureState], day: Day) -> Day | None:
    """The day a state ended with unknown outcome; None where its follower is known."""
    state = past[-1]
    if state.state == "lapsed_unknown":
        return past[-2].until if len(past) > 1 else state.since - timedelta(days=1)
    return state.until if state.until and state.until < day else None


def _ended(past: Sequence[MeasureState]) -> str:
    held = [state.state for state in past if state.state != "lapsed_unknown"]
    return ENDING.get(held[-1] if held else "", "term")


def _never(past: Sequence[MeasureState]) -> bool:
    states = [state.state for state in past]
    return states[-1] in _PAUSED and "announced" in states and not BEGUN.intersection(states)


def lapsed(measures: Iterable[Measure], day: Day) -> tuple[tuple[Measure, Standing], ...]:
    """Measures with a chain that lapsed by ``day``, newest first, each with that chain.

    >>> [(m.id, one.lapsed.isoformat(), one.ended)
    ...  for m, one in lapsed([_example()], Day(2026, 12, 1))]
    [('controls', '2026-11-10', 'suspension')]
    """
    found = []
    for measure in measures:
        over = [one for one in standings(measure, day) if one.lapsed]
        if over:
            found.append((measure, max(over, key=lambda one: (_over(one), one.ended))))
    return tuple(sorted(found, key=lambda pair: (-_over(pair[1]).toordinal(), pair[0].id)))


def _over(standing: Standing) -> Day:
    return standing.lapsed or Day.max


def disagree(found: Sequence[Standing]) -> bool:
    """Whether two jurisdictions stand differently on one measure on that day.

    >>> disagree(standings(_example(), Day(2025, 12, 1)))
    False
    """
    by_place: dict[str, set[str]] = {}
    for standing in found:
        if standing.strand != "compliance":
            state = "lapsed" if standing.lapsed else standing.state.state
            by_place.setdefault(place_of(standing.by), set()).add(state)
    return len(by_place) > 1 and len({frozenset(states) for states in by_place.values()}) > 1


def place_of(by: str) -> str:
    """The jurisdiction of a capital or body; the name itself where it is not known.

    >>> place_of("Beijing"), place_of("Congress, defence bill FY2026")
    ('CN', 'US')
    """
    return "US" if by.startswith("Congress") else CAPITALS.get(by, by)


@dataclass(frozen=True, slots=True)
class StatusRow:
    """A measure on a day: its chains, the events its states rest on, and what may change it."""

    measure: Measure
    standings: tuple[Standing, ...]
    events: Mapping[str, RecordEvent]
    touching: tuple[Event, ...] = ()

    @property
    def differs(self) -> bool:
        """Whether two jurisdictions stand differently on it."""
        return disagree(self.standings)

    @property
    def reports(self) -> int:
        """Reports of what became known after it was checked; an event that has none counts once."""
        return sum(max(1, event.reports) for event in self.touching)


@dataclass(frozen=True, slots=True)
class Status:
    """The answer to "what is in force?". ``on`` is None where no day was asked for.

    With ``as_of`` nothing takes part that was known later.

    ``whole``: one measure was meant, so its history belongs to the answer. ``to_come``: the day
    lies ahead of the present, so only what the texts known today say of it is told.
    """

    day: Day
    on: Day | None
    record_day: Day
    rows: tuple[StatusRow, ...]
    whole: bool = False
    to_come: bool = False
    as_of: Day | None = None


def witness(state: MeasureState, events: Mapping[str, RecordEvent]) -> Source | None:
    """The best page for a state, as ``core.witnesses`` ranks them.

    >>> witness(_example().states[0], {})
    """
    event = events.get(state.event_id or "")
    return next(iter(best_first(event)), None) if event else None


# ---- which measures are meant ------------------------------------------------------------------


def terms_of(measure: Measure, events: Mapping[str, RecordEvent | Event]) -> tuple[str, ...]:
    """The terms of art of the events that its states cite, each once.

    >>> terms_of(_example(), {})
    ()
    """
    cited = dict.fromkeys(state.event_id or "" for state in measure.states)
    return tuple(
        dict.fromkeys(term for id_ in cited if id_ in events for term in events[id_].terms)
    )


def find(
    measures: Iterable[Measure], events: Mapping[str, RecordEvent | Event], words: Sequence[str]
) -> tuple[Measure, ...]:
    """The measures that one of ``words`` names, in the order given.

    ``words`` are ways to say one thing (what was typed and its canonical names), in any case and
    either Chinese script. A jurisdiction or capital means its measures. Else a word names a measure
    by id, bill number, actor, or as a whole word of its title, items or aliases; and by the terms
    of art of the events it rests on, unless it is somebody's very alias. Only where nothing
    answers so, summaries, notes and document numbers are read too.

    >>> [m.id for m in find([_example()], {}, ["rare earths"])]
    ['controls']
    >>> [m.id for m in find([_example()], {}, ["hr 12"])], find([_example()], {}, ["H20"])
    (['controls'], ())
    """
    # What folds to nothing (half a letter) would be held by every name.
    asked = [one for one in map(_Asked.of, words) if one.text.strip()]
    pool = tuple(measures)
    places = _answering(asked, {m: [(name, False) for name in _places(m)] for m in pool})
    if places:
        return places
    alias = _answering(asked, {m: [(name, False) for name in m.aliases] for m in pool})
    named = {m: [*_names(m), *([] if alias else _terms(m, events))] for m in pool}
    return _answering(asked, named) or _answering(asked, {m: [*_prose(m, events)] for m in pool})


def _answering(
    asked: Sequence[_Asked], names: Mapping[Measure, Sequence[tuple[str, bool]]]
) -> tuple[Measure, ...]:
    return tuple(measure for measure, some in names.items() if any(w.hits(some) for w in asked))


def _holds_han(text: str) -> bool:
    return any("\u3400" <= letter <= "\u9fff" for letter in text)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A typed word, folded once, with the two ways in which a name can hold it."""

    text: str
    bare: str
    whole: re.Pattern[str]
    han: bool

    @classmethod
    def of(cls, word: str) -> _Asked:
        """A word as a person typed it, in any case; a bill's number with dots or without."""
        text = _folded(word.strip()).strip()
        han = _holds_han(text)
        edge = "" if han else r"(?<![a-z0-9])", "" if han else r"(?![a-z0-9])"
        bare = re.sub(r"[ .]", "", text) if _BILL.fullmatch(text) else ""
        return cls(text, bare, re.compile(edge[0] + re.escape(text) + edge[1]), han)

    def hits(self, names: Iterable[tuple[str, bool]]) -> bool:
        """Whether one of (name, may be part of it) is or holds the word."""
        return any(self._hit(name, part) for name, part in names)

    def _hit(self, name: str, part: bool) -> bool:
        if not self.han and _holds_han(name) and self.text not in name.casefold():
            return False  # spares the converter, which is slow to load, where it cannot help
        folded = _folded(name)
        if folded == self.text or (part and self.whole.search(folded)):
            return True
        return bool(self.bare) and re.sub(r"[ .]", "", folded) == self.bare


def _places(measure: Measure) -> Iterable[str]:
    yield measure.jurisdiction
    yield from dict.fromkeys(state.by for state in measure.states)


def _names(measure: Measure) -> Iterable[tuple[str, bool]]:
    """(name, may a part of it answer) of everything that names a measure by itself."""
    yield measure.id, False
    yield measure.title, True
    yield from ((alias, True) for alias in measure.aliases)
    yield from ((item, True) for item in measure.items)
    yield from ((actor, False) for actor in measure.actors)


def _terms(
    measure: Measure, events: Mapping[str, RecordEvent | Event]
) -> Iterable[tuple[str, bool]]:
    return ((term, False) for term in terms_of(measure, events))


def _prose(
    measure: Measure, events: Mapping[str, RecordEvent | Event]
) -> Iterable[tuple[str, bool]]:
    yield measure.summary, True
    for state in measure.states:
        yield from ((text, True) for text in (state.note, state.stage) if text)
        event = events.get(state.event_id or "")
        yield from ((source.ref, True) for source in (event.sources if event else ()) if source.ref)


def _example() -> Measure:
    """A measure for the examples above: announced, then paused before it began."""
    announced = MeasureState(
        "announced", Day(2025, 10, 9), Day(2025, 11, 6), None, "Beijing", "text", None
    )
    paused = MeasureState(
        "suspended", Day(2025, 11, 7), Day(2026, 11, 10), None, "Beijing", "text", None
    )
    return Measure(
        id="controls", title="Chinese controls", aliases=("announcement 55", "H.R. 12"),
        jurisdiction="CN", summary="Licences.", items=("rare earths",), actors=("MOFCOM",),
        checked=Day(2025, 11, 10), states=(announced, paused),
    )  # fmt: skip


def _folded(text: str) -> str:
    from tracker.core.text import fold  # its patterns cost 5 ms, and a timeline asks for no name

    return fold(text).text
