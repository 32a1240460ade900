"""Fits what each role of the lexicon says of relevance, kind and direction.

    python benchmarks/fit_roles.py FILE ... [--half FILE ...] [--feeds FOLDER] [--write]

FILEs hold labelled items (``tests/corpus/README.md``). Beside them the record's own titles and the
titles of its sources serve as items that are relevant, and the entries of captured feeds, where
a folder is named, as items that are not, but for those that the rules file under an event. Items
of files after ``--half`` count half: labelled in haste, or of subjects at the border of the topic.

What is printed was never fitted on the items it is measured on: for each FILE the numbers are
fitted on all the others, without events within a day of those that it tells. ``rules`` are the
rules alone, ``shipped`` the numbers that are in use, which may have been fitted on its events. The
rules were written with some of these files in sight, the roles were not; so read the rows of files
that no rule was written from. ``--write`` fits on everything and writes ``db/lexicon/fitted.toml``.

Needs scipy, which is no dependency of the project: ``pip install scipy``.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any, Final, Protocol

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.score import Row, accepted, f1, ratio, truth  # noqa: E402 - a neighbour
from tracker.core.lexicon import MARKS, WAYS, Lexicon  # noqa: E402
from tracker.core.roles import Roles, evidence_of_ways, with_ways  # noqa: E402
from tracker.core.text import bare_title, fold  # noqa: E402
from tracker.core.verdict import verdict, verdict_of_rules  # noqa: E402
from tracker.core.weights import (  # noqa: E402
    RELEVANT,
    UNFITTED,
    Fitted,
)
from tracker.core.zones import Zone, zones  # noqa: E402 - runs from a checkout
from tracker.dates import shifted  # noqa: E402
from tracker.feeds.document import Hints  # noqa: E402
from tracker.feeds.parse import parse  # noqa: E402
from tracker.model import DIRECTIONS, KINDS  # noqa: E402
from tracker.record.lexicon import load_lexicon  # noqa: E402

RIDGE: Final = {"relevant": 0.3, "kind": 0.4, "direction": 0.9}
"""Strength of the data against the ridge."""

BESIDE: Final = {"relevant": 0.25, "direction": 0.3}
"""Part of what the rules say that stands beside the roles when they are fitted. All of it would
trust the rules on new items as on those that they were written from."""

SECOND: Final = {"relevant": 0.2, "kind": 0.3, "direction": 0.3}
"""Share of an item that stands for the second values of its label, where it has any: two readings
are right, and numbers fitted on one alone learn the quarrel."""

FEWEST: Final = 3
"""Items a role must stand in to get a number."""

LEAST: Final = 0.05
"""Numbers smaller than this are left out of the file."""

SETTINGS: Final = {"line": 0.1, "pull": 0.3, "most": 3.0, "firm": 0.35, "turn": 0.5}
"""Chosen by hand from the rows below."""

TRUST: Final = {"record": 0.7, "sources": 0.5, "feeds": 1.0, "titles": 0.4}
"""Items of these sorts count less: titles alone, labels of the event and not of the page."""

HALF: Final = 0.5

COPIED: Final = frozenset({"sources", "record", "feeds", "titles"})
_PLAIN: Final = frozenset({"actor", "item", "place", "term", "cue"})


@dataclass(frozen=True)
class Case:
    source: str
    event: str
    label: Row
    parts: list[Zone]
    title: frozenset[str]
    item: frozenset[str]
    ways: tuple[frozenset[str], frozenset[str]]
    beyond: float
    turns: dict[str, float]
    trust: float


def case(row: Row, source: str, lexicon: Lexicon, trust: float = 1.0) -> Case:
    title = fold(bare_title(row["title"], row.get("publisher", "")), 600)
    parts = zones(title, fold(row["summary"]), lexicon, row.get("publisher", ""))
    named = [_names(zone.mask, lexicon) for zone in parts]
    opening = _names(parts[0].fore or parts[0].mask, lexicon)
    rest = frozenset().union(*named[1:])
    label = row["label"]
    event = label.get("event_id") or row["id"]
    told, _ = verdict_of_rules(parts, bare(lexicon))
    beyond = max(-SETTINGS["most"], min(SETTINGS["most"], told.score - RELEVANT))
    return Case(source, event, label, parts, opening, named[0] | rest, _pointing(parts, lexicon),
                beyond, evidence_of_ways(told.found, lexicon),
                TRUST.get(source, trust))  # fmt: skip


def _pointing(parts: list[Zone], lexicon: Lexicon) -> tuple[frozenset[str], frozenset[str]]:
    """Which way the verbs of the title and of the whole item point."""
    roles = with_ways(Roles(0, 0), parts, lexicon)
    title, item = (
        frozenset(way for way in WAYS if mask & lexicon.bit(way)) for mask in roles
    )  # fmt: skip
    return title, item


@cache
def _telling(lexicon: Lexicon) -> dict[int, str]:
    """Bits of roles and cues; single firms and products are left out: they are events' names."""
    own = {one.id for one in lexicon.entries if one.kind != "cue"}
    tags = {tag for one in lexicon.entries for tag in one.tags} | set(MARKS)
    cues = {one.id for one in lexicon.entries if one.kind == "cue"}
    names = ((tags | cues) - own - _PLAIN) | {"China"}
    return {lexicon.bit(name): name for name in sorted(names)}


