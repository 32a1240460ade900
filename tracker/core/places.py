"""Whose act it is: the capital that acts, read from the names and the kind."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from functools import lru_cache
from typing import Final

from tracker.core.acts import Fired, Zone
from tracker.core.lexicon import Lexicon
from tracker.core.text import Folded

CAPITALS: Final = (
    "US", "CN", "NL", "JP", "KR", "TW", "SG", "MY", "EU", "DE", "UK", "AE", "SA", "VN", "IN", "CA",
    "AU",
)  # fmt: skip
"""Codes of whose act an act can be."""

_PLACE_OF: Final = (
    ("us-gov", "US"), ("congress", "US"), ("cn-gov", "CN"), ("nl-gov", "NL"), ("jp-gov", "JP"),
    ("kr-gov", "KR"), ("tw-gov", "TW"), ("sg-gov", "SG"), ("my-gov", "MY"), ("eu-gov", "EU"),
    ("uk-gov", "UK"), ("ae-gov", "AE"),
    ("us", "US"), ("cn", "CN"), ("nl", "NL"), ("jp", "JP"),
)  # fmt: skip
_OTHERS: Final = (
    ("nl", "NL"), ("jp", "JP"), ("kr", "KR"), ("tw", "TW"), ("sg", "SG"), ("my", "MY"),
    ("uk", "UK"), ("ae", "AE"), ("eu", "EU"),
)  # fmt: skip
"""The capitals beside Washington and Beijing, by the tag of their places and governments."""

_FIRMS: Final = frozenset({"firm", "person"})
_OF_CAPITALS: Final = frozenset({"rule", "licence", "listing", "legislation", "enforcement"})
"""Kinds that only a capital does; where no words say which, it is Washington."""

_CN_KINDS: Final = frozenset({"countermeasure", "substitution"})
_BOTH: Final = frozenset({"talks", "trip"})


def jurisdiction_of(
    parts: list[Zone], kind: str, leading: Fired | None, lexicon: Lexicon
) -> tuple[str, ...]:
    """The capital that acts; both of them for talks and trips; none where nothing says so.

    >>> from tracker.core.acts import zones
    >>> from tracker.core.examples import lexicon
    >>> from tracker.core.text import fold
    >>> parts = zones(fold("US adds Huawei to Entity List"), fold(""), lexicon())
    >>> jurisdiction_of(parts, "listing", None, lexicon())
    ('US',)
    """
    if kind in _BOTH:
        return ("US", "CN")
    tags = _tags(parts, lexicon)
    actor = "CN" if kind in _CN_KINDS else None
    if kind in _OF_CAPITALS:
        actor = _third(parts, lexicon) or _lets_in(parts, kind, lexicon)
    elif kind == "countermeasure" and not parts[0].mask & lexicon.bit("cn-gov"):
        actor = _third(parts[:1], lexicon) or actor
    if actor is None and leading:
        if leading.act.id.startswith(("ally", "answers-ally", "asml", "tw-", "nexperia")):
            actor = _place(tags, but=("US", "CN"))
        elif leading.act.id.startswith(("import-", "mineral", "cn-")):
            actor = "CN"
        elif kind in _OF_CAPITALS:
            actor = "US"
    actor = actor or _place(tags)
    return (actor,) if actor else ()


def _tags(parts: list[Zone], lexicon: Lexicon) -> AbstractSet[str]:
    """The tags of what was found; none where none of a capital is among the roles: most items."""
    mask = 0
    for part in parts:
        mask |= part.mask
    if not mask & _capitals(lexicon):
        return frozenset()
    return set().union(*[hit.entry.tags for part in parts for hit in part.hits])


@lru_cache(maxsize=8)
def _capitals(lexicon: Lexicon) -> int:
    return lexicon.mask_of(tag for tag, _ in _PLACE_OF)


def _place(tags: AbstractSet[str], but: tuple[str, ...] = ()) -> str | None:
    """The first capital whose people or places have these tags."""
    for tag, place in _PLACE_OF:
        if tag in tags and place not in but:
            return place
    return None


def _third(parts: list[Zone], lexicon: Lexicon) -> str | None:
    """The capital beside Washington and Beijing whose doing the item tells.

    That is the subject of the title; where the title has none (``ASML wins Dutch licence``), the
    government that is the subject of a sentence, unless one of the two was so before it.
    """
    great = lexicon.mask_of(("subj-us", "subj-cn"))
    third, office = lexicon.bit("subj-ally"), lexicon.bit("ally-gov")
    for part in parts:
        if part.mask & great:
            return None
        plain = part.title and not part.mask & lexicon.bit("us-gov")
        if part.mask & third and (plain or part.mask & office):
            return _first(part)
    return None


def _lets_in(parts: list[Zone], kind: str, lexicon: Lexicon) -> str | None:
    """Beijing, where a sentence tells that it lets something in: the buyer permits imports."""
    grants = lexicon.mask_of(("grant", "allow", "first-licences"))
    brings = lexicon.mask_of(("import", "purchase"))
    told = kind == "licence" and any(
        part.mask & lexicon.bit("subj-cn") and part.mask & grants and part.mask & brings
        for part in parts
    )
    return "CN" if told else None


def _first(part: Zone) -> str | None:
    """The code of the first of the other capitals that a sentence names."""
    for hit in part.hits:
        if hit.entry.kind in ("actor", "place") and not _FIRMS.intersection(hit.entry.tags):
            for tag, place in _OTHERS:
                if tag in hit.entry.tags:
                    return place
    return None


def places_in(text: Folded, lexicon: Lexicon) -> tuple[str, ...]:
    """The places that a text names, by the lexicon's names for them, in its order.

    >>> from tracker.core.examples import lexicon
    >>> places_in(Folded("", ""), lexicon())
    ()
    """
    hits = (hit.entry for hit in lexicon.find(text))
    return tuple(dict.fromkeys(one.id for one in hits if one.kind == "place"))
