"""``html``: one self-contained page that opens offline, under a strict content policy."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from tracker.core.clean import clean_line, clean_link, clean_text
from tracker.core.figures import house_of, nature_of
from tracker.core.shares import Link
from tracker.core.text import has_han
from tracker.core.timeline import EventRow, Timeline
from tracker.core.witnesses import best_first
from tracker.dates import first_of
from tracker.model import Event, Observation, Source
from tracker.view.cite import footnote, tier_of
from tracker.view.export import event_rows
from tracker.view.facts import event_facts, fitted
from tracker.view.glyphs import (
    LEGEND,
    MONTHS,
    Signs,
    is_hollow,
    observed,
    period,
    sign_of,
    titled,
    when,
    witnessed,
)
from tracker.view.headings import dated
from tracker.view.page import extent, state

WIDTH: Final = 960
LEFT: Final = 44
RIGHT: Final = WIDTH - 24
TOP: Final = 20
LONG: Final = 1000  # from here on a browser lays out only what is on the screen
SLOW: Final = 5000  # from here on a person should be warned
LANES: Final = 5  # rows of event marks, so that near ones do not hide each other
BASE: Final = 96  # y of the figures' upper edge
HEIGHT: Final = 300
FLOOR: Final = HEIGHT - 26
NEAR: Final = 48  # user units that a label takes on a phone
ROOM: Final = {"year": 40, "month": 32}  # what a label takes, so that the last one is not cut
MONTHS_SHOWN: Final = 540  # days of a span in which months are named: each has 50 user units
_PATHS: Final = {
    "tighten": "M0 -6L6 5L-6 5Z", "ease": "M0 6L6 -5L-6 -5Z", "talks": "M0 -6L6 0L0 6L-6 0Z",
    "neutral": "M-5 0a5 5 0 1 0 10 0a5 5 0 1 0 -10 0Z",
}  # fmt: skip
_ANCHOR: Final = re.compile(r"[^A-Za-z0-9_-]")


def page(timeline: Timeline) -> str:
    """The whole report: events as plain HTML, one script and one style, both named by hash.

    Without scripts everything is there to read; filter, zoom and the choice of series need them.
    No host is asked for anything.
    """
    from jinja2 import Environment, StrictUndefined
    from markupsafe import Markup

    css, js = _part("report.css"), _part("report.js")
    environment = Environment(autoescape=True, undefined=StrictUndefined)
    template = environment.from_string(_part("report.html"))
    model = _model(timeline)
    # Our own two files and JSON without a single "<": the only parts that are not escaped.
    ours = {"css": Markup(css), "js": Markup(js), "data": Markup(_inert(model["data"]))}  # noqa: S704 - as said above
    return template.render(**(model | ours), policy=policy(css, js)) + "\n"


def policy(css: str, js: str) -> str:
    """A content policy that allows these two texts and nothing else.

    >>> policy("a", "b").split(";")[0]
    "default-src 'none'"
    """
    return (
        f"default-src 'none'; style-src 'sha256-{_hash(css)}'; script-src 'sha256-{_hash(js)}';"
        " img-src 'none'; connect-src 'none'; base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _part(name: str) -> str:
    return Path(__file__).with_name(name).read_text(encoding="utf-8").rstrip("\n")


def _inert(data: dict[str, Any]) -> str:
    """JSON that cannot end the element it stands in."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", r"\u003c")


def _model(timeline: Timeline) -> dict[str, Any]:
    # The page's script knows an event by its place: marks, data and articles have one order.
    months = dated(event_rows(timeline), "month")
    rows = [row for _, group in months for row in group]
    events = [row.event for row in rows]
    series = _series(rows, _span(events))
    data = _data(events, series)
    return {
        "extent": extent(timeline),
        "state": " · ".join(state(timeline, polled=False)),
        "blind": [clean_line(spot) for spot in timeline.blind],
        "number": len(rows),
        "data": data,
        "long": len(rows) > LONG,
        **{name: data[name] for name in ("kinds", "directions", "capitals", "actors")},
        "legend": _legend(events),
        "months": [{"name": name, "events": list(map(_event, group))} for name, group in months],
        "series": [_table(one) for one in series],
        "chart": _chart(events, series) if events else None,
    }


