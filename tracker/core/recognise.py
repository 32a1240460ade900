"""One entry to its mentions: what it is about, when that was, and why we think so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Final, NamedTuple, TypeAlias

from tracker.core.acts import Fired, Zone, fired, zones
from tracker.core.dating import Dated, date_of, undated
from tracker.core.keys import keys_of, named
from tracker.core.lexicon import Lexicon
from tracker.core.text import bare_title, fold, language
from tracker.model import Direction, Entry, Kind, Mention, Reason, RecordEvent, Status

_Weights: TypeAlias = tuple[tuple[int, float], ...]
RELEVANT: Final = 2.9
"""Score from which an item is filed under an event; fitted on the development items."""

PLAIN: Final = 5.4
"""Weight of a rule from which a headline tells of an act whatever else it speaks of."""

RECAP: Final = 7
"""Days after an act from which an item looks back on it."""

_PLACE_OF: Final = (
    ("us-gov", "US"), ("congress", "US"), ("cn-gov", "CN"), ("nl-gov", "NL"), ("jp-gov", "JP"),
    ("kr-gov", "KR"), ("tw-gov", "TW"), ("sg-gov", "SG"), ("my-gov", "MY"), ("eu-gov", "EU"),
    ("us", "US"), ("cn", "CN"), ("nl", "NL"), ("jp", "JP"),
)  # fmt: skip
_CN_KINDS: Final = frozenset({"countermeasure", "substitution"})
_BOTH: Final = frozenset({"talks", "trip"})
_TOPIC: Final = (
    ("chip-model", 1.0), ("control", 1.0), ("list-us", 1.0), ("list-cn", 1.0), ("chip", 0.7),
    ("chip-word", 0.5), ("mineral", 0.8), ("tool", 0.7), ("eda", 0.7), ("chip-firm", 0.5),
    ("veu", 0.8), ("nexperia", 0.7), ("outbound", 0.8), ("cn-chip-item", 0.9), ("cn-fab", 0.6),
    ("cn-chip", 0.6), ("tool-firm", 0.5), ("own-share", 0.9), ("diffusion", 0.9),
    ("tracking", 0.7), ("affiliates", 0.9), ("model", 0.2), ("cloud", 0.3), ("datacentre", 0.3),
)  # fmt: skip
"""Tags that name the subject itself, and what each counts; the best one is taken."""

_AROUND: Final = (
    ("bill", 0.6), ("negotiator", 0.6), ("trade-talks", 0.8), ("licence", 0.5), ("official", 0.6),
    ("visit-china", 0.6), ("us-target", 0.4), ("statefund", 0.3), ("foreign", 0.5),
    ("talks", 0.5), ("antitrust", 0.5), ("summit", 0.6), ("tariff-cut", 0.6), ("truce-days", 0.6),
)  # fmt: skip
"""Tags that name the subject only between two sides: a bill or a summit alone is anybody's."""

ALONE: Final = -1.5
"""What an item counts that names no subject itself and not both sides."""

_ABROAD: Final = (
    "cn", "cn-firm", "nl", "watched", "list-us", "nexperia", "gulf", "bill-named", "veu",
    "tracking", "own-share", "Megaspeed", "denial-order", "diffusion", "affiliates", "outbound",
    "ally-gov",
)  # fmt: skip
_CONTROL: Final = ("control", "licence", "us-chip", "ally-gov", "us-gov", "ally", "mineral")
_SIDES: Final = (("cn|cn-firm", 0.6), ("us|us-firm", 0.4))


def recognise(entry: Entry, lexicon: Lexicon) -> tuple[Mention, ...]:
    """The mentions of one entry; number 0 is what it is about, and is always there.

    >>> from tracker.core.examples import entry, lexicon
    >>> found = recognise(entry(), lexicon())[0]
    >>> found.relevant, found.kind, found.direction
    (True, 'listing', 'tighten')
    """
    title = fold(bare_title(entry.title, entry.publisher), 600)
    summary = fold(entry.summary)
    parts = zones(title, summary, lexicon, entry.publisher)
    found = fired(parts, lexicon)
    kind, direction, leading = _kind(found)
    score, reasons = _relevance(parts, found, lexicon, kind)
    if leading is None:
        score = min(score, RELEVANT - 0.5)
    relevant = score >= RELEVANT
    report = _report_day(entry)
    place = _jurisdiction(parts, kind, leading)
    capital = place[0] if place else None
    dated = date_of(title, summary, report, capital, kind) if relevant else undated(report)
    items, actors, terms = named(parts)
    head = Mention(
        item_id=entry.item_id, digest=entry.digest, number=0, relevant=relevant,
        recap=_recap(dated, report),
        kind=kind, direction=direction, status=_status(parts, lexicon, kind), date=dated.date,
        end_date=dated.end, precision=dated.precision, first=dated.first, last=dated.last,
        items=items, actors=actors, jurisdiction=place,
        instrument=leading.act.instrument if leading else "other", terms=terms,
        score=round(score, 2), reasons=(*reasons, *dated.reasons),
        quotes=tuple(one.words for one in found[:6]), title=entry.title, publisher=entry.publisher,
        lang=entry.lang if entry.lang != "other" else language(entry.title + entry.summary),
        url=entry.url, known=entry.known, report_day=report, tier=entry.tier,
        keys=keys_of(parts, found, leading, dated),
    )  # fmt: skip
    return (head,)


def annotate(record: Iterable[RecordEvent], lexicon: Lexicon) -> tuple[RecordEvent, ...]:
    """Record events with the keys that joining compares, found in their titles and summaries.

    >>> from tracker.core.examples import lexicon
    >>> annotate([], lexicon())
    ()
    """
    return tuple(replace(one, keys=record_keys(one, lexicon)) for one in record)


