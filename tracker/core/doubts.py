"""What a person should look at: doubtful joins, undated reports, low scores, unknown actors."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from tracker.core.decisions import Decisions
from tracker.core.traits import item_of
from tracker.model import Join, Mention, Reason, RecordEvent

JOIN_BAND: Final = 0.8
"""How far from the threshold a join still is doubtful."""

SCORE_BAND: Final = 0.6
"""How far from the line of relevance a report still is doubtful."""

ANSWERS: Final[Mapping[str, Mapping[str, str]]] = {
    "join": {"s": "same", "d": "different"},
    "undated": {"r": "redate", "h": "hide"},
    "score": {"c": "confirm", "h": "hide"},
    "actor": {"h": "hide"},
}
"""The keys that answer each sort of doubt, and the decision each writes."""

SORTS: Final = tuple(ANSWERS)


@dataclass(frozen=True, slots=True)
class Doubt:
    """One question for a person.

    ``sort``: ``join`` (are the two one act?), ``undated`` (which day?), ``score`` (an event of
    ours?), ``actor`` (who is ``name``?). ``items`` are item ids or ``record:`` and an id,
    ``titles`` theirs; ``score`` is the distance from the threshold, negative below it, or how
    many reports have a name; ``event`` the event that holds all the items, '' where they are
    apart or in none. ``told``: of each item its day, its kind and who tells it.
    """

    sort: str
    items: tuple[str, ...]
    titles: tuple[str, ...]
    score: float
    event: str
    reasons: tuple[Reason, ...]
    name: str = ""
    told: tuple[str, ...] = ()


def told_of(node: Mention | RecordEvent | None) -> str:
    """Day, kind and teller of one side of a doubt; '' where it is not there any more.

    >>> from tracker.core.examples import mention
    >>> told_of(mention())
    '2019-05-16 · listing · Example Wire'
    >>> told_of(None)
    ''
    """
    if node is None:
        return ""
    teller = "record" if isinstance(node, RecordEvent) else node.publisher
    return " · ".join(part for part in (str(node.date or "no day"), node.kind, teller) if part)


def doubtful_joins(
    joins: Iterable[Join], threshold: float, titles: Mapping[str, str], decisions: Decisions
) -> list[Doubt]:
    """Undecided joins between two items, the nearest to the threshold first.

    Of several pairs with the same two titles (copies of one wire) one is asked.

    >>> join = Join("a", "b", 0.2, ())
    >>> [d.items for d in doubtful_joins([join], 0.0, {"a": "A", "b": "B"}, Decisions())]
    [('a', 'b')]
    >>> told = Decisions(same=frozenset({frozenset({"a", "b"})}))
    >>> doubtful_joins([join], 0.0, {"a": "A", "b": "B"}, told)
    []
    """
    found: dict[tuple[str, ...], Doubt] = {}
    for join in sorted(joins, key=lambda j: (abs(j.score - threshold), j.left, j.right)):
        pair = (item_of(join.left), item_of(join.right))
        if pair[0] == pair[1] or frozenset(pair) in decisions.same | decisions.different:
            continue
        if not all(name in titles for name in pair):
            continue
        named = tuple(sorted(titles[name] for name in pair))
        doubt = Doubt("join", pair, tuple(titles[name] for name in pair),
                      round(join.score - threshold, 3), "", join.reasons)  # fmt: skip
        found.setdefault(named, doubt)
    return list(found.values())


def that_matter(
    doubts: Iterable[Doubt], held: Mapping[str, str], best: Mapping[str, float]
) -> list[Doubt]:
    """Doubtful joins whose answer can change an event.

    ``held`` maps an item to its event, ``best`` to the score of its strongest join (as distance
    from the threshold). Of two events one pair is asked; inside one, what an item hangs by.

    >>> pairs = [Doubt("join", (a, b), (a, b), 0.1, "", ()) for a, b in ("ab", "ac", "bc")]
    >>> held = {"a": "e1", "b": "e2", "c": "e2"}
    >>> [d.items for d in that_matter(pairs, held, {"b": 3.0, "c": 3.0})]
    [('a', 'b')]
    """
    found: dict[tuple[str, ...], Doubt] = {}
    for doubt in doubts:
        one, two = (held.get(item, item) for item in doubt.items)
        if one != two:
            found.setdefault(tuple(sorted((one, two))), doubt)
        elif any(best.get(item, doubt.score) <= doubt.score for item in doubt.items):
            found.setdefault(doubt.items, replace(doubt, event=one))
    return list(found.values())


def doubtful_mentions(
    sort: str, mentions: Iterable[Mention], line: float, decisions: Decisions
) -> list[Doubt]:
    """Reports that nobody decided on, by title once, the nearest to the line first.

    >>> doubtful_mentions("score", [], 3.0, Decisions())
    []
    """
    done = decisions.hidden | decisions.confirmed | set(decisions.redated)
    found: dict[str, Doubt] = {}
    for one in sorted(mentions, key=lambda m: (abs(m.score - line), m.item_id, m.number)):
        if one.item_id not in done and one.number == 0:
            doubt = Doubt(sort, (one.item_id,), (one.title,), round(one.score - line, 3), "",
                          one.reasons)  # fmt: skip
            found.setdefault(one.title, doubt)
    return list(found.values())
