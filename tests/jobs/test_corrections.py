"""A house corrects its story by another one: the event has the words that stand."""

from __future__ import annotations

import sqlite3
from datetime import date

import pytest

from tests.jobs.rooms import Room
from tracker.jobs import digest
from tracker.model import Event
from tracker.store.derived import Derived


def told(room: Room, db: sqlite3.Connection, title: str, day: int, publisher: str, **more: str
         ) -> str:  # fmt: skip
    summary = more.pop("summary", "MOFCOM announced on Wednesday.")
    return room.arrive(db, title, summary, published=f"2026-07-{day:02}T06:00:00Z",
                       publisher=publisher, **more)  # fmt: skip


def event_with(db: sqlite3.Connection, *items: str) -> Event:
    (event,) = [one for one in Derived(db).events("origin = 'news'")
                if set(items) <= set(one.mentions)]  # fmt: skip
    return event


def test_a_correction_by_a_new_item_corrects_the_title(room: Room, db: sqlite3.Connection) -> None:
    first = told(room, db, "China bans exports of scandium to US", 8, "Pacific Wire")
    room.derive(db)
    assert event_with(db, first).title == "China bans exports of scandium to US"
    second = told(
        room, db, "CORRECTED: China requires licences for scandium exports to US, does not ban them",
        9, "Pacific Wire", summary="Corrects headline.",
    )  # fmt: skip
    room.derive(db)
    title = "China requires licences for scandium exports to US, does not ban them"
    assert event_with(db, first, second).title == title
    (change,) = digest.since(room.house, db, date(2026, 7, 9)).changes
    assert change.what == (
        f"corrected by Pacific Wire: China bans exports of scandium to US, now {title}",
    )


def test_a_chinese_correction_corrects_too(room: Room, db: sqlite3.Connection) -> None:
    first = told(room, db, "中国禁止对美国出口钪", 8, "太平洋社", summary="中国商务部8日公告。",
                 lang="zh-Hans")  # fmt: skip
    second = told(room, db, "更正：中国对美国出口钪实施许可管理", 8, "太平洋社",
                  summary="中国商务部8日公告。", lang="zh-Hans")  # fmt: skip
    room.derive(db)
    assert event_with(db, first, second).title == "中国对美国出口钪实施许可管理"


@pytest.mark.parametrize("publisher", ["Other Wire", "Pacific Wire"])
def test_only_the_own_house_corrects(room: Room, db: sqlite3.Connection, publisher: str) -> None:
    first = told(room, db, "China bans exports of scandium to US", 8, "Pacific Wire")
    second = told(room, db, "CORRECTED: China halts scandium exports to US", 9, publisher)
    room.derive(db)
    own = publisher == "Pacific Wire"
    title = "China halts scandium exports to US" if own else "China bans exports of scandium to US"
    assert event_with(db, first, second).title == title
