"""``wording.toml`` of a lexicon: what Chinese letters say for an act of the topic or against it."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from tracker.core.weights import UNWORDED, Wording
from tracker.errors import RecordError, did_you_mean
from tracker.record.curated_toml import head, line_of, loaded
from tracker.record.fitted import is_number

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
    for name, value in data.items():
        _checked(path, text, name, value)
    return Wording(**data)


def _checked(path: Path, text: str, name: str, value: Any) -> None:
    known = (*_NUMBERS, _TITLE)
    if name not in known:
        wrong = f"unknown name {name!r}", did_you_mean(name, list(known)) or ", ".join(known)
    elif name in _NUMBERS and not is_number(value):
        wrong = f"{name} must be a number", "write 0.5, not a text"
    elif name == _TITLE and not isinstance(value, dict):
        wrong = f"{name} must be a table", f"write [{name}]"
    elif name == _TITLE:
        return _check_rows(path, text, value)
    else:
        return None
    raise RecordError(f"{path}:{head(text, name)}: {wrong[0]}.", hint=wrong[1])


def _check_rows(path: Path, text: str, rows: dict[str, Any]) -> None:
    for letters, value in rows.items():
        if len(letters) not in (1, 2) or not is_number(value):
            where = f"{path}:{line_of(text).get((_TITLE, letters), 1)}"
            what = f"{where}: {letters!r} must be one or two letters, and a number."
            raise RecordError(what, hint='write "出货" = -0.5')
