"""How many items of an event of the record carry its id, and how many that of another act.

    python benchmarks/record_ids.py [FILE ...] [--map TOML] [--list]

Items are labelled as in ``tests/corpus/`` (without a file these are read). The record tells a
labelled event under the same id, or under those that ``tests/corpus/in_record.toml`` names for
it; every other event is not in the record. ``--list`` prints what is missed and wrongly taken.
"""

from __future__ import annotations

import json
import sys
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final, NamedTuple

ROOT: Final = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tracker.core.lexicon import Lexicon  # noqa: E402 - runs from a checkout
from tracker.jobs.scan import scan  # noqa: E402
from tracker.model import RecordEvent  # noqa: E402
from tracker.record.lexicon import load_lexicon  # noqa: E402
from tracker.record.load import load  # noqa: E402

CORPUS: Final = ROOT / "tests" / "corpus"
Row = dict[str, Any]


class Carried(NamedTuple):
    """Items that carry the id they should, that should carry one, that carry one at all."""

    right: int
    wanted: int
    carried: int
    missed: tuple[str, ...]
    wrong: tuple[str, ...]


def carried(
    gold: list[Row], lexicon: Lexicon, record: Iterable[RecordEvent], known: dict[str, list[str]]
) -> Carried:
    """The items of one file, read with the record."""
    events = tuple(record)
    ids = {one.id for one in events}
    asked = [json.dumps({k: v for k, v in row.items() if k != "label"}) for row in gold]
    right = wanted = some = 0
    missed, wrong = [], []
    for row, said in zip(gold, scan(asked, lexicon, events), strict=True):
        event = row["label"].get("event_id") or ""
        own = known.get(event, [event] if event in ids else [])
        taken = said["event_id"] if said["event_id"] in ids else None
        right, wanted, some = right + (taken in own), wanted + bool(own), some + bool(taken)
        told = f"{row['id']}  {row['title'][:90]}  [{event or 'no event'}] -> {said['event_id']}"
        if own and taken not in own:
            missed.append(told)
        if taken and taken not in own:
            wrong.append(told)
    return Carried(right, wanted, some, tuple(missed), tuple(wrong))


def known_events(path: Path = CORPUS / "in_record.toml") -> dict[str, list[str]]:
    """The record events that tell a labelled event under another id."""
    return tomllib.loads(path.read_text("utf-8"))


def main(argv: list[str]) -> int:
    table = Path(argv.pop(argv.index("--map") + 1)) if "--map" in argv else None
    known = known_events(table) if table else known_events()
    lexicon, record = load_lexicon(ROOT / "db" / "lexicon"), load(ROOT / "db" / "record").events
    names = [Path(name) for name in argv if not name.startswith("-")]
    for path in names or sorted(CORPUS.glob("*.jsonl")):
        gold = [json.loads(text) for text in path.read_text("utf-8").splitlines() if text.strip()]
        one = carried(gold, lexicon, record, known)
        print(
            f"{path.name}: {one.right} of {one.wanted} items whose event is in the record carry its"
            f" id; {len(one.wrong)} of {one.carried} carry that of another act"
        )
        for sign, lines in (("missed", one.missed), ("wrong", one.wrong)):
            if "--list" in argv:
                print("".join(f"  {sign}  {line}\n" for line in lines), end="")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
