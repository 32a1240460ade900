"""What sort of act a sentence tells, beside the record's: a ban is no licence, a pause no repeal.

Verbs are sorted into classes, and classes into groups. Where a sentence and the record both have a
class of a group and none in common they differ: surely (``granted`` and ``promised``), or loosely,
where newspapers use the one word for the other (``ban`` for a licence requirement).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from tracker.core.event_words import all_of, title_of, told_of
from tracker.core.text import fold
from tracker.model import RecordEvent

LOOSELY: Final = "imprecise: "
"""How a remark begins on words that newspapers use for each other."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs, in words; ``sure`` where the one excludes the other."""

    words: str
    sure: bool


_UNDONE: Final = {
    "suspends": re.compile(
        r"\bsuspen\w+|\bpaus(?:e|es|ed|ing)\b|\bshelv\w+|\bputs? on hold\b|暂停|中止|暂缓"
    ),
    "ends": re.compile(
        r"\b(?:repeal|rescind|rescission|revok|revocation|abolish|scrapp?|withdr[ae]w|cancel|terminat"
        r"|annul)\w*"
        r"|\bend(?:s|ed)\b|\bremov(?:es|ed)\b|\bdrop(?:s|ped)?\b|\bundone\b|\bundo(?:es)?\b"
        r"|\bdid not renew\b|\bstops? granting\b|\btakes? .{0,40} off\b"
        r"|废除|废止|撤销|撤回|取消|移出|吊销"
    ),
    "lifts": re.compile(r"\blift(?:s|ed|ing)?\b|解除|解禁"),
}
"""How an act or a leave is undone: for a time, for good, or in a word that leaves it open."""

_MADE: Final = re.compile(
    r"\b(?:issu|impos|adopt|enact|finali[sz]|tighten|expand|widen|reinstat|reviv)(?:es|ed|s)\b"
    r"|\b(?:maintain|keep|retain)(?:s|ed)\b|\bkept\b|收紧|维持|扩大|加强"
)
"""What is done to a curb that stays or comes."""

_LEAVE: Final = {
    "promises": re.compile(
        r"\b(?:will|would|(?:is|are|was|were|plan(?:s|ned)?) to) (?:soon )?(?:be )?"
        r"(?:grant|issue|approve|licen[cs]e|resume)\w*"
        r"|\b(?:promis|assur|pledg)\w+|将(?:予以|会|获)?(?:发放|批准|允许|恢复|签发)|承诺|保证"
    ),
    "grants": re.compile(
        r"\b(?:grant|issu|obtain|receiv|award|renew|got|gets?|gave|gives?|giving|has|have|had|holds?"
        r"|reveals?|hands?|handed)\w*\b(?: [\w’'.-]+){0,7}?"
        r" (?:licen[cs]es?|permits?|leave|permission)\b"
        r"|\blicen[cs](?:es?|ing) (?:are |were |was |is |have been |has been )?(?:granted|issued)\b"
        r"|\b(?:us|china|commerce|washington|beijing|bis) licen[cs](?:es|ed) [a-z]"
        r"|(?<!不)(?<!将)(?:发放|颁发|签发|获得|获|取得)[^,，。须需]{0,12}许可(?!要求)"
    ),
    "allows": re.compile(
        r"\b(?:approv(?:es|ed|ing)|allow(?:s|ed|ing)?|clear(?:s|ed)|permitted|lets?|may)\b"
        r"|(?<!未)(?<!不)(?<!将)(?:批准|允许|放行)"
    ),
    "refuses": re.compile(
        r"\b(?:refus|den[iy]|reject|withh[eo]ld)\w*\b|\b(?:did not|not) (?:renew|grant|issue)\w*"
        r"|\bwill not (?:allow|grant|approve)\b"
        r"|拒绝|驳回|不予批准|未批准"
    ),
}
"""Leave that is to come, that came, that was refused."""

