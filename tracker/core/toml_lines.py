"""TOML of which every value stands on one line, as in the lexicon and in most feeds.toml.

The library goes letter by letter; here a line is matched whole, and its values are written as in
JSON. A text with anything else in it goes to the library, which also says what is wrong with it.
"""

from __future__ import annotations

import json
import re
from typing import Any, Final

_TEXT: Final = r'"[^"\\]*(?:\\["\\bfnrt][^"\\]*)*"'
_KEY: Final = rf"(?:[A-Za-z0-9_-]+|{_TEXT})"
_ONE: Final = rf"(?:{_TEXT}|-?(?:0|[1-9][0-9]{{0,17}})(?:\.[0-9]+)?|true|false)"
_VALUE: Final = rf"(?:{_ONE}|\[(?:{_ONE}(?:, {_ONE})*)?\])"
_PAIR: Final = re.compile(rf"({_KEY}) = ({_VALUE})")
_ROW: Final = rf"\{{ {_KEY} = {_VALUE}(?:, {_KEY} = {_VALUE})* \}}"
_LINE: Final = re.compile(rf"({_KEY}) = (?:({_VALUE})|({_ROW}))(?: +#.*)?")
_BEGUN: Final = re.compile(rf"({_KEY}) = (?=\{{)")
_json: Final = json.JSONDecoder().raw_decode  # what is given to it was matched whole
_HEAD: Final = re.compile(r"(\[\[?)([A-Za-z0-9_-]+)(\]\]?)(?: +#.*)?")
_STRANGE: Final = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")


def loads(text: str) -> dict[str, Any]:
    """What a TOML text says.

    >>> loads('[item] # chips' + chr(10) + '"H20" = { names = ["H20", "=H 20"], weight = 0.5 }')
    {'item': {'H20': {'names': ['H20', '=H 20'], 'weight': 0.5}}}

    Raises:
        ValueError: it is no TOML (the library's TOMLDecodeError, with line and column).
    """
    found = _by_line(text)
    if found is not None:
        return found
    import tomllib

    return tomllib.loads(text)


def _by_line(text: str) -> dict[str, Any] | None:
    """The same; None where it is not all in the plain form."""
    if _STRANGE.search(text):
        return None
    table = whole = dict[str, Any]()
    for line in text.split("\n"):
        if not line or line[0] == "#":
            continue
        if line[0] == "[":
            opened = _opened(line, whole)
            if opened is None:
                return None
            table = opened
        elif not _put(line, table):
            return None
    return whole


def _opened(line: str, whole: dict[str, Any]) -> dict[str, Any] | None:
    """The table that a heading begins; None where it is not plain, or the second of its name."""
    head = _HEAD.fullmatch(line)
    if head is None or len(head[1]) != len(head[3]):
        return None
    table: dict[str, Any] = {}
    if len(head[1]) == 1:
        return None if head[2] in whole else whole.setdefault(head[2], table)
    tables = whole.setdefault(head[2], _Tables())
    if not isinstance(tables, _Tables):
        return None
    tables.append(table)
    return table


class _Tables(list[dict[str, Any]]):
    """The tables of one name; a list that stands as a value is none of these."""


def _put(line: str, table: dict[str, Any]) -> bool:
    """Whether a line could be read into its table."""
    begun = _BEGUN.match(line)
    found = _row(line[begun.end() :]) if begun else None
    if begun and found is not None:
        return table.setdefault(_name(begun[1]), found) is found
    match = _LINE.fullmatch(line)
    if match is None or (key := _name(match[1])) in table:
        return False
    value = _json(match[2])[0] if match[2] is not None else _row(match[3])
    table[key] = value
    return value is not None


def _row(text: str) -> dict[str, Any] | None:
    """What stands between braces; None where that is not all, or names something twice."""
    pairs = _pairs(text)
    if pairs is None:
        return None
    quoted = (f'"{name}":{one}' if name[0] != '"' else f"{name}:{one}" for name, one in pairs)
    found: dict[str, Any] = _json("{" + ",".join(quoted) + "}")[0]
    return found if len(found) == len(pairs) else None


def _pairs(text: str) -> list[tuple[str, str]] | None:
    """The names and values between braces, from left to right; None where anything else stands."""
    pairs: list[tuple[str, str]] = []
    at = 2 if text.startswith("{ ") else len(text)
    while found := _PAIR.match(text, at):
        pairs.append((found[1], found[2]))
        at = found.end() + 2
        if text.startswith(" }", found.end()):
            return pairs if at == len(text) else None
        if not text.startswith(", ", found.end()):
            return None
    return None


def _name(key: str) -> str:
    if key[0] != '"':
        return key
    return key[1:-1] if "\\" not in key else str(_json(key)[0])
