"""Ctrl-C while the program is still loading ends it quietly."""

from __future__ import annotations

import subprocess
import sys

EARLY = """
import os, runpy, signal, sys

class Interrupts:
    @staticmethod
    def find_spec(name, path=None, target=None):
        if name == "tracker.cli":
            os.kill(os.getpid(), signal.SIGINT)

signal.signal(signal.SIGINT, signal.default_int_handler)  # it may be ignored where tests run
sys.meta_path.insert(0, Interrupts)
sys.argv = ["tracker", "status"]
runpy.run_module("tracker", run_name="__main__")
"""


def test_an_interrupt_while_loading_leaves_no_traceback() -> None:
    ended = subprocess.run([sys.executable, "-c", EARLY], capture_output=True, check=False)
    assert (ended.returncode, ended.stderr) == (130, b"")
