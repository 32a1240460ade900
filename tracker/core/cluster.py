"""Mentions and record events to events: the same answer in any order of arrival."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from tracker.core.build import build
from tracker.core.decisions import Decisions
from tracker.core.match import SAME, Node, block_keys, compare, node_id
from tracker.model import Event, Join, Mention, RecordEvent

__all__ = ["build", "cluster", "components", "groups", "joins_of", "partition"]

UNKNOWN: Final = -2.5
"""What a pair counts that was never compared: it shares neither days nor subject."""

MOST: Final = 400
"""Candidates of one block that are compared; a block beyond it says nothing about sameness."""


def cluster(
    mentions: Iterable[Mention], record: Iterable[RecordEvent], decisions: Decisions
) -> tuple[Event, ...]:
    """All events, oldest first. Irrelevant mentions take no part."""
    nodes: list[Node] = [*(m for m in mentions if m.relevant), *record]
    events = [build(members, decisions=decisions) for members in groups(nodes, decisions)]
    return tuple(
        sorted((one for one in events if one is not None), key=lambda one: (one.date, one.id))
    )


def groups(nodes: Iterable[Node], decisions: Decisions) -> tuple[tuple[Node, ...], ...]:
    """The nodes of each event, in canonical order."""
    known = {node_id(node): node for node in nodes}
    ordered = [known[name] for name in sorted(known)]
    parts = partition(ordered, joins_of(ordered), decisions)
    return tuple(tuple(known[name] for name in part) for part in parts)


def joins_of(nodes: Sequence[Node]) -> Iterator[Join]:
    """Every pair that shares a block, compared once."""
    blocks: dict[str, list[int]] = defaultdict(list)
    for number, node in enumerate(nodes):
        for key in block_keys(node):
            blocks[key].append(number)
    near: list[set[int]] = [set() for _ in nodes]
    for members in blocks.values():
        for at, number in enumerate(members):
            near[number].update(members[at + 1 : at + 1 + MOST])
    for number, others in enumerate(near):
        for other in sorted(others):
            join = compare(nodes[number], nodes[other])
            if join is not None:
                yield join


def components(names: Iterable[str], pairs: Iterable[tuple[str, str]]) -> list[list[str]]:
    """Connected components, each sorted, in the order of their first member.

    >>> components("abcd", [("a", "c")])
    [['a', 'c'], ['b'], ['d']]
    """
    parent = {name: name for name in names}

    def root(name: str) -> str:
        while parent[name] != name:
            parent[name] = parent[parent[name]]
            name = parent[name]
        return name

    for a, b in pairs:
        if a in parent and b in parent:
            one, two = sorted((root(a), root(b)))
            parent[two] = one
    found: dict[str, list[str]] = defaultdict(list)
    for name in sorted(parent):
        found[root(name)].append(name)
    return sorted(found.values())


def partition(
    nodes: Sequence[Node], joins: Iterable[Join], decisions: Decisions
) -> tuple[tuple[str, ...], ...]:
    """Node ids in clusters: average linkage inside each component, decisions before scores.

    At most one record event a cluster. What people called the same or different stands.
    """
    names = [node_id(node) for node in nodes]
    scores = {(join.left, join.right): join.score for join in joins}
    told = [pair for pair in (tuple(sorted(p)) for p in decisions.same) if len(pair) == 2]
    strong = [pair for pair, score in scores.items() if score >= SAME]
    own = defaultdict(list)
    for name in names:
        own[_item(name)].append(name)
    same = [(own[a][0], own[b][0]) for a, b in told if own.get(a) and own.get(b)]
    found: list[tuple[str, ...]] = []
    for members in components(names, [*strong, *same]):
        found.extend(_linked(members, scores, same, decisions))
    return tuple(sorted(found))


def _item(name: str) -> str:
    return name if name.startswith("record:") else name.partition("/")[0]


def _linked(
    members: list[str],
    scores: dict[tuple[str, str], float],
    same: list[tuple[str, str]],
    decisions: Decisions,
) -> list[tuple[str, ...]]:
    if len(members) == 1:
        return [tuple(members)]
    parts = dict(enumerate(components(members, same)))
    sums = {(a, b): _sum(parts[a], parts[b], scores) for a in parts for b in parts if a < b}
    while (best := _nearest(parts, sums, decisions)) is not None:
        a, b = best
        parts[a] = sorted([*parts[a], *parts.pop(b)])
        sums.pop((a, b))
        for other in parts:
            if other != a:
                moved = sums.pop((min(b, other), max(b, other)))
                sums[min(a, other), max(a, other)] += moved
    return [tuple(part) for part in parts.values()]


def _nearest(
    parts: dict[int, list[str]], sums: dict[tuple[int, int], float], decisions: Decisions
) -> tuple[int, int] | None:
    """The two parts with the highest mean score that may be one; ties by their names."""
    ranked = sorted(
        (-total / (len(parts[a]) * len(parts[b])), parts[a][0], parts[b][0], a, b)
        for (a, b), total in sums.items()
        if total / (len(parts[a]) * len(parts[b])) >= SAME
    )
    for _, _, _, a, b in ranked:
        if _allowed(parts[a], parts[b], decisions):
            return a, b
    return None


def _sum(one: list[str], two: list[str], scores: dict[tuple[str, str], float]) -> float:
    return sum(scores.get((min(a, b), max(a, b)), UNKNOWN) for a in one for b in two)


def _allowed(one: list[str], two: list[str], decisions: Decisions) -> bool:
    if sum(name.startswith("record:") for name in (*one, *two)) > 1:
        return False
    if not decisions.different:
        return True
    pairs = (frozenset((_item(a), _item(b))) for a in one for b in two)
    return not any(pair in decisions.different for pair in pairs)
