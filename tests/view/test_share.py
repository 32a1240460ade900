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
from tracker.view import chart, share, share_files, share_svg
from tracker.view.drawing import SIGNS, Dot, Words, svg
from tracker.view.picture import png

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


@pytest.mark.parametrize("face", ["plain", "html"])
def test_no_figure_is_listed_that_was_published_outside_the_window(face: str) -> None:
    """What is left out is counted; an outcome stays with a forecast of those days."""
    window = (date(2024, 7, 15), date(2026, 7, 15))
    found = shelf("cn-accel-domestic-units-share", window=window)
    (half, *_) = [book for book in found.books if book.variant == "half-year"]
    assert half.rows[0].published < window[0]
    text = share_files.write(face, found)
    assert "H1 2024" in text
    assert "H1 2023" not in text
    assert "1 figure published before or after" in text
    assert len(json.loads(share_files.write("json", found))["series"][0]["observations"]) == len(
        half.rows
    )
    assert "before or after" not in share_files.write(face, replace(found, window=None))


def test_a_house_that_judges_itself_is_named_as_such() -> None:
    """SemiAnalysis said "more than a million" and a year later estimated "about a million"."""
    found = shelf("nvda-cn-chip-units")
    text = " ".join(share.plain(found).split())
    assert "~1,000,000 units (28 Jul 2025, the same house): not decided" in text
    books = json.loads(share_files.write("json", found))["series"]
    told = [(one["same_house"], one["forecast_was"]) for book in books
            for forecast in book["forecasts"] for one in forecast["outcomes"]]  # fmt: skip
    assert told == [(True, "not decided")]
    others = " ".join(share.plain(shelf("huawei-ascend-units")).split())
    assert "the same house" not in others


def test_the_event_in_the_middle_is_pointed_at() -> None:
    window = (date(2025, 5, 1), date(2025, 9, 1))
    found = shelf("cn-aiserver-import-share", window=window)
    middle = next(one for one in found.events if one.id.startswith("2025-07-14-h20"))
    found = replace(found, around=middle)
    pointed = [line for line in share.plain(found).splitlines() if line[:1] == ">"]
    assert len(pointed) == 1
    assert middle.title[:40] in pointed[0]
    at = [one.y for one in share_svg.sheet(found)[0] if isinstance(one, Words) and one.text == ">"]
    told = [one.y for one in share_svg.sheet(found)[0]
            if isinstance(one, Words) and one.text == middle.title]  # fmt: skip
    assert at == told
    assert at


def test_a_derived_figure_revises_nothing_and_says_what_it_is() -> None:
    found = shelf("cn-accel-domestic-units-share")
    drawn = " ".join(share.plain(found).split())
    assert "~30.4% (derived) IDC, 31 Mar 2025 · via ExportSemi" in drawn
    assert "revises" not in drawn
    assert "estimate, derived" in share_files.write("html", found)


def test_half_a_figure_stands_half_as_high_above_the_axis() -> None:
    lines = share.plain(shelf("cn-accel-domestic-units-share")).splitlines()
    whole, half, foot = (
        next(n for n, line in enumerate(lines) if line.startswith(start))
        for start in ("   20% ┤", "   10% ┤", "       └")
    )
    assert foot - whole == 2 * (foot - half)


def test_figures_that_fall_together_never_look_like_a_range() -> None:
    drawn = share.plain(shelf("cn-accel-domestic-units-share"))
    assert "30% .. ┤" in drawn
    assert "30–30.4" not in drawn
    assert "1,300,000–1,400,000 ┤" in share.plain(shelf("huawei-ascend-units"))


def test_no_number_of_days_is_counted_from_an_approximate_day() -> None:
    drawn = " ".join(share.plain(shelf()).split())
    assert "out ~" not in drawn
    assert re.search(r"published ~[^·]*· period ended \d+ days ago(?! ago|, out)", drawn)
    assert re.search(r"published \d[^·]*· period ended \d+ days ago, out \d+ days", drawn)


def test_a_tick_is_named_whole_or_not_at_all() -> None:
    window = (date(2024, 7, 15), date(2026, 7, 15))
    drawn = share.plain(shelf("cn-accel-domestic-units-share", window=window))
    scales = [line.split() for line in drawn.splitlines() if "2025-07" in line.split()]
    assert scales
    assert all(re.fullmatch(r"20\d\d(-07)?", word) for words in scales for word in words)


# ---- pictures -------------------------------------------------------------------------------


def named(title: str) -> Shelf:
    found = shelf("cn-aiserver-import-share")
    inside = [one for one in found.events if one.link_day.year == 2025]
    return replace(found, events=(replace(inside[0], title=title), *inside[1:]))


def pixels(content: bytes) -> Any:
    from PIL import Image

    return Image.open(io.BytesIO(content)).convert("L")


def test_the_picture_is_the_drawing() -> None:
    content = share_files.picture(shelf("cn-aiserver-import-share"))
    picture = pixels(content)
    _, height = share_svg.sheet(shelf("cn-aiserver-import-share"))
    assert content.startswith(b"\x89PNG")
    assert picture.size == (share_svg.WIDTH * 2, height * 2)
    assert share_files.picture(shelf("cn-aiserver-import-share")) == content
    blue = [one for one in share_svg.sheet(shelf("cn-aiserver-import-share"))[0]
            if isinstance(one, Dot) and not one.hollow]  # fmt: skip
    assert blue
    for dot in blue:
        assert picture.getpixel((dot.x * 2, dot.y * 2)) < 140
    hollow = [one for one in share_svg.sheet(shelf("cn-aiserver-import-share"))[0]
              if isinstance(one, Dot) and one.hollow]  # fmt: skip
    assert all(picture.getpixel((dot.x * 2, dot.y * 2)) > 200 for dot in hollow)


