"""The child of a poll: it parses, and reads what it parsed by the rules of the house.

Recognising is most of the work of taking an entry in, and loading the rules the longest wait of a
small poll. Both are done here, while the parent asks, stores and joins. What is not read here, for
whatever reason, the parent reads; what was read by other rules than the parent's own it drops.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final, cast

from tracker.core import reading
from tracker.core.identity import Arrival, keys_of, known_by, settled
from tracker.core.lexicon import Lexicon
from tracker.core.versions import version_of
from tracker.feeds import worker
from tracker.feeds.document import Document
from tracker.jobs.lesson import told
from tracker.model import Language
from tracker.record.lexicon import load_lexicon

READ_SECONDS: Final = 4.0  # for one body, at most; what is left is read by the parent
AT_ONCE: Final = 32  # entries that are read before the seconds are looked at again
LETTERS_AT_ONCE: Final = 8000
"""Letters of them: two of the longest texts can take as long as hundreds of headlines."""
MOST_WORDS: Final = 4_000_000  # letters for the index that one answer carries

Keyed = tuple[Arrival, str]


def begin(lesson: bytes) -> worker.Further | None:
    """What a child does with a document besides; nothing where its rules cannot be loaded.

    The parent then loads them itself, and names what is wrong.
    """
    try:
        return Reader(load_lexicon(*told(lesson)))
    except Exception:  # noqa: BLE001 - parsing goes on
        return None


class Reader:
    """Reads the entries of documents, the first ones of each as far as its time goes."""

    def __init__(self, lexicon: Lexicon, clock: Callable[[], float] = time.monotonic) -> None:
        self._lexicon, self._clock = lexicon, clock
        self._version = version_of(lexicon.digest)

    def __call__(self, document: Document, origin: Mapping[str, str], seconds: float) -> Document:
        """The document with what its entries say, as far as the seconds go."""
        end = self._clock() + min(seconds, READ_SECONDS)
        try:
            kept, found = self._read(document, origin, end)
            entries = (*kept, *document.entries[len(kept) :])
            return replace(document, entries=entries, readings=found, read_by=self._version)
        except Exception:  # noqa: BLE001 - the parent reads what is missing
            return document

    def ready(self) -> None:
        """Load the rules for both scripts, by reading something of each."""
        origin = dict.fromkeys(("feed", "publisher"), "") | {"lang": "en", "tier": "general"}
        origin["seen"] = "2025-07-15T12:00:00+00:00"
        said = ("US adds Huawei to the Entity List on 14 July", "商务部7月14日宣布对镓实施出口管制")
        entries = tuple(Arrival("", "", title, title) for title in said)
        self(Document("rss20", "", entries), origin, READ_SECONDS)

    def _read(
        self, document: Document, origin: Mapping[str, str], end: float
    ) -> tuple[tuple[Arrival, ...], tuple[reading.Reading, ...]]:
        """The entries that were read, settled, and what they say."""
        letters = 0
        seen = datetime.fromisoformat(origin["seen"])
        said = {**origin, "publisher": origin["publisher"] or document.title or origin["feed"]}
        kept: list[Arrival] = []
        found = []
        portions = _portions(zip(document.entries, keys_of(document.entries), strict=True))
        while self._clock() <= end and (some := next(portions, None)):
            ready = [_settled(arrival, cast("Language", origin["lang"])) for arrival, _ in some]
            keyed = zip(ready, (key for _, key in some), strict=True)
            entries = [reading.entry_of(one, key, said, seen) for one, key in keyed]
            kept += ready
            for one in reading.read_each(entries, self._lexicon):
                letters += len(one.words)
                found.append(one if letters <= MOST_WORDS else one._replace(head="", words=""))
        return tuple(kept), tuple(found)


def _portions(each: Iterable[Keyed]) -> Iterator[list[Keyed]]:
    """Entries with their keys, as many each time as are read before the clock is asked."""
    some: list[Keyed] = []
    letters = 0
    for arrival, key in each:
        some.append((arrival, key))
        letters += len(arrival.title) + len(arrival.summary)
        if len(some) == AT_ONCE or letters >= LETTERS_AT_ONCE:
            yield some
            some, letters = [], 0
    if some:
        yield some


def _settled(arrival: Arrival, said: Language) -> Arrival:
    """The arrival settled, unless that changes what its item is known by."""
    done = settled(arrival, said)
    return done if known_by(done) == known_by(arrival) else arrival


if __name__ == "__main__":
    gc.set_threshold(20_000, 20, 20)
    worker.main(begin)
