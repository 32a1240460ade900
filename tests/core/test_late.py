"""Every expression that is compiled late can be compiled."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import pytest

from tracker import core
from tracker.core.late import late
from tracker.feeds import dates


def of(value: Any) -> Iterator[Any]:
    if type(value) is type(late("")):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from of(part)


def test_every_late_expression_compiles() -> None:
    modules = [import_module(f"{core.__name__}.{one.name}") for one in iter_modules(core.__path__)]
    found = [
        one for module in (*modules, dates) for value in vars(module).values() for one in of(value)
    ]
    assert len(found) > 100
    assert all(isinstance(one.pattern, str) for one in found)


def test_a_mistake_shows_at_the_first_use() -> None:
    wrong = late("(")
    with pytest.raises(re.error):
        wrong.search("")
