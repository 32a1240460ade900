"""Whose doing a sentence tells: a capital's, an ally's, a firm's; nobody's where it names none."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Final, NamedTuple

from tracker.core.late import late
from tracker.core.lexicon import Hit, Lexicon
from tracker.core.signs import sign, signs_in

_SUBJECTS: Final = (
    ("subj-us", frozenset({"us", "us-gov", "congress"})), ("subj-cn", frozenset({"cn", "cn-gov"})),
    ("subj-ally", frozenset({"ally", "ally-gov"})),
    ("by-cn-firm", frozenset({"cn-firm", "cn-ceo"})), ("subj-firm", frozenset({"firm", "ceo"})),
)  # fmt: skip
_THIRD: Final = ("firm", "ally")
_PREPOSITIONS: Final = (
    "for", "to", "in", "on", "from", "with", "of", "against", "over", "at", "into", "than", "amid",
)  # fmt: skip
_GOVERNED: Final = late(
    rf"(?:\b(?:{'|'.join(_PREPOSITIONS)})(?: the)? |(?:(?<!针)对|[向在给从与就为]))$"
)
_GOVERNING: Final = (
    *(f"{word}{article} " for word in _PREPOSITIONS for article in ("", " the")),
    *"对向在给从与就为",
)
"""What ends so may govern the name after it, and little else does."""

_POSSESSIVE: Final = ("'s ", "’s ", "s' ", "s’ ")
_COUNTRIES: Final = frozenset({"us", "cn", "ally"})

_NAMES: Final = frozenset({"actor", "place"})
_SUFFERS: Final = r"[被遭]|(?<![破查截缉起捕抓斩收荣俘])获"
_PASSIVE: Final = late(rf"\bby\b|{_SUFFERS}")
_PASSIVE_SIGNS: Final = sign("by", "被", "遭", "获")
_AGENT: Final = late(rf"(?:\bby(?: the)? |{_SUFFERS})$")
_BY: Final = ("by ", "by the ", "被", "遭", "获")
_FORE_LATIN: Final = (
    r"(?:(?:(?:a )?(?:days?|hours|weeks?) )?"
    r"(?:after|following|amid|ahead of|before|despite|with|as)\b[^,]{3,70}, "
)
_FORE: Final = late(rf"{_FORE_LATIN}|[^,，。]{{3,24}}(?:后|之际|前夕)[,，])")
_FORE_PLAIN: Final = late(rf"{_FORE_LATIN})")
"""The same for ASCII."""

_AND: Final = frozenset({"and", ",", "&", "、", "与", "和", "/", ", and", "-"})
_OPENING: Final = 3
_CAPITALS: Final = frozenset({"us", "us-gov", "congress", "cn", "cn-gov", "ally", "ally-gov"})
_ADJECTIVES: Final = frozenset({
    "chinese", "american", "dutch", "japanese", "korean", "south korean", "taiwanese", "european",
    "german", "中企", "陆企", "中国企业", "中国籍", "在华", "对华", "输华", "涉华", "驻华", "对陆",
    "对中", "在陆", "对大陆", "美企",
})  # fmt: skip


class Side(NamedTuple):
    """A subject: its ``roles``; the ``own`` role that they give; that of the ``other`` capital."""

    roles: int
    own: int
    other: int


class Sides(NamedTuple):
    """Who can be a subject (``each``), all of them ``doers``; ``firms``: firms and allies of them.

    ``own``: the roles of subjects themselves; ``firm`` that of any firm; ``names``: of the sorts
    of entries that can be one.
    """

    each: tuple[Side, ...]
    doers: int
    firms: int
    own: int
    firm: int
    names: int


@lru_cache(maxsize=8)
def sides_of(lexicon: Lexicon) -> Sides:
    """The sides as a lexicon's roles tell them.

    >>> from tracker.core.examples import lexicon
    >>> known = lexicon()
    >>> sides_of(known).firm == known.bit("subj-firm")
    True
    """
    return Sides(
        tuple(_side(name, sorted(roles), lexicon) for name, roles in _SUBJECTS),
        lexicon.mask_of(role for _, roles in _SUBJECTS for role in sorted(roles)),
        lexicon.mask_of(
            role for name, roles in _SUBJECTS if name.endswith(_THIRD) for role in sorted(roles)
        ),
        lexicon.mask_of(name for name, _ in _SUBJECTS),
        lexicon.bit("subj-firm"),
        lexicon.mask_of(sorted(_NAMES)),
    )


def _side(name: str, roles: Iterable[str], lexicon: Lexicon) -> Side:
    own = (name, "subj-firm") if name == "by-cn-firm" else (name,)
    other = {"subj-us": ("cn",), "subj-cn": ("us",)}.get(name, ())
    return Side(lexicon.mask_of(roles), lexicon.mask_of(own), lexicon.mask_of(other))


def subject_of(hits: tuple[Hit, ...], text: str, sides: Sides) -> int:
    """Whose doing a sentence tells, as far as its first name says: a role; 0 if nobody's.

    A possessive or an adjective (China's, Chinese, 中企) belongs to the name after it, and a pair
    of capitals (US-China, 中美) is no subject; nor is a name after a preposition (to China, 对华),
    but the doer of a passive is (barred by Washington, 遭美国), unless a capital
    acts before it (China bars chips cleared by the US). ``After new US limits, China ...`` begins
    after its comma.

    >>> from tracker.core.examples import lexicon
    >>> from tracker.core.text import fold
    >>> told, known = fold("US adds Huawei to Entity List"), lexicon()
    >>> subject_of(tuple(known.find(told)), told.text, sides_of(known)) == known.bit("subj-us")
    True
    """
    if passive(text) and (side := _agent(hits, text, sides)) and not _acts_first(hits):
        return side
    start = fore_clause(text)
    for number, hit in enumerate(hits):
        mask = hit.mask
        if hit.start < start or not mask & sides.names:
            continue
        for one in hits[number + 1 : number + 6]:
            if one.start > hit.start:
                break
            mask |= one.mask
        if mask & sides.doers and _leads(hit, text) and not _owned(hit, hits[:number], text):
            named = [side for side in sides.each if mask & side.roles]
            return 0 if _paired(hit, named, hits[number + 1 :], text) else named[0].own
    return 0


def passive(text: str) -> bool:
    """Whether a sentence (folded) may tell by whom something is done.

    >>> passive("barred by washington"), passive("遭美国制裁"), passive("us bars chips")
    (True, True, False)
    """
    if "by" not in text and text.isascii():
        return False
    return bool(signs_in(text) & _PASSIVE_SIGNS and _PASSIVE.search(text))


def _acts_first(hits: tuple[Hit, ...]) -> bool:
    """Whether a sentence opens with a capital and what it does, in the present: ``China bars``."""
    if not hits or hits[0].start > _OPENING or not _CAPITALS.intersection(hits[0].entry.tags):
        return False
    return any(
        "acting" in one.entry.tags and one.start == hits[0].end + 1 and one.words.endswith("s")
        for one in hits[1:6]
    )


def _leads(hit: Hit, text: str) -> bool:
    """Whether a name stands for itself: it describes no other and follows no preposition."""
    if _leans(text[hit.start : hit.end]) or text[hit.end : hit.end + 1] == "-":
        return False
    if not text.endswith(_GOVERNING, 0, hit.start):
        return True
    return not _GOVERNED.search(text, max(0, hit.start - 12), hit.start)


def _owned(hit: Hit, before: tuple[Hit, ...], text: str) -> bool:
    """Whether a country only describes what the name before it has: ``Nvidia's China sales``."""
    if not text.endswith(_POSSESSIVE, 0, hit.start) or _COUNTRIES.isdisjoint(hit.entry.tags):
        return False
    return any(one.end == hit.start - 1 and one.entry.kind in _NAMES for one in before[-4:])


def by_whom(hit: Hit, text: str) -> bool:
    """Whether what stands before a name makes it the doer of a passive.

    >>> from tracker.core.lexicon import LexiconEntry
    >>> us = LexiconEntry("US", "place", ("us",))
    >>> by_whom(Hit(us, 8, 10, "us"), "curb by us"), by_whom(Hit(us, 8, 10, "us"), "curb on us")
    (True, False)
    """
    if not text.endswith(_BY, 0, hit.start):
        return False
    return bool(_AGENT.search(text, max(0, hit.start - 8), hit.start))


def _agent(hits: tuple[Hit, ...], text: str, sides: Sides) -> int:
    """The capital that does what a passive tells: ``barred by Washington``."""
    for hit in hits:
        if by_whom(hit, text):
            side = next((side for side in sides.each if hit.mask & side.roles), None)
            return side.own if side and not side.own & sides.firm else 0
    return 0


def _paired(hit: Hit, sides: list[Side], rest: tuple[Hit, ...], text: str) -> bool:
    """Whether the other capital is named in the same breath: ``China and US``, ``中国与美国``."""
    first = sides[0]
    if first.other and sides[1:] and sides[1].other:
        return True
    return any(
        one.mask & first.other and text[hit.end : one.start].strip() in _AND
        for one in rest[:6] if hit.end <= one.start <= hit.end + 5
    )  # fmt: skip


def fore_clause(text: str) -> int:
    """Where the main clause of a sentence begins.

    >>> fore_clause("after new us limits, china bars chips")
    21
    """
    match = (_FORE_PLAIN if text.isascii() else _FORE).match(text)
    return match.end() if match else 0


def _leans(words: str) -> bool:
    """Whether a name only describes the next one."""
    return words.endswith(("'s", "’s")) or words in _ADJECTIVES
