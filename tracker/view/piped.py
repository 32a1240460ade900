"""The timeline for pipes: one line a row, fields parted by tabs. It loads no rich."""

from __future__ import annotations

from tracker.core.clean import clean_line
from tracker.core.timeline import FigureRow, Row, Timeline, is_vague
from tracker.view.facts import shown_figure
from tracker.view.glyphs import period, when


def plain(timeline: Timeline) -> str:
    """One line a row, nine fields parted by tabs; nothing is wrapped or cut.

    An event: days, direction, kind, status, capitals, origins, id, title, and where it is from
    (``record``, ``news``, ``both``). A figure: day of publication, ``figure``, nature, flag or
    ``-``, house, figure, series, period, ``-``. A day that is
    not known is written as the month, quarter or year; an approximate one with ``~``.
    """
    return "".join("\t".join(map(_field, _fields(row))) + "\n" for row in timeline.rows)


def _fields(row: Row) -> tuple[str, ...]:
    if isinstance(row, FigureRow):
        one = row.observation
        return (
            ("~" if is_vague(row) else "") + one.published.isoformat(), "figure", row.nature,
            one.flag or "-", row.house, shown_figure(row, alone=True),
            f"{one.series}/{one.variant}" if one.variant else one.series,
            period(one.period_start, one.period_end), "-",
        )  # fmt: skip
    event = row.event
    return (
        when(event), event.direction, event.kind, event.status, "+".join(event.jurisdiction) or "-",
        str(event.witnesses), event.id, event.title, event.origin,
    )  # fmt: skip


def _field(text: str) -> str:
    return clean_line(text) or "-"