def _data(events: Sequence[Event], series: Sequence[_Series]) -> dict[str, Any]:
    """What the script filters and draws by, each word once: the page itself need not repeat it.

    An event is ``[kind, direction, [capitals], [actors], first day, further days]``, a word as its
    place in the list; a figure ``[first day, last day, value, is it hollow]``.
    """
    words: dict[str, list[str]] = {
        "kinds": sorted({event.kind for event in events}),
        "directions": sorted({event.direction for event in events}),
        "capitals": sorted({clean_line(word) for event in events for word in event.jurisdiction}),
        "actors": sorted({clean_line(word) for event in events for word in event.actors}),
    }
    place = {name: {word: n for n, word in enumerate(known)} for name, known in words.items()}

    def told(event: Event) -> list[Any]:
        first = first_of(event.date, event.precision).toordinal()
        return [
            place["kinds"][event.kind], place["directions"][event.direction],
            [place["capitals"][clean_line(word)] for word in event.jurisdiction],
            [place["actors"][clean_line(word)] for word in event.actors],
            first, event.last.toordinal() - first,
        ]  # fmt: skip

    figures = [
        {"id": one.id, "top": _top(one), "percent": int(one.unit == "percent"),
         "seen": [[o.period_start.toordinal(), o.period_end.toordinal(), o.value,
                   int(is_hollow(nature_of(o)))] for o in one.seen]}
        for one in series
    ]  # fmt: skip
    return words | {"events": [told(event) for event in events], "series": figures}


def _legend(events: Sequence[Event]) -> str:
    shown = {sign_of(event) for event in events}
    signs = Signs()
    words = [f"{signs.glyph(name)} {LEGEND[name]}" for name in LEGEND if name in shown]
    return ", ".join([*words, "hollow circle: forecast, claim or target"]) + "."


# ---- events -------------------------------------------------------------------------------------


def _event(row: EventRow) -> dict[str, Any]:
    event, name = row.event, sign_of(row.event)
    return {
        "anchor": anchor(event.id),
        "capital": clean_line(event.jurisdiction[0]) if event.jurisdiction else "",
        "days": f"{'' if event.precision == 'day' else '~'}{when(event)}".split("/"),
        "tone": name.removesuffix("?"), "sign": Signs().glyph(name), "meaning": LEGEND[name],
        "lang": "zh" if has_han(event.title) else "",
        "title": titled(event),
        "summary": clean_text(event.summary),
        "facts": fitted(event_facts(event, event.id), 400),
        "figures": _figures(row.links), "linked": event.link_day.isoformat(),
        "sources": [_source(source) for source in best_first(event)],
        "witnessed": witnessed(event), "note": clean_text(event.note or ""),
    }  # fmt: skip


def anchor(id_: str) -> str:
    """An id that can stand in HTML and in an address.

    >>> anchor("2025-04-09-us h20")
    'e-2025-04-09-us-h20'
    """
    return f"e-{_ANCHOR.sub('-', id_)}"


def _figures(links: Sequence[Link]) -> str:
    """What was known before, one line a house; the tables hold the rest."""
    found = []
    for link in links:
        if link.known_before:
            one = link.known_before.observation
            words = f"{house_of(one)} {observed(one, link.unit)}"
            found.append(f"{words} ({link.series}, {period(one.period_start, one.period_end)})")
    return clean_line("; ".join(found))


def _source(source: Source) -> dict[str, str]:
    address = clean_link(source.url)
    words = footnote(source, link=False)
    return {"words": words, "url": address, "tier": tier_of(source)}


# ---- figures ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Series:
    id: str
    title: str
    unit: str
    seen: tuple[Observation, ...]


def _series(rows: Sequence[EventRow], span: tuple[int, int]) -> list[_Series]:
    """Every figure that stands beside an event shown, by series and variant, largest first.

    Before all stand those of which a figure speaks about the days of the chart, its ``span``.
    """
    found: dict[tuple[str, str | None], tuple[Link, dict[int, Observation]]] = {}
    for row in rows:
        for link in row.links:
            _, seen = found.setdefault((link.series, link.variant), (link, {}))
            placed = (link.known_before, *link.in_force, link.next_after, link.now)
            seen |= {one.observation.number: one.observation for one in placed if one}
    series = [
        _Series(f"{name}/{variant}" if variant else name, link.title, link.unit,
                tuple(sorted(seen.values(), key=lambda o: (o.period_end, o.published, o.number))))
        for (name, variant), (link, seen) in found.items() if seen
    ]  # fmt: skip
    headline = {row.figure.series for row in rows if row.figure}
    return sorted(series, key=lambda one: _prominence(one, headline, _speaks(one, span)))


def _speaks(one: _Series, span: tuple[int, int]) -> int:
    """Whether a figure's period has a day of the chart: 2 a measured one's, 1 another's, 0 none."""
    first, last = span
    inside = [
        o for o in one.seen
        if o.period_start.toordinal() <= last and o.period_end.toordinal() >= first
    ]  # fmt: skip
    return bool(inside) + any(_measured(o) for o in inside)


def _measured(one: Observation) -> bool:
    return not is_hollow(nature_of(one)) and one.flag is None


def _prominence(
    one: _Series, headline: set[str], speaks: int
) -> tuple[bool, bool, bool, int, int, str]:
    """The headline series first, then percentages with most measured figures: never mere claims.

    What says nothing about the days of the chart comes last; ``speaks`` is as ``_speaks`` has it.
    """
    measured = sum(map(_measured, one.seen))
    named = one.id.split("/")[0] in headline
    other = one.unit != "percent"
    return not speaks, not (named and measured), other, -speaks, -measured, one.id


