"""The numbers that relevance and kind are weighed with; ``db/lexicon/weights.toml`` holds them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Final


@dataclass(frozen=True, slots=True)
class Weights:
    """Each number adds to the score of an item, unless its line says otherwise.

    ``base``: always; ``evidence``: times the weight of the kind's rules; ``title`` and ``spread``:
    times the weight of a rule fulfilled in the headline, or only by title and summary together;
    ``further``: times that of the second and third rule; ``doubted``: times that of a rule held
    back by a word of its ``none``, of those from ``plainly`` on; ``plain``: weight from which a
    headline rule tells of an act whatever else it speaks of, ``beside_plain``: times the rules
    against then. ``alone``: no subject of its own and not both sides; ``near`` and ``nowhere``:
    nothing of China, beside a control and without one. ``subject`` and ``around``: tags that name
    the subject, the best one counts; ``sides``: each counts; ``kinds``: added where kinds compete.
    """

    base: float = 0.0
    evidence: float = 0.6
    title: float = 1.5
    spread: float = 0.75
    further: float = 0.15
    doubted: float = 0.6
    plainly: float = 2.4
    plain: float = 5.4
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
