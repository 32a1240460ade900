"""What the reports of one part agree on, and what that says against another part.

A single report may be misread; where most of several agree on a kind, a day or a name, and most of
several others on another one, the two are two acts, however much their words are alike.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final, NamedTuple

from tracker.core.traits import Node, days, in_words, telling
from tracker.model import RecordEvent

FEW: Final = 2
"""Reports that a part needs before they can be said to agree."""

KIND: Final = 2.0
DAY: Final = 3.0
NAME: Final = 1.0
WAVE: Final = 2.0
"""What it costs that two parts agree each on another kind or day; that one agrees on a name that
the other lacks; that one came after the other was over."""

CURATED: Final = 0.5
"""Part of it that counts where one of the two has a record event, whose words are surer than what
reports were read as. On ten labelled sets beside the record 25 more of 1,748 items carried the id
of their act, 10 more that of another, and pairs went from 0.880 to 0.885."""

QUIET: Final = 3
"""Days without a report that part two waves of them."""

NIGHT: Final = 1
"""Days that do not count: an evening in Washington is the next morning in Beijing."""


class Told(NamedTuple):
    """What one node tells: its kind, the first day where a phrase named it, its telling names.

    Words about an act hardly tell of which kind it was: theirs is ''. ``report``: the day of the
    report, none of a record event, which is ``curated``.
    """

    kind: str
    day: int | None
    names: frozenset[str]
    report: int | None = None
    curated: bool = False


def told(node: Node) -> Told:
    """What of a node its part counts.

    >>> from tracker.core.examples import mention
    >>> told(mention()).kind
    'listing'
    """
    said = isinstance(node, RecordEvent) or "dated" in node.keys
    span = days(node) if said else None
    report = None if isinstance(node, RecordEvent) else node.report_day
    day = span[0].toordinal() if span else None
    kind = "" if in_words(node) else node.kind
    told_on = report.toordinal() if report else None
    return Told(kind, day, telling(node), told_on, isinstance(node, RecordEvent))


class Agreed:
    """Kinds, days and names of the members of a part, counted, and what most of them tell.

    ``kind`` is told by seven of ten, ``day`` by two at least and six of ten of those that name
    one; both None without such a one. ``common`` are the names of six of ten. ``wave``: the days
    of the first and the last report. ``curated``: one of them is a record event.
    """

    __slots__ = ("common", "curated", "day", "days", "kind", "kinds", "names", "size", "wave")

    def __init__(self, members: Iterable[Told]) -> None:
        told = list(members)
        self.size = len(told)
        self.curated = any(one.curated for one in told)
        self.kinds = Counter(one.kind for one in told)
        self.days = Counter(one.day for one in told if one.day is not None)
        self.names = Counter(name for one in told for name in one.names)
        reports = [one.report for one in told if one.report is not None]
        self.wave = (min(reports), max(reports)) if reports else None
        self._agree()

    def add(self, other: Agreed) -> None:
        """Count the members of another part as well."""
        self.size += other.size
        self.curated = self.curated or other.curated
        self.kinds.update(other.kinds)
        self.days.update(other.days)
        self.names.update(other.names)
        if self.wave and other.wave:
            self.wave = min(self.wave[0], other.wave[0]), max(self.wave[1], other.wave[1])
        else:
            self.wave = self.wave or other.wave
        self._agree()

    def _agree(self) -> None:
        kind = max(self.kinds, key=lambda one: (self.kinds[one], one), default="")
        self.kind = kind if 10 * self.kinds[kind] >= 7 * self.size else None
        day = max(self.days, key=lambda one: (self.days[one], -one), default=None)
        if day is not None and 10 * self.days[day] < 6 * self.days.total():
            day = None
        self.day = None if day is None or self.days[day] < FEW else day
        least = 6 * self.size
        self.common = frozenset(name for name, n in self.names.items() if 10 * n >= least)

    def own_name(self, other: Agreed) -> str:
        """A name that most tell and none of the other part; '' without one."""
        if self.common <= other.names.keys():
            return ""
        return min(name for name in self.common if name not in other.names)


def lull(a: Agreed, b: Agreed) -> int:
    """Days from the last report of one part to the first of the other, 0 where they overlap.

    >>> one, two = (Told("talks", None, frozenset(), day) for day in (7, 12))
    >>> lull(Agreed([one]), Agreed([two])), lull(Agreed([one]), Agreed([one, two]))
    (5, 0)
    """
    if not a.wave or not b.wave:
        return 0
    return max(0, b.wave[0] - a.wave[1], a.wave[0] - b.wave[1])


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
    if a.kind and b.kind and a.kind != b.kind:
        found.append(("agreed kind", KIND, f"most tell of {a.kind}, most of {b.kind}"))
    if a.day and b.day and abs(a.day - b.day) > NIGHT:
        apart = abs(a.day - b.day)
        found.append(("agreed day", DAY, f"the days that most name are {apart} apart"))
    if (quiet := lull(a, b)) >= QUIET and not _meeting(a, b):
        found.append(("agreed reports", WAVE, f"{quiet} days from the last report to the first"))
    for mine, others in ((a, b), (b, a)):
        if name := mine.own_name(others):
            found.append(("agreed name", NAME, f"most name {name}, none of the others"))
    part = _part(a, b)
    return [(name, part * costs, why) for name, costs, why in found]


def cost(a: Agreed, b: Agreed) -> float:
    """The sum of what speaks against two parts being one, without its words.

    >>> cost(Agreed([]), Agreed([]))
    0.0
    """
    if a.size < FEW or b.size < FEW:
        return 0.0
    total = KIND if a.kind and b.kind and a.kind != b.kind else 0.0
    if a.day and b.day and abs(a.day - b.day) > NIGHT:
        total += DAY
    if lull(a, b) >= QUIET and not _meeting(a, b):
        total += WAVE
    total += NAME * (bool(a.own_name(b)) + bool(b.own_name(a)))
    return total * _part(a, b)


def _meeting(a: Agreed, b: Agreed) -> bool:
    """Whether both tell of talks or a journey of one day: those are told before and after."""
    return a.kind == b.kind and a.kind in _OF_DAYS and a.day is not None and a.day == b.day


_OF_DAYS: Final = frozenset({"talks", "trip"})


def _part(a: Agreed, b: Agreed) -> float:
    """What part of the costs counts."""
    return CURATED if a.curated or b.curated else 1.0
