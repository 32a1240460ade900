"""Lines that people wrote, and the decisions in force: the last line about a thing wins."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from tracker.core import amended
from tracker.core.accepted import name_of, told
from tracker.core.line_order import order
from tracker.model import Decision, Mention

VERDICTS: Final = (
    "same", "different", "confirm", "hide", "redate", "retitle", "kind", "direction",
    "jurisdiction", "actor", "date", "accept-claim", "withdrawn",
)  # fmt: skip
PAIRED: Final = ("same", "different")


@dataclass(frozen=True, slots=True)
class Decisions:
    """What holds now. Items are item ids or ``record:`` and a record id.

    ``same`` and ``different`` hold pairs; ``redated``, ``retitled``, ``kinds``, ``directions`` and
    ``capitals`` (a list as in ``NL, US``) the new value by item; ``actors`` and ``dates`` what is
    said of each name, by item (``core.amended``); ``claims`` the lines that accepted a figure, by
    the figure's name; ``contradictions`` says in words where lines of two people disagreed.
    """

    same: frozenset[frozenset[str]] = frozenset()
    different: frozenset[frozenset[str]] = frozenset()
    hidden: frozenset[str] = frozenset()
    confirmed: frozenset[str] = frozenset()
    redated: Mapping[str, str] = field(default_factory=dict)
    retitled: Mapping[str, str] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)
    directions: Mapping[str, str] = field(default_factory=dict)
    capitals: Mapping[str, str] = field(default_factory=dict)
    actors: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    dates: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    claims: Mapping[str, Decision] = field(default_factory=dict)
    contradictions: tuple[str, ...] = ()

    def named(self) -> frozenset[str]:
        """Every item that a decision in force speaks of."""
        pairs = {item for pair in (*self.same, *self.different) for item in pair}
        values = {
            *self.redated, *self.retitled, *self.kinds, *self.directions, *self.capitals,
            *self.actors, *self.dates,
        }  # fmt: skip
        return frozenset(pairs | values | self.hidden | self.confirmed)


def with_confirmed(found: tuple[Mention, ...], decisions: Decisions) -> tuple[Mention, ...]:
    """The mentions of one entry; what a person confirmed is a report of its own, if it was none.

    >>> from tracker.core.examples import mention
    >>> near = (mention(relevant=False), mention(number=1))
    >>> [one.relevant for one in with_confirmed(near, Decisions(confirmed=frozenset({"a1"})))]
    [True]
    >>> with_confirmed(near, NONE) == near
    True
    """
    if found[0].relevant or found[0].item_id not in decisions.confirmed:
        return found
    return (replace(found[0], relevant=True),)


FORMER: Final = {"UK": "GB"}
"""Codes of capitals that lines of old may have, and what they are now."""

NONE: Final = Decisions()
"""Nobody decided anything."""


def standing(lines: Iterable[Decision]) -> Decisions:
    """The decisions in force.

    Taking a decision back is a line of its own, so that a copy of the file can never bring it back
    to life; a line that stands twice (two files merged) counts once.

    >>> same = Decision("k1", "same", ("a", "b"), "", "mw", "2025-07-15T12:00:00Z", "one wire")
    >>> back = Decision("k2", "withdrawn", (), "k1", "mw", "2025-07-16T12:00:00Z", "mistaken")
    >>> len(standing([same]).same), len(standing([same, back]).same)
    (1, 0)
    """
    live = in_force(lines)
    pairs = _pairs(live)
    told = list(_of_those_that_stayed(live, pairs))
    return Decisions(
        same=frozenset(pair for pair, line in pairs.items() if line.verdict == "same"),
        different=frozenset(pair for pair, line in pairs.items() if line.verdict == "different"),
        hidden=frozenset(i for x in live if x.verdict == "hide" for i in x.items),
        confirmed=frozenset(i for x in told if x.verdict == "confirm" for i in x.items),
        redated=_values(told, "redate"),
        retitled=_values(told, "retitle"),
        kinds=_values(told, "kind"),
        directions=_values(told, "direction"),
        capitals={item: present(said) for item, said in _values(told, "jurisdiction").items()},
        actors=_by_name(told, "actor"),
        dates=_by_name(told, "date"),
        claims={name: x for x in live if x.verdict == "accept-claim" and (name := name_of(x))},
        contradictions=tuple(_contradictions(live)),
    )


def is_code(word: str) -> bool:
    """Whether a word is written as the code of a country is (ISO 3166, and EU).

    >>> is_code("NL"), is_code("Holland"), is_code("")
    (True, False, False)
    """
    return len(word) == 2 and word.isascii() and word.isalpha() and word.isupper()


def present(capitals: str) -> str:
    """Codes of capitals as they are written now; lines of old have their own.

    >>> present("UK, US")
    'GB, US'
    """
    return ", ".join(FORMER.get(code.strip(), code.strip()) for code in capitals.split(","))


def in_force(lines: Iterable[Decision]) -> list[Decision]:
    """The lines that were not taken back, each once, oldest first."""
    ordered = sorted({line.key: line for line in lines}.values(), key=order)
    taken_back = {line.value for line in ordered if line.verdict == "withdrawn"}
    return [x for x in ordered if x.key not in taken_back and x.verdict != "withdrawn"]


def _pairs(lines: Iterable[Decision]) -> dict[frozenset[str], Decision]:
    """The last word on each pair; a line that names more than two items speaks of all its pairs."""
    latest: dict[frozenset[str], Decision] = {}
    for line in lines:
        if line.verdict in PAIRED:
            for n, left in enumerate(line.items):
                for right in line.items[n + 1 :]:
                    latest[frozenset((left, right))] = line
    return latest


def _of_those_that_stayed(
    live: Iterable[Decision], pairs: Mapping[frozenset[str], Decision]
) -> Iterable[Decision]:
    """Lines about an event without the reports that were taken out of it later.

    Its day, title, kind and the rest were said of another act than theirs; what is hidden stays so.
    """
    out = {cut.items[-1] for cut in pairs.values() if cut.verdict == "different"}
    for line in live:
        alone = line.verdict in PAIRED or line.verdict == "hide" or len(line.items) == 1
        if alone or out.isdisjoint(line.items):
            yield line
            continue
        stay = (i for i in line.items if i not in out or not _left(i, line, pairs))
        yield replace(line, items=tuple(stay))


def _left(item: str, line: Decision, pairs: Mapping[frozenset[str], Decision]) -> bool:
    """Whether a later line takes a report out of those that a line was about: it names it last."""
    cuts = (pairs.get(frozenset((item, other))) for other in line.items)
    return any(
        cut is not None and cut.verdict == "different" and cut.items[-1] == item
        and order(cut) > order(line)
        for cut in cuts
    )  # fmt: skip


def _values(lines: Iterable[Decision], verdict: str) -> dict[str, str]:
    return {item: line.value for line in lines if line.verdict == verdict for item in line.items}


def _by_name(lines: Iterable[Decision], verdict: str) -> dict[str, dict[str, str]]:
    """What lines say of each name, by item."""
    found: dict[str, dict[str, str]] = {}
    for line in lines:
        if line.verdict == verdict:
            name, said = amended.read(verdict, line.value)
            for item in line.items:
                found.setdefault(item, {})[name] = said
    return found


def _contradictions(lines: Iterable[Decision]) -> Iterable[str]:
    """Where one person said one thing and another the opposite, or another value, in words."""
    said: dict[tuple[str, frozenset[str]], Decision] = {}
    for line in lines:
        for topic, subject in _topics(line):
            earlier = said.get((topic, subject))
            if earlier and earlier.by != line.by and _told(earlier) != _told(line):
                yield (
                    f"{' and '.join(sorted(subject))}: {earlier.by} said {_told(earlier)},"
                    f" {line.by} later {_told(line)}; {_holds(earlier, line)}"
                )
            said[topic, subject] = line


def _topics(line: Decision) -> Iterable[tuple[str, frozenset[str]]]:
    """What a line decides: of a pair, whether it is one; of an item, if it counts, or a value."""
    if line.verdict in PAIRED:
        if len(line.items) == 2:
            yield "pair", frozenset(line.items)
        return
    if line.verdict == "accept-claim":
        yield line.verdict, frozenset((name_of(line),))
        return
    topic = "counts" if line.verdict in ("hide", "confirm") else line.verdict
    if line.verdict in amended.AMENDING:
        topic = f"{topic} {amended.read(topic, line.value)[0]}"
    for item in line.items:
        yield topic, frozenset((item,))


def _told(line: Decision) -> str:
    value = told(line.value) if line.verdict == "accept-claim" else line.value
    return f"{line.verdict} {value}".strip()


def _holds(earlier: Decision, later: Decision) -> str:
    """Which of the two is in force: a hidden thing stays hidden until that is taken back."""
    if {earlier.verdict, later.verdict} == {"hide", "confirm"}:
        return "it stays hidden until that line is taken back"
    return "the later line holds"