def test_houses_are_told_apart_by_form_as_well_as_by_colour() -> None:
    shapes, height = share_svg.sheet(shelf("huawei-ascend-units"))
    dots = [one for one in shapes if isinstance(one, Dot)]
    assert {(one.colour, one.sign) for one in dots if one.sign < 6} == {
        (share_svg.COLOURS[n], n) for n in {one.sign for one in dots}
    }
    assert len({one.sign for one in dots}) >= 5
    ET.fromstring(svg(shapes, share_svg.WIDTH, height))
    sheets = [png([Dot(20, 20, "#000000", sign=n)], 40, 40) for n in range(len(SIGNS))]
    assert len(set(sheets)) == len(SIGNS)


def test_without_a_chinese_font_words_stand_in_ascii() -> None:
    """No letter is drawn that the letters at hand do not have: an event's id stands instead."""
    chinese = named("网信办约谈英伟达")
    plain = named(chinese.events[0].id)
    shapes, height = share_svg.sheet(chinese)
    same, _ = share_svg.sheet(plain)
    drawn = png(shapes, share_svg.WIDTH, height, east=False)
    assert drawn == png(same, share_svg.WIDTH, height, east=False)
    assert drawn != png(share_svg.sheet(named("other"))[0], share_svg.WIDTH, height, east=False)


@pytest.mark.parametrize(
    ("text", "instead", "expected"),
    [
        ("≤200,000", "", "<=200,000"),
        ("~50–60%", "", "~50-60%"),
        ("光大证券", "", "(in Chinese)"),
        ("H20 芯片", "", "H20"),
        ("芯片", "2025-07-31-cac-summons", "2025-07-31-cac-summons"),
    ],
)
def test_words_that_no_font_has(text: str, instead: str, expected: str) -> None:
    def one(words: str, other: str = "") -> bytes:
        return png([Words(10, 20, words, "small", other)], 300, 30, east=False)

    assert one(text, instead) == one(expected)


def test_every_panel_of_a_series_has_the_same_days() -> None:
    shapes, _ = share_svg.sheet(shelf("huawei-ascend-units"))
    years = [one.x for one in shapes if isinstance(one, Words) and one.text == "2025"]
    assert len(years) > 3
    assert len(set(years)) == 1


def test_marks_that_fall_together_stay_apart() -> None:
    shapes, _ = share_svg.sheet(shelf("cn-nvda-share-claims"))
    marks = [(one.x, one.y) for one in shapes
             if isinstance(one, Words) and one.style == "mark" and len(one.text) == 1]  # fmt: skip
    assert len(marks) > 50
    close = [1 for n, (x, y) in enumerate(marks) for (a, b) in marks[n + 1 :]
             if b == y and 0 < abs(a - x) < 5]  # fmt: skip
    assert len(close) <= 2


@pytest.mark.parametrize("width", [60, 80, 120, 200])
def test_a_long_legend_names_every_event_whole(width: int) -> None:
    found = shelf("cn-nvda-share-claims")
    drawn = str(share.render(found, width=width))
    flat = " ".join(drawn.split())
    low, high = date(2023, 1, 1), date(2026, 12, 31)
    inside = [one for one in found.events if low <= one.link_day <= high]
    assert len(inside) > 33
    if width >= 80:
        assert all(one.title[:40] in drawn or one.title in flat for one in inside)
    assert all(cell_len(line) <= width for line in drawn.splitlines())


def test_events_without_a_mark_are_counted() -> None:
    found = shelf("cn-nvda-share-claims")
    many = tuple(replace(found.events[n % 40], id=f"e{n}") for n in range(120))
    inside = sum(date(2023, 1, 1) <= one.link_day <= date(2026, 12, 31) for one in many)
    drawn = str(share.render(replace(found, events=many), width=80))
    assert f"{inside - len(chart.MARKS)} later events without a mark" in drawn


def test_the_middle_of_a_range_is_printed_nowhere() -> None:
    """Rule 19, in every face: the ends stand there, the midpoint is nobody's figure."""
    ranged = [one for one in record().observations
              if one.value_low is not None and one.value not in (one.value_low, one.value_high)]  # fmt: skip
    assert len(ranged) > 4
    for one in ranged:
        middle = f"{one.value:,.10g}" if one.value < 1e6 else f"{one.value:,.0f}"
        own = shelf(one.series)
        others = {v for o in record().observations if o.series == one.series
                  for v in (o.value, o.value_low, o.value_high) if o is not one}  # fmt: skip
        if one.value in others:
            continue
        for drawn in (
            str(share.render(own, width=120)),
            str(share.render(replace(own, whole=False), width=120)),
            str(share.render(own, width=80, ascii=True)),
            share_files.write("svg", own), share_files.write("html", own),
        ):  # fmt: skip
            said = rf"(?<![\d.,]){re.escape(middle)}(?:%| bn| units| *[┤|]|<)"
            assert not re.search(said, drawn), (one, middle)


@pytest.mark.parametrize("text", ["＝1+1", "=1+1", "－2", "@x"])
def test_no_cell_of_figures_is_a_formula(text: str) -> None:
    assert share_files._cell(text) == f"'{text}"
