"""What passes a sentence over quickly: it may never pass over what the grammars would find."""

from __future__ import annotations

import json
import re
from pathlib import Path
from types import ModuleType

import pytest

from tracker.core import (
    beforehand,
    broken_off,
    conveyed,
    denied,
    despite,
    further_acts,
    parted,
    reacted,
    returning,
    subjects,
    supposed,
    when,
    when_en,
    when_en_cues,
    when_zh,
    wished,
    zones,
)
from tracker.core.lexicon import Lexicon
from tracker.core.signs import signs_in
from tracker.core.text import Folded, fold, sentences

CORPUS = Path(__file__).parents[1] / "corpus"
GRAMMARS = (
    (denied._DENIED, denied._SIGNS), (denied._CALLED_FALSE, denied._SIGNS),
    (denied._DENIED_ZH, denied._SIGNS_ZH), (supposed._ASKS, supposed._ASKS_SIGNS),
    (supposed._SUPPOSES, supposed._SUPPOSES_SIGNS), (supposed._BEGS, supposed._BEGS_SIGNS),
    (supposed._TOLD, supposed._TOLD_SIGNS), (zones._BACKGROUND, zones._BACKGROUND_SIGNS),
    (wished._POSTPONED, wished._STEMS), (wished._REFUSED, wished._STEMS),
    (wished._AWAITED, wished._STEMS), (wished._SHOULD, wished._DUTY),
    (wished._WISHED, wished._LIFTING), (wished._OUGHT_ZH, wished._LIFTING),
    (beforehand._MEANWHILE, beforehand._AS), (beforehand._CHINESE, beforehand._CHINESE_SIGNS),
    (despite._ENGLISH, despite._ENGLISH_SIGNS), (despite._CHINESE, despite._CHINESE_SIGNS),
    (reacted._ENGLISH, reacted._ENGLISH_SIGNS), (reacted._CHINESE, reacted._CHINESE_SIGNS),
    (broken_off._ENGLISH, broken_off._ENGLISH_SIGNS),
    (broken_off._CHINESE, broken_off._CHINESE_SIGNS),
    (conveyed._ENGLISH, conveyed._ENGLISH_SIGNS), (conveyed._CHINESE, conveyed._CHINESE_SIGNS),
    (returning._ENGLISH, returning._SIGNS), (returning._RAN_OUT, returning._SIGNS),
    (returning._CHINESE, returning._SIGNS_ZH), (returning._ZH_RAN_OUT, returning._SIGNS_ZH),
    (subjects._PASSIVE, subjects._PASSIVE_SIGNS),
    *((form, signs) for signs, _, form in parted._SIGNED),
    *((form, signs) for _, form, signs in when_en_cues._ROLES),
)  # fmt: skip


@pytest.fixture(scope="module")
def texts() -> list[Folded]:
    """Headlines, and summaries, of labelled items."""
    rows = [
        json.loads(line)
        for path in sorted(CORPUS.glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    return [fold(row[part]) for row in rows for part in ("title", "summary") if row.get(part)]


@pytest.mark.parametrize(("grammar", "signs"), GRAMMARS)
def test_no_sentence_is_found_without_its_signs(
    grammar: re.Pattern[str], signs: int, texts: list[Folded]
) -> None:
    read = [part.text for text in texts for part in sentences(text)]
    read += [text[: len(text) * 2 // 3] for text in read]  # some grammars end with the text
    assert [one for one in read if not signs_in(one) & signs and grammar.search(one)] == []


def test_a_clause_has_no_more_roles_than_its_names_and_signs_allow(
    lexicon: Lexicon, texts: list[Folded]
) -> None:
    for text in texts:
        names = lexicon.everywhere(text)
        for start, end in further_acts._cut(text):
            clause = Folded(text.original[start:end], text.text[start:end])
            inside = [own for first, last, own in names if start <= first and last <= end]
            bound = zones.at_most(_together(inside), clause.text, lexicon)
            for part in zones.zones_of_clause(clause, lexicon):
                assert part.mask | bound == bound, clause.text


@pytest.mark.parametrize("grammar", [when_en, when_zh])
def test_dates_are_found_as_if_they_were_tried_everywhere(
    grammar: ModuleType, texts: list[Folded]
) -> None:
    for text in texts:
        low = text.original.lower()
        tried, end = [], 0
        for at in range(len(low)):
            if at >= end and (match := grammar.TOKENS.match(low, at)):
                end = match.end()
                tried.append(match.span())
        assert [match.span() for match in when._tokens(grammar, low)] == tried, low


def _together(masks: list[int]) -> int:
    found = 0
    for mask in masks:
        found |= mask
    return found
