"""Names in three scripts to ids: the longest alias wins, Latin ones only at word boundaries.

An entry's ``kind`` is ``actor``, ``item``, ``place``, ``term`` or ``cue`` (a word of action, time
or manner); ``tags`` are the roles the rules speak of (``us-gov``, ``chip``, ``grant``). How an
alias is written says how it is matched:

* ``approv*`` also matches longer words that begin so;
* ``=US`` matches in exactly this case (the pronoun is not the country);
* anything else in any case and in both Chinese scripts.

An entry tagged ``void`` means nothing: its longer words (``无线``, ``讨论``) take the place of the
shorter ones inside them.
"""

from __future__ import annotations

import hashlib
import string
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from itertools import chain
from operator import itemgetter
from typing import Any, Final, Literal, NamedTuple, TypeAlias

from tracker.core.negation import spellings
from tracker.core.text import Folded, half_width, has_han
from tracker.core.weights import PLAIN, UNFITTED, Fitted, Weights
from tracker.core.written import alias_text, forget
from tracker.nouns import dataclass

EntryKind = Literal["actor", "item", "place", "term", "cue"]
ENTRY_KINDS: Final[tuple[EntryKind, ...]] = ("actor", "item", "place", "term", "cue")
VOID: Final = "void"
"""Tag of words that mean nothing by themselves and only hide shorter ones inside them."""
WATCHED: Final = "watched"
"""Tag of the user's own words: nothing was fitted on them, so they are never voted down."""
ADDED: Final = "added"
"""Tag of names that the user added to an entry of the lexicon."""

MARKS: Final = (
    "speaker", "subj-us", "subj-cn", "subj-ally", "subj-firm", "by-cn-firm", "by-gov", "unacted",
    "denied", "awaited", "supposed", "asks", "curb-gone", "leave-gone",
    "several-stories", "reacts-cn", "talks-off", "explains",
)  # fmt: skip
"""Roles that no name has: they are read from where a name stands in its sentence."""

WAYS: Final = ("eases", "tightens")
"""Roles read from what a verb governs; they have a say in the direction alone."""


@dataclass(frozen=True, slots=True)
class LexiconEntry:
    """One thing with all its names. ``where`` is the file and line it was written in.

    ``capital``: the code of the country it is, or governs. ``adjectives``: those of its names that
    only describe what follows; ``called``: what people call it and no text is searched for.
    """

    id: str
    kind: EntryKind
    names: tuple[str, ...]
    tags: tuple[str, ...] = ()
    where: str = ""
    reason: str = ""
    capital: str = ""
    adjectives: tuple[str, ...] = ()
    called: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Act:
    """One rule. ``all``: groups of ids or tags, each of which must be found in one sentence.

    ``none``: ids or tags that must not be there. ``weight`` is what it adds to its kind. An
    ``against`` rule has no kind: its weight (below zero) counts against relevance. ``goods`` marks
    one of headlines of goods in shops, for which no report of an act speaks: of all rules against,
    these stand in most entries of a feed. ``bars`` marks one that nothing outweighs. A headline
    that meets a rule with ``alone`` plainly need not be borne out by roles, where subject and sides
    count that much.
    """

    id: str
    kind: str
    direction: str
    weight: float
    all: tuple[tuple[str, ...], ...]
    none: tuple[str, ...] = ()
    place: str = "any"
    instrument: str = ""
    family: str = ""
    where: str = ""
    reason: str = ""
    goods: bool = False
    bars: bool = False
    alone: float | None = None

    @property
    def answers(self) -> bool:
        """Whether it tells of words of the other side, which are filed under the act answered."""
        return self.id.startswith("answers-")


class Hit(NamedTuple):
    """One alias found: ``start`` and ``end`` are places in the folded and the original text.

    ``mask``: the bits of its entry, so that no rule looks them up again. A tuple, as several are
    made of every sentence and a frozen class takes three times as long.
    """

    entry: LexiconEntry
    start: int
    end: int
    words: str
    mask: int = 0


_hit: Final = partial(tuple.__new__, Hit)
"""A hit of its five values, in half the time that naming them takes."""


class _Alias(NamedTuple):
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
    also: _Alias | None


_NAME: Final = 1
_CUE: Final = 2
_VOID: Final = _NAME | _CUE
_DAY: Final = "日"
"""What a void word hides: names and cues."""
_alias_of: Final = partial(tuple.__new__, _Alias)

_Span: TypeAlias = tuple[int, int, _Alias]
"""Where an alias starts, its end with the sign turned (the longer first), the alias."""

_PLACE: Final = itemgetter(1, 2)
_LETTERS: Final = frozenset(string.ascii_letters + string.digits)


