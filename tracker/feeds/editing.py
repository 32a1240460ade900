"""Editing feeds.toml as a person would: comments, order and layout stay."""

from __future__ import annotations

import fcntl
import os
import re
import tomllib
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from tracker.errors import Busy, UsageProblem
from tracker.feeds.opml import Outline
from tracker.placed import placed

PATIENCE: Final = 100
"""How often a command looks whether another one has done with the file."""


@contextmanager
def alone(path: Path, pause: Callable[[], None]) -> Iterator[None]:
    """Within the block no other command edits the file; ``pause`` waits a moment.

    The folder is what is locked: the file itself is another one after each edit.

    Raises:
        UsageProblem: the folder cannot be made or locked.
        Busy: another command holds it and does not end.
    """
    folder = path.resolve().parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError as error:
        raise _unwritable(path, error) from error
    try:
        _lock(handle, path, pause)
        yield
    finally:
        os.close(handle)


def _lock(handle: int, path: Path, pause: Callable[[], None]) -> None:
    for _ in range(PATIENCE):
        try:
            return fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            pause()
        except OSError as error:
            raise _unwritable(path, error) from error
    what = f"Another command edits {path}; nothing was changed."
    raise Busy(what, hint="the same again when it has ended")


def id_for(title: str, url: str, taken: Collection[str]) -> str:
    """A feed id made of a title, else of the host; numbered where it is taken.

    >>> id_for("The Register: AI", "https://x.org/f", {"the-register-ai"})
    'the-register-ai-2'
    >>> id_for("中央社", "https://www.cna.com.tw/f", set())
    'cna.com.tw'
    """
    from tracker.core.polling import host_of

    words = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:40].strip("-")
    base = words if len(words) >= 3 else host_of(url).removeprefix("www.") or "feed"
    base = base if base != "added" else "added-feed"
    number, name = 2, base
    while name in taken:
        name, number = f"{base}-{number}", number + 1
    return name


def add(path: Path, feeds: Iterable[tuple[str, Outline]]) -> None:
    """Append ``[[feed]]`` tables; the file is made where there is none.

    Raises:
        UsageProblem: it cannot be read or written.
    """
    text = read(path) if path.exists() else ""
    ending = "" if not text or text.endswith("\n") else "\n"
    blocks = [_block(name, feed) for name, feed in feeds]
    write(path, text + _as_in(text, ending + "".join(blocks)))


def _block(name: str, feed: Outline) -> str:
    import tomlkit

    table = tomlkit.table()
    values = {"id": name, "url": feed.url, "title": feed.title, "group": feed.group,
              "lang": feed.lang, "tier": feed.tier}  # fmt: skip
    for key, value in values.items():
        if value:
            table[key] = value
    return "\n[[feed]]\n" + tomlkit.dumps(table)


def _as_in(text: str, more: str) -> str:
    """``more`` with the line ends of ``text``."""
    return more.replace("\n", "\r\n") if "\r\n" in text else more


def remove(path: Path, name: str) -> bool:
    """Take the table with this id out; False where there is none.

    Only its own lines go: what stands above its header and below its last value stays. Before it
    is written, the new text is read: it must say what the old one said, less that table.

    Raises:
        UsageProblem: the file is written in a way that cannot be edited safely.
    """
    whole = read(path)
    text = whole.removeprefix(_MARK)
    data = tomllib.loads(text)
    for kind in ("feed", "source", "page"):
        tables = data.get(kind, [])
        number = next((n for n, table in enumerate(tables) if table.get("id") == name), None)
        if number is None:
            continue
        shorter = _without(text, kind, number)
        if shorter is None or not _is_without(shorter, data, kind, number):
            what = f'"{name}" is written in {path} in a way that cannot be edited safely.'
            raise UsageProblem(what, hint="remove it by hand")
        write(path, whole[: len(whole) - len(text)] + shorter)
        return True
    return False


_MARK: Final = "\ufeff"
"""What some editors put before a text; TOML does not know it."""


def _without(text: str, kind: str, number: int) -> str | None:
    """The text without the ``number``-th ``[[kind]]``; None where its lines are not found."""
    lines = text.splitlines(keepends=True)
    head = re.compile(rf"\s*\[\[\s*[\"']?{kind}[\"']?\s*\]\]\s*(?:#.*)?$")
    heads = [n for n, line in enumerate(lines) if head.match(line.rstrip("\r\n"))]
    if number >= len(heads):
        return None
    first = heads[number]
    last = first
    for n in range(first + 1, len(lines)):
        bare = lines[n].strip()
        if re.match(r"\[\[?[^\[]", bare) and not bare.startswith(f"[{kind}."):
            break
        if bare and not bare.startswith("#"):
            last = n
    after = last + 1
    if after < len(lines) and not lines[after].strip():
        after += 1  # the blank line that set it apart
    return "".join(lines[:first] + lines[after:])


def _is_without(text: str, data: dict[str, Any], kind: str, number: int) -> bool:
    tables = [table for n, table in enumerate(data[kind]) if n != number]
    expected = {key: value for key, value in data.items() if key != kind}
    try:
        return tomllib.loads(text) == expected | ({kind: tables} if tables else {})
    except tomllib.TOMLDecodeError:
        return False


def read(path: Path) -> str:
    """The text as it is, line ends included.

    Raises:
        UsageProblem: it cannot be read.
    """
    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageProblem(f"{path} cannot be read.", hint="save it as UTF-8") from error


def write(path: Path, text: str) -> None:
    """Replace a file in one move; a link stays a link, and who may read it stays as it was.

    Raises:
        UsageProblem: it cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        placed(path, text.encode("utf-8"))
    except OSError as error:
        raise _unwritable(path, error) from error


def _unwritable(path: Path, error: OSError) -> UsageProblem:
    what = f"{path} cannot be written: {error.strerror}."
    return UsageProblem(what, hint="check its permissions")
