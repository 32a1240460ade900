"""Two nodes compared: do they tell of one act? A score with reasons for and against."""

from __future__ import annotations

from typing import Final

from tracker.core.apart import (
    OTHER_FORM,
    OTHER_HOLDERS,
    PLANNED,
    STANDING,
    VOTED,
    answered,
    contradicted,
    formed,
    gap_of,
    holders,
    parties,
    planned,
    reports_of,
    step,
    steps,
    voted,
    waves,
    worded,
)
from tracker.core.features import (
    BOTH,
    FEW,
    Feature,
    act_of,
    cities_of,
    first_features,
    further_features,
    titled,
    turn_of,
)
from tracker.core.odds import WEIGHTS
from tracker.core.traits import Node, Traits, days, node_id, traits
from tracker.core.whom import others
from tracker.model import Join, Reason

__all__ = ["FAR", "SAME", "WEIGHTS", "Node", "compare", "days", "node_id", "score", "tipping"]

SAME: Final = 0.0
"""A join with at least this score says that two nodes are one event."""

FAR: Final = -2.0
"""A pair at or below this is not kept; it counts like a pair never compared."""

HOPELESS: Final = -4.5
"""Below this after the first features no likeness of words brings a pair back."""

WINDOW: Final = {
    "trip": 35, "talks": 16, "rule": 30, "listing": 30, "countermeasure": 30, "licence": 18,
    "statement": 10, "enforcement": 14, "legislation": 14, "company": 14, "substitution": 14,
}  # fmt: skip
"""Days that reports of one act of a kind may lie apart: a trip is announced, a rule explained."""

NEAR: Final = 3
"""Days between reports that are compared whatever days they name."""

_LEAST: Final = min(WINDOW.values())


def score(a: Traits, b: Traits) -> float | None:
    """The score of two nodes without its reasons; None where no decision needs to be taken.

    >>> from tracker.core.examples import mention
    >>> score(traits(mention()), traits(mention(item_id="b2"))) >= SAME
    True
    """
    if a.item == b.item or (a.curated and b.curated):
        return None
    gap = gap_of(a, b)
    if gap is None or (gap > _LEAST and beyond(a, b, gap)):
        return None
    total = _first(a, b, gap)
    return round(total if total < HOPELESS else total + _further(a, b), 3)


def beyond(a: Traits, b: Traits, gap: int) -> bool:
    """Whether two nodes lie too far apart to be one act.

    Reports of the same days may date one act apart: a letter by its own day, and by the day on
    which it became known.

    >>> from tracker.core.examples import mention
    >>> from dataclasses import replace
    >>> one, other = traits(mention()), traits(mention(item_id="b2"))
    >>> beyond(one, other, 40), beyond(one, replace(other, report=None), 40)
    (False, True)
    """
    if gap <= max(WINDOW[a.kind], WINDOW[b.kind]):
        return False
    return a.report is None or b.report is None or abs(a.report - b.report) > NEAR


def compare(a: Node, b: Node) -> Join | None:
    """The join of two nodes with its reasons; None where no decision needs to be taken.

    Two record events never join; nodes further apart than the windows of their kinds neither.

    >>> from tracker.core.examples import mention
    >>> compare(mention(), mention(item_id="b2")).score >= SAME
    True
    """
    left, right = sorted((traits(a), traits(b)), key=lambda one: one.name)
    total = score(left, right)
    gap = gap_of(left, right)
    if total is None or gap is None:
        return None
    features = first_features(left, right, gap)
    if _first(left, right, gap) >= HOPELESS:
        features += further_features(left, right)
    reasons = [_reason(feature) for feature in features]
    return Join(left.name, right.name, total, tuple(one for one in reasons if one.weight))


def _reason(feature: Feature) -> Reason:
    name, value, why = feature
    words = why if isinstance(why, str) else ", ".join(sorted(why)[:6])
    return Reason(name, round(WEIGHTS[name] * value, 3), words)


def tipping(join: Join) -> tuple[str, ...]:
    """The reasons against, heaviest first, without which a refused join had been made.

    Empty where it is enough as it is, or where even all of them gone leave too little in common.

    >>> reasons = (Reason("start", -1.6, ""), Reason("capital", -2.6, ""), Reason("items", 2.5, ""))
    >>> tipping(Join("a", "b", -1.7, reasons))
    ('capital',)
    """
    lacking, found = SAME - join.score, []
    against = [one for one in join.reasons if one.weight < 0 and one.name != "start"]
    for reason in sorted(against, key=lambda one: (one.weight, one.name)):
        if lacking <= 0:
            break
        lacking += reason.weight
        found.append(reason.name)
    return tuple(found) if lacking <= 0 else ()


