"""Children of a poll that recognise what they parse, as the parent would."""

from __future__ import annotations

import itertools
import json
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.feeds.web import item, rss
from tracker.core import examples, reading
from tracker.core.identity import keys_of, settled
from tracker.core.lexicon import Lexicon
from tracker.core.versions import version_of
from tracker.feeds.document import Document, Hints, from_plain
from tracker.feeds.parse import parse
from tracker.feeds.pool import Parsers
from tracker.feeds.worker import encoded
from tracker.jobs import reading_child
from tracker.jobs.lesson import program
from tracker.layout import shipped
from tracker.record.lexicon import load_lexicon
from tracker.settings import Watch

LEXICON = shipped() / "lexicon"
HINTS = Hints("https://example.org/f", datetime(2025, 7, 30, 12, tzinfo=UTC))
ORIGIN = {"feed": "wire", "lang": "en", "publisher": "", "tier": "wire",
          "seen": "2025-07-30T12:00:00+00:00"}  # fmt: skip
TITLES = ("US adds Huawei to Entity List", "商务部对镓实施出口管制", "Rain in Geneva")
BODY = rss(*(item(n, title) for n, title in enumerate(TITLES)))


@pytest.fixture
def lexicon() -> Lexicon:
    return load_lexicon(LEXICON)


def own_readings(document: Document, lexicon: Lexicon) -> list[reading.Reading]:
    origin = {**ORIGIN, "publisher": document.title}
    keyed = zip(keys_of(document.entries), document.entries, strict=True)
    entries = [reading.entry_of(one, key, origin, HINTS.now) for key, one in keyed]
    return [reading.read(entry, lexicon) for entry in entries]


def asked(folder: Path, *watch: Watch) -> Iterator[Document]:
    parsers = Parsers(program=program(folder, watch))
    try:
        yield parsers.parse(BODY, HINTS, 0.0, ORIGIN)
        yield parsers.parse(BODY, HINTS)
    finally:
        parsers.close()


def test_a_child_reads_what_it_parses_by_the_rules_of_the_house(lexicon: Lexicon) -> None:
    document, unasked = asked(LEXICON)
    told = [reading.from_plain(values) for values in document.readings]
    assert told == own_readings(document, lexicon)
    assert [bool(one.relevant()) for one in told] == [True, True, False]
    assert document.read_by == version_of(lexicon.digest)
    assert (len(unasked.entries), unasked.readings, unasked.read_by) == (3, (), "")


def test_what_it_read_comes_settled(lexicon: Lexicon) -> None:
    """But for what would hide what its item is known by."""
    login = "https://name:word@example.org/a"
    body = rss(item(1, "Rain in Geneva"), item(2, "商务部公告"), item(3, "Snow", link=login))
    raw = parse(body, HINTS)
    some = reading_child.Reader(lexicon)(raw, ORIGIN, 9.0)
    assert some.entries == (*(settled(one, "en") for one in raw.entries[:2]), raw.entries[2])
    assert [one.lang for one in some.entries] == ["en", "zh-Hans", ""]
    assert [one.link for one in some.entries][2] == login
    assert from_plain(json.loads(encoded(some))).entries == some.entries


def test_it_knows_the_users_own_words(lexicon: Lexicon) -> None:
    word = Watch("own", ("Rain",))
    document, _ = asked(LEXICON, word)
    assert document.read_by == version_of(load_lexicon(LEXICON, [word]).digest)
    assert document.read_by != version_of(lexicon.digest)


def test_a_wrong_lexicon_costs_no_document(tmp_path: Path) -> None:
    """The parent loads it as well, and names what is wrong."""
    shutil.copytree(LEXICON, tmp_path / "lexicon")
    (tmp_path / "lexicon" / "acts.toml").write_text("[act", encoding="utf-8")
    document, _ = asked(tmp_path / "lexicon")
    assert (len(document.entries), document.readings, document.read_by) == (3, (), "")


def test_what_it_has_no_time_for_is_left_to_the_parent() -> None:
    document = parse(BODY, HINTS)
    some = reading_child.Reader(examples.lexicon())(document, ORIGIN, -1.0)
    assert (some.entries, some.readings) == (document.entries, ())


@pytest.mark.parametrize(("text", "read"), [("Rain.", 64), ("取消" * 3000, 4), ("Rain. " * 400, 8)])
def test_long_texts_are_few_before_the_clock_is_asked(text: str, read: int) -> None:
    """From one look at this clock to the next two seconds go by: a third comes too late."""
    clock = itertools.count(0.0, 1.9).__next__
    document = parse(rss(*(item(n, text=text) for n in range(200))), HINTS)
    some = reading_child.Reader(examples.lexicon(), clock)(document, ORIGIN, 9.0)
    assert (len(some.entries), len(some.readings)) == (200, read)


def test_what_it_cannot_read_it_leaves(lexicon: Lexicon) -> None:
    document = parse(BODY, HINTS)
    assert reading_child.Reader(lexicon)(document, {**ORIGIN, "seen": "?"}, 9.0) == document


def test_too_many_words_stay_behind(monkeypatch: pytest.MonkeyPatch, lexicon: Lexicon) -> None:
    monkeypatch.setattr(reading_child, "MOST_WORDS", 0)
    document = parse(rss(item(1, "Rain"), item(2, "Some words")), HINTS)
    told = reading_child.Reader(lexicon)(document, ORIGIN, 9.0).readings
    own = own_readings(document, lexicon)
    assert all(one.words for one in own)
    assert list(told) == [one._replace(head="", words="") for one in own]
