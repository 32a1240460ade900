"""The title and the sentences of an item with what stands in each: names, and roles read from them.

Most roles are the names' own. Some no name tells: whose doing it is, that an act is denied, asked
for, supposed or taken back. Those are read from the whole sentence here, each by its own grammar.
"""

from __future__ import annotations

from functools import lru_cache, partial
from typing import Final, NamedTuple

from tracker.core.beforehand import beforehand
from tracker.core.broken_off import broken_off
from tracker.core.conveyed import conveyed
from tracker.core.denied import denied
from tracker.core.despite import despite
from tracker.core.late import late
from tracker.core.lexicon import Hit, Lexicon
from tracker.core.marks import Marks, marks_of
from tracker.core.namesakes import with_own_cabinet, with_own_list
from tracker.core.parted import partable, parted
from tracker.core.reacted import reacted
from tracker.core.returning import comes_back
from tracker.core.signs import sign, signs_in
from tracker.core.stories import several_stories
from tracker.core.subjects import subject_of
from tracker.core.supposed import asks, supposes
from tracker.core.text import Folded, fold, sentences
from tracker.core.unacted import unacted
from tracker.core.undone import undone
from tracker.core.wished import wished

_BACKGROUND: Final = late(
    r"\b(?:despite|amid(?:st)?|after|following|in response to|in (?:the )?wake of|because of|due to"
    r"|in (?:spite of|exception to)|citing|bypassing|slams|blasts|critici[sz]es"
    r"|(?:for|over|on) fears? of|under pressure from|(?:that )?(?:meets?|compl(?:y|ies|ying) with)"
    r"|to (?:avoid|dodge|skirt|sidestep|evade|get around|comply with|meet)|as (?:the )?(?:us|china|"
    r"washington|beijing)\b(?!-))[^,;:。]{3,90}"
    r"|(?:受|由于|因应?|为(?:了)?(?:规避|避免|避开)|规避|避开|不满|反击|报复|面对|鉴于|符合)"
    r"[^,，;；:：。!！ ]{3,24}"
    r"|^[^,，。]{3,24}(?:后|之际|前夕)[,，]"
)
_BACKGROUND_SIGNS: Final = sign(
    "despite", "amid", "after", "following", "response to", "wake of", "because of", "due to",
    "in spite of", "exception to", "citing", "bypassing", "slams", "blasts", "critici",
    "fear", "under pressure", "meet", "compl", "to avoid", "to dodge", "to skirt", "to sidestep",
    "to evade", "to get around", "as us", "as the ", "as china", "as washington", "as beijing",
    "受", "由于", "因", "为规", "为了规", "为避", "为了避", "规避", "避开", "不满", "反击", "报复",
    "面对", "鉴于", "符合", "后", "之际", "前夕",
)  # fmt: skip
"""One of these stands in every background."""

_OFFICE: Final = (
    r"(?:minister|secretary|officials?|spokes(?:man|woman|person)|premier|commissioner|envoy|lawmakers?|senators?"
    r"|大臣|首相|部长|总理|官员|高官|发言人|总统|主席|议员|财长|外长|代表)"
)
_SPEAKER: Final = late(
    rf"^[^:,，。]{{0,30}}{_OFFICE}:|: ?(?:[^:,，。]{{0,24}}[ \u4e00-\u9fff])?{_OFFICE}$"
)
"""A headline whose colon parts somebody in office from what he says."""

_SAID: Final = late(r"\S(?:: ?| [-\u2013\u2014] )(?:us |u\.s\. |the |china's |ex-|\u7f8e\u56fd)?$")
"""What parts words from whoever said them at the end of a headline."""

_PARTING: Final = (":", " - ", " \u2013 ", " \u2014 ")
_EXPLAINS: Final = (
    "how ",
    "inside ",
    "what ",
    "why ",
    "where ",
    "who ",
    "can ",
    "could ",
    "behind ",
)
"""What a headline that tells of no act in particular begins with."""

