"""Fits which words follow each other in reports, and tries it on reports left out.

    python benchmarks/fit_order.py FILE ... [--write]

FILEs hold labelled items (``tests/corpus/README.md``). Reports are set against their own words
shuffled: each title and summary three times, by a seed of its own. The classes of English words
stand in ``db/lexicon/order.toml`` and are written by hand; ``--write`` puts into that file what
was fitted on all FILEs: how words follow each other, and the commonest pairs of Chinese letters.

What is printed was fitted without the files that it is measured on (every second one in turn):
how many reports seem to be in no order, of all and of those that tell of an act, and how many of
the same shuffled, and of names and common words thrown together.
"""

from __future__ import annotations

import json
import math
import random
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tracker.core.lexicon import Lexicon  # noqa: E402
from tracker.core.text import fold, has_han  # noqa: E402
from tracker.core.weights import Order  # noqa: E402
from tracker.core.word_order import in_no_order, pairs_of, steps  # noqa: E402
from tracker.core.zones import zones  # noqa: E402 - runs from a checkout
from tracker.record.lexicon import load_lexicon  # noqa: E402
from tracker.record.order import ORDER  # noqa: E402

LEXICON: Final = ROOT / "db" / "lexicon"
SHUFFLES: Final = 3
COMMONEST: Final = 2500
"""Pairs of Chinese letters that are kept: with 1,000 and 1,500 some headlines of customs and
courts, of which few lie among the items, seemed to be in no order."""

TOLD: Final = 2
"""Tenths of a logarithm below which two classes say nothing of each other."""

_WORDS: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9'’.,-]*[A-Za-z0-9]|[A-Za-z0-9]")
Texts = tuple[str, str]


@dataclass(frozen=True)
class Report:
    """One labelled item."""

    file: str
    title: str
    summary: str
    relevant: bool


def main(arguments: Sequence[str]) -> None:
    """Fit and try, and write where it is asked for."""
    files = [one for one in arguments if not one.startswith("--")]
    reports = [one for path in files for one in read(Path(path))]
    lexicon = load_lexicon(LEXICON)
    hand = lexicon.order
    halves = [frozenset(files[::2]), frozenset(files[1::2])]
    for half in halves:
        order = fitted([one for one in reports if one.file in half], lexicon, hand)
        show([one for one in reports if one.file not in half], lexicon, order)
    if "--write" in arguments:
        write(LEXICON / ORDER, fitted(reports, lexicon, hand))


def read(path: Path) -> Iterator[Report]:
    """The items of one file."""
    for line in path.read_text(encoding="utf-8").splitlines():
        data = json.loads(line)
        relevant = bool(data["label"]["relevant"])
        yield Report(str(path), data["title"], data.get("summary") or "", relevant)


def fitted(reports: Iterable[Report], lexicon: Lexicon, hand: Order) -> Order:
    """The tables of these reports."""
    english, chinese = Counter[tuple[str, str]](), Counter[str]()
    shuffled_english = Counter[tuple[str, str]]()
    for report in reports:
        if has_han(report.title):
            parts = zones(fold(report.title), fold(report.summary), lexicon)
            chinese.update({pair for part in parts for pair in pairs_of(part)})
            continue
        english.update(_steps((report.title, report.summary), lexicon, hand))
        for texts in shuffles(report):
            shuffled_english.update(_steps(texts, lexicon, hand))
    pairs = sorted(chinese, key=lambda pair: (-chinese[pair], pair))[:COMMONEST]
    follows = _follows(english, shuffled_english)
    return replace(hand, follows=follows, pairs=frozenset(pairs))


def _steps(texts: Texts, lexicon: Lexicon, order: Order) -> Iterator[tuple[str, str]]:
    for part in zones(fold(texts[0]), fold(texts[1]), lexicon):
        for before, after, _ in steps(part.text.original, order):
            yield before, after


def shuffles(report: Report) -> Iterator[Texts]:
    """A report's own words in other orders."""
    dice = random.Random(report.title)
    for _ in range(SHUFFLES):
        yield _shuffled(report.title, dice), _shuffled(report.summary, dice) + "."


def _shuffled(text: str, dice: random.Random) -> str:
    words = list(text) if has_han(text) else _WORDS.findall(text)
    dice.shuffle(words)
    found = "".join(words) if has_han(text) else " ".join(words)
    return found[:1].upper() + found[1:]


def _follows(
    real: Counter[tuple[str, str]], shuffled: Counter[tuple[str, str]]
) -> Mapping[str, Mapping[str, int]]:
    found: dict[str, dict[str, int]] = {}
    of_real, of_shuffled = real.total(), shuffled.total()
    for pair in sorted({*real, *shuffled}):
        odds = math.log((real[pair] + 1) / of_real) - math.log((shuffled[pair] + 1) / of_shuffled)
        if abs(tenths := round(10 * odds)) >= TOLD:
            found.setdefault(pair[0], {})[pair[1]] = tenths
    return found


def show(reports: Sequence[Report], lexicon: Lexicon, order: Order) -> None:
    """How many of each sort seem to be in no order."""
    for name, chosen in (("English", False), ("Chinese", True)):
        own = [one for one in reports if has_han(one.title) == chosen]
        told = [one for one in own if one.relevant]
        rows = {
            "reports": [(one.title, one.summary) for one in own],
            "of an act": [(one.title, one.summary) for one in told],
            "shuffled": [next(shuffles(one)) for one in own],
            "thrown together": list(thrown(len(own), lexicon, chinese=chosen)),
        }
        for what, texts in rows.items():
            found = [one for one in texts if _flagged(one, lexicon, order)]
            print(f"{name:8} {what:16} {len(found):5} of {len(texts):5}")
            if what == "of an act":
                for title, summary in found[:8]:
                    print(f"         {title} | {summary[:150]}")


def _flagged(texts: Texts, lexicon: Lexicon, order: Order) -> str:
    return in_no_order(zones(fold(texts[0]), fold(texts[1]), lexicon), order)


def thrown(number: int, lexicon: Lexicon, *, chinese: bool) -> Iterator[Texts]:
    """Names of the lexicon and words of its cues, drawn by lot: what a list of search words is."""
    dice = random.Random(7)
    sorts: dict[bool, list[str]] = {True: [], False: []}
    for entry in lexicon.entries:
        names = [name.strip("=") for name in entry.names if has_han(name) == chinese]
        sorts[entry.kind == "cue"] += names[:2]
    for _ in range(number):
        yield _drawn(sorts, dice, dice.randint(8, 14)), _drawn(sorts, dice, dice.randint(10, 22))


def _drawn(sorts: Mapping[bool, list[str]], dice: random.Random, number: int) -> str:
    return " ".join(dice.choice(sorts[dice.random() < 0.7]) for _ in range(number))


def write(path: Path, order: Order) -> None:
    """The file with what was fitted below what stands by hand."""
    head = path.read_text(encoding="utf-8").split("\n[follows]\n")[0] + "\n"
    rows = [
        f"{before} = {{ {', '.join(f'{after} = {value}' for after, value in row.items())} }}"
        for before, row in sorted(order.follows.items())
    ]
    chinese: dict[str, str] = {}
    for pair in sorted(order.pairs):
        chinese[pair[0]] = chinese.get(pair[0], "") + pair[1]
    letters = [f'"{first}" = "{seconds}"' for first, seconds in chinese.items()]
    body = ["[follows]", *rows, "", "[chinese]", *letters, ""]
    path.write_text(head + "\n".join(body), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
