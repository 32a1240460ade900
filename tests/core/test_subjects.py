"""Whose doing a sentence tells, and the quick look that comes before the grammar."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tracker.core import subjects
from tracker.core.lexicon import Lexicon
from tracker.core.subjects import sides_of, subject_of
from tracker.core.text import fold

WORDS = ["for", "to", "than", "针", "对", "向", "the", "amid", " ", "(", "a", "与", "over", "-"]


@given(st.lists(st.sampled_from(WORDS), max_size=6).map("".join))
def test_the_quick_look_passes_over_no_preposition(before: str) -> None:
    """What the grammar finds in front of a name ends as the quick look asks."""
    if subjects._GOVERNED.search(before):
        assert before.endswith(subjects._GOVERNING)


def test_a_country_behind_a_possessive_only_describes(lexicon: Lexicon) -> None:
    sides = sides_of(lexicon)
    told = fold("Nvidia's China problem isn't going away")
    assert subject_of(tuple(lexicon.find(told)), told.text, sides) == 0
    told = fold("Nvidia's Huang says China is catching up")
    assert subject_of(tuple(lexicon.find(told)), told.text, sides) & lexicon.bit("subj-firm")
