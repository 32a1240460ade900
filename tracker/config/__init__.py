"""feeds.toml -> Settings: typed, checked, and precise about what is wrong and where."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from tracker.config.feeds import feeds_of
from tracker.config.tables import File, Table, many, one
from tracker.core import toml_lines
from tracker.core.clean import clean_line
from tracker.errors import UsageProblem, did_you_mean
from tracker.settings import HEADLINE, Settings, Watch

MOST_BYTES: Final = 4 << 20  # of feeds.toml itself
_TABLES: Final = ("poll", "store", "timeline", "feed", "source", "page", "watch")
_POLL: Final = ("contact", "private_hosts", "pause", "threads", "user_agent", "every", "at_most")
_WATCH: Final = ("id", "names", "kind", "roles", "capital", "adjectives")
_WATCH_KINDS: Final = ("item", "actor", "place", "term", "cue")


def load(path: Path | None) -> Settings:
    """Read feeds.toml; without a file the defaults, and no feed.

    Raises:
        UsageProblem: the file cannot be read, is no TOML, or says something wrong; file, line and
            key are named, and nothing of it is used.
    """
    if path is None:
        return parse("", None)
    return parse(_read(path), str(path))


def _read(path: Path) -> str:
    if path.is_dir():
        raise UsageProblem(f"{path} is a directory.", hint=f"--config {path / 'feeds.toml'}")
    try:
        if path.is_file() and path.stat().st_size > MOST_BYTES:
            raise UsageProblem(f"{path} is larger than 4 MB.", hint="split it, or check the path")
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageProblem(
            f"{path} is not UTF-8 (byte {error.start}).", hint="save it as UTF-8"
        ) from error
    except OSError as error:
        raise UsageProblem(
            f"{path} cannot be read: {error.strerror}.", hint="check the path and permissions"
        ) from error


def parse(text: str, path: str | None) -> Settings:
    r"""Settings from the text of feeds.toml; ``path`` is named in errors.

    >>> parse('[[feed]]\nid = "a"\nurl = "https://example.org/f"', "feeds.toml").feeds[0].every
    3600
    >>> parse('[[feed]]\nid = "a"\nulr = "https://example.org/f"', "feeds.toml")
    Traceback (most recent call last):
    ...
    tracker.errors.UsageProblem: feeds.toml:3: [[feed]] "a" has an unknown key 'ulr'.
    Try: did you mean url?
    """
    name = path or "feeds.toml"
    try:
        data = toml_lines.loads(text)
    except ValueError as error:
        raise _toml_error(name, text, error) from error
    except RecursionError as error:
        raise UsageProblem(f"{name} is nested too deeply.", hint="check its brackets") from error
    file = File(name, text)
    _known_tables(file, data)
    poll = one(file, data, "poll", _POLL)
    timeline = one(file, data, "timeline", ("headline",))
    return Settings(
        path=path,
        contact=poll.text("contact"),
        private_hosts=_hosts(poll),
        feeds=tuple(feeds_of(file, data, poll)),
        watch=tuple(_watch(file, data)),
        headline=timeline.text("headline", HEADLINE),
        headline_at=f"{name}:{timeline.line('headline')}" if "headline" in timeline else "",
        keep_bodies=one(file, data, "store", ("keep_bodies",)).whole("keep_bodies", 0, 0, 100_000),
        pause=poll.span("pause", 1, 0, 3600),
        threads=poll.whole("threads", 20, 1, 64),
        user_agent=poll.text("user_agent"),
    )


def _toml_error(name: str, text: str, error: ValueError) -> UsageProblem:
    found = re.search(r"\(at line (\d+), column \d+\)", str(error))
    line = int(found.group(1)) if found else text.rstrip("\n").count("\n") + 1
    what = re.sub(r"\s*\(at .*\)$", "", str(error))
    hint = "check quotes and brackets on that line"
    if not found:
        hint = "close the quote or bracket that is open to the end of the file"
    return UsageProblem(f"{name}:{line}: not valid TOML: {clean_line(what, 200)}.", hint=hint)


def _known_tables(file: File, data: Mapping[str, Any]) -> None:
    for key in data:
        if key not in _TABLES:
            hint = did_you_mean(key, list(_TABLES)) or f"known tables: {', '.join(_TABLES)}"
            number = next((n for n, line in enumerate(file.lines, 1) if key in line), 1)
            shown = clean_line(key, 80)
            raise UsageProblem(f"{file.path}:{number}: unknown key {shown!r}.", hint=hint)


def _watch(file: File, data: Mapping[str, Any]) -> Iterable[Watch]:
    seen: set[str] = set()
    for table in many(file, data, "watch", _WATCH):
        id_, names = _word(table), table.texts("names")
        if not names:
            raise table.wrong(f'[[watch]] "{id_}" has no names.', 'names = ["NXT:1980i"]', "names")
        if id_ in seen:
            hint = "one [[watch]] with all its names, or another id"
            raise table.wrong(f'[[watch]] "{id_}" stands twice.', hint, "id")
        seen.add(id_)
        kind = table.choice("kind", "", _WATCH_KINDS) if "kind" in table else ""
        where = f"{file.path}:{table.line()}"
        yield Watch(
            id_, names, kind, table.texts("roles"), where,
            table.text("capital", ""), table.texts("adjectives"),
            tuple((key, f"{file.path}:{table.line(key)}") for key in table.values),
        )  # fmt: skip


def _word(table: Table) -> str:
    """The id of a word: as any other, or as the lexicon writes it (``H20``, ``Entity List``)."""
    name = table.text("id")
    plain = clean_line(name, 65) == name and 0 < len(name) < 65
    return name if plain and name != "added" else table.id()


def _hosts(poll: Table) -> tuple[str, ...]:
    hosts = poll.texts("private_hosts")
    for host in hosts:
        if "/" in host or "*" in host or not host.strip():
            what = f"private_hosts: {clean_line(host, 80)!r} is not a host name."
            hint = 'private_hosts = ["localhost", "192.168.1.20"]'
            raise poll.wrong(what, hint, "private_hosts")
    return tuple(host.strip().lower().strip("[]") for host in hosts)
