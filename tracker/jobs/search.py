"""``search``: a query settled against the record, asked of events and entries."""

from __future__ import annotations

import re
import sqlite3
from typing import Final

from tracker.core import query, snippet
from tracker.core.clean import clean_line
from tracker.core.instruments import instruments_named
from tracker.core.query import Node
from tracker.core.text import fold
from tracker.core.words import LONGEST
from tracker.dates import PartialDate
from tracker.errors import UsageProblem, did_you_mean, nearest
from tracker.model import DIRECTIONS, INSTRUMENTS, KINDS, STATUSES, Event
from tracker.nouns import dataclass
from tracker.store import search as index
from tracker.store.curated import Curated
from tracker.store.search import FoundEntry

_CLOSED: Final = {
    "kind": KINDS, "direction": DIRECTIONS, "status": STATUSES,
    "origin": ("record", "news", "both"), "instrument": INSTRUMENTS,
}  # fmt: skip
_NAMED: Final = ("term", "actor", "item")
_AS_TYPED: Final = ("feed", "lang", "publisher")


@dataclass(frozen=True, slots=True)
class Hit:
    """One event or entry with the piece of its text that answers."""

    found: Event | FoundEntry
    snippet: str


@dataclass(frozen=True, slots=True)
class Found:
    """An answer; ``marks`` are the folded words to mark in it, ``hints`` what was not understood.

    ``more`` says that there are further events or entries than asked for. ``near`` names what may
    have been meant, where nothing was found.
    """

    events: tuple[Hit, ...]
    entries: tuple[Hit, ...]
    marks: tuple[str, ...]
    hints: tuple[str, ...]
    more: bool
    near: str = ""


def search(db: sqlite3.Connection, text: str, limit: int, *, best: bool = False) -> Found:
    """The newest ``limit`` events and entries that answer ``text``, newest first.

    With ``best`` those that answer best come first: words in titles and names count more.

    What cannot be read is searched as words, and a hint says so.

    Raises:
        UsageProblem: there is no word to search for, or a day that is none.
    """
    read = query.read(text)
    hints = list(read.hints)
    curated = Curated(db)
    near: list[str] = []

    def known(name: str, value: str) -> tuple[str, ...]:
        values = _known(curated, name, value)
        near.extend([] if values else _near(curated, name, value))
        return values

    root = query.settled(read.root, known, hints)
    hints += near
    if root is None:
        raise UsageProblem(
            f"Nothing to search for in {clean_line(text)!r}.", hint="tracker search WORD"
        )
    marks = _marks(db, root)
    wanted = snippet.marking(marks)
    events = index.events(db, root, limit + 1, best=best)
    entries = index.entries(db, root, limit + 1, best=best)
    return Found(
        events=tuple(
            Hit(e, _snippet(f"{e.summary} {e.note or ''}", wanted)) for e in events[:limit]
        ),
        entries=tuple(Hit(e, _snippet(e.summary, wanted)) for e in entries[:limit]),
        marks=marks,
        hints=tuple(dict.fromkeys(hints)),
        more=len(events) > limit or len(entries) > limit,
        near="" if events or entries else _meant(curated, root),
    )


def _meant(curated: Curated, root: Node) -> str:
    """The names of the record and lexicon that look like the words that found nothing."""
    names = {name: facet for facet in _NAMED for name in curated.names(facet)}
    for text in query.words_of(root):
        word = fold(text.words).text.strip()
        near = [] if word in names else nearest(word, list(names))
        found = [curated.canonical(names[name], name)[0] for name in near]
        if found:
            return f"did you mean {', '.join(dict.fromkeys(found))}?"
    return ""


def _known(curated: Curated, name: str, value: str) -> tuple[str, ...]:
    """The canonical values of a field; none where nobody knows the value."""
    word = fold(value).text.strip()
    if name in ("since", "until"):
        return _day(name, value)
    if name in _AS_TYPED:
        return (value.lower(),)
    if name == "instrument":
        return instruments_named(word)
    if name in _CLOSED:
        return (word,) if word in _CLOSED[name] else ()
    if name == "series":
        return tuple(series.id for series in curated.series() if series.id == value)
    return curated.canonical(name, word)


def _near(curated: Curated, name: str, value: str) -> list[str]:
    """A hint at the values that look like the one nobody knows."""
    if name == "series":
        words = [series.id for series in curated.series()]
    else:
        words = list(_CLOSED[name]) if name in _CLOSED else curated.names(name)
    hint = did_you_mean(fold(value).text.strip(), words)
    return [f"{name}: {hint}"] if hint else []


def _day(name: str, value: str) -> tuple[str, ...]:
    """The edge of the days asked for; a wrong one searched as text would find nothing, quietly.

    Raises:
        UsageProblem: the value is no day.
    """
    try:
        day = PartialDate.parse(value)
    except ValueError as error:
        raise UsageProblem(f"{name}: {error}.", hint=f"tracker search {name}:2025-05") from error
    return ((day.first if name == "since" else day.last).isoformat(),)


def _marks(db: sqlite3.Connection, root: Node) -> tuple[str, ...]:
    """Every folded spelling of the words asked for, the longest first."""
    found: dict[str, None] = {}
    for text in query.words_of(root):
        cut = [] if text.exact else index.parts_of(db, text.words)
        for words in (text.words, *cut):
            for spelling in (words, *index.others(db, words)):
                found[fold(spelling).text.strip()] = None
    return tuple(sorted((word for word in found if word), key=lambda word: (-len(word), word)))


def _snippet(text: str, wanted: re.Pattern[str] | None) -> str:
    folded = fold(text, limit=LONGEST)
    return snippet.around(folded.original, folded.text, wanted, width=120)
