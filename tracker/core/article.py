"""An article beside the record, sentence by sentence: what it says, and what the record has of it.

Nothing is corrected in silence: where the two differ, both are given. A sentence keeps the context
of those before it: "a month before" counts from the day named last, "the move" is the act told
last.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from tracker.core import claims as figures_room
from tracker.core import prose
from tracker.core.article_acts import acts
from tracker.core.article_days import years_named
from tracker.core.article_nouns import Checked, Context, Desk, Finding, Statement, Verdict
from tracker.core.lexicon import LexiconEntry
from tracker.core.likeness import numbers_of
from tracker.core.text import Folded, fold, numbers
from tracker.model import Measure, RecordEvent, SeedClaim

MOST: Final = 2000
"""Sentences that are set beside the record; what is longer is a book."""

SEVERAL: Final = 3
"""Quotations of the checked article that a text must have to be taken for it."""

_GLOSS: Final = re.compile(r"(?<=[\u3400-\u9fff])\([a-zü\u00e0-\u01dc]{1,6}\)")

_TAGS: Final = re.compile(r"\?*/(?:p|div|span)>|&(?:nbsp|amp|quot);")

_LOST: Final = "\ufffd"

_FIRMS: Final = frozenset({"firm", "cn-firm", "chip-firm"})

_OF_PERSON: Final[dict[str, Verdict]] = {
    "confirmed": "agrees", "contradicted": "conflicts", "imprecise": "in part",
    "unverified": "not in the record",
}  # fmt: skip


def check(paragraphs: Sequence[str], desk: Desk) -> tuple[Checked, ...]:
    """Every sentence of an article beside the record, in the article's order.

    A month without a year takes the year that the article names with that month, else that of its
    publication.

    >>> from tracker.core.claims import Beside
    >>> desk = Desk(lambda text: (), (), lambda claim: Beside(claim, (), (), ()))
    >>> [one.verdict for one in check(["It rained. It stopped."], desk)]
    ['nothing to check', 'nothing to check']
    """
    years = years_named(paragraphs, desk.published)
    context = Context()
    seeds = checked_in("\n".join(paragraphs), desk.seeds)
    found = []
    for sentence in prose.sentences(paragraphs)[:MOST]:
        text = fold(sentence.text)
        acted = list(acts(text, years, desk, context))
        told = [one.statement.event for one in acted if one.statement]
        findings = (*acted, *_figures(text, desk, told), *_persons(text, seeds))
        found.append(Checked(sentence, findings))
    return tuple(found)


def statements(found: Iterable[Checked]) -> tuple[Statement, ...]:
    """The acts that an article reports; an event stands once, where it was told best.

    >>> statements([])
    ()
    """
    kept: dict[str, Statement] = {}
    for number, one in enumerate(f.statement for c in found for f in c.findings if f.statement):
        key = one.event.id if one.event else f"#{number}"
        if key not in kept or (kept[key].dated is None and one.dated):
            kept[key] = one
    return tuple(kept.values())


def _persons(text: Folded, seeds: Iterable[SeedClaim]) -> Iterable[Finding]:
    for seed in checked(text, seeds):
        yield Finding("person", _OF_PERSON[seed.verdict], seed=seed)


def _figures(text: Folded, desk: Desk, told: Iterable[RecordEvent | None]) -> Iterable[Finding]:
    """The figures of a sentence; one that the event's own words have agrees with these."""
    of_verdict: dict[str, Verdict] = {"agrees": "agrees", "conflict": "conflicts"}
    for claim in figures_room.read(text, desk.published):
        beside = desk.beside(claim)
        verdict = of_verdict.get(figures_room.verdict(beside), "not in the record")
        told_by = [one for one in told if one and numbers_of(one) & set(numbers(claim.words))]
        remarks = []
        if late := figures_room.published_later(beside, desk.published):
            remarks.append(f"published later, {late}")
        if told_by and verdict != "agrees":
            verdict = "agrees"
            remarks.append(f"the record's event has the number too [{told_by[0].id}]")
        yield Finding("figure", verdict, beside=beside, remark="; ".join(remarks))


def checked_in(text: str, curated: Iterable[SeedClaim]) -> tuple[SeedClaim, ...]:
    """The checked statements that an article makes, if it is the one that a person checked.

    Their quotations are short ("34.6%", "a month before"): alone one of them says nothing of where
    it stands. A copy or a part of the article has several.

    >>> checked_in("", [])
    ()
    """
    found = checked(text, curated)
    return found if len(found) >= SEVERAL else ()


def checked(text: str | Folded, curated: Iterable[SeedClaim]) -> tuple[SeedClaim, ...]:
    """The checked statements whose quoted words stand in ``text``, in the order of the record.

    >>> checked("", [])
    ()
    """
    folded = fold(text, 100_000).text if isinstance(text, str) else text.text
    found = ((one, fold(one.quote_zh).text) for one in curated)
    return tuple(one for one, words in found if words and words in folded)


def aliases_of(measures: Iterable[Measure]) -> tuple[tuple[str, frozenset[str]], ...]:
    """Names of measures that stand for themselves in a text, with the events of their states.

    >>> aliases_of([])
    ()
    """
    return tuple(
        (fold(alias).text, frozenset(state.event_id for state in one.states if state.event_id))
        for one in measures
        for alias in one.aliases
        if len(re.sub(r"[^a-z\u3400-\u9fff]", "", fold(alias).text)) >= 4
    )


def firms_of(entries: Iterable[LexiconEntry]) -> frozenset[str]:
    """The names among the lexicon's that are those of a firm.

    >>> firms_of([])
    frozenset()
    """
    return frozenset(one.id for one in entries if _FIRMS.intersection(one.tags))


def damage(text: str) -> tuple[str, ...]:
    """What happened to a text on its way, in words; nothing is mended by it.

    >>> damage("國(guó)產(chǎn)替代")
    ('pinyin in brackets after 2 characters',)
    """
    found = []
    if glosses := len(_GLOSS.findall(text)):
        found.append(f"pinyin in brackets after {glosses} characters")
    if tags := len(_TAGS.findall(text)):
        found.append(f"{tags} remains of markup")
    if garbled := prose.garbled(text):
        found.append(f"{garbled} stretches whose characters were lost")
    if lost := text.count(_LOST):
        found.append(f"{lost} characters that could not be decoded")
    return tuple(found)
