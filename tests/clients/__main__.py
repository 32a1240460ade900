"""The roll of clients: each with its version, and loudly what is missing."""

from __future__ import annotations

import sys

from tests.clients.found import MODULES, PACKAGES, PROGRAMS, missing, version


def main() -> int:
    """Print the roll; the exit code is the number of clients missing."""
    gone = []
    for name in (*PROGRAMS, *PACKAGES, *MODULES):
        if missing(name):
            gone.append(name)
        else:
            sys.stdout.write(f"{name:<14} {version(name)}\n")
    if gone:
        frame = "!" * 78
        sys.stdout.write(
            f"{frame}\n!!! CLIENTS MISSING, their tests are skipped: {', '.join(gone)}\n{frame}\n"
        )
    return len(gone)


if __name__ == "__main__":
    sys.exit(main())
