"""The shipped record, whole, and what happens to a wrong one."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tracker.core.event_days import known_of
from tracker.errors import RecordError
from tracker.model import Record
from tracker.record.load import load
from tracker.record.snapshot import digest, pack, stamp, unpack

EVENT = "events/2025/2025-05-13-first.toml"
SHIPPED = Path(__file__).parents[2] / "db" / "record"


@pytest.fixture(scope="module")
def record() -> Record:
    return load(SHIPPED)


def test_nothing_of_the_record_is_lost(record: Record) -> None:
    assert len(record.events) == 444
    assert sum(len(event.sources) for event in record.events) == 1565
    assert len(record.observations) == 175
    assert len(record.series) == 24
    assert len(record.measures) == 66
    assert sum(len(measure.states) for measure in record.measures) == 184
    assert len(record.claims) == 33


def test_the_record_day_is_one_for_the_whole(record: Record) -> None:
    assert record.day == date(2026, 7, 7)


def test_an_event_keeps_its_dates_and_what_is_not_known(record: Record) -> None:
    events = {event.id: event for event in record.events}
    rule = events["2022-10-07-bis-advanced-computing-rule"]

    assert rule.dates["effective"] == (date(2022, 10, 7), date(2022, 10, 12), date(2022, 10, 21))
    assert rule.dates["published"] == (date(2022, 10, 13),)
    assert rule.binding is True
    assert rule.sources[0].ref == "87 FR 62186; FR Doc. 2022-21658; BIS Docket No. 220930-0204"
    assert (rule.sources[0].official, rule.sources[0].official_text) == (False, True)
    assert (rule.sources[1].published, rule.sources[1].published_approx) == (None, "2022-10")
    assert events["2025-01-20-deepseek-r1-released"].binding is None
    assert sum(event.binding is None for event in record.events) == 136
    assert sum(s.title is None for event in record.events for s in event.sources) == 588
    assert sum(s.published is None for event in record.events for s in event.sources) == 450


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("2022-08-26-us-a100-h100-letter", date(2022, 8, 31)),
        ("2025-05-23-us-eda-licence-letters", date(2025, 5, 28)),
        ("2025-10-04-cn-nexperia-export-block", date(2025, 10, 14)),
        ("2025-10-07-pentagon-1260h-letter", date(2025, 11, 26)),
        # Laws are signed in public, whenever law firms write of them.
        ("2018-08-13-us-export-control-reform-act", date(2018, 8, 13)),
        ("2022-12-23-ndaa-5949-chinese-chip-procurement-ban", date(2022, 12, 23)),
    ],
)
def test_a_letter_is_known_from_the_day_on_which_it_was_told(
    record: Record, name: str, day: date
) -> None:
    """Until then nobody could have it in a timeline, nor any figure beside it."""
    (event,) = (one for one in record.events if one.id == name)
    assert known_of(event) == day


def test_figures_stay_as_printed_and_in_their_order(record: Record) -> None:
    first, second = record.observations[:2]

    assert [row.number for row in record.observations] == list(range(175))
    assert (first.value, first.qualifier, first.flag) == (50, ">", "untraceable")
    assert (second.house, second.variant, second.value_low) == ("DayDayNews blog", None, None)
    assert sum(isinstance(row.value, int) for row in record.observations) == 124
    assert sum(row.url is None for row in record.observations) == 5
    assert sum(row.derived for row in record.observations) == 22


def test_a_snapshot_holds_the_record_whole(record: Record) -> None:
    assert unpack(pack(record)) == record
    assert pack(unpack(pack(record))) == pack(record)


@pytest.mark.parametrize("harm", [b"", b"{}", b"[]", b'{"format": 99}', b"\xff\xfe", b"null"])
def test_a_damaged_snapshot_says_so(harm: bytes) -> None:
    with pytest.raises(RecordError, match="snapshot"):
        unpack(harm)


def test_a_truncated_snapshot_says_so(record: Record) -> None:
    with pytest.raises(RecordError, match="snapshot"):
        unpack(pack(record)[:-100])


def test_the_digest_follows_the_contents_and_the_stamp_the_files(tmp_path: Path) -> None:
    """A copied folder has the same digest; an edited one neither."""
    copy = Path(shutil.copytree(SHIPPED, tmp_path / "record"))
    before = stamp(copy)

    assert digest(copy) == digest(SHIPPED)
    assert stamp(copy) == before
    (copy / "record.toml").write_text('schema = 1\nday = "2026-07-08"\n', encoding="utf-8")
    assert digest(copy) != digest(SHIPPED)
    assert stamp(copy) != before


def test_a_moved_file_changes_the_digest(tmp_path: Path) -> None:
    copy = Path(shutil.copytree(SHIPPED, tmp_path / "record"))
    (copy / "claims.toml").rename(copy / "series2.toml")

    assert digest(copy) != digest(SHIPPED)


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    for question in (load, digest, stamp):
        with pytest.raises(RecordError, match="absent"):
            question(tmp_path / "absent")


# ---- mistakes in a file ---------------------------------------------------------------------

Edit = Callable[[str, str, str], Path]


def test_a_message_names_file_and_line_and_shows_it(edit: Edit) -> None:
    folder = edit(EVENT, 'kind = "rule"', 'kind = "ruel"')

    with pytest.raises(RecordError) as caught:
        load(folder)
    assert str(caught.value).splitlines() == [
        f"{folder}/{EVENT}:4: unknown kind 'ruel'.",
        '  4 | kind = "ruel"',
        "    | ^^^^^^^^^^^^^",
        "Try: did you mean rule?",
    ]


@pytest.mark.parametrize(
    ("file", "old", "new", "line", "words"),
    [
        ("record.toml", "schema = 1", "schema = 2", 1, "schema must be 1"),
        ("record.toml", "schema = 1", "schema = = 1", 1, "not TOML"),
        (EVENT, 'title = "A rule"\n', "", 1, "title is missing"),
        (EVENT, 'date = "2025-05-13"', 'date = "2025-05-32"', 2, "not in the calendar"),
        (EVENT, 'date = "2025-05-13"', 'date = "May 2025"', 2, "must be a full day"),
        (EVENT, 'date = "2025-05-13"', "date = 2025-05-13", 2, "must be a full day"),
        (EVENT, '"2025-07-01"', '"2025-07"', 20, "effective must be a full day"),
        (EVENT, "official = true", 'official = "yes"', 27, "true or false"),
        (EVENT, "official = true\n", "", 22, "official is missing"),
        (EVENT, 'items = ["H20"]', 'items = "H20"', 14, "list of texts"),
        (EVENT, "announced =", "anounced =", 19, "did you mean announced"),
        ("observations.toml", "value = 14", 'value = "14"', 6, "must be a number"),
        ("observations.toml", "value = 14", "value = nan", 6, "must be a number"),
        ("observations.toml", 'lang = "en"', 'lang = "en"\nvalu = 1', 14, "unknown key 'valu'"),
        ("measures/rule.toml", 'from = "2025-06-01"', 'from = "2025"', 20, "must be a full day"),
    ],
)
def test_each_mistake_stands_at_its_line(
    edit: Edit, file: str, old: str, new: str, line: int, words: str
) -> None:
    folder = edit(file, old, new)

    with pytest.raises(RecordError) as caught:
        load(folder)
    assert words in str(caught.value)
    assert caught.value.what.startswith(f"{folder}/{file}:{line}: ")


def test_a_file_that_is_not_utf8_is_named_with_its_line(small: Path) -> None:
    path = small / "claims.toml"
    path.write_bytes(b"# one\n# two \xff\n")

    with pytest.raises(RecordError, match=r"claims\.toml:2: the file is not UTF-8"):
        load(small)


def test_a_missing_file_is_named(small: Path) -> None:
    (small / "series.toml").unlink()

    with pytest.raises(RecordError, match=r"series\.toml:1: the file is missing"):
        load(small)


def test_lines_inside_long_strings_are_no_keys(edit: Edit) -> None:
    """What looks like a key or a header inside a text must not shift the line of a mistake."""
    new = 'summary = """\n[[sources]]\nurl = 1\n"""'
    folder = edit(EVENT, 'summary = "What it says."', new)
    path = folder / "events" / "2025" / "2025-05-13-first.toml"
    path.write_text(path.read_text("utf-8").replace("official = true", "official = 3"), "utf-8")

    with pytest.raises(RecordError) as caught:
        load(folder)
    assert caught.value.what.splitlines()[1].endswith("| official = 3")
