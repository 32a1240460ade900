"""Entries of a feed's last body, known again in the next one by their bytes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from tracker.feeds.answers import Fetched
from tracker.settings import FeedConfig

PARTS: Final = 16  # bytes of one remembered entry: 8 of its hash, 8 of its item's number


def remembered(parts: bytes | None) -> dict[bytes, int]:
    """Hashes of the entries of the last body -> numbers of their items."""
    parts = parts or b""
    return {
        parts[at : at + 8]: int.from_bytes(parts[at + 8 : at + PARTS], "big")
        for at in range(0, len(parts) - PARTS + 1, PARTS)
    }


def without_known(
    got: Fetched, feed: FeedConfig, known: Mapping[bytes, int]
) -> tuple[bytes, tuple[bytes, ...], tuple[bytes, ...]]:
    """The body without entries that we have, the marks of all, the marks of those left out."""
    from tracker.feeds import cut
    from tracker.feeds.encoding import to_utf8

    if feed.kind != "feed" or got.body[:1] in b"{[" or len(got.body) > cut.LARGEST:
        return got.body, (), ()
    decoded = to_utf8(got.body, got.headers.content_type, feed.options.get("encoding", ""))
    if not decoded.encoding or decoded.problem:
        return got.body, (), ()
    parts = cut.without_known(decoded.data, known)
    if parts is None:
        return got.body, (), ()
    return (parts.data if parts.left_out else got.body), parts.marks, parts.left_out
