"""Labelled items whose act is in the record carry its id, and few others do."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

from benchmarks.record_ids import CORPUS, carried, known_events
from tracker.record.lexicon import load_lexicon
from tracker.record.load import load

ROOT = Path(__file__).parents[1]
ROWS = [
    json.loads(line)
    for path in sorted(CORPUS.glob("*.jsonl"))
    for line in path.read_text(encoding="utf-8").splitlines()
]


def test_the_table_names_events_that_are_there() -> None:
    told = {row["label"]["event_id"] for row in ROWS}
    record = {path.stem for path in (ROOT / "db" / "record" / "events").glob("*/*.toml")}
    known = known_events()
    assert set(known) <= told - record
    assert {id_ for ids in known.values() for id_ in ids} <= record


def test_known_acts_are_recognised_as_themselves() -> None:
    """A floor under what is reached, so that a change that loses it is seen."""
    record = load(ROOT / "db" / "record").events
    found = carried(ROWS, load_lexicon(ROOT / "db" / "lexicon"), record, known_events())
    assert found.wanted > 300
    assert found.right >= 0.9 * found.wanted, found.missed
    assert len(found.wrong) <= 0.05 * found.carried, found.wrong


def test_the_table_is_in_order() -> None:
    names = list(tomllib.loads((CORPUS / "in_record.toml").read_text(encoding="utf-8")))
    assert names == sorted(names)
