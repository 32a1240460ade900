"""A curated TOML file: what it says, and on which line."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from tracker.core import toml_lines
from tracker.errors import RecordError


def loaded(path: Path) -> tuple[str, dict[str, Any]]:
    """The text of a TOML file and what it says.

    Raises:
        RecordError: it cannot be read, or is no TOML; with the line where that is known.
    """
    try:
        text = path.read_text(encoding="utf-8")
        return text, toml_lines.loads(text)
    except OSError as error:
        raise RecordError(f"{path}: {error.strerror}.", hint="check the file") from error
    except UnicodeDecodeError as error:
        what = f"{path} is not UTF-8 (byte {error.start + 1})."
        raise RecordError(what, hint="save it as UTF-8") from error
    except ValueError as error:
        raise _no_toml(path, text, str(error)) from error


def _no_toml(path: Path, text: str, said: str) -> RecordError:
    """What the library says, at its line: the last one where something was open to the end."""
    told = re.fullmatch(r"(.*?) \(at (?:line (\d+), .*|end of document)\)", said, re.DOTALL)
    what, line = told.groups() if told else (said, None)
    hint = "check quotes and brackets on that line"
    if told and line is None:
        line = str(text.rstrip("\n").count("\n") + 1)
        hint = "close the quote or bracket that is open to the end of the file"
    return RecordError(f"{path}{f':{line}' if line else ''}: not valid TOML: {what}.", hint=hint)


def head(text: str, section: str) -> int:
    """The line on which a section, or what stands for one, begins."""
    begun = re.compile(rf"\s*\[*\s*\"?{re.escape(section)}\b")
    return next((n for n, line in enumerate(text.splitlines(), 1) if begun.match(line)), 1)


def line_of(text: str) -> dict[tuple[str, str], int]:
    """The line of each row, by its section (empty above the first) and its key."""
    section = ""
    found: dict[tuple[str, str], int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if head := re.match(r"\[(\w+)\]", line):
            section = head[1]
        elif key := re.match(r'"([^"]+)"\s*=|([\w-]+)\s*=', line):
            found[section, key[1] or key[2]] = number
    return found
