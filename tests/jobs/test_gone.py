"""What was told and is told no more is taken back in words, and its id still opens."""

from __future__ import annotations

import sqlite3
from datetime import date

import pytest

from tests.jobs.rooms import Room
from tracker.core.changes import marks
from tracker.core.timeline import Digest, Gone
from tracker.errors import UsageProblem
from tracker.jobs import decide, digest, entries
from tracker.jobs.ask import find_event
from tracker.jobs.card import card
from tracker.store.cursors import Cursors
from tracker.store.derived import Derived
from tracker.view import digest as view
from tracker.view.mail import mail

ITEM = "dddd000011112222"
TITLE = "Dutch revoke ASML licence for SMIC"
TEXT = "The Hague on Wednesday revoked a licence of ASML to sell to SMIC, the ministry said."
TOLD, BACK = date(2026, 7, 8), date(2026, 7, 9)


def told(room: Room, db: sqlite3.Connection) -> str:
    """The id under which the story was told to the desk."""
    room.arrive(db, TITLE, TEXT, item=ITEM, published="2026-07-08T14:00:00Z")
    room.derive(db)
    (event,) = [one for one in Derived(db).events("origin = 'news'") if ITEM in one.mentions]
    assert event.title == TITLE
    with db:
        Cursors(db).save("desk", marks(Derived(db).events()), room.clock())
    return event.id


def taken_back(room: Room, db: sqlite3.Connection, title: str = f"RETRACTED: {TITLE}") -> None:
    room.arrive(db, title, "This story is withdrawn. The licence was not revoked.", item=ITEM,
                published="2026-07-08T14:00:00Z", seen="2026-07-09T09:00:00Z")  # fmt: skip
    room.derive(db)
    assert not [one for one in Derived(db).events("origin = 'news'") if ITEM in one.mentions]


def whose(found: Digest) -> list[tuple[str, str, str]]:
    return [(one.title, one.why, (one.page.title or "") if one.page else "") for one in found.gone]


def test_a_digest_takes_back_what_it_told(room: Room, db: sqlite3.Connection) -> None:
    told(room, db)
    taken_back(room, db)
    gone = [(TITLE, "retracted by Example Wire", f"RETRACTED: {TITLE}")]
    assert whose(digest.since_last(room.house, db, "desk").digest) == gone
    found = digest.since(room.house, db, BACK)
    assert (found.changes, whose(found)) == ((), gone)
    assert whose(digest.since(room.house, db, BACK, BACK)) == gone
    assert digest.since(room.house, db, TOLD).silent, "nobody was told of it before"


def test_the_answer_to_a_retracted_id_names_the_report_and_the_way_to_see_it(
    room: Room, db: sqlite3.Connection
) -> None:
    id_ = told(room, db)
    taken_back(room, db)
    with pytest.raises(UsageProblem) as refused:
        find_event(room.house, db, id_, None)
    assert str(refused.value).startswith(
        f"{id_} tells of nothing now: it was retracted by Example Wire: RETRACTED: {TITLE}"
    )
    assert refused.value.hint == f"tracker event {id_} --as-of {TOLD}"


def test_a_retracted_id_opens_under_a_day_that_knew_it(room: Room, db: sqlite3.Connection) -> None:
    id_ = told(room, db)
    taken_back(room, db)
    found = card(room.house, db, id_, TOLD, why=True)
    assert (found.event.id, found.event.title) == (id_, TITLE)
    assert [report.mention.title for report in found.reports] == [TITLE]
    assert found.reports[0].mention.reasons
    with pytest.raises(UsageProblem):
        card(room.house, db, id_, BACK)


def test_a_text_that_tells_of_no_act_any_more_is_no_retraction(
    room: Room, db: sqlite3.Connection
) -> None:
    told(room, db)
    taken_back(room, db, "Rain expected in The Hague")
    found = digest.since_last(room.house, db, "desk").digest
    assert whose(found) == [(TITLE, "rewritten by Example Wire", "Rain expected in The Hague")]


def test_a_hidden_event_and_one_that_was_taken_out_are_told_as_that(
    room: Room, db: sqlite3.Connection
) -> None:
    id_ = told(room, db)
    line = decide.mark(room.house, "hide", [id_], why="", by="mw").lines[0]
    assert whose(digest.since_last(room.house, db, "desk").digest) == [
        (TITLE, "hidden by mw's line of 2026-07-10", "")
    ]
    decide.undo(room.house, why="", by="mw", key=line.key)
    entries.remove(room.house, ITEM, back=False)
    assert whose(digest.since_last(room.house, db, "desk").digest) == [
        (TITLE, "taken out with its report", "")
    ]
    with pytest.raises(UsageProblem) as refused:
        find_event(room.house, db, id_, None)
    assert refused.value.hint == f"tracker entries restore {ITEM}"


def test_what_is_gone_stands_in_every_form_without_markup(
    room: Room, db: sqlite3.Connection
) -> None:
    told(room, db)
    taken_back(room, db, "RETRACTED: <b>*it*</b> ](http://x.example)")
    found = digest.since_last(room.house, db, "desk").digest
    (one,) = found.gone
    assert isinstance(one, Gone)
    text, memo = view.text(found), view.markdown(found)
    assert f"* 2026-07-08  {TITLE}\n  > retracted by Example Wire\n" in text
    assert "## Gone: told before, and no more" in memo
    assert r"\<b\>\*it\*\</b\>" in memo
    assert b"retracted by Example Wire" in mail(found)
