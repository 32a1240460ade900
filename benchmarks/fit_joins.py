"""Weights of the joins fitted on labelled items: logistic regression, checked on events left out.

    python benchmarks/fit_joins.py FILE[+FILE] ... [--record] [--marred] [--moved] [--files]

The pairs are those that joining compares, among the items that are relevant by rule and by label;
with ``--record`` also pairs of curated events, which are all different acts. ``a+b`` are two files
of one set, such as its two languages. Events are dealt into five folds by a hash of the day in
their id, so that one told in two sets lies in one fold; each fold is clustered with weights that
have not seen a pair of its events, and scored by BCubed and by pairs. ``--files`` leaves out whole
sets in turn instead, and all events of their days. Printed: the present weights, what is left out,
the weights of all the pairs. Nothing is random. ``core/odds.py`` holds the table that is used.
"""

from __future__ import annotations

import hashlib
import json
import math
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, TypeAlias

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tracker.core import apart, features, match  # noqa: E402 - runs from a checkout without installation
from tracker.core.blocks import block_keys, pairs  # noqa: E402
from tracker.core.cluster import groups  # noqa: E402
from tracker.core.decisions import NONE  # noqa: E402
from tracker.core.recognise import annotate, recognise  # noqa: E402
from tracker.core.traits import Node, node_id, traits  # noqa: E402
from tracker.core.whom import OTHERS  # noqa: E402
from tracker.jobs.scan import entry_of  # noqa: E402
from tracker.model import Mention  # noqa: E402
from tracker.record.lexicon import load_lexicon  # noqa: E402
from tracker.record.load import load  # noqa: E402

FOLDS = 5
MARRED = 2
"""How often each file is read again with mistakes in it."""

RIDGE = 3.0
"""How far a weight is drawn to the value set by hand: the square of the distance counts this."""

SHIFT = 1.2
"""Added to ``start``: the folds left out are clustered best a little more readily."""

KEPT = {name: match.WEIGHTS[name] for name in (
    "taken back", "denied", "act and answer", *apart.IN_WORDS, "models", "metals", *OTHERS,
    "other city", "charge", "kinds apart", "numbers",
    "words named days 3", "words named days 7", "words named days far",
)}  # fmt: skip
"""Set by hand and not fitted: they are rare in what is labelled, and always count. A sum may stand
in an act and in what it cost."""

HAND = {
    "start": -2.0, "named days 0": 1.7, "named days 1": 0.4, "named days 3": -0.9,
    "named days 7": -2.0, "named days far": -3.0, "days 0": 0.9, "days 1": 0.5, "days 3": 0.0,
    "days 7": -0.7, "days far": -1.6, "same act": 1.7, "act told": 0.7, "kind": 0.7,
    "direction": -3.2, "capital": -2.6, "other title names": -2.6,
    "kin": 0.0, "near kinds": -1.2, "other kind": -1.2, "items": 1.0,
    "common items": 0.3, "other items": -0.9, "actors": 0.7, "common actors": 0.21,
    "other actors": -0.3, "city": 1.2, "numbers": 1.1, "other numbers": 0.0, "terms": 0.5,
    "same wire": 0.0, "other wire": 0.0,
    "no name": -0.2, "words": 6.0, "other script": 0.0, "headline": 0.0, "concepts": 7.0,
    "title names": 0.0, "one title names": 0.0, "title name told": 0.0, "title name missing": 0.0,
    "one title names more": 0.0, "each title names more": 0.0,
    "one named days 1": 0.5, "one named days 3": 0.0, "one named days 7": -0.7,
    "one named days far": -1.6, apart.STANDING: 0.0,
    **dict.fromkeys((*apart.LAGS, *apart.REPORTS, *apart.OTHERS), 0.0),
} | KEPT  # fmt: skip
"""The weights that a person set, before any was fitted."""

Corpus: TypeAlias = "list[tuple[Node, str, str]]"
Vector: TypeAlias = dict[str, float]
Example: TypeAlias = tuple[Vector, bool, str, str, float]


def fold(event: str) -> int:
    return hashlib.sha256(f"fold {event[:10]}".encode()).digest()[0] % FOLDS


