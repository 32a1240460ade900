"""Every line of the labelled real news has the form its README promises; labels cannot be checked."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest

from tracker.model import DIRECTIONS, KINDS

FOLDER: Final = Path(__file__).parents[1] / "benchmarks" / "corpus"
FILES: Final = sorted(FOLDER.glob("*.jsonl"))
SHARED: Final = ("event_date", "kind", "direction")
each = pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])

Row = dict[str, Any]


@cache
def rows(path: Path) -> tuple[Row, ...]:
    return tuple(map(json.loads, path.read_text(encoding="utf-8").splitlines()))


def events(path: Path) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows(path):
        if row["label"]["relevant"]:
            found[row["label"]["event_id"]].append(row)
    return found


@each
def test_readme_counts_are_those_of_the_file(path: Path) -> None:
    langs = Counter(row["lang"] for row in rows(path))
    found = events(path)
    counts = (
        len(rows(path)), sum(map(len, found.values())), len(found),
        langs["en"], langs["zh-Hans"], langs["zh-Hant"],
    )  # fmt: skip
    cells = " | ".join(map(str, counts))
    assert f"| `{path.name}` | {cells} |" in (FOLDER / "README.md").read_text(encoding="utf-8")


def test_readme_count_of_all() -> None:
    total = sum(len(rows(path)) for path in FILES)
    assert f"{total:,} real news items" in (FOLDER / "README.md").read_text(encoding="utf-8")


@each
def test_ids_and_pages_are_unique(path: Path) -> None:
    for key in ("id", "url"):
        assert max(Counter(row[key] for row in rows(path)).values()) == 1


@each
def test_items_are_whole(path: Path) -> None:
    for row in rows(path):
        assert row["title"].strip(), row["id"]
        assert row["summary"].strip(), row["id"]
        assert row["lang"] in ("en", "zh-Hans", "zh-Hant"), row["id"]
        assert row["title_source"] in ("page", "slug_or_own"), row["id"]
        assert re.match("https?://", row["url"]), row["id"]
        date.fromisoformat(row["published"])


@each
def test_labels_are_whole(path: Path) -> None:
    for row in rows(path):
        label = row["label"]
        if not label["relevant"]:
            assert label["event_id"] is None, row["id"]
            assert label["negative_type"], row["id"]
            continue
        assert label["kind"] in KINDS, row["id"]
        assert label["direction"] in DIRECTIONS, row["id"]
        assert label["precision"] in ("day", "month"), row["id"]
        assert re.fullmatch(r"\d{4}-\d\d(-\d\d)?", label["event_date"]), row["id"]


@each
def test_the_items_of_an_event_share_its_label(path: Path) -> None:
    for event, items in events(path).items():
        for key in SHARED:
            assert len({row["label"][key] for row in items}) == 1, (event, key)
