"""An article beside the record, as text, Markdown-free lines or JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final, Protocol

from rich.cells import cell_len
from rich.text import Text

from tracker.core.claims import Beside, Claim, published_later, verdict
from tracker.core.clean import clean_line
from tracker.core.figures import house_of, nature_of
from tracker.core.witnesses import opened
from tracker.model import Entry, Observation, RecordEvent, SeedClaim, Series, Source
from tracker.view.glyphs import amount, is_hollow, iso, observed, period
from tracker.view.lines import Lines, wrap

if TYPE_CHECKING:
    from tracker.core.article_nouns import Checked, Statement
    from tracker.model import RecordEvent

SUBJECTS: Final = {
    "domestic-share": "share of domestic chips", "nvidia-share": "Nvidia's share",
    "china-of-nvidia": "China's part of Nvidia's revenue",
    "growth": "growth", "units": "units", "revenue": "revenue", "charge": "charge",
}  # fmt: skip
COLOURS: Final = {
    "agrees": "green", "confirmed": "green", "conflicts": "red", "conflict": "red",
    "contradicted": "red", "in part": "yellow", "no house": "yellow", "imprecise": "yellow",
    "unverified": "yellow",
}  # fmt: skip
_SAID: Final = 3


class Reading(Protocol):
    """What the views need of an article that was read (``tracker.jobs.add.Added``)."""

    @property
    def entry(self) -> Entry:
        """The article as an entry."""

    @property
    def stored(self) -> str:
        """``new``, ``known`` or ''."""

    @property
    def events(self) -> tuple[str, ...]:
        """Ids of the events that hold it."""

    @property
    def statements(self) -> tuple[Statement, ...]:
        """The acts it reports."""

    @property
    def figures(self) -> tuple[Beside, ...]:
        """The figures it names."""

    @property
    def curated(self) -> tuple[SeedClaim, ...]:
        """The checked statements it contains."""

    @property
    def damage(self) -> tuple[str, ...]:
        """What happened to its text."""

    @property
    def sentences(self) -> tuple[Checked, ...]:
        """Every sentence with what was found in it."""


def render(found: Reading, series: Iterable[Series], *, width: int, check: bool = False) -> Lines:
    """The article's events and figures; with ``check`` every sentence beside the record."""
    by_id = {one.id: one for one in series}
    if check:
        return Lines([*_head(found, width), Text(), *_checked(found, by_id, width)])
    shown = [one for one in found.statements if one.event or one.dated]
    lines = [*_head(found, width), Text(), Text("What it reports, beside the record", style="bold")]
    for one in shown:
        lines += _statement(one, width)
    if not shown:
        lines.append(Text("  nothing that the record files as an event", style="dim"))
    lines += [Text(), Text("Its figures, beside what the houses published", style="bold")]
    day = found.entry.published
    lines += figures(found.figures, by_id, width, day.date() if day else None)
    return Lines(lines)


def _checked(found: Reading, series: Mapping[str, Series], width: int) -> list[Text]:
    """Sentence by sentence; a checked statement that spans several sentences stands at the end."""
    from tracker.view import check

    lines = check.render(found.sentences, series, width)
    shown = {f.seed.id for one in found.sentences for f in one.findings if f.seed}
    rest = [one for one in found.curated if one.id not in shown]
    if rest:
        lines += [Text(), Text("Statements checked by a person, across sentences", style="bold")]
        lines += verdicts(rest, width)
    return lines


def _head(found: Reading, width: int) -> list[Text]:
    entry = found.entry
    facts = [
        entry.lang,
        entry.publisher or "publisher not stated",
        f"published {entry.published:%Y-%m-%d}" if entry.published else "day not stated",
        {"new": f"stored as {entry.item_id}", "known": f"stored before as {entry.item_id}"}.get(
            found.stored, "not stored"
        ),
    ]
    lines = [Text(line, style="bold") for line in wrap(clean_line(entry.title), width)]
    lines += [Text(line, style="dim") for line in wrap(" · ".join(facts), width)]
    if found.stored and not entry.published and not found.events:
        lines += indented("in no event: an article without a day joins none; --published", width, 0)
    if found.events:
        lines += indented(f"held by {', '.join(found.events)}", width, 0)
    if found.damage:
        words = f"damage to the text: {'; '.join(found.damage)}"
        if any(not one.startswith("encoding") for one in found.damage):
            words += "; quoted without it"
        lines += [Text(line, style="yellow") for line in wrap(words, width)]
    return lines


