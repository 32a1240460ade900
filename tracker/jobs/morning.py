"""The morning view: what happened lately, what is due, and what could not be seen."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from tracker.core import ahead
from tracker.core.question import Question
from tracker.core.timeline import DueDate, EventRow, FailingFeed, Morning, Timeline
from tracker.jobs import ask
from tracker.jobs.house import House
from tracker.jobs.measures import shown, with_news
from tracker.store import dated
from tracker.store.curated import Curated
from tracker.store.derived import Derived
from tracker.store.polls import Polls

DAYS: Final = 90
PASSED: Final = 30
COMING: Final = 60


def morning(house: House, db: sqlite3.Connection) -> Morning:
    """The last 90 days of events (ending at the newest one where the data ends earlier)."""
    today = house.today()
    span = Derived(db).span()
    end = min(today, span[1]) if span else today
    first = end - timedelta(days=DAYS)
    page = ask.timeline(house, db, Question(since=first, until=today), linked=False)
    low, high = today - timedelta(days=PASSED), today + timedelta(days=COMING)
    measures = shown(house, Curated(db).measures())
    rows = ahead.due(measures, dated.naming(db, low, high), page.record_day, today, (low, high))
    found = with_news(db, measures, rows, today)
    return Morning(
        timeline=_marked(page, today),
        today=today,
        first=first,
        passed=_due(one for one in found if one.outcome == "unknown"),
        coming=_due(one for one in found if one.outcome == "coming"),
        failing=failing(db, house),
        feeds=sum(feed.enabled for feed in house.settings.feeds),
    )


def _due(found: Iterable[ahead.Due]) -> tuple[DueDate, ...]:
    """What falls due, once where two capitals ended the same thing on the same day."""
    lines = {(one.day, one.what, one.title): one for one in found}
    return tuple(
        DueDate(one.day, one.what, one.title, one.event_id, one.measure, one.news)
        for one in lines.values()
    )


def _marked(page: Timeline, today: date) -> Timeline:
    """New is what news brought within the last day."""
    yesterday = today - timedelta(days=1)
    rows = tuple(
        replace(row, new=True)
        if isinstance(row, EventRow)
        and row.event.origin != "record"
        and (row.event.known or row.event.date) >= yesterday
        else row
        for row in page.rows
    )
    return replace(page, rows=rows)


def failing(db: sqlite3.Connection, house: House) -> tuple[FailingFeed, ...]:
    """Enabled feeds that do not answer."""
    states = Polls(db).states()
    return tuple(
        FailingFeed(feed.id, feed.title or feed.id, state.failing_since, state.last_error)
        for feed in house.settings.feeds
        if feed.enabled and (state := states.get(feed.id)) and state.failing_since
    )
