"""Figures in running text: share, growth, units, revenue, charge, and the record beside them.

A figure is read only where its clause also names what it is a figure of; everything else stays
unread. A claim is never an observation: it is set beside what the houses published.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Final

from tracker.core import claim_words as words_room
from tracker.core import figures, fiscal, makers, prose
from tracker.core.claim_words import Subject
from tracker.core.quantities import Quantity, find
from tracker.core.text import Folded, fold
from tracker.model import Observation, Series

CANDIDATES: Final[dict[Subject, tuple[str, ...]]] = {
    "domestic-share": (
        "cn-accel-domestic-units-share", "cn-aiserver-local-share", "cn-gpu-self-sufficiency",
        "cn-ai-chip-local-sales-share", "cn-dc-domestic-share", "cn-domestic-chip-target",
    ),
    "nvidia-share": (
        "cn-nvda-units-share", "cn-nvda-sales-share", "cn-nvda-share-claims",
        "cn-aiserver-import-share",
    ),
    "china-of-nvidia": ("nvda-cn-revenue-share",),
    "growth": ("local-ai-chip-growth",),
    "units": ("huawei-ascend-units", "nvda-cn-chip-units", "cn-local-vendor-units"),
    "revenue": ("nvda-cn-revenue", "nvda-cn-chip-revenue", "amd-mi308-revenue",
                "huawei-ai-chip-revenue"),
    "charge": ("nvda-cn-chip-revenue",),
}  # fmt: skip
"""The series that a claim of a subject is set beside."""

_OF_MAKERS: Final = frozenset({"growth", "units", "revenue", "charge"})
"""Subjects of which each maker has figures of its own."""

_NVIDIA_S: Final = frozenset({"revenue", "charge", "china-of-nvidia"})
"""What may be told of a fiscal year: of Nvidia's its days are known."""

NEAREST: Final = 2
"""Published figures named beside a claim that no house supports."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One figure as a text has it.

    ``value`` in ``unit`` (percent, percent_growth, units, usd_bn, cny_bn), of a range its middle
    with ``low`` and ``high``; ``qualifier`` as in the record. ``start`` and ``end`` bound the
    period where the words name one; ``speaker`` is who is said to have said it; ``words`` is the
    clause of the original; ``ahead`` where it speaks of the future. ``grain``: how far a published
    figure may lie from the words and still be what they say.
    """

    subject: Subject
    value: float
    qualifier: str
    unit: str
    start: date | None
    end: date | None
    speaker: str | None
    words: str
    ahead: bool
    low: float | None = None
    high: float | None = None
    grain: float = 0.0


@dataclass(frozen=True, slots=True)
class Beside:
    """A claim beside the record.

    ``agrees`` are published figures of that period that the claim fits, ``nearest`` the nearest
    that it does not, ``said`` rows of the record that hold this very claim. ``excluded``: every
    house, or the very house it names, published another figure for that period.
    """

    claim: Claim
    agrees: tuple[Observation, ...]
    nearest: tuple[Observation, ...]
    said: tuple[Observation, ...]
    excluded: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """A figure of a stored text beside the record: whose text, when it was known, what it says."""

    item_id: str
    title: str
    publisher: str
    url: str
    known: date
    beside: Beside

    @property
    def id(self) -> str:
        """The name of this figure of this text, for ``decide accept-claim``."""
        return claim_id(self.item_id, self.beside.claim)

    @property
    def series(self) -> frozenset[str]:
        """The series whose rows stand beside the figure."""
        rows = (*self.beside.agrees, *self.beside.nearest, *self.beside.said)
        return frozenset(one.series for one in rows)


def claim_id(item_id: str, claim: Claim) -> str:
    """Eight letters that name one figure of one text: the same as long as its words are read alike.

    >>> len(claim_id("a1", read("2025年国产算力占比将突破40%。")[0]))
    8
    """
    parts = (item_id, claim.subject, claim.unit, f"{claim.value:g}", claim.qualifier, claim.words)
    return hashlib.sha256("\0".join(parts).encode("utf-8", "backslashreplace")).hexdigest()[:8]


_CLAUSE: Final = re.compile(r"[,，、](?!\d{3})|——")
_FROM: Final = re.compile(r"(?:from|从|由)\s*$")
_YEAR: Final = re.compile(r"20\d\d")
_FIGURE: Final = re.compile(r"\d\s*(?:%|percent|万|亿|billion|million)|成|半|倍|零|zero")


