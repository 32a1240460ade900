"""``status`` and ``ahead`` as typed: screens, files, contracts, and words nobody knows."""

from __future__ import annotations

import csv
import io
import json
import os
from pathlib import Path

import pytest

from tests.cli.running import Program

GOLDEN = Path(__file__).parents[1] / "golden"


@pytest.fixture(scope="module")
def program(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Program:
    """On 24 November 2026, two weeks after five pauses ran out."""
    return Program(tmp_path_factory.mktemp("home"), now="2026-11-24T08:00:00Z").fill(template)


def same_as_golden(name: str, drawn: str) -> None:
    """Compare with the file; ``GOLDEN=1 pytest`` rewrites it, and git shows the difference."""
    path = GOLDEN / name
    drawn = "\n".join(line.rstrip() for line in drawn.splitlines()) + "\n"
    if os.environ.get("GOLDEN"):
        path.write_text(drawn, encoding="utf-8")
    assert drawn == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("width", [60, 80, 120])
def test_a_whole_measure_as_printed(program: Program, width: int) -> None:
    done = program.run("status", "穿透規則", COLUMNS=str(width))

    assert done.returncode == 0
    same_as_golden(f"status-50pct-{width}.txt", done.stdout)


def test_several_measures_as_printed(program: Program) -> None:
    done = program.run("status", "h200", "--on", "2026-01-20", COLUMNS="80")

    same_as_golden("status-h200-80.txt", done.stdout)


@pytest.mark.parametrize("width", [30, 80])
def test_the_address_of_a_witness_can_be_copied_whole(program: Program, width: int) -> None:
    """No line ends within one, in a pipe or on a screen; the next line begins with another word."""
    words = program.run("status", "affiliates", COLUMNS=str(width)).stdout.split()
    whole = program.run("status", "affiliates", COLUMNS="1000").stdout.split()

    shown = [word for word in words if "://" in word]
    assert shown == [word for word in whole if "://" in word]
    assert max(map(len, shown)) > 80


def test_in_force_never_stands_without_the_day_it_was_checked_to(program: Program) -> None:
    text = program.run("status", COLUMNS="200").stdout

    lines = [line for line in text.splitlines() if "in force since" in line]
    assert len(lines) > 30
    assert all(" · checked to 20" in line for line in lines)
    assert "lapsed on 2026-11-10, nothing known since · checked to 2026-03-16" in text


def test_the_contract_of_json(program: Program) -> None:
    body = json.loads(program.run("status", "ai-diffusion-rule", "--format", "json").stdout)
    (measure,) = body["measures"]

    assert (body["schema_version"], body["on"], body["record_day"]) == (1, None, "2026-07-07")
    assert measure["title"] == "US worldwide AI diffusion rule"
    assert measure["checked"] == "2026-06-05"
    assert [(s["by"], s["strand"], s["state"]) for s in measure["states"]] == [
        ("BIS", "text", "in_force"), ("BIS", "enforcement", "suspended"),
        ("BIS", "compliance", "suspended"), ("GAO", "enforcement", "contested"),
    ]  # fmt: skip
    assert measure["states"][2]["never_in_force"] is True
    assert all(state["witness"]["url"].startswith("http") for state in measure["states"])
    assert len(measure["history"]) == 6


def test_a_day_asked_for_stands_in_the_answer(program: Program) -> None:
    body = json.loads(
        program.run("status", "truce", "--on", "2026-01-20", "--format", "json").stdout
    )

    assert body["on"] == "2026-01-20"
    assert {s["state"] for s in body["measures"][0]["states"]} == {"in_force"}


def test_a_memo_has_a_footnote_for_each_mark(program: Program) -> None:
    text = program.run("status", "H20", "--format", "md").stdout
    marks = {word.split("]")[0] for word in text.split("[^")[1:]}

    assert marks
    assert all(f"[^{mark}]: " in text for mark in marks)
    assert "Checked to" in text


def test_a_memo_keeps_the_remarks_of_the_screen(program: Program) -> None:
    """What limits "lapsed" or "in force" must not be lost on the way into a memo."""
    text = program.run("status", "affiliates", "--format", "md").stdout
    assert (
        "by its text the rule is back on 10 November 2026 unless BIS acted; not established" in text
    )

    text = program.run("status", "cn-state-dc-foreign-chip-ban", "--format", "md").stdout
    (row,) = [line for line in text.splitlines() if line.startswith("| Chinese")]
    assert row.count(" | ") == 8
    assert "| reported; domestic chips entered the procurement list" in row

    text = program.run("status", "h200-licences", "--format", "md").stdout
    assert "2026-05-14 to open, reported" in text


def test_the_memo_of_a_timeline_says_what_a_lapse_may_mean(program: Program) -> None:
    text = program.run("timeline", "--as-of", "2026-11-24", "--limit", "1", "--format", "md").stdout

    assert (
        "suspension lapsed on 9 Nov 2026, outcome unknown (by its text the rule is back on"
        " 10 November 2026 unless BIS acted; not established)"
    ) in text


def test_no_screen_says_that_an_amendment_was_rescinded(program: Program) -> None:
    status = program.run("status", "gain-ai-act").stdout
    event = program.run("event", "gain-ai-dropped-from-ndaa").stdout

    assert "dropped since" in status
    assert "dropped since" in event
    assert "rescinded" not in status + event


def test_screens_say_why_something_is_later_than_the_record_day(program: Program) -> None:
    """One announcement of 24 July and one check of September stand beside "to 7 Jul 2026"."""
    act = "After the record day: single acts met since"
    asked = ("timeline", "--format", "rich", "--since")
    assert act in program.run(*asked, "2026-07-20").stdout
    assert act not in program.run(*asked, "2026-06-20", "--until", "2026-07-06").stdout
    assert "record to 7 Jul 2026 · this act was met since" in program.run("event", "14-eu").stdout
    assert "met since" not in program.run("event", "2026-06-22-cn-control-list-10-us").stdout

    check = "Checked later than the record day"
    assert check in program.run("status", "affiliates-50pct-rule").stdout
    assert check not in program.run("status", "h200-licences").stdout


def test_csv_has_one_row_a_chain_and_no_formula(program: Program) -> None:
    rows = list(csv.DictReader(io.StringIO(program.run("status", "--format", "csv").stdout)))

    assert len(rows) == 83
    assert all(row["checked"] and row["url"].startswith("http") for row in rows)
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row.values())