_ESSAY: Final = late(
    r"^[^\w\u4e00-\u9fff]{0,2}(?:opinions?|op-?ed|comment(?:ary)?|ft view|editorial|column"
    r"|letters?(?: to the editor)?|factbox|fact ?check|(?:book )?reviews?|podcast|q ?& ?a|explainer"
    r"|analysis|viewpoint|guest essay|quiz|timeline|分析|综述|[社时短快锐微述]评|社论|评论"
    r"|评论员文章|专栏|观点|来论|投书|名家|解读|图解|一图|背景)"
    r"(?: ?[:|/]| [-\u2013\u2014] |[】\]」』])"
    r"|(?:一次看懂|一文看懂|一文读懂|懒人包)$"
)
"""How a piece opens that tells of no act of its own: a view, a letter, an account of what was."""

MOST: Final = 12
"""Sentences of a summary that are read."""

_SAYS: Final = len(" says")
_VOICES: Final = frozenset({"person", "us-gov", "cn-gov", "ally-gov"})

_AGENCIES: Final = frozenset({"us-gov", "cn-gov", "ally-gov", "congress"})


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


zone_of: Final = partial(tuple.__new__, Zone)
"""A zone of its five values, in a third of the time that naming them takes."""


def zones(title: Folded, summary: Folded, lexicon: Lexicon, publisher: str = "") -> list[Zone]:
    """The headline and the sentences of the summary with their hits.

    What an agency or a company publishes is its own doing: its name counts as if the title
    held it.

    >>> from tracker.core.examples import lexicon
    >>> from tracker.core.text import fold
    >>> len(zones(fold("US adds Huawei to Entity List"), fold("It is so. And so."), lexicon()))
    3
    """
    marks = marks_of(lexicon)
    found = [_zone(title, lexicon.find(title), lexicon, marks, title=True)]
    if publisher and (mask := _own(publisher, lexicon)):
        found[0] = found[0]._replace(mask=found[0].mask | mask)
    below = sentences(summary)[:MOST]
    found += [_zone(part, lexicon.find(part), lexicon, marks, title=False) for part in below]
    if found[0].mask & marks.responds and any(denied(part.text) for part in below[:2]):
        found[0] = found[0]._replace(mask=found[0].mask | marks.denied)
    return found


def zones_of_clause(clause: Folded, lexicon: Lexicon) -> list[Zone]:
    """The sentences of a clause of some text, with their hits.

    >>> from tracker.core.examples import lexicon
    >>> from tracker.core.text import fold
    >>> len(zones_of_clause(fold("US adds Huawei to Entity List"), lexicon()))
    1
    """
    marks = marks_of(lexicon)
    return [
        _zone(part, lexicon.find(part), lexicon, marks, title=False)
        for part in sentences(clause)[:MOST]
    ]


def at_most(mask: int, text: str, lexicon: Lexicon) -> int:
    """The roles that a clause (folded) has at the most, where its names have those of ``mask``.

    What each grammar of a sentence may add, by what it needs, without reading it.

    >>> from tracker.core.examples import lexicon
    >>> rules = lexicon()
    >>> bool(at_most(rules.bit("us"), "us adds", rules) & rules.bit("subj-us"))
    True
    """
    marks = marks_of(lexicon)
    found = mask | marks.awaited | marks.reacts | marks.broken | marks.unacted
    for side in marks.sides.each:
        if mask & side.roles:
            found |= side.own
    if mask & marks.pausing:
        found |= marks.returned
    if mask & marks.gives_back:
        found |= marks.given
    return found | lexicon.mask_of(partable(text))


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


