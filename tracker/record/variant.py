"""The lexicon with one file, or all of it, in the place of the user's present one."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from tracker.core.lexicon import Lexicon
from tracker.core.weights import FITTED_ROWS, TABLES
from tracker.errors import RecordError, UsageProblem, did_you_mean
from tracker.record.curated_toml import line_of, loaded
from tracker.record.fitted import FITTED
from tracker.record.lexicon import WEIGHTS, load_lexicon
from tracker.settings import Watch


def load_variant(
    folder: Path, other: Path, present: Lexicon, watch: Iterable[Watch] = ()
) -> Lexicon:
    """The lexicon of ``folder`` with ``other`` over it, to be tried beside the ``present`` one.

    ``other`` is a folder (the whole lexicon) or a TOML file; a file takes the place of the one
    of its name, and comes on top where there is none.

    Raises:
        UsageProblem: ``other`` is neither.
        RecordError: a mistake in it, also a tag or a role that does nothing, named with its line.
    """
    if other.is_dir():
        if not any(other.glob("*.toml")):
            raise UsageProblem(f"{other} holds no lexicon files.", hint=f"copy {folder}")
        return _checked(other, present, watch)
    if not other.is_file() or other.suffix != ".toml":
        raise UsageProblem(
            f"{other} is no lexicon file.", hint=f"copy one of {folder} and edit the copy"
        )
    with TemporaryDirectory() as scratch:
        laid = Path(scratch) / "db" / "lexicon"
        shutil.copytree(folder, laid)
        shutil.copyfile(other, laid / other.name)
        try:
            return _checked(laid, present, watch)
        except RecordError as error:
            what = error.what.replace(str(laid / other.name), str(other))
            what = what.replace(f"db/lexicon/{other.name}:", f"{other}:")
            raise RecordError(what.replace(str(laid), str(folder)), hint=error.hint) from error


def _checked(folder: Path, present: Lexicon, watch: Iterable[Watch]) -> Lexicon:
    """The lexicon of a folder, where each tag and each number has something to speak of."""
    found = load_lexicon(folder, watch)
    known = {*found.asked, *(tag for entry in present.entries for tag in entry.tags)}
    for entry in found.entries:
        for tag in entry.tags:
            if tag not in known:
                hint = did_you_mean(tag, sorted(known)) or "take it out, or write its rule"
                raise RecordError(f"{entry.where}: no rule asks for {tag!r}.", hint=hint)
    _check_rows(folder / WEIGHTS, found, TABLES)
    _check_rows(folder / FITTED, found, FITTED_ROWS[:2])
    return found


def _check_rows(path: Path, found: Lexicon, tables: Iterable[str]) -> None:
    """Each row of a file of numbers is of names that some entry has."""
    text, data = loaded(path) if path.exists() else ("", {})
    lines = line_of(text)
    names = {name for entry in found.entries for name in (entry.id, entry.kind, *entry.tags)}
    rows = [(table, row) for table in tables for row in data.get(table, {})]
    for table, row in rows:
        for name in row.split("|"):
            if not found.knows(name):
                where = f"{path}:{lines.get((table, row), 1)}"
                hint = did_you_mean(name, sorted(names)) or "take the row out"
                raise RecordError(f"{where}: no entry is called {name!r}.", hint=hint)
