"""``tracker record check``: every mistake of a record at once, each with file and line.

Reading finds what is not TOML, missing, misspelt or of the wrong type; the named checks judge what
could be read. A file that could not be read whole is judged by reading alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tracker.model import Record
from tracker.record import event_checks, figure_checks, measure_checks
from tracker.record.lines import Problem
from tracker.record.load import Pages, build
from tracker.record.pages import Read

READING: Final = {
    "syntax": "every file is there, UTF-8 and TOML",
    "missing-key": "every required key is there",
    "unknown-key": "no key that the program does not know",
    "wrong-type": "texts are texts, lists lists, numbers numbers; nothing is blank",
    "dates-shape": "days are YYYY-MM-DD and in the calendar",
    "known-values": "kinds, instruments, states ... are of the closed lists",
}
"""What reading itself checks, by name."""

CHECKS: Final[dict[str, tuple[str, Callable[[Read], Iterator[Problem]]]]] = {
    "ids-unique": ("an id is used once, in lower case", event_checks.ids_unique),
    "id-is-file-name": ("a file is called after the id in it", event_checks.id_is_file_name),
    "dates-in-order": ("no date before one it must follow", event_checks.dates_in_order),
    "partial-dates": ("published_approx is a month or a year", event_checks.partial_dates),
    "title-length": ("a title has at most 90 characters", event_checks.title_length),
    "addresses": ("a source has an http(s) address", event_checks.addresses),
    "sources": ("an event has a source, and none twice", event_checks.sources),
    "evidence": ("evidence is what the sources support", event_checks.evidence),
    "names-known": ("actors and items are in the lexicon", event_checks.names_known),
    "duplicate-events": ("no event, figure or title twice", event_checks.duplicates),
    "cited-exist": ("series and events that are cited exist", figure_checks.cited_exist),
    "periods": ("periods, ranges and percentages make sense", figure_checks.periods),
    "forecast-labels": ("open at publication is a forecast", figure_checks.forecast_labels),
    "duplicate-figures": ("no figure twice", figure_checks.duplicates),
    "chains": ("states follow one another without gap or overlap", measure_checks.chains),
    "checked": ("a measure is checked to its newest event, or later", measure_checks.checked),
    "aliases": ("no alias twice in one measure", measure_checks.aliases),
}
"""The named checks: what each holds, and the function that finds what breaks it."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a check of a folder found; ``record`` is whole only where there is no problem."""

    folder: str
    record: Record
    problems: tuple[Problem, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How much was read, by kind."""
        return {
            "events": len(self.record.events),
            "sources": sum(len(event.sources) for event in self.record.events),
            "series": len(self.record.series),
            "observations": len(self.record.observations),
            "measures": len(self.record.measures),
            "states": sum(len(measure.states) for measure in self.record.measures),
            "claims": len(self.record.claims),
        }


def check(folder: Path, knows: Callable[[str, str], bool] | None = None) -> Report:
    """Read and judge a record.

    ``knows(kind, name)`` says whether the lexicon has an actor or item; without it the check
    ``names-known`` is left out.

    Raises:
        RecordError: ``folder`` is no folder at all.
    """
    pages = Pages(folder)
    record = build(pages)
    unread = {problem.path for problem in pages.problems}
    read = Read(pages, record, knows)
    judged = [
        problem
        for _, judge in CHECKS.values()
        for problem in judge(read)
        if problem.path not in unread
    ]
    found = sorted({*pages.problems, *judged}, key=lambda p: (p.path, p.line, p.check, p.what))
    return Report(str(folder), record, tuple(found))
