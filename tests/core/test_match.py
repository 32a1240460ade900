"""Two reports of one act join; chains, capitals and rounds stay apart."""

from __future__ import annotations

import pytest

from tests.core.conftest import Reader
from tracker.core import agreed
from tracker.core.blocks import block_keys
from tracker.core.lexicon import Lexicon
from tracker.core.match import SAME, compare, node_id
from tracker.core.traits import HELPING, traits
from tracker.model import Mention

PAIRS = [
    ("US lets Nvidia sell H20 chips to China again", "2025-07-15",
     "美國批准輝達恢復對華出口H20晶片", "2025-07-16", True),
    ("US adds 40 Chinese companies to Entity List", "2025-03-25",
     "美国将40家中国企业列入实体清单", "2025-03-26", True),
    ("US and China hold trade talks in Geneva", "2025-05-10",
     "US and China hold trade talks in London", "2025-06-09", False),
    ("US and China hold trade talks in Geneva", "2025-05-12",
     "US and China hold trade talks in Paris", "2025-05-14", False),
    ("China restricts exports of gallium", "2023-07-03",
     "China suspends export controls on gallium", "2023-07-05", False),
    ("US adds 40 Chinese companies to Entity List", "2025-03-25",
     "US adds 40 Chinese companies to Entity List", "2025-09-12", False),
    ("US revokes Micron's licence to supply Huawei", "2024-05-07",
     "US revokes Qualcomm's licence to supply Inspur", "2024-05-14", False),
    # Headlines of one form that are of others.
    ("China opens antitrust probe into Nvidia", "2025-09-15",
     "China opens antitrust probe into Qualcomm", "2025-09-16", False),
    ("中国对谷歌展开反垄断调查", "2025-02-04", "中国对高通展开反垄断调查", "2025-02-05", False),
    ("US fines Cadence $140 million for China sales", "2025-07-28",
     "US fines Seagate $300 million for Huawei sales", "2025-07-29", False),
    ("Applied Materials pays $252 million over China exports", "2026-02-11",
     "Lam Research pays $100 million over China exports", "2026-02-12", False),
    ("Netherlands revokes ASML licence for China", "2025-03-25",
     "Japan revokes Tokyo Electron licence for China", "2025-03-26", False),
    ("US and Japan agree on chip controls", "2025-03-25",
     "US and Malaysia agree on chip controls", "2025-03-26", False),
    ("Jensen Huang arrives in Beijing", "2025-04-17",
     "Lisa Su arrives in Beijing", "2025-04-18", False),
    ("Senate passes GAIN AI Act", "2025-10-09",
     "Senate passes Chip Security Act", "2025-10-10", False),
    ("House passes Remote Access Security Act", "2026-01-12",
     "Senate passes Remote Access Security Act", "2026-01-15", False),
    ("US adds 12 Chinese firms to Entity List", "2025-06-24",
     "US adds 8 Chinese firms to Entity List", "2025-07-01", False),
    ("商务部将16家美国实体列入管控名单", "2025-04-04",
     "商务部将12家美国实体列入管控名单", "2025-04-09", False),
    # Of one list both numbers are told.
    ("US adds 140 Chinese entities to Entity List", "2024-12-02",
     "US adds 136 Chinese firms to Entity List", "2024-12-03", True),
    # A list and a licence may be told with one of the firms that they hold for.
    ("US adds Inspur to Entity List", "2025-03-25",
     "US adds Sugon to Entity List", "2025-03-25", True),
    ("China opens antitrust probe into Nvidia", "2025-09-15",
     "China says Nvidia broke antitrust law", "2025-09-15", True),
    ("Netherlands widens export controls to more of ASML's DUV lithography", "2024-09-06",
     "荷兰扩大光刻机出口管制范围", "2024-09-06", True),
    ("US bans AI chip exports to China", "2024-12-02",
     "China bans gallium exports to US", "2024-12-03", False),
    ("US Commerce Department denies H200 licences for China", "2026-03-10",
     "US approves H200 sales to China", "2026-03-10", False),
    ("China bans antimony exports to the United States", "2026-07-02",
     "China bans tungsten exports to the United States", "2026-07-06", False),
]  # fmt: skip


