"""The program in a folder of its own: in this process, or as one of its own where that matters."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from subprocess import CompletedProcess
from typing import Final
from unittest import mock

from tracker.cli import run

_SIGNALS: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGPIPE)


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

    def run(self, *words: str, stdin: str = "", **more: str) -> CompletedProcess[str]:
        """One command, with what it printed; never a traceback."""
        done = entered(words, self.home, self.environ(**more), stdin)
        assert "Traceback" not in done.stderr, done.stderr
        return done

    def start(
        self, *words: str, prefix: tuple[str, ...] = (), **more: str
    ) -> CompletedProcess[str]:
        """The same as a process of its own."""
        done = subprocess.run(
            [*prefix, sys.executable, "-m", "tracker", *words],
            cwd=self.home,
            env=self.environ(**more),
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert "Traceback" not in done.stderr, done.stderr
        return done


def entered(
    words: Sequence[str], folder: Path, environ: Mapping[str, str], stdin: str = "",
    *, together: bool = False,
) -> CompletedProcess[str]:  # fmt: skip
    """One command line through the program's own entry point, in this process.

    It is what ``python -m tracker`` calls; a start of the interpreter is most of a short command.
    ``together`` puts both streams into ``stdout``, as a terminal shows them.
    """
    said = _stream(stdin)
    out = _stream()
    err = out if together else _stream()
    with (
        _surroundings(environ),
        contextlib.chdir(folder),
        mock.patch.object(sys, "stdin", said),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        code = run(list(words))
    return CompletedProcess(list(words), code, _text(out), "" if together else _text(err))


@contextlib.contextmanager
def _surroundings(environ: Mapping[str, str]) -> Iterator[None]:
    """This environment with its time zone; afterwards the one before, with its signals."""
    handlers = {number: signal.getsignal(number) for number in _SIGNALS}
    try:
        with mock.patch.dict(os.environ, environ, clear=True):
            time.tzset()
            yield
    finally:
        time.tzset()
        for number, handler in handlers.items():
            signal.signal(number, handler)


def _stream(text: str = "") -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(text.encode()), encoding="utf-8")


def _text(stream: io.TextIOWrapper) -> str:
    stream.flush()
    binary = stream.buffer
    assert isinstance(binary, io.BytesIO)
    return binary.getvalue().decode("utf-8")


def without_root_powers() -> tuple[str, ...] | None:
    """A prefix under which file permissions hold; None where they cannot be made to."""
    if os.geteuid() != 0:
        return ()
    setpriv = shutil.which("setpriv")
    return (setpriv, "--inh-caps=-all", "--bounding-set=-all") if setpriv else None
