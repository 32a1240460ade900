"""Whose doing a sentence tells, and the quick look that comes before the grammar."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tracker.core import subjects

WORDS = ["for", "to", "than", "针", "对", "向", "the", "amid", " ", "(", "a", "与", "over", "-"]


@given(st.lists(st.sampled_from(WORDS), max_size=6).map("".join))
def test_the_quick_look_passes_over_no_preposition(before: str) -> None:
    """What the grammar finds in front of a name ends as the quick look asks."""
    if subjects._GOVERNED.search(before):
        assert before.endswith(subjects._GOVERNING)
