"""Two nodes compared: do they tell of one act? A score with reasons for and against."""

from __future__ import annotations

from itertools import permutations
from typing import Final, TypeAlias

from tracker.core.apart import (
    LAGS,
    LATE,
    REPORTS,
    STANDING,
    answered,
    gap_of,
    step,
    steps,
    waves,
    worded,
)
from tracker.core.odds import WEIGHTS
from tracker.core.traits import Node, Traits, days, node_id, traits
from tracker.model import Join, Reason

__all__ = ["FAR", "SAME", "WEIGHTS", "Node", "compare", "days", "node_id", "score", "tipping"]

Feature: TypeAlias = tuple[str, float, str | frozenset[str]]
"""Its name in ``WEIGHTS``, its value, and the evidence, put in words only where somebody asks."""

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


def first_features(a: Traits, b: Traits, gap: int) -> list[Feature]:
    """Days, kind, direction, names, places: what is quickly seen.

    >>> from tracker.core.examples import mention
    >>> first_features(traits(mention()), traits(mention(item_id="b2")), 0)[1][:2]
    ('days 0', 1.0)
    """
    found = [_START, _time(a, b, gap), _kind(a, b), *_reports(a, b)]
    if words := worded(a, b):
        found.append((words, 1.0, "words belong to the act that they answer"))
    if a.direction != b.direction and "neutral" not in (a.direction, b.direction):
        found.append(_direction(a, b))
    if a.capital != b.capital and a.capital and b.capital and not _BOTH & {a.kind, b.kind}:
        found.append(("capital", 1.0, f"{a.capital} acts, {b.capital} acts"))
        if answered(a, b):
            found.append(("act and answer", 1.0, f"{a.kind} and {b.kind}"))
    if a.models and b.models and not a.models & b.models:
        found.append(("models", 1.0, _against(a.models, b.models)))
    if a.metals and b.metals and not a.metals & b.metals:
        found.append(("metals", 1.0, _against(a.metals, b.metals)))
    if a.cities and b.cities:
        found += _cities(a, b)
    about = a.titled & b.titled or _against(a.titled, b.titled)
    found += [(name, 1.0, about) for name in titled(a, b)]
    found += _names(a, b)
    return found


def _reports(a: Traits, b: Traits) -> list[Feature]:
    """How far the reports lie apart, and what that says of other kinds and other standings."""
    if a.report is None or b.report is None:
        return []
    apart = abs(a.report - b.report)
    found: list[Feature] = [
        (REPORTS[min(apart, LATE)], 1.0, f"{_days(apart)} from report to report")
    ]
    if news := waves(a, b, apart):
        why = f"{a.kind} and {b.kind}, {_days(apart)} from report to report"
        found.append((news, 1.0, why))
    if steps(a, b, apart):
        found.append((STANDING, 1.0, f"{a.standing} and {b.standing}"))
    return found


_START: Final = ("start", 1.0, "two items are two events until shown otherwise")


def _days(count: int) -> str:
    return f"{count} day" if count == 1 else f"{count} days"


def _direction(a: Traits, b: Traits) -> Feature:
    if a.kind == b.kind and a.turned != b.turned:
        return "taken back", 1.0, "one headline takes back what the other tells"
    if a.answer * b.answer < 0:
        return "denied", 1.0, "one headline grants, the other denies"
    return "direction", 1.0, "one tightens, the other eases"


def titled(a: Traits, b: Traits) -> tuple[str, ...]:
    """What the names of the titles say.

    Titles name what an act is about, summaries also whom an earlier one was about. The title of a
    record event always names it; a headline beside it that names nothing says nothing.

    >>> from tracker.core.examples import mention
    >>> titled(traits(mention()), traits(mention(item_id="b2")))
    ('title names',)
    """
    if not a.titled and not b.titled:
        return ()
    alone, other = a.titled.isdisjoint(b.names), b.titled.isdisjoint(a.names)
    if (a.curated and not b.titled) or (b.curated and not a.titled):
        return ()
    if not a.titled or not b.titled:
        return ("title name missing",) if alone and other else ("title name told",)
    if a.titled.isdisjoint(b.titled):
        return ("other title names",) if alone and other else ("one title names",)
    more = (not a.titled <= b.names) + (not b.titled <= a.names)
    return ("title names", *_MORE[more])


_MORE: Final = ((), ("one title names more",), ("each title names more",))


def _cities(a: Traits, b: Traits) -> list[Feature]:
    if shared := a.cities & b.cities:
        return [("city", 1.0, shared)]
    if "talks" in (a.kind, b.kind):
        return [("other city", 1.0, _against(a.cities, b.cities))]
    return []


def _names(a: Traits, b: Traits) -> list[Feature]:
    """Items, actors and terms in common, those that tell before those of every second report."""
    found: list[Feature] = []
    if shared := a.rare_items & b.rare_items:
        found.append(("items", min(2.0, 0.5 + 0.5 * len(shared)), shared))
    elif items := a.items & b.items:
        found.append(("common items", 1.0, items))
    elif a.rare_items and b.rare_items:
        found.append(("other items", 1.0, "none in common"))
    if shared := a.rare_actors & b.rare_actors:
        found.append(("actors", min(2.0, 0.5 + 0.5 * len(shared)), shared))
    elif actors := a.actors & b.actors:
        found.append(("common actors", 1.0, actors))
    elif a.rare_actors and b.rare_actors:
        found.append(("other actors", 1.0, "none in common"))
    if shared := a.terms & b.terms:
        found.append(("terms", 1.0, shared))
    elif a.items.isdisjoint(b.items) and a.actors.isdisjoint(b.actors):
        found.append(("no name", 1.0, "no item, actor or term in common"))
    return found


