"""A lexicon word by word: names that nothing can find or that are two actors', idle words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from typing import Final, NamedTuple

from tracker.core.aliases import VOID
from tracker.core.lexicon import ADDED, WATCHED, Lexicon, LexiconEntry
from tracker.core.text import fold
from tracker.core.written import alias_text


class Finding(NamedTuple):
    """What is to be known of an entry; ``wrong`` where it cannot do what it is there for."""

    where: str
    what: str
    hint: str
    wrong: bool


def findings(lexicon: Lexicon) -> Iterator[Finding]:
    """Names that are not found where they stand alone, those of two actors, then idle words.

    An actor printed is one that is named: of one name there is no second. The user's own words may
    say again what is known (that is told, and no mistake).

    >>> from tracker.core.lexicon import build
    >>> own = LexiconEntry("chip", "item", ("H20",), ("watched",), "feeds.toml:3")
    >>> [found.what for found in findings(build([own]))]
    ['"chip" has no roles: it is found, and no rule speaks of it']
    """
    for entry in lexicon.entries:
        if VOID not in entry.tags:
            yield from _unfound(entry, lexicon)
    yield from _shared(lexicon.entries)
    yield from _misspelt(lexicon)
    for entry in lexicon.entries:
        if WATCHED in entry.tags:
            yield from _alike(entry, lexicon)
            yield from _idle(entry, lexicon)
        if {WATCHED, ADDED} & {*entry.tags}:
            yield from _short(entry)
            yield from _twice(entry, lexicon)


def _unfound(entry: LexiconEntry, lexicon: Lexicon) -> Iterator[Finding]:
    for name in entry.names:
        if "*" in name.rstrip("*"):
            what = f"{name!r} of {entry.id!r}: only a * at the end takes longer words"
            yield Finding(entry.where, what, "write each form out", wrong=True)
        hits = lexicon.find(fold(_words(name)))
        if all(hit.entry.id != entry.id for hit in hits):
            instead = next((f": {hit.entry.id} ({hit.entry.where}) is" for hit in hits), "")
            what = f"{name!r} of {entry.id!r} is not found by itself{instead}"
            yield Finding(entry.where, what, "write it longer, or take it out", wrong=True)


def _shared(entries: Iterable[LexiconEntry]) -> Iterator[Finding]:
    """Names of two actors; ``中美`` and what else names both capitals is of both."""
    owners: dict[str, LexiconEntry] = {}
    for entry in entries:
        if entry.kind != "actor" or not {WATCHED, ADDED}.isdisjoint(entry.tags):
            continue
        for name in entry.names:
            other = owners.setdefault(name.removeprefix("=").casefold(), entry)
            if other.id != entry.id and not {*entry.tags, *other.tags} >= _BOTH:
                what = f"{name!r} of {entry.id!r} is a name of {other.id!r} ({other.where}) as well"
                yield Finding(entry.where, what, "leave it with one of them", wrong=True)


_BOTH: Final = {"us", "cn"}
"""Roles of the two capitals, which one name may mean together."""


def _misspelt(lexicon: Lexicon) -> Iterator[Finding]:
    """Tags of one entry that no rule asks for and that are written nearly like one they ask for."""
    count = Counter(tag for entry in lexicon.entries for tag in entry.tags)
    asked = sorted(tag for tag in count if tag in lexicon.asked)
    for entry in lexicon.entries:
        for tag in entry.tags:
            lone = count[tag] == 1 and tag not in lexicon.asked and not _OF_A_LAND.fullmatch(tag)
            if lone and (near := get_close_matches(tag, asked, 1, _SLIP)):
                what = f"no rule asks for the tag {tag!r} of {entry.id!r}"
                yield Finding(entry.where, what, f"did you mean {near[0]}?", wrong=True)


_SLIP: Final = 0.8
"""How alike two words are of which one is a slip of the other."""

_OF_A_LAND: Final = re.compile(r"[a-z]{2}(?:-gov)?")
"""Tags by which the code of a country is told."""


def _alike(entry: LexiconEntry, lexicon: Lexicon) -> Iterator[Finding]:
    for other in lexicon.entries:
        same = other.id == entry.id or ADDED in other.tags
        if not same and other.id.casefold() == entry.id.casefold():
            what = f'"{entry.id}" is not "{other.id}" ({other.where}): both stand beside each other'
            hint = f'id = "{other.id}" adds names to that'
            yield Finding(entry.where, what, hint, wrong=False)


def _short(entry: LexiconEntry) -> Iterator[Finding]:
    """A name of one letter is in texts of every kind, and one with ``*`` in nearly all."""
    for name in entry.names:
        if len(_text(name)) == 1:
            what = f"{name!r} of {entry.id!r} is one letter: it is found where nobody means it"
            yield Finding(entry.where, what, "write a longer name", wrong=False)


def _words(name: str) -> str:
    return name[1:] if name.startswith("=") and len(name) > 1 else name.rstrip("*")


def _idle(entry: LexiconEntry, lexicon: Lexicon) -> Iterator[Finding]:
    own = [tag for tag in entry.tags if tag != WATCHED]
    if not own:
        what = f'"{entry.id}" has no roles: it is found, and no rule speaks of it'
        hint = "tracker lexicon test NAME shows the roles of a like name"
        yield Finding(entry.where, what, hint, wrong=False)
    for name in entry.names:
        known = [hit.entry for hit in lexicon.find(fold(_words(name)))
                 if hit.entry.kind == entry.kind and WATCHED not in hit.entry.tags
                 and _text(name) in map(_text, hit.entry.names)]  # fmt: skip
        for other in known[:1]:
            what = f"{name!r} is known already as {other.id!r} ({other.where}): both are found"
            yield Finding(entry.where, what, "leave it out, unless both are meant", wrong=False)


def _twice(entry: LexiconEntry, lexicon: Lexicon) -> Iterator[Finding]:
    """A name of one's own that something else has too: a word of another kind, another own one."""
    for name in entry.names:
        for hit in lexicon.find(fold(_words(name))):
            other = hit.entry
            if _text(name) in map(_text, other.names) and _clash(entry, other, lexicon):
                what = f"{name!r} of {entry.id!r} is the {other.kind} {other.id!r} ({other.where})"
                hint = "leave it with one of them, unless both are meant"
                yield Finding(entry.where, f"{what} as well", hint, wrong=False)


def _clash(entry: LexiconEntry, other: LexiconEntry, lexicon: Lexicon) -> bool:
    """Whether two are not one, and that is told with this one: of two own words with the later."""
    own = not {WATCHED, ADDED}.isdisjoint(other.tags)
    earlier = own and lexicon.entries.index(other) < lexicon.entries.index(entry)
    idle = entry.kind == other.kind and (WATCHED in entry.tags) != (WATCHED in other.tags)
    return other.id != entry.id and (earlier or not own) and not idle


def _text(name: str) -> str:
    return alias_text(name)[1]