def nodes_of(path: Path, lexicon: Any) -> list[tuple[Node, str, str]]:
    """Relevant mentions with their event and language."""
    found: list[tuple[Node, str, str]] = []
    for number, text in enumerate(path.read_text("utf-8").splitlines(), 1):
        row = json.loads(text)
        label = row.pop("label")
        mention = recognise(entry_of(number, row, {})[1], lexicon)[0]
        if mention.relevant and label["relevant"]:
            found.append((mention, label["event_id"], row["lang"][:2]))
    return found


CONFUSED = {
    "rule": "licence listing rule statement", "licence": "rule company statement",
    "listing": "rule countermeasure", "countermeasure": "rule listing talks",
    "talks": "countermeasure trip statement", "trip": "talks statement",
    "statement": "rule talks company", "enforcement": "rule company",
    "legislation": "rule statement", "company": "rule licence substitution",
    "substitution": "company countermeasure",
}  # fmt: skip
"""Kinds that a kind is mistaken for."""


def marred(node: Mention, salt: int) -> Mention:
    """The mention as worse rules would have read it: about one field in eight is wrong.

    The rules know the labelled items; those to come they read less well.
    """
    dice = [b / 256 for b in hashlib.sha256(f"{salt} {node.item_id}".encode()).digest()]
    keys = list(node.keys)
    kind, direction, day = node.kind, node.direction, (node.date, node.first, node.last)
    if dice[0] < 0.14:
        others = CONFUSED[kind].split()
        kind = others[int(dice[1] * len(others))]  # type: ignore[assignment]  # a kind
        keys = [key for key in keys if not key.startswith("act:")]
        if dice[2] < 0.5:
            keys = [key for key in keys if not key.startswith("fam:")]
    if dice[3] < 0.12:
        others = [one for one in ("tighten", "ease", "neutral") if one != direction]
        direction = others[int(dice[4] * 2)]  # type: ignore[assignment]  # a direction
    if dice[5] < 0.15 and node.report_day:
        keys = [key for key in keys if not key.startswith("dated")]
        day = (node.report_day, node.report_day, node.report_day)
    items = node.items[1:] if dice[6] < 0.1 else node.items
    actors = node.actors[1:] if dice[7] < 0.1 else node.actors
    gone = {*node.items, *node.actors} - {*items, *actors}
    keys = [key for key in keys if key.partition(":")[2] not in gone]
    return replace(node, kind=kind, direction=direction, date=day[0], first=day[1], last=day[2],
                   end_date=node.end_date if day[0] == node.date else None, items=items,
                   actors=actors, keys=tuple(keys))  # fmt: skip


def vector(a: Node, b: Node) -> Vector | None:
    """The features of a pair that joining would compare."""
    one, two = traits(a), traits(b)
    gap = apart.gap_of(one, two)
    if gap is None or match.beyond(one, two, gap):
        return None
    found: Vector = defaultdict(float)
    told = (*features.first_features(one, two, gap), *features.further_features(one, two))
    for name, value, _ in told:
        found[name] += value
    return dict(found)


def examples(nodes: Sequence[tuple[Node, str, str]], weight: float = 1.0) -> Iterable[Example]:
    ordered = sorted(nodes, key=lambda one: node_id(one[0]))
    keys = [block_keys(node) for node, _, _ in ordered]
    members: dict[str, list[int]] = defaultdict(list)
    for number, own in enumerate(keys):
        for key in own:
            members[key].append(number)
    for i, j in pairs(members, keys, frozenset(range(len(ordered)))):
        (a, one, _), (b, two, _) = ordered[i], ordered[j]
        found = vector(a, b)
        if found is not None:
            yield found, one == two, one, two, weight


def moved(nodes: Sequence[tuple[Node, str, str]], weight: float) -> Iterable[Example]:
    """Pairs of different events as if of one day or the next two: in a full feed they are.

    Each mention meets the next two of its kind and of any kind, in the order of a hash.
    """
    news = [(m, e) for m, e, _ in nodes if isinstance(m, Mention)]
    mixed = sorted(news, key=lambda one: hashlib.sha256(one[0].item_id.encode()).digest())
    for row in (mixed, sorted(mixed, key=lambda one: one[0].kind)):
        for step in (1, 2):
            for (a, one), (b, two) in zip(row, row[step:], strict=False):
                days = timedelta(days=hashlib.sha256(b.item_id.encode()).digest()[step] % 3)
                found = one != two and vector(a, replace(
                    b, date=_after(a.date, days), first=_after(a.first, days),
                    last=_after(a.last, days), end_date=_after(a.end_date, days),
                    report_day=_after(a.report_day, days)))  # fmt: skip
                if found:
                    yield found, False, one, two, weight


