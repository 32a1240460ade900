"""The measures of the record as answers show them: resting on no act that people hid."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date
from typing import Final

from tracker.core import ahead
from tracker.core.ahead import Due
from tracker.core.touching import kinds_of, touching
from tracker.jobs.house import House
from tracker.model import RECORD, Event, Measure
from tracker.store import dated
from tracker.store.curated import Curated

HIDDEN: Final = "the act that this rests on is hidden by a decision"


def shown(house: House, measures: Iterable[Measure]) -> tuple[Measure, ...]:
    """The measures, of whose states none rests on an act that people hid.

    The state stands: without it the one before it would seem to last. It says what happened to its
    act, cites none of its pages and repeats none of its words.
    """
    hidden = {node.removeprefix(RECORD) for node in house.decided.hidden}
    return tuple(_shown(measure, hidden) for measure in measures)


def news_of(
    db: sqlite3.Connection, measures: Iterable[Measure], until: date
) -> dict[str, tuple[Event, ...]]:
    """By measure the events since it was checked that may change it; those without any left out."""
    asked = {one.id: one for one in measures}.values()
    found, curated = dated.near(db, asked, until), Curated(db)
    near = ((one, touching(one, found, until, _kinds(curated, one))) for one in asked if found)
    return {one.id: events for one, events in near if events}


def with_news(
    db: sqlite3.Connection, measures: Iterable[Measure], rows: Iterable[Due], today: date
) -> tuple[Due, ...]:
    """What is due, each row with the events since that may change its measure."""
    due = tuple(rows)
    ids = {row.measure for row in due if row.outcome != "known"}
    news = news_of(db, (one for one in measures if one.id in ids), today)
    if not news:
        return due
    from tracker.jobs import ask  # where there is any news

    short = ask.shortened(db, {event.id for events in news.values() for event in events})
    return ahead.with_news(due, news, short)


def _kinds(curated: Curated, measure: Measure) -> frozenset[str]:
    ids = {state.event_id for state in measure.states if state.event_id}
    known = {id_: event for id_ in ids if (event := curated.event(id_))}
    return kinds_of(measure, known)


def _shown(measure: Measure, hidden: Collection[str]) -> Measure:
    if not any(state.event_id in hidden for state in measure.states):
        return measure
    states = (
        replace(state, event_id=None, stage=None, note=HIDDEN)
        if state.event_id in hidden
        else state
        for state in measure.states
    )
    return replace(measure, states=tuple(states))
