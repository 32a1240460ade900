"""``benchmarks/ablation.py`` reaches into the core: every part that it leaves out is still there."""

from __future__ import annotations

import json
from itertools import islice
from pathlib import Path

from benchmarks.ablation import HEAD, ROWS, table
from tracker.record.lexicon import load_lexicon

ROOT = Path(__file__).parents[1]


def test_every_row_is_scored_and_parts_left_out_show() -> None:
    with (ROOT / "tests/corpus/heldout.jsonl").open(encoding="utf-8") as lines:
        gold = [json.loads(line) for line in islice(lines, 60)]
    rows = list(table([gold], load_lexicon(ROOT / "db" / "lexicon"), each=False))
    assert len(rows) == 2 + len(ROWS)
    assert all(row.count("|") == 2 + len(HEAD) for row in rows)
    numbers = dict(row.strip("| ").split(" | ", 1) for row in rows[2:])
    differ = {title for title, found in numbers.items() if found != numbers["all of it"]}
    assert differ >= {"no fitted roles", "no subject of the sentence"}
    assert any(title.startswith("joins") for title in differ)
