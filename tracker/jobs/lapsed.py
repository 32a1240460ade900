"""Measures of which something ended without news: what the head of a page counts."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from tracker.core import measures as measures_room
from tracker.core.timeline import Lapse
from tracker.model import Measure, MeasureState


def lapses(measures: Sequence[Measure], day: date) -> tuple[Lapse, ...]:
    """Measures whose end passed by ``day`` with unknown outcome."""
    return tuple(
        Lapse(measure.title, measure.id, one.lapsed or day, one.ended, _after(one.state))
        for measure, one in measures_room.lapsed(measures, day)
    )


def with_news(
    db: sqlite3.Connection, measures: Iterable[Measure], lapsed: tuple[Lapse, ...], day: date
) -> tuple[Lapse, ...]:
    """The same, marked where an event came up to ``day`` that may change the measure."""
    if not lapsed:
        return ()
    from tracker.jobs.measures import news_of  # only where something lapsed

    ids = {one.measure for one in lapsed}
    news = news_of(db, (one for one in measures if one.id in ids), day)
    return tuple(replace(one, news=one.measure in news) for one in lapsed)


def _after(state: MeasureState) -> str:
    """What the record adds to a lapse; the note of a state that ended tells of another time."""
    return state.note or "" if state.state == "lapsed_unknown" else ""
