"""Date phrases of English and Chinese news: the words, the days they can mean, and their role.

A closed grammar: what it does not know stays undated (recently, 近日, 日前, several days ago). A
phrase is read against the day of publication at the publisher's place; nothing is ever guessed
from the shape of a number alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import chain, islice
from types import ModuleType
from typing import Final

from tracker.core import when_en, when_en_cues, when_zh, when_zh_cues
from tracker.core.when_days import Span, counted_from
from tracker.dates import Precision, shifted
from tracker.nouns import dataclass

ROLES: Final = (
    "plain", "effective", "until", "since", "deadline", "published", "future",
)  # fmt: skip


NEAR: Final = 160
"""Letters from a day to words that count from it (two days later)."""

PUBLISHED: Final = range(1000, 9000)
"""Years in which something can have been published; beside another one no phrase is read."""


@dataclass(frozen=True, slots=True)
class When:
    """A date phrase. ``text[start:end]`` is ``words``.

    ``first`` to ``last``, both inclusive, bound the day meant; ``precision`` is that of the words
    (early May: month; a half: year). ``whole``: the words name both ends (10 to 12 May), so the
    act fills the span; else it lies somewhere inside (last week). ``role``: what the day is said
    to be; ``future`` is a plain day later than publication. ``form``: how it is written
    (``date`` with its year, ``day``, ``weekday``, ``relative``, ``later``: counted from the phrase
    before, ``week``, ``month``, ``quarter``, ``half``, ``year``). ``zone``: whose day it is, where
    the words say so: ``US``, ``CN``, ``TW``, ``local`` (that of the scene); a relative day (today)
    is that of the publisher's ``place``. ``late``: evening or night, which is the next morning
    further east. ``lang`` is ``en`` or ``zh``.
    """

    first: date
    last: date
    precision: Precision
    words: str
    start: int
    end: int
    role: str = "plain"
    form: str = "day"
    whole: bool = False
    zone: str | None = None
    late: bool = False
    lang: str = "en"

    @property
    def day(self) -> date | None:
        """The one day meant, or None where the words allow several."""
        return self.first if self.first == self.last else None


def find_phrases(text: str, reference: date, *, place: str | None = None) -> tuple[When, ...]:
    """Every date phrase of ``text``, in order, without overlap.

    Args:
        text: Original or folded text; offsets refer to it.
        reference: The day of publication, as counted at the publisher's place.
        place: Where that is (``US``, ``CN``, ``TW`` ...), for words like "today".

    >>> tuesday = date(2025, 7, 15)
    >>> [f"{w.words}: {w.first}" for w in find_phrases("Nvidia said late Monday", tuesday)]
    ['late Monday: 2025-07-14']
    >>> [f"{w.role} {w.first}" for w in find_phrases("8月1日起对镓、锗实施出口管制", tuesday)]
    ['effective 2025-08-01']
    >>> find_phrases("近日有消息称,H20将恢复供应", tuesday)
    ()
    """
    if reference.year not in PUBLISHED:
        return ()
    low = _lowered(text)
    found = list(_read(when_en, when_en_cues, "en", text, low, reference, place))
    if not low.isascii() and when_zh.NEEDED.search(low):
        found = _without_overlap(
            found + list(_read(when_zh, when_zh_cues, "zh", text, low, reference, place))
        )
    return tuple(found)


def may_hold(text: str, count: int) -> bool:
    """Whether so many words of ``text`` may be date phrases; told without reading them.

    >>> may_hold("It banned chips in May.", 1), may_hold("It banned chips.", 1)
    (True, False)
    """
    low = _lowered(text)
    found = _tokens(when_en, low)
    if not low.isascii() and when_zh.NEEDED.search(low):
        found = chain(found, _tokens(when_zh, low))
    return next(islice(found, count - 1, None), None) is not None


def _read(
    grammar: ModuleType,
    cues: ModuleType,
    lang: str,
    text: str,
    low: str,
    reference: date,
    place: str | None,
) -> Iterator[When]:
    """The phrases that one language's grammar finds."""
    anchor: tuple[Span, int] | None = None
    for match in _tokens(grammar, low):
        start, end = match.span()
        if cues.refused(low, start, end):
            continue
        role, tense = cues.role_of(low, start, end)
        kind = match.lastgroup
        if kind == "later":
            span = _counted(grammar, match, anchor, low)
        else:
            span = grammar.READERS[kind](match[0], reference, tense)
        if span is not None and lang == "en":
            span = _moved(_not_in_a_week(span, match[0], low, start, reference), low, start)
        if span is None:
            continue
        anchor = span, end
        yield When(
            span.first, span.last, span.precision, text[start:end], start, end,
            role=_role(role, span, reference), form=span.form, whole=span.whole,
            zone=cues.zone_of(low, start, end) or (place if kind == "now" else None),
            late=cues.is_late(low, start, end), lang=lang,
        )  # fmt: skip


def _not_in_a_week(span: Span, words: str, low: str, start: int, reference: date) -> Span:
    """The day before the report, where a bare weekday to come would be six days off.

    ``It will visit on Monday``, on a Tuesday, was written on the Monday; what is ``scheduled for
    Monday`` lies ahead.
    """
    far = span.form == "weekday" and (span.first - reference).days == 6 and not span.whole
    if not far or "next" in words or "coming" in words or when_en_cues.set_for(low, start):
        return span
    yesterday = shifted(reference, -1)
    return Span(yesterday, yesterday, "day", "weekday")


def _moved(span: Span, low: str, start: int) -> Span | None:
    """The day that is counted from the one named: the second after it, where the words say so."""
    days = when_en_cues.counted_past(low, start)
    return counted_from(span, days, "day") if days else span if days == 0 else None


def _counted(
    grammar: ModuleType, match: re.Match[str], anchor: tuple[Span, int] | None, low: str
) -> Span | None:
    """Days counted from the phrase before, where that is near and in the same part of the text."""
    if anchor is None or match.start() - anchor[1] > NEAR or "\n" in low[anchor[1] : match.start()]:
        return None
    span: Span | None = grammar.later(match[0], anchor[0])
    return span


def _tokens(grammar: ModuleType, low: str) -> Iterator[re.Match[str]]:
    """Matches of the grammar, tried only where a phrase can begin (five times as fast)."""
    end = 0
    for begin in grammar.START.finditer(low):
        if begin.start() < end:
            continue
        match = grammar.TOKENS.match(low, begin.start())
        if match:
            end = match.end()
            yield match


def _role(role: str, span: Span, reference: date) -> str:
    if role == "since" and span.whole:  # from 10 to 12 May: a span, not a beginning
        role = "plain"
    return "future" if role == "plain" and span.first > reference else role


def _lowered(text: str) -> str:
    """Lower case, letter for letter, so that offsets hold (``"İ".lower()`` is two long)."""
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)


def _without_overlap(found: list[When]) -> list[When]:
    """In order of place; of two that share a letter the longer, of two equal ones the Chinese."""
    kept: list[When] = []
    for when in sorted(found, key=lambda w: (w.start, -w.end, w.lang != "zh")):
        if not kept or when.start >= kept[-1].end:
            kept.append(when)
        elif when.end - when.start > kept[-1].end - kept[-1].start:
            kept[-1] = when
    return kept
