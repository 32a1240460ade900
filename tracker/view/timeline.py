"""The timeline: a spine of dates, two lines an event, figures as entries of their own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from rich.cells import cell_len, set_cell_size
from rich.console import Console, ConsoleOptions, Group, RenderableType
from rich.text import Text

from tracker.core.clean import clean_line, clean_link
from tracker.core.timeline import EventRow, Figure, FigureRow, Row, Timeline, short_ids
from tracker.dates import first_of
from tracker.model import Event
from tracker.view.glyphs import (
    KIND_WORDS,
    MONTHS,
    NATURE_MARKS,
    STYLES,
    Signs,
    amount,
    glyph,
    long_day,
    short_day,
    tone,
    weekday,
)

GUTTER = 7  # cells for the day: "15 Tue "
NARROW = 44  # cells below which the second column is given up
GROUPS = ("month", "quarter", "actor", "measure", "kind")


@dataclass(frozen=True, slots=True)
class Page:
    """How one page is drawn."""

    width: int
    signs: Signs
    by: str
    compact: bool
    extra: tuple[str, ...]
    ids: dict[str, str]


def render(timeline: Timeline, *, width: int, ascii: bool = False, by: str = "month",  # noqa: A002
           compact: bool = False, extra: Sequence[str] = ()) -> RenderableType:  # fmt: skip
    """The whole page for a terminal ``width`` cells wide.

    ``by`` groups the rows; ``extra`` adds ``summary``, ``sources`` or ``reports`` below an event.
    """
    ids = short_ids([event.id for event in timeline.events])
    page = Page(max(width, 20), Signs(ascii), by, compact, tuple(extra), ids)
    parts: list[RenderableType] = [*_head(timeline, page)]
    for title, rows in grouped(timeline.rows, by):
        parts += [Text(""), Text(clean_line(title), style=STYLES["month"], no_wrap=True)]
        parts += _section(rows, page)
    parts += [Text(""), *_foot(timeline, page)]
    return Group(*parts)


# ---- head and foot ------------------------------------------------------------------------------


def _head(timeline: Timeline, page: Page) -> Iterator[RenderableType]:
    yield _spread("EXPORT-CONTROL TIMELINE", _extent(timeline, page), page, STYLES["head"])
    parts = [f"Record to {long_day(timeline.record_day)}"]
    if timeline.as_of:
        parts.append(f"as known on {long_day(timeline.as_of)}")
    polled = timeline.polled
    parts.append(
        f"polled {short_day(polled.date())} {polled:%H:%M} UTC" if polled else "never polled"
    )
    if timeline.lapsed:
        first = min(lapse.day for lapse in timeline.lapsed)
        what = "measure" if len(timeline.lapsed) == 1 else "measures"
        parts.append(
            f"{len(timeline.lapsed)} {what} lapsed since {long_day(first)}, outcome unknown"
        )
    yield Text(page.signs.plain(" · ").join(parts), style=STYLES["dim"])
    for spot in timeline.blind:
        yield Text(f"! {clean_line(spot)}", style="yellow")


def _extent(timeline: Timeline, page: Page) -> str:
    if timeline.span is None:
        return "no events"
    low, high = timeline.span
    span = f"{MONTHS[low.month - 1][:3]} {low.year}"
    if (low.year, low.month) != (high.year, high.month):
        span += f" - {MONTHS[high.month - 1][:3]} {high.year}"
    events = "event" if timeline.total == 1 else "events"
    return page.signs.plain(" · ").join((span, f"{timeline.total} {events}"))


def _foot(timeline: Timeline, page: Page) -> Iterator[RenderableType]:
    """The legend of what is shown, and nothing else."""
    signs, events = page.signs, timeline.events
    shown = {tone(event) for event in events}
    words = {"tighten": "tightens", "ease": "eases", "talks": "talks", "neutral": "neutral"}
    legend = [f"{signs[name]} {word}" for name, word in words.items() if name in shown]
    if any(event.status == "proposed" or event.instrument == "bill" for event in events):
        legend.append(f"{signs['tighten-open']} {signs['ease-open']} proposed")
    figures = [row for row in timeline.rows if isinstance(row, FigureRow)]
    if any(row.nature not in ("forecast", "target") for row in figures):
        legend.append(f"{signs['data']} figure")
    if any(row.nature in ("forecast", "target") for row in figures):
        legend.append(f"{signs['data-open']} forecast or target")
    if any(event.precision != "day" for event in events) or any(
        row.observation.published_precision != "day" for row in figures
    ):
        legend.append("~ day not known")
    if legend:
        yield Text("  ".join(legend), style=STYLES["dim"])
    for note in timeline.notes:
        yield Text(clean_line(note))


def _spread(left: str, right: str, page: Page, style: str) -> Text:
    gap = page.width - cell_len(left) - cell_len(right)
    text = Text(left, style=style, no_wrap=gap > 0)
    if gap > 0:
        text.append(" " * gap)
        text.append(right, style="not bold dim")
    else:
        text.append(f"\n{right}", style="not bold dim")
    return text


# ---- groups -------------------------------------------------------------------------------------


def day_of(row: Row) -> date:
    """The day on which a row stands."""
    return row.event.date if isinstance(row, EventRow) else row.observation.published


def grouped(rows: Iterable[Row], by: str) -> list[tuple[str, list[Row]]]:
    """Rows under headings. Under ``actor`` and ``measure`` an event stands with each of its own."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        for title in _headings(row, by):
            groups.setdefault(title, []).append(row)
    if by in ("actor", "measure", "kind"):
        return sorted(groups.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    return list(groups.items())


def _headings(row: Row, by: str) -> tuple[str, ...]:
    day = day_of(row)
    if by == "quarter":
        return (f"Q{(day.month + 2) // 3} {day.year}",)
    if by == "month" or (isinstance(row, FigureRow) and by == "kind"):
        return (f"{MONTHS[day.month - 1]} {day.year}" if by == "month" else "figures",)
    if isinstance(row, FigureRow):
        return ("figures",)
    if by == "kind":
        return (row.event.kind,)
    named = row.event.actors if by == "actor" else row.event.measures
    return named or (f"no {by}",)


def _section(rows: Sequence[Row], page: Page) -> Iterator[RenderableType]:
    before = ""
    for row in rows:
        gutter = _gutter(row, page)
        shown = "" if gutter == before and gutter.strip() else gutter
        before = gutter
        if isinstance(row, EventRow):
            yield _Entry(_event_lines(row, shown, page), page)
        else:
            yield _Entry(_figure_lines(row, shown, page), page)


def _gutter(row: Row, page: Page) -> str:
    """The day: ``15 Tue``; ``~`` where only the month (or less) is known; the month where the
    group is not one.
    """  # noqa: D205 - one sentence
    day = day_of(row)
    vague = (
        row.event.precision != "day"
        if isinstance(row, EventRow)
        else row.observation.published_precision != "day"
    )
    if page.by == "month":
        return " ~" if vague and isinstance(row, EventRow) else f"{day.day:2} {weekday(day)}"
    if vague and isinstance(row, EventRow):
        return f"~ {MONTHS[day.month - 1][:3]} {day:%y}"
    return f"{day.day:2} {MONTHS[day.month - 1][:3]} {day:%y}"


# ---- one entry ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Line:
    """One logical line: left part that wraps, right part that stays at the edge."""

    lead: Text
    body: Text
    right: Text


class _Entry:
    """Lines with a hanging indent, right parts at the edge of the first row."""

    def __init__(self, lines: Sequence[_Line], page: Page) -> None:
        self._lines = lines
        self._page = page

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Text]:
        width = min(options.max_width, self._page.width)
        for line in self._lines:
            yield from _laid(console, line, width, self._page)