class Lexicon:
    """A compiled lexicon; build it with :func:`build`. ``digest`` names its content.

    ``asked`` are the ids and tags that rules and weights ask for.
    """

    def __init__(
        self,
        entries: tuple[LexiconEntry, ...],
        acts: tuple[Act, ...],
        weights: Weights,
        fitted: Fitted = UNFITTED,
    ) -> None:
        self.entries = entries
        self.acts = acts
        self.weights = weights
        self.fitted = fitted
        self.digest = _digest(entries, acts, weights, fitted)
        self.by_id = {entry.id: entry for entry in entries}
        self._bits: dict[str, int] = {}
        self._masks: dict[str, int] = {}
        self._matcher: Any = None
        self.asked = _asked(acts, weights, fitted)
        names = sorted(_names(entries), key=lambda name: name not in self.asked)
        for name in (*filter(self.asked.__contains__, names), *MARKS, *WAYS, *names):
            self.bit(name)
        for entry in entries:
            mask = self.mask_of((entry.id, entry.kind, *entry.tags))
            self._masks[entry.id] = self._masks.get(entry.id, 0) | mask

    def bit(self, name: str) -> int:
        """The bit that stands for an id or a tag."""
        known = self._bits.get(name)
        return known if known is not None else self._bits.setdefault(name, 1 << len(self._bits))

    def mask_of(self, names: Iterable[str]) -> int:
        """The bits of several ids or tags."""
        mask = 0
        for name in names:
            mask |= self.bit(name)
        return mask

    def mask(self, entry: LexiconEntry) -> int:
        """All bits of one entry: its id, its kind and its tags."""
        return self._masks[entry.id]

    def knows(self, name: str) -> bool:
        """Whether some entry has this id or tag."""
        return name in self._bits

    def find(self, folded: Folded) -> list[Hit]:
        """Every alias in the text, leftmost first.

        Of overlapping names the longest counts, and of overlapping cues; a name and a cue may
        share letters (``对华出口`` is a term and holds the cue ``出口``).
        """
        original, text = folded
        around = f" {text} "
        letters = _LETTERS
        spans: list[_Span] = []
        for last, first in self._matches(text):
            end = last + 1
            after = around[end + 1]
            ends = after not in letters
            alias = first
            while alias:
                start = end - alias.length
                if ends and around[start] not in letters and not alias.exact:
                    spans.append((start, -end, alias))  # nine of ten: a whole word
                elif (ends or after == "s" or not alias.right) and _stands(
                    alias, text, original, start, end
                ):
                    spans.append((start, -_right(alias, text, end), alias))
                alias = alias.also
        return _longest(spans, original)

    def _matches(self, text: str) -> Iterator[tuple[int, _Alias | None]]:
        """Aliases by the place of their last letter."""
        if self._matcher is None:
            self._matcher = _compile(_read(self.entries, self._masks))
        if text.isascii():
            return self._matcher.iter(text)  # type: ignore[no-any-return]  # native
        raw = text.encode("utf-8", "surrogatepass")
        return _by_letter(self._matcher.iter(raw.decode("latin-1")), raw)


def _by_letter(
    found: Iterable[tuple[int, _Alias | None]], raw: bytes
) -> Iterator[tuple[int, _Alias | None]]:
    """Places among the bytes of a text as places among its letters."""
    letters = at = 0
    for last, alias in found:
        letters += len(raw[at : last + 1].decode("utf-8", "surrogatepass"))
        at = last + 1
        yield letters - 1, alias


def _names(entries: Iterable[LexiconEntry]) -> dict[str, None]:
    """Ids, kinds and tags, in the order of the entries."""
    return dict.fromkeys(
        name for entry in entries for name in (entry.id, entry.kind, *entry.tags)
    )  # fmt: skip


def _asked(acts: Iterable[Act], weights: Weights, fitted: Fitted) -> set[str]:
    """What rules and weights ask for: their bits are the low ones, as small numbers cost less."""
    ruled = {name for act in acts for group in (*act.all, act.none) for name in group}
    tables = (weights.subject, weights.around, weights.sides)
    weighed = {name for rows in tables for names in rows for name in names.split("|")}
    return {*ruled, *weighed, *fitted.title, *fitted.item}


