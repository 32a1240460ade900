"""The program on a real terminal: tmux with less as the pager, the browser, the review queue."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from tests.cli.running import Program
from tests.clients.found import needs
from tests.clients.terminal import Terminal
from tests.jobs.rooms import Room
from tracker.record import journal
from tracker.store.joins import Joins

LISTING = "US adds 12 Chinese chip firms to Entity List"
TEXT = "The US Commerce Department added 12 Chinese chip firms to its Entity List on Wednesday."
LESS = pytest.mark.skipif(shutil.which("less") is None, reason="not installed: less")


class Opener:
    """Starts the program on terminals of any size; ends them after the test."""

    def __init__(self, program: Program, folder: Path) -> None:
        self._program, self._folder = program, folder
        self._open: list[Terminal] = []

    def __call__(self, *words: str, width: int = 80, height: int = 24,
                 more: Mapping[str, str] | None = None) -> Terminal:  # fmt: skip
        environ = self._program.environ(**({"TERM": "xterm-256color"} | dict(more or {})))
        environ.pop("COLUMNS")
        folder = self._folder / str(len(self._open))
        folder.mkdir()
        quoted = " ".join(f"'{word}'" for word in words)
        line = f"'{sys.executable}' -m tracker {quoted}; printf 'ended %s\n' $?; cat"
        self._open.append(Terminal(folder, width, height, environ, "sh", "-c", line))
        return self._open[-1]

    def close(self) -> None:
        for one in self._open:
            one.close()


@pytest.fixture
def opener(tracker: Program, tmp_path: Path) -> Iterator[Opener]:
    one = Opener(tracker, tmp_path)
    yield one
    one.close()


def printed(tracker: Program, width: int, *words: str) -> list[str]:
    """The lines of an answer as a pipe gets them at that width."""
    done = tracker.run(*words, "--format", "rich", COLUMNS=str(width))
    return [line.rstrip() for line in done.stdout.splitlines()]


@needs("tmux")
@LESS
@pytest.mark.parametrize("width", [60, 80, 100, 120, 200])
def test_the_timeline_fills_the_screen_through_the_pager(
    tracker: Program, opener: Opener, width: int
) -> None:
    """Cell for cell what a pipe of that width gets; the end is a key away."""
    words = ("timeline", "--since", "2025-05", "--until", "2025-08")
    expected = printed(tracker, width, *words)
    terminal = opener(*words, width=width, height=30)
    first = terminal.until(lambda screen: screen.rstrip().endswith(":"))
    assert [line.rstrip() for line in first.split("\n")[:29]] == expected[:29]
    terminal.press("G")
    end = terminal.until("tightens  ▼ eases")
    shown = [line.rstrip() for line in end.rstrip().split("\n")]
    assert shown[:29] == expected[-29:]
    terminal.press("q")
    terminal.until("ended 0")


@needs("tmux")
def test_what_fits_is_printed_without_a_pager(tracker: Program, opener: Opener) -> None:
    terminal = opener("timeline", "--since", "2026-01-12", "--until", "2026-01-13")
    screen = terminal.until("ended 0")
    expected = printed(tracker, 80, "timeline", "--since", "2026-01-12", "--until", "2026-01-13")
    assert [line.rstrip() for line in screen.split("\n")][: len(expected)] == expected


@needs("tmux")
def test_colour_follows_the_terminal_and_the_wish(opener: Opener) -> None:
    words = ("timeline", "--since", "2026-01-12", "--until", "2026-01-13")
    red, cyan = "\x1b[31m", "\x1b[36m"
    for name, value, coloured in (
        ("LANG", "C.UTF-8", True), ("NO_COLOR", "1", False), ("TERM", "dumb", False)
    ):  # fmt: skip
        terminal = opener(*words, more={name: value})
        terminal.until("ended 0")
        styled = terminal.screen(styled=True)
        assert (red in styled or cyan in styled) is coloured


@needs("tmux")
def test_ascii_needs_no_other_sign(opener: Opener) -> None:
    terminal = opener("timeline", "--ascii", "--since", "2026-01-12", "--until", "2026-01-13")
    assert terminal.until("ended 0").isascii()


@needs("tmux")
@pytest.mark.parametrize("width", [60, 80, 120])
def test_the_morning_view_stands_on_a_terminal(opener: Opener, width: int) -> None:
    terminal = opener(width=width, height=50)
    screen = terminal.until(lambda one: "tracker timeline" in one or one.rstrip().endswith(":"))
    assert "Record to 7 Jul 2026" in screen


@needs("tmux", "textual")
def test_the_browser_is_walked_with_keys(opener: Opener) -> None:
    terminal = opener("browse", "--actor", "nvidia", width=100, height=30)
    terminal.until("v review")
    terminal.changed("/")
    terminal.type("licences promised")
    terminal.until(lambda screen: screen.lstrip().startswith("1 of "))
    terminal.changed("Enter")
    terminal.press("Enter")
    terminal.until("#2025-07-14-h20-mi308-licences-promised")
    terminal.press("q")
    terminal.until("v review")
    terminal.press("q")
    terminal.until("ended 0")


@pytest.fixture
def doubtful(tmp_path: Path) -> Room:
    """Two reports that are perhaps one act, and nothing else in doubt."""
    (tmp_path / "room").mkdir()
    room = Room(tmp_path / "room")
    with closing(room.house.writer()) as db:
        one = room.arrive(db, LISTING, TEXT, published="2026-07-09T02:00:00Z", item="one")
        room.arrive(db, "Commerce blacklists 12 Chinese chip companies", TEXT,
                    published="2026-07-09T03:00:00Z", item="two")  # fmt: skip
        room.derive(db)
        (join,) = (j for j in Joins(db).of_node(one) if "two" in (j.left, j.right))
        Joins(db).put([replace(join, score=0.2)], 0.0)
    room.house.close()
    return room


@needs("tmux")
def test_the_review_queue_is_answered_with_one_key(doubtful: Room, tmp_path: Path) -> None:
    (tmp_path / "screens").mkdir()
    opener = Opener(Program(doubtful.folder), tmp_path / "screens")
    try:
        terminal = opener(
            "review", "--sort", "join", more={"TRACKER_DB": str(doubtful.house.paths.db)}
        )
        terminal.until("One act?")
        terminal.type("xh\x1b[A")  # no answers to this sort, and an arrow: nothing happens
        terminal.press("s")
        terminal.until("ended 0")
    finally:
        opener.close()
    (line,) = journal.read(doubtful.house.paths.decisions)
    assert line.verdict == "same"
    assert set(line.items) == {"one", "two"}


def test_the_tests_do_not_depend_on_the_terminal_they_run_in() -> None:
    assert "TMUX" not in Program(Path(os.devnull)).environ()
