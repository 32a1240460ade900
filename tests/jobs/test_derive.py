"""Points of the design that everything else rests on, with the real rules and the real record."""

from __future__ import annotations

import itertools
import random
import sqlite3
from datetime import date

import pytest

from tests.jobs.rooms import Room
from tracker.core.decisions import Decisions
from tracker.core.reading import key_of
from tracker.jobs import ask, derive, past
from tracker.jobs.deriving import Deriving
from tracker.store import revisions
from tracker.store.curated import Curated
from tracker.store.derived import Derived
from tracker.store.joins import Joins
from tracker.store.schema import meta

RECORD_EVENT = "2025-07-14-h20-mi308-licences-promised"
FIRST = "US adds 12 Chinese chip firms to Entity List"
SECOND = "Commerce Department blacklists 12 Chinese chip companies"
CHINESE = "美国将12家中国芯片企业列入实体清单"


def news(db: sqlite3.Connection) -> list[str]:
    return [event.id for event in Derived(db).events("origin = 'news'")]


def three_reports(room: Room, db: sqlite3.Connection) -> None:
    room.arrive(db, SECOND, "The US Commerce Department added 12 Chinese chip firms to its Entity"
                " List on Wednesday.", published="2026-07-09T02:00:00Z")  # fmt: skip
    room.arrive(db, CHINESE, "美国商务部8日宣布将12家中国芯片企业列入实体清单。", lang="zh-Hans",
                published="2026-07-09T03:00:00Z", publisher="示例报")  # fmt: skip


def test_the_record_is_there_before_any_poll(room: Room, db: sqlite3.Connection) -> None:
    assert Derived(db).count() == len(room.house.record.events) == 444


def test_reports_of_one_act_are_one_event(room: Room, db: sqlite3.Connection) -> None:
    three_reports(room, db)
    done = room.derive(db)
    assert len(done.new) == 1
    event = Derived(db).event(done.new[0])
    assert event is not None
    assert (event.kind, event.direction, event.reports) == ("listing", "tighten", 2)
    assert event.date == date(2026, 7, 8)


def test_an_id_survives_an_earlier_witness_that_comes_late(
    room: Room, db: sqlite3.Connection
) -> None:
    three_reports(room, db)
    printed = room.derive(db).new[0]
    room.arrive(db, FIRST, "The Commerce Department added 12 Chinese chip firms to the Entity List"
                " on Wednesday.", published="2026-07-08T20:00:00Z",
                seen="2026-07-09T08:00:00Z")  # fmt: skip
    done = room.derive(db)
    assert not done.new
    event = Derived(db).resolve(printed)
    assert event is not None
    assert (event.id, event.reports) == (printed, 3)


def test_an_id_survives_a_rebuild(room: Room, db: sqlite3.Connection) -> None:
    three_reports(room, db)
    printed = room.derive(db).new[0]
    derive.rebuild(db, room.house.record, room.rules, room.moment)
    assert news(db) == [printed]


def test_reports_do_not_move_a_record_event(room: Room, db: sqlite3.Connection) -> None:
    before = Derived(db).event(RECORD_EVENT)
    room.arrive(
        db,
        "Nvidia says US will grant licences to resume H20 chip sales to China",
        "Nvidia said on Monday that the US government has assured it that licences for its H20 chip"
        " will be granted; AMD expects the same for MI308.",
        published="2025-07-15T05:00:00Z",
        seen="2026-07-10T05:00:00Z",
    )
    room.derive(db)
    after = Derived(db).event(RECORD_EVENT)
    assert before is not None
    assert after is not None
    assert (after.origin, after.reports) == ("both", before.reports + 1)
    for name in ("date", "known", "link_day", "dates", "title", "kind", "direction", "series"):
        assert getattr(after, name) == getattr(before, name)