def _zone(
    text: Folded, named: list[Hit], lexicon: Lexicon, marks: Marks, *, title: bool
) -> Zone:  # fmt: skip
    own = with_own_cabinet(tuple(named), text.original, lexicon)
    hits, mask, verbs = _named(text, own, marks, title=title)
    mask = _by_grammar(mask, text.text, verbs, marks, lexicon)
    if title:
        mask |= _of_headline(text, hits, mask, marks)
    zone = _with_subject(text, hits, mask, marks, title=title)
    if (
        zone.mask & marks.lists_us
        and (own := with_own_list(hits, zone.mask, text.text, lexicon)) is not hits
    ):
        other = _roles(own) | (zone.mask & ~_roles(hits))
        return zone_of((text, own, other, title, zone.fore))
    return zone


def _named(
    text: Folded, hits: tuple[Hit, ...], marks: Marks, *, title: bool
) -> tuple[tuple[Hit, ...], int, str]:
    """What a sentence tells of, its roles, and the text without what is only wished for."""
    mask, verbs = _roles(hits), text.text
    voices = marks.voices
    said = mask & marks.says or ": " in verbs
    if said and mask & voices.acting and (end := conveyed(hits, verbs, voices)):
        hits = tuple([hit for hit in hits if hit.start >= end])
        mask = _roles(hits)
    found = 0
    if mask & marks.eased and (spans := wished(text.text, title=title)):
        verbs = _blanked(verbs, spans)
        hits = tuple([_not_eased(hit, spans, marks.eased) for hit in hits])
        found = marks.awaited if mask & ~_roles(hits) & marks.giving else 0
        mask = _roles(hits)
    if (mask & marks.chinas and mask & marks.curbs) or (mask & marks.meets and mask & marks.stops):
        hits, others = _of_others(hits, mask, text.text, marks)
        mask, found = _roles(hits) if others else mask, found | others
    if mask & marks.dated_by or (mask & marks.governs and mask & voices.acting):
        before, hits = hits, _foreground(hits, mask, text.text, marks)
        mask = mask if hits is before else _roles(hits)
    return hits, mask | found, verbs


def _of_others(
    hits: tuple[Hit, ...], mask: int, text: str, marks: Marks
) -> tuple[tuple[Hit, ...], int]:
    """The names without the verbs of what is only spoken of, and of what stops talks; their roles.

    Each tells that it was so.
    """
    found = 0
    if mask & marks.curbs and mask & marks.chinas and (spans := reacted(text)):
        hits = tuple([hit for hit in hits if not (_does(hit, marks) and _within(hit, spans))])
        found = marks.reacts
    if mask & marks.meets and mask & marks.stops and (spans := broken_off(text)):
        hits = tuple([hit for hit in hits if not (hit.mask & marks.stops and _within(hit, spans))])
        found |= marks.broken
    return hits, found


def _foreground(hits: tuple[Hit, ...], mask: int, text: str, marks: Marks) -> tuple[Hit, ...]:
    """The names without those that only say when, or in spite of what, an act was done.

    They stay where nothing of the topic, or no act of a capital, is told beside them.
    """
    if mask & marks.dated_by and (spans := beforehand(text)):
        left = _outside(hits, spans)
        if (told := _roles(left)) & marks.dated_by:
            hits, mask = left, told
    acting = marks.voices.acting
    if mask & marks.governs and mask & acting and (spans := despite(text)):
        left = _outside(hits, spans)
        told = _roles(left)
        if told & marks.governs and told & acting and told & (marks.topics | marks.voices.firms):
            hits = left
    return hits


def _of_headline(text: Folded, hits: tuple[Hit, ...], mask: int, marks: Marks) -> int:
    """The roles that only a headline has: several stories, words, what it says or takes back."""
    found = marks.stories if several_stories(text.text) else 0
    if text.text.startswith(_EXPLAINS):
        found |= marks.explains
    if _ESSAY.search(text.text):
        found |= marks.essay
    if mask & marks.acting:
        found |= _only_said(text.text, marks) or _turned(text.text, marks)
    parted_off = any(map(text.text.__contains__, _PARTING))
    if parted_off and (_SPEAKER.search(text.text) or any(_speaks(hit, text) for hit in hits)):
        found |= marks.speaker
    return found


