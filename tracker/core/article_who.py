"""Who acts in a sentence, on whom and on how many, beside the record of the act."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from tracker.core.article_days import MONTHS
from tracker.core.article_verbs import Difference, between
from tracker.core.event_words import all_of, title_of, told_of
from tracker.core.keys import content
from tracker.core.measures import ACTS
from tracker.core.text import Folded, fold
from tracker.core.touching import BROAD
from tracker.core.traits import COMMON
from tracker.model import Mention, RecordEvent

_LANDS: Final = {
    "US": r"the u\.?s\.?a?|u\.s\.|us|the united states|washington|bis|美国|美方|华盛顿",
    "CN": r"china|beijing|中国|中方|北京",
    "NL": r"the netherlands|netherlands|the hague|荷兰",
    "JP": r"japan|tokyo|日本",
    "KR": r"south korea|korea|seoul|韩国",
    "TW": r"taiwan|taipei|台湾",
    "EU": r"the eu|the european union|brussels|欧盟",
    "GB": r"britain|the uk|london|英国",
    "CA": r"canada|ottawa|加拿大",
    "SG": r"singapore|新加坡",
    "MY": r"malaysia|马来西亚",
}
_VERB: Final = (
    r"(?:suspen|paus|lift|end|repeal|rescind|revok|withdr|scrap|abolish|cancel|remov|drop|ban|bar|prohibit"
    r"|block|requir|restrict|control|impos|add|put|list|blacklist|announc|propos|publish|issu|grant"
    r"|approv|allow|clear|open|launch|summon|fin|charg|indict|tell|told|order|extend|tighten|widen)"
    r"(?!ese)[a-z]*"
)
_HAN_VERB: Final = (
    r"(?:政府|商务部)?(?:宣布|决定|将|对|暂停|禁止|限制|要求|取消|撤销|解除|废除|废止|批准|允许|把|实施|发布|公布"
    r"|列入|约谈|通知)"
)
_MONTHS: Final = "|".join(MONTHS)
_ACTS: Final = {
    land: re.compile(
        rf"(?:^ ?|[,;，；] ?|\band |\bbut |\b\d{{1,4}} |\b(?:{_MONTHS}) |日|月)(?:{names})"
        rf"(?: (?:also |formally |partly |has |have )?{_VERB}\b|{_HAN_VERB})"
    )
    for land, names in _LANDS.items()
}
"""A capital as the subject of a verb, at the head of a clause."""

_TOWARD: Final = {
    land: re.compile(
        rf"\b(?:export|sale|sell|shipment|sold|ship)\w*\b[^;.]{{0,60}}? to (?:{names})\b"
        rf"|[对向](?:{names})[^,，。;；]{{0,6}}(?:出口|销售|供应)"
    )
    for land, names in _LANDS.items()
}
"""A country to which something is exported or sold."""

_CURBS: Final = frozenset({"rule", "licence", "countermeasure"})
_VOTE: Final = re.compile(r"(?<![\d-])(\d{1,3})(?:-| to )(\d{1,3})(?![\d-]|%| (?:percent|days))")
_CHAMBERS: Final = {
    "the House": re.compile(r"\bhouse\b(?! (?:committee|panel|foreign|china|select))|众议院"),
    "the Senate": re.compile(r"\bsenate\b|参议院"),
}
_VOTES: Final = re.compile(
    r"\b(house|senate) (?:has |have )?(?:pass|approv|adopt|back|reject|vot)\w*|(众议院|参议院)通过"
)
_NUMBERS: Final = {
    word: str(number)
    for number, word in enumerate(
        ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
         "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
         "nineteen", "twenty"), 2)
}  # fmt: skip
_COUNT: Final = re.compile(
    rf"(?<![\w.,$€£¥%-])(?P<n>\d{{1,3}}|{'|'.join(_NUMBERS)})"
    r"(?P<of>(?: [a-z][a-z’'-]+){1,4})(?![\w%])"
)
_OF_LAND: Final = re.compile(
    rf"(?<![\w.,$])(?:\d{{1,3}}|{'|'.join(_NUMBERS)}) (?:more |other )?"
    r"(chinese|us|american|japanese|taiwanese|korean|dutch|eu|european|british|canadian|russian)\b"
)
_PEOPLE: Final = re.compile(
    rf"\b(\d{{1,2}}|{'|'.join(_NUMBERS)}) (?:\w+ )?"
    r"(?:people|men|women|persons|individuals|executives)\b"
)
_CHARGED: Final = re.compile(
    rf"\b(?:charges|charged|indicts|arrests) (\d{{1,2}}|{'|'.join(_NUMBERS)})\b"
)
_NO_COUNT: Final = re.compile(
    rf"^(?:{_MONTHS}"
    r"|percent|per|million|billion|days?|weeks?|months?|years?|nm|gw|of|and|in|on|to|the|more|other)$"
)
PERCENT: Final = re.compile(r"(\d{1,3}(?:\.\d+)?) ?(?:%|percent|per cent)")
_FEW: Final = 2
"""Letters that a word has at most which is not the noun that is counted."""


def parties(text: Folded, mention: Mention, event: RecordEvent, told: Sequence[RecordEvent],
            firms: frozenset[str]) -> list[Difference]:  # fmt: skip
    """Capitals, chambers, firms, wares and counts of a sentence that the record has otherwise.

    A name that one of the sentence's other events has (``told``) is no stranger's. Without
    ``firms`` no names are compared.

    >>> from tracker.core.event_days import _example
    >>> from tracker.core.examples import mention
    >>> parties(fold("it rained"), mention(), _example(), (), frozenset())
    []
    """
    found = (
        _doer(text.text, event), _chamber(text.text, event), _named(mention, event, told, firms),
        _counted(text.text, event), _percent(text.text, event), _voted(text.text, event),
        _toward(text.text, event), _charged(text.text, event), _whose(text.text, event),
    )  # fmt: skip
    return [one for one in found if one]


def doers(folded: str) -> frozenset[str]:
    """The capitals that a folded text names as those that do something.

    >>> sorted(doers("japan restricted tools, and china banned gallium")), doers("japan was hit")
    (['CN', 'JP'], frozenset())
    """
    return frozenset(land for land, rule in _ACTS.items() if rule.search(folded))


def _doer(text: str, event: RecordEvent) -> Difference | None:
    said = doers(text)
    if not said or event.kind not in ACTS or not event.jurisdiction:
        return None
    if said & set(event.jurisdiction):
        return None
    told, held = ", ".join(sorted(said)), ", ".join(event.jurisdiction)
    return Difference(f"article: {told} acts; record: {held}", sure=True)


def _chamber(text: str, event: RecordEvent) -> Difference | None:
    """The House for the Senate; a bill passes each of them on a day of its own."""
    if event.kind != "legislation":
        return None
    voted = " ".join(filter(None, (part for one in _VOTES.findall(text) for part in one)))
    said, held = (
        {name for name, rule in _CHAMBERS.items() if rule.search(words)}
        for words in (voted, title_of(event))
    )
    if not said or not held or said & held:
        return None
    return between(said, held, sure=True)


def _named(mention: Mention, event: RecordEvent, told: Sequence[RecordEvent],
           firms: frozenset[str]) -> Difference | None:  # fmt: skip
    """Firms that a sentence names as those of the act and the record does not, or other wares."""
    if event.kind not in _OF_PARTIES or not firms:
        return None
    every = (event, *told)
    missing = {name for name in mention.actors if not any(_has(one, name) for one in every)}
    wares = set(mention.items) - BROAD - _SORTS
    missing &= firms - COMMON if wares & set(event.items) else firms
    if event.kind == "rule":
        missing = set()  # whom a rule touches the record does not list
    if wares and set(event.items) - BROAD:
        strange = {ware for ware in wares if not any(_has(one, ware) for one in every)}
        missing |= strange if strange == wares else set()
    if not missing:
        return None
    return Difference(f"the record does not name {', '.join(sorted(missing))}", sure=False)


_OF_PARTIES: Final = frozenset({"rule", "listing", "countermeasure", "enforcement", "licence"})
_SORTS: Final = frozenset({"critical minerals", "emerging technologies", "telecom gear"})
"""Wares that are called by the one they belong to."""


def _has(event: RecordEvent, name: str) -> bool:
    """Whether the record of an act has a name or its first word, in any of its fields."""
    if name in (*event.actors, *event.items, *event.terms):
        return True
    if any(key.endswith(f":{name}") for key in event.keys):
        return True
    words = all_of(event)
    return fold(name).text.split()[0] in words


def _counted(text: str, event: RecordEvent) -> Difference | None:
    """Another number of the same things: ``17 rare earths`` for ``seven rare earths``."""
    held = list(_counts(title_of(event)))
    every = _numbers_in(event)
    for number, things in _counts(text):
        same = [count for count, others in held if len(things & others) > 0]
        if same and number not in every:
            words = f"article: {number} {min(things)}; record: {', '.join(same)}"
            return Difference(words, sure=True)
    return None


def _charged(text: str, event: RecordEvent) -> Difference | None:
    """Another number of people charged, arrested or indicted."""
    said, held = (
        {_NUMBERS.get(one, one) for one in rule.findall(words)}
        for rule, words in ((_PEOPLE, text), (_CHARGED, title_of(event)))
    )
    every = _numbers_in(event)
    if event.kind != "enforcement" or not said or not held or said & every:
        return None
    return Difference(f"article: {min(said)} people; record: {min(held)}", sure=True)


def _whose(text: str, event: RecordEvent) -> Difference | None:
    """Firms of another country, where both count them: ``seven Japanese`` for ``seven US``."""
    said, held = (set(_OF_LAND.findall(words)) for words in (text, title_of(event)))
    if not said or not held or said & held or {"us", "american"} == said | held:
        return None
    if any(one in told_of(event) for one in said):
        return None
    return between(said, held, sure=True)


def _voted(text: str, event: RecordEvent) -> Difference | None:
    """Another count of a vote."""
    said = {match.groups() for match in _VOTE.finditer(text)}
    held = {match.groups() for match in _VOTE.finditer(told_of(event))}
    if event.kind != "legislation" or not said or not held or said & held:
        return None
    told, has = (", ".join("-".join(vote) for vote in sorted(votes)) for votes in (said, held))
    return Difference(f"article: {told}; record: {has}", sure=True)


def _toward(text: str, event: RecordEvent) -> Difference | None:
    """Another country to which exports are curbed than the one of the record's title."""
    said, held = _targets(text), _targets(title_of(event))
    every = {land for land, names in _LANDS.items() if re.search(names, told_of(event))}
    if event.kind not in _CURBS or not said or not held or said & (held | every):
        return None
    told = f"article: to {', '.join(sorted(said))}; record: to {', '.join(sorted(held))}"
    return Difference(told, sure=True)


