"""What is decided of an event holds for its own reports, and for no other event."""

from __future__ import annotations

import sqlite3
from datetime import date

import pytest

from tests.jobs.rooms import Room
from tracker.core.question import Question
from tracker.errors import UsageProblem
from tracker.jobs import decide, entries
from tracker.jobs.ask import events, find_event
from tracker.model import Event
from tracker.store.derived import Derived

SAID = {"why": "read both", "by": "mw"}
PLAN = "US Commerce Department proposes rule restricting quantum computing exports to China"
RULE = "US Commerce Department issues final rule restricting quantum computing exports to China"
PAUSE = "US Commerce Department suspends rule restricting quantum computing exports to China"


def news(db: sqlite3.Connection) -> list[Event]:
    return Derived(db).events("origin = 'news'")


def of(db: sqlite3.Connection, item: str) -> Event:
    event = Derived(db).event_of_item(item)
    assert event is not None
    return event


def told(room: Room, db: sqlite3.Connection, *reports: tuple[str, str, str]) -> list[str]:
    """Items of a title, a text and a day."""
    items = [room.arrive(db, title, text, published=f"{day}T02:00:00Z")
             for title, text, day in reports]  # fmt: skip
    room.derive(db)
    return items


def chain(room: Room, db: sqlite3.Connection) -> list[str]:
    """A proposal, the rule and its suspension, weeks apart."""
    items = told(
        room, db, (PLAN, "It proposed the rule on April 6.", "2026-04-07"),
        (RULE, "It issued the rule on May 11.", "2026-05-12"),
        (PAUSE, "It suspended the rule on June 15.", "2026-06-16"),
    )  # fmt: skip
    assert len(news(db)) == 3
    return items


def alike(room: Room, db: sqlite3.Connection, *tails: str) -> list[str]:
    """Reports of one rule; their headlines differ in the tail."""
    dated = ("It issued the rule on May 11.", "2026-05-12")
    return told(room, db, *((RULE + tail, *dated) for tail in tails))


def guest(room: Room, db: sqlite3.Connection) -> list[str]:
    """A listing, and a probe whose report tells of the listing in passing."""
    return told(
        room, db,
        ("US adds 12 Chinese chip firms to Entity List",
         "The US Commerce Department added 12 Chinese chip firms on Tuesday.", "2026-07-08"),
        ("China opens antitrust probe into Qualcomm, day after US adds 12 chip firms to Entity List",
         "The regulator opened an inquiry into Qualcomm on Wednesday. The US Commerce Department"
         " added 12 Chinese chip firms to its Entity List on Tuesday.", "2026-07-09"),
    )  # fmt: skip


def test_a_proposal_confirmed_is_a_proposal(room: Room, db: sqlite3.Connection) -> None:
    plan, *_ = chain(room, db)
    decide.mark(room.house, "confirm", [of(db, plan).id], **SAID)
    assert of(db, plan).status == "proposed"


def test_the_id_of_a_report_goes_with_it(room: Room, db: sqlite3.Connection) -> None:
    plan, _, pause = chain(room, db)
    printed = of(db, plan).id, of(db, pause).id
    decide.same(room.house, list(printed), **SAID)
    assert of(db, plan).id == of(db, pause).id
    decide.different(room.house, [of(db, plan).id, pause], **SAID)
    assert (of(db, plan).id, of(db, pause).id) == printed


def test_a_report_taken_out_loses_what_was_said_of_the_event(
    room: Room, db: sqlite3.Connection
) -> None:
    _, rule, pause = chain(room, db)
    before = of(db, pause)
    decide.same(room.house, [of(db, rule).id, before.id], **SAID)
    both = of(db, rule).id
    decide.retitle(room.house, both, "Final quantum rule issued", **SAID)
    decide.redate(room.house, both, "2026-05-13", **SAID)
    decide.mark(room.house, "confirm", [both], **SAID)
    decide.different(room.house, [both, pause], **SAID)
    stays, left = of(db, rule), of(db, pause)
    assert (stays.title, stays.date) == ("Final quantum rule issued", date(2026, 5, 13))
    assert stays.status == "confirmed"
    assert (left.title, left.date, left.status) == (before.title, before.date, before.status)


