"""How the letters of a Chinese headline speak for an act of the topic, or against it.

Rules and roles know the words of the lexicon. What else stands in a headline tells too: of shops
and share prices, of chips brought out and of people appointed no cue needs to be written. Its
single letters and pairs, each counted once, are weighed by the numbers of
``db/lexicon/wording.toml``; ``benchmarks/fit_wording.py`` makes them. Names of firms and persons
are left out: they are events' names. What stands below a headline is left out as well: in labelled
items it is often whoever labelled them that speaks there. English reports gained nothing.
"""

from __future__ import annotations

from math import sqrt
from typing import Final

from tracker.core.late import late
from tracker.core.lexicon import Lexicon
from tracker.core.weights import NEAR, RELEVANT
from tracker.core.zones import Zone
from tracker.model import Reason

_HAN: Final = late(r"[\u4e00-\u9fff]+")
_CAPITALS: Final = ("us", "cn", "us-gov", "cn-gov", "ally-gov")
_SHOWN: Final = 4
WITHIN: Final = 4.0
"""How far from the line an item may be for its letters to be asked."""

MOST: Final = 4.0
"""What they count at most, for or against."""


def asks_wording(score: float, lexicon: Lexicon) -> bool:
    """Whether letters could make of an item what it is not by rules and roles.

    >>> from tracker.core.examples import lexicon
    >>> asks_wording(3.0, lexicon())  # the example has no numbers of letters
    False
    """
    return bool(lexicon.wording.title) and NEAR <= score <= RELEVANT + WITHIN


def worded(title: Zone, lexicon: Lexicon) -> tuple[float, Reason | None]:
    """What the letters of a headline add to the score of its item, and the heaviest of them.

    A headline without Chinese letters gets nothing.

    >>> from tracker.core.examples import lexicon
    >>> from tracker.core.text import fold
    >>> from tracker.core.zones import zones
    >>> worded(zones(fold("US adds Huawei"), fold(""), lexicon())[0], lexicon())
    (0.0, None)
    """
    wording = lexicon.wording
    if not _HAN.search(title.text.text):
        return 0.0, None
    own = letters(title, lexicon)
    found = {one: wording.title[one] for one in own if one in wording.title}
    total = wording.always + sum(sorted(found.values())) / sqrt(max(1, len(own)))
    value = max(-MOST, min(MOST, wording.weight * total))
    heaviest = sorted(found, key=lambda one: (-abs(found[one]), one))[:_SHOWN]
    shown = ", ".join(f"{one} {found[one]:+.1f}" for one in heaviest)
    return value, Reason("wording", round(value, 2), f"{shown} (db/lexicon/wording.toml)")


def letters(title: Zone, lexicon: Lexicon) -> set[str]:
    """The Chinese letters of a headline, and each two that follow each other.

    >>> from tracker.core.examples import lexicon
    >>> from tracker.core.text import fold
    >>> from tracker.core.zones import zones
    >>> title = zones(fold("美国列入"), fold(""), lexicon())[0]
    >>> sorted(letters(title, lexicon()))
    ['入', '列', '列入', '国', '国列', '美', '美国']
    """
    found: set[str] = set()
    for run in _HAN.findall(_without_firms(title, lexicon.mask_of(_CAPITALS))):
        found.update(run)
        found.update(map(str.__add__, run, run[1:]))
    return found


def _without_firms(title: Zone, capitals: int) -> str:
    """The text with a stroke for each letter of a firm's or a person's name."""
    text = title.text.text
    for hit in title.hits:
        if hit.entry.kind == "actor" and not hit.mask & capitals:
            text = f"{text[: hit.start]}{'|' * (hit.end - hit.start)}{text[hit.end :]}"
    return text
