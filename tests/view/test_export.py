"""Exports, read back by real libraries; hostile text stays text."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from xml.etree import ElementTree as Xml

import feedparser
import icalendar
import pytest

from tests.view import sample
from tests.view.golden import agrees
from tracker.core.timeline import EventRow
from tracker.view import export
from tracker.view.export_csv import COLUMNS, safe

PAGE = sample.timeline()
EVENTS = len(PAGE.events)


def text(format_: str, page: sample.Timeline = PAGE) -> str:
    written = export.write(format_, page)
    return written if isinstance(written, str) else written.decode()


@pytest.mark.parametrize("format_", ["json", "csv", "md", "ics", "atom", "timelinejs"])
def test_the_export_as_written(format_: str) -> None:
    agrees(f"export.{format_}", text(format_))


@pytest.mark.parametrize("format_", list(export.FORMATS))
def test_a_poll_changes_no_byte(format_: str) -> None:
    later = sample.timeline(polled=datetime(2026, 11, 24, tzinfo=UTC))
    assert text(format_) == text(format_, later)


@pytest.mark.parametrize("format_", list(export.FORMATS))
def test_control_bytes_and_empty_answers(format_: str) -> None:
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f‮]", text(format_))
    assert isinstance(text(format_, sample.timeline(())), str)


def test_json_keeps_the_contract() -> None:
    whole = json.loads(text("json"))
    assert list(whole) == ["schema_version", "as_of", "events"]
    assert len(whole["events"]) == EVENTS
    first = whole["events"][0]
    assert first["market_share"][0]["known_before"]["value"] == 30
    assert first["sources"][0]["published"] == "2025-07-15"
    assert whole["events"][-1]["dates"] == {"effective": "2026-01-15"}
    assert whole["events"][3]["sources"][0]["published"] is None
    lines = [json.loads(line) for line in text("jsonl").splitlines()]
    assert lines == whole["events"]


def test_csv_has_one_row_an_event_and_no_formula() -> None:
    rows = list(csv.reader(io.StringIO(text("csv"))))
    assert rows[0] == list(COLUMNS)
    assert len(rows) == EVENTS + 1
    cells = [cell for row in rows for cell in row if cell]
    assert not [cell for cell in cells if cell[0] in "=+-@\t\r"]
    formula = replace(sample.CASE, title="=1+1", summary="@x", actors=("-2",))
    rows = list(
        csv.reader(io.StringIO(text("csv", sample.timeline((sample.EventRow(formula, (), None),)))))
    )
    assert rows[1][COLUMNS.index("title")] == "'=1+1"
    claim = replace(sample.FIGURE, qualifier="=")
    rows = list(
        csv.reader(
            io.StringIO(text("csv", sample.timeline((sample.EventRow(sample.CASE, (), claim),))))
        )
    )
    assert rows[1][COLUMNS.index("figure_qualifier")] == "eq"


@pytest.mark.parametrize("sign", list("=+-@＝＋－＠"))
def test_no_sign_that_a_spreadsheet_computes_stands_first(sign: str) -> None:
    assert safe(f"{sign}1+1") == f"'{sign}1+1"
    assert safe(f" \t{sign}1") == f"'{sign}1"
    assert safe(f"a{sign}1") == f"a{sign}1"


def test_ics_is_read_by_icalendar() -> None:
    calendar = icalendar.Calendar.from_ical(text("ics"))
    entries = {str(entry["uid"]): entry for entry in calendar.walk("VEVENT")}
    assert len(entries) == EVENTS
    talks = entries["2025-05-10-geneva-talks@export-control-timeline"]
    assert talks.decoded("dtstart") == date(2025, 5, 10)
    assert talks.decoded("dtend") == date(2025, 5, 13)
    month = entries["2025-07-01-orders-halted@export-control-timeline"]
    assert month.decoded("dtend") == date(2025, 8, 1)
    assert str(month["summary"]).startswith("CN: ~2025-07: ")
    assert all(len(line.encode()) <= 75 for line in text("ics").split("\r\n"))


def test_ics_sequence_rises_with_a_further_source() -> None:
    more = replace(sample.CASE, sources=(*sample.CASE.sources, sample.source(9)))
    numbers = []
    for one in (sample.CASE, more):
        page = sample.timeline((sample.EventRow(one, (), None),))
        calendar = icalendar.Calendar.from_ical(text("ics", page))
        numbers.append(int(calendar.walk("VEVENT")[0].decoded("sequence")))
    assert numbers == [1, 2]


def test_atom_is_read_by_feedparser() -> None:
    parsed = feedparser.parse(text("atom").encode())
    assert not parsed.bozo
    assert len(parsed.entries) == EVENTS
    assert len({entry.id for entry in parsed.entries}) == EVENTS
    hostile = next(entry for entry in parsed.entries if "cmd" in entry.title)
    assert not hostile.get("link", "").startswith("javascript")


def test_atom_moves_updated_when_an_event_gains_a_source() -> None:
    later = replace(sample.CASE, sources=(*sample.CASE.sources,
                                          sample.source(9, published=date(2026, 3, 1))))  # fmt: skip
    pages = [sample.timeline((sample.EventRow(one, (), None),)) for one in (sample.CASE, later)]
    entries = [feedparser.parse(text("atom", page).encode()).entries[0] for page in pages]
    assert entries[0].id == entries[1].id
    assert entries[0].updated < entries[1].updated == "2026-03-01T00:00:00Z"


def test_atom_is_valid_xml_with_one_entry_an_event() -> None:
    root = Xml.fromstring(text("atom"))
    assert len(root.findall("{http://www.w3.org/2005/Atom}entry")) == EVENTS


def test_timelinejs_carries_only_the_known_parts_of_a_date() -> None:
    slides = {slide["unique_id"]: slide for slide in json.loads(text("timelinejs"))["events"]}
    assert slides[sample.MONTH.id]["start_date"] == {"year": 2025, "month": 7}
    assert slides[sample.MONTH.id]["display_date"] == "July 2025"
    assert slides[sample.TALKS.id]["end_date"] == {"year": 2025, "month": 5, "day": 12}
    assert "<img" not in slides[sample.HOSTILE_EVENT.id]["text"]["headline"]


@pytest.mark.parametrize(("format_", "mark"), [("md", "## "), ("html", "<h2>")])
def test_what_is_known_to_the_year_stands_under_the_year(format_: str, mark: str) -> None:
    year = replace(sample.MONTH, date=date(2025, 1, 1), precision="year")
    rows = tuple(sample.EventRow(event, (), None) for event in (year, sample.MONTH))
    page = text(format_, sample.timeline(rows))
    assert f"{mark}2025, month not known" in page
    assert f"{mark}July 2025" in page
    assert "January" not in page


def test_markdown_numbers_each_source_once_and_escapes() -> None:
    memo = text("md")
    assert memo.count("[^1]:") == 1
    assert "<script" not in memo.replace("\\<", "")
    assert "\\[bold\\]" in memo


def test_machines_are_told_which_pages_were_read() -> None:
    unread = sample.source(1, official=True, seen_as="a link of page 2")
    act = sample.event("2025-07-15-a", date(2025, 7, 15), "A", sources=(unread, sample.source(2)))
    page = sample.timeline((EventRow(act, (), None),))
    told = json.loads(export.write("json", page))["events"][0]["sources"]
    assert [(one["official"], one["opened"]) for one in told] == [(True, False), (False, True)]
    feed = Xml.fromstring(export.write("atom", page))
    links = feed.findall(".//{*}entry/{*}link")
    assert [(one.get("rel"), one.get("href")) for one in links] == [
        ("alternate", "https://example.org/2"), ("related", "https://example.org/1")
    ]  # fmt: skip
