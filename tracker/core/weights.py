"""The numbers that relevance, kind and direction are weighed with, by hand and fitted.

``db/lexicon/weights.toml`` and ``db/lexicon/fitted.toml`` hold them; ``db/lexicon/order.toml``
those of words that follow each other, ``db/lexicon/wording.toml`` those of Chinese letters.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Final, TypeAlias

from tracker.model import DIRECTIONS, KINDS

Rows: TypeAlias = Mapping[str, Mapping[str, float]]
"""A role to what it adds to each outcome: ``relevant``, a kind, a direction."""

RELEVANT: Final = 2.9
"""Score from which an item is filed under an event."""

JUST_BELOW: Final = 1.2
"""How far below the line an entry is near it.

Sets of labelled items left out of the fit in turn: 1.0 lost 0.4 of precision and won 1.9 of recall,
1.5 lost 0.6 and won 2.0; beyond that only precision fell. On a new set two of six from the lowest
third of 1.5 were reports of the act, of the rest two thirds and more.
"""

BELOW: Final = 1.9
"""How far below the line an entry still may be a report of an act that others tell of, where its
joins with their reports are strong (``cluster.WELL_BORNE_OUT``): of 24 labelled ones 20 were.
"""

NEAR: Final = RELEVANT - BELOW
"""Score from which it may be one; below it nobody asks any more why it is none."""

OUTCOMES: Final = ("relevant", *KINDS, *DIRECTIONS)


@dataclass(frozen=True, slots=True)
class Weights:
    """Each number adds to the score of an item, unless its line says otherwise.

    ``base``: always; ``evidence``: times the weight of the kind's rules; ``title`` and ``spread``:
    times the weight of a rule fulfilled in the headline, or only by title and summary together;
    ``further``: times that of the second and third rule; ``doubted``: times that of a rule held
    back by a word of its ``none``, of those from ``plainly`` on; ``plain``: weight from which a
    headline rule tells of an act whatever else it speaks of, ``beside_plain``: times the rules
    against then; ``sure``: weight from which it makes a bare headline sure. ``alone``: no subject
    of its own and not both sides; ``near`` and ``nowhere``: nothing of China, beside a control and
    without one. ``subject`` and ``around``: tags that name the subject, the best one counts;
    ``sides``: each counts; ``kinds``: added where kinds compete.
    """

    base: float = 0.0
    evidence: float = 0.6
    title: float = 1.5
    spread: float = 0.75
    further: float = 0.15
    doubted: float = 0.6
    plainly: float = 2.4
    plain: float = 5.4
    sure: float = 6.0
    beside_plain: float = 0.7
    unnamed: float = -2.0
    alone: float = -1.5
    near: float = -0.4
    nowhere: float = -1.5
    subject: Mapping[str, float] = field(default_factory=dict)
    around: Mapping[str, float] = field(default_factory=dict)
    sides: Mapping[str, float] = field(default_factory=dict)
    kinds: Mapping[str, float] = field(default_factory=dict)

    def __hash__(self) -> int:
        return hash(repr(self))


PLAIN: Final = Weights(
    subject={"control": 1.0, "list-us": 1.0, "chip": 0.7, "mineral": 0.8},
    sides={"cn|cn-firm": 0.6, "us|us-firm": 0.4},
)
"""Those of a lexicon that brings none of its own."""

NUMBERS: Final = tuple(one.name for one in fields(Weights) if one.type == "float")
TABLES: Final = tuple(one.name for one in fields(Weights) if one.type != "float")


@dataclass(frozen=True, slots=True)
class Fitted:
    """The numbers of one file; without it every table is empty and nothing is moved.

    ``line``: sum of the roles from which an item is rather relevant; ``pull``: times the distance
    of the rules' score from its own line, of which no more than ``most`` counts; ``firm``: times
    the evidence of a kind's rules, beside the roles of that kind; ``turn``: the same for
    directions. ``always``, ``title``, ``item``, ``kind``:
    what is added always, for a role in the title, for a role anywhere, and to a direction by the
    kind.
    """

    line: float = 0.0
    pull: float = 1.0
    most: float = 3.0
    firm: float = 0.3
    turn: float = 1.0
    always: Mapping[str, float] = field(default_factory=dict)
    title: Rows = field(default_factory=dict)
    item: Rows = field(default_factory=dict)
    kind: Rows = field(default_factory=dict)

    def __hash__(self) -> int:
        return hash(repr(self))


@dataclass(frozen=True, slots=True)
class Order:
    """The tables of ``order.toml``; empty ones find an order in everything.

    ``classes``: a word to its class; ``follows``: of two classes, tenths of the natural logarithm
    of how much oftener the second follows the first, 0 where nothing is told. ``least``: sum
    below which words stand in no order; ``enough``: sum at which no more are read. ``pairs``:
    pairs of Chinese letters that are often written; ``share`` of all pairs outside of names that
    they are at the least, but for two.
    """

    least: int = 0
    enough: int = 0
    classes: Mapping[str, str] = field(default_factory=dict)
    follows: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    pairs: frozenset[str] = frozenset()
    share: float = 0.0


ANY_ORDER: Final = Order()
"""That of a lexicon that brings none."""


@dataclass(frozen=True, slots=True)
class Wording:
    """The numbers of ``wording.toml``; without any, no letter says anything.

    ``title``: what a Chinese letter, or two that follow each other, says in a headline;
    ``always``: what is added to their sum over the root of how many there are; ``weight``: times
    that is added to the score.
    """

    weight: float = 0.0
    always: float = 0.0
    title: Mapping[str, float] = field(default_factory=dict)


UNWORDED: Final = Wording()
"""That of a lexicon that brings none."""

UNFITTED: Final = Fitted()
FITTED_NUMBERS: Final = tuple(one.name for one in fields(Fitted) if one.type == "float")
FITTED_ROWS: Final = ("title", "item", "kind")
