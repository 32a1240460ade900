"""A file put in another's place, in one move."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path


def placed(path: Path, content: bytes) -> None:
    """Write beside ``path``, then rename: who reads it has the old text or the new.

    Who may read it stays as it was, and a link stays a link.

    Raises:
        OSError: it cannot be written; what was there is as it was.
    """
    path = path.resolve() if path.is_symlink() else path
    mode = path.stat().st_mode & 0o777 if path.exists() else None
    partial = path.with_name(f".{path.name}.{os.getpid()}.partial")
    try:
        partial.unlink(missing_ok=True)
        # Never open to more people than the file was, not for a moment.
        handle = os.open(
            partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666 if mode is None else mode
        )
        with open(handle, "wb") as file:  # noqa: PTH123 - a descriptor
            if mode is not None:
                os.fchmod(handle, mode)
            file.write(content)
        os.replace(partial, path)  # noqa: PTH105 - one call that is atomic and says so
    except BaseException:
        with contextlib.suppress(OSError):  # where nothing can be written nothing can be taken away
            partial.unlink(missing_ok=True)
        raise
