"""Labelled items of one act are put together, and few others: a floor under what is reached."""

from __future__ import annotations

import json

import pytest

from benchmarks.record_ids import CORPUS, ROOT
from benchmarks.score import across, clusters
from tracker.jobs.scan import scan
from tracker.record.lexicon import load_lexicon


@pytest.mark.parametrize(
    ("name", "least"),
    [
        ("heldout", (0.93, 0.88, 0.94, 0.84)),
        ("second", (0.95, 0.92, 0.97, 0.88)),
        ("third", (0.89, 0.82, 0.97, 0.70)),
    ],
)
def test_what_is_one_act_is_joined(name: str, least: tuple[float, ...]) -> None:
    """BCubed and pairs, the precision of pairs, and pairs across languages; what is missed counts.

    The weights were fitted on these items too, so that the floor is no estimate.
    """
    gold = [json.loads(line) for line in (CORPUS / f"{name}.jsonl").read_text("utf-8").splitlines()]
    asked = [json.dumps({k: v for k, v in row.items() if k != "label"}) for row in gold]
    rows = list(zip(gold, scan(asked, load_lexicon(ROOT / "db" / "lexicon")), strict=True))
    named = [
        (row["label"]["event_id"], said["event_id"] or f"alone {row['id']}")
        for row, said in rows
        if row["label"]["relevant"]
    ]
    _, _, bcubed, precision, _, pairs = clusters(named)
    together, possible = across(rows, strict=False)
    reached = (bcubed, pairs, precision, together / possible)
    assert all(one >= floor for one, floor in zip(reached, least, strict=True)), reached
