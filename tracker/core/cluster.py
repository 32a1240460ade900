"""Mentions and record events to events: the same answer in any order of arrival."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from tracker.core.agreed import Told, told
from tracker.core.blocks import block_keys, pairs, stand_ins
from tracker.core.build import build
from tracker.core.decisions import Decisions
from tracker.core.linkage import linked
from tracker.core.match import FAR, SAME, score
from tracker.core.pairs import Edge
from tracker.core.shelf import Shelf
from tracker.core.traits import Node, Traits, item_of, node_id, told_in_passing, traits
from tracker.model import NEAR_LINE, RECORD, UNDER_LINE, Event, Mention, RecordEvent

__all__ = ["build", "cluster", "components", "groups", "partition"]

BORNE_OUT: Final = 1.0
"""The mean of its joins from which a report that is only near the line of relevance is one of an
act that others tell of. On sets left out of the fit 0 cost precision, and 2 lost more pairs."""

WELL_BORNE_OUT: Final = 3.0
"""The same for one that is some way below the line."""

COPIES: Final = 9.0
"""What a copy and its stand-in count where a person set one of them apart from something."""


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
    stands = stand_ins(ordered)
    lead = [known[name] for name in sorted(set(stands.values()))]
    seen = [traits(node) for node in lead]
    tells = {node_id(node): told(node) for node in lead}
    edges = _edges(lead, seen, only_follow(stands, decisions))
    parts = partition(stands, tells, edges, decisions)
    return tuple(tuple(known[name] for name in part) for part in parts)


def _edges(nodes: Sequence[Node], seen: Sequence[Traits], follow: set[str]
           ) -> Iterator[tuple[str, str, float]]:  # fmt: skip
    """The pairs of stand-ins that share a block one of them leads, with their scores.

    None of two that only ``follow``: nobody asks for them.
    """
    keys = [block_keys(node) for node in nodes]
    members: dict[str, list[int]] = defaultdict(list)
    for number, own in enumerate(keys):
        for key in own:
            members[key].append(number)
    curated = frozenset(n for n, node in enumerate(nodes) if isinstance(node, RecordEvent))
    late = [one.name in follow for one in seen]
    for one, two in pairs(members, keys, curated):
        if late[one] and late[two]:
            continue
        found = score(seen[two], seen[one])
        if found is not None and found > FAR:
            yield seen[two].name, seen[one].name, found


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
    stands: Mapping[str, str], tells: Mapping[str, Told], edges: Iterable[tuple[str, str, float]],
    decisions: Decisions, shelf: Shelf | None = None,
) -> tuple[tuple[str, ...], ...]:  # fmt: skip
    """Node ids in clusters: average linkage inside each component, decisions before scores.

    ``stands`` names the stand-in of each node; only stand-ins tell something and have ``edges``.
    At most one record event a cluster. What people called the same or different stands. Copies go
    where the first of them goes. What is not held lies on the ``shelf``. Nothing is asked of those
    that ``only_follow``, nor of an edge between two of them.

    >>> from tracker.core.decisions import NONE
    >>> from tracker.core.examples import mention
    >>> partition({"a1": "a1", "b2": "a1"}, {"a1": told(mention())}, [], NONE)
    (('a1', 'b2'),)
    """
    same, apart = _decided(stands, decisions)
    split = {name for pair in apart for name in pair if stands[name] != name}
    first = stands
    if split:
        stands = {n: n if n in split else stand for n, stand in stands.items()}
    units = sorted(set(stands.values()))
    number = {name: n for n, name in enumerate(units)}
    said = [(stands[a], stands[b]) for a, b in same]
    joined = components({name for pair in said for name in pair}, said)
    clusters = linked(
        len(units),
        _numbered(edges, first, split, number),
        [(number[stands[a]], number[stands[b]]) for a, b in apart],
        frozenset(number[name] for name in units if name.startswith(RECORD)),
        SAME,
        {number[name]: _asked(name) for name in units if told_in_passing(name)},
        lambda one: tells[first[units[one]]],
        together=[[number[name] for name in part] for part in joined],
        shelf=shelf,
    )
    return _with_copies(([units[one] for one in part] for part in clusters), stands)


def _with_copies(
    parts: Iterable[Sequence[str]], stands: Mapping[str, str]
) -> tuple[tuple[str, ...], ...]:
    copies: dict[str, list[str]] = defaultdict(list)
    for name, stand in stands.items():
        if name != stand:
            copies[stand].append(name)
    return tuple(
        sorted(tuple(sorted(n for one in part for n in (one, *copies.get(one, ()))))
               for part in parts)
    )  # fmt: skip


def only_follow(stands: Mapping[str, str], decisions: Decisions) -> set[str]:
    """The stand-ins that bring no others together: further mentions of which people said nothing.

    >>> from tracker.core.decisions import NONE
    >>> only_follow({"a1": "a1", "a1/2": "a1/2", "b2/2": "a1/2"}, NONE)
    {'a1/2'}
    >>> same = frozenset({frozenset({"b2", "c3"})})
    >>> only_follow({"a1/2": "a1/2", "b2/2": "a1/2"}, Decisions(same=same))
    set()
    """
    said = {item for pair in decisions.same for item in pair}
    named = {stand for name, stand in stands.items() if item_of(name) in said} if said else set()
    return {stand for stand in stands.values() if told_in_passing(stand)} - named


def _decided(
    stands: Mapping[str, str], decisions: Decisions
) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """The pairs of nodes that people called the same, and those that they set apart."""
    same, different = _told(decisions.same), _told(decisions.different)
    items = {item for pair in (*same, *different) for item in pair}
    own: dict[str, list[str]] = defaultdict(list)
    for name in sorted(name for name in stands if item_of(name) in items) if items else ():
        own[item_of(name)].append(name)
    return (
        [(own[a][0], own[b][0]) for a, b in same if a in own and b in own],
        [
            (one, two)
            for a, b in different
            for one in own.get(a, ()) for two in own.get(b, ())
        ],
    )  # fmt: skip


def _numbered(
    edges: Iterable[tuple[str, str, float]], stands: Mapping[str, str], split: set[str],
    number: Mapping[str, int],
) -> Iterable[Edge]:  # fmt: skip
    """Edges between stand-ins by number; a copy set apart has those of its stand-in."""
    if split:
        edges = _with_twins(edges, stands, split)
    return ((number[a], number[b], found) for a, b, found in edges)


def _with_twins(
    edges: Iterable[tuple[str, str, float]], stands: Mapping[str, str], split: set[str]
) -> Iterator[tuple[str, str, float]]:
    twins: dict[str, list[str]] = defaultdict(list)
    for name in sorted(split):
        twins[stands[name]].append(name)
    for a, b, found in edges:
        for one in (a, *twins.get(a, ())):
            yield from ((one, two, found) for two in (b, *twins.get(b, ())))
    for stand, copies in sorted(twins.items()):
        alike = [stand, *copies]
        for at, name in enumerate(alike):
            yield from ((name, other, COPIES) for other in alike[at + 1 :])


def _told(pairs_told: Iterable[frozenset[str]]) -> list[tuple[str, str]]:
    return sorted((min(pair), max(pair)) for pair in pairs_told if len(pair) == 2)


def _asked(name: str) -> float:
    """The mean from which a further mention joins a cluster."""
    if name.endswith(f"/{UNDER_LINE}"):
        return WELL_BORNE_OUT
    return BORNE_OUT if name.endswith(f"/{NEAR_LINE}") else SAME
