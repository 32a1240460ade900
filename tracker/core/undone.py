"""Which way a headline goes that takes something back: a ban lifted eases, a waiver withdrawn not.

``scraps affiliates rule suspension``, ``overturns denial of licence``, ``waiver runs out``, and
in Chinese (``core.undone_zh``) ``撤回对三星豁免的撤销令``: each verb that undoes turns what it
governs around, and what is undone may itself undo something. So the sign of a clause is that of
the thing at its end, turned once for each such word before it. Things are curbs (bans, listings,
duties) or leave (licences, waivers, pauses of curbs); of names side by side the last counts
(``export licence requirement``). A headline without a word that undoes is none of this module's.

Read on folded text (lower case, simplified characters), clause by clause; what is only asked for,
feared, supposed or told of another time is passed over, and a question tells nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, Literal, NamedTuple

from tracker.core import signs
from tracker.core.late import late
from tracker.core.negation import KEPT_FROM
from tracker.core.undone_zh import undone_zh

Turn = Literal["ease", "tighten"]


class _Word(NamedTuple):
    """A word of the grammar in a clause.

    ``undo`` turns what it governs, or else what stands before it; ``undoing`` is its noun;
    ``keep`` leaves it (a plan, an extension); ``free`` eases whatever it governs; ``link`` is a
    preposition. Things are a ``curb``, ``leave`` or a ``flow`` of goods.
    """

    sort: str
    start: int
    end: int
    words: str


_UNDO: Final = (
    r"withdraw(?:s|n|ing)?|withdrew|scrap(?:s|ped|ping)|(?<=to )scrap|(?<=will )scrap"
    r"|drop(?:s|ped|ping)?|abandon(?:s|ed|ing)?"
    r"|cancel(?:s|led|ed|ling|ing)?|call(?:s|ed|ing)? off|rescind(?:s|ed|ing)?"
    r"|retract(?:s|ed|ing)?|revers(?:e|es|ed|ing)|overturn(?:s|ed|ing)?"
    r"|(?:walk(?:s|ed|ing)?|tak(?:e|es|ing)|took|pull(?:s|ed)?) back"
    r"|back(?:s|ed|ing)? (?:off|away)(?: from)?|shelv(?:e|es|ed|ing)|terminat(?:e|es|ed|ing)"
    r"|quash(?:es|ed)?|overrul(?:e|es|ed)|undo(?:es|ing)?|undid|ditch(?:es|ed)?|nix(?:es|ed)?"
    r"|str(?:ikes|iking|uck) down|th(?:rows|rew) out|halt(?:s|ed|ing)?|end(?:s|ed|ing)?(?! use)"
    r"|prevent(?:s|ed|ing)?(?= (?:[\w'-]+ ){0,2}(?:eas|relax|loosen|lift))"
    r"|stop(?:s|ped|ping)?|vot(?:es|ed) down"
    r"|lift(?:s|ed|ing)?|revok(?:e|es|ed|ing)|repeal(?:s|ed|ing)?"
    r"|remov(?:e|es|ed|ing)|suspend(?:s|ed|ing)?|paus(?:e|es|ed|ing)|fre(?:ezes|eze|ezing)|froze"
    r"|delay(?:s|ed|ing)?|postpon(?:e|es|ed|ing)|clos(?:es|ed)|waiv(?:e|es|ed|ing)"
    r"|strip(?:s|ped|ping)?|veto(?:es|ed|ing)?|no longer|(?:refus|declin)(?:es|ed) to"
    r"|(?:decid|opt|cho)(?:es|ed|s|ose|oses|se)? (?:against|not to)"
    r"|reject(?:s|ed) (?:[\w'-]+ ){0,4}?(?:bid|request|plea|appeal|petition|motion|amendment)"
    r"(?: to)?"
    r"|(?:loses?|lost|losing)(?= (?:[\w'-]+ ){0,3}?(?:waivers?|licen[cs]es?|permits?|exemptions?"
    r"|authori[sz]ations?|veu status)\b)"
    r"|(?<=judge )blocks?(?:ed)?|(?<=court )blocks?(?:ed)?|h(?:olds?|olding|eld) off(?: on)?"
    r"|relinquish(?:es|ed|ing)?|laps(?:e|es|ed)|expir(?:e|es|ed)|(?:run|runs|ran) out"
    r"|off(?= (?:[\w'-]+ ){0,3}list)"
)
_UNDOING: Final = (
    r"suspension|pause|moratorium|freeze|removal|delisting|denial|revocation|withdrawal|rejection"
    r"|lifting|cancellation|repeal|rescission|reversal|non-renewal|expiry|expiration|termination"
    r"|end(?= of)"
)
_KEEP: Final = (
    r"extend(?:s|ed|ing)?|prolong(?:s|ed|ing)?|renew(?:s|ed|ing)?|restor(?:e|es|ed|ing)"
    r"|reinstat(?:e|es|ed|ing)|reviv(?:e|es|ed|ing)|keep(?:s|ing)?|kept"
    r"|(?:re-?)?impos(?:e|es|ed|ing)"
    r"|plans?|decisions?|proposals?|moves?|motion|effort|pledge|threat|draft|push|bill|amendment"
    r"|rule change|offer"
)
_CURB: Final = (
    r"bans?|embargo(?:es)?|curbs?|controls?|restrictions?|prohibitions?|blacklist(?:ing|ings)?"
    r"|designations?|listings?|probes?|investigations?|tariffs?|dut(?:y|ies)|lev(?:y|ies)|fees?"
    r"|charges|fines?|penalt(?:y|ies)|convictions?"
    r"|sanctions?|requirements?|mandates?|quotas?|is-informed letters?|guidance|rules?|limits|caps?"
    r"|interventions?|seizures?|takeovers?(?! (?:bid|offer|target|talks|deal|battle))"
    r"|\d+(?:%| ?per ?cent) (?:cut|share|take)|revenue[ -](?:cut|share|sharing)"
    r"|countermeasures?|(?:entity|unverified|military|trade|export|1260h|pentagon|black) lists?"
    r"|military companies list|list|expansion|require[sd]?|needs?|needed|subject to"
    r"|(?:seizure|takeover|control|nexperia|denial|stop-ship) orders?"
    r"|(?:to |from |that (?:would|could|will) (?:have )?)(?:ban|bar|block|curb|restrict|limit"
    r"|blacklist|tighten|impose|require|cap|sanction|add)(?:n?ed|red|d)?|blocking|restricting|barring|banning"
    r"|adding|blacklisting|sanctioning|imposing|cases?(?= against)"
    r"|curbing|requiring|tightening"
)
_LEAVE: Final = (
    r"waivers?|exemptions?|exclusions?|licen[cs]es?|permits?|authori[sz]ations?|reprieves?"
    r"|exceptions?|carve-?outs?|approvals?|loopholes?"
    r"|(?:validated )?end-users? (?:status|list|program(?:me)?)"
    r"|veu(?: (?:status|list|program(?:me)?))?|(?:status|list of) validated end-users?|permission"
    r"|(?:to |from |that (?:would|could|will) (?:have )?)(?:allow|let|permit|approve|grant|ease"
    r"|relax|lift|exempt|greenlight)|allowing|letting"
)
_FLOW: Final = r"exports|sales|shipments|imports|purchases|deliveries|supplies"
_FREE: Final = (
    r"exempt(?:s|ed|ing)?|spar(?:es|ed|ing)|eas(?:e|es|ed|ing)|relax(?:es|ed|ing)?|loosen(?:s|ed)?"
)
_WORDS: Final = late(
    rf"(?<![\w-])(?:(?P<undoing>{_UNDOING})|(?P<keep>{_KEEP})|(?P<curb>{_CURB})|(?P<leave>{_LEAVE})"
    rf"|(?P<undo>{_UNDO})|(?P<free>{_FREE})|(?P<flow>{_FLOW})|(?P<link>of|on|from|off|against|over"
    rf"|to|by|with|for|at|in))(?![\w-])"
)
_CLAUSE: Final = re.compile(
    r"(?!, [\w.'-]+ (?:export )?(?:licen[cs]es|waivers|permits|exemptions)\b)"  # of two firms
    r"[,;:.!?]+['\"\u2019\u201d]?(?: |$)"
    r"|\b(?:after|as|while|despite|amid|but|before|until|because|ahead of|if|unless|when|following"
    r"|although|though|even|and)\b"
)
_ASIDE: Final = frozenset({
    "after", "despite", "amid", "before", "until", "because", "ahead of", "if", "unless",
    "following", "although", "though", "even",
})  # fmt: skip
"""What begins a clause that tells of another act, or of none."""

_NOT_OURS: Final = late(
    r"\bsu(?:es?|ed|ing)\b"
    r"|\b(?:urg|ask|press|lobb|demand|plead|appeal(?!s court)|petition|call(?:s|ed|ing)? (?:on|for)"
    r"|seek|sought|want|hop(?:e|es|ed|ing)\b|oppos|critici[sz]|fear|doubt|expect|wish|warns|why|how"
    r"|whether|what)"
    r"|(?<!that )(?<!bill )\b(?:not|never|could|(?<!\d )may(?! \d)|might|should|would)\b|n't\b"
    rf"|{KEPT_FROM}"
)
_SIGNS: Final[dict[str, int]] = {"curb": -1, "leave": 1, "flow": 1}
_ASKS: Final = frozenset(
    {"require", "requires", "required", "needs", "need", "needed", "subject to"}
)
"""What asks for leave: a curb, though the leave is named behind it."""

_BACK: Final = ("reinstat", "reviv", "restor", "reimpos", "re-impos")
"""What brings a thing back that was undone before (``reinstates rule rescinded in May``)."""

_UNRENEWED: Final = late(
    r" (?:will not|won't|would not|not to) (?:be )?(?:extend|renew)(?:ed)?\b"
    r"(?= ?(?:$|[,;:.]|for\b|after\b))"
)
"""A thing of which it is said that nobody renews it, which is no denial."""

_NEXT: Final = 2  # a blank, and a quotation mark

_ALONE: Final[dict[str, int]] = {
    "suspension": 1, "pause": 1, "moratorium": 1, "freeze": 0, "denial": -1, "revocation": -1,
}  # fmt: skip
"""What a noun of undoing says where nobody says what is undone."""

_STEM: Final = 4
_STEMS: Final = frozenset({
    "scra", "drop", "aban", "canc", "call", "resc", "retr", "reve", "over", "walk", "back",
    "shel", "term", "quas", "undo", "undi", "ditc", "nix", "nixe", "stri", "stru", "thro", "thre",
    "halt", "end", "ends", "ende", "endi", "stop", "lift", "revo", "repe", "remo", "susp", "paus",
    "free", "froz", "reli", "dela", "post", "clos", "waiv", "veto", "vote", "no", "refu", "decl",
    "reje", "lose", "lost", "losi", "bloc", "hold", "held", "rein", "revi", "rest", "reim", "re-i",
    "deci", "opts", "opte", "choo", "chos", "take", "taki", "took", "pull",
    "laps", "expi", "run", "runs", "ran", "off", "prev", "deli", "deni", "non-", "mora", "exem",
    "spar", "ease", "easi", "rela", "loos",
})  # fmt: skip
"""How words of undoing begin: most headlines have none, and are read no further."""

_STEM_SIGNS: Final = signs.sign(*(f" {stem}" for stem in sorted(_STEMS)))
"""The same behind a blank: only a headline's first word can begin so without it."""


