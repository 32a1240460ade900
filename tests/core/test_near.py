"""Reports only near the line of relevance: others' reports speak for them. All texts are made up."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from tests.core.conftest import Reader, entry
from tests.core.test_roles import FITTED, words
from tracker.core.agreed import told
from tracker.core.balance import balance
from tracker.core.build import build
from tracker.core.cluster import groups, partition
from tracker.core.decisions import NONE, Decisions
from tracker.core.examples import mention
from tracker.core.lexicon import Lexicon
from tracker.core.linkage import linked
from tracker.core.recognise import recognise
from tracker.core.text import fold
from tracker.core.verdict import verdict
from tracker.core.weights import BELOW, JUST_BELOW, RELEVANT
from tracker.core.zones import zones
from tracker.jobs.scan import BORNE_OUT, scan
from tracker.model import NEAR_LINE, UNDER_LINE, Mention
from tracker.view.lexicon import plain

NAMED = "US turns screws on Huawei with curbs"
HARDLY_NAMED = "US turns screws on Huawei"


def lexicon_that_scores(title: str, score: float) -> Lexicon:
    """A lexicon by which a headline without any rule has this score."""
    told = verdict(zones(fold(title), fold(""), words()), words())
    return words(replace(FITTED, line=FITTED.line + told.score - score))


@pytest.mark.parametrize(
    ("title", "below", "numbers"),
    [
        (NAMED, 0.1, [0, NEAR_LINE]),
        (NAMED, JUST_BELOW - 0.1, [0, NEAR_LINE]),
        (NAMED, JUST_BELOW + 0.1, [0, UNDER_LINE]),
        (NAMED, BELOW - 0.1, [0, UNDER_LINE]),
        (NAMED, BELOW + 0.1, [0]),
        (HARDLY_NAMED, 0.1, [0]),
    ],
)
def test_what_is_near_and_of_the_topic_is_told_in_passing(
    title: str, below: float, numbers: list[int]
) -> None:
    found = recognise(entry(title), lexicon_that_scores(title, RELEVANT - below))
    assert [one.number for one in found] == numbers
    assert [one.relevant for one in found] == [False, True][: len(found)]


@pytest.mark.parametrize(
    ("title", "why"),
    [(NAMED, "all"), (HARDLY_NAMED, "part")],
)
def test_why_roles_are_not_sure_enough_is_told_as_it_is(title: str, why: str) -> None:
    shown = plain(balance(title, lexicon_that_scores(title, RELEVANT + 0.1)))
    assert f"  of no rule and {why} of the topic, roles must be" in shown


@pytest.fixture
def reports(read: Reader) -> list[Mention]:
    """Two reports of one act, and a third that is only near the line and read as another kind."""
    title = "US adds 12 Chinese chip firms to Entity List"
    own = [read(title, "The Commerce Department said so on Tuesday.", name=name) for name in "ab"]
    near = read("US blacklists 12 Chinese chip firms", "", "2025-07-17", "c")
    return [*own, replace(near, number=NEAR_LINE, score=2.0, kind="statement", direction="neutral")]


def test_others_speak_for_it_and_it_decides_nothing(reports: list[Mention]) -> None:
    (members,) = groups(reports, NONE)
    event, without = build(members), build(reports[:2])
    assert event is not None
    assert without is not None
    assert (event.reports, without.reports) == (3, 2)
    assert (event.kind, event.direction, event.date) == ("listing", "tighten", date(2025, 7, 15))
    assert event.title == reports[0].title


def test_alone_it_makes_no_event(reports: list[Mention]) -> None:
    assert build(reports[2:]) is None
    assert build([reports[2], replace(reports[2], item_id="d")]) is None


def test_who_hides_it_hides_nothing_else(reports: list[Mention]) -> None:
    event = build(reports, decisions=Decisions(hidden=frozenset({"c"})))
    assert event is not None
    assert event.mentions == ("a", "b")
    left = build(reports, decisions=Decisions(hidden=frozenset({"a"})))
    assert left is not None
    assert left.mentions == ("b", "c")
    assert build(reports, decisions=Decisions(hidden=frozenset({"a", "b"}))) is None


def test_a_persons_word_stands_also_where_it_names_what_is_near(reports: list[Mention]) -> None:
    said = Decisions(kinds={"c": "rule"}, redated={"c": "2025-07-10"}, capitals={"c": "NL"})
    event = build(reports, decisions=said)
    assert event is not None
    assert (event.kind, event.date, event.jurisdiction) == ("rule", date(2025, 7, 10), ("NL",))


@pytest.mark.parametrize(("asked", "joins"), [(0.0, True), (1.0, False)])
def test_it_is_asked_for_more_than_a_report_of_its_own(asked: float, joins: bool) -> None:
    pairs = [(0, 1, 3.0), (0, 2, 0.5), (1, 2, 0.5)]
    found = linked(3, pairs, [], frozenset(), 0.0, {2: asked})
    assert found == ([[0, 1, 2]] if joins else [[0, 1], [2]])


def test_what_lies_further_below_is_asked_for_still_more() -> None:
    stands = {name: name for name in ("a", "b", "c/8", "d/9")}
    tells = {name: told(mention()) for name in stands}
    weak = [("a", "b", 4.0), *((one, late, 2.0) for one in "ab" for late in ("c/8", "d/9"))]
    strong = [(one, late, 2 * mean) for one, late, mean in weak]
    assert partition(stands, tells, weak, NONE) == (("a", "b", "d/9"), ("c/8",))
    assert partition(stands, tells, strong, NONE) == (("a", "b", "c/8", "d/9"),)


def test_scan_says_that_others_told_of_it() -> None:
    lexicon = lexicon_that_scores(NAMED, RELEVANT - 0.5)
    told = {"id": 1, "title": "US adds Huawei to Entity List", "published": "2025-07-16"}
    near = {"id": 2, "title": f"{NAMED}, adds it to list", "published": "2025-07-16"}
    alone = list(scan([json.dumps(near)], lexicon))
    both = list(scan([json.dumps(told), json.dumps(near)], lexicon))
    assert (alone[0]["relevant"], alone[0]["event_id"]) == (False, None)
    assert (both[1]["relevant"], both[1]["event_id"]) == (True, both[0]["event_id"])
    assert both[1]["reasons"][-1]["name"] == BORNE_OUT["name"]
    assert BORNE_OUT["name"] not in [one["name"] for one in alone[0]["reasons"]]