@pytest.mark.parametrize(("one", "day", "two", "other", "same"), PAIRS)
def test_pairs(read: Reader, one: str, day: str, two: str, other: str, same: bool) -> None:
    left, right = read(one, day=day), read(two, day=other)
    join = compare(left, right)
    assert (join is not None and join.score >= SAME) == same, join
    if join is not None:
        assert join == compare(right, left)
        assert all(reason.name and reason.why for reason in join.reasons)


@pytest.mark.parametrize(("one", "day", "two", "other", "same"), PAIRS)
def test_what_joins_shares_a_block(
    read: Reader, one: str, day: str, two: str, other: str, same: bool
) -> None:
    if same:
        assert block_keys(read(one, day=day)) & block_keys(read(two, day=other))


SAID = "The ministry made it known on its website and gave no further details."


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("China opens antitrust probe into Nvidia", "China opens antitrust probe into Qualcomm"),
        ("US fines Cadence over exports to China", "US fines Seagate over exports to China"),
        ("Japan tightens chip export controls", "Netherlands tightens chip export controls"),
        ("Senate passes GAIN AI Act", "Senate passes Chip Security Act"),
        ("Jensen Huang visits Beijing", "Lisa Su visits Beijing"),
    ],
)
def test_no_likeness_makes_up_for_another_name(read: Reader, one: str, two: str) -> None:
    """One form of headline and one summary are alike in everything but the name, which is the act."""
    day = "2025-09-15"
    join = compare(read(one, SAID, day=day), read(two, SAID, day=day))
    assert join is not None
    assert join.score < SAME, join


@pytest.mark.parametrize(("day", "found"), [
    ("2025-03-25", ""), ("2025-03-27", "other kind, reports 1"),
    ("2025-03-31", "other kind, reports 7"),
])  # fmt: skip
def test_what_comes_after_the_wave_and_is_of_another_kind_is_another_act(
    read: Reader, day: str, found: str
) -> None:
    rule = read("US requires licence for Nvidia H20 exports to China", day="2025-03-25")
    words = read("Nvidia says H20 export licence rule hurts US lead over China", day=day)
    join = compare(rule, words)
    assert (rule.kind, words.kind) == ("rule", "statement")
    assert join is not None
    assert [one.name for one in join.reasons if "reports" in one.name and "kind" in one.name] == (
        [found] if found else []
    )


def test_meetings_of_two_named_days_are_two(read: Reader) -> None:
    one = read("王文涛11月11日会见西班牙经济大臣谈安世", day="2025-11-14")
    names = {}
    for day in (11, 12, 14, 20):
        other = read(f"王文涛{day}日与英国商贸大臣视频会谈安世", day="2025-11-20")
        join = compare(one, other)
        assert join is not None
        names[day] = join.reasons[1].name
    assert names == {
        11: "named days 0", 12: "named days 1", 14: "words named days 3", 20: "words named days far",
    }  # fmt: skip


def test_what_was_heard_and_later_done_weighs_less(read: Reader) -> None:
    heard = read("US to ban AI chip exports to Malaysia, sources say", day="2025-07-04")
    done = [
        read("US bans AI chip exports to Malaysia", day=day) for day in ("2025-07-05", "2025-07-07")
    ]
    assert (heard.status, done[0].status) == ("reported", "confirmed")
    joins = [compare(heard, one) for one in done]
    assert ["other standing" in [one.name for one in join.reasons] for join in joins if join] == [
        False, True,
    ]  # fmt: skip


DAY = "2025-11-27"
PLAN = "US to add Alibaba to military list"


def told(a: Mention, b: Mention) -> set[str]:
    join = compare(a, b)
    return {reason.name for reason in join.reasons} if join else set()


