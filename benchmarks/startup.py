"""Start-up of whole processes as ratios to a bare interpreter that imports what any table needs.

    python benchmarks/startup.py [ROUNDS]

Rounds are interleaved, so that a drift of the machine meets every command alike; medians are
printed with their ratio. Bytecode must be cached: PYTHONDONTWRITEBYTECODE is taken out.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time

BARE = [sys.executable, "-m", "sqlite_utils", "--version"]
TRACKER = [sys.executable, "-m", "tracker"]
COMMANDS = {
    "python, rich.console, rich.table": (BARE, 1.0),
    "tracker --help": ([*TRACKER, "--help"], 2.2),
    "tracker timeline --since 2025-05": ([*TRACKER, "timeline", "--since", "2025-05"], 3.0),
    "tracker event h20-mi308": ([*TRACKER, "event", "h20-mi308"], 3.0),
    "tracker status H20": ([*TRACKER, "status", "H20"], 3.0),
}


def seconds(command: list[str], environ: dict[str, str]) -> float:
    begun = time.perf_counter()
    subprocess.run(command, env=environ, check=True, capture_output=True)
    return time.perf_counter() - begun


def main(rounds: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        environ = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
        environ |= {"TRACKER_DB": f"{folder}/tracker.db", "HOME": folder}
        taken: dict[str, list[float]] = {name: [] for name in COMMANDS}
        for command, _ in COMMANDS.values():
            seconds(command, environ)  # fills the database and the bytecode cache
        for _ in range(rounds):
            for name, (command, _) in COMMANDS.items():
                taken[name].append(seconds(command, environ))
    bare = statistics.median(next(iter(taken.values())))
    print(f"{'command':<36}{'median ms':>10}{'min':>7}{'max':>7}{'ratio':>7}{'want':>7}")
    for name, times in taken.items():
        median = statistics.median(times)
        print(
            f"{name:<36}{median * 1000:>10.0f}{min(times) * 1000:>7.0f}{max(times) * 1000:>7.0f}"
            f"{median / bare:>7.2f}{COMMANDS[name][1]:>7.1f}"
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 15)
