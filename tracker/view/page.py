"""A page of rows: its measures, its head and its foot."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Final

from rich.text import Text

from tracker.core.clean import clean_line
from tracker.core.timeline import EventRow, FigureRow, Lapse, Timeline, day_of, is_vague
from tracker.model import Event
from tracker.nouns import dataclass
from tracker.view.glyphs import (
    LEGEND,
    NEWS,
    STYLES,
    UNCURATED,
    Signs,
    day_words,
    is_hollow,
    sign_of,
)
from tracker.view.headings import span_words
from tracker.view.lines import cut, filled, wrap

NARROW: Final = 48  # below: no column of capitals, witnesses as a bare number
BEYOND: Final = "After the record day: single acts met since; nobody looked for all of them."
"""Why the record holds an event that is later than the day to which it goes."""


@dataclass(frozen=True, slots=True)
class Page:
    """How one page is drawn."""

    width: int
    signs: Signs
    by: str
    compact: bool
    extra: tuple[str, ...]
    ids: dict[str, str]

    @property
    def gutter(self) -> int:
        """Cells for the day: ``15 Tue `` in a month, a whole ISO day elsewhere."""
        return 7 if self.by == "month" else 11

    @property
    def indent(self) -> int:
        """Cells before a title."""
        return self.gutter + self.signs.width + 1 + (4 if self.width >= NARROW else 0)


def head(timeline: Timeline, page: Page) -> Iterator[Text]:
    """Title and span; how far the record goes, when was polled, what lapsed; blind spots."""
    right = Text(page.signs.text(extent(timeline)), style="dim")
    left = Text(cut("Export-control timeline", page.width), style=STYLES["head"])
    if left.cell_len + right.cell_len + 2 <= page.width:
        yield filled(left, right, page.width)
    else:
        yield left
        yield from _dim(extent(timeline), page)
    yield from _dim(" · ".join(state(timeline)), page)
    for spot in timeline.blind:
        for row in wrap(page.signs.text(f"! {clean_line(spot)}"), page.width):
            yield Text(row, style="yellow")


def record_words(timeline: Timeline) -> list[str]:
    """The record day, none under a past day that is older; where only landmarks are known."""
    past = timeline.as_of is not None and timeline.as_of < timeline.record_day
    words = [] if past else [f"Record to {day_words(timeline.record_day)}"]
    if timeline.searched_from:
        before = "before" if words else "Before"
        words.append(f"{before} {day_words(timeline.searched_from)} landmarks only")
    return words


def state(timeline: Timeline, *, polled: bool = True) -> list[str]:
    """The record day, the day asked for, the last poll, the lapses: what the page rests on.

    Exports leave the poll out: a poll that brought nothing must not change their bytes.
    """
    parts = record_words(timeline)
    if timeline.as_of:
        parts.append(f"{'as' if parts else 'As'} known on {day_words(timeline.as_of)}")
    if polled:
        parts.append(_polls(timeline))
    return parts + _lapses(timeline.lapsed)


def _lapses(lapsed: Sequence[Lapse]) -> list[str]:
    """What ended without news: by day where these are few, else since the first."""
    days = sorted({lapse.day for lapse in lapsed})
    if len(days) > 2:
        words = f"{_ended(lapsed)} lapsed since {day_words(days[0])}"
    else:
        words = ", ".join(
            f"{_ended([one for one in lapsed if one.day == day])} lapsed {day_words(day)}"
            for day in days
        )
    return [f"{words}, outcome unknown{_since(lapsed)}"] if lapsed else []


def _since(lapsed: Sequence[Lapse]) -> str:
    """How many of them an event since may have changed."""
    touched = sum(lapse.news for lapse in lapsed)
    if not touched:
        return ""
    return f", {touched} of them with news since" if len(lapsed) > 1 else ", with news since"


def _ended(lapsed: Sequence[Lapse]) -> str:
    counted = Counter(lapse.ended for lapse in lapsed)
    return " and ".join(
        f"{number} {what}{'' if number == 1 else 's'}" for what, number in sorted(counted.items())
    )


def _polls(timeline: Timeline) -> str:
    """When feeds answered last, and that none did since."""
    good, bad = map(_moment, (timeline.polled, timeline.unreached))
    if bad:
        return f"polled {good}, no feed answered {bad}" if good else f"no feed answered {bad}"
    return f"polled {good}" if good else "never polled"


def _moment(at: datetime | None) -> str:
    return f"{day_words(at.date(), year=False)} {at:%H:%M}" if at else ""


def extent(timeline: Timeline) -> str:
    """Span, number of events, order."""
    if timeline.span is None:
        return "no events"
    span = span_words(*timeline.span, timeline.rows)
    events = f"{timeline.total} {'event' if timeline.total == 1 else 'events'}"
    days = [day_of(row) for row in timeline.rows]
    order = "newest first" if len(days) > 1 and days[0] > days[-1] else "newest last"
    return f"{span} · {events} · {order}"


def found_since(event: Event, record_day: date) -> bool:
    """Whether the record holds an act of a day to which, as a whole, it does not go."""
    return event.origin != "news" and event.date > record_day


def foot(timeline: Timeline, page: Page) -> Iterator[Text]:
    """The legend of what is shown and nothing else, then the notes."""
    legend = [f"{page.signs.glyph(name)} {LEGEND[name]}" for name in _shown(timeline)]
    if any(is_vague(row) for row in timeline.rows):
        legend.append("~ day not known")
    if any(event.origin == "news" for event in timeline.events):
        legend.append(f"{UNCURATED} {NEWS}")
    if page.width < NARROW and timeline.rows:
        legend.append("number: independent origins")
    beyond = [BEYOND] if any(found_since(e, timeline.record_day) for e in timeline.events) else []
    below = [*(["  ".join(legend)] if legend else []), *_figures(timeline, page), *beyond]
    if below:
        yield Text("")
    for words in below:
        yield from _dim(words, page)
    for note in timeline.notes:
        for row in wrap(clean_line(note), page.width):
            yield Text(row)


def _figures(timeline: Timeline, page: Page) -> list[str]:
    """Of what the figure beside an event is a share; a compact page shows none."""
    rows = [row for row in timeline.rows if isinstance(row, EventRow) and not page.compact]
    titles = dict.fromkeys(row.figure.title for row in rows if row.figure)
    return [
        f"figure beside an event: {clean_line(title)}, as known then" for title in titles if title
    ]


def _shown(timeline: Timeline) -> list[str]:
    names = {sign_of(event) for event in timeline.events}
    figures = [row for row in timeline.rows if isinstance(row, FigureRow)]
    names |= {"data?" if is_hollow(row.nature) else "data" for row in figures}
    return [name for name in LEGEND if name in names]


def _dim(words: str, page: Page) -> Iterator[Text]:
    for row in wrap(page.signs.text(words), page.width):
        yield Text(row, style="dim")
