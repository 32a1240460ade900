"""Which way an act goes, by a verb and what it governs: a lifted curb eases, a lifted waiver not.

The words are the lexicon's own, so that a verb added there is read here too. What a verb governs is
the first thing named after it in its clause, of names side by side the last that is no mere ware
(``lifts export licence requirement``); before a passive (``curbs are lifted``) it stands in front.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final, Literal, NamedTuple, TypeAlias

from tracker.core.late import late
from tracker.core.lexicon import Hit, Lexicon

Way: TypeAlias = Literal["eases", "tightens"]
_Thing: TypeAlias = Literal["control", "permit", "ware"]

MOST_VERBS: Final = 24
"""Verbs of a sentence that are read, each beside all its names; labelled ones have at most nine."""

FAR: Final = 48
"""Letters between a verb and what it governs."""

PAUSE: Final = 16
"""Letters between the verb that prolongs and the pause that it governs."""

_THINGS: Final[dict[_Thing, tuple[str, ...]]] = {
    "control": (
        "control", "rule-noun", "list-us", "list-cn", "list-ally", "require", "affiliates",
        "diffusion", "denial-order", "restrict", "ban", "tariff", "sanction-word", "letter",
        "blacklist-verb", "probe", "antitrust", "antidumping", "indict", "law-charge",
    ),
    "permit": ("licence", "veu", "waiver-word", "exempt"),
    "ware": (
        "export-verb", "import", "purchase", "us-chip", "chip", "chip-word", "tool", "eda",
        "memory", "mineral", "production", "cn-firm", "us-firm", "chip-firm", "good",
    ),
}  # fmt: skip
_EASES: Final[dict[_Thing, tuple[str, ...]]] = {
    "control": ("lift", "suspend", "remove", "revoke", "withdraw-plan", "drop-bill", "halt",
                "allow"),
    "permit": ("grant", "allow", "resume", "gives-back", "extend"),
    "ware": ("grant", "allow", "resume", "gives-back"),
}  # fmt: skip
_TIGHTENS: Final[dict[_Thing, tuple[str, ...]]] = {
    "control": ("deny", "block", "ban", "restrict", "avoid", "impose", "expand", "strengthen",
                "comes-back", "blacklist-verb"),
    "permit": ("lift", "suspend", "remove", "revoke", "withdraw-plan", "drop-bill", "halt", "deny",
               "block", "ban", "restrict", "avoid", "impose", "expand", "strengthen"),
    "ware": ("suspend", "revoke", "halt", "halt-production", "deny", "block", "ban", "restrict",
             "avoid"),
}  # fmt: skip
_CUT: Final = late(
    r"[;:!?。；：！？]|\b(?:after|as|while|despite|amid|but|and|over|before|until|due to|because"
    r"|ahead of|by|with|that|which)\b"
)
_FLOWS: Final = late(r"(?:sales?|exports?|technology|parts|shipments?|出口|技术|销售)$")
"""What ends so is named among the controls, and is what they hold back."""

_PERMITS: Final = ("export privileges", "审查")
"""Named among controls and inquiries: without it nothing goes out."""

_OWNED: Final = late(r"[^,，。;；:：]{0,5}的")
"""What joins names of which the last is governed (``终止对芯片商的调查``)."""

_NOUN: Final = late(r" (?:on|against|over)\b")
_SOFTENED: Final = late(r"eas|relax|loosen|soften|放宽|放松|松绑")
_ASIDE: Final = late(
    r"\b(?:that|which|who) $|\b(?:after|as|despite|amid|following|if|unless)\b[^,;:]*$"
)
"""What stands so is no act of the sentence's own."""

_ASKED: Final = late(
    r"\b(?:urg|ask|press|lobb|demand|plead|begg?|appeal|petition|push|call(?:s|ed|ing)? (?:on|for))"
    r"\w*\b[^,;:]{0,60}?(?:\bto (?:\w+ )?|\bfor |\bfor the )$"
)
"""What stands behind it is only asked for; a capital that asks its firms acts."""

_NOT: Final = late(
    r"(?:\b(?:not|no|never|won't|doesn't|don't|didn't|hasn't|refus\w+|declin\w+|without|reject(?:s|ed)?"
    r"|oppos\w+|stops?|against)\s+(?:\w+\s){0,2}|[不未])$"
)
_PARTICIPLE: Final = late(r"(?:ed|en|wn)$|^(?:on|off) ")


class _Masks(NamedTuple):
    things: tuple[tuple[_Thing, int], ...]
    eases: dict[_Thing, int]
    tightens: dict[_Thing, int]
    verbs: int
    undone: int
    spares: int
    named: int
    prolongs: int
    pause: int
    askers: int


def ways(hits: tuple[Hit, ...], text: str, lexicon: Lexicon) -> frozenset[Way]:
    """The ways that the verbs of a folded sentence point; ``hits``: what was found in it.

    >>> from tracker.core.examples import lexicon
    >>> ways((), "", lexicon())
    frozenset()
    """
    masks = _masks(lexicon)
    found: set[Way] = set()
    read = 0
    verbs = [hit for hit in hits if hit.mask & masks.verbs and hit.entry.kind == "cue"]
    for verb in verbs[:MOST_VERBS]:
        if verb.start < read:
            continue
        verb = _whole(verb, hits, masks)
        if _no_verb(verb, hits, text, masks):
            continue
        way, end = _governed(verb, hits, text, masks)
        if way and not _asked(way, verb, hits, text, masks):
            found.add(_turned(way) if _NOT.search(text, 0, verb.start) else way)
            read = end
    return frozenset(found)