def _longest(spans: list[_Span], original: str) -> list[Hit]:
    """The longest names of those that overlap, and cues; void words take their place and go.

    Leftmost first, and of one start the shorter. A Chinese cue that takes the last letter of a
    name for its first is none (``中国有关`` is no 国有, ``何立峰会见`` no 峰会), nor is one letter
    of a name (``贸促会`` urges nobody, the ``未经核实清单`` denies nothing).
    """
    spans.sort()
    hits: list[Hit] = []
    name, name_end, cue, cue_end, mixed = -1, 0, -1, 0, False
    for start, minus_end, alias in spans:
        end, sort = -minus_end, alias.sort
        if sort & _NAME:
            if start < name_end and (start != name or end != name_end):
                kept = False
            else:
                name, name_end, kept = start, end, sort != _VOID
        if sort & _CUE:
            crosses = name < start == name_end - 1 and end > name_end
            inside = end - start == 1 and end <= name_end and name_end - name > 1
            if (crosses or inside) and sort == _CUE and has_han(original[start]):
                continue
            if start < cue_end and (start != cue or end != cue_end):
                kept = False
            else:
                cue, cue_end, kept = start, end, sort != _VOID
        if kept:
            hits.append(_hit((alias.entry, start, end, original[start:end], alias.mask)))
            mixed = mixed or (name == cue and name_end != cue_end)
    if mixed:
        hits.sort(key=_PLACE)
    return hits


def _read(entries: tuple[LexiconEntry, ...], masks: Mapping[str, int]) -> dict[str, _Alias]:
    """The last alias of every folded text; it holds the others.

    Raises:
        ValueError: nothing is left of a name.
    """
    table: dict[str, _Alias] = {}
    ranked = sorted(entries, key=lambda entry: (entry.id, entry.kind == "cue"))
    for place, entry in enumerate(ranked):
        sort = _VOID if VOID in entry.tags else _CUE if entry.kind == "cue" else _NAME
        for number, name in enumerate(chain.from_iterable(map(spellings, entry.names))):
            exact, text = alias_text(name)
            left, right = _latin(text[0]), _latin(text[-1])
            table[text] = _alias_of((
                place, number, entry, exact, left, right and not name.endswith("*"), right, sort,
                len(text), masks[entry.id], table.get(text),
            ))  # fmt: skip
    forget()  # what is told of them stands in the table
    return table


def _compile(table: Mapping[str, _Alias]) -> Any:
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
    return letter in _LETTERS


def _stands(alias: _Alias, text: str, original: str, start: int, end: int) -> bool:
    if alias.sort == _NAME and text[start] == _DAY and start and text[start - 1].isdigit():
        return False  # the 19th, not Japan (``19日中止``, ``8日立案``)
    if alias.left and start and text[start - 1] in _LETTERS:
        # a figure may stand before a word (5.5bn charge), not before a figure
        figure = text[start - 1].isdigit() and text[start].isalpha()
        if not figure:
            return False
    if alias.right and end < len(text) and text[end] in _LETTERS:
        # a plain plural or possessive does not make another word
        further = end + 1 < len(text) and _latin(text[end + 1])
        if text[end] != "s" or further or alias.exact:
            return False
    if not alias.exact or (words := original[start:end]) == alias.exact:
        return True
    return not words.isascii() and half_width(words) == alias.exact


def _right(alias: _Alias, text: str, end: int) -> int:
    """Where the whole word ends in which the alias was found."""
    if not alias.wordy:
        return end
    while end < len(text) and text[end] in _LETTERS:
        if alias.right and text[end] != "s":
            break
        end += 1
    return end


def build(
    entries: Iterable[LexiconEntry],
    acts: Iterable[Act] = (),
    weights: Weights = PLAIN,
    fitted: Fitted = UNFITTED,
) -> Lexicon:
    """A lexicon of these entries and rules, independent of their order.

    >>> from tracker.core.text import fold
    >>> chip, firm = LexiconEntry("H20", "item", ("H20",)), LexiconEntry("N", "actor", ("輝達",))
    >>> lexicon = build([chip, firm])
    >>> [hit.entry.id for hit in lexicon.find(fold("辉达的H20芯片 RH20"))]
    ['N', 'H20']
    """
    ordered = tuple(sorted(entries, key=lambda entry: (entry.kind, entry.id, entry.names)))
    return Lexicon(ordered, tuple(sorted(acts, key=lambda act: act.id)), weights, fitted)


def _digest(
    entries: tuple[LexiconEntry, ...], acts: tuple[Act, ...], weights: Weights, fitted: Fitted
) -> str:
    seen = hashlib.sha256(repr(weights).encode())
    if fitted != UNFITTED:
        seen.update(repr(fitted).encode())
    for entry in entries:
        seen.update(repr((entry.id, entry.kind, entry.names, entry.tags)).encode())
        if entry.capital:
            seen.update(repr((entry.capital, entry.adjectives, entry.called)).encode())
    for act in acts:
        seen.update(repr((act.id, act.kind, act.direction, act.weight, act.all, act.none,
                          act.place, act.instrument, act.family, act.goods, act.bars,
                          act.alone)).encode())  # fmt: skip
    return seen.hexdigest()[:16]
