"""The standard ``dataclass``, whose methods are made when one of them is first called.

The standard decorator writes, compiles and runs the source of six methods for each class at import:
a third of the time of a short question, for nouns of which most are never made. Here the same
methods come from the same library, later. Type checkers see the standard decorator.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:

    def dataclass(cls: Any = None, /, *, frozen: bool = False, slots: bool = False) -> Any:
        """Make a data class; ``frozen`` and ``slots`` mean what they mean in the library."""
        if cls is None:
            return lambda cls: _made(cls, frozen, slots)
        return _made(cls, frozen, slots)


_METHODS: Final = ("__init__", "__repr__", "__eq__", "__hash__")


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
    """The method that the library makes for a class with the same fields."""
    after = {"__post_init__": cls.__post_init__} if hasattr(cls, "__post_init__") else {}
    twin = dataclasses.make_dataclass(
        cls.__qualname__, [(f.name, f.type, _again(f)) for f in dataclasses.fields(cls)],
        init=name == "__init__", repr=name == "__repr__", eq=name in ("__eq__", "__hash__"),
        frozen=frozen and name in ("__init__", "__hash__"), namespace=after,
    )  # fmt: skip
    return getattr(twin, name)


def _again(field: dataclasses.Field[Any]) -> Any:
    """A field with the same settings: a field belongs to one class."""
    given: dict[str, Any] = {
        name: getattr(field, name) for name in ("init", "repr", "hash", "compare", "kw_only")
    }
    for name in ("default", "default_factory"):
        if getattr(field, name) is not dataclasses.MISSING:
            given[name] = getattr(field, name)
    return dataclasses.field(**given)


def _refuse_to_set(self: Any, name: str, value: Any) -> None:  # noqa: ARG001 - the signature
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_to_delete(self: Any, name: str) -> None:  # noqa: ARG001 - the signature
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")


def _state(self: Any) -> list[Any]:
    return [getattr(self, field.name) for field in dataclasses.fields(self)]


def _set_state(self: Any, state: list[Any]) -> None:
    for field, value in zip(dataclasses.fields(self), state, strict=True):
        object.__setattr__(self, field.name, value)
