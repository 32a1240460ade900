"""``python -m tracker`` and the ``tracker`` command."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line and end the process with its exit code."""
    import gc

    # A short answer makes much and throws little away: looking for garbage took 3 % of its time.
    gc.set_threshold(50_000, 20, 20)
    from tracker.cli import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
