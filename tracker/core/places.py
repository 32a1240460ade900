"""Whose act it is: the capital that acts, read from the names and the kind."""

from __future__ import annotations

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
    ("us", "US"), ("cn", "CN"), ("nl", "NL"), ("jp", "JP"),
)  # fmt: skip
_CN_KINDS: Final = frozenset({"countermeasure", "substitution"})
_BOTH: Final = frozenset({"talks", "trip"})


def jurisdiction_of(parts: list[Zone], kind: str, leading: Fired | None) -> tuple[str, ...]:
    """The capital that acts; both of them for talks and trips; none where nothing says so.

    >>> from tracker.core.acts import zones
    >>> from tracker.core.examples import lexicon
    >>> from tracker.core.text import fold
    >>> parts = zones(fold("US adds Huawei to Entity List"), fold(""), lexicon())
    >>> jurisdiction_of(parts, "listing", None)
    ('US',)
    """
    tags = {tag for part in parts for hit in part.hits for tag in hit.entry.tags}
    places = list(dict.fromkeys(place for tag, place in _PLACE_OF if tag in tags))
    if kind in _BOTH:
        return ("US", "CN")
    actor = "CN" if kind in _CN_KINDS else None
    if leading:
        if leading.act.id.startswith(("ally", "asml", "tw-", "nexperia")):
            actor = next((p for p in places if p not in ("US", "CN")), None)
        elif leading.act.id.startswith(("import-", "mineral", "cn-")):
            actor = "CN"
        elif kind in ("rule", "licence", "listing", "legislation", "enforcement"):
            actor = "US"
    if actor is None and places:
        actor = places[0]
    return (actor,) if actor else ()


def places_in(text: Folded, lexicon: Lexicon) -> tuple[str, ...]:
    """The places that a text names, by the lexicon's names for them, in its order.

    >>> from tracker.core.examples import lexicon
    >>> places_in(Folded("", ""), lexicon())
    ()
    """
    hits = (hit.entry for hit in lexicon.find(text))
    return tuple(dict.fromkeys(one.id for one in hits if one.kind == "place"))
