"""Whether words stand in an order in which people write.

Lists of search words and what a machine threw together name every subject and tell of nothing.
English words are of some forty classes, and of each two it is known how much oftener they follow
each other in reports than in the same words shuffled; Chinese text outside of names is counted by
pairs of letters. Both tables lie in ``db/lexicon/order.toml``; ``benchmarks/fit_order.py`` makes
them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from tracker.core.late import late
from tracker.core.weights import Order
from tracker.core.zones import Zone

_WORD: Final = late(r"[A-Za-z]+(?:['’][A-Za-z]+)?|\d[\d.,]*|[.,;:!?()\"“”|–—-]")
_LONG: Final = late(r"[A-Za-z]{4,}")
_HAN: Final = re.compile(r"[\u4e00-\u9fff]")
_PAIR: Final = late(r"(?=([\u4e00-\u9fff]{2}))")
_FEW_HAN: Final = 6
"""Chinese letters up to which a text is judged by its English words."""

_FEW_WORDS: Final = 16
"""Words and stops of which too little can be told: those of a headline of ten and one more."""

_SPARE: Final = 2
"""Common pairs that may be missing by chance: of fewer than a dozen nothing is told."""

BEGIN: Final = "begin"
STOP: Final = "stop"
SHAPES: Final = (
    BEGIN, STOP, "mark", "number", "name", "past", "ing", "plural", "word",
)  # fmt: skip
"""Classes that a word has by its letters, where no list of the file has it."""


_NOTHING: Final[Mapping[str, int]] = {}


def in_no_order(parts: list[Zone], order: Order) -> str:
    """The words that show that a text is no prose; empty where it is, or too short to tell.

    >>> from tracker.core.examples import lexicon
    >>> from tracker.core.text import fold
    >>> from tracker.core.zones import zones
    >>> parts = zones(fold("US adds Huawei to Entity List"), fold(""), lexicon())
    >>> in_no_order(parts, lexicon().order)  # the example knows no order
    ''
    """
    if not order.follows:
        return ""
    if sum(len(_HAN.findall(part.text.text)) for part in parts) > _FEW_HAN:
        return _chinese(parts, order)
    return _english(parts, order)


def _english(parts: list[Zone], order: Order) -> str:
    """The worst two words that follow each other, where all together stand in no order."""
    total, read, worst, shown = 0, 0, 0, ""
    for part in parts:
        for before, after, words in steps(part.text.original, order):
            read += 1
            value = order.follows.get(before, _NOTHING).get(after, 0)
            total += value
            if total >= order.enough:
                return ""
            if value < worst and words:
                worst, shown = value, words
    return shown if total < order.least and read >= _FEW_WORDS else ""


def steps(text: str, order: Order) -> Iterator[tuple[str, str, str]]:
    """The classes of each two words of a text that follow each other, and the two.

    >>> order = Order(classes={"of": "of", "the": "the"})
    >>> [step[:2] for step in steps("Of the chips.", order)]
    [('begin', 'of'), ('of', 'the'), ('the', 'plural'), ('plural', 'stop')]
    """
    before, last = BEGIN, ""
    small = _in_capitals(text)
    for word in _WORD.findall(text):
        after = _class(word, before == BEGIN or small, order.classes)
        yield before, after, f"{last} {word}" if last and word.isalnum() else ""
        before, last = after, word if word.isalnum() else ""
        if word in ".!?":
            before, last = BEGIN, ""


def _in_capitals(text: str) -> bool:
    """Whether a capital tells no name: most words of some length have one."""
    long = _LONG.findall(text)
    capitals = [word for word in long if word[0].isupper()]
    return 2 * len(capitals) > len(long)


def _class(word: str, unmarked: bool, classes: Mapping[str, str]) -> str:
    small = word.lower()
    if known := classes.get(word) or ((unmarked or word[0].islower()) and classes.get(small)):
        return known  # a capital makes *He* a name, and is part of *Monday*
    if not small[0].isalpha():
        return "number" if small[0].isdigit() else STOP if small in ".!?,;:" else "mark"
    if not unmarked and word[0].isupper():
        return "name"
    if small.endswith("ed"):
        return "past"
    if small.endswith("ing"):
        return "ing"
    return "plural" if small.endswith("s") and not small.endswith("ss") else "word"


def _chinese(parts: list[Zone], order: Order) -> str:
    """The first letters outside of names, where hardly two of all stand together elsewhere."""
    found = [pair for part in parts for pair in pairs_of(part)]
    written = sum(pair in order.pairs for pair in found)
    return found[0] if written + _SPARE <= order.share * len(found) else ""


def pairs_of(part: Zone) -> list[str]:
    """Each two Chinese letters that stand together outside of names.

    >>> from tracker.core.examples import lexicon
    >>> from tracker.core.text import fold
    >>> from tracker.core.zones import zones
    >>> pairs_of(zones(fold("美国将华为列入"), fold(""), lexicon())[0])
    ['美国', '国将', '列入']
    """
    text = part.text.text
    for hit in part.hits:
        if hit.entry.kind != "cue":
            text = f"{text[: hit.start]}{'|' * (hit.end - hit.start)}{text[hit.end :]}"
    return _PAIR.findall(text)
