"""What ``share`` shows: the glance, one series whole, the chart, and the files."""

from __future__ import annotations

import csv
import io
import json
import os
import re
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from rich.cells import cell_len

from tracker.core.event_days import known_of, link_day
from tracker.core.vintages import Shelf, books
from tracker.model import Event, Record, RecordEvent
from tracker.record.load import load
from tracker.view import share, share_files

GOLDEN = Path(__file__).parents[1] / "golden"
TODAY = date(2026, 7, 7)


@cache
def record() -> Record:
    return load(Path(__file__).parents[2] / "db" / "record")


def event(one: RecordEvent) -> Event:
    return Event(
        id=one.id, date=one.date, precision=one.precision, end_date=one.end_date,
        known=known_of(one), known_precision=None, link_day=link_day(one), dates=one.dates,
        kind=one.kind, instrument=one.instrument, binding=one.binding, direction=one.direction,
        title=one.title, summary=one.summary, note=one.note, jurisdiction=one.jurisdiction,
        actors=one.actors, items=one.items, terms=one.terms, measures=(), status=one.status,
        evidence=one.evidence, origin="record", sources=one.sources, series=one.series,
        witnesses=1, reports=0,
    )  # fmt: skip


def shelf(*wanted: str, as_of: date | None = None, **more: Any) -> Shelf:
    events = tuple(event(one) for one in record().events if set(wanted) & set(one.series))
    found = books(record().observations, record().series, wanted, as_of)
    return Shelf(found, events, as_of or TODAY, as_of, whole=bool(wanted), **more)


def same_as(name: str, drawn: str) -> None:
    """Compare with the file; ``GOLDEN=1 pytest`` rewrites it, and git shows the difference."""
    path = GOLDEN / name
    if os.environ.get("GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(drawn, encoding="utf-8")
    assert drawn == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("width", [80, 120])
def test_one_series_whole(width: int) -> None:
    same_as(f"share-{width}.txt", str(share.render(shelf("cn-aiserver-import-share"), width=width)))


def test_in_ascii() -> None:
    drawn = str(share.render(shelf("huawei-ascend-units"), width=80, ascii=True))
    assert drawn.isascii() or not re.search("[●○■□┤─│·]", drawn)
    same_as("share-ascii-80.txt", drawn)


def test_at_a_glance() -> None:
    same_as("share-glance-80.txt", str(share.render(shelf(), width=80)))


def test_the_drawing() -> None:
    drawn = share_files.write("svg", shelf("cn-aiserver-import-share"))
    ET.fromstring(drawn)
    same_as("share.svg", drawn)


@pytest.mark.parametrize("width", [40, 60, 80, 100, 120])
@pytest.mark.parametrize("ascii_", [False, True])
def test_no_line_is_wider_than_the_screen(width: int, ascii_: bool) -> None:
    for name in ("huawei-ascend-units", "cn-nvda-share-claims", "cn-dc-domestic-share"):
        for line in str(share.render(shelf(name), width=width, ascii=ascii_)).splitlines():
            assert cell_len(line) <= width, line
    for line in str(share.render(shelf(), width=width, ascii=ascii_)).splitlines():
        assert cell_len(line) <= width, line


def test_revisions_and_outcomes_are_said() -> None:
    drawn = " ".join(share.plain(shelf("cn-aiserver-import-share")).split())
    assert "49% (forecast) TrendForce, ~22 Aug 2025 · revises ~42% of 15 May 2025" in drawn
    drawn = " ".join(share.plain(shelf("huawei-ascend-units")).split())
    assert "said ≤200,000 units (12 Jun 2025); came IDC ~812,000 units (1 Apr 2026): below" in drawn
    assert "said ~700,000 units" in drawn


def test_as_of_knows_no_later_figure() -> None:
    drawn = share.plain(shelf("cn-aiserver-import-share", as_of=date(2025, 6, 1)))
    assert "42%" in drawn
    assert "49%" not in drawn
    assert "2026" not in drawn.replace("as known on", "")


def test_two_definitions_never_share_a_chart() -> None:
    """Each variant has its own axis: as many axes as books that have a figure."""
    for name in ("nvda-cn-revenue", "cn-ai-chip-local-sales-share"):
        found = shelf(name)
        drawn = share.plain(found)
        assert sum("┬" in line and "└" in line for line in drawn.splitlines()) == len(found.books)


def test_every_figure_printed_is_one_of_the_record() -> None:
    said = {
        value
        for one in record().observations
        for value in (one.value, one.value_low, one.value_high)
        if value is not None
    }
    for name in (
        "cn-aiserver-import-share",
        "cn-accel-domestic-units-share",
        "cn-nvda-sales-share",
    ):
        drawn = share.plain(replace(shelf(name), events=()))
        printed = {float(text.replace(",", "")) for text in re.findall(r"([\d.,]+)%", drawn)}
        assert printed
        assert printed <= said


def test_json_keeps_numbers_and_vintages() -> None:
    data = json.loads(share_files.write("json", shelf("cn-nvda-sales-share")))
    (book,) = data["series"]
    assert [one["value"] for one in book["observations"]] == [66, 54, 8]
    assert len(book["repeats"]) == 2
    assert book["latest"]["value"] == 66
    assert data["as_of"] is None


def test_csv_has_one_row_an_observation_and_no_formula() -> None:
    rows = list(csv.reader(io.StringIO(share_files.write("csv", shelf()))))
    assert len(rows) == len(record().observations) + 1
    assert not [cell for row in rows for cell in row if cell[:1] in ("=", "+", "-", "@")]


def test_html_and_svg_take_words_as_words() -> None:
    found = shelf("cn-aiserver-import-share")
    bad = replace(found.books[0].series, title='<script>alert("1")</script>')
    found = replace(found, books=(replace(found.books[0], series=bad),))
    for kind in ("html", "svg"):
        assert "<script" not in share_files.write(kind, found)


def test_the_same_data_gives_the_same_bytes() -> None:
    for kind in ("plain", "json", "csv", "html", "svg"):
        assert share_files.write(kind, shelf()) == share_files.write(kind, shelf())


def test_around_an_event_only_its_window() -> None:
    window = (date(2025, 5, 1), date(2025, 9, 1))
    found = shelf("cn-aiserver-import-share", window=window)
    drawn = str(share.render(found, width=80))
    assert "2025-12-10" not in drawn
    assert "2025-07-15" in drawn
