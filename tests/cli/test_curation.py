"""decide, review, promote and recode as a person types them, in a pipe and at a terminal."""

from __future__ import annotations

import json
import os
import pty
import select
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from tests.cli.running import Program
from tests.jobs.rooms import copied
from tracker.store.joins import Joins

ROOT = Path(__file__).parents[2]
SUMMONS = "2025-07-31-cac-summons-nvidia-h20"
LISTING = "US adds 12 Chinese chip firms to Entity List"
TEXT = "The US Commerce Department added 12 Chinese chip firms to its Entity List on Wednesday."


@pytest.fixture
def program(template: Path, tmp_path: Path) -> Program:
    """A program whose database holds one listing, told twice, with a doubtful join."""
    found = Program(tmp_path)
    room = copied(template, found.db.parent)
    with closing(room.house.writer()) as db:
        one = room.arrive(db, LISTING, TEXT, published="2026-07-09T02:00:00Z", item="one")
        room.arrive(db, "Commerce blacklists 12 Chinese chip companies", TEXT,
                    published="2026-07-09T03:00:00Z", item="two")  # fmt: skip
        room.derive(db)
        (join,) = (j for j in Joins(db).of_node(one) if "two" in (j.left, j.right))
        Joins(db).put([replace(join, score=0.2)], 0.0)
    room.house.close()
    return found


def events(program: Program) -> list[sqlite3.Row]:
    with closing(sqlite3.connect(program.db)) as db:
        return db.execute(
            "SELECT id, title FROM events WHERE origin = 'news' ORDER BY id"
        ).fetchall()


@pytest.mark.parametrize(
    "question",
    [
        "timeline --as-of 2026-07-10", "diff 2026-07-01 2026-07-10", "digest --since 2026-07-01",
        "brief", "review", "promote EVENT", "recode --with acts.toml",
    ],
)  # fmt: skip
def test_a_wrong_line_is_passed_over_by_every_question(program: Program, question: str) -> None:
    program.run("decide", "hide", SUMMONS, "--why", "why")
    with program.db.with_name("decisions.jsonl").open("a") as file:
        file.write("mine\n")
    (program.home / "acts.toml").write_bytes((ROOT / "db/lexicon/acts.toml").read_bytes())

    done = program.run(*question.replace("EVENT", events(program)[0][0]).split())

    assert (done.returncode, done.stderr.count("decisions.jsonl:2: not JSON")) == (0, 1)
    assert SUMMONS not in done.stdout


def test_decide_log_and_undo(program: Program) -> None:
    before = events(program)
    done = program.run(
        "decide", "retitle", "one", "Twelve firms listed", "--by", "mw", "--why", "short"
    )
    assert done.returncode == 0, done.stderr
    assert "retitle" in done.stdout
    assert [title for _, title in events(program)] == ["Twelve firms listed"]
    told = json.loads(program.run("decide", "log", "--format", "json").stdout)
    (line,) = told["decisions"]
    assert (line["by"], line["why"], line["withdrawn"]) == ("mw", "short", False)
    assert LISTING in line["seen"]
    assert program.run("decide", "undo", "--by", "mw").returncode == 0
    assert events(program) == before
    rows = program.run("decide", "log").stdout.splitlines()
    assert [row[0] for row in rows if "2026-07-10T12" in row] == ["-", " "]
    assert rows[0].split()[1:5:3] == ["2026-07-10T12:00:00Z", "retitle"]
    again = program.run("decide", "undo")
    assert (again.returncode, "nothing to take back" in again.stderr) == (2, True)


def test_a_wrong_journal_ends_with_three(program: Program) -> None:
    (program.db.parent / "decisions.jsonl").write_text('{"verdict": "hid"}\n', encoding="utf-8")
    done = program.run("decide", "log")
    assert done.returncode == 3
    assert "decisions.jsonl:1" in done.stderr
    assert "did you mean hide?" in done.stderr


