"""Where a mistake stands: problems that name file and line, and pages that can find a key.

``tomllib`` says where a file stops being TOML, but not where a value came from. A ``Page`` keeps
the text beside the values and looks a key up in it, only once somebody asks: that is, on the way
to a message.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from tracker.core import toml_lines
from tracker.errors import RecordError

_HEADER: Final = re.compile(r"\s*(\[\[?)\s*([A-Za-z0-9_\-]+)\s*\]\]?\s*(?:#.*)?$")
_KEY: Final = re.compile(r"""\s*(?:([A-Za-z0-9_\-]+)|"([^"\\]*)"|'([^']*)')\s*=""")
_TOML_PLACE: Final = re.compile(r"\s*\(at (?:line (\d+), column \d+|end of document)\)")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in a file. ``check`` names the rule, ``line`` counts from 1.

    ``shown`` is the line itself, ``hint`` what to write instead; both may be empty.
    """

    check: str
    path: str
    line: int
    what: str
    hint: str = ""
    shown: str = ""

    def __str__(self) -> str:
        """``file:line: what``, the line underlined, as compilers do."""
        head = f"{self.path}:{self.line}: {self.what}"
        if not self.shown:
            return head
        body = self.shown.strip()
        margin = " " * len(str(self.line))
        return f"{head}\n  {self.line} | {body}\n  {margin} | {'^' * min(len(body), 72)}"

    def error(self) -> RecordError:
        """The same as an error that ends the program."""
        return RecordError(str(self), hint=self.hint)


@dataclass(slots=True)
class Page:
    """One TOML file: its name as shown, its text, and its values (empty where unreadable)."""

    path: str
    text: str
    values: dict[str, Any] = field(default_factory=dict)
    _places: dict[tuple[str, int, str], int] | None = None

    def line(self, table: str = "", index: int = 0, key: str = "") -> int:
        """The line of ``key`` in the ``index``-th ``[[table]]`` ('' is the top of the file).

        Falls back to the table's own line, then to line 1: a missing key has no line.
        """
        if self._places is None:
            self._places = _places(self.text)
        for place in ((table, index, key), (table, index, "")):
            if place in self._places:
                return self._places[place]
        return 1

    def problem(
        self, check: str, what: str, *, hint: str = "", at: tuple[str, int, str] = ("", 0, "")
    ) -> Problem:
        """A problem at a key of this page; ``at`` is (table, index, key)."""
        number = self.line(*at)
        lines = self.text.splitlines()
        shown = lines[number - 1] if number <= len(lines) else ""
        return Problem(check, self.path, number, what, hint, shown)


def read_page(path: Path, shown: str, problems: list[Problem]) -> Page:
    """Read one TOML file; what cannot be read is added to ``problems`` and leaves no values."""
    try:
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        hint = "save the file as UTF-8"
        problems.append(Problem("syntax", shown, line, "the file is not UTF-8.", hint))
        return Page(shown, "")
    except OSError as error:
        what = f"the file cannot be read ({error.strerror})."
        problems.append(Problem("syntax", shown, 1, what, "check its permissions"))
        return Page(shown, "")
    page = Page(shown, text)
    try:
        page.values = toml_lines.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        problems.append(_syntax_problem(page, str(error)))
    return page


def _syntax_problem(page: Page, message: str) -> Problem:
    found = _TOML_PLACE.search(message)
    lines = page.text.splitlines()
    number = int(found[1]) if found and found[1] else max(1, len(lines))
    shown = lines[number - 1] if number <= len(lines) else ""
    what = f"this is not TOML: {_TOML_PLACE.sub('', message)}."
    return Problem("syntax", page.path, number, what, "quote text, and close each bracket", shown)


def _places(text: str) -> dict[tuple[str, int, str], int]:
    """(table, index, key) -> line; the key '' is the table's own header."""
    places: dict[tuple[str, int, str], int] = {}
    count: dict[str, int] = {}
    table, index, inside = "", 0, ""
    for number, line in enumerate(text.splitlines(), start=1):
        was_inside, inside = inside, _long_string(line, inside)
        if was_inside:
            continue
        if header := _HEADER.match(line):
            table = header[2]
            index = count.get(table, -1) + 1
            count[table] = index
            places.setdefault((table, index, ""), number)
        elif key := _KEY.match(line):
            places.setdefault((table, index, key[1] or key[2] or key[3] or ""), number)
    return places


def _long_string(line: str, inside: str) -> str:
    """The triple quote that is still open after ``line``, or ''."""
    for quote in ('"""', "'''"):
        if inside in ("", quote) and line.count(quote) % 2:
            return "" if inside else quote
    return inside
