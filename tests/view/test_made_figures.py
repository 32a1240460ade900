"""The hunt for figures that nobody published: averages, sums, interpolations, joined definitions.

Every number with a unit on every face must be a value, or an end of a range, of an observation of
that very series (and, in files, of that very variant).
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

import pytest

from tests.view.test_share import record, shelf
from tracker.core.figures import house_of
from tracker.core.shares import links
from tracker.core.vintages import Book, Shelf
from tracker.model import Observation
from tracker.view import share, share_files, share_svg
from tracker.view.drawing import Dot, Line, Words

NAMES = [one.id for one in record().series]
_NUMBER = r"\d[\d,]*(?:\.\d+)?"
SAID = re.compile(
    rf"(?P<low>{_NUMBER})(?:[–-](?P<high>{_NUMBER}))?(?:%| bn\b| units\b)"
    rf"|^ *[<>~≤≥$+]*(?P<label>{_NUMBER})(?:[–-](?P<end>{_NUMBER}))?(?:%| bn)? [┤|]",
    re.MULTILINE,
)


def published(rows: Iterable[Observation]) -> set[float]:
    """Every value that somebody published in these rows, without sign."""
    return {
        abs(value)
        for one in rows
        for value in (
            *((one.value,) if one.value_low is None else ()), one.value_low, one.value_high,
        )
        if value is not None
    }  # fmt: skip


def rows_of(found: Shelf) -> list[Observation]:
    return [one for book in found.books for one in (*book.rows, *book.repeats)]


def made(text: str, allowed: set[float]) -> Iterator[float]:
    """The figures of a text that nobody published."""
    for match in SAID.finditer(text):
        for name in ("low", "high", "label", "end"):
            if match[name]:
                value = float(match[name].replace(",", ""))
                if value not in allowed:
                    yield value


def without_words(found: Shelf) -> Shelf:
    """A shelf without titles and scopes, whose words may hold numbers of their own."""
    bare = [
        replace(book, series=replace(book.series, title="T", scope="S"),
                rows=tuple(replace(one, publisher=_bare(one.publisher), via="",
                                   house=_bare(one.house) if one.house else None)
                           for one in book.rows))
        for book in found.books
    ]  # fmt: skip
    return replace(found, books=tuple(bare), events=())


def _bare(name: str) -> str:
    return re.sub(r"\d+%", "", name)


def faces(found: Shelf) -> dict[str, str]:
    """What a person sees of a shelf, on every face that is text."""
    shapes, _ = share_svg.sheet(found)
    return {
        "80": str(share.render(found, width=80)),
        "120": str(share.render(found, width=120)),
        "ascii": str(share.render(found, width=100, ascii=True)),
        "glance": str(share.render(replace(found, whole=False), width=120)),
        "svg": "\n".join(one.text if isinstance(one, Words) else one.title
                         for one in shapes if isinstance(one, Words | Dot)),
        "html": re.sub(r"<style>.*?</style>|<svg.*?</svg>|<[^>]+>", " ",
                       share_files.write("html", found), flags=re.DOTALL),
    }  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("day", [None, date(2025, 9, 1)], ids=["today", "past"])
def test_every_figure_on_every_face_was_published(name: str, day: date | None) -> None:
    found = without_words(shelf(name, as_of=day))
    if not found.books:
        return
    allowed = published(rows_of(found))
    for face, text in faces(found).items():
        assert list(made(text, allowed)) == [], face


@pytest.mark.parametrize("name", NAMES)
def test_files_keep_each_figure_in_its_own_definition(name: str) -> None:
    """By series, variant, house and period: the row that was published, and no other."""
    found = shelf(name)
    own = {
        (one.series, one.variant, house_of(one), str(one.period_start), str(one.period_end),
         one.value, str(one.published))
        for one in record().observations
    }  # fmt: skip
    data = json.loads(share_files.write("json", found))
    for book in data["series"]:
        for row in (*book["observations"], *book["repeats"]):
            assert (book["series"], book["variant"], row["house"], row["period_start"],
                    row["period_end"], row["value"], row["published"]) in own  # fmt: skip
    for row in csv.DictReader(io.StringIO(share_files.write("csv", found))):
        assert (row["series"], row["variant"] or None, row["house"], row["period_start"],
                row["period_end"], float(row["value"]), row["published"]) in own  # fmt: skip


def test_no_link_joins_two_definitions_or_houses_silently() -> None:
    observations = {one.number: one for one in record().observations}
    for event in record().events:
        for link in links(event, record().observations, record().series):
            for placed in (link.known_before, *link.in_force, link.next_after, link.now):
                if placed:
                    one = placed.observation
                    assert observations[one.number] == one
                    assert (one.series, one.variant) == (link.series, link.variant)


def test_no_chart_joins_its_points() -> None:
    """Only axes and marks of events are lines: nothing is drawn between two figures."""
    for name in NAMES:
        found = shelf(name)
        shapes, _ = share_svg.sheet(found)
        dots = {(one.x, one.y) for one in shapes if isinstance(one, Dot)}
        for one in shapes:
            if isinstance(one, Line):
                assert len(dots & set(one.points)) < 2


def spoilt(found: Shelf, value: float) -> Shelf:
    """A shelf that holds one figure more, which nobody published."""
    book = found.books[0]
    one = replace(book.rows[-1], value=value, value_low=None, value_high=None, number=999)
    return replace(found, books=(replace(book, rows=(*book.rows, one)), *found.books[1:]))


def average(book: Book) -> float:
    values = [one.value for one in book.rows]
    return sum(values) / len(values)


@pytest.mark.parametrize("name", ["cn-aiserver-import-share", "huawei-ascend-units"])
def test_the_hunt_finds_an_average_and_a_midpoint(name: str) -> None:
    found = without_words(shelf(name))
    allowed = published(rows_of(found))
    first, last = found.books[0].rows[0].value, found.books[0].rows[-1].value
    for value in (average(found.books[0]), (first + last) / 2 + 0.5, first + last + 1):
        if value in allowed:
            continue
        for face, text in faces(spoilt(found, value)).items():
            if face != "glance" or found.books[0].latest is None:
                assert list(made(text, allowed)) or face == "glance", face


def test_the_hunt_finds_a_figure_of_another_definition() -> None:
    """IDC's 41 per cent put into TrendForce's series."""
    found = without_words(shelf("cn-aiserver-import-share"))
    assert list(made(faces(spoilt(found, 41))["80"], published(rows_of(found)))) != []
