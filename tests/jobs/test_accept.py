"""A claim that a person accepts: a line, an observation with a mark, and back again."""

from __future__ import annotations

import io
import json
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from tests.jobs.rooms import Room
from tracker.core.accepted import observations
from tracker.core.decisions import standing
from tracker.errors import Busy, RecordError, UsageProblem
from tracker.jobs import accept, ask, card, decide, derive
from tracker.jobs import add as add_job
from tracker.jobs import share as share_job
from tracker.jobs.add import Given
from tracker.jobs.journalling import Decided
from tracker.jobs.said import said
from tracker.model import Observation
from tracker.record import journal
from tracker.store.curated import Curated
from tracker.view import event as event_view
from tracker.view import review, share, share_files

SERIES = "cn-accel-domestic-units-share"
TEXT = "IDC said domestic chips had a share of 45% in the first half of 2025. Nvidia's market share in China dropped to zero."
H20 = "2025-04-09-us-h20-licence-requirement"
SAID = {"why": "read in the report", "by": "mw"}


@pytest.fixture
def room(filled: Room) -> Iterator[Room]:
    add_job.add(
        filled.house, "-", Given(date(2025, 9, 2), publisher="Paper", url="https://paper.example/1"),
        io.BytesIO(TEXT.encode()), {},
    )  # fmt: skip
    yield filled
    filled.house.close()


def names(room: Room) -> list[str]:
    return [one.id for one in said(room.house.reader())]


def rows(room: Room) -> list[Observation]:
    return [one for one in Curated(room.house.reader()).observations() if one.accepted]


def take(room: Room, **more: str) -> Decided:
    given = {"series": SERIES, "variant": "half-year", "nature": "estimate"} | SAID | more
    return accept.accept(room.house, names(room)[0], **given)


def test_a_line_with_its_source_and_a_marked_observation(room: Room) -> None:
    (line,) = take(room).lines
    assert (line.verdict, line.by, line.why) == ("accept-claim", "mw", "read in the report")
    kept = json.loads(room.house.paths.decisions.read_text(encoding="utf-8"))
    assert json.loads(kept["value"])["url"] == "https://paper.example/1"
    assert "45%" in kept["seen"]
    (one,) = rows(room)
    assert (one.series, one.variant, one.value, one.house, one.nature) == (
        SERIES, "half-year", 45, "IDC", "estimate",
    )  # fmt: skip
    assert (one.period_start, one.period_end) == (date(2025, 1, 1), date(2025, 6, 30))
    assert one.published == date(2025, 9, 2)
    assert one.accepted == "by mw on 2026-07-10"


def test_share_and_event_show_it_marked(room: Room) -> None:
    before = share.plain(share_job.shelf(room.house, room.house.reader(), [SERIES]))
    take(room)
    db = room.house.reader()
    drawn = share.plain(share_job.shelf(room.house, db, [SERIES]))
    assert "accepted by mw on 2026-07-10" not in before
    assert "45% (accepted)  IDC, 2 Sep 2025" in drawn
    assert "accepted by mw on 2026-07-10" in drawn
    data = json.loads(share_files.write("json", share_job.shelf(room.house, db, [SERIES])))
    marks = [o["accepted"] for book in data["series"] for o in book["observations"]]
    assert marks.count("by mw on 2026-07-10") == 1
    found = card.card(room.house, db, H20, None)
    told = " ".join(str(event_view.render(found, width=100)).split())
    assert "IDC 45% for H1 2025, estimate, 2 Sep 2025" in told
    assert "accepted by mw on 2026-07-10" in told


def test_a_past_day_before_its_text_knows_nothing_of_it(room: Room) -> None:
    take(room)
    db = room.house.reader()
    earlier = share.plain(share_job.shelf(room.house, db, [SERIES], date(2025, 9, 1)))
    assert "45%" not in earlier
    assert "45%" in share.plain(share_job.shelf(room.house, db, [SERIES], date(2025, 9, 2)))


def test_undo_takes_it_away(room: Room) -> None:
    take(room)
    decide.undo(room.house, **SAID)
    assert rows(room) == []
    assert [line.verdict for line in journal.read(room.house.paths.decisions)] == [
        "accept-claim", "withdrawn",
    ]  # fmt: skip
    take(room)  # and it may be accepted again
    assert len(rows(room)) == 1


def test_a_rebuild_and_a_new_record_replay_the_line(room: Room) -> None:
    take(room)
    db = room.house.writer()
    before = Curated(db).observations()
    rules = derive.Rules(room.house.lexicon, standing(journal.read(room.house.paths.decisions)))
    derive.rebuild(db, room.house.record, rules, room.moment)
    assert Curated(db).observations() == before
    derive.put_record(db, room.house.record, rules, room.moment)
    assert Curated(db).observations() == before
    assert observations(rules.decisions.claims.values()) == tuple(rows(room))


def test_it_is_no_headline(room: Room) -> None:
    from tracker.core.shares import headline

    take(room, nature="actual")
    found = Curated(room.house.reader()).observations()
    plain = tuple(one for one in found if not one.accepted)
    for day in (date(2025, 10, 1), date(2026, 7, 1)):
        assert headline(found, SERIES, day) == headline(plain, SERIES, day)