def test_review_in_a_pipe(program: Program) -> None:
    done = program.run("review", "--sort", "join")
    assert "tracker decide same one two" in done.stdout, done.stderr
    assert "     2026-07-08 · listing · " in done.stdout
    rows = json.loads(program.run("review", "--sort", "join", "--format", "json").stdout)["doubts"]
    assert [row["items"] for row in rows] == [["one", "two"]]
    assert program.run("review", "--sort", "jion").returncode == 2
    assert (
        "nothing waits for a decision about: actor"
        in program.run("review", "--sort", "actor").stderr
    )


def at_terminal(program: Program, keys: Iterable[str], *words: str, each_card: bool = False) -> str:
    """What a person sees who types ``keys`` (or whole lines), one by one, at a terminal.

    With ``each_card`` the next key waits until the one before it was answered by a card.
    """
    parent, child = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "tracker", *words], cwd=program.home, stdin=child, stdout=child,
        stderr=child, env=program.environ(TERM="xterm", TRACKER_NO_PAGER="1", TRACKER_BY="mw"),
    )  # fmt: skip
    os.close(child)
    shown, waiting, typed, cards, idle = b"", list(keys), "", 0, 0
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if select.select([parent], [], [], 0.2)[0]:
            try:
                part = os.read(parent, 65536)
            except OSError:
                break
            if not part:
                break
            shown += part
        elif process.poll() is not None:
            break
        elif each_card and shown.count(b"q quit") == cards and (idle := idle + 1) % 20:
            continue
        elif b"q quit" in shown:
            if each_card and shown.count(b"q quit") == cards:  # nothing for long: it was lost
                waiting.insert(0, typed)
            cards, idle, typed = shown.count(b"q quit"), 0, waiting[0]
            # A key typed before the program listens is lost, as at a real terminal: type again.
            os.write(parent, (waiting.pop(0) if len(waiting) > 1 else waiting[0]).encode())
    process.wait(timeout=10)
    os.close(parent)
    return shown.decode(errors="replace")


def test_review_at_a_terminal_takes_one_key(program: Program) -> None:
    shown = at_terminal(program, "d", "review", "--sort", "join")
    assert "One act?" in shown
    assert len(events(program)) == 2
    lines = (program.db.parent / "decisions.jsonl").read_text(encoding="utf-8").splitlines()
    (line,) = map(json.loads, lines)
    assert (line["verdict"], sorted(line["items"]), line["by"]) == (
        "different",
        ["one", "two"],
        "mw",
    )


def test_review_at_a_terminal_ends_with_q(program: Program) -> None:
    at_terminal(program, "zq", "review")
    assert not (program.db.parent / "decisions.jsonl").exists()
    assert len(events(program)) == 1


def test_what_is_undone_is_asked_once_more(program: Program) -> None:
    """The doubt answered last comes back, with no line in force; the next key answers it anew."""
    text = "US adds 30 Chinese chip firms to Entity List, bars Nvidia exports"
    (program.home / "undated.txt").write_text(text, encoding="utf-8")
    assert program.run("add", "undated.txt").returncode == 0
    sorts = ("--sort", "join", "--sort", "undated")
    shown = at_terminal(program, "dush", "review", *sorts, each_card=True)
    assert (shown.count("1/2  One act?"), shown.count("2/2  On which day?")) == (2, 2)
    log = json.loads(program.run("decide", "log", "--format", "json").stdout)["decisions"]
    assert [(one["verdict"], one["withdrawn"]) for one in log] == [
        ("different", True), ("withdrawn", False), ("same", False), ("hide", False),
    ]  # fmt: skip


def test_a_day_that_is_none_is_asked_for_again(program: Program) -> None:
    """What cannot be taken is told; an empty line is no answer; the review goes on."""
    text = "US adds 30 Chinese chip firms to Entity List, bars Nvidia exports"
    (program.home / "undated.txt").write_text(text, encoding="utf-8")
    assert program.run("add", "undated.txt").returncode == 0
    typed = ["z", "z", "r", "tomorrow\n", "r", "\n", "r", "2025-07-15\n"]
    shown = at_terminal(program, typed, "review", "--sort", "undated")
    assert shown.count("On which day?") == 3
    assert "'tomorrow' is not a date" in shown
    assert "redate" in shown.rpartition("Day")[2]