def undone(text: str) -> Turn | None:
    """Which way a headline (folded) goes that undoes something; None where it undoes nothing.

    >>> undone("us scraps affiliates rule suspension"), undone("commerce overturns licence denial")
    ('tighten', 'ease')
    >>> undone("samsung waiver runs out"), undone("us adds firms to entity list")
    ('tighten', None)
    """
    if text.endswith("?"):
        return None
    text = _UNRENEWED.sub(" expires", text)
    turn = 0
    if _may_undo(text):
        turn = next(filter(None, map(_sign, _clauses(text))), 0)
    if not turn and not text.isascii():
        turn = undone_zh(text)
    return None if not turn else "ease" if turn > 0 else "tighten"


def _may_undo(text: str) -> bool:
    """Whether a word begins as one of undoing does."""
    if "withdr" in text:
        return True
    if not signs.signs_in(text) & _STEM_SIGNS and text.partition(" ")[0][:_STEM] not in _STEMS:
        return False
    return not _STEMS.isdisjoint([word[:_STEM] for word in text.split()])


def _clauses(text: str) -> Iterator[str]:
    """The clauses that tell of an act of the headline's own."""
    start, aside = 0, False
    for mark in (*_CLAUSE.finditer(text), None):
        clause = text[start : mark.start() if mark else len(text)]
        if clause and not aside and not _NOT_OURS.search(clause):
            yield clause
        if mark is None:
            return
        word, start = mark[0].strip(), mark.end()
        aside = word in _ASIDE or (aside and word == "and")