def test_a_confirmed_event_stays_so_without_its_first_report(
    room: Room, db: sqlite3.Connection
) -> None:
    items = alike(room, db, "", " (2)")
    event = of(db, items[0])
    assert event.id == of(db, items[1]).id
    decide.mark(room.house, "confirm", [event.id], **SAID)
    decide.different(room.house, [event.id, event.mentions[0]], **SAID)
    assert of(db, event.mentions[1]).status == "confirmed"
    assert of(db, event.mentions[0]).status == "reported"


def test_what_is_told_in_passing_is_not_decided(room: Room, db: sqlite3.Connection) -> None:
    """A report that tells of the listing in passing is that of the probe, and stays so."""
    listing, probe = guest(room, db)
    other, event = of(db, probe), of(db, listing)
    assert f"{probe}/1" in event.mentions, "it is told there in passing"
    assert other.id != event.id
    decide.retitle(room.house, event.id, "Twelve firms listed", **SAID)
    assert (of(db, listing).title, of(db, probe).title) == ("Twelve firms listed", other.title)
    decide.mark(room.house, "hide", [event.id], **SAID)
    assert of(db, probe).title == other.title
    assert Derived(db).event_of_item(listing) is None


def test_the_headline_is_that_of_what_is_printed_beside_it(
    room: Room, db: sqlite3.Connection
) -> None:
    plan, rule, pause = chain(room, db)
    decide.same(room.house, [of(db, rule).id, of(db, pause).id], **SAID)
    joined = of(db, rule)
    eases = joined.direction == "ease"
    assert joined.title == (PAUSE if eases else RULE)
    assert of(db, plan).title == PLAN


def test_reports_before_a_day_that_a_person_names_made_it_known(
    room: Room, db: sqlite3.Connection
) -> None:
    plan, *_ = chain(room, db)
    decide.redate(room.house, of(db, plan).id, "2026-04-09", **SAID)
    event = of(db, plan)
    assert (event.date, event.known) == (date(2026, 4, 9), date(2026, 4, 7))
    with pytest.raises(UsageProblem, match="more than a year ahead"):
        decide.redate(room.house, event.id, "2031-05-05", **SAID)


def test_the_id_stays_with_an_event_whose_first_report_is_removed(
    room: Room, db: sqlite3.Connection
) -> None:
    items = alike(room, db, "", " (2)")
    printed = of(db, items[0]).id
    anchor = next(item for item in items if printed.endswith(item[:6]))
    entries.remove(room.house, anchor)
    rest = next(item for item in items if item != anchor)
    assert of(db, rest).id == printed == find_event(room.house, db, printed, None).id


def test_an_id_printed_for_a_past_day_opens_what_it_is_now(
    room: Room, db: sqlite3.Connection
) -> None:
    """A report that was first polled heads the event, until an archive brings an earlier one."""
    (first,) = told(room, db, (RULE, "It issued the rule on May 11.", "2026-05-13"))
    printed = of(db, first).id
    (earlier,) = told(room, db, (RULE + ".", "It issued the rule on May 11.", "2026-05-12"))
    assert of(db, earlier).id == printed
    past = [one for one in events(room.house, db, Question(as_of=date(2026, 7, 10)))
            if earlier in one.mentions]  # fmt: skip
    for event in past:
        assert find_event(room.house, db, event.id, None).id == printed
    hanging = f"2026-05-11-quantum-us-{earlier[:6]}"
    assert find_event(room.house, db, hanging, None).id == printed
    assert find_event(room.house, db, f"#us-{earlier[:6]}", None).id == printed


def test_no_id_goes_to_the_event_of_a_guest(room: Room, db: sqlite3.Connection) -> None:
    listing, probe = guest(room, db)
    printed, other = of(db, listing).id, of(db, probe).id
    decide.different(room.house, [printed, listing], **SAID)
    assert (of(db, listing).id, of(db, probe).id) == (printed, other)


@pytest.mark.parametrize("turn", [1, -1])
def test_the_report_by_which_the_id_hangs_stays(
    room: Room, db: sqlite3.Connection, turn: int
) -> None:
    """Of two reports of one event, in whatever order they are named."""
    items = alike(room, db, "", " (2)", " (3)")
    event = of(db, items[0])
    decide.retitle(room.house, event.id, "My title", **SAID)
    anchor = next(item for item in items if event.id.endswith(item[:6]))
    other = next(item for item in items if item != anchor)
    decide.different(room.house, [anchor, other][::turn], **SAID)
    assert of(db, anchor).title == "My title"
