"""Items as JSON values that are no lines: one array of them, or one after another (``jq .``)."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from typing import Any, Final

from tracker.archives import register
from tracker.archives.items import DAMAGED, LONGEST, LOOKED_AT, NOT_UTF8, opened
from tracker.archives.parts import (
    NEEDED,
    Archive,
    Part,
    Raw,
    Refused,
    whole_number,
    wrong_columns,
)

BLOCK: Final = 1 << 20
"""Bytes that are unpacked and decoded at once."""
_BETWEEN: Final = re.compile(r"[ \t\r\n,\[\]\ufeff]*")
_FOREIGN: Final = re.compile(r"[\udc80-\udcff]")
"""Bytes that are no UTF-8, as ``surrogateescape`` decodes them."""
_NO_BRACKET: Final = dict.fromkeys(map(ord, " \t\r\n,\ufeff"))
_DECODER: Final = json.JSONDecoder(parse_int=whole_number)


def columns(path: str) -> Refused | None:
    """Look at the first values: why the file cannot be read as items, or None."""
    return wrong_columns(path, list(_names(path)))


def are_items(path: str, *, array: bool) -> bool:
    """Whether the values are items, or are meant to be: an array of objects may lack a column.

    Documents of the Federal Register and JSON feeds are not.
    """
    names = _names(path)
    if register.is_document(names) or "results" in names or "document_number" in names:
        return False
    return bool(names) if array else names.keys() >= set(NEEDED)


def cut(archive: Archive, number: int) -> list[Part]:
    """One part: nothing tells where a value begins without reading what is before."""
    return [Part(archive.path, "values", number, 0, archive.size)]


def read(part: Part) -> Iterator[Raw]:
    """Each value with its number, counted from 1; what is damaged ends the file."""
    for n, value in enumerate(_values(part.path()), 1):
        if isinstance(value, dict):
            yield Raw(n, row=value)
        else:
            yield Raw(n, problem=value if isinstance(value, _Damage) else "not a JSON object")


class _Damage(str):
    """Why a value, or all from there on, cannot be read."""


def _names(path: str) -> dict[str, None]:
    """The keys of the first values, in order."""
    names: dict[str, None] = {}
    for value in islice(_values(path, "replace"), LOOKED_AT):
        names |= dict.fromkeys(value if isinstance(value, dict) else ())
    return names


def _values(path: str, errors: str = "surrogateescape") -> Iterator[Any]:
    """The values of the file, one held at a time; a ``_Damage`` stands for what is damaged.

    A value in another encoding is one, unless ``errors`` says to read on.
    """
    text, at, bracket, ended = "", 0, "", False
    blocks = _blocks(path, errors)
    while True:
        between = _BETWEEN.match(text, at)
        if between and between[0]:
            bracket = (between[0].translate(_NO_BRACKET) or bracket)[-1:]
            at = between.end()
        found, stop = _value(text, at)
        if at < stop < len(text):  # one that ends the block may be a number that goes on
            yield _Damage(NOT_UTF8) if _FOREIGN.search(text, at, stop) else found
            at = stop
        elif not ended and len(text) - at <= LONGEST:
            block = next(blocks, None)
            text, at, ended = text[at:] + (block or " "), 0, block is None
        else:
            if at < len(text) or bracket == "[":
                yield _Damage("the JSON is cut off or damaged here")
            return


def _value(text: str, at: int) -> tuple[Any, int]:
    """The value that begins there and where it ends; (None, ``at``) of none."""
    try:
        return _DECODER.raw_decode(text, at)
    except (ValueError, RecursionError):
        return None, at


def _blocks(path: str, errors: str) -> Iterator[str]:
    """The text of the file; what cannot be unpacked is as if it were not there."""
    decoder = codecs.getincrementaldecoder("utf-8")(errors)
    with closing(opened(path)) as file:
        try:
            while block := file.read1(BLOCK):
                yield decoder.decode(block)
        except DAMAGED:
            yield "\0"  # no value begins so: the file is damaged here
