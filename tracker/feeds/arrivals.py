"""The pieces of an entry -> an arrival, with its date read."""

from __future__ import annotations

from tracker.core.identity import Arrival
from tracker.feeds import dates


def arrival_of(guid: str, link: str, title: str, summary: str, raw: str, *, lang: str = "",
               publisher: str = "") -> Arrival:  # fmt: skip
    """An entry whose date stands in the words ``raw``; a summary that repeats the title is none.

    ``lang`` is the feed's: it tells how a date is written there.
    """
    stamp = dates.read(raw, lang) if raw else None
    return Arrival(
        guid=guid,
        link=link,
        title=title,
        summary="" if summary == title else summary,
        published=stamp.moment if stamp else None,
        offset=stamp.offset if stamp else None,
        published_raw=raw,
        publisher=publisher,
    )