def _sign(clause: str) -> int:
    """1 where a clause eases, -1 where it tightens, 0 where it undoes nothing."""
    words = [
        _Word(found.lastgroup or "", found.start(), found.end(), found[0])
        for found in _WORDS.finditer(clause)
    ]
    if words and words[0].sort == "keep" and words[0].words.startswith(_BACK):
        return _object(words[0], words[1:])
    for at, word in enumerate(words):
        if word.sort == "free":
            return 1 if any(one.sort in _SIGNS for one in words[at + 1 :]) else 0
        if word.sort == "undo" and word.words.startswith("waiv"):
            return abs(_object(word, words[at + 1 :]))  # the need of leave is waived
        if word.sort == "undo":
            return -(_object(word, words[at + 1 :]) or _subject(words[:at]))
        if word.sort == "undoing":
            sign = _noun(words, at, alone=False)
            over = next((one for one in words[at + 1 :] if one.sort == "undo"), None)
            return -sign if over else sign
    return 0


def _object(verb: _Word, rest: Sequence[_Word]) -> int:
    """The sign of what a verb governs; 0 where it governs nothing that has one."""
    for at, word in enumerate(rest):
        if word.sort == "link":
            if _off_list(verb, rest[at + 1 :]):
                return -1
            if word.words in ("of", "to", "by", "for"):
                continue
            return 0
        if word.sort == "keep":
            continue
        if word.sort == "undo":
            return -_object(word, rest[at + 1 :])
        if word.sort == "free":
            return 1
        if word.sort == "flow" and verb.words.startswith("lift"):
            return 0  # figures are lifted, too
        return _named(rest, at)
    return 0


