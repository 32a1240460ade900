"""The page about the record names every check and every field that the files may have."""

from __future__ import annotations

import tomllib
from pathlib import Path

from tracker.record.check import CHECKS, READING

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "record.md").read_text("utf-8")


def test_every_check_is_described() -> None:
    for name in (*READING, *CHECKS):
        assert f"| `{name}` |" in PAGE


def test_every_field_is_described() -> None:
    keys: set[str] = set()
    for path in (ROOT / "db" / "record").rglob("*.toml"):
        _collect(tomllib.loads(path.read_text("utf-8")), keys)
    missing = [key for key in keys if not any(form in PAGE for form in (f"`{key}`", f"[{key}]"))]

    assert missing == []


def _collect(value: object, keys: set[str]) -> None:
    if isinstance(value, dict):
        keys.update(value)
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for part in inside:
        _collect(part, keys)