def read(text: str | Folded, published: date | None = None) -> tuple[Claim, ...]:
    """The figures of a text, in its order; a figure that repeats word for word stands once.

    "This year" and "last year" are read only where the day of publication is known.

    >>> [(c.subject, c.qualifier, c.value) for c in read("2025年国产算力占比将突破40%。")]
    [('domestic-share', '>', 40.0)]
    >>> read("60%的零部件来自中国供应商")
    ()
    """
    found: list[Claim] = []
    for sentence in _sentences(text):
        found += _sentence(sentence)
    found = [_relative(one, published) for one in found] if published else found
    return tuple(dict.fromkeys(found))


def _sentences(text: str | Folded) -> Iterator[Folded]:
    """The sentences of a text; what is folded is one already. No figure crosses a line."""
    if isinstance(text, Folded):
        yield text
        return
    for one in prose.sentences(text.split("\n")):
        yield fold(one.text)


MOST_FIGURES: Final = 40
"""Figures read of one clause; a clause of more is a table without its lines, or hostile."""


def _sentence(sentence: Folded) -> Iterator[Claim]:
    """Figures of one sentence; "this figure" takes the subject of the clause before it."""
    last: Subject | None = None
    begin = 0
    for clause in _clauses(sentence):
        found = find(clause.text)[:MOST_FIGURES]
        for number, quantity in enumerate(found):
            subject = words_room.subject_of(clause.text, sentence.text[:begin], quantity)
            if subject is None and last and words_room.again(clause.text):
                subject = last if quantity.sort == "percent" else None
            if subject:
                last = subject
                rest = found[number + 1].start if number + 1 < len(found) else len(clause.text)
                yield _claim(subject, quantity, clause, rest, sentence, begin)
        begin += len(clause.text)


def _relative(claim: Claim, published: date) -> Claim:
    """A claim of "this year" or "last year" with the days that the publication gives it."""
    if claim.start is not None:
        return claim
    days = words_room.relative(fold(claim.words).text, published)
    return replace(claim, start=days[0], end=days[1]) if days else claim


def _clauses(sentence: Folded) -> list[Folded]:
    """Clauses between commas; a short opening ("In 2023,") belongs to the clause after it."""
    cuts = [0, *(match.end() for match in _CLAUSE.finditer(sentence.text)), len(sentence.text)]
    parts = [Folded(sentence.original[a:b], sentence.text[a:b]) for a, b in pairwise(cuts) if b > a]
    joined: list[Folded] = []
    for part in parts:
        if joined and not _FIGURE.search(joined[-1].text):
            last = joined.pop()
            part = Folded(last.original + part.original, last.text + part.text)
        joined.append(part)
    return joined


def _claim(subject: Subject, quantity: Quantity, clause: Folded, rest: int, sentence: Folded,
           begin: int) -> Claim:  # fmt: skip
    days = words_room.period(clause.text, quantity, rest, sentence.text[:begin])
    if _FROM.search(clause.text[: quantity.start]) and not _YEAR.search(clause.text[:rest]):
        days = None  # "from 95% to 50% in 2025": when it was 95 is not said
    if days is None and subject in _NVIDIA_S and words_room.NVIDIA.search(sentence.text):
        days = fiscal.days_named(clause.text)
    growth = subject == "growth"
    shrinks = growth and words_room.shrinks(clause.text, quantity)
    value = -quantity.value if shrinks else quantity.value
    return Claim(
        subject=subject,
        value=value,
        qualifier=quantity.qualifier,
        unit="percent_growth" if growth else quantity.unit,
        start=days[0] if days else None,
        end=days[1] if days else None,
        speaker=words_room.speaker(sentence.text, begin + quantity.start, begin + quantity.end),
        words=clause.original.strip(" ,，、而。！？；"),
        ahead=bool(words_room.AHEAD.search(clause.text)),
        low=quantity.low,
        high=quantity.high,
        grain=quantity.grain,
    )


# ---- beside the record --------------------------------------------------------------------------


def beside(
    claim: Claim,
    observations: Iterable[Observation],
    series: Iterable[Series],
    as_of: date | None = None,
) -> Beside:
    """What the houses published of the same quantity, unit and year as ``claim``.

    Only measured figures and forecasts can agree; claims in the record, and figures that somebody
    accepted from a text, never support a claim.

    >>> beside(read("2025年国产算力占比将突破40%。")[0], [], []).agrees
    ()
    """
    units = {one.id: one.unit for one in series}
    names = CANDIDATES[claim.subject]
    whose = makers.named(fold(claim.words).text) if claim.subject in _OF_MAKERS else None
    rows = [
        one
        for one in observations
        if one.series in names
        and units.get(one.series) == claim.unit
        and (whose is None or whose == makers.of_row(one.series, one.variant))
        and (as_of is None or one.published <= as_of)
    ]
    same = [one for one in figures.without_repeats(rows) if _same_year(claim, one)]
    solid = [one for one in same if figures.nature_of(one) in ("actual", "estimate", "forecast")
             and one.flag not in figures.HIDDEN_FLAGS and not one.accepted]  # fmt: skip
    agrees = tuple(sorted((one for one in solid if fits(claim, one)),
                          key=lambda one: figures.house_of(one) != claim.speaker))  # fmt: skip
    far = sorted(
        (one for one in solid if one not in agrees and not one.derived),
        key=lambda one: (
            figures.house_of(one) != claim.speaker,
            abs(one.value - claim.value),
            one.number,
        ),
    )
    said = tuple(
        one
        for one in rows
        if (figures.nature_of(one) in ("claim", "target") or one.accepted)
        and (one.value, one.qualifier) == (claim.value, claim.qualifier)
        and (claim.end is None or _same_year(claim, one))
    )
    return Beside(claim, agrees, tuple(far[:NEAREST]), said, _excluded(claim, agrees, far))


