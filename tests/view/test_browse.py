"""The browser, driven by Textual's own pilot over a real house: record, entries, doubts."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import pty
import re
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("textual", reason="the extra tui is not installed")

from textual.pilot import Pilot
from textual.widgets import OptionList, Static

from tests.cli.running import Program
from tests.jobs.rooms import Room, copied
from tests.view import sample
from tracker.cli.filters import PARAMETERS, asked
from tracker.core.clean import clean_text
from tracker.core.doubts import Doubt
from tracker.core.timeline import EventCard, Timeline
from tracker.dates import PartialDate
from tracker.errors import Busy, UsageProblem
from tracker.jobs.browse import Desk
from tracker.store.joins import Joins
from tracker.view.browse import (
    Browser,
    CardScreen,
    DoubtScreen,
    Entries,
    EntryScreen,
    Events,
    Queue,
)
from tracker.view.shelf import Keys

Steps = Callable[[Pilot[None], Browser], Awaitable[None]]
HOSTILE = "[red]Nvidia[/] [link=file:///etc/passwd]H20[/link] \x1b]0;title\x07\x1b[2J‮ licence"
LISTING = "US adds 12 Chinese chip firms to Entity List"
TEXT = "The US Commerce Department added 12 Chinese chip firms to its Entity List on Wednesday."


def desk(room: Room, **words: Any) -> Desk:
    given = {name: default for name, (_, default) in PARAMETERS.items()}
    return Desk(room.house, asked(**(given | words)), "mw")


@pytest.fixture(scope="module")
def stocked(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record, a listing told twice with a doubtful join, a hostile entry."""
    found = copied(template, tmp_path_factory.mktemp("stocked"))
    with closing(found.house.writer()) as db:
        one = found.arrive(db, LISTING, TEXT, published="2026-07-09T02:00:00Z", item="one")
        found.arrive(db, "Commerce blacklists 12 Chinese chip companies", TEXT,
                     published="2026-07-09T03:00:00Z", item="two")  # fmt: skip
        found.arrive(db, HOSTILE, HOSTILE, published="2026-07-09T04:00:00Z", item="bad")
        found.derive(db)
        (join,) = (j for j in Joins(db).of_node(one) if "two" in (j.left, j.right))
        Joins(db).put([replace(join, score=0.2)], 0.0)
    found.house.close()
    return found.house.paths.db


@pytest.fixture
def room(stocked: Path, tmp_path: Path) -> Iterator[Room]:
    """That house, a copy for each test."""
    found = copied(stocked, tmp_path)
    yield found
    found.house.close()


