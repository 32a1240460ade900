"""What changed between two days of knowledge: text and JSON."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rich.text import Text

from tracker.core.clean import clean_line
from tracker.core.diff import Difference, EventDiff, Field, FigureDiff
from tracker.core.figures import house_of, nature_of
from tracker.model import Event, Observation
from tracker.view.glyphs import Signs, day_words, is_hollow, observed, period, when
from tracker.view.lines import Lines, wrap

_NAMES = {
    "date": "re-dated", "end_date": "last day", "witnesses": "independent origins",
    "jurisdiction": "capital", "title": "headline corrected",
}  # fmt: skip
_ASCII_SLACK = 3


def render(found: Difference, *, width: int, ascii: bool = False) -> Lines:  # noqa: A002
    """Events first, then figures, each with what it was before."""
    signs = Signs(ascii=ascii)
    width -= _ASCII_SLACK if ascii else 0
    head = f"Known by {day_words(found.last)} and not by {day_words(found.first)}"
    lines = [Text(line, style="bold") for line in wrap(head, width)]
    lines += _section(_count(len(found.events), "event"), width)
    for one in found.events:
        lines += _event(one, width)
    lines += _section(_count(len(found.figures), "figure"), width)
    for figure in found.figures:
        lines += _indented(_figure(figure), width)
    return Lines([Text(signs.text(line.plain), style=line.style) for line in lines])


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _section(words: str, width: int) -> list[Text]:
    return [Text(), *(Text(line, style="bold") for line in wrap(words, width))]


def _event(one: EventDiff, width: int) -> list[Text]:
    event = (one.before if one.change == "split" else one.after or one.before)[0]
    lines = _indented(f"{one.change}  {_named(event)}", width)
    if one.change == "joined":
        lines += _below((_named(other) for other in one.before), width)
    if one.change == "split":
        lines += _below((f"now apart: {_named(other)}" for other in one.after[1:]), width)
    return lines + _below(map(_field, one.fields), width)


def _field(field: Field) -> str:
    name = _NAMES.get(field.name, field.name)
    return clean_line(f"{name}: {field.before or 'none'} → {field.after or 'none'}")


def _below(said: Iterable[str], width: int) -> list[Text]:
    return [Text(f"    {line}") for words in said for line in wrap(words, width - 4)]


def _named(event: Event) -> str:
    return f"{when(event)} {clean_line(event.title)} [{event.id}]"


def _indented(words: str, width: int) -> list[Text]:
    first, *rest = wrap(words, width - 4)
    return [Text(f"  {first}"), *(Text(f"    {line}") for line in rest)]


def _figure(one: FigureDiff) -> str:
    words = (
        f"{one.change}  {one.series.id}{_variant(one.observation)}: {_said(one.observation, one)}"
    )
    if one.change == "revised":
        return f"{words}; before {_said(one.against[0], one)}"
    if one.change == "first outcome":
        return f"{words}; said before: {'; '.join(_said(o, one) for o in one.against)}"
    return words


def _variant(one: Observation) -> str:
    return f" [{one.variant}]" if one.variant else ""


def _said(one: Observation, figure: FigureDiff) -> str:
    nature = nature_of(one)
    marks = [nature] if is_hollow(nature) else []
    extra = [str(mark) for mark in (*marks, one.flag) if mark]
    about = "~" if one.published_precision == "approx" else ""
    tail = f", {', '.join(extra)}" if extra else ""
    return (
        f"{house_of(one)} {observed(one, figure.series.unit)} for"
        f" {period(one.period_start, one.period_end)} ({about}{day_words(one.published)}{tail})"
    )


def as_json(found: Difference) -> dict[str, Any]:
    """``{"schema_version", "first", "last", "events", "figures"}``; figures are numbers."""
    return {
        "schema_version": 1,
        "first": found.first.isoformat(),
        "last": found.last.isoformat(),
        "events": [_event_json(one) for one in found.events],
        "figures": [_figure_json(one) for one in found.figures],
    }


def _event_json(one: EventDiff) -> dict[str, Any]:
    return {
        "change": one.change,
        "before": [_short(event) for event in one.before],
        "after": [_short(event) for event in one.after],
        "fields": [{"name": f.name, "before": f.before, "after": f.after} for f in one.fields],
    }


def _short(event: Event) -> dict[str, Any]:
    return {"id": event.id, "date": event.date.isoformat(), "precision": event.precision,
            "status": event.status, "title": event.title}  # fmt: skip


def _figure_json(one: FigureDiff) -> dict[str, Any]:
    return {
        "change": one.change,
        "series": one.series.id,
        "variant": one.observation.variant,
        "unit": one.series.unit,
        "figure": _observation(one.observation),
        "against": [_observation(other) for other in one.against],
    }


def _observation(one: Observation) -> dict[str, Any]:
    return {
        "house": house_of(one), "value": one.value, "value_low": one.value_low,
        "value_high": one.value_high, "qualifier": one.qualifier, "nature": nature_of(one),
        "period_start": one.period_start.isoformat(), "period_end": one.period_end.isoformat(),
        "published": one.published.isoformat(), "flag": one.flag,
    }  # fmt: skip
