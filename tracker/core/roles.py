"""What the roles found in an item say of it, as fitted numbers; ``db/lexicon/fitted.toml``.

A rule of ``acts.toml`` asks for exact roles in one sentence. Beside the rules stands one linear
scorer over all roles of the title and of the whole item. It moves the score of relevance, and has a
say in the kind and in the direction. Its numbers are fitted by ``benchmarks/fit_roles.py``
(logistic regression with a ridge, events left out in turn); the roles are the lexicon's own, so
that a word added there is weighed at once, in every script.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias, TypeVar

from tracker.core.lexicon import WATCHED, Lexicon
from tracker.core.relevance import evidence
from tracker.core.rules import Said
from tracker.core.ways import ways
from tracker.core.weights import RELEVANT, Rows
from tracker.model import DIRECTIONS, KINDS, Direction, Kind, Reason

if TYPE_CHECKING:
    from tracker.core.acts import Fired
    from tracker.core.zones import Zone

FAINT: Final = "faint-"
"""Rules that begin so name a kind where no act was read; beside one that was, they tell no way."""

OWN_WAY: Final = frozenset({"statement", "trip", "substitution"})
"""Kinds whose direction no act beside them tells: what is spoken of is not done by who speaks."""

_SHOWN: Final = 6

FINE: Final = 6
"""Decimals by which sums differ: what was added in another order is the same sum."""

_CLOSE: Final = 2 * 10**-FINE
"""How far apart two sums are at the most that may be the same."""

_Outcome = TypeVar("_Outcome", bound=str)
_Term: TypeAlias = tuple[float, str, float, str]
"""A number's size, its sign turned (the heaviest first); the role's name; the number; in words."""


class Roles(NamedTuple):
    """The roles of an item: in its title, and anywhere in it."""

    title: int
    item: int


class Leaning(NamedTuple):
    """How far the roles move the score of relevance, and why."""

    value: float
    reason: Reason | None


def roles_of(parts: list[Zone]) -> Roles:
    """The roles of title and sentences; where there is no title, the first sentence opens it.

    What stands behind a firm's step (``to avoid US curbs``) is not what the sentence tells.

    >>> from tracker.core.zones import zones
    >>> from tracker.core.examples import lexicon
    >>> from tracker.core.text import fold
    >>> found = roles_of(zones(fold("US adds Huawei"), fold("It said so."), lexicon()))
    >>> found.title == found.item > 0
    True
    """
    item = 0
    for part in parts:
        item |= part.mask
    opening = next((part for part in parts if part.text.text), None)
    return Roles(opening.fore or opening.mask if opening else 0, item)


def with_ways(roles: Roles, parts: list[Zone], lexicon: Lexicon) -> Roles:
    """The roles of an item, and which way its verbs point.

    >>> from tracker.core.examples import lexicon
    >>> with_ways(Roles(1, 3), [], lexicon())
    Roles(title=1, item=3)
    """
    title = item = 0
    opened = False
    for part in parts:
        mask = lexicon.mask_of(ways(part.hits, part.text.text, lexicon))
        item |= mask
        if part.text.text and not opened:
            title, opened = mask, True
    return Roles(roles.title | title, roles.item | item)


def moved(score: float, roles: Roles, lexicon: Lexicon) -> Leaning:
    """What the roles add to the score of the rules.

    Rules that stand far from their line count no more than ``most``, so that the roles can speak
    against them. An item with a word of the user's own is never moved down.

    >>> from tracker.core.examples import lexicon
    >>> moved(3.0, Roles(0, 0), lexicon())
    Leaning(value=0.0, reason=None)
    """
    fitted = lexicon.fitted
    if not fitted.always:
        return Leaning(0.0, None)
    words = _terms(roles, lexicon)
    total = fitted.always.get("relevant", 0.0) + sum([one[2] for one in words]) - fitted.line
    beyond = score - RELEVANT
    value = total + fitted.pull * max(-fitted.most, min(fitted.most, beyond)) - beyond
    if roles.item & lexicon.bit(WATCHED):
        value = max(value, 0.0)
    shown = ", ".join([one[3] for one in words[:_SHOWN]])
    return Leaning(value, Reason("roles", round(value, 2), f"{shown} (db/lexicon/fitted.toml)"))


def kind_by_roles(
    kind: Kind, found: list[Fired], roles: Roles, lexicon: Lexicon
) -> tuple[Kind, Fired | None]:
    """The kind that rules and roles together tell, and its heaviest rule.

    ``kind``: what the rules say alone; it stands where nothing was fitted.

    >>> from tracker.core.examples import lexicon
    >>> kind_by_roles("rule", [], Roles(0, 0), lexicon())
    ('rule', None)
    """
    own: dict[str, list[Fired]] = {}
    for one in found:
        own.setdefault(one.act.kind, []).append(one)
    if lexicon.fitted.always:
        sums = _sums(KINDS, roles, lexicon)
        for name, rules in own.items():
            if name:
                sums[name] += lexicon.fitted.firm * evidence(rules, lexicon.weights)
        kind = _heaviest(sums, KINDS)
    leading = max(
        own.get(kind, ()), key=lambda one: (one.weight, one.act.id), default=None
    )  # fmt: skip
    return kind, leading


def direction_by_roles(
    direction: Direction, kind: Kind, found: list[Fired], roles: Roles, lexicon: Lexicon
) -> Direction:
    """The direction that rules and roles together tell.

    ``direction``: what the rules say alone; it stands where nothing was fitted.

    >>> from tracker.core.examples import lexicon
    >>> direction_by_roles("ease", "rule", [], Roles(0, 0), lexicon())
    'ease'
    """
    fitted = lexicon.fitted
    if not fitted.always:
        return direction
    sums = _sums(DIRECTIONS, roles, lexicon)
    for name, value in fitted.kind.get(kind, {}).items():
        sums[name] += value
    for way, value in evidence_of_ways(telling(found, kind), lexicon).items():
        sums[way] += fitted.turn * value
    return _heaviest(sums, DIRECTIONS)


def telling(found: list[Fired], kind: str) -> list[Fired]:
    """The rules that tell which way an item of this kind goes.

    >>> telling([], "statement")
    []
    """
    return [one for one in found if one.act.kind == kind] if kind in OWN_WAY else found


def _heaviest(sums: Mapping[str, float], outcomes: Iterable[_Outcome]) -> _Outcome:
    least = max(sums.values()) - _CLOSE
    close = [name for name in outcomes if sums[name] > least]  # one, in nearly all items
    return max((round(sums[name], FINE), name) for name in close)[1] if close[1:] else close[0]


def evidence_of_ways(found: list[Fired], lexicon: Lexicon) -> dict[str, float]:
    """What the rules say of each direction.

    >>> from tracker.core.examples import lexicon
    >>> evidence_of_ways([], lexicon())
    {'tighten': 0.0, 'ease': 0.0, 'neutral': 0.0}
    """
    told: dict[str, list[Fired]] = {name: [] for name in DIRECTIONS}
    acts = [one for one in found if one.act.kind]
    for one in [one for one in acts if not one.act.id.startswith(FAINT)] or acts:
        told[one.act.direction].append(one)
    return {name: evidence(rules, lexicon.weights) for name, rules in told.items()}


def _sums(outcomes: tuple[str, ...], roles: Roles, lexicon: Lexicon) -> dict[str, float]:
    """What the roles add to each kind, or to each direction."""
    always, title, item = _tables(outcomes, lexicon)
    rows = [always, *title.of(roles.title), *item.of(roles.item)]
    return dict(zip(outcomes, map(sum, zip(*rows, strict=True)), strict=True))


def _terms(roles: Roles, lexicon: Lexicon) -> list[_Term]:
    """What the roles add to the score of relevance, the heaviest first."""
    terms, title, item = _relevance(lexicon)
    found = title.of(roles.title) + item.of(roles.item)
    found.sort()
    return [terms[rank] for rank in found]


class _Tables(NamedTuple):
    """What is always added to some outcomes, in their order, and for a role in title and item."""

    always: tuple[float, ...]
    title: Said[tuple[float, ...]]
    item: Said[tuple[float, ...]]


@lru_cache(maxsize=32)
def _tables(outcomes: tuple[str, ...], lexicon: Lexicon) -> _Tables:
    """The fitted numbers of these outcomes alone."""
    fitted = lexicon.fitted
    return _Tables(
        tuple(fitted.always.get(name, 0.0) for name in outcomes),
        *(Said(_table(outcomes, rows, lexicon)) for rows in (fitted.title, fitted.item)),
    )


def _table(outcomes: tuple[str, ...], rows: Rows, lexicon: Lexicon) -> dict[int, tuple[float, ...]]:
    return {
        lexicon.bit(role): tuple(values.get(name, 0.0) for name in outcomes)
        for role, values in rows.items() if not values.keys().isdisjoint(outcomes)
    }  # fmt: skip


@lru_cache(maxsize=8)
def _relevance(lexicon: Lexicon) -> tuple[list[_Term], Said[int], Said[int]]:
    """What each role adds to the score of relevance, in order; and its place there by its bit."""
    fitted = lexicon.fitted
    told = [
        {bit: (-abs(value), f"{where}{role}", value, f"{where}{role} {value:+.1f}")
         for role, values in rows.items() if "relevant" in values
         for bit, value in ((lexicon.bit(role), values["relevant"]),)}
        for where, rows in (("title:", fitted.title), ("", fitted.item))
    ]  # fmt: skip
    terms = sorted(term for table in told for term in table.values())
    rank = {term: place for place, term in enumerate(terms)}
    title, item = (Said({bit: rank[term] for bit, term in table.items()}) for table in told)
    return terms, title, item
