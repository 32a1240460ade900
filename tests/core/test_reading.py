"""Readings as rows: what has a body, and under which id."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from tracker.core import reading
from tracker.core.examples import entry, lexicon, mention
from tracker.core.reading import DULL, Reading, mention_of, named, rows_of


@pytest.mark.parametrize(("relevant", "score", "bodies"), [
    (True, DULL - 1, 1), (False, DULL, 1), (False, DULL - 0.01, 0),
])  # fmt: skip
def test_only_what_may_be_asked_for_has_a_body(relevant: bool, score: float, bodies: int) -> None:
    one = replace(mention(), relevant=relevant, score=score)
    (row,) = rows_of([one])
    assert (row.relevant, row.score, row.kind) == (int(relevant), score, one.kind)
    assert [mention_of(each) for each in [row] if each.body] == [one] * bodies


def test_another_id_is_that_of_every_body() -> None:
    plain, dull = mention(), replace(mention(), number=1, relevant=False, score=0.0)
    told = named(Reading("key", plain.item_id, rows_of([plain, dull]), "head", "words"), "other")
    assert told.item_id == "other"
    assert [json.loads(row.body)["item_id"] for row in told.rows if row.body] == ["other"]
    assert [row.number for row in told.rows] == [0, 1]


def test_the_same_id_changes_nothing() -> None:
    told = reading.read(entry(), lexicon())
    assert named(told, told.item_id) is told
