"""The stored graph after any history equals the graph of what is there: clusters, not luck.

What arrived in batches, was edited and was withdrawn is compared with ``core.cluster.groups`` over
the same nodes at once, and with a rebuild.
"""

from __future__ import annotations

import json
import random
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.jobs.rooms import Room
from tracker.core import blocks
from tracker.core.cluster import build, groups
from tracker.core.recognise import annotate
from tracker.core.traits import Node
from tracker.jobs import derive
from tracker.jobs.card import card
from tracker.model import Join
from tracker.store.derived import Derived
from tracker.store.joins import Joins
from tracker.store.schema import transaction

CORPUS = Path(__file__).parents[1] / "corpus" / "heldout.jsonl"


@pytest.fixture
def room(filled: Room) -> Iterator[Room]:
    yield filled
    filled.house.close()


def stored(db: sqlite3.Connection) -> set[tuple[str, ...]]:
    """The members of each event that news takes part in."""
    return {event.mentions for event in Derived(db).events("origin <> 'record'")}


def at_once(room: Room, db: sqlite3.Connection) -> set[tuple[str, ...]]:
    """The same, from all that is there, without the stored graph."""
    ids = [row[0] for row in db.execute("SELECT id FROM mentions WHERE relevant")]
    record = annotate(room.house.record.events, room.house.lexicon)
    nodes: list[Node] = [*Derived(db).mentions(ids).values(), *record]
    found = set()
    for part in groups(nodes, room.house.decisions):
        event = build(part, decisions=room.house.decisions)
        if event and event.mentions:
            found.add(event.mentions)
    return found


def rows() -> list[dict[str, str]]:
    return [json.loads(line) for line in CORPUS.read_text("utf-8").splitlines()]


@pytest.mark.parametrize("seed", range(1))
def test_the_corpus_in_random_batches_is_what_a_rebuild_gives(room: Room, seed: int) -> None:
    db = room.house.writer()
    dice = random.Random(seed)
    left = rows()
    dice.shuffle(left)
    while left:
        batch = [left.pop() for _ in range(min(len(left), dice.randint(1, 60)))]
        for row in batch:
            room.arrive(db, row["title"], row["summary"], published=f"{row['published']}T08:00:00Z",
                        lang=row["lang"], publisher=row["publisher"])  # fmt: skip
        room.derive(db)
    step_by_step = stored(db)
    assert step_by_step == at_once(room, db)
    derive.rebuild(db, room.house.record, room.rules, room.moment)
    assert stored(db) == step_by_step
    assert len(step_by_step) > 40


def test_of_one_that_follows_joins_to_others_that_follow_are_left_out_but_for_those_named(
    room: Room,
) -> None:
    db = room.house.writer()
    joined = Joins(db)
    rights = ("b1", "b1/9", "c1/3", "record:x/y")
    with transaction(db):
        joined.put([Join("a1/2", right, 1.0, ()) for right in rights], 0.0)
    assert {right for right, _ in joined.from_left("a1/2")} == set(rights)
    leading = {right for right, _ in joined.from_left("a1/2", also='["c1/3"]')}
    assert leading == {"b1", "c1/3", "record:x/y"}


def flood(number: int) -> str:
    """Reports of one day on three lists of firms, each with a number of its own."""
    firm = ("Huawei", "SMIC", "Inspur")[number % 3]
    return f"US adds {number + 5} units of {firm} and other firms to Entity List"


@pytest.mark.parametrize("seed", range(2))
def test_a_crowd_with_edits_and_withdrawals(
    room: Room, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With few leaders a block every batch overflows; each change promotes and unseats some."""
    monkeypatch.setattr(blocks, "LEADERS", 4)
    monkeypatch.setattr(blocks, "FOLLOWED", 2)
    db = room.house.writer()
    dice = random.Random(seed)
    items: list[str] = []
    for step in range(7):
        for number in range(step * 9, step * 9 + 9):
            copies = 2 if number % 4 == 0 else 1
            for copy in range(copies):
                title = flood(number)
                items.append(room.arrive(
                    db, title, "The Commerce Department said so on Wednesday.", item=None
                    if not copy else f"{dice.getrandbits(60):015x}", published="2026-07-09T02:00:00Z",
                ))  # fmt: skip
        for item in dice.sample(items, 2):
            room.arrive(db, flood(dice.randint(100, 140)), "An edited report.", item=item,
                        published="2026-07-09T02:00:00Z")  # fmt: skip
        room.derive(db)
        gone = dice.sample(items, 3)
        db.executemany("UPDATE items SET withdrawn = 1 WHERE item_id = ?", [(i,) for i in gone])
        derive.rederive(db, gone, room.rules, room.moment)
        assert stored(db) == at_once(room, db)
    step_by_step = stored(db)
    derive.rebuild(db, room.house.record, room.rules, room.moment)
    assert stored(db) == step_by_step


def test_a_flood_keeps_few_joins(room: Room) -> None:
    db = room.house.writer()
    for number in range(400):
        room.arrive(db, f"US adds Huawei to Entity List, notice {number}",
                    "The Commerce Department said so on Wednesday.",
                    published="2026-07-09T02:00:00Z")  # fmt: skip
    room.derive(db)
    (part,) = stored(db)
    assert len(part) == 400
    assert db.execute("SELECT count(*) FROM joins").fetchone()[0] < 600
    assert db.execute("SELECT count(*) FROM blocks WHERE key NOT LIKE '=%' AND node NOT LIKE"
                      " 'record:%'").fetchone()[0] < 100  # fmt: skip


def test_why_names_one_join_a_member_and_each_outsider_once(room: Room) -> None:
    db = room.house.writer()
    for number in range(60):
        room.arrive(db, flood(number), "The Commerce Department said so on Wednesday.",
                    published="2026-07-09T02:00:00Z")  # fmt: skip
    room.arrive(db, "China restricts exports of gallium", "Beijing announced controls on Wednesday.",
                published="2026-07-09T03:00:00Z")  # fmt: skip
    room.derive(db)
    event = max(Derived(db).events("origin <> 'record'"), key=lambda one: one.reports)
    found = card(room.house, db, event.id, None)
    assert 0 < len(found.joins) < event.reports
    named = {end for join in found.joins for end in (join.left, join.right)}
    assert named >= set(event.mentions)
    outside = [({join.left, join.right} - set(event.mentions)).pop() for join in found.refused]
    assert len(outside) == len(set(outside))