def test_a_word_nobody_knows_is_an_error_with_a_suggestion(program: Program) -> None:
    done = program.run("status", "trruce")

    assert (done.returncode, done.stdout) == (2, "")
    assert "No measure answers to 'trruce'" in done.stderr
    assert "did you mean" in done.stderr


def test_a_day_before_the_record_says_so(program: Program) -> None:
    done = program.run("status", "--on", "2020-01-01")

    assert done.returncode == 0
    assert "Nothing in the record had begun by that day." in done.stdout


@pytest.mark.parametrize("words", [("status", "--on", "May"), ("ahead", "--days", "-3"),
                                   ("ahead", "--format", "x")])  # fmt: skip
def test_wrong_options_end_with_2(program: Program, words: tuple[str, ...]) -> None:
    assert program.run(*words).returncode == 2


@pytest.mark.parametrize("width", [60, 80])
def test_what_is_due_as_printed(program: Program, width: int) -> None:
    done = program.run("ahead", COLUMNS=str(width))

    same_as_golden(f"ahead-{width}.txt", done.stdout)


def test_the_calendar_opens_and_names_things_not_days(program: Program) -> None:
    from icalendar import Calendar

    text = program.run("ahead", "--days", "400", "--past", "400", "--format", "ics").stdout
    entries = Calendar.from_ical(text).walk("VEVENT")
    due = json.loads(
        program.run("ahead", "--days", "400", "--past", "400", "--format", "json").stdout
    )

    assert len(entries) == len(due["due"]) > 10
    uids = [str(entry["UID"]) for entry in entries]
    assert len(set(uids)) == len(uids)
    assert "cn-gallium-germanium-antimony-ban-us.beijing.text.2.end@export-control-timeline" in uids
    stamps = [line for line in text.splitlines() if line.startswith("DTSTAMP")]
    assert all(stamp < "DTSTAMP:202611" for stamp in stamps)


def test_the_record_passes_its_own_check(program: Program) -> None:
    done = program.run("record", "check")

    assert done.returncode == 0, done.stdout
    assert "444 events, 1565 sources" in done.stdout


def test_a_wrong_record_ends_with_3_and_lists_every_problem(
    program: Program, tmp_path: Path
) -> None:
    (tmp_path / "record.toml").write_text('schema = 1\nday = "soon"\n', encoding="utf-8")
    done = program.run("record", "check", str(tmp_path))
    listed = json.loads(program.run("record", "check", str(tmp_path), "--format", "json").stdout)

    assert done.returncode == 3
    assert f"{tmp_path}/record.toml:2: day must be a full day" in done.stdout
    assert "4 problems" in done.stderr
    assert [problem["check"] for problem in listed["problems"]].count("syntax") == 3


def test_a_day_of_knowledge_is_asked_for(program: Program) -> None:
    told = program.run("status", "50% rule", "--as-of", "2025-10", "--format", "json")
    body = json.loads(told.stdout)
    assert (body["as_of"], body["on"], body["to_come"]) == ("2025-10-31", None, False)
    assert [(s["state"], s["until"]) for s in body["measures"][0]["states"]] == [("in_force", None)]
    early = program.run("status", "50% rule", "--as-of", "2025-09-01")
    assert early.returncode == 2
    assert "was known on 2025-09-01.\nTry: --as-of 2025-09-29 or later" in early.stderr
    ahead = program.run("status", "50% rule", "--as-of", "2025-10", "--on", "2026-01-01")
    assert "what the texts known on 31 Oct 2025 say of it" in " ".join(ahead.stdout.split())
