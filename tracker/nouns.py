"""The standard ``dataclass``, whose methods are made when one of them is first called.

The standard decorator writes, compiles and runs the source of six methods for each class at import:
a third of the time of a short question, for nouns of which most are never made. Here methods that
do the same are made later, and without source where none is needed. Type checkers see the standard
decorator.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from operator import attrgetter
from types import MemberDescriptorType
from typing import TYPE_CHECKING, Any, Final, TypeVar

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:

    def dataclass(cls: Any = None, /, *, frozen: bool = False, slots: bool = False) -> Any:
        """Make a data class; ``frozen`` and ``slots`` mean what they mean in the library."""
        if cls is None:
            return lambda cls: _made(cls, frozen, slots)
        return _made(cls, frozen, slots)


_T = TypeVar("_T")
_METHODS: Final = ("__init__", "__repr__", "__eq__", "__hash__")


def draft(cls: type[_T]) -> type[_T]:
    """The frozen noun ``cls`` while it is made; who makes it says in the end that it is one.

    Setting the fields of a frozen noun is most of the time of making it, and here they are set
    plainly. For nouns that are made for every item that is read, and nowhere else:

    >>> @dataclass(frozen=True, slots=True)
    ... class Pair:
    ...     left: int
    ...     right: int = 0
    >>> Draft = draft(Pair)
    >>> one = Draft(left=1)
    >>> one.__class__ = Pair
    >>> one == Pair(1)
    True
    """
    slots = tuple(one.name for one in dataclasses.fields(cls))  # type: ignore[arg-type]  # a data class
    return type(cls.__name__, (), {"__slots__": slots, "__init__": _init(cls, frozen=False)})


def _made(cls: type[Any], frozen: bool, slots: bool) -> type[Any]:
    own = set(cls.__dict__)
    cls = dataclasses.dataclass(init=False, repr=False, eq=False, slots=slots)(cls)
    for name in _METHODS[: 4 if frozen else 3]:
        if name not in own:
            setattr(cls, name, _first(cls, name, frozen))
    if not frozen:
        cls.__hash__ = None  # type: ignore[assignment]  # as the library does where fields change
        return cls
    cls.__setattr__ = _refuse_to_set  # type: ignore[assignment]  # as above
    cls.__delattr__ = _refuse_to_delete  # type: ignore[assignment]  # as above
    if slots:  # unpickling must not go through __setattr__
        cls.__getstate__ = _state  # type: ignore[assignment]  # as above
        cls.__setstate__ = _set_state
    return cls


def _first(cls: type[Any], name: str, frozen: bool) -> Any:
    """A method that has itself made, and then does what was asked."""

    def method(self: Any, *args: Any, **named: Any) -> Any:
        made = _library_made(cls, name, frozen)
        if cls.__dict__.get(name) is method:
            setattr(cls, name, made)
        return made(self, *args, **named)

    return method


def _library_made(cls: type[Any], name: str, frozen: bool) -> Any:
    """The method that the library would make; it takes longer where it writes and compiles all."""
    if name == "__init__":
        return _init(cls, frozen)
    if name == "__repr__":
        kept = [(f.name, f.type, dataclasses.field(repr=f.repr)) for f in dataclasses.fields(cls)]
        return dataclasses.make_dataclass(cls.__qualname__, kept, init=False, eq=False).__repr__
    hashed = name == "__hash__"
    names = [f.name for f in dataclasses.fields(cls) if (f.hash if hashed and f.hash is not None
                                                         else f.compare)]  # fmt: skip
    return _hash(_values(names)) if hashed else _eq(_values(names))


def _values(names: list[str]) -> Callable[[Any], tuple[Any, ...]]:
    """What gives the values of these fields, always as a tuple."""
    if len(names) > 1:
        return attrgetter(*names)
    return lambda one: tuple(getattr(one, name) for name in names)


def _eq(values: Callable[[Any], tuple[Any, ...]]) -> Any:
    def __eq__(self: Any, other: object) -> Any:  # noqa: N807 - the method's own name
        return (
            values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented
        )

    return __eq__


def _hash(values: Callable[[Any], tuple[Any, ...]]) -> Any:
    def __hash__(self: Any) -> int:  # noqa: N807 - the method's own name
        return hash(values(self))

    return __hash__


def _init(cls: type[Any], frozen: bool) -> Any:
    """``__init__`` with one line a field, compiled."""
    known: dict[str, Any] = {"_set": object.__setattr__, "_none": dataclasses.MISSING}
    given: list[str] = []
    named: list[str] = []
    lines = []
    for one in dataclasses.fields(cls):
        said, value = _said(one, known)
        if said:
            (named if one.kw_only else given).append(said)
        if value:
            lines.append(_setting(cls, one.name, value, known) if frozen
                         else f"self.{one.name} = {value}")  # fmt: skip
    if hasattr(cls, "__post_init__"):
        lines.append("self.__post_init__()")
    words = ", ".join(["self", *given, *(["*", *named] if named else [])])
    exec(f"def __init__({words}):\n " + "\n ".join(lines or ["pass"]), known)  # noqa: S102 - ours
    made = known["__init__"]
    made.__qualname__ = f"{cls.__qualname__}.__init__"
    return made


def _setting(cls: type[Any], name: str, value: str, known: dict[str, Any]) -> str:
    """The line that sets a field of a frozen noun; a slot is set in half the time by itself."""
    slot = cls.__dict__.get(name)
    if not isinstance(slot, MemberDescriptorType):
        return f"_set(self, {name!r}, {value})"
    known[f"_slot_{name}"] = slot.__set__
    return f"_slot_{name}(self, {value})"


def _said(one: dataclasses.Field[Any], known: dict[str, Any]) -> tuple[str, str]:
    """A field as parameter (empty where it is none) and the value it is set to (likewise)."""
    default, made = f"_default_{one.name}", f"_make_{one.name}"
    known |= {default: one.default, made: one.default_factory}
    if one.default_factory is not dataclasses.MISSING:
        if not one.init:
            return "", f"{made}()"
        return f"{one.name}=_none", f"{made}() if {one.name} is _none else {one.name}"
    if one.default is not dataclasses.MISSING:
        return (f"{one.name}={default}", one.name) if one.init else ("", default)
    return (one.name, one.name) if one.init else ("", "")


def _refuse_to_set(self: Any, name: str, value: Any) -> None:  # noqa: ARG001 - the signature
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_to_delete(self: Any, name: str) -> None:  # noqa: ARG001 - the signature
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")


def _state(self: Any) -> list[Any]:
    return [getattr(self, field.name) for field in dataclasses.fields(self)]


def _set_state(self: Any, state: list[Any]) -> None:
    for field, value in zip(dataclasses.fields(self), state, strict=True):
        object.__setattr__(self, field.name, value)
