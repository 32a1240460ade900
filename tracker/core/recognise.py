"""One entry to its mentions: what it is about, when that was, and why we think so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final, NamedTuple

from tracker.core.acts import fired
from tracker.core.chronicle import Back, chronicle
from tracker.core.dating import date_of
from tracker.core.further_acts import further
from tracker.core.gazette import corrects, is_proposed
from tracker.core.home_day import home_day, today_there
from tracker.core.keys import keys_of, named, of_headline
from tracker.core.lexicon import Lexicon
from tracker.core.marks import DENIED
from tracker.core.particulars import binding_of, instrument_of, numbers_of_documents, whole
from tracker.core.places import jurisdiction_of
from tracker.core.put_off import put_off
from tracker.core.recap import recap
from tracker.core.standing import (
    asked_for,
    awaited,
    begun,
    enacted,
    given_up,
    made_law,
    planned,
    promised,
    to_be_done,
)
from tracker.core.text import Folded, bare_title, fold, language_of_item
from tracker.core.tongues import foreign
from tracker.core.traits import (
    CHRONICLE,
    OFF,
    ORDERS,
    PROMISED,
    UNLINKED,
)
from tracker.core.undated import Dated, undated
from tracker.core.verdict import Verdict, verdict
from tracker.core.weights import JUST_BELOW, RELEVANT
from tracker.core.word_order import in_no_order
from tracker.core.zones import Zone, zones
from tracker.model import (
    MEETINGS,
    NEAR_LINE,
    UNDER_LINE,
    Entry,
    Mention,
    Reason,
    RecordEvent,
    Status,
)
from tracker.nouns import draft

__all__ = ["RELEVANT", "annotate", "recognise", "recognise_each", "record_keys"]
FAR: Final = -1.0
"""Score below which an entry gets no keys and no capital: nobody will ever join it to anything."""

UNREAD: Final = -2.0
"""Score of an entry in a language that is not read: nobody will join it, nor be asked of it."""

_Draft: Final = draft(Mention)
_LEAVE: Final = ("licence", "rule")
"""Kinds of acts by which leave is given."""

_IN_FORCE: Final = frozenset(
    {"rule", "licence", "listing", "countermeasure", "legislation", "talks"}
)
"""Kinds of which a day of effect or of an end can be told."""


class _Placed(NamedTuple):
    """One entry read as far as its day: ``back`` where it is a chronicle."""

    entry: Entry
    title: Folded
    summary: Folded
    parts: list[Zone]
    told: Verdict
    back: Back | None
    report: date | None
    place: tuple[str, ...]
    dated: Dated


def recognise(entry: Entry, lexicon: Lexicon) -> tuple[Mention, ...]:
    """The mentions of one entry; number 0 is what it is about, and is always there.

    >>> from tracker.core.examples import entry, lexicon
    >>> found = recognise(entry(), lexicon())[0]
    >>> found.relevant, found.kind, found.direction
    (True, 'listing', 'tighten')
    """
    return recognise_each([entry], lexicon)[0]


def recognise_each(entries: Sequence[Entry], lexicon: Lexicon) -> list[tuple[Mention, ...]]:
    """The mentions of each entry, every step for all of them before the next.

    What a step needs stays at the processor's hand meanwhile: some hundreds of entries at once
    take a sixth less time than one by one.

    >>> from tracker.core.examples import entry, lexicon
    >>> recognise_each([entry()] * 2, lexicon()) == [recognise(entry(), lexicon())] * 2
    True
    """
    texts = [_texts(entry) for entry in entries]
    parts = [
        zones(title, summary, lexicon, entry.publisher)
        for entry, (title, summary) in zip(entries, texts, strict=True)
    ]
    read = zip(entries, parts, strict=True)
    told = [_read(verdict(one, lexicon), entry, one, lexicon) for entry, one in read]
    each = zip(entries, texts, parts, told, strict=True)
    placed = [_placed(entry, *both, part, one, lexicon) for entry, both, part, one in each]
    keys = [_keys(one, lexicon) for one in placed]
    heads = [_head(one, own, lexicon) for one, own in zip(placed, keys, strict=True)]
    return [_all_of(one, head, lexicon) for one, head in zip(placed, heads, strict=True)]


def _texts(entry: Entry) -> tuple[Folded, Folded]:
    return fold(bare_title(entry.title, entry.publisher), 600), fold(entry.summary)


def _placed(
    entry: Entry, title: Folded, summary: Folded, parts: list[Zone], told: Verdict,
    lexicon: Lexicon,
) -> _Placed:  # fmt: skip
    """When and where the act was that the verdict speaks of."""
    report = _report_day(entry)
    back = chronicle(summary, parts, report, lexicon) if told.near else None
    if back:
        told = _looked_back(told, back)
    far = told.score <= FAR
    place = () if far else jurisdiction_of(parts, told.kind, told.leading, lexicon)
    if told.near:
        clock = _clock(told.kind, parts[0], place, lexicon)
        today = _today(entry, report, clock, told.kind)
        dated = date_of(title, summary, _home_day(entry, report, place), clock, told.kind, today)
    else:
        dated = undated(report)
    return _Placed(entry, title, summary, parts, told, back, report, place, dated)


def _clock(kind: str, title: Zone, place: tuple[str, ...], lexicon: Lexicon) -> str | None:
    """By whose day an act is told; a firm's step, and words of its chief, are of no capital."""
    chief = title.mask & lexicon.bit("ceo") and not title.mask & lexicon.bit("us-gov")
    if not place or kind == "company" or (kind == "statement" and chief):
        return None
    return place[0]


