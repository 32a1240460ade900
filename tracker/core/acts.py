"""Which rules of the lexicon a text fulfils: title and sentences, each by itself."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final, NamedTuple

from tracker.core.lexicon import Act, Hit, Lexicon
from tracker.core.returning import comes_back
from tracker.core.rules import compiled, doubtable, fulfils
from tracker.core.text import Folded, fold, sentences
from tracker.core.weights import Weights

_SUBJECTS: Final = (
    ("subj-us", frozenset({"us", "us-gov", "congress"})), ("subj-cn", frozenset({"cn", "cn-gov"})),
    ("subj-ally", frozenset({"ally", "ally-gov"})),
    ("by-cn-firm", frozenset({"cn-firm", "cn-ceo"})), ("subj-firm", frozenset({"firm", "ceo"})),
)  # fmt: skip
_GOVERNED: Final = re.compile(
    r"(?:\b(?:for|to|in|on|from|with|of|against|over|at|into|than|amid)(?: the)? "
    r"|(?:(?<!针)对|[向在给从与就为]))$"
)
_GOVERNING: Final = frozenset(" 对向在给从与就为")
"""The last letter of each of them."""

_NAMES: Final = frozenset({"actor", "place"})
_PASSIVE: Final = re.compile(r"\bby\b|[被遭获]")
_AGENT: Final = re.compile(r"(?:\bby(?: the)? |[被遭获])$")
_FORE_LATIN: Final = (
    r"(?:(?:(?:a )?(?:days?|hours|weeks?) )?"
    r"(?:after|following|amid|ahead of|before|despite|with|as)\b[^,]{3,70}, "
)
_FORE: Final = re.compile(rf"{_FORE_LATIN}|[^,，。]{{3,24}}(?:后|之际|前夕)[,，])")
_FORE_PLAIN: Final = re.compile(rf"{_FORE_LATIN})")
"""The same for ASCII."""

_BACKGROUND: Final = re.compile(
    r"\b(?:despite|amid(?:st)?|after|following|in response to|in (?:the )?wake of|because of|due to"
    r"|(?:for|over|on) fears? of|under pressure from|(?:that )?(?:meets?|compl(?:y|ies|ying) with)"
    r"|to (?:avoid|dodge|skirt|sidestep|evade|get around|comply with|meet)|as (?:the )?(?:us|china|"
    r"washington|beijing)\b(?!-))[^,;:。]{3,90}"
    r"|(?:受|由于|因应?|为(?:了)?(?:规避|避免|避开)|规避|避开|不满|反击|报复|面对|鉴于|符合)"
    r"[^,，;；:：。!！ ]{3,24}"
    r"|^[^,，。]{3,24}(?:后|之际|前夕)[,，]"
)
_BACKGROUND_SIGNS: Final = (
    "despite", "amid", "after", "following", "response to", "wake of", "because of", "due to",
    "fear", "under pressure", "meet", "compl", "to avoid", "to dodge", "to skirt", "to sidestep",
    "to evade", "to get around", "as us", "as the ", "as china", "as washington", "as beijing",
)  # fmt: skip
"""One of these stands in every English background: six times as quickly seen as not found."""

BEHIND: Final = 0.5
_ORDERS: Final = frozenset({"rule", "licence", "listing", "countermeasure", "legislation"})
"""Kinds of what a capital does; told of in the background of a firm's own step they count half."""

_AND: Final = frozenset({"and", ",", "&", "、", "与", "和", "/", ", and", "-"})
_OPENING: Final = 3
_CAPITALS: Final = frozenset({"us", "us-gov", "congress", "cn", "cn-gov", "ally", "ally-gov"})
_AGENCIES: Final = frozenset({"us-gov", "cn-gov", "ally-gov", "congress"})
_ADJECTIVES: Final = frozenset({
    "chinese", "american", "dutch", "japanese", "korean", "south korean", "taiwanese", "european",
    "german", "中企", "陆企", "中国企业", "中国籍", "在华", "对华", "输华", "涉华", "驻华", "对陆",
    "对中", "在陆", "对大陆", "美企",
})  # fmt: skip


