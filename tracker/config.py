"""feeds.toml -> Settings: typed, checked, and precise about what is wrong and where."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final, cast

from tracker.core import address
from tracker.core.clean import clean_line
from tracker.errors import UsageProblem, did_you_mean
from tracker.model import LANGUAGES, TIERS, FeedConfig, Language, Settings, Tier, Watch

HEADLINE: Final = "cn-accel-domestic-units-share"
SHORTEST: Final = 60  # seconds; nobody's feed changes more often than once a minute
LONGEST: Final = 30 * 86400
MOST_BYTES: Final = 4 << 20  # of feeds.toml itself

_SPAN: Final = re.compile(r"(\d{1,6})\s*(s|m|min|h|d|w)")
_UNITS: Final = {"s": 1, "m": 60, "min": 60, "h": 3600, "d": 86400, "w": 604800}
_ID: Final = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
_TABLES: Final = ("poll", "store", "timeline", "feed", "source", "watch")
_POLL: Final = ("contact", "private_hosts", "pause", "threads", "user_agent", "every", "at_most")
_COMMON: Final = ("id", "url", "title", "lang", "tier", "every", "at_most", "enabled", "group")
_ACCESS: Final = ("user_agent", "headers", "username", "password_env", "password_file", "encoding")
_KEYS: Final[dict[str, tuple[str, ...]]] = {
    "feed": (*_COMMON, *_ACCESS),
    "source": (*_COMMON, *_ACCESS, "type", "agencies", "terms", "inspection", "limit"),
    "watch": ("id", "names", "kind", "roles"),
    "poll": _POLL,
    "store": ("keep_bodies",),
    "timeline": ("headline",),
}
_SOURCE_TYPES: Final = ("federal-register",)


class _File:
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
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _toml_error(name, text, error) from error
    except RecursionError as error:
        raise UsageProblem(f"{name} is nested too deeply.", hint="check its brackets") from error
    file = _File(name, text)
    _known_tables(file, data)
    poll = _one(file, data, "poll")
    store, timeline = _one(file, data, "store"), _one(file, data, "timeline")
    feeds = _feeds(file, data, poll)
    return Settings(
        path=path,
        contact=_text(file, poll, "contact", "poll", 0, ""),
        private_hosts=_hosts(file, poll),
        feeds=tuple(feeds),
        watch=tuple(_watch(file, data)),
        headline=_text(file, timeline, "headline", "timeline", 0, HEADLINE),
        keep_bodies=_whole(file, store, "keep_bodies", "store", 0, 0, 0, 100_000),
        pause=_span(file, poll, "pause", "poll", 0, 1, 0, 3600),
        threads=_whole(file, poll, "threads", "poll", 0, 20, 1, 64),
        user_agent=_text(file, poll, "user_agent", "poll", 0, ""),
    )


def _toml_error(name: str, text: str, error: tomllib.TOMLDecodeError) -> UsageProblem:
    found = re.search(r"\(at line (\d+), column \d+\)", str(error))
    line = int(found.group(1)) if found else max(1, text.count("\n") + 1)
    what = re.sub(r"\s*\(at .*\)$", "", str(error))
    return UsageProblem(
        f"{name}:{line}: not valid TOML: {clean_line(what, 200)}.",
        hint="check quotes and brackets on that line",
    )


def _known_tables(file: _File, data: Mapping[str, Any]) -> None:
    for key in data:
        if key not in _TABLES:
            hint = did_you_mean(key, list(_TABLES)) or f"known tables: {', '.join(_TABLES)}"
            number = next((n for n, line in enumerate(file.lines, 1) if key in line), 1)
            raise UsageProblem(f"{file.path}:{number}: unknown key {key!r}.", hint=hint)


def _one(file: _File, data: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    table = data.get(name, {})
    if not isinstance(table, dict):
        raise file.wrong(f"{name} is not a table.", f"[{name}]", name, 0)
    _known_keys(file, table, name, 0, f"[{name}]")
    return table


def _many(file: _File, data: Mapping[str, Any], name: str) -> Iterable[tuple[int, dict[str, Any]]]:
    tables = data.get(name, [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise file.wrong(f"{name} is not a list of tables.", f"[[{name}]]", name, 0)
    for number, table in enumerate(tables):
        shown = f'[[{name}]] "{clean_line(str(table.get("id", number + 1)), 64)}"'
        _known_keys(file, table, name, number, shown)
        yield number, table


def _known_keys(file: _File, table: Mapping[str, Any], name: str, number: int, shown: str) -> None:
    for key in table:
        if key not in _KEYS[name]:
            hint = did_you_mean(key, list(_KEYS[name])) or f"known keys: {', '.join(_KEYS[name])}"
            raise file.wrong(f"{shown} has an unknown key {key!r}.", hint, name, number, key)


def _feeds(file: _File, data: Mapping[str, Any], poll: Mapping[str, Any]) -> list[FeedConfig]:
    every = _span(file, poll, "every", "poll", 0, 3600, SHORTEST, LONGEST)
    at_most = _span(file, poll, "at_most", "poll", 0, 86400, SHORTEST, LONGEST)
    feeds: list[FeedConfig] = []
    ids: dict[str, str] = {}
    urls: dict[str, str] = {}
    for name in ("feed", "source"):
        for number, table in _many(file, data, name):
            feed = _feed(file, table, name, number, every, at_most)
            if feed.id in ids:
                raise file.wrong(f'the id "{feed.id}" is there twice.', "ids are unique", name,
                                 number, "id")  # fmt: skip
            if feed.url in urls:
                raise file.wrong(f'"{feed.id}" has the address of "{urls[feed.url]}".',
                                 "remove one of the two", name, number, "url")  # fmt: skip
            ids[feed.id] = urls[feed.url] = feed.id
            feeds.append(feed)
    return feeds


def _feed(
    file: _File, table: Mapping[str, Any], name: str, number: int, every: int, at_most: int
) -> FeedConfig:
    at = (file, table)
    feed_id = _feed_id(file, table, name, number)
    default_url = "" if name != "source" else _register_url(file, table, number)
    url = _text(*at, "url", name, number, default_url)
    _check_url(file, url, feed_id, name, number)
    every = _span(*at, "every", name, number, every, SHORTEST, LONGEST)
    at_most = _span(*at, "at_most", name, number, max(every, at_most), SHORTEST, LONGEST)
    if at_most < every:
        raise file.wrong(f'"{feed_id}": at_most is shorter than every.',
                         "at_most is the longer of the two", name, number, "at_most")  # fmt: skip
    return FeedConfig(
        id=feed_id,
        url=url,
        title=clean_line(_text(*at, "title", name, number, ""), 200),
        lang=cast(Language, _choice(*at, "lang", name, number, "en", LANGUAGES)),
        tier=cast(Tier, _choice(*at, "tier", name, number, "general", TIERS)),
        every=every,
        at_most=at_most,
        enabled=_typed(*at, "enabled", name, number, True, bool, "true or false"),
        group=clean_line(_text(*at, "group", name, number, ""), 200),
        kind=name if name != "source" else _choice(*at, "type", name, number, None, _SOURCE_TYPES),
        options=_options(file, table, name, number),
    )


def _register_url(file: _File, table: Mapping[str, Any], number: int) -> str:
    """The question to the Federal Register's API: agencies and words, the newest first."""
    from urllib.parse import urlencode

    inspection = _typed(file, table, "inspection", "source", number, False, bool, "true or false")
    limit = _whole(file, table, "limit", "source", number, 100, 1, 1000)
    agencies = _texts(file, table, "agencies", "source", number)
    terms = _texts(file, table, "terms", "source", number)
    asked = [("conditions[agencies][]", agency) for agency in agencies]
    asked += [("conditions[term]", " | ".join(terms))] if terms else []
    asked += [("order", "newest"), ("per_page", str(limit))]
    place = "public-inspection-documents.json" if inspection else "documents.json"
    return f"https://www.federalregister.gov/api/v1/{place}?{urlencode(asked)}"