def test_promote_never_writes_over_what_a_person_may_have_edited(
    program: Program, tmp_path: Path
) -> None:
    ((id_, _),) = events(program)
    (tmp_path / f"{id_}.toml").write_text("mine", encoding="utf-8")
    done = program.run("promote", id_, "-o", str(tmp_path))
    assert (done.returncode, "is there already" in done.stderr) == (2, True)
    assert (tmp_path / f"{id_}.toml").read_text(encoding="utf-8") == "mine"


def test_promote_writes_a_file_named_by_its_id(program: Program, tmp_path: Path) -> None:
    ((id_, _),) = events(program)
    folder = tmp_path / "out"
    folder.mkdir()
    done = program.run("promote", id_, "-o", str(folder))
    assert done.returncode == 0, done.stderr
    assert f'id = "{id_}"' in (folder / f"{id_}.toml").read_text(encoding="utf-8")
    assert "nobody confirmed" in done.stderr
    (folder / "2019").mkdir()  # a folder of the record: a year each
    done = program.run("promote", id_, "-o", str(folder))
    assert done.returncode == 0, done.stderr
    assert (folder / id_[:4] / f"{id_}.toml").is_file()


def test_recode_with_a_missing_file(program: Program) -> None:
    done = program.run("recode", "--with", "nowhere.toml")
    assert (done.returncode, "no lexicon file" in done.stderr) == (2, True)


def test_actors_and_days_are_mended_and_every_face_shows_them(program: Program) -> None:
    """Words with a sign are names, wherever options stand; hostile names stay text."""
    (event, _) = events(program)[0]
    done = program.run("decide", "actor", event, "--why", "its annex", "-US Department of Commerce",
                       "+=Hwa, <b>=1</b>", "+==HYPERLINK(1)", "+Nvidia", "--by", "mw")  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert f"changed: {event}" in done.stdout
    for words in (("effective", "2026-07-20"), ("comments_close", "2026-08-20")):
        assert program.run("decide", "date", event, *words, "--by", "mw").returncode == 0
    shown = program.run("event", event, "--why").stdout
    assert "Hwa, <b>=1</b>, Nvidia" in shown
    assert "mw, actor -US Department of Commerce: its annex" in shown
    assert "mw, date effective 2026-07-20 (" in shown
    page = json.loads(program.run("event", event, "--format", "json").stdout)["event"]
    assert page["actors"][-3:] == ["=HYPERLINK(1)", "Hwa, <b>=1</b>", "Nvidia"]
    assert page["dates"] == {"comments_close": "2026-08-20", "effective": "2026-07-20"}
    assert 'effective = "2026-07-20"' in program.run("promote", event).stdout
    assert "2026-08-20" in program.run("ahead").stdout
    assert '"=HYPERLINK' not in program.run("timeline", "--actor", "=hyperlink(1)", "--format",
                                            "csv").stdout  # fmt: skip
    assert event in program.run("timeline", "--actor", "hwa, <b>=1</b>", "--format", "csv").stdout
    html = program.run("timeline", "--since", "2026-07", "--format", "html").stdout
    assert "<b>=1</b>" not in html
    log = program.run("decide", "log").stdout
    assert "-> -US Department of Commerce" in log
    for _ in range(3):
        assert program.run("decide", "undo").returncode == 0
    back = json.loads(program.run("event", event, "--format", "json").stdout)["event"]
    assert (back["actors"], back["dates"]) == (["US Department of Commerce"], {})
    wrong = program.run("decide", "actor", event, "-Huawei")
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert f"{event} has no actor called 'Huawei'" in wrong.stderr
    assert program.run("decide", "actor", "--help").returncode == 0
    assert program.run("decide", "actor", event).returncode == 2
