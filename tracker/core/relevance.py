"""How strongly an item tells of an act of the topic, and of which kind."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Final, NamedTuple, TypeAlias

from tracker.core.acts import Fired
from tracker.core.lexicon import Lexicon
from tracker.core.weights import Weights
from tracker.core.zones import Zone
from tracker.model import Direction, Kind, Reason

_Table: TypeAlias = tuple[tuple[int, float], ...]
NEXT: Final = 0.5
"""From what part of the heaviest rule on another one turns the direction of a statement."""

_ABROAD: Final = (
    "cn", "cn-firm", "nl", "watched", "list-us", "nexperia", "gulf", "bill-named", "veu",
    "tracking", "own-share", "Megaspeed", "denial-order", "diffusion", "affiliates", "outbound",
    "ally-gov", "big-fund", "china-chip", "cn-chip-item", "visit-china", "cn-city", "expo",
)  # fmt: skip
"""What ties an item to China, its firms or the lists without naming them."""

_CONTROL: Final = ("control", "licence", "us-chip", "ally-gov", "us-gov", "ally", "mineral")
_NEEDS_CHINA: Final = frozenset({"statement", "trip", "company", "substitution"})
"""Kinds that are everywhere: without China, its firms or a list they are not of the topic."""


class Parts(NamedTuple):
    """What a score is the sum of; ``score`` weighs it. ``tags`` is the mask of the whole item."""

    evidence: float
    against: float
    plain: bool
    kind: str
    tags: int


def kind_of(found: list[Fired], weights: Weights) -> tuple[Kind, Direction, Fired | None]:
    """The kind with the most evidence: its heaviest rule, and a little for each further one.

    >>> from tracker.core.weights import Weights
    >>> kind_of([], Weights())
    ('statement', 'neutral', None)
    """
    kinds: dict[str, list[Fired]] = {}
    for one in found:
        if one.act.kind:
            kinds.setdefault(one.act.kind, []).append(one)
    if not kinds:
        return "statement", "neutral", None

    def strength(kind: str) -> tuple[float, str]:
        return evidence(kinds[kind], weights) + weights.kinds.get(kind, 0.0), kind

    best = max(kinds, key=strength) if len(kinds) > 1 else next(iter(kinds))
    ranked = sorted(kinds[best], key=lambda one: (-one.weight, one.act.id))
    turned = [one for one in ranked if one.act.direction != "neutral"]
    leading = ranked[0]
    if (
        leading.act.direction == "neutral"
        and turned
        and (
            best in ("talks", "licence")
            or (best == "statement" and turned[0].weight >= NEXT * leading.weight)
        )
    ):
        leading = turned[0]
    return best, leading.act.direction, leading  # type: ignore[return-value]  # checked on loading


def evidence(rules: Iterable[Fired], weights: Weights) -> float:
    """The heaviest rule, and ``further`` of the next two.

    >>> from tracker.core.weights import Weights
    >>> evidence([], Weights())
    0.0
    """
    return _evidence([one.weight for one in rules], weights)


def _evidence(own: list[float], weights: Weights) -> float:
    if len(own) == 1:
        return own[0]
    own.sort(reverse=True)
    return own[0] + weights.further * sum(own[1:3]) if own else 0.0


def parts_of(zones: list[Zone], found: list[Fired], kind: str, weights: Weights) -> Parts:
    """What the score of an item is made of.

    >>> from tracker.core.weights import Weights
    >>> parts_of([], [], "rule", Weights()).evidence
    0.0
    """
    tags = 0
    for zone in zones:
        tags |= zone.mask
    if not found:  # most items
        return Parts(0.0, 0.0, weights.plain <= 0.0, kind, tags)
    own, against = [], 0.0
    for one in found:
        if (told := one.act.kind) == kind:
            own.append(one.weight)
        elif not told:
            against += one.weight
    most = max(own, default=0.0)
    return Parts(_evidence(own, weights), against, most >= weights.plain, kind, tags)


def score(parts: Parts, lexicon: Lexicon, named: float | None = None) -> float:
    """The sum that :data:`RELEVANT` is compared with; ``named`` is the topic, where known.

    >>> from tracker.core.examples import lexicon
    >>> score(Parts(0.0, 0.0, False, "rule", 0), lexicon())
    -3.5
    """
    weights = lexicon.weights
    against = parts.against * (weights.beside_plain if parts.plain else 1.0)
    named = topic(parts, lexicon) if named is None else named
    return weights.base + parts.evidence * weights.evidence + named + against


def topic(parts: Parts, lexicon: Lexicon) -> float:
    """What the subject and the sides named count.

    >>> from tracker.core.examples import lexicon
    >>> topic(Parts(0.0, 0.0, False, "rule", 0), lexicon())
    -3.5
    """
    return _topic(parts.tags & _masks(lexicon).asked, parts.kind in _NEEDS_CHINA, lexicon)


@lru_cache(maxsize=4096)
def _topic(tags: int, needs_china: bool, lexicon: Lexicon) -> float:
    """Kept: of the roles asked for here a few combinations stand in nearly all items."""
    weights, masks = lexicon.weights, _masks(lexicon)
    subject = _best(masks.subject, tags, weights.unnamed)
    around = _best(masks.around, tags, weights.unnamed)
    sides = sum([weight for mask, weight in masks.sides if tags & mask])
    if subject < 0 < around and not all(tags & mask for mask, _ in masks.sides):
        sides += weights.alone
    if not tags & masks.abroad:
        near = masks.named if needs_china else masks.control
        sides += weights.near if tags & near else weights.nowhere
    return max(subject, around) + sides


def _best(table: _Table, tags: int, least: float) -> float:
    for mask, weight in table:  # the heaviest first
        if tags & mask:
            return weight
    return least


def reasons(found: list[Fired], named: float) -> list[Reason]:
    """Every rule fired with its words and its place, then subject and sides.

    >>> reasons([], 1.0)[0].why, reasons([], -3.5)[0].why
    ('subject and sides named', 'subject or sides not named')
    """
    fired = [
        Reason(one.act.id, round(one.weight, 2), f"{one.words!r} ({one.act.where})")
        for one in sorted(found, key=lambda one: (-abs(one.weight), one.act.id))
    ]
    return [*fired, _topic_reason(named)]


@lru_cache(maxsize=512)
def _topic_reason(named: float) -> Reason:
    why = "subject and sides named" if named > 0 else "subject or sides not named"
    return Reason("topic", round(named, 2), why)


class _Masks(NamedTuple):
    subject: _Table
    around: _Table
    sides: _Table
    abroad: int
    control: int
    named: int
    asked: int


@lru_cache(maxsize=8)
def _masks(lexicon: Lexicon) -> _Masks:
    weights = lexicon.weights

    def table(rows: Iterable[tuple[str, float]]) -> _Table:
        return tuple((lexicon.mask_of(tags.split("|")), weight) for tags, weight in rows)

    def ranked(rows: Iterable[tuple[str, float]]) -> _Table:
        return tuple(sorted(table(rows), key=lambda row: -row[1]))

    subject, around = ranked(weights.subject.items()), ranked(weights.around.items())
    sides = table(weights.sides.items())
    asked = abroad = lexicon.mask_of(_ABROAD)
    control, named = lexicon.mask_of(_CONTROL), lexicon.mask_of(("control",))
    for mask in (control, named, *(mask for mask, _ in (*subject, *around, *sides))):
        asked |= mask
    return _Masks(subject, around, sides, abroad, control, named, asked)