def _names(mask: int, lexicon: Lexicon) -> frozenset[str]:
    return frozenset(name for bit, name in _telling(lexicon).items() if mask & bit)


def labelled(path: Path, lexicon: Lexicon, trust: float = 1.0) -> list[Case]:
    lines = path.read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines if line.strip()]
    return [case(row, path.stem, lexicon, trust) for row in rows]


def titled(path: Path, lexicon: Lexicon, trust: float = 1.0) -> Iterator[Case]:
    """The same items without their summaries: many feeds carry titles alone.

    Their events are those of the items, so what is measured is never fitted on its own title.
    """
    for row in map(json.loads, filter(str.strip, path.read_text("utf-8").splitlines())):
        one = case({**row, "summary": ""}, "titles", lexicon)
        yield replace(one, trust=one.trust * trust)


def recorded(lexicon: Lexicon) -> Iterator[Case]:
    for path in sorted((ROOT / "db" / "record" / "events").rglob("*.toml")):
        event = tomllib.loads(path.read_text("utf-8"))
        label = {"relevant": True, "event_id": event["id"], "kind": event["kind"],
                 "direction": event["direction"]}  # fmt: skip
        own = {"id": event["id"], "title": event["title"], "summary": event.get("summary", "")}
        yield case({**own, "label": label}, "record", lexicon)
        for one in event.get("sources", ()):
            if one.get("title") and one.get("lang") in ("en", "zh-Hans", "zh-Hant"):
                row = {"id": event["id"], "title": one["title"], "summary": "", "label": label,
                       "publisher": one["publisher"]}  # fmt: skip
                yield case(row, "sources", lexicon)


def captured(folder: Path, lexicon: Lexicon) -> Iterator[Case]:
    hints = Hints("https://feeds.example/", datetime(2026, 1, 1, tzinfo=UTC))
    for path in sorted(folder.iterdir()):
        if path.suffix == ".jsonl":
            continue
        for number, one in enumerate(parse(path.read_bytes(), hints).entries):
            row = {"id": f"{path.name}#{number}", "title": one.title, "summary": one.summary[:600]}
            made = case({**row, "label": {"relevant": False}}, "feeds", lexicon)
            if verdict(made.parts, bare(lexicon)).score < RELEVANT:
                yield made


def with_numbers(lexicon: Lexicon, fitted: Fitted) -> Lexicon:
    other = copy(lexicon)
    other.fitted = fitted
    return other


@cache
def bare(lexicon: Lexicon) -> Lexicon:
    return with_numbers(lexicon, UNFITTED)


def features(one: Case, kind: str = "") -> dict[str, float]:
    found = {f"title:{name}": 1.0 for name in one.title}
    found |= {f"item:{name}": 1.0 for name in one.item}
    if not kind:
        return found
    for where, told in zip(("title", "item"), one.ways, strict=True):
        found |= {f"{where}:{way}": 1.0 for way in told}
    return found | {f"kind:{kind}": 1.0}


