"""Standard streams that a caller closed (``>&-``), filled up or left, or that know only ASCII."""

from __future__ import annotations

import codecs
import errno
import io
import os
import sys
from collections.abc import Sequence
from typing import Any, Final

UNWRITABLE: Final = (errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EBADF)
"""What a system says of an output that takes nothing more."""

_OF_FILES: Final = ("add", "backfill", "db", "feeds", "publish", "recode", "record", "scan")
_FILES: Final = ("-o", "--output", "--log")


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


def answer_in_words(stream: Any) -> None:
    """Let a stream take every letter: one that does not know all gets our signs in ASCII."""
    if not isinstance(stream, io.TextIOWrapper):
        return
    if stream.encoding.casefold().startswith("utf"):
        stream.reconfigure(errors="replace")  # halves of letters
    else:
        codecs.register_error("tracker-ascii", _in_ascii)
        stream.reconfigure(errors="tracker-ascii")


def _in_ascii(error: UnicodeError) -> tuple[str, int]:
    from tracker.view.glyphs import in_ascii

    assert isinstance(error, UnicodeEncodeError)
    return in_ascii(error.object[error.start : error.end]), error.end


def read_words(argv: Sequence[str]) -> list[str]:
    r"""A command line whose words the locale could not read, read as UTF-8.

    Names of files stay as they are: the system is given the bytes that it gave.

    >>> read_words(["status", "\udce9\udc95\udc93", "-o", "\udce9\udc95\udc93"])
    ['status', '镓', '-o', '\udce9\udc95\udc93']
    """
    if "".join(argv).isascii() or argv[0] in _OF_FILES:
        return list(argv)
    return [
        word if before in _FILES or word.startswith(_FILES) else _read(word)
        for before, word in zip(["", *argv], argv, strict=False)
    ]


def _read(word: str) -> str:
    try:
        return word.encode("utf-8", "surrogateescape").decode("utf-8")
    except UnicodeError:
        return word


def give_up(stream: Any) -> None:
    """Let what is still buffered go nowhere, so that the end of the process does not fail again."""
    try:
        number = stream.fileno()
    except (OSError, AttributeError):
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, number)
    os.close(nowhere)
