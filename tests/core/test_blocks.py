"""Which pairs are compared: all of a small block, a bounded number of a crowd."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from tests.core.conftest import Reader
from tracker.core.blocks import LEADERS, block_keys, copy_key, pairs, stand_ins


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
    return sum(key in own for own in blocks[:number]) < LEADERS


@pytest.mark.parametrize("seed", range(3))
def test_pairs_are_those_that_share_a_block_one_of_them_leads(seed: int) -> None:
    dice = random.Random(seed)
    blocks = [frozenset(dice.sample("abcd", dice.randint(1, 3))) for _ in range(120)]
    wanted = {
        (i, j)
        for i in range(120) for j in range(i)
        if any(leads(i, k, blocks) or leads(j, k, blocks) for k in blocks[i] & blocks[j])
    }  # fmt: skip
    assert asked(blocks) == wanted


def test_who_names_a_month_meets_what_happened_in_the_middle_of_it(read: Reader) -> None:
    month = read("In June, the US adds 12 firms to Entity List", "", "2025-07-20")
    day = read("US adds 12 firms to Entity List", "It did so on June 12.", "2025-06-12")
    assert month.precision == "month"
    assert block_keys(month) & block_keys(day)


def test_a_crowd_costs_no_square() -> None:
    found = asked([frozenset("k")] * 1000)
    assert len(found) <= 1000 * LEADERS


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
