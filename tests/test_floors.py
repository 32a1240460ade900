"""The house's walls: who may import whom, and who may touch what."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
HOUSE = ROOT / "tracker"
FLOORS = [
    {"__init__", "errors", "dates", "nouns", "model", "settings", "codec", "placed"},
    {"core"},
    {"config", "feeds", "record", "store", "view", "archives", "layout"},
    {"jobs"},
    {"wiring"},
    {"cli"},
    {"__main__"},
]
HEIGHT = {name: n for n, floor in enumerate(FLOORS) for name in floor}
OUTSIDE = {
    "sqlite3", "sqlite_utils", "rich", "typer", "urllib3", "urllib", "socket", "os", "time",
    "random", "feedparser", "pathlib", "subprocess", "threading", "http", "secrets",
}  # fmt: skip
PURE_PARTS = {"urllib.parse"}


def modules() -> Iterator[Path]:
    yield from sorted(path for path in HOUSE.rglob("*.py") if "_db" not in path.parts)


def room(path: Path) -> str:
    return path.relative_to(HOUSE).parts[0].removesuffix(".py")


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def typing_only(nodes: ast.AST) -> set[int]:
    """Imports that only a type checker sees hold no wall."""
    return {
        id(inner)
        for node in ast.walk(nodes)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)
        for inner in ast.walk(node)
    }


@cache
def imports(path: Path) -> set[str]:
    nodes = tree(path)
    unseen = typing_only(nodes)
    found: set[str] = set()
    for node in ast.walk(nodes):
        if id(node) in unseen:
            continue
        if isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return found


@cache
def calls(path: Path) -> list[tuple[int, str]]:
    return [
        (node.lineno, ast.unparse(node.func))
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
    ]


def test_every_module_stands_on_a_floor() -> None:
    assert {room(path) for path in modules()} <= set(HEIGHT)


def test_nobody_imports_upwards_or_sideways() -> None:
    bad = [
        f"{path.relative_to(ROOT)} -> {name}"
        for path in modules()
        for name in imports(path)
        if name.startswith("tracker.") and (other := name.split(".")[1]) in HEIGHT
        if other != room(path)
        and HEIGHT[other] >= HEIGHT[room(path)]
        and not (HEIGHT[other] == 0 == HEIGHT[room(path)])
    ]
    assert not bad


def test_the_core_touches_nothing_outside() -> None:
    bad = [
        f"{path.name} -> {name}"
        for path in (HOUSE / "core").rglob("*.py")
        for name in imports(path)
        if name.split(".")[0] in OUTSIDE and not any(name.startswith(p) for p in PURE_PARTS)
    ]
    assert not bad


@pytest.mark.parametrize(
    ("pattern", "rooms"),
    [
        (r"(.*\.)?execute(many|script)?$", {"store"}),
        (r"print$", {"cli", "wiring"}),
        (r"(.*\.)?Console$", {"cli", "wiring"}),
        (r"datetime\.(now|today|utcnow)$|date\.today$|time\.time$", {"wiring"}),
        (r"eval$|os\.system$", set()),
        (r"exec$", {"nouns"}),  # names of our own fields, as the library does it
    ],
)
def test_one_room_does_each_outside_thing(pattern: str, rooms: set[str]) -> None:
    bad = [
        f"{path.relative_to(ROOT)}:{line} {name}"
        for path in modules()
        if room(path) not in rooms
        for line, name in calls(path)
        if re.fullmatch(pattern, name)
    ]
    assert not bad


def test_no_room_is_called_after_nothing() -> None:
    names = {part.removesuffix(".py") for path in modules() for part in path.parts}
    assert not names & {"utils", "util", "helpers", "helper", "manager", "misc", "common"}


def test_public_functions_and_classes_say_what_they_are() -> None:
    bare = [
        f"{path.relative_to(ROOT)}:{node.name}"
        for path in modules()
        for node in tree(path).body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]
    assert not bare


def test_the_tree_names_no_machine_and_no_mirror() -> None:
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.split("\n")
    words = re.compile(r"(?<![\w/.])/(work|root|home/\w+)/(?!\.config|\.local)|\.\./shared")
    bad = []
    for name in listed:
        path = ROOT / name
        if name and path.is_file() and path.suffix in {".py", ".md", ".toml", ".sql", ".txt", ""}:
            text = path.read_text(encoding="utf-8", errors="replace")
            if words.search(text) and path != Path(__file__):
                bad.append(name)
    assert not bad


def test_the_locks_name_only_the_public_index() -> None:
    hosts = set(re.findall(r"https?://([^/\"\s]+)", (ROOT / "uv.lock").read_text("utf-8")))
    assert hosts <= {"pypi.org", "files.pythonhosted.org"}
    assert "://" not in (ROOT / "requirements.txt").read_text("utf-8")
    assert "://" not in (ROOT / "requirements-dev.txt").read_text("utf-8")


def test_json_for_answers_is_made_in_one_place() -> None:
    """By itself it holds what could steer a terminal; these three write none of that to stdout."""
    for path in modules():
        if room(path) in ("cli", "view") and path.stem not in ("report", "datapackage", "promote"):
            assert not [line for line, name in calls(path) if name == "json.dumps"], path
