"""``db/record`` -> ``tracker.model.Record``: TOML read with the standard library alone."""

from __future__ import annotations

from datetime import date as Day
from pathlib import Path
from typing import Final

from tracker.core.amended import DATE_NAMES
from tracker.dates import PRECISIONS
from tracker.errors import RecordError
from tracker.model import (
    DIRECTIONS,
    INSTRUMENTS,
    KINDS,
    NATURES,
    STATUSES,
    Measure,
    MeasureState,
    Observation,
    Record,
    RecordEvent,
    SeedClaim,
    Series,
    Source,
)
from tracker.record.fields import Fields
from tracker.record.lines import Page, Problem, read_page
from tracker.record.snapshot import digest

SCHEMA: Final = 1
"""The version of the files' shape that this program reads."""

QUALIFIERS: Final = ("=", "~", ">", "<", ">=", "<=")
APPROX: Final = ("approx",)
PUBLISHED_PRECISIONS: Final = ("day", "approx")
UNITS: Final = ("percent", "units", "usd_bn", "percent_growth")
VERDICTS: Final = ("confirmed", "imprecise", "contradicted", "unverified")
EVIDENCE: Final = ("official", "text-seen", "two-pages", "one-page")
FLAGS: Final = ("untraceable", "disputed", "unverified")
STATES: Final = (
    "announced", "proposed", "rumoured", "in_force", "relaxed", "suspended", "resumed",
    "contested", "rescinded", "expired", "lapsed_unknown",
)  # fmt: skip
STRANDS: Final = ("text", "enforcement", "compliance")