def _whole(verb: Hit, hits: tuple[Hit, ...], masks: _Masks) -> Hit:
    """A verb that also undoes where another entry says so (``喊停`` blocks and ends)."""
    mask = verb.mask
    for hit in hits:
        if hit.start == verb.start and hit.end == verb.end:
            mask |= hit.mask & masks.undone
    return verb if mask == verb.mask else verb._replace(mask=mask)


def _prolonged(verb: Hit, hits: tuple[Hit, ...], text: str, masks: _Masks) -> int:
    """Where the pause ends that is prolonged (``extends suspension of``); 0 without one."""
    if not any(hit.start == verb.start and hit.mask & masks.prolongs for hit in hits):
        return 0
    for hit in hits:
        if hit.mask & masks.pause and 0 < hit.start - verb.end <= PAUSE:
            return 0 if _CUT.search(text, verb.end, hit.start) else hit.end
    return 0


def _asked(way: Way, verb: Hit, hits: tuple[Hit, ...], text: str, masks: _Masks) -> bool:
    """Whether it is only asked for: an easing by anybody, a curb by who can impose none."""
    if not _ASKED.search(text, 0, verb.start):
        return False
    return way == "eases" or any(hit.mask & masks.askers for hit in hits if hit.start < verb.start)


def _no_verb(verb: Hit, hits: tuple[Hit, ...], text: str, masks: _Masks) -> bool:
    """Whether a word names a measure (``the ban on``, ``sales curbs``) or speaks of another act."""
    if _ASIDE.search(text, 0, verb.start):
        return True
    if not verb.mask & masks.named:
        return False
    beside = any(0 <= verb.start - hit.end <= 1 and _thing(hit, masks) for hit in hits)
    return beside or bool(_NOUN.match(text, verb.end))


def _governed(verb: Hit, hits: tuple[Hit, ...], text: str, masks: _Masks) -> tuple[Way | None, int]:
    """The way of a verb, and where what it governs ends."""
    if pause := _prolonged(verb, hits, text, masks):
        return "eases", pause
    thing, end = _after(verb, hits, text, masks)
    if thing is None and verb.mask & masks.undone and _PARTICIPLE.search(verb.words.lower()):
        thing = _before(verb, hits, text, masks)
    if verb.mask & masks.spares and (thing or verb.words.lower() != "exempt"):
        return "eases", end
    if thing is None:  # ``allies exempt`` tells of a rule
        return None, end
    if verb.mask & masks.eases[thing] or _SOFTENED.match(verb.words.lower()):
        return "eases", end
    return ("tightens" if verb.mask & masks.tightens[thing] else None), end


def _after(verb: Hit, hits: tuple[Hit, ...], text: str, masks: _Masks) -> tuple[_Thing | None, int]:
    head: _Thing | None = None
    end = verb.end
    for hit in hits:
        thing = _thing(hit, masks) if verb.end <= hit.start <= verb.end + FAR else None
        if thing is None:
            continue
        if head is None and _CUT.search(text, verb.end, hit.start):
            break
        if head is not None and hit.start - end > 1 and not _OWNED.fullmatch(text, end, hit.start):
            break
        head = thing if head is None or thing != "ware" else head
        end = hit.end
    return head, end


def _before(verb: Hit, hits: tuple[Hit, ...], text: str, masks: _Masks) -> _Thing | None:
    for hit in reversed(hits):
        thing = _thing(hit, masks) if verb.start - FAR <= hit.end <= verb.start else None
        if thing in ("control", "permit"):
            return None if _CUT.search(text, hit.end, verb.start) else thing
    return None


def _thing(hit: Hit, masks: _Masks) -> _Thing | None:
    thing = _sort_of(hit.mask, masks)
    if thing != "control":
        return thing
    words = hit.words.lower()
    if words in _PERMITS:
        return "permit"
    return "ware" if _FLOWS.search(words) else thing


def _sort_of(mask: int, masks: _Masks) -> _Thing | None:
    for thing, own in masks.things:  # a generator takes twice as long
        if mask & own:
            return thing
    return None


def _turned(way: Way) -> Way:
    return "tightens" if way == "eases" else "eases"


@lru_cache(maxsize=8)
def _masks(lexicon: Lexicon) -> _Masks:
    eases = {thing: lexicon.mask_of(roles) for thing, roles in _EASES.items()}
    tightens = {thing: lexicon.mask_of(roles) for thing, roles in _TIGHTENS.items()}
    verbs = lexicon.bit("exempt")
    for mask in (*eases.values(), *tightens.values()):
        verbs |= mask
    return _Masks(
        tuple((thing, lexicon.mask_of(roles)) for thing, roles in _THINGS.items()),
        eases, tightens, verbs, lexicon.mask_of(("lift", "suspend", "remove", "revoke")),
        lexicon.mask_of(("exempt",)), lexicon.mask_of(("ban", "restrict", "block")),
        lexicon.mask_of(("extend",)),
        lexicon.mask_of(("suspend", "truce", "waiver-word", "exempt")),
        lexicon.mask_of(("congress", "experts", "industry")),
    )  # fmt: skip
