"""Whatever is handed to the program: a clear word, the documented exit code, nothing lost."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.running import Program, without_root_powers


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """A program without a database."""
    return Program(tmp_path)


@pytest.fixture(scope="module")
def filled(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Program:
    """A program whose database is there, for tests that only read."""
    return Program(tmp_path_factory.mktemp("home")).fill(template)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("timeline", "--since", "May"), "write YYYY, YYYY-MM or YYYY-MM-DD"),
        (("timeline", "--since", "2025-13"), "not in the calendar"),
        (("timeline", "--since", "2025-08", "--until", "2025-07"), "later than"),
        (("timeline", "--kind", "licnce"), "did you mean licence"),
        (("timeline", "--direction", "up"), "tighten, ease, neutral"),
        (("timeline", "--actor", "nvidai"), "did you mean nvidia"),
        (("timeline", "--item", "cxmt"), "Try: --actor 'CXMT'"),
        (("timeline", "--series", "nope"), "No series"),
        (("timeline", "--measure", "zzzz"), "No measure"),
        (("timeline", "--limit", "-1"), "-1"),
        (("timeline", "--limit", "many"), "many"),
        (("timeline", "--format", "xls"), "none of"),
        (("timeline", "--as-of", "yesterday"), "not a date"),
        (("event", "no-such-event-at-all"), "No event"),
        (("event", "2025"), "fits"),
        (("timelin",), "did you mean timeline"),
        (("lexicon", "tset"), "Try: did you mean test?"),
        (("backfill", "x.jsonl", "--feed", "my feed"), "is no id of a feed"),
        (("backfill", "x.jsonl", "--cluster", ""), "--cluster names no scheduler"),
        (("timeline", "--color", "blue"), "does not know"),
        (("timeline", "--db"), "needs a value"),
    ],
)
def test_a_wrong_word_is_named_with_what_to_do(
    filled: Program, words: tuple[str, ...], says: str
) -> None:
    done = filled.run(*words)
    assert done.returncode == 2
    assert says in done.stderr
    assert done.stdout == ""


LONG = "a" * 300
ODD = os.fsdecode(b"\xff")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--db", LONG, "timeline"), "cannot be used: File name too long"),
        (("--config", LONG, "feeds", "list"), "cannot be used: File name too long"),
        (("timeline", "-o", LONG), "cannot be used: File name too long"),
        (("add", LONG), "cannot be used: File name too long"),
        (("backfill", LONG), "cannot be used: File name too long"),
        (("db", "restore", LONG), "cannot be used: File name too long"),
        (("event", ODD), "not UTF-8"),
        (("decide", "hide", "2022-10-07-bis-advanced-computing-rule", "--why", ODD), "not UTF-8"),
        (("timeline", "--min-witnesses", "9" * 20), "too large"),
    ],
)
def test_what_nothing_can_hold_is_the_command_lines_fault(
    filled: Program, words: tuple[str, ...], says: str
) -> None:
    done = filled.start(*words)
    assert (done.returncode, says in done.stderr) == (2, True), done.stderr


def test_columns_in_other_figures_are_none(filled: Program) -> None:
    assert filled.run("timeline", "--since", "2026-07", COLUMNS="²").returncode == 0


def test_an_empty_answer_says_which_days_there_are(filled: Program) -> None:
    done = filled.run("timeline", "--since", "2031", "--format", "json")
    assert done.returncode == 0
    assert json.loads(done.stdout)["events"] == []
    assert "2010-09-21 to 2026-07-24" in done.stderr


def test_an_event_nobody_could_know_yet(filled: Program) -> None:
    done = filled.run("event", "2025-07-14-h20-mi308-licences-promised", "--as-of", "2025-07-01")
    assert done.returncode == 2
    assert "--as-of 2025-07-15 or later" in done.stderr
    done = filled.run("event", "2025-05-13-bis-ascend-gp10-guidance", "--as-of", "2025-05-20")
    assert "--as-of 2025-05-31 or later" in done.stderr  # its pages are known to the month


def test_a_directory_where_the_database_should_be(program: Program) -> None:
    program.db.mkdir(parents=True)
    done = program.run("timeline")
    assert done.returncode == 4
    assert "is a directory" in done.stderr


def test_a_foreign_database_is_left_alone(program: Program) -> None:
    program.db.parent.mkdir()
    other = sqlite3.connect(program.db)
    other.execute("CREATE TABLE theirs (a)")
    other.commit()
    other.close()
    before = program.db.read_bytes()
    for words in (("timeline",), ("db", "rebuild")):
        done = program.run(*words)
        assert (done.returncode, "another program" in done.stderr) == (4, True)
    assert program.db.read_bytes() == before


def test_a_file_that_is_no_database(program: Program) -> None:
    program.db.parent.mkdir()
    program.db.write_text("only words " * 500)
    done = program.run("timeline")
    assert done.returncode == 4
    assert "not an SQLite database" in done.stderr
    assert program.db.read_text() == "only words " * 500


def test_a_newer_database_is_refused(program: Program, template: Path) -> None:
    program.fill(template)
    db = sqlite3.connect(program.db)
    db.execute("PRAGMA user_version = 999")
    db.close()
    done = program.run("timeline")
    assert done.returncode == 4
    assert "upgrade the program" in done.stderr


def test_a_folder_that_cannot_be_made(program: Program) -> None:
    (program.home / "data").write_text("a file where the folder should be")
    done = program.run("timeline")
    assert done.returncode == 4
    assert "data" in done.stderr


def test_reading_from_a_file_and_folder_that_cannot_be_written(
    program: Program, template: Path
) -> None:
    prefix = without_root_powers()
    if prefix is None:
        pytest.skip("needs setpriv, or not to be root")
    program.fill(template)
    for path in program.db.parent.iterdir():
        path.chmod(0o444)
    program.db.parent.chmod(0o555)
    try:
        done = program.start("timeline", "--limit", "1", "--format", "json", prefix=prefix)
        refused = program.start("db", "rebuild", prefix=prefix)
    finally:
        program.db.parent.chmod(0o755)
    assert done.returncode == 0, done.stderr
    assert len(json.loads(done.stdout)["events"]) == 1
    assert refused.returncode == 4


def test_a_reader_answers_while_a_writer_holds_the_database(
    program: Program, template: Path
) -> None:
    program.fill(template)
    writer = sqlite3.connect(program.db, isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("DELETE FROM events")
    done = program.start("timeline", "--limit", "1", "--format", "json")
    writer.execute("ROLLBACK")
    writer.close()
    assert done.returncode == 0
    assert len(json.loads(done.stdout)["events"]) == 1


@pytest.mark.parametrize(
    "words", [("timeline",), ("timeline", "--format", "json"), ("event", "h20-mi308")]
)
def test_a_closed_pipe_is_no_error(filled: Program, words: tuple[str, ...]) -> None:
    command = [sys.executable, "-m", "tracker", *words]
    with subprocess.Popen(
        command, env=filled.environ(), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        stderr = process.stderr.read()
        assert process.wait(60) == 0, stderr
    assert stderr == b""


@pytest.mark.parametrize("width", ["20", "1", "33"])
def test_a_tiny_terminal_is_drawn(filled: Program, width: str) -> None:
    done = filled.run(
        "timeline", "--since", "2025-07", "--until", "2025-07", "--format", "rich", COLUMNS=width
    )
    assert done.returncode == 0
    assert done.stdout


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_ends_with_its_code_and_no_traceback(
    filled: Program, number: signal.Signals, code: int
) -> None:
    """``scan -`` waits for input, so the signal surely meets a running command."""
    with subprocess.Popen(
        [sys.executable, "-m", "tracker", "scan", "-"],
        env=filled.environ() | {"PYTHONUNBUFFERED": "1"},
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as process:  # fmt: skip
        assert process.stdin is not None
        assert process.stderr is not None
        _until_reading(process.pid)
        os.kill(process.pid, number)
        stderr = process.stderr.read()
        assert process.wait(60) == code
    assert b"Traceback" not in stderr


def _until_reading(pid: int) -> None:
    """Wait until the process blocks in its read of standard input."""
    import time

    for _ in range(3000):
        wchan = Path(f"/proc/{pid}/wchan")
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
        handlers = Path(f"/proc/{pid}/status").read_text()
        caught = next(line for line in handlers.splitlines() if line.startswith("SigCgt"))
        ready = int(caught.split()[1], 16) & (1 << (signal.SIGTERM - 1))
        if state == "S" and ready and wchan.exists():
            return
        time.sleep(0.005)
    raise AssertionError("the program never came to wait for input")


def test_an_output_that_cannot_be_written(filled: Program, tmp_path: Path) -> None:
    done = filled.run("timeline", "-o", str(tmp_path))
    assert done.returncode == 2
    assert "is a directory" in done.stderr
    done = filled.run("timeline", "-o", str(tmp_path / "no" / "such.json"))
    assert done.returncode == 2
    assert "cannot be written" in done.stderr


def test_an_output_file_is_whole_and_of_its_kind(filled: Program, tmp_path: Path) -> None:
    target = tmp_path / "timeline.json"
    assert filled.run("timeline", "--limit", "3", "-o", str(target)).returncode == 0
    assert len(json.loads(target.read_text("utf-8"))["events"]) == 3
    assert [path.name for path in tmp_path.iterdir()] == ["timeline.json"]


@pytest.mark.parametrize(
    "kind", ["json", "jsonl", "csv", "md", "html", "ics", "atom", "timelinejs"]
)
def test_an_export_does_not_depend_on_the_clock(filled: Program, kind: str) -> None:
    """The same data gives the same bytes, before and after measures lapsed."""
    words = ("timeline", "--since", "2025-10", "--until", "2025-11", "--format", kind)
    before = filled.run(*words, TRACKER_NOW="2026-07-10T12:00:00Z").stdout
    assert before == filled.run(*words, TRACKER_NOW="2027-01-01T00:00:00Z").stdout
    assert before
