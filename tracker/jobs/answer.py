"""What asking one feed came to, as the threads of a poll hand it over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import field
from enum import Enum
from typing import TYPE_CHECKING

from tracker.core.polling import Turn
from tracker.feeds.answers import Headers
from tracker.nouns import dataclass

if TYPE_CHECKING:
    from tracker.feeds.document import Document


class Unchanged(Enum):
    """How we know that nothing is new."""

    NOT_MODIFIED = 1
    SAME_BODY = 2


@dataclass(frozen=True, slots=True)
class Answer:
    """What asking one feed came to; ``kind`` is empty where it is good."""

    turn: Turn
    kind: str = ""
    why: str = ""
    status: int | None = None
    retry_after: str = ""
    host: str = ""
    unchanged: Unchanged | None = None
    document: Document | None = None
    headers: Headers | None = None
    moved_to: str = ""
    moved_status: int = 0
    body: bytes = b""
    body_hash: str = ""
    present: tuple[int, ...] = ()
    marks: tuple[bytes, ...] = ()
    known: Mapping[bytes, int] = field(default_factory=dict)
    wire: int = 0
    ms: int = 0

    @property
    def cut_off(self) -> str:
        """What tells that its document ends in the middle; empty where it is whole."""
        return self.document.cut_off if self.document else ""

    def parts_with(self, numbers: Mapping[str, int]) -> bytes | None:
        """What to remember of this body: the hash of each entry and the number of its item.

        An item that two entries show is read anew each time: which text counts depends on both.
        None where entries of the bytes and of the document cannot be told to be the same.
        """
        from tracker.core.identity import keys_of

        assert self.document is not None
        fresh = [mark for mark in self.marks if mark not in self.known]
        if not self.marks or len(fresh) != len(self.document.entries):
            return None
        found = dict(self.known)
        for mark, key in zip(fresh, keys_of(self.document.entries), strict=True):
            found[mark] = numbers[key]
        shown = Counter(found[mark] for mark in set(self.marks))
        return b"".join(
            mark + found[mark].to_bytes(8, "big") for mark in self.marks if shown[found[mark]] == 1
        )