_LEVEL: Final = {
    "a ban": re.compile(
        r"\bban(?:s|ned|ning)?\b|\bbar(?:s|red|ring)\b|(?<!general )\bprohibit\w*"
        r"|\bembargo\w*|\boutlaw\w*"
        r"|\bblock(?:s|ed)?\b|\bforb[aiy]d\w*|\bhalt(?:s|ed)? (?:\w+ ){0,2}exports?\b"
        r"|禁止|禁令|禁售|禁运|不予许可|封锁"
    ),
    "a licence requirement": re.compile(
        r"\b(?:need|requir|impos|announc|introduc|publish|subject|plan|extend|widen|under|own|add)\w*"
        r"\b(?: [\w’'.-]+){0,9}? (?:licen[cs](?:es?|ing)|permits?)\b"
        r"|\blicen[cs](?:e|ing) (?:rule|requirement|regime)s?\b|\bexport licen[cs]es? for\b"
        r"|须[^,，。]{0,8}(?:许可|审批)|(?:许可|审批)(?:要求|制度|管理)|(?:实施|实行)[^,，。]{0,8}出口许可"
        r"|需[^,，。]{0,8}许可|要求[^,，。]{0,16}许可"
    ),
    "advice": re.compile(
        r"\b(?:tell|told|urge|ask|advis|discourag|warn)\w*\b(?: [\w’'-]+){1,5}? to (?:\w+ )?"
        r"(?:avoid|stop|drop|hold|cut|shun)\b|\bdiscourag\w*|\bwarn(?:s|ed|ing)?\b|\bguidance\b|劝|警告|指引"
    ),
    "controls": re.compile(
        r"\bcontrol(?:s|led)?\b|\bcurbs?\b|\brestrict\w*|\blimits?\b|\btighten\w*|管制|限制|收紧"
    ),
}
"""How far a curb goes; ``controls`` may be any, and advice is no ban."""

_STEP: Final = {
    "a summons": re.compile(r"\bsummon\w*|约谈"),
    "a fine": re.compile(r"\bfin(?:e|es|ed)\b|\bpenalt\w+|罚款|处罚"),
    "a probe": re.compile(
        r"\bprobes?\b|\binvestigat\w+|\binquir(?:y|ies)\b|(?<!-)\bcases?\b(?!-)|\breviews?\b|调查|立案|审查"
    ),
    "a charge": re.compile(r"\b(?:charges|charged|indict\w*|unseals?|sues|sued)\b|起诉|指控"),
    "a conviction": re.compile(r"\bconvict\w*|\bsentenc(?:ed|es)\b|定罪|判处|判刑"),
    "a guilty plea": re.compile(r"\bguilty\b|认罪"),
    "a settlement": re.compile(r"\bsettle[sd]?\b|\bto pay\b|\bpaid\b|和解"),
    "a warning": re.compile(r"\bwarn(?:s|ed)?\b|警告"),
    "a finding": re.compile(r"\bfindings?\b|\bfinds?\b|\bfound\b|认定"),
}
"""How far a case has gone."""

_PROPOSED: Final = re.compile(
    r"\b(?:propos|draft|consider|plan|weigh|float|threat|seek|intend|announc|ask)\w*"
    r"|\b(?:may|would|could|will|said|says)\b|拟|提议|草案|考虑|计划|将|征求意见|威胁|宣布|称|表示"
)
_IN_FORCE: Final = re.compile(
    r"\b(?:impos(?:es|ed)|took effect|takes effect|in force|into force|came into|adopt(?:s|ed)"
    r"|enact(?:s|ed)|finali[sz]\w+|issu(?:es|ed))\b|生效|施行|正式实施|开征|最终规则"
)
_ONLY_PROPOSED: Final = re.compile(r"\bpropos(?:es|ed|al)\b|\bdrafts?\b|提议|草案|征求意见")
_BEGINS: Final = re.compile(
    r"\b(?:took|takes?|came|comes?|enter(?:s|ed)?|went|goes) (?:in|into)? ?(?:effect|force)\b"
    r"|\b(?:in force|effective) (?:from|since|on|as of)\b|生效|起施行"
)

