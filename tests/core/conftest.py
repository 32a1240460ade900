"""The shipped lexicon, loaded once, and entries for recognition."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tracker.core.lexicon import Lexicon
from tracker.core.recognise import recognise
from tracker.model import Entry, Mention
from tracker.record.lexicon import load_lexicon

ROOT = Path(__file__).parents[2]
Reader = Callable[..., Mention]
Teller = Callable[..., tuple[Mention, ...]]


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return load_lexicon(ROOT / "db" / "lexicon")


def entry(title: str, summary: str = "", day: str = "2025-07-16", name: str = "") -> Entry:
    moment = datetime.fromisoformat(day).replace(tzinfo=UTC)
    key = name or f"{title}{day}"
    return Entry(
        item_id=key, digest=key, feed="f", guid=key, title=title, summary=summary,
        url="", published=moment, offset=None, published_raw=day, seen=moment,
        lang="other", publisher="Example", origin="added",
    )  # fmt: skip


@pytest.fixture(scope="session")
def read(lexicon: Lexicon) -> Reader:
    def reader(title: str, summary: str = "", day: str = "2025-07-16", name: str = "") -> Mention:
        return recognise(entry(title, summary, day, name), lexicon)[0]

    return reader


@pytest.fixture(scope="session")
def told(lexicon: Lexicon) -> Teller:
    """Every mention of an entry."""

    def teller(title: str, summary: str = "", day: str = "2025-07-16") -> tuple[Mention, ...]:
        return recognise(entry(title, summary, day), lexicon)

    return teller
