"""Report, digest, brief, cite, publish and the exports, as a person types them."""

from __future__ import annotations

import csv
import json
import re
import shutil
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.running import Program, without_root_powers


@pytest.fixture(scope="module")
def program(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Program:
    """One home for all tests of this file; they write only files of their own."""
    return Program(tmp_path_factory.mktemp("home")).fill(template)


@pytest.mark.parametrize("ending", ["jsonl", "html", "ics", "txt"])
def test_the_ending_picks_the_format_and_bytes_repeat(program: Program, ending: str) -> None:
    path = program.home / f"out.{ending}"
    words = ("timeline", "--since", "2025-07", "--until", "2025-07", "-o", path.name)
    assert program.run(*words).returncode == 0
    first = path.read_bytes()
    assert first
    assert program.run(*words).returncode == 0
    assert path.read_bytes() == first
    assert not list(program.home.glob(".*partial"))


def test_exports_have_one_row_an_event(program: Program) -> None:
    words = ("timeline", "--since", "2025", "--until", "2025", "--format")
    events = json.loads(program.run(*words, "json").stdout)["events"]
    rows = list(csv.reader(program.run(*words, "csv").stdout.splitlines()))
    assert len(rows) == len(events) + 1
    calendar = program.run(*words, "ics").stdout
    assert calendar.count("BEGIN:VEVENT") == len(events)
    assert program.run(*words, "atom").stdout.count("<entry>") == len(events)


def test_every_short_id_of_a_screen_names_its_event_alone(program: Program) -> None:
    """Also where the screen shows a part of the database only: it must be short for all of it."""
    words = ("timeline", "--since", "2026-05", "--compact", "--format", "rich")
    shown = program.run(*words, COLUMNS="100").stdout
    ids = re.findall(r" #(\S+)$", shown, re.MULTILINE)
    assert len(ids) > 10
    named = program.run("cite", *ids)
    assert named.returncode == 0, named.stderr
    titles = re.findall(r"^\S.* \((\d{4}-\d\d-\d\d-\S+); ", named.stdout, re.MULTILINE)
    assert [one.endswith(f"-{id_}") for id_, one in zip(ids, titles, strict=True)] == [True] * len(
        ids
    )


def test_a_named_reader_is_told_once(program: Program) -> None:
    sunday = "2026-07-26T12:00:00Z"
    words = ("digest", "--since-last", "once", "--exit-code")
    first = program.run(*words, TRACKER_NOW=sunday)
    again = program.run(*words, TRACKER_NOW=sunday)
    assert first.returncode == 0
    assert "14 more EU entities" in first.stdout
    assert (again.returncode, again.stdout) == (10, "")


def test_a_named_reader_is_told_nothing_where_that_cannot_be_remembered(
    program: Program, template: Path
) -> None:
    prefix = without_root_powers()
    if prefix is None:
        pytest.skip("needs setpriv: root may write anything")
    folder = program.home / "kept"
    folder.mkdir()
    shutil.copy(template, folder / "t.db")
    (folder / "t.db").chmod(0o444)
    folder.chmod(0o555)
    words = ("digest", "--since", "2026-07-01", "--db", str(folder / "t.db"))
    try:
        done = program.start(
            "digest", "--since-last", "me", *words[3:], prefix=prefix, TRACKER_NOW="2026-07-26"
        )
        read = program.start(*words, prefix=prefix)
    finally:
        folder.chmod(0o755)
    told = f"tracker: {folder / 't.db'} is read-only.\nTry: make it writable, or point --db at"
    assert (done.returncode, done.stdout) == (4, "")
    assert done.stderr.startswith(told)
    assert (read.returncode, "New" in read.stdout) == (0, True)


def test_nothing_is_told_where_the_disk_under_the_database_is_full(
    template: Path, tmp_path: Path
) -> None:
    program = Program(tmp_path).fill(template)
    db = sqlite3.connect(program.db)
    db.execute("CREATE TRIGGER full BEFORE INSERT ON cursors BEGIN"
               " SELECT RAISE(FAIL, 'database or disk is full'); END")  # fmt: skip
    words, sunday = ("digest", "--since-last", "me"), "2026-07-26T12:00:00Z"
    done = program.run(*words, TRACKER_NOW=sunday)
    assert (done.returncode, done.stdout) == (4, "")
    assert "the disk is full" in done.stderr
    db.execute("DROP TRIGGER full")
    db.close()
    assert "14 more EU entities" in program.run(*words, TRACKER_NOW=sunday).stdout


@pytest.mark.parametrize("told_before", [False, True])
def test_a_digest_that_could_not_be_written_is_told_again(
    template: Path, tmp_path: Path, *, told_before: bool
) -> None:
    program = Program(tmp_path).fill(template)
    words, sunday = ("digest", "--since-last", "me"), {"TRACKER_NOW": "2026-07-26T12:00:00Z"}
    if told_before:  # and then an event was forgotten
        program.run(*words, **sunday)
        db = sqlite3.connect(program.db, isolation_level=None)
        db.execute("UPDATE cursors SET state = json_remove(state, '$.' || ("
                   "SELECT json_quote(key) FROM json_each(state) LIMIT 1))")  # fmt: skip
        db.close()
    assert program.run(*words, "-o", str(tmp_path), **sunday).returncode == 2
    if Path("/dev/full").exists():
        with Path("/dev/full").open("w") as full:
            done = subprocess.run(
                [sys.executable, "-m", "tracker", *words], env=program.environ(**sunday),
                cwd=tmp_path, stdout=full, stderr=subprocess.PIPE, text=True, check=False,
            )  # fmt: skip
        assert done.returncode == 1, done.stderr
    assert "New\n" in program.run(*words, "--format", "text", **sunday).stdout
    assert program.run(*words, **sunday).stdout == ""


def test_a_brief_is_the_same_in_every_later_year(program: Program) -> None:
    words = ("brief", "--week", "2025-W29", "--format", "eml")
    early = program.run(*words, TRACKER_NOW="2025-07-21T00:00:00Z")
    late = program.run(*words, TRACKER_NOW="2026-11-24T00:00:00Z")
    assert early.stdout == late.stdout
    assert "H20" in early.stdout


def test_a_brief_without_a_week_is_of_the_last_whole_one(program: Program) -> None:
    named = program.run("brief", "--week", "2025-W29")
    monday = program.run("brief", TRACKER_NOW="2025-07-21T07:00:00Z")
    sunday = program.run("brief", TRACKER_NOW="2025-07-27T23:00:00Z")
    assert named.stdout == monday.stdout == sunday.stdout
    assert named.stdout.startswith("# Export controls: week 2025-W29")


def test_a_digest_ends_where_it_is_told_to(program: Program) -> None:
    words = ("digest", "--since", "2026-06", "--format", "text")
    june = program.run(*words, "--as-of", "2026-06")
    later = program.run("digest", "--since", "2026-07-01", "--format", "text")
    both = program.run(*words)
    assert june.stdout.startswith("Export controls, 1 Jun 2026 to 30 Jun 2026")
    headings = [set(re.findall(r"^\* (\S+  .+)$", one.stdout, re.M)) for one in (june, later, both)]
    assert headings[0]
    assert headings[1]
    assert headings[0] | headings[1] == headings[2]
    assert not headings[0] & headings[1]


@pytest.mark.parametrize(
    ("days", "says"),
    [
        (("2025-05-10", "2025-05-10"), "2025-05-10 is not before 2025-05-10."),
        (("2025-05-12", "2025-05-10"), "2025-05-12 is not before 2025-05-10."),
        (("2026-07-10",), "2026-07-10 is not before 2026-07-10."),
        (("2026-07-10", "2026-07-11"), "2026-07-11 is still to come."),
        (("2026-07-11",), "2026-07-11 is still to come."),
        (("2026-07-11", "2025-05-10"), "2026-07-11 is still to come."),
    ],
)
def test_days_that_cannot_be_compared_are_answered_by_a_diff_that_can(
    program: Program, days: tuple[str, ...], says: str
) -> None:
    done = program.run("diff", *days)
    told, _, hint = done.stderr.partition("\nTry: tracker ")
    assert (done.returncode, told) == (2, f"tracker: {says}")
    assert program.run(*hint.split()).returncode == 0


def test_a_range_is_cited_as_well_as_an_id(program: Program) -> None:
    whole = program.run("cite", "--since", "2026-01", "--until", "2026-01", "--format", "csl")
    one = program.run("cite", "bis-h200-case-by-case", "--format", "csl")
    assert whole.returncode == one.returncode == 0
    keys = {item["id"] for item in json.loads(whole.stdout)}
    assert {item["id"] for item in json.loads(one.stdout)} < keys


def test_one_page_is_cited_by_its_address(program: Program) -> None:
    """However it is spelled; the key of its entry is the one it has among all."""
    page = "HTTP://govinfo.gov/content/pkg/FR-2026-01-15/html/2026-00789.htm?utm_source=x"
    note = program.run("cite", page).stdout
    assert note.count("https://") == 1
    assert "91 Fed. Reg. 1684, January 15, 2026" in note
    entry = program.run("cite", page, "--format", "bibtex").stdout
    assert entry.startswith("@online{2026-01-13-bis-h200-case-by-case-rule-4,")
    none = program.run("cite", "https://example.org/nowhere")
    assert none.returncode == 2
    assert "Try: tracker add https://example.org/nowhere" in none.stderr


def test_publish_touches_only_what_changed(program: Program) -> None:
    folder = program.home / "public"
    program.run("publish", "public")
    before = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}
    (folder / "feed.atom").write_text("old")
    program.run("publish", "public", TRACKER_NOW="2026-07-11T12:00:00Z")
    after = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}
    assert {name for name in before if before[name] != after[name]} == {"feed.atom"}