def _statement(one: Statement, width: int) -> list[Text]:
    mark = Text(f"  {one.verdict}", style=COLOURS.get(one.verdict, "dim"))
    lines = [mark, *indented(f"article: {_short(one.words)}", width, 4)]
    if one.dated:
        lines += indented(f"article's day: {one.dated.words}", width, 4)
    if one.event:
        event = one.event
        lines += indented(f"record: {days_words(event)} {event.title} [{event.id}]", width, 4)
    if one.remark and one.remark != "no day named":
        lines += indented(one.remark, width, 4, "red" if one.verdict == "conflicts" else "")
    if one.event:
        event = one.event
        lines += _witness(event, width)
    return lines


def days_words(event: RecordEvent) -> str:
    """The days of an event as the record has them, no more precise than it is."""
    if event.end_date:
        return f"{iso(event.date, event.precision)} to {iso(event.end_date, event.precision)}"
    return iso(event.date, event.precision)


def _witness(event: RecordEvent, width: int) -> list[Text]:
    words = (witness_words(page) for page in opened(event)[:1])
    return [line for one in words for line in indented(one, width, 4, "dim")]


def witness_words(page: Source) -> str:
    """Who witnesses an act, from when, and where; a month stays a month."""
    day = page.published or page.published_approx or "undated"
    return f"witness: {page.publisher}, {day}, {page.url}"


def _short(words: str) -> str:
    return clean_line(words, 120)


def indented(words: str, width: int, by: int, style: str = "") -> list[Text]:
    """Words in lines that begin ``by`` cells from the edge."""
    return [Text(" " * by + line, style=style) for line in wrap(words, max(8, width - by))]


def figures(found: Sequence[Beside], series: Mapping[str, Series], width: int,
            day: date | None) -> list[Text]:  # fmt: skip
    """Each figure as the text has it, with agreement, conflict or "no house found"."""
    lines: list[Text] = []
    for one in found:
        lines += figure(one, series, width)
        if late := published_later(one, day):
            lines += indented(f"published later, {late}", width, 4, "dim")
    return lines or [Text("  no figure of a kind that is read", style="dim")]


def figure(one: Beside, series: Mapping[str, Series], width: int, name: str = "") -> list[Text]:
    """One figure as the text has it, its ``name`` where it is stored, and the record beside it."""
    claim = one.claim
    about = [SUBJECTS[claim.subject], _when(claim), claim.speaker or "nobody named as its source"]
    about += ["of the future"] if claim.ahead else []
    head = Text.assemble("  ", (said(claim), "bold"), f"  {', '.join(about)}")
    head.append(f"  [{name}]" if name else "", style="dim")
    lines = [
        *([head] if head.cell_len <= width else indented(head.plain.strip(), width, 2)),
        *indented(f"“{_short(claim.words)}”", width, 4),
        *indented(beside(one, series), width, 4, COLOURS[verdict(one)]),
    ]
    in_record = [
        f"{house_of(o)} {_observed(o, series)}{', ' + o.flag if o.flag else ''}, {nature_of(o)}"
        + (f", accepted {o.accepted}" if o.accepted else "")
        for o in one.said[:_SAID]
    ]
    if in_record:
        lines += indented(f"in the record, not as a measurement: {'; '.join(in_record)}", width, 4)
    return lines


def said(claim: Claim) -> str:
    """The figure as the text has it."""
    unit = claim.unit.replace("cny_bn", "bn yuan")
    return amount(claim.value, claim.low, claim.high, claim.qualifier, unit)


def _when(claim: Claim) -> str:
    return period(claim.start, claim.end) if claim.start and claim.end else "no period named"


def beside(one: Beside, series: Mapping[str, Series]) -> str:
    """One sentence: who published it, or that no house did and what comes nearest.

    >>> from tracker.core.claims import read
    >>> claim = read("到2024年底,国产芯片占比34.6%。")[0]
    >>> beside(Beside(claim, (), (), ()), {})
    '34.6%: no house found'
    """
    head = said(one.claim)
    if one.excluded:
        also = f"; fits {_listed(one.agrees, series)}" if one.agrees else ""
        return f"{head}: published otherwise: {_listed(one.nearest, series)}{also}"
    if one.agrees:
        return f"{head}: fits {_listed(one.agrees, series)}" + (
            f"; not {_listed(one.nearest, series)}" if one.nearest else ""
        )
    if one.nearest:
        return f"{head}: no house found; nearest: {_listed(one.nearest, series)}"
    if one.claim.start is None:
        return f"{head}: no period named, so no figure to hold it to"
    return f"{head}: no house found"


def brief(one: Beside, series: Mapping[str, Series]) -> str:
    """A figure of a text beside the rows of the given series alone, in one sentence."""
    agrees, nearest, held = (
        tuple(row for row in rows if row.series in series)
        for rows in (one.agrees, one.nearest, one.said)
    )
    own = Beside(one.claim, agrees, nearest, held, one.excluded)
    tail = f", {_when(one.claim)}" + (f", by {one.claim.speaker}" if one.claim.speaker else "")
    if not own.agrees and not own.nearest:
        return f"{said(one.claim)}{tail}: not measured in this series; “{_short(one.claim.words)}”"
    return f"{beside(own, series)}{tail}; “{_short(one.claim.words)}”"