_CLOSE: Final = 12
"""Letters between a day and the words that say that something began on it."""

_THING: Final = (
    r"exports?|sales?|shipments?|buyers?|customers?|compan(?:y|ies)|firms?|chips?|buying|purchases?"
    r"|rare[ -]earths?|products?|goods|entit(?:y|ies)|operators?|(?:data ?)?cent(?:re|er)s?|tools?"
)
_WHOLE: Final = re.compile(
    r"\b(?:all|any|every|each)\b(?! of (?:this|it|that))(?: (?!but\b)[\w’'-]+){0,2}?"
    rf" (?:{_THING})\b"
    r"|\b(?:complete(?:ly)?|total|entire(?:ly)?|blanket|outright|full) (?:\w+ )?"
    r"(?:ban|embargo|halt)\b"
    r"|全面(?=禁|停|封|解)|所有|一切|任何|全部"
)
_ALL: Final = re.compile(
    r"(?<!above )\b(?:all|any|every|each|whole|entire|blanket)\b|全面|所有|一切|任何|全部"
)


def unlike(text: str, event: RecordEvent) -> list[Difference]:
    """What the verbs of a folded text and of an event say otherwise.

    >>> from tracker.core.event_days import _example
    >>> unlike("it rained", _example())
    []
    """
    found = (
        _undone(text, event), _leave(text, event), _level(text, event), _step(text, event),
        _state(text, event), _whole(text, event),
    )  # fmt: skip
    return [one for one in found if one]


def _classes(group: dict[str, re.Pattern[str]], text: str) -> set[str]:
    return {name for name, rule in group.items() if rule.search(text)}


def _held(group: dict[str, re.Pattern[str]], event: RecordEvent) -> set[str]:
    """The classes of the record's title; where it says little, also those of its summary."""
    title = _classes(group, title_of(event))
    if title - {"controls", "advice"}:
        return title
    return title | _classes(group, fold(event.summary).text)


def _undone(text: str, event: RecordEvent) -> Difference | None:
    """Suspended, ended or lifted; of an act only where the record undoes something as well."""
    said, held = _classes(_UNDONE, text), _classes(_UNDONE, title_of(event))
    made = _MADE.search(text) if not said and event.direction == "ease" else None
    if made and held and not _MADE.search(told_of(event)):
        return between({made[0]}, held, sure=True)
    if not said or not held:
        return None
    if said & held or {"ends", "lifts"} in (said, held) or said | held == {"ends", "lifts"}:
        return None
    return between(said, held, sure="lifts" not in said | held)


def _leave(text: str, event: RecordEvent) -> Difference | None:
    """Leave promised, granted or refused; a curb lifted where the record only promises leave."""
    if event.kind not in ("licence", "rule", "countermeasure"):
        return None
    said, held = _classes(_LEAVE, text), _held(_LEAVE, event)
    gone = _classes(_UNDONE, text) if event.direction == "ease" else set()
    title = title_of(event)
    if gone and held and not said and not _classes(_UNDONE, title) and not _LIFTS.search(title):
        return between(gone, held, sure=False)
    if not said or not held or said & held:
        return None
    if "refuses" in said | held:
        return between(said, held, sure=True) if not said - {"refuses"} else None
    if "promises" in held:
        return between(said, held, sure="grants" in said)
    return between(said, held, sure=True) if said == {"promises"} and "grants" in held else None


_LIFTS: Final = re.compile(r"\b(?:again|exempt\w*|offers?|waive\w*|revers\w*|opens?)\b")


def _level(text: str, event: RecordEvent) -> Difference | None:
    """A ban for a licence requirement, and the other way; ``controls`` are less than a ban."""
    if event.kind not in ("rule", "licence", "countermeasure") or event.direction == "ease":
        return None
    said = _classes(_LEVEL, text)
    held = _held(_LEVEL, event)
    if not said or not held or said & held or said <= {"controls", "advice"}:
        return None
    if "a ban" in said or "a ban" in held:
        return between(said - {"controls", "advice"}, held, sure=False)
    return None


