"""Headlines as wires, papers and newsletters would write them: 760 made-up ones of acts that never
were, one in four of no act at all, labelled by three writers who had not seen the rules.

What they want are sets of values. 520 were read afterwards for classes of phrasing; 240 tell of 60
acts in several words and languages, ten pairs of which are neighbours.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.core.test_contrary import wrong
from tracker.core.lexicon import Lexicon
from tracker.core.recognise import recognise_each
from tracker.jobs.scan import entry_of, scan
from tracker.model import Mention

ITEMS = Path(__file__).parent / "data" / "wires.jsonl"


def rows() -> list[dict[str, Any]]:
    return [json.loads(line) for line in ITEMS.read_text("utf-8").splitlines()]


def in_what(told: Mention, want: dict[str, Any]) -> set[str]:
    """In what a judgement differs from what is wanted, its capital too."""
    found = set(wrong(told, want))
    capital = told.jurisdiction[0] if told.jurisdiction else "?"
    if told.relevant and capital not in want.get("capital", [capital]):
        found.add("capital")
    return found


@cache
def found(lexicon: Lexicon) -> dict[str, Counter[str]]:
    """How many are wrong in what, by language."""
    some = rows()
    told = recognise_each([entry_of(n, row, {})[1] for n, row in enumerate(some)], lexicon)
    errors: dict[str, Counter[str]] = {"en": Counter(), "zh": Counter()}
    for row, mentions in zip(some, told, strict=True):
        errors[row["lang"][:2]].update(["items", *in_what(mentions[0], row["want"])])
    return errors


@pytest.mark.parametrize(
    ("lang", "most"),
    [
        ("en", {"missed": 27, "false alarm": 0, "kind": 28, "direction": 28, "capital": 22,
                "status": 22, "event_date": 17}),
        ("zh", {"missed": 14, "false alarm": 0, "kind": 19, "direction": 20, "capital": 10,
                "status": 9, "event_date": 13}),
    ],
)  # fmt: skip
def test_plain_news_is_read_for_what_it_is(
    lang: str, most: dict[str, int], lexicon: Lexicon
) -> None:
    count = found(lexicon)[lang]
    assert count["items"] == 380
    assert {name: count[name] for name in most if count[name] > most[name]} == {}


def test_neighbouring_acts_stay_apart_and_reports_of_one_come_together(lexicon: Lexicon) -> None:
    some = [row for row in rows() if row["id"].startswith("m")]
    asked = [json.dumps({key: row[key] for key in row if key != "want"}) for row in some]
    held: dict[str, list[str]] = defaultdict(list)
    for row, said in zip(some, scan(asked, lexicon), strict=True):
        if row["want"]["relevant"] and said["event_id"]:
            held[said["event_id"]].append(row["want"]["event"])
    assert [acts for acts in held.values() if len(set(acts)) > 1] == []
    pairs = sum(len(acts) * (len(acts) - 1) // 2 for acts in held.values())
    assert pairs >= 168  # of 196