def _first(a: Traits, b: Traits, gap: int) -> float:
    """The sum of ``first_features``, flat: it is asked for half a million times in a long scan."""
    w = WEIGHTS
    total = w["start"] + w[step(a, b, gap)] + w[act_of(a, b)]
    if a.report is not None and b.report is not None:
        apart = abs(a.report - b.report)
        total += w[reports_of(a, b, apart)]
        if apart and a.kind != b.kind:
            total += w[waves(a, b, apart)]
        if steps(a, b, apart):
            total += w[STANDING]
        if a.kind == "licence" and holders(a, b, apart):
            total += w[OTHER_HOLDERS]
    if _stands_apart(a, b) and planned(a, b):
        total += w[PLANNED]
    if a.in_words != b.in_words and (words := worded(a, b)):
        total += w[words]
    if (a.parties and b.parties) or (a.counted and b.counted):
        for name in others(a, b):
            total += w[name]
    return total + _sides(a, b) + _named(a, b)


def _sides(a: Traits, b: Traits) -> float:
    """What two directions and two capitals count."""
    total, w = 0.0, WEIGHTS
    if a.direction != b.direction and a.direction != "neutral" and b.direction != "neutral":
        total += w[turn_of(a, b)[0]]
    if a.kind != b.kind and voted(a, b):
        total += w[VOTED]
    if a.form != b.form and formed(a, b):
        total += w[OTHER_FORM]
    if a.sides != b.sides and (apart := parties(a, b)):
        total += w[apart]
    if a.capital != b.capital and a.capital and b.capital:
        if not (a.kind in BOTH or b.kind in BOTH):
            total += w["capital"]
            if answered(a, b):
                total += w["act and answer"]
        if contradicted(a, b):
            total += w["denied by the other"]
    return total


def _stands_apart(a: Traits, b: Traits) -> bool:
    """Whether one may tell what the other carried out: asked first, of each pair."""
    return a.standing != b.standing or a.denies != b.denies or a.promised != b.promised


def _named(a: Traits, b: Traits) -> float:
    """What titles, places, items, actors and terms count."""
    total, told, w = 0.0, 0.0, WEIGHTS
    if a.models and b.models and a.models.isdisjoint(b.models):
        total += w["models"]
    if a.metals and b.metals and a.metals.isdisjoint(b.metals):
        total += w["metals"]
    if a.titled or b.titled:
        for name in titled(a, b):
            told += w[name]
        total += told
    if a.cities and b.cities:
        total += sum(w[name] for name, *_ in cities_of(a, b))
    if shared := a.rare_items & b.rare_items:
        total += w["items"] * min(2.0, 0.5 + 0.5 * len(shared))
    elif items := not a.items.isdisjoint(b.items):
        total += w["common items"]
    elif a.rare_items and b.rare_items:
        total += w["other items"]
    return total + _actors(a, b, bool(shared) or items)


def _actors(a: Traits, b: Traits, named: bool) -> float:
    """What actors and terms count; ``named``: an item is in common."""
    total = 0.0
    if shared := a.rare_actors & b.rare_actors:
        total, named = WEIGHTS["actors"] * min(2.0, 0.5 + 0.5 * len(shared)), True
    elif not a.actors.isdisjoint(b.actors):
        total, named = WEIGHTS["common actors"], True
    elif a.rare_actors and b.rare_actors:
        total = WEIGHTS["other actors"]
    if not a.terms.isdisjoint(b.terms):
        return total + WEIGHTS["terms"]
    return total if named else total + WEIGHTS["no name"]


def _further(a: Traits, b: Traits) -> float:
    """The sum of ``further_features``, flat."""
    total, w = 0.0, WEIGHTS
    if a.numbers and b.numbers:
        count = len(a.numbers & b.numbers)
        total += w["numbers"] * min(2, count) if count else w["other numbers"]
    if a.wire and b.wire:
        total += w["same wire" if a.wire == b.wire else "other wire"]
    if a.han != b.han:
        total += w["other script"]
    elif count := len(a.words & b.words):
        total += w["words"] * count / (len(a.words) + len(b.words) - count + FEW)
    if count := len(a.head & b.head):
        total += w["headline"] * count / (len(a.head) + len(b.head) - count + FEW)
    if count := len(a.concepts & b.concepts):
        total += w["concepts"] * count / (len(a.concepts) + len(b.concepts) - count + FEW)
    return total
