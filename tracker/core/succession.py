"""Which event of a later day goes on which of an earlier one: by its id, else by its reports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from typing import TypeAlias

from tracker.core.traits import told_in_passing

_Held: TypeAlias = Mapping[str, Set[str]]


@dataclass(frozen=True, slots=True)
class Succession:
    """What became of the events of before, all by their ids.

    ``later`` names for each event of before the one that goes on it; what it does not name is
    gone. ``parted`` names the events that are new and took reports along that an event of before
    had: it was split, and the first report is another one.
    """

    later: Mapping[str, str]
    parted: Mapping[str, tuple[str, ...]]

    @property
    def former(self) -> dict[str, tuple[str, ...]]:
        """For each event of after those of before that it goes on: several were joined."""
        found: dict[str, tuple[str, ...]] = {}
        for before, after in self.later.items():
            found[after] = (*found.get(after, ()), before)
        return found


def own(reports: Iterable[str]) -> frozenset[str]:
    """The reports that an event is known by: not those that tell of it in passing.

    >>> sorted(own(("a1", "b2/1")))
    ['a1']
    """
    return frozenset(one for one in reports if not told_in_passing(one))


def succession(before: _Held, after: _Held) -> Succession:
    """Compare the reports that events had with those that events have, in the given order.

    An id stays with the first report, so the event that has it goes on the old one. Where none
    has it, that one does which has most of the reports, rather one whose id is new as well.

    >>> succession({"a": {"1", "2"}}, {"a": {"1"}, "b": {"2"}}).parted
    {'a': ('b',)}
    >>> succession({"a": {"1", "2"}}, {"b": {"1", "2"}}).later
    {'a': 'b'}
    """
    sharing = _sharing(before, after)
    later = {id_: _heir(id_, sharing[id_], before, after) for id_ in before}
    goes_on = {id_: heir for id_, heir in later.items() if heir}
    taken = set(goes_on.values())
    parted = {id_: tuple(one for one in sharing[id_] if one not in taken) for id_ in goes_on}
    return Succession(goes_on, {id_: some for id_, some in parted.items() if some})


def _sharing(before: _Held, after: _Held) -> dict[str, dict[str, int]]:
    """For each event of before how many of its reports each of after has."""
    homes: dict[str, list[str]] = {}
    for id_, reports in after.items():
        for one in reports:
            homes.setdefault(one, []).append(id_)
    counted = {
        id_: Counter(home for one in reports for home in homes.get(one, ()))
        for id_, reports in before.items()
    }
    order = {id_: number for number, id_ in enumerate(after)}
    return {
        id_: {one: found[one] for one in sorted(found, key=order.__getitem__)}
        for id_, found in counted.items()
    }


def _heir(id_: str, shared: Mapping[str, int], before: _Held, after: _Held) -> str:
    """The event that goes on one of before; "" where none does."""
    if id_ in after or not shared:
        return id_ if id_ in after else ""
    return max(shared, key=lambda one: (one not in before, shared[one]))
