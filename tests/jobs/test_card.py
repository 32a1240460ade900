"""The card of an event: reports with their texts, joins, refusals, and the figures they say."""

from __future__ import annotations

from datetime import date

import pytest

from tests.jobs.rooms import Room
from tracker.core.match import SAME
from tracker.core.question import Question
from tracker.errors import UsageProblem
from tracker.jobs import ask
from tracker.jobs.card import card
from tracker.store.derived import Derived

EVENT = "2025-07-14-h20-mi308-licences-promised"


def test_figures_of_reports_stand_beside_the_record_as_claims(filled: Room) -> None:
    room = filled
    db = room.house.writer()
    room.arrive(
        db,
        "Nvidia to resume H20 sales to China as US promises licences",
        "Nvidia said on Monday the US had assured it of licences for its H20 chip. Domestic chips"
        " held 34.6% of China's data centre AI chips at the end of 2024.",
        published="2025-07-15T06:00:00Z",
        seen="2026-07-10T06:00:00Z",
    )
    room.derive(db)
    whole = card(room.house, db, EVENT, None)
    assert [one.beside.claim.value for one in whole.said] == [34.6]
    assert not whole.said[0].beside.agrees
    assert [report.mention.publisher for report in whole.reports] == ["Example Wire"]
    assert whole.joins
    assert whole.before is not None
    assert whole.after is not None
    early = card(room.house, db, EVENT, date(2025, 7, 20))
    assert (early.reports, early.said) == ((), ())
    room.house.close()


def test_what_is_far_from_everything_has_a_nearest_all_the_same(filled: Room) -> None:
    """Joins far below the line are not kept; who asks why is told of the nearest, not of none."""
    room = filled
    db = room.house.writer()
    plan = room.arrive(db, "US plans to add 20 Chinese firms to Entity List, sources say",
                       published="2026-03-03T06:00:00Z")  # fmt: skip
    act = room.arrive(db, "US adds 20 Chinese firms to Entity List",
                      "The Commerce Department on Tuesday added 20 Chinese firms.",
                      published="2026-03-11T06:00:00Z")  # fmt: skip
    room.derive(db)
    (event,) = [one for one in Derived(db).events("origin = 'news'") if act in one.mentions]
    assert plan not in event.mentions
    found = card(room.house, db, event.id, None, why=True)
    ends = [{join.left, join.right} for join in found.refused]
    assert {plan, act} in ends
    assert all(join.score < SAME and join.reasons for join in found.refused)
    assert len({frozenset(one) for one in ends}) == len(ends)
    room.house.close()


def test_the_day_that_is_named_for_a_past_question_answers_it(filled: Room) -> None:
    """A report was public weeks before a feed of ours brought it."""
    room = filled
    db = room.house.writer()
    item = room.arrive(db, "US adds 20 Chinese firms to Entity List", published="2026-03-11T06:00:00Z",
                       seen="2026-04-20T06:00:00Z")  # fmt: skip
    room.arrive(db, "US adds 20 Chinese firms to the Entity List", item=item,
                published="2026-03-11T06:00:00Z", seen="2026-04-22T06:00:00Z")  # fmt: skip
    room.derive(db)
    (event,) = [one for one in Derived(db).events("origin = 'news'") if item in one.mentions]
    for day, says in ((date(2026, 3, 1), "Nobody could know"),
                      (date(2026, 3, 11), "Nobody here had .* came on 2026-04-20"),
                      (date(2026, 4, 19), "Nobody here had")):  # fmt: skip
        with pytest.raises(UsageProblem, match=says) as told:
            card(room.house, db, event.id, day)
        assert told.value.hint == "--as-of 2026-04-20 or later"
    assert card(room.house, db, event.id, date(2026, 4, 20)).event.mentions == event.mentions
    room.house.close()


def test_a_wrong_line_of_decisions_leaves_the_event_to_be_seen(filled: Room) -> None:
    filled.house.writer()
    filled.house.paths.decisions.write_text("mine\n", encoding="utf-8")
    found = card(filled.house, filled.house.reader(), EVENT, None)
    assert (found.event.id, found.decided) == (EVENT, ())
    assert "decisions.jsonl:1: not JSON" in filled.house.stderr.getvalue()
    filled.house.close()


def test_any_part_of_an_id_that_fits_one_event_finds_it(filled: Room) -> None:
    room = filled
    db = room.house.writer()
    for part in (EVENT, "h20-mi308", "#licences-promised", "LICENCES-PROMISED"):
        assert card(room.house, db, part, None).event.id == EVENT
    with pytest.raises(UsageProblem, match="fits"):
        card(room.house, db, "2025-07", None)
    db.execute("INSERT INTO event_ids VALUES (?, 'gone', '')", (f"{EVENT}-2",))
    assert card(room.house, db, EVENT[:-2], None).event.id == EVENT  # the other tells of nothing
    room.house.close()


def test_origins_and_status_of_a_past_day_count_the_pages_of_that_day(filled: Room) -> None:
    """Of the three pages on the July 2025 licences one is of the 15th, two came later."""
    room = filled
    db = room.house.writer()
    first = card(room.house, db, EVENT, date(2025, 7, 15)).event
    whole = card(room.house, db, EVENT, None).event
    assert (first.witnesses, whole.witnesses) == (1, 3)
    assert (first.status, whole.status) == ("reported", "confirmed")
    assert first.text_later
    assert first.link_day == whole.link_day
    room.house.close()


def test_what_keeps_two_events_apart_is_said_beside_the_nearest_refusal(filled: Room) -> None:
    """Any two reports of two lists are near enough; what each list's reports agree on is not."""
    room = filled
    db = room.house.writer()
    two = "US adds Tencent and CATL to"
    for day, title, said in (
        ("03-02", "US adds 11 Chinese chip companies to blacklist", "The US said so on March 2."),
        ("03-03", "US adds Chinese chip firms to blacklist", "It listed 11 firms on March 2."),
        ("03-05", f"{two} blacklist of Chinese companies", "The US said so on March 5."),
        ("03-06", f"{two} Chinese companies blacklist", "The US listed them on March 5."),
    ):
        room.arrive(db, title, said, published=f"2026-{day}T16:00:00Z")
    room.derive(db)
    events = [e for e in ask.events(room.house, db, Question()) if str(e.date)[:7] == "2026-03"]
    first, second = sorted((e for e in events if e.origin == "news"), key=lambda one: one.date)
    for event in (first, second):
        refused = card(room.house, db, event.id, None).refused[0]
        assert refused.score >= SAME
        assert [reason.name for reason in refused.reasons if "agreed" in reason.name] == [
            "agreed day", "agreed name",
        ]  # fmt: skip
    room.house.close()
