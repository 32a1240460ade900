"""Average linkage: against a slow one that looks at every pair, and with its constraints."""

from __future__ import annotations

import random
from itertools import combinations

import pytest

from tracker.core.linkage import UNKNOWN, linked
from tracker.core.pairs import Edge


def graph(seed: int, size: int) -> list[Edge]:
    """Scores so far apart that their means rank alike in both ways of counting."""
    dice = random.Random(seed)
    return [
        (a, b, round(dice.uniform(-3, 6), 3))
        for a, b in combinations(range(size), 2) if dice.random() < 0.6
    ]  # fmt: skip


def slow(size: int, edges: list[Edge]) -> list[list[int]]:
    known = {(a, b): score for a, b, score in edges}
    parts = [[n] for n in range(size)]

    def mean(one: list[int], two: list[int]) -> float:
        scores = [known.get((min(a, b), max(a, b)), UNKNOWN) for a in one for b in two]
        return sum(scores) / len(scores)

    while len(parts) > 1:
        best = max(combinations(parts, 2), key=lambda pair: mean(*pair))
        if mean(*best) < 0:
            break
        parts = [part for part in parts if part not in best] + [sorted(best[0] + best[1])]
    return sorted(parts)


@pytest.mark.parametrize("seed", range(20))
def test_small_graphs_are_clustered_as_by_looking_at_every_pair(seed: int) -> None:
    edges = [(a, b, round(score * 4) + n * 0.31) for n, (a, b, score) in enumerate(graph(seed, 5))]
    found = linked(5, edges, [], frozenset(), 0.0)
    assert sorted(sorted(part) for part in found) == slow(5, edges)


def test_pairs_set_apart_stay_apart_and_singles_meet_no_other() -> None:
    edges = [(a, b, 3.0) for a, b in combinations(range(6), 2)]
    for part in linked(6, edges, [(0, 5), (1, 2)], frozenset({3, 4}), 0.0):
        assert not {0, 5} <= set(part)
        assert not {1, 2} <= set(part)
        assert not {3, 4} <= set(part)


def test_what_hangs_by_one_pair_among_many_does_not_join() -> None:
    together = [[0, 1, 2], [3, 4, 5]]
    assert len(linked(6, [(2, 3, 9.0)], [], frozenset(), 0.0, together=together)) == 2
    assert len(linked(2, [(0, 1, 9.0)], [], frozenset(), 0.0)) == 1


def test_what_a_record_event_says_of_a_report_counts_twice() -> None:
    """The report agrees with the record and not with another report that was read less well."""
    edges = [(0, 1, 5.0), (0, 2, 2.0), (1, 2, -3.0)]
    assert linked(3, edges, [], frozenset(), 0.0) == [[0, 1], [2]]
    assert linked(3, edges, [], frozenset({0}), 0.0) == [[0, 1, 2]]


def test_a_guest_brings_no_two_clusters_together() -> None:
    """It would be the bridge; it goes to the nearer side, and alone where neither is near."""
    edges = [(0, 1, 3.0), (2, 3, 3.0), (1, 4, 2.5), (0, 4, 2.5), (2, 4, 2.0), (3, 4, 2.0)]
    assert linked(6, edges, [], frozenset(), 0.0, {4: 0.0, 5: 0.0}) == [[0, 1, 4], [2, 3], [5]]
    assert linked(6, edges, [(0, 4)], frozenset(), 0.0, {4: 0.0}) == [
        [0, 1],
        [2, 3, 4],
        [5],
    ]
