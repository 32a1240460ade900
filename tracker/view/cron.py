"""Lines for cron and units for systemd."""

from __future__ import annotations

import shlex
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

DAY: Final = 24 * 60
EVEN: Final = tuple(n for n in range(5, DAY + 1) if 60 % n == 0 or (n % 60 == 0 and DAY % n == 0))
"""Minutes that come out even in an hour or a day: neither cron nor systemd can count others."""


def nearest(every: int) -> list[int]:
    """The even intervals on both sides of one that is not.

    >>> nearest(45), nearest(90), nearest(7)
    ([30, 60], [60, 120], [6, 10])
    """
    below, above = [n for n in EVEN if n < every], [n for n in EVEN if n > every]
    return [*below[-1:], *above[:1]]


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
    first = zlib.crc32(line.encode()) % min(every, 60)
    minutes = ",".join(str(minute) for minute in range(first, 60, every))
    hours = "*" if every <= 60 else ",".join(map(str, range(0, 24, every // 60)))
    return f"{minutes} {hours} * * * {line}"


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
            f"OnCalendar={_calendar(every)}",
            "RandomizedDelaySec=60", "Persistent=true", "", "[Install]",
            "WantedBy=timers.target", "",
        )
    )  # fmt: skip


def _calendar(every: int) -> str:
    """Every so many minutes, as systemd says it.

    >>> _calendar(30), _calendar(60), _calendar(120), _calendar(1440)
    ('*:0/30', 'hourly', '0/2:00', 'daily')
    """
    if every < 60:
        return f"*:0/{every}"
    return {60: "hourly", DAY: "daily"}.get(every, f"0/{every // 60}:00")


def _quoted(word: str) -> str:
    """A word of ExecStart: percent and dollar doubled, quoted where it holds blanks."""
    word = word.replace("\\", "\\\\").replace("%", "%%").replace("$", "$$").replace('"', '\\"')
    return f'"{word}"' if any(letter in word for letter in " '\";\\") else word