class Pages:
    """The files of one record folder, each read once, and what was wrong on the way.

    ``events`` and ``measures`` map an id to its page (the id is the file's name); the problems are
    those of reading alone, the judgements of ``tracker.record.check`` come on top.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problems: list[Problem] = []
        if not folder.is_dir():
            raise RecordError(
                f"{folder} is not a folder with a record.", hint="name a folder like db/record"
            )
        self.head = self._page("record.toml")
        self.series = self._page("series.toml")
        self.observations = self._page("observations.toml")
        self.claims = self._page("claims.toml")
        self.events = self._folder("events")
        self.measures = self._folder("measures")

    def _page(self, name: str) -> Page:
        path = self.folder / name
        if path.is_file():
            return read_page(path, str(path), self.problems)
        hint = "every record has record, series, observations and claims"
        self.problems.append(Problem("syntax", str(path), 1, "the file is missing.", hint))
        return Page(str(path), "")

    def _folder(self, name: str) -> dict[str, list[Page]]:
        pages: dict[str, list[Page]] = {}
        for path in sorted((self.folder / name).rglob("*.toml"), key=lambda path: path.stem):
            pages.setdefault(path.stem, []).append(read_page(path, str(path), self.problems))
        return pages

    def event_pages(self) -> list[Page]:
        """The readable event files, in the order of ``Record.events``."""
        return [page for same in self.events.values() for page in same if page.values]

    def measure_pages(self) -> list[Page]:
        """The readable measure files, in the order of ``Record.measures``."""
        return [page for same in self.measures.values() for page in same if page.values]


def load(folder: Path) -> Record:
    """Read the whole record.

    Events and measures come in the order of their ids, observations in the order of the file.

    Raises:
        RecordError: a file is missing or wrong; the first mistake, with file and line.
            ``tracker record check`` lists them all.
    """
    pages = Pages(folder)
    record = build(pages)
    if pages.problems:
        raise first_error(pages.problems)
    return record


def first_error(problems: list[Problem]) -> RecordError:
    """The first problem as an error; says how many more there are."""
    error = problems[0].error()
    if len(problems) > 1:
        error.hint = f"{error.hint}; tracker record check lists {len(problems) - 1} more".lstrip(
            "; "
        )
    return error


def build(pages: Pages) -> Record:
    """The record of ``pages``; every mistake is added to ``pages.problems``."""
    head = Fields(pages.head, pages.problems, pages.head.values)
    day = head.day("day") if pages.head.text else Day.min
    if pages.head.text and head.maybe_number("schema") != SCHEMA:
        head.wrong("known-values", "schema", f"schema must be {SCHEMA}.", f"schema = {SCHEMA}")
    searched_from = head.maybe_day("searched_from")
    head.done()
    return Record(
        day=day,
        digest=digest(pages.folder),
        events=tuple(_event(_top(page, pages)) for page in pages.event_pages()),
        series=tuple(_series(row) for row in _rows(pages.series, "series", pages)),
        observations=tuple(
            _observation(row, number)
            for number, row in enumerate(_rows(pages.observations, "observation", pages))
        ),
        measures=tuple(_measure(_top(page, pages)) for page in pages.measure_pages()),
        claims=tuple(_claim(row) for row in _rows(pages.claims, "claim", pages)),
        searched_from=searched_from,
    )


def _top(page: Page, pages: Pages) -> Fields:
    return Fields(page, pages.problems, page.values)


def _rows(page: Page, name: str, pages: Pages) -> list[Fields]:
    top = _top(page, pages)
    rows = list(top.tables(name))
    top.done()
    return rows


def _event(row: Fields) -> RecordEvent:
    event = RecordEvent(
        id=row.text("id"),
        date=row.day("date"),
        precision=row.choice("precision", PRECISIONS),
        kind=row.choice("kind", KINDS),
        instrument=row.choice("instrument", INSTRUMENTS),
        binding=row.maybe_flag("binding"),
        direction=row.choice("direction", DIRECTIONS),
        status=row.choice("status", STATUSES),
        evidence=row.choice("evidence", EVIDENCE),
        title=row.text("title"),
        summary=row.text("summary"),
        jurisdiction=row.texts("jurisdiction"),
        actors=row.texts("actors"),
        items=row.texts("items"),
        terms=row.texts("terms"),
        sources=tuple(_source(source) for source in row.tables("sources")),
        series=row.texts("series"),
        dates=_dates(row.table("dates")),
        end_date=row.maybe_day("end_date"),
        known=row.maybe_day("known"),
        known_precision=row.maybe_choice("known_precision", APPROX),
        note=row.maybe_text("note"),
    )
    row.done()
    return event


def _dates(table: Fields | None) -> dict[str, tuple[Day, ...]]:
    if table is None:
        return {}
    names = [name for name in table.keys() if name in DATE_NAMES]  # noqa: SIM118 - not a dict
    dates = {name: table.days(name) for name in names}
    table.done(DATE_NAMES)
    return dates


def _source(row: Fields) -> Source:
    source = Source(
        url=row.text("url"),
        publisher=row.text("publisher"),
        published=row.maybe_day("published"),
        lang=row.text("lang"),
        official=row.flag("official"),
        title=row.maybe_text("title"),
        published_approx=row.maybe_text("published_approx"),
        official_text=bool(row.maybe_flag("official_text")),
        about=bool(row.maybe_flag("about")),
        ref=row.maybe_text("ref"),
        seen_as=row.maybe_text("seen_as"),
        seen_part=row.maybe_text("seen_part"),
        archived=row.maybe_text("archived"),
    )
    row.done()
    return source


def _series(row: Fields) -> Series:
    series = Series(
        id=row.text("id"),
        title=row.text("title"),
        unit=row.choice("unit", UNITS),
        scope=row.text("scope"),
        geography=row.text("geography"),
        higher_means=row.text("higher_means"),
        note=row.note("note"),
    )
    row.done()
    return series


def _observation(row: Fields, number: int) -> Observation:
    observation = Observation(
        series=row.text("series"),
        period_start=row.day("period_start"),
        period_end=row.day("period_end"),
        value=row.number("value"),
        qualifier=row.choice("qualifier", QUALIFIERS),
        nature=row.choice("nature", NATURES),
        published=row.day("published"),
        publisher=row.text("publisher"),
        via=row.text("via"),
        url=row.maybe_text("url"),
        lang=row.text("lang"),
        note=row.note("note"),
        number=number,
        variant=row.maybe_text("variant"),
        value_low=row.maybe_number("value_low"),
        value_high=row.maybe_number("value_high"),
        published_precision=row.maybe_choice("published_precision", PUBLISHED_PRECISIONS) or "day",
        flag=row.maybe_choice("flag", FLAGS),
        house=row.maybe_text("house"),
        derived=bool(row.maybe_flag("derived")),
    )
    row.done()
    return observation


def _measure(row: Fields) -> Measure:
    measure = Measure(
        id=row.text("id"),
        title=row.text("title"),
        aliases=row.texts("aliases"),
        jurisdiction=row.text("jurisdiction"),
        summary=row.text("summary"),
        items=row.texts("items"),
        actors=row.texts("actors"),
        checked=row.day("checked"),
        states=tuple(_state(state) for state in row.tables("states")),
    )
    row.done()
    return measure


def _state(row: Fields) -> MeasureState:
    state = MeasureState(
        state=row.choice("state", STATES),
        since=row.day("from"),
        until=row.maybe_day("until"),
        event_id=row.maybe_text("event_id"),
        by=row.text("by"),
        strand=row.choice("strand", STRANDS),
        note=row.maybe_text("note"),
        stage=row.maybe_text("stage"),
    )
    row.done()
    return state


def _claim(row: Fields) -> SeedClaim:
    claim = SeedClaim(
        id=row.text("id"),
        claim=row.text("claim"),
        quote_zh=row.text("quote_zh"),
        about=row.text("about"),
        event_id=row.maybe_text("event_id"),
        series=row.maybe_text("series"),
        verdict=row.choice("verdict", VERDICTS),
        why=row.text("why"),
        sources=row.texts("sources"),
    )
    row.done()
    return claim
