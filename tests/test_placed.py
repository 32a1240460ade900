"""A file put in another's place: who may read it stays, and nothing is left beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.running import Program
from tracker.placed import placed


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o444])
def test_who_may_read_a_file_stays_as_it_was(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "a"
    path.write_text("old", encoding="utf-8")
    path.chmod(mode)
    placed(path, b"new")
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"new", mode)
    assert [one.name for one in tmp_path.iterdir()] == ["a"]


def test_a_link_stays_one(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(b"old")
    (tmp_path / "a").symlink_to("real")
    placed(tmp_path / "a", b"new")
    assert (tmp_path / "a").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"new"


def test_what_cannot_be_put_leaves_what_was_there(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "b").write_bytes(b"")
    with pytest.raises(OSError, match="a"):
        placed(tmp_path / "a", b"new")
    assert [one.name for one in tmp_path.iterdir()] == ["a"]


def test_a_start_file_keeps_its_mode_and_its_bytes(tmp_path: Path) -> None:
    start = tmp_path / ".bashrc"
    start.write_bytes(b"# caf\xe9 in Latin-1\n")
    start.chmod(0o600)
    program = Program(tmp_path)
    assert program.run("completion", "bash", "--install").returncode == 0
    once = start.read_bytes()
    assert program.run("completion", "bash", "--install").returncode == 0
    assert start.read_bytes() == once
    assert once.startswith(b"# caf\xe9 in Latin-1\n[ -r ")
    assert start.stat().st_mode & 0o777 == 0o600
    done = program.run("completion", "bash", "--install", HOME="")
    assert (done.returncode, "HOME is not set" in done.stderr) == (2, True)
