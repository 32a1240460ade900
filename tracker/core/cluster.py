"""Mentions and record events to events: the same answer in any order of arrival."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from heapq import heapify, heappop, heappush
from typing import Final

from tracker.core.build import build
from tracker.core.decisions import Decisions
from tracker.core.match import CROWD, NEAREST, SAME, Node, block_keys, compare, nearest, node_id
from tracker.model import Event, Join, Mention, RecordEvent

__all__ = ["build", "cluster", "components", "groups", "joins_of", "partition"]

UNKNOWN: Final = -4.0
"""What a pair counts that was never compared: it shares neither days nor subject."""


def cluster(
    mentions: Iterable[Mention], record: Iterable[RecordEvent], decisions: Decisions
) -> tuple[Event, ...]:
    """All events, oldest first. Irrelevant mentions take no part.

    >>> from tracker.core.decisions import NONE
    >>> from tracker.core.examples import mention
    >>> [event.kind for event in cluster([mention(), mention(item_id="b2")], [], NONE)]
    ['listing']
    """
    nodes: list[Node] = [*(m for m in mentions if m.relevant), *record]
    events = [build(members, decisions=decisions) for members in groups(nodes, decisions)]
    return tuple(
        sorted((one for one in events if one is not None), key=lambda one: (one.date, one.id))
    )


def groups(nodes: Iterable[Node], decisions: Decisions) -> tuple[tuple[Node, ...], ...]:
    """The nodes of each event, in canonical order.

    >>> from tracker.core.decisions import NONE
    >>> from tracker.core.examples import mention
    >>> [len(group) for group in groups([mention(), mention(item_id="b2")], NONE)]
    [2]
    """
    known = {node_id(node): node for node in nodes}
    ordered = [known[name] for name in sorted(known)]
    parts = partition(ordered, joins_of(ordered), decisions)
    return tuple(tuple(known[name] for name in part) for part in parts)


def joins_of(nodes: Sequence[Node]) -> Iterator[Join]:
    """The pairs that share blocks, each compared once; a node meets its ``NEAREST`` others.

    >>> from tracker.core.examples import mention
    >>> [(join.left, join.right) for join in joins_of([mention(), mention(item_id="b2")])]
    [('a1', 'b2')]
    """
    blocks: dict[str, list[int]] = defaultdict(list)
    for number, node in enumerate(nodes):
        for key in block_keys(node):
            blocks[key].append(number)
    numbers = {node_id(node): number for number, node in enumerate(nodes)}
    pairs: set[tuple[int, int]] = set()
    for number, node in enumerate(nodes):
        shared = Counter(
            node_id(nodes[other]) for key in block_keys(node) for other in blocks[key][:CROWD]
        )
        del shared[node_id(node)]
        others = (numbers[name] for name in nearest(shared))
        pairs.update((min(number, other), max(number, other)) for other in others)
    for left, right in sorted(pairs):
        join = compare(nodes[left], nodes[right])
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

    >>> from tracker.core.decisions import NONE
    >>> from tracker.core.examples import mention
    >>> partition([mention(), mention(item_id="b2")], [Join("a1", "b2", 2.0, ())], NONE)
    (('a1', 'b2'),)
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
    groups_ = components(names, [*strong, *same])
    home = {name: number for number, members in enumerate(groups_) for name in members}
    inside: dict[int, list[tuple[str, str, float]]] = defaultdict(list)
    for (a, b), score in scores.items():
        if a in home and home[a] == home.get(b):
            inside[home[a]].append((a, b, score))
    for number, members in enumerate(groups_):
        found.extend(_linked(members, inside[number], same, decisions))
    return tuple(sorted(found))


def _item(name: str) -> str:
    return name if name.startswith("record:") else name.partition("/")[0]


class _Parts:
    """The parts of one component and, for each pair that was compared, sum and count."""

    def __init__(self, parts: list[list[str]], edges: list[tuple[str, str, float]]) -> None:
        self.members = dict(enumerate(parts))
        home = {name: number for number, part in enumerate(parts) for name in part}
        self.links: dict[int, dict[int, tuple[float, int]]] = {n: {} for n in self.members}
        for a, b, score in sorted(edges):
            if home[a] != home[b]:
                self._add(home[a], home[b], score, 1)

    def _add(self, a: int, b: int, total: float, count: int) -> None:
        had, many = self.links[a].get(b, (0.0, 0))
        self.links[a][b] = self.links[b][a] = (had + total, many + count)

    def mean(self, a: int, b: int) -> float:
        """The mean over all pairs of members; a pair never compared counts ``UNKNOWN``."""
        total, count = self.links[a].get(b, (0.0, 0))
        small, large = sorted((len(self.members[a]), len(self.members[b])))
        pairs = max(count, small * min(large, NEAREST))  # no node is compared with more
        return round((total + UNKNOWN * (pairs - count)) / pairs, 6)

    def rank(self, a: int, b: int) -> tuple[float, str, str, int, int]:
        """Where a pair stands: the highest mean first, then by name."""
        first, second = sorted((self.members[a][0], self.members[b][0]))
        return -self.mean(a, b), first, second, min(a, b), max(a, b)

    def merge(self, a: int, b: int) -> None:
        """``b`` becomes part of ``a``."""
        self.members[a] = sorted([*self.members[a], *self.members.pop(b)])
        for other, (total, count) in self.links.pop(b).items():
            self.links[other].pop(b)
            if other != a:
                self._add(a, other, total, count)


def _linked(
    members: list[str],
    edges: list[tuple[str, str, float]],
    same: list[tuple[str, str]],
    decisions: Decisions,
) -> list[tuple[str, ...]]:
    parts = _Parts(components(members, same), edges)
    heap = [parts.rank(a, b) for a in parts.links for b in parts.links[a] if a < b]
    heap = [rank for rank in heap if -rank[0] >= SAME]
    heapify(heap)
    while heap:
        rank = heappop(heap)
        a, b = rank[3:]
        if a not in parts.members or b not in parts.members or parts.rank(a, b) != rank:
            continue  # one of them has grown since; its new rank is in the heap
        if not _allowed(parts.members[a], parts.members[b], decisions):
            continue
        parts.merge(a, b)
        for other in parts.links[a]:
            if -(fresh := parts.rank(a, other))[0] >= SAME:
                heappush(heap, fresh)
    return [tuple(part) for part in parts.members.values()]


def _allowed(one: list[str], two: list[str], decisions: Decisions) -> bool:
    if sum(name.startswith("record:") for name in (*one, *two)) > 1:
        return False
    if not decisions.different:
        return True
    pairs = (frozenset((_item(a), _item(b))) for a in one for b in two)
    return not any(pair in decisions.different for pair in pairs)
