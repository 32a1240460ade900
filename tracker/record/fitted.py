"""``fitted.toml`` of a lexicon: what each role adds to relevance, kinds and directions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import isfinite
from pathlib import Path
from sys import intern
from typing import Any, Final

from tracker.core.weights import FITTED_NUMBERS, FITTED_ROWS, OUTCOMES, UNFITTED, Fitted, Rows
from tracker.errors import RecordError, did_you_mean
from tracker.record.curated_toml import head, line_of, loaded

FITTED: Final = "fitted.toml"
_KNOWN: Final = (*FITTED_NUMBERS, "always", *FITTED_ROWS)


def load_fitted(path: Path) -> Fitted:
    """The numbers of one file; without the file nothing is fitted.

    A role that the lexicon no longer has does no harm: it is never found.

    Raises:
        RecordError: no TOML, an unknown name, or something that is no number.
    """
    if not path.exists():
        return UNFITTED
    text, data = loaded(path)
    for name, value in data.items():
        _known(f"{path}:{head(text, name)}", name, _KNOWN)
        if name in FITTED_ROWS:
            lines = line_of(text)
            for role, row in _table(path, name, value).items():
                _numbers(f"{path}:{lines.get((name, role), 1)}", f"{name}.{role}", row)
        elif name == "always":
            _numbers(f"{path}:{head(text, name)}", name, value)
        elif not is_number(value):
            raise RecordError(f"{path}: {name} must be a number.", hint="write 0.5, not a text")
    return Fitted(**data | {name: _once(data[name]) for name in FITTED_ROWS if name in data})


def _once(rows: Rows) -> Rows:
    """The same rows, each name of an outcome and each number held once: of thousands few differ."""
    numbers: dict[float, float] = {}
    return {
        role: {intern(name): numbers.setdefault(value, value) if value and value % 1 else value
               for name, value in row.items()}
        for role, row in rows.items()
    }  # fmt: skip


def _known(where: str, name: str, names: Iterable[str]) -> None:
    if name not in names:
        hint = did_you_mean(name, list(names)) or f"one of {', '.join(names)}"
        raise RecordError(f"{where}: unknown name {name!r}.", hint=hint)


def _table(where: Path | str, name: str, value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise RecordError(
            f"{where}: {name} must be a table.", hint=f"write [{name}] above its rows"
        )
    return value


def _numbers(where: str, name: str, row: Any) -> None:
    for outcome, value in _table(where, name, row).items():
        _known(where, outcome, OUTCOMES)
        if not is_number(value):
            raise RecordError(f"{where}: {name} {outcome} must be a number.", hint="write 0.5")


def is_number(value: Any) -> bool:
    """Whether a value of a TOML file is a number; true and false are none, nor inf and nan."""
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)


def check_shape(
    path: Path, text: str, data: dict[str, Any], numbers: Sequence[str], tables: Sequence[str]
) -> None:
    """Refuse a file that has more than these numbers and tables, or something else in their place.

    Raises:
        RecordError: an unknown name, or something that is no number or no table.
    """
    known = (*numbers, *tables)
    for name, value in data.items():
        if name not in known:
            wrong = f"unknown name {name!r}", did_you_mean(name, list(known)) or ", ".join(known)
        elif name in numbers and not is_number(value):
            wrong = f"{name} must be a number", "write 0.5, not a text"
        elif name in tables and not isinstance(value, dict):
            wrong = f"{name} must be a table", f"write [{name}]"
        else:
            continue
        raise RecordError(f"{path}:{head(text, name)}: {wrong[0]}.", hint=wrong[1])
