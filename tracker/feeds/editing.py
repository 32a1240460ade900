"""Editing feeds.toml as a person would: comments, order and layout stay."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any

from tracker.errors import UsageProblem
from tracker.feeds.opml import Outline


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
    import tomlkit

    text = path.read_text(encoding="utf-8") if path.exists() else ""
    blocks = []
    for name, feed in feeds:
        table = tomlkit.table()
        values = {"id": name, "url": feed.url, "title": feed.title, "group": feed.group,
                  "lang": feed.lang}  # fmt: skip
        for key, value in values.items():
            if value:
                table[key] = value
        blocks.append("\n[[feed]]\n" + tomlkit.dumps(table))
    ending = "" if not text or text.endswith("\n") else "\n"
    write(path, text + ending + "".join(blocks))


def remove(path: Path, name: str) -> bool:
    """Take the table with this id out; False where there is none."""
    import tomlkit

    data: Any = tomlkit.parse(path.read_text(encoding="utf-8"))
    for kind in ("feed", "source", "page"):
        tables = data.get(kind, [])
        for number, table in enumerate(tables):
            if table.get("id") == name:
                del tables[number]
                if not tables:
                    del data[kind]
                write(path, tomlkit.dumps(data))
                return True
    return False


def write(path: Path, text: str) -> None:
    """Replace a file in one move.

    Raises:
        UsageProblem: it cannot be written.
    """
    partial = path.with_name(f".{path.name}.partial")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        partial.write_text(text, encoding="utf-8")
        os.replace(partial, path)  # noqa: PTH105 - one call that is atomic and says so
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise UsageProblem(
            f"{path} cannot be written: {error.strerror}.", hint="check its permissions"
        ) from error
