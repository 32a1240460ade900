"""``tracker cron``: what it prints works as printed, in folders with odd names."""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from tests.cli.desk import Desk, feed
from tests.feeds.web import Asked, Page, item, rss
from tracker.view.cron import DAY, EVEN, crontab, timer

ODD = 'my 100% "home"; $HOME `id` it\'s'
SPOOL = Path("/var/spool/cron/crontabs")


class Odd(Desk):
    """A desk that tells when its feed was asked."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.reached = threading.Event()
        self.web.pages["/a"] = self._answer
        self.config(feed("a"))

    def _answer(self, _: Asked) -> Page:
        self.reached.set()
        return Page(rss(item(1)))

    def printed(self, form: str) -> str:
        done = self.run("cron", "--only", form)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def stored(self) -> int:
        """How many entries there are once the poll that runs has ended."""
        with self.program.db.with_name("tracker.db.lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
        return len(self.json("entries"))


@pytest.fixture
def odd(tmp_path: Path) -> Iterator[Odd]:
    (tmp_path / ODD).mkdir()
    desk = Odd(tmp_path / ODD)
    yield desk
    desk.web.close()


def test_the_line_works_in_the_bare_surroundings_of_cron(odd: Odd) -> None:
    """cron takes the backslash off ``\\%``, gives the rest to sh, and has next to no environment."""
    line = odd.printed("crontab").strip()
    assert "\n" not in line
    *when, command = line.split(" ", 5)
    assert len(when) == 5
    assert "%" not in command.replace("\\%", "")
    done = subprocess.run(
        ["/bin/sh", "-c", command.replace("\\%", "%")], cwd="/", capture_output=True, text=True,
        env={"HOME": str(odd.home), "PATH": "/usr/bin:/bin", "SHELL": "/bin/sh"}, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert odd.stored() == 1


def _namespace() -> str:
    """Why no cron daemon can be run apart from the system's own; empty where it can."""
    if not shutil.which("cron"):
        return "cron is not installed"
    if os.geteuid() != 0 or not shutil.which("unshare") or not SPOOL.is_dir():
        return "needs root, unshare and cron's spool: another daemon must not see the system's jobs"
    tried = subprocess.run(["unshare", "--mount", "true"], capture_output=True, check=False)
    return "" if tried.returncode == 0 else "mount namespaces are not allowed here"


def test_a_real_cron_daemon_runs_the_line(odd: Odd, tmp_path: Path) -> None:
    """In a mount namespace of its own, with no other job; @reboot instead of waiting for a minute."""
    if why := _namespace():
        pytest.skip(why)
    command = odd.printed("crontab").strip().split(" ", 5)[5]
    spool, nothing = tmp_path / "spool", tmp_path / "nothing"
    spool.mkdir()
    nothing.mkdir()
    table = spool / "root"
    table.write_text(f"@reboot {command}\n", encoding="utf-8")
    table.chmod(0o600)
    script = (
        "mount -t tmpfs none /run && mount --bind /dev/null /etc/crontab"
        ' && mount --bind "$1" /etc/cron.d && mount --bind "$2" ' + str(SPOOL) + " && exec cron -f"
    )
    daemon = subprocess.Popen(
        ["unshare", "--mount", "sh", "-c", script, "sh", str(nothing), str(spool)],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    try:
        assert odd.reached.wait(60)
        assert odd.stored() == 1
    finally:
        daemon.kill()
        daemon.communicate()


@pytest.mark.parametrize("every", ["5", "6", "15", "60", "120", "1440"])
def test_systemd_takes_the_units(odd: Odd, tmp_path: Path, every: str) -> None:
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd-analyze is not installed")
    units = []
    for form in ("service", "timer"):
        unit = tmp_path / f"tracker.{form}"
        unit.write_text(odd.run("cron", "--only", form, "--every", every).stdout, encoding="utf-8")
        units.append(str(unit))
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *units], capture_output=True, text=True, check=False
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")


def _systemd() -> str:
    places = ("/lib/systemd/systemd", "/usr/lib/systemd/systemd")
    return next((place for place in places if Path(place).exists()), "")