def _with_subject(
    text: Folded, hits: tuple[Hit, ...], mask: int, marks: Marks, *, title: bool
) -> Zone:
    """The zone with the roles of whose doing it is."""
    sides = marks.sides
    if not mask & sides.doers:
        return zone_of((text, hits, mask, title, 0))
    spans = _behind(text.text) if mask & sides.firms else []
    front = _outside(hits, spans) if spans else hits
    own = subject_of(front or hits, text.text, sides)
    fore = 0
    if own & sides.firm and len(front) < len(hits):
        fore = own | _roles(front)
    return zone_of((text, hits, mask | own, title, fore))


def _only_said(title: str, marks: Marks) -> int:
    """The roles of a headline that denies an act, asks about one or supposes one."""
    if denied(title):
        return marks.denied
    return marks.supposed * supposes(title) | marks.asks * asks(title)


def _turned(title: str, marks: Marks) -> int:
    """The role of a headline that takes something back."""
    turn = undone(title)
    return 0 if turn is None else marks.curb_gone if turn == "ease" else marks.leave_gone


def _by_grammar(mask: int, text: str, verbs: str, marks: Marks, lexicon: Lexicon) -> int:
    """The roles of a sentence with those that no single name tells.

    ``verbs`` is the text without what is only wished for.
    """
    if (mask & marks.topics or (mask & marks.voices.firms and "deal" in verbs)) and (
        told := parted(verbs)
    ):
        mask |= lexicon.mask_of(told)
    if unacted(mask, text, marks.words):
        mask |= marks.unacted
    if mask & marks.pausing and comes_back(text):
        return mask & ~marks.easing | marks.returned
    return mask | marks.given if mask & marks.gives_back else mask


def _behind(text: str) -> list[tuple[int, int]]:
    """Where a sentence tells what stands behind a firm's step."""
    if not signs_in(text) & _BACKGROUND_SIGNS:
        return []
    return [match.span() for match in _BACKGROUND.finditer(text)]


def _blanked(text: str, spans: list[tuple[int, int]]) -> str:
    for start, end in spans:
        text = f"{text[:start]}{' ' * (end - start)}{text[end:]}"
    return text


def _within(hit: Hit, spans: list[tuple[int, int]]) -> bool:
    return any(start <= hit.start < end for start, end in spans)


def _outside(hits: tuple[Hit, ...], spans: list[tuple[int, int]]) -> tuple[Hit, ...]:
    return tuple([hit for hit in hits if not _within(hit, spans)])


def _roles(hits: tuple[Hit, ...]) -> int:
    mask = 0
    for hit in hits:
        mask |= hit.mask
    return mask


def _does(hit: Hit, marks: Marks) -> bool:
    """Whether a name tells that something is done, and not what it is done to."""
    return bool(hit.mask & marks.doing and not hit.mask & marks.subjects)


def _not_eased(hit: Hit, spans: list[tuple[int, int]], eased: int) -> Hit:
    """A name without the roles of easing where that is only wished for (``要求撤回``)."""
    return hit._replace(mask=hit.mask & ~eased) if _within(hit, spans) else hit


def _speaks(hit: Hit, text: Folded) -> bool:
    """Whether a headline lays its words to this name.

    Before a colon (``黄仁勋：``, ``Raimondo to makers:``), or at its end (``no amnesty: Kudlow``).
    """
    if hit.end >= len(text.text) - _SAYS and _SAID.search(text.text, 0, hit.start):
        return not _VOICES.isdisjoint(hit.entry.tags)
    if "person" not in hit.entry.tags:
        return False
    after = text.text[hit.end : hit.end + 2]
    if after.lstrip()[:1] == ":":
        return True
    if after in ("'s", "’s") or hit.words.endswith(("'s", "’s")):
        return False
    return hit.start < 3 and text.text.find(":", hit.end, 70) >= 0