def drive(desk: Any, steps: Steps, size: tuple[int, int] = (90, 24)) -> None:
    async def run() -> None:
        app = Browser(desk)
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            await steps(pilot, app)

    asyncio.run(run())


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Keys as a person presses them: each is answered before the next."""
    for key in keys:
        await pilot.press(key)
        await pilot.pause()


def options(app: Browser) -> OptionList:
    return app.screen.query_one("#list", OptionList)


def shown(app: Browser) -> list[str | None]:
    return [options(app).get_option_at_index(n).id for n in range(options(app).option_count)]


def selected(app: Browser) -> str | None:
    place = options(app).highlighted
    return None if place is None else options(app).get_option_at_index(place).id


def on(app: Browser, kind: type[object]) -> bool:
    return isinstance(app.screen, kind)


def page(app: Browser) -> str:
    return str(app.screen.query_one("#page", Static).render())


def head(app: Browser) -> str:
    return str(app.screen.query_one("#head", Static).render())


def screen(app: Browser) -> str:
    """Every cell of the screen as text."""
    return "\n".join("".join(part.text for part in line)
                     for line in app.screen._compositor.render_strips())  # fmt: skip


def lines(room: Room) -> list[dict[str, Any]]:
    path = room.house.paths.decisions
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


def test_the_newest_event_is_selected_and_the_keys_move(room: Room) -> None:
    async def steps(pilot: Pilot[None], app: Browser) -> None:
        assert isinstance(app.screen, Events)
        count = options(app).option_count
        assert count > 150
        assert options(app).highlighted == count - 1
        await press(pilot, "k", "k", "j")
        assert options(app).highlighted == count - 2
        await press(pilot, "g", "k", "up")
        assert options(app).highlighted == 0
        await press(pilot, "G", "j", "down")
        assert options(app).highlighted == count - 1  # it does not go round

    drive(desk(room), steps)


def test_typing_narrows_with_every_letter_and_escape_shows_all(room: Room) -> None:
    async def steps(pilot: Pilot[None], app: Browser) -> None:
        everything = shown(app)
        await press(pilot, "slash", *"h20")
        some = shown(app)
        assert 0 < len(some) < len(everything)
        await press(pilot, *" licence")
        assert set(shown(app)) < set(some)
        assert head(app).startswith(f"{len(shown(app))} of {len(everything)} · ")
        await press(pilot, *" qqqq")
        assert shown(app) == []
        await press(pilot, "enter", "enter", "j", "n")  # nothing to open, nothing to go to
        assert isinstance(app.screen, Events)
        await press(pilot, "escape")
        assert shown(app) == everything

    drive(desk(room), steps)


def test_a_question_of_the_command_line_holds(room: Room) -> None:
    async def steps(pilot: Pilot[None], app: Browser) -> None:
        dated = {one.id: one.date for one in room.house.record.events}
        days = [dated[id_] for id_ in shown(app) if id_]
        assert days == sorted(days)
        assert {day.year for day in days} == {2025}

    year = PartialDate.parse("2025")
    drive(desk(room, since=year, until=year, reverse=True), steps)
    with pytest.raises(UsageProblem, match="qqqq"):
        desk(room, actor=["qqqq"])


def test_enter_opens_the_card_and_n_and_p_go_to_its_neighbours(room: Room) -> None:
    async def steps(pilot: Pilot[None], app: Browser) -> None:
        ids = shown(app)
        await press(pilot, "g", "enter")
        assert isinstance(app.screen, CardScreen)
        assert f"#{ids[0]}" in page(app)
        await press(pilot, "n")
        assert f"#{ids[1]}" in page(app)
        await press(pilot, "p", "p")
        assert f"#{ids[0]}" in page(app)
        await press(pilot, "w")
        assert "Curated: every word of it" in page(app)
        await press(pilot, "w")
        assert "Curated: every word of it" not in page(app)
        await press(pilot, "q")
        assert isinstance(app.screen, Events)
        assert selected(app) == ids[0]

    drive(desk(room), steps)


def test_a_long_card_scrolls_and_follows_the_width(room: Room) -> None:
    async def steps(pilot: Pilot[None], app: Browser) -> None:
        await press(pilot, "g", "enter")
        frame = app.screen.query_one("#frame")
        await press(pilot, "j", "j")
        assert frame.scroll_y == 2
        await press(pilot, "k")
        assert frame.scroll_y == 1
        await press(pilot, "space")
        assert frame.scroll_y > 3
        rows = page(app).count("\n")
        await pilot.resize_terminal(44, 20)
        await pilot.pause()
        assert page(app).count("\n") > rows

    drive(desk(room), steps, size=(100, 12))


def test_n_goes_back_in_time_to_what_was_not_opened(room: Room) -> None:
    async def steps(pilot: Pilot[None], app: Browser) -> None:
        ids = shown(app)
        await press(pilot, "k", "enter", "q", "j", "enter", "q")
        assert selected(app) == ids[-1]
        await press(pilot, "n")
        assert selected(app) == ids[-3]

    drive(desk(room), steps)


def test_a_question_mark_tells_the_keys_of_the_screen(room: Room) -> None:
    async def steps(pilot: Pilot[None], app: Browser) -> None:
        await press(pilot, "question_mark")
        assert isinstance(app.screen, Keys)
        told = str(app.screen.query_one("#keys", Static).render())
        for words in ("filter", "review", "entries", "reload", "oldest", "unread"):
            assert words in told
        assert "same" not in told
        assert "Page Up" not in told  # only our own
        await press(pilot, "q")
        assert isinstance(app.screen, Events)  # the key that closes does nothing else

    drive(desk(room), steps)


def test_r_reads_what_came_meanwhile_and_keeps_the_place(room: Room) -> None:
    async def steps(pilot: Pilot[None], app: Browser) -> None:
        await press(pilot, "e", "k")
        assert isinstance(app.screen, Entries)
        assert set(shown(app)) == {"one", "two", "bad"}
        place = selected(app)
        with closing(room.house.writer()) as db:
            room.arrive(db, "A later headline", published="2026-07-09T05:00:00Z", item="late")
        await press(pilot, "r")
        assert shown(app)[-1] == "late"
        assert selected(app) == place
        await press(pilot, "slash", *"later", "enter", "enter")
        assert isinstance(app.screen, EntryScreen)
        assert "A later headline" in page(app)
        await press(pilot, "q", "escape", "escape")
        assert isinstance(app.screen, Events)

    drive(desk(room), steps)


def test_hostile_text_is_words_everywhere(room: Room) -> None:
    async def steps(pilot: Pilot[None], app: Browser) -> None:
        await press(pilot, "e", "slash", *"passwd", "enter")
        for _ in ("list", "page"):
            seen = screen(app)
            assert "[red]Nvidia[/]" in seen
            assert clean_text(seen) == seen
            await press(pilot, "enter")
        assert "[red]Nvidia[/]" in page(app)

    drive(desk(room), steps, size=(120, 14))


def test_the_queue_is_answered_with_one_key_and_undone(room: Room) -> None:
    async def steps(pilot: Pilot[None], app: Browser) -> None:
        await press(pilot, "v")
        assert on(app, Queue)
        before = options(app).option_count
        assert before >= 1
        await press(pilot, "slash", *"join", "enter", "enter")
        assert on(app, DoubtScreen)
        assert "One act?" in page(app)
        assert LISTING in page(app)
        await press(pilot, "c", "h")  # not an answer to this question
        assert lines(room) == []
        await press(pilot, "d")
        assert [(line["verdict"], line["by"]) for line in lines(room)] == [("different", "mw")]
        await press(pilot, *"n" * before, "escape")
        assert options(app).option_count == before - 1

    drive(desk(room), steps)


def test_a_report_gets_its_day_and_u_takes_it_back(room: Room) -> None:
    """The same doubt is asked as an undated one: the queue of this room holds no such report."""

    async def steps(pilot: Pilot[None], app: Browser) -> None:
        doubt = Doubt("undated", ("one",), (LISTING,), 0.0, "", ())
        await app.push_screen(DoubtScreen(asking, (doubt, doubt), 0))
        await press(pilot, "r", "escape")
        assert lines(room) == []
        await press(pilot, "r", *"tomorrow", "enter")
        assert lines(room) == []
        assert "tomorrow" in [*app._notifications][-1].message
        await press(pilot, "r", *"2026-07-07", "enter")
        assert [line["value"] for line in lines(room)] == ["2026-07-07"]
        assert page(app).strip().startswith("2/2")
        await press(pilot, "u")
        assert [line["verdict"] for line in lines(room)] == ["redate", "withdrawn"]
        await press(pilot, "n")
        assert on(app, Events)

    asking = desk(room)
    drive(asking, steps)


def test_while_a_poll_runs_a_decision_is_refused_and_said(room: Room) -> None:
    async def steps(pilot: Pilot[None], app: Browser) -> None:
        await press(pilot, "v", "slash", *"join", "enter", "enter")
        with room.house.lock():
            await press(pilot, "s")
        assert isinstance(app.screen, DoubtScreen)
        assert lines(room) == []
        (note,) = app._notifications
        assert "is running; nothing was decided. Try: " in note.message

    drive(desk(room), steps)


class Broken:
    """A desk whose database went away after the first list."""

    def __init__(self) -> None:
        self.asked = 0

    def timeline(self) -> Timeline:
        self.asked += 1
        if self.asked > 1:
            raise Busy("[b]gone[/b]", hint="tracker db check")
        return sample.timeline()

    def card(self, id_: str) -> EventCard:
        raise UsageProblem(f"No event is called {id_}.", hint="tracker search")


def test_an_error_is_a_note_and_the_list_stays() -> None:
    async def steps(pilot: Pilot[None], app: Browser) -> None:
        await press(pilot, "enter")
        assert isinstance(app.screen, Events)
        await press(pilot, "r")
        assert len(shown(app)) == len(sample.timeline().events)
        first, second = (note.message for note in app._notifications)
        assert first.startswith("No event is called")
        assert second == "[b]gone[/b]. Try: tracker db check"

    drive(Broken(), steps)


def test_one_event_takes_one_line_at_any_width(room: Room) -> None:
    async def steps(pilot: Pilot[None], app: Browser) -> None:
        rows = [line for line in screen(app).splitlines() if re.match(r" ~?20\d\d-", line)]
        assert len(rows) == options(app).size.height
        assert any("…" in row for row in rows)

    for width in (40, 80):
        drive(desk(room), steps, size=(width, 16))


def test_q_on_the_timeline_ends_it(room: Room) -> None:
    async def steps(pilot: Pilot[None], app: Browser) -> None:
        await press(pilot, "e", "q")
        assert app.is_running
        await press(pilot, "q")
        assert app._exit

    drive(desk(room), steps)


def test_the_program_itself_starts_and_ends_on_a_terminal(room: Room) -> None:
    """On a real pseudo-terminal; what it writes before ``q`` is read, the rest is drained."""
    here, there = pty.openpty()
    program = Program(room.folder)
    environ = program.environ(TERM="xterm-256color", TRACKER_DB=str(room.house.paths.db))
    with subprocess.Popen(
        [sys.executable, "-m", "tracker", "browse", "--actor", "nvidia"], env=environ,
        cwd=room.folder, stdin=there, stdout=there, stderr=there,
    ) as process:  # fmt: skip
        os.close(there)
        seen = b""
        while b"filter" not in seen:
            seen += os.read(here, 65536)  # an error where the program ended before
        os.write(here, b"q")
        with contextlib.suppress(OSError):  # Linux says so when the other end is closed
            while chunk := os.read(here, 65536):
                seen += chunk
        os.close(here)
    assert process.returncode == 0
    assert b"\x1b[?1049h" in seen
    assert b"\x1b[?1049l" in seen
    assert b"Traceback" not in seen


def test_in_a_pipe_it_says_what_to_type_instead(tmp_path: Path) -> None:
    done = Program(tmp_path).run("browse")
    assert done.returncode == 2
    assert "needs a terminal" in done.stderr


def test_without_textual_it_names_the_extra(tmp_path: Path) -> None:
    """An importer in front of all others that knows no Textual stands for a plain install."""
    (tmp_path / "sitecustomize.py").write_text(
        "import importlib.util as u\n"
        "real = u.find_spec\n"
        "u.find_spec = lambda name, *a: None if name == 'textual' else real(name, *a)\n"
    )
    done = Program(tmp_path).start("browse", PYTHONPATH=str(tmp_path))
    assert done.returncode == 2
    assert "pip install 'tracker[tui]'" in done.stderr
