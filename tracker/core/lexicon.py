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
from collections.abc import Iterable, Iterator
from functools import partial
from operator import itemgetter
from typing import Any, Final, Literal, NamedTuple, TypeAlias

from tracker.core.aliases import (
    CUE,
    LETTERS,
    NAME,
    VOIDS,
    Alias,
    aliases_of,
    matcher_of,
    right_end,
    stands,
)
from tracker.core.text import Folded, has_han
from tracker.core.weights import (
    ANY_ORDER,
    PLAIN,
    UNFITTED,
    UNWORDED,
    Fitted,
    Order,
    Weights,
    Wording,
)
from tracker.nouns import dataclass

EntryKind = Literal["actor", "item", "place", "term", "cue"]
ENTRY_KINDS: Final[tuple[EntryKind, ...]] = ("actor", "item", "place", "term", "cue")
WATCHED: Final = "watched"
"""Tag of the user's own words: nothing was fitted on them, so they are never voted down."""
ADDED: Final = "added"
"""Tag of names that the user added to an entry of the lexicon."""

MARKS: Final = (
    "speaker", "subj-us", "subj-cn", "subj-ally", "subj-firm", "by-cn-firm", "by-gov", "unacted",
    "denied", "awaited", "supposed", "asks", "curb-gone", "leave-gone",
    "several-stories", "reacts-cn", "talks-off", "explains", "essay",
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


_Span: TypeAlias = tuple[int, int, Alias]
"""Where an alias starts, its end with the sign turned (the longer first), the alias."""

_PLACE: Final = itemgetter(1, 2)


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
        order: Order = ANY_ORDER,
        wording: Wording = UNWORDED,
    ) -> None:
        self.entries = entries
        self.acts = acts
        self.weights = weights
        self.fitted = fitted
        self.order = order
        self.wording = wording
        self.digest = _digest(entries, acts, weights, fitted, order, wording)
        self.by_id = {entry.id: entry for entry in entries}
        self._bits: dict[str, int] = {}
        self._masks: dict[str, int] = {}
        self._matcher: Any = None
        self.asked = _asked(acts, weights, fitted)
        names = sorted(_names(entries), key=lambda name: name not in self.asked)
        for name in (*filter(self.asked.__contains__, names), *MARKS, *WAYS, *ENTRY_KINDS, *names):
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
        return _longest(self._spans(folded), folded.original)

    def everywhere(self, folded: Folded) -> list[tuple[int, int, int]]:
        """Start, end and bits of each alias in the text, also of those inside longer ones.

        All that is found in a part of the text is among them, where no word is cut.
        """
        return [(start, -end, alias.mask) for start, end, alias in self._spans(folded)]

    def _spans(self, folded: Folded) -> list[_Span]:
        original, text = folded
        around = f" {text} "
        letters = LETTERS
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
                elif (ends or after == "s" or not alias.right) and stands(
                    alias, text, original, start, end
                ):
                    spans.append((start, -right_end(alias, text, end), alias))
                alias = alias.also
        return spans

    def _matches(self, text: str) -> Iterator[tuple[int, Alias | None]]:
        """Aliases by the place of their last letter."""
        if self._matcher is None:
            self._matcher = matcher_of(aliases_of(self.entries, self._masks))
        if text.isascii():
            return self._matcher.iter(text)  # type: ignore[no-any-return]  # native
        raw = text.encode("utf-8", "surrogatepass")
        return _by_letter(self._matcher.iter(raw.decode("latin-1")), raw)


def _by_letter(
    found: Iterable[tuple[int, Alias | None]], raw: bytes
) -> Iterator[tuple[int, Alias | None]]:
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
        if sort & NAME:
            if start < name_end and (start != name or end != name_end):
                kept = False
            else:
                name, name_end, kept = start, end, sort != VOIDS
        if sort & CUE:
            crosses = name < start == name_end - 1 and end > name_end
            inside = end - start == 1 and end <= name_end and name_end - name > 1
            if (crosses or inside) and sort == CUE and has_han(original[start]):
                continue
            if start < cue_end and (start != cue or end != cue_end):
                kept = False
            else:
                cue, cue_end, kept = start, end, sort != VOIDS
        if kept:
            hits.append(_hit((alias.entry, start, end, original[start:end], alias.mask)))
            mixed = mixed or (name == cue and name_end != cue_end)
    if mixed:
        hits.sort(key=_PLACE)
    return hits


def build(
    entries: Iterable[LexiconEntry],
    acts: Iterable[Act] = (),
    weights: Weights = PLAIN,
    fitted: Fitted = UNFITTED,
    order: Order = ANY_ORDER,
    wording: Wording = UNWORDED,
) -> Lexicon:
    """A lexicon of these entries and rules, independent of their order.

    >>> from tracker.core.text import fold
    >>> chip, firm = LexiconEntry("H20", "item", ("H20",)), LexiconEntry("N", "actor", ("輝達",))
    >>> lexicon = build([chip, firm])
    >>> [hit.entry.id for hit in lexicon.find(fold("辉达的H20芯片 RH20"))]
    ['N', 'H20']
    """
    ordered = tuple(sorted(entries, key=lambda entry: (entry.kind, entry.id, entry.names)))
    ruled = tuple(sorted(acts, key=lambda act: act.id))
    return Lexicon(ordered, ruled, weights, fitted, order, wording)


def _digest(
    entries: tuple[LexiconEntry, ...], acts: tuple[Act, ...], weights: Weights, fitted: Fitted,
    order: Order, wording: Wording,
) -> str:  # fmt: skip
    seen = hashlib.sha256(repr(weights).encode())
    if fitted != UNFITTED:
        seen.update(repr(fitted).encode())
    if order.follows:
        tables = (order.least, order.enough, order.share, order.classes, order.follows)
        seen.update(repr((*tables, sorted(order.pairs))).encode())
    if wording.title:
        seen.update(repr(wording).encode())
    for entry in entries:
        seen.update(repr((entry.id, entry.kind, entry.names, entry.tags)).encode())
        if entry.capital:
            seen.update(repr((entry.capital, entry.adjectives, entry.called)).encode())
    for act in acts:
        seen.update(repr((act.id, act.kind, act.direction, act.weight, act.all, act.none,
                          act.place, act.instrument, act.family, act.goods, act.bars,
                          act.alone)).encode())  # fmt: skip
    return seen.hexdigest()[:16]
