"""The record, checked against the lexicon beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tracker.core.clean import clean_text
from tracker.core.lexicon import Lexicon
from tracker.core.text import fold
from tracker.errors import RecordError
from tracker.jobs.house import House
from tracker.record.check import Report
from tracker.record.check import check as check_folder
from tracker.record.lexicon import load_lexicon


def check(house: House, folder: Path) -> Report:
    """The report on ``folder``.

    Names are looked up in ``lexicon/`` beside the folder, else in the lexicon in use.

    Raises:
        RecordError: no such folder, or a mistake in the lexicon itself.
    """
    return check_folder(_near(folder), knower(_lexicon(house, folder)))


def _lexicon(house: House, folder: Path) -> Lexicon:
    beside = folder.resolve().parent / "lexicon"
    return load_lexicon(beside) if beside.is_dir() else house.lexicon


def knower(lexicon: Lexicon) -> Callable[[str, str], bool]:
    """Whether the lexicon has a name: as an id or alias, or as the head (the end) of a longer one.

    So "advanced AI chips" is known where "AI chips" is, and a misspelt name is not. A state is an
    actor too; a term of art, or what is called after its maker, an item.
    """
    kinds = {"actor": ("actor", "place"), "item": ("item", "term", "actor")}
    names = {
        kind: {fold(name.strip("=*")).text for entry in lexicon.entries if entry.kind in some
               for name in (entry.id, *entry.names)}
        for kind, some in kinds.items()
    }  # fmt: skip

    def knows(kind: str, word: str) -> bool:
        folded = fold(word)
        if folded.text in names[kind]:
            return True
        hits = lexicon.find(folded)
        ends = len(folded.text)
        return any(hit.end == ends and hit.entry.kind in kinds[kind] for hit in hits)

    return knows


def _near(folder: Path) -> Path:
    """The folder as a person in the working directory would name it."""
    here = Path()
    return folder.relative_to(here.resolve()) if folder.is_relative_to(here.resolve()) else folder


def as_json(report: Report) -> dict[str, Any]:
    """The report of ``--format json``: ``schema_version folder counts problems``."""
    return {
        "schema_version": 1,
        "folder": report.folder,
        "record_day": report.record.day.isoformat(),
        "counts": report.counts,
        "problems": [asdict(problem) for problem in report.problems],
    }


def as_text(report: Report) -> str:
    """Every problem with its line and what to write instead; or one line of counts."""
    if not report.problems:
        counted = ", ".join(f"{count} {name}" for name, count in report.counts.items())
        return f"{report.folder}: {counted}. No problem found."
    return "\n".join(
        clean_text(f"{problem}\n  [{problem.check}] Try: {problem.hint}" if problem.hint
                   else f"{problem}\n  [{problem.check}]")
        for problem in report.problems
    )  # fmt: skip


def refuse(report: Report) -> None:
    """End with 3 where the record is wrong.

    Raises:
        RecordError: there is a problem; says how many.
    """
    count = len(report.problems)
    if count:
        what = f"{count} problem{'s' if count > 1 else ''} in {report.folder}."
        raise RecordError(what, hint="mend the lines above, then tracker record check")
