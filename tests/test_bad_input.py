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


def run_shell(program: Program, words: str) -> tuple[int, str]:
    """Exit code and stderr of one line of shell."""
    done = subprocess.run(
        ["bash", "-c", f'"$0" -m tracker {words}', sys.executable],
        env=program.environ(), cwd=program.home, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.returncode, done.stderr


def test_a_full_disk_behind_stdout_is_named(program: Program) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    done = run_shell(program, "timeline > /dev/full")
    assert done == (1, "tracker: the output cannot be written: No space left on device\n")


@pytest.mark.parametrize("figure", ["0", "-1", "99999999999999999999", "x", "1.5"])
def test_a_limit_is_a_count(program: Program, figure: str) -> None:
    code, said = run_shell(program, f"timeline --limit={figure}")
    assert code == 2
    assert "Invalid value for '--limit'" in said


@pytest.mark.parametrize("damage", ["cut", "overwritten"])
def test_a_damaged_file_is_named(program: Program, damage: str) -> None:
    run_shell(program, "timeline --limit 1")
    content = program.db.read_bytes()
    if damage == "cut":
        program.db.write_bytes(content[:30_000])
    else:
        program.db.write_bytes(content[:8192] + os.urandom(80_000) + content[88_192:])
    for other in program.db.parent.glob("tracker.db-*"):
        other.unlink()
    code, said = run_shell(program, "timeline")
    assert code == 4
    assert "is damaged" in said
    assert "tracker db restore" in said


def test_a_file_of_no_bytes_is_filled(program: Program) -> None:
    program.db.parent.mkdir(parents=True)
    program.db.write_bytes(b"")
    assert run_shell(program, "timeline --limit 1") == (0, "")