class Zone(NamedTuple):
    """The title or one sentence of the summary, with what the lexicon found in it.

    ``fore`` is the mask without what stands in the background (``despite US curbs``, ``受美国管制
    影响``) of a sentence that tells what a firm does; 0 where there is no such background.
    """

    text: Folded
    hits: tuple[Hit, ...]
    mask: int
    title: bool
    fore: int = 0


class Fired(NamedTuple):
    """One rule fulfilled in one zone; ``words`` quotes the original."""

    act: Act
    weight: float
    words: str
    title: bool


def zones(title: Folded, summary: Folded, lexicon: Lexicon, publisher: str = "") -> list[Zone]:
    """The headline and the sentences of the summary with their hits.

    What an agency or a company publishes is its own doing: its name counts as if the title
    held it.

    >>> from tracker.core.examples import lexicon
    >>> from tracker.core.text import fold
    >>> len(zones(fold("US adds Huawei to Entity List"), fold("It is so. And so."), lexicon()))
    3
    """
    found = [_zone(title, lexicon, title=True)]
    if publisher and (mask := _own(publisher, lexicon)):
        found[0] = found[0]._replace(mask=found[0].mask | mask)
    found += [_zone(part, lexicon, title=False) for part in sentences(summary)[:12]]
    return found


@lru_cache(maxsize=4096)
def _own(publisher: str, lexicon: Lexicon) -> int:
    """The roles of the agency that publishes under its own name (half of the letters or more)."""
    name = fold(publisher, 200)
    mask = 0
    for hit in lexicon.find(name):
        whole = hit.entry.kind == "actor" and 2 * (hit.end - hit.start) >= len(name.text)
        if whole and not _AGENCIES.isdisjoint(hit.entry.tags):
            mask |= hit.mask | lexicon.bit("by-gov")
    return mask


def _spread(parts: list[Zone], lexicon: Lexicon) -> int:
    """The roles of title and summary as one: what a rule asks for may be spread over both.

    The subject of the title is that of the whole; those of the sentences are left out.
    """
    mask = 0
    for part in parts[1:]:
        mask |= part.mask
    return mask & ~_marks(lexicon).subjects | parts[0].mask


def _tried(parts: list[Zone], mask: int, weights: Weights) -> list[tuple[Zone, float]]:
    """The zones as a rule tries them, the whole (``mask``) last, and what each weighs."""
    hits = tuple([hit for part in parts for hit in part.hits])
    tried = [(zone, weights.title if zone.title else 1.0) for zone in parts]
    return [*tried, (Zone(parts[0].text, hits, mask, False), weights.spread)]


def _zone(text: Folded, lexicon: Lexicon, *, title: bool) -> Zone:
    hits = tuple(lexicon.find(text))
    mask = 0
    for hit in hits:
        mask |= hit.mask
    marks = _marks(lexicon)
    if mask & marks.pausing and comes_back(text.text):
        mask = mask & ~marks.easing | marks.returned
    elif mask & marks.gives_back:
        mask |= marks.given
    if title and ":" in text.text and any(_speaks(hit, text) for hit in hits):
        mask |= marks.speaker
    if not mask & marks.doers:
        return Zone(text, hits, mask, title)
    spans = _behind(text.text) if mask & marks.firms else []
    front = tuple(hit for hit in hits if not _within(hit, spans)) if spans else hits
    own = _subject(front or hits, text.text, marks)
    fore = 0
    if own & marks.firm and len(front) < len(hits):
        fore = own
        for hit in front:
            fore |= hit.mask
    return Zone(text, hits, mask | own, title, fore)


class _Side(NamedTuple):
    """A subject: its ``roles``; the ``own`` role that they give; that of the ``other`` capital."""

    roles: int
    own: int
    other: int


class _Marks(NamedTuple):
    """Masks of roles that every sentence is looked at for.

    ``pausing``: one of them stands wherever a measure comes back; ``easing``: they say the
    opposite there, for it is the pause that ends, and ``returned`` is told; ``gives_back`` tells
    what is ``given``; ``sides``: who can be a subject, all of them ``doers``, ``firms`` the firms
    among them; ``subjects``: the roles of subjects themselves, ``firm`` that of any firm.
    """

    pausing: int
    easing: int
    returned: int
    gives_back: int
    given: int
    speaker: int
    sides: tuple[_Side, ...]
    doers: int
    firms: int
    subjects: int
    firm: int