def test_places_that_cannot_be_written_are_named(program: Program, tmp_path: Path) -> None:
    (program.home / "file").write_text("x")
    done = program.run("publish", "file")
    assert done.returncode == 2
    assert "file is a file, not a folder." in done.stderr
    assert program.run("report", "-o", ".").returncode == 2
    prefix = without_root_powers()
    if prefix is not None:
        closed = program.home / "closed"
        closed.mkdir(exist_ok=True)
        closed.chmod(stat.S_IRUSR | stat.S_IXUSR)
        done = program.start("timeline", "-o", "closed/x.json", prefix=prefix)
        assert done.returncode == 2
        assert "cannot be written" in done.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("digest", "--since", "May"),
        ("digest", "--since", "2025", "--since-last", "x"),
        ("digest", "--since-last", " "),
        ("digest", "--since", "2026-07-11"),
        ("digest", "--until", "2026-07-11"),
        ("digest", "--since", "2026-06-02", "--until", "2026-06-01"),
        ("digest", "--until", "2026-06-01", "--since-last", "x"),
        ("brief", "--week", "2025-W54"),
        ("brief", "--week", "2026-W29"),
        ("cite",),
        ("cite", "licence"),
        ("cite", "bis-h200-case-by-case", "--format", "word"),
        ("timeline", "--format", "pdf"),
        ("timeline", "--nonsense"),
        ("timeline", "--limit", "few"),
        ("timeline", "--since"),
        ("event",),
        ("timlin",),
        ("timeline", "--by", "colour"),
        ("timeline", "--with", "everything"),
        ("report", "--actor", "nobody-at-all"),
    ],
)
def test_a_wrong_word_ends_with_2_and_says_what_next(
    program: Program, words: tuple[str, ...]
) -> None:
    done = program.run(*words)
    assert done.returncode == 2
    assert done.stdout == ""
    assert re.search(r"\Atracker: .+\.?\nTry: .+\n", done.stderr)


