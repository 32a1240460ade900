"""Tables of a TOML file -> typed values; a mistake names file, line and key."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from tracker.core.clean import clean_line
from tracker.errors import UsageProblem, did_you_mean
from tracker.nouns import dataclass
from tracker.settings import OWN_ID

_SPAN: Final = re.compile(r"(\d{1,6})\s*(s|m|min|h|d|w)")
_UNITS: Final = {"s": 1, "m": 60, "min": 60, "h": 3600, "d": 86400, "w": 604800}

_OWN: Final = {"source": "my-source", "page": "my-page", "watch": "my-word"}
"""What an id may look like, by table."""


class File:
    """The text being read, for pointing at a line of it."""

    def __init__(self, path: str, text: str) -> None:
        self.path, self.lines = path, text.splitlines()

    def line(self, table: str, number: int, key: str = "") -> int:
        """The line of ``key`` in the ``number``-th ``[[table]]`` (or ``[table]``), from 1."""
        head = re.compile(rf"\s*\[\[?\s*[\"']?{re.escape(table)}[\"']?\s*\]\]?\s*(?:#.*)?$")
        heads = [n for n, line in enumerate(self.lines) if head.match(line)]
        if number >= len(heads):
            return 1
        start = heads[number]
        wanted = re.compile(rf"\s*[\"']?{re.escape(key)}[\"']?\s*[=.]") if key else None
        for n in range(start + 1, len(self.lines)):
            if self.lines[n].lstrip().startswith("["):
                break
            if wanted and wanted.match(self.lines[n]):
                return n + 1
        return start + 1

    def wrong(self, what: str, hint: str, table: str, number: int, key: str = "") -> UsageProblem:
        """An error naming file and line."""
        place = f"{self.path}:{self.line(table, number, key)}"
        return UsageProblem(f"{place}: {what}", hint=hint)


@dataclass(frozen=True, slots=True)
class Table:
    """One table: the ``number``-th (from 0) of its name; every question checks the type.

    Each method raises ``UsageProblem`` naming file, line and key where the value is wrong.
    """

    file: File
    name: str
    number: int
    values: Mapping[str, Any]

    def __contains__(self, key: str) -> bool:
        return key in self.values

    def wrong(self, what: str, hint: str, key: str = "") -> UsageProblem:
        """An error about ``key`` of this table."""
        return self.file.wrong(what, hint, self.name, self.number, key)

    def line(self, key: str = "") -> int:
        """The line of its head, or of ``key`` in it."""
        return self.file.line(self.name, self.number, key)

    def known(self, keys: tuple[str, ...], shown: str) -> Table:
        """Itself, if it has no key but ``keys``."""
        for key in self.values:
            if key not in keys:
                hint = did_you_mean(key, list(keys)) or f"known keys: {', '.join(keys)}"
                raise self.wrong(f"{shown} has an unknown key {clean_line(key, 80)!r}.", hint, key)
        return self

    def typed(self, key: str, default: Any, kind: type, example: str) -> Any:
        """The value as it is, if it is a ``kind``."""
        value = self.values.get(key, default)
        right = isinstance(value, kind) and (kind is bool or not isinstance(value, bool))
        if key in self.values and not right:
            what = f"{key} has the wrong type ({type(value).__name__})."
            raise self.wrong(what, f"{key} = {example}", key)
        return value

    def text(self, key: str, default: str = "") -> str:
        """A text."""
        return str(self.typed(key, default, str, '"text"'))

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, none of them blank."""
        values = self.typed(key, [], list, '["text", "text"]')
        if not all(isinstance(value, str) and value.strip() for value in values):
            raise self.wrong(f"{key} holds something that is not text.", f'{key} = ["text"]', key)
        return tuple(values)

    def truth(self, key: str, *, default: bool) -> bool:
        """True or false."""
        return bool(self.typed(key, default, bool, "true or false"))

    def whole(self, key: str, default: int, least: int, most: int) -> int:
        """A whole number within bounds."""
        value = int(self.typed(key, default, int, str(default)))
        if not least <= value <= most:
            raise self.wrong(f"{key} is {value}.", f"from {least} to {most}", key)
        return value

    def choice(self, key: str, default: str, choices: tuple[str, ...]) -> str:
        """One of several words."""
        value = self.text(key, default)
        if value not in choices:
            hint = did_you_mean(value, list(choices)) or f"one of {', '.join(choices)}"
            raise self.wrong(f"{key} cannot be {clean_line(value, 80)!r}.", hint, key)
        return value

    def span(self, key: str, default: int, least: int, most: int) -> int:
        """A time such as ``30m`` in seconds, within bounds."""
        if key not in self.values:
            return default
        words = self.text(key).strip().lower()
        found = _SPAN.fullmatch(words)
        seconds = int(found.group(1)) * _UNITS[found.group(2)] if found else -1
        if not found or not least <= seconds <= most:
            what = f"{key} cannot be {clean_line(words, 80)!r}."
            raise self.wrong(what, f'{key} = "90s", "30m", "2h" or "1d"', key)
        return seconds

    def id(self) -> str:
        """The id every ``[[table]]`` needs."""
        name = self.text("id")
        if not OWN_ID.fullmatch(name) or name == "added":
            shown = clean_line(name, 80)
            what = f"{shown!r} cannot be an id." if name else f"[[{self.name}]] has no id."
            own = _OWN.get(self.name, "my-feed")
            hint = f'id = "{own}": small letters, digits, dots and hyphens; not "added"'
            raise self.wrong(what, hint, "id")
        return name


def one(file: File, data: Mapping[str, Any], name: str, keys: tuple[str, ...]) -> Table:
    """The table ``[name]``, empty where there is none."""
    values = data.get(name, {})
    if not isinstance(values, dict):
        raise file.wrong(f"{name} is not a table.", f"[{name}]", name, 0)
    return Table(file, name, 0, values).known(keys, f"[{name}]")


def many(file: File, data: Mapping[str, Any], name: str, keys: tuple[str, ...]) -> Iterable[Table]:
    """The tables ``[[name]]`` in order."""
    tables = data.get(name, [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise file.wrong(f"{name} is not a list of tables.", f"[[{name}]]", name, 0)
    for number, values in enumerate(tables):
        shown = f'[[{name}]] "{clean_line(str(values.get("id", number + 1)), 64)}"'
        yield Table(file, name, number, values).known(keys, shown)
