"""Two titles that are of others: another firm, another person, another bill, another country.

Headlines of one form are alike in all but a name (``China opens a probe into ...``), and that name
is the act. Only what the other report does not name anywhere counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, TypeAlias

from tracker.core.traits import (
    BILL,
    CHAMBER,
    FIRM,
    LAND,
    LEADS,
    MAKER,
    MATTER,
    PERSON,
    WARE,
    Traits,
)

OTHERS: Final = (
    "other firms", "aimed at others", "other speakers", "other travellers", "other bills",
    "other countries", "other chambers", "other counts", "other matters", "other wares",
    "other governments",
)  # fmt: skip
"""Names of the features."""

_TOLD_BESIDE: Final = (
    (LAND, "other countries"), (CHAMBER, "other chambers"), (MATTER, "other matters"),
    (WARE, "other wares"),
)  # fmt: skip
_ONE_FIRM: Final = frozenset({"enforcement", "company", "trip"})
_PROBES: Final = frozenset({"cn-antitrust"})
"""Acts that have one firm alone: a fine, a case, a step of a firm, a visit, a probe. A licence, a
rule or a list may be told with one of the firms that it holds for."""

Sides: TypeAlias = tuple[frozenset[str], frozenset[str]]


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
    return dict(_others(a, b))


def _others(a: Traits, b: Traits) -> Iterator[tuple[str, Sides]]:
    if sides := _lists(a, b):
        yield "other counts", sides
    if not a.parties or not b.parties:
        return
    yield from _beside(a, b)
    if (sides := _of(LEADS, a, b)) and _governs_another(sides, a, b):
        yield "other governments", sides
    if (sides := _of(BILL, a, b)) and _unnamed(sides, a, b):
        yield "other bills", sides
    yield from _other_firms(a, b)
    if (sides := _of(PERSON, a, b)) and a.kind == b.kind and _unnamed(sides, a, b):
        if a.kind == "trip":
            yield "other travellers", sides
        elif a.kind == "statement":
            yield "other speakers", sides


def _beside(a: Traits, b: Traits) -> Iterator[tuple[str, Sides]]:
    """What a title is about, of which the other report is silent in title and summary."""
    for sort, name in _TOLD_BESIDE:
        sides = _of(sort, a, b)
        if sort == MATTER and "talks" in (a.kind, b.kind):
            continue  # what leaders agree on is of many matters
        if sides and sides[0].isdisjoint(b.beside) and sides[1].isdisjoint(a.beside):
            yield name, sides


def _governs_another(sides: Sides, a: Traits, b: Traits) -> bool:
    """Whether Washington acts in one title and in the other an ally of whom the first is silent.

    A firm stands for its country: where ``ASML`` is named the Hague may have acted.
    """
    mine, theirs = sides
    if (mine == _US) == (theirs == _US):
        return False
    ally, silent = (theirs, a) if mine == _US else (mine, b)
    return ally.isdisjoint(silent.beside | silent.homes)


_US: Final = frozenset({"US"})


def _lists(a: Traits, b: Traits) -> Sides | None:
    """Numbers of firms in two titles, days apart: two lists.

    Reports of one list count it differently (140 entities, 136 of them Chinese): of 34 labelled
    pairs of the same three days 32 were of one act, of 15 of other days one.
    """
    if not a.counted or not b.counted:
        return None
    if a.report is None or b.report is None or abs(a.report - b.report) <= _SAME_WAVE:
        return None
    return None if a.counted & b.counted else (a.counted, b.counted)


_SAME_WAVE: Final = 3


def _other_firms(a: Traits, b: Traits) -> Iterator[tuple[str, Sides]]:
    """Makers beside makers and firms beside firms: a case is told by whose chips it is about."""
    mine, theirs = _firms(a), _firms(b)
    if not mine or not theirs or mine & theirs:
        return
    if not _PROBES.isdisjoint(a.acts & b.acts):
        if _unnamed((mine, theirs), a, b):
            yield "aimed at others", (mine, theirs)
        return
    for sort in (FIRM, MAKER):
        if (sides := _of(sort, a, b)) and _unnamed(sides, a, b):
            if {a.kind, b.kind} <= _ONE_FIRM:
                yield "aimed at others", sides
            elif sort == MAKER or a.kind == b.kind:
                yield "other firms", sides


def _firms(a: Traits) -> frozenset[str]:
    return a.parties.get(FIRM, _NONE) | a.parties.get(MAKER, _NONE)


def _of(sort: str, a: Traits, b: Traits) -> Sides | None:
    """Those of one sort in both titles; None where one title has none."""
    mine, theirs = a.parties.get(sort), b.parties.get(sort)
    return (mine, theirs) if mine and theirs else None


def _unnamed(sides: Sides, a: Traits, b: Traits) -> bool:
    """Whether neither report names any of those in the title of the other."""
    return not any(
        names & other
        for names, report in zip(sides, (b, a), strict=True)
        for other in (report.concepts, report.actors, report.items)
    )


_NONE: Final[frozenset[str]] = frozenset()
