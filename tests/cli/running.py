"""The program as a process, in a folder of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Program:
    """Runs ``tracker`` with a home, a database and a clock of its own."""

    home: Path
    now: str = "2026-07-10T12:00:00Z"

    @property
    def db(self) -> Path:
        return self.home / "data" / "tracker.db"

    def fill(self, template: Path) -> Program:
        """The same program, whose database holds the record already."""
        self.db.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(template, self.db)
        return self

    def environ(self, **more: str) -> dict[str, str]:
        base = {
            "HOME": str(self.home),
            "TRACKER_DB": str(self.db),
            "TRACKER_NOW": self.now,
            "PATH": os.environ["PATH"],
            "LANG": "C.UTF-8",
            "COLUMNS": "100",
        }
        return base | more

    def run(
        self, *words: str, stdin: str | None = None, prefix: tuple[str, ...] = (), **more: str
    ) -> subprocess.CompletedProcess[str]:
        """One command, with what it printed; never a traceback."""
        done = subprocess.run(
            [*prefix, sys.executable, "-m", "tracker", *words],
            cwd=self.home,
            env=self.environ(**more),
            input=stdin,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert "Traceback" not in done.stderr, done.stderr
        return done


def without_root_powers() -> tuple[str, ...] | None:
    """A prefix under which file permissions hold; None where they cannot be made to."""
    if os.geteuid() != 0:
        return ()
    setpriv = shutil.which("setpriv")
    return (setpriv, "--inh-caps=-all", "--bounding-set=-all") if setpriv else None
