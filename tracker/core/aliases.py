"""The ways to write the entries of a lexicon, and the automaton that finds them all in one pass."""

from __future__ import annotations

import string
from collections.abc import Mapping
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from tracker.core.negation import spellings
from tracker.core.text import half_width
from tracker.core.written import alias_text, forget

if TYPE_CHECKING:
    from tracker.core.lexicon import LexiconEntry


class Alias(NamedTuple):
    """One way to write an entry. ``place`` and ``number`` order aliases of the same letters.

    ``sort``: whether it is a name, a cue or void; ``wordy``: it ends with a Latin letter or a
    digit; ``length`` is that of its folded text, ``mask`` has the bits of the entry, ``also`` is
    another alias of the same text. A tuple, as thousands are made at each start and kept.
    """

    place: int
    number: int
    entry: LexiconEntry
    exact: str
    left: bool
    right: bool
    wordy: bool
    sort: int
    length: int
    mask: int
    also: Alias | None


VOID: Final = "void"
"""Tag of words that mean nothing by themselves and only hide shorter ones inside them."""

NAME: Final = 1
CUE: Final = 2
VOIDS: Final = NAME | CUE
"""What a void word hides: names and cues."""

_DAY: Final = "日"
_alias_of: Final = partial(tuple.__new__, Alias)
LETTERS: Final = frozenset(string.ascii_letters + string.digits)


def aliases_of(entries: tuple[LexiconEntry, ...], masks: Mapping[str, int]) -> dict[str, Alias]:
    """The last alias of every folded text; it holds the others.

    Raises:
        ValueError: nothing is left of a name.
    """
    table: dict[str, Alias] = {}
    ranked = sorted(entries, key=lambda entry: (entry.id, entry.kind == "cue"))
    for place, entry in enumerate(ranked):
        sort = VOIDS if VOID in entry.tags else CUE if entry.kind == "cue" else NAME
        for number, name in enumerate(chain.from_iterable(map(spellings, entry.names))):
            exact, text = alias_text(name)
            left, right = _latin(text[0]), _latin(text[-1])
            table[text] = _alias_of((
                place, number, entry, exact, left, right and not name.endswith("*"), right, sort,
                len(text), masks[entry.id], table.get(text),
            ))  # fmt: skip
    forget()  # what is told of them stands in the table
    return table


def matcher_of(table: Mapping[str, Alias]) -> Any:
    """An automaton that gives, for each place in a text, the alias of the letters that end there.

    >>> list(matcher_of({}).iter("us"))
    []
    """
    import ahocorasick  # a native library: only where text is matched

    automaton = ahocorasick.Automaton()
    for text, alias in table.items():
        # By bytes: of letters each is sought among a thousand that may come next, one by one.
        raw = text.encode("utf-8", "surrogatepass").decode("latin-1")
        automaton.add_word(raw, alias)
    automaton.add_word("\x00", ())  # an automaton without words cannot be searched
    automaton.make_automaton()
    return automaton


def _latin(letter: str) -> bool:
    return letter in LETTERS


def stands(alias: Alias, text: str, original: str, start: int, end: int) -> bool:
    """Whether the letters found are the alias, and no part of another word.

    >>> from tracker.core.lexicon import LexiconEntry
    >>> chip = LexiconEntry("H20", "item", ("H20",))
    >>> alias = aliases_of((chip,), {"H20": 1})["h20"]
    >>> stands(alias, "h20s", "H20s", 0, 3), stands(alias, "rh20", "RH20", 1, 4)
    (True, False)
    """
    if alias.sort == NAME and text[start] == _DAY and start and text[start - 1].isdigit():
        return False  # the 19th, not Japan (``19日中止``, ``8日立案``)
    if alias.left and start and text[start - 1] in LETTERS:
        # a figure may stand before a word (5.5bn charge), not before a figure
        figure = text[start - 1].isdigit() and text[start].isalpha()
        if not figure:
            return False
    if alias.right and end < len(text) and text[end] in LETTERS:
        # a plain plural or possessive does not make another word
        further = end + 1 < len(text) and _latin(text[end + 1])
        if text[end] != "s" or further or alias.exact:
            return False
    if not alias.exact or (words := original[start:end]) == alias.exact:
        return True
    return not words.isascii() and half_width(words) == alias.exact


def right_end(alias: Alias, text: str, end: int) -> int:
    """Where the whole word ends in which the alias was found.

    >>> from tracker.core.lexicon import LexiconEntry
    >>> verb = LexiconEntry("grant", "cue", ("approv*",))
    >>> right_end(aliases_of((verb,), {"grant": 1})["approv"], "approves it", 6)
    8
    """
    if not alias.wordy:
        return end
    while end < len(text) and text[end] in LETTERS:
        if alias.right and text[end] != "s":
            break
        end += 1
    return end
