"""What the reports of one part agree on, and what that says against another part.

A single report may be misread; where most of several agree on a kind, a day or a name, and most of
several others on another one, the two are two acts, however much their words are alike.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from tracker.core.traits import Traits

FEW: Final = 2
"""Reports that a part needs before they can be said to agree."""

KIND: Final = 2.0
DAY: Final = 3.0
NAME: Final = 1.0
"""What it costs that two parts agree each on another kind or day; that one agrees on a name that
the other lacks."""

NIGHT: Final = 1
"""Days that do not count: an evening in Washington is the next morning in Beijing."""


class Told(NamedTuple):
    """What one node tells: its kind, the first day where a phrase named it, its telling names."""

    kind: str
    day: int | None
    names: frozenset[str]


def told(node: Traits) -> Told:
    """What of a node its part counts.

    >>> from tracker.core.examples import mention
    >>> from tracker.core.traits import traits
    >>> told(traits(mention())).kind
    'listing'
    """
    return Told(node.kind, node.first if node.said else None, node.names)


class Agreed:
    """Kinds, days and names of the members of a part, counted."""

    __slots__ = ("days", "kinds", "names", "size")

    def __init__(self, members: Iterable[Told]) -> None:
        self.size = 0
        self.kinds: dict[str, int] = {}
        self.days: dict[int, int] = {}
        self.names: dict[str, int] = {}
        for one in members:
            self.size += 1
            self.kinds[one.kind] = self.kinds.get(one.kind, 0) + 1
            if one.day is not None:
                self.days[one.day] = self.days.get(one.day, 0) + 1
            for name in one.names:
                self.names[name] = self.names.get(name, 0) + 1

    def add(self, other: Agreed) -> None:
        """Count the members of another part as well."""
        self.size += other.size
        for mine, more in ((self.kinds, other.kinds), (self.names, other.names)):
            for key, count in more.items():
                mine[key] = mine.get(key, 0) + count
        for day, count in other.days.items():
            self.days[day] = self.days.get(day, 0) + count

    def kind(self) -> str | None:
        """The kind that seven of ten tell."""
        kind = max(self.kinds, key=lambda one: (self.kinds[one], one))
        return kind if 10 * self.kinds[kind] >= 7 * self.size else None

    def day(self) -> int | None:
        """The day that two name, and six of ten of those that name one."""
        day = max(self.days, key=lambda one: (self.days[one], -one), default=None)
        if day is None or self.days[day] < FEW:
            return None
        return day if 10 * self.days[day] >= 6 * sum(self.days.values()) else None

    def own_name(self, other: Agreed) -> str:
        """A name that six of ten tell and none of the other part; '' without one."""
        least = 6 * self.size
        own = (one for one, n in self.names.items() if 10 * n >= least and one not in other.names)
        return min(own, default="")


def against(a: Agreed, b: Agreed) -> list[tuple[str, float, str]]:
    """What speaks against two parts being one, with its cost and in words.

    >>> one = [Told("licence", 7, frozenset({"H20"}))] * 3
    >>> two = [Told("statement", 9, frozenset({"H20"}))] * 2
    >>> [name for name, *_ in against(Agreed(one), Agreed(two))]
    ['agreed kind', 'agreed day']
    >>> against(Agreed(one), Agreed(two[:1]))
    []
    """
    if a.size < FEW or b.size < FEW:
        return []
    found = []
    one, two = a.kind(), b.kind()
    if one and two and one != two:
        found.append(("agreed kind", KIND, f"most tell of {one}, most of {two}"))
    first, second = a.day(), b.day()
    if first is not None and second is not None and abs(first - second) > NIGHT:
        apart = abs(first - second)
        found.append(("agreed day", DAY, f"the days that most name are {apart} apart"))
    for mine, others in ((a, b), (b, a)):
        if name := mine.own_name(others):
            found.append(("agreed name", NAME, f"most name {name}, none of the others"))
    return found


def cost(a: Agreed, b: Agreed) -> float:
    """The sum of what speaks against two parts being one.

    >>> cost(Agreed([]), Agreed([]))
    0.0
    """
    return sum((one for _, one, _ in against(a, b)), 0.0)
