"""The roll of clients: what is missing is told loudly, and its tests are skipped with the reason."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.clients.found import MODULES, PACKAGES, PROGRAMS, missing, needs

ROOT = Path(__file__).parents[2]


def roll(**environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "tests.clients"], cwd=ROOT, env=environ,
                          capture_output=True, text=True, check=False)  # fmt: skip


def test_missing_clients_are_named_in_a_frame(tmp_path: Path) -> None:
    done = roll(PATH=str(tmp_path), TRACKER_CLIENTS=str(tmp_path))
    assert done.returncode == len(PROGRAMS) + len(PACKAGES) + sum(map(missing, MODULES))
    last = done.stdout.splitlines()[-3:]
    assert last[0] == last[2] == "!" * 78
    for name in (*PROGRAMS, *PACKAGES):
        assert name in last[1]


def test_a_client_that_is_there_is_told_with_its_version(tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    khal = tmp_path / "bin" / "khal"
    khal.write_text("#!/bin/sh\necho khal, version 9\n")
    khal.chmod(0o755)
    done = roll(PATH="/bin:/usr/bin", TRACKER_CLIENTS=str(tmp_path))
    assert "khal           khal, version 9\n" in done.stdout


def test_a_test_that_lacks_its_client_says_so() -> None:
    def probe() -> None: ...

    marked = needs("icalendar", "no-such-module")(probe)
    (skip,) = [mark for mark in marked.pytestmark if mark.name == "skipif"]
    assert skip.args == (True,)
    assert "not installed: no-such-module" in skip.kwargs["reason"]
    assert any(mark.name == "client" for mark in marked.pytestmark)


def test_the_marker_is_registered(pytestconfig: pytest.Config) -> None:
    assert any(line.startswith("client:") for line in pytestconfig.getini("markers"))
