"""The contract of scan: order, ids, bad lines, hostile values."""

from __future__ import annotations

import json
import random
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.jobs.rooms import NOON
from tracker.core.lexicon import Lexicon
from tracker.errors import UsageProblem
from tracker.jobs.backfill_item import Arrivals
from tracker.jobs.scan import entry_of, lines_of, scan
from tracker.record.lexicon import load_lexicon

ROOT = Path(__file__).parents[2]
ITEMS = [
    {"id": "a", "title": "US lets Nvidia sell H20 chips to China again", "published": "2025-07-15"},
    {"id": "b", "title": "美國批准輝達恢復對華出口H20晶片", "published": "2025-07-16"},
    {"id": "c", "title": "Review: a new laptop", "published": "2025-07-16"},
]
FIELDS = {
    "id", "relevant", "recap", "event_id", "event_date", "precision", "end_date", "kind",
    "direction", "items", "actors", "jurisdiction", "score", "reasons", "also",
}  # fmt: skip


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon(ROOT / "db" / "lexicon")


def run(items: list[Any], lexicon: Lexicon) -> list[dict[str, Any]]:
    return list(scan([json.dumps(item) for item in items], lexicon))


def test_one_line_each_in_order(lexicon: Lexicon) -> None:
    out = run(ITEMS, lexicon)
    assert [row["id"] for row in out] == ["a", "b", "c"]
    assert all(set(row) == FIELDS for row in out)
    assert out[0]["event_id"] == out[1]["event_id"] is not None
    assert (out[0]["kind"], out[0]["event_date"]) == (out[1]["kind"], out[1]["event_date"])
    assert (out[2]["relevant"], out[2]["event_id"]) == (False, None)


def test_a_reason_quotes_words_with_rule_and_place(lexicon: Lexicon) -> None:
    item = {"title": "US bars H20 exports to China", "summary": "BIS said so on Monday.",
            "published": "2025-07-15"}  # fmt: skip
    why = [reason["why"] for reason in run([item], lexicon)[0]["reasons"]]
    rule = next(one for one in why if one.startswith("'US … bars … H20"))
    assert re.search(r" \(db/lexicon/acts\.toml:\d+\) \[headline 1, 4, 9(?:, \d+)*\]$", rule), rule
    assert "'Monday' read as 2025-07-14 (plain) [text 16]" in why


