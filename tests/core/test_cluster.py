"""The same clusters in any order; batches equal the whole; decisions before scores."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

import pytest

from tests.core.conftest import Reader
from tracker.core.cluster import build, cluster, groups
from tracker.core.decisions import NONE, Decisions
from tracker.core.examples import mention
from tracker.core.features import titled
from tracker.core.traits import node_id, traits
from tracker.core.votes import direction_of
from tracker.model import Mention, RecordEvent, Source

TITLES = [
    ("US lets Nvidia sell H20 chips to China again", "2025-07-15"),
    ("Nvidia wins US approval to resume H20 sales to China", "2025-07-15"),
    ("美國批准輝達恢復對華出口H20晶片", "2025-07-16"),
    ("China restricts exports of tungsten", "2025-07-16"),
    ("商务部对钨实施出口管制", "2025-07-17"),
    ("US and China hold trade talks in Geneva", "2025-07-14"),
    ("US and China hold trade talks in Madrid", "2025-07-20"),
    ("Nvidia CEO Jensen Huang visits Beijing", "2025-07-16"),
    ("US adds 40 Chinese companies to Entity List", "2025-07-18"),
    ("美国将40家中国企业列入实体清单", "2025-07-19"),
]


@pytest.fixture(scope="module")
def mentions(read: Reader) -> list[Mention]:
    return [read(title, day=day, name=f"i{n:02}") for n, (title, day) in enumerate(TITLES)]


def shape(parts: tuple[tuple[Mention | RecordEvent, ...], ...]) -> set[tuple[str, ...]]:
    return {tuple(node_id(node) for node in part) for part in parts}


def test_any_order_gives_the_same_events(mentions: list[Mention]) -> None:
    whole = cluster(mentions, (), NONE)
    for seed in range(25):
        mixed = list(mentions)
        random.Random(seed).shuffle(mixed)
        assert cluster(mixed, (), NONE) == whole


def test_two_languages_make_one_event(mentions: list[Mention]) -> None:
    found = shape(groups(mentions, NONE))
    assert ("i00", "i01", "i02") in found
    assert ("i03", "i04") in found
    assert ("i05",) in found
    assert ("i06",) in found


@pytest.mark.parametrize(
    ("promise", "grant", "day", "later"),
    [
        ("Trump says US will allow Nvidia to sell H20 chips to China",
         "US issues Nvidia a licence to sell H20 chips to China", "2026-11-10", "2026-11-18"),
        ("Lutnick says Washington to grant AMD licence for MI308 exports",
         "Commerce grants AMD licence for MI308 exports to China", "2026-10-10", "2026-10-20"),
        ("特朗普称将允许英伟达对华出售H200芯片", "美国商务部向英伟达发放H200对华出口许可",
         "2026-09-09", "2026-09-19"),
    ],
)  # fmt: skip
def test_leave_that_was_promised_and_leave_that_was_given_are_two(
    promise: str, grant: str, day: str, later: str, read: Reader
) -> None:
    told = read(promise, day=day)
    assert len(groups([told, read(grant, day=later)], NONE)) == 2
    assert len(groups([told, read(promise, day=later)], NONE)) == 1


def test_ministers_of_whom_none_is_in_both_meet_twice(read: Reader) -> None:
    first = read("Bessent, He Lifeng to hold trade talks next week", "On tariffs and rare earths.")
    same = read("贝森特与何立峰下周举行经贸磋商", "双方将讨论关税和稀土。")
    other = read("Lutnick to meet Wang Wentao next week on rare earths", "On export controls.")
    assert shape(groups([first, same, other], NONE)) == {
        tuple(sorted((first.item_id, same.item_id))), (other.item_id,)
    }  # fmt: skip


def test_two_delegations_of_one_meeting_share_its_city(read: Reader) -> None:
    ours = read("Bessent, Greer to travel to Stockholm for trade talks with China")
    theirs = read("He Lifeng, Li Chenggang to attend US-China trade talks in Stockholm")
    assert len(groups([ours, theirs], NONE)) == 1


@pytest.mark.parametrize(
    ("panel", "floor"),
    [
        ("Senate committee advances Chip Security Act", "Senate passes Chip Security Act"),
        ("美众院外委会通过芯片安全法案", "美国众议院通过芯片安全法案"),
    ],
)
def test_a_committees_vote_and_its_chambers_are_two(panel: str, floor: str, read: Reader) -> None:
    first = read(panel, day="2026-11-10")
    assert len(groups([first, read(floor, day="2026-11-17")], NONE)) == 2
    assert len(groups([first, read(panel, day="2026-11-11")], NONE)) == 1


def test_copies_go_where_the_first_goes_unless_a_person_sets_one_apart(read: Reader) -> None:
    copies = [read(TITLES[0][0], day=TITLES[0][1], name=name) for name in "cab"]
    assert shape(groups(copies, NONE)) == {("a", "b", "c")}
    apart = Decisions(different=frozenset({frozenset({"a", "c"})}))
    assert shape(groups(copies, apart)) == {("a", "b"), ("c",)}
    both = Decisions(different=frozenset({frozenset({"a", "c"}), frozenset({"b", "c"})}))
    assert shape(groups(copies, both)) == {("a", "b"), ("c",)}


def crowd(read: Reader, count: int) -> list[Mention]:
    """Reports of one day that all speak of one list, each with its own number of firms."""
    return [
        read(f"US adds {n} Chinese companies to Entity List", day="2025-07-18",
             name=f"{n * 7919 % 100003:05}")
        for n in range(10, 10 + count)
    ]  # fmt: skip


def test_a_crowd_is_clustered_the_same_in_any_order(read: Reader) -> None:
    found = crowd(read, 150)
    whole = shape(groups(found, NONE))
    for seed in range(4):
        random.Random(seed).shuffle(found)
        assert shape(groups(found, NONE)) == whole
    assert len(whole) < len(found)


def test_decisions_stand_before_scores(mentions: list[Mention]) -> None:
    apart = Decisions(different=frozenset({frozenset({"i00", "i01"})}))
    assert not any({"i00", "i01"} <= set(part) for part in shape(groups(mentions, apart)))
    joined = Decisions(same=frozenset({frozenset({"i03", "i08"})}))
    assert any({"i03", "i08"} <= set(part) for part in shape(groups(mentions, joined)))
    hidden = Decisions(hidden=frozenset({"i07"}))
    assert not any("i07" in event.mentions for event in cluster(mentions, (), hidden))


def test_a_person_redates_retitles_and_names_kind_side_and_capital(mentions: list[Mention]) -> None:
    told = Decisions(
        redated={"i07": "2025-07-14"},
        retitled={"i07": "A visit"},
        kinds={"i07": "statement"},
        directions={"i07": "tighten"},
        capitals={"i07": "NL, US"},
    )
    event = build([mentions[7]], decisions=told)
    assert event is not None
    assert (event.date, event.title, event.kind) == (date(2025, 7, 14), "A visit", "statement")
    assert (event.direction, event.jurisdiction) == ("tighten", ("NL", "US"))


@pytest.mark.parametrize(
    ("said", "end"), [("2025-11-19..2025-11-20", date(2025, 11, 20)), ("2025-11-19", None)]
)
def test_a_person_may_give_an_event_a_span(
    mentions: list[Mention], said: str, end: date | None
) -> None:
    event = build([mentions[7]], decisions=Decisions(redated={"i07": said}))
    assert event is not None
    assert (event.date, event.end_date, event.precision) == (date(2025, 11, 19), end, "day")


def test_an_answer_to_a_control_does_not_say_which_kind_it_was(read: Reader) -> None:
    """The answer is read as a rule, since no word of it tells; one report of the act does."""
    answer = read("商务部回应荷兰光刻机出口管制", day="2024-01-03", name="b")
    assert answer.kind == "rule"
    told = read("Dutch government revokes ASML licence to ship tools to China", day="2024-01-02")
    assert told.kind == "licence"
    event = build([replace(answer, score=told.score + 5), told])
    assert event is not None
    assert event.kind == "licence"


def record(name: str, day: date) -> RecordEvent:
    return RecordEvent(
        id=name, date=day, precision="day", kind="licence", instrument="agency-decision",
        binding=True, direction="ease", status="confirmed", evidence="two-pages",
        title="US allows Nvidia to sell H20 chips to China", summary="", jurisdiction=("US",),
        actors=("Nvidia",), items=("H20",), terms=(),
        sources=(Source("https://example.org/a", "A", day, "en", False, "t"),), series=(),
        keys=("act:sale-allowed", "fam:sale-allowed", "t:allow", "t:export-verb", "t:H20"),
    )  # fmt: skip


def test_reports_do_not_move_a_record_event(mentions: list[Mention]) -> None:
    known = record("2025-07-14-h20", date(2025, 7, 14))
    event = next(e for e in cluster(mentions, [known], NONE) if e.id == known.id)
    assert (event.date, event.title, event.origin) == (known.date, known.title, "both")
    assert event.reports >= 1
    assert event.witnesses >= 1


def test_a_record_event_is_met_when_it_takes_effect(read: Reader) -> None:
    known = record("2025-07-14-h20", date(2025, 7, 14))
    later = read("US allows Nvidia to sell H20 chips to China", day="2025-10-02", name="a")
    assert len(groups([later, known], NONE)) == 2
    dated = replace(known, dates={"effective": (date(2025, 10, 1),)})
    assert shape(groups([later, dated], NONE)) == {("a", "record:2025-07-14-h20")}
    another = read(later.title, "It was done on October 1.", day="2025-10-02", name="a")
    assert len(groups([another, dated], NONE)) == 2  # its own day is named


def test_a_headline_without_a_name_contradicts_no_record_event(read: Reader) -> None:
    """What the record's title names need not stand in every headline; another name must not."""
    known = traits(record("2025-07-14-h20", date(2025, 7, 14)))
    bare = traits(read("US allows sale of chips to China", day="2025-07-14"))
    other = traits(read("US allows Micron to sell HBM to China", day="2025-07-14"))
    assert known.titled
    assert not bare.titled
    assert titled(known, bare) == titled(bare, known) == ()
    assert titled(known, other) == ("other title names",)


