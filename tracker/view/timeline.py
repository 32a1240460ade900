"""The timeline: a spine of dates, two lines an event, figures as entries of their own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from rich.cells import set_cell_size
from rich.console import RenderableType
from rich.style import Style
from rich.text import Text

from tracker.core.clean import clean_line, clean_link
from tracker.core.event_ids import short_ids
from tracker.core.timeline import (
    EventRow,
    FigureRow,
    Row,
    Timeline,
    day_of,
    is_vague,
)
from tracker.core.witnesses import best_first
from tracker.model import Event
from tracker.view.facts import event_facts, fitted, shown_figure
from tracker.view.glyphs import (
    STYLES,
    UNCURATED,
    Signs,
    figure_words,
    is_hollow,
    iso,
    sign_of,
    teller,
    titled,
    weekday,
)
from tracker.view.headings import DATED, dated
from tracker.view.lines import Lines, cut, filled, link, wrap
from tracker.view.page import NARROW, Page, foot, head
from tracker.view.slots import count

GROUPS: Final = ("month", "quarter", "actor", "measure", "kind")
WIDE: Final = 140  # a line longer than this is hard to follow; lanes may be wider
LANES: Final = 110  # the least width at which two lanes can be read
TITLE_LINES: Final = 3


def render(timeline: Timeline, *, width: int, ascii: bool = False, by: str = "month",  # noqa: A002
           compact: bool = False, extra: Sequence[str] = (), lanes: bool = False
           ) -> RenderableType:  # fmt: skip
    """The whole page for a terminal ``width`` cells wide (20 and more).

    ``by`` groups the rows; ``extra`` adds ``summary``, ``sources`` or ``reports`` below an event;
    ``lanes`` sets Washington and Beijing side by side where there is room for both.
    """
    return Lines(list(lines(timeline, width, ascii, by, compact, tuple(extra), lanes)))


def lines(timeline: Timeline, width: int, ascii: bool, by: str, compact: bool,  # noqa: A002
          extra: tuple[str, ...], lanes: bool = False) -> Iterator[Text]:  # fmt: skip
    """The page line by line."""
    two = lanes and width >= LANES
    page = Page(max(20, width if two else min(width, WIDE)), Signs(ascii), by, compact, extra,
                ids_of(timeline))  # fmt: skip
    yield from head(timeline, page)
    if two:
        from tracker.view.lanes import side_by_side

        yield from side_by_side(timeline, page)
    else:
        for title, rows in grouped(timeline.rows, by):
            yield Text("")
            yield from _heading(title, timeline.titles.get(title, ""), rows, page)
            yield from section(rows, page)
    yield from foot(timeline, page)


def ids_of(timeline: Timeline) -> dict[str, str]:
    """The short id of each event shown."""
    known = dict(timeline.short)
    return known or short_ids([event.id for event in timeline.events])


# ---- groups -------------------------------------------------------------------------------------


def grouped(rows: Iterable[Row], by: str) -> list[tuple[str, list[Row]]]:
    """Rows under headings. Under ``actor`` and ``measure`` an event stands with each of its own."""
    for unit in DATED:
        if by == unit:
            return dated(rows, unit)
    groups: dict[str, list[Row]] = {}
    for row in rows:
        for title in _headings(row, by):
            groups.setdefault(title, []).append(row)
    last = ("figures", f"no {by}")
    order = sorted(groups.items(), key=lambda pair: (pair[0] in last, -len(pair[1]), pair[0]))
    return list(order)


def _headings(row: Row, by: str) -> tuple[str, ...]:
    if isinstance(row, FigureRow):
        return ("figures",)
    if by == "kind":
        return (row.event.kind,)
    named = row.event.actors if by == "actor" else row.event.measures
    return named or (f"no {by}",)


def _heading(title: str, words: str, rows: Sequence[Row], page: Page) -> Iterator[Text]:
    """The name of a group and how many stand in it; of a measure its title, then its id."""
    number = Text(str(len(rows)), style="dim") if page.by not in DATED else None
    if page.by != "measure" or not words:
        bold = Text(cut(clean_line(title), page.width - 6), style=STYLES["month"])
        yield filled(bold, number, page.width)
        return
    for n, part in enumerate(wrap(clean_line(words), page.width - 6)):
        yield filled(Text(part, style=STYLES["month"]), None if n else number, page.width)
    yield Text(title, style="dim")


def section(rows: Sequence[Row], page: Page) -> Iterator[Text]:
    """The rows of one group; a day is printed once, what is not known to the day each time."""
    before = ""
    for row in rows:
        day = gutter(row, page)
        shown = "" if day == before and "~" not in day else day
        before = day
        draw = _event if isinstance(row, EventRow) else _figure
        yield from draw(row, shown, page)  # type: ignore[arg-type]  # each drawn by its own


def gutter(row: Row, page: Page) -> str:
    """The day: ``15 Tue``, ``10–12``; ``~`` where it is not known; ISO outside months."""
    day, vague = day_of(row), is_vague(row)
    if page.by != "month":
        if isinstance(row, EventRow):
            return f"{'~' if vague else ''}{iso(day, row.event.precision)}"
        return f"~{day:%Y-%m}" if vague else day.isoformat()
    if isinstance(row, FigureRow):
        return f"~{day.day}" if vague else f"{day.day:2} {weekday(day)}"
    if vague:
        return _vague(row.event)
    end = row.event.end_date
    if end and end != day and (end.year, end.month) == (day.year, day.month):
        return page.signs.text(f"{day.day:2}–{end.day}")
    return f"{day.day:2} {weekday(day)}"


def _vague(event: Event) -> str:
    """What of the day is known beside the heading; both are in line with figures of days."""
    words = {"quarter": f" ~ {iso(event.date, 'quarter')[5:]}", "year": f"~ {event.date.year}"}
    return words.get(event.precision, " ~")


# ---- one entry ----------------------------------------------------------------------------------


def _event(row: EventRow, day: str, page: Page) -> Iterator[Text]:
    event, name = row.event, sign_of(row.event)
    style = STYLES[name.removesuffix("?")]
    lead = Text(set_cell_size(day, page.gutter), style="dim" if "~" in day else "")
    lead.append(f"{page.signs.glyph(name):<{page.signs.width}} ", style=style)
    if page.width >= NARROW:
        capital = event.jurisdiction[0][:3] if event.jurisdiction else ""
        lead.append(f"{capital:<4}", style="dim")
    if page.compact:
        yield _one_line(row, lead, page)
        return
    right = _witnesses(row, page)
    titles = _title_rows(event, page.width - page.indent - right.cell_len - 2)
    title = _title_style(event)
    for n, words in enumerate(titles):
        left = Text.assemble(lead if n == 0 else _spine(page, page.indent), Text(words, title))
        yield filled(left, right if n == 0 else None, page.width)
    yield from _second(row, page)
    for words, more in _extras(row, page):
        yield from _below(words, more, page)


def _title_rows(event: Event, room: int) -> list[str]:
    return wrap(titled(event), max(8, room), most=TITLE_LINES)


def _one_line(row: EventRow, lead: Text, page: Page) -> Text:
    tail = Text(f"#{page.ids.get(row.event.id, row.event.id)}", style="dim")
    if page.width < 72:  # the title says more than the id
        tail = Text(str(row.event.witnesses), style="dim")
    tail = _marked(row, tail, page)
    room = max(8, page.width - page.indent - tail.cell_len - 2)
    mark = "..." if page.signs.ascii else "…"
    title = Text(cut(clean_line(row.event.title), room, mark), _title_style(row.event))
    return filled(Text.assemble(lead, title), tail, page.width)


def _title_style(event: Event) -> Style:
    """Bold from ten origins on; the first page that may be linked is linked."""
    address = next((one for s in best_first(event) if (one := clean_link(s.url))), "")
    return Style(bold=event.witnesses >= 10 or None) + (link(address, event.title) or Style())


def _witnesses(row: EventRow, page: Page) -> Text:
    number = row.event.witnesses
    words = str(number)
    if page.width >= NARROW + 12:
        words += " origin" if number == 1 else " origins"
    return _marked(row, Text(words, style="dim"), page)


def _marked(row: EventRow, text: Text, page: Page) -> Text:
    """``text`` after what an event is: not shown before, and told of by feeds alone."""
    sign = f"{page.signs.text(UNCURATED)} " if row.event.origin == "news" else ""
    return Text.assemble(("new  " if row.new else "", "bold"), (sign, "dim"), text)


def _second(row: EventRow, page: Page) -> Iterator[Text]:
    """Kind or instrument, reference, status, dates, terms, items, id; the figure at the right."""
    room = page.width - page.gutter - page.signs.width - 1
    figure = Text(page.signs.text(figure_words(row.figure)), STYLES["data"]) if row.figure else None
    facts = event_facts(row.event, f"#{page.ids.get(row.event.id, row.event.id)}")
    beside = figure is not None and figure.cell_len + 2 + 36 <= room
    left = room - (figure.cell_len + 2 if figure and beside else 0)
    whole = page.signs.text(facts.reference)
    for n, words in enumerate(wrap(page.signs.text(fitted(facts, left)), left, whole=whole)):
        line = Text.assemble(_spine(page), Text(words.removeprefix(page.signs.text("· ")), "dim"))
        yield filled(line, figure if beside and n == 0 else None, page.width)
    if figure is not None and not beside:
        for words in wrap(figure.plain, room):
            yield Text.assemble(_spine(page), Text(words, STYLES["data"]))


def _spine(page: Page, to: int = 0) -> Text:
    """The spine below a sign, filled with blanks to the cell ``to``."""
    text = Text(" " * page.gutter)
    text.append("|" if page.signs.ascii else "│", style="dim")
    return text.append(" " * max(page.signs.width, to - page.gutter - 1))


def _extras(row: EventRow, page: Page) -> Iterator[tuple[str, str]]:
    """What ``--with`` adds, each with its address where it has one."""
    event = row.event
    if "summary" in page.extra and event.summary:
        yield event.summary, ""
    if "sources" in page.extra:
        from tracker.view.cite import tier_of

        for source in best_first(event):
            day = source.published.isoformat() if source.published else source.published_approx
            title = f" “{source.title}”" if source.title else ""
            yield f"{source.publisher}, {day or 'undated'}{title} [{tier_of(source)}]", source.url
    if "reports" in page.extra:
        for mention in row.reports:
            day = (mention.report_day or mention.known).isoformat()
            yield f"{day} {teller(mention)}: {mention.title} [{mention.lang}]", mention.url
        if not row.reports and event.reports:
            yield f"{count(event.reports, 'report')} in the feeds", ""


def _below(words: str, url: str, page: Page) -> Iterator[Text]:
    room = page.width - page.gutter - page.signs.width - 1
    for n, part in enumerate(wrap(page.signs.text(clean_line(words)), room - 2)):
        style = link(url, words) or Style()
        yield Text.assemble(_spine(page), Text(("  " if n else "") + part, style))


def _figure(row: FigureRow, day: str, page: Page) -> Iterator[Text]:
    one, hollow = row.observation, is_hollow(row.nature)
    style = STYLES["forecast" if hollow else "data"]
    lead = Text(set_cell_size(day, page.gutter), style="dim" if "~" in day else "")
    lead.append(f"{page.signs.glyph('data?' if hollow else 'data'):<{page.signs.width}} ", style)
    lead.append(" " * (page.indent - lead.cell_len))
    words = page.signs.text(shown_figure(row))
    for n, part in enumerate(wrap(words, page.width - page.indent)):
        yield Text.assemble(lead if n == 0 else _spine(page, page.indent), Text(part, style))
    if page.compact:
        return
    variant = f" [{one.variant}]" if one.variant else ""
    title = clean_line(f"{row.series.title}{variant} · {one.series}")
    room = page.width - page.gutter - page.signs.width - 1
    for part in wrap(page.signs.text(title), room):
        yield Text.assemble(_spine(page), Text(part.removeprefix(page.signs.text("· ")), "dim"))