def _keys(one: _Placed, lexicon: Lexicon) -> tuple[str, ...]:
    told = one.told
    own: tuple[str, ...] = ()
    if told.score > FAR:
        own = keys_of(one.parts, told.firm or told.found, told.leading, one.dated)
        own += of_headline(one.parts, lexicon)
        own += (OFF,) * (told.kind in MEETINGS and put_off(one.title.text))
        own += (PROMISED,) * (told.kind in _LEAVE and promised(one.title.text))
    own = own if one.back is None else (CHRONICLE, *own)
    # What a person adds is that person's to open; nobody has the page of a feed's or an archive's.
    return (UNLINKED, *own) if one.entry.origin != "added" and not one.entry.url else own


def _head(one: _Placed, keys: tuple[str, ...], lexicon: Lexicon) -> Mention:
    """What the entry is about."""
    entry, _, _, parts, told, back, report, place, dated = one
    kind, relevant = told.kind, told.relevant
    items, actors, terms = named(parts)
    form, numbers = _form(one) if told.near else ("other", ())
    printed = is_proposed(entry)
    status = "proposed" if printed else _status(parts, lexicon, kind, to_come=_to_come(one))
    head = _Draft(
        item_id=entry.item_id, digest=entry.digest, number=0, relevant=relevant,
        recap=relevant and (bool(back) or recap(parts, dated, kind, report, lexicon)),
        kind=kind, direction=told.direction, status=status, date=dated.date,
        end_date=dated.end, precision=dated.precision, first=dated.first, last=dated.last,
        items=items, actors=actors, jurisdiction=place,
        instrument=form, terms=(*terms, *(one for one in numbers if one not in terms)),
        score=round(told.score, 2), reasons=(*told.reasons, *dated.reasons),
        quotes=tuple(one.words for one in told.found[:6]),
        title=entry.title, publisher=entry.publisher,
        lang=language_of_item(f"{entry.title} {entry.summary}", entry.lang),
        url=entry.url, known=entry.known, report_day=report, tier=entry.tier, keys=keys,
        binding=binding_of(form, status),
        dates=dated.dates if kind in _IN_FORCE else {},
    )  # fmt: skip
    head.__class__ = Mention
    return head


def _form(one: _Placed) -> tuple[str, tuple[str, ...]]:
    """The form of the act, and the documents that the text names."""
    text, leading = whole(one.title, one.summary), one.told.leading
    told = leading.act.instrument if leading else "other"
    acting = one.place[0] if one.place else None
    form = instrument_of(text, one.told.kind, told, acting)
    if one.told.kind == "legislation" and form == "bill" and made_law(one.title.text):
        form = "statute"
    return form, numbers_of_documents(text)


def _all_of(one: _Placed, head: Mention, lexicon: Lexicon) -> tuple[Mention, ...]:
    """The head and what else is told; a chronicle tells nothing else.

    What is near the line is told in passing, like a further act: it follows reports that tell of
    the act, and makes no event by itself.
    """
    if one.back:
        return (head,)
    if one.told.near and not head.relevant:
        number = NEAR_LINE if head.score >= RELEVANT - JUST_BELOW else UNDER_LINE
        return (head, replace(head, number=number, relevant=True))
    return (head, *further(head, one.title, one.summary, one.parts, lexicon, one.report))


def _read(told: Verdict, entry: Entry, parts: list[Zone], lexicon: Lexicon) -> Verdict:
    """What was told, where the language is one that is read: else names alone say nothing.

    Neither do they where words stand in no order that anybody writes. A correction of what was
    printed before tells of no act of its own.
    """
    if corrects(entry):
        again = Reason("correction", -1.0, "it corrects what the Register printed before")
        score = min(told.score, RELEVANT - 0.5)
        told = told._replace(score=score, reasons=[*told.reasons, again])
    why = _unread(told, entry, parts, lexicon)
    if why is None:
        return told
    return told._replace(score=min(told.score, UNREAD), reasons=[*told.reasons, why])


