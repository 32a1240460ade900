"""One entry to its mentions: what it is about, when that was, and why we think so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from tracker.core.acts import Fired, Zone, fired, zones
from tracker.core.dating import Dated, date_of, undated
from tracker.core.keys import keys_of, named
from tracker.core.lexicon import Lexicon
from tracker.core.relevance import RELEVANT, kind_of, parts_of
from tracker.core.relevance import reasons as reasons_of
from tracker.core.relevance import score as score_of
from tracker.core.text import bare_title, fold, language
from tracker.model import Entry, Mention, RecordEvent, Status

__all__ = ["RELEVANT", "annotate", "recognise", "record_keys"]
RECAP: Final = 7
"""Days after an act from which an item looks back on it."""

_PLACE_OF: Final = (
    ("us-gov", "US"), ("congress", "US"), ("cn-gov", "CN"), ("nl-gov", "NL"), ("jp-gov", "JP"),
    ("kr-gov", "KR"), ("tw-gov", "TW"), ("sg-gov", "SG"), ("my-gov", "MY"), ("eu-gov", "EU"),
    ("us", "US"), ("cn", "CN"), ("nl", "NL"), ("jp", "JP"),
)  # fmt: skip
_CN_KINDS: Final = frozenset({"countermeasure", "substitution"})
_BOTH: Final = frozenset({"talks", "trip"})


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
    kind, direction, leading = kind_of(found, lexicon.weights)
    made = parts_of(parts, found, kind, lexicon.weights)
    score, reasons = score_of(made, lexicon), reasons_of(made, found, lexicon)
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
