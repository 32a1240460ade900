"""Where the real clients are: the folder ``TRACKER_CLIENTS`` (``bin/``, ``node_modules/``), the PATH.

A machine without a client skips its tests with the reason. ``python -m tests.clients`` calls the
roll, with versions; the continuous run prints it, so that a missing client is seen.
"""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest

FOLDER: Final = Path(os.environ.get("TRACKER_CLIENTS", "") or os.devnull)
PROGRAMS: Final = {
    "chromium": "--version", "newsboat": "--version", "khal": "--version",
    "frictionless": "--version", "pandoc": "--version", "tmux": "-V", "bash": "--version",
    "zsh": "--version", "fish": "--version", "man": "--version", "groff": "--version",
}  # fmt: skip
PACKAGES: Final = {"timelinejs": "@knight-lab/timelinejs", "axe-core": "axe-core"}
MODULES: Final = ("playwright", "datasette", "icalendar", "feedparser", "textual")


def program(name: str) -> str:
    """The path of a program; '' where it is not installed."""
    if name == "frictionless" and not _own(name):
        return shutil.which(name) or ""
    return _own(name) or shutil.which(name) or ""


def _own(name: str) -> str:
    path = FOLDER / "bin" / name
    return str(path) if path.exists() else ""


def package(name: str) -> Path | None:
    """The folder of an npm package; None where it is not there."""
    path = FOLDER / "node_modules" / PACKAGES[name]
    return path if path.is_dir() else None


def missing(name: str) -> bool:
    """Whether a client of this name is nowhere."""
    if name in PROGRAMS:
        return not program(name)
    if name in PACKAGES:
        return package(name) is None
    return importlib.util.find_spec(name) is None


def needs(*names: str) -> Callable[[Any], Any]:
    """Mark a test that needs these clients; it is skipped, with the reason, without one of them."""
    gone = [name for name in names if missing(name)]

    def marked(test: Any) -> Any:
        reason = f"not installed: {', '.join(gone)} (.ci/clients fetches it)"
        return pytest.mark.client(pytest.mark.skipif(bool(gone), reason=reason)(test))

    return marked


def version(name: str) -> str:
    """What a client says of its version, in one line."""
    if name in PACKAGES:
        folder = package(name)
        assert folder
        return str(json.loads((folder / "package.json").read_text("utf-8"))["version"])
    if name in MODULES:
        from importlib.metadata import version as installed

        return installed(name)
    done = subprocess.run(
        [program(name), PROGRAMS[name]], capture_output=True, text=True, timeout=60, check=False,
        stdin=subprocess.DEVNULL,
    )  # fmt: skip
    return (done.stdout or done.stderr).strip().partition("\n")[0]


def run(name: str, *words: str, cwd: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a client with a home of its own; it must end well."""
    environ = {"PATH": os.environ["PATH"], "HOME": str(cwd), "LANG": "C.UTF-8", "TERM": "dumb"}
    done = subprocess.run(
        [program(name), *words], cwd=cwd, env=environ | more, capture_output=True, text=True,
        timeout=120, check=False, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr or done.stdout
    return done
