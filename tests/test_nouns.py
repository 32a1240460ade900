"""Data classes with late methods behave as the library's own do."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from typing import Any

import pytest

from tracker import nouns


@nouns.dataclass(frozen=True, slots=True)
class Ours:
    """Like ``Theirs``."""

    name: str
    days: tuple[int, ...] = ()
    notes: list[str] = dataclasses.field(default_factory=list, compare=False)


@dataclasses.dataclass(frozen=True, slots=True)
class Theirs:
    """As the library makes it."""

    name: str
    days: tuple[int, ...] = ()
    notes: list[str] = dataclasses.field(default_factory=list, compare=False)


@nouns.dataclass
class Open:
    """Fields may change."""

    number: int = 0
    twice: int = dataclasses.field(init=False)

    def __post_init__(self) -> None:
        self.twice = self.number * 2


def both(kind: Any) -> list[object]:
    one, other = kind("a", (1,)), kind(name="a", days=(1,), notes=["x"])
    return [
        repr(one).replace(kind.__name__, ""), one == other, one != kind("b"), one == "a",
        hash(one) == hash(other), one.notes, dataclasses.asdict(other),
        [field.name for field in dataclasses.fields(kind)], kind.__match_args__,
        dataclasses.replace(one, name="b").name, copy.deepcopy(other) == other,
        pickle.loads(pickle.dumps(other)).notes, hasattr(one, "__dict__"),
    ]  # fmt: skip


def test_they_are_made_compared_shown_and_kept_alike() -> None:
    assert both(Ours) == both(Theirs)


@pytest.mark.parametrize("kind", [Ours, Theirs])
def test_they_refuse_alike(kind: Any) -> None:
    one = kind("a")
    with pytest.raises(dataclasses.FrozenInstanceError, match="'name'"):
        one.name = "b"
    with pytest.raises(dataclasses.FrozenInstanceError, match="'name'"):
        del one.name
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'name'"):
        kind()
    with pytest.raises(TypeError, match="unexpected keyword argument"):
        kind("a", other=1)


def test_the_first_question_may_be_any() -> None:
    for ask in (repr, hash, lambda one: one == one):
        made: Any = nouns.dataclass(frozen=True)(type("Fresh", (), {"__annotations__": {"a": int}}))
        blank = object.__new__(made)
        object.__setattr__(blank, "a", 1)
        assert ask(blank) in (True, "Fresh(a=1)", hash((1,)))


def test_open_ones_change_and_have_no_hash() -> None:
    one = Open(2)
    one.number = 3
    assert (one.number, one.twice) == (3, 4)
    assert one != Open(3)
    with pytest.raises(TypeError, match="unhashable"):
        hash(one)


def test_a_draft_becomes_the_noun_and_is_as_closed_as_any() -> None:
    one = nouns.draft(Ours)("a", notes=["x"])
    one.days = (1,)  # type: ignore[misc]  # a draft is open, which no type checker can see
    one.__class__ = Ours
    assert (one, repr(one), hash(one)) == (
        whole := Ours("a", (1,), ["x"]), repr(whole), hash(whole)
    )  # fmt: skip
    with pytest.raises(dataclasses.FrozenInstanceError):
        one.name = "b"  # type: ignore[misc]  # this is what is refused
    assert nouns.draft(Ours)("b").notes is not nouns.draft(Ours)("c").notes
