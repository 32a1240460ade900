"""Fits the weights of relevance and kind by cross-validation over events.

    python benchmarks/fit.py FILE [FILE ...] [--write]

The items are split in five parts by a hash of their event (a near miss by its own id). For each
part the weights are fitted on the other four and tried on it: what is printed as *fitted* was never
fitted on the items it is measured on. *hand* are the weights as they stand in
``db/lexicon/weights.toml``. A step is kept where it lowers the loss on the training items: the mean
logistic loss of the score's distance from the line, plus a price on every departure from the
weights by hand. ``--write`` puts the weights fitted on all items into the file.

The rules were written with most of these items in sight, so their evidence looks surer here than
it is elsewhere; read the difference between the rows, not the rows.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
import sys
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.score import Row, accepted, f1, ratio, truth  # noqa: E402 - a neighbour
from tracker.core.acts import Fired, fired  # noqa: E402 - runs from a checkout
from tracker.core.lexicon import Lexicon  # noqa: E402
from tracker.core.relevance import Parts, kind_of, parts_of, score  # noqa: E402
from tracker.core.text import bare_title, fold  # noqa: E402
from tracker.core.weights import RELEVANT, Weights  # noqa: E402
from tracker.core.zones import zones  # noqa: E402 - runs from a checkout
from tracker.record.lexicon import load_lexicon  # noqa: E402

FOLDS: Final = 5
STEPS: Final = (0.3, -0.3, 0.1, -0.1)
PRICE: Final = 0.02
"""Of a squared departure from the weight by hand, beside the mean loss of the items."""

SCALE: Final = 2.0
NUMBERS: Final = ("base", "evidence", "beside_plain", "unnamed", "alone", "near", "nowhere")
TABLES: Final = ("subject", "around", "sides")


@dataclass(frozen=True)
class Case:
    label: Row
    parts: Parts
    found: list[Fired]
    fold: int


def cases(paths: Sequence[Path], lexicon: Lexicon) -> list[Case]:
    found = []
    for path in paths:
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            title = fold(bare_title(row["title"], row["publisher"]), 600)
            parts = zones(title, fold(row["summary"]), lexicon, row["publisher"])
            rules = fired(parts, lexicon)
            kind, _, leading = kind_of(rules, lexicon.weights)
            made = parts_of(parts, rules, kind, lexicon.weights)
            if leading is None:
                made = made._replace(evidence=-9.0)  # without an act never relevant
            name = row["label"].get("event_id") or row["id"]
            fold_ = hashlib.sha256(name.encode()).digest()[1] % FOLDS
            found.append(Case(row["label"], made, rules, fold_))
    return found


def weighted(lexicon: Lexicon, weights: Weights) -> Lexicon:
    """The same lexicon with other numbers; the masks of the old ones are not kept."""
    other = copy(lexicon)
    other.weights = weights
    return other


def loss(rows: Sequence[Case], lexicon: Lexicon, weights: Weights, hand: Weights) -> float:
    told = weighted(lexicon, weights)
    total = 0.0
    for case in rows:
        apart = SCALE * (score(case.parts, told) - RELEVANT)
        both = len({bool(v) for v in accepted(case.label, "relevant", False)}) > 1
        if not both:
            total += math.log1p(math.exp(-apart if case.label["relevant"] else min(apart, 30.0)))
    return total / len(rows) + PRICE * departure(weights, hand)


def departure(weights: Weights, hand: Weights) -> float:
    total = 0.0
    for name in NUMBERS:
        total += (getattr(weights, name) - getattr(hand, name)) ** 2
    for table in TABLES:
        old = getattr(hand, table)
        total += sum((value - old[key]) ** 2 for key, value in getattr(weights, table).items())
    return total


Place = tuple[str, str]
"""A number: its name and '', or the table it stands in and its key."""


def places(weights: Weights) -> list[Place]:
    found = [(name, "") for name in NUMBERS]
    return found + [(table, key) for table in TABLES for key in getattr(weights, table)]


def moved(weights: Weights, place: Place, step: float) -> Weights:
    name, key = place
    old = getattr(weights, name)
    new: Any = {**old, key: round(old[key] + step, 2)} if key else round(old + step, 2)
    return replace(weights, **{name: new})


def fit(rows: Sequence[Case], lexicon: Lexicon, hand: Weights) -> Weights:
    best, least = hand, loss(rows, lexicon, hand, hand)
    changed = True
    while changed:
        changed = False
        for place in places(hand):
            for step in STEPS:
                tried = moved(best, place, step)
                now = loss(rows, lexicon, tried, hand)
                if now < least - 1e-6:
                    best, least, changed = tried, now, True
    return best


def fit_kinds(rows: Sequence[Case], hand: Weights) -> Weights:
    """A number for each kind that lowers the wrong kinds of the training items."""
    best = hand
    least = wrong_kinds(rows, best)
    for _ in range(3):
        for kind in sorted({case.label["kind"] for case in rows if case.label["relevant"]}):
            for step in (0.6, -0.6, 0.3, -0.3):
                value = round(best.kinds.get(kind, 0.0) + step, 2)
                tried = replace(best, kinds={**best.kinds, kind: value})
                now = wrong_kinds(rows, tried)
                if now + 1 < least:  # one item is no reason
                    best, least = tried, now
    return best


def wrong_kinds(rows: Sequence[Case], weights: Weights) -> int:
    return sum(
        kind_of(case.found, weights)[0] not in accepted(case.label, "kind", False)
        for case in rows
        if case.label["relevant"]
    )


def relevance(rows: Sequence[Case], lexicon: Lexicon, weights: Weights) -> list[float]:
    told, hits, false, misses = weighted(lexicon, weights), 0, 0, 0
    for case in rows:
        yes = score(case.parts, told) >= RELEVANT
        right = truth(case.label, yes, False)
        hits, false, misses = hits + (yes and right), false + (yes and not right), misses + (
            right and not yes
        )  # fmt: skip
    p, r = ratio(hits, hits + false), ratio(hits, hits + misses)
    return [p, r, f1(p, r)]


def crossed(rows: Sequence[Case], lexicon: Lexicon, hand: Weights) -> tuple[list[float], int]:
    """Relevance and wrong kinds, each part judged by weights fitted on the others."""
    told, wrong = [], 0
    for number in range(FOLDS):
        training = [case for case in rows if case.fold != number]
        part = [case for case in rows if case.fold == number]
        weights = fit(training, lexicon, hand)
        lexicon_ = weighted(lexicon, weights)
        told += [(case, score(case.parts, lexicon_) >= RELEVANT) for case in part]
        wrong += wrong_kinds(part, fit_kinds(training, hand))
    right = [truth(case.label, yes, False) for case, yes in told]
    hits = sum(yes and ok for (_, yes), ok in zip(told, right, strict=True))
    p = ratio(hits, sum(yes for _, yes in told))
    r = ratio(hits, sum(right))
    return [p, r, f1(p, r)], wrong


def written(text: str, weights: Weights) -> str:
    """The weights file with these numbers in place of its own; its remarks stay."""
    section = ""
    lines = []
    for line in text.splitlines():
        if head := re.match(r"\[(\w+)\]", line):
            section = head[1]
        elif row := re.match(r'("?)([^"=]+?)\1 = (-?[\d.]+)', line):
            value = getattr(weights, section)[row[2]] if section else getattr(weights, row[2])
            line = f"{row[1]}{row[2]}{row[1]} = {value}{line[row.end() :]}"
        lines.append(line)
    return "\n".join(lines) + "\n"


def main(argv: list[str]) -> int:
    files = [Path(name) for name in argv if not name.startswith("-")]
    if not files:
        print("name the files of labelled items", file=sys.stderr)
        return 2
    lexicon = load_lexicon(ROOT / "db" / "lexicon")
    hand, rows = lexicon.weights, cases(files, lexicon)
    relevant = sum(bool(case.label["relevant"]) for case in rows)
    shown: Any = (
        ("hand", relevance(rows, lexicon, hand), wrong_kinds(rows, hand)),
        ("fitted, crossed", *crossed(rows, lexicon, hand)),
    )
    final = replace(fit(rows, lexicon, hand), kinds=fit_kinds(rows, hand).kinds)
    shown = (*shown, ("fitted on all", relevance(rows, lexicon, final), wrong_kinds(rows, final)))
    print(f"{'':18}{'P':>7}{'R':>7}{'F1':>7}{'kind':>7}   {len(rows)} items, {relevant} relevant")
    for name, numbers, wrong in shown:
        kinds = 1 - wrong / relevant
        print(f"{name:18}" + "".join(f"{value:>7.3f}" for value in (*numbers, kinds)))
    for name in NUMBERS:
        if getattr(final, name) != getattr(hand, name):
            print(f"{name}: {getattr(hand, name)} -> {getattr(final, name)}")
    for table in (*TABLES, "kinds"):
        for key, value in getattr(final, table).items():
            if value != getattr(hand, table).get(key, 0.0):
                print(f"{table} {key}: {getattr(hand, table).get(key, 0.0)} -> {value}")
    if "--write" in argv:
        path = ROOT / "db" / "lexicon" / "weights.toml"
        path.write_text(written(path.read_text("utf-8"), final), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
