"""``docs/house.md`` and ``pyproject.toml`` speak of the tree as it is."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
HOUSE = (ROOT / "docs" / "house.md").read_text(encoding="utf-8")


def test_every_file_named_is_there() -> None:
    named = re.findall(r"`((?:[a-z_]+/)+(?:[a-z_]+\.py)?)`", HOUSE)
    assert len(named) > 20
    assert [
        path for path in named if not ((ROOT / path).exists() or (ROOT / "tracker" / path).exists())
    ] == []


def test_every_module_of_the_core_that_is_named_is_there_once() -> None:
    part = HOUSE.partition("## The core by subject")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| .+ \| `([a-z_ ]+)` \|$", part, re.MULTILINE)
    named = [name for row in rows for name in row.split()]
    there = {path.stem for path in (ROOT / "tracker" / "core").glob("*.py")}
    assert len(named) > 50
    assert sorted(set(named)) == sorted(named)
    assert set(named) <= there


def test_decisions_stand_newest_first() -> None:
    text = (ROOT / "docs" / "decisions.md").read_text(encoding="utf-8")
    days = re.findall(r"^## (\d{4}-\d\d-\d\d) ", text, re.MULTILINE)
    assert len(days) > 20
    assert days == sorted(days, reverse=True)


def test_every_dependency_is_used() -> None:
    """A name in pyproject.toml that no module imports is weight without a use."""
    named = {"python-dateutil": "dateutil", "pyahocorasick": "ahocorasick", "pillow": "PIL"}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = {re.split(r"[<>=\[ ]", one)[0] for one in project["dependencies"]}
    text = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "tracker").rglob("*.py"))
    imported = set(re.findall(r"^\s*(?:from|import) (\w+)", text, re.MULTILINE))
    imported |= set(re.findall(r"import_module\(\"(\w+)", text))

    assert {one for one in wanted if named.get(one, one.replace("-", "_")) not in imported} == set()