def _unread(
    told: Verdict, entry: Entry, parts: list[Zone], lexicon: Lexicon
) -> Reason | None:  # fmt: skip
    """Why nothing is read in a text: its language, or that it is no text."""
    if tongue := foreign(f"{entry.title} {entry.summary}"):
        words = ", ".join(map(repr, tongue.shown_by))
        return Reason("language", -1.0, f"{tongue.name} ({words}) is not read")
    if told.near and (words := in_no_order(parts, lexicon.order)):
        return Reason("order", -1.0, f"its words stand in no order that is written ({words!r})")
    return None


def _looked_back(told: Verdict, back: Back) -> Verdict:
    """A chronicle that names no day of its own week is about no act, whatever its words are."""
    why = Reason("chronicle", 0.0 if back.fresh else -1.0, back.why)
    score = told.score if back.fresh else min(told.score, RELEVANT - 0.5)
    return told._replace(score=score, reasons=[*told.reasons, why])


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
    return keys_of(parts, found, leading, None) + of_headline(parts, lexicon)


def _report_day(entry: Entry) -> date | None:
    if entry.published is None:
        return None
    moment = entry.published
    if entry.offset:
        moment += timedelta(minutes=entry.offset)
    return moment.date()


_OPEN: Final = ("considers", "unsettled", "supposed")
"""Roles of a headline that tells of nothing done."""


def _home_day(entry: Entry, report: date | None, place: tuple[str, ...]) -> date | None:
    """The day of the report for words like *today*."""
    if report is None or entry.published is None:
        return report
    text = f"{entry.title} {entry.summary}"
    acting = place[0] if place else None
    return home_day(report, entry.published, entry.offset, text, entry.publisher, acting)


def _today(entry: Entry, report: date | None, clock: str | None, kind: str) -> date | None:
    """What *today* stands for where an American office acts and somebody else tells of it."""
    if report is None or entry.published is None or clock != "US" or kind in MEETINGS:
        return None
    text = f"{entry.title} {entry.summary}"
    return today_there(report, entry.published, entry.offset, entry.lang, text, entry.publisher)


def _to_come(one: _Placed) -> bool:
    """Whether a journey or a meeting begins only after the report, or its headline says so."""
    day, report = one.dated.date, one.report
    if one.told.kind not in MEETINGS or report is None or day is None:
        return False
    fresh = (report - day).days <= _FRESH
    return day > report or (fresh and awaited(one.title.text))


_FRESH: Final = 2
"""Days before the report within which a day named beside a plan is that of its announcement."""


def _over(title: str, kind: str) -> bool:
    """Whether a headline that tells of something open tells of an end or a beginning as well."""
    return given_up(title) or (kind in MEETINGS and begun(title))


def _open(title: Zone, lexicon: Lexicon, kind: str) -> bool:
    """Whether a headline tells of a plan, or of a licence that is asked for; words are said."""
    text = title.text.text
    if kind == "statement" and (title.mask & lexicon.mask_of(_SAID) or ":" in text[:_COLON]):
        return False
    if kind == "licence" and (
        asked_for(text)
        or (title.mask & lexicon.mask_of(_ASKED) and not title.mask & lexicon.mask_of(_GIVEN))
    ):
        return True
    told = bool(title.mask & lexicon.mask_of(_OPEN)) or (kind in ORDERS and planned(text))
    return told and not _over(text, kind)


_SAID: Final = ("say", "warn", "threaten", "threatens-to", "tell", "urge", "speaker", "respond")
"""Roles of a headline that tells of words: these are said, whatever they speak of."""
_COLON: Final = 16
"""Letters within which a colon parts a speaker from what is said."""

_ASKED: Final = ("apply", "applies")
_GIVEN: Final = ("grant", "allow", "resume", "receive", "deny", "revoke", "issue")
"""A licence that is only asked for is proposed."""


def _status(parts: list[Zone], lexicon: Lexicon, kind: str, *, to_come: bool = False) -> Status:
    title = parts[0].mask
    if to_come:
        return "proposed"
    if kind == "legislation":
        return "confirmed" if enacted(parts[0].text.text) else "proposed"
    if title & lexicon.bit(DENIED):
        return "confirmed"  # what is denied is heard, the denial is not
    below = parts[1].text.text if len(parts) > 1 else ""
    if _open(parts[0], lexicon, kind) or to_be_done(parts[0].text.text, below):
        return "proposed"
    everything = 0
    for part in parts:
        everything |= part.mask
    return "reported" if everything & lexicon.bit("hearsay") else "confirmed"