def _laid(console: Console, line: _Line, width: int, page: Page) -> Iterator[Text]:
    lead = line.lead.cell_len
    right = line.right.cell_len
    room = width - lead - (right + 2 if right else 0)
    if room < 16:
        room, right = width - lead, 0
    rows = list(line.body.wrap(console, max(room, 4), overflow="fold")) or [Text("")]
    spine = (
        Text(" " * (lead - 2)) + Text(page.signs["spine"] + " ", style="dim")
        if lead > 2
        else Text("")
    )
    for n, row in enumerate(rows):
        row.rstrip()
        text = Text(no_wrap=True, overflow="ignore", end="\n")
        text.append_text(line.lead if n == 0 else spine)
        text.append_text(row)
        if n == 0 and right:
            text.append(" " * (width - text.cell_len - right))
            text.append_text(line.right)
        yield text


def _event_lines(row: EventRow, gutter: str, page: Page) -> list[_Line]:
    event, signs = row.event, page.signs
    wide = page.width >= NARROW
    indent = _gutter_width(page)
    lead = Text(set_cell_size(gutter, indent), style=STYLES["dim"] if "~" in gutter else "")
    lead.append(glyph(event, signs) + " ", style=STYLES[tone(event)])
    if page.width >= NARROW:
        lead.append(f"{event.jurisdiction[0] if event.jurisdiction else '':<3}", style="dim")
    origins = f"{event.witnesses} {'origin' if event.witnesses == 1 else 'origins'}"
    first = _Line(lead, _title(event), Text(origins if wide else "", style="dim"))
    if page.compact:
        return [first]
    below = Text(" " * indent)
    below.append(signs["spine"] + " ", style="dim")
    right = Text(_figure(row.figure, signs) if row.figure and wide else "", style=STYLES["data"])
    lines = [first, _Line(below, Text(signs.plain(_facts(event, page)), style="dim"), right)]
    if row.figure and not wide:
        lines.append(_Line(below, Text(_figure(row.figure, signs), style=STYLES["data"]), Text("")))
    lines += [_Line(below, text, Text("")) for text in _extras(event, page)]
    return lines


