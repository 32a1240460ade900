"""Where packed numbers lie that are not held: in memory here, in a file where one is given."""

from __future__ import annotations

from typing import Protocol


class Shelf(Protocol):
    """Takes bytes and gives them again; nothing is ever taken off it."""

    def put(self, packed: bytes) -> int:
        """Lay bytes down; the place where they lie."""

    def get(self, at: int, size: int) -> bytes:
        """So many of the bytes that lie at a place."""


class Memory:
    """A shelf in memory, for small graphs.

    >>> shelf = Memory()
    >>> shelf.put(b"ab"), shelf.put(b"cde"), shelf.get(3, 2)
    (0, 2, b'de')
    """

    def __init__(self) -> None:
        self._bytes = bytearray()

    def put(self, packed: bytes) -> int:
        """Lay bytes down; the place where they lie."""
        at = len(self._bytes)
        self._bytes += packed
        return at

    def get(self, at: int, size: int) -> bytes:
        """So many of the bytes that lie at a place."""
        return bytes(self._bytes[at : at + size])
