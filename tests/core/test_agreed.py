"""What several reports agree on keeps two events apart; what one of them misread does not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tracker.core.agreed import CURATED, DAY, KIND, NAME, QUIET, WAVE, Agreed, Told, against, cost
from tracker.core.linkage import linked

H20 = frozenset({"H20"})
BOTH = frozenset({"H20", "MI308"})


def reports(*told: tuple[str, int | None, frozenset[str]]) -> Agreed:
    return Agreed(Told(*one) for one in told)


GRANT = [("licence", 10, H20), ("licence", 10, H20), ("licence", None, BOTH)]


@pytest.mark.parametrize(
    ("others", "weight"),
    [
        ([("licence", 10, H20), ("licence", 11, H20)], 0.0),
        ([("licence", 11, H20), ("licence", 11, H20)], 0.0),  # one night
        ([("licence", 17, H20), ("licence", 17, H20)], DAY),
        ([("licence", 17, H20), ("licence", None, H20)], 0.0),  # one report alone agrees on no day
        ([("licence", 17, H20), ("licence", 24, H20)], 0.0),
        ([("statement", None, H20), ("statement", 10, H20)], KIND),
        ([("statement", None, H20), ("licence", 10, H20)], 0.0),
        ([("licence", 10, H20 | {"Lutnick"}), ("licence", 10, H20 | {"Lutnick"})], NAME),
        ([("licence", 10, frozenset({"EDA"})), ("licence", 10, frozenset({"EDA"}))], 2 * NAME),
        ([("statement", 17, frozenset({"EDA"}))], 0.0),  # a single report may be misread
        ([("statement", 17, frozenset({"EDA"}))] * 2, KIND + DAY + 2 * NAME),
    ],
)
def test_what_two_parts_agree_on(
    others: list[tuple[str, int | None, frozenset[str]]], weight: float
) -> None:
    one, two = reports(*GRANT), reports(*others)
    assert cost(one, two) == cost(two, one) == weight
    assert sum(one for _, one, _ in against(one, two)) == weight
    assert all(why for _, _, why in against(one, two))


@pytest.mark.parametrize(("days", "weight"), [
    ((14 + QUIET, 14 + QUIET), WAVE), ((13 + QUIET, 14 + QUIET), 0.0), ((12, 30), 0.0),
    ((6, 10 - QUIET), WAVE), ((None, None), 0.0), ((20,), 0.0),
])  # fmt: skip
def test_two_waves_of_reports_are_two_acts(days: tuple[int | None, ...], weight: float) -> None:
    one = Agreed(Told("talks", None, H20, day) for day in (10, 11, 14))
    two = Agreed(Told("talks", None, H20, day) for day in days)
    assert cost(one, two) == cost(two, one) == weight
    assert sum(cost for _, cost, _ in against(one, two)) == weight


def test_beside_a_record_event_what_is_agreed_on_counts_half() -> None:
    curated = reports(("licence", 10, H20))
    curated.add(Agreed([Told("licence", 10, H20, None, curated=True)]))
    other = reports(*[("statement", 10, H20)] * 2)
    assert cost(curated, other) == cost(other, curated) == CURATED * KIND
    assert sum(one for _, one, _ in against(curated, other)) == CURATED * KIND
    other.add(curated)
    assert other.curated


def test_counting_in_parts_equals_counting_at_once() -> None:
    part = reports(*GRANT[:1])
    part.add(reports(*GRANT[1:]))
    whole = reports(*GRANT)
    assert (part.size, part.kinds, part.days, part.names) == (
        whole.size, whole.kinds, whole.days, whole.names,
    )  # fmt: skip


PAIRS = [(0, 1, 5.0), (2, 3, 5.0), *((a, b, 1.4) for a in (0, 1) for b in (2, 3))]


def test_two_well_dated_acts_stay_apart_and_a_misdated_report_does_not() -> None:
    def told(*days: int) -> Callable[[int], Told]:
        return [Told("licence", day, H20) for day in days].__getitem__

    assert len(linked(4, PAIRS, [], frozenset(), 0.0)) == 1
    apart = linked(4, PAIRS, [], frozenset(), 0.0, told=told(10, 10, 17, 17))
    assert apart == [[0, 1], [2, 3]]
    assert len(linked(4, PAIRS, [], frozenset(), 0.0, told=told(10, 10, 17, 10))) == 1


def test_a_part_that_agrees_less_as_it_grows_may_join_after_all() -> None:
    """Two told of a statement, two of a licence; with a third report there is no such majority."""
    edges = [*PAIRS, (0, 4, 1.4), (1, 4, 1.4), (2, 4, 3.0), (3, 4, 3.0)]
    kinds = ["statement", "statement", "licence", "licence", "rule"]
    told = [Told(kind, None, H20) for kind in kinds].__getitem__
    assert linked(4, PAIRS, [], frozenset(), 0.0, told=told) == [[0, 1], [2, 3]]
    assert linked(5, edges, [], frozenset(), 0.0, told=told) == [[0, 1, 2, 3, 4]]