def regression(
    rows: Sequence[dict[str, float]],
    told: Sequence[Mapping[str, float]],
    trust: Sequence[float],
    said: Sequence[Mapping[str, float]],
    ridge: float,
) -> dict[str, tuple[float, dict[str, float]]]:
    """What is added to each outcome always, and for each feature.

    Softmax with a ridge. ``told``: the share of each outcome in the label of an item. ``said``:
    what the rules add to an outcome beside it, so that the numbers tell what they do not.
    """
    np: Any = importlib.import_module("numpy")
    often = Counter(name for row in rows for name in row)
    names = sorted(name for name, count in often.items() if count >= FEWEST)
    outcomes = sorted({name for one in told for name in one})
    place = {name: number for number, name in enumerate(names)}
    each = [(i, place[name], x) for i, row in enumerate(rows) for name, x in row.items()
            if name in place]  # fmt: skip
    down, across, values = zip(*each, strict=True)
    shape = (len(rows), len(names))
    sparse: Any = importlib.import_module("scipy.sparse")
    matrix = sparse.csr_matrix((np.array(values), (down, across)), shape=shape)
    wanted = np.array([[one.get(outcome, 0.0) for outcome in outcomes] for one in told])
    beside = np.array([[row.get(outcome, 0.0) for outcome in outcomes] for row in said])
    weight = ridge * np.array(trust)[:, None]

    def loss(numbers: Any) -> tuple[float, Any]:
        table = numbers.reshape(len(names) + 1, len(outcomes))
        sums = matrix @ table[:-1] + table[-1] + beside
        sums -= sums.max(1, keepdims=True)
        sums -= np.log(np.exp(sums).sum(1, keepdims=True))
        off = (np.exp(sums) - wanted) * weight
        slope = np.vstack([matrix.T @ off + table[:-1], off.sum(0)[None]])
        return -(weight * wanted * sums).sum() + 0.5 * (table[:-1] ** 2).sum(), slope.ravel()

    start = np.zeros((len(names) + 1) * len(outcomes))
    optimize: Any = importlib.import_module("scipy.optimize")
    found = optimize.minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 400})
    table = found.x.reshape(len(names) + 1, len(outcomes))
    return {
        outcome: (float(table[-1, k]), dict(zip(names, map(float, table[:-1, k]), strict=True)))
        for k, outcome in enumerate(outcomes)
    }


Numbers = dict[str, dict[str, dict[str, float]]]


def put(numbers: Numbers, outcome: str, row: Mapping[str, float]) -> None:
    for name, value in row.items():
        where, _, role = name.partition(":")
        if abs(value) >= LEAST:
            numbers[where].setdefault(role, {})[outcome] = round(value, 2)


def shares(label: Row, field: str) -> dict[str, float]:
    """What each value of a label counts: the first most, second ones what :data:`SECOND` says."""
    first = str(label[field])
    others = sorted({str(one) for one in accepted(label, field, False)} - {first, "None"})
    part = SECOND[field] / len(others) if others else 0.0
    return {first: 1.0 - part * len(others)} | dict.fromkeys(others, part)


def fit(cases: Sequence[Case]) -> Fitted:
    trust = [one.trust for one in cases]
    yes = [one for one in cases if one.label["relevant"]]
    trusted = [one.trust for one in yes]
    numbers: Numbers = {"title": {}, "item": {}, "kind": {}}
    told = [shares(one.label, "relevant") for one in cases]
    # two columns share what one would have, so half the strength
    found = regression([features(one) for one in cases], told, trust,
                       [{"True": BESIDE["relevant"] * one.beyond} for one in cases],
                       RIDGE["relevant"] / 2)  # fmt: skip
    no, row = found["False"][1], found["True"][1]
    put(numbers, "relevant", {name: value - no[name] for name, value in row.items()})
    always = {"relevant": round(found["True"][0] - found["False"][0], 2)}
    for field, rows, said in (
        ("kind", [features(one) for one in yes], [{} for _ in yes]),
        ("direction", [features(one, one.label["kind"]) for one in yes],
         [{name: BESIDE["direction"] * value for name, value in one.turns.items()} for one in yes]),
    ):  # fmt: skip
        told = [shares(one.label, field) for one in yes]
        found = regression(rows, told, trusted, said, RIDGE[field])
        for outcome, (start, row) in found.items():
            put(numbers, outcome, row)
            always[outcome] = round(start, 2)
    for outcome in (*KINDS, *DIRECTIONS):
        always.setdefault(outcome, -9.0)  # nothing was seen of it
    return Fitted(
        SETTINGS["line"], SETTINGS["pull"], SETTINGS["most"], SETTINGS["firm"], SETTINGS["turn"],
        always, numbers["title"], numbers["item"], numbers["kind"],
    )  # fmt: skip