def _targets(folded: str) -> set[str]:
    return {land for land, rule in _TOWARD.items() if rule.search(folded)}


def _percent(text: str, event: RecordEvent) -> Difference | None:
    """Another per cent than the one of the record's title, where both name one alone."""
    said, held = set(PERCENT.findall(text)), set(PERCENT.findall(title_of(event)))
    every = set(PERCENT.findall(told_of(event)))
    if event.kind not in ACTS or len(said) != 1 or len(held) != 1 or said & every:
        return None
    return Difference(f"article: {min(said)}%; record: {min(held)}%", sure=True)


def counts_of(folded: str) -> frozenset[str]:
    """The numbers of things that a folded text counts.

    >>> sorted(counts_of("controls on 23 chip tools, seven of them new"))
    ['23']
    """
    return frozenset(number for number, _ in _counts(folded))


def _counts(folded: str) -> list[tuple[str, set[str]]]:
    found = []
    for match in _COUNT.finditer(folded):
        words = match["of"].split()
        if _NO_COUNT.match(words[0]):
            continue
        things = {word.rstrip("s") for word in content(" ".join(words)) if len(word) > _FEW}
        found.append((_NUMBERS.get(match["n"], match["n"]), things - _COMMON))
    return found


_COMMON: Final = frozenset({
    "chinese", "china", "american", "japanese", "taiwanese", "dutch", "more", "other", "export",
    "after", "from", "over", "with", "under", "that", "their", "against", "china'", "u",
})  # fmt: skip


def _numbers_in(event: RecordEvent) -> set[str]:
    """The words of an event, numbers in figures: what is no count of its title may stand there."""
    return {_NUMBERS.get(one, one) for one in re.findall(r"\w+", told_of(event))}
