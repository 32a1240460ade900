"""Which way an act goes, by a verb and what it governs. All headlines here are made up."""

from __future__ import annotations

import pytest

from tracker.core.lexicon import Lexicon
from tracker.core.text import fold
from tracker.core.ways import MOST_VERBS, ways

EASES = [
    "US lifts ban on chip software sales to China",
    "Washington scraps export licence requirement for chip tools",
    "Trade curbs on Chinese chipmaker are reversed",
    "China exempts some wafers from export controls",
    "Commerce grants Samsung a licence for its fab in China",
    "BIS eases licensing posture for older chips",
    "Seoul halts export controls on memory",
    "US has not blocked chip sales to the Gulf",
    "商务部暂停实施稀土出口管制",
]
TIGHTENS = [
    "US revokes Samsung's waiver",
    "Commerce suspends chip sales to Huawei",
    "China bans exports of gallium",
    "Washington imposes controls on memory",
    "China extends rare earth licensing to goods made abroad",
    "US will not allow Blackwell sales to China",
    "US to halt AI chip sales to China",
    "Firm's export privileges suspended for seven years",
    "美国禁止对华出口高端芯片",
]
NEITHER = [
    "Nvidia chief calls export ban a failure",
    "Nvidia expands in Shanghai after US lifts ban on H20",
    "Loophole that let the A800 into China",
    "Chip curbs are in force",
    "Chip tool rule due, Japan and Netherlands exempt",
    "China urges US to lift curbs on chips",
    "Toolmakers lobby Washington to ease export controls",
    "US and China meet in Madrid",
]


def told(text: str, lexicon: Lexicon) -> set[str]:
    folded = fold(text)
    return set(ways(tuple(lexicon.find(folded)), folded.text, lexicon))


@pytest.mark.parametrize("title", EASES)
def test_what_eases(title: str, lexicon: Lexicon) -> None:
    assert told(title, lexicon) == {"eases"}


@pytest.mark.parametrize("title", TIGHTENS)
def test_what_tightens(title: str, lexicon: Lexicon) -> None:
    assert told(title, lexicon) == {"tightens"}


@pytest.mark.parametrize("title", NEITHER)
def test_a_measure_named_and_a_background_point_nowhere(title: str, lexicon: Lexicon) -> None:
    assert told(title, lexicon) == set()


def test_two_acts_point_both_ways(lexicon: Lexicon) -> None:
    assert told("US lifts ban on H20; China bans purchases of it", lexicon) == {
        "eases", "tightens",
    }  # fmt: skip


@pytest.mark.parametrize(
    "title",
    [
        "經濟部喊停對南非晶片出口限制",
        "中國終止對美晶片商的反壟斷調查",
        "US extends suspension of 50% affiliates rule",
    ],
)
def test_the_end_or_the_longer_pause_of_a_measure_eases(lexicon: Lexicon, title: str) -> None:
    assert told(title, lexicon) == {"eases"}


def test_what_lawmakers_ask_for_tightens_nothing(lexicon: Lexicon) -> None:
    assert told("Lawmakers urge Commerce to halt exports to SMIC", lexicon) == frozenset()


def test_of_many_verbs_the_first_are_read(lexicon: Lexicon) -> None:
    """Each verb looks at every name: a text of nothing else took seconds."""
    assert told("eases; " * 3 + "bans chip exports", lexicon) == {"tightens"}
    assert told("eases; " * MOST_VERBS + "bans chip exports", lexicon) == set()