def further_features(a: Traits, b: Traits) -> list[Feature]:
    """Numbers, words and concepts.

    >>> from tracker.core.examples import mention
    >>> [name for name, *_ in further_features(traits(mention()), traits(mention(item_id="b2")))]
    ['words', 'headline', 'concepts']
    """
    found: list[Feature] = []
    add = found.append
    if shared := a.numbers & b.numbers:
        add(("numbers", min(2.0, len(shared)), shared))
    elif a.numbers and b.numbers:
        add(("other numbers", 1.0, "none in common"))
    if a.wire and b.wire:
        same = a.wire == b.wire
        add(("same wire" if same else "other wire", 1.0, a.wire if same else f"{a.wire}, {b.wire}"))
    if a.han != b.han:
        add(("other script", 1.0, "words cannot agree"))
    elif shared := a.words & b.words:
        add(("words", _likeness(a.words, b.words, shared), shared))
    if shared := a.head & b.head:
        add(("headline", _likeness(a.head, b.head, shared), shared))
    if shared := a.concepts & b.concepts:
        add(("concepts", _likeness(a.concepts, b.concepts, shared), shared))
    return found


_LATER: Final = dict(
    zip(LAGS, ("on", "1 day after", "2 days after", "3 days or more after"), strict=True)
)
"""How long after a day a report is, in words."""


def _time(a: Traits, b: Traits, gap: int) -> Feature:
    name = step(a, b, gap)
    if name in LAGS:
        return name, 1.0, f"one was reported {_LATER[name]} the day that the other names"
    sure = a.said and b.said
    return name, 1.0, f"{_days(gap)} apart" + ("" if sure else ", one day not named")


def _kind(a: Traits, b: Traits) -> Feature:
    if shared := a.acts & b.acts:
        return "same act", 1.0, shared
    told = a.acts & b.families or b.acts & a.families
    name = _act(a, b)
    if name == "charge":
        return name, 1.0, "a charge that follows a rule is filed under the rule"
    if a.kind == b.kind:
        return name, 1.0, told or a.kind
    return name, 1.0, f"{a.kind} and {b.kind}" + (", one rule in both" if told else "")


def _act(a: Traits, b: Traits) -> str:
    """The feature of rules and kinds."""
    if not a.acts.isdisjoint(b.acts):
        return "same act"
    told = not a.acts.isdisjoint(b.families) or not b.acts.isdisjoint(a.families)
    if a.kind == b.kind:
        return "act told" if told else "kind"
    if {a.kind, b.kind} == _CHARGE and "rule-charge" in a.acts | b.acts:
        return "charge"
    if told:
        return "kin"
    return "near kinds" if (a.kind, b.kind) in _NEAR else "other kind"


_CHARGE: Final = {"rule", "company"}
_BOTH: Final = frozenset({"talks", "trip"})
_NEAR: Final = frozenset(
    pair
    for words in (
        "rule licence", "rule listing", "rule legislation", "rule company", "licence company",
        "licence statement", "countermeasure listing", "countermeasure substitution",
        "countermeasure talks", "countermeasure enforcement", "trip talks", "trip statement",
        "talks statement", "company substitution", "rule statement", "enforcement company",
    )
    for pair in permutations(words.split())
)  # fmt: skip
"""Kinds that reports of one act are read as."""


def _first(a: Traits, b: Traits, gap: int) -> float:
    """The sum of ``first_features``, flat: it is asked for half a million times in a long scan."""
    w = WEIGHTS
    total = w["start"] + w[step(a, b, gap)] + w[_act(a, b)]
    if a.report is not None and b.report is not None:
        apart = abs(a.report - b.report)
        total += w[REPORTS[apart if apart < LATE else LATE]]
        if apart and a.kind != b.kind:
            total += w[waves(a, b, apart)]
        if steps(a, b, apart):
            total += w[STANDING]
    if a.in_words != b.in_words and (words := worded(a, b)):
        total += w[words]
    if a.direction != b.direction and a.direction != "neutral" and b.direction != "neutral":
        total += w[_direction(a, b)[0]]
    if (
        a.capital != b.capital
        and a.capital
        and b.capital
        and not (a.kind in _BOTH or b.kind in _BOTH)
    ):
        total += w["capital"]
        if answered(a, b):
            total += w["act and answer"]
    return total + _named(a, b)


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
        total += sum(w[name] for name, *_ in _cities(a, b))
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
        total += w["words"] * count / (len(a.words) + len(b.words) - count + _FEW)
    if count := len(a.head & b.head):
        total += w["headline"] * count / (len(a.head) + len(b.head) - count + _FEW)
    if count := len(a.concepts & b.concepts):
        total += w["concepts"] * count / (len(a.concepts) + len(b.concepts) - count + _FEW)
    return total


def _likeness(a: frozenset[str], b: frozenset[str], shared: frozenset[str]) -> float:
    return len(shared) / (len(a) + len(b) - len(shared) + _FEW)


_FEW: Final = 3  # few words are little evidence


def _against(a: frozenset[str], b: frozenset[str]) -> str:
    return " against ".join("/".join(sorted(names)) or "none" for names in (a, b))
