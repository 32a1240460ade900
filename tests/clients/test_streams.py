"""Streams that callers close, fill or leave, and places that cannot be written: real processes."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.running import Program

FULL = Path("/dev/full")
COMMANDS = (
    "timeline", "timeline --format json", "event h20-mi308-licences", "--version", "--help",
    "timeline --help", "search gallium", "cite bis-h200-case-by-case", "share", "db info", "",
)  # fmt: skip


def shell(tracker: Program, line: str) -> subprocess.CompletedProcess[str]:
    """A line of bash in which ``T`` is the program."""
    environ = tracker.environ(T=f"{sys.executable} -m tracker")
    done = subprocess.run(
        ["bash", "-c", line], cwd=tracker.home, env=environ, capture_output=True, text=True,
        timeout=60, check=False,
    )  # fmt: skip
    assert "Traceback" not in done.stderr
    assert "unexpected" not in done.stderr
    assert "Exception ignored" not in done.stderr
    return done


@pytest.mark.parametrize("words", COMMANDS)
def test_a_closed_output_is_one_clear_line(tracker: Program, words: str) -> None:
    done = shell(tracker, f"$T {words} >&-")
    assert done.stderr == "tracker: the output cannot be written: standard output is closed\n"
    assert done.returncode == 1


@pytest.mark.parametrize("words", COMMANDS)
@pytest.mark.skipif(not FULL.is_char_device(), reason="no /dev/full here")
def test_a_full_output_is_one_clear_line(tracker: Program, words: str) -> None:
    done = shell(tracker, f"$T {words} >{FULL}")
    assert done.stderr == "tracker: the output cannot be written: No space left on device\n"
    assert done.returncode == 1


@pytest.mark.parametrize("words", COMMANDS)
def test_a_reader_who_leaves_is_no_error(tracker: Program, words: str) -> None:
    done = shell(tracker, f"$T {words} | head -1; exit ${{PIPESTATUS[0]}}")
    assert done.stderr == ""
    assert done.returncode == 0
    assert done.stdout.count("\n") == 1


def test_a_reader_who_never_reads_is_no_error(tracker: Program) -> None:
    """The pipe is closed before the first byte: what is written meets a broken pipe for certain."""
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        [sys.executable, "-m", "tracker", "timeline", "--format", "json"], cwd=tracker.home,
        env=tracker.environ(), stdout=write, stderr=subprocess.PIPE, text=True, check=False,
    )  # fmt: skip
    os.close(write)
    assert (done.stderr, done.returncode) == ("", 0)


def test_what_writes_nothing_does_not_need_an_output(tracker: Program) -> None:
    assert shell(tracker, "$T timeline -o closed.json >&-").returncode == 0
    assert json.loads((tracker.home / "closed.json").read_text())["events"]
    assert shell(tracker, "$T digest --since 2026-07-09 >&- 2>&-").returncode == 0


def test_closed_errors_and_input_change_nothing_else(tracker: Program) -> None:
    assert shell(tracker, "$T timelin 2>&-").returncode == 2
    done = shell(tracker, "$T scan - <&-")
    assert (done.returncode, done.stdout) == (0, "")
    assert shell(tracker, "$T timeline --limit 3 <&- >&- 2>&-").returncode == 1
    assert shell(tracker, "$T timeline --limit 3 <&- 2>&- | wc -l").stdout.strip() == "3"


@pytest.mark.parametrize(
    ("place", "says"),
    [
        (".", "is a directory"),
        ("there/is/no.json", "No such file or directory"),
        ("a-file/x.json", "Not a directory"),
        ("x.pdf", "No format ends with .pdf"),
    ],
)
def test_a_place_that_cannot_be_written_is_named(tracker: Program, place: str, says: str) -> None:
    (tracker.home / "a-file").write_text("kept")
    for words in ("timeline", "share", "report", "cite bis-h200-case-by-case"):
        if place == "x.pdf" and words not in ("timeline", "share"):
            continue  # they write one format, whatever the name
        done = shell(tracker, f"$T {words} -o {place}")
        assert done.returncode == 2
        assert says in done.stderr
        assert re.search("(?m)^Try: ", done.stderr)
    assert (tracker.home / "a-file").read_text() == "kept"


def test_a_dash_is_the_output(tracker: Program) -> None:
    assert json.loads(shell(tracker, "$T timeline --limit 2 --format json -o -").stdout)
    assert shell(tracker, "$T report -o - | head -c 15").stdout == "<!doctype html>"
    assert not (tracker.home / "-").exists()


def test_devices_pipes_and_links_stay_what_they_are(tracker: Program, tmp_path: Path) -> None:
    if FULL.is_char_device():
        copy = tmp_path / "full"
        copy.symlink_to(FULL)
        done = shell(tracker, f"$T timeline --format json -o {copy}")
        assert done.returncode == 2
        assert "No space left" in done.stderr
        assert copy.is_symlink()
        assert FULL.is_char_device()
    done = shell(tracker, f"mkfifo {tmp_path}/p; cat {tmp_path}/p & $T timeline --limit 2"
                 f" --format json -o {tmp_path}/p; wait")  # fmt: skip
    assert len(json.loads(done.stdout)["events"]) == 2
    assert (tmp_path / "p").is_fifo()
    link = tmp_path / "link.json"
    link.symlink_to(tmp_path / "real.json")
    assert shell(tracker, f"$T timeline --limit 2 -o {link}").returncode == 0
    assert link.is_symlink()
    assert json.loads((tmp_path / "real.json").read_text())["events"]


ASCII = "LC_ALL=C PYTHONCOERCECLOCALE=0 PYTHONUTF8=0"


@pytest.mark.parametrize("words", ["status affiliates", "event h20-mi308-licences --color always",
                                   "timeline --since 2026-07 --color always", "--color always",
                                   "diff 2026-01-01 2026-02-01"])  # fmt: skip
def test_an_output_that_knows_only_ascii_gets_our_signs_in_it(tracker: Program, words: str) -> None:
    done = shell(tracker, f"{ASCII} $T {words}")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.isascii()
    assert " ? " not in done.stdout
    assert not re.search(r"[a-z]\?s ", done.stdout)  # an apostrophe


def test_words_that_the_locale_cannot_read_are_read_as_utf8(tracker: Program) -> None:
    for words in ("status 镓", "timeline --item 镓", "search 镓"):
        there, here = shell(tracker, f"{ASCII} $T {words}"), shell(tracker, f"$T {words}")
        assert there.stdout.count("\n") == here.stdout.count("\n") > 1
        assert (there.returncode, there.stderr) == (0, "")
    done = shell(tracker, f"{ASCII} $T timeline --item 镓 -o 镓.json && ls 镓.json")
    assert done.stdout == "镓.json\n"
    done = shell(tracker, "$T status $'\\xff'")
    assert (done.returncode, done.stdout) == (2, "")
