"""Which rules of the lexicon the zones of a text fulfil, each by itself or all together."""

from __future__ import annotations

from functools import partial
from typing import Final, NamedTuple

from tracker.core.lexicon import Act, Lexicon
from tracker.core.marks import marks_of
from tracker.core.rules import compiled, doubtable, fulfils, possible
from tracker.core.weights import Weights
from tracker.core.zones import Zone, zone_of

BEHIND: Final = 0.5
_ORDERS: Final = frozenset({"rule", "licence", "listing", "countermeasure", "legislation"})
"""Kinds of what a capital does; told of in the background of a firm's own step they count half."""

_DONE: Final = frozenset({"rule", "licence", "listing", "countermeasure", "enforcement"})
"""Kinds that count half where a sentence tells of words alone."""

_CAUSES: Final = ("writedown", "chip-lack")
"""Words of rules that tell what a firm suffers for a reason, which may stand in the background."""


class Fired(NamedTuple):
    """One rule fulfilled in one zone; ``words`` quotes the original."""

    act: Act
    weight: float
    words: str
    title: bool


_fired_of: Final = partial(tuple.__new__, Fired)
"""A rule fulfilled by its four values, in half the time that naming them takes."""


def _spread(parts: list[Zone], lexicon: Lexicon) -> int:
    """The roles of title and summary as one: what a rule asks for may be spread over both.

    The subject of the title is that of the whole; those of the sentences are left out.
    """
    mask = 0
    for part in parts[1:]:
        mask |= part.mask
    marks = marks_of(lexicon)
    return mask & ~(marks.sides.own | marks.unacted) | parts[0].mask


def _tried(parts: list[Zone], mask: int, weights: Weights) -> list[tuple[Zone, float]]:
    """The zones as a rule tries them, the whole (``mask``) last, and what each weighs.

    The whole has no hits of its own: those of all zones are its.
    """
    tried = [(zone, weights.title if zone.title else 1.0) for zone in parts]
    return [*tried, (zone_of((parts[0].text, (), mask, False, 0)), weights.spread)]


def fired(parts: list[Zone], lexicon: Lexicon) -> list[Fired]:
    """Every rule fulfilled, once each, in its best zone; in the order of the rules.

    >>> from tracker.core.examples import lexicon
    >>> from tracker.core.text import fold
    >>> from tracker.core.zones import zones
    >>> rules = lexicon()
    >>> parts = zones(fold("US adds Huawei to Entity List"), fold(""), rules)
    >>> [one.act.id for one in fired(parts, rules)]
    ['us-list']
    """
    spread = _spread(parts, lexicon)
    rules = possible(spread & compiled(lexicon).asked, lexicon)
    if not rules:
        return []
    found = []
    tried = [
        (zone, factor, zone.mask, zone.fore, zone.title)  # looked up once for all rules
        for zone, factor in _tried(parts, spread, lexicon.weights)
    ]
    whole, said = tried[-1][0], marks_of(lexicon).unacted
    for act, groups, none in rules:
        kind, heads = act.kind, act.place == "title"
        for zone, factor, mask, fore, title in tried:
            if (heads and not title) or (zone is whole and not kind):
                continue
            told = mask
            if fore and kind and kind not in _ORDERS and fulfils(fore, groups):
                told = fore
            if told & none or not fulfils(told, groups):
                continue
            weight = act.weight * (factor if kind else 1.0)
            if (fore and _told_behind(act, zone, groups)) or (mask & said and kind in _DONE):
                weight *= BEHIND
            found.append(_fired_of((act, weight, _words(zone, whole, parts, groups), title)))
            break
    return found


def doubted(parts: list[Zone], lexicon: Lexicon) -> list[Fired]:
    """Rules that only a word of their ``none`` holds back, at a part of their weight.

    For entries of which no rule tells firmly: in a longer text a word that speaks against a rule
    often belongs to something else. A word against relevance itself holds back all the same.

    >>> from tracker.core.examples import lexicon
    >>> from tracker.core.text import fold
    >>> from tracker.core.zones import zones
    >>> rules = lexicon()
    >>> doubted(zones(fold("US adds Huawei to Entity List"), fold(""), rules), rules)
    []
    """
    weights = lexicon.weights
    found = []
    everything = _spread(parts, lexicon)
    tried = _tried(parts, everything, weights)
    whole = tried[-1][0]
    against = lexicon.bit("against")
    for act, groups, none in doubtable(lexicon).possible(everything):
        if not none & everything:
            continue
        for zone, factor in tried:
            if zone.mask & none and not zone.mask & against and fulfils(zone.mask, groups):
                weight = act.weight * factor * weights.doubted
                found.append(Fired(act, weight, _words(zone, whole, parts, groups), zone.title))
                break
    return found


def _told_behind(act: Act, zone: Zone, groups: tuple[int, ...]) -> bool:
    """Whether a capital's act is fulfilled only with words from the background of a firm's step.

    A write-down is filed under the rule behind it. Nor does a firm stop what it stops there; but
    what it stands still for want of may be named there (``因缺安世晶片停工``).
    """
    return (
        (act.kind in _ORDERS or act.kind == "company")
        and not fulfils(zone.fore, groups)
        and not any(cause in group for group in act.all for cause in _CAUSES)
    )


def _words(zone: Zone, whole: Zone, parts: list[Zone], groups: tuple[int, ...]) -> str:
    """The words of a zone that fulfil the groups, as in the original; the ``whole`` has all."""
    hits = [hit for part in parts for hit in part.hits] if zone is whole else zone.hits
    words: dict[str, None] = {}
    for group in groups:
        for hit in hits:
            if hit.mask & group:
                words[hit.words] = None
                break
    return " … ".join(words)