def _feed_id(file: _File, table: Mapping[str, Any], name: str, number: int) -> str:
    feed_id = _text(file, table, "id", name, number, "")
    if not _ID.fullmatch(feed_id) or feed_id == "added":
        what = f"[[{name}]] has no id." if not feed_id else f"{feed_id[:80]!r} cannot be an id."
        hint = 'id = "my-feed": small letters, digits, dots and hyphens; not "added"'
        raise file.wrong(what, hint, name, number, "id")
    return feed_id


def _check_url(file: _File, url: str, feed_id: str, name: str, number: int) -> None:
    if why := address.why_not(url):
        hint = 'url = "https://..."'
        raise file.wrong(f'"{feed_id}": {why}.', hint, name, number, "url")


def _options(file: _File, table: Mapping[str, Any], name: str, number: int) -> dict[str, str]:
    """The keys only fetching and reading need, as plain text; headers as ``header.NAME``."""
    options: dict[str, str] = {}
    for key in table:
        if key in (*_COMMON, "type", "headers"):
            continue
        value = table[key]
        if isinstance(value, list) and all(isinstance(word, str) for word in value):
            options[key] = "\n".join(value)
        elif isinstance(value, bool | int):
            options[key] = str(value).lower()
        else:
            options[key] = _text(file, table, key, name, number, "")
    headers = _typed(file, table, "headers", name, number, {}, dict, '{ "Name" = "value" }')
    for key, value in headers.items():
        if not re.fullmatch(r"[A-Za-z0-9-]{1,64}", key) or not isinstance(value, str):
            raise file.wrong(f"the header {key[:64]!r} cannot be sent.", '"X-Name" = "value"', name,
                             number, "headers")  # fmt: skip
        if re.search(r"[\x00-\x1f\x7f]", value) or key.lower() in ("host", "cookie"):
            raise file.wrong(f"the header {key!r} is not allowed.", "remove it", name, number,
                             "headers")  # fmt: skip
        options[f"header.{key}"] = value
    return options


