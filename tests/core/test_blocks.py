"""Which pairs are compared: all of a small block, a bounded number of a crowd."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from tests.core.conftest import Reader
from tracker.core.blocks import (
    FOLLOWED,
    LEADERS,
    block_keys,
    copy_key,
    followed,
    leading,
    pairs,
    stand_ins,
)


def asked(blocks: list[frozenset[str]], curated: frozenset[int] = frozenset()
          ) -> set[tuple[int, int]]:  # fmt: skip
    members: dict[str, list[int]] = {}
    for number, own in enumerate(blocks):
        for key in own:
            members.setdefault(key, []).append(number)
    found = list(pairs(members, blocks, curated))
    assert len(found) == len(set(found))
    return set(found)


def leads(number: int, key: str, blocks: list[frozenset[str]]) -> bool:
    size = sum(key in own for own in blocks)
    return sum(key in own for own in blocks[:number]) < leading(size)


@pytest.mark.parametrize("seed", range(3))
def test_pairs_are_those_of_a_leader_and_a_follower(seed: int) -> None:
    dice = random.Random(seed)
    blocks = [frozenset(dice.sample("abcdefghijklmnop", dice.randint(1, 15))) for _ in range(120)]
    crowded = {k for k in "abcdefghijklmnop" if sum(k in own for own in blocks) > LEADERS}
    follows = [set(followed(own, crowded)) for own in blocks]
    assert any(len(own) > len(less) for own, less in zip(blocks, follows, strict=True))
    wanted = {
        (i, j)
        for i in range(120) for j in range(i)
        if any((leads(i, k, blocks) and k in follows[j]) or (leads(j, k, blocks) and k in follows[i])
               for k in blocks[i] & blocks[j])
    }  # fmt: skip
    assert asked(blocks) == wanted


@pytest.mark.parametrize("seed", range(3))
def test_as_nodes_come_nobody_begins_to_be_compared(seed: int) -> None:
    """Two that are there both are asked for later only if they were asked for at once."""
    dice = random.Random(seed)
    names = sorted(dice.sample(range(10_000), 150))
    keys = {name: frozenset(dice.sample("abcdefghijklmnop", 12)) for name in names}
    there: list[int] = []
    before: set[tuple[int, int]] = set()
    for name in dice.sample(names, 150):
        there = sorted([*there, name])
        now = {(there[i], there[j]) for i, j in asked([keys[one] for one in there])}
        assert {pair for pair in now if name not in pair} <= before
        before = now


def test_the_fewer_lead_the_more_crowded_it_is() -> None:
    sizes = [leading(size) for size in range(1, 6 * LEADERS)]
    assert sizes == sorted(sizes, reverse=True)
    assert min(sizes) >= 2


def test_a_node_of_many_crowds_follows_few_the_telling_ones_first() -> None:
    keys = [f"d9:{n}" for n in range(20)] + ["80:H20", "80:Huawei"]
    assert {"80:H20", "80:Huawei", "81:x"} <= set(followed([*keys, "81:x"], set(keys)))
    assert len(followed([*keys, "81:x"], set(keys))) == FOLLOWED + 1


def test_who_names_a_month_meets_what_happened_in_the_middle_of_it(read: Reader) -> None:
    month = read("In June, the US adds 12 firms to Entity List", "", "2025-07-20")
    day = read("US adds 12 firms to Entity List", "It did so on June 12.", "2025-06-12")
    assert month.precision == "month"
    assert block_keys(month) & block_keys(day)


def test_a_crowd_costs_no_square() -> None:
    found = asked([frozenset("k")] * 1000)
    assert len(found) <= 1000 * leading(1000)
    many = asked([frozenset(f"d1:{n}" for n in range(40))] * 1000)
    assert len(many) <= 1000 * FOLLOWED * leading(1000)


def test_a_record_event_is_compared_with_the_whole_crowd() -> None:
    found = asked([frozenset("k")] * 200, frozenset({199}))
    assert sum(199 in pair for pair in found) == 199


def test_copies_are_told_from_reports_that_differ_in_anything_compared(read: Reader) -> None:
    one = read("US adds 40 Chinese companies to Entity List", day="2025-03-25", name="b")
    copy = read("US adds 40 Chinese companies to Entity List", day="2025-03-25", name="a")
    later = read("US adds 40 Chinese companies to Entity List", day="2025-03-26", name="c")
    fewer = read("US adds 12 Chinese companies to Entity List", day="2025-03-25", name="d")
    assert copy_key(one) == copy_key(copy)
    assert copy_key(one) != copy_key(replace(copy, keys=(*copy.keys, "wire:reuters")))
    assert copy_key(one) != copy_key(replace(copy, status="reported"))
    assert block_keys(one) == block_keys(copy)
    assert stand_ins([one, copy, later, fewer]) == {"a": "a", "b": "a", "c": "c", "d": "d"}
