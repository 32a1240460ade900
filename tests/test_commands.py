"""The manual is a test: every ``console`` block of the papers is run and compared.

``GOLDEN=1 pytest tests/test_commands.py`` writes what was printed back into the pages. A line of
``...`` stands for any lines. A command that does not end with 0 is followed by ``[exit N]``. The
clock stands at 8:00 UTC on 24 November 2026, the terminal is 80 cells wide.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.running import entered
from tracker.cli import COMMANDS

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = [
    *sorted((DOCS / "commands").glob("*.md")),
    DOCS / "errors.md", DOCS / "tutorial.md", ROOT / "README.md",
]  # fmt: skip
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)


SHELL = re.compile(r"[^\w\s./:,='\"+-]")
"""What only a shell understands."""


def run(line: str, folder: Path) -> str:
    """What one shell line prints on both streams, blanks at line ends cut, then its exit code.

    One that is nothing but a command of ours is run in this process.
    """
    environ = {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(folder), "LANG": "C.UTF-8", "COLUMNS": "80", "NO_COLOR": "1",
        "TRACKER_NOW": "2026-11-24T08:00:00Z", "TZ": "UTC",
    }  # fmt: skip
    program, *words = shlex.split(line)
    if program == "tracker" and not SHELL.search(line):
        done = entered(words, folder, environ, together=True)
    else:
        done = subprocess.run(
            ["bash", "-o", "pipefail", "-c", line], cwd=folder, env=environ, text=True, check=False,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
        )  # fmt: skip
    text = "".join(f"{line.rstrip()}\n" for line in done.stdout.splitlines())
    text = text.replace(f"{folder}", "~").replace(f"{ROOT}/", "")
    return text + (f"[exit {done.returncode}]\n" if done.returncode else "")


def shown(block: str, folder: Path) -> str:
    """The block as it is printed today; ``...`` stays where it stood and still fits."""
    steps = []
    for part in re.split(r"(?m)^(?=\$ )", block):
        if part.startswith("$ "):
            line, _, expected = part.partition("\n")
            printed = run(line[2:], folder)
            steps.append(f"{line}\n{expected if fits(expected, printed) else printed}")
    return "".join(steps)


def fits(expected: str, printed: str) -> bool:
    """Whether the two agree; ``...`` on a line of its own is any lines."""
    pattern = re.escape(expected).replace(re.escape("...\n"), r"(?:.*\n)*?")
    return re.fullmatch(pattern, printed) is not None


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_page_prints_what_it_says(page: Path, tmp_path: Path, template: Path) -> None:
    data = tmp_path / ".local" / "share" / "tracker"
    data.mkdir(parents=True)
    shutil.copy(template, data / "tracker.db")
    text = page.read_text(encoding="utf-8")
    today = BLOCK.sub(lambda found: f"```console\n{shown(found[1], tmp_path)}```", text)
    if os.environ.get("GOLDEN"):
        page.write_text(today, encoding="utf-8")

    assert today == page.read_text(encoding="utf-8")


def test_an_ellipsis_stands_for_any_lines_and_nothing_else() -> None:
    assert fits("a\n...\nd\n", "a\nb\nc\nd\n")
    assert not fits("a\n...\nd\n", "a\nb\n")
    assert not fits("a.c\n", "abc\n")


def test_every_command_has_a_page() -> None:
    there = {
        name
        for name, (module, _) in COMMANDS.items()
        if (ROOT / "tracker" / "cli" / f"{module}.py").exists()
    }
    assert not there - {page.stem for page in PAGES}