def test_several_events_that_fit_are_named_with_their_titles(program: Program) -> None:
    done = program.run("event", "h20-licence")
    assert done.returncode == 2
    assert done.stderr.startswith("tracker: 'h20-licence' fits 2 events.\nTry: one of\n")
    assert "  - 2025-08-08-bis-starts-issuing-h20-licences  FT: Commerce begins" in done.stderr
    many = program.run("event", "2025").stderr
    assert " more: tracker timeline --compact" in many
    assert "fits 20 events" not in many


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--lanes",), ["--lanes"]),
        (("--by", "actor", "--with", "summary"), ["--by actor", "--with summary"]),
        (("--by", "month", "--compact"), []),
        (("--by", "quarter", "--with", "sources", "--format", "md"), ["--by quarter"]),
    ],
)
def test_what_is_for_screens_is_said_in_a_pipe(
    program: Program, words: tuple[str, ...], told: list[str]
) -> None:
    asked = ("timeline", "--since", "2026-05")
    usual = program.run(*asked, *(words[-2:] if "--format" in words else ()))
    done = program.run(*asked, *words)
    assert (done.returncode, done.stdout) == (0, usual.stdout)
    said = [line.partition(" is for screens")[0] for line in done.stderr.splitlines()]
    assert [line for line in said if "--" in line] == [f"tracker: {one}" for one in told]