def items(count: int) -> list[tuple[str, str, str]]:
    """Made-up reports of some acts, several of each."""
    acts = [
        ("China opens antitrust probe into US chipmaker {who}", "The market regulator said on"
         " Tuesday it opened an antitrust investigation into {who}."),
        ("US adds {who} to Entity List", "The US Commerce Department added {who} to its Entity List"
         " on Tuesday."),
        ("China restricts exports of {who}", "China's Commerce Ministry announced export controls on"
         " {who} on Tuesday."),
    ]  # fmt: skip
    names = (
        ("Qualcomm", "Micron", "Intel"),
        ("Inspur", "Hygon", "SMIC"),
        ("gallium", "antimony", "tungsten"),
    )
    found = []
    for n in range(count):
        (title, text), who = acts[n % 3], names[n % 3][(n // 3) % 3]
        day = f"2026-07-{7 + n % 2:02}T{n % 12:02}:30:00Z"
        found.append((title.format(who=who) + f" ({n})", text.format(who=who), day))
    return found


def picture(db: sqlite3.Connection) -> set[tuple[str, str, tuple[str, ...]]]:
    """What was derived, apart from ids, which depend on when they were first printed."""
    return {
        (event.kind, event.date.isoformat(), event.mentions)
        for event in Derived(db).events("origin <> 'record'")
    }


@pytest.mark.parametrize("seed", range(2))
def test_batches_in_any_order_give_what_a_rebuild_gives(filled: Room, seed: int) -> None:
    room = filled
    db = room.house.writer()
    rows = items(27)
    dice = random.Random(seed)
    dice.shuffle(rows)
    while rows:
        for title, text, day in [rows.pop() for _ in range(min(len(rows), dice.randint(1, 6)))]:
            room.arrive(db, title, text, published=day)
        room.derive(db)
    step_by_step = picture(db)
    derive.rebuild(db, room.house.record, room.rules, room.moment)
    assert step_by_step == picture(db)
    assert len(step_by_step) >= 3
    room.house.close()


def test_only_events_that_change_are_written_again(filled: Room) -> None:
    """However many hang together with what arrived: a component has thousands in a flood."""
    db = filled.house.writer()
    probes = items(28)[::9]
    one, other = (filled.arrive(db, *probe[:2], published=probe[2]) for probe in probes[:2])
    apart = Decisions(different=frozenset({frozenset({one, other})}))
    rules = derive.Rules(filled.house.lexicon, apart)
    derive.derive_new(db, rules, filled.moment)
    before = {id_: Derived(db).nodes_of(id_) for id_ in Derived(db).ids()}
    title, text, day = probes[-1]
    fresh = filled.arrive(db, title, text, published=day)
    written: list[str] = []
    db.set_trace_callback(written.append)
    derive.derive_new(db, rules, filled.moment)
    db.set_trace_callback(None)
    after = {id_: Derived(db).nodes_of(id_) for id_ in Derived(db).ids()}

    whole = Joins(db).component([fresh])
    touching = [id_ for id_, nodes in after.items() if whole.intersection(nodes)]
    assert len(touching) == 2
    assert len([id_ for id_, nodes in after.items() if before.get(id_) != nodes]) == 1
    assert len([sql for sql in written if "INSERT INTO events " in sql]) == 1
    filled.house.close()


def test_a_past_day_is_computed(room: Room, db: sqlite3.Connection) -> None:
    three_reports(room, db)
    room.derive(db)
    before = past.events(db, date(2026, 7, 8), room.house.lexicon, room.house.decisions)
    then = past.events(db, date(2026, 7, 9), room.house.lexicon, room.house.decisions)
    assert [e.id for e in then if e.origin == "news"] == news(db)
    assert not [e.id for e in before if e.origin == "news"]
    assert all(s.published <= date(2026, 7, 8) for e in before for s in e.sources if s.published)


def test_an_edited_headline_is_read_as_it_was_then(room: Room, db: sqlite3.Connection) -> None:
    item = room.arrive(db, "Chip stocks rise on Wednesday", published="2026-07-08T20:00:00Z")
    room.derive(db)
    assert not news(db)
    room.arrive(db, FIRST, "The Commerce Department added 12 Chinese chip firms to the Entity List"
                " on Wednesday.", item=item, published="2026-07-08T20:00:00Z",
                seen="2026-07-09T09:00:00Z")  # fmt: skip
    room.derive(db)
    assert len(news(db)) == 1
    then = past.events(db, date(2026, 7, 8), room.house.lexicon, room.house.decisions)
    assert not [e for e in then if e.origin == "news"]


def test_a_withdrawn_item_takes_its_event_along(room: Room, db: sqlite3.Connection) -> None:
    item = room.arrive(db, FIRST, "The Commerce Department added 12 Chinese chip firms to the Entity"
                       " List on Wednesday.", published="2026-07-08T20:00:00Z")  # fmt: skip
    room.derive(db)
    assert len(news(db)) == 1
    db.execute("UPDATE items SET withdrawn = 1 WHERE item_id = ?", (item,))
    derive.rederive(db, [item], room.rules, room.moment)
    assert not news(db)


def test_every_name_of_the_record_can_be_asked_for(db: sqlite3.Connection) -> None:
    curated = Curated(db)
    for word in ("nvidia", "英伟达", "輝達", "NVDA"):
        assert "Nvidia" in ask.resolve(curated, "actor", word)
    assert ask.resolve(curated, "measure", "50% rule")
    for event in curated.events():
        for actor in event.actors:
            assert ask.resolve(curated, "actor", actor)


def test_a_stored_text_is_keyed_as_it_is_read(room: Room, db: sqlite3.Connection) -> None:
    early, late = "2026-07-08T23:00:00Z", "2026-07-09T02:00:00Z"
    room.arrive(db, FIRST, published=early, seen=late, publisher="")
    room.arrive(db, SECOND, published=late, seen=early)
    room.arrive(db, CHINESE, published=early, seen=late, lang="zh-Hans", origin="backfill")
    db.execute(
        "INSERT INTO revisions (item_id, digest, title, summary, url, published_raw,"
        " offset_minutes, seen, lang, publisher, tier) SELECT item_id, 'other', title, '', url, '',"
        " NULL, seen, lang, publisher, tier FROM revisions WHERE number = 1"
    )
    (batch,) = revisions.batches_after(db, 0, 10)

    assert revisions.keyed_after(db, 0) == [
        (number, entry.item_id, key_of(entry)) for number, entry in batch
    ]


def test_stretches_of_numbers_hold_every_text_once(room: Room, db: sqlite3.Connection) -> None:
    for title in (FIRST, SECOND, CHINESE):
        room.arrive(db, title, published="2026-07-09T02:00:00Z")
    (batch,) = revisions.batches_after(db, 0, 10)
    spans = list(revisions.spans_after(db, 0, 2))
    db.execute("UPDATE items SET withdrawn = 1 WHERE item_id = ?", (batch[0][1].item_id,))

    assert [upto for _, upto in spans] == [batch[1][0], batch[2][0]]
    assert [one for span in spans for one in revisions.span(db, *span)] == batch[1:]


def test_what_is_not_derived_in_one_run_is_in_the_next(
    room: Room, db: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However often it stops, what comes of it is what comes of one run; it always gets further."""
    monkeypatch.setattr(derive, "UNREAD", 4)
    for title, text, day in items(18):
        room.arrive(db, title, text, published=day)
    places, runs = [0], 0
    while places[-1] < 18:
        derive.derive_new(db, room.rules, room.moment, enough=lambda: True)
        places.append(int(meta(db, "derived_upto") or 0))
        runs += 1
        assert db.execute("SELECT upto FROM searched").fetchone()[0] == places[-1]
    assert runs == 5
    stepwise = picture(db)
    assert stepwise
    derive.rebuild(db, room.house.record, room.rules, room.moment)
    assert picture(db) == stepwise


def test_a_revised_item_is_read_by_its_newest_text_wherever_a_run_stops(
    room: Room, db: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(derive, "UNREAD", 1)
    day = "2026-07-09T02:00:00Z"
    room.arrive(db, "Rain in Geneva", "Rain.", published=day, item="a" * 16)
    room.arrive(db, "Snow in Geneva", "Snow.", published=day)
    room.arrive(db, FIRST, "The Commerce Department added 12 Chinese chip firms.", published=day,
                item="a" * 16)  # fmt: skip
    first = derive.derive_new(db, room.rules, room.moment, enough=lambda: True)
    second = derive.derive_new(db, room.rules, room.moment, enough=lambda: True)
    assert (len(first.new), len(second.new), meta(db, "derived_upto")) == (0, 1, "3")


def test_a_run_with_an_end_derives_a_while_beyond_it_and_no_longer(
    room: Room, db: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each look at this clock finds it nine seconds on; the end was over before the first."""
    monkeypatch.setattr(derive, "UNREAD", 1)
    for n in range(9):
        room.arrive(db, f"Rain in Geneva ({n})", "Rain.", published="2026-07-09T02:00:00Z")
    for places in ("3", "6", "9"):
        deriving = Deriving(db, room.house, clock=itertools.count(9.0, 9.0).__next__)
        deriving.until(0.0)
        deriving.rest()
        assert meta(db, "derived_upto") == places
