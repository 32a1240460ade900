"""Whether a sentence tells words alone: what might be done, is asked for, threatened, laid to one.

``Bessent says the US might allow sales``, ``lawmakers urge the Pentagon to list``, ``China
threatens retaliation``, ``US accuses DeepSeek of evading curbs``: the verb of an act stands there
and nobody acted. The words are the lexicon's own, asked for as masks; only what is denied needs
the text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final, NamedTuple

from tracker.core.denied import denied

_SIDES: Final = (
    (("say", "speech", "speaker", "hint"), ("may",), ("impose", "issue", "law", "list-cn")),
    (
        ("congress", "experts", "industry"),
        ("urge", "letter-word"),
        ("bill", "bill-word", "bill-named", "pass", "introduce", "law", "report-word"),
    ),
    (
        ("threatens-to", "cn-wish"),
        ("us", "us-gov", "cn", "cn-gov", "ally", "ally-gov"),
        ("impose", "issue", "list-us", "list-cn", "probe", "law", "arrest", "antidumping"),
    ),
    (
        ("threaten",),
        ("if-word", "reprisal"),
        ("impose", "issue", "list-us", "list-cn", "probe", "law", "arrest", "antidumping"),
    ),
    (
        ("us-gov", "official", "congress", "ally-gov", "us", "cn-gov"),
        ("accuse",),
        ("law", "law-charge", "arrest", "indict", "plead", "fine", "probe", "list-us", "list-cn",
         "add", "blacklist-verb", "antitrust", "antidumping", "sanction-word"),
    ),
)  # fmt: skip
"""Who or how, with what, and the words that tell of an act all the same."""


class Unacted(NamedTuple):
    """The masks of :data:`_SIDES`; of the words without which no curb is denied; ``signs``: of all.

    Most sentences hold none of ``signs``.
    """

    sides: tuple[tuple[int, int, int], ...]
    negation: int
    curbs: int
    signs: int


def unacted_masks(mask_of: Callable[[Iterable[str]], int]) -> Unacted:
    """The masks as a lexicon's roles tell them.

    >>> from tracker.core.examples import lexicon
    >>> len(unacted_masks(lexicon().mask_of).sides)
    5
    """
    sides = tuple((mask_of(who), mask_of(what), mask_of(none)) for who, what, none in _SIDES)
    negation = signs = mask_of(("negation",))
    for _, what, _ in sides:
        signs |= what
    return Unacted(sides, negation, mask_of(("restrict", "ban", "expand", "control")), signs)


def unacted(mask: int, text: str, masks: Unacted) -> bool:
    """Whether a sentence of these roles (``text``: folded) tells of words alone.

    >>> from tracker.core.examples import lexicon
    >>> roles = lexicon().mask_of
    >>> masks = unacted_masks(roles)
    >>> unacted(roles(("say", "may")), "", masks), unacted(roles(("say", "ban")), "", masks)
    (True, False)
    >>> unacted(roles(("restrict", "negation")), "不会过度限制对华出口", masks)
    True
    """
    if not mask & masks.signs:
        return False
    for who, what, none in masks.sides:
        if mask & what and mask & who and not mask & none:
            return True
    return bool(mask & masks.negation and mask & masks.curbs and denied(text))