def _step(text: str, event: RecordEvent) -> Difference | None:
    """A fine for a summons, a plea for a charge."""
    if event.kind not in ("countermeasure", "enforcement"):
        return None
    said, held = _classes(_STEP, text), _classes(_STEP, title_of(event))
    also = _classes(_STEP, all_of(event))
    if not said or not held or said & also:
        return None
    return between(said, held, sure=True)


def _state(text: str, event: RecordEvent) -> Difference | None:
    """Proposed where the record has it in force, in force where it has a proposal."""
    if event.kind not in ("rule", "countermeasure", "licence"):
        return None
    title = title_of(event)
    if event.status == "proposed" and _PROPOSED.search(title):
        found = _IN_FORCE.search(text)
        if found and not _ONLY_PROPOSED.search(text):
            return Difference(f"article: {found[0]}; record: proposed", sure=True)
    elif _ONLY_PROPOSED.search(text) and not _PROPOSED.search(told_of(event)):
        return Difference("article: proposed; record: done", sure=True)
    return None


def _whole(text: str, event: RecordEvent) -> Difference | None:
    """*All* or *any* where the record does not say so."""
    said = _WHOLE.search(text)
    if said is None or _ALL.search(told_of(event)):
        return None
    return Difference(f"article: {said[0]}; the record does not say so of all", sure=False)


def begun(text: str, day: str, *, alone: bool) -> bool:
    """Whether a folded text says that something took effect on a day, in the day's folded words.

    ``alone``: the text names no other day, so that it may stand anywhere.

    >>> begun("the rule took effect on may 1", "may 1", alone=False)
    True
    >>> begun("the rule of may 1, in force since june", "may 1", alone=False)
    False
    """
    found, first = _BEGINS.search(text), text.find(day)
    if found is None or first < 0:
        return False
    before = first < found.end()
    if alone or (before and found[0].isascii()):
        return alone
    behind = text[first + len(day) : found.start()] if before else text[found.end() : first]
    return len(behind) <= _CLOSE and not re.search(r"[,，;；]", behind)


def tells_act(text: str) -> bool:
    """Whether a folded text has a verb of any class: whether somebody did something there.

    >>> tells_act("and lifted the ban"), tells_act("and the weather")
    (True, False)
    """
    return any(rule.search(text) for rule in _every())


def _every() -> Iterator[re.Pattern[str]]:
    for group in (_UNDONE, _LEAVE, _LEVEL, _STEP):
        yield from (rule for name, rule in group.items() if name not in ("controls", "advice"))
    yield _OTHERS


_OTHERS: Final = re.compile(
    r"\b(?:announc(?:es|ed)|publish(?:es|ed)|propos(?:es|ed)|add(?:s|ed)|lists|listed"
    r"|blacklist\w*|put|impos(?:es|ed)|sign(?:s|ed)|pass(?:es|ed)"
    r"|replac(?:es|ed)|tell|tells|told|order(?:s|ed)|agree(?:s|d)|extend(?:s|ed)|adopt(?:s|ed)"
    r"|launch(?:es|ed)|open(?:s|ed)|restrict(?:s|ed)|seiz\w+|arrest\w*|raid\w*|stop(?:s|ped)"
    r"|resum\w+|rais(?:es|ed)|cut|cuts|doubled|took|takes)\b"
    r"|列入|加征|签署|通过|实施|发布|开始|要求|通知|扣押|逮捕|恢复|延长|接管|立案|冻结"
)


def between(said: set[str], held: set[str], *, sure: bool) -> Difference:
    """What a sentence says, and what the record has.

    >>> between({"a fine"}, {"a probe"}, sure=True).words
    'article: a fine; record: a probe'
    """
    told = f"article: {', '.join(sorted(said))}; record: {', '.join(sorted(held))}"
    return Difference(told if sure else f"{LOOSELY}{told}", sure)