def test_items_read_together_say_what_each_says_alone(
    lexicon: Lexicon, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = (ROOT / "tests" / "corpus" / "third.jsonl").read_text(encoding="utf-8").splitlines()
    together = list(scan(lines, lexicon))
    monkeypatch.setattr("tracker.jobs.scan.AT_ONCE", 1)
    assert list(scan(lines, lexicon)) == together
    assert len({row["kind"] for row in together}) > 5


def test_the_answer_does_not_depend_on_the_order(lexicon: Lexicon) -> None:
    whole = {row["id"]: row for row in run(ITEMS, lexicon)}
    for seed in range(5):
        mixed = list(ITEMS)
        random.Random(seed).shuffle(mixed)
        assert {row["id"]: row for row in run(mixed, lexicon)} == whole


@pytest.mark.parametrize("bad", ["{", "[1]", "7", "null", '"x"', "{]" * 3])
def test_a_bad_line_is_named(lexicon: Lexicon, bad: str) -> None:
    with pytest.raises(UsageProblem, match="Line 2 ") as error:
        scan([json.dumps(ITEMS[0]), bad], lexicon)
    assert "line 1" not in error.value.what


@pytest.mark.parametrize(
    "item",
    [
        {}, {"id": 7}, {"id": None, "title": None}, {"title": ["x"], "summary": 3},
        {"id": "x", "title": "\x00\ud800 H20", "published": "2025-02-30"},
        {"id": "x", "title": "H20 " * 300_000, "published": "9999-12-31"},
        {"id": "x", "title": "US bans Nvidia chips for China", "published": "0001-01-01"},
        {"id": "x", "title": "US bans Nvidia chips for China"},
        {"id": "x", "title": "US bans chips", "published": "2025-07-15T23:30:00-07:00"},
        {"id": "x", "title": "US bans chips", "published": {"a": 1}, "lang": "xx"},
    ],
)  # fmt: skip
def test_odd_values_are_answered(lexicon: Lexicon, item: dict[str, Any]) -> None:
    (row,) = run([item], lexicon)
    assert set(row) == FIELDS
    assert row["id"] == (item["id"] if item.get("id") is not None else "line-1")
    json.dumps(row)


def test_what_no_judgement_can_rest_on_is_counted(lexicon: Lexicon) -> None:
    odd: dict[str, list[int]] = {}
    items = [
        ITEMS[0], {"title": 5, "published": "2025-02-30"}, {"title": "", "published": None},
        {"title": ["x"], "published": [20250415]}, {"headline": "H20", "published": "2025-04-15"},
    ]  # fmt: skip
    assert len(list(scan([json.dumps(item) for item in items], lexicon, oddities=odd))) == 5
    assert odd == {
        "a date that cannot be read": [2, 4], "no title": [3, 5], "no date": [3],
        "a title that is no text": [4],
    }  # fmt: skip


@pytest.mark.parametrize(
    "day", ["2999-01-01", "1700-01-01", "2026-07-14T00:00:00+08:00", "2026-07-11T17:00:00Z"]
)
def test_a_day_on_which_nothing_can_have_been_published_is_counted_and_dates_nothing(
    lexicon: Lexicon, day: str
) -> None:
    odd: dict[str, list[int]] = {}
    items = [{**ITEMS[0], "published": "2026-07-10"}, {**ITEMS[0], "published": day}]
    good, bad = scan([json.dumps(one) for one in items], lexicon, oddities=odd, now=NOON)
    assert odd == {"an improbable date": [2]}
    assert (good["event_date"], bad["event_date"]) == ("2026-07-10", None)


def test_an_id_that_json_cannot_say_is_none(lexicon: Lexicon) -> None:
    (row,) = scan(['{"id": 1e999, "title": "x"}'], lexicon)
    assert row["id"] == "line-1"


@pytest.mark.parametrize("sign", ["\x1b[31m", "\x1b[1;4m", "\x9b31m", "\x1b]0;t\x07", "\x1b(B"])
def test_what_steers_a_terminal_is_left_out_whole_before_reading(
    lexicon: Lexicon, sign: str
) -> None:
    plain = {"id": "a", "title": "US bans H20 exports to China", "published": "2025-04-15"}
    odd = {**plain, "title": f"US bans {sign}H20\x1b[0m exports to China"}
    (clean,), (told,) = run([plain], lexicon), run([odd], lexicon)
    assert told["items"] == ["H20"]
    assert {**told, "event_id": None} == {**clean, "event_id": None}


def test_an_id_with_half_a_letter_is_none(lexicon: Lexicon) -> None:
    rows = run([{"id": "a\ud800", "title": "x"}, {"id": "新\U0001f600", "title": "x"}], lexicon)
    assert [row["id"] for row in rows] == ["line-1", "新\U0001f600"]


@pytest.mark.parametrize("data", ['{"id": %s}', '[{"id": 1},\n{"id": %s}]'])
def test_a_number_that_nothing_reads_is_told_in_our_words(lexicon: Lexicon, data: str) -> None:
    with pytest.raises(
        UsageProblem, match="cannot be read: a number in it has 5,000 digits"
    ) as told:
        scan(lines_of((data % ("-" + "9" * 5000)).encode()), lexicon)
    assert "sys." not in f"{told.value}"


@pytest.mark.parametrize("word", ["NaN", "Infinity", "-Infinity"])
def test_what_only_python_reads_is_no_json(lexicon: Lexicon, word: str) -> None:
    lines = ['{"title": "x"}', f'{{"id": "a", "title": "x", "published": {word}}}']
    with pytest.raises(UsageProblem, match=f"Line 2 is not JSON: it has no {word}"):
        scan(lines, lexicon)
    for array in (f"[{lines[1]}]", f"[{lines[0]},\n{lines[1]}]"):
        with pytest.raises(UsageProblem, match=f"is not JSON: it has no {word}"):
            scan(lines_of(array.encode()), lexicon)


GB = '{"id": "b", "title": "美国禁止H20出口中国", "published": "2025-04-15"}'.encode("gb18030")
GOOD = json.dumps(ITEMS[0]).encode()


@pytest.mark.parametrize(
    ("data", "number"),
    [
        (GOOD + b"\n" + GB, 2), (GB, 1), (b"[" + GOOD + b",\n" + GB + b"]", 2),
        (GOOD.decode().encode("utf-16"), 1), (b'{"title": "US \xed\xa0\x80 bans H20"}', 1),
    ],
)  # fmt: skip
def test_a_line_in_another_encoding_is_named_and_never_guessed(
    lexicon: Lexicon, data: bytes, number: int
) -> None:
    with pytest.raises(UsageProblem, match=rf"^Line {number} is not UTF-8\.") as error:
        scan(lines_of(data), lexicon)
    assert "iconv -f GB18030" in error.value.hint


def test_nothing_in_nothing_out(lexicon: Lexicon) -> None:
    assert list(scan([], lexicon)) == []
    assert list(scan(["", "\n"], lexicon)) == []


def test_two_equal_lines_are_two_answers(lexicon: Lexicon) -> None:
    out = run([ITEMS[0], ITEMS[0]], lexicon)
    assert out[0] == out[1]


def test_an_undated_item_has_an_event_without_a_day(lexicon: Lexicon) -> None:
    (row,) = run([{"id": "x", "title": "US bans Nvidia AI chips for China"}], lexicon)
    assert row["relevant"]
    assert row["event_date"] is None
    assert row["event_id"]


@pytest.mark.parametrize(
    ("published", "day", "odd"),
    [
        ("13.02.2025", "2025-02-13", ()),
        ("03/04/2025", None, ("a date that can be read two ways",)),
        ("soon", None, ("a date that cannot be read",)),
    ],
)
def test_figures_are_a_day_where_there_is_no_doubt(
    lexicon: Lexicon, published: str, day: str | None, odd: tuple[str, ...]
) -> None:
    told: dict[str, list[int]] = {}
    item = {"title": "US bans Nvidia AI chips for China", "published": published}
    (row,) = scan([json.dumps(item)], lexicon, oddities=told)
    assert row["event_date"] == day
    assert tuple(why.split(" (")[0] for why in told) == odd


@pytest.mark.parametrize(
    ("published", "day"),
    [
        (20250213, "2025-02-13"), (20250213.0, "2025-02-13"), (1739404800, "2025-02-13"),
        (1739404800000, "2025-02-13"), ("20250213", "2025-02-13"), (True, None), (5, None),
        (20251340, None), (float("inf"), None), ([20250213], None),
    ],
)  # fmt: skip
def test_a_number_is_the_day_that_an_archive_reads(published: object, day: str | None) -> None:
    """``scan`` and ``backfill`` agree on a column of whole numbers."""
    item = {"title": "US bans Nvidia AI chips for China", "published": published}
    told: dict[str, list[int]] = {}
    _, entry = entry_of(1, item, told)
    with Arrivals((), datetime(2026, 7, 10, tzinfo=UTC)) as arrivals:
        kept = arrivals._row(item)
    stored = None if isinstance(kept, str) else kept.arrival.published
    assert entry.published == stored
    assert (str(stored.date()) if stored else None) == day
    assert [*told] == ([kept] if isinstance(kept, str) else [])


def test_without_a_day_of_publication_a_day_in_full_is_the_events(lexicon: Lexicon) -> None:
    item = {"title": "US bans AI chips for China", "summary": "It did so on 15 July 2025."}
    (row,) = run([item], lexicon)
    assert row["event_date"] == "2025-07-15"
    assert any("'15 July 2025' read as 2025-07-15" in one["why"] for one in row["reasons"])