@lru_cache(maxsize=8)
def _marks(lexicon: Lexicon) -> _Marks:
    mask_of = lexicon.mask_of
    pausing = mask_of(("suspend", "resume", "allow", "comes-back", "gives-back"))
    easing = mask_of(("suspend", "resume", "lift", "remove", "revoke", "allow", "halt"))
    doers = mask_of(role for _, roles in _SUBJECTS for role in sorted(roles))
    firms = mask_of(
        role for name, roles in _SUBJECTS if name.endswith("firm") for role in sorted(roles)
    )
    subjects = mask_of(name for name, _ in _SUBJECTS)
    return _Marks(
        pausing, easing, mask_of(("impose", "comes-back")), mask_of(("gives-back",)),
        mask_of(("grant", "resume")), mask_of(("speaker",)),
        tuple(_side(name, roles, lexicon) for name, roles in _SUBJECTS),
        doers, firms, subjects, mask_of(("subj-firm",)),
    )  # fmt: skip


def _side(name: str, roles: Iterable[str], lexicon: Lexicon) -> _Side:
    own = (name, "subj-firm") if name == "by-cn-firm" else (name,)
    other = {"subj-us": ("cn",), "subj-cn": ("us",)}.get(name, ())
    return _Side(lexicon.mask_of(roles), lexicon.mask_of(own), lexicon.mask_of(other))


def _behind(text: str) -> list[tuple[int, int]]:
    """Where a sentence tells what stands behind a firm's step."""
    if text.isascii() and not any(map(text.__contains__, _BACKGROUND_SIGNS)):
        return []
    return [match.span() for match in _BACKGROUND.finditer(text)]


def _within(hit: Hit, spans: list[tuple[int, int]]) -> bool:
    return any(start <= hit.start < end for start, end in spans)


def _speaks(hit: Hit, text: Folded) -> bool:
    """Whether a headline puts this name before a colon: ``黄仁勋：``, ``Raimondo to makers:``."""
    if "person" not in hit.entry.tags:
        return False
    after = text.text[hit.end : hit.end + 2]
    if after.lstrip()[:1] == ":":
        return True
    if after in ("'s", "’s") or hit.words.endswith(("'s", "’s")):
        return False
    return hit.start < 3 and text.text.find(":", hit.end, 70) >= 0


def _subject(hits: tuple[Hit, ...], text: str, marks: _Marks) -> int:
    """Whose doing a sentence tells, as far as its first name says: a role; 0 if nobody's.

    A possessive or an adjective (China's, Chinese, 中企) belongs to the name after it, and a pair
    of capitals (US-China, 中美) is no subject; nor is a name after a preposition (to China, 对华),
    but the doer of a passive is (barred by Washington, 遭美国), unless a capital
    acts before it (China bars chips cleared by the US). ``After new US limits, China ...`` begins
    after its comma.
    """
    if (
        ("by" in text or not text.isascii())
        and _PASSIVE.search(text)
        and (side := _agent(hits, text, marks))
        and not _acts_first(hits)
    ):
        return side
    start = _fore_clause(text)
    for number, hit in enumerate(hits):
        if hit.start < start or hit.entry.kind not in _NAMES:
            continue
        mask = hit.mask
        for one in hits[number + 1 : number + 6]:
            if one.start == hit.start:
                mask |= one.mask
        if mask & marks.doers and _leads(hit, text):
            sides = [side for side in marks.sides if mask & side.roles]
            return 0 if _paired(hit, sides, hits[number + 1 :], text) else sides[0].own
    return 0


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
    if text[hit.start - 1 : hit.start] not in _GOVERNING:
        return True
    return not _GOVERNED.search(text, max(0, hit.start - 12), hit.start)


