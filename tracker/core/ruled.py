"""Where a person's word, and not a score, put two things together or kept them apart."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from tracker.core.decisions import standing
from tracker.model import Decision, Join
from tracker.nouns import dataclass


@dataclass(frozen=True, slots=True)
class Ruled:
    """A line that a person wrote, and the two things of which it decides here."""

    left: str
    right: str
    line: Decision


def bound(
    lines: Sequence[Decision], members: Collection[str], joins: Sequence[Join]
) -> tuple[Ruled, ...]:
    """The members that no join holds: each with the one beside which a person put it.

    ``lines`` are those in force, oldest first; the newest that says so is named.

    >>> line = Decision("k", "same", ("a", "b", "c"), "", "mw", "2026-07-10T12:00:00Z", "")
    >>> [(one.left, one.right) for one in bound([line], "abc", [Join("b", "c", 5.0, ())])]
    [('b', 'a')]
    """
    said = standing(lines).same
    leads = _leads(joins)
    found = []
    for line in reversed(lines):
        first, *others = [item for item in line.items if item in members] or [""]
        for item in others if line.verdict == "same" else ():
            if frozenset((first, item)) in said and _lead(leads, first) != _lead(leads, item):
                leads[_lead(leads, item)] = _lead(leads, first)
                found.append(Ruled(item, first, line))
    return tuple(found)


def parted(
    lines: Sequence[Decision], said: Collection[frozenset[str]], one: Collection[str],
    two: Collection[str],
) -> Decision | None:  # fmt: skip
    """The newest line in force that keeps something of ``one`` from something of ``two``.

    ``said`` are the pairs that stand as different.

    >>> line = Decision("k", "different", ("a", "b"), "", "mw", "2026-07-10T12:00:00Z", "")
    >>> pairs = {frozenset("ab")}
    >>> parted([line], pairs, "ax", "by") == line, parted([line], pairs, "a", "y")
    (True, None)
    """
    return next(
        (line for line in reversed(lines) if line.verdict == "different"
         and any(pair in said for pair in _across(line, one, two))),
        None,
    )  # fmt: skip


def _across(line: Decision, one: Collection[str], two: Collection[str]) -> Iterator[frozenset[str]]:
    yield from (frozenset((a, b)) for a in line.items if a in one for b in line.items if b in two)


def _leads(joins: Sequence[Join]) -> dict[str, str]:
    """For each node that hangs by joins another of those it hangs by; its lead has none."""
    leads: dict[str, str] = {}
    for join in joins:
        left, right = _lead(leads, join.left), _lead(leads, join.right)
        if left != right:
            leads[right] = left
    return leads


def _lead(leads: dict[str, str], node: str) -> str:
    while node in leads:
        node = leads[node]
    return node
