"""Frozen nouns to plain JSON values and back, field by field, by their own type hints.

Used wherever a noun is kept whole (the record's snapshot, the bodies in the database), so that a
field added to a noun is stored and read back without a second list of its name.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from functools import cache
from operator import attrgetter
from typing import Any, Final, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")
_Names = tuple[tuple[str, ...], Callable[[Any], Iterable[Any]]]


def pack(value: object) -> Any:
    """A noun as JSON values; fields that hold their default None, () or {} are left out.

    >>> from tracker.model import Reason
    >>> pack(Reason("date", 0.3, "1 day apart"))
    {'name': 'date', 'weight': 0.3, 'why': '1 day apart'}
    """
    kind = type(value)
    if kind in _PLAIN:
        return value
    if kind is date:
        return value.isoformat()  # type: ignore[attr-defined]  # as its type says
    if isinstance(value, tuple):
        return [item if type(item) in _PLAIN else pack(item) for item in value]
    if kind in _NOUNS:
        return _packed_noun(value, *_NOUNS[kind])
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | frozenset):
        return [pack(item) for item in value]
    if isinstance(value, Mapping):
        return {key: pack(item) for key, item in value.items()}
    if is_dataclass(value):
        _NOUNS[kind] = _names(kind)
        return _packed_noun(value, *_NOUNS[kind])
    return value


def _names(kind: Any) -> _Names:
    """Field names, and what gives the values of them all."""
    names = tuple(field.name for field in fields(kind))
    values = attrgetter(*names) if len(names) > 1 else lambda noun: [getattr(noun, names[0])]
    return names, values


_PLAIN: Final = frozenset({str, int, float, bool, type(None)})
_NOUNS: Final[dict[type, _Names]] = {}
"""The field names of the nouns packed so far: asking for them costs more than packing."""


def _packed_noun(
    noun: object, names: tuple[str, ...], values: Callable[[Any], Iterable[Any]]
) -> dict[str, Any]:
    found = {}
    for name, item in zip(names, values(noun), strict=True):
        if type(item) in _PLAIN:
            if item is not None:
                found[name] = item
        elif item or (item != () and item != {}):
            found[name] = pack(item)
    return found


def unpack(noun: type[T], values: Mapping[str, Any]) -> T:
    """The noun that ``pack`` made ``values`` of.

    Raises:
        KeyError, ValueError, TypeError: the values are not of that noun.

    >>> from tracker.model import Reason
    >>> unpack(Reason, {"name": "date", "weight": 0.3, "why": "1 day apart"}).weight
    0.3
    """
    readers, empty = _readers(cast(Any, noun))
    known = dict(empty)
    for name, value in values.items():
        read = readers[name]
        known[name] = value if read is None else read(value)
    return noun(**known)


@cache
def _readers(noun: Any) -> tuple[dict[str, Callable[[Any], Any] | None], dict[str, Any]]:
    """For each field how to read it, and what an absent field means."""
    hints = get_type_hints(noun)
    readers = {field.name: _reader(hints[field.name]) for field in fields(noun)}
    return readers, {f.name: _absent(hints[f.name]) for f in fields(noun)}


def _absent(hint: Any) -> Any:
    if get_origin(hint) is tuple:
        return ()
    if get_origin(hint) is not None and issubclass(_class(get_origin(hint)), Mapping):
        return {}
    return False if hint is bool else None


def _class(origin: Any) -> type:
    return origin if isinstance(origin, type) else object


def _reader(hint: Any) -> Callable[[Any], Any] | None:
    origin, args = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        inner = _reader(next(arg for arg in args if arg is not type(None)))
        return None if inner is None else lambda v: None if v is None else inner(v)
    if origin is tuple:
        item = _reader(args[0])
        return _tuple_of(item)
    if origin is Literal:
        return None
    if origin is not None and issubclass(_class(origin), Mapping):
        item = _reader(args[1])
        return None if item is None else lambda v: {key: item(one) for key, one in v.items()}
    return _scalar(hint)


def _tuple_of(item: Callable[[Any], Any] | None) -> Callable[[Any], Any]:
    if item is None:
        return tuple
    return lambda values: tuple([item(one) for one in values])


def _scalar(hint: Any) -> Callable[[Any], Any] | None:
    if hint is datetime:
        return datetime.fromisoformat
    if hint is date:
        return date.fromisoformat
    if is_dataclass(hint):
        return lambda v: unpack(hint, v)  # type: ignore[arg-type]  # a class, as is_dataclass saw
    return None