def _watch(file: _File, data: Mapping[str, Any]) -> Iterable[Watch]:
    for number, table in _many(file, data, "watch"):
        names = _texts(file, table, "names", "watch", number)
        kinds = ("item", "actor", "place", "term", "cue")
        yield Watch(
            id=_feed_id(file, table, "watch", number),
            names=names,
            kind=_choice(file, table, "kind", "watch", number, "item", kinds),
            roles=_texts(file, table, "roles", "watch", number),
        )


def _hosts(file: _File, poll: Mapping[str, Any]) -> tuple[str, ...]:
    hosts = _texts(file, poll, "private_hosts", "poll", 0)
    for host in hosts:
        if "/" in host or "*" in host or not host.strip():
            raise file.wrong(f"private_hosts: {host!r} is not a host name.",
                             'private_hosts = ["localhost", "192.168.1.20"]', "poll", 0,
                             "private_hosts")  # fmt: skip
    return tuple(host.strip().lower().strip("[]") for host in hosts)


# ---- values -----------------------------------------------------------------------------------


def _typed(
    file: _File,
    table: Mapping[str, Any],
    key: str,
    name: str,
    number: int,
    default: Any,
    kind: type,
    example: str,
) -> Any:
    value = table.get(key, default)
    right = isinstance(value, kind) and (kind is bool or not isinstance(value, bool))
    if key in table and not right:
        raise file.wrong(f"{key} has the wrong type ({type(value).__name__}).",
                         f"{key} = {example}", name, number, key)  # fmt: skip
    return value


def _text(
    file: _File, table: Mapping[str, Any], key: str, name: str, number: int, default: str
) -> str:
    return str(_typed(file, table, key, name, number, default, str, '"text"'))


def _texts(
    file: _File, table: Mapping[str, Any], key: str, name: str, number: int
) -> tuple[str, ...]:
    values = _typed(file, table, key, name, number, [], list, '["text", "text"]')
    if not all(isinstance(value, str) and value.strip() for value in values):
        raise file.wrong(f"{key} holds something that is not text.", f'{key} = ["text"]', name,
                         number, key)  # fmt: skip
    return tuple(values)


def _whole(
    file: _File,
    table: Mapping[str, Any],
    key: str,
    name: str,
    number: int,
    default: int,
    least: int,
    most: int,
) -> int:
    value = int(_typed(file, table, key, name, number, default, int, str(default)))
    if not least <= value <= most:
        raise file.wrong(f"{key} is {value}.", f"from {least} to {most}", name, number, key)
    return value


def _choice(
    file: _File,
    table: Mapping[str, Any],
    key: str,
    name: str,
    number: int,
    default: str | None,
    choices: tuple[str, ...],
) -> str:
    value = _text(file, table, key, name, number, default or "")
    if value not in choices:
        hint = did_you_mean(value, list(choices)) or f"one of {', '.join(choices)}"
        raise file.wrong(f"{key} cannot be {value[:80]!r}.", hint, name, number, key)
    return value


def _span(
    file: _File,
    table: Mapping[str, Any],
    key: str,
    name: str,
    number: int,
    default: int,
    least: int,
    most: int,
) -> int:
    if key not in table:
        return default
    text = _text(file, table, key, name, number, "").strip().lower()
    found = _SPAN.fullmatch(text)
    seconds = int(found.group(1)) * _UNITS[found.group(2)] if found else -1
    if not found or not least <= seconds <= most:
        what = f"{key} cannot be {text[:80]!r}."
        raise file.wrong(what, f'{key} = "90s", "30m", "2h" or "1d"', name, number, key)
    return seconds
