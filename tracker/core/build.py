"""The members of one cluster to one event."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from tracker.core import amended
from tracker.core.corrections import standing_report
from tracker.core.decisions import NONE, Decisions
from tracker.core.event_days import days_of, known_of, link_day
from tracker.core.event_ids import fresh_id
from tracker.core.force import once
from tracker.core.news_series import series_for
from tracker.core.origins import (
    is_named,
    origin_of_page,
    origins_of,
    origins_of_pages,
    page_of,
)
from tracker.core.text import bare_title
from tracker.core.traits import (
    CHRONICLE,
    DENIES,
    FIRM,
    MAKER,
    OFF,
    UNLINKED,
    Node,
    in_words,
    node_id,
)
from tracker.core.votes import day_of, direction_of, heaviest, kind_of, tellers
from tracker.dates import Precision, shifted, span_of
from tracker.model import (
    BELOW_LINE,
    DIRECTIONS,
    KINDS,
    MEETINGS,
    Direction,
    Event,
    Kind,
    Mention,
    RecordEvent,
    Source,
    Status,
)

_Value = TypeVar("_Value", bound=str)


def build(
    members: Sequence[Node], *, kept_id: str | None = None, decisions: Decisions = NONE
) -> Event | None:
    """The event of one cluster; None where people hid it, or nothing in it has a day.

    With a record event its fields stand; news only adds sources, reports and witnesses. A hidden
    report is left out; what others report of the act, then or later, stands.

    >>> from tracker.core.examples import mention
    >>> event = build([mention()])
    >>> event.kind, event.date.isoformat(), event.reports
    ('listing', '2019-05-16', 1)
    """
    ordered = sorted(members, key=node_id)
    record = next((node for node in ordered if isinstance(node, RecordEvent)), None)
    news = [node for node in ordered if isinstance(node, Mention)]
    shown = [one for one in news if not _is_hidden(one, decisions)]
    if record is not None:
        return None if node_id(record) in decisions.hidden else _from_record(record, shown)
    if all(one.number or not _tells(one, decisions) for one in shown):
        return None  # told in passing only: nobody's own report
    return _from_news(shown, kept_id, decisions)


def _is_hidden(one: Mention, decisions: Decisions) -> bool:
    return not decisions.hidden.isdisjoint((node_id(one), one.item_id))


def _from_record(record: RecordEvent, news: list[Mention]) -> Event:
    sources, witnesses = _joined(record.sources, news), _of(record.date, news)
    return Event(
        id=record.id, date=record.date, precision=record.precision, end_date=record.end_date,
        known=known_of(record), known_precision=record.known_precision, link_day=link_day(record),
        dates=record.dates, kind=record.kind, instrument=record.instrument,
        binding=record.binding, direction=record.direction, title=record.title,
        summary=record.summary, note=record.note, jurisdiction=record.jurisdiction,
        actors=record.actors, items=record.items, terms=record.terms, measures=(),
        status=record.status, evidence=record.evidence, origin="both" if news else "record",
        sources=sources, series=record.series, witnesses=_witnesses(record.sources, witnesses),
        reports=len({one.item_id for one in news}),
        mentions=_held(news),
    )  # fmt: skip


def _from_news(news: list[Mention], kept_id: str | None, decisions: Decisions) -> Event | None:
    everyone, news = news, [one for one in news if _tells(one, decisions)]
    kind = _one_of(KINDS, _decided(everyone, decisions.kinds)) or kind_of(news)
    told, news = news, _latest(news) if kind in MEETINGS else news
    day, end, precision = _redated(everyone, decisions) or day_of(news)
    if day is None:
        return None
    lead = min(told, key=lambda one: (one.report_day or date.max, -one.score, one.item_id))
    alike = [one for one in news if one.kind == kind] or news
    way = _one_of(DIRECTIONS, _decided(everyone, decisions.directions))
    direction = way or direction_of(news, kind)
    span = days_of(day, precision, end)
    announced = kind in MEETINGS or bool(_decided(everyone, decisions.redated))
    known = _known(told, date.min if announced else span.first)
    items = _union(one.items for one in alike)
    told_of = _union(one.actors for one in alike)
    actors = amended.actors(told_of, _of_names(everyone, decisions.actors))
    witnesses = _of(day, everyone, decisions)
    independent, sources = _witnesses((), witnesses), _joined((), everyone)
    seen = sources if len(witnesses) == len(everyone) else _joined((), witnesses)
    status = _status(_present(witnesses, day, kind), independent, decisions)
    told_first = _headline(alike, direction, day, proposed=status == "proposed")
    head = standing_report(told_first, news)
    words = [_words(head), *_decided(everyone, decisions.retitled)][-1]
    return Event(
        id=kept_id or fresh_id(day, _telling(lead), lead.item_id),
        date=day, precision=precision, end_date=end,
        known=known, known_precision=None, link_day=known or span.last,
        dates=amended.dates(_dates(alike), _of_names(everyone, decisions.dates)), kind=kind,
        instrument=heaviest((one.instrument, one.score) for one in alike), binding=_binding(alike),
        direction=direction, title=words, summary="", note=None,
        jurisdiction=_capitals(everyone, alike, decisions), actors=actors, items=items,
        terms=_union(one.terms for one in alike), measures=(),
        status=status,
        evidence=_evidence(seen), origin="news", sources=sources,
        series=series_for((*items, *actors), quota=_quota(alike)),
        witnesses=independent, reports=len({one.item_id for one in everyone}),
        mentions=_held(everyone),
    )  # fmt: skip


def _telling(one: Mention) -> tuple[str, ...]:
    """What an act is of, for its id: a ware and firms of the title, before any office."""
    keys = {*one.keys}
    wares = [name for name in one.items if f"t:{name}" in keys]
    firms = [name for name in one.actors if keys & {f"{FIRM}:{name}", f"{MAKER}:{name}"}]
    return (*wares[:1], *firms[:2]) or (*one.items[:2], *one.actors[:2])


def _latest(news: list[Mention]) -> list[Mention]:
    """The reports of a meeting from the last one on that calls it off or moves it; else all.

    What was announced before holds no longer: neither its day nor its headline.
    """
    off = [one.report_day for one in news if OFF in one.keys and one.report_day]
    if not off:
        return news
    day = max(off)
    later = [one for one in news if one.report_day and one.report_day > day]
    return later or [one for one in news if OFF in one.keys and one.report_day == day]


def _held(news: Iterable[Mention]) -> tuple[str, ...]:
    """The items of the reports; what an item tells in passing is the node that it is (``a1/2``)."""
    own = (0, *BELOW_LINE)
    return tuple(sorted({one.item_id if one.number in own else node_id(one) for one in news}))


def _quota(news: Sequence[Mention]) -> bool:
    """Whether most of the reports tell of a rule on buying home-made chips."""
    rules = sum(any(key.startswith("act:cn-procurement") for key in one.keys) for one in news)
    return 2 * rules > len(news)


def _binding(news: Sequence[Mention]) -> bool | None:
    """Whether the act binds, where the reports that can say it agree."""
    told = {one.binding for one in news if one.binding is not None}
    return told.pop() if len(told) == 1 else None


def _dates(news: Sequence[Mention]) -> dict[str, tuple[date, ...]]:
    """The days of force that most reports tell, once; the earlier of two told as often."""
    told: dict[str, Counter[tuple[date, ...]]] = defaultdict(Counter)
    for one in news:
        for name, days in one.dates.items():
            told[name][days] += 1
    most = {name: min(days, key=lambda d: (-days[d], d)) for name, days in sorted(told.items())}
    return once(most)


def _known(news: Iterable[Mention], first: date) -> date | None:
    """The day of the first report from ``first`` on; of all, where every one came before.

    So what is announced is known from its announcement until somebody reports the act. ``first`` is
    the act's own day; a meeting or a journey is known as soon as it is announced, and so is what a
    person dates: there every report counts.
    """
    reports = [one.report_day for one in news if one.report_day]
    return min([day for day in reports if day >= first] or reports, default=None)


def _headline(news: list[Mention], direction: Direction, day: date, *, proposed: bool) -> Mention:
    """The report whose words head the event: the first in English, the record's own language.

    One that denies the act does so where no other tells it, nor one with the other side's answer
    to it; one that tells another direction,
    a plan of what is done or the reverse, or another day, where none tells what is printed beside.
    """
    told = tellers(news)
    for fits in (
        lambda one: one.kind == "statement" or not in_words(one),
        lambda one: (one.status == "proposed") is proposed,
        lambda one: one.direction == direction,
        lambda one: one.date == day,
        lambda one: one.lang == "en",
    ):
        told = list(filter(fits, told)) or told
    return min(told, key=lambda one: (one.report_day or date.max, -one.score, one.item_id))


def _words(one: Mention) -> str:
    """The headline of a report without a wire's prefix and its publisher's tail."""
    return bare_title(one.title, one.publisher) or one.title


def _evidence(sources: Sequence[Source]) -> str:
    if any(source.official for source in sources):
        return "official"
    return "two-pages" if len(sources) > 1 else "one-page"


def _decided(news: Iterable[Mention], words: Mapping[str, str]) -> list[str]:
    """What people said of the reports, in the order of their names."""
    if not words:  # most of the time nobody said anything
        return []
    return [words[one.item_id] for one in sorted(news, key=node_id) if one.item_id in words]


def _of_names(news: Iterable[Mention], said: Mapping[str, Mapping[str, str]]) -> Mapping[str, str]:
    """What people said of single names; of two reports that differ the first holds."""
    if not said:
        return {}
    found: dict[str, str] = {}
    for one in sorted(news, key=node_id):
        for name, value in said.get(one.item_id, {}).items():
            found.setdefault(name, value)
    return found


def _one_of(known: Sequence[_Value], said: Iterable[str]) -> _Value | None:
    return next((value for word in said for value in known if value == word), None)


def _redated(
    news: Iterable[Mention], decisions: Decisions
) -> tuple[date, date | None, Precision] | None:
    for said in _decided(news, decisions.redated):
        try:
            told, end = span_of(said)
        except ValueError:
            continue
        return told.first, end, told.precision
    return None


def _capitals(
    news: Sequence[Mention], alike: Sequence[Mention], decisions: Decisions
) -> tuple[str, ...]:
    """Who acts, as most reports of the kind tell; a person's word stands."""
    for said in _decided(news, decisions.capitals):
        return tuple(said.split(", "))
    return _union(one.jurisdiction for one in alike)[:3]


