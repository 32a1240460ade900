"""What a person said of two things, told with the event: who came in by it, who is kept out."""

from __future__ import annotations

import json
import sqlite3

from tests.jobs.rooms import Room
from tracker.core.timeline import EventCard
from tracker.jobs import decide
from tracker.jobs.card import card
from tracker.model import Event
from tracker.store.derived import Derived
from tracker.view import event as view

LISTING = "US adds 12 Chinese chip firms to Entity List"
PROBE = "China opens antitrust probe into US chipmaker Qualcomm"
SAID = {"why": "read both", "by": "mw"}


def arrive(room: Room, db: sqlite3.Connection, *titles: str) -> list[str]:
    items = [room.arrive(db, title, published="2026-07-07T02:00:00Z") for title in titles]
    room.derive(db)
    return items


def holding(db: sqlite3.Connection, item: str) -> Event:
    (event,) = [one for one in Derived(db).events("origin = 'news'") if item in one.mentions]
    return event


def told(room: Room, db: sqlite3.Connection, item: str) -> tuple[EventCard, str]:
    whole = card(room.house, db, holding(db, item).id, None, why=True)
    return whole, view.plain(whole, why=True)


def test_a_pair_that_a_person_parted_is_not_laid_to_other_reports(
    room: Room, db: sqlite3.Connection
) -> None:
    """The score was enough, nothing else was held: only the person stood in between."""
    one, two = arrive(room, db, LISTING, f"{LISTING}, officials say")
    event = holding(db, one)
    assert event.mentions == tuple(sorted((one, two)))
    done = decide.different(room.house, [event.id, two], **SAID)
    whole, text = told(room, db, one)
    stamp = f"mw on 2026-07-10: read both ({done.lines[0].key})"
    assert f"    a person said different, {stamp}\n" in text
    assert "speaks against it" not in text
    assert f"Example Wire “{LISTING}, officials say” ({two}) with" in text
    assert [(other.line, {other.left, other.right}) for other in whole.parted] == [
        (done.lines[0], {one, two})
    ]


def test_what_a_person_put_there_is_said_among_the_joins(
    room: Room, db: sqlite3.Connection
) -> None:
    one, copy, other = arrive(room, db, LISTING, f"{LISTING}, officials say", PROBE)
    done = decide.same(room.house, [holding(db, one).id, other], **SAID)
    whole, text = told(room, db, one)
    (ruled,) = whole.bound
    assert other in (ruled.left, ruled.right)
    assert f": a person said same, mw on 2026-07-10: read both ({done.lines[0].key})\n" in text
    assert {copy, one} in [{join.left, join.right} for join in whole.joins]
    (line,) = json.loads(view.as_json(whole, why=True))["bound"]
    assert line["key"] == done.lines[0].key


def test_a_decision_names_what_it_speaks_of(room: Room, db: sqlite3.Connection) -> None:
    one, other = arrive(room, db, LISTING, PROBE)
    done = decide.different(room.house, [one, other], **SAID)
    whole, text = told(room, db, one)
    beside = f"Example Wire “{PROBE}” ({other})"
    assert f"2026-07-10 mw, different from {beside}: read both ({done.lines[0].key})" in text
    assert json.loads(view.as_json(whole))["decisions"][0]["titles"] == [LISTING, PROBE]


def test_the_record_is_named_by_its_title(room: Room, db: sqlite3.Connection) -> None:
    (item,) = arrive(room, db, LISTING)
    curated = Derived(db).events("origin = 'record'")[-1]
    decide.different(room.house, [item, curated.id], **SAID)
    text = told(room, db, item)[1]
    assert f"different from “{curated.title}” (record:{curated.id}): read both" in text
    own = card(room.house, db, curated.id, None)
    assert f"different from Example Wire “{LISTING}” ({item}): read both" in view.plain(own)
    (line,) = json.loads(view.as_json(own))["decisions"]
    assert sorted(line["titles"]) == sorted((curated.title, LISTING))