def test_two_record_events_never_share_a_cluster(mentions: list[Mention]) -> None:
    both = [record("2025-07-14-h20", date(2025, 7, 14)), record("2025-07-15-x", date(2025, 7, 15))]
    for part in groups([*mentions, *both], NONE):
        assert sum(isinstance(node, RecordEvent) for node in part) <= 1


def test_one_wire_is_one_witness(read: Reader) -> None:
    copies = [
        read("US lets Nvidia sell H20 chips to China, Reuters says", day="2025-07-15", name=n)
        for n in ("a", "b")
    ]
    event = build(copies)
    assert event is not None
    assert (event.witnesses, event.reports) == (1, 2)


def test_an_event_is_called_as_its_report_without_the_paper() -> None:
    title = "US adds Huawei to Entity List - Example Wire"
    event = build([mention(title=title, publisher="Example Wire")])
    assert event is not None
    assert event.title == "US adds Huawei to Entity List"


def test_words_that_many_reports_tell_without_a_direction_keep_that_of_those_that_have_one() -> (
    None
):
    told = [mention(item_id=f"i{n}", kind="statement", direction="neutral") for n in range(3)]
    warns = [mention(item_id=f"w{n}", kind="statement", direction="tighten") for n in range(2)]
    assert direction_of([*told, *warns], "statement") == "tighten"
    assert direction_of([*told, *warns[:1]], "statement") == "neutral"
    acts = [replace(one, kind="rule") for one in (*told, *warns)]
    assert direction_of(acts, "rule") == "neutral"