class Judged(Protocol):
    """An item with its label, and the sentences that are judged."""

    @property
    def label(self) -> Row: ...
    @property
    def parts(self) -> list[Zone]: ...


def measured(cases: Sequence[Judged], lexicon: Lexicon) -> list[float]:
    """Precision, recall and F1 of relevance, then how many kinds and directions are right."""
    hits = false = misses = kind = direction = told = 0
    for one in cases:
        said = verdict(one.parts, lexicon)
        right = truth(one.label, said.relevant, False)
        hits += said.relevant and right
        false += said.relevant and not right
        misses += right and not said.relevant
        if said.relevant and one.label["relevant"]:
            told += 1
            kind += said.kind in accepted(one.label, "kind", False)
            direction += said.direction in accepted(one.label, "direction", False)
    p, r = ratio(hits, hits + false), ratio(hits, hits + misses)
    return [p, r, f1(p, r), ratio(kind, told), ratio(direction, told)]


def days_near(cases: Iterable[Case]) -> set[str]:
    """The days of the events of some cases, and those beside them: files name one event apart."""
    days = {one.event[:10] for one in cases if one.label["relevant"]}
    near = (shifted(date.fromisoformat(day), by) for day in days for by in (-1, 0, 1))
    return {day.isoformat() for day in near}


def show(cases: Sequence[Case], lexicon: Lexicon) -> None:
    print(f"{'':24}{'items':>6}{'P':>8}{'R':>8}{'F1':>8}{'kind':>8}{'dir':>8}")
    for name in dict.fromkeys(one.source for one in cases if one.source not in COPIED):
        part = [one for one in cases if one.source == name]
        near = days_near(part)
        others = [one for one in cases if one.source != name and one.event[:10] not in near]
        ways = (("rules", bare(lexicon)), ("shipped", lexicon),
                ("", with_numbers(lexicon, fit(others))))  # fmt: skip
        for row, words in ways:
            numbers = "".join(f"{value:>8.3f}" for value in measured(part, words))
            print(f"{name + ' ' + row:24}{len(part):>6}{numbers}")


def written(fitted: Fitted) -> str:
    lines = [
        "# What each role of the lexicon adds to an item's relevance, kind and direction.",
        "# Fitted, not written: benchmarks/fit_roles.py makes it anew when words or rules change.",
        "# Roles that name one thing have no number. docs/recognition.md says what it is worth.",
        "",
        f"line = {fitted.line}   # sum of the roles from which an item is rather relevant",
        f"pull = {fitted.pull}   # times the distance of the rules' score from its own line",
        f"most = {fitted.most}   # no more of that distance counts",
        f"firm = {fitted.firm}   # times the evidence of the rules of a kind",
        f"turn = {fitted.turn}   # times the evidence of the rules of a direction",
    ]
    lines += ["", "[always]", *(f"{name} = {value}" for name, value in fitted.always.items())]
    for table in ("title", "item", "kind"):
        lines += ["", f"[{table}]"]
        for role, row in sorted(getattr(fitted, table).items()):
            inside = ", ".join(f"{name} = {value}" for name, value in row.items())
            lines.append(f'"{role}" = {{ {inside} }}')
    return "\n".join(lines) + "\n"


def main(argv: list[str]) -> int:
    if importlib.util.find_spec("scipy") is None:
        print("scipy is needed: pip install scipy", file=sys.stderr)
        return 2
    feeds = Path(argv[argv.index("--feeds") + 1]) if "--feeds" in argv else None
    halves = argv.index("--half") if "--half" in argv else len(argv)
    named = [one for one in enumerate(argv) if not one[1].startswith("-") and Path(one[1]) != feeds]
    files = [(Path(name), HALF if at > halves else 1.0) for at, name in named]
    if not files:
        print("name the files of labelled items", file=sys.stderr)
        return 2
    lexicon = load_lexicon(ROOT / "db" / "lexicon")
    cases = [one for path, trust in files for one in labelled(path, lexicon, trust)]
    cases += [one for path, trust in files for one in titled(path, lexicon, trust)]
    cases += [*recorded(lexicon), *(captured(feeds, lexicon) if feeds else ())]
    show(cases, lexicon)
    if "--write" in argv:
        path = ROOT / "db" / "lexicon" / "fitted.toml"
        path.write_text(written(fit(cases)), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