def _listed(rows: Sequence[Observation], series: Mapping[str, Series]) -> str:
    return ", ".join(
        f"{house_of(one)} {_observed(one, series)} ({_marks(one)})" for one in rows
    )  # fmt: skip


def _marks(one: Observation) -> str:
    nature = nature_of(one)
    marks = [period(one.period_start, one.period_end), *([nature] if is_hollow(nature) else [])]
    marks += [one.flag] if one.flag else []
    return ", ".join([*marks, *([f"accepted {one.accepted}"] if one.accepted else [])])


def _observed(one: Observation, series: Mapping[str, Series]) -> str:
    return observed(one, series[one.series].unit)


def verdicts(curated: Iterable[SeedClaim], width: int) -> list[Text]:
    """The statements that a person checked: verdict, statement, why."""
    lines: list[Text] = []
    for one in curated:
        head = Text.assemble(f"  {one.id}  ", (one.verdict, COLOURS.get(one.verdict, "")))
        about = ", ".join(filter(None, (one.event_id, one.series)))
        if head.cell_len + 2 + cell_len(about) <= width:
            lines.append(head.append(f"  {about}"))
        else:  # an id that is cut names nothing
            lines += [head, *indented(about, width, 4)]
        lines += [*indented(one.claim, width, 4), *indented(one.why, width, 4, "dim")]
    return lines


# ---- JSON -----------------------------------------------------------------------------------


def as_json(found: Reading) -> dict[str, Any]:
    """The whole reading; figures are numbers, days ISO or null."""
    from tracker.view import check

    entry = found.entry
    return {
        "schema_version": 1,
        "id": entry.item_id,
        "title": entry.title,
        "lang": entry.lang,
        "publisher": entry.publisher,
        "published": entry.published.date().isoformat() if entry.published else None,
        "url": entry.url or None,
        "stored": found.stored or None,
        "events": list(found.events),
        "damage": list(found.damage),
        "statements": [statement_json(one) for one in found.statements],
        "sentences": check.as_json(found.sentences),
        "figures": [figure_json(one) for one in found.figures],
        "checked": [verdict_json(one) for one in found.curated],
    }


def statement_json(one: Statement) -> dict[str, Any]:
    """An act of an article and the event of the record beside it."""
    return {
        "words": one.words,
        "verdict": one.verdict,
        "remark": one.remark or None,
        "kind": one.mention.kind,
        "items": list(one.mention.items),
        "actors": list(one.mention.actors),
        "day_words": one.dated.words if one.dated else None,
        "first": one.dated.first.isoformat() if one.dated else None,
        "last": one.dated.last.isoformat() if one.dated else None,
        "event_id": one.event.id if one.event else None,
        "record_date": one.event.date.isoformat() if one.event else None,
        "witnesses": [page.url for page in opened(one.event)] if one.event else [],
    }


def figure_json(one: Beside) -> dict[str, Any]:
    """A figure beside the record; values are numbers."""
    claim = one.claim
    return {
        "subject": claim.subject,
        "value": claim.value,
        "value_low": claim.low,
        "value_high": claim.high,
        "qualifier": claim.qualifier,
        "unit": claim.unit,
        "period_start": claim.start.isoformat() if claim.start else None,
        "period_end": claim.end.isoformat() if claim.end else None,
        "speaker": claim.speaker,
        "future": claim.ahead,
        "words": claim.words,
        "verdict": verdict(one),
        "agrees": [_observation_json(o) for o in one.agrees],
        "nearest": [_observation_json(o) for o in one.nearest],
        "in_record": [_observation_json(o) for o in one.said],
    }


def _observation_json(one: Observation) -> dict[str, Any]:
    return {
        "series": one.series,
        "variant": one.variant,
        "house": house_of(one),
        "value": one.value,
        "qualifier": one.qualifier,
        "nature": nature_of(one),
        "period_start": one.period_start.isoformat(),
        "period_end": one.period_end.isoformat(),
        "published": one.published.isoformat(),
        "flag": one.flag,
        "accepted": one.accepted,
        "url": one.url or None,
    }


def verdict_json(one: SeedClaim) -> dict[str, Any]:
    """A checked statement: verdict, why, sources."""
    return {
        "id": one.id, "claim": one.claim, "quote": one.quote_zh, "verdict": one.verdict,
        "why": one.why, "event_id": one.event_id, "series": one.series,
        "sources": list(one.sources),
    }  # fmt: skip
