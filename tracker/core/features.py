"""What speaks for and against that two nodes tell of one act: features by name, with the evidence.

``match`` weighs them; where nobody asks for reasons it adds them up without their words.
"""

from __future__ import annotations

from itertools import permutations
from typing import Final, TypeAlias

from tracker.core.apart import (
    LAGS,
    OTHER_FORM,
    OTHER_HOLDERS,
    PLANNED,
    STANDING,
    VOTED,
    answered,
    contradicted,
    formed,
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
from tracker.core.traits import Traits
from tracker.core.whom import others

Feature: TypeAlias = tuple[str, float, str | frozenset[str]]
"""Its name in ``WEIGHTS``, its value, and the evidence, put in words only where somebody asks."""


FEW: Final = 3
"""Words that a likeness counts beside those of both: few are little evidence."""

BOTH: Final = frozenset({"talks", "trip"})
"""Kinds of acts that two capitals share."""


def first_features(a: Traits, b: Traits, gap: int) -> list[Feature]:
    """Days, kind, direction, names, places: what is quickly seen.

    >>> from tracker.core.examples import mention
    >>> from tracker.core.traits import traits
    >>> first_features(traits(mention()), traits(mention(item_id="b2")), 0)[1][:2]
    ('days 0', 1.0)
    """
    found = [_START, _time(a, b, gap), _kind(a, b), *_reports(a, b)]
    if planned(a, b):
        found.append((PLANNED, 1.0, "one is a plan, the other the act on a later day"))
    if words := worded(a, b):
        found.append((words, 1.0, "words belong to the act that they answer"))
    found += _sides(a, b)
    if a.models and b.models and not a.models & b.models:
        found.append(("models", 1.0, _against(a.models, b.models)))
    if a.metals and b.metals and not a.metals & b.metals:
        found.append(("metals", 1.0, _against(a.metals, b.metals)))
    found += [(name, 1.0, _against(*sides)) for name, sides in others(a, b).items()]
    if a.cities and b.cities:
        found += cities_of(a, b)
    about = a.titled & b.titled or _against(a.titled, b.titled)
    found += [(name, 1.0, about) for name in titled(a, b)]
    found += _names(a, b)
    return found


def _sides(a: Traits, b: Traits) -> list[Feature]:
    """What two directions, two capitals and those who meet say."""
    found: list[Feature] = []
    if a.direction != b.direction and "neutral" not in (a.direction, b.direction):
        found.append(turn_of(a, b))
    if a.capital != b.capital and a.capital and b.capital and not BOTH & {a.kind, b.kind}:
        found.append(("capital", 1.0, f"{a.capital} acts, {b.capital} acts"))
        if answered(a, b):
            found.append(("act and answer", 1.0, f"{a.kind} and {b.kind}"))
    if apart := parties(a, b):
        found.append((apart, 1.0, _against(a.sides, b.sides)))
    if contradicted(a, b):
        found.append(("denied by the other", 1.0, "one capital says it, the other denies it"))
    if voted(a, b):
        found.append((VOTED, 1.0, f"{a.kind} and {b.kind}"))
    if formed(a, b):
        found.append((OTHER_FORM, 1.0, f"{a.form} and {b.form}"))
    return found


def _reports(a: Traits, b: Traits) -> list[Feature]:
    """How far the reports lie apart, and what that says of other kinds and other standings."""
    if a.report is None or b.report is None:
        return []
    apart = abs(a.report - b.report)
    found: list[Feature] = [(reports_of(a, b, apart), 1.0, f"{_days(apart)} from report to report")]
    if news := waves(a, b, apart):
        why = f"{a.kind} and {b.kind}, {_days(apart)} from report to report"
        found.append((news, 1.0, why))
    if steps(a, b, apart):
        found.append((STANDING, 1.0, f"{a.standing} and {b.standing}"))
    if holders(a, b, apart):
        why = _against(a.firms | a.makers, b.firms | b.makers)
        found.append((OTHER_HOLDERS, 1.0, why))
    return found


_START: Final = ("start", 1.0, "two items are two events until shown otherwise")


def _days(count: int) -> str:
    return f"{count} day" if count == 1 else f"{count} days"


def turn_of(a: Traits, b: Traits) -> Feature:
    """What two directions that are not one say.

    >>> from tracker.core.examples import mention
    >>> from tracker.core.traits import traits
    >>> turn_of(traits(mention()), traits(mention(item_id="b2", direction="ease")))[0]
    'direction'
    """
    opposite = a.answer * b.answer < 0
    if a.kind == b.kind and a.turned != b.turned:
        if opposite:
            return "undone", 1.0, "one headline undoes with its verb what the other tells"
        return "taken back", 1.0, "one headline takes back what the other tells"
    if opposite:
        return "denied", 1.0, "one headline grants, the other denies"
    return "direction", 1.0, "one tightens, the other eases"


def titled(a: Traits, b: Traits) -> tuple[str, ...]:
    """What the names of the titles say.

    Titles name what an act is about, summaries also whom an earlier one was about. The title of a
    record event always names it; a headline beside it that names nothing says nothing.

    >>> from tracker.core.examples import mention
    >>> from tracker.core.traits import traits
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


def cities_of(a: Traits, b: Traits) -> list[Feature]:
    """Where both tell of a city: one place, or talks in two.

    >>> from tracker.core.examples import mention
    >>> from tracker.core.traits import traits
    >>> cities_of(traits(mention()), traits(mention(item_id="b2")))
    []
    """
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
    >>> from tracker.core.traits import traits
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
    name = act_of(a, b)
    if name == "charge":
        return name, 1.0, "a charge that follows a rule is filed under the rule"
    if a.kind == b.kind:
        return name, 1.0, told or a.kind
    return name, 1.0, f"{a.kind} and {b.kind}" + (", one rule in both" if told else "")


def act_of(a: Traits, b: Traits) -> str:
    """The feature of rules and kinds.

    >>> from tracker.core.examples import mention
    >>> from tracker.core.traits import traits
    >>> act_of(traits(mention()), traits(mention(item_id="b2")))
    'same act'
    """
    if not a.acts.isdisjoint(b.acts):
        return "same act"
    told = not a.acts.isdisjoint(b.families) or not b.acts.isdisjoint(a.families)
    if a.kind == b.kind:
        return "act told" if told else "kind"
    if {a.kind, b.kind} == _CHARGE and "rule-charge" in a.acts | b.acts:
        return "charge"
    if told:
        return "kin"
    if (a.kind, b.kind) in _NEVER:
        return "kinds apart"
    return "near kinds" if (a.kind, b.kind) in _NEAR else "other kind"


_CHARGE: Final = {"rule", "company"}
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


_NEVER: Final = frozenset(
    pair
    for words in ("company countermeasure", "licence trip", "licence talks", "countermeasure trip")
    for pair in permutations(words.split())
)
"""Kinds that reports of one act are hardly ever read as: of 900 pairs of labelled ones that were
alike in the rest 24 were of one act, where 130 were to be expected."""


def _likeness(a: frozenset[str], b: frozenset[str], shared: frozenset[str]) -> float:
    return len(shared) / (len(a) + len(b) - len(shared) + FEW)


def _against(a: frozenset[str], b: frozenset[str]) -> str:
    return " against ".join("/".join(sorted(names)) or "none" for names in (a, b))
