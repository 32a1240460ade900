"""Decisions as a file of lines: appended to, never rewritten, readable in git."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from tracker.core import accepted, amended
from tracker.core.decisions import PAIRED, VERDICTS, is_code
from tracker.dates import span_of
from tracker.errors import RecordError, StoreError, did_you_mean
from tracker.model import DIRECTIONS, KINDS, Decision

_TEXTS = ("key", "verdict", "value", "by", "at", "why", "seen")
_KEYS: Final = (*_TEXTS, "items")


def read(path: Path, note: Callable[[str], None] = lambda _: None) -> list[Decision]:
    """Every line of a decisions file, in order; none where the file is missing.

    ``note`` is told of a key that nothing reads: the line holds without it.

    Raises:
        RecordError: a line that is not a decision, with file, line and a suggestion.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return []
    except UnicodeDecodeError as error:
        what = f"{path} is not UTF-8 (byte {error.start + 1})."
        raise RecordError(what, hint="save it as UTF-8") from error
    except OSError as error:
        what = f"{path} cannot be read: {error.strerror}."
        raise RecordError(what, hint="check the file") from error
    lines = enumerate(text.split("\n"), 1)  # JSON lines: no other sign ends one
    return [_decision(path, number, line, note) for number, line in lines if line.strip()]


def readable(path: Path) -> list[Decision]:
    """The lines of a decisions file that are decisions, in order; the others are passed over."""
    try:
        lines = path.read_text(encoding="utf-8-sig", errors="replace").split("\n")
    except OSError:
        return []
    found: list[Decision] = []
    for number, line in enumerate(lines, 1):
        with suppress(RecordError):
            found += [_decision(path, number, line, lambda _: None)] if line.strip() else []
    return found


def _decision(path: Path, number: int, line: str, note: Callable[[str], None]) -> Decision:
    def wrong(what: str, hint: str) -> RecordError:
        return RecordError(f"{path}:{number}: {what}\n  {number} | {line[:120]}", hint=hint)

    try:
        row: Any = json.loads(line)
    except (ValueError, RecursionError) as error:
        hint = "mend the line, or take it out; tracker decide writes such lines"
        raise wrong(f"not JSON ({_at(error)}).", hint) from error
    if not isinstance(row, dict) or not isinstance(row.get("items", []), list):
        raise wrong("not a decision.", '{"key": ..., "verdict": "same", "items": [...]}')
    for name in row:
        if name not in _KEYS:
            near = did_you_mean(name, list(_KEYS)) or f"keys: {', '.join(_KEYS)}"
            note(f"{path}:{number}: the line holds without its unknown key {name!r} ({near})")
    verdict = row.get("verdict")
    if verdict not in VERDICTS:
        near = did_you_mean(str(verdict), list(VERDICTS)) or ", ".join(VERDICTS)
        raise wrong(f"no verdict is called {verdict!r}.", near)
    texts = {name: row.get(name, "") for name in _TEXTS}
    if not all(isinstance(value, str) for value in (*texts.values(), *row.get("items", []))):
        raise wrong("a value is not text.", "write every value as text")
    found = Decision(items=tuple(row.get("items", [])), **texts)
    if lack := _lacking(found):
        raise wrong(f"{lack}.", _WRITTEN)
    try:
        _check_value(found)
    except ValueError as error:
        hint = did_you_mean(found.value, list(_words(verdict))) or _WRITTEN
        raise wrong(f"no value for {verdict} ({error}).", hint) from error
    return found


def _at(error: Exception) -> str:
    """What a JSON reader complained of, and where in the line."""
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg.removesuffix(' at')} at character {error.pos + 1}"
    return "nested too deep"


def _lacking(line: Decision) -> str:
    """What a line must have to say anything, in words; empty where nothing is missing."""
    if not line.key or not line.at:
        return "no key or no time"
    try:
        datetime.fromisoformat(line.at)
    except ValueError:
        return f"{line.at!r} is no time (2025-07-15T12:00:00Z)"
    named = len(set(line.items))
    if line.verdict in PAIRED and named < 2:
        return f"{line.verdict} names two items or more"
    return "" if named or line.verdict == "withdrawn" else f"{line.verdict} names no item"


def _check_value(line: Decision) -> None:
    """Read the value of a line as it will be read.

    Raises:
        ValueError: that cannot be done.
    """
    if line.verdict == "accept-claim":
        accepted.fields(line.value)
    elif line.verdict == "redate":
        span_of(line.value)
    elif line.verdict in amended.AMENDING:
        amended.read(line.verdict, line.value)
    elif line.verdict == "jurisdiction":  # a user's own words may add countries
        _each(line.value, is_code, "is no code of a country")
    elif known := _words(line.verdict):
        _each(line.value, known.__contains__, "is not known")


def _each(value: str, fits: Callable[[str], bool], what: str) -> None:
    for one in value.split(","):
        if not fits(one.strip()):
            raise ValueError(f"{one.strip()!r} {what}")


def _words(verdict: str) -> tuple[str, ...]:
    """What the value of a line may be, one or more of these parted by commas; empty: anything."""
    return {"kind": KINDS, "direction": DIRECTIONS}.get(verdict, ())


_WRITTEN: Final = "let tracker decide write the lines"


def append(path: Path, lines: Iterable[Decision]) -> None:
    """Write lines at the end in one move, and on the disk before returning.

    Where the last line was left without its end (by an editor, a merge), it gets one first.

    Raises:
        StoreError: the file cannot be written; nothing was.
    """
    text = "".join(json.dumps(_row(line), ensure_ascii=False) + "\n" for line in lines)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o644)
        try:
            _write_all(handle, b"\n" * _lacks_end(handle) + text.encode())
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        hint = "free some space" if full else "check the folder's permissions"
        raise StoreError(f"{path} cannot be written: {error.strerror}.", hint=hint) from error


def _lacks_end(handle: int) -> bool:
    size = os.lseek(handle, 0, os.SEEK_END)
    if not size:
        return False
    os.lseek(handle, size - 1, os.SEEK_SET)
    return os.read(handle, 1) != b"\n"


def _write_all(handle: int, content: bytes) -> None:
    """Write every byte; where the disk fills up, take back what was written of it."""
    end = os.lseek(handle, 0, os.SEEK_END)
    rest = content
    try:
        while rest:
            rest = rest[os.write(handle, rest) :]
    except OSError:
        with suppress(OSError):  # the first reason is told, whatever becomes of this
            os.ftruncate(handle, end)
        raise


def _row(line: Decision) -> dict[str, object]:
    row: dict[str, object] = {"key": line.key, "verdict": line.verdict, "items": list(line.items)}
    rest = {"value": line.value, "by": line.by, "at": line.at, "why": line.why, "seen": line.seen}
    return row | {name: value for name, value in rest.items() if value}
