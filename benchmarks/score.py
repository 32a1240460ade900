"""Scores of recognition on labelled items: per language, per kind, with and without ``alt``.

    python benchmarks/score.py [FILE ...] [--strict]

A file holds one item a line with a ``label`` (``tests/corpus/README.md``). Without a file the
made-up items of ``tests/corpus/`` are scored. A file is shown whole and in two halves by event
(hash of the event id), so that a rule written from one half shows on the other.

Relevance is precision, recall and F1; kind, direction and day are accuracies over the true
positives; clusters are scored by BCubed (Bagga and Baldwin 1998) and by pairs.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tracker.jobs.scan import scan  # noqa: E402 - runs from a checkout without installation
from tracker.record.lexicon import load_lexicon  # noqa: E402

Row = dict[str, Any]
HEAD = (
    "P",
    "R",
    "F1",
    "kind",
    "dir",
    "day",
    "day1",
    "B3-P",
    "B3-R",
    "B3-F",
    "pw-P",
    "pw-R",
    "pw-F",
)


def accepted(label: Row, field: str, strict: bool) -> list[Any]:
    second = [] if strict else (label.get("alt") or {}).get(field, [])
    values = [label.get(field), *(second if isinstance(second, list) else [second])]
    return [value for value in values if value is not None]


def truth(label: Row, said: bool, strict: bool) -> bool:
    return said if said in accepted(label, "relevant", strict) else bool(label["relevant"])


def days_off(label: Row, said: str | None, strict: bool) -> int | None:
    if not said:
        return None
    day = date.fromisoformat(said)
    start = date.fromisoformat(label["event_date"])
    end = date.fromisoformat(label.get("event_end") or label["event_date"])
    if label.get("precision") == "month" and (day.year, day.month) == (start.year, start.month):
        return 0
    found = [max((start - day).days, (day - end).days, 0)]
    others = accepted(label, "event_date", strict)[1:]
    found += [abs((day - date.fromisoformat(other)).days) for other in others]
    return min(found)


def ratio(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def f1(p: float, r: float) -> float:
    return ratio(2 * p * r, p + r)


def clusters(pairs: Sequence[tuple[str, str]]) -> list[float]:
    """BCubed and pairwise precision, recall and F1 of (gold, predicted) cluster names."""
    cell, gold, said = Counter(pairs), Counter(g for g, _ in pairs), Counter(p for _, p in pairs)
    precision = ratio(sum(n * n / said[p] for (_, p), n in cell.items()), len(pairs))
    recall = ratio(sum(n * n / gold[g] for (g, _), n in cell.items()), len(pairs))

    def twos(counts: Iterable[int]) -> int:
        return sum(n * (n - 1) // 2 for n in counts)

    both, in_said, in_gold = twos(cell.values()), twos(said.values()), twos(gold.values())
    pw_p, pw_r = ratio(both, in_said), ratio(both, in_gold)
    return [precision, recall, f1(precision, recall), pw_p, pw_r, f1(pw_p, pw_r)]


def line(rows: Sequence[tuple[Row, Row]], strict: bool) -> list[float]:
    """Relevance, each field over the true positives with a label for it, then clusters."""
    hits = misses = false = 0
    told: dict[str, list[bool]] = {"kind": [], "direction": [], "day": [], "near": []}
    for gold, said in rows:
        label, yes = gold["label"], bool(said["relevant"])
        right = truth(label, yes, strict)
        hits, false, misses = hits + (yes and right), false + (yes and not right), misses + (
            right and not yes
        )  # fmt: skip
        if yes and right:
            judge(label, said, strict, told)
    p, r = ratio(hits, hits + false), ratio(hits, hits + misses)
    shares = [ratio(sum(found), len(found)) for found in told.values()]
    return [p, r, f1(p, r), *shares, *clusters(joinable(rows, strict))]


def judge(label: Row, said: Row, strict: bool, told: dict[str, list[bool]]) -> None:
    for field in ("kind", "direction"):
        if right := accepted(label, field, strict):
            told[field].append(said[field] in right)
    if label.get("event_date"):
        off = days_off(label, said["event_date"], strict)
        told["day"].append(off == 0)
        told["near"].append(off is not None and off <= 1)


def joinable(rows: Sequence[tuple[Row, Row]], strict: bool) -> list[tuple[str, str]]:
    """True and found cluster of what takes part in joining, by label and by answer."""
    return [
        (gold["label"]["event_id"], said["event_id"] or f"alone {gold['id']}")
        for gold, said in rows
        if gold["label"]["relevant"] and truth(gold["label"], bool(said["relevant"]), strict)
    ]


def across(rows: Sequence[tuple[Row, Row]], strict: bool) -> tuple[int, int]:
    """Pairs of one event in two languages that were put together, and all of them."""
    parts = [
        joinable([row for row in rows if (row[0]["lang"] == "en") == english], strict)
        for english in (True, False)
    ]
    found = [one[1] == two[1] for one in parts[0] for two in parts[1] if one[0] == two[0]]
    return sum(found), len(found)


def half(row: Row) -> int:
    name = row["label"].get("event_id") or row["id"]
    return hashlib.sha256(name.encode()).digest()[0] % 2


def show(title: str, rows: Sequence[tuple[Row, Row]], strict: bool) -> None:
    together, possible = across(rows, strict)
    print(f"\n{title}: {len(rows)} items, pairs across languages {together} of {possible}")
    print(f"{'':16}{'items':>6}" + "".join(f"{name:>7}" for name in HEAD))
    groups: dict[str, list[tuple[Row, Row]]] = {"all": list(rows)}
    for row in rows:
        groups.setdefault(row[0]["lang"], []).append(row)
    groups["zh, both"] = [row for row in rows if row[0]["lang"].startswith("zh")]
    for row in rows:
        if row[0]["label"]["relevant"]:
            groups.setdefault(f"  {row[0]['label']['kind']}", []).append(row)
    for name, part in sorted(groups.items(), key=lambda item: (item[0].startswith(" "), item[0])):
        if part:
            print(f"{name:16}{len(part):>6}" + "".join(f"{v:>7.3f}" for v in line(part, strict)))


def main(argv: list[str]) -> int:
    strict = "--strict" in argv
    files = [Path(name) for name in argv if not name.startswith("-")]
    lexicon = load_lexicon(ROOT / "db" / "lexicon")
    for path in files or sorted((ROOT / "tests" / "corpus").glob("*.jsonl")):
        gold = [json.loads(text) for text in path.read_text("utf-8").splitlines() if text.strip()]
        asked = [json.dumps({k: v for k, v in row.items() if k != "label"}) for row in gold]
        rows = list(zip(gold, scan(asked, lexicon), strict=True))
        show(path.name + (", strict" if strict else ""), rows, strict)
        for number, name in enumerate(("first half of events", "second half of events")):
            part = [row for row in rows if half(row[0]) == number]
            if part:
                show(f"{path.name}, {name}", part, strict)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