def test_one_scoop_is_one_act_and_two_papers_have_two(read: Reader) -> None:
    one = read(PLAN, "The list is ready, Bloomberg reported on Wednesday.", day=DAY, name="a")
    two = read("彭博:美國擬將阿里巴巴列入涉軍名單", day=DAY, name="b")
    other = read(f"{PLAN} - FT", day=DAY, name="c")
    assert "same wire" in told(one, two)
    assert "other wire" in told(one, other)
    assert not {"same wire", "other wire"} & told(one, read(PLAN, day=DAY, name="d"))


def test_reports_of_one_day_are_compared_whatever_days_they_name(read: Reader) -> None:
    letter = read("Pentagon adds Alibaba to military list",
                  "It was sent on October 7.", day=DAY, name="a")  # fmt: skip
    same, later = (
        read("Pentagon adds Alibaba to military list", day=day, name=day)
        for day in (DAY, "2025-12-09")
    )
    assert letter.date is not None
    assert letter.date.month == 10
    assert compare(letter, same) is not None
    assert compare(letter, later) is None


def test_nodes_have_names(read: Reader) -> None:
    assert node_id(read("US bans chips", name="a")) == "a"
    assert compare(read("US bans chips", name="a"), read("US bans chips", name="a")) is None


def test_reasons_add_up_to_the_score(read: Reader) -> None:
    """The score is summed without naming reasons; whoever asks for them gets the same sum."""
    nodes = [
        read(title, day=day) for one, d, two, e, _ in PAIRS for title, day in ((one, d), (two, e))
    ]
    joins = [compare(a, b) for a in nodes for b in nodes]
    assert sum(join is not None for join in joins) > 8
    for join in joins:
        if join is not None:
            assert abs(sum(reason.weight for reason in join.reasons) - join.score) < 0.01


def test_words_that_only_help_the_rules_are_no_concepts(read: Reader, lexicon: Lexicon) -> None:
    assert {one.id for one in lexicon.entries} >= HELPING
    found = traits(read("Bloomberg: US publishes list of entities with chip sales to China"))
    assert found.concepts
    assert not found.concepts & HELPING


def test_an_act_of_each_capital_on_one_ware_stays_two(read: Reader) -> None:
    barred = read("US bars Nvidia from selling H20 chips to China", day="2025-09-17")
    refused = read("China bans state firms from buying Nvidia H20 chips", day="2025-09-17")
    assert (barred.jurisdiction[0], refused.jurisdiction[0]) == ("US", "CN")
    join = compare(barred, refused)
    assert join is not None
    assert join.score < SAME
    assert "act and answer" in told(barred, refused)
    words = read("China protests US bar on Nvidia H20 chips", day="2025-09-17")
    assert "act and answer" not in told(barred, words)


def test_words_of_the_other_side_belong_to_the_act_that_they_answer(read: Reader) -> None:
    act = read("US adds 12 Chinese chip firms to Entity List", day="2021-11-24")
    words = read("China opposes US listing of chip firms, MOFCOM says", day="2021-11-25")
    assert words.item_id != act.item_id
    assert "in words, a day later" in told(act, words)
    assert "in words, a day later" not in told(words, words)
    late = read("China opposes US listing of chip firms, MOFCOM says", day="2021-12-25")
    assert not {"in words, same day", "in words, a day later"} & set(told(act, late))


def test_parts_do_not_disagree_on_a_kind_that_words_hardly_tell(read: Reader) -> None:
    words = read("China opposes US listing of chip firms, MOFCOM says", day="2021-11-25")
    assert agreed.told(words).kind == ""


def test_forms_that_are_hardly_ever_of_one_act_speak_against_a_join(read: Reader) -> None:
    border = read("China's customs halts imports of Nvidia RTX Pro 6000D", name="a")
    step = read("China approves Nvidia RTX Pro 6000D purchases", name="b")
    found = compare(border, step)
    assert found is not None
    assert (border.instrument, step.instrument) == ("customs-action", "agency-decision")
    assert "other form" in {reason.name for reason in found.reasons}
