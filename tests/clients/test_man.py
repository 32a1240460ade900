"""The manual pages: groff reads them without a word, man shows them, the wheel carries them."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.cli.running import Program
from tests.clients.found import needs, program, run
from tracker.cli import COMMANDS
from tracker.cli.man import pages


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every page, as the command writes them."""
    one = Program(tmp_path_factory.mktemp("man"))
    done = one.run("man", "-o", "man1")
    assert done.returncode == 0, done.stderr
    return one.home / "man1"


def test_every_command_has_a_page(folder: Path) -> None:
    names = {path.name for path in folder.iterdir()}
    assert names == {"tracker.1", *(f"tracker-{name}.1" for name in COMMANDS)}
    assert {path.name: path.read_text() for path in folder.iterdir()} == dict(pages())


def test_a_page_names_each_option_and_example(folder: Path) -> None:
    text = (folder / "tracker-timeline.1").read_text()
    for option in ("since", "until", "as\\-of", "min\\-witnesses", "bom"):
        assert f"\\-\\-{option}" in text
    assert "tracker timeline \\-\\-format md \\-o memo.md" in text
    assert "tracker feeds import FILE" in (folder / "tracker-feeds.1").read_text()


@needs("groff")
def test_groff_has_nothing_to_say(folder: Path) -> None:
    for path in sorted(folder.iterdir()):
        done = subprocess.run(
            [program("groff"), "-ww", "-b", "-man", "-Tutf8", "-z", path.name], cwd=folder,
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        assert (path.name, done.stderr) == (path.name, "")


@needs("man", "groff")
def test_man_shows_it(folder: Path) -> None:
    shown = run("man", "-l", "tracker-event.1", cwd=folder, MANWIDTH="80").stdout
    if not shown.strip():
        pytest.skip("man is a stub on this machine")
    assert "TRACKER-EVENT(1)" in shown
    assert "tracker event h20-mi308" in shown
    assert max(len(line) for line in shown.splitlines()) <= 80
