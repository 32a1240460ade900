"""Standard streams that a caller closed (``>&-``), filled up or left."""

from __future__ import annotations

import errno
import io
import os
import sys
from typing import Any, Final

UNWRITABLE: Final = (errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EBADF)
"""What a system says of an output that takes nothing more."""


class Closed(io.TextIOBase):
    """Stands in for a standard output that was closed: only a command that writes is refused."""

    encoding = "utf-8"

    def write(self, text: str) -> int:
        """Refuse.

        Raises:
            OSError: always, unless there is nothing to write.
        """
        if text:
            raise OSError(errno.EBADF, "standard output is closed")
        return 0


def occupy() -> None:
    """Give every standard stream something to stand on.

    A file opened later must not get the number of a closed stream: what is written to the one
    would go into the other.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # the lowest free number, so this one
    # Where a caller closed a stream its name holds None, whatever the type says.
    streams: Any = sys
    if streams.stdin is None:
        streams.stdin = io.TextIOWrapper(io.BytesIO())
    if streams.stdout is None:
        streams.stdout = Closed()
    if streams.stderr is None:
        streams.stderr = io.TextIOWrapper(io.FileIO(os.devnull, "w"), write_through=True)


def give_up(stream: Any) -> None:
    """Let what is still buffered go nowhere, so that the end of the process does not fail again."""
    try:
        number = stream.fileno()
    except (OSError, AttributeError):
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, number)
    os.close(nowhere)
