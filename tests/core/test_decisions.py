"""What stands after many lines, in any order and however often they are read."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.core.decisions import NONE, standing
from tracker.model import Decision


def line(n: int, verdict: str, *items: str, value: str = "", by: str = "mw") -> Decision:
    return Decision(f"k{n}", verdict, items, value, by, f"2026-01-01T00:00:{n:02}Z", "")


def test_nobody_decided() -> None:
    assert standing([]) == NONE
    assert NONE.named() == frozenset()


def test_the_later_word_on_a_pair_holds() -> None:
    told = standing([line(1, "same", "a", "b"), line(2, "different", "b", "a", by="kl")])
    assert (told.same, told.different) == (frozenset(), frozenset({frozenset("ab")}))
    assert told.contradictions == (
        "a and b: mw said same, kl later different; the later line holds",
    )


def test_the_later_word_is_later_wherever_it_was_written() -> None:
    noon = replace(line(1, "redate", "a", value="2025-07-14"), at="2025-07-15T12:00:00+08:00")
    later = replace(line(2, "redate", "a", value="2025-07-15"), at="2025-07-15T05:00:00Z")
    assert standing([later, noon]).redated == {"a": "2025-07-15"}


def test_a_changed_mind_is_no_contradiction() -> None:
    told = standing([line(1, "same", "a", "b"), line(2, "different", "a", "b")])
    assert told.contradictions == ()


def test_taking_back_brings_the_earlier_line_back() -> None:
    lines = [
        line(1, "retitle", "a", value="One"),
        line(2, "retitle", "a", value="Two"),
        line(3, "withdrawn", value="k2"),
    ]
    assert standing(lines[:2]).retitled == {"a": "Two"}
    assert standing(lines).retitled == {"a": "One"}


def test_the_moment_and_not_the_key_says_which_line_is_later() -> None:
    first = replace(line(1, "retitle", "a", value="One"), key="z")
    second = replace(line(2, "retitle", "a", value="Two"), key="b")
    assert standing([second, first]).retitled == {"a": "Two"}


def test_three_items_are_three_pairs() -> None:
    assert len(standing([line(1, "same", "a", "b", "c")]).same) == 3


FIGURE = (
    '{"claim": "c1", "series": "s", "house": "h", "value": 1, "period_start": "2025-01-01",'
    ' "period_end": "2025-12-31", "published": "2026-01-01", "nature": "claim", "qualifier": "="}'
)


def test_every_sort_has_its_place() -> None:
    told = standing([
        line(1, "hide", "a"), line(2, "confirm", "b"), line(3, "redate", "c", value="2025-07"),
        line(4, "kind", "d", value="rule"), line(5, "accept-claim", "e", value=FIGURE),
        line(6, "different", "f", "g"),
    ])  # fmt: skip
    assert (told.hidden, told.confirmed) == (frozenset("a"), frozenset("b"))
    assert (told.redated, told.kinds, told.claims) == (
        {"c": "2025-07"},
        {"d": "rule"},
        {"c1": line(5, "accept-claim", "e", value=FIGURE)},
    )
    assert told.named() == frozenset("abcdfg")


LINES = st.lists(
    st.tuples(st.integers(0, 9), st.sampled_from(["same", "different", "hide", "withdrawn"]),
              st.sampled_from("abc"), st.sampled_from("abc")),
    max_size=12, unique_by=lambda row: row[0],
)  # fmt: skip


@given(LINES, st.randoms())
def test_order_and_copies_do_not_matter(
    rows: list[tuple[int, str, str, str]], dice: object
) -> None:
    """Two people's files may be joined in either order, and a line may stand twice."""
    lines = [
        line(n, verdict, value=f"k{(n * 3) % 10}") if verdict == "withdrawn"
        else line(n, verdict, one, two)
        for n, verdict, one, two in rows
    ]  # fmt: skip
    mixed = [*lines, *lines[::2]]
    dice.shuffle(mixed)  # type: ignore[attr-defined]  # hypothesis gives a random.Random
    assert standing(mixed) == standing(lines)


@pytest.mark.parametrize(
    ("one", "other", "holds"),
    [
        (("redate", "2025-07-14"), ("redate", "2025-07-15"), "the later line holds"),
        (("kind", "rule"), ("kind", "licence"), "the later line holds"),
        (("direction", "ease"), ("direction", "tighten"), "the later line holds"),
        (("jurisdiction", "US"), ("jurisdiction", "NL"), "the later line holds"),
        (("retitle", "One"), ("retitle", "Two"), "the later line holds"),
        (("hide", ""), ("confirm", ""), "it stays hidden until that line is taken back"),
        (("confirm", ""), ("hide", ""), "it stays hidden until that line is taken back"),
    ],
)
def test_two_people_who_decide_otherwise_get_a_clear_word(
    one: tuple[str, str], other: tuple[str, str], holds: str
) -> None:
    first = Decision("k1", one[0], ("a",), one[1], "mw", "2026-01-01T00:00:00Z", "")
    later = Decision("k2", other[0], ("a",), other[1], "zl", "2026-01-02T00:00:00Z", "")
    (words,) = standing([first, later]).contradictions
    assert words.startswith(f"a: mw said {one[0]}")
    assert words.endswith(holds)
    assert standing([first, replace(later, by="mw")]).contradictions == ()