def _agent(hits: tuple[Hit, ...], text: str, marks: _Marks) -> int:
    """The capital that does what a passive tells: ``barred by Washington``."""
    for hit in hits:
        if _AGENT.search(text, max(0, hit.start - 8), hit.start):
            side = next((side for side in marks.sides if hit.mask & side.roles), None)
            return side.own if side and not side.own & marks.firm else 0
    return 0


def _paired(hit: Hit, sides: list[_Side], rest: tuple[Hit, ...], text: str) -> bool:
    """Whether the other capital is named in the same breath: ``China and US``, ``中国与美国``."""
    first = sides[0]
    if first.other and sides[1:] and sides[1].other:
        return True
    return any(
        one.mask & first.other and text[hit.end : one.start].strip() in _AND
        for one in rest[:6] if hit.end <= one.start <= hit.end + 5
    )  # fmt: skip


def _fore_clause(text: str) -> int:
    """Where the main clause of a sentence begins."""
    match = (_FORE_PLAIN if text.isascii() else _FORE).match(text)
    return match.end() if match else 0


def _leans(words: str) -> bool:
    """Whether a name only describes the next one."""
    return words.endswith(("'s", "’s")) or words in _ADJECTIVES


def fired(parts: list[Zone], lexicon: Lexicon) -> list[Fired]:
    """Every rule fulfilled, once each, in its best zone; in the order of the rules.

    >>> from tracker.core.examples import lexicon
    >>> from tracker.core.text import fold
    >>> rules = lexicon()
    >>> parts = zones(fold("US adds Huawei to Entity List"), fold(""), rules)
    >>> [one.act.id for one in fired(parts, rules)]
    ['us-list']
    """
    spread = _spread(parts, lexicon)
    rules = compiled(lexicon).possible(spread)
    if not rules:
        return []
    found = []
    tried = _tried(parts, spread, lexicon.weights)
    whole = tried[-1][0]
    for act, groups, none in rules:
        for zone, factor in tried:
            if not act.kind and zone is whole:
                continue
            if act.place == "title" and not zone.title:
                continue
            mask = zone.mask
            if zone.fore and act.kind and act.kind not in _ORDERS and fulfils(zone.fore, groups):
                mask = zone.fore
            if mask & none or not fulfils(mask, groups):
                continue
            weight = act.weight * (factor if act.kind else 1.0)
            if zone.fore and _told_behind(act, zone, groups):
                weight *= BEHIND
            found.append(Fired(act, weight, _words(zone, groups), zone.title))
            break
    return found


def doubted(parts: list[Zone], lexicon: Lexicon) -> list[Fired]:
    """Rules that only a word of their ``none`` holds back, at a part of their weight.

    For entries of which no rule tells firmly: in a longer text a word that speaks against a rule
    often belongs to something else. A word against relevance itself holds back all the same.

    >>> from tracker.core.examples import lexicon
    >>> from tracker.core.text import fold
    >>> rules = lexicon()
    >>> doubted(zones(fold("US adds Huawei to Entity List"), fold(""), rules), rules)
    []
    """
    weights = lexicon.weights
    found = []
    everything = _spread(parts, lexicon)
    tried = _tried(parts, everything, weights)
    against = lexicon.bit("against")
    for act, groups, none in doubtable(lexicon).possible(everything):
        if not none & everything:
            continue
        for zone, factor in tried:
            if zone.mask & none and not zone.mask & against and fulfils(zone.mask, groups):
                weight = act.weight * factor * weights.doubted
                found.append(Fired(act, weight, _words(zone, groups), zone.title))
                break
    return found


def _told_behind(act: Act, zone: Zone, groups: tuple[int, ...]) -> bool:
    """Whether a capital's act is fulfilled only with words from the background of a firm's step.

    A write-down is filed under the rule behind it.
    """
    return (
        act.kind in _ORDERS
        and not fulfils(zone.fore, groups)
        and not any("writedown" in group for group in act.all)
    )


def _words(zone: Zone, groups: tuple[int, ...]) -> str:
    """The words of the zone that fulfil the groups, as in the original."""
    words: dict[str, None] = {}
    for group in groups:
        for hit in zone.hits:
            if hit.mask & group:
                words[hit.words] = None
                break
    return " … ".join(words)
