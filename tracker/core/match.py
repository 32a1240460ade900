"""Two nodes compared: do they tell of one act? A score with reasons for and against."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final, TypeAlias

from tracker.core.event_days import days_of_event, known_of
from tracker.dates import days_apart, shifted
from tracker.model import Join, Mention, Reason, RecordEvent

Node: TypeAlias = Mention | RecordEvent
SAME: Final = 0.0
"""A join with at least this score says that two nodes are one event."""

NEAREST: Final = 64
"""Nodes that one node is compared with at the most: those that share most keys, then by name."""

CROWD: Final = 400
"""Nodes of one block that are looked at; what stands in a larger one tells little anyway."""

BUCKET: Final = 14
"""Days of one bucket; each node lies in the bucket of its days and in the next one."""

WINDOW: Final = {
    "trip": 35, "talks": 16, "rule": 30, "listing": 30, "countermeasure": 30, "licence": 18,
    "statement": 10, "enforcement": 14, "legislation": 14, "company": 14, "substitution": 14,
}  # fmt: skip
"""Days that reports of one act of a kind may lie apart: a trip is announced, a rule explained."""

# Names that stand in every second item: they tell little.
_COMMON: Final = frozenset(
    [
        "Nvidia",
        "Donald Trump",
        "BIS",
        "US Department of Commerce",
        "MOFCOM",
        "US Congress",
        "AI chips",
        "AI models",
        "GPU",
        "export controls",
        "White House",
        "Trump administration",
        "Biden administration",
        "Joe Biden",
        "Chinese regulators",
        "Xi Jinping",
        "dual-use items",
        "tariffs",
        "AI servers",
        "data centres",
        "US persons",
        "Entity List",
        "EAR",
        "critical minerals",
        "legacy chips",
        "chipmaking equipment",
        "Jensen Huang",
        "Chinese foreign ministry",
        "China",
        "rare earths",
    ]
)
_CITIES: Final = frozenset(
    [
        "Geneva",
        "London",
        "Stockholm",
        "Madrid",
        "Kuala Lumpur",
        "Busan",
        "Paris",
        "San Francisco",
        "Seoul",
        "Bali",
        "Zurich",
        "Lima",
        "Brussels",
        "Vienna",
        "Guangzhou",
        "Beijing city",
    ]
)
_TURNS: Final = frozenset({"lift", "suspend"})
_MODELS: Final = frozenset(
    [
        "H20",
        "H200",
        "H100",
        "H800",
        "A100",
        "A800",
        "B30A",
        "RTX Pro 6000D",
        "RTX 4090",
        "RTX 5090D V2",
        "MI308",
        "MI309",
        "Ascend 910C",
        "Claude Mythos 5",
        "HBM",
        "EDA",
    ]
)


def node_id(node: Node) -> str:
    """The name of a node: its item, the item and a number, or ``record:`` and the record id.

    >>> from tracker.core.examples import mention
    >>> node_id(mention()), node_id(mention(number=2))
    ('a1', 'a1/2')
    """
    if isinstance(node, RecordEvent):
        return f"record:{node.id}"
    return node.item_id if node.number == 0 else f"{node.item_id}/{node.number}"


def days(node: Node) -> tuple[date, date] | None:
    """First and last possible day of the act.

    >>> from tracker.core.examples import mention
    >>> days(mention())[0].isoformat()
    '2019-05-13'
    """
    if isinstance(node, RecordEvent):
        found = days_of_event(node)
        return found.first, found.last
    if node.first is None or node.last is None:
        return None
    return node.first, node.end_date or node.last


def block_keys(node: Node) -> frozenset[str]:
    """Keys of days and subject; two nodes that can join share at least one.

    >>> from tracker.core.examples import mention
    >>> bool(block_keys(mention()) & block_keys(mention(item_id="b2")))
    True
    """
    span = days(node)
    report = node.report_day if isinstance(node, Mention) else None
    known = known_of(node) if isinstance(node, RecordEvent) else None
    marks = [day for day in (*(span or ()), report, known) if day]
    buckets = {day.toordinal() // BUCKET + step for day in marks for step in (0, 1)}
    return frozenset(f"{bucket}:{name}" for bucket in buckets for name in _subjects(node))


def nearest(shared: Mapping[str, int]) -> list[str]:
    """The names to compare with, given how many keys each shares: at most ``NEAREST``.

    The bound keeps a flood of like headlines from costing its square. Up to it the order of
    arrival plays no part.

    >>> nearest({"b": 1, "a": 1, "c": 2})
    ['c', 'a', 'b']
    """
    return sorted(shared, key=lambda name: (-shared[name], name))[:NEAREST]


def _subjects(node: Node) -> set[str]:
    """What a block is about: names, places and the leading rule; else the kind."""
    names = {*node.items, *node.actors, *node.terms, *_of(node, "place"), *_of(node, "act")}
    return names or {node.kind}


_VIEWS: Final[dict[int, tuple[tuple[str, ...], dict[str, frozenset[str]]]]] = {}
_MOST_VIEWS: Final = 100_000
_NONE: Final[frozenset[str]] = frozenset()


def _view(keys: tuple[str, ...]) -> dict[str, frozenset[str]]:
    """The keys by their prefixes; remembered by identity, for hashing them costs more."""
    known = _VIEWS.get(id(keys))
    if known is not None and known[0] is keys:
        return known[1]
    found: dict[str, set[str]] = {}
    for key in keys:
        prefix, _, name = key.partition(":")
        found.setdefault(prefix, set()).add(name)
    view = {prefix: frozenset(names) for prefix, names in found.items()}
    view["concepts"] = view.get("t", _NONE) | view.get("s", _NONE)
    if len(_VIEWS) >= _MOST_VIEWS:
        _VIEWS.clear()
    _VIEWS[id(keys)] = (keys, view)
    return view


def _of(node: Node, prefix: str) -> frozenset[str]:
    return _view(node.keys).get(prefix, _NONE)


def compare(a: Node, b: Node) -> Join | None:
    """The join of two nodes with its reasons; None where no decision needs to be taken.

    Two record events never join; nodes further apart than the windows of their kinds neither.

    >>> from tracker.core.examples import mention
    >>> compare(mention(), mention(item_id="b2")).score >= SAME
    True
    """
    if isinstance(a, RecordEvent) and isinstance(b, RecordEvent):
        return None
    left, right = (a, b) if node_id(a) <= node_id(b) else (b, a)
    if left is right or node_id(left) == node_id(right):
        return None
    if isinstance(left, Mention) and isinstance(right, Mention) and left.item_id == right.item_id:
        return None
    gap = _gap(left, right)
    if gap is None or gap > max(WINDOW[left.kind], WINDOW[right.kind]):
        return None
    found = tuple(reason for reason in _reasons(left, right, gap) if reason.weight)
    score = round(sum(reason.weight for reason in found), 3)
    return Join(node_id(left), node_id(right), score, found)


def _gap(a: Node, b: Node) -> int | None:
    """Days apart; a record event is met on its days or on the day it became known."""
    one, two = days(a), days(b)
    if one is None or two is None:
        return None
    gap = days_apart(one, two)
    for node, other in ((a, two), (b, one)):
        if gap and isinstance(node, RecordEvent) and (known := known_of(node)):
            gap = min(gap, days_apart((known, known), other))
    return gap


def _reasons(a: Node, b: Node, gap: int) -> Iterable[Reason]:
    yield Reason("start", -2.0, "two items are two events until shown otherwise")
    yield _time(a, b, gap)
    yield _kind(a, b)
    yield _direction(a, b)
    yield _names("items", a.items, b.items, 1.0, -0.9)
    yield _names("actors", a.actors, b.actors, 0.7, -0.3)
    yield _models(a, b)
    yield _places(a, b)
    yield _capitals(a, b)
    yield _overlap("numbers", _of(a, "num"), _of(b, "num"), 1.1)
    yield _likeness("words", _of(a, "w"), _of(b, "w"), 6.0)
    yield _likeness("concepts", _of(a, "concepts"), _of(b, "concepts"), 7.0)
    yield _overlap("rules", _of(a, "fam"), _of(b, "fam"), 0.5)


def _said(node: Node) -> bool:
    return isinstance(node, RecordEvent) or "dated" in _view(node.keys)


def _time(a: Node, b: Node, gap: int) -> Reason:
    sure = _said(a) and _said(b)
    steps = ((0, 1.7), (1, 0.4), (3, -0.9), (7, -2.0)) if sure else (
        (0, 0.9), (1, 0.5), (3, 0.0), (7, -0.7))  # fmt: skip
    weight = next((value for most, value in steps if gap <= most), -3.0 if sure else -1.6)
    return Reason("days", weight, f"{gap} days apart" + ("" if sure else ", one day not named"))


def _kind(a: Node, b: Node) -> Reason:
    kinds = {a.kind, b.kind}
    if kinds == {"rule", "company"} and "rule-charge" in _of(a, "act") | _of(b, "act"):
        return Reason("kind", -2.6, "a charge that follows a rule is filed under the rule")
    if acts := _of(a, "act") & _of(b, "act"):
        return Reason("same act", 1.7, ", ".join(sorted(acts)))
    if a.kind == b.kind:
        return Reason("kind", 0.7, a.kind)
    if _of(a, "act") & _of(b, "fam") or _of(b, "act") & _of(a, "fam"):
        return Reason("kind", 0.0, f"{a.kind} and {b.kind}, one rule in both")
    return Reason("kind", -1.2, f"{a.kind} and {b.kind}")


def _direction(a: Node, b: Node) -> Reason:
    if {a.direction, b.direction} == {"tighten", "ease"}:
        if a.kind == b.kind and bool(_of(a, "t") & _TURNS) != bool(_of(b, "t") & _TURNS):
            return Reason("direction", -4.8, "one headline takes back what the other tells")
        return Reason("direction", -2.4, "one tightens, the other eases")
    return Reason("direction", 0.0, "")


def _names(name: str, a: tuple[str, ...], b: tuple[str, ...], gain: float, loss: float) -> Reason:
    one, two = set(a), set(b)
    shared, rare = one & two, (one & two) - _COMMON
    if rare:
        return Reason(name, gain * min(2, 0.5 + 0.5 * len(rare)), ", ".join(sorted(rare)))
    if shared:
        return Reason(name, gain * 0.3, ", ".join(sorted(shared)))
    if one - _COMMON and two - _COMMON:
        return Reason(name, loss, "none in common")
    return Reason(name, 0.0, "")


def _models(a: Node, b: Node) -> Reason:
    one, two = set(a.items) & _MODELS, set(b.items) & _MODELS
    if one and two and not one & two:
        return Reason("models", -1.6, f"{'/'.join(sorted(one))} against {'/'.join(sorted(two))}")
    return Reason("models", 0.0, "")


def _places(a: Node, b: Node) -> Reason:
    one, two = _of(a, "place") & _CITIES, _of(b, "place") & _CITIES
    if one & two:
        return Reason("city", 1.2, ", ".join(sorted(one & two)))
    if one and two and "talks" in (a.kind, b.kind):
        return Reason("city", -9.0, f"{'/'.join(sorted(one))} against {'/'.join(sorted(two))}")
    return Reason("city", 0.0, "")


def _capitals(a: Node, b: Node) -> Reason:
    one, two = a.jurisdiction[:1], b.jurisdiction[:1]
    if one and two and one != two and not {"talks", "trip"} & {a.kind, b.kind}:
        return Reason("capital", -1.8, f"{one[0]} acts, {two[0]} acts")
    return Reason("capital", 0.0, "")


def _overlap(name: str, a: frozenset[str], b: frozenset[str], weight: float) -> Reason:
    shared = sorted(a & b)
    return Reason(name, round(weight * min(2, len(shared)), 3), ", ".join(shared[:4]))


def _likeness(name: str, a: frozenset[str], b: frozenset[str], weight: float) -> Reason:
    if not a or not b:
        return Reason(name, 0.0, "")
    shared = a & b
    value = len(shared) / (len(a) + len(b) - len(shared) + 3)  # few words are little evidence
    return Reason(name, round(weight * value, 3), ", ".join(sorted(shared)[:6]))


def earliest(node: Node) -> date:
    """A day to order nodes by: the first possible one, else the last there is.

    >>> from tracker.core.examples import mention
    >>> earliest(mention())
    datetime.date(2019, 5, 13)
    """
    span = days(node)
    return span[0] if span else shifted(date.max, 0)
