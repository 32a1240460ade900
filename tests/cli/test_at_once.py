"""Several commands at once, each a process of its own: one does it, the others wait or say so."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from subprocess import CompletedProcess

from tests.cli.running import Program
from tests.jobs.archives import jsonl, rows


def at_once(program: Program, *commands: tuple[str, ...]) -> list[CompletedProcess[str]]:
    with ThreadPoolExecutor(len(commands)) as pool:
        return list(pool.map(lambda words: program.start(*words), commands))


def test_of_four_that_come_first_each_answers(tmp_path: Path) -> None:
    done = at_once(Program(tmp_path), *[("status", "H20")] * 4)
    assert [(one.returncode, one.stderr) for one in done] == [(0, "")] * 4
    assert len({one.stdout for one in done}) == 1


def test_after_other_rules_one_reads_again_and_nobody_puts_a_part_in_place(
    tmp_path: Path, template: Path
) -> None:
    program = Program(tmp_path).fill(template)
    assert program.start("backfill", str(jsonl(tmp_path / "a.jsonl", rows(2100)))).returncode == 0
    db = sqlite3.connect(program.db)
    held = "SELECT count(*), sum(reports) FROM timeline"
    before = db.execute(held).fetchone()
    with db:
        db.execute("UPDATE meta SET value = 'old rules' WHERE key = 'rules'")
    readers = [("digest", "--since-last", f"desk{n}") for n in range(3)]
    done = at_once(program, *readers, ("backfill", str(tmp_path / "a.jsonl")))
    assert {one.returncode for one in done} <= {0, 75}
    assert 0 in {one.returncode for one in done}
    assert all("nothing was brought up to date" in one.stderr for one in done if one.returncode)
    assert db.execute(held).fetchone() == before
    assert not program.db.with_name("tracker.db.rebuild").exists()
    db.close()