def _table(one: _Series) -> dict[str, Any]:
    return {
        "id": one.id, "name": one.id, "title": one.title,
        "rows": [
            {"period": period(o.period_start, o.period_end), "figure": observed(o, one.unit),
             "house": clean_line(house_of(o)),
             "nature": ", ".join(filter(None, (nature_of(o), o.flag))),
             "published": ("~" if o.published_precision != "day" else "")
             + o.published.isoformat()}
            for o in one.seen
        ],
    }  # fmt: skip


# ---- chart --------------------------------------------------------------------------------------


def _chart(events: Sequence[Event], series: Sequence[_Series]) -> dict[str, Any]:
    starts = [first_of(event.date, event.precision).toordinal() for event in events]
    first, last = _span(events)

    def x(day: int) -> float:
        inside = min(max(day, first), last)
        return round(LEFT + (inside - first) / (last - first) * (RIGHT - LEFT), 1)

    marks = [
        {"sign": _mark(event), "x": x(start), "y": TOP + number % LANES * 14}
        for number, (event, start) in enumerate(zip(events, starts, strict=True))
    ]
    return {
        "width": WIDTH, "height": HEIGHT, "left": LEFT, "right": RIGHT,
        "first": first, "last": last, "marks": marks,
        "labels": _labels(first, last, x), "months": MONTHS_SHOWN, "near": NEAR,
        "shapes": _shapes(events), "base": BASE, "floor": FLOOR,
        "group": _group(series[0], x) | {"some": _speaks(series[0], (first, last))}
        if series else None,
    }  # fmt: skip


def _span(events: Sequence[Event]) -> tuple[int, int]:
    """The first and the last day of the chart."""
    if not events:
        return 1, 1
    first = min(first_of(event.date, event.precision).toordinal() for event in events)
    return first, max(max(event.last for event in events).toordinal(), first + 30)


def _labels(first: int, last: int, x: Callable[[int], float]) -> list[dict[str, Any]]:
    """Years and months in order; months are hidden in a long span and near the label before."""
    begun, ended = date.fromordinal(first), date.fromordinal(last)
    years = [(max(date(year, 1, 1).toordinal(), first), str(year), "year")
             for year in range(begun.year, ended.year + 1)]  # fmt: skip
    if len(years) > 1 and x(years[1][0]) - x(years[0][0]) < NEAR:
        del years[0]  # its label would lie under the next one
    firsts = [date(year, month, 1) for year in range(begun.year, ended.year + 1)
              for month in range(2, 13)]  # fmt: skip
    months = [(day.toordinal(), MONTHS[day.month - 1][:3], "month") for day in firsts
              if begun <= day <= ended]  # fmt: skip
    found: list[dict[str, Any]] = []
    at = 0.0
    for day, words, sort in sorted([*years, *months]):
        hidden = sort == "month" and (last - first > MONTHS_SHOWN or x(day) - at < NEAR)
        at = at if hidden else x(day)
        left = min(x(day), WIDTH - ROOM[sort])
        found.append({"day": day, "words": words, "sort": sort, "x": x(day), "left": left,
                      "hidden": hidden})  # fmt: skip
    return found


def _mark(event: Event) -> str:
    """The id of an event's sign among the shapes: ``m-ease``, ``m-ease-open``."""
    return "m-" + sign_of(event).replace("?", "-open")


def _shapes(events: Sequence[Event]) -> list[dict[str, str]]:
    """Each sign once, as a shape that the marks point at."""
    names = sorted({sign_of(event) for event in events})
    return [
        {"id": "m-" + name.replace("?", "-open"), "path": _PATHS[name.removesuffix("?")],
         "tone": name.replace("?", " open")}
        for name in names
    ]  # fmt: skip


def _top(one: _Series) -> float:
    """The upper end of the figures' axis."""
    top = 100.0 if one.unit == "percent" else max(o.value_high or o.value for o in one.seen)
    return max(top, max(o.value for o in one.seen), 1e-9)


def _group(one: _Series, x: Any) -> dict[str, Any]:
    top = _top(one)

    def y(value: float) -> float:
        return round(FLOOR - max(value, 0) / top * (FLOOR - BASE), 1)

    ticks = [{"y": y(top * part), "words": f"{top * part:,.4g}" + ("%" if one.unit == "percent"
              else "")} for part in (0, 0.5, 1)]  # fmt: skip
    seen = [
        {"y": y(o.value), "x1": x(o.period_start.toordinal()), "x2": x(o.period_end.toordinal()),
         "open": is_hollow(nature_of(o))}
        for o in one.seen
    ]  # fmt: skip
    return {"ticks": ticks, "seen": seen}
