"""The rules of a lexicon as bits: which of them a set of roles can fulfil, told by one addition."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import compress
from typing import Generic, NamedTuple, TypeAlias, TypeVar

from tracker.core.lexicon import Act, Lexicon

Rule: TypeAlias = tuple[Act, tuple[int, ...], int]
"""A rule, the masks of its groups, and that of its ``none``."""


_Word = TypeVar("_Word")


class Rules(NamedTuple):
    """Rules by their flags; each has a bit for every group side by side, and its flag above them.

    A role sets the bits of the groups that ask for it (``groups``; ``asked``: all such roles).
    Adding ``ones``, the lowest bit of each rule, runs over into a flag exactly where the bits of
    all groups below it are set.
    """

    rules: dict[int, Rule]
    groups: dict[int, int]
    asked: int
    ones: int
    flags: int

    def possible(self, mask: int) -> list[Rule]:
        """Rules of which every group has a role in ``mask``, in their order."""
        met = 0
        for bit in bits(mask & self.asked):
            met |= self.groups[bit]
        return [self.rules[flag] for flag in bits((met + self.ones) & self.flags)]


def bits(mask: int) -> list[int]:
    """The single bits of a mask, the lowest first.

    >>> bits(0b1010)
    [2, 8]
    """
    found = []
    while mask:
        bit = mask & -mask
        found.append(bit)
        mask ^= bit
    return found


class Said(Generic[_Word]):
    """What is said of each of some bits; read of a mask eight bits at a time.

    >>> Said({1: "a", 8: "b", 256: "c"}).of(0b1_0000_1010)
    ['b', 'c']
    """

    def __init__(self, words: Mapping[int, _Word]) -> None:
        self._words = words
        self._known = sum(words)
        self._bytes = (self._known.bit_length() + 7) // 8
        self._places = range(self._bytes)
        self._eights: list[dict[int, list[_Word]]] = [{} for _ in range(self._bytes)]

    def of(self, mask: int) -> list[_Word]:
        """What is said of the bits of a mask, the lowest first."""
        found: list[_Word] = []
        told = (mask & self._known).to_bytes(self._bytes, "little")
        for place in compress(self._places, told):  # most bytes are 0
            said = self._eights[place].get(told[place])
            found += self._read(place, told[place]) if said is None else said
        return found

    def _read(self, place: int, eight: int) -> list[_Word]:
        said = [self._words[bit << 8 * place] for bit in bits(eight)]
        self._eights[place][eight] = said
        return said


def ranked(rules: Iterable[Rule]) -> Rules:
    """These rules in their order, ready to be asked.

    >>> ranked([]).possible(0b11)
    []
    """
    found: dict[int, Rule] = {}
    groups: dict[int, int] = {}
    ones, place = 0, 1
    for rule in rules:
        ones |= place
        for group in rule[1]:
            for bit in bits(group):
                groups[bit] = groups.get(bit, 0) | place
            place <<= 1
        found[place] = rule
        place <<= 1
    return Rules(found, groups, sum(groups), ones, sum(found))


@lru_cache(maxsize=8)
def compiled(lexicon: Lexicon) -> Rules:
    """All rules of a lexicon."""
    return ranked(
        (act, tuple(lexicon.mask_of(group) for group in act.all), lexicon.mask_of(act.none))
        for act in lexicon.acts
    )


@lru_cache(maxsize=4096)
def possible(mask: int, lexicon: Lexicon) -> tuple[Rule, ...]:
    """Rules that a set of roles can fulfil; kept, as items that say little often say the same.

    ``mask`` holds roles that some rule asks for, and no others.

    >>> from tracker.core.examples import lexicon
    >>> known = lexicon()
    >>> [act.id for act, _, _ in possible(known.mask_of(("us", "list-us")), known)]
    ['us-list']
    """
    return tuple(compiled(lexicon).possible(mask))


@lru_cache(maxsize=8)
def doubtable(lexicon: Lexicon) -> Rules:
    """Rules heavy enough to be doubted, but those of which all depends on who does it."""
    return ranked(
        rule
        for rule in compiled(lexicon).rules.values()
        for act in rule[:1]
        if act.kind and act.weight >= lexicon.weights.plainly
        and not any(name.startswith("subj-") for group in act.all for name in group)
    )  # fmt: skip


def fulfils(mask: int, groups: tuple[int, ...]) -> bool:
    """Whether every group has a role in ``mask``.

    >>> fulfils(0b101, (0b1, 0b110)), fulfils(0b1, (0b1, 0b110))
    (True, False)
    """
    for group in groups:  # noqa: SIM110 - a generator costs a third of all recognition
        if not mask & group:
            return False
    return True
