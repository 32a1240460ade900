"""The lexicon with one file, or all of it, in the place of the user's present one."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from tracker.core.lexicon import Lexicon
from tracker.errors import RecordError, UsageProblem
from tracker.record.lexicon import load_lexicon
from tracker.settings import Watch


def load_variant(folder: Path, other: Path, watch: Iterable[Watch] = ()) -> Lexicon:
    """The lexicon of ``folder`` with ``other`` over it.

    ``other`` is a folder (the whole lexicon) or a TOML file; a file takes the place of the one
    of its name, and comes on top where there is none.

    Raises:
        UsageProblem: ``other`` is neither.
        RecordError: a mistake in it, named with its line.
    """
    if other.is_dir():
        return load_lexicon(other, watch)
    if not other.is_file() or other.suffix != ".toml":
        raise UsageProblem(
            f"{other} is no lexicon file.", hint=f"copy one of {folder} and edit the copy"
        )
    with TemporaryDirectory() as scratch:
        laid = Path(scratch) / "db" / "lexicon"
        shutil.copytree(folder, laid)
        shutil.copyfile(other, laid / other.name)
        try:
            return load_lexicon(laid, watch)
        except RecordError as error:
            what = error.what.replace(str(laid / other.name), str(other))
            what = what.replace(f"db/lexicon/{other.name}:", f"{other}:")
            raise RecordError(what.replace(str(laid), str(folder)), hint=error.hint) from error