def record_keys(event: RecordEvent, lexicon: Lexicon) -> tuple[str, ...]:
    """What the rules and the lexicon find in a record event's own words.

    >>> from types import SimpleNamespace
    >>> from tracker.core.examples import lexicon
    >>> told = SimpleNamespace(title="US adds Huawei to Entity List", summary="", kind="listing")
    >>> "act:" in record_keys(told, lexicon())[0]
    True
    """
    parts = zones(fold(event.title), fold(event.summary), lexicon)
    found = [one for one in fired(parts, lexicon) if one.act.kind == event.kind]
    leading = max(found, key=lambda one: (one.weight, one.act.id), default=None)
    return keys_of(parts, found, leading, None)


def _recap(dated: Dated, report: date | None) -> bool:
    """A report more than a week after the day it names adds no new event."""
    last = dated.end or dated.date
    return bool(dated.said and report and last and (report - last).days > RECAP)


def _report_day(entry: Entry) -> date | None:
    if entry.published is None:
        return None
    moment = entry.published
    if entry.offset:
        moment += timedelta(minutes=entry.offset)
    return moment.date()


def _kind(found: list[Fired]) -> tuple[Kind, Direction, Fired | None]:
    """The kind with the most evidence: its heaviest rule, and a little for each further one."""
    kinds: dict[str, list[Fired]] = {}
    for one in found:
        if one.act.kind:
            kinds.setdefault(one.act.kind, []).append(one)
    if not kinds:
        return "statement", "neutral", None
    best = max(kinds, key=lambda kind: (_weight(kinds[kind]), kind))
    ranked = sorted(kinds[best], key=lambda one: (-one.weight, one.act.id))
    turned = [one for one in ranked if one.act.direction != "neutral"]
    leading = ranked[0]
    if leading.act.direction == "neutral" and turned and best in ("talks", "licence"):
        leading = turned[0]
    return best, leading.act.direction, leading  # type: ignore[return-value]  # checked on loading


def _weight(rules: list[Fired]) -> float:
    weights = sorted((one.weight for one in rules), reverse=True)
    return weights[0] + 0.15 * sum(weights[1:3])


def _relevance(
    parts: list[Zone], found: list[Fired], lexicon: Lexicon, kind: str
) -> tuple[float, list[Reason]]:
    masks = 0
    for part in parts:
        masks |= part.mask
    reasons = [
        Reason(one.act.id, round(one.weight, 2), f"{one.words!r} ({one.act.where})")
        for one in sorted(found, key=lambda one: (-abs(one.weight), one.act.id))
    ]
    rules = [one for one in found if one.act.kind == kind]
    score = _weight(rules) * 0.6 if rules else 0.0
    tables = _tables(lexicon)
    subject = max((weight for mask, weight in tables.subject if masks & mask), default=-2.0)
    around = max((weight for mask, weight in tables.around if masks & mask), default=-2.0)
    topic = max(subject, around)
    sides = sum(weight for mask, weight in tables.sides if masks & mask)
    if subject < 0 < around and not all(masks & mask for mask, _ in tables.sides):
        sides += ALONE
    if not masks & tables.abroad:
        sides -= 0.4 if masks & tables.control else 1.5
    reasons.append(Reason("topic", round(topic + sides, 2), "subject and sides named"))
    against = sum(one.weight for one in found if not one.act.kind)
    plain = max((one.weight for one in rules), default=0.0) >= PLAIN
    score += topic + sides + against * (0.7 if plain else 1.0)
    return score, reasons


class _Tables(NamedTuple):
    """The tables above as masks of one lexicon."""

    subject: _Weights
    around: _Weights
    sides: _Weights
    abroad: int
    control: int


@lru_cache(maxsize=8)
def _tables(lexicon: Lexicon) -> _Tables:
    return _Tables(
        subject=tuple((lexicon.mask_of((tag,)), weight) for tag, weight in _TOPIC),
        around=tuple((lexicon.mask_of((tag,)), weight) for tag, weight in _AROUND),
        sides=tuple((lexicon.mask_of(tags.split("|")), weight) for tags, weight in _SIDES),
        abroad=lexicon.mask_of(_ABROAD),
        control=lexicon.mask_of(_CONTROL),
    )


def _jurisdiction(parts: list[Zone], kind: str, leading: Fired | None) -> tuple[str, ...]:
    tags = {tag for part in parts for hit in part.hits for tag in hit.entry.tags}
    places = list(dict.fromkeys(place for tag, place in _PLACE_OF if tag in tags))
    if kind in _BOTH:
        return ("US", "CN")
    actor = "CN" if kind in _CN_KINDS else None
    if leading:
        if leading.act.id.startswith(("ally", "asml", "tw-", "nexperia")):
            actor = next((p for p in places if p not in ("US", "CN")), None)
        elif leading.act.id.startswith(("import-", "mineral", "cn-")):
            actor = "CN"
        elif kind in ("rule", "licence", "listing", "legislation", "enforcement"):
            actor = "US"
    if actor is None and places:
        actor = places[0]
    return (actor,) if actor else ()


def _status(parts: list[Zone], lexicon: Lexicon, kind: str) -> Status:
    title = parts[0].mask
    if kind == "legislation" or title & lexicon.bit("considers"):
        return "proposed"
    everything = 0
    for part in parts:
        everything |= part.mask
    return "reported" if everything & lexicon.bit("hearsay") else "confirmed"
