"""Hostile places and figures on the command line: a clear word, the documented code, no traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.running import Program


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(tmp_path)


def test_a_full_disk_behind_stdout_is_named(program: Program, template: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "tracker", "timeline"], env=program.fill(template).environ(),
            cwd=program.home, stdout=full, stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
    said = "tracker: the output cannot be written: No space left on device\n"
    assert (done.returncode, done.stderr) == (1, said)


@pytest.mark.parametrize("figure", ["0", "-1", "99999999999999999999", "x", "1.5"])
def test_a_limit_is_a_count(program: Program, figure: str) -> None:
    done = program.run("timeline", f"--limit={figure}")
    assert done.returncode == 2
    assert "Invalid value for '--limit'" in done.stderr


@pytest.mark.parametrize("damage", ["cut", "overwritten"])
def test_a_damaged_file_is_named(program: Program, template: Path, damage: str) -> None:
    content = program.fill(template).db.read_bytes()
    if damage == "cut":
        program.db.write_bytes(content[:30_000])
    else:
        program.db.write_bytes(content[:8192] + os.urandom(80_000) + content[88_192:])
    done = program.run("timeline")
    assert done.returncode == 4
    assert "is damaged" in done.stderr
    assert "tracker db restore" in done.stderr


def test_a_file_of_no_bytes_is_filled(program: Program) -> None:
    program.db.parent.mkdir(parents=True)
    program.db.write_bytes(b"")
    done = program.run("timeline", "--limit", "1")
    assert (done.returncode, done.stderr) == (0, "")
