"""``python -m tracker`` and the ``tracker`` command."""

from __future__ import annotations

import os
import sys
from typing import Final, TextIO

_SPARING: Final = ("timeline", "event", "share", "status", "search", "ahead", "cite", "poll")


def main() -> None:
    """Run the command line and end the process with its exit code."""
    sparing = next((word for word in sys.argv[1:] if not word.startswith("-")), "") in _SPARING
    if sparing:
        import gc

        # What these throw away is seldom held by itself: looking for that took 3 to 5 % of their
        # time.
        gc.set_threshold(50_000, 20, 20)
    try:
        from tracker.cli import run
    except KeyboardInterrupt:  # before anything was done: there is nothing to tell
        sys.exit(130)
    code = run(sys.argv[1:])
    if sparing and not (_left(sys.stdout) or _left(sys.stderr)):
        os._exit(code)  # all is written and closed; to take down what was loaded takes a while
    sys.exit(code)


def _left(stream: TextIO | None) -> bool:
    """Whether something of a stream is not written; the end of the process then has a say."""
    try:
        if stream:
            stream.flush()
    except (OSError, ValueError):
        return True
    return False


if __name__ == "__main__":
    main()
