"""Processes that are ended in the midst of an answer do not keep the program from ending."""

from __future__ import annotations

import subprocess
import sys

LEFT = """
from tracker.jobs import workers

def large(n, shared):
    return bytes(n)

with workers.crew(None, 2) as hands:
    for _ in hands.in_any_order(large, [50_000_000] * 6):
        break
"""


def test_a_program_that_leaves_its_processes_at_work_ends() -> None:
    done = subprocess.run([sys.executable, "-c", LEFT], timeout=60, check=False)
    assert done.returncode == 0
