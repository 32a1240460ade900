"""Small nouns for the examples in this room's docstrings; nothing else uses them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from tracker.core.lexicon import Act, Lexicon, LexiconEntry, build
from tracker.model import Entry, Mention, Observation, Source


def lexicon() -> Lexicon:
    """Three names and one rule: the United States list a firm."""
    entries = [
        LexiconEntry("United States", "place", ("=US",), ("us",), capital="US"),
        LexiconEntry("Huawei", "actor", ("Huawei", "华为"), ("cn-firm", "cn")),
        LexiconEntry("Entity List", "term", ("Entity List", "实体清单"), ("list-us", "control")),
    ]
    listing = Act("us-list", "listing", "tighten", 4.0, (("us",), ("list-us",)))
    return build(entries, [listing])


def entry(title: str = "US adds Huawei to Entity List") -> Entry:
    """A report of 16 May 2019."""
    moment = datetime(2019, 5, 16, 1, tzinfo=UTC)
    return Entry("a1", "d1", "wire", "g1", title, "", "https://example.org/a", moment, 0, "",
                 moment, "en", "Example Wire")  # fmt: skip


def mention(**changes: Any) -> Mention:
    """What that report says."""
    from tracker.core.recognise import recognise

    return replace(recognise(entry(), lexicon())[0], **changes)


def source(publisher: str = "Example Wire") -> Source:
    """A page of 16 May 2019."""
    return Source("https://example.org/a", publisher, date(2019, 5, 16), "en", False, None)


def observation(**changes: Any) -> Observation:
    """Nvidia's China revenue of Q2 FY2026."""
    base = Observation(
        series="nvda-cn-revenue", variant="quarter", period_start=date(2025, 4, 28),
        period_end=date(2025, 7, 27), value=2.77, qualifier="=", nature="actual",
        published=date(2025, 8, 27), publisher="Nvidia", via="10-Q", url="https://example.org",
        lang="en", note="", number=0,
    )  # fmt: skip
    return replace(base, **changes)