def _excluded(claim: Claim, agrees: Sequence[Observation], far: Sequence[Observation]) -> bool:
    """Whether what was published leaves no room for the claim.

    The house that the text names decides; without one, every house must exclude it: ">30%" leaves
    room for 34.6.
    """
    own = [one for one in (*agrees, *far) if figures.house_of(one) == claim.speaker]
    if own:
        return not any(_room(claim, one) for one in own)
    return bool(far) and not agrees and not any(_room(claim, one) for one in far)


def _room(claim: Claim, one: Observation) -> bool:
    """Whether words and figure can both be true: their ranges meet."""
    low, high = _reach(claim.value, claim.low, claim.high, claim.qualifier, claim.grain)
    least, most = _reach(one.value, one.value_low, one.value_high, one.qualifier, 0.0)
    return max(low, least) <= min(high, most)


def _reach(value: float, low: float | None, high: float | None, sign: str, grain: float
           ) -> tuple[float, float]:  # fmt: skip
    infinity = float("inf")
    if low is not None and high is not None:
        return low, high
    if sign in (">", ">="):
        return value, infinity
    if sign in ("<", "<="):
        return -infinity, value
    return value - grain, value + grain


def _same_year(claim: Claim, one: Observation) -> bool:
    """Whether both speak of the same year; half a year or a quarter only of the very same."""
    if claim.start is None or claim.end is None:
        return False
    if claim.start == claim.end or (claim.end - claim.start).days > 300:
        return one.period_end.year == claim.end.year and (
            one.period_start == one.period_end or (one.period_end - one.period_start).days > 300
        )
    return (claim.start, claim.end) == (one.period_start, one.period_end)


def fits(claim: Claim, one: Observation) -> bool:
    """Whether the published figure is one that the claim's words allow.

    A bound allows what lies beyond it, a range what lies in it, "about" and words ("a third", 四成)
    what lies within their grain: a point of per cent, two of 成, a fiftieth of a count or sum. A
    bound or a range that was published must lie in it whole: ">30%" is no witness of "below 33%".

    >>> claim = read("2025年国产芯片占比约四成。")[0]
    >>> from tracker.core.examples import observation
    >>> fits(claim, observation(value=41)), fits(claim, observation(value=43))
    (True, False)
    """
    least, most = _reach(one.value, one.value_low, one.value_high, one.qualifier, 0.0)
    if claim.low is not None and claim.high is not None:
        return claim.low <= least and most <= claim.high
    bounded = most - least > 0
    match claim.qualifier:
        case ">":
            return least >= claim.value if bounded else least > claim.value
        case ">=":
            return least >= claim.value
        case "<":
            return most <= claim.value if bounded else most < claim.value
        case "<=":
            return most <= claim.value
        case _:
            inside = one.value_low is not None and least <= claim.value <= most
            return inside or abs(one.value - claim.value) <= claim.grain


def verdict(found: Beside) -> str:
    """``agrees``, ``conflict`` (what was published leaves no room for it) or ``no house``.

    >>> verdict(Beside(read("2025年国产算力占比将突破40%。")[0], (), (), ()))
    'no house'
    """
    if found.excluded:
        return "conflict"
    return "agrees" if found.agrees else "no house"


def published_later(found: Beside, day: date | None) -> date | None:
    """When a figure's first witness was published, if after ``day``, the article's own.

    >>> published_later(Beside(read("2025年国产算力占比将突破40%。")[0], (), (), ()), None)
    """
    rows = (*found.agrees, *found.nearest)[:1]
    return next((one.published for one in rows if day and one.published > day), None)


def count(found: Sequence[Beside]) -> dict[str, int]:
    """How many of each verdict.

    >>> count([])
    {}
    """
    words = [verdict(one) for one in found]
    return {word: words.count(word) for word in dict.fromkeys(words)}
