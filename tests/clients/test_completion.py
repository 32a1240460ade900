"""TAB: what is offered, how it is installed, and real shells that ask for it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.running import Program
from tests.clients.found import needs, program
from tests.clients.terminal import Terminal
from tracker.cli import COMMANDS
from tracker.cli.completing import SHELLS, answer, split
from tracker.model import KINDS

EVENT = "2025-07-14-h20-mi308-licences-promised"


def offered(tracker: Program, line: str, shell: str = "fish") -> list[str]:
    """The words offered for a line, without their meanings."""
    text = answer(f"tracker {line}", shell, tracker.environ(), tracker.home)
    return [one.split("\t")[0] for one in text.splitlines()]


@pytest.mark.parametrize(
    ("line", "some"),
    [
        ("", list(COMMANDS)),
        ("ti", ["timeline"]),
        ("--co", ["--config", "--color"]),
        ("--color ", ["auto", "always", "never"]),
        ("--db ", [":files"]),
        ("timeline --kind ", list(KINDS)),
        ("timeline --kind=li", ["--kind=licence", "--kind=listing"]),
        ("timeline --direction t", ["tighten"]),
        ("timeline --status ", ["confirmed", "reported", "disputed", "proposed"]),
        ("timeline --actor nv", ["nvidia"]),
        ("timeline --actor Nv", ["Nvidia"]),
        ("timeline --actor 英伟", ["英伟达"]),
        ("timeline --actor 'US Dep", ["US Department of Commerce"]),
        ("timeline --item h2", ["h20", "h200"]),
        ("timeline --term 3A0", ["3A090"]),
        ("timeline --jurisdiction ", ["CN", "US"]),
        ("timeline --measure h20-l", ["h20-licence-requirement"]),
        ("timeline --series cn-nvda", ["cn-nvda-units-share"]),
        ("timeline --format ", ["rich", "json", "timelinejs"]),
        ("timeline --by q", ["quarter"]),
        ("timeline --with s", ["summary", "sources"]),
        ("timeline --since 2025 --kind rule --dir", ["--direction"]),
        ("timeline -o ", [":files"]),
        ("recode --with ", [":files"]),
        ("poll --log ", [":files"]),
        ("event 2025-07-14-h", [EVENT]),
        ("event h20-mi", ["h20-mi308-licences-promised"]),
        ("event #h20-mi", ["#h20-mi308-licences-promised"]),
        ("event mi308-lic", ["mi308-licences-promised"]),
        ("event --format ", ["rich", "plain", "json"]),
        ("cite 2025-07-14-h20", [EVENT]),
        ("decide ", ["same", "different", "undo"]),
        ("decide same a 2025-07-14-h", [EVENT]),
        ("decide kind --why x 2025-07-14-h", [EVENT]),
        ("decide kind a --why x li", ["licence", "listing"]),
        ("decide direction a ", ["tighten", "ease", "neutral"]),
        ("decide jurisdiction a C", ["CN"]),
        ("decide date a sus", ["suspended_until"]),
        ("decide date a effective 20", []),
        ("decide actor a +Nv", ["+Nvidia"]),
        ("decide actor a -Nv", ["-Nvidia"]),
        ("decide actor a --w", ["--why"]),
        ("share cn-accel", ["cn-accel-domestic-units-share"]),
        ("share --around 2025-07-14-h", [EVENT]),
        ("status h20", ["h20-licence-requirement", "h20-mi308-licences"]),
        ("search act", ["actor:"]),
        ("search actor:nvid", ["actor:nvidia"]),
        ("search kind:li", ["kind:licence", "kind:listing"]),
        ("feeds remove fr-b", ["fr-bis"]),
        ("poll --feed fr-b", ["fr-bis"]),
        ("add ", [":files"]),
        ("completion ", list(SHELLS)),
        ("-q timeline --kind ru", ["rule"]),
    ],
)
def test_the_values_are_offered(tracker: Program, line: str, some: list[str]) -> None:
    found = offered(tracker, line)
    assert set(some) <= set(found)
    assert len(found) == len(set(found))


@pytest.mark.parametrize(
    "line",
    ["bogus ", "timeline --limit ", "event zzzz", "feeds nothing ", "timeline --actor 'x\"",
     "--color=blue ti", "--db", "timeline \\", "event \x1b[31m", "event %", "event '"],
)  # fmt: skip
def test_nothing_fits_and_nothing_breaks(tracker: Program, line: str) -> None:
    """As the shell asks: never a message, and never more than words."""
    environ = tracker.environ(_TRACKER_COMPLETE="bash", _TRACKER_LINE=f"tracker {line}")
    done = subprocess.run([sys.executable, "-m", "tracker"], env=environ, cwd=tracker.home,
                          capture_output=True, text=True, check=False)  # fmt: skip
    assert done.stderr == ""
    assert "Traceback" not in done.stdout


def test_tab_makes_no_database(tmp_path: Path) -> None:
    fresh = Program(tmp_path)
    assert offered(fresh, "event 2025") == []
    assert offered(fresh, "timeline --kind ru") == ["rule"]
    assert list(tmp_path.iterdir()) == []


def test_what_was_typed_of_several_ids_stays_the_beginning_of_every_offer(
    tracker: Program,
) -> None:
    """A shell puts what all offers begin with in the place of the word."""
    found = offered(tracker, "event licence")
    assert len(found) > 2
    assert all(word.startswith("licence") for word in found)
    assert offered(tracker, "event #licence") == [f"#{word}" for word in found]
    assert offered(tracker, "event licences-p") == [EVENT]


def test_the_words_are_quoted_for_bash(tracker: Program) -> None:
    assert "US\\ Department\\ of\\ Commerce" in offered(tracker, "timeline --actor US", "bash")
    assert offered(tracker, "search kind:ru", "bash") == ["rule"]  # bash asks from the colon on
    assert offered(tracker, "timeline --kind=ru", "bash") == ["rule"]


@pytest.mark.parametrize("text", ["tracker 'a b", "tracker a\\ b", 'tracker "a b"'])
def test_a_word_is_read_as_a_shell_does(text: str) -> None:
    assert split(text)[-1] == "a b"


# ---- installing ---------------------------------------------------------------------------------


@pytest.mark.parametrize("shell", SHELLS)
def test_one_command_installs_it_once(tmp_path: Path, shell: str) -> None:
    one = Program(tmp_path)
    (tmp_path / ".bashrc").write_text("alias l=ls")
    for _ in range(2):
        done = one.run("completion", "--install", SHELL=f"/usr/bin/{shell}")
        assert done.returncode == 0, done.stderr
        assert f"start a new {shell}" in done.stderr
    printed = one.run("completion", shell).stdout
    place = {
        "bash": ".local/share/tracker/completion.bash",
        "zsh": ".local/share/tracker/completion.zsh",
        "fish": ".config/fish/completions/tracker.fish",
    }[shell]
    assert (tmp_path / place).read_text() == printed
    if shell == "bash":
        assert (tmp_path / ".bashrc").read_text().startswith("alias l=ls\n[ -r ")
        assert (tmp_path / ".bashrc").read_text().count("completion.bash") == 2  # one line
    assert not (tmp_path / "data").exists()


def test_a_shell_that_is_not_known_is_named(tmp_path: Path) -> None:
    one = Program(tmp_path)
    assert "Which shell?" in one.run("completion").stderr
    done = one.run("completion", "bsh")
    assert done.returncode == 2
    assert "did you mean bash" in done.stderr


# ---- real shells --------------------------------------------------------------------------------

START = {
    "bash": ("bash", "--noprofile", "--rcfile", ".bashrc", "-i"),
    "zsh": ("zsh", "-i"),
    "fish": ("fish", "-i"),
}


@pytest.fixture
def home(tracker: Program, tmp_path: Path) -> Program:
    """A home with the program on its PATH and completion installed for every shell."""
    place = tmp_path / "bin"
    place.mkdir()
    command = place / "tracker"
    command.write_text(f'#!/bin/sh\nexec {sys.executable} -m tracker "$@"\n')
    command.chmod(0o755)
    one = Program(tmp_path)
    for shell in SHELLS:
        assert one.run("completion", shell, "--install").returncode == 0
    with (tmp_path / ".zshrc").open("a") as rc:
        rc.write("PROMPT='ready> '\n")
    with (tmp_path / ".bashrc").open("a") as rc:
        rc.write("PS1='ready> '\n")
    (tmp_path / ".config/fish/config.fish").write_text(
        "function fish_prompt; echo 'ready> '; end; set -g fish_greeting\n"
    )
    return one


@pytest.fixture(params=SHELLS)
def shell(request: pytest.FixtureRequest, tracker: Program, home: Program) -> Iterator[Terminal]:
    name = str(request.param)
    if not program(name):
        pytest.skip(f"not installed: {name} (.ci/clients fetches it)")
    environ = tracker.environ(
        HOME=str(home.home), PATH=f"{home.home / 'bin'}{os.pathsep}{os.environ['PATH']}",
        TERM="xterm-256color",
    )  # fmt: skip
    environ.pop("COLUMNS")
    terminal = Terminal(home.home, 110, 30, environ, program(name), *START[name][1:])
    terminal.until("ready>")
    yield terminal
    terminal.close()


@needs("tmux")
def test_tab_completes_in_a_real_shell(shell: Terminal) -> None:
    for typed, whole in (
        ("tracker timel", "tracker timeline"),
        ("tracker timeline --dir", "tracker timeline --direction"),
        ("tracker timeline --kind leg", "tracker timeline --kind legislation"),
        ("tracker event 2025-07-14-h20", f"tracker event {EVENT}"),
        ("tracker timeline --actor US\\ Department\\ of\\ C", "US\\ Department\\ of\\ Commerce"),
        ("tracker timeline --actor 'US Department of C", "'US Department of Commerce"),
        ("tracker search kind:legi", "tracker search kind:legislation"),
        ("tracker share cn-accel", "tracker share cn-accel-domestic-units-share"),
    ):
        shell.type(typed)
        shell.press("Tab")
        shell.until(whole)
        forget(shell)


def forget(shell: Terminal) -> None:
    """Leave the line, and the list of a shell that shows one, until only the prompt stands there."""

    def empty(screen: str) -> bool:
        return [line.strip() for line in screen.split("\n") if line.strip()] == ["ready>"]

    for _ in range(20):
        shell.press("C-c")
        shell.press("C-l")
        if shell.settles(empty, looks=20):
            return
    raise AssertionError(shell.screen())


@needs("tmux")
def test_what_was_completed_runs(shell: Terminal) -> None:
    """A name with blanks comes out as one word."""
    shell.type("tracker timeline --limit 1 --actor US\\ Department\\ of\\ Com")
    shell.press("Tab")
    shell.until("Commerce")
    shell.type(" --format plain | cut -c1-10")
    shell.press("Enter")
    shell.until(lambda screen: any(line.startswith("20") for line in screen.splitlines()))
