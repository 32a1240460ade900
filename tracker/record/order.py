"""``order.toml`` of a lexicon: which words follow each other in reports."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from tracker.core.weights import ANY_ORDER, Order
from tracker.core.word_order import SHAPES
from tracker.errors import RecordError, did_you_mean
from tracker.record.curated_toml import line_of, loaded
from tracker.record.fitted import check_shape, is_number

ORDER: Final = "order.toml"
_NUMBERS: Final = ("least", "enough", "share")
_TABLES: Final = ("classes", "follows", "chinese")


def load_order(path: Path) -> Order:
    """The tables of one file; without the file everything is in order.

    Raises:
        RecordError: no TOML, an unknown name or class, or something that is no number.
    """
    if not path.exists():
        return ANY_ORDER
    text, data = loaded(path)
    check_shape(path, text, data, _NUMBERS, _TABLES)
    classes = _classes(path, text, data.get("classes", {}))
    follows = data.get("follows", {})
    _check_rows(path, text, follows, {*SHAPES, *classes.values()})
    numbers = {name: data[name] for name in _NUMBERS if name in data}
    pairs = frozenset(_pairs(path, text, data.get("chinese", {})))
    return Order(**numbers, classes=classes, follows=follows, pairs=pairs)


def _at(path: Path, text: str, section: str, row: str) -> str:
    return f"{path}:{line_of(text).get((section, row), 1)}"


def _classes(path: Path, text: str, rows: dict[str, Any]) -> dict[str, str]:
    """Each word to its class."""
    found: dict[str, str] = {}
    for name, words in rows.items():
        if not isinstance(words, str):
            what = f"{_at(path, text, 'classes', name)}: {name} must be words."
            raise RecordError(what, hint='write "the a an"')
        for word in words.split():
            if found.setdefault(word, name) != name:
                where = _at(path, text, "classes", name)
                what = f"{where}: the word {word!r} is in two classes."
                raise RecordError(what, hint=f"it is in {found[word]!r} too; take one out")
    return found


def _check_rows(path: Path, text: str, rows: dict[str, Any], classes: set[str]) -> None:
    for name, row in rows.items():
        if not isinstance(row, dict) or not all(map(is_number, row.values())):
            what = f"{_at(path, text, 'follows', name)}: {name} must hold numbers."
            raise RecordError(what, hint="write { of = -12 }")
        if strange := sorted({name, *row} - classes):
            what = f"{_at(path, text, 'follows', name)}: no class is called {strange[0]!r}."
            hint = did_you_mean(strange[0], sorted(classes)) or "name it below [classes]"
            raise RecordError(what, hint=hint)


def _pairs(path: Path, text: str, rows: dict[str, Any]) -> Iterator[str]:
    """Each first letter with each that follows it."""
    for first, seconds in rows.items():
        if len(first) != 1 or not isinstance(seconds, str):
            where = _at(path, text, "chinese", first)
            what = f"{where}: {first!r} must be one letter, and what follows it a text."
            raise RecordError(what, hint='write "公" = "司告布"')
        yield from (first + second for second in seconds)
