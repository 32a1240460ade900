"""Fits what the letters of Chinese headlines say of relevance, and tries it on files left out.

    python benchmarks/fit_wording.py FILE ... [--without NAME ...] [--write]

FILEs hold labelled items (``tests/corpus/README.md``). For each file named after ``--without`` the
numbers are fitted on all others that are not named there, and what is printed was never fitted on
the items that it is measured on: precision, recall and F1 without the letters and with them.
``--write`` fits on all FILEs but those and writes ``db/lexicon/wording.toml``.

Needs scipy, which is no dependency of the project: ``pip install scipy``.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from math import sqrt
from pathlib import Path
from typing import Final

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.fit_roles import measured, regression  # noqa: E402 - a neighbour
from benchmarks.score import Row  # noqa: E402
from tracker.core.lexicon import Lexicon  # noqa: E402
from tracker.core.text import bare_title, fold, has_han  # noqa: E402
from tracker.core.verdict import verdict  # noqa: E402
from tracker.core.weights import RELEVANT, UNWORDED, Wording  # noqa: E402
from tracker.core.wording import WITHIN, letters  # noqa: E402
from tracker.core.zones import Zone, zones  # noqa: E402 - runs from a checkout
from tracker.record.lexicon import load_lexicon  # noqa: E402
from tracker.record.wording import WORDING  # noqa: E402

LEXICON: Final = ROOT / "db" / "lexicon"
WEIGHT: Final = 1.0
"""Times the logarithm of the odds that is added to a score. At 1.5 precision rose and recall fell
by the same on files left out."""

RIDGE: Final = 1.5
"""Strength of the data against the ridge, two columns sharing what one would have."""

BESIDE: Final = 0.5
"""Part of what rules and roles say that stands beside the letters when they are fitted, so that
they tell what those do not. Of 0, 0.25, 0.5 and 1 this was best on files left out."""

FEWEST: Final = 6
"""Items that a letter or pair must stand in."""

KEPT: Final = 2000
"""Numbers that are kept: the others moved no file left out."""

Share = Mapping[str, float]


@dataclass(frozen=True)
class Case:
    """One labelled Chinese item.

    ``said``: each letter and pair, over the root of how many; ``beyond``: how far above the line
    rules and roles bring it.
    """

    file: str
    label: Row
    parts: list[Zone]
    said: dict[str, float]
    beyond: float


def main(argv: Sequence[str]) -> None:
    """Try, and write where it is asked for."""
    at = argv.index("--without") if "--without" in argv else len(argv)
    files = [Path(one) for one in argv[:at] if not one.startswith("--")]
    out = {one for one in argv[at:] if not one.startswith("--")}
    lexicon = load_lexicon(LEXICON)
    cases = [case for path in files for case in read(path, lexicon)]
    wording = fitted([case for case in cases if case.file not in out])
    for name in sorted(out):
        own = [case for case in cases if case.file == name]
        show(name, own, _with(lexicon, UNWORDED))
        show(f"{name} with letters", own, _with(lexicon, wording))
    if "--write" in argv:
        (LEXICON / WORDING).write_text(written(wording), encoding="utf-8")


def _with(lexicon: Lexicon, wording: Wording) -> Lexicon:
    other = copy(lexicon)
    other.wording = wording
    return other


def read(path: Path, lexicon: Lexicon) -> list[Case]:
    """The Chinese items of one file."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [case(row, path.stem, lexicon) for row in rows if has_han(row["title"])]


def case(row: Row, file: str, lexicon: Lexicon) -> Case:
    publisher = row.get("publisher") or ""
    title = fold(bare_title(row["title"], publisher), 600)
    parts = zones(title, fold(row.get("summary") or ""), lexicon, publisher)
    own = letters(parts[0], lexicon)
    said = {one: 1.0 / sqrt(len(own)) for one in own}
    beyond = verdict(parts, _with(lexicon, UNWORDED)).score - RELEVANT
    return Case(file, row["label"], parts, said, max(-WITHIN, min(WITHIN, beyond)))


def fitted(cases: Sequence[Case]) -> Wording:
    """The numbers of these items, but for those that may be judged either way."""
    sure = [one for one in cases if "relevant" not in one.label.get("alt", {})]
    often = Counter(name for one in sure for name in one.said)
    kept = {name for name, count in often.items() if count >= FEWEST}
    _, every = _fit(sure, kept)
    heavy = sorted(every, key=lambda one: (-abs(every[one]) * sqrt(often[one]), one))
    always, numbers = _fit(sure, set(heavy[:KEPT]))
    rounded = {name: round(value, 2) for name, value in sorted(numbers.items())}
    return Wording(WEIGHT, round(always, 2), rounded)


def _fit(cases: Sequence[Case], kept: set[str]) -> tuple[float, dict[str, float]]:
    rows = [{name: x for name, x in one.said.items() if name in kept} for one in cases]
    told: list[Share] = [{str(bool(one.label["relevant"])): 1.0} for one in cases]
    beside = [{"True": BESIDE * one.beyond} for one in cases]
    found = regression(rows, told, [1.0] * len(cases), beside, RIDGE)
    (base, no), (start, yes) = found["False"], found["True"]
    return start - base, {name: value - no[name] for name, value in yes.items()}


def show(name: str, cases: Sequence[Case], lexicon: Lexicon) -> None:
    """Precision, recall and F1 of relevance."""
    numbers = "".join(f"{value:>8.3f}" for value in measured(cases, lexicon)[:3])
    print(f"{name:32}{len(cases):>5}{numbers}")


def written(wording: Wording) -> str:
    """The file."""
    lines = [
        "# What letters of a Chinese headline, and each two of them, say for an act of the topic",
        "# or against it. Fitted, not written: benchmarks/fit_wording.py makes it anew. Names of",
        "# firms and persons have no number. docs/recognition.md says what it is worth.",
        "",
        f"weight = {wording.weight}   # times the sum is added to the score",
        f"always = {wording.always}   # added to their sum over the root of how many there are",
    ]
    lines += ["", "[title]"]
    lines += [f'"{one}" = {value}' for one, value in sorted(wording.title.items())]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main(sys.argv[1:])
