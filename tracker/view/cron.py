"""Lines for cron and units for systemd."""

from __future__ import annotations

import shlex
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any


def command(program: Sequence[str], paths: Any) -> list[str]:
    """The poll of this installation as words, with full paths: cron has no working directory."""
    words = [*program, "poll", "-q", "--max-time", "600"]
    if Path(paths.config).exists():
        words += ["--config", str(Path(paths.config).resolve())]
    return [*words, "--db", str(Path(paths.db).resolve())]


def text(words: Sequence[str], every: int, form: str = "") -> str:
    """The three ways, each under a comment; or one of them alone."""
    parts = {
        "crontab": crontab(words, every), "service": service(words), "timer": timer(every),
    }  # fmt: skip
    if form:
        return parts[form]
    return "\n".join(
        (
            "# crontab -e, then this line (silence means success; mail comes for changes only):",
            parts["crontab"],
            "",
            "# ~/.config/systemd/user/tracker.service",
            parts["service"],
            "# ~/.config/systemd/user/tracker.timer; then: systemctl --user enable --now"
            " tracker.timer",
            parts["timer"],
        )
    )


def crontab(words: Sequence[str], every: int) -> str:
    r"""One line; the minutes are off the hour, and 75 (another poll runs) is no error.

    >>> line = crontab(["/opt/tracker", "poll", "-q", "--db", "/a 100%/t.db"], 60)
    >>> print(line.partition(" ")[2])
    * * * * /opt/tracker poll -q --db '/a 100\%/t.db'
    """
    line = shlex.join(words).replace("%", "\\%")  # a bare % is a line break to cron
    first = zlib.crc32(line.encode()) % every
    minutes = ",".join(str(minute) for minute in range(first, 60, every))
    return f"{minutes} * * * * {line}"


def service(words: Sequence[str]) -> str:
    """A oneshot unit."""
    line = " ".join(_quoted(word) for word in words)
    return "\n".join(
        (
            "[Unit]", "Description=Poll the feeds of Tracker", "", "[Service]", "Type=oneshot",
            f"ExecStart={line}",
            "# 69: no feed answered; 75: another poll runs. Both mend themselves.",
            "SuccessExitStatus=69 75", "TimeoutStartSec=15min", "Nice=10", "",
        )
    )  # fmt: skip


def timer(every: int) -> str:
    """A timer that catches up after sleep and does not start on the minute."""
    return "\n".join(
        (
            "[Unit]", "Description=Poll the feeds of Tracker regularly", "", "[Timer]",
            f"OnCalendar=*:0/{every}" if every < 60 else "OnCalendar=hourly",
            "RandomizedDelaySec=60", "Persistent=true", "", "[Install]",
            "WantedBy=timers.target", "",
        )
    )  # fmt: skip


def _quoted(word: str) -> str:
    """A word of ExecStart: percent and dollar doubled, quoted where it holds blanks."""
    word = word.replace("\\", "\\\\").replace("%", "%%").replace("$", "$$").replace('"', '\\"')
    return f'"{word}"' if any(letter in word for letter in " '\";\\") else word