def _after(day: date | None, step: timedelta) -> date | None:
    return day + step if day else None


def fitted(data: Sequence[Example], prior: Vector, ridge: float) -> Vector:
    """Weights of the least loss, by Newton's method; drawn to ``prior``."""
    names = sorted(set(prior) - set(KEPT))
    at = {name: n for n, name in enumerate(names)}
    rows = [
        ([(at[n], v) for n, v in x.items() if n in at],
         sum(KEPT[n] * v for n, v in x.items() if n in KEPT), y, w)
        for x, y, _, _, w in data
    ]  # fmt: skip
    beta = [prior[name] for name in names]
    for _ in range(12):
        grad = [ridge * (b - prior[name]) for b, name in zip(beta, names, strict=True)]
        hess = [[ridge if i == j else 0.0 for j in range(len(names))] for i in range(len(names))]
        for row, kept, y, w in rows:
            z = max(-30.0, min(30.0, kept + sum(beta[i] * v for i, v in row)))
            p = 1 / (1 + math.exp(-z))
            bend = w * p * (1 - p)
            for i, v in row:
                grad[i] += w * (p - y) * v
                for j, u in row:
                    hess[i][j] += bend * v * u
        step = solved(hess, grad)
        beta = [b - s for b, s in zip(beta, step, strict=True)]
        if max(map(abs, step)) < 1e-4:
            break
    return KEPT | {name: round(beta[at[name]], 2) for name in names}


def solved(matrix: list[list[float]], right: list[float]) -> list[float]:
    """The solution of a positive system, by elimination with pivots."""
    size = len(right)
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    for i in range(size):
        best = max(range(i, size), key=lambda r: abs(rows[r][i]))
        rows[i], rows[best] = rows[best], rows[i]
        for r in range(i + 1, size):
            share = rows[r][i] / rows[i][i]
            if share:
                rows[r] = [x - share * y for x, y in zip(rows[r], rows[i], strict=True)]
    out = [0.0] * size
    for i in reversed(range(size)):
        rest = sum(rows[i][j] * out[j] for j in range(i + 1, size))
        out[i] = (rows[i][size] - rest) / rows[i][i]
    return out


class Tally:
    """BCubed and pairs, and pairs across languages, added up over folds."""

    def __init__(self) -> None:
        self.p = self.r = 0.0
        self.n = self.both = self.said = self.true = self.cross = self.possible = 0

    def add(self, nodes: Sequence[tuple[Node, str, str]], only: int | None) -> None:
        gold = {node_id(node): (event, lang) for node, event, lang in nodes}
        home = {}
        for number, part in enumerate(groups([node for node, _, _ in nodes], NONE)):
            home.update({node_id(node): number for node in part})
        names = sorted(gold)
        mine = [n for n in names if only is None or fold(gold[n][0]) == only]
        for name in mine:
            said = [o for o in names if home[o] == home[name]]
            true = [o for o in names if gold[o][0] == gold[name][0]]
            both = len(set(said) & set(true))
            self.n += 1
            self.p += both / len(said)
            self.r += both / len(true)
            self.both, self.said = self.both + both - 1, self.said + len(said) - 1
            self.true += len(true) - 1
            far = [o for o in true if gold[o][1] != gold[name][1]]
            self.possible += len(far)
            self.cross += sum(home[o] == home[name] for o in far)

    def join(self, other: Tally) -> None:
        for name, value in vars(other).items():
            setattr(self, name, getattr(self, name) + value)

    def __str__(self) -> str:
        p, r = self.p / self.n, self.r / self.n
        pw_p, pw_r = self.both / max(self.said, 1), self.both / max(self.true, 1)
        return (
            f"B3 {p:.3f} {r:.3f} {2 * p * r / (p + r):.3f}  pairs {pw_p:.3f} {pw_r:.3f}"
            f" {2 * pw_p * pw_r / (pw_p + pw_r):.3f}"
            f"  cross {self.cross / max(self.possible, 1):.3f}"
        )


