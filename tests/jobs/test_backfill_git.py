"""``backfill`` of git histories that were made to do harm, or that hold what git alone allows."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.jobs.archives import git, rss
from tests.jobs.rooms import Room
from tests.jobs.test_backfill import ITEM, run, stored

FIRST = {**ITEM, "id": "1", "published": "2025-04-15T10:00:00Z"}


@pytest.fixture
def history(filled: Room) -> Path:
    """A history of one captured feed with one item."""
    folder = filled.folder / "history"
    folder.mkdir()
    git(folder, "init", "-q")
    _captured(folder, "wire.xml", FIRST)
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "capture", day="2025-05-01")
    return folder


def _captured(folder: Path, name: str, item: dict[str, str]) -> None:
    (folder / name).write_text(rss([item]), encoding="utf-8")


def _commit(folder: Path, *headers: str, seconds: int = 1_752_566_400) -> None:
    """A commit of what is staged, with header lines and a moment that ``git commit`` refuses."""
    tree = _asked(folder, "write-tree")
    who = f"a <a@example.org> {seconds} +0000"
    lines = [f"tree {tree}", f"author {who}", f"committer {who}", *headers, "", "capture", ""]
    commit = _asked(folder, "hash-object", "-t", "commit", "-w", "--stdin", "--literally",
                    given="\n".join(lines))  # fmt: skip
    git(folder, "update-ref", "HEAD", commit)


def _asked(folder: Path, *words: str, given: str = "") -> str:
    done = subprocess.run(["git", "-C", str(folder), *words], input=given, text=True, check=True,
                          capture_output=True)  # fmt: skip
    return done.stdout.strip()


def _program(folder: Path) -> Path:
    """A program inside the repository that leaves a mark where it was run."""
    path = folder / ".git" / "program.sh"
    path.write_text(f"#!/bin/sh\necho \"$@\" >> '{folder.parent}/was-run'\nexit 1\n")
    path.chmod(0o755)
    return path


def test_a_program_that_the_settings_name_for_signatures_is_not_run(
    filled: Room, history: Path
) -> None:
    program = str(_program(history))
    for name in ("gpg.program", "gpg.openpgp.program", "gpg.ssh.program", "gpg.x509.program"):
        git(history, "config", name, program)
    git(history, "config", "log.showSignature", "true")
    _commit(history, "gpgsig -----BEGIN PGP SIGNATURE-----", " x", " -----END PGP SIGNATURE-----")

    assert run(filled, history).stored == 1
    assert not (filled.folder / "was-run").exists()


def test_a_program_that_the_settings_name_for_missing_objects_is_not_run(
    filled: Room, history: Path
) -> None:
    """A clone that is meant to fetch what it lacks would do so by a program of its settings."""
    _captured(history, "other.xml", {**FIRST, "id": "2", "url": "https://news.example/2"})
    git(history, "add", ".")
    git(history, "commit", "-qm", "capture", day="2025-05-02")
    blob = _asked(history, "rev-parse", "HEAD:other.xml")
    (history / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    program = _program(history)
    for name, value in (
        ("remote.origin.url", f"ext::{program}"), ("remote.origin.promisor", "true"),
        ("remote.origin.uploadpack", str(program)), ("protocol.ext.allow", "always"),
        ("extensions.partialClone", "origin"), ("core.repositoryFormatVersion", "1"),
    ):  # fmt: skip
        git(history, "config", name, value)

    report = run(filled, history)

    assert (report.stored, [*report.skipped]) == (1, ["a version is missing in the history"])
    assert not (filled.folder / "was-run").exists()


@pytest.mark.parametrize("name", [":a.xml", "\x01x.xml", ":1 2 3 4 5.xml", "\n:a.xml", "\x01.xml"])
def test_a_file_may_be_called_as_git_allows(filled: Room, history: Path, name: str) -> None:
    title = "US adds Huawei units to Entity List"
    _captured(history, name, {**FIRST, "id": "2", "title": title, "url": "https://news.example/b"})
    (history / "later.xml").write_text(rss([]), encoding="utf-8")
    git(history, "add", ".")
    git(history, "commit", "-qm", "capture", day="2025-05-02")

    report = run(filled, history)

    assert (report.read, report.stored, report.skipped) == (2, 2, {})
    assert sorted(stored(filled)) == sorted([FIRST["title"], title])


@pytest.mark.parametrize("seconds", [99_999_999_999_999, 2**62, 253_402_300_799])
def test_a_commit_of_a_clock_that_went_wrong_is_read_like_any_other(
    filled: Room, history: Path, seconds: int
) -> None:
    _captured(history, "wire.xml", {**FIRST, "title": "US bans H20 exports: update"})
    git(history, "add", ".")
    _commit(history, seconds=seconds)

    assert stored(filled) == []
    assert run(filled, history).stored == 1
    assert stored(filled) == ["US bans H20 exports: update"]
