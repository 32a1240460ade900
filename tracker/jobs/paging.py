"""Documents of several pages: an API that says where its answer goes on is asked on."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Final

from tracker.core import address
from tracker.feeds.answers import Failed, Fetched, Outcome
from tracker.feeds.document import Document
from tracker.settings import FeedConfig

if TYPE_CHECKING:
    from tracker.feeds.pool import Parsers

MOST_PAGES: Final = 20
SECONDS: Final = 20.0  # after which no other page is asked

_LATE: Final = "its further pages took too long and were left out"

Ask = Callable[[str], Document]
"""An address -> what stands there; its ``error`` where that cannot be read."""


def whole(first: Document, url: str, most: int, ask: Ask) -> tuple[Document, bool]:
    """``first`` with the entries of its further pages, up to ``most``; False where one failed.

    Only pages of the origin of ``url`` are asked, each once. A page that fails costs its own
    entries; ``problems`` says so.

    >>> page = Document("federal-register", more="https://example.org/2")
    >>> whole(page, "https://example.org/1", 100, lambda url: Document("", error="status 503"))[1]
    False
    """
    entries, problems, more = list(first.entries), list(first.problems), first.more
    asked, end = {url}, time.monotonic() + SECONDS
    while more and len(entries) < most and len(asked) < MOST_PAGES:
        if time.monotonic() > end:
            return replace(first, entries=tuple(entries), problems=(*problems, _LATE)), False
        if more in asked or not _same_origin(more, url):
            problems.append("its next page is none of its own and was not asked")
            break
        asked.add(more)
        page = ask(more)
        if not page.form:
            problems.append(f"page {len(asked)} could not be read: {page.error}")
            return replace(first, entries=tuple(entries), problems=tuple(problems)), False
        entries += page.entries
        problems += page.problems
        more = page.more
    entries = list({entry.guid or id(entry): entry for entry in entries[:most]}.values())
    done = replace(first, entries=tuple(entries), problems=tuple(dict.fromkeys(problems)))
    return replace(done, whole=not more and first.whole), True


def read(outcome: Outcome, parsers: Parsers, feed: FeedConfig, now: datetime) -> Document:
    """What a further page says, behind the same limits as the first."""
    from tracker.jobs.asking import hints_for

    if isinstance(outcome, Fetched):
        return parsers.parse(outcome.body, hints_for(feed, outcome, now))
    return Document("", error=outcome.why if isinstance(outcome, Failed) else "no answer")


def _same_origin(more: str, url: str) -> bool:
    return not address.why_not(more) and address.origin(more) == address.origin(url)