def test_systemd_reads_the_words_that_were_meant(odd: Odd) -> None:
    """Its start-up rehearsal shows a command as it took it apart; ``$$`` is undone at the start."""
    if not _systemd():
        pytest.skip("systemd is not installed")
    prefix: list[str] = []
    if os.geteuid() == 0:  # it rehearses for users only
        if not shutil.which("setpriv"):
            pytest.skip("needs setpriv: root may not rehearse")
        prefix = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        unit = Path(folder) / "tracker.service"
        unit.write_text(odd.printed("service"), encoding="utf-8")
        unit.chmod(0o644)
        state = Path(folder) / "state"
        state.mkdir()
        state.chmod(0o777)
        done = subprocess.run(
            [*prefix, _systemd(), "--test", "--user", "--unit=tracker.service"],
            env={"SYSTEMD_UNIT_PATH": f"{folder}:", "PATH": os.environ["PATH"],
                 "XDG_RUNTIME_DIR": str(state), "HOME": str(state)},
            capture_output=True, text=True, check=False, timeout=60,
        )  # fmt: skip
    shown = [
        line.partition("Command Line:")[2]
        for line in done.stdout.splitlines()
        if "Command Line:" in line and " poll -q " in line
    ]
    if not shown:
        pytest.skip("systemd cannot rehearse here")
    taken = subprocess.run(
        ["/bin/sh", "-c", f"printf '%s\\n' {shown[0]}"], capture_output=True, text=True, check=True
    )  # fmt: skip
    words = [word.replace("$$", "$") for word in taken.stdout.splitlines()]
    assert words[1:] == [
        "poll", "-q", "--max-time", "600", "--config", str(odd.feeds), "--db", str(odd.program.db)
    ]  # fmt: skip


def test_all_three_are_printed_with_where_they_go(odd: Odd) -> None:
    text = odd.run("cron").stdout
    for word in ("crontab -e", "tracker.service", "tracker.timer", "systemctl --user enable"):
        assert word in text
    for form in ("crontab", "service", "timer"):
        assert odd.printed(form).strip() in text


@pytest.mark.parametrize(("every", "minutes"), [("5", 12), ("15", 4), ("30", 2), ("60", 1)])
def test_polls_are_spread_over_the_hour_and_off_its_start(
    odd: Odd, every: str, minutes: int
) -> None:
    line = odd.run("cron", "--only", "crontab", "--every", every).stdout
    shown = [int(minute) for minute in line.split(" ")[0].split(",")]
    assert len(shown) == minutes
    assert {b - a for a, b in pairwise(shown)} <= {int(every)}


@pytest.mark.parametrize(
    ("words", "told"),
    [(("--only", "timr"), "did you mean timer?"), (("--every", "1"), "range")],
)
def test_wrong_words_are_named(odd: Odd, words: tuple[str, ...], told: str) -> None:
    done = odd.run("cron", *words)
    assert done.returncode == 2
    assert told in done.stderr


def test_a_path_with_a_line_break_cannot_stand_in_a_crontab(odd: Odd) -> None:
    done = odd.program.run("cron", "--db", "a\nb.db")
    assert done.returncode == 2
    assert "line break" in done.stderr


@pytest.mark.parametrize(
    ("every", "near"), [(45, (30, 60)), (7, (6, 10)), (90, (60, 120)), (1439, (720, 1440))]
)
def test_an_interval_that_no_hour_and_no_day_holds_evenly_is_refused(
    odd: Odd, every: int, near: tuple[int, int]
) -> None:
    done = odd.run("cron", "--every", str(every))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.endswith(f"Try: --every {near[0]} or --every {near[1]}\n")


@pytest.mark.parametrize("every", EVEN)
def test_cron_and_systemd_wait_for_the_same_time(every: int) -> None:
    minutes, hours, *_ = crontab(["tracker"], every).split()
    at = [60 * hour + int(minute)
          for hour in (range(24) if hours == "*" else map(int, hours.split(",")))
          for minute in minutes.split(",")]  # fmt: skip
    assert {b - a for a, b in pairwise([*at, at[0] + DAY])} == {every}


@pytest.mark.client
@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd-analyze")
@pytest.mark.parametrize("every", EVEN)
def test_systemd_reads_the_calendar_as_it_is_meant(every: int) -> None:
    (line,) = [line for line in timer(every).splitlines() if line.startswith("OnCalendar=")]
    done = subprocess.run(
        ["systemd-analyze", "calendar", "--iterations=3", line.partition("=")[2]],
        env={**os.environ, "TZ": "UTC"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    moments = [datetime.fromisoformat(found)
               for found in re.findall(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", done.stdout)]  # fmt: skip
    assert {b - a for a, b in pairwise(sorted(set(moments)))} == {timedelta(minutes=every)}
