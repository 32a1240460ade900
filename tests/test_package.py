"""The wheel: built, installed, and run from another folder with nothing of the checkout near."""

from __future__ import annotations

import json
import os
import site
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", out, ROOT],
        check=True,
        capture_output=True,
    )
    return next(out.glob("*.whl"))


@pytest.fixture(scope="module")
def tracker(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command of a new environment that sees our dependencies but not the checkout."""
    folder = tmp_path_factory.mktemp("venv")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    python = folder / "bin" / "python"
    where = subprocess.run(
        [python, "-c", "import site; print(site.getsitepackages()[0])"],
        check=True, capture_output=True, text=True,
    ).stdout.strip()  # fmt: skip
    with zipfile.ZipFile(wheel) as content:
        content.extractall(where)
    # Dependencies only: the editable install of the checkout works through .pth files, which a
    # path added to sys.path by hand does not run.
    libraries = json.dumps(site.getsitepackages())
    (Path(where) / "libraries.pth").write_text(f"import sys; sys.path.extend({libraries})\n")
    command = folder / "bin" / "tracker"
    command.write_text(f"#!{python}\nfrom tracker.__main__ import main\nmain()\n")
    command.chmod(0o755)
    return command


def run(tracker: Path, cwd: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environ = {"HOME": str(cwd), "PATH": os.environ["PATH"], "LANG": "C.UTF-8"}
    return subprocess.run(
        [tracker, *words], cwd=cwd, env=environ, capture_output=True, text=True, check=False
    )


def test_the_wheel_carries_db_and_snapshot(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as content:
        names = set(content.namelist())
    assert {"tracker/_db/derived.sql", "tracker/_db/record.json", "tracker/_db/feeds.toml"} <= names
    assert any(name.startswith("tracker/_db/lexicon/") for name in names)
    assert any(name.startswith("tracker/_db/migrations/0001") for name in names)
    assert any(name.endswith("data/share/man/man1/tracker-timeline.1") for name in names)


def test_the_installed_program_is_useful_on_an_empty_machine(tracker: Path, tmp_path: Path) -> None:
    done = run(tracker, tmp_path, "timeline", "--since", "2025-05", "--until", "2025-07",
               "--format", "json")  # fmt: skip
    assert done.returncode == 0, done.stderr
    ids = {event["id"] for event in json.loads(done.stdout)["events"]}
    assert "2025-07-14-h20-mi308-licences-promised" in ids
    assert (tmp_path / ".local/share/tracker/tracker.db").is_file()


def test_the_installed_program_cites_rules_and_roles_by_one_name(
    tracker: Path, tmp_path: Path
) -> None:
    told = run(tracker, tmp_path, "lexicon", "test", "US approves H20 sales to China").stdout
    assert {"db/lexicon/items.toml", "db/lexicon/acts.toml", "db/lexicon/fitted.toml"} <= {
        word.partition(":")[0] for word in told.split()
    }
    assert "_db" not in told


def test_the_installed_program_is_the_wheel_and_not_the_checkout(
    tracker: Path, tmp_path: Path
) -> None:
    done = run(tracker, tmp_path, "db", "info", "--format", "json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["rows"]["record_events"] == 444
    python = tracker.parent / "python"
    where = subprocess.run(
        [python, "-c", "import tracker; print(tracker.__file__)"],
        cwd=tmp_path, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert str(ROOT) not in where
