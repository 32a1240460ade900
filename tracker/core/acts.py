"""Which rules of the lexicon a text fulfils: title and sentences, each by itself."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from tracker.core.lexicon import Act, Hit, Lexicon
from tracker.core.text import Folded, sentences

TITLE: Final = 1.5
"""How much more a headline counts than the summary: it says what an item is about."""

SPREAD: Final = 0.75
"""How much a rule counts that is fulfilled only by title and summary together."""


@dataclass(frozen=True, slots=True)
class Zone:
    """The title or one sentence of the summary, with what the lexicon found in it."""

    text: Folded
    hits: tuple[Hit, ...]
    mask: int
    title: bool


@dataclass(frozen=True, slots=True)
class Fired:
    """One rule fulfilled in one zone; ``words`` quotes the original."""

    act: Act
    weight: float
    words: str
    title: bool


@lru_cache(maxsize=8)
def _compiled(lexicon: Lexicon) -> tuple[tuple[Act, tuple[int, ...], int], ...]:
    return tuple(
        (act, tuple(lexicon.mask_of(group) for group in act.all), lexicon.mask_of(act.none))
        for act in lexicon.acts
    )


def zones(title: Folded, summary: Folded, lexicon: Lexicon) -> list[Zone]:
    """The headline and the sentences of the summary with their hits.

    >>> from tracker.core.examples import lexicon
    >>> from tracker.core.text import fold
    >>> len(zones(fold("US adds Huawei to Entity List"), fold("It is so. And so."), lexicon()))
    3
    """
    found = [_zone(title, lexicon, title=True)]
    found += [_zone(part, lexicon, title=False) for part in sentences(summary)[:12]]
    return found


def _whole(parts: list[Zone]) -> Zone:
    """Title and summary as one zone: what a rule asks for may be spread over both."""
    mask = 0
    for part in parts:
        mask |= part.mask
    return Zone(parts[0].text, tuple(hit for part in parts for hit in part.hits), mask, False)


def _zone(text: Folded, lexicon: Lexicon, *, title: bool) -> Zone:
    hits = tuple(lexicon.find(text))
    mask = 0
    for hit in hits:
        mask |= lexicon.mask(hit.entry)
    if title and any(_speaks(hit, text) for hit in hits):
        mask |= lexicon.bit("speaker")
    return Zone(text, hits, mask, title)


def _speaks(hit: Hit, text: Folded) -> bool:
    """Whether a headline puts this name before a colon: ``黄仁勋：...``."""
    return "person" in hit.entry.tags and text.text[hit.end : hit.end + 2].lstrip()[:1] == ":"


def fired(parts: list[Zone], lexicon: Lexicon) -> list[Fired]:
    """Every rule fulfilled, once each, in its best zone; in the order of the rules.

    >>> from tracker.core.examples import lexicon
    >>> from tracker.core.text import fold
    >>> rules = lexicon()
    >>> parts = zones(fold("US adds Huawei to Entity List"), fold(""), rules)
    >>> [one.act.id for one in fired(parts, rules)]
    ['us-list']
    """
    found = []
    spread = _whole(parts)
    tried = [*((zone, TITLE if zone.title else 1.0) for zone in parts), (spread, SPREAD)]
    everything = spread.mask
    for act, groups, none in _compiled(lexicon):
        if not everything & groups[0] or not everything & groups[-1]:
            continue  # most rules end here
        if not _fulfils(everything, groups):
            continue
        for zone, factor in tried:
            if not act.kind and zone is spread:
                continue
            if act.place == "title" and not zone.title:
                continue
            if zone.mask & none or not _fulfils(zone.mask, groups):
                continue
            weight = act.weight * (factor if act.kind else 1.0)
            found.append(Fired(act, weight, _words(zone, groups, lexicon), zone.title))
            break
    return found


def _fulfils(mask: int, groups: tuple[int, ...]) -> bool:
    for group in groups:  # noqa: SIM110 - a generator costs a third of all recognition
        if not mask & group:
            return False
    return True


def _words(zone: Zone, groups: tuple[int, ...], lexicon: Lexicon) -> str:
    """The words of the zone that fulfil the groups, as in the original."""
    words = []
    for group in groups:
        hit = next((hit for hit in zone.hits if lexicon.mask(hit.entry) & group), None)
        if hit and hit.words not in words:
            words.append(hit.words)
    return " … ".join(words)
