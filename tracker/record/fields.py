"""Reading the keys of one TOML table into typed values, noting each mistake with its line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date as Day
from typing import Any, Final, TypeVar

from tracker.errors import did_you_mean
from tracker.record.lines import Page, Problem

_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_T = TypeVar("_T", bound=str)


class Fields:
    """The keys of one table. A wrong one adds a problem and reads as a neutral value.

    So a whole file can be read and all its mistakes listed at once; whoever sees a problem throws
    the values away.
    """

    def __init__(
        self, page: Page, problems: list[Problem], values: Any, table: str = "", index: int = 0
    ) -> None:
        self.page = page
        self._problems = problems
        self._table = table
        self._index = index
        self._seen: set[str] = set()
        self._values: dict[str, Any] = values if isinstance(values, dict) else {}
        if not isinstance(values, dict):
            self.wrong("wrong-type", "", f"{table} must be a table.", f"write [[{table}]]")

    def wrong(self, check: str, key: str, what: str, hint: str = "") -> None:
        """Note a problem at ``key``."""
        at = (self._table, self._index, key)
        self._problems.append(self.page.problem(check, what, hint=hint, at=at))

    def maybe_text(self, key: str) -> str | None:
        """A text that is not blank, or None where the key is absent."""
        value = self._take(key)
        if value is None or (isinstance(value, str) and value.strip()):
            return value
        self.wrong("wrong-type", key, f"{key} must be text, not {_shape(value)}.", f'{key} = "..."')
        return None

    def text(self, key: str) -> str:
        """A text that must be there."""
        if not self._has(key):
            self._missing(key)
        return self.maybe_text(key) or ""

    def note(self, key: str) -> str:
        """A text that must be there and may be blank."""
        return "" if self._take(key) == "" else self.text(key)

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts that must be there; it may be empty."""
        value = self._take(key)
        if value is None:
            self._missing(key, "[]")
            return ()
        if isinstance(value, list) and all(
            isinstance(word, str) and word.strip() for word in value
        ):
            return tuple(value)
        self.wrong("wrong-type", key, f"{key} must be a list of texts.", f'{key} = ["...", "..."]')
        return ()

    def maybe_day(self, key: str) -> Day | None:
        """A full day, or None where the key is absent."""
        value = self._take(key)
        return None if value is None else self._day(key, value)

    def day(self, key: str) -> Day:
        """A full day that must be there."""
        if not self._has(key):
            self._missing(key, '"YYYY-MM-DD"')
        return self.maybe_day(key) or Day.min

    def days(self, key: str) -> tuple[Day, ...]:
        """One day, or a list of several in order."""
        value = self._take(key)
        several = value if isinstance(value, list) else [value]
        return tuple(day for word in several if (day := self._day(key, word)))

    def maybe_flag(self, key: str) -> bool | None:
        """True, false, or None where the key is absent."""
        value = self._take(key)
        if value is None or isinstance(value, bool):
            return value
        self.wrong("wrong-type", key, f"{key} must be true or false.", f"{key} = true")
        return None

    def flag(self, key: str) -> bool:
        """True or false that must be there."""
        if not self._has(key):
            self._missing(key, "false")
        return bool(self.maybe_flag(key))

    def maybe_number(self, key: str) -> float | None:
        """A finite number as written (an integer stays one), or None."""
        value = self._take(key)
        if value is None:
            return None
        if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e15:
            return value
        self.wrong(
            "wrong-type", key, f"{key} must be a number, not {_shape(value)}.", f"{key} = 14"
        )
        return None

    def number(self, key: str) -> float:
        """A number that must be there."""
        if not self._has(key):
            self._missing(key, "14")
        return self.maybe_number(key) or 0

    def choice(self, key: str, known: tuple[_T, ...]) -> _T:
        """One of the ``known`` words."""
        value = self.text(key)
        for word in known:
            if word == value:
                return word
        if value:
            self._unknown(key, value, known)
        return known[0]

    def maybe_choice(self, key: str, known: tuple[_T, ...]) -> _T | None:
        """One of the ``known`` words, or None where the key is absent."""
        return self.choice(key, known) if self._has(key) else None

    def tables(self, key: str) -> Iterator[Fields]:
        """The tables of ``[[key]]`` in the order of the file."""
        value = self._take(key)
        rows = value if isinstance(value, list) else [] if value is None else [value]
        for index, row in enumerate(rows):
            yield Fields(self.page, self._problems, row, key, index)

    def table(self, key: str) -> Fields | None:
        """The table ``[key]``, or None where it is absent."""
        value = self._take(key)
        return None if value is None else Fields(self.page, self._problems, value, key)

    def keys(self) -> tuple[str, ...]:
        """All keys of the table, known or not."""
        return tuple(self._values)

    def done(self, also: tuple[str, ...] = ()) -> None:
        """Note each key that nobody asked for; ``also`` are further names to suggest."""
        for key in self._values.keys() - self._seen:
            hint = (
                did_you_mean(key, sorted(self._seen | set(also)))
                or "the fields are listed in docs/record.md"
            )
            self.wrong("unknown-key", key, f"unknown key {key!r}.", hint)

    def _has(self, key: str) -> bool:
        self._seen.add(key)
        return key in self._values

    def _take(self, key: str) -> Any:
        self._seen.add(key)
        return self._values.get(key)

    def _missing(self, key: str, example: str = '"..."') -> None:
        self.wrong("missing-key", "", f"{key} is missing.", f"{key} = {example}")

    def _unknown(self, key: str, value: str, known: tuple[str, ...]) -> None:
        hint = did_you_mean(value, list(known)) or f"one of: {', '.join(known)}"
        self.wrong("known-values", key, f"unknown {key} {value!r}.", hint)

    def _day(self, key: str, value: Any) -> Day | None:
        if isinstance(value, str) and _DAY.fullmatch(value):
            try:
                return Day.fromisoformat(value)
            except ValueError as error:
                what = f"{key}: {value!r} is not in the calendar ({error})."
                self.wrong("dates-shape", key, what, "look at the month's last day")
                return None
        what = f"{key} must be a full day, not {value!r}."
        self.wrong("dates-shape", key, what, f'{key} = "YYYY-MM-DD"')
        return None


def _shape(value: Any) -> str:
    """What a value is, for a person: its type, or that it is blank."""
    if isinstance(value, str):
        return "blank text"
    return f"{type(value).__name__} {str(value)[:40]!r}"