def _gutter_width(page: Page) -> int:
    return GUTTER if page.by == "month" else GUTTER + 3


def _title(event: Event) -> Text:
    link = next((clean_link(source.url) for source in event.sources if clean_link(source.url)), "")
    style = "bold" if event.witnesses >= 10 else ""
    text = Text(clean_line(event.title), style=style)
    if link:
        text.stylize(f"link {link}")
    if event.end_date and event.end_date != event.date:
        text.append(f" (to {short_day(event.end_date)})", style="dim")
    if event.text_later:
        text.append(" [written later]", style="dim")
    return text


def _facts(event: Event, page: Page) -> str:
    """Kind or instrument with its reference, status, effective date, terms, items, short id."""
    reference = ""
    ref = next((source.ref for source in event.sources if source.ref), None)
    if ref:
        reference = f" § {clean_line(ref.split(';')[0])}"
    parts = [_what(event) + reference]
    if event.status != "confirmed":
        parts.append(event.status)
    effective = [day for day in event.dates.get("effective", ()) if day != event.date]
    if effective:
        parts.append("eff " + ", ".join(_day_near(day, event.date) for day in effective))
    if event.terms:
        parts.append(", ".join(event.terms[:3]))
    names = event.items or event.actors
    if names:
        parts.append(", ".join(names[:3]))
    parts.append(f"#{page.ids.get(event.id, event.id)}")
    return clean_line(" · ".join(parts))


def _what(event: Event) -> str:
    """The instrument where it says more than the kind."""
    if event.instrument in KIND_WORDS:
        word = KIND_WORDS[event.instrument]
        return word if word.startswith(event.kind) else f"{event.kind}, {word}"
    if event.instrument in (
        "guidance",
        "proclamation",
        "statute",
        "bill",
        "settlement",
        "indictment",
    ):
        return f"{event.kind}, {event.instrument}"
    return event.kind


def _day_near(day: date, other: date) -> str:
    return short_day(day) if day.year == other.year else long_day(day)


def _figure(figure: Figure, signs: Signs) -> str:
    """``IDC > 30 % (2024)``: a juxtaposition, never a pair of two houses."""
    text = amount(figure.value, figure.value_low, figure.value_high, figure.qualifier, figure.unit)
    mark = NATURE_MARKS[figure.nature]
    period = (
        f"to {figure.period_end:%Y-%m}"
        if figure.period_end.month != 12
        else str(figure.period_end.year)
    )
    return signs.plain(f"{clean_line(figure.house)} {text}{' ' + mark if mark else ''} ({period})")


def _extras(event: Event, page: Page) -> Iterator[Text]:
    if "summary" in page.extra and event.summary:
        yield Text(clean_line(event.summary))
    if "sources" in page.extra:
        for source in event.sources:
            day = (
                source.published.isoformat()
                if source.published
                else source.published_approx or "undated"
            )
            link = clean_link(source.url)
            text = Text(f"{clean_line(source.publisher)}, {clean_line(day)}", style="dim")
            if source.official:
                text.append(" (official)", style="bold")
            if link:
                text.append(f" {link}", style=f"dim link {link}")
            yield text
    if "reports" in page.extra and event.reports:
        yield Text(f"{event.reports} reports in the feeds", style="dim")


