"""Several commands at once, each a process of its own: one does it, the others wait or say so."""

from __future__ import annotations

import sqlite3
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from tests.cli.running import Program
from tests.jobs.archives import jsonl, rows
from tracker.errors import Busy
from tracker.feeds import editing


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


def test_who_edits_the_list_of_feeds_at_once_loses_nobodys_feed(tmp_path: Path) -> None:
    program = Program(tmp_path)
    (tmp_path / "feeds.toml").write_text(
        "# mine\n" + "".join(f'[[feed]]\nid = "{x}"\nurl = "https://{x}.org/"\n' for x in "abc")
    )
    opml = [f'<outline xmlUrl="https://example.org/{n}" text="list {n}"/>' for n in range(20)]
    (tmp_path / "list.opml").write_text(f"<opml><body>{''.join(opml)}</body></opml>")
    added = [("add", f"https://example.net/{n}", "--no-check", "--id", f"n{n}") for n in range(4)]
    others = [("import", "list.opml"), ("remove", "b"), ("remove", "c")]
    words = [("feeds", *each, "--config", "feeds.toml") for each in (*added, *others)]
    done = at_once(program, *words)
    assert [(one.returncode, one.stderr) for one in done] == [(0, "")] * len(words)
    left = tomllib.loads((tmp_path / "feeds.toml").read_text())["feed"]
    named = {f"n{n}" for n in range(4)} | {f"list-{n}" for n in range(20)}
    assert len(left) == 25
    assert {feed["id"] for feed in left} == {"a", *named}


def test_of_several_that_add_one_address_or_take_one_id_one_does(tmp_path: Path) -> None:
    program = Program(tmp_path)
    addresses = ["https://example.org/a"] * 3 + ["https://example.org/b", "https://example.org/c"]
    ids = ["x", "y", "z", "one", "one"]
    words = [
        ("feeds", "add", url, "--id", name, "--no-check")
        for url, name in zip(addresses, ids, strict=True)
    ]
    done = at_once(program, *words)
    assert sorted(one.returncode for one in done[:3]) == [0, 2, 2]
    assert sorted(one.returncode for one in done[3:]) == [0, 2]
    assert all("already" in one.stderr for one in done[:3] if one.returncode)
    listed = program.start("feeds", "list").stdout
    assert listed.count("https://example.org/") == 2


def test_who_edits_for_too_long_is_named(tmp_path: Path) -> None:
    path = tmp_path / "feeds.toml"
    waits: list[None] = []
    with (
        editing.alone(path, lambda: None),
        pytest.raises(Busy, match=r"edits .*feeds\.toml"),
        editing.alone(path, lambda: waits.append(None)),
    ):
        pytest.fail("two at once")
    assert len(waits) == editing.PATIENCE
    with editing.alone(path, lambda: waits.append(None)):
        assert len(waits) == editing.PATIENCE
