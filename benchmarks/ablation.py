"""What each part of recognition is worth: the scores without it.

    python benchmarks/ablation.py [--each] [FILE ...]

Each row leaves one part out and scores all files anew (without a file the made-up items of
``tests/corpus/``): F1 of relevance, kind, direction, day, BCubed, pairs, share of pairs across
languages that are put together; of each the mean of the files, or with ``--each`` every file's own.
The fitted roles know these items: what they are worth elsewhere ``fit_roles.py`` says.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from statistics import fmean
from types import ModuleType
from typing import Any, Final

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.score import Row, across, line, ratio  # noqa: E402 - a neighbour
from tracker.core import asides, dating, linkage, match, recognise, undated, when, zones  # noqa: E402 - runs from a checkout
from tracker.core.lexicon import Lexicon, build  # noqa: E402
from tracker.jobs.scan import scan  # noqa: E402
from tracker.record.lexicon import load_lexicon  # noqa: E402

HEAD: Final = ("F1", "kind", "dir", "day", "B3", "pairs", "cross")
Change = Callable[[Lexicon], Lexicon]


def _no_dateline(text: str, report: date, place: str | None) -> tuple[when.When, ...]:
    """Date phrases read against the day of publication."""
    return when.find_phrases(text, report, place=place)


@contextmanager
def swapped(module: ModuleType, name: str, value: Any) -> Iterator[None]:
    """A name of a module with another value, for a while."""
    old = getattr(module, name)
    setattr(module, name, value)
    try:
        yield
    finally:
        setattr(module, name, old)


def without(*names: str) -> Change:
    """The lexicon without the rules whose id begins so; ``against`` stands for all against."""

    def kept(lexicon: Lexicon) -> Lexicon:
        rules = [
            one for one in lexicon.acts
            if not (one.id.startswith(names) or ("against" in names and not one.kind))
        ]  # fmt: skip
        return build(lexicon.entries, rules, lexicon.weights, lexicon.fitted)

    return kept


def weighed(**numbers: float) -> Change:
    """The lexicon with other weights."""
    return lambda lexicon: build(
        lexicon.entries, lexicon.acts,
        replace(lexicon.weights, **numbers),  # type: ignore[arg-type]  # floats only
        lexicon.fitted,
    )  # fmt: skip


def unfitted(lexicon: Lexicon) -> Lexicon:
    """The lexicon without what was fitted on its roles."""
    return build(lexicon.entries, lexicon.acts, lexicon.weights)


def unvoided(lexicon: Lexicon) -> Lexicon:
    """The lexicon without the words that only hide shorter ones."""
    entries = [one for one in lexicon.entries if "void" not in one.tags]
    return build(entries, lexicon.acts, lexicon.weights, lexicon.fitted)


def same(lexicon: Lexicon) -> Lexicon:
    return lexicon


def joins(*names: str) -> tuple[ModuleType, str, Any]:
    """The weights of joining with those that begin so set to nothing."""
    return match, "WEIGHTS", {
        name: 0.0 if name.startswith(names) else value for name, value in match.WEIGHTS.items()
    }  # fmt: skip


ROWS: Final[tuple[tuple[str, Change, tuple[tuple[ModuleType, str, Any], ...]], ...]] = (
    ("all of it", same, ()),
    ("no fitted roles", unfitted, ()),
    ("no subject of the sentence", same, ((zones, "subject_of", lambda *_: 0),)),
    ("no words that hide shorter ones", unvoided, ()),
    ("no rule spread over title and summary", weighed(spread=0.0), ()),
    ("title weighs as the summary", weighed(title=1.0), ()),
    ("no rules against", without("against"), ()),
    ("no faint rules", without("faint"), ()),
    ("an answer is no follow-up", without("answers-"), ()),
    ("no further acts", same, ((recognise, "further", lambda *_: ()),)),
    ("no datelines", same, ((dating, "by_dateline", _no_dateline),)),
    ("no American day before a report", same, ((undated, "_behind", lambda *_, **__: 0),)),
    ("older acts are not told apart", same, ((asides, "_earlier", lambda *_: False),)),
    ("conditions date acts", same, ((asides, "_IF", re.compile(r"(?!)")),)),
    ("no day from the week before", same, ((undated, "_week_before", lambda *_: None),)),
    ("no day counted from another", same, ((when, "_counted", lambda *_: None),)),
    ("joins without days", same,
     (joins("days", "named days", "reported after", "reports"),)),
    ("joins without same act and kind", same, (joins("same act", "act told", "kind"),)),
    ("joins without items and actors", same,
     (joins("items", "common items", "other items", "actors", "common actors", "other actors"),)),
    ("joins without the titles' names", same,
     (joins("title", "one title", "each title", "other title"),)),
    ("joins without what parts agree on", same, ((linkage, "cost", lambda *_: 0.0),)),
    ("joins without direction and capital", same, (joins("direction", "taken back", "capital"),)),
)  # fmt: skip


def scores(gold: list[Row], lexicon: Lexicon) -> list[float]:
    """The measures of ``HEAD`` for one file."""
    asked = [json.dumps({k: v for k, v in row.items() if k != "label"}) for row in gold]
    rows = list(zip(gold, scan(asked, lexicon), strict=True))
    numbers = line(rows, strict=False)
    together, possible = across(rows, strict=False)
    return [*(numbers[n] for n in (2, 3, 4, 5, 9, 12)), ratio(together, possible)]


def table(files: list[list[Row]], lexicon: Lexicon, *, each: bool) -> Iterator[str]:
    """The lines of the table."""
    columns = len(files) if each else 1
    yield "| without |" + " |".join(f" {name}" for name in HEAD * columns) + " |"
    yield "|---" * (1 + len(HEAD) * columns) + "|"
    for title, change, swaps in ROWS:
        with ExitStack() as stack:
            for swap in swaps:
                stack.enter_context(swapped(*swap))
            changed = change(lexicon)
            found = [scores(gold, changed) for gold in files]
        means = [fmean(column) for column in zip(*found, strict=True)]
        numbers = [value for own in found for value in own] if each else means
        yield f"| {title} | " + " | ".join(f"{value:.3f}" for value in numbers) + " |"


def main(argv: list[str]) -> int:
    names = [Path(name) for name in argv if not name.startswith("-")]
    files = [
        [json.loads(text) for text in path.read_text("utf-8").splitlines() if text.strip()]
        for path in names or sorted((ROOT / "tests" / "corpus").glob("*.jsonl"))
    ]
    for row in table(files, load_lexicon(ROOT / "db" / "lexicon"), each="--each" in argv):
        print(row, flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