def _figure_lines(row: FigureRow, gutter: str, page: Page) -> list[_Line]:
    one, signs = row.observation, page.signs
    open_ = row.nature in ("forecast", "target")
    indent = _gutter_width(page)
    lead = Text(set_cell_size(gutter, indent))
    lead.append(
        signs["data-open" if open_ else "data"] + " ", style=STYLES["forecast" if open_ else "data"]
    )
    if page.width >= NARROW:
        lead.append("   ")
    figure = amount(one.value, one.value_low, one.value_high, one.qualifier, row.series.unit)
    period = period_words(one.period_start, one.period_end)
    style = STYLES["forecast" if open_ else "data"]
    body = Text(clean_line(f"{row.house}: {figure} for {period}"), style=style)
    marks: list[str] = [row.nature] if row.nature in ("forecast", "claim", "target") else []
    marks += [one.flag] if one.flag else []
    if marks:
        body.append(f" [{', '.join(marks)}]")
    if one.published_precision != "day":
        body.append(" ~", style="dim")
    first = _Line(lead, body, Text(""))
    if page.compact:
        return [first]
    below = Text(" " * indent)
    below.append(signs["spine"] + " ", style="dim")
    return [first, _Line(below, Text(clean_line(row.series.title), style="dim"), Text(""))]


def period_words(start: date, end: date) -> str:
    """A period in few words: ``2024``, ``H1 2024``, ``Q2 2025``, ``28 Apr - 27 Jul 2025``.

    >>> period_words(date(2024, 1, 1), date(2024, 12, 31))
    '2024'
    >>> period_words(date(2024, 1, 1), date(2024, 6, 30))
    'H1 2024'
    >>> period_words(date(2025, 5, 21), date(2025, 5, 21))
    '21 May 2025'
    """
    if start == end:
        return long_day(start)
    whole = (start.month, start.day, end.month, end.day)
    if start.year == end.year:
        names = {(1, 1, 12, 31): "", (1, 1, 6, 30): "H1 ", (7, 1, 12, 31): "H2 ",
                 (1, 1, 3, 31): "Q1 ", (4, 1, 6, 30): "Q2 ", (7, 1, 9, 30): "Q3 ",
                 (10, 1, 12, 31): "Q4 "}  # fmt: skip
        if whole in names:
            return f"{names[whole]}{start.year}"
        return f"{short_day(start)} - {long_day(end)}"
    return f"{long_day(start)} - {long_day(end)}"


# ---- for pipes ----------------------------------------------------------------------------------


def plain(timeline: Timeline) -> str:
    """One line a row, fields parted by tabs: date, glyph word, capital, title, facts, id.

    A month-precision date is printed as the month; nothing is wrapped or cut.
    """
    return "\n".join(_plain_row(row) for row in timeline.rows)


def _plain_row(row: Row) -> str:
    if isinstance(row, FigureRow):
        one = row.observation
        figure = amount(one.value, one.value_low, one.value_high, one.qualifier, row.series.unit)
        approx = "~" if one.published_precision != "day" else ""
        flag = f" [{one.flag}]" if one.flag else ""
        words = f"{row.house}: {figure} for {period_words(one.period_start, one.period_end)}"
        fields = [f"{approx}{one.published.isoformat()}", "figure", row.nature, words + flag,
                  row.series.title, one.series]  # fmt: skip
        return "\t".join(clean_line(field) for field in fields)
    event = row.event
    day = {
        "day": event.date.isoformat(),
        "month": f"{event.date:%Y-%m}",
        "year": f"{event.date:%Y}",
    }
    when = day.get(
        event.precision, f"{first_of(event.date, 'quarter'):%Y}-Q{(event.date.month + 2) // 3}"
    )
    if event.end_date and event.end_date != event.date:
        when += f"/{event.end_date.isoformat()}"
    facts = [event.kind, event.status, f"{event.witnesses} origins"]
    if row.figure:
        facts.append(_figure(row.figure, Signs(ascii=False)))
    fields = [
        when,
        event.direction,
        "+".join(event.jurisdiction),
        event.title,
        ", ".join(facts),
        event.id,
    ]
    return "\t".join(clean_line(field) for field in fields)
