"""Every line of the made-up corpus has the form its README promises."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from unicodedata import category

import opencc
import pytest

from tracker.model import DIRECTIONS, KINDS

PATH = Path(__file__).parent / "corpus" / "heldout.jsonl"
KEYS = {
    "id", "title", "summary", "url", "publisher", "published", "lang", "title_source", "label",
}  # fmt: skip
LABEL_KEYS = {
    "relevant", "event_id", "event_date", "precision", "kind", "direction", "items", "actors",
    "is_new_report",
}  # fmt: skip
ALT_KEYS = {"relevant", "event_date", "kind", "direction"}
EVENT_ID = re.compile(r"(\d{4}-\d{2}-\d{2})-[a-z0-9]+(?:-[a-z0-9]+)*")
HAN = re.compile(r"[\u3400-\u9fff]")
NULLS = ("event_id", "event_date", "precision", "kind", "direction")
# The labels belong to the event, so all its items share them.
SHARED = ("event_date", "event_end", "precision", "kind", "direction")

Row = dict[str, Any]


@cache
def rows() -> tuple[Row, ...]:
    lines = PATH.read_text(encoding="utf-8").splitlines()
    return tuple(json.loads(line) for line in lines)


def positives() -> list[Row]:
    return [row for row in rows() if row["label"]["relevant"]]


def negatives() -> list[Row]:
    return [row for row in rows() if not row["label"]["relevant"]]


def several(value: object) -> list[Any]:
    return value if isinstance(value, list) else [value]


@cache
def converter(table: str) -> opencc.OpenCC:
    return opencc.OpenCC(table)


def text_of(row: Row) -> str:
    return f"{row['title']} {row['summary']}"


def each(found: list[Row] | tuple[Row, ...]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("row", found, ids=[row["id"] for row in found])


def test_readme_counts_are_those_of_the_file() -> None:
    counts = Counter((row["label"]["relevant"], row["lang"]) for row in rows())
    readme = PATH.with_name("README.md").read_text(encoding="utf-8")
    for name, relevant in (("relevant", True), ("negative", False)):
        by_language = [counts[relevant, lang] for lang in ("en", "zh-Hans", "zh-Hant")]
        cells = " | ".join(str(number) for number in (sum(by_language), *by_language))
        assert f"| {name} | {cells} |" in readme
    assert f"{len(rows())} news items" in readme


def test_readme_count_of_events_in_both_languages() -> None:
    languages: dict[str, set[str]] = defaultdict(set)
    for row in positives():
        languages[row["label"]["event_id"]].add(row["lang"][:2])
    both = sum(found == {"en", "zh"} for found in languages.values())
    readme = PATH.with_name("README.md").read_text(encoding="utf-8")
    assert f"{both} of the {len(languages)} events" in readme


@each(rows())
def test_keys_and_plain_values(row: Row) -> None:
    assert set(row) == KEYS
    for key in KEYS - {"label"}:
        assert isinstance(row[key], str), key
        assert row[key], key
        assert row[key] == row[key].strip(), key
        assert not any(category(one).startswith("C") for one in row[key]), key
    assert row["title_source"] == "made_up"
    assert 2022 <= date.fromisoformat(row["published"]).year <= 2026
    label = row["label"]
    optional = {"alt", "also", "event_end"} if label["relevant"] else {"alt", "negative_type"}
    assert set(label) >= LABEL_KEYS
    assert set(label) <= LABEL_KEYS | optional
    assert isinstance(label["relevant"], bool)
    assert isinstance(label["is_new_report"], bool)
    for key in ("items", "actors"):
        assert all(isinstance(one, str) and one for one in label[key]), key


@each(rows())
def test_id_and_address_are_invented_alike(row: Row) -> None:
    assert re.fullmatch(r"h[0-9a-f]{10}", row["id"])
    day = row["published"].replace("-", "/")
    tail = f"{day}/{row['id'][1:]}"
    assert re.fullmatch(rf"https://news\.example/[a-z0-9-]+/{tail}", row["url"])


@each(positives())
def test_positive_has_one_event(row: Row) -> None:
    label = row["label"]
    assert label["kind"] in KINDS
    assert label["direction"] in DIRECTIONS
    assert label["precision"] == "day"
    named = EVENT_ID.fullmatch(label["event_id"])
    assert named
    assert named[1] == label["event_date"]
    first = date.fromisoformat(label["event_date"])
    assert date.fromisoformat(label.get("event_end", label["event_date"])) >= first
    assert date.fromisoformat(row["published"]) >= first
    for other in label.get("also", []):
        assert EVENT_ID.fullmatch(other)
        assert other != label["event_id"]


@each(negatives())
def test_negative_has_no_event(row: Row) -> None:
    label = row["label"]
    assert [label[key] for key in NULLS] == [None] * len(NULLS)
    assert label["items"] == label["actors"] == []
    assert label["is_new_report"] is False
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", label["negative_type"])


@each([row for row in rows() if "alt" in row["label"]])
def test_second_values_are_values_and_differ(row: Row) -> None:
    label = row["label"]
    alt = label["alt"]
    assert alt
    assert set(alt) <= ALT_KEYS
    assert all(kind in KINDS for kind in several(alt.get("kind", [])))
    assert all(way in DIRECTIONS for way in several(alt.get("direction", [])))
    for day in several(alt.get("event_date", [])):
        date.fromisoformat(day)
    for key, value in alt.items():
        assert label[key] not in several(value), key


def test_an_event_has_one_date_kind_and_direction() -> None:
    found: dict[str, set[tuple[Any, ...]]] = defaultdict(set)
    for row in positives():
        label = row["label"]
        found[label["event_id"]].add(tuple(label.get(key) for key in SHARED))
    assert {event: values for event, values in found.items() if len(values) > 1} == {}


@each(rows())
def test_language_matches_script(row: Row) -> None:
    text = text_of(row)
    if row["lang"] == "en":
        assert not HAN.search(text)
        return
    assert row["lang"] in ("zh-Hans", "zh-Hant")
    assert len(HAN.findall(text)) > 10
    simplified, traditional = (
        sum(a != b for a, b in zip(text, converter(table).convert(text), strict=False))
        for table in ("s2t", "t2s")
    )
    own, other = (simplified, traditional)[:: 1 if row["lang"] == "zh-Hans" else -1]
    assert own > 2 * other


@pytest.mark.parametrize("key", ["id", "url", "title", "summary"])
def test_nothing_is_there_twice(key: str) -> None:
    seen = Counter(re.sub(r"\W", "", row[key]).casefold() for row in rows())
    assert [value for value, times in seen.items() if times > 1] == []


def test_a_publisher_has_one_address() -> None:
    slugs: dict[str, set[str]] = defaultdict(set)
    for row in rows():
        slugs[row["publisher"]].add(row["url"].split("/")[3])
    assert {name: found for name, found in slugs.items() if len(found) > 1} == {}
    assert len(set.union(*slugs.values())) == len(slugs)