def test_the_log_says_it_in_words(room: Room) -> None:
    take(room)
    found = decide.log(room.house)
    drawn = review.log(found.lines, found.withdrawn)
    assert f"-> IDC 45 for 2025-01-01 to 2025-06-30 in {SERIES} [half-year], estimate" in drawn
    assert "read in the report" in drawn
    assert found.missing == ()


def test_figures_are_in_the_order_in_which_people_took_them(room: Room) -> None:
    (line,) = take(room).lines
    early = replace(line, key="k1", by="li", at="2026-07-11T12:00:00+08:00")
    late = replace(line, key="k2", by="zl", at="2026-07-11T05:00:00Z")
    marks = [str(one.accepted) for one in observations([late, line, early])]
    assert [mark.split()[1] for mark in marks] == ["mw", "li", "zl"]


def test_two_people_who_accept_otherwise_are_named(room: Room) -> None:
    take(room)
    room.clock.tick(hours=1)
    take(room, by="zl", nature="claim")
    (words,) = decide.log(room.house).contradictions
    assert "mw said accept-claim IDC 45" in words
    assert "zl later accept-claim IDC 45" in words
    assert words.endswith("the later line holds")
    assert [one.nature for one in rows(room)] == ["claim"]


def test_a_claim_of_zero_finds_its_series_by_itself(room: Room) -> None:
    done = accept.accept(
        room.house, names(room)[1], series="cn-nvda-share-claims", variant="ceo",
        period="2025-09-01", whose="Jensen Huang", **SAID,
    )  # fmt: skip
    assert len(done.lines) == 1
    (one,) = rows(room)
    assert (one.value, one.nature, one.house) == (0, "claim", "Jensen Huang")


@pytest.mark.parametrize(
    ("more", "word"),
    [
        ({"series": "cn-accel"}, "No series is called"),
        ({"series": "nvda-cn-revenue"}, "is in usd_bn, the claim in percent"),
        ({"variant": "month"}, "has no variant"),
        ({"variant": ""}, "holds several quantities"),
        ({"nature": "guess"}, "--as does not know"),
        ({"period": "soon"}, "is no period"),
        ({"period": "2025..2024"}, "ends before it begins"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_written(
    room: Room, more: dict[str, str], word: str
) -> None:
    with pytest.raises(UsageProblem, match=word):
        take(room, **more)
    assert not room.house.paths.decisions.exists()
    assert rows(room) == []


def test_an_unknown_or_short_name(room: Room) -> None:
    for name in ("zzzzzzzz", "", names(room)[0][:2]):
        with pytest.raises(UsageProblem, match="No claim is called"):
            accept.accept(room.house, name, **SAID)


def test_the_same_twice_is_said(room: Room) -> None:
    take(room)
    with pytest.raises(UsageProblem, match="was accepted by mw on 2026-07-10"):
        take(room)


def test_a_running_poll_stops_it(room: Room) -> None:
    with room.house.lock(), pytest.raises(Busy):
        take(room)
    assert not room.house.paths.decisions.exists()


@pytest.mark.parametrize(
    ("value", "word"),
    [
        ("x", "no figure"),
        ('{"claim": "c", "series": "s", "house": "h", "value": "1"}', "value is not a number"),
        ('{"claim": "c", "series": "s", "value": 1}', "house is not text"),
        (
            '{"claim": "c", "series": "s", "house": "h", "value": 1, "period_start": "2025"}',
            "period_start is not a full day",
        ),
    ],
)
def test_a_damaged_line_is_named_with_its_number(room: Room, value: str, word: str) -> None:
    line = {"key": "k", "verdict": "accept-claim", "items": ["a"], "value": value, "by": "x",
            "at": "2026-01-01T00:00:00Z"}  # fmt: skip
    room.house.paths.decisions.write_text(json.dumps(line) + "\n", encoding="utf-8")
    with pytest.raises(RecordError, match=word) as error:
        decide.log(room.house)
    assert "decisions.jsonl:1:" in error.value.what


def test_a_line_of_a_series_that_is_gone_does_no_harm(room: Room) -> None:
    take(room)
    path = room.house.paths.decisions
    path.write_text(path.read_text(encoding="utf-8").replace(SERIES, "no-such-series"), "utf-8")
    db = room.house.writer()
    rules = derive.Rules(room.house.lexicon, standing(journal.read(path)))
    derive.put_record(db, room.house.record, rules, room.moment)
    assert rows(room) == []
    assert sqlite3.connect(room.house.paths.db).execute("SELECT 1").fetchone() == (1,)


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("2025", ("2025-01-01", "2025-12-31")),
        ("2025-H2", ("2025-07-01", "2025-12-31")),
        ("2025-Q3", ("2025-07-01", "2025-09-30")),
        ("2025-02", ("2025-02-01", "2025-02-28")),
        ("2025-07-31", ("2025-07-31", "2025-07-31")),
        ("2025-04-28..2025-07-27", ("2025-04-28", "2025-07-27")),
    ],
)
def test_periods_as_typed(words: str, days: tuple[str, str]) -> None:
    assert tuple(map(str, accept.period_days(words))) == days


def test_ask_still_answers_with_it(room: Room) -> None:
    take(room)
    found = ask.known_series(Curated(room.house.reader()), [SERIES])
    assert found == (SERIES,)