def _union(groups: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    counts = Counter(name for group in groups for name in dict.fromkeys(group))
    return tuple(sorted(counts, key=lambda name: (-counts[name], name)))[:12]


def _present(news: list[Mention], day: date, kind: Kind) -> list[Mention]:
    """The reports that know whether a journey or a meeting took place: those from its day on."""
    if kind not in MEETINGS:
        return news
    return [one for one in news if one.report_day and one.report_day >= day] or news


def _status(news: list[Mention], witnesses: int, decisions: Decisions) -> Status:
    told = [one for one in news if DENIES not in one.keys] or news  # a denial makes nothing firmer
    done = [one for one in told if one.status != "proposed"]
    some = done if 2 * len(done) >= len(told) else told  # a plan is joined to what came of it
    found: Status = heaviest((one.status, one.score) for one in some)
    if any(one.item_id in decisions.confirmed for one in news):
        return "proposed" if found == "proposed" else "confirmed"  # it happened as told: a proposal
    denied = 0 < sum(DENIES in one.keys for one in news) < len(news)
    if found == "confirmed" and not _official(news) and (witnesses < 2 or denied):
        return "reported"
    return found


def _tells(one: Mention, decisions: Decisions) -> bool:
    """Whether a report tells of its act at all: one looks back on several, one is borne out.

    What a feed or an archive gave without an address cannot be opened: no event rests on it.
    """
    if one.item_id in decisions.confirmed:
        return True
    silent = CHRONICLE in one.keys or UNLINKED in one.keys
    return not silent and one.number not in BELOW_LINE


def _of(day: date, news: list[Mention], decisions: Decisions = NONE) -> list[Mention]:
    """The reports that can witness an act of ``day``: no article that looks back on other days."""
    return [one for one in news if one.date == day or _tells(one, decisions)]


def _official(news: list[Mention]) -> bool:
    return any(one.tier == "official" for one in news)


def _joined(sources: Iterable[Source], news: list[Mention]) -> tuple[Source, ...]:
    found = list(sources)
    seen = {page_of(one.url) or one.url for one in found}
    whose = origins_of(news, found)
    for one in sorted(news, key=lambda m: (m.report_day or shifted(m.known, 0), m.item_id)):
        address = page_of(one.url) or one.url
        if address and address not in seen:
            seen.add(address)
            page = Source(one.url, one.publisher, one.report_day, one.lang,
                          one.tier == "official", one.title)  # fmt: skip
            origin = whose[one.item_id]
            found.append(page if origin_of_page(page) == origin else replace(page, origin=origin))
    return tuple(found)


def _witnesses(sources: Sequence[Source], news: list[Mention]) -> int:
    """Independent origins; a text that names neither publisher nor address is nobody's.

    Nor does an item of a feed or an archive without an address witness anything.
    """
    whose = origins_of(news, sources)
    named = {whose[one.item_id] for one in news if is_named(one) and UNLINKED not in one.keys}
    return len(origins_of_pages(sources) | named)
