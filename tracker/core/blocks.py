"""Which nodes are compared: blocks of days and subject, their leaders, and exact copies.

Two nodes are compared where they share a block that one of them leads and the other follows. In a
block of up to ``LEADERS`` nodes all do both, so that all pairs are compared. The more crowded a
block is beyond that, the fewer lead it: its first nodes by name, and every record event in it; and
of all the crowded blocks it lies in, a node follows the first ``FOLLOWED``. So a flood costs each
of its reports some dozens of comparisons, however large it is. Names are hashes, so the leaders of
a crowd are a fair sample.

Whether two nodes are compared depends on what is there and not on the order of arrival. As blocks
grow nobody begins to lead or to follow one, so what was compared includes what now is asked for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from hashlib import blake2b
from operator import methodcaller
from typing import Final

from tracker.core.event_days import met_on
from tracker.core.origins import wire_of
from tracker.core.traits import COMMON, Node, by_prefix, days, node_id
from tracker.model import Mention, RecordEvent

LEADERS: Final = 16
"""Nodes up to which all of a block are compared with each other."""

FOLLOWED: Final = 8
"""Crowded blocks that one node follows. ``docs/recognition.md`` has what 4, 8 and all of them, and
more leaders, do to joins."""

WEEK: Final = 7
"""Days of one block; each node lies in the block of its days and in the next one."""

MONTH: Final = 31
"""Days of the longest span of which every week makes blocks."""

_WHOSE: Final = ("wire:", "text:")  # compared by ``wire_of``, and not at all
_BLOCKING: Final = methodcaller("startswith", ("place:", "act:", "fam:"))
_OF_A_DAY: Final = "d"  # what the key of a day begins with; that of a week begins with a digit
COPY: Final = "="
"""What the key of exact copies begins with."""


def block_keys(node: Node) -> frozenset[str]:
    """Keys of days and subject; two nodes that can join share at least one.

    A telling name makes a block of a week, the kind and a common name one of a day. Who names a
    month meets what happened in any week of it.

    >>> from tracker.core.examples import mention
    >>> bool(block_keys(mention()) & block_keys(mention(item_id="b2")))
    True
    """
    span = days(node)
    report = node.report_day if isinstance(node, Mention) else None
    met = met_on(node) if isinstance(node, RecordEvent) else ()
    marks = {day.toordinal() for day in (*(span or ()), report, *met) if day}
    if span and (span[1] - span[0]).days <= MONTH:
        marks.update(range(span[0].toordinal(), span[1].toordinal(), WEEK))
    keys = by_prefix(filter(_BLOCKING, node.keys))
    names = {*node.items, *node.actors, *node.terms, *keys.get("place", ())}
    telling = (names - COMMON) | keys.get("act", set())
    plain = (names & COMMON) | keys.get("fam", set()) | {node.kind}
    weeks = {mark // WEEK + step for mark in marks for step in (0, 1)}
    near = {mark + step for mark in marks for step in (0, 1)}
    return frozenset(
        [f"{week}:{name}" for week in weeks for name in telling]
        + [f"{_OF_A_DAY}{day}:{name}" for day in near for name in plain]
    )


def copy_key(node: Node) -> str:
    """The same for nodes that no comparison can tell apart: copies of one text of one day.

    >>> from tracker.core.examples import mention
    >>> copy_key(mention()) == copy_key(mention(item_id="b2"))
    True
    >>> copy_key(mention()) == copy_key(mention(item_id="b2", direction="ease"))
    False
    """
    if isinstance(node, RecordEvent) or node.first is None or node.date is None:
        return f"{COPY}{node_id(node)}"
    seen = (
        node.kind, node.direction, node.jurisdiction[:1], node.items, node.actors, node.terms,
        sorted(key for key in node.keys if not key.startswith(_WHOSE)), node.first.isoformat(),
        str(node.last), str(node.end_date), str(node.report_day), node.number, node.status,
        wire_of(node),
    )  # fmt: skip
    told = repr(seen).encode("utf-8", "backslashreplace")
    return COPY + blake2b(told, digest_size=12).hexdigest()


def stand_ins(nodes: Iterable[Node]) -> dict[str, str]:
    """For each node the one that is compared in its place: the first by name of its copies.

    >>> from tracker.core.examples import mention
    >>> stand_ins([mention(item_id="b2"), mention()])
    {'a1': 'a1', 'b2': 'a1'}
    """
    first: dict[str, str] = {}
    found: dict[str, str] = {}
    for node in sorted(nodes, key=node_id):
        name = node_id(node)
        found[name] = first.setdefault(copy_key(node), name)
    return found


def leading(size: int) -> int:
    """How many nodes lead a block of so many: all, or half of ``LEADERS``, a quarter, an eighth.

    >>> [leading(size) for size in (5, 16, 17, 65, 129, 5000)]
    [16, 16, 8, 4, 2, 2]
    """
    if size <= LEADERS:
        return LEADERS
    return max(1, LEADERS // (2 if size <= 4 * LEADERS else 4 if size <= 8 * LEADERS else 8))


def looked_at() -> int:
    """How many first nodes of a block tell how crowded it is."""
    return 8 * LEADERS + 1


def leaders(names: Sequence[str], curated: Iterable[str]) -> frozenset[str]:
    """The leaders of a block, given its first names in order and those of its record events.

    >>> sorted(leaders(["a", "b"], ["record:x"]))
    ['a', 'b', 'record:x']
    """
    return frozenset([*names[: leading(len(names))], *curated])


def followed(keys: Collection[str], crowded: Container[str]) -> Collection[str]:
    """The blocks that a node of these blocks follows: each, but of the crowded ones only some.

    The very keys where none is left out, as for most of a large component: no copy of them is held.
    Telling names go before days of a kind; beyond that a hash decides, so that the reports of one
    week do not all follow those of the same few names.

    >>> followed(["w:a", "w:b"], {"w:b"})
    ['w:a', 'w:b']
    """
    full = [key for key in keys if key in crowded]
    if len(full) <= FOLLOWED:
        return keys
    return [key for key in keys if key not in crowded] + sorted(full, key=_order)[:FOLLOWED]


@lru_cache(maxsize=100_000)
def _order(key: str) -> tuple[bool, bytes]:
    return key.startswith(_OF_A_DAY), blake2b(key.encode(), digest_size=8).digest()


def pairs(members: Mapping[str, Sequence[int]], keys: Sequence[frozenset[str]],
          curated: frozenset[int]) -> Iterator[tuple[int, int]]:  # fmt: skip
    """The pairs to compare, each once, the smaller number second.

    ``members`` holds the numbers of each block in order of name, ``keys`` the blocks of each
    number, ``curated`` the numbers of record events.

    >>> list(pairs({"k": [0, 1, 2]}, [frozenset("k")] * 3, frozenset()))
    [(1, 0), (2, 0), (2, 1)]
    """
    crowded = {key for key, held in members.items() if len(held) > LEADERS}
    first = {key: held[: leading(len(held))] for key, held in members.items()}
    records = {key: sorted(curated.intersection(held)) for key, held in members.items()}
    followers: dict[str, list[int]] = defaultdict(list)
    follows = [followed(own, crowded) for own in keys]
    for number, behind in enumerate(follows):
        for key in behind:
            followers[key].append(number)
    led: dict[int, list[str]] = defaultdict(list)
    for key, held in first.items():
        for number in held:
            led[number].append(key)
    for number, own in enumerate(keys):
        near = {other for key in own for other in records[key]}
        near.update(other for key in follows[number] for other in first[key])
        near.update(other for key in led[number] for other in followers[key])
        if number in curated:
            near.update(other for key in own for other in members[key])
        for other in sorted(near):
            if other >= number:
                break
            yield number, other
