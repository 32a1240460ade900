"""Headlines that say no, take back, ask or suppose: 969 made-up ones, by two writers who had not
seen the rules and dug where they were weak. What they want are sets of values; what two readers
might see otherwise is left open. Rates here are far below those of the press.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tracker.core.lexicon import Lexicon
from tracker.core.recognise import recognise_each
from tracker.jobs.scan import entry_of
from tracker.model import Mention

ITEMS = Path(__file__).parent / "data" / "contrary.jsonl"


def wrong(told: Mention, want: dict[str, Any]) -> Iterator[str]:
    """In what a judgement differs from what is wanted."""
    if want.get("relevant") is False:
        yield from ("false alarm",) if told.relevant else ()
        return
    if not told.relevant:
        yield from ("missed",) if want.get("relevant") else ()
        return
    day = told.date.isoformat() if told.date else None
    said = {"kind": told.kind, "direction": told.direction, "event_date": day}
    yield from (name for name, value in said.items() if value not in want.get(name, [value]))
    words = told.kind == "statement" and "statement" in want.get("kind", ())
    if not words and told.status not in want.get("status", [told.status]):
        yield "status"


@cache
def found(lexicon: Lexicon) -> dict[str, Counter[str]]:
    """How many are wrong in what, by language."""
    rows = [json.loads(line) for line in ITEMS.read_text("utf-8").splitlines()]
    told = recognise_each([entry_of(n, row, {})[1] for n, row in enumerate(rows)], lexicon)
    errors: dict[str, Counter[str]] = {"en": Counter(), "zh": Counter()}
    for row, mentions in zip(rows, told, strict=True):
        count = errors[row["lang"][:2]]
        every = list(wrong(mentions[0], row["want"]))
        count.update(["items", *every, *(["any"] if every else [])])
    return errors


@pytest.mark.parametrize(
    ("lang", "most"),
    [
        ("en", {"any": 72, "direction": 19, "kind": 29, "false alarm": 17, "missed": 14}),
        ("zh", {"any": 53, "direction": 18, "kind": 14, "false alarm": 9, "missed": 12}),
    ],
)
def test_what_was_not_done_is_seldom_told_as_done(
    lang: str, most: dict[str, int], lexicon: Lexicon
) -> None:
    count = found(lexicon)[lang]
    assert count["items"] > 480
    assert {name: count[name] for name in most if count[name] > most[name]} == {}
