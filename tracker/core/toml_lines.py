"""TOML of which every value stands on one line, as in the lexicon and in most feeds.toml.

The library goes letter by letter; here a line is matched whole, and its values are written as in
JSON. A text with anything else in it goes to the library, which also says what is wrong with it.
"""

from __future__ import annotations

import json
import re
from typing import Any, Final

_TEXT: Final = r'"(?:[^"\\]|\\["\\bfnrt])*"'
_KEY: Final = rf"(?:[A-Za-z0-9_-]+|{_TEXT})"
_ONE: Final = rf"(?:{_TEXT}|-?(?:0|[1-9][0-9]{{0,17}})(?:\.[0-9]+)?|true|false)"
_VALUE: Final = rf"(?:{_ONE}|\[(?:{_ONE}(?:, {_ONE})*)?\])"
_PAIR: Final = re.compile(rf"({_KEY}) = ({_VALUE})")
_ROW: Final = rf"\{{ {_KEY} = {_VALUE}(?:, {_KEY} = {_VALUE})* \}}"
_LINE: Final = re.compile(rf"({_KEY}) = (?:({_VALUE})|({_ROW}))(?: +#.*)?")
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
    match = _LINE.fullmatch(line)
    if match is None:
        return False
    key, value, row = _name(match[1]), match[2], match[3]
    if key in table:
        return False
    if value is not None:
        table[key] = json.loads(value)
        return True
    pairs = _PAIR.findall(row)
    quoted = (f'"{name}":{one}' if name[0] != '"' else f"{name}:{one}" for name, one in pairs)
    table[key] = json.loads("{" + ",".join(quoted) + "}")
    return len(table[key]) == len(pairs)


def _name(key: str) -> str:
    name: str = json.loads(key) if key[0] == '"' else key
    return name
