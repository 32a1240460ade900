"""A shelf of packed numbers that grows into a nameless file beside the database."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

from tracker.errors import StoreError

MOST: Final = 4_000_000
"""Bytes that lie in memory, before all of them go into a file."""


class Shelf:
    """Takes bytes and gives them again (``core.shelf``)."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._bytes = bytearray()
        self._size = 0
        self._file: IO[bytes] | None = None

    def put(self, packed: bytes) -> int:
        """Lay bytes down; the place where they lie.

        Raises:
            StoreError: the disk is full, or the folder is gone.
        """
        at, self._size = self._size, self._size + len(packed)
        if self._file is None and self._size > MOST:
            self._begin()
        if self._file is None:
            self._bytes += packed
        else:
            self._write(at, packed)
        return at

    def get(self, at: int, size: int) -> bytes:
        """So many of the bytes that lie at a place."""
        if self._file is None:
            return bytes(self._bytes[at : at + size])
        self._file.seek(at)
        return self._file.read(size)

    def close(self) -> None:
        """Let go of everything that lies here."""
        self._bytes = bytearray()
        if self._file is not None:
            self._file.close()

    def _begin(self) -> None:
        with self._explained():
            self._file = tempfile.TemporaryFile(dir=self._folder)  # noqa: SIM115 - see ``close``
        self._write(0, self._bytes)
        self._bytes = bytearray()

    def _write(self, at: int, packed: bytes | bytearray) -> None:
        assert self._file is not None
        with self._explained():
            self._file.seek(at)
            self._file.write(packed)

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            what = f"{self._folder} cannot take what is joined: {error.strerror}."
            raise StoreError(what, hint="free some space") from error


@contextmanager
def beside(db: sqlite3.Connection) -> Iterator[Shelf]:
    """A shelf in the folder of a database; what lies on it is gone after the block."""
    path = next(row[2] for row in db.execute("PRAGMA database_list") if row[1] == "main")
    shelf = Shelf(Path(path).parent)
    try:
        yield shelf
    finally:
        shelf.close()
