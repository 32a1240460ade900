"""Start-up of whole processes as ratios to ``sqlite-utils --version``, which loads its libraries.

    python benchmarks/startup.py [ROUNDS]

Rounds are interleaved, so that a drift of the machine meets every command alike; medians are
printed with their ratio. Bytecode must be cached: PYTHONDONTWRITEBYTECODE is taken out.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
from pathlib import Path

SCRIPTS = Path(sysconfig.get_path("scripts"))
TRACKER = [str(SCRIPTS / "tracker")]
COMMANDS: dict[str, tuple[list[str], float | None]] = {
    "sqlite-utils --version": ([str(SCRIPTS / "sqlite-utils"), "--version"], 1.0),
    "python -c pass": ([sys.executable, "-c", "pass"], None),
    "import rich.console, rich.table": ([sys.executable, "-c", "import rich.console, rich.table"],
                                        None),
    "tracker --help": ([*TRACKER, "--help"], 0.6),
    "tracker timeline --since 2025-05": ([*TRACKER, "timeline", "--since", "2025-05"], 1.1),
    "tracker event h20-mi308": ([*TRACKER, "event", "h20-mi308-licences-promised"], None),
    "tracker status H20": ([*TRACKER, "status", "H20"], None),
    "tracker search gallium": ([*TRACKER, "search", "gallium"], None),
}  # fmt: skip


def spent(command: list[str], environ: dict[str, str]) -> tuple[float, float]:
    """Wall and processor seconds of a whole process."""
    begun = time.perf_counter()
    process = subprocess.Popen(
        command, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, used = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{' '.join(command)} failed")
    return time.perf_counter() - begun, used.ru_utime + used.ru_stime


def main(rounds: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        environ = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
        environ |= {"TRACKER_DB": f"{folder}/tracker.db", "HOME": folder}
        taken: dict[str, list[tuple[float, float]]] = {name: [] for name in COMMANDS}
        for command, _ in COMMANDS.values():
            spent(command, environ)  # fills the database and the bytecode cache
        for _ in range(rounds):
            for name, (command, _) in COMMANDS.items():
                taken[name].append(spent(command, environ))
    print(f"{'command':<36}{'wall ms':>8}{'ratio':>7}{'processor ms':>14}{'ratio':>7}{'want':>6}")
    first = [statistics.median(times) for times in zip(*next(iter(taken.values())), strict=True)]
    for name, times in taken.items():
        wall, processor = (statistics.median(one) for one in zip(*times, strict=True))
        print(
            f"{name:<36}{wall * 1000:>8.0f}{wall / first[0]:>7.2f}{processor * 1000:>14.0f}"
            f"{processor / first[1]:>7.2f}{COMMANDS[name][1] or '':>6}"
        )


if __name__ == "__main__":
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("rounds", type=int, nargs="?", default=15)
    main(ask.parse_args().rounds)
