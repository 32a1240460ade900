"""``python -m tracker`` and the ``tracker`` command."""

from __future__ import annotations

import sys
from typing import Final

_SHORT: Final = ("timeline", "event", "share", "status", "search", "ahead", "cite")


def main() -> None:
    """Run the command line and end the process with its exit code."""
    if next((word for word in sys.argv[1:] if not word.startswith("-")), "") in _SHORT:
        import gc

        # A short answer throws little away: looking for garbage took 3 % of its time.
        gc.set_threshold(50_000, 20, 20)
    from tracker.cli import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
