"""Two titles that are of others: another firm, person, bill, country, government or matter.

Headlines of one form are alike in all but a name (``China opens a probe into ...``), and that name
is the act. Only what the other report does not name anywhere counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, TypeAlias

from tracker.core.apart import gap_of
from tracker.core.traits import (
    BILL,
    CHAMBER,
    FIRM,
    FIRMS,
    LAND,
    LEADS,
    MAKER,
    MATTER,
    PERSON,
    STAGE,
    WARE,
    Traits,
)

OTHERS: Final = (
    "other firms", "aimed at others", "other speakers", "other travellers", "other ministers",
    "other bills", "other countries", "other chambers", "other counts", "other matters",
    "other wares", "other governments", "other stages",
)  # fmt: skip
"""Names of the features."""

_ONE_FIRM: Final = frozenset({"enforcement", "company", "trip"})
"""Kinds of acts that have one firm alone: a fine, a case, a step of a firm, a visit. A licence, a
rule or a list may be told with one of the firms that it holds for."""

_PROBES: Final = frozenset({"cn-antitrust"})
"""Acts that have one firm alone and are of another kind."""

Sides: TypeAlias = tuple[frozenset[str], frozenset[str]]
_Reader: TypeAlias = Callable[[Sides, Traits, Traits], Iterator[tuple[str, Sides]]]


def others(a: Traits, b: Traits) -> dict[str, Sides]:
    """What tells the titles of two reports apart, by feature, with the names of both.

    Of 162 pairs of labelled reports that were of other makers and else alike 14 told of one act
    (eighteen sets), of 113 of other countries none, of 11 of other firms in one sort of act none
    (sixteen sets). Of 381 pairs of other matters 6 did, of 38 of rare earths beside other metals
    none, of 106 of an ally's government beside Washington's 2 (twenty sets).

    >>> from tracker.core.examples import mention
    >>> from tracker.core.traits import traits
    >>> one = traits(mention(keys=("t:Nvidia", "maker:Nvidia"), kind="enforcement"))
    >>> other = traits(mention(keys=("t:AMD", "maker:AMD"), kind="enforcement"))
    >>> list(others(one, other)), list(others(one, one))
    (['aimed at others'], [])
    >>> list(others(one, traits(mention(keys=("t:AMD", "maker:AMD", "s:Nvidia")))))
    []
    """
    found: dict[str, Sides] = {}
    if a.counted and b.counted and _other_lists(a, b):
        found["other counts"] = a.counted, b.counted
    sorts = b.parties
    for sort, mine in a.parties.items():
        theirs = sorts.get(sort)
        if theirs is not None and mine.isdisjoint(theirs):  # few pairs: most are of one matter
            found.update(_READ[sort]((mine, theirs), a, b))
    return found


def _beside(name: str) -> _Reader:
    """A reader of what a title is about, of which the other is silent in title and summary."""

    def read(sides: Sides, a: Traits, b: Traits) -> Iterator[tuple[str, Sides]]:
        if sides[0].isdisjoint(b.beside) and sides[1].isdisjoint(a.beside):
            yield name, sides

    return read


def _matters(sides: Sides, a: Traits, b: Traits) -> Iterator[tuple[str, Sides]]:
    """What leaders agree on is of many matters."""
    if "talks" not in (a.kind, b.kind):
        yield from _other_matters(sides, a, b)


_other_matters: Final = _beside("other matters")


def _governments(sides: Sides, a: Traits, b: Traits) -> Iterator[tuple[str, Sides]]:
    """Washington in one title, in the other an ally of whom the first report is silent.

    A firm stands for its country: where ``ASML`` is named the Hague may have acted.
    """
    mine, theirs = sides
    if (mine == _US) == (theirs == _US):
        return
    ally, silent = (theirs, a) if mine == _US else (mine, b)
    if ally.isdisjoint(silent.beside) and ally.isdisjoint(silent.homes):
        yield "other governments", sides


_US: Final = frozenset({"US"})


def _chambers(sides: Sides, a: Traits, b: Traits) -> Iterator[tuple[str, Sides]]:
    """What each chamber votes on has its own day, though reports say which comes next."""
    if a.said and b.said and a.kind == b.kind == "legislation" and gap_of(a, b):
        yield "other chambers", sides
    else:
        yield from _other_chambers(sides, a, b)


_other_chambers: Final = _beside("other chambers")


def _stages(sides: Sides, a: Traits, b: Traits) -> Iterator[tuple[str, Sides]]:
    """A committee's vote and its chamber's: of 28 labelled pairs alike in the rest none is one."""
    if a.kind == b.kind == "legislation":
        yield "other stages", sides


def _bills(sides: Sides, a: Traits, b: Traits) -> Iterator[tuple[str, Sides]]:
    if _unnamed(sides, a, b):
        yield "other bills", sides


def _people(sides: Sides, a: Traits, b: Traits) -> Iterator[tuple[str, Sides]]:
    name = _OF_PEOPLE.get(a.kind) if a.kind == b.kind else None
    if name and _unnamed(sides, a, b):
        yield name, sides
    if a.kind == b.kind == "talks" and not a.cities & b.cities and _unnamed(sides, a, b):
        ministers = sides[0] - _LEADERS, sides[1] - _LEADERS
        if min(map(len, ministers)) >= _MEET:
            yield "other ministers", ministers


_LEADERS: Final = frozenset({"Donald Trump", "Joe Biden", "Xi Jinping"})
"""Who is named in every second report of talks, for the summit that they prepare."""

_MEET: Final = 2
"""Ministers whose names tell whose meeting it is, unless both meet in one city: a delegation has
several."""

_OF_PEOPLE: Final[dict[str, str]] = {"trip": "other travellers", "statement": "other speakers"}


def _firms(sides: Sides, a: Traits, b: Traits) -> Iterator[tuple[str, Sides]]:
    """Makers beside makers and firms beside firms: a case is told by whose chips it is about."""
    if not _PROBES.isdisjoint(a.acts & b.acts):
        if _unnamed(sides, a, b):
            yield "aimed at others", sides
        return
    for sort, mine, theirs in ((FIRM, a.firms, b.firms), (MAKER, a.makers, b.makers)):
        if mine and theirs and _unnamed((mine, theirs), a, b):
            if {a.kind, b.kind} <= _ONE_FIRM:
                yield "aimed at others", (mine, theirs)
            elif sort == MAKER or a.kind == b.kind:
                yield "other firms", (mine, theirs)


_READ: Final[dict[str, _Reader]] = {
    LAND: _beside("other countries"), CHAMBER: _chambers, MATTER: _matters,
    WARE: _beside("other wares"), LEADS: _governments, BILL: _bills, FIRMS: _firms,
    PERSON: _people, STAGE: _stages,
}  # fmt: skip


def _other_lists(a: Traits, b: Traits) -> bool:
    """Whether numbers of firms in two titles, days apart, are those of two lists.

    Reports of one list count it differently (140 entities, 136 of them Chinese): of 34 labelled
    pairs of the same three days 32 were of one act, of 15 of other days one; where both name a day,
    of 12 pairs of two days one, of 14 of one day all.
    """
    if a.report is None or b.report is None or not a.counted.isdisjoint(b.counted):
        return False
    return abs(a.report - b.report) > _SAME_WAVE or bool(a.said and b.said and gap_of(a, b))


_SAME_WAVE: Final = 3


def _unnamed(sides: Sides, a: Traits, b: Traits) -> bool:
    """Whether neither report names any of those in the title of the other."""
    return not any(
        names & other
        for names, report in zip(sides, (b, a), strict=True)
        for other in (report.concepts, report.actors, report.items)
    )
