"""A real terminal: tmux, driven with keys and read as the cells that a person sees."""

from __future__ import annotations

import os
import subprocess
import threading
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.clients.found import program

PATIENCE = 400  # looks at the screen, a twentieth of a second apart


class Terminal:
    """One tmux session on a server of its own."""

    def __init__(self, folder: Path, width: int, height: int, environ: Mapping[str, str],
                 *command: str) -> None:  # fmt: skip
        self._socket, self._tick = folder / "tmux", threading.Event()
        words = [f"{name}={value}" for name, value in environ.items()]
        self._call("-f", os.devnull, "new-session", "-d", "-x", str(width), "-y", str(height),
                   "-c", str(folder), "env", "-i", *words, *command, environ=environ)  # fmt: skip

    def _call(self, *words: str, environ: Mapping[str, str] | None = None) -> str:
        given = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "TERM": "xterm-256color"}
        done = subprocess.run(
            [program("tmux"), "-S", str(self._socket), "-u", *words], env=given | dict(environ or {}),
            capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    def press(self, *keys: str) -> None:
        """Keys by their names (``Enter``, ``Tab``, ``q``)."""
        self._call("send-keys", *keys)

    def type(self, text: str) -> None:
        """Letters as they are."""
        self._call("send-keys", "-l", text)

    def screen(self, *, styled: bool = False) -> str:
        """Every cell; with ``styled`` the colours too."""
        return self._call("capture-pane", "-p", *(["-e"] if styled else []))

    def until(self, there: str | Callable[[str], bool]) -> str:
        """The screen once it shows ``there``; fails with what it shows otherwise."""
        fits = there if callable(there) else (lambda shown: there in shown)
        if self.settles(fits):
            return self.screen()
        raise AssertionError(f"{there!r} never came:\n{self.screen()}")

    def settles(self, fits: Callable[[str], bool], looks: int = PATIENCE) -> bool:
        """Whether the screen fits at one of so many looks."""
        for _ in range(looks):
            if fits(self.screen()):
                return True
            self._tick.wait(0.05)
        return False

    def changed(self, *keys: str) -> None:
        """Press a key and wait until it shows, if only as a colour."""
        before = self.screen(styled=True)
        self.press(*keys)
        for _ in range(PATIENCE):
            if self.screen(styled=True) != before:
                return
            self._tick.wait(0.05)
        raise AssertionError(f"{keys} changed nothing:\n{before}")

    def close(self) -> None:
        """End the session and its server, whatever still runs in it."""
        self._call("kill-server")