def scored(corpora: Sequence[Corpus], weights: Vector,
           only: int | None = None, into: Sequence[Tally] = ()) -> list[Tally]:  # fmt: skip
    tallies = list(into or [Tally() for _ in (*corpora, 0)])
    kept = dict(match.WEIGHTS)
    match.WEIGHTS.update(weights)
    for corpus, tally in zip(corpora, tallies, strict=False):
        tally.add(corpus, only)
        tallies[-1].add(corpus, only)
    match.WEIGHTS.update(kept)
    return tallies


def read(argv: Sequence[str], lexicon: Any) -> tuple[list[str], list[Corpus]]:
    """The corpora by name, each read again with mistakes where that is asked."""
    sets = [[Path(one) for one in name.split("+")] for name in argv if not name.startswith("-")]
    corpora = [[node for path in files for node in nodes_of(path, lexicon)] for files in sets]
    names = ["+".join(path.stem for path in files) for files in sets]
    for salt in range(MARRED if "--marred" in argv else 0):
        for name, corpus in list(zip(names[: len(sets)], corpora, strict=False)):
            corpora.append(
                [(marred(n, salt), e, g) for n, e, g in corpus if isinstance(n, Mention)]
            )
            names.append(f"{name} {salt + 1}")
    return names, corpora


def gathered(argv: Sequence[str], corpora: Sequence[Corpus], lexicon: Any) -> list[Example]:
    """All pairs to learn from."""
    data = [one for corpus in corpora for one in examples(corpus)]
    if "--moved" in argv:
        data += [one for corpus in corpora for one in moved(corpus, 0.25)]
    if "--record" in argv:
        events = annotate(load(ROOT / "db" / "record").events, lexicon)
        data += examples([(event, event.id, "en") for event in events], 0.3)
    return data


def folds_left_out(
    corpora: Sequence[Corpus], data: Sequence[Example], ridge: float, shift: float
) -> list[Tally]:
    """Each fold of events clustered with weights of the others."""
    tallies = [Tally() for _ in (*corpora, 0)]
    for one in range(FOLDS):
        seen = [x for x in data if one not in (fold(x[2]), fold(x[3]))]
        weights = fitted(seen, HAND, ridge)
        weights["start"] += shift
        scored(corpora, weights, one, tallies)
    return tallies


def files_left_out(
    corpora: Sequence[Corpus], data: Sequence[Example], ridge: float, shift: float
) -> list[Tally]:
    """Each set clustered with weights of the others, without events of the days that it tells."""
    tallies, together = [], Tally()
    for corpus in corpora:
        days = {event[:10] for _, event, _ in corpus}
        seen = [x for x in data if days.isdisjoint((x[2][:10], x[3][:10]))]
        weights = fitted(seen, HAND, ridge)
        weights["start"] += shift
        found = scored([corpus], weights)
        tallies.append(found[0])
        together.join(found[0])
    return [*tallies, together]


def main(argv: list[str]) -> int:
    ridge = next((float(a.partition("=")[2]) for a in argv if a.startswith("--ridge=")), RIDGE)
    shift = next((float(a.partition("=")[2]) for a in argv if a.startswith("--shift=")), SHIFT)
    lexicon = load_lexicon(ROOT / "db" / "lexicon")
    if all(name.startswith("-") for name in argv):
        print("name the files of labelled items", file=sys.stderr)
        return 2
    names, corpora = read(argv, lexicon)
    data = gathered(argv, corpora, lexicon)
    prior = HAND if "--by-hand" in argv else dict(match.WEIGHTS)
    print(f"{len(data)} pairs, {sum(y for _, y, *_ in data)} of them of one event")
    shown(names, "present", scored(corpora, prior))
    whole = sum(not name.startswith("-") for name in argv) if "--files" in argv else len(names)
    leave = files_left_out if "--files" in argv else folds_left_out
    shown(names[:whole], "left out", leave(corpora[:whole], data, ridge, shift))
    weights = fitted(data, HAND, ridge)
    weights["start"] = round(weights["start"] + shift, 2)
    shown(names, "all seen", scored(corpora, weights))
    for name, weight in weights.items():
        count = sum(name in x for x, *_ in data)
        print(f"    {name!r}: {weight},  # by hand {HAND[name]}, {count} pairs")
    return 0


def shown(names: Sequence[str], title: str, tallies: Sequence[Tally]) -> None:
    for name, tally in zip((*names, "together"), tallies, strict=True):
        print(f"{title:9} {name:20} {tally}")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
