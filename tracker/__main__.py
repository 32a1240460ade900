"""``python -m tracker`` and the ``tracker`` command."""

from __future__ import annotations

import sys
from typing import Final

_SPARING: Final = ("timeline", "event", "share", "status", "search", "ahead", "cite", "poll")


def main() -> None:
    """Run the command line and end the process with its exit code."""
    if next((word for word in sys.argv[1:] if not word.startswith("-")), "") in _SPARING:
        import gc

        # What these throw away is seldom held by itself: looking for that took 3 to 5 % of their
        # time.
        gc.set_threshold(50_000, 20, 20)
    from tracker.cli import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