def _off_list(verb: _Word, rest: Sequence[_Word]) -> bool:
    """Whether somebody is taken from a list, or is no longer on it."""
    listed = bool(rest) and rest[0].sort == "curb" and rest[0].words.endswith(("list", "lists"))
    return listed and verb.words.startswith(("remov", "drop", "strip", "no longer", "withdr"))


def _named(words: Sequence[_Word], at: int) -> int:
    """The sign of names side by side, of which the last is meant."""
    if words[at].words in _ASKS:
        return -1
    last = at
    while last + 1 < len(words) and _beside(words[last], words[last + 1]):
        last += 1
    word = words[last]
    return _noun(words, last) if word.sort == "undoing" else _SIGNS.get(word.sort, 0)


def _beside(one: _Word, other: _Word) -> bool:
    return other.start - one.end <= _NEXT and other.sort in ("curb", "leave", "undoing")


def _noun(words: Sequence[_Word], at: int, *, alone: bool = True) -> int:
    """The sign of a noun of undoing: what it undoes follows with ``of``, or stands before it.

    Where neither does it has a sign of its own only as something undone (``ends suspension``).
    """
    own = _ALONE.get(words[at].words, 0) if alone else 0
    after = words[at + 1 : at + 2]
    if words[at].words == "lifting" and after and after[0].sort in _SIGNS:
        return -_named(words, at + 1)  # ``floats lifting curbs``
    if after and after[0].sort == "link":
        if sign := _object(words[at], words[at + 2 :]):
            return -sign
        return -1 if _off_list(words[at], words[at + 2 :]) else own
    if at and _beside(words[at - 1], words[at]) and words[at - 1].sort in _SIGNS:
        return -_SIGNS[words[at - 1].sort]
    return own


def _subject(before: Sequence[_Word]) -> int:
    """The sign of what stands before a verb that governs nothing (``waiver runs out``)."""
    named = [at for at, one in enumerate(before) if one.sort in ("curb", "leave", "undoing")]
    if not named:
        return 0
    word = before[named[-1]]
    return _noun(before, named[-1]) if word.sort == "undoing" else _SIGNS[word.sort]
