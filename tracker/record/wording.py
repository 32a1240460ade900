"""``wording.toml`` of a lexicon: what Chinese letters say for an act of the topic or against it."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from tracker.core.weights import UNWORDED, Wording
from tracker.errors import RecordError
from tracker.record.curated_toml import line_of, loaded
from tracker.record.fitted import check_shape, is_number

WORDING: Final = "wording.toml"
_NUMBERS: Final = ("weight", "always")
_TITLE: Final = "title"


def load_wording(path: Path) -> Wording:
    """The numbers of one file; without the file letters say nothing.

    Raises:
        RecordError: no TOML, an unknown name, or something that is no number.
    """
    if not path.exists():
        return UNWORDED
    text, data = loaded(path)
    check_shape(path, text, data, _NUMBERS, (_TITLE,))
    _check_rows(path, text, data.get(_TITLE, {}))
    return Wording(**data)


def _check_rows(path: Path, text: str, rows: dict[str, Any]) -> None:
    for letters, value in rows.items():
        if len(letters) not in (1, 2) or not is_number(value):
            where = f"{path}:{line_of(text).get((_TITLE, letters), 1)}"
            what = f"{where}: {letters!r} must be one or two letters, and a number."
            raise RecordError(what, hint='write "出货" = -0.5')
