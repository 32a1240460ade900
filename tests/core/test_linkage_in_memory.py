"""Linkage that holds little gives what linkage gives that holds every pair in memory."""

from __future__ import annotations

import random
from typing import NamedTuple

import pytest

from tests.core import plain_linkage
from tracker.core import linkage, pairs, turns
from tracker.core.agreed import Told
from tracker.core.linkage import linked
from tracker.core.pairs import Edge, Rows


class Case(NamedTuple):
    """One graph with everything that linkage is asked to heed."""

    many: int
    edges: list[Edge]
    apart: list[tuple[int, int]]
    single: frozenset[int]
    guests: dict[int, float]
    told: list[Told]
    together: list[list[int]]


def case(seed: int) -> Case:
    """A crowd with many ties, or a sparse one; now and then with people's decisions and guests."""
    dice = random.Random(seed)
    count = dice.choice((2, 7, 20, 60, 140))
    near = dice.choice((3, 10, 40))  # numbers further apart are never compared
    fine = dice.choice((1.0, 0.05, 0.001))
    edges = [
        (a, b, round(round(dice.gauss(dice.choice((-1, 1, 4)), 1.5) / fine) * fine, 3))
        for a in range(count) for b in range(a + 1, min(count, a + near)) if dice.random() < 0.7
    ]  # fmt: skip
    dice.shuffle(edges)
    guests = {n: dice.choice((0.0, 1.0)) for n in range(count) if dice.random() < 0.3 * (seed % 2)}
    single = frozenset(n for n in range(count) if n not in guests and dice.random() < 0.1)
    said = dice.choice((0, 1, 4))
    mixed = dice.sample(range(count), min(count, 2 * said))
    together = [mixed[n : n + 2] for n in range(0, len(mixed), 2)]
    apart = [(a, b) for a, b in (dice.sample(range(count), 2) for _ in range(said))
             if {a, b} not in map(set, together)]  # fmt: skip
    told = [
        Told(dice.choice(("rule", "listing")), dice.choice((None, 1, 2, 9)),
             frozenset(dice.sample("abcd", dice.randint(0, 2))), dice.choice((None, n // 5, 3)))
        for n in range(count)
    ]  # fmt: skip
    return Case(count, edges, apart, single, guests, told, together)


def plain(one: Case) -> list[list[int]]:
    held = {n for unit in one.together for n in unit}
    units = sorted([*map(sorted, one.together), *([n] for n in range(one.many) if n not in held)])
    return plain_linkage.linked(
        units, one.edges, one.apart, one.single, 0.0, one.guests, one.told
    )  # fmt: skip


def little(one: Case) -> list[list[int]]:
    return linked(one.many, one.edges, one.apart, one.single, 0.0, one.guests,
                  one.told.__getitem__, together=one.together)  # fmt: skip


@pytest.fixture(params=["as it is", "next to nothing held"])
def limits(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param != "as it is":
        monkeypatch.setattr(pairs, "FEW", 3)
        monkeypatch.setattr(pairs, "WAITING", 5)
        monkeypatch.setattr(pairs, "HELD", 30)
        monkeypatch.setattr(pairs, "_MANY", 2)
        monkeypatch.setattr(turns, "HELD", 3)
        monkeypatch.setattr(turns, "SEEN", 2)
        monkeypatch.setattr(linkage, "AGREED", 2)
        monkeypatch.setattr(linkage, "RANKED", 2)


@pytest.mark.usefixtures("limits")
def test_the_same_clusters_as_with_everything_in_memory() -> None:
    seeds = *range(250), 901  # in the last one a pair would have a turn twice
    found = [len(part) for seed in seeds for part in _alike(case(seed))]
    assert found.count(1) > 100
    assert max(found) > 30


def _alike(one: Case) -> list[list[int]]:
    found = little(one)
    assert found == plain(one)
    return found


def test_no_more_neighbours_are_held_than_the_limit_and_one_row(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A line of crowds, each joined to the next: however long, rows held are as few."""
    most: list[int] = []
    of = Rows.of

    def counted(self: Rows, part: int) -> dict[int, int]:
        row = of(self, part)
        most[-1] = max(most[-1], self.held)
        return row

    monkeypatch.setattr(Rows, "of", counted)
    monkeypatch.setattr(pairs, "HELD", 500)
    dice = random.Random(7)
    for count in (500, 2000):
        edges = [(a, b, round(dice.uniform(-1, 5), 3)) for a in range(count)
                 for b in range(a + 1, min(count, a + 25))]  # fmt: skip
        most.append(0)
        assert len(linked(count, edges, [], frozenset(), 0.0)) < count
    assert max(most) <= 500 + 2 * 24
    assert most[1] - most[0] < 50
